# SPDX-License-Identifier: Apache-2.0
"""Where whole files are kept under a name: a folder, or an S3-compatible store.

A file is put whole or not at all, and is the same for ever after.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, Protocol

from desktop.errors import Problem
from desktop.i18n import _

PIECE: Final = 256 * 1024


class ShelfAway(Problem):
    """The place where files are kept cannot be reached or does not take them."""


class Shelf(Protocol):
    """Keeps files by name; names are ``a/b-c.d`` of plain ASCII letters."""

    def put(self, name: str, source: Path) -> None:
        """Keep a copy of ``source``; it is safe on the disk when this returns."""

    def open(self, name: str, start: int = 0) -> Iterator[bytes]:
        """The bytes from ``start`` on; ``KeyError`` if there is no such file."""

    def size(self, name: str) -> int | None:
        """How many bytes; None if there is no such file."""


def check_name(name: str) -> str:
    """``name``, which may lead nowhere else; ``ValueError`` otherwise."""
    for part in name.split("/"):
        letters = part.replace("-", "").replace("_", "").replace(".", "")
        if not (letters.isascii() and letters.isalnum()) or part.startswith("."):
            raise ValueError("not a name")
    return name


class FolderShelf:
    """A folder, which may be a mounted one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, source: Path) -> None:
        """Keep a copy of ``source`` under ``name``: written beside, flushed, then renamed."""
        path = self._path(name)
        partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with source.open("rb") as read, partial.open("xb") as written:
                    shutil.copyfileobj(read, written, PIECE)
                    flush(written)
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
            flush_folder(path.parent)
            forget_cached(path)
        except OSError as wrong:
            raise away() from wrong

    def open(self, name: str, start: int = 0) -> Iterator[bytes]:
        """The bytes from ``start`` on; ``KeyError`` if there is no such file."""
        path = self._path(name)
        try:
            file = path.open("rb")
        except FileNotFoundError as wrong:
            raise KeyError(name) from wrong
        except OSError as wrong:
            raise away() from wrong
        return pieces(file, start)

    def size(self, name: str) -> int | None:
        """How many bytes; None if there is no such file."""
        try:
            return self._path(name).stat().st_size
        except FileNotFoundError:
            return None
        except OSError as wrong:
            raise away() from wrong

    def _path(self, name: str) -> Path:
        return self.folder.joinpath(*check_name(name).split("/"))


def pieces(file: IO[bytes], start: int = 0) -> Iterator[bytes]:
    """What is left of an open file from ``start`` on, in pieces; closes it at the end."""
    with file:
        file.seek(start)
        while piece := file.read(PIECE):
            yield piece


def flush(file: IO[bytes]) -> None:
    """Return when what was written is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Return when the names in a folder are on the disk, where the system can say so."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def forget_cached(path: Path) -> None:
    """Let the next reading of a file come from the disk itself, where the system can."""
    if not hasattr(os, "posix_fadvise"):
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(number)


def away() -> ShelfAway:
    """The sentence for a place that does not answer."""
    return ShelfAway(
        _(
            "The place where files are kept does not answer or is full. "
            "Look after it and try again."
        )
    )
