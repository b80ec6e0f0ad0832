# SPDX-License-Identifier: Apache-2.0
"""Who came and who is missing at one session, on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.box import Style
from desktop.printing.document import A4, MM, Document
from desktop.printing.heading import Heading, draw_heading
from desktop.printing.table import Column, Ruled
from desktop.printing.workbook import FIRST_ROW, Sheet
from desktop.thai.digits import styled

_MARGIN: Final = 12.0
_LEAST: Final = 8 * MM
_HEAD_ROW: Final = 8.5 * MM
_COLUMNS: Final = (
    Column("ลำดับ", 13, Style(size=10.5, align="centre")),
    Column("ที่นั่ง", 15, Style(size=10.5, align="centre")),
    Column("ชื่อ–สกุล", 56, Style(size=11.5, smallest=9)),
    Column("จังหวัด", 27, Style(size=10, smallest=8)),
    Column("หน่วยงาน", 42, Style(size=9.5, smallest=8)),
    Column("สถานะ", 33, Style(size=10, smallest=8, align="centre")),
)
_WIDTHS: Final = (8, 9, 40, 20, 46, 22)


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """One person in words, in the digit style of the event."""

    no: str
    seat: str
    name: str
    province: str
    organisation: str
    state: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.no, self.seat, self.name, self.province, self.organisation, self.state)


def presence_pdf(
    heading: Heading,
    lines: Sequence[PresenceLine],
    digits: DigitStyle,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The list as A4 pages. Raises TextDoesNotFit when the event's name does not."""
    pages = _paged(heading, lines)
    document = Document(A4, title=heading.title, subject=heading.event)
    for number, page in enumerate(pages, 1):
        page_text = styled(f"หน้า {number}/{len(pages)}", digits)
        top = draw_heading(document, heading, page_text, margin=_MARGIN)
        table = Ruled(document.canvas, _MARGIN * MM, top - 1 * MM, _COLUMNS)
        table.heading(_HEAD_ROW)
        for line in page:
            table.filled(line.cells, _LEAST)
        document.page()
        if progress:
            progress(number, len(pages))
    return document.save()


def _paged(heading: Heading, lines: Sequence[PresenceLine]) -> list[list[PresenceLine]]:
    """The lines of each page, by the heights their rows will take."""
    measure = Document(A4, title="")
    top = draw_heading(measure, heading, "", margin=_MARGIN) - 1 * MM - _HEAD_ROW
    room = top - _MARGIN * MM
    table = Ruled(measure.canvas, 0, 0, _COLUMNS)
    pages: list[list[PresenceLine]] = [[]]
    left = room
    for line in lines:
        height = table.height_of(line.cells, _LEAST)
        if height > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(line)
        left -= height
    return pages


def presence_xlsx(heading: Heading, lines: Sequence[PresenceLine]) -> bytes:
    """The list as a workbook; everything is text, so that nothing is read as a formula."""
    words = [each.heading for each in _COLUMNS]
    sheet = Sheet(heading, "รายชื่อ", list(zip(words, _WIDTHS, strict=True)))
    ruled = sheet.format(border=1, text_wrap=True)
    for row, line in enumerate(lines, FIRST_ROW):
        for column, text in enumerate(line.cells):
            sheet.page.write_string(row, column, text, ruled)
    return sheet.done(len(lines))
