# SPDX-License-Identifier: Apache-2.0
"""Which number of the register belongs to whom, and what its certificate would say.

The first issue draws one number for every seat (or every award) in order; later seats draw the
next ones. A place that gets no certificate keeps its row with a note.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.actions.asset import faces_now
from desktop.actions.eligibility import Ruling, moment_of, rulings
from desktop.actions.template_choice import slot_pictures
from desktop.actions.wording import (
    THANKS,
    Frame,
    check_kind,
    issuer_of,
    signers_of,
    wording_for_award,
    wording_for_person,
)
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.certificate import GONE, Certificate, Wording, number_text, telling
from desktop.model.eligibility import Moment
from desktop.model.organisation import Award
from desktop.model.plan import Plan
from desktop.model.roster import RosterRow
from desktop.model.template import Template
from desktop.printing.wording import joined_issuers
from desktop.store import certificate as register
from desktop.store import codelist, event, facilitator, organisation, person, plan, roster
from desktop.store.clock import Instant
from desktop.store.ids import new_id
from desktop.store.register import register_year, rule
from desktop.store.write import Write

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Notes of the register. They are part of a Thai official document, in both languages.
NOT_PASSED: Final = "ไม่ผ่านเกณฑ์ ไม่ใช้เลข"
UNDECIDED: Final = "ยังไม่ออก รอผลการเข้าร่วม"
WITHDRAWN: Final = "ถอนชื่อ ไม่ใช้เลข"
NOT_ISSUED: Final = "ยังไม่ออก"
NOT_A_TRAINEE: Final = "ไม่ใช่ผู้เข้ารับการอบรม ไม่ใช้เลข"


class NotEntitled(Problem):
    """A certificate was asked for somebody who has not passed."""


class RosterOpen(Problem):
    """Numbers follow seats, and the seats are not fixed yet."""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat or a place in the award list, and what its certificate would say."""

    seat: int
    enrolment_id: str
    award_id: str
    organisation: str
    wording: Callable[[], Wording]
    why_not: str
    """Note for the register when it gets none."""


def frame_of(
    conn: Connection,
    event_id: str,
    kind: str,
    issue_date: date,
    *,
    planned: Plan | None = None,
    template: Template | None = None,
) -> Frame:
    """What all certificates of one issue have in common, as the store says.

    ``planned`` is a plan that is not saved yet. With ``template`` the pictures of its slots are
    those that an issue would freeze.
    """
    check_kind(kind)
    held = event.event(conn, event_id)
    office = facilitator.office(conn)
    chosen = planned or plan.plan(conn, event_id, kind)
    signers = chosen.signatories or signers_of(event.ceremony(conn, event_id))
    return Frame(
        event=held,
        kind=kind,
        issuer=joined_issuers(chosen.issuers, chosen.language)
        or issuer_of(held, office.name, office.ministry, chosen.language),
        signers=signers,
        issue_date=issue_date,
        digits=held.digits,
        plan=chosen,
        pictures=()
        if template is None
        else (
            *slot_pictures(conn, template, chosen, signers),
            *faces_now(conn, template, event_id),
        ),
        fields=plan.fields(conn, event_id),
    )


def person_wording(frame: Frame, row: RosterRow, recipient: str) -> Wording:
    """The words of one person's certificate. Thanks name the part she had, unless noted."""
    noted = frame.fields_of(row.enrolment_id)
    if frame.kind == THANKS and "role" not in noted:
        known = codelist.code("event_role", row.role)
        if known is not None:
            noted = {**noted, "role": known.en if frame.language == "en" else known.th}
    return wording_for_person(frame, recipient, row.organisation, noted)


def award_wording(frame: Frame, award: Award) -> Wording:
    """The words of the certificate for one award."""
    noted = frame.fields_of(award.id)
    return wording_for_award(frame, award.organisation, award.title, award.fund, noted)


def seats(
    write: Write, frame: Frame, chosen: frozenset[str], moment: Moment | None
) -> list[Place]:
    """Every seat in order; of another kind than the event's own only those chosen.

    An event's own certificates go to those who have passed. Thanks to a lecturer do not ask.
    """
    conn, event_id = write.conn, frame.event.id
    own_kind = frame.kind == frame.event.certificate_kind
    if not roster.is_locked(conn, event_id):
        raise RosterOpen(
            _("Lock the roster first, so that everyone has a seat: numbers follow the seats.")
        )
    when = moment or moment_of(conn, event_id, write.now())
    ruled = {ruling.row.enrolment_id: ruling for ruling in rulings(conn, event_id, when)}
    rows = [
        row
        for row in roster.roster(conn, event_id)
        if row.seat is not None
        and row.status != "substituted"
        and (own_kind or row.enrolment_id in chosen)
    ]
    if strangers := chosen - {row.enrolment_id for row in rows}:
        raise KeyError(f"{len(strangers)} of the chosen have no seat at this event")
    for row in rows:
        if row.enrolment_id in chosen:
            _demand_entitled(row, ruled.get(row.enrolment_id), passed=own_kind)
    printed = printed_names(conn, rows)
    return [
        Place(
            row.seat or 0,
            row.enrolment_id,
            "",
            row.organisation,
            lambda row=row: person_wording(frame, row, printed[row.enrolment_id]),  # type: ignore[misc]
            _why_not(row, ruled.get(row.enrolment_id)),
        )
        for row in rows
    ]


def takes_part(role: str) -> bool:
    """Whether a role is one that certificates of attendance are for (code list ``event_role``)."""
    known = codelist.code("event_role", role)
    return known is None or bool(known.extra.get("cert"))


def _demand_entitled(row: RosterRow, ruling: Ruling | None, *, passed: bool) -> None:
    if ruling is None:
        raise NotEntitled(
            _("{name} was taken off the roster and gets no certificate.").format(name=row.name)
        )
    if passed and not takes_part(row.role):
        raise NotEntitled(
            _(
                "{name} is here as {role}: these certificates are for those who were trained."
            ).format(name=row.name, role=codelist.word("event_role", row.role))
        )
    if passed and ruling.verdict.standing != "safe":
        raise NotEntitled(
            _("{name} gets no certificate yet: {reason}").format(
                name=row.name, reason=ruling.sentence
            )
        )


def notes_now(conn: Connection, event_id: str, now: Instant) -> dict[str, str]:
    """What the register says of each seat without a certificate, as things stand, by enrolment."""
    ruled = {
        ruling.row.enrolment_id: ruling
        for ruling in rulings(conn, event_id, moment_of(conn, event_id, now))
    }
    return {
        row.enrolment_id: _why_not(row, ruled.get(row.enrolment_id))
        for row in roster.roster(conn, event_id)
    }


def _why_not(row: RosterRow, ruling: Ruling | None) -> str:
    if ruling is None:
        return WITHDRAWN
    if not takes_part(row.role):
        return NOT_A_TRAINEE
    notes = {"failed": NOT_PASSED, "must_attend": UNDECIDED, "safe": NOT_ISSUED}
    return notes[ruling.verdict.standing]


def printed_names(conn: Connection, rows: Sequence[RosterRow]) -> dict[str, str]:
    """The name to print of each row, by enrolment."""
    known = person.people(conn, [row.person_id for row in rows])
    return {row.enrolment_id: known[row.person_id].certificate_name or row.name for row in rows}


def awards(conn: Connection, frame: Frame) -> list[Place]:
    """Every award of the event, in the order of its list."""
    return [
        Place(
            award.order_no or place,
            "",
            award.id,
            award.organisation,
            lambda award=award: award_wording(frame, award),  # type: ignore[misc]
            NOT_ISSUED,
        )
        for place, award in enumerate(organisation.awards(conn, frame.event.id), 1)
    ]


def fill(
    write: Write, frame: Frame, places: Sequence[Place], chosen: frozenset[str], layout: str
) -> tuple[Certificate, ...]:
    """Give every place its row of the register; returns those that were issued now, not kept yet
    with their proof.

    A number that waits is given in the year of its register, whatever day it is: raises a Problem
    for a date of issue in another year, and when the numbers the centre lent are used up.
    """
    there = telling(register.register(write.conn, event_id=frame.event.id, kind=frame.kind))
    live = {key: row for key, row in there.items() if row.status not in GONE}
    void = {key: row.id for key, row in there.items() if row.status in GONE}
    written = rule(write.conn, frame.kind)
    year = register_year(written, frame.issue_date)
    numbers = register.numbers(write.conn, frame.kind, year)
    made: list[Certificate] = []
    kept: list[Certificate] = []
    for place in places:
        key = place.enrolment_id or place.award_id
        held = live.get(key)
        if held is not None and held.status != "unused":
            continue
        if held is None:
            if key in void and key not in chosen:
                continue
            number = register.drawn(numbers)
            held = Certificate(
                id=new_id(),
                event_id=frame.event.id,
                kind=frame.kind,
                year=year,
                number=number,
                number_text=number_text(number, year, written.pattern, written.code),
                seat=place.seat,
                status="unused",
                issue_date="",
                wording=None,
                enrolment_id=place.enrolment_id,
                award_id=place.award_id,
                organisation=place.organisation,
                replaces=void.get(key, ""),
            )
        if key in chosen:
            if held.year != year:
                raise Problem(
                    _(
                        "Number {number} was drawn in the register of {year}. Choose a date of "
                        "issue in that year; or declare the number void in the register, and the "
                        "certificate gets a number of its own year."
                    ).format(number=held.number_text, year=held.year)
                )
            made.append(
                replace(
                    held,
                    status="issued",
                    issue_date=frame.issue_date.isoformat(),
                    wording=place.wording(),
                    organisation=place.organisation,
                    reason="",
                    layout=layout,
                )
            )
        else:
            kept.append(replace(held, reason=place.why_not))
    register.put_certificates(write, kept)
    return tuple(made)
