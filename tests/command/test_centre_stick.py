# SPDX-License-Identifier: Apache-2.0
"""``samut centre stick``: what the staff type when somebody brings a stick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import courier as action
from desktop.actions.courier import CourierProblem
from desktop.actions.sync import joined
from desktop.app import main
from desktop.centre.device import revoke
from desktop.store import sync_state
from tests.centre.running import RunningCentre, running_centre, state_hash
from tests.field import BY
from tests.sync.laptops import laptop
from tests.village import FIVE, Village


@pytest.fixture
def at(tmp_path: Path) -> Iterator[RunningCentre]:
    with running_centre(tmp_path / "centre") as running:
        yield running


@pytest.fixture
def village(at: RunningCentre, tmp_path: Path) -> Iterator[Village]:
    made = laptop(at, tmp_path / "one")
    yield made
    made.field.store.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def _take(at: RunningCentre, *arguments: object) -> int:
    folder = str(at.centre.config.folder)
    words = [str(one) for one in arguments]
    return main(["centre", "stick", "--folder", folder, *words, "--language", "en"])


def _write(village: Village, stick: Path) -> Path:
    store = village.field.store
    done = action.write(store, BY, stick / action.stick_name(store))
    assert done is not None
    return done.path


def _waiting(village: Village) -> int:
    with village.field.store.read() as conn:
        return sync_state.state(conn).saved


def test_the_folder_of_a_stick_is_taken_and_every_file_has_its_receipt(
    at: RunningCentre, village: Village, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mutants: the receipts of the last time taken for files of laptops; a bad file that stops
    those after it."""
    files = []
    for number in range(2):
        village.visit(FIVE[number], number, photos=(("house_out", "house_in")[number],))
        files.append(_write(village, stick))
    (stick / "samut-0-other.samut").write_bytes(b"age-encryption.org/v1\nof somebody else")
    assert _take(at, stick) == 1
    told = capsys.readouterr()
    assert "samut-0-other.samut was not taken. It was not sealed for this centre" in told.err
    assert f"{files[1].name}: 1 message · 2 photos." in told.out
    receipts = sorted(stick.glob("*-receipt.samut"))
    assert len(receipts) == 2
    before = state_hash(at.centre)
    assert _take(at, stick) == 1, "the same stick again"
    assert state_hash(at.centre) == before
    assert sorted(stick.glob("*-receipt.samut")) == receipts
    assert _waiting(village) > 0
    for one in receipts:
        action.read_receipt(village.field.store, BY, one)
    assert _waiting(village) == 0


def test_a_cut_file_is_not_taken_and_has_no_receipt(
    at: RunningCentre, village: Village, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mutant: the messages before the cut taken."""
    village.visit(FIVE[0], 0)
    file = _write(village, stick)
    before = state_hash(at.centre)
    file.write_bytes(file.read_bytes()[:-30])
    assert _take(at, file) == 1
    assert "It is damaged or was cut" in capsys.readouterr().err
    assert _take(at, stick / "nowhere.samut") == 1
    assert "cannot be read" in capsys.readouterr().err
    assert state_hash(at.centre) == before
    assert list(stick.glob("*receipt*")) == []


def test_what_a_laptop_brings_that_was_signed_off_is_put_aside_and_its_photos_stay(
    at: RunningCentre, village: Village, stick: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Mutants: no receipt, so that nobody there hears of it; its photos taken all the same; its
    changes merged, though it may be a stranger's laptop by now."""
    village.visit(FIVE[0], 0, photos=("house_out",))
    file = _write(village, stick)
    database = at.centre.database
    found = joined(village.field.store)
    assert found is not None
    with database.write() as conn:
        assert revoke(conn, database, found.device, timedelta(days=-1))
    receipts = tmp_path / "receipts"
    receipts.mkdir()
    assert _take(at, file, "--to", receipts) == 0
    assert "1 photo was not taken: the laptop was signed off" in capsys.readouterr().out
    (receipt,) = receipts.iterdir()
    told = action.read_receipt(village.field.store, BY, receipt)
    assert told.received > 0
    with village.field.store.read() as conn:
        aside = sync_state.put_aside(conn)
        assert sync_state.state(conn).photos == 1
    assert len(aside) == told.received
    assert {one.reason for one in aside} == {"closed"}


def test_a_stick_without_files_is_a_sentence(
    at: RunningCentre, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _take(at, stick) == 2
    assert "no sealed file" in capsys.readouterr().err


def test_a_file_of_a_laptop_of_another_centre_is_refused(
    at: RunningCentre, village: Village, stick: Path, tmp_path: Path
) -> None:
    file = _write(village, stick)
    with running_centre(tmp_path / "elsewhere") as other:
        before = state_hash(other.centre)
        assert _take(other, file) == 1
        assert state_hash(other.centre) == before
    with pytest.raises(CourierProblem):
        action.read_receipt(village.field.store, BY, file)
