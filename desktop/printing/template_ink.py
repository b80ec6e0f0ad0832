# SPDX-License-Identifier: Apache-2.0
"""Where an ornament inks the paper dark enough to be in the way of words.

A frame's box is the whole page, so its box says nothing. What it really draws is followed here
stroke by stroke, on squares of half a millimetre. The outline of a filled shape counts, its inside
does not: words may stand on a panel or within a ring, but not across its edge. What is as pale as
a watermark is meant to lie under words.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from desktop.printing.document import MM, numbers
from desktop.printing.template_mark import Decor, Mark
from desktop.printing.typeface import Ink

CELL: Final = 0.5 * MM
"""Side of a square in points."""
_PALE: Final = 0.8
_CURVE: Final = 10
"""Straight pieces that stand for a curve."""
_TOKEN: Final = re.compile(rb"[^\s\[\]()<>/]+|/\S+|[\[\]]")
_NUMBER: Final = re.compile(rb"[-+]?\d*\.?\d+\Z")
_COLOURS: Final = {b"RG": b"s", b"rg": b"f", b"G": b"s", b"g": b"f"}
_NEEDED: Final = {b"m": 2, b"l": 2, b"c": 6, b"h": 0, b"re": 4}
_WEIGHTS: Final = (0.2126, 0.7152, 0.0722)

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Final[Matrix] = (1, 0, 0, 1, 0, 0)
Point = tuple[float, float]


@lru_cache(maxsize=128)
def ornament_stream(drawing: str, width: float, height: float, told: str) -> bytes:
    """What an ornament writes into a page; sizes in points, ``told`` its properties as JSON.

    Kept, because a guilloche takes a fifth of a second to work out.
    """
    import json

    from reportlab.pdfgen.canvas import Canvas

    from desktop.printing.ornament import draw_ornament

    canvas: Any = Canvas(io.BytesIO(), pagesize=(width, height), invariant=1)
    draw_ornament(canvas, drawing, (width / MM, height / MM), json.loads(told))
    return "\n".join(canvas._code).encode("latin-1")


def stands_alone(stream: bytes) -> bool:
    """Whether what an ornament writes names no font, picture, shading or state of the page."""
    return b"/" not in stream


@lru_cache(maxsize=32)
def ornaments_packed(marks: tuple[Mark, ...]) -> bytes | None:
    """Ornaments in their places as one deflated stream; None when it is not they alone."""
    said: list[bytes] = []
    for mark in marks:
        if not isinstance(mark, Decor):
            return None
        stream = ornament_stream(mark.drawing, mark.width, mark.height, mark.told)
        if not stands_alone(stream):
            return None
        said.append(b"q 1 0 0 1 %b cm %b Q" % (numbers(mark.x, mark.y).encode(), stream))
    return zlib.compress(b"\n".join(said))


def drawing_digest(mark: Decor) -> str:
    """SHA-256 of what an ornament draws, in hex."""
    stream = ornament_stream(mark.drawing, mark.width, mark.height, mark.told)
    return hashlib.sha256(stream).hexdigest()


def covers(mark: Decor, ink: Ink) -> bool:
    """Whether dark ink of the ornament lies within a rectangle (left, bottom, right, top)."""
    dark = _dark(mark.drawing, mark.width, mark.height, mark.told)
    left, bottom, right, top = (
        int((side - origin) // CELL)
        for side, origin in zip(ink, (mark.x, mark.y, mark.x, mark.y), strict=True)
    )
    if (right - left + 1) * (top - bottom + 1) > len(dark):
        return any(left <= x <= right and bottom <= y <= top for x, y in dark)
    return any((x, y) in dark for x in range(left, right + 1) for y in range(bottom, top + 1))


@lru_cache(maxsize=64)
def _dark(drawing: str, width: float, height: float, told: str) -> frozenset[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for start, end, weight in _Following(ornament_stream(drawing, width, height, told)).lines():
        away = max(0, math.ceil((weight / 2 - CELL / 2) / CELL))
        steps = max(1, math.ceil(math.dist(start, end) / CELL))
        for step in range(steps + 1):
            part = step / steps
            x = int((start[0] + (end[0] - start[0]) * part) // CELL)
            y = int((start[1] + (end[1] - start[1]) * part) // CELL)
            if away:
                found.update(
                    (x + dx, y + dy)
                    for dx in range(-away, away + 1)
                    for dy in range(-away, away + 1)
                )
            else:
                found.add((x, y))
    return frozenset(found)


class _Following:
    """The lines that a content stream draws (ISO 32000-1, 8.5), with their weights, dark ones."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._matrix = _UNIT
        self._weight = 1.0
        self._dark = {b"s": True, b"f": True}
        self._kept: list[tuple[Matrix, float, dict[bytes, bool]]] = []
        self._paths: list[list[Point]] = []

    def lines(self) -> Iterator[tuple[Point, Point, float]]:
        numbers: list[float] = []
        for token in _TOKEN.findall(self._stream):
            if _NUMBER.match(token):
                numbers.append(float(token))
                continue
            yield from self._painted(token)
            self._do(token, numbers)
            numbers = []

    def _painted(self, token: bytes) -> Iterator[tuple[Point, Point, float]]:
        if token not in (b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n"):
            return
        stroked = token in (b"S", b"s", b"B", b"B*", b"b", b"b*") and self._dark[b"s"]
        filled = token in (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*") and self._dark[b"f"]
        a, b, c, d, _e, _f = self._matrix
        weight = self._weight * math.sqrt(abs(a * d - b * c)) if stroked else 0.0
        for path in self._paths if stroked or filled else ():
            closed = [*path, path[0]] if filled or token in (b"s", b"b", b"b*") else path
            for start, end in pairwise(closed):
                yield start, end, weight
        self._paths = []

    def _do(self, token: bytes, numbers: list[float]) -> None:
        if token == b"q":
            self._kept.append((self._matrix, self._weight, dict(self._dark)))
        elif token == b"Q" and self._kept:
            self._matrix, self._weight, self._dark = self._kept.pop()
        elif token == b"cm" and len(numbers) == 6:
            self._matrix = _times(tuple(numbers), self._matrix)  # type: ignore[arg-type]
        elif token == b"w" and numbers:
            self._weight = numbers[-1]
        elif token in _COLOURS:
            parts = numbers * 3 if len(numbers) == 1 else numbers
            pale = sum(w * part for w, part in zip(_WEIGHTS, parts, strict=False)) >= _PALE
            self._dark[_COLOURS[token]] = not pale
        elif len(numbers) == _NEEDED.get(token, -1):
            self._draw(token, numbers)

    def _draw(self, token: bytes, numbers: list[float]) -> None:
        points = [self._at(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if token == b"m":
            self._paths.append(points)
        elif token == b"re":
            x, y, w, h = numbers
            corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y))
            self._paths.append([self._at(*corner) for corner in corners])
        elif self._paths and token == b"l":
            self._paths[-1] += points
        elif self._paths and token == b"c":
            self._bend(points)
        elif self._paths:
            self._paths[-1].append(self._paths[-1][0])

    def _at(self, x: float, y: float) -> Point:
        a, b, c, d, e, f = self._matrix
        return a * x + c * y + e, b * x + d * y + f

    def _bend(self, points: list[Point]) -> None:
        (x0, y0), ((x1, y1), (x2, y2), (x3, y3)) = self._paths[-1][-1], points
        for step in range(1, _CURVE + 1):
            t = step / _CURVE
            s = 1 - t
            p, q, r, u = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            self._paths[-1].append(
                (p * x0 + q * x1 + r * x2 + u * x3, p * y0 + q * y1 + r * y2 + u * y3)
            )


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)  # fmt: skip
