# SPDX-License-Identifier: Apache-2.0
"""The order on the stage (ลำดับการรับมอบ) for whoever reads the names out: in large letters.

A name is set at 20 points as it is said, so that it is read from a lectern; each group begins
with a band, and every page repeats the head.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.box import Box, Style, set_in
from desktop.printing.document import A4, MM, Document
from desktop.printing.heading import Heading, draw_heading
from desktop.printing.table import INK, SHADE, Column, Ruled, with_room_for
from desktop.printing.workbook import FIRST_ROW, Sheet
from desktop.thai.digits import styled

_MARGIN: Final = 10.0
_LEAST: Final = 13 * MM
_HEAD: Final = 9 * MM
_BAND: Final = 8 * MM
_NAME: Final = Style(size=20, smallest=15, max_lines=3, face="Sarabun-SemiBold")


@dataclass(frozen=True, slots=True)
class StageRow:
    """One who comes onto the stage, in words and in the digits of the paper."""

    order: str
    number: str
    reading: str
    """The name as it is said."""
    name: str
    """The name as it is printed."""
    organisation: str
    project: str
    group: str
    """Names the group; a band is set where it changes. Empty for none."""
    seat: str


def stage_pdf(
    heading: Heading,
    rows: Sequence[StageRow],
    digits: DigitStyle,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The list as A4 pages, upright."""
    columns: tuple[Column, ...] = (
        Column("ลำดับ", 15, Style(size=20, smallest=14, align="centre", face="Sarabun-SemiBold")),
        Column("อ่านว่า", 86, _NAME),
        Column("หน่วยงาน/โครงการ", 60, Style(size=11, smallest=8.5, max_lines=4)),
        Column("เลขที่", 17, Style(size=9.5, smallest=6.5, align="centre")),
        Column("ที่นั่ง", 12, Style(size=13, smallest=9, align="centre")),
    )
    columns = with_room_for(columns, 3, (row.number for row in rows), most=33, taken_from=(2,))
    pages = _paged(heading, rows, columns)
    document = Document(A4, title=heading.title, subject=heading.event)
    for index, page in enumerate(pages, 1):
        text = styled(f"หน้า {index}/{len(pages)}", digits)
        top = draw_heading(document, heading, text, margin=_MARGIN)
        table = Ruled(document.canvas, _MARGIN * MM, top - 1 * MM, columns)
        table.heading(_HEAD)
        for band, row in page:
            if band:
                _draw_band(document, table, band)
            table.filled(_cells(row), _LEAST)
        document.canvas.setFillColorRGB(*INK)
        document.page()
        if progress:
            progress(index, len(pages))
    return document.save()


def _draw_band(document: Document, table: Ruled, text: str) -> None:
    canvas = document.canvas
    canvas.setFillColorRGB(*SHADE)
    canvas.setStrokeColorRGB(*INK)
    canvas.rect(_MARGIN * MM, table.y - _BAND, table.width, _BAND, stroke=1, fill=1)
    canvas.setFillColorRGB(*INK)
    box = Box(_MARGIN * MM + 2 * MM, table.y - _BAND, table.width - 4 * MM, _BAND)
    set_in(canvas, box, Style(14, 9, 1, face="Sarabun-SemiBold"), text)
    table.y -= _BAND


def _cells(row: StageRow) -> tuple[str, ...]:
    under = "\n".join(part for part in (row.organisation, row.project) if part)
    return row.order, row.reading, under, row.number, row.seat


def _paged(
    heading: Heading, rows: Sequence[StageRow], columns: Sequence[Column]
) -> list[list[tuple[str, StageRow]]]:
    """The rows of each page, each with the band that stands over it or an empty text.

    A band is said again at the top of a page, so that no page leaves its group open.
    """
    measure = Document(A4, title="")
    top = draw_heading(measure, heading, "", margin=_MARGIN) - 1 * MM - _HEAD
    room = top - _MARGIN * MM
    table = Ruled(measure.canvas, 0, 0, columns)
    pages: list[list[tuple[str, StageRow]]] = [[]]
    left, group = room, ""
    for row in rows:
        height = table.height_of(_cells(row), _LEAST)
        band = row.group if row.group != group else ""
        if height + (_BAND if band else 0) > left and pages[-1]:
            pages.append([])
            left, band = room, row.group
        pages[-1].append((band, row))
        left -= height + (_BAND if band else 0)
        group = row.group
    return pages


_XLSX: Final = (
    ("ลำดับ", 8),
    ("เลขที่", 20),
    ("อ่านว่า", 60),
    ("ชื่อบนใบ", 50),
    ("หน่วยงาน", 40),
    ("โครงการ", 50),
    ("กลุ่ม", 14),
    ("ที่นั่ง", 9),
)


def stage_xlsx(heading: Heading, rows: Sequence[StageRow]) -> bytes:
    """The list as a workbook, so that an office can put it into its own order of the day."""
    sheet = Sheet(heading, "ลำดับบนเวที", _XLSX, title={"bold": True}, head={"text_wrap": True})
    sheet.page.set_landscape()
    text = sheet.format(border=1, text_wrap=True)
    centred = sheet.format(border=1, align="center", text_wrap=True)
    large = sheet.format(border=1, text_wrap=True, bold=True, font_size=20)
    for place, row in enumerate(rows, FIRST_ROW):
        cells = (
            (row.order, centred), (row.number, centred), (row.reading, large), (row.name, text),
            (row.organisation, text), (row.project, text), (row.group, centred),
            (row.seat, centred),
        )  # fmt: skip
        for column, (cell, how) in enumerate(cells):
            sheet.page.write_string(place, column, cell, how)
    return sheet.done(len(rows))
