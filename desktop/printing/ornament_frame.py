# SPDX-License-Identifier: Apache-2.0
"""Frames and borders: rules at the edge of the box, strips of motifs laid along its sides.

A strip always holds a whole number of units, stretched by a few per cent to meet the corners, and
runs around the box with its top inward. A frame of another size is laid out anew, never scaled:
its lines keep their weight.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.printing import ornament_motif as motifs
from desktop.printing.document import MM
from desktop.printing.ornament_pen import (
    BACK,
    HERE,
    OVER,
    Path,
    Pen,
    Place,
    Size,
    lay,
    polygon,
    put,
    rectangle,
    spline,
)

Values = Mapping[str, Any]
_RULE: Final = 0.85
"""Millimetres from the rule at the edge to the one beside it."""
_AIR: Final = 0.55
"""Millimetres between a strip and the rule beside it."""


def _edge(size: Size, inset: float) -> tuple[float, float, float, float]:
    return inset, inset, size[0] - inset, size[1] - inset


def line(pen: Pen, size: Size, values: Values) -> None:
    """A straight line along the longer side of its box, in the middle of the other."""
    thick = values["line"]
    dash = {"dotted": (0.0, 2.6 * thick), "dashed": (5 * thick, 4 * thick)}
    half = thick / MM / 2
    width, height = size
    if width >= height:
        ends = ((half, height / 2), (width - half, height / 2))
    else:
        ends = ((width / 2, half), (width / 2, height - half))
    pen.draw([polygon(*ends, closed=False)], stroke=values["colour"], line=thick,
             dash=dash.get(values["style"], ()))  # fmt: skip


def box(pen: Pen, size: Size, values: Values) -> None:
    """A rectangle, filled or with a line around it or both."""
    half = values["line"] / MM / 2 if values["colour"] else 0.0
    pen.draw([rectangle(_edge(size, half), values["radius"])], fill=values["fill"],
             stroke=values["colour"], line=values["line"])  # fmt: skip


def frame(pen: Pen, size: Size, values: Values) -> None:
    """One to three rules, the outer one heaviest."""
    inset = 0.0
    for number in range(values["count"]):
        thick = values["line"] * (1.0 if number == 0 else 0.36)
        half = thick / MM / 2
        rule = rectangle(_edge(size, inset + half), _within(values["radius"], inset))
        pen.draw([rule], stroke=values["second" if number == 1 else "colour"], line=thick)
        inset += thick / MM + values["gap"]


def _within(radius: float, inset: float) -> float:
    """The radius of a parallel curve further in: less for a round corner, more for a cut one."""
    return max(0.0, radius - inset) if radius > 0 else radius


def notched(pen: Pen, size: Size, values: Values) -> None:
    """Two rules with quarter circles cut out of the corners, and a small flower in each."""
    cut, gap = min(values["radius"], min(size) / 3), values["gap"]
    half = values["line"] / MM / 2
    pen.draw([rectangle(_edge(size, half), -cut)], stroke=values["colour"], line=values["line"])
    inner = gap + values["line"] / MM
    if inner + cut < min(size) / 2:
        pen.draw([rectangle(_edge(size, inner), -cut)], stroke=values["second"], line=0.45)
    at, reach = cut * 0.3, cut * 0.28
    if values["flower"] == "yes" and reach > 0.5:
        lay(pen, motifs.flower(), [put(x, y, reach) for x, y in _corners(size, at)],
            _parts(values), reach / 4)  # fmt: skip


def _corners(size: Size, inset: float) -> tuple[tuple[float, float], ...]:
    left, bottom, right, top = _edge(size, inset)
    return (left, bottom), (right, bottom), (right, top), (left, top)


def _parts(values: Values) -> dict[str, str]:
    return {
        "main": values["colour"],
        "second": values["second"],
        "paper": values.get("paper", ""),
    }


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip to fill: from the origin of ``place`` along x, ``height`` across its middle."""

    place: Place
    length: float
    height: float


Filling = Callable[[Pen, Strip, Values], None]


def _units(strip: Strip, pitch: float, least: int = 1) -> tuple[int, float]:
    usual = pitch * strip.height / 2
    count = max(least, round(strip.length / usual))
    return count, strip.length / count


def _cells(strip: Strip, pitch: float, count: int, step: float, shift: float) -> list[Place]:
    across = strip.height / 2
    return [
        strip.place.of(Place(a=step / pitch, d=across, e=step * (at + shift)))
        for at in range(count)
    ]


def _weight(strip: Strip) -> float:
    return min(1.5, max(0.5, strip.height / 6))


def prajamyam(pen: Pen, strip: Strip, values: Values) -> None:
    """Four-petalled flowers with claws and buds between them."""
    pitch = motifs.PITCH["prajamyam"]
    count, step = _units(strip, pitch)
    centres = _cells(strip, pitch, count, step, 0.5)
    lay(pen, motifs.claw(), centres, _parts(values), _weight(strip))
    lay(pen, motifs.bud(), _cells(strip, pitch, count - 1, step, 1.0), _parts(values))
    lay(pen, motifs.flower(), centres, _parts(values), _weight(strip))


def lotus(pen: Pen, strip: Strip, values: Values) -> None:
    """Lotus petals side by side, others looking out between them."""
    pitch = motifs.PITCH["lotus"]
    count, step = _units(strip, pitch)
    lay(pen, motifs.lotus_behind(), _cells(strip, pitch, count - 1, step, 1.0), _parts(values),
        _weight(strip))  # fmt: skip
    lay(pen, motifs.lotus_petal(), _cells(strip, pitch, count, step, 0.5), _parts(values),
        _weight(strip))  # fmt: skip


def kanok(pen: Pen, strip: Strip, values: Values) -> None:
    """A vine of flames that sets out from a flower in the middle to both ends."""
    reach = strip.height / 2
    # The last stem ends aslant: its corner needs a little room.
    half = Strip(strip.place, strip.length / 2 - reach * 0.97, strip.height)
    pitch = motifs.PITCH["kanok"]
    middle = strip.place.of(Place(e=strip.length / 2))
    if half.length > strip.height:
        count, step = _units(half, pitch)
        places = []
        for way in (HERE, BACK):
            for at in range(count):
                over = OVER if at % 2 else HERE
                start = Place(a=step / pitch, d=reach * 0.92, e=reach * 0.9 + step * at)
                places.append(middle.of(way).of(start).of(over))
        lay(pen, motifs.kanok(), places, _parts(values), _weight(strip))
    lay(pen, motifs.flower(), [middle.of(put(0, 0, reach * 0.86))], _parts(values), _weight(strip))


def waves(pen: Pen, strip: Strip, values: Values) -> None:
    """Waves that roll after each other, a last one left out where its foot would stick out."""
    pitch = motifs.PITCH["waves"]
    # The foot of a wave lies under the one before it: half a unit of room for the first.
    count, step = _units(strip, pitch)
    step = strip.length / (count + 0.55)
    lay(pen, motifs.wave(), _cells(strip, pitch, count, step, 1.02), _parts(values))


def guilloche(pen: Pen, strip: Strip, values: Values) -> None:
    """Two sheaves of fine lines that cross each other in waves, as on a banknote."""
    many = values["count"]
    thick = values["line"] / MM / 2
    swing = strip.height / 2 - thick
    length = strip.height * 2.1
    count = max(1, round(strip.length / length))
    steps = count * 8

    def sheaf(sign: int) -> list[tuple[Path, Place]]:
        runs = []
        for number in range(many):
            shift = 0.16 * (number - (many - 1) / 2) * 9 / max(4, many)
            points = []
            for at in range(steps + 1):
                turn = 2 * math.pi * count * at / steps
                # Every line meets the others at the ends of the strip, so that no end hangs.
                ease = min(1.0, at / 3, (steps - at) / 3)
                points.append(
                    (strip.length * at / steps, sign * swing * math.sin(turn + shift * ease))
                )
            runs.append((spline(points), strip.place))
        return runs

    pen.draw(sheaf(1), stroke=values["colour"], line=values["line"])
    pen.draw(sheaf(-1), stroke=values["second"], line=values["line"])


def border(filling: Filling) -> Callable[[Pen, Size, Values], None]:
    """A border of that filling between pairs of rules, a flower in a square at each corner."""

    def draw(pen: Pen, size: Size, values: Values) -> None:
        high = min(values["height"], min(size) / 3 - 2 * _RULE)
        if high < 1:
            return
        heavy, fine = values["line"], max(0.3, values["line"] * 0.32)
        start = heavy / MM + _RULE - heavy / MM / 2 + _AIR
        end = start + high
        if values["ground"]:
            pen.draw([rectangle(_edge(size, start - _AIR)), rectangle(_edge(size, end + _AIR))],
                     fill=values["ground"], even_odd=True)  # fmt: skip
        for inset, thick, colour in (
            (heavy / MM / 2, heavy, "colour"),
            (start - _AIR, fine, "second"),
            (end + _AIR, fine, "second"),
            (end + _AIR + _RULE * 0.8, heavy * 0.6, "colour"),
        ):
            pen.draw([rectangle(_edge(size, inset))], stroke=values[colour], line=thick)
        width, height = size
        middle, corner = start + high / 2, end + _AIR * 1.6
        for place, length in (
            (put(corner, middle), width - 2 * corner),
            (put(width - middle, corner, 1, 90), height - 2 * corner),
            (put(width - corner, height - middle, 1, 180), width - 2 * corner),
            (put(middle, height - corner, 1, 270), height - 2 * corner),
        ):
            filling(pen, Strip(place, length, high), dict(values) | {"line": 0.32})
        _blocks(pen, size, middle, high, values)

    return draw


def _blocks(pen: Pen, size: Size, middle: float, high: float, values: Values) -> None:
    """The four squares where the strips meet."""
    half = high / 2 + _AIR
    squares = [
        rectangle((x - half, y - half, x + half, y + half)) for x, y in _corners(size, middle)
    ]
    pen.draw(squares, fill=values["paper"], stroke=values["second"],
             line=max(0.3, values["line"] * 0.32))  # fmt: skip
    lay(pen, motifs.flower(), [put(x, y, high * 0.46) for x, y in _corners(size, middle)],
        _parts(values), min(1.5, high / 6))  # fmt: skip


def band(filling: Filling) -> Callable[[Pen, Size, Values], None]:
    """One strip of that filling along the longer side of the box, a rule on each side of it."""

    def draw(pen: Pen, size: Size, values: Values) -> None:
        width, height = size
        upright = height > width
        long, high = max(size), min(size)
        # An upright band reads from the top down, its top to the right.
        place = Place(0, -1, 1, 0, width / 2, height) if upright else put(0, height / 2)
        thick = values["line"]
        half = thick / MM / 2
        room = high
        if values["ground"]:
            pen.draw([rectangle((0, 0, width, height))], fill=values["ground"])
        if values["rules"] == "yes":
            for y in (high / 2 - half, half - high / 2):
                pen.draw([(polygon((0, y), (long, y), closed=False), place)],
                         stroke=values["colour"], line=thick)  # fmt: skip
            room = high - 2 * (thick / MM + min(_AIR, high * 0.1))
        if room > 0.6:
            fine = dict(values) | {"line": max(0.25, thick * 0.45)}
            filling(pen, Strip(place, long, room), fine)

    return draw
