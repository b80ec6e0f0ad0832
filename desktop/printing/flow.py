# SPDX-License-Identifier: Apache-2.0
"""Pages that fill themselves: strips from the top down, and where a page may end.

A document that is read (a letter, a report) is a row of strips: a line of a text, a row of a
table, two photographs side by side. A strip is never cut. One that is ``keep`` stands on the page
of the one after it, so that no heading and no single line is left alone; a row of a table brings
its heading along to a new page. How many pages there are is known before the first is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.document import A4, MM, Document
from desktop.printing.table import INK
from desktop.printing.typeface import typeface
from desktop.printing.watermark import Watermark, draw_watermark
from desktop.thai.digits import styled

SOFT: Final = (0.36, 0.36, 0.42)
ACCENT: Final = (0.22, 0.2, 0.5)
HAIR: Final = (0.8, 0.8, 0.85)

Draw = Callable[[Document, float], None]
"""Draws a strip; the second value is its upper edge in points."""
Head = Callable[[Document, int, str], float]
"""Draws what is above the strips of page n; gets "หน้า 1/3" too; returns where they begin."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page and the part of it that strips may use; all in millimetres."""

    size: tuple[float, float] = A4
    left: float = 22
    right: float = 20
    top: float = 16
    bottom: float = 20

    @property
    def x(self) -> float:
        """The left edge of the strips in points."""
        return self.left * MM

    @property
    def width(self) -> float:
        """The width of the strips in points."""
        return (self.size[0] - self.left - self.right) * MM


def nothing(_document: Document, _top: float) -> None:
    """White space is drawn so."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a page over its whole width that is not cut; ``height`` in points."""

    height: float
    draw: Draw = nothing
    keep: bool = False
    """Stays on the page of the strip after it."""
    gap: bool = False
    """White space that is left out at the top of a page."""
    fill: bool = False
    """Takes what its page has left, so that what follows stands at the foot."""
    again: Strip | None = None
    """What is drawn above it when it comes first on a page: the heading of its table."""


def gap(millimetres: float) -> Strip:
    """White space between two strips, and none at the top of a page."""
    return Strip(millimetres * MM, gap=True)


def over(upper: Strip, lower: Strip) -> Strip:
    """Two strips as one."""

    def draw(document: Document, top: float) -> None:
        upper.draw(document, top)
        document.canvas.setFillColorRGB(*INK)
        lower.draw(document, top - upper.height)

    return Strip(upper.height + lower.height, draw, lower.keep)


def paged(strips: Sequence[Strip], first: float, later: float) -> list[list[Strip]]:
    """The strips of each page; ``first`` and ``later`` are the heights there are, in points."""
    pages: list[list[Strip]] = [[]]
    left = first
    for group in _groups(strips):
        if sum(strip.height for strip in group) > left + 0.01 and pages[-1]:
            pages.append([])
            left = later
        for strip in group:
            if strip.gap and not pages[-1]:
                continue
            if strip.height > left + 0.01 and pages[-1]:
                pages.append([])
                left = later
            if not pages[-1] and strip.again is not None:
                pages[-1].append(strip.again)
                left -= strip.again.height
            pages[-1].append(strip)
            left -= strip.height
    for page in pages:
        while page and page[-1].gap:
            page.pop()
    return [page for page in pages if page] or [[]]


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    """The strips that hold together, in order."""
    groups: list[list[Strip]] = []
    open_ = False
    for strip in strips:
        if open_:
            groups[-1].append(strip)
        else:
            groups.append([strip])
        open_ = strip.keep
    return groups


def print_strips(
    document: Document,
    strips: Sequence[Strip],
    frame: Frame,
    head: Head,
    digits: DigitStyle,
    watermark: Watermark | None,
    *,
    pages: str = "หน้า {page}/{pages}",
) -> bytes:
    """Set the strips on as many pages as they take and save the document."""
    measure = Document(frame.size, title="")
    bottom = frame.bottom * MM
    first, later = (head(measure, number, "") - bottom for number in (1, 2))
    sheets = paged(strips, first, later)
    for number, page in enumerate(sheets, 1):
        where = pages.format(page=number, pages=len(sheets))
        top = head(document, number, styled(where, digits))
        spare = top - bottom - sum(strip.height for strip in page)
        for strip in page:
            document.canvas.setFillColorRGB(*INK)
            document.canvas.setStrokeColorRGB(*INK)
            strip.draw(document, top)
            top -= strip.height + (max(0.0, spare) if strip.fill else 0.0)
        if watermark is not None:
            draw_watermark(document, watermark)
        document.page()
    return document.save()


def report_head(frame: Frame, running: str, foot: str) -> Head:
    """Nothing above the first page; ``running`` small above the others; ``foot`` below all.

    The page number stands below at the right. Both texts are one line; a long one is set smaller.
    """

    def head(document: Document, number: int, page_text: str) -> float:
        canvas = document.canvas
        face = typeface("Sarabun-Regular")
        right = frame.x + frame.width
        canvas.setFillColorRGB(*SOFT)
        canvas.setStrokeColorRGB(*HAIR)
        canvas.setLineWidth(0.5)
        base = (frame.bottom - 9) * MM
        canvas.line(frame.x, base + 4.6 * MM, right, base + 4.6 * MM)
        face.draw(canvas, right, base, page_text, 9.5, "right")
        _small(document, frame, base, foot, 24 * MM)
        top = document.height - frame.top * MM
        if number == 1 or not running:
            return top
        _small(document, frame, top - 3 * MM, running, 0)
        canvas.line(frame.x, top - 5 * MM, right, top - 5 * MM)
        return top - 9 * MM

    return head


def _small(document: Document, frame: Frame, base: float, text: str, reserved: float) -> None:
    face = typeface("Sarabun-Regular")
    size = min(9.5, (frame.width - reserved) / max(face.width(text, 1), 1))
    face.draw(document.canvas, frame.x, base, text, size)
