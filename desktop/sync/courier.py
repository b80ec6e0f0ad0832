# SPDX-License-Identifier: Apache-2.0
"""Sync by a stick that somebody carries: what has not been sent goes into a sealed file, the
centre writes a receipt beside it, and the laptop reads that when it comes back.

The messages are those of every carrier. A file moves no watermark; only the signed answers in a
receipt do, and they may come weeks later, twice, or for a file before the last one. So the same
stick may be read ten times at both ends and changes nothing the second time.

A file is written under another name, flushed, read back from the stick itself and compared
before it gets its own: what looks like a whole file is one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from desktop.store.disk import flush_folder
from desktop.sync.envelope import Envelope, Kind, open_envelope, read_head
from desktop.sync.protocol import Answer, BadMessage
from desktop.sync.sealed_file import SUFFIX, Cut, Frame, NotOurs, open_frames, seal_frames

RECEIPT: Final = "-receipt"
_PART: Final = ".part"
_READ: Final = 1024 * 1024
Progress = Callable[[int, int], object]
Cancelled = Callable[[], bool]


class Stopped(Exception):
    """A person stopped the writing of a file; nothing is left of it."""


class NotWhole(OSError):
    """What was read back from the stick is not what was written."""


class Photo(Protocol):
    """A file to bring along."""

    @property
    def sha256(self) -> str: ...

    @property
    def size(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Written:
    """A sealed file that lies whole at its place."""

    path: Path
    size: int
    photos: tuple[str, ...]
    """SHA-256 of those that went in; one that is damaged here stays out."""


def file_name(device: str, counter: int, *, receipt: bool = False) -> str:
    """What a file is called: the laptop and a number, and nothing of anybody."""
    return (
        f"samut-{device.replace('-', '')[-8:]}-{counter:04d}{RECEIPT if receipt else ''}{SUFFIX}"
    )


def receipt_name(name: str) -> str:
    """What the receipt of a file is called."""
    return name.removesuffix(SUFFIX) + RECEIPT + SUFFIX


# ── writing, on the laptop ───────────────────────────────────────────────────────────────────


def write_file(
    path: Path,
    envelopes: Iterable[bytes],
    photos: Iterable[Photo],
    read: Callable[[str], bytes | None],
    key: bytes,
    progress: Progress = lambda _done, _total: None,
    cancelled: Cancelled = lambda: False,
) -> Written:
    """Write a sealed file for the holder of ``key`` (X25519, 32 bytes) to ``path``.

    ``read`` gives the bytes of a photo, None for one that is lost. ``progress`` is told bytes of
    photos. Raises ``OSError`` of the stick, :class:`NotWhole`, :class:`Stopped`, and what
    ``envelopes`` raises; nothing is left at ``path`` then.
    """
    chosen = tuple(photos)
    total, done = sum(photo.size for photo in chosen), 0
    gone: list[str] = []

    def frames() -> Iterator[tuple[Frame, bytes]]:
        nonlocal done
        for envelope in envelopes:
            _stop(cancelled)
            yield Frame.ENVELOPE, envelope
        for photo in chosen:
            _stop(cancelled)
            progress(done, total)
            content = read(photo.sha256)
            if content is not None:
                gone.append(photo.sha256)
                yield Frame.BLOB, bytes.fromhex(photo.sha256) + content
            done += photo.size
        progress(total, total)

    size = put_sealed(path, frames(), key)
    return Written(path, size, tuple(gone))


def _stop(cancelled: Cancelled) -> None:
    if cancelled():
        raise Stopped


def put_sealed(path: Path, frames: Iterable[tuple[Frame, bytes]], key: bytes) -> int:
    """Write frames to ``path``, whole or not at all; how many bytes the file has."""
    part = path.with_name(path.name + _PART)
    try:
        with part.open("wb") as file:
            counted = _Counted(file)
            seal_frames(frames, counted, key)  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
            _forget_cached(file)
        _compare(part, counted.digest.digest())
        part.replace(path)
        flush_folder(path.parent)
    except BaseException:
        with suppress(OSError):  # the stick may be gone
            part.unlink(missing_ok=True)
        raise
    return counted.size


class _Counted:
    """Passes on what is written, and knows what it was."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        self.size += len(content)
        return self._file.write(content)


def _forget_cached(file: BinaryIO) -> None:
    """Have the next reading come from the stick and not from memory, where that can be asked."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _compare(path: Path, written: bytes) -> None:
    seen = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_READ):
            seen.update(part)
        _forget_cached(file)
    if seen.digest() != written:
        raise NotWhole("read back otherwise than written")


# ── at the centre ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Answered:
    """What a file came to at the centre."""

    device: str
    envelopes: int
    photos: int
    """Kept or known; the receipt names them."""
    left_out: int
    """Photos the centre did not take."""


AnswerOne = Callable[[bytes], bytes]
"""An envelope of a laptop to the envelope of the answer, exactly as over HTTPS."""
PutBlob = Callable[[str, str, bytes], bool]
"""``(device, sha256, content)``: keep a file; False when nobody's record names it."""
Told = Callable[[str, bytes, dict[str, object]], bytes]
"""``(device, nonce, payload)``: a signed envelope of kind CARD."""


def answer_file(
    source: BinaryIO,
    target: Path,
    *,
    key: bytes,
    answer_one: AnswerOne,
    put_blob: PutBlob,
    told: Told,
    key_of: Callable[[str], bytes],
) -> Answered:
    """Take a laptop's file and write its receipt to ``target``.

    ``key`` is the centre's X25519 private key, ``key_of`` the public one of a device that is
    known. ``source`` is read twice, the first time to see that it is whole: nothing of a cut
    file is taken. Raises :class:`NotOurs`, :class:`Cut`, ``BadMessage`` for a file of more than
    one laptop, and what the functions raise: a forged envelope is told by ``answer_one``.
    """
    judged = _Judged()
    source.seek(0)
    open_frames(source, key, judged)
    if not judged.device:
        raise BadMessage("no message")
    answers: list[tuple[Frame, bytes]] = []
    have: list[str] = []
    left_out = 0

    def take(kind: Frame, content: bytes) -> None:
        nonlocal left_out
        if kind == Frame.ENVELOPE:
            answers.append((Frame.ENVELOPE, answer_one(content)))
        elif put_blob(judged.device, content[:32].hex(), content[32:]):
            have.append(content[:32].hex())
        else:
            left_out += 1

    source.seek(0)
    open_frames(source, key, take)
    card = told(judged.device, judged.nonce, {"card": "photos", "have": have})
    answers.append((Frame.ENVELOPE, card))
    put_sealed(target, answers, key_of(judged.device))
    return Answered(judged.device, judged.count, len(have), left_out)


class _Judged:
    """Looks at every frame of a file and takes nothing."""

    def __init__(self) -> None:
        self.device, self.nonce, self.count = "", b"", 0

    def __call__(self, kind: Frame, content: bytes) -> None:
        if kind == Frame.ENVELOPE:
            head = read_head(content)
            if head.kind != Kind.REQUEST or self.device not in ("", head.device):
                raise BadMessage("of more than one laptop")
            self.device, self.nonce, self.count = head.device, head.nonce, self.count + 1
        elif hashlib.sha256(content[32:]).digest() != content[:32]:
            raise Cut("photo")


# ── the receipt, on the laptop ───────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the centre said in one receipt; every word of it signed and to a question of ours."""

    answers: tuple[tuple[int, Answer], ...]
    """With the centre's clock at the time, milliseconds since 1970."""
    photos: tuple[str, ...]
    """The centre has these."""


def read_receipt(
    source: BinaryIO, key: bytes, centre: str, signing: bytes, asked: Callable[[bytes], bool]
) -> Receipt:
    """The receipt in ``source``.

    ``key`` is this laptop's X25519 private key, ``centre`` and ``signing`` are the centre's UUID
    and Ed25519 public key, ``asked`` knows the nonces of our questions. Raises :class:`NotOurs`,
    :class:`Cut`, or ``BadMessage`` when anything in it is not the centre's word to us; nothing
    of it is to be taken then.
    """
    answers: list[tuple[int, Answer]] = []
    photos: list[str] = []

    def take(kind: Frame, content: bytes) -> None:
        if kind != Frame.ENVELOPE:
            raise BadMessage("frame")
        card = read_head(content).kind == Kind.CARD
        opened: Envelope = open_envelope(
            content, signing, kind=Kind.CARD if card else Kind.ANSWER, device=centre
        )
        if not asked(opened.nonce):
            raise BadMessage("nonce")
        if not card:
            answers.append((opened.created, Answer.from_json(opened.payload)))
        elif isinstance(opened.payload, dict) and opened.payload.get("card") == "photos":
            photos.extend(str(one) for one in opened.payload.get("have", ()))

    open_frames(source, key, take)
    return Receipt(tuple(answers), tuple(photos))


__all__ = [
    "Answered", "Cut", "NotOurs", "NotWhole", "Photo", "Receipt", "Stopped", "Written",
    "answer_file", "file_name", "put_sealed", "read_receipt", "receipt_name", "write_file",
]  # fmt: skip
