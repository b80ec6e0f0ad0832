# SPDX-License-Identifier: Apache-2.0
"""A household's whole story on paper, for whoever goes there next.

What hangs on a restricted case is on no such paper: not the case, not its visits, not its aid,
also for those who may read it. They print the report of the visit, which is marked.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.actions.visit_report import money, thai
from desktop.model.assistance import SATANG
from desktop.model.visit import DIMENSIONS
from desktop.store import assistance, household, visit
from desktop.store.case_list import CaseFilter, CaseRow, cases
from desktop.store.facilitator import office_or_none
from desktop.store.store import Store

if TYPE_CHECKING:
    from desktop.model.assistance import Assistance
    from desktop.model.household import Household, Member
    from desktop.model.visit import Visit
    from desktop.printing.family import FamilyReport
    from desktop.printing.household import Aid
    from desktop.printing.household import Member as Printed
    from desktop.printing.prose import Fact

_STATES: Final = {"wanted": "ต้องการ", "promised": "รับปาก", "given": "ให้แล้ว"}
_DECIMALS: Final = 3


def family_report(store: Store, by: str, household_id: str, today: date) -> bytes:
    """The story of a household as a PDF, noted in the audit log. For a thread.

    ``LookupError`` for a household there is not.
    """
    from desktop.printing.family import family_pdf

    report = gather(store, by, household_id, today)
    with store.write(by) as write:
        write.audit("print", "household", household_id)
    return family_pdf(report, watermark=None)


def gather(store: Store, by: str, household_id: str, today: date) -> FamilyReport:
    """What the story says."""
    from desktop.printing.chart import Assessment
    from desktop.printing.family import FamilyCase, FamilyReport
    from desktop.printing.household import EarlierVisit

    with store.read() as conn:
        house = household.household(conn, household_id)
        members = household.members(conn, household_id)
        name = household.names(conn, [household_id]).get(household_id, "")
        office = office_or_none(conn)
        asked = CaseFilter(household_id=household_id, open_only=False)
        known = cases(conn, by, asked)
        kept_back = {row.case.id for row in known if row.case.restricted}
        shown = tuple(row for row in known if not row.case.restricted)
        visits = tuple(
            one for one in visit.history(conn, by, household_id) if one.case_id not in kept_back
        )
        aid = [one for row in shown for one in assistance.assistance(conn, by, row.case.id)]
    at = house.position
    return FamilyReport(
        office="" if office is None else office.name,
        family=name or "ไม่ทราบชื่อ",
        as_of=today,
        household_facts=_household_facts(house),
        place=None if at is None else (round(at.latitude, _DECIMALS),
                                       round(at.longitude, _DECIMALS)),
        members=tuple(_member(one) for one in members),
        assessments=tuple(
            Assessment(
                date.fromisoformat(one.visited_on),
                **{each: said.get(each, "na") for each in DIMENSIONS},  # type: ignore[arg-type]
            )
            for one in visits
            if (said := one.dimensions)
        ),
        cases=tuple(
            FamilyCase(
                row.case.case_no,
                _problems(row),
                thai("urgency", row.case.urgency),
                thai("case_status", row.case.status),
                row.next_due,
            )
            for row in shown
        ),
        aids=tuple(_aid(one) for one in sorted(aid, key=lambda one: (one.on, one.id))),
        visits=tuple(
            EarlierVisit(date.fromisoformat(one.visited_on), *_words(one)) for one in visits
        ),
    )  # fmt: skip


def _household_facts(house: Household) -> tuple[Fact, ...]:
    from desktop.printing.prose import Fact

    moo = house.moo.strip("-")
    address = " ".join(
        part
        for part in (
            house.house_no.strip("-"),
            f"หมู่ที่ {moo}" if moo else "",
            house.village,
            house.soi_road.strip("-"),
            household.area_name(house.area),
            house.postcode,
        )
        if part
    )
    income = money(house.income_per_head_year)
    pairs = (
        ("ที่อยู่", address),
        ("จุดสังเกต", house.landmark),
        ("โทรศัพท์", house.phone),
        ("ลักษณะที่อยู่อาศัย", thai("housing_tenure", house.tenure) if house.tenure else ""),
        ("รายได้เฉลี่ยต่อคนต่อปี", f"{income} บาท" if income else ""),
        ("ภาระการอุปการะ", ", ".join(thai("dependent", one) for one in house.dependants)),
        ("สวัสดิการที่ได้รับอยู่", ", ".join(thai("welfare_received", one) for one in house.welfare)),
    )
    return tuple(Fact(label, value) for label, value in pairs if value)


def _member(one: Member) -> Printed:
    from desktop.printing.household import Member as Printed

    body = ", ".join(thai("body_state", state) for state in one.body_state)
    if one.self_care is False:
        body = ", ".join(part for part in (body, "ช่วยเหลือตนเองไม่ได้") if part)
    return Printed(
        one.name,
        thai("relation", one.relation) if one.relation else "",
        "" if one.age is None else str(one.age),
        thai("sex", one.sex) if one.sex else "",
        thai("occupation", one.occupation) if one.occupation else "",
        money(one.income),
        body,
    )


def _problems(row: CaseRow) -> str:
    first = row.case.main_problem
    rest = sorted(row.case.problems - {first})
    return ", ".join(thai("problem", code) for code in (first, *rest) if code)


def _aid(one: Assistance) -> Aid:
    from desktop.printing.household import Aid

    return Aid(
        thai("aid_kind", one.kind),
        _STATES.get(one.state, one.state),
        "" if one.amount is None else money(one.amount / SATANG),
        thai("money_category", one.fund) if one.fund else "",
        one.item,
        one.on,
    )


def _words(one: Visit) -> tuple[str, str, str]:
    return (
        thai("visit_purpose", one.purpose) if one.purpose else "",
        ", ".join(who.name for who in one.team),
        ", ".join(thai("visit_outcome", code) for code in one.outcomes),
    )
