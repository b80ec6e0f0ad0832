# SPDX-License-Identifier: Apache-2.0
"""A family's whole story (ประวัติครอบครัว): who they are, how it went, what was done, what is open.

One paper for whoever goes there next. What may be told is the caller's decision, as for a visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.box import Style
from desktop.printing.chart import Assessment, dimension_chart
from desktop.printing.document import MM, Document
from desktop.printing.flow import Frame, Strip, gap, print_strips, report_head
from desktop.printing.household import (
    Aid,
    EarlierVisit,
    Member,
    aid_rows,
    member_rows,
    visit_rows,
)
from desktop.printing.prose import Fact, centred, facts, part, rows
from desktop.printing.table import Column
from desktop.printing.visit import coordinates
from desktop.printing.watermark import Watermark
from desktop.thai.dates import be_date

TITLE: Final = "ประวัติครอบครัวและการเยี่ยมบ้าน"
_FRAME: Final = Frame(top=12, bottom=16)
_CELL: Final = Style(size=10, smallest=8.5)
_CASES: Final = (
    Column("เลขที่เรื่อง", 36, Style(size=10, smallest=8.5, align="centre")),
    Column("ปัญหา", 58, _CELL),
    Column("ความเร่งด่วน", 22, Style(size=10, smallest=8.5, align="centre")),
    Column("สถานะ", 26, _CELL),
    Column("ติดตามครั้งต่อไป", 26, Style(size=10, smallest=8.5, align="centre")),
)


@dataclass(frozen=True, slots=True)
class FamilyCase:
    """One case of the family, in words. A restricted one is the caller's to leave out."""

    case_no: str
    problems: str = ""
    urgency: str = ""
    state: str = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class FamilyReport:
    """A household over time. Empty texts and parts are left out of the paper."""

    office: str
    family: str
    """What the household is called: the name of its head."""
    as_of: date
    household_facts: tuple[Fact, ...] = ()
    place: tuple[float, float] | None = None
    """Latitude and longitude; printed to three decimals."""
    members: tuple[Member, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    cases: tuple[FamilyCase, ...] = ()
    aids: tuple[Aid, ...] = ()
    visits: tuple[EarlierVisit, ...] = ()
    more: tuple[tuple[str, tuple[Fact, ...]], ...] = ()
    """Further parts: a heading and its facts."""
    digits: DigitStyle = "arabic"


def family_pdf(report: FamilyReport, *, watermark: Watermark | None) -> bytes:
    """The story as A4 pages, one for most families. ``watermark`` is None when no case of the
    family is restricted.

    Raises TextDoesNotFit when the name of the office or the family is longer than three lines.
    """
    digits = report.digits
    document = Document(title=TITLE, author=report.office)
    day = f"ข้อมูล ณ วันที่ {be_date(report.as_of, 'long', digits)}"
    strips: list[Strip] = [
        *centred(_FRAME, report.office, 11, face_name="Sarabun-Regular"),
        *centred(_FRAME, TITLE, 16),
        *centred(_FRAME, report.family, 13.5, face_name="Sarabun-SemiBold"),
        *centred(_FRAME, day, 11, face_name="Sarabun-Regular"),
        gap(1),
    ]
    house = (*report.household_facts, Fact("พิกัดโดยประมาณ", coordinates(report.place, digits)))
    chart = dimension_chart(_FRAME, report.assessments, digits)
    strips += part(_FRAME, "ครัวเรือน", facts(_FRAME, house))
    strips += part(_FRAME, "สมาชิก", member_rows(_FRAME, report.members, digits))
    strips += part(_FRAME, "ความเป็นอยู่ตามเวลา", chart)
    strips += part(_FRAME, "เรื่อง", _cases(report))
    strips += part(_FRAME, "ความช่วยเหลือ", aid_rows(_FRAME, report.aids, digits))
    strips += part(_FRAME, "การเยี่ยม", visit_rows(_FRAME, report.visits, digits))
    for heading, given in report.more:
        strips += part(_FRAME, heading, facts(_FRAME, given))
    head = report_head(_FRAME, f"{TITLE} · {report.family}", f"{report.office} · {day}")
    return print_strips(document, strips, _FRAME, head, digits, watermark)


def _cases(report: FamilyReport) -> list[Strip]:
    cells = [
        (
            each.case_no,
            each.problems,
            each.urgency,
            each.state,
            be_date(each.next_on, "short", report.digits) if each.next_on else "",
        )
        for each in report.cases
    ]
    return rows(_FRAME.x, _CASES, cells, least=6.8 * MM, head=7.2 * MM) if cells else []
