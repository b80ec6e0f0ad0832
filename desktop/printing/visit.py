# SPDX-License-Identifier: Apache-2.0
"""The report of a home visit (รายงานการเยี่ยมบ้าน): one family, one visit, on paper.

What may be shown is the caller's decision and is asked for: each photograph says whether it is
allowed, and the watermark of a restricted case has no default.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.box import Style
from desktop.printing.chart import Assessment, dimension_chart
from desktop.printing.document import MM, Document
from desktop.printing.flow import Frame, Strip, gap, print_strips, report_head
from desktop.printing.photo import Photo, photos
from desktop.printing.prose import Fact, centred, facts, paragraph, rows, section
from desktop.printing.signature import Signature, signatures
from desktop.printing.table import Column
from desktop.printing.watermark import Watermark
from desktop.thai.dates import be_date, clock
from desktop.thai.digits import styled

TITLE: Final = "รายงานการเยี่ยมบ้านผู้ประสบปัญหาทางสังคม"
_FRAME: Final = Frame()
_SMALL: Final = Style(size=10, smallest=8.5)
_MIDDLE: Final = Style(size=10, smallest=8.5, align="centre")
_RIGHT: Final = Style(size=10, smallest=8, align="right")
_MEMBERS: Final = (
    Column("ที่", 8, _MIDDLE),
    Column("ชื่อ–สกุล", 51, Style(size=10.5, smallest=8.5)),
    Column("เกี่ยวข้องเป็น", 19, _SMALL),
    Column("อายุ", 9, _MIDDLE),
    Column("เพศ", 11, _MIDDLE),
    Column("อาชีพ", 29, _SMALL),
    Column("รายได้/\nเดือน", 16, _RIGHT),
    Column("สภาพร่างกาย", 25, _SMALL),
)
_AIDS: Final = (
    Column("ความช่วยเหลือ", 50, Style(size=10.5, smallest=9)),
    Column("สถานะ", 24, _MIDDLE),
    Column("มูลค่า (บาท)", 22, _RIGHT),
    Column("แหล่งเงิน", 36, _SMALL),
    Column("รายละเอียด", 36, _SMALL),
)
_HISTORY: Final = (
    Column("วันที่", 28, _MIDDLE),
    Column("วัตถุประสงค์", 40, _SMALL),
    Column("ผู้เยี่ยม", 44, _SMALL),
    Column("ผลที่เกิดขึ้น", 56, _SMALL),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the household, in words; anything but the name may be empty."""

    name: str
    relation: str = ""
    age: str = ""
    sex: str = ""
    occupation: str = ""
    income: str = ""
    body: str = ""
    """State of body; whoever cannot look after themselves is said here too."""


@dataclass(frozen=True, slots=True)
class Aid:
    """One help, wanted, promised or given, in words."""

    kind: str
    state: str
    amount: str = ""
    fund: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """A visit before this one, in words."""

    visited_on: date
    purpose: str = ""
    team: str = ""
    outcomes: str = ""


@dataclass(frozen=True, slots=True)
class VisitReport:
    """One visit, already in words. Empty texts and parts are left out of the paper."""

    office: str
    person: str
    """The name of the person who was visited, exactly."""
    visited_at: datetime
    case_no: str = ""
    purpose: str = ""
    met: str = ""
    team: tuple[str, ...] = ()
    place: tuple[float, float] | None = None
    """Latitude and longitude; printed to three decimals, about a hundred metres."""
    landmark: str = ""
    person_facts: tuple[Fact, ...] = ()
    household_facts: tuple[Fact, ...] = ()
    consent_facts: tuple[Fact, ...] = ()
    members: tuple[Member, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    """This visit and the ones before it, in any order."""
    problems: tuple[str, ...] = ()
    problem_detail: str = ""
    risks: tuple[str, ...] = ()
    urgency: str = ""
    aids: tuple[Aid, ...] = ()
    outcomes: tuple[str, ...] = ()
    needs: str = ""
    opinion: str = ""
    refer_to: tuple[str, ...] = ()
    follow_on: date | None = None
    earlier: tuple[EarlierVisit, ...] = ()
    more: tuple[tuple[str, tuple[Fact, ...]], ...] = ()
    """Further parts: a heading and its facts, for answers that have no place above."""
    photos: tuple[Photo, ...] = ()
    signatures: tuple[Signature, ...] = ()
    digits: DigitStyle = "arabic"


def visit_pdf(report: VisitReport, *, watermark: Watermark | None) -> bytes:
    """The report as A4 pages. ``watermark`` is None for a case that is not restricted.

    Raises TextDoesNotFit when the name of the office or the person is longer than three lines.
    """
    document = Document(title=TITLE, subject=report.case_no, author=report.office)
    day = be_date(report.visited_at.date(), "long", report.digits)
    named = " · ".join(each for each in (TITLE, _case(report), f"เยี่ยมเมื่อ {day}") if each)
    head = report_head(_FRAME, named, " · ".join(e for e in (report.office, _case(report)) if e))
    strips = [*_title(report), *_body(report)]
    return print_strips(document, strips, _FRAME, head, report.digits, watermark)


def _case(report: VisitReport) -> str:
    return f"เรื่องที่ {report.case_no}" if report.case_no else ""


def _title(report: VisitReport) -> list[Strip]:
    at = report.visited_at
    day = be_date(at.date(), "long", report.digits)
    time = clock(at.hour * 60 + at.minute, report.digits)
    under = " · ".join(e for e in (_case(report), f"เยี่ยมเมื่อวันที่ {day} เวลา {time} น.") if e)
    return [
        *centred(_FRAME, report.office, 12, face_name="Sarabun-Regular"),
        *centred(_FRAME, TITLE, 18),
        *centred(_FRAME, report.person, 15, face_name="Sarabun-SemiBold"),
        *centred(_FRAME, under, 11.5, face_name="Sarabun-Regular"),
        gap(1),
    ]


def _body(report: VisitReport) -> list[Strip]:
    digits = report.digits
    listed = "\n".join
    visit = [
        Fact("วัตถุประสงค์", report.purpose),
        Fact("ผลการพบ", report.met),
        Fact("คณะผู้เยี่ยม", listed(report.team)),
        Fact("พิกัดโดยประมาณ", coordinates(report.place, digits)),
        Fact("จุดสังเกต", report.landmark),
    ]
    strips = _part("การเยี่ยม", facts(_FRAME, visit))
    strips += _part("การแจ้งและความยินยอม", facts(_FRAME, report.consent_facts))
    strips += _part("ผู้ประสบปัญหา", facts(_FRAME, report.person_facts))
    strips += _part("ครัวเรือนและที่อยู่", facts(_FRAME, report.household_facts))
    strips += _part("สมาชิกในครัวเรือน", _members(report))
    chart = dimension_chart(_FRAME, report.assessments, digits)
    strips += _part("ประเมิน ๕ มิติ" if digits == "thai" else "ประเมิน 5 มิติ", chart)
    problem = [
        Fact("ปัญหาที่พบ", listed(report.problems)),
        Fact("ความเสี่ยง", listed(report.risks)),
        Fact("ความเร่งด่วน", report.urgency),
        Fact("รายละเอียด", report.problem_detail),
    ]
    strips += _part("สภาพปัญหาความเดือดร้อน", facts(_FRAME, problem))
    strips += _part("ความช่วยเหลือ", _aids(report))
    due = be_date(report.follow_on, "long", digits) if report.follow_on else ""
    outcome = [
        Fact("ผลที่เกิดขึ้น", listed(report.outcomes)),
        Fact("ความต้องการ", report.needs),
        Fact("ส่งต่อไปยัง", listed(report.refer_to)),
        Fact("นัดติดตามวันที่", due),
    ]
    strips += _part("ผลการเยี่ยมและแผน", facts(_FRAME, outcome))
    strips += _part("ความเห็นผู้เยี่ยม", paragraph(_FRAME, report.opinion))
    strips += _part("การเยี่ยมครั้งก่อน", _earlier(report))
    for heading, given in report.more:
        strips += _part(heading, facts(_FRAME, given))
    strips += _part("ภาพถ่าย", photos(_FRAME, report.photos, digits))
    strips += _part("ลงชื่อ", signatures(_FRAME, report.signatures, digits))
    return strips


def _part(heading: str, strips: list[Strip]) -> list[Strip]:
    """A heading and its part; neither when the part is empty."""
    return [*section(_FRAME, heading), *strips] if strips else []


def coordinates(place: tuple[float, float] | None, digits: DigitStyle) -> str:
    """Latitude and longitude to three decimals; the exact point of a home is on no paper."""
    if place is None:
        return ""
    return styled(f"{place[0]:.3f}, {place[1]:.3f}", digits)


def _members(report: VisitReport) -> list[Strip]:
    if not report.members:
        return []
    return rows(
        _FRAME.x,
        _MEMBERS,
        [
            (
                styled(str(number), report.digits),
                each.name,
                each.relation,
                each.age,
                each.sex,
                each.occupation,
                each.income,
                each.body,
            )
            for number, each in enumerate(report.members, 1)
        ],
    )


def _aids(report: VisitReport) -> list[Strip]:
    if not report.aids:
        return []
    cells = [(each.kind, each.state, each.amount, each.fund, each.item) for each in report.aids]
    return rows(_FRAME.x, _AIDS, cells)


def _earlier(report: VisitReport) -> list[Strip]:
    if not report.earlier:
        return []
    ordered = sorted(report.earlier, key=lambda each: each.visited_on, reverse=True)
    cells = [
        (
            be_date(each.visited_on, "short", report.digits),
            each.purpose,
            each.team,
            each.outcomes,
        )
        for each in ordered
    ]
    return rows(_FRAME.x, _HISTORY, cells, least=7 * MM)
