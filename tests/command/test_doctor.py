# SPDX-License-Identifier: Apache-2.0
"""``samut doctor``: a mark for each line, and an exit code that can be believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app import main
from desktop.command import doctor
from desktop.command.parts import Finding
from desktop.store.keys import create_keyring
from desktop.store.store import FILE, Store


@pytest.fixture(autouse=True)
def _no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window libraries and the printers belong to the machine, not to these tests."""
    monkeypatch.setattr(doctor, "window_libraries", lambda: (Finding(True, "window"),))
    monkeypatch.setattr(doctor, "_printers", lambda: Finding(True, "printers"))


def looked_at(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["--language", "en", "doctor", "--store", str(folder)])
    return code, capsys.readouterr().out


def founded(folder: Path) -> Store:
    key, _code = create_keyring(folder, "f1", "ธิดา", "samut-sanam-2569")
    return Store.create(folder, key)


def test_a_new_computer_is_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = looked_at(tmp_path / "new", capsys)

    assert code == 0
    assert "  ! " not in said
    assert "No store yet" in said
    assert not (tmp_path / "new").exists()


def test_a_store_is_looked_at_without_unlocking_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = founded(tmp_path)
    code, said = looked_at(tmp_path, capsys)
    assert (code, "open in another window" in said) == (0, True)

    store.close()
    code, said = looked_at(tmp_path, capsys)
    assert (code, "Nobody has the store open" in said) == (0, True)
    assert "encrypted" in said
    assert "1 person can unlock" in said


@pytest.mark.parametrize("head", [b"SQLite format 3\x00" + b"x" * 4096, b"short"])
def test_a_file_in_the_clear_or_cut_short_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], head: bytes
) -> None:
    """Fails when only the name of the file is looked at."""
    founded(tmp_path).close()
    (tmp_path / FILE).write_bytes(head)

    code, said = looked_at(tmp_path, capsys)

    assert code == 1
    assert "! The data file is not encrypted or is cut short." in said


def test_a_lost_key_file_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    founded(tmp_path).close()
    for path in tmp_path.glob("keys*"):
        path.unlink()

    assert looked_at(tmp_path, capsys)[0] == 1


def test_a_clock_before_the_program_was_made_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dead(doctor.datetime):
        @classmethod
        def now(cls, tz: object = None) -> doctor.datetime:
            return cls(2005, 1, 1, tzinfo=doctor.UTC)

    monkeypatch.setattr(doctor, "datetime", Dead)
    code, said = looked_at(tmp_path, capsys)

    assert code == 1
    assert "Set the clock right" in said


def test_it_answers_in_thai_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "th", "doctor", "--store", str(tmp_path)]) == 0
    assert "✓" in capsys.readouterr().out


@pytest.mark.parametrize("folder", ["ก" * 300, "file/below", "\x7f" * 300 + "/store"])
def test_a_folder_that_cannot_be_is_said_to_be_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    """Fails when asking whether a name of 300 letters exists ends in a traceback."""
    (tmp_path / "file").write_text("", "utf-8")

    code, said = looked_at(tmp_path / folder, capsys)

    assert code == 1
    assert "! The data folder cannot be written" in said


def test_a_store_that_is_gone_is_not_called_a_first_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fails when only the data file is asked for: somebody would found a second store."""
    founded(tmp_path).close()
    (tmp_path / FILE).unlink()

    code, said = looked_at(tmp_path, capsys)

    assert code == 1
    assert "! The data file is gone" in said
