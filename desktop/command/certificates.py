# SPDX-License-Identifier: Apache-2.0
"""``samut certificates EVENT.json --out FILE.pdf``: certificates without a window or a store.

The same rules and the same words as in the window: attendance becomes marks, marks become
credited minutes, and whoever passes gets the number of her seat. Awards are numbered in the order
of their list. Numbers of seats that did not pass stay unused.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.actions.eligibility import sentence
from desktop.actions.fixture import FixtureEvent, FixtureRefused, FixtureRow, read_fixture
from desktop.actions.numbering import takes_part
from desktop.actions.stays import marks_of_story
from desktop.actions.template_choice import usual_template
from desktop.actions.wording import (
    DEPARTMENT,
    MINISTRY,
    PROJECT,
    Frame,
    check_kind,
    issuer_of,
    signers_of,
    wording_for_award,
    wording_for_person,
)
from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.model.attendance import presences
from desktop.model.certificate import Wording, number_text
from desktop.model.eligibility import judge
from desktop.model.template import Filling
from desktop.model.template_field import certificate_filling
from desktop.thai.dates import be_year, parse_date
from desktop.thai.digits import styled


@dataclass(frozen=True, slots=True)
class _Result:
    """The pages to print and what is to be said of the others."""

    pages: tuple[Filling, ...]
    notes: tuple[str, ...]


def run(arguments: argparse.Namespace) -> int:
    """Write the PDF; 0, or 2 with one sentence when the file or a page is refused."""
    out: Path = arguments.out
    try:
        fixture = read_fixture(arguments.fixture)
        frame = _frame(fixture, arguments.digits, arguments.date)
        result = _result(fixture, frame)
        if not result.pages:
            raise FixtureRefused(_("Nobody qualifies, so there is no certificate to print."))
        _save(out, _pdf(result.pages, frame))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2
    for note in result.notes:
        print(note)
    if not frame.signers:
        print(_("Nobody signs yet"))
    count = len(result.pages)
    print(
        ngettext("{count} certificate: {file}", "{count} certificates: {file}", count).format(
            count=count, file=out
        )
    )
    return 0


def _pdf(pages: tuple[Filling, ...], frame: Frame) -> bytes:
    from desktop.printing.template_page import check_fillings, pages_pdf
    from desktop.printing.template_shipped import shipped_template

    template = shipped_template(usual_template(frame.kind))
    for _index, problem in check_fillings(template, pages):
        raise problem
    return pages_pdf(template, pages, digits=frame.digits, title=frame.event.name)


def _save(out: Path, pdf: bytes) -> None:
    """Write the file whole or not at all; nothing with names in it stays beside it."""
    # Loaded here: a refused file needs no store room.
    from desktop.store.disk import write_whole

    try:
        write_whole(out, pdf)
    except OSError as fault:
        raise Problem(
            _("The file {file} cannot be written. Choose another folder.").format(file=out)
        ) from fault


def _frame(fixture: FixtureEvent, digits: str | None, given: str | None) -> Frame:
    event = fixture.event
    check_kind(event.certificate_kind)
    issued = parse_date(given) if given else fixture.issue_date or event.date_to
    if issued is None:
        raise FixtureRefused(_("The event has no date. Give the date of issue: --date 3/3/2562."))
    if digits is None:
        # Certificates take Thai digits unless the event says otherwise.
        digits = event.digits if fixture.digits_given else "thai"
    return Frame(
        event=event,
        kind=event.certificate_kind,
        issuer=issuer_of(event, DEPARTMENT, MINISTRY),
        signers=fixture.signers or signers_of(fixture.ceremony),
        issue_date=issued,
        digits="arabic" if digits == "arabic" else "thai",
        programme=fixture.programme.name if fixture.programme else "",
    )


def _result(fixture: FixtureEvent, frame: Frame) -> _Result:
    if frame.kind == PROJECT:
        if not fixture.awards:
            raise FixtureRefused(_("The file names no projects to honour."))
        return _Result(
            tuple(
                _page(
                    fixture,
                    frame,
                    place,
                    wording_for_award(frame, award.organisation.name, award.title, award.fund),
                )
                for place, award in enumerate(fixture.awards)
            ),
            (),
        )
    return _of_people(fixture, frame)


def _of_people(fixture: FixtureEvent, frame: Frame) -> _Result:
    notes: list[str] = []
    pages: list[Filling] = []
    told = {variant.seat: variant for variant in fixture.variants}
    if strangers := sorted(told.keys() - {row.seat for row in fixture.rows}):
        raise FixtureRefused(
            _("The variants speak of seat {seat}, which nobody has.").format(seat=strangers[0])
        )
    marks = marks_of_story(fixture)
    rule, sessions = fixture.event.rule, fixture.sessions
    for at, row in enumerate(_taking_part(fixture)):
        # A number is its seat's; where the file gives no seats, its line's.
        place = row.seat - 1 if fixture.seats_given else at
        here = presences(marks[row.seat], sessions, fixture.event.late_after)
        verdict = judge(here, sessions, rule)
        if verdict.standing != "safe":
            notes.append(
                _("Seat {seat}, number {number} not used: {reason}").format(
                    seat=row.seat,
                    number=_number(fixture, frame, place),
                    reason=sentence(verdict, sessions, rule),
                )
            )
            continue
        name = row.person.name
        variant = told.get(row.seat)
        if variant and variant.substitute:
            name = variant.substitute.name
        elif variant and variant.substituted:
            notes.append(
                _(
                    "Seat {seat}: a substitute came whose name the file does not tell; "
                    "the name on the roster is printed."
                ).format(seat=row.seat)
            )
        pages.append(_page(fixture, frame, place, wording_for_person(frame, name)))
    return _Result(tuple(pages), tuple(notes))


def _taking_part(fixture: FixtureEvent) -> Iterator[FixtureRow]:
    """The rows whose role certificates are for; everybody, when that is nobody."""
    rows = [row for row in fixture.rows if takes_part(row.role)]
    yield from rows or fixture.rows


def _number(fixture: FixtureEvent, frame: Frame, place: int) -> str:
    number = fixture.first_number + place
    text = number_text(number, be_year(frame.issue_date), fixture.number_pattern)
    return styled(text, frame.digits)


def _page(fixture: FixtureEvent, frame: Frame, place: int, wording: Wording) -> Filling:
    return certificate_filling(wording, _number(fixture, frame, place))
