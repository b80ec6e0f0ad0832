# SPDX-License-Identifier: Apache-2.0
"""The sign-in sheet (ใบลงทะเบียน): one set of pages a day, a column to sign for each half.

The layout is the one offices know (domain practice): running number, name, position, agency,
telephone, signature morning, signature afternoon, note; A4 landscape, twenty rows of which the
last are blank for people who were not on the list, signed below by whoever kept the desk. Paper
stays the proof; the code in the corner finds the page again when it is typed back in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.model.event import DigitStyle, Half
from desktop.model.sheet import ROWS
from desktop.printing.box import Style
from desktop.printing.document import A4_LANDSCAPE, MM, Document
from desktop.printing.heading import Heading, draw_heading
from desktop.printing.table import INK, Column, Ruled
from desktop.printing.typeface import typeface
from desktop.thai.digits import styled

_MARGIN: Final = 10.0
_FOOT: Final = 15 * MM
_HEAD_ROW: Final = 8.5 * MM
_HALVES: Final[dict[Half, str]] = {"am": "เช้า", "pm": "บ่าย", "eve": "ค่ำ"}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What is printed of one person."""

    no: str
    name: str
    position: str = ""
    organisation: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One page: its code and its people, at most ``ROWS`` less the blank ones."""

    code: str
    lines: tuple[SheetLine, ...]


def sheets_pdf(
    heading: Heading,
    pages: Sequence[SheetPage],
    halves: Sequence[Half],
    digits: DigitStyle,
    *,
    rows: int = ROWS,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The sheets of one day as one PDF.

    ``halves`` are the columns to sign, in order; a day that starts in the afternoon has that one
    only. Raises TextDoesNotFit when a name or an agency does not fit its cell.
    """
    document = Document(A4_LANDSCAPE, title=heading.title, subject=heading.event)
    columns = _columns(halves)
    number = 0
    for index, page in enumerate(pages, 1):
        page_text = styled(f"หน้า {index}/{len(pages)}", digits)
        top = draw_heading(document, heading, page_text, margin=_MARGIN, code=page.code)
        table = Ruled(document.canvas, _MARGIN * MM, top - 1 * MM, columns)
        table.heading(_HEAD_ROW)
        bottom = _MARGIN * MM + _FOOT
        height = (table.y - bottom) / rows
        for line in page.lines:
            number += 1
            cells = (line.no, line.name, line.position, line.organisation, line.phone)
            table.fitted((*cells, *("" for _ in halves), line.note), height, line.name)
        for _blank in range(rows - len(page.lines)):
            table.fitted(("",) * len(columns), height)
        _foot(document, halves)
        document.page()
        if progress:
            progress(index, len(pages))
    return document.save()


def _columns(halves: Sequence[Half]) -> tuple[Column, ...]:
    signing = 62.0 / max(1, len(halves)) if len(halves) > 1 else 44.0
    spare = 277 - 11 - 40 - 25 - 18 - signing * len(halves)
    name = spare * 0.5
    return (
        Column("ลำดับ", 11, Style(size=11, align="centre")),
        Column("ชื่อ – สกุล", name, Style(size=12, smallest=8.5)),
        Column("ตำแหน่ง", 40, Style(size=10, smallest=7)),
        Column("หน่วยงาน", spare - name, Style(size=10, smallest=7)),
        Column("โทรศัพท์", 25, Style(size=10.5, max_lines=1, align="centre")),
        *(Column(f"ลายมือชื่อ {_HALVES[half]}", signing) for half in halves),
        Column("หมายเหตุ", 18, Style(size=9, smallest=6.5)),
    )


def _foot(document: Document, halves: Sequence[Half]) -> None:
    canvas = document.canvas
    canvas.setFillColorRGB(*INK)
    face = typeface("Sarabun-Regular")
    y = _MARGIN * MM + 6.5 * MM
    dots = "." * 46
    right = document.width - _MARGIN * MM
    face.draw(canvas, right, y, f"ลงชื่อ {dots} ผู้รับลงทะเบียน", 11, "right")
    face.draw(canvas, right - 23 * MM, y - 5.5 * MM, f"( {dots} )", 11, "right")
    signed = "  ".join(f"{_HALVES[half]} {'.' * 12} คน" for half in halves)
    face.draw(canvas, _MARGIN * MM, y, f"รวมผู้ลงชื่อ {signed}", 11)
