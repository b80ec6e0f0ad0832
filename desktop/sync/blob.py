# SPDX-License-Identifier: Apache-2.0
"""Photos and other files to the centre and from it, by their SHA-256, after every row is said.

A file goes in pieces that take a few seconds each on the line as it is, so that what a person
writes meanwhile never waits longer than one piece. After a cut, at whatever byte, the centre
says how much it has and the next piece begins there. What comes is kept by whoever calls even
when it is half a file, and is a file only when its hash is the one that was asked for.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from desktop.sync.carrier import BlobCarrier, BlobMissing, BlobRefused, Reach, Unanswered

_SECONDS: Final = 4.0
_LEAST: Final = 8 * 1024
_FIRST: Final = 16 * 1024
_MOST: Final = 512 * 1024
_ASK_FIRST: Final = 48 * 1024
"""Below this many bytes a question costs as much time as the file."""
_TRIES: Final = 3

Stop = Callable[[], bool]
"""Whether to give way: to new rows, to a person, to the end of the program."""


class File(Protocol):
    """A file that is to go or to come."""

    @property
    def sha256(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def offset(self) -> int:
        """How many bytes the other end had when it last said so."""


class Pace:
    """How large a piece takes some seconds on this line. Shared by all files of a round."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.piece = _FIRST

    def timed(self, send: Callable[[], int], size: int) -> int:
        """Send a piece of ``size`` bytes and learn from the time it took."""
        began = self._clock()
        answer = send()
        took = max(self._clock() - began, 0.001)
        wished = size * _SECONDS / took
        # Never much more than the last: one lucky second tells little of a line.
        self.piece = int(min(max(_LEAST, min(wished, self.piece * 2)), _MOST))
        return answer


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a list of files."""

    files: int = 0
    size: int = 0
    """Bytes of the whole files among them."""
    refused: tuple[str, ...] = ()
    """Files that could not be sent, or are not at the centre."""
    stopped: bool = False
    """There was more to do when ``stop`` said so."""


def send(
    carrier: BlobCarrier,
    files: Iterable[File],
    read: Callable[[str], bytes | None],
    came: Callable[[str, int], object],
    *,
    pace: Pace,
    stop: Stop,
) -> Moved:
    """Send files in their order.

    ``read`` gives the content, None for a file that is lost here; ``came(sha256, offset)`` is
    called whenever the centre has more, at last with the size. Raises :class:`Unanswered`.
    """
    count = size = 0
    refused: list[str] = []
    for file in files:
        if stop():
            return Moved(count, size, tuple(refused), stopped=True)
        content = read(file.sha256)
        try:
            whole = content is not None and _send_one(carrier, file, content, came, pace, stop)
        except BlobRefused:
            refused.append(file.sha256)
            continue
        if content is None:
            refused.append(file.sha256)
        elif whole:
            count, size = count + 1, size + len(content)
        else:
            return Moved(count, size, tuple(refused), stopped=True)
    return Moved(count, size, tuple(refused))


def _send_one(
    carrier: BlobCarrier, file: File, content: bytes, came: Callable[[str, int], object],
    pace: Pace, stop: Stop,
) -> bool:  # fmt: skip
    """True when the centre has it whole; False when ``stop`` came between."""
    size, name = len(content), file.sha256
    if not size:
        raise BlobRefused("empty")
    offset = min(file.offset, size)
    if size > _ASK_FIRST or offset:
        offset = carrier.blob_offset(name, size)
        came(name, offset)
    stuck = 0
    while offset < size:
        if offset and stop():
            return False
        piece = content[offset : offset + pace.piece]

        def put(at: int = offset, piece: bytes = piece) -> int:
            return carrier.put_blob(name, at, size, piece)

        before, offset = offset, pace.timed(put, len(piece))
        came(name, offset)
        stuck = 0 if offset > before else stuck + 1
        if stuck >= _TRIES:
            raise Unanswered(Reach.STRANGER, "stuck")
    return True


def fetch(
    carrier: BlobCarrier,
    files: Iterable[File],
    begun: Callable[[str], bytes],
    keep: Callable[[str, bytes, bool], object],
    *,
    stop: Stop,
) -> Moved:
    """Fetch files in their order.

    ``begun(sha256)`` gives what came of a file before; ``keep(sha256, content, whole)`` is
    called once for each that came whole and is what was asked for, and once for half of one
    when the line goes or ``stop`` says so. Raises :class:`Unanswered`.
    """
    count = size = 0
    refused: list[str] = []
    for file in files:
        if stop():
            return Moved(count, size, tuple(refused), stopped=True)
        try:
            content = _fetch_one(carrier, file, begun, keep, stop)
        except BlobMissing:
            refused.append(file.sha256)
            continue
        if content is None:
            return Moved(count, size, tuple(refused), stopped=True)
        if hashlib.sha256(content).hexdigest() == file.sha256:
            keep(file.sha256, content, True)
            count, size = count + 1, size + len(content)
        else:
            keep(file.sha256, b"", False)  # what had come before may be what is wrong
            refused.append(file.sha256)
    return Moved(count, size, tuple(refused))


def _fetch_one(
    carrier: BlobCarrier, file: File, begun: Callable[[str], bytes],
    keep: Callable[[str, bytes, bool], object], stop: Stop,
) -> bytes | None:  # fmt: skip
    held = bytearray(begun(file.sha256))
    came = True
    try:
        while came and len(held) < file.size:
            came = False
            for part in carrier.get_blob(file.sha256, len(held)):
                held += part
                came = True
                if len(held) > file.size:
                    return bytes(held)  # its hash will tell
                if len(held) < file.size and stop():
                    keep(file.sha256, bytes(held), False)
                    return None
    except Unanswered:
        keep(file.sha256, bytes(held), False)
        raise
    return bytes(held)
