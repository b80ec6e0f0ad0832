# SPDX-License-Identifier: Apache-2.0
"""QR codes drawn as rectangles: sharp at any size, and the same for the same text.

Badges and sheets carry digits only, which a QR code packs at three and a third bits each, so the
modules come out large enough for a cheap scanner and a bad printer. No name and no identity
number goes into one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import segno
from reportlab.lib.rl_accel import fp_str

from desktop.printing.document import MM

QUIET: Final = 4
"""Light modules that ISO/IEC 18004 wants around the symbol."""

_MASK: Final = 3
"""One mask for all: choosing the best of eight costs 5 to 8 ms a code and scanners do not mind."""


@lru_cache(maxsize=64)
def _rectangles(text: str) -> tuple[int, tuple[tuple[int, int, int, int], ...]]:
    """Modules on a side, and the dark area as (column, row, width, height), row 0 on top."""
    symbol = segno.make(text, error="m", micro=False, mask=_MASK, boost_error=False)
    rows = [bytes(row) for row in symbol.matrix]
    open_: dict[tuple[int, int], int] = {}
    merged: list[tuple[int, int, int, int]] = []
    for index, row in enumerate([*rows, bytes(len(rows))]):
        spans: set[tuple[int, int]] = set()
        column = 0
        while column < len(row):
            if row[column]:
                end = row.find(b"\0", column)
                end = len(row) if end < 0 else end
                spans.add((column, end - column))
                column = end
            column += 1
        for span in sorted(open_.keys() - spans):
            top = open_.pop(span)
            merged.append((span[0], top, span[1], index - top))
        for span in spans:
            open_.setdefault(span, index)
    return len(rows), tuple(merged)


def draw_qr(canvas: Any, text: str, x: float, y: float, side_mm: float) -> None:
    """Draw ``text`` in black, error correction M, with its lower left corner at (x, y) points.

    ``side_mm`` is the side with the quiet zone in it, in millimetres. Digits alone make the
    smallest code; 12 mm is enough for 20 of them, 24 mm for 200 letters.
    """
    modules, rectangles = _rectangles(text)
    module = side_mm * MM / (modules + 2 * QUIET)
    left, top = x + QUIET * module, y + side_mm * MM - QUIET * module
    canvas.saveState()
    canvas.setFillColorRGB(0, 0, 0)
    # One path for the whole symbol: no hairlines between neighbours when it is rendered.
    canvas._code.append(
        " ".join(
            f"{fp_str(left + c * module, top - (r + h) * module, w * module, h * module)} re"
            for c, r, w, h in rectangles
        )
        + " f"
    )
    canvas.restoreState()
