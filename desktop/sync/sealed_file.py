# SPDX-License-Identifier: Apache-2.0
"""A file that only one end can open: frames inside an age file (X25519, ChaCha20-Poly1305).

A frame is its type (one byte), its length (four, big endian) and its bytes; a frame of type 0
ends the file and nothing follows it. Frames pass one by one in both directions, so a stick full
of photos needs the memory of one. Whoever carries the file can lose it or cut it, which is
found, and can read nothing but how long it is.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import Any, BinaryIO, Final

from desktop.sync.envelope import MOST_ENVELOPE
from desktop.sync.protocol import BadMessage

SUFFIX: Final = ".samut"
MOST_BLOB: Final = 64 * 1024 * 1024
_HEAD: Final = struct.Struct(">BI")
_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


class Frame(IntEnum):
    """What a frame holds. The numbers are for ever."""

    END = 0
    ENVELOPE = 1
    BLOB = 2
    """SHA-256 (32 bytes) and the file."""


_MOST: Final = {Frame.END: 0, Frame.ENVELOPE: MOST_ENVELOPE, Frame.BLOB: 32 + MOST_BLOB}


class NotOurs(BadMessage):
    """The file cannot be opened with this key: it is for another, or no sealed file at all."""


class Cut(BadMessage):
    """The file is for this end, and is damaged or ends too early."""


Take = Callable[[Frame, bytes], object]


def seal_frames(frames: Iterable[tuple[Frame, bytes]], target: BinaryIO, key: bytes) -> None:
    """Write ``frames`` into ``target``, sealed to the X25519 public key ``key`` (32 bytes).

    Raises what ``frames`` and ``target`` raise.
    """
    import pyrage

    source, sink = _Source(frames), _Sink(target.write)
    recipient = pyrage.x25519.Recipient.from_str(_bech32("age", key))
    try:
        pyrage.encrypt_io(source, sink, [recipient])
    except (OSError, pyrage.EncryptError):
        # pyrage tells only the text of what the two ends raised.
        for met in (source.met, sink.met):
            if met is not None:
                raise met from None
        raise


def open_frames(source: BinaryIO, key: bytes, take: Take) -> None:
    """Give every frame in ``source`` to ``take``, in order; ``key`` is the X25519 private key.

    What has been taken when :class:`Cut` is raised was in the file as it was sealed; what is
    missing is not known. Raises :class:`NotOurs` before anything was taken.
    """
    import pyrage

    reader = _Reader(take)
    sink, raw = _Sink(reader.write), _Raw(source)
    identity = pyrage.x25519.Identity.from_str(_bech32("age-secret-key-", key).upper())
    try:
        pyrage.decrypt_io(raw, sink, [identity])
    except (OSError, pyrage.DecryptError) as wrong:
        for met in (raw.met, sink.met):
            if met is not None:
                raise met from None
        if isinstance(wrong, pyrage.DecryptError):
            raise NotOurs("sealed") from None
        raise Cut("sealed") from None
    if not reader.ended:
        raise Cut("end")


class _Source(io.RawIOBase):
    """The frames as a file that pyrage reads."""

    def __init__(self, frames: Iterable[tuple[Frame, bytes]]) -> None:
        self._parts = self._written(frames)
        self._left = memoryview(b"")
        self.met: BaseException | None = None

    @staticmethod
    def _written(frames: Iterable[tuple[Frame, bytes]]) -> Iterator[bytes]:
        for kind, content in frames:
            yield _HEAD.pack(kind, len(content))
            yield content
        yield _HEAD.pack(Frame.END, 0)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._left:
                self._left = memoryview(next(self._parts))
        except StopIteration:
            return b""
        except BaseException as met:
            self.met = met
            raise
        taken = bytes(self._left[:size] if size >= 0 else self._left)
        self._left = self._left[len(taken) :]
        return taken


class _Raw:
    """The sealed file; remembers what went wrong with reading it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.met: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._source.read(size)
        except OSError as met:
            self.met = met
            raise


class _Sink:
    """Where pyrage writes; remembers what went wrong there."""

    def __init__(self, write: Callable[[bytes], Any]) -> None:
        self._write = write
        self.met: BaseException | None = None

    def write(self, content: bytes) -> int:
        try:
            self._write(content)
        except BaseException as met:
            self.met = met
            raise
        return len(content)

    def flush(self) -> None:
        pass


class _Reader:
    """Frames out of what was opened, as it comes."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._held = bytearray()
        self._wants: tuple[Frame, int] | None = None
        self.ended = False

    def write(self, content: bytes) -> None:
        self._held += content
        while True:
            if self.ended:
                if self._held:
                    raise Cut("after the end")
                return
            if self._wants is None:
                if len(self._held) < _HEAD.size:
                    return
                self._wants = self._begun()
            kind, length = self._wants
            if len(self._held) < length:
                return
            self._wants = None
            whole = bytes(self._held[:length])
            del self._held[:length]
            if kind == Frame.END:
                self.ended = True
            else:
                self._take(kind, whole)

    def _begun(self) -> tuple[Frame, int]:
        kind, length = _HEAD.unpack_from(self._held)
        del self._held[: _HEAD.size]
        try:
            known = Frame(kind)
        except ValueError as wrong:
            raise Cut("frame") from wrong
        if length > _MOST[known]:
            raise Cut("frame")
        return known, length


def _bech32(prefix: str, key: bytes) -> str:
    """A key as age writes it (BIP 173)."""
    bits = int.from_bytes(key, "big") << (-8 * len(key) % 5)
    count = -(-8 * len(key) // 5)
    data = [bits >> 5 * (count - 1 - at) & 31 for at in range(count)]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = 1
    for value in [*spread, *data, 0, 0, 0, 0, 0, 0]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate(_GENERATOR):
            check ^= generator if top >> at & 1 else 0
    check ^= 1
    data += [check >> 5 * (5 - at) & 31 for at in range(6)]
    return prefix + "1" + "".join(_LETTERS[value] for value in data)
