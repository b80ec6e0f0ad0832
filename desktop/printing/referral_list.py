# SPDX-License-Identifier: Apache-2.0
"""Referrals that are out (เรื่องที่ส่งต่อ): late, waiting, acknowledged; paper and workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from desktop.model.event import DigitStyle
from desktop.printing.heading import Heading
from desktop.printing.listing import ListColumn, ListRow, list_pdf, list_xlsx
from desktop.printing.watermark import Watermark
from desktop.thai.dates import be_date
from desktop.thai.digits import styled

ReferralState = Literal["overdue", "waiting", "acknowledged", "done"]

TITLE: Final = "ทะเบียนเรื่องที่ส่งต่อ"
_GROUPS: Final[dict[ReferralState, str]] = {
    "overdue": "เกินกำหนดตอบรับ",
    "waiting": "รอตอบรับ",
    "acknowledged": "รับเรื่องแล้ว รอผล",
    "done": "ทราบผลแล้ว",
}
_COLUMNS: Final = (
    ListColumn("ส่งเมื่อ", 27, "centre"),
    ListColumn("เลขที่หนังสือ", 36, "centre"),
    ListColumn("เลขที่เรื่อง", 38, "centre"),
    ListColumn("ส่งถึง", 66),
    ListColumn("ความเร่งด่วน", 23, "centre"),
    ListColumn("รอมาแล้ว\n(วัน)", 19, "right"),
    ListColumn("รับเรื่องเมื่อ", 27, "centre"),
    ListColumn("ผล", 41, size=10),
)


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One letter that went out, in words. Nothing here names the person it is about."""

    sent_on: date
    case_no: str
    to_org: str
    state: ReferralState
    letter_no: str = ""
    urgency: str = ""
    acknowledged_on: date | None = None
    result: str = ""


def referrals_pdf(
    office: str,
    lines: Sequence[ReferralLine],
    today: date,
    digits: DigitStyle,
    *,
    watermark: Watermark | None,
) -> bytes:
    """The list as A4 landscape pages: late ones first, the longest wait first."""
    rows = list(_rows(lines, today, digits))
    heading = _heading(office, today, digits)
    return list_pdf(heading, _COLUMNS, rows, digits, watermark=watermark)


def referrals_xlsx(
    office: str, lines: Sequence[ReferralLine], today: date, digits: DigitStyle
) -> bytes:
    """The list as a workbook: days as dates, the wait as a number."""
    rows = list(_rows(lines, today, digits))
    return list_xlsx(_heading(office, today, digits), "ส่งต่อ", _COLUMNS, rows, digits)


def _heading(office: str, today: date, digits: DigitStyle) -> Heading:
    return Heading(TITLE, office, f"ณ วันที่ {be_date(today, 'long', digits)}")


def _rows(lines: Sequence[ReferralLine], today: date, digits: DigitStyle) -> Iterator[ListRow]:
    for state, word in _GROUPS.items():
        found = sorted(
            (line for line in lines if line.state == state),
            key=lambda line: (line.sent_on, line.case_no),
        )
        if found:
            yield ListRow((styled(f"{word} · {len(found)} เรื่อง", digits),), "band")
        for line in found:
            until = line.acknowledged_on or today
            yield ListRow(
                (
                    line.sent_on,
                    line.letter_no,
                    line.case_no,
                    line.to_org,
                    line.urgency,
                    max(0, (until - line.sent_on).days),
                    line.acknowledged_on,
                    line.result,
                )
            )
