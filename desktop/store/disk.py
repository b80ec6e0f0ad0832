# SPDX-License-Identifier: Apache-2.0
"""Files that are whole or not there, and the one running copy that may hold a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

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
        part.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


_BINARY: Final = getattr(os, "O_BINARY", 0)


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
