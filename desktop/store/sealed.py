# SPDX-License-Identifier: Apache-2.0
"""Files beside the store that only the store can read: photos, signatures, receipts.

Each file has a random 256-bit key of its own, which stands in the encrypted store and nowhere
else, and a random name. The content is sealed in pieces of 64 KiB with AES-256-GCM; the nonce
counts the pieces and marks the last one (Hoang and others, STREAM, 2015), and the file's name
is bound to every piece, so a piece cannot be changed, moved, left out or put into another file.

A file is flushed, renamed and its folder flushed before its row is written. A crash between the
two leaves a file without a row, which nobody can read; it is swept some weeks later
(``tidy.py``), because such a file may also belong to a newer store whose place an older copy
was put in by hand.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.errors import Problem
from desktop.i18n import _
from desktop.store.disk import flush_file, flush_folder, write_whole
from desktop.store.errors import spoken

FOLDER: Final = "attachments"

_PART: Final = ".part"
_PIECE: Final = 65_536
_TAG: Final = 16


class FileLost(Problem):
    """A kept file is not on this computer, or is not what was kept."""


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """Where a sealed file is, and what opens it. Its ``repr`` shows nothing."""

    sha256: str
    """Of the content, 64 hexadecimal digits."""
    file: str
    """Its name without the folder."""
    key: bytes
    size: int
    """Bytes of the content."""

    def __repr__(self) -> str:
        return "Sealed(…)"


def place(folder: Path, file: str) -> Path:
    """Where the sealed file of a store's folder is: ``attachments/ab/ab…``."""
    return folder / FOLDER / file[:2] / file


def write(folder: Path, content: bytes) -> Sealed:
    """Seal ``content`` into a new file; durable when this returns. Its row is yet to be written.

    Raises the problems of the disk; no half file is left.
    """
    sealed = Sealed(
        hashlib.sha256(content).hexdigest(),
        secrets.token_hex(16),
        secrets.token_bytes(32),
        len(content),
    )
    mend(folder, sealed, content)
    return sealed


def mend(folder: Path, sealed: Sealed, content: bytes) -> None:
    """Write a sealed file anew that is gone or damaged, under the row it has."""
    path = place(folder, sealed.file)
    with spoken():
        _make(path.parent)
        write_whole(path, seal(content, sealed.key, sealed.file))


def _make(folder: Path) -> None:
    """Make the folder of a file, durably."""
    for one in (folder.parent, folder):
        if not one.is_dir():
            one.mkdir(exist_ok=True)
            flush_folder(one.parent)


def read(folder: Path, sealed: Sealed) -> bytes:
    """The content of a sealed file. Raises :class:`FileLost` when it is gone or damaged."""
    try:
        with spoken():
            kept = place(folder, sealed.file).read_bytes()
        content = unseal(kept, sealed.key, sealed.file)
    except FileNotFoundError as error:
        raise FileLost(
            _("This file is not on this computer. Look for it in a backup or at the centre.")
        ) from error
    except InvalidTag as error:
        raise _damaged() from error
    if hashlib.sha256(content).hexdigest() != sealed.sha256:
        raise _damaged()
    return content


def _damaged() -> FileLost:
    return FileLost(
        _("This file was damaged on the disk. Look for it in a backup or at the centre.")
    )


def seal(content: bytes, key: bytes, name: str) -> bytes:
    """``content`` sealed for the file ``name``."""
    cipher, bound = AESGCM(key), name.encode()
    return b"".join(
        cipher.encrypt(_nonce(number, last), piece, bound)
        for number, last, piece in _pieces(content, _PIECE)
    )


def unseal(sealed: bytes, key: bytes, name: str) -> bytes:
    """What :func:`seal` sealed. Raises ``InvalidTag`` for anything else."""
    cipher, bound = AESGCM(key), name.encode()
    return b"".join(
        cipher.decrypt(_nonce(number, last), piece, bound)
        for number, last, piece in _pieces(sealed, _PIECE + _TAG)
    )


def _pieces(content: bytes, size: int) -> Iterator[tuple[int, bool, bytes]]:
    count = max(1, -(-len(content) // size))
    for number in range(count):
        yield number, number == count - 1, content[number * size : (number + 1) * size]


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


# ---- many of them


def present(folder: Path) -> Iterator[Path]:
    """Every file below the folder of sealed files, half written ones too."""
    with suppress(FileNotFoundError):
        for part in os.scandir(folder / FOLDER):
            if part.is_dir():
                yield from (Path(entry.path) for entry in os.scandir(part.path))


def remove(folder: Path, files: Iterable[str]) -> None:
    """Remove files whose row is gone. Says nothing of failures: nobody can read them any more."""
    for file in files:
        with suppress(OSError):
            place(folder, file).unlink(missing_ok=True)


def sweep(folder: Path, kept: Iterable[str], before: float | None = None) -> int:
    """Remove half written files, and files that are none of ``kept``; returns how many.

    With ``before`` (seconds of Unix time) only such as were written before then. Says nothing of
    failures.
    """
    names, gone = set(kept), 0
    for path in present(folder):
        if path.name in names:
            continue
        with suppress(OSError):
            half = path.suffix == _PART
            if half or before is None or path.stat().st_mtime < before:
                path.unlink()
                gone += 1
    return gone


def findings(folder: Path, files: Iterable[Sealed], *, thorough: bool = True) -> list[str]:
    """Which of these files are gone or damaged, by the beginning of their hash.

    ``thorough`` reads and opens each; otherwise only its place and its size are looked at.
    """
    sound = opens if thorough else _has_its_size
    return [
        f"file {one.sha256[:12]} is gone or damaged" for one in files if not sound(folder, one)
    ]


def opens(folder: Path, one: Sealed) -> bool:
    """Whether a file is there and is what was kept."""
    try:
        read(folder, one)
    except FileLost:
        return False
    return True


def _has_its_size(folder: Path, one: Sealed) -> bool:
    pieces = max(1, -(-one.size // _PIECE))
    try:
        return place(folder, one.file).stat().st_size == one.size + pieces * _TAG
    except OSError:
        return False


def copy(source: Path, target: Path, files: Iterable[str]) -> None:
    """Bring these files from one folder's to another's; those already there stay.

    A file never changes after it was written, so on one disk both names may be of one file. One
    that the source lacks is passed over: a check of the store names it.
    """
    folders: set[Path] = set()
    for file in files:
        here, there = place(source, file), place(target, file)
        if there.exists() or not here.exists():
            continue
        _make(there.parent)
        folders.add(there.parent)
        part = there.with_name(f"{file}{_PART}")
        part.unlink(missing_ok=True)
        try:
            os.link(here, part)
        except OSError:  # another disk, or one that knows no links
            shutil.copyfile(here, part)
            flush_file(part)
        part.replace(there)
    for folder in folders:
        flush_folder(folder)
