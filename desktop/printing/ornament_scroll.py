# SPDX-License-Identifier: Apache-2.0
"""Flourishes: flames (กนก) and tendrils composed into corner pieces, dividers and wreaths.

A corner piece is drawn once, in the square from (0, 0), the corner, to (1, 1), and laid into the
corners of its box; what is symmetrical is drawn on one side of the diagonal and mirrored.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from desktop.printing import ornament_motif as motifs
from desktop.printing.document import MM
from desktop.printing.ornament_pen import (
    BACK,
    OVER,
    Layer,
    Motif,
    Path,
    Pen,
    Place,
    Point,
    Size,
    Stroke,
    circle,
    lay,
    path_of,
    polygon,
    put,
    swelling,
    tendril,
    thinning,
)

Values = Mapping[str, Any]
_SWAP: Final = Place(0, 1, 1, 0)
"""x and y exchanged: the other side of the diagonal of a corner."""
_SIGNS: Final = {
    "bottom-left": (0, 0, 1, 1),
    "bottom-right": (1, 0, -1, 1),
    "top-right": (1, 1, -1, -1),
    "top-left": (0, 1, 1, -1),
}
WHERE: Final[Mapping[str, tuple[str, ...]]] = {
    "all": tuple(_SIGNS),
    "top": ("top-left", "top-right"),
    "bottom": ("bottom-left", "bottom-right"),
    "left": ("top-left", "bottom-left"),
    "right": ("top-right", "bottom-right"),
    **{name: (name,) for name in _SIGNS},
}


def _parts(values: Values) -> dict[str, str]:
    return {
        "main": values["colour"],
        "second": values["second"],
        "paper": values.get("paper", ""),
    }


def _both(paths: Sequence[Path], way: Place) -> tuple[Path, ...]:
    return (*paths, *(motifs.moved(path, way) for path in paths))


def corners(motif: Callable[[], Motif]) -> Callable[[Pen, Size, Values], None]:
    """A corner piece of that motif in the corners of the box that ``where`` names."""

    def draw(pen: Pen, size: Size, values: Values) -> None:
        names = WHERE[values["where"]]
        across = 2 if len({name[-4:] for name in names}) > 1 else 1
        upright = 2 if len({name[:3] for name in names}) > 1 else 1
        side = min(values["size"], size[0] / across, size[1] / upright)
        if side < 2:
            return
        places = []
        for name in names:
            x, y, right, up = _SIGNS[name]
            places.append(Place(right * side, 0, 0, up * side, x * size[0], y * size[1]))
        lay(pen, motif(), places, _parts(values), min(1.6, max(0.5, side / 40)))

    return draw


@cache
def kanok() -> Motif:
    """A vine of flames along each side, smaller with every wave, out of a flower in the corner."""
    line, x = 0.14, 0.28
    stems: tuple[list[Path], list[Path]] = ([], [])
    flames: list[Path] = []
    for number, high in enumerate((0.088, 0.071, 0.054)):
        place = put(x, line, high)
        if number % 2 == 0:
            place = place.of(OVER)
        stem, leaves = motifs.kanok()
        # Turned over, an outline runs the other way: where the two met, a hole would show.
        stems[number % 2].extend(motifs.moved(path, place) for path in stem.paths)
        flames += [motifs.moved(path, place) for path in leaves.paths]
        x += motifs.PITCH["kanok"] * high * 0.985
    tip = motifs.moved(motifs.petal(0.018, 0.095), put(x - 0.01, line - 0.004, 1, -104))
    heart = [
        Layer(tuple(motifs.moved(path, put(0.14, 0.14, 0.14)) for path in one.paths),
              one.fill, one.stroke, one.line)
        for one in motifs.flower()
    ]  # fmt: skip
    bud = motifs.moved(motifs.petal(0.03, 0.16, 0), put(0.245, 0.245, 1, -45))
    seed = motifs.moved(motifs.petal(0.015, 0.1, 0.03), put(0.245, 0.245, 1, -45))
    return (
        Layer(_both([*flames, tip], _SWAP), fill="second"),
        Layer(_both(stems[0], _SWAP), fill="main"),
        Layer(_both(stems[1], _SWAP), fill="main"),
        Layer((bud,), fill="main"),
        Layer((seed,), fill="paper"),
        *heart,
    )


@cache
def lotus() -> Motif:
    """A quarter of a lotus, a tendril with a bud along each side."""
    stem = tendril((0.1, 0.045), 2, 0.77, lambda part: 22 - 30 * part, swelling(0.009, 0.003))
    curl = tendril(
        stem.points[15], 16, 0.36, lambda part: 80 + 560 * part**1.8, thinning(0.008, 0.005)
    )
    loop = tendril(
        stem.points[24], 0, 0.24, lambda part: 120 + 520 * part**1.8, thinning(0.006, 0.004)
    )
    ends = [circle(*curl.points[-1], 0.0105), circle(*loop.points[-1], 0.0085)]
    leaves = [
        motifs.flame(*stem.points[at], size, stem.heading(at) - 66)
        for at, size in ((10, 0.13), (19, 0.12), (28, 0.1))
    ]
    x, y = stem.points[-1]
    tip = motifs.moved(motifs.petal(0.026, 0.13, 0), put(x - 0.01, y, 1, stem.heading(36) - 90))
    petals: list[Layer] = []
    for turn, half, tall in ((-68, 0.07, 0.3), (-22, 0.07, 0.3)):
        petals.append(_petal(turn, half, tall, "second"))
    for turn, half, tall in ((-80, 0.068, 0.34), (-10, 0.068, 0.34), (-45, 0.085, 0.4)):
        petals.append(_petal(turn, half, tall, "main"))
        petals.append(_petal(turn, half * 0.55, tall * 0.74, "second", line=False))
    quarter = path_of("M 0 0 L 0.11 0 C 0.11 0.06 0.06 0.11 0 0.11 Z")
    return (
        Layer(_both([stem.outline(), curl.outline(), loop.outline(), *ends], _SWAP), fill="main"),
        Layer(_both([*leaves, tip], _SWAP), fill="second"),
        *petals,
        Layer((quarter,), fill="main", stroke="paper", line=0.6),
    )


def _petal(turn: float, half: float, tall: float, part: str, *, line: bool = True) -> Layer:
    path = motifs.moved(motifs.petal(half, tall, 0.03), put(0.05, 0.05, 1, turn))
    return Layer((path,), fill=part, stroke="paper" if line else "", line=0.5)


@cache
def lines() -> Motif:
    """Steps of straight lines, without any plant."""
    bars = []
    for inset, long in ((0.0, 1.0), (0.07, 0.72), (0.14, 0.46)):
        thick = 0.02 if inset == 0 else 0.009
        bars += [
            polygon((inset, inset), (long, inset), (long, inset + thick), (inset, inset + thick)),
            polygon((inset, inset), (inset + thick, inset), (inset + thick, long), (inset, long)),
        ]
    diamond = polygon((0.26, 0.2), (0.32, 0.26), (0.26, 0.32), (0.2, 0.26))
    return (Layer(tuple(bars), fill="main"), Layer((diamond,), fill="second"))


@cache
def prajamyam() -> Motif:
    """A flower in the corner, half flowers and buds along both sides, smaller as they go."""
    layers: list[Layer] = []
    for one in motifs.flower():
        paths = [motifs.moved(path, put(0.17, 0.17, 0.17)) for path in one.paths]
        layers.append(Layer(tuple(paths), one.fill, one.stroke, one.line))
    claws: list[Path] = []
    small: list[Layer] = []
    for at, grown in ((0.55, 0.105), (0.83, 0.075)):
        for one in motifs.flower():
            place = put(at, 0.17 * grown / 0.105, grown)
            paths = [motifs.moved(path, place) for path in one.paths]
            small.append(Layer(_both(paths, _SWAP), one.fill, one.stroke, one.line * 0.7))
    half = motifs.claw()[0].paths[:2]
    claws += [motifs.moved(path, put(0.185, 0.17, 0.155)) for path in half]
    return (*layers, Layer(_both(claws, _SWAP), fill="second"), *small)


def rule(pen: Pen, size: Size, values: Values) -> None:
    """A line that tapers to both ends, with a diamond in its middle."""
    width, height = size
    thick = values["line"] / MM / 2
    middle = Place(e=width / 2, f=height / 2)
    jewel = min(height / 2, width / 12)
    half = polygon((jewel * 1.7, -thick), (width / 2, 0), (jewel * 1.7, thick))
    pen.draw([(half, middle), (half, middle.of(BACK))], fill=values["colour"])
    diamond = polygon((-jewel, 0), (0, -jewel), (jewel, 0), (0, jewel))
    pen.draw([(diamond, middle)], fill=values["second"])


def rule_lotus(pen: Pen, size: Size, values: Values) -> None:
    """A lotus in the middle of a line that tapers to both ends."""
    width, height = size
    grown = min(height / 1.15, width / 8)
    middle = Place(e=width / 2, f=height / 2)
    thick = values["line"] / MM / 2
    near, low = grown * 1.12, -grown * 0.36
    half = polygon((near, low - thick), (width / 2, low), (near, low + thick))
    pen.draw([(half, middle), (half, middle.of(BACK))], fill=values["colour"])
    leaf = motifs.flame(near * 1.02, low, grown * 0.72, -64)
    pen.draw([(leaf, middle), (leaf, middle.of(BACK))], fill=values["second"])
    lay(pen, motifs.fan(), [middle.of(put(0, -grown * 0.46, grown))], _parts(values), grown / 8)


@cache
def _flourish() -> Motif:
    """The right half of a divider: from the middle to 1, within 0.12 to both sides."""
    stem = tendril((0.07, 0), 12, 0.94, lambda part: -60 * math.cos(math.pi * part * 1.25),
                   swelling(0.0075, 0.0016))  # fmt: skip
    curl = tendril(
        stem.points[6], 24, 0.3, lambda part: 60 + 760 * part**1.7, thinning(0.006, 0.004)
    )
    back = tendril(
        stem.points[15], -16, 0.26, lambda part: -80 - 760 * part**1.7, thinning(0.006, 0.004)
    )
    balls = [circle(*curl.points[-1], 0.009), circle(*back.points[-1], 0.008)]
    leaves = [
        motifs.flame(*stem.points[10], 0.11, stem.heading(10) - 60),
        motifs.flame(*stem.points[21], 0.1, stem.heading(21) - 58),
        motifs.flame(*stem.points[4], 0.1, stem.heading(4) - 118, over=True),
    ]
    return (
        Layer((stem.outline(), curl.outline(), back.outline(), *balls), fill="main"),
        Layer(tuple(leaves), fill="second"),
    )


def rule_kanok(pen: Pen, size: Size, values: Values) -> None:
    """A flower between two flourishes."""
    width, height = size
    grown = min(width / 2, height / 0.36)
    middle = Place(e=width / 2, f=height / 2)
    places = [middle.of(put(0, 0, grown)), middle.of(BACK).of(put(0, 0, grown))]
    lay(pen, _flourish(), places, _parts(values))
    lay(pen, motifs.flower(), [middle.of(put(0, 0, grown * 0.055))], _parts(values), 0.6)


def _branch(pairs: int, reach: float) -> tuple[Stroke, list[tuple[Point, float]]]:
    """A branch of a wreath on the right, from the foot up, and where its leaves sit."""
    steps = 60
    points = []
    for at in range(steps + 1):
        angle = math.radians(-90 + 6 + reach * at / steps)
        points.append((0.83 * math.cos(angle), 0.83 * math.sin(angle)))
    stem = Stroke(tuple(points), tuple(0.012 - 0.008 * at / steps for at in range(steps + 1)))
    seats = []
    for pair in range(pairs):
        at = round(4 + (steps - 6) * pair / (pairs - 1))
        seats.append((points[at], stem.heading(min(at, steps - 1))))
    return stem, seats


@cache
def wreath(leaves: int, kind: str) -> Motif:
    """Two branches that rise from a knot (laurel) or a lotus, open at the top; radius 1."""
    stem, seats = _branch(leaves, 148)
    blade = path_of("M 0 0 C 0.1 0.05 0.13 0.17 0 0.32 C -0.13 0.17 -0.1 0.05 0 0 Z")
    outer, inner, berries = [], [], []
    for number, ((x, y), turn) in enumerate(seats):
        size = 1.0 - 0.36 * number / len(seats)
        outer.append(motifs.moved(blade, put(x, y, 0.86 * size, turn - 90 - 34)))
        inner.append(motifs.moved(blade, put(x, y, 0.66 * size, turn - 90 + 36)))
        if kind == "laurel" and number % 2:
            place = put(x, y, size, turn - 90 - 34)
            berries.append(circle(*place.at(-0.075, 0.13), 0.018))
    x, y = stem.points[-1]
    inner.append(motifs.moved(blade, put(x, y, 0.6, stem.heading(60) - 90)))
    parts = [Layer(_both([stem.outline(), *outer], BACK), fill="main"),
             Layer(_both(inner, BACK), fill="second"),
             Layer(_both(berries, BACK), fill="main")]  # fmt: skip
    if kind == "laurel":
        tail = path_of("M 0 -0.83 C 0.1 -0.86 0.2 -0.92 0.24 -1 L 0.17 -0.97 L 0.13 -1 "
                       "C 0.1 -0.92 0.05 -0.87 0 -0.83 Z")  # fmt: skip
        bow = path_of("M 0 -0.83 C 0.06 -0.75 0.17 -0.74 0.19 -0.8 "
                      "C 0.2 -0.87 0.08 -0.88 0 -0.83 Z")  # fmt: skip
        parts += [Layer(_both([tail, bow], BACK), fill="second", stroke="paper", line=0.4),
                  Layer((circle(0, -0.83, 0.034),), fill="main")]  # fmt: skip
    else:
        for one in motifs.fan():
            paths = tuple(motifs.moved(path, put(0, -0.99, 0.34)) for path in one.paths)
            parts.append(Layer(paths, one.fill, one.stroke, one.line))
    return tuple(parts)


def wreath_of(kind: str) -> Callable[[Pen, Size, Values], None]:
    """A wreath around the middle of its box."""

    def draw(pen: Pen, size: Size, values: Values) -> None:
        radius = min(size) / 2 / 1.03
        if radius < 1:
            return
        places = [put(size[0] / 2, size[1] / 2, radius)]
        lay(pen, wreath(values["count"], kind), places, _parts(values), min(1.5, radius / 14))

    return draw


__all__ = ["WHERE", "corners", "kanok", "lines", "lotus", "prajamyam", "rule",
           "rule_kanok", "rule_lotus", "wreath_of"]  # fmt: skip
