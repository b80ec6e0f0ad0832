# SPDX-License-Identifier: Apache-2.0
"""Home visits by problem, target group and tambon (สรุปเยี่ยมบ้าน), on paper and as a workbook.

The public version shows no count from 1 to 10: a few people of one tambon are people somebody
knows. Which cells and which totals are withheld is worked out by whoever counts
(``model.summary_areas.published``); a small number that comes here all the same, or one that
can be had by subtraction, stops the public version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from desktop.model.event import DigitStyle
from desktop.model.summary import LEAST_SHOWN, Table
from desktop.printing.box import LEADING, Box, Style, set_in
from desktop.printing.document import A4_LANDSCAPE, MM, Document
from desktop.printing.flow import Strip, over, print_strips
from desktop.printing.heading import Heading
from desktop.printing.lines import fit_lines
from desktop.printing.listing import (
    LIST_FRAME,
    ListColumn,
    ListRow,
    list_head,
    list_xlsx,
    notes_under,
)
from desktop.printing.prose import legible
from desktop.printing.table import INK, RULE, SHADE, Column, Ruled
from desktop.printing.typeface import typeface
from desktop.thai.digits import styled

Count = int | None
"""How many; None for a number that the public version withholds."""

TITLE: Final = "สรุปการเยี่ยมบ้าน จำแนกตามปัญหา กลุ่มเป้าหมาย และตำบล"
WITHHELD: Final = "<11"
_NOT_SAID: Final = "ไม่ระบุ"
_PUBLIC_NOTE: Final = "ฉบับเผยแพร่: ช่องที่มี 1 ถึง 10 เรื่องแสดงเป็น <11 เพื่อไม่ให้รู้ได้ว่าเป็นใคร"
_COUNTING_NOTE: Final = (
    "เรื่องหนึ่งอาจมีหลายปัญหาและอยู่ในหลายกลุ่ม ยอดรวมนับเป็นเรื่อง จึงอาจน้อยกว่าผลบวกของช่องต่าง ๆ"
)
_PROBLEM: Final = 64.0
_TOTAL: Final = 17.0
_UPRIGHT: Final = 21.0
"""From this width in millimetres on a heading is set level; in a narrower column it stands."""
_WIDEST: Final = 34.0
_LEAST: Final = 7 * MM
_HEAD_LEVEL: Final = 15 * MM
_HEAD_STANDING: Final = 38 * MM
_BAND: Final = 7.6 * MM


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One problem: its count for each target group, and how many cases have it in all."""

    problem: str
    counts: tuple[Count, ...]
    total: Count


@dataclass(frozen=True, slots=True)
class SummaryBlock:
    """One tambon: its problems, and its own totals over cases."""

    area: str
    rows: tuple[SummaryRow, ...]
    totals: SummaryRow


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole table. ``totals`` are those of all tambons together."""

    targets: tuple[str, ...]
    blocks: tuple[SummaryBlock, ...]
    totals: SummaryRow


def summary_of(
    areas: Sequence[tuple[str, Table]],
    whole: Table,
    *,
    problems: Mapping[str, str],
    targets: Mapping[str, str],
) -> Summary:
    """The tables of several tambons (name and table) and the table of all, as they are printed.

    ``problems`` and ``targets`` are the words of the codes; a code without a word prints as it
    is, and the code for what nobody said as ไม่ระบุ. Rows and columns stand in ``whole``'s order.
    """

    def words(code: str, known: Mapping[str, str]) -> str:
        return known.get(code, code) or _NOT_SAID

    def row(table: Table, problem: str) -> SummaryRow:
        counts = tuple(table.cells.get((problem, each), 0) for each in whole.columns)
        return SummaryRow(words(problem, problems), counts, table.row_totals[problem])

    def totals(table: Table) -> SummaryRow:
        counts = tuple(table.column_totals.get(each, 0) for each in whole.columns)
        return SummaryRow("", counts, table.total)

    return Summary(
        tuple(words(each, targets) for each in whole.columns),
        tuple(
            SummaryBlock(
                area,
                tuple(row(table, each) for each in whole.rows if each in table.row_totals),
                totals(table),
            )
            for area, table in areas
        ),
        totals(whole),
    )


def summary_pdf(
    office: str, when: str, summary: Summary, digits: DigitStyle, *, public: bool
) -> bytes:
    """The table as A4 landscape pages, its heading on each, a band for each tambon.

    Raises ValueError when a count that must not be published came into the public version, or a
    withheld one into the other.
    """
    _judge(summary, public=public)
    heading = _heading(office, when, public=public)
    document = Document(A4_LANDSCAPE, title=heading.title, subject=heading.event)
    columns = _columns(summary.targets, "Sarabun-Regular")
    top_row = _heads(columns)
    strips = [top_row]
    for block in summary.blocks:
        strips.append(replace(_band(block.area), again=top_row))
        # On a page further on the heads come again, and whose rows they are.
        above = over(top_row, _band(f"{block.area} (ต่อ)"))
        for number, row in enumerate(block.rows):
            keep = number + 1 == len(block.rows)  # the sum does not stand alone
            strips.append(_row(columns, row, digits, above, keep=keep))
        named = SummaryRow("รวมตำบลนี้", block.totals.counts, block.totals.total)
        strips.append(_row(columns, named, digits, above, bold=True))
    named = SummaryRow("รวมทั้งหมด", summary.totals.counts, summary.totals.total)
    strips.append(_row(columns, named, digits, top_row, bold=True, keep=True))
    strips += notes_under([styled(note, digits) for note in _notes(public=public)])
    return print_strips(document, strips, LIST_FRAME, list_head(heading), digits, None)


def summary_xlsx(
    office: str, when: str, summary: Summary, digits: DigitStyle, *, public: bool
) -> bytes:
    """The table as a workbook, the tambon in each row, every shown count a number.

    Raises ValueError as ``summary_pdf`` does.
    """
    _judge(summary, public=public)
    columns = (
        ListColumn("พื้นที่", 60),
        ListColumn("ปัญหา", 70),
        *(ListColumn(target, 26, "right") for target in summary.targets),
        ListColumn("รวม\n(เรื่อง)", 26, "right"),
    )
    rows = list(_sheet_rows(summary))
    heading = _heading(office, when, public=public)
    return list_xlsx(heading, "สรุปเยี่ยมบ้าน", columns, rows, digits, notes=_notes(public=public))


def _sheet_rows(summary: Summary) -> Iterator[ListRow]:
    def cells(area: str, problem: str, row: SummaryRow) -> tuple[str | int, ...]:
        shown = (WITHHELD if count is None else count for count in (*row.counts, row.total))
        return (area, problem, *shown)

    for block in summary.blocks:
        for row in block.rows:
            yield ListRow(cells(block.area, row.problem, row))
        yield ListRow(cells(block.area, "รวมตำบลนี้", block.totals), "total")
    yield ListRow(cells("รวมทั้งหมด", "", summary.totals), "total")


def _judge(summary: Summary, *, public: bool) -> None:
    """The last gate before a number of few people is published."""
    rows = [row for block in summary.blocks for row in (*block.rows, block.totals)]
    for row in (*rows, summary.totals):
        if len(row.counts) != len(summary.targets):
            raise ValueError("a row has a count for each target group")
        for count in (*row.counts, row.total):
            if public and count is not None and 0 < count < LEAST_SHOWN:
                raise ValueError("a count below 11 came into the public version")
            if not public and count is None:
                raise ValueError("a withheld count came into the office's own version")
    if public:
        _judge_areas(summary)


def _judge_areas(summary: Summary) -> None:
    """What one tambon withholds must not be the sum less what the others show."""
    rows = [*(block.totals for block in summary.blocks), summary.totals]
    for beside in zip(*((*row.counts, row.total) for row in rows), strict=True):
        if sum(count is None for count in beside) == 1:
            raise ValueError("a withheld count can be had by subtraction")


def _heading(office: str, when: str, *, public: bool) -> Heading:
    return Heading(TITLE, f"{office} (ฉบับเผยแพร่)" if public else office, when)


def _notes(*, public: bool) -> tuple[str, ...]:
    return (_COUNTING_NOTE, _PUBLIC_NOTE) if public else (_COUNTING_NOTE,)


def _columns(targets: Sequence[str], face: str) -> tuple[Column, ...]:
    whole = LIST_FRAME.width / MM
    each = min((whole - _PROBLEM - _TOTAL) / max(1, len(targets)), _WIDEST)
    centred = Style(10.5, 7, 1, "centre", face)
    return (
        Column("ปัญหา", whole - _TOTAL - each * len(targets), Style(10.5, 8.5, 3, "left", face)),
        *(Column(target, each, centred) for target in targets),
        Column("รวม\n(เรื่อง)", _TOTAL, Style(10.5, 7, 1, "centre", "Sarabun-SemiBold")),
    )


def _heads(columns: Sequence[Column]) -> Strip:
    """The heads of the columns, standing when there are many."""
    standing = any(column.width < _UPRIGHT for column in columns[1:-1])
    height = _HEAD_STANDING if standing else _HEAD_LEVEL

    def draw(document: Document, top: float) -> None:
        canvas = document.canvas
        table = Ruled(canvas, LIST_FRAME.x, top, columns)
        if not standing:
            table.heading(height)
            return
        canvas.setFillColorRGB(*SHADE)
        canvas.rect(LIST_FRAME.x, top - height, table.width, height, stroke=0, fill=1)
        canvas.setFillColorRGB(*INK)
        x = LIST_FRAME.x
        for number, column in enumerate(columns):
            width = column.width * MM
            if 0 < number < len(columns) - 1:
                _stand(canvas, Box(x, top - height, width, height), column.heading)
            else:
                box = Box(x + 1 * MM, top - height, width - 2 * MM, height)
                set_in(
                    canvas, box, Style(10.5, 8, 3, "centre", "Sarabun-SemiBold"), column.heading
                )
            x += width
        canvas.setStrokeColorRGB(*RULE)
        canvas.setLineWidth(0.45)
        x = LIST_FRAME.x
        for column in columns[:-1]:
            x += column.width * MM
            canvas.line(x, top, x, top - height)
        canvas.setStrokeColorRGB(*INK)
        canvas.setLineWidth(0.8)
        canvas.rect(LIST_FRAME.x, top - height, table.width, height, stroke=1, fill=0)

    return Strip(height, draw, keep=True)


def _stand(canvas: Any, box: Box, text: str) -> None:
    """A heading read from below, in the middle of its column, on one line or two."""
    face = typeface("Sarabun-SemiBold")
    fitted = fit_lines(face, text, 10, box.height - 3 * MM, smallest=7, max_lines=2)
    size = min(fitted.size, box.width / (len(fitted.lines) * 1.15))
    step = min(size * LEADING, box.width / len(fitted.lines))
    canvas.saveState()
    canvas.translate(box.x + box.width / 2, box.y + 1.5 * MM)
    canvas.rotate(90)
    y = step * (len(fitted.lines) - 1) / 2 - 0.34 * size
    for line in fitted.lines:
        face.draw(canvas, 0, y, line, size, "left", fitted.condense)
        y -= step
    canvas.restoreState()


def _band(area: str) -> Strip:
    def draw(document: Document, top: float) -> None:
        canvas = document.canvas
        canvas.setStrokeColorRGB(*INK)
        canvas.setLineWidth(0.6)
        x, width = LIST_FRAME.x, LIST_FRAME.width
        box = Box(x + 1.5 * MM, top - _BAND, width - 3 * MM, _BAND)
        set_in(canvas, box, Style(11, 8, 1, face="Sarabun-SemiBold"), legible(area))
        canvas.rect(x, top - _BAND, width, _BAND, stroke=1, fill=0)

    return Strip(_BAND, draw, keep=True)


def _row(
    columns: Sequence[Column],
    row: SummaryRow,
    digits: DigitStyle,
    above: Strip,
    *,
    bold: bool = False,
    keep: bool = False,
) -> Strip:
    used = _columns([column.heading for column in columns[1:-1]], "Sarabun-SemiBold")
    used = used if bold else tuple(columns)
    cells = (legible(row.problem), *(_words(each, digits) for each in (*row.counts, row.total)))
    height = Ruled(None, 0, 0, used).height_of(cells, _LEAST)

    def draw(document: Document, top: float) -> None:
        canvas = document.canvas
        table = Ruled(canvas, LIST_FRAME.x, top, used)
        if bold:
            canvas.setFillColorRGB(*SHADE)
            canvas.rect(LIST_FRAME.x, top - height, table.width, height, stroke=0, fill=1)
            canvas.setFillColorRGB(*INK)
        table.filled(cells, _LEAST)

    return Strip(height, draw, keep, again=above)


def _words(count: Count, digits: DigitStyle) -> str:
    if count is None:
        return styled(WITHHELD, digits)
    return styled(f"{count:,}", digits) if count else "–"
