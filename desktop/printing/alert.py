# SPDX-License-Identifier: Apache-2.0
"""Alerts and how soon they were answered (แจ้งเหตุและเวลาตอบสนอง), on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median_low
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.heading import Heading
from desktop.printing.listing import ListColumn, ListRow, list_pdf, list_xlsx
from desktop.printing.watermark import Watermark
from desktop.thai.digits import styled

TITLE: Final = "รายงานการแจ้งเหตุและเวลาตอบสนอง"
_COLUMNS: Final = (
    ListColumn("แจ้งเมื่อ", 34, "centre"),
    ListColumn("ผู้แจ้ง", 30),
    ListColumn("พื้นที่", 42),
    ListColumn("เรื่องที่พบ", 56, size=10),
    ListColumn("ความเร่งด่วน", 22, "centre"),
    ListColumn("พี่เลี้ยงและหน่วยงาน", 44, size=10),
    ListColumn("ตอบสนองใน", 27, "centre"),
    ListColumn("สถานะ", 22, "centre", 10),
)
_MINUTES: Final = (*_COLUMNS[:6], ListColumn("ตอบสนองใน\n(นาที)", 27, "right"), *_COLUMNS[7:])


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert in words. Nothing here names the person it is about."""

    raised_at: datetime
    source: str = ""
    area: str = ""
    problems: str = ""
    urgency: str = ""
    told: str = ""
    """The mentor and the agencies that were told."""
    answered_at: datetime | None = None
    """The first step anybody took; None while nobody has."""
    state: str = ""

    @property
    def minutes(self) -> int | None:
        """Whole minutes from the alert to the first step; never below 0."""
        if self.answered_at is None:
            return None
        return max(0, int((self.answered_at - self.raised_at).total_seconds() // 60))


def duration(minutes: int) -> str:
    """Minutes as people say them: 45 นาที, 3 ชม. 20 นาที, 2 วัน 4 ชม."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return f"{days} วัน {hours} ชม." if hours else f"{days} วัน"
    if hours:
        return f"{hours} ชม. {left} นาที" if left else f"{hours} ชม."
    return f"{left} นาที"


def alerts_pdf(
    office: str,
    when: str,
    lines: Sequence[AlertLine],
    digits: DigitStyle,
    *,
    watermark: Watermark | None,
) -> bytes:
    """The list as A4 landscape pages, oldest first. ``when`` says which time it covers."""
    rows = [
        ListRow(
            (
                line.raised_at,
                line.source,
                line.area,
                line.problems,
                line.urgency,
                line.told,
                "ยังไม่ตอบ" if line.minutes is None else styled(duration(line.minutes), digits),
                line.state,
            )
        )
        for line in _ordered(lines)
    ]
    heading = Heading(TITLE, office, when)
    return list_pdf(
        heading, _COLUMNS, rows, digits, notes=(_sum(lines, digits),), watermark=watermark
    )


def alerts_xlsx(office: str, when: str, lines: Sequence[AlertLine], digits: DigitStyle) -> bytes:
    """The list as a workbook: moments as dates with times, the answer in minutes."""
    rows = [
        ListRow(
            (
                line.raised_at,
                line.source,
                line.area,
                line.problems,
                line.urgency,
                line.told,
                line.minutes,
                line.state,
            )
        )
        for line in _ordered(lines)
    ]
    heading = Heading(TITLE, office, when)
    return list_xlsx(heading, "แจ้งเหตุ", _MINUTES, rows, digits, notes=(_sum(lines, digits),))


def _ordered(lines: Sequence[AlertLine]) -> list[AlertLine]:
    return sorted(lines, key=lambda line: line.raised_at)


def _sum(lines: Sequence[AlertLine], digits: DigitStyle) -> str:
    answered = sorted(line.minutes for line in lines if line.minutes is not None)
    text = f"รวม {len(lines)} เรื่อง ตอบสนองแล้ว {len(answered)} เรื่อง"
    if answered:
        text += f" ค่ากลางของเวลาตอบสนอง {duration(median_low(answered))}"
        text += f" นานที่สุด {duration(answered[-1])}"
    return styled(text, digits)
