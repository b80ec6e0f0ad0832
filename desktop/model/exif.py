# SPDX-License-Identifier: Apache-2.0
"""What a camera wrote into a photograph beside the picture: where, and when.

Reads bytes that may come from anybody: every length is held against the file, nothing is followed
twice, and what is broken counts as not said. Only what is asked for here is read. (CIPA DC-008,
*Exif 3.0*, sections 4.5 to 4.6; the tags are named by their numbers there.)
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.model.position import Position

_MOST_ENTRIES: Final = 512
_MOST_MARKERS: Final = 256
_MOST_CHUNKS: Final = 4096
_GPS: Final = 0x8825
_EXIF: Final = 0x8769
_TAKEN: Final = 0x9003
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
"""Bytes of one value of each type."""
Entries = dict[int, tuple[int, int, int]]
"""Tag to type, count, and where the values begin."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Where and when a photograph says it was taken; the time is the camera's own, unzoned."""

    position: Position | None = None
    at: datetime | None = None


def read_exif(data: bytes) -> Taken:
    """What a JPEG, PNG or WebP file says about itself; nothing when it says nothing."""
    block = _jpeg_block(data) or _png_block(data) or _webp_block(data)
    return _Block(block).taken() if block else Taken()


def _jpeg_block(data: bytes) -> bytes:
    """The Exif block of a JPEG file."""
    if data[:2] != b"\xff\xd8":
        return b""
    place = 2
    for _marker in range(_MOST_MARKERS):
        if place + 4 > len(data) or data[place] != 0xFF or data[place + 1] == 0xDA:
            return b""
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        body = data[place + 4 : place + 2 + length]
        if data[place + 1] == 0xE1 and body[:6] == b"Exif\0\0":
            return body[6:]
        place += 2 + max(2, length)
    return b""


def _png_block(data: bytes) -> bytes:
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return b""
    place = 8
    for _chunk in range(_MOST_CHUNKS):
        length = int.from_bytes(data[place : place + 4], "big")
        if place + 12 > len(data):
            return b""
        if data[place + 4 : place + 8] == b"eXIf":
            return data[place + 8 : place + 8 + length]
        place += 12 + length
    return b""


def _webp_block(data: bytes) -> bytes:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return b""
    place = 12
    for _chunk in range(_MOST_CHUNKS):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        if place + 8 > len(data):
            return b""
        if data[place : place + 4] == b"EXIF":
            return data[place + 8 : place + 8 + length].removeprefix(b"Exif\0\0")
        place += 8 + length + length % 2
    return b""


class _Block:
    """The TIFF structure inside."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4], "")

    def taken(self) -> Taken:
        if not self._order:
            return Taken()
        first = self._entries(self._whole(4, 4))
        gps = self._entries(self._pointer(first, _GPS))
        exif = self._entries(self._pointer(first, _EXIF))
        return Taken(self._position(gps), self._time(exif))

    def _position(self, gps: Entries) -> Position | None:
        latitude = self._angle(gps, 2, self._letter(gps, 1), "NS", 90)
        longitude = self._angle(gps, 4, self._letter(gps, 3), "EW", 180)
        # A camera that has not found itself writes zeros.
        if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
            return None
        height = self._fractions(gps, 6, 1)
        below = gps.get(5) is not None and self._data[gps[5][2] : gps[5][2] + 1] == b"\x01"
        altitude = None if height is None else -height[0] if below else height[0]
        error = self._fractions(gps, 31, 1)
        accuracy = error[0] if error is not None and 0 < error[0] < 100_000 else None
        if altitude is not None and not -1_000 < altitude < 10_000:
            altitude = None
        return Position(latitude, longitude, altitude, accuracy)

    def _time(self, exif: Entries) -> datetime | None:
        kind, count, place = exif.get(_TAKEN, (0, 0, 0))
        if kind != 2 or count < 19:
            return None
        text = self._data[place : place + 19].decode("ascii", "replace")
        try:
            # Without a zone: cameras seldom know theirs.
            return datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        except ValueError:
            return None

    def _angle(self, gps: Entries, tag: int, letter: str, sides: str, most: int) -> float | None:
        parts = self._fractions(gps, tag, 3)
        if parts is None or letter not in sides or not letter:
            return None
        angle = parts[0] + parts[1] / 60 + parts[2] / 3600
        if not 0 <= angle <= most or not all(0 <= part <= 60 for part in parts[1:]):
            return None
        return -angle if letter == sides[1] else angle

    def _letter(self, entries: Entries, tag: int) -> str:
        kind, _count, place = entries.get(tag, (0, 0, 0))
        return self._data[place : place + 1].decode("ascii", "replace") if kind == 2 else ""

    def _fractions(self, entries: Entries, tag: int, count: int) -> list[float] | None:
        kind, held, place = entries.get(tag, (0, 0, 0))
        if kind != 5 or held < count:
            return None
        whole = struct.unpack_from(f"{self._order}{2 * count}I", self._data, place)
        if any(below == 0 for below in whole[1::2]):
            return None
        return [above / below for above, below in zip(whole[::2], whole[1::2], strict=True)]

    def _pointer(self, entries: Entries, tag: int) -> int:
        kind, _count, place = entries.get(tag, (0, 0, 0))
        return self._whole(place, 4) if kind == 4 else 0

    def _entries(self, place: int) -> Entries:
        """One directory; what reaches out of the block is left out."""
        found: Entries = {}
        if not 8 <= place <= len(self._data) - 2:
            return found
        count = min(self._whole(place, 2), _MOST_ENTRIES)
        for entry in range(place + 2, place + 2 + 12 * count, 12):
            if entry + 12 > len(self._data):
                break
            tag, kind = self._whole(entry, 2), self._whole(entry + 2, 2)
            held = self._whole(entry + 4, 4)
            size = _SIZES.get(kind, 0) * held
            start = entry + 8 if size <= 4 else self._whole(entry + 8, 4)
            if size and start + size <= len(self._data):
                found[tag] = (kind, held, start)
        return found

    def _whole(self, place: int, size: int) -> int:
        order = "little" if self._order == "<" else "big"
        return int.from_bytes(self._data[place : place + size], order)  # type: ignore[arg-type]
