# SPDX-License-Identifier: Apache-2.0
"""A text in a box: smaller, then narrower, then on more lines, in the middle of its height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from desktop.printing.lines import TextDoesNotFit, fit
from desktop.printing.typeface import Align, typeface

LEADING: Final = 1.42
"""Base line to base line in parts of the size: room for ฟื้ above and ญู below."""
_TIGHTEST: Final = 1.14
_RISE: Final = 0.34
"""How far below the middle of a line its base line sits, in parts of the size."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the page in points; ``y`` is its lower edge."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set, sizes in points."""

    size: float = 11
    smallest: float = 7.5
    max_lines: int = 2
    align: Align = "left"
    face: str = "Sarabun-Regular"


def set_in(canvas: Any, box: Box, style: Style, text: str, whose: str = "") -> None:
    """Set ``text`` in ``box``. Nothing is drawn outside it and nothing is cut.

    Raises TextDoesNotFit, naming ``whose`` text it is, when even the smallest is too long.
    """
    if not text:
        return
    fitted = fit(
        typeface(style.face),
        text,
        style.size,
        box.width,
        smallest=style.smallest,
        max_lines=style.max_lines,
        whose=whose,
    )
    count = len(fitted.lines)
    size = min(fitted.size, box.height / (count * _TIGHTEST))
    if size < style.smallest * 0.85:
        raise TextDoesNotFit(text, whose)
    leading = min(LEADING, box.height / (count * size))
    draw_lines(canvas, box, style, fitted.lines, size, leading, fitted.condense)


def draw_lines(
    canvas: Any,
    box: Box,
    style: Style,
    lines: Sequence[str],
    size: float,
    leading: float = LEADING,
    condense: float = 100,
) -> None:
    """Draw lines that are known to fit, around the middle of the box."""
    edges = {"left": box.x, "centre": box.x + box.width / 2, "right": box.x + box.width}
    face = typeface(style.face)
    step = size * leading
    y = box.y + box.height / 2 + step * (len(lines) - 1) / 2 - _RISE * size
    for line in lines:
        face.draw(canvas, edges[style.align], y, line, size, style.align, condense)
        y -= step
