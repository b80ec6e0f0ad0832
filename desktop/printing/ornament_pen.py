# SPDX-License-Identifier: Apache-2.0
"""What ornaments are drawn with: a pen in millimetres, curves of changing bend, tapering strokes.

Ornaments are numbers, not pictures: a leaf is a path of a unit square that is put somewhere by a
``Place``, a tendril is a curve whose bend grows along it, drawn thick in the middle and thin at
its ends as an engraver's tool would. Line widths are points, everything else millimetres with
the origin at the lower left.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from reportlab.lib.colors import HexColor

from desktop.printing.document import MM, numbers

Point = tuple[float, float]
Size = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_TOKEN: Final = re.compile(r"[MLCZ]|-?\d*\.?\d+")
_NUMBERS: Final = {"M": 2, "L": 2, "C": 6, "Z": 0}
_MANY: Final = 4
"""From so many places on a motif is told once and repeated."""
_ROUND: Final = 0.5523
"""How far the handles of a cubic curve reach for a quarter of a circle of radius 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a drawing of its own coordinates goes: (x, y) to (ax + cy + e, bx + dy + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> Point:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def of(self, inner: Place) -> Place:
        """First ``inner``, then this."""
        e, f = self.at(inner.e, inner.f)
        return Place(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )

    @property
    def is_even(self) -> bool:
        """Whether a circle stays a circle, but for what nobody sees in the width of a line."""
        long, wide = math.hypot(self.a, self.b), math.hypot(self.c, self.d)
        across = abs(self.a * self.c + self.b * self.d)
        return math.isclose(long, wide, rel_tol=0.06) and across <= 0.01 * long * wide

    @property
    def scale(self) -> float:
        """The mean by which lengths grow."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


HERE: Final = Place()


def put(x: float, y: float, scale: float = 1.0, turn: float = 0.0, *, tall: float = 0.0) -> Place:
    """At (x, y), ``scale`` times as large, turned by ``turn`` degrees against the clock.

    ``tall`` is the scale across when it differs; negative turns the drawing over.
    """
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    tall = tall or scale
    return Place(scale * cos, scale * sin, -tall * sin, tall * cos, x, y)


OVER: Final = Place(d=-1.0)
"""Upside down."""
BACK: Final = Place(a=-1.0)
"""Left and right exchanged."""


Path = tuple[tuple[str, tuple[float, ...]], ...]
"""A path as steps: M, L, C and Z with their numbers."""


@lru_cache(maxsize=512)
def path_of(data: str) -> Path:
    """Path data (absolute M, L, C and Z) as steps."""
    tokens = _TOKEN.findall(data)
    found, index = [], 0
    while index < len(tokens):
        command = tokens[index]
        count = _NUMBERS[command]
        found.append((command, tuple(float(one) for one in tokens[index + 1 : index + 1 + count])))
        index += 1 + count
    return tuple(found)


def polygon(*points: Point, closed: bool = True) -> Path:
    """Straight lines from point to point."""
    steps = [("L" if index else "M", point) for index, point in enumerate(points)]
    return (*steps, ("Z", ())) if closed else tuple(steps)


def circle(x: float, y: float, radius: float) -> Path:
    """A circle."""
    r, k = radius, radius * _ROUND
    return (
        ("M", (x + r, y)),
        ("C", (x + r, y + k, x + k, y + r, x, y + r)),
        ("C", (x - k, y + r, x - r, y + k, x - r, y)),
        ("C", (x - r, y - k, x - k, y - r, x, y - r)),
        ("C", (x + k, y - r, x + r, y - k, x + r, y)),
        ("Z", ()),
    )


def spline(points: Sequence[Point], *, closed: bool = False) -> Path:
    """A smooth curve through all the points."""
    count = len(points)
    steps: list[tuple[str, tuple[float, ...]]] = [("M", points[0])]
    for index in range(count if closed else count - 1):
        here, there = points[index], points[(index + 1) % count]
        before = points[index - 1] if index or closed else here
        after = points[(index + 2) % count] if closed or index + 2 < count else there
        steps.append(
            (
                "C",
                (
                    here[0] + (there[0] - before[0]) / 6,
                    here[1] + (there[1] - before[1]) / 6,
                    there[0] - (after[0] - here[0]) / 6,
                    there[1] - (after[1] - here[1]) / 6,
                    *there,
                ),
            )
        )
    return (*steps, ("Z", ())) if closed else tuple(steps)


def rectangle(box: Box, radius: float = 0.0) -> Path:
    """A rectangle (left, bottom, right, top), its corners rounded by ``radius``.

    A negative ``radius`` cuts quarter circles out of the corners.
    """
    left, bottom, right, top = box
    r = min(abs(radius), (right - left) / 2, (top - bottom) / 2)
    if r <= 0:
        return polygon((left, bottom), (right, bottom), (right, top), (left, top))
    # Handles leave along the sides when the corner is round, across them when it is cut.
    near, far = ((1 - _ROUND) * r, 0.0) if radius > 0 else (r, _ROUND * r)
    return (
        ("M", (left + r, bottom)),
        ("L", (right - r, bottom)),
        ("C", (right - near, bottom + far, right - far, bottom + near, right, bottom + r)),
        ("L", (right, top - r)),
        ("C", (right - far, top - near, right - near, top - far, right - r, top)),
        ("L", (left + r, top)),
        ("C", (left + near, top - far, left + far, top - near, left, top - r)),
        ("L", (left, bottom + r)),
        ("C", (left + far, bottom + near, left + near, bottom + far, left + r, bottom)),
        ("Z", ()),
    )


Shape = tuple[Path, Place]


class Pen:
    """A ReportLab canvas in millimetres. Colours are ``#RRGGBB``, "" for none."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas

    def draw(
        self,
        shapes: Iterable[Path | Shape],
        *,
        fill: str = "",
        stroke: str = "",
        line: float = 0.5,
        even_odd: bool = False,
        dash: Sequence[float] = (),
    ) -> None:
        """Ink paths, each put in its place, all at once. ``line`` and ``dash`` are points."""
        if not (fill or stroke):
            return
        if stroke:
            self.canvas.setStrokeColor(HexColor(stroke))
            self.canvas.setLineWidth(round(line, 3))
            self.canvas.setDash(list(dash))
        if fill:
            self.canvas.setFillColor(HexColor(fill))
        said: list[str] = []
        for shape in shapes:
            path, place = shape if isinstance(shape[1], Place) else (shape, HERE)
            _say(path, place, said)
        star = "*" if even_odd else ""
        paint = {(True, True): f"B{star}", (True, False): f"f{star}", (False, True): "S"}
        said.append(paint[bool(fill), bool(stroke)])
        # Straight into the page: a border is ten thousand curves, and a path object of ReportLab
        # takes four times as long over them.
        self.canvas._code.append("\n".join(said))

    def repeat(
        self,
        paths: Sequence[Path],
        places: Sequence[Place],
        *,
        fill: str = "",
        stroke: str = "",
        line: float = 0.5,
    ) -> None:
        """Ink the same paths in many places, all of one scale.

        The paths are told in the same letters each time, after the place they go to: a border of
        a hundred flowers packs to little more than one.
        """
        if not (fill or stroke):
            return
        if stroke:
            self.canvas.setStrokeColor(HexColor(stroke))
            self.canvas.setDash([])
        if fill:
            self.canvas.setFillColor(HexColor(fill))
        grown = places[0].scale * MM
        digits = max(0, math.ceil(math.log10(max(grown, 1e-6) * 100)))
        said = [f"{numbers(line / grown)} w"] if stroke else []
        for path in paths:
            for command, told in path:
                words = " ".join(numbers(round(one, digits)) for one in told)
                said.append(f"{words} {_OPERATORS[command]}".strip())
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}
        said.append(paint[bool(fill), bool(stroke)])
        text = "\n".join(said)
        for one in places:
            to = numbers(*(part * MM for part in (one.a, one.b, one.c, one.d, one.e, one.f)))
            self.canvas._code.append(f"q {to} cm\n{text}\nQ")


_OPERATORS: Final = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def _say(path: Path, place: Place, said: list[str]) -> None:
    """The operators of a path (ISO 32000-1, 8.5.2), to a hundredth of a point."""
    a, b, c, d, e, f = (
        part * MM for part in (place.a, place.b, place.c, place.d, place.e, place.f)
    )
    for command, n in path:
        if command == "C":
            said.append(
                f"{a * n[0] + c * n[1] + e:.2f} {b * n[0] + d * n[1] + f:.2f} "
                f"{a * n[2] + c * n[3] + e:.2f} {b * n[2] + d * n[3] + f:.2f} "
                f"{a * n[4] + c * n[5] + e:.2f} {b * n[4] + d * n[5] + f:.2f} c"
            )
        elif command == "Z":
            said.append("h")
        else:
            operator = "m" if command == "M" else "l"
            said.append(f"{a * n[0] + c * n[1] + e:.2f} {b * n[0] + d * n[1] + f:.2f} {operator}")


@dataclass(frozen=True, slots=True)
class Layer:
    """Paths of a motif inked alike. ``fill`` and ``stroke`` are parts that colours play.

    ``line`` is points, for a motif at its usual size.
    """

    paths: tuple[Path, ...]
    fill: str = ""
    stroke: str = ""
    line: float = 0.5


Motif = tuple[Layer, ...]
"""A drawing in coordinates of its own, layer over layer."""


def lay(
    pen: Pen,
    motif: Motif,
    places: Sequence[Place],
    colours: Mapping[str, str],
    weight: float = 1.0,
) -> None:
    """Draw a motif in every place; ``colours`` says what colour plays which part."""
    if not places:
        return
    alike = len(places) >= _MANY and all(
        math.isclose(one.scale, places[0].scale, rel_tol=1e-6) for one in places
    )
    even = all(one.is_even for one in places)
    for layer in motif:
        fill, stroke = colours.get(layer.fill, ""), colours.get(layer.stroke, "")
        line = max(0.2, layer.line * weight)
        if alike and (even or not stroke):
            pen.repeat(layer.paths, places, fill=fill, stroke=stroke, line=line)
        else:
            shapes = [(path, place) for place in places for path in layer.paths]
            pen.draw(shapes, fill=fill, stroke=stroke, line=line)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A curve and its half-width at each point of it."""

    points: tuple[Point, ...]
    widths: tuple[float, ...]

    def outline(self) -> Path:
        """The closed outline, to be filled; it turns as a circle does, so the two join."""
        left, right = [], []
        last = len(self.points) - 1
        for index, ((x, y), width) in enumerate(zip(self.points, self.widths, strict=True)):
            before, after = self.points[max(0, index - 1)], self.points[min(last, index + 1)]
            dx, dy = after[0] - before[0], after[1] - before[1]
            long = math.hypot(dx, dy) or 1.0
            nx, ny = -dy / long * width, dx / long * width
            left.append((x + nx, y + ny))
            right.append((x - nx, y - ny))
        return spline(right + left[::-1], closed=True)

    def put(self, place: Place) -> Stroke:
        """The stroke somewhere else."""
        grown = place.scale
        return Stroke(
            tuple(place.at(x, y) for x, y in self.points),
            tuple(width * grown for width in self.widths),
        )

    def heading(self, index: int) -> float:
        """Where the curve goes at a point, in degrees."""
        last = len(self.points) - 1
        before, after = self.points[max(0, index - 1)], self.points[min(last, index + 1)]
        return math.degrees(math.atan2(after[1] - before[1], after[0] - before[0]))


def tendril(
    start: Point,
    heading: float,
    length: float,
    bend: Callable[[float], float],
    width: Callable[[float], float],
    steps: int = 36,
) -> Stroke:
    """A curve that sets out at ``heading`` degrees and turns by ``bend`` as it goes.

    ``bend`` and ``width`` take the part of the way (0 to 1) and give degrees for the whole length
    at that rate, and the half-width.
    """
    x, y = start
    angle = math.radians(heading)
    step = length / steps
    points, widths = [(x, y)], [width(0.0)]
    for index in range(steps):
        middle = (index + 0.5) / steps
        angle += math.radians(bend(middle)) / steps / 2
        x, y = x + step * math.cos(angle), y + step * math.sin(angle)
        angle += math.radians(bend(middle)) / steps / 2
        points.append((x, y))
        widths.append(width((index + 1) / steps))
    return Stroke(tuple(points), tuple(widths))


def swelling(most: float, least: float = 0.0) -> Callable[[float], float]:
    """Half-widths of a stroke that is thin at both ends."""
    return lambda part: least + (most - least) * math.sin(math.pi * part) ** 0.8


def thinning(most: float, least: float) -> Callable[[float], float]:
    """Half-widths of a stroke that grows thin on its way."""
    return lambda part: most + (least - most) * part
