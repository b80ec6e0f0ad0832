# SPDX-License-Identifier: Apache-2.0
"""The register of certificates (ทะเบียนคุมประกาศนียบัตร), on paper and as a workbook.

Columns as offices keep them (domain practice, report 8): running number, certificate number,
name, agency, course, date of issue, signer, status, received by, date, note. Every number of the
block has its row, also the ones that were not used or are void, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.box import Box, Style, set_in
from desktop.printing.document import A4_LANDSCAPE, MM, Document
from desktop.printing.heading import Heading, draw_heading
from desktop.printing.table import INK, Column, Ruled, with_room_for
from desktop.printing.typeface import typeface
from desktop.printing.workbook import FIRST_ROW, Sheet
from desktop.thai.digits import styled

_MARGIN: Final = 10.0
_LEAST: Final = 9 * MM
_TOTALS: Final = 9 * MM


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One row of the register in words."""

    no: str
    number: str
    name: str
    organisation: str
    course: str
    issued: str
    """Date of issue in พ.ศ., or empty when the number is not used."""
    issued_on: date | None
    signers: str
    status: str
    note: str = ""
    received_by: str = ""
    """Who took it, where that is known; the place is left free to sign otherwise."""
    received: str = ""
    """Day of receipt in พ.ศ., or empty."""
    received_on: date | None = None


_CENTRED: Final = Style(size=9.5, align="centre")
_ONE_EVENT: Final = (
    Column("ลำดับ", 12, Style(size=10.5, align="centre")),
    Column("เลขที่", 21, Style(size=10.5, align="centre")),
    Column("ชื่อผู้รับ", 64, Style(size=11.5, smallest=9)),
    Column("หน่วยงาน", 50, Style(size=10, smallest=8)),
    Column("วันที่ออก", 26, _CENTRED),
    Column("สถานะ", 22, _CENTRED),
    Column("ลงชื่อรับ", 30, Style(size=9)),
    Column("วันที่รับ", 22, _CENTRED),
    Column("หมายเหตุ", 30, Style(size=9)),
)
_MANY_EVENTS: Final = (
    Column("ลำดับ", 11, Style(size=10, align="centre")),
    Column("เลขที่", 22, Style(size=10, align="centre")),
    Column("ชื่อผู้รับ", 52, Style(size=11, smallest=9)),
    Column("หน่วยงาน", 36, Style(size=9.5, smallest=8)),
    Column("หลักสูตร/โครงการ", 46, Style(size=9, smallest=7.5)),
    Column("วันที่ออก", 21, Style(size=9, align="centre")),
    Column("สถานะ", 20, Style(size=9, align="centre")),
    Column("ลงชื่อรับ", 26, Style(size=9)),
    Column("วันที่รับ", 19, Style(size=9, align="centre")),
    Column("หมายเหตุ", 24, Style(size=8.5)),
)


def register_pdf(
    heading: Heading,
    lines: Sequence[RegisterLine],
    digits: DigitStyle,
    *,
    courses: bool = False,
    totals: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The register as A4 landscape pages with room to sign for receipt.

    ``courses`` adds a column that says of what course each is; ``totals`` is a sentence under
    the last row that sums it up.
    """
    columns = with_room_for(
        _MANY_EVENTS if courses else _ONE_EVENT,
        1, (line.number for line in lines), most=40, taken_from=(2, 4) if courses else (2, 3),
    )  # fmt: skip
    pages = _paged(heading, lines, columns, courses=courses, under=_TOTALS if totals else 0)
    document = Document(A4_LANDSCAPE, title=heading.title, subject=heading.event)
    for index, page in enumerate(pages, 1):
        page_text = styled(f"หน้า {index}/{len(pages)}", digits)
        top = draw_heading(document, heading, page_text, margin=_MARGIN)
        table = Ruled(document.canvas, _MARGIN * MM, top - 1 * MM, columns)
        table.heading(9 * MM)
        for line in page:
            table.filled(_cells(line, courses=courses), _LEAST)
        document.canvas.setFillColorRGB(*INK)
        if index == len(pages):
            if totals:
                room = Box(_MARGIN * MM, table.y - _TOTALS, 277 * MM, _TOTALS - 1 * MM)
                set_in(document.canvas, room, Style(11, 7.5, 2), totals)
            typeface("Sarabun-Regular").draw(
                document.canvas,
                document.width - _MARGIN * MM,
                _MARGIN * MM,
                f"ลงชื่อ {'.' * 46} ผู้ควบคุมทะเบียน",
                11,
                "right",
            )
        document.page()
        if progress:
            progress(index, len(pages))
    return document.save()


def _cells(line: RegisterLine, *, courses: bool) -> tuple[str, ...]:
    return (
        line.no,
        line.number,
        line.name,
        line.organisation,
        *((line.course,) if courses else ()),
        line.issued,
        line.status,
        line.received_by,
        line.received,
        line.note,
    )


def _paged(
    heading: Heading,
    lines: Sequence[RegisterLine],
    columns: Sequence[Column],
    *,
    courses: bool,
    under: float,
) -> list[list[RegisterLine]]:
    """The lines of each page, by the heights their rows will take.

    ``under`` points are left free below the last; its line goes onto a new page for that.
    """
    measure = Document(A4_LANDSCAPE, title="")
    top = draw_heading(measure, heading, "", margin=_MARGIN) - 1 * MM - 9 * MM
    room = top - (_MARGIN + 9) * MM
    table = Ruled(measure.canvas, 0, 0, columns)
    pages: list[list[RegisterLine]] = [[]]
    left = room
    for line in lines:
        height = table.height_of(_cells(line, courses=courses), _LEAST)
        if height > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(line)
        left -= height
    if left < under and len(pages[-1]) > 1:
        pages.append([pages[-1].pop()])
    return pages


_XLSX: Final = (
    ("ลำดับ", 7),
    ("เลขที่", 18),
    ("ชื่อผู้รับ", 42),
    ("หน่วยงาน", 40),
    ("หลักสูตร/โครงการ", 50),
    ("วันที่ออก", 22),
    ("ผู้ลงนาม", 34),
    ("สถานะ", 14),
    ("ลงชื่อรับ", 18),
    ("วันที่รับ", 22),
    ("หมายเหตุ", 30),
)


def register_xlsx(
    heading: Heading, lines: Sequence[RegisterLine], digits: DigitStyle, *, totals: str = ""
) -> bytes:
    """The register as a workbook: real dates shown in พ.ศ., numbers as text, head frozen.

    The date format is Excel's Thai calendar code, with Thai or Arabic digits after ``digits``.
    Texts that begin like a formula are written as texts. ``totals`` stands under the last row.
    """
    sheet = Sheet(
        heading,
        "ทะเบียนคุม",
        _XLSX,
        title={"bold": True},
        head={"bg_color": "#EEEEF3", "text_wrap": True},
    )
    page = sheet.page
    page.set_landscape()
    text = sheet.format(border=1, text_wrap=True)
    centred = sheet.format(border=1, align="center", text_wrap=True)
    calendar = "[$-D07041E]d mmmm yyyy;@" if digits == "thai" else "[$-107041E]d mmmm yyyy;@"
    dated = sheet.format(border=1, align="center", num_format=calendar)
    for row, line in enumerate(lines, FIRST_ROW):
        page.write_string(row, 0, line.no, centred)
        page.write_string(row, 1, line.number, centred)
        for column, value in ((2, line.name), (3, line.organisation), (4, line.course)):
            page.write_string(row, column, value, text)
        if line.issued_on is not None:
            page.write_datetime(
                row, 5, datetime.combine(line.issued_on, datetime.min.time()), dated
            )
        else:
            page.write_string(row, 5, "", centred)
        page.write_string(row, 6, line.signers, text)
        page.write_string(row, 7, line.status, centred)
        page.write_string(row, 8, line.received_by, text)
        if line.received_on is not None:
            page.write_datetime(
                row, 9, datetime.combine(line.received_on, datetime.min.time()), dated
            )
        else:
            page.write_string(row, 9, "", text)
        page.write_string(row, 10, line.note, text)
    if totals:
        page.write_string(FIRST_ROW + len(lines) + 1, 0, totals, sheet.format(text_wrap=False))
    return sheet.done(len(lines) + (2 if totals else 0))
