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
from desktop.printing.chart import Assessment, dimension_chart
from desktop.printing.document import Document
from desktop.printing.flow import Frame, Strip, gap, print_strips, report_head
from desktop.printing.household import (
    Aid,
    EarlierVisit,
    Member,
    aid_rows,
    member_rows,
    visit_rows,
)
from desktop.printing.photo import Photo, photos
from desktop.printing.prose import Fact, centred, facts, paragraph, part
from desktop.printing.signature import Signature, signatures
from desktop.printing.watermark import Watermark
from desktop.thai.dates import be_date, clock
from desktop.thai.digits import styled

TITLE: Final = "รายงานการเยี่ยมบ้านผู้ประสบปัญหาทางสังคม"
_FRAME: Final = Frame()


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
    strips = part(_FRAME, "การเยี่ยม", facts(_FRAME, visit))
    strips += part(_FRAME, "การแจ้งและความยินยอม", facts(_FRAME, report.consent_facts))
    strips += part(_FRAME, "ผู้ประสบปัญหา", facts(_FRAME, report.person_facts))
    strips += part(_FRAME, "ครัวเรือนและที่อยู่", facts(_FRAME, report.household_facts))
    strips += part(_FRAME, "สมาชิกในครัวเรือน", member_rows(_FRAME, report.members, digits))
    chart = dimension_chart(_FRAME, report.assessments, digits)
    strips += part(_FRAME, "ประเมิน ๕ มิติ" if digits == "thai" else "ประเมิน 5 มิติ", chart)
    problem = [
        Fact("ปัญหาที่พบ", listed(report.problems)),
        Fact("ความเสี่ยง", listed(report.risks)),
        Fact("ความเร่งด่วน", report.urgency),
        Fact("รายละเอียด", report.problem_detail),
    ]
    strips += part(_FRAME, "สภาพปัญหาความเดือดร้อน", facts(_FRAME, problem))
    strips += part(_FRAME, "ความช่วยเหลือ", aid_rows(_FRAME, report.aids, digits))
    due = be_date(report.follow_on, "long", digits) if report.follow_on else ""
    outcome = [
        Fact("ผลที่เกิดขึ้น", listed(report.outcomes)),
        Fact("ความต้องการ", report.needs),
        Fact("ส่งต่อไปยัง", listed(report.refer_to)),
        Fact("นัดติดตามวันที่", due),
    ]
    strips += part(_FRAME, "ผลการเยี่ยมและแผน", facts(_FRAME, outcome))
    strips += part(_FRAME, "ความเห็นผู้เยี่ยม", paragraph(_FRAME, report.opinion))
    strips += part(_FRAME, "การเยี่ยมครั้งก่อน", visit_rows(_FRAME, report.earlier, digits))
    for heading, given in report.more:
        strips += part(_FRAME, heading, facts(_FRAME, given))
    strips += part(_FRAME, "ภาพถ่าย", photos(_FRAME, report.photos, digits))
    strips += part(_FRAME, "ลงชื่อ", signatures(_FRAME, report.signatures, digits))
    return strips


def coordinates(place: tuple[float, float] | None, digits: DigitStyle) -> str:
    """Latitude and longitude to three decimals; the exact point of a home is on no paper."""
    if place is None:
        return ""
    return styled(f"{place[0]:.3f}, {place[1]:.3f}", digits)
