# SPDX-License-Identifier: Apache-2.0
"""What can befall a file on a laptop in the field, each as a sentence that says what to do.

SQLite's own result codes decide (https://sqlite.org/rescode.html). Only the backup call of the
driver raises without a code; its text is then SQLite's own fixed text of the code.
A code that is our own fault (a constraint, a wrong statement) is not translated: it is a bug.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlite

from desktop.errors import Problem
from desktop.i18n import _


class StoreProblem(Problem):
    """The environment of the store is at fault; what was saved before is still there."""


class DiskFull(StoreProblem):
    """There was no room for this change."""


class ReadOnlyStore(StoreProblem):
    """The folder or the file refuses to be written."""


class Damaged(StoreProblem):
    """A page of the file does not carry its seal, or its structure is broken."""


class WrongKey(StoreProblem):
    """The file is not one that this key opens, or its first page is damaged."""


class NewerFile(StoreProblem):
    """The file was written by a newer version of the program."""


class AlreadyOpen(StoreProblem):
    """Another running copy of the program holds this store."""


class TooLong(Problem):
    """What was written is longer than a message to the centre can be."""


class NoStore(StoreProblem):
    """There is no store in this folder."""


class DiskFailed(StoreProblem):
    """The disk reported an error while reading or writing."""


class StoreBusy(StoreProblem):
    """Another program holds the file."""


class ChangedSince(StoreProblem):
    """An undo was refused because somebody changed the same thing afterwards."""


class MissingPart(Problem):
    """A file that came with the program is not there, or not what was shipped."""


_FULL: Final = 13
_NO_ROOM_FOR_INDEX: Final = 4874
"""SQLITE_IOERR_SHMSIZE: no room for the index of the WAL, which is a full disk and no fault."""
_CODES: Final[dict[int, type[StoreProblem]]] = {
    5: StoreBusy,  # SQLITE_BUSY
    6: StoreBusy,  # SQLITE_LOCKED
    8: ReadOnlyStore,  # SQLITE_READONLY
    10: DiskFailed,  # SQLITE_IOERR
    11: Damaged,  # SQLITE_CORRUPT
    _FULL: DiskFull,  # SQLITE_FULL
    14: ReadOnlyStore,  # SQLITE_CANTOPEN: folder gone or not ours
    26: WrongKey,  # SQLITE_NOTADB
}
_TEXTS: Final = {
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": _FULL,
    "unable to open database file": 14,
    "file is not a database": 26,
}
_ERRNOS: Final[dict[int, type[StoreProblem]]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EROFS: ReadOnlyStore,
    errno.EACCES: ReadOnlyStore,
    errno.EPERM: ReadOnlyStore,
    errno.EIO: DiskFailed,
}


def _sentence(kind: type[StoreProblem]) -> str:
    if kind is DiskFull:
        return _(
            "The disk is full, so this was not saved. Everything saved before is safe. "
            "Delete files you no longer need or empty the recycle bin, then do it again."
        )
    if kind is ReadOnlyStore:
        return _(
            "The data folder cannot be written, so this was not saved. Check that the folder "
            "exists and is not read-only, then do it again."
        )
    if kind is Damaged:
        return _(
            "Part of the data file is damaged. Stop entering data, copy the whole data folder "
            "to a USB stick, and restore the last backup or call the centre."
        )
    if kind is WrongKey:
        return _(
            "The data file cannot be opened with this key. It may be damaged or belong to "
            "another key file. Do not delete it; restore the last backup or call the centre."
        )
    if kind is DiskFailed:
        return _(
            "The disk reported an error, so this was not saved. Do it again; if it happens "
            "twice, copy the data folder to a USB stick and have the computer checked."
        )
    if kind is StoreBusy:
        return _(
            "Another program is using the data file. Close backup or antivirus windows and "
            "do it again."
        )
    raise AssertionError(kind)  # the others are raised where they arise, with their own words


def _code(error: BaseException) -> int | None:
    if isinstance(error, DBAPIError):
        # SQLAlchemy wraps what the driver raised; the result code is on the inner one.
        return _code(error.orig) if error.orig is not None else None
    if not isinstance(error, sqlite.Error):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    return code if isinstance(code, int) else _TEXTS.get(str(error))


def translate(error: BaseException) -> StoreProblem | None:
    """The problem a person can act on behind ``error``; None when it is a bug of ours."""
    if isinstance(error, OSError):
        kind = _ERRNOS.get(error.errno or 0)
        return kind(_sentence(kind)) if kind is not None else None
    code = _code(error)
    if code is None:
        return None
    if code == _NO_ROOM_FOR_INDEX:
        code = _FULL
    # The low byte is the primary code, the rest says where it happened.
    found = _CODES.get(code & 0xFF)
    return found(_sentence(found)) if found is not None else None


@contextmanager
def spoken(*, files: bool = True) -> Iterator[None]:
    """Raise what SQLite or the file system says as a :class:`StoreProblem` where it is one.

    ``files=False`` around other people's code: an ``OSError`` there is not about the store.
    """
    try:
        yield
    except (DBAPIError, sqlite.Error, OSError) as error:
        problem = None if isinstance(error, OSError) and not files else translate(error)
        if problem is None:
            raise
        raise problem from error


def no_store(folder: Path) -> NoStore:
    """The problem of a folder that holds no store."""
    return NoStore(
        _("There is no data file in the folder {folder}. Choose another folder.").format(
            folder=folder
        )
    )


def store_exists() -> StoreProblem:
    """The problem of making a store where there is one."""
    return StoreProblem(
        _("There is already a data file in this folder. Open it, or choose another folder.")
    )


def not_ours() -> WrongKey:
    """The problem of a file that opens and holds something else, or nothing at all."""
    return WrongKey(
        _(
            "The data file is empty or was not written by Samut Sanam. Do not delete anything; "
            "restore the last backup or call the centre."
        )
    )


def newer_file() -> NewerFile:
    """The problem of a file from a newer version."""
    return NewerFile(
        _(
            "This data file was written by a newer version of the program. Nothing was changed. "
            "Install the newest version on this computer and open it again."
        )
    )


def already_open() -> AlreadyOpen:
    """The problem of a second running copy."""
    return AlreadyOpen(
        _(
            "Samut Sanam is already open on this computer. Use the window that is open, or "
            "close it first."
        )
    )


def damaged() -> Damaged:
    """The problem of a page whose seal does not hold."""
    return Damaged(_sentence(Damaged))


def changed_since() -> ChangedSince:
    """The problem of an undo that came too late."""
    return ChangedSince(
        _("This cannot be undone because it was changed again afterwards. Nothing was changed.")
    )


def missing_part(name: str) -> MissingPart:
    """The problem of an installation from which somebody took a file."""
    return MissingPart(
        _(
            "The file {name} of the program is missing or damaged. Install the program again; "
            "your work is not touched by that."
        ).format(name=name)
    )
