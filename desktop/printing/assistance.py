# SPDX-License-Identifier: Apache-2.0
"""Assistance by kind and fund (ความช่วยเหลือ ชนิด×แหล่งเงิน), on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.heading import Heading
from desktop.printing.listing import ListColumn, ListRow, list_pdf, list_xlsx

TITLE: Final = "สรุปความช่วยเหลือ จำแนกตามชนิดและแหล่งเงิน"
_COLUMNS: Final = (
    ListColumn("ชนิดความช่วยเหลือ", 74),
    ListColumn("แหล่งเงิน", 88),
    ListColumn("ต้องการ\n(รายการ)", 26, "right"),
    ListColumn("รับปาก\n(รายการ)", 26, "right"),
    ListColumn("ให้แล้ว\n(รายการ)", 26, "right"),
    ListColumn("มูลค่าที่ให้แล้ว\n(บาท)", 37, "right"),
)


@dataclass(frozen=True, slots=True)
class AssistanceLine:
    """One kind from one fund: how many are wanted, promised and given, and what was given."""

    kind: str
    fund: str
    wanted: int
    promised: int
    given: int
    amount: Decimal
    """Baht that were given."""


def assistance_pdf(
    office: str, when: str, lines: Sequence[AssistanceLine], digits: DigitStyle
) -> bytes:
    """The table as A4 landscape pages, kinds in the order given, a sum for each and for all."""
    return list_pdf(Heading(TITLE, office, when), _COLUMNS, list(_rows(lines)), digits)


def assistance_xlsx(
    office: str, when: str, lines: Sequence[AssistanceLine], digits: DigitStyle
) -> bytes:
    """The table as a workbook: every number is a number."""
    heading = Heading(TITLE, office, when)
    return list_xlsx(heading, "ความช่วยเหลือ", _COLUMNS, list(_rows(lines)), digits)


def _rows(lines: Sequence[AssistanceLine]) -> Iterator[ListRow]:
    order = list(dict.fromkeys(line.kind for line in lines))
    ordered = sorted(lines, key=lambda line: order.index(line.kind))
    for kind, group in groupby(ordered, key=lambda line: line.kind):
        found = list(group)
        for line in found:
            yield ListRow((kind, line.fund, line.wanted, line.promised, line.given, line.amount))
        if len(found) > 1:
            yield _sum(f"รวม {kind}", found)
    yield _sum("รวมทั้งหมด", lines)


def _sum(word: str, lines: Sequence[AssistanceLine]) -> ListRow:
    return ListRow(
        (
            word,
            "",
            sum(line.wanted for line in lines),
            sum(line.promised for line in lines),
            sum(line.given for line in lines),
            sum((line.amount for line in lines), Decimal(0)),
        ),
        "total",
    )
