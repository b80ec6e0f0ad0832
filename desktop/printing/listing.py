# SPDX-License-Identifier: Apache-2.0
"""A list of the office's work from one description: pages of A4 landscape, or a workbook.

A cell is what it is (a text, a count, an amount, a day, a moment): on paper it is written as
offices write it, in a workbook it stays a number or a date that can be counted with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, Final, Literal

from desktop.model.event import DigitStyle
from desktop.printing.box import Box, Style, set_in
from desktop.printing.document import A4_LANDSCAPE, MM, Document
from desktop.printing.flow import SOFT, Frame, Strip, gap, print_strips
from desktop.printing.heading import Heading, draw_heading
from desktop.printing.lines import wrap
from desktop.printing.prose import legible, lines_of
from desktop.printing.table import INK, SHADE, Column, Ruled
from desktop.printing.typeface import INVISIBLE, Align, typeface
from desktop.printing.watermark import Watermark
from desktop.printing.workbook import FIRST_ROW, Sheet
from desktop.thai.dates import be_date, clock
from desktop.thai.digits import styled

Cell = str | int | Decimal | date | datetime | None
Kind = Literal["plain", "band", "total"]

LIST_FRAME: Final = Frame(A4_LANDSCAPE, left=10, right=10, top=10, bottom=10)
_LEAST: Final = 7.5 * MM
_HEAD: Final = 9.5 * MM
_BAND: Final = 7.6 * MM


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its heading, its width on paper in millimetres, how its cells are set there."""

    word: str
    width: float
    align: Align = "left"
    size: float = 10.5
    face: str = "Sarabun-Regular"


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row: its cells; a band has one, over the whole width; a total is set bold."""

    cells: tuple[Cell, ...]
    kind: Kind = "plain"


def in_words(cell: Cell, digits: DigitStyle) -> str:
    """A cell as it is written on paper. Texts stay as they are; numbers and days are styled."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        day = be_date(cell.date(), "short", digits)
        return f"{day} {clock(cell.hour * 60 + cell.minute, digits)} น."
    if isinstance(cell, date):
        return be_date(cell, "short", digits)
    whole = isinstance(cell, int) or cell == cell.to_integral_value()
    return styled(f"{int(cell):,}" if whole else f"{cell:,.2f}", digits)


def list_pdf(
    heading: Heading,
    columns: Sequence[ListColumn],
    rows: Sequence[ListRow],
    digits: DigitStyle,
    *,
    notes: Sequence[str] = (),
    watermark: Watermark | None = None,
) -> bytes:
    """The list as A4 landscape pages, its column heads on each; ``notes`` stand under it.

    Raises TextDoesNotFit when the heading's texts are longer than two lines.
    """
    document = Document(A4_LANDSCAPE, title=heading.title, subject=heading.event)
    strips = _rows(columns, rows, digits)
    if notes:
        # The notes have a row above them, on whatever page they come.
        strips = [*strips[:-1], replace(strips[-1], keep=True), *notes_under(notes)]
    return print_strips(document, strips, LIST_FRAME, list_head(heading), digits, watermark)


def list_head(heading: Heading) -> Any:
    """What stands above the list on each of its pages."""

    def head(document: Document, _number: int, page_text: str) -> float:
        return draw_heading(document, heading, page_text, margin=10) - 1 * MM

    return head


def notes_under(notes: Sequence[str]) -> list[Strip]:
    """Small sentences under a list."""
    face = typeface("Sarabun-Regular")
    strips = [replace(gap(2), keep=True)] if notes else []
    for note in notes:
        lines = wrap(face, legible(note), 10, LIST_FRAME.width)
        strips += lines_of(lines, LIST_FRAME.x, 10, colour=SOFT)
    return strips


def _rows(
    columns: Sequence[ListColumn], rows: Sequence[ListRow], digits: DigitStyle
) -> list[Strip]:
    plain = [
        Column(each.word, each.width, Style(each.size, each.size * 0.8, 3, each.align, each.face))
        for each in columns
    ]
    bold = [
        Column(each.word, each.width, Style(each.size, 7, 3, each.align, "Sarabun-SemiBold"))
        for each in columns
    ]
    x = LIST_FRAME.x
    measure = Ruled(None, x, 0, plain)

    def heading(document: Document, top: float) -> None:
        Ruled(document.canvas, x, top, plain).heading(_HEAD)

    top_row = Strip(_HEAD, heading, keep=True)
    strips = [top_row]
    for number, row in enumerate(rows):
        if row.kind == "band":
            strips.append(_band(legible(str(row.cells[0])), measure.width, top_row))
            continue
        used = bold if row.kind == "total" else plain
        words = [legible(in_words(cell, digits)) for cell in row.cells]
        # A total stays with the row before it.
        following = rows[number + 1].kind if number + 1 < len(rows) else "plain"
        for part in measure.parts(words, 120 * MM):

            def draw(
                document: Document,
                top: float,
                part: Sequence[str] = part,
                used: Sequence[Column] = used,
            ) -> None:
                if used is bold:
                    document.canvas.setFillColorRGB(*SHADE)
                    high = Ruled(None, x, 0, used).height_of(part, _LEAST)
                    document.canvas.rect(x, top - high, measure.width, high, stroke=0, fill=1)
                    document.canvas.setFillColorRGB(*INK)
                Ruled(document.canvas, x, top, used).filled(part, _LEAST)

            height = Ruled(None, x, 0, used).height_of(part, _LEAST)
            strips.append(Strip(height, draw, following == "total", again=top_row))
    return strips


def _band(text: str, width: float, top_row: Strip) -> Strip:
    """A row over the whole width that says what the rows under it have in common."""

    def draw(document: Document, top: float) -> None:
        canvas = document.canvas
        canvas.setFillColorRGB(*SHADE)
        canvas.setStrokeColorRGB(*INK)
        canvas.setLineWidth(0.6)
        canvas.rect(LIST_FRAME.x, top - _BAND, width, _BAND, stroke=1, fill=1)
        canvas.setFillColorRGB(*INK)
        box = Box(LIST_FRAME.x + 1.5 * MM, top - _BAND, width - 3 * MM, _BAND)
        set_in(canvas, box, Style(11, 8, 1, face="Sarabun-SemiBold"), text)

    return Strip(_BAND, draw, keep=True, again=top_row)


def list_xlsx(
    heading: Heading,
    name: str,
    columns: Sequence[ListColumn],
    rows: Sequence[ListRow],
    digits: DigitStyle,
    *,
    notes: Sequence[str] = (),
) -> bytes:
    """The list as a workbook: counts and amounts as numbers, days as dates shown in พ.ศ.

    ``name`` is the sheet's. A text stays a text, also one that begins like a formula.
    """
    sheet = Sheet(
        heading,
        name,
        [
            (each.word, max(_narrowest(rows, place), each.width * 0.52))
            for place, each in enumerate(columns)
        ],
        title={"bold": True},
        head={"bg_color": "#EEEEF3", "text_wrap": True},
    )
    page = sheet.page
    page.set_landscape()
    formats: dict[tuple[Kind, Align, str], Any] = {}
    calendar = "[$-D07041E]d mmm yyyy" if digits == "thai" else "[$-107041E]d mmm yyyy"
    shown = {"day": f"{calendar};@", "moment": f"{calendar} hh:mm;@", "count": "#,##0"}
    shown["amount"] = "#,##0.00"

    def style(kind: Kind, align: Align, what: str) -> Any:
        key = (kind, align, what)
        if key not in formats:
            more: dict[str, Any] = {"border": 1, "text_wrap": what == "text"}
            more["align"] = "center" if align == "centre" else align
            if kind != "plain":
                more |= {"bold": True, "bg_color": "#EEEEF3"}
            if what in shown:
                more["num_format"] = shown[what]
            formats[key] = sheet.format(**more)
        return formats[key]

    for place, row in enumerate(rows, FIRST_ROW):
        if row.kind == "band":
            band = style("band", "left", "text")
            page.merge_range(place, 0, place, len(columns) - 1, "", band)
            page.write_string(place, 0, str(row.cells[0]), band)
            continue
        for column, (cell, how) in enumerate(zip(row.cells, columns, strict=True)):
            _write(page, place, column, cell, partial(style, row.kind, how.align))
    under = sheet.format(text_wrap=False)
    for place, note in enumerate(notes, FIRST_ROW + len(rows) + 1):
        page.write_string(place, 0, note, under)
    return sheet.done(len(rows) + (len(notes) + 1 if notes else 0))


def _narrowest(rows: Sequence[ListRow], place: int) -> float:
    """How wide a column of the workbook must be at least: Excel shows ##### for a day that does
    not fit."""
    cells = [row.cells[place] for row in rows if row.kind != "band"]
    if any(isinstance(cell, datetime) for cell in cells):
        return 22.0
    return 16.0 if any(isinstance(cell, date) for cell in cells) else 7.0


def _write(page: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell is None or cell == "":
        page.write_blank(row, column, None, style("text"))
    elif isinstance(cell, str):
        page.write_string(row, column, cell.translate(INVISIBLE), style("text"))
    elif isinstance(cell, datetime):
        page.write_datetime(row, column, cell.replace(tzinfo=None), style("moment"))
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime.combine(cell, datetime.min.time()), style("day"))
    elif isinstance(cell, int):
        page.write_number(row, column, cell, style("count"))
    else:
        page.write_number(row, column, float(cell), style("amount"))
