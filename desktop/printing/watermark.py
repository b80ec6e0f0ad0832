# SPDX-License-Identifier: Apache-2.0
"""The watermark of a restricted case: across every page, with who printed it and when.

Light and over everything, the photographs too: a page that is copied or photographed says whose
copy it was. It is text, drawn once more in small along the edge where no crop of the middle takes
it away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.document import MM, Document
from desktop.printing.lines import fit
from desktop.printing.typeface import typeface
from desktop.thai.dates import be_date, clock

_COLOUR: Final = (0.62, 0.08, 0.1)
_SLOPE: Final = 28.0
_LIGHT: Final = 0.13
_EDGE: Final = 0.6
_LARGEST: Final = 30.0
_SMALLEST: Final = 11.0


@dataclass(frozen=True, slots=True)
class Watermark:
    """What is written across each page: the office's text, the printer's name, the moment."""

    text: str
    printed_by: str
    printed_at: datetime
    digits: DigitStyle = "arabic"

    @property
    def mark(self) -> str:
        """Who printed it and when, in one line."""
        at = self.printed_at
        day = be_date(at.date(), "short", self.digits)
        time = clock(at.hour * 60 + at.minute, self.digits)
        return f"พิมพ์โดย {self.printed_by} เมื่อ {day} เวลา {time} น."


def draw_watermark(document: Document, watermark: Watermark) -> None:
    """Draw it over the page that is being drawn. Raises TextDoesNotFit for a page-long text."""
    canvas = document.canvas
    width, height = document.width, document.height
    across = width / cos(radians(_SLOPE)) * 0.84
    face, small = typeface("Sarabun-Bold"), typeface("Sarabun-SemiBold")
    text = fit(face, watermark.text, _LARGEST, across, smallest=_SMALLEST, max_lines=2)
    mark = fit(small, watermark.mark, _LARGEST / 2, across, smallest=8, max_lines=2)
    canvas.saveState()
    canvas.setFillColorRGB(*_COLOUR)
    canvas.setFillAlpha(_LIGHT)
    parts = (0.2, 0.5, 0.8) if height > width else (0.27, 0.73)
    for part in parts:  # no half of the page is without
        canvas.saveState()
        canvas.translate(width / 2, height * part)
        canvas.rotate(_SLOPE)
        y = text.size * 0.4
        for line in reversed(text.lines):
            face.draw(canvas, 0, y, line, text.size, "centre", text.condense)
            y += text.size * 1.4
        y = -mark.size * 1.3
        for line in mark.lines:
            small.draw(canvas, 0, y, line, mark.size, "centre", mark.condense)
            y -= mark.size * 1.45
        canvas.restoreState()
    canvas.setFillAlpha(_EDGE)
    edge = fit(
        small,
        f"{watermark.text} · {watermark.mark}",
        8.5,
        height - 30 * MM,
        smallest=5.5,
        max_lines=2,
    )
    canvas.translate(width - 4.5 * MM - (len(edge.lines) - 1) * edge.size * 1.4, height / 2)
    canvas.rotate(90)
    for index, line in enumerate(edge.lines):
        small.draw(canvas, 0, -index * edge.size * 1.4, line, edge.size, "centre", edge.condense)
    canvas.restoreState()
