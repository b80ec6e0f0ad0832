# SPDX-License-Identifier: Apache-2.0
"""Every misfortune has a sentence, in both languages, and a bug has none."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlite

from desktop.store import disk, errors


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (13, errors.DiskFull),
        (8, errors.ReadOnlyStore),
        (1032, errors.ReadOnlyStore),  # SQLITE_READONLY_DBMOVED
        (14, errors.ReadOnlyStore),
        (11, errors.Damaged),
        (267, errors.Damaged),  # SQLITE_CORRUPT_VTAB
        (26, errors.WrongKey),
        (10, errors.DiskFailed),
        (1034, errors.DiskFailed),  # SQLITE_IOERR_FSYNC
        (4874, errors.DiskFull),  # SQLITE_IOERR_SHMSIZE
        (5, errors.StoreBusy),
        (261, errors.StoreBusy),  # SQLITE_BUSY_RECOVERY
    ],
)
def test_a_result_code_becomes_a_sentence(
    code: int, kind: type[errors.StoreProblem], each_language: str
) -> None:
    error = sqlite.OperationalError("text that must not decide")
    error.sqlite_errorcode = code
    for raised in (error, DBAPIError("SELECT", {}, error)):
        problem = errors.translate(raised)
        assert type(problem) is kind
        assert len(str(problem)) > 40


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, errors.DiskFull),
        (errno.EROFS, errors.ReadOnlyStore),
        (errno.EACCES, errors.ReadOnlyStore),
        (errno.EIO, errors.DiskFailed),
    ],
)
def test_the_file_system_speaks_too(number: int, kind: type[errors.StoreProblem]) -> None:
    with pytest.raises(kind), errors.spoken():
        raise OSError(number, "x")
    with pytest.raises(OSError, match="x"), errors.spoken(files=False):
        raise OSError(number, "x")


def test_a_bug_stays_a_bug() -> None:
    """Mutant: translate every code; a broken constraint would be called bad luck."""
    error = sqlite.IntegrityError("NOT NULL")
    error.sqlite_errorcode = 1299
    assert errors.translate(error) is None
    with pytest.raises(sqlite.IntegrityError), errors.spoken():
        raise error
    with pytest.raises(FileNotFoundError), errors.spoken():
        raise FileNotFoundError(errno.ENOENT, "x")


@pytest.mark.parametrize("place", ["no/such/folder/a.pdf", "file/a.pdf", "folder", "n" * 300])
def test_a_place_where_nothing_can_be_saved_is_a_sentence(
    tmp_path: Path, place: str, each_language: str
) -> None:
    """Fails when only what befalls the store has words: a folder that went with its stick is no
    fault of the program. Mutant: write into the file that is there."""
    (tmp_path / "file").write_bytes(b"kept")
    (tmp_path / "folder").mkdir()
    with pytest.raises(disk.NotSaved) as told:
        disk.save_file(tmp_path / place, b"new")
    assert len(str(told.value)) > 40
    assert (tmp_path / "file").read_bytes() == b"kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_no_room_for_a_file_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, each_language: str
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "x")

    (tmp_path / "a.pdf").write_bytes(b"kept")
    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(disk.NotSaved, match=r"room|พื้นที่"):
        disk.save_file(tmp_path / "a.pdf", b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"kept"]
