# SPDX-License-Identifier: Apache-2.0
"""What a satellite receiver says on its line (NMEA 0183), read piece by piece.

A sentence counts only with a right checksum: a loose plug must not move a house. GGA gives the
place with the number of satellites and the dilution, RMC the place alone, GST the error itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from desktop.model.position import Position

_LONGEST_LINE: Final = 120
"""The standard says 82; some receivers write longer ones."""
_RANGE_ERROR: Final = 5.0
"""Metres by which a hand receiver errs at a dilution of 1 (GPS SPS performance standard, with the
ordinary noise of a hand receiver): the accuracy said is this times the dilution."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What the receiver knows now; ``position`` is None until it has found itself."""

    position: Position | None = None
    satellites: int = 0
    dilution: float | None = None


class Sentences:
    """Takes bytes as they come and keeps what they say together. Noise is passed over."""

    def __init__(self) -> None:
        self._rest = b""
        self._error: float | None = None
        self.fix = Fix()
        self.heard = 0
        """Whole sentences with a right checksum: 0 after some seconds is the wrong speed."""

    def feed(self, data: bytes) -> bool:
        """Take some bytes; whether ``fix`` was said anew."""
        lines = (self._rest + data).replace(b"\r", b"\n").split(b"\n")
        self._rest = lines.pop()[-_LONGEST_LINE:]
        # Every line is read, also after one that said something.
        return sum(self._line(line) for line in lines) > 0

    def _line(self, line: bytes) -> bool:
        start = line.rfind(b"$")
        words = fields(line[start:]) if start >= 0 else None
        if words is None:
            return False
        self.heard += 1
        kind = words[0][2:]
        if kind == "GGA" and len(words) >= 12:
            return self._gga(words)
        if kind == "RMC" and len(words) >= 7:
            return self._rmc(words)
        if kind == "GST" and len(words) >= 9:
            north, east = _number(words[6]), _number(words[7])
            self._error = None if north is None or east is None else math.hypot(north, east)
        return False

    def _gga(self, words: list[str]) -> bool:
        satellites, dilution = _number(words[7]), _number(words[8])
        # 0 is no fix, 6 dead reckoning, 7 typed by hand, 8 a simulator.
        place = _place(words[2:6]) if words[6] in ("1", "2", "3", "4", "5") else None
        if place is not None:
            error = self._error or (None if dilution is None else dilution * _RANGE_ERROR)
            place = replace(place, altitude=_number(words[9]), accuracy=error)
        self.fix = Fix(place, int(satellites or 0), dilution)
        return True

    def _rmc(self, words: list[str]) -> bool:
        place = _place(words[3:7]) if words[2] == "A" else None
        known = self.fix
        if place is None:
            self.fix = replace(known, position=None)
        elif known.position is None:
            self.fix = replace(known, position=place)
        else:
            # The place of this moment with the height and the error of the last GGA.
            self.fix = replace(
                known,
                position=replace(
                    known.position, latitude=place.latitude, longitude=place.longitude
                ),
            )
        return True


def fields(line: bytes) -> list[str] | None:
    """The words of one sentence, the name first; None unless its checksum is right."""
    text, star, said = line.strip().partition(b"*")
    if not star or not text.startswith(b"$") or len(line) > _LONGEST_LINE:
        return None
    total = 0
    for byte in text[1:]:
        total ^= byte
    if said.upper() != b"%02X" % total:
        return None
    words = text[1:].decode("ascii", "replace").split(",")
    return words if len(words[0]) == 5 and words[0].isascii() else None


def _place(words: list[str]) -> Position | None:
    """``ddmm.mmmm``, N or S, ``dddmm.mmmm``, E or W."""
    latitude = _angle(words[0], 2, {"N": 1, "S": -1}.get(words[1], 0), 90)
    longitude = _angle(words[2], 3, {"E": 1, "W": -1}.get(words[3], 0), 180)
    if latitude is None or longitude is None:
        return None
    return Position(latitude, longitude)


def _angle(text: str, digits: int, sign: int, most: int) -> float | None:
    minutes = _number(text[digits:])
    if not sign or minutes is None or not text[:digits].isdigit() or not 0 <= minutes < 60:
        return None
    angle = int(text[:digits]) + minutes / 60
    return sign * angle if angle <= most else None


def _number(text: str) -> float | None:
    if not text or len(text) > 20 or not set(text) <= set("0123456789.-"):
        return None
    try:
        return float(text)
    except ValueError:
        return None
