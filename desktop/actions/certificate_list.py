# SPDX-License-Identifier: Apache-2.0
"""Who is to get a certificate at an event, what it says, and what became of it.

One list for people (from their standing) and for organisations (the award list). A line that
passed has its words before the issue too, so that the page can be seen before a number is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from desktop.actions.asset import assets_for
from desktop.actions.certificate_page import drafted, filling_for
from desktop.actions.eligibility import Ruling, moment_of, rulings
from desktop.actions.numbering import (
    award_wording,
    frame_of,
    person_wording,
    printed_names,
    takes_part,
)
from desktop.actions.template_choice import TemplateLost, template_for, usual_template
from desktop.actions.wording import PROJECT, THANKS, VOLUNTEER, Frame
from desktop.i18n import _
from desktop.model.certificate import (
    STANDING,
    Certificate,
    Order,
    Signer,
    Wording,
    number_text,
    telling,
)
from desktop.model.event import Event
from desktop.model.plan import Plan
from desktop.model.template import Filling, Template
from desktop.store import certificate as register
from desktop.store import codelist, organisation, person, plan, roster
from desktop.store import event as events
from desktop.store.register import register_year, rule
from desktop.store.store import Store
from desktop.thai.digits import styled
from desktop.thai.sort_key import sort_key

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.printing.template_page import Assets

Part = Literal["passed", "must_attend", "failed", "aside"]
"""``aside``: on the roster in a role that certificates of this kind are not for."""

DRAFT: Final = "(ร่าง)"
"""Stands where the number will be, in a preview of a certificate that is not issued."""
_HELPED: Final = (THANKS, VOLUNTEER)
"""Kinds that go to those who were not trained, at an event whose own kind is another."""
_PARTS: Final[dict[str, Part]] = {
    "safe": "passed",
    "must_attend": "must_attend",
    "failed": "failed",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person, or one award, with her certificate as it is or would be."""

    key: str
    """Id of the enrolment or of the award."""
    person_id: str
    seat: int
    """Seat, or place in the award list."""
    name: str
    """As it is to be printed now."""
    order_key: str
    """Sorts by the Thai alphabet."""
    organisation: str
    team: int | None
    part: Part
    sentence: str
    """Why it stands where it stands; of an award its project."""
    confirmed: bool
    certificate: Certificate | None
    """Its row of the register; the last one when that is void."""
    number: str
    """In the event's digits: the number drawn, or the one it would get; may be empty."""
    wording: Wording | None
    """Frozen, or as it would be frozen now. None when there is nothing to print."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What is noted of this recipient alone (``model.plan.FIELDS``)."""

    @property
    def issued(self) -> bool:
        """Whether there is a certificate that can be printed."""
        return self.certificate is not None and self.certificate.status in STANDING

    @property
    def waits(self) -> bool:
        """Whether it passed and has no certificate yet."""
        return self.part == "passed" and not self.issued

    @property
    def renamed(self) -> bool:
        """Whether the name was put right after the certificate was issued."""
        return self.issued and self.wording is not None and self.wording.recipient != self.name


@dataclass(frozen=True, slots=True)
class CertificateList:
    """Everything the page of certificates shows of one event."""

    event: Event
    kind: str
    kinds: tuple[str, ...]
    """Every kind this event can give, its own first."""
    plan: Plan
    template: Template
    """What those that wait will be issued with."""
    trouble: str
    """Why the template of the plan cannot be used, and ``template`` is the usual one; or empty."""
    locked: bool
    """Whether seats are fixed, which numbers follow."""
    issue_date: date
    signers: tuple[Signer, ...]
    lines: tuple[Line, ...]

    @property
    def for_awards(self) -> bool:
        return self.kind == PROJECT

    def count(self, part: Part) -> int:
        """How many stand in a part."""
        return sum(line.part == part for line in self.lines)


def certificate_list(
    store: Store, event_id: str, issue_date: date | None = None, kind: str = ""
) -> CertificateList | None:
    """Read the list of an event; None when there is no such event or it gives no certificates.

    ``issue_date`` is the last day of the event when not given, or today; ``kind`` is the
    event's own when it is not one of those it can give.
    """
    with store.read() as conn:
        try:
            event = events.event(conn, event_id)
        except LookupError:
            return None
        kinds = _kinds(conn, event)
        if not kinds:
            return None
        given = issue_date or event.date_to or store.now().local.date()
        kind = kind if kind in kinds else kinds[0]
        planned = plan.plan(conn, event_id, kind)
        template, trouble = _template(conn, planned)
        frame = frame_of(conn, event_id, kind, given, planned=planned, template=template)
        if frame.kind == PROJECT:
            lines = _of_awards(conn, frame)
        else:
            moment = moment_of(conn, event_id, store.now())
            lines = _of_people(conn, frame, rulings(conn, event_id, moment))
        return CertificateList(
            event=event,
            kind=frame.kind,
            kinds=kinds,
            plan=planned,
            template=template,
            trouble=trouble,
            locked=frame.kind == PROJECT or roster.is_locked(conn, event_id),
            issue_date=given,
            signers=frame.signers,
            lines=_numbered(conn, frame, lines),
        )


def _template(conn: Connection, planned: Plan) -> tuple[Template, str]:
    """The template of a plan; the usual one, and why, when that is not here."""
    try:
        return template_for(conn, planned), ""
    except TemplateLost as lost:
        usual = replace(planned, template=usual_template(planned.kind))
        return template_for(conn, usual), str(lost)


def _kinds(conn: Connection, event: Event) -> tuple[str, ...]:
    """The event's own kind; of projects when it has any; of thanks to those who taught; and those
    that somebody made a plan for."""
    found = [event.certificate_kind] if event.certificate_kind else []
    if PROJECT not in found and organisation.awards(conn, event.id):
        found.append(PROJECT)
    if THANKS not in found and any(
        not takes_part(row.role) for row in roster.roster(conn, event.id) if row.expected
    ):
        found.append(THANKS)
    planned = (one.kind for one in plan.plans(conn) if one.event_id == event.id)
    return tuple(dict.fromkeys([*found, *planned]))


def _part(frame: Frame, ruling: Ruling) -> tuple[Part, str]:
    """Where a person stands for a kind of certificate, and why."""
    trained, role = takes_part(ruling.row.role), codelist.word("event_role", ruling.row.role)
    if frame.kind in _HELPED and frame.kind != frame.event.certificate_kind:
        if trained:
            return "aside", _("Was trained: thanks are for those who taught and helped.")
        return "passed", role
    if not trained:
        sentence = _("{role}: these certificates are for those who were trained.")
        return "aside", sentence.format(role=role)
    return _PARTS[ruling.verdict.standing], ruling.sentence


def _rows(conn: Connection, frame: Frame) -> dict[str, Certificate]:
    """The register row of each line: :func:`model.certificate.telling`."""
    return telling(register.register(conn, event_id=frame.event.id, kind=frame.kind))


def _of_people(conn: Connection, frame: Frame, ruled: Sequence[Ruling]) -> list[Line]:
    rows = _rows(conn, frame)
    names = printed_names(conn, [ruling.row for ruling in ruled])
    lines = []
    for ruling in ruled:
        who, key = ruling.row, ruling.row.enrolment_id
        part, sentence = _part(frame, ruling)
        lines.append(
            Line(
                key=key,
                person_id=who.person_id,
                seat=who.seat or 0,
                name=names[key],
                order_key=who.sort_key,
                organisation=who.organisation,
                team=who.team,
                part=part,
                sentence=sentence,
                confirmed=who.name_confirmed,
                certificate=rows.get(key),
                number="",
                wording=person_wording(frame, who, names[key]) if part == "passed" else None,
                fields=frame.fields_of(key),
            )
        )
    return lines


def _of_awards(conn: Connection, frame: Frame) -> list[Line]:
    rows = _rows(conn, frame)
    return [
        Line(
            key=award.id,
            person_id="",
            seat=award.order_no or place,
            name=award.organisation,
            order_key=sort_key(award.organisation),
            organisation=award.title,
            team=None,
            part="passed",
            sentence=award.title,
            confirmed=True,
            certificate=rows.get(award.id),
            number="",
            wording=award_wording(frame, award),
            fields=frame.fields_of(award.id),
        )
        for place, award in enumerate(organisation.awards(conn, frame.event.id), 1)
    ]


def _numbered(conn: Connection, frame: Frame, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Each line with its number: the one drawn, or the one an issue of all that wait would draw.

    The same walk as the issue's own: every seat without a row draws the next number, also that
    of somebody who was taken off; of a kind that is not the event's own only those who get one.
    """
    every = frame.kind in (frame.event.certificate_kind, PROJECT)
    written, digits = rule(conn, frame.kind), frame.event.digits
    year = register_year(written, frame.issue_date)
    numbers = register.numbers(conn, frame.kind, year)
    empty = _empty_seats(conn, frame) if every else []
    made = []
    for line in lines:
        while empty and empty[0] < line.seat:
            next(numbers, None)
            empty.pop(0)
        row = line.certificate
        if row is not None and row.status in STANDING:
            text = styled(row.number_text, digits)
            made.append(replace(line, number=text, wording=row.wording))
            continue
        text = ""
        if row is not None and row.status == "unused":
            text = styled(row.number_text, digits)
        elif line.seat and (line.part == "passed" or (row is None and every)):
            number = next(numbers, None)
            # Of a register that was lent, and is used up, nobody knows the next number yet.
            if number is not None:
                said = number_text(number, year, written.pattern, written.code)
                text = styled(said, digits)
        made.append(replace(line, number=text))
    return tuple(made)


def _empty_seats(conn: Connection, frame: Frame) -> list[int]:
    """Seats of people who were taken off the roster and have no row of the register yet."""
    if frame.kind == PROJECT:
        return []
    rows = _rows(conn, frame)
    return sorted(
        row.seat
        for row in roster.roster(conn, frame.event.id)
        if row.seat and row.status == "withdrawn" and row.enrolment_id not in rows
    )


def ordered(lines: Iterable[Line], order: Order) -> tuple[Line, ...]:
    """Lines in an order of paper: by seat; for the stage by team, then seat; by the alphabet."""
    if order == "alphabet":
        return tuple(sorted(lines, key=lambda line: (line.order_key, line.seat)))
    if order == "stage":
        return tuple(sorted(lines, key=lambda line: (line.team or 0, line.seat)))
    return tuple(sorted(lines, key=lambda line: line.seat))


def filling_of(held: CertificateList, line: Line, *, draft: bool = False) -> Filling | None:
    """The page of a line; when ``draft`` with ``DRAFT`` for a number that is not drawn, and with
    a code that says nothing where the signed one will be.

    It is for ``held.template``; one that is issued is printed from ``certificate_fillings``,
    because it may have been issued with another.
    """
    if line.wording is None:
        return None
    proof = line.certificate.proof if line.certificate is not None and line.issued else ""
    number = line.number if line.certificate is None else line.certificate.number_text
    filling = filling_for(line.wording, number, held.event.digits, proof)
    if not draft or line.issued:
        return filling
    return drafted(filling, DRAFT, line.wording, proof=held.plan.proof)


def list_assets(store: Store, held: CertificateList) -> Assets:
    """The pictures and typefaces that the pages of a list need. For a thread."""
    fillings = (filling_of(held, line) for line in held.lines)
    return assets_for(store, held.template, (one for one in fillings if one is not None))


@dataclass(frozen=True, slots=True)
class Unfit:
    """A line whose page cannot be printed, and why in a sentence."""

    key: str
    name: str
    sentence: str
    element_id: str = ""
    """The part of the template in which it stands."""


def unfit_lines(store: Store, held: CertificateList, lines: Sequence[Line]) -> tuple[Unfit, ...]:
    """Every line whose text does not fit its page, has a letter the typeface lacks, or needs a
    picture that is not here.

    Nothing is issued while there is one. For a thread.
    """
    from desktop.printing.template_page import check_fillings

    pages = [(line, page) for line in lines if (page := filling_of(held, line)) is not None]
    assets = assets_for(store, held.template, [page for _line, page in pages])
    found = check_fillings(held.template, [page for _line, page in pages], assets=assets)
    return tuple(
        Unfit(pages[at][0].key, pages[at][0].name, str(problem), problem.element_id)
        for at, problem in found
    )


def parts_of_name(store: Store, person_id: str) -> tuple[str, str, str, str, str]:
    """(title, first, middle, last, name on the certificate) of a person, to be put right."""
    with store.read() as conn:
        who = person.person(conn, person_id)
    return who.title, who.first, who.middle, who.last, who.certificate_name
