# SPDX-License-Identifier: Apache-2.0
"""Ornaments of the earlier layouts, kept as they were: what was printed with them is reprinted.

They are placed on the page, not in a box of their own: every ornament is a function of (canvas,
page, properties); lengths are millimetres with the origin at the lower left of the page, line
widths points, colours ``#RRGGBB``. Everything is a
vector, so a border is as sharp at 600 dots per inch as on the screen and costs a few kilobytes
once per file. Nothing official is drawn: no Garuda, no ministry's emblem
(พ.ร.บ. เครื่องหมายครุฑพ่าห์ พ.ศ. ๒๕๓๔ and พ.ร.บ. เครื่องหมายราชการ พ.ศ. ๒๔๘๒ say who may use
those); an office puts in its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from reportlab.lib.colors import HexColor

from desktop.printing.document import MM

Properties = Mapping[str, Any]
Size = tuple[float, float]

_TOKEN: Final = re.compile(r"[MLCZ]|-?\d*\.?\d+")
_NUMBERS: Final = {"M": 2, "L": 2, "C": 6, "Z": 0}
_CORNERS: Final = ((0, 0, 1, 1), (1, 0, -1, 1), (1, 1, -1, -1), (0, 1, 1, -1))
"""Which corner (in parts of the rectangle), and the two signs that point inward from it."""


def draw_art(canvas: Any, page: Size, kind: str, properties: Properties) -> None:
    """Draw one ornament on a page of ``page`` millimetres. KeyError for an unknown kind."""
    canvas.saveState()
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    ORNAMENTS[kind](canvas, page, properties)
    canvas.restoreState()


def _ink(canvas: Any, properties: Properties) -> tuple[int, int]:
    """Set the colours of ``properties``; (stroke, fill) say which of the two it has."""
    stroke, fill = properties.get("stroke"), properties.get("fill")
    if stroke:
        canvas.setStrokeColor(HexColor(stroke))
        canvas.setLineWidth(properties.get("line", 0.5))
    if fill:
        canvas.setFillColor(HexColor(fill))
    return int(bool(stroke)), int(bool(fill))


def _trace(
    canvas: Any, data: str, place: Callable[[float, float], tuple[float, float]], inked: Size
) -> None:
    """Draw path ``data`` (absolute M, L, C and Z) with each point put where ``place`` says."""
    path = canvas.beginPath()
    tokens = _TOKEN.findall(data)
    index = 0
    while index < len(tokens):
        command = tokens[index]
        count = _NUMBERS[command]
        numbers = [float(token) for token in tokens[index + 1 : index + 1 + count]]
        points = [
            coordinate * MM
            for pair in zip(numbers[::2], numbers[1::2], strict=True)
            for coordinate in place(*pair)
        ]
        index += 1 + count
        draw = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}[command]
        draw(*points)
    canvas.drawPath(path, stroke=inked[0], fill=inked[1])


def _curve(canvas: Any, points: Iterator[tuple[float, float]], *, close: bool) -> None:
    """A polyline through ``points`` (millimetres), fine enough to look like a curve."""
    path = canvas.beginPath()
    for index, (x, y) in enumerate(points):
        (path.lineTo if index else path.moveTo)(round(x * MM, 2), round(y * MM, 2))
    if close:
        path.close()
    canvas.drawPath(path, stroke=1, fill=0)


def _frame(canvas: Any, page: Size, properties: Properties) -> None:
    """A rectangle ``inset`` from the edges; ``notch`` cuts its corners with quarter circles."""
    stroke, fill = _ink(canvas, properties)
    inset, notch = properties["inset"], properties.get("notch", 0.0)
    left, bottom, right, top = inset, inset, page[0] - inset, page[1] - inset
    if not notch:
        canvas.rect(left * MM, bottom * MM, (right - left) * MM, (top - bottom) * MM, stroke, fill)
        return
    hook = notch * 0.5523
    data = (
        f"M {left + notch} {bottom} L {right - notch} {bottom} "
        f"C {right - notch} {bottom + hook} {right - hook} {bottom + notch} "
        f"{right} {bottom + notch} L {right} {top - notch} "
        f"C {right - hook} {top - notch} {right - notch} {top - hook} {right - notch} {top} "
        f"L {left + notch} {top} "
        f"C {left + notch} {top - hook} {left + hook} {top - notch} {left} {top - notch} "
        f"L {left} {bottom + notch} "
        f"C {left + hook} {bottom + notch} {left + notch} {bottom + hook} "
        f"{left + notch} {bottom} Z"
    )
    _trace(canvas, data, lambda x, y: (x, y), (stroke, fill))


def _braid(canvas: Any, page: Size, properties: Properties) -> None:
    """``strands`` sine waves that cross each other, along the four sides.

    ``inset`` is the middle of the braid, ``height`` its half-width, ``period`` about how long a
    wave is (made to fit a whole number), ``corner`` how far from the corner it begins.
    """
    _ink(canvas, properties)
    inset, height, corner = properties["inset"], properties["height"], properties["corner"]
    strands = properties["strands"]
    for horizontal in (True, False):
        length = (page[0] if horizontal else page[1]) - 2 * corner
        waves = max(1, round(length / properties["period"]))
        for far in (False, True):
            middle = (page[1] if horizontal else page[0]) - inset if far else inset
            for strand in range(strands):
                phase = 2 * math.pi * strand / strands
                _wave(canvas, (corner, middle), length, (waves, height, phase), horizontal)


def _wave(
    canvas: Any, start: Size, length: float, shape: tuple[int, float, float], horizontal: bool
) -> None:
    """One sine wave as cubic curves, four to a wave, each with the slopes of the sine."""
    waves, height, phase = shape
    count = waves * 4
    step, turn = length / count, 2 * math.pi * waves / count
    path = canvas.beginPath()

    def at(index: float, slope: float = 0.0) -> tuple[float, float]:
        angle = turn * index + phase
        along = start[0] + step * index + slope * step
        across = start[1] + height * (math.sin(angle) + slope * turn * math.cos(angle))
        along, across = round(along * MM, 2), round(across * MM, 2)
        return (along, across) if horizontal else (across, along)

    path.moveTo(*at(0))
    for index in range(count):
        path.curveTo(*at(index, 1 / 3), *at(index + 1, -1 / 3), *at(index + 1))
    canvas.drawPath(path, stroke=1, fill=0)


def _corners(canvas: Any, page: Size, properties: Properties) -> None:
    """``paths`` drawn in each corner, ``inset`` from the edges, pointing inward.

    A path with ``mirror`` is drawn a second time with x and y exchanged.
    """
    inset, scale = properties["inset"], properties.get("scale", 1.0)
    for path in properties["paths"]:
        inked = _ink(canvas, path)
        for part_x, part_y, sign_x, sign_y in _CORNERS:
            x0 = inset + part_x * (page[0] - 2 * inset)
            y0 = inset + part_y * (page[1] - 2 * inset)
            for swap in (False, True) if path.get("mirror") else (False,):

                def place(
                    x: float,
                    y: float,
                    origin: Size = (x0, y0),
                    signs: Size = (sign_x, sign_y),
                    swap: bool = swap,
                ) -> tuple[float, float]:
                    x, y = (y, x) if swap else (x, y)
                    return origin[0] + signs[0] * x * scale, origin[1] + signs[1] * y * scale

                _trace(canvas, path["d"], place, inked)


def _paths(canvas: Any, _page: Size, properties: Properties) -> None:
    """``paths`` around (``x``, ``y``); one with ``mirror`` is drawn left and right."""
    scale = properties.get("scale", 1.0)
    for path in properties["paths"]:
        inked = _ink(canvas, path)
        for sign in (1, -1) if path.get("mirror") else (1,):
            _trace(
                canvas,
                path["d"],
                lambda x, y, sign=sign: (  # type: ignore[misc]
                    properties["x"] + sign * x * scale,
                    properties["y"] + y * scale,
                ),
                inked,
            )


def _ring(canvas: Any, _page: Size, properties: Properties) -> None:
    """A circle; with ``beads``, that many small discs of radius ``bead`` on it instead."""
    stroke, fill = _ink(canvas, properties)
    x, y, radius = properties["x"], properties["y"], properties["radius"]
    beads = properties.get("beads", 0)
    if not beads:
        canvas.circle(x * MM, y * MM, radius * MM, stroke, fill)
    for bead in range(beads):
        turn = 2 * math.pi * bead / beads
        canvas.circle(
            (x + radius * math.cos(turn)) * MM,
            (y + radius * math.sin(turn)) * MM,
            properties["bead"] * MM,
            stroke,
            fill,
        )


def _rosette(canvas: Any, _page: Size, properties: Properties) -> None:
    """A guilloche: ``rounds`` closed waves of ``petals`` petals, one turned against the next."""
    _ink(canvas, properties)
    x, y, petals, rounds = (properties[name] for name in ("x", "y", "petals", "rounds"))
    outer, inner, flat = properties["radius"], properties["hollow"], properties.get("flat", 1.0)
    middle, swing = (outer + inner) / 2, (outer - inner) / 2
    for number in range(rounds):
        shift = math.pi * 2 * number / rounds

        def wave(shift: float = shift) -> Iterator[tuple[float, float]]:
            steps = petals * 14
            for step in range(steps):
                turn = 2 * math.pi * step / steps
                away = middle + swing * math.sin(petals * turn + shift)
                yield x + away * math.cos(turn), y + flat * away * math.sin(turn)

        _curve(canvas, wave(), close=True)


def _rule(canvas: Any, _page: Size, properties: Properties) -> None:
    """A line that tapers to both ends, ``width`` long, with a diamond in its middle."""
    _ink(canvas, {"fill": properties["fill"]})
    x, y, half = properties["x"], properties["y"], properties["width"] / 2
    thick, diamond = properties.get("thick", 0.18), properties.get("diamond", 1.3)
    for sign in (1, -1):
        _trace(
            canvas,
            f"M {diamond * 1.6} {-thick} L {half} 0 L {diamond * 1.6} {thick} Z",
            lambda px, py, sign=sign: (x + sign * px, y + py),  # type: ignore[misc]
            (0, 1),
        )
    data = f"M {-diamond} 0 L 0 {-diamond} L {diamond} 0 L 0 {diamond} Z"
    _trace(canvas, data, lambda px, py: (x + px, y + py), (0, 1))


ORNAMENTS: Final[Mapping[str, Callable[[Any, Size, Properties], None]]] = {
    "frame": _frame,
    "braid": _braid,
    "corners": _corners,
    "paths": _paths,
    "ring": _ring,
    "rosette": _rosette,
    "rule": _rule,
}
