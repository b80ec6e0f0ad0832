# SPDX-License-Identifier: Apache-2.0
"""The papers of casework: the letter of nine items, lists, and the reports for those above.

They are in Thai whatever language the window speaks. What somebody may not read is on no paper
of hers. Where a restricted case is on a paper, it carries the watermark, and a line in the audit
log says who took it out. Slow, for a thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from desktop.actions.casework import thai_word
from desktop.actions.office_paper import paper_settings
from desktop.actions.paper_filling import NothingToPrint
from desktop.actions.referral import letter as letter_of
from desktop.i18n import _
from desktop.model.area import spoken
from desktop.model.assistance import SATANG
from desktop.model.event import DigitStyle
from desktop.model.follow_up import HORIZON
from desktop.model.referral import Standing
from desktop.model.summary import AidTotal, Axis, CaseFact, Span, Table, table
from desktop.model.summary_areas import published
from desktop.store import alert as alerts
from desktop.store import area as areas
from desktop.store import follow_up as follow_ups
from desktop.store import referral as referrals
from desktop.store import summary
from desktop.store.codelist import codes
from desktop.store.facilitator import facilitator, office
from desktop.store.store import Store
from desktop.thai.dates import be_date, be_range

if TYPE_CHECKING:
    from desktop.printing.referral_list import ReferralState
    from desktop.printing.watermark import Watermark

Kind = Literal["pdf", "xlsx"]
Names = Literal["initial", "full"]

_STATES: Final[dict[Standing, ReferralState]] = {
    "sent": "waiting",
    "overdue": "overdue",
    "acknowledged": "acknowledged",
    "answered": "done",
}


def letter_paper(store: Store, by: str, referral_id: str, *, digits: DigitStyle = "thai") -> bytes:
    """The letter of nine items. One that was not sent carries the day of today.

    Raises ``NotYours``.
    """
    from desktop.printing.referral import ReferralLetter, Urgency, referral_pdf

    said = letter_of(store, by, referral_id)
    one = said.referral
    with store.read() as conn:
        ours = paper_settings(conn)
    urgencies: dict[str, Urgency] = {"urgent": "urgent", "critical": "critical"}
    return referral_pdf(
        ReferralLetter(
            office=said.office,
            to_org=said.to,
            case_no=said.case_no,
            person=one.person,
            summary=one.summary,
            problems=said.problems,
            need=one.need,
            opinion=one.opinion,
            urgency=urgencies.get(one.urgency, "normal"),
            sent_on=one.sent_on or store.now().local.date(),
            letter_no=one.doc_no,
            informer=one.informer,
            done=one.done,
            signatory=said.owner,
            position=said.owner_position,
            contact=one.contact or ours.contact,
            digits=digits,
        ),
        watermark=_watermark(store, by, digits) if said.restricted else None,
    )


def due_paper(
    store: Store,
    by: str,
    *,
    kind: Kind = "pdf",
    names: Names = "initial",
    horizon: int = HORIZON,
    digits: DigitStyle = "arabic",
) -> bytes:
    """The follow-ups that are due, overdue ones first. Raises :class:`NothingToPrint`."""
    from desktop.printing.follow_up import DueLine, due_pdf, due_xlsx

    today = store.now().local.date()
    with store.read() as conn:
        ours = office(conn).name
        found = follow_ups.due(conn, by, today, horizon)
    lines = (*found.overdue, *found.today, *found.week, *found.later)
    _demand(lines)
    mark = _taken_out(
        store, by, kind, (one.follow_up.case_id for one in lines if one.restricted), digits
    )
    rows = [
        DueLine(
            due_on=one.follow_up.due,
            case_no=one.case_no,
            first_name=one.first_name,
            name=one.name,
            restricted=one.restricted,
            area=_place(one.area),
            urgency=thai_word("urgency", one.urgency),
            owner=one.owner,
        )
        for one in lines
    ]
    if kind == "xlsx":
        return due_xlsx(ours, rows, today, digits, names=names)
    return due_pdf(ours, rows, today, digits, names=names, watermark=mark)


def referrals_paper(
    store: Store, by: str, *, kind: Kind = "pdf", digits: DigitStyle = "arabic"
) -> bytes:
    """The letters that went out and how they stand. Raises :class:`NothingToPrint`."""
    from desktop.printing.referral_list import ReferralLine, referrals_pdf, referrals_xlsx

    today = store.now().local.date()
    with store.read() as conn:
        ours = office(conn).name
        lines = [
            one for one in referrals.referrals(conn, by, today) if one.referral.sent_on is not None
        ]
    _demand(lines)
    mark = _taken_out(
        store, by, kind, (one.referral.case_id for one in lines if one.restricted), digits
    )
    rows = [
        ReferralLine(
            sent_on=one.referral.sent_on,
            case_no=one.case_no,
            to_org=one.to or thai_word("org_type", one.referral.to_kind),
            state=_STATES[one.standing],
            letter_no=one.referral.doc_no,
            urgency=thai_word("urgency", one.referral.urgency),
            acknowledged_on=one.referral.acknowledged_on,
            result=one.referral.result,
        )
        for one in lines
        if one.referral.sent_on is not None
    ]
    if kind == "xlsx":
        return referrals_xlsx(ours, rows, today, digits)
    return referrals_pdf(ours, rows, today, digits, watermark=mark)


def alerts_paper(
    store: Store, by: str, *, event_id: str = "", kind: Kind = "pdf", digits: DigitStyle = "arabic"
) -> bytes:
    """The alerts and how soon they were answered. Raises :class:`NothingToPrint`."""
    from desktop.printing.alert import AlertLine, alerts_pdf, alerts_xlsx

    with store.read() as conn:
        ours = office(conn).name
        found = alerts.alerts(conn, by, event_id=event_id, limit=-1)
    _demand(found)
    mark = _taken_out(
        store, by, kind, (one.alert.case_id for one in found if one.alert.restricted), digits
    )
    rows = []
    for one in sorted(found, key=lambda one: one.alert.seen_at):
        told = [
            one.mentor,
            *(thai_word("org_type", agency) for agency in one.alert.agencies),
        ]
        first = one.response.first
        rows.append(
            AlertLine(
                raised_at=one.alert.seen_at,
                source=thai_word("alert_source", one.alert.source),
                area=_place(one.alert.area),
                problems=", ".join(thai_word("problem", each) for each in one.alert.problems),
                urgency=thai_word("urgency", one.alert.urgency),
                told=", ".join(filter(None, told)),
                answered_at=None if first is None else one.alert.seen_at + first,
                state="ยังดำเนินการ" if one.is_open else "ปิดแล้ว",
            )
        )
    days = [row.raised_at.date() for row in rows]
    when = be_range(min(days), max(days), digits=digits)
    if kind == "xlsx":
        return alerts_xlsx(ours, when, rows, digits)
    return alerts_pdf(ours, when, rows, digits, watermark=mark)


# ---- counts, in which nobody is named


def assistance_paper(
    store: Store, by: str, span: Span, *, kind: Kind = "pdf", digits: DigitStyle = "arabic"
) -> bytes:
    """Assistance by kind, fund and value. Raises :class:`NothingToPrint`."""
    from desktop.printing.assistance import AssistanceLine, assistance_pdf, assistance_xlsx

    with store.read() as conn:
        ours = office(conn).name
        found = summary.assistance(conn, span)
    _demand(found)
    _counted(store, by, kind, "assistance")
    groups: dict[tuple[str, str], list[AidTotal]] = {}
    for one in found:
        groups.setdefault((one.kind, one.fund), []).append(one)
    rows = [
        AssistanceLine(
            kind=thai_word("aid_kind", aid),
            fund=thai_word("money_category", fund) if fund else "",
            wanted=sum(one.count for one in totals if one.state == "wanted"),
            promised=sum(one.count for one in totals if one.state == "promised"),
            given=sum(one.count for one in totals if one.state == "given"),
            amount=Decimal(sum(one.amount for one in totals if one.state == "given")) / SATANG,
        )
        for (aid, fund), totals in groups.items()
    ]
    when = _when(span, digits)
    make = assistance_xlsx if kind == "xlsx" else assistance_pdf
    return make(ours, when, rows, digits)


def summary_paper(
    store: Store,
    by: str,
    span: Span,
    *,
    kind: Kind = "pdf",
    public: bool = False,
    visited: bool = True,
    digits: DigitStyle = "arabic",
) -> bytes:
    """Cases by problem, target group and tambon; ``public`` hides small numbers.

    Every problem and group of a case is counted, the margins count cases. Without ``visited``
    cases that only an alert opened are in it too. Raises :class:`NothingToPrint`.
    """
    from desktop.printing.summary import summary_of, summary_pdf, summary_xlsx

    with store.read() as conn:
        ours = office(conn).name
        facts = summary.cases(conn, span, visited=visited)
    _demand(facts)
    _counted(store, by, kind, "case_file")
    order: dict[Axis, list[str]] = {
        "problem": [one.code for one in codes("problem")],
        "target": [one.code for one in codes("target_group")],
    }

    def counted(part: Iterable[CaseFact]) -> Table:
        return table(part, count="each", order=order)

    places = sorted({fact.area for fact in facts})
    tables: Sequence[Table] = [
        counted(fact for fact in facts if fact.area == place) for place in places
    ]
    whole = counted(facts)
    if public:
        tables, whole = published(tables, whole)
    made = summary_of(
        [(_place(place), each) for place, each in zip(places, tables, strict=True)],
        whole,
        problems={one.code: one.th for one in codes("problem")},
        targets={one.code: one.th for one in codes("target_group")},
    )
    make = summary_xlsx if kind == "xlsx" else summary_pdf
    return make(ours, _when(span, digits), made, digits, public=public)


# ---- what they share


def _demand(lines: Sequence[object]) -> None:
    if not lines:
        raise NothingToPrint(_("There is nothing to print yet."))


def _taken_out(
    store: Store, by: str, kind: Kind, case_ids: Iterable[str], digits: DigitStyle
) -> Watermark | None:
    """Note which restricted cases go onto a paper; the watermark when there are any."""
    restricted = sorted(set(case_ids))
    if not restricted:
        return None
    with store.write(by) as write:
        for case_id in restricted:
            write.audit("print" if kind == "pdf" else "export", "case_file", case_id)
    return _watermark(store, by, digits)


def _counted(store: Store, by: str, kind: Kind, noun: str) -> None:
    with store.write(by) as write:
        write.audit("print" if kind == "pdf" else "export", noun, detail="summary")


def _watermark(store: Store, by: str, digits: DigitStyle) -> Watermark:
    from desktop.printing.watermark import Watermark

    with store.read() as conn:
        who = facilitator(conn, by)
        words = paper_settings(conn).watermark
    return Watermark(words, who.name if who else "", store.now().local, digits)


def _place(code: str) -> str:
    found = areas.area(code) if code else None
    return "" if found is None else spoken(found)


def _when(span: Span, digits: DigitStyle) -> str:
    if span.since is not None and span.until is not None:
        return be_range(span.since, span.until, digits=digits)
    if span.since is not None:
        return f"ตั้งแต่ {be_date(span.since, digits=digits)}"
    return f"ถึง {be_date(span.until, digits=digits)}" if span.until is not None else ""


__all__ = [
    "NothingToPrint",
    "alerts_paper",
    "assistance_paper",
    "due_paper",
    "letter_paper",
    "referrals_paper",
    "summary_paper",
]
