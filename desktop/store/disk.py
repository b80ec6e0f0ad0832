# SPDX-License-Identifier: Apache-2.0
"""Files that are whole or not there, and the one running copy that may hold a folder."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.store.errors import already_open, spoken

LOCK_FILE: Final = "samut.lock"


def flush_folder(folder: Path) -> None:
    """Make a rename or a new name in ``folder`` durable (Windows does so by itself)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_file(path: Path) -> None:
    """Make the content of ``path`` durable."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content`` so that a cut leaves the old file or the new one."""
    part = path.with_name(path.name + ".part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with suppress(OSError):  # what went wrong is told, not what tidying up met
            part.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def save_file(path: Path, content: bytes) -> None:
    """Write a file that a person asked for to the place she chose, whole or not at all.

    Raises :class:`NotSaved` with what to do; a file of that name is as it was then.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            sentence = _(
                "There is no room for the file there. Choose another place, or delete files you "
                "no longer need. Nothing in the notebook was changed."
            )
        else:
            sentence = _(
                "The file could not be saved there. Choose another folder, or close it in Excel."
            )
        raise NotSaved(sentence) from error


_BINARY: Final = getattr(os, "O_BINARY", 0)


class NotSaved(Problem):
    """A file could not be written to the place somebody chose; the store is not concerned."""


class FolderLock:
    """Held while a store is open; a second running copy gets a sentence.

    The operating system lets go of it when the process dies, however it dies.
    """

    def __init__(self, folder: Path) -> None:
        with spoken():
            self._file: Any = (folder / LOCK_FILE).open("a+b")
        try:
            self._take()
        except OSError as error:
            self._file.close()
            raise already_open() from error

    def _take(self) -> None:
        if sys.platform == "win32":
            import msvcrt

            self._file.seek(0)
            msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(self._file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def close(self) -> None:
        """Let another copy open the folder."""
        self._file.close()
