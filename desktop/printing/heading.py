# SPDX-License-Identifier: Apache-2.0
"""The head of an office's form: what it is, of which event, when and where, page x of y."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from desktop.printing.document import MM, Document
from desktop.printing.lines import TextDoesNotFit, fit, wrap
from desktop.printing.table import INK
from desktop.printing.typeface import typeface

_SMALL_OFFICE: Final = 6.8
"""Points, for the name of an office that two lines of usual letters do not hold."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The texts of a form's head, already in the event's digit style."""

    title: str
    event: str
    """Programme and event, one text; broken into two lines when long."""
    when_where: str
    office: str = ""


def draw_heading(
    document: Document, heading: Heading, page_text: str, *, margin: float, code: str = ""
) -> float:
    """Draw the head at the top of the page; returns the height in points below which it ends.

    ``margin`` is in millimetres; ``code`` is a string of digits shown as a QR at the right. Raises
    TextDoesNotFit when the event's name does not fit on four lines.
    """
    canvas = document.canvas
    canvas.setFillColorRGB(*INK)
    left, right = margin * MM, document.width - margin * MM
    top = document.height - margin * MM
    side = 17 * MM if code else 0
    width = right - left - 2 * (side + 3 * MM if code else 26 * MM)
    centre = document.width / 2
    bold, regular = typeface("Sarabun-Bold"), typeface("Sarabun-Regular")
    y = top - 5.5 * MM
    bold.draw(canvas, centre, y, heading.title, 16, "centre")
    _office(canvas, heading, left, top, centre - bold.width(heading.title, 16) / 2 - 4 * MM - left)
    y -= 6.6 * MM
    y = _paragraph(canvas, heading.event, 12.5, width, centre, y, "Sarabun-SemiBold")
    y = _paragraph(canvas, heading.when_where, 11.5, width, centre, y, "Sarabun-Regular")
    page_right = right - (side + 2 * MM if code else 0)
    regular.draw(canvas, page_right, top - 5 * MM, page_text, 10.5, "right")
    if code:
        from desktop.printing.qr import draw_qr

        draw_qr(canvas, code, right - side, top - side, side / MM)
        canvas.setFillColorRGB(*INK)
        spaced = " ".join(code[i : i + 4] for i in range(0, len(code), 4))
        regular.draw(canvas, right - side / 2, top - side - 3.2 * MM, spaced, 8, "centre")
        y = min(y, top - side - 4.5 * MM)
    return y


def _office(canvas: Any, heading: Heading, left: float, top: float, width: float) -> None:
    """The office's name at the left of the title, on two or three lines where one is too long."""
    if not heading.office:
        return
    face = typeface("Sarabun-Regular")
    lines, size, condense = wrap(face, heading.office, _SMALL_OFFICE, width), _SMALL_OFFICE, 100.0
    with suppress(TextDoesNotFit):
        fitted = fit(face, heading.office, 9.5, width, smallest=8.2)
        lines, size, condense = list(fitted.lines), fitted.size, fitted.condense
    step = size * 1.22
    y = top - 5 * MM if len(lines) == 1 else top - 6.3 * MM + step * (len(lines) - 1)
    for line in lines:
        face.draw(canvas, left, y, line, size, "left", condense)
        y -= step


def _paragraph(
    canvas: Any, text: str, size: float, width: float, centre: float, y: float, face_name: str
) -> float:
    if not text:
        return y
    face = typeface(face_name)
    fitted = fit(face, text, size, width, smallest=size * 0.8, max_lines=4)
    lines: Sequence[str] = fitted.lines
    for line in lines:
        face.draw(canvas, centre, y, line, fitted.size, "centre", fitted.condense)
        y -= fitted.size * 1.5
    return y
