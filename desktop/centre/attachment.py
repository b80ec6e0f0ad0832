# SPDX-License-Identifier: Apache-2.0
"""Attachments: taken in pieces that may be cut anywhere, kept whole under their SHA-256.

Pieces stand in a folder of this server, one file for each device and attachment, so that nobody
can spoil what another is sending. A file is put on the shelf when its bytes are what its name
says; then a row says that it is here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from desktop.centre.database import Database
from desktop.centre.schema import attachment as attachment_table
from desktop.centre.schema import blob
from desktop.centre.shelf import Shelf, flush, flush_folder, pieces

MOST: Final = 64 * 1024 * 1024
"""Bytes of one attachment."""


class WrongOffset(ValueError):
    """A piece does not begin where the last one ended; ``offset`` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__("wrong offset")
        self.offset = offset


class WrongHash(ValueError):
    """The bytes are not what their name says; all of them were thrown away."""


class TooLarge(ValueError):
    """More bytes than an attachment may have, or than were announced."""


class NotAHash(ValueError):
    """Not the lower-case hexadecimal SHA-256 of anything."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of an attachment is here."""

    offset: int
    whole: bool


class Attachments:
    """The attachments of a centre; safe to share between threads."""

    def __init__(self, database: Database, shelf: Shelf, spool: Path, most: int = MOST) -> None:
        self.database = database
        self.shelf = shelf
        self._spool = spool
        self._most = most

    def progress(self, sha256: str, device: str) -> Progress:
        """How much of it is here, whole or of this device's pieces. Raises :class:`NotAHash`."""
        size = self.size(sha256)
        if size is not None:
            return Progress(size, whole=True)
        try:
            return Progress(self._part(sha256, device).stat().st_size, whole=False)
        except FileNotFoundError:
            return Progress(0, whole=False)

    def part(self, sha256: str, device: str, offset: int, length: int) -> Part:
        """Take bytes from ``offset`` on of a file of ``length`` bytes.

        Raises :class:`WrongOffset`, :class:`TooLarge`, :class:`NotAHash`.
        """
        here = self.progress(sha256, device)
        if not 0 < length <= self._most:
            raise TooLarge("length")
        if here.whole:
            if here.offset != length or offset > length:
                raise WrongOffset(here.offset)
        elif offset != here.offset:
            raise WrongOffset(here.offset)
        return Part(self, sha256, self._part(sha256, device), offset, length, here.whole)

    def size(self, sha256: str) -> int | None:
        """Bytes of a whole attachment; None if it is not here. Raises :class:`NotAHash`."""
        with self.database.read() as conn:
            query = select(blob.c.size).where(blob.c.sha256 == check(sha256))
            found: int | None = conn.execute(query).scalar()
        return found

    def open(self, sha256: str, start: int = 0) -> Iterator[bytes]:
        """The bytes from ``start`` on; ``KeyError`` if it is not here whole."""
        if self.size(sha256) is None:
            raise KeyError("no such attachment")
        return self.shelf.open(place(sha256), start)

    def keep(self, sha256: str, source: Path, device: str) -> None:
        """Put a whole file on the shelf and say so; its bytes were verified by the caller."""
        self.shelf.put(place(sha256), source)
        make = postgresql_insert if self.database.is_postgresql else sqlite_insert
        with self.database.write() as conn:
            conn.execute(
                make(blob)
                .values(
                    sha256=sha256, size=source.stat().st_size, device=device,
                    kept_at=self.database.stamp(),
                )
                .on_conflict_do_nothing()
            )  # fmt: skip

    def sweep(self, days: float = 30) -> int:
        """Remove pieces that nobody went on with for so many days; how many."""
        oldest = self.database.now().timestamp() - days * 86_400
        gone = 0
        for path in self._spool.glob("*.part"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _part(self, sha256: str, device: str) -> Path:
        self._spool.mkdir(parents=True, exist_ok=True)
        whose = hashlib.sha256(device.encode()).hexdigest()[:16]
        return self._spool / f"{check(sha256)}.{whose}.part"


class Part:
    """Bytes on their way in. Every byte written is kept, also when the block ends badly."""

    def __init__(
        self, attachments: Attachments, sha256: str, path: Path, offset: int, length: int,
        there: bool,
    ) -> None:  # fmt: skip
        self._attachments = attachments
        self._sha256 = sha256
        self._path = path
        self._at = offset
        self._length = length
        self._there = there
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Part:
        if not self._there:
            # Not for appending: a twin of this device that writes too writes the same bytes.
            number = os.open(
                self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600
            )
            self._file = os.fdopen(number, "r+b")
            self._file.seek(self._at)
        return self

    def write(self, piece: bytes) -> None:
        """Take the next bytes. Raises :class:`TooLarge` for more than were announced."""
        if self._at + len(piece) > self._length:
            raise TooLarge("more than announced")
        self._at += len(piece)
        if self._file is not None:
            self._file.write(piece)

    def finish(self) -> Progress:
        """Say how far it is now; with the last byte the whole is judged and kept.

        Raises :class:`WrongHash` after throwing all pieces away.
        """
        self._close()
        if self._there:
            return Progress(self._length, whole=True)
        if self._at < self._length:
            return Progress(self._at, whole=False)
        digest = hashlib.sha256()
        for piece in pieces(self._path.open("rb")):
            digest.update(piece)
        if digest.hexdigest() != self._sha256:
            self._path.unlink(missing_ok=True)
            raise WrongHash("not what its name says")
        device = self._path.name.split(".")[1]
        self._attachments.keep(self._sha256, self._path, device)
        self._path.unlink(missing_ok=True)
        return Progress(self._length, whole=True)

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._close()

    def _close(self) -> None:
        if self._file is not None:
            flush(self._file)
            self._file.close()
            self._file = None
            flush_folder(self._path.parent)


def check(sha256: str) -> str:
    """``sha256`` itself; raises :class:`NotAHash` for anything but 64 lower-case digits."""
    if len(sha256) != 64 or any(digit not in "0123456789abcdef" for digit in sha256):
        raise NotAHash("not a SHA-256")
    return sha256


def place(sha256: str) -> str:
    """The name of an attachment on a shelf."""
    return f"{check(sha256)[:2]}/{sha256}"


def scopes_of(conn: Connection, sha256: str) -> tuple[str, ...]:
    """The scopes whose rows name this file: who may hold one of them may have it."""
    t = attachment_table.c
    query = select(t.scope).where(t.sha256 == sha256).distinct().order_by(t.scope)
    return tuple(conn.execute(query).scalars())


def adopt(conn: Connection, database: Database, found: dict[str, int]) -> None:
    """Say that these files (by SHA-256, with their sizes) are on the shelf: after a restore."""
    known = set(conn.execute(select(blob.c.sha256)).scalars())
    lines = [
        {"sha256": one, "size": size, "kept_at": database.stamp()}
        for one, size in sorted(found.items()) if one not in known
    ]  # fmt: skip
    if lines:
        conn.execute(insert(blob), lines)
