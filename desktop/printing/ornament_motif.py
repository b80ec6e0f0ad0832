# SPDX-License-Identifier: Apache-2.0
"""Motifs of Thai ornament, drawn anew: the four-petalled flower, the claw, lotus, flame and wave.

They follow the families that pattern books teach (ลายประจำยาม ก้ามปู บัว กนก น้ำ), and copy no
drawing. The parts that colours play: ``main``, ``second``, and ``paper`` for what shows through.
A motif of a band stands in a strip from -1 to 1 across; its length is its ``PITCH``.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from desktop.printing.ornament_pen import (
    BACK,
    HERE,
    OVER,
    Layer,
    Motif,
    Path,
    Place,
    Point,
    Stroke,
    circle,
    path_of,
    put,
)

PITCH: Final = {"prajamyam": 4.1, "lotus": 1.36, "kanok": 2.9, "waves": 1.9}
"""How long one unit of a band is when the band is 2 high."""

_LEAF: Final = (
    "M 0 0 C 0.3 0.04 0.46 0.26 0.38 0.52 C 0.32 0.7 0.2 0.78 0.36 1 "
    "C 0.04 0.9 -0.06 0.7 0.03 0.48 C 0.09 0.32 0.09 0.15 0 0 Z"
)
"""A flame (ตัวกนก): its foot at the origin, its tip up and leaning over."""


def moved(path: Path, place: Place) -> Path:
    """A path somewhere else."""
    steps = []
    for command, numbers in path:
        made: list[float] = []
        for index in range(0, len(numbers), 2):
            made += place.at(numbers[index], numbers[index + 1])
        steps.append((command, tuple(made)))
    return tuple(steps)


def petal(half: float, tall: float, foot: float = 0.0) -> Path:
    """A pointed lotus petal over ``foot``, ``half`` wide to each side."""
    w, h = half, tall - foot
    right = (
        f"M 0 {foot} C {0.75 * w} {foot + 0.03 * h} {1.22 * w} {foot + 0.34 * h} "
        f"{0.8 * w} {foot + 0.6 * h} C {0.52 * w} {foot + 0.76 * h} {0.14 * w} {foot + 0.84 * h} "
        f"0 {tall}"
    )
    left = (
        f" C {-0.14 * w} {foot + 0.84 * h} {-0.52 * w} {foot + 0.76 * h} {-0.8 * w} "
        f"{foot + 0.6 * h} C {-1.22 * w} {foot + 0.34 * h} {-0.75 * w} {foot + 0.03 * h} "
        f"0 {foot} Z"
    )
    return path_of(right + left)


def around(path: Path, count: int, start: float = 0.0) -> tuple[Path, ...]:
    """The path turned about the origin ``count`` times."""
    return tuple(moved(path, put(0, 0, 1, start + 360 / count * at)) for at in range(count))


@cache
def flower() -> Motif:
    """ประจำยาม: four pointed petals, four leaves between them, within a circle of radius 1."""
    leaf = path_of("M 0 0 C 0.26 0.1 0.3 0.42 0 0.86 C -0.3 0.42 -0.26 0.1 0 0 Z")
    return (
        Layer(around(leaf, 4, 45), fill="second"),
        Layer(around(petal(0.36, 1, 0.12), 4), fill="main", stroke="paper", line=0.5),
        Layer(around(petal(0.17, 0.74, 0.3), 4), fill="paper"),
        Layer((circle(0, 0, 0.3),), fill="paper"),
        Layer((circle(0, 0, 0.22),), fill="second"),
        Layer((circle(0, 0, 0.08),), fill="paper"),
    )


@cache
def star() -> Motif:
    """A small four-pointed flower for places where the large one would be too much."""
    ray = path_of("M 0 0 C 0.16 0.2 0.2 0.5 0 1 C -0.2 0.5 -0.16 0.2 0 0 Z")
    return (Layer((*around(ray, 4), circle(0, 0, 0.16)), fill="main"),)


@cache
def claw() -> Motif:
    """ก้ามปู between two flowers: from 0.98 to 1.95 along, to both sides of the middle."""
    half = path_of(
        "M 0.99 0.04 C 1 0.5 1.26 0.9 1.94 0.9 C 1.66 0.82 1.52 0.68 1.56 0.52 "
        "C 1.68 0.58 1.84 0.52 1.9 0.36 C 1.74 0.4 1.6 0.34 1.52 0.24 "
        "C 1.4 0.1 1.2 0.04 0.99 0.04 Z"
    )
    both = (half, moved(half, OVER))
    vein = path_of("M 1.1 0.14 C 1.16 0.4 1.28 0.6 1.5 0.72")
    return (
        Layer((*both, *(moved(one, BACK) for one in both)), fill="main"),
        Layer(tuple(moved(vein, way) for way in (HERE, OVER, BACK, BACK.of(OVER))),
              stroke="paper", line=0.35),
    )  # fmt: skip


@cache
def bud() -> Motif:
    """A bead with two leaves, between two claws."""
    leaf = path_of("M 0 0.16 C 0.16 0.3 0.18 0.52 0 0.86 C -0.18 0.52 -0.16 0.3 0 0.16 Z")
    return (
        Layer((leaf, moved(leaf, OVER)), fill="second"),
        Layer((circle(0, 0, 0.14),), fill="second"),
    )


@cache
def lotus_petal() -> Motif:
    """One petal of บัว, its foot at -1 and its tip at 1."""
    return (
        Layer((petal(0.66, 1, -0.98),), fill="main", stroke="paper", line=0.5),
        Layer((petal(0.46, 0.68, -0.86),), fill="paper"),
        Layer((petal(0.33, 0.42, -0.86),), fill="second"),
    )


@cache
def lotus_behind() -> Motif:
    """The petal that looks out between two others."""
    return (Layer((petal(0.52, 0.9, -0.9),), fill="second", stroke="paper", line=0.5),)


def spiral(
    centre: Point,
    turns: tuple[float, float],
    radii: tuple[float, float],
    power: float,
    widths: tuple[float, float],
    steps: int = 48,
) -> Stroke:
    """A spiral from one angle (degrees) to another, its radius and half-width changing on the way.

    ``power`` over 1 keeps the first radius for longer.
    """
    points, thick = [], []
    for at in range(steps + 1):
        part = at / steps
        angle = math.radians(turns[0] + (turns[1] - turns[0]) * part)
        away = radii[0] + (radii[1] - radii[0]) * part**power
        points.append((centre[0] + away * math.cos(angle), centre[1] + away * math.sin(angle)))
        thick.append(widths[0] + (widths[1] - widths[0]) * part)
    return Stroke(tuple(points), tuple(thick))  # fmt: skip


def flame(x: float, y: float, size: float, turn: float, *, over: bool = False) -> Path:
    """One flame, its foot at (x, y), ``turn`` degrees from upright; ``over`` mirrors it."""
    place = put(x, y, size, turn)
    return moved(path_of(_LEAF), place.of(BACK) if over else place)


@cache
def kanok() -> Motif:
    """Half a wave of a running vine: the stem over the top, a scroll curled in under it."""
    long, rise, steps = PITCH["kanok"], 0.8, 10
    points = tuple(
        (long * at / steps, rise * math.sin(math.pi * at / steps)) for at in range(steps + 1)
    )
    stem = Stroke(points, (0.05,) * (steps + 1))
    scroll = spiral((1.32, -0.2), (163, -420), (1.28, 0.16), 0.55, (0.05, 0.06), 24)
    heart = scroll.points[-1]
    outer = [
        _beside(scroll, index, size, lean)
        for index, size, lean in ((6, 0.6, -66), (9, 0.66, -64), (12, 0.6, -60), (15, 0.42, -52))
    ]
    spare = [_beside(stem, 8, 0.62, -74), _beside(stem, 0, 0.62, -40)]
    return (
        Layer((stem.outline(), scroll.outline(), circle(*heart, 0.14)), fill="main"),
        Layer((*outer, *spare), fill="second"),
    )


def _beside(stem: Stroke, index: int, size: float, lean: float) -> Path:
    """A flame on the left of a stem, ``lean`` from upright towards where the stem goes."""
    x, y = stem.points[index]
    return flame(x, y, size, stem.heading(index) + lean)


@cache
def wave() -> Motif:
    """A wave of ลายน้ำ, rolling to the right over its own length of water."""
    roll = spiral((0.16, 0.14), (190, -350), (0.92, 0.12), 0.9, (0.1, 0.045), 20)
    foot = ((-1.9, -0.92), (-1.5, -0.88), (-1.18, -0.74), (-0.92, -0.46))
    crest = Stroke((*foot, *roll.points), (0.02, 0.035, 0.06, 0.085, *roll.widths))
    echo = spiral((0.16, 0.14), (196, -40), (0.68, 0.5), 1.0, (0.035, 0.02), 9)
    sole = ((-1.25, -0.93), (-0.98, -0.82), (-0.72, -0.56))
    under = Stroke((*sole, *echo.points), (0.012, 0.02, 0.03, *echo.widths))
    return (
        Layer((crest.outline(), circle(*crest.points[-1], 0.08)), fill="main"),
        Layer((under.outline(),), fill="second"),
    )


@cache
def fan(petals: int = 5) -> Motif:
    """Half a lotus, opened: its foot at the origin, within a half circle of radius 1."""
    layers = []
    spread = 76.0
    behind = [
        moved(petal(0.16, 0.86, 0.08), put(0, 0, 1, spread * (2 * at / (petals - 2) - 1) * 0.84))
        for at in range(petals - 1)
    ]
    layers.append(Layer(tuple(behind), fill="second", stroke="paper", line=0.5))
    order = sorted(range(petals), key=lambda at: -abs(2 * at - petals + 1))
    for at in order:
        turn = spread * (2 * at / (petals - 1) - 1)
        outer = moved(petal(0.2, 1.0, 0.04), put(0, 0, 1, turn))
        inner = moved(petal(0.11, 0.74, 0.14), put(0, 0, 1, turn))
        layers.append(Layer((outer,), fill="main", stroke="paper", line=0.5))
        layers.append(Layer((inner,), fill="second"))
    return tuple(layers)
