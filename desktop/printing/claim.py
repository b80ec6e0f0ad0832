# SPDX-License-Identifier: Apache-2.0
"""What participants are paid, as a workbook: real amounts, and sums that Excel works out itself.

On paper the same is a receipt sheet, which is a template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.heading import Heading
from desktop.printing.workbook import FIRST_ROW, Sheet

_BEFORE: Final = (("ลำดับ", 7.0), ("ชื่อ – สกุล", 38.0), ("หน่วยงาน", 38.0), ("วันที่มา", 9.0))
_AFTER: Final = (("รวม", 15.0), ("วันที่จ่าย", 18.0))
_SATANG: Final = 100
_MONEY: Final = "#,##0.00"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One person; ``amounts`` in satang, one for each kind, None where nothing is claimed."""

    no: str
    name: str
    organisation: str
    days: int
    amounts: tuple[int | None, ...]
    paid_on: date | None = None


def claims_xlsx(
    heading: Heading, kinds: Sequence[str], lines: Sequence[ClaimLine], digits: DigitStyle
) -> bytes:
    """The list with a column for each of ``kinds``, a sum in every row and under every column.

    Dates are real ones shown in พ.ศ. Texts that begin like a formula are written as texts.
    """
    columns = (*_BEFORE, *((kind, 14.0) for kind in kinds), *_AFTER)
    sheet = Sheet(
        heading, "ค่าใช้จ่าย", columns, title={"bold": True},
        head={"bg_color": "#EEEEF3", "text_wrap": True},
    )  # fmt: skip
    page = sheet.page
    page.set_landscape()
    text = sheet.format(border=1, text_wrap=True)
    centred = sheet.format(border=1, align="center")
    money = sheet.format(border=1, num_format=_MONEY)
    summed = sheet.format(border=1, num_format=_MONEY, bold=True)
    calendar = "[$-D07041E]d mmm yyyy;@" if digits == "thai" else "[$-107041E]d mmm yyyy;@"
    dated = sheet.format(border=1, align="center", num_format=calendar)
    first, total = len(_BEFORE), len(_BEFORE) + len(kinds)
    for row, line in enumerate(lines, FIRST_ROW):
        page.write_number(row, 0, int(line.no), centred)
        page.write_string(row, 1, line.name, text)
        page.write_string(row, 2, line.organisation, text)
        page.write_number(row, 3, line.days, centred)
        for column, amount in enumerate(line.amounts, first):
            if amount is None:
                page.write_blank(row, column, None, money)
            else:
                page.write_number(row, column, amount / _SATANG, money)
        across = f"=SUM({_cell(row, first)}:{_cell(row, total - 1)})"
        said = sum(amount for amount in line.amounts if amount is not None)
        page.write_formula(row, total, across, summed, said / _SATANG)
        if line.paid_on is None:
            page.write_blank(row, total + 1, None, centred)
        else:
            moment = datetime.combine(line.paid_on, datetime.min.time())
            page.write_datetime(row, total + 1, moment, dated)
    foot = FIRST_ROW + len(lines)
    last = sheet.format(border=1, bold=True, align="right")
    page.merge_range(foot, 0, foot, first - 1, "รวม", last)
    for column in range(first, total + 1):
        down = f"=SUM({_cell(FIRST_ROW, column)}:{_cell(foot - 1, column)})"
        page.write_formula(foot, column, down, summed, _sum_of(lines, column - first) / _SATANG)
    return sheet.done(len(lines) + 1)


def _sum_of(lines: Sequence[ClaimLine], kind: int) -> int:
    """Satang of a kind, or of everything for the column after the last."""
    return sum(
        amount or 0
        for line in lines
        for place, amount in enumerate(line.amounts)
        if kind in (place, len(line.amounts))
    )


def _cell(row: int, column: int) -> str:
    """A1 notation; there are never more than 26 columns."""
    return f"{chr(ord('A') + column)}{row + 1}"
