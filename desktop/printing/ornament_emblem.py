# SPDX-License-Identifier: Apache-2.0
"""Round pieces and grounds: rings, medallions, seals, rosettes, ribbons, fine-line patterns.

Round pieces keep to the largest circle of their box and are scaled as a whole. A ring with a lotus
stands in for an office's emblem until the office puts in its own; it is nobody's mark.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from desktop.printing import ornament_motif as motifs
from desktop.printing.document import MM
from desktop.printing.ornament_pen import (
    BACK,
    Path,
    Pen,
    Place,
    Point,
    Size,
    circle,
    lay,
    path_of,
    polygon,
    put,
    rectangle,
    spline,
)

Values = Mapping[str, Any]


def _parts(values: Values) -> dict[str, str]:
    return {"main": values["colour"], "second": values["second"], "paper": values["paper"]}


def _ring_of(count: int, radius: float, bead: float) -> list[Path]:
    return [
        circle(
            radius * math.cos(2 * math.pi * at / count),
            radius * math.sin(2 * math.pi * at / count),
            bead,
        )
        for at in range(count)
    ]


def _middle(size: Size) -> Place:
    return Place(e=size[0] / 2, f=size[1] / 2)


def _heart(pen: Pen, place: Place, radius: float, values: Values, what: str) -> None:
    """What stands in the middle of a round piece, within ``radius``."""
    parts, weight = _parts(values), min(1.4, max(0.4, radius / 8))
    if what == "lotus":
        lay(pen, motifs.fan(), [place.of(put(0, -0.52 * radius, radius))], parts, weight)
        water = [
            path_of("M -0.62 -0.66 C -0.3 -0.76 0.3 -0.76 0.62 -0.66 "
                    "C 0.3 -0.7 -0.3 -0.7 -0.62 -0.66 Z"),
            path_of("M -0.4 -0.78 C -0.2 -0.86 0.2 -0.86 0.4 -0.78 "
                    "C 0.2 -0.81 -0.2 -0.81 -0.4 -0.78 Z"),
        ]  # fmt: skip
        pen.draw([(one, place.of(put(0, 0, radius))) for one in water], fill=values["colour"])
    elif what == "flower":
        lay(pen, motifs.flower(), [place.of(put(0, 0, 0.9 * radius))], parts, weight)
    elif what == "star":
        points = []
        for at in range(10):
            turn, away = math.pi * (0.5 + at / 5), 0.86 if at % 2 == 0 else 0.36
            points.append((away * math.cos(turn), away * math.sin(turn)))
        pen.draw([(polygon(*points), place.of(put(0, 0, radius)))], fill=values["colour"])


def ring(pen: Pen, size: Size, values: Values) -> None:
    """Two rings, beads between them, and a lotus over water: a neutral emblem."""
    radius = min(size) / 2
    if radius < 1:
        return
    heavy, fine = 0.075 * radius * MM * 0.6, 0.03 * radius * MM
    place = _middle(size)
    pen.draw([(circle(0, 0, radius - heavy / MM / 2), place)], stroke=values["colour"], line=heavy)
    beads = _ring_of(44, radius * 0.875, radius * 0.027)
    pen.draw([(bead, place) for bead in beads], fill=values["second"])
    pen.draw([(circle(0, 0, radius * 0.79), place)], stroke=values["second"], line=fine)
    _heart(pen, place.of(Place(f=0.02 * radius)), radius * 0.62, values, values["heart"])


def _rose(petals: int, rounds: int, outer: float, inner: float) -> Iterator[Path]:
    """Closed waves around a circle, each turned against the next."""
    centre, swing = (outer + inner) / 2, (outer - inner) / 2
    for number in range(rounds):
        shift = math.pi * 2 * number / rounds
        steps = petals * 10
        points: list[Point] = []
        for step in range(steps):
            turn = 2 * math.pi * step / steps
            away = centre + swing * math.sin(petals * turn + shift)
            points.append((away * math.cos(turn), away * math.sin(turn)))
        yield spline(points, closed=True)


def rosette(pen: Pen, size: Size, values: Values) -> None:
    """A guilloche in two rounds of waves, the outer one of more petals."""
    thick = values["line"]
    radius = min(size) / 2 - thick / MM / 2 - 0.02
    if radius < 1:
        return
    place, petals = _middle(size), values["count"]
    rounds = values["rounds"]
    outer = [(path, place) for path in _rose(petals, rounds, radius, radius * 0.52)]
    fewer = max(5, petals * 2 // 3)
    inner = [(path, place) for path in _rose(fewer, rounds, radius * 0.56, radius * 0.2)]
    pen.draw(outer, stroke=values["colour"], line=thick)
    pen.draw(inner, stroke=values["second"], line=thick)


def medallion(pen: Pen, size: Size, values: Values) -> None:
    """A guilloche ring between two rings, with a heart."""
    radius = min(size) / 2
    if radius < 1.5:
        return
    place = _middle(size)
    heavy, fine = radius * 0.045 * MM, max(0.25, radius * 0.009 * MM)
    pen.draw([(circle(0, 0, radius - heavy / MM / 2), place)], stroke=values["colour"], line=heavy)
    waves = _rose(values["count"], 4, radius * 0.91, radius * 0.69)
    pen.draw([(path, place) for path in waves], stroke=values["second"], line=fine)
    for away, thick in ((0.93, fine), (0.67, heavy * 0.6), (0.62, fine)):
        pen.draw([(circle(0, 0, radius * away), place)], stroke=values["colour"], line=thick)
    _heart(pen, place, radius * 0.5, values, values["heart"])


def seal(pen: Pen, size: Size, values: Values) -> None:
    """A disc with a scalloped edge, two ribbon tails under it if wanted."""
    width, height = size
    tails = values["tails"] == "yes"
    radius = min(width / 2, height / 2.9 if tails else height / 2)
    if radius < 1.5:
        return
    place = Place(e=width / 2, f=height - radius)
    if tails:
        tail = path_of("M 0.1 -0.62 L 0.56 -0.62 L 0.76 -1.86 L 0.46 -1.66 L 0.26 -1.9 Z")
        fold = path_of("M 0.31 -0.62 L 0.36 -0.62 L 0.49 -1.69 L 0.46 -1.66 L 0.435 -1.68 Z")
        both = [place.of(put(0, 0, radius)), place.of(BACK).of(put(0, 0, radius))]
        pen.draw([(tail, one) for one in both], fill=values["ribbon"])
        pen.draw([(fold, one) for one in both], fill=values["second"])
    teeth = values["count"]
    points: list[Point] = []
    for at in range(teeth * 8):
        turn = 2 * math.pi * at / (teeth * 8)
        away = radius * (0.968 + 0.032 * math.cos(teeth * turn))
        points.append((away * math.cos(turn), away * math.sin(turn)))
    pen.draw([(spline(points, closed=True), place)], fill=values["colour"])
    fine = max(0.3, radius * 0.018 * MM)
    pen.draw([(circle(0, 0, radius * 0.86), place)], stroke=values["paper"], line=fine)
    pen.draw([(bead, place) for bead in _ring_of(48, radius * 0.79, radius * 0.022)],
             fill=values["paper"])  # fmt: skip
    pen.draw([(circle(0, 0, radius * 0.72), place)], stroke=values["paper"], line=fine * 2)
    inside = dict(values) | {"colour": values["paper"], "second": values["second"],
                             "paper": values["colour"]}  # fmt: skip
    _heart(pen, place, radius * 0.56, inside, values["heart"])


def ribbon(pen: Pen, size: Size, values: Values) -> None:
    """A banner with folded ends, to set a word on."""
    width, height = size
    drop = height * 0.2
    end = min(width * 0.16, height * 1.7)
    fold = end * 0.42
    front = rectangle((end - fold, drop, width - end + fold, height))
    tail = polygon((0, 0), (end, 0), (end, height - drop), (0, height - drop),
                   (end * 0.3, (height - drop) / 2))  # fmt: skip
    back = polygon((end - fold, drop), (end, 0), (end, drop))
    other = Place(a=-1, e=width)
    pen.draw([tail, (tail, other)], fill=values["second"])
    pen.draw([back, (back, other)], fill=values["shade"])
    pen.draw([front], fill=values["colour"])
    rim = height * 0.08
    pen.draw([polygon((end - fold, y), (width - end + fold, y), closed=False)
              for y in (drop + rim, height - rim)],
             stroke=values["paper"], line=max(0.3, rim * 0.5))  # fmt: skip


def water(pen: Pen, size: Size, values: Values) -> None:
    """Fine lines that flow across the box, drawing together and apart like water."""
    width, height = size
    many, thick = values["count"], values["line"]
    half = thick / MM / 2
    room = height - 2 * half
    runs = []
    steps = max(24, round(width / 5))
    for number in range(many):
        part = number / max(1, many - 1)
        points = []
        for at in range(steps + 1):
            along = at / steps
            slow = math.sin(2 * math.pi * (along * 1.0 + 0.08)) * 0.5
            fast = math.sin(2 * math.pi * (along * 2.0 + 0.3 + 0.35 * part)) * 0.5
            swell = 0.5 + 0.5 * math.sin(2 * math.pi * (along * 1.5 + 0.62))
            # Between the lowest and the highest line there is always the same water.
            depth = part * (0.42 + 0.4 * swell)
            y = 0.5 * (1 - 0.42 - 0.4 * swell) * (1 + 0.7 * slow + 0.3 * fast) + depth
            points.append((half + along * (width - 2 * half), half + room * min(1, max(0, y))))
        runs.append(spline(points))
    pen.draw(runs, stroke=values["colour"], line=thick)


def _tile(style: str) -> tuple[list[Path], Point, bool]:
    """A cell of a pattern: its paths, its width and height, and whether rows are staggered."""
    if style == "scales":
        arcs = []
        for radius in (1.0, 0.72, 0.44, 0.16):
            k = radius * 0.5523
            arcs.append(
                path_of(
                    f"M {-radius} 0 C {-radius} {k} {-k} {radius} 0 {radius} "
                    f"C {k} {radius} {radius} {k} {radius} 0"
                )
            )
        return arcs, (2.0, 1.0), True
    if style == "lattice":
        bud = path_of("M 0 -1 C 0.5 -0.6 0.94 -0.2 1 0 C 0.94 0.2 0.5 0.6 0 1 "
                      "C -0.5 0.6 -0.94 0.2 -1 0 C -0.94 -0.2 -0.5 -0.6 0 -1 Z")  # fmt: skip
        inner = motifs.moved(bud, put(0, 0, 0.62))
        star = [motifs.moved(path, put(0, 0, 0.4)) for path in motifs.star()[0].paths[:4]]
        return [bud, inner, *star], (2.0, 2.0), True
    diamond = polygon((0, -1), (1, 0), (0, 1), (-1, 0))
    return [diamond, motifs.moved(diamond, put(0, 0, 0.5))], (2.0, 2.0), False


def pattern(pen: Pen, size: Size, values: Values) -> None:
    """A fine-line pattern over the whole box, in whole cells."""
    width, height = size
    paths, (wide, tall), staggered = _tile(values["style"])
    half = values["cell"] / 2
    inset = values["line"] / MM / 2
    columns = max(1, int((width - 2 * inset) / (wide * half)))
    grown = (width - 2 * inset) / (columns * wide)
    scales = values["style"] == "scales"
    step = tall * grown * (0.5 if staggered and not scales else 1.0)
    top = grown if not scales else 0.0
    rows = int((height - 2 * inset - 2 * top + (0 if scales else step)) / step)
    if scales:
        rows = int((height - 2 * inset) / step)
    if rows < 1:
        return
    spare = (height - ((rows - 1) * step + (2 * top if not scales else grown))) / 2
    shapes = []
    for row in range(rows):
        odd = staggered and row % 2
        for column in range(columns - (1 if odd else 0)):
            x = inset + grown * wide * (column + (1.0 if odd else 0.5))
            y = spare + top + row * step
            shapes += [(path, put(x, y, grown)) for path in paths]
    pen.draw(shapes, stroke=values["colour"], line=values["line"])
