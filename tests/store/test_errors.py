# SPDX-License-Identifier: Apache-2.0
"""Every misfortune has a sentence, in both languages, and a bug has none."""

from __future__ import annotations

import errno

import pytest
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlite

from desktop.store import errors


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
