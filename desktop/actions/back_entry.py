# SPDX-License-Identifier: Apache-2.0
"""What is needed to take over a signed sheet: its pages, who stands on them, what is known.

Taking it over is ``attendance.enter_sheet``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.attendance import Presence, presences
from desktop.model.event import Day, Event, Half, Session
from desktop.model.roster import RosterRow, read_sheet_code
from desktop.model.sheet import Sheet, paginate
from desktop.store import attendance, roster
from desktop.store import event as events
from desktop.store import sheet as sheets
from desktop.store.store import Store
from desktop.thai.digits import to_arabic


class UnknownSheet(Problem):
    """The digits are those of no page of this event."""


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page: the rows in printed order, the columns, and what is known of each square."""

    day_no: int
    page: int
    first: int
    """Number of its first row on the paper."""
    halves: tuple[Half, ...]
    rows: tuple[RosterRow, ...]
    known: Mapping[tuple[str, Half], Presence]
    """By enrolment id and half."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Every page of the sign-in sheets of an event."""

    event: Event
    days: tuple[Day, ...]
    pages: tuple[PaperPage, ...]
    """By day and page."""

    def page(self, day_no: int, page: int) -> PaperPage | None:
        """One page, None when there is none."""
        found = (one for one in self.pages if (one.day_no, one.page) == (day_no, page))
        return next(found, None)

    def pages_of(self, day_no: int) -> tuple[PaperPage, ...]:
        """The pages of one day."""
        return tuple(one for one in self.pages if one.day_no == day_no)


def paper(store: Store, event_id: str) -> Paper:
    """Read the pages of an event.

    A day whose sheets were never printed here has the pages it would have: the roster in its
    order. Where somebody came in another's place, the row is the one who came.
    """
    with store.read() as conn:
        event = events.event(conn, event_id)
        days = events.days(conn, event_id)
        rows = {row.enrolment_id: row for row in roster.roster(conn, event_id)}
        marks = attendance.marks(conn, event_id)
        printed = sheets.sheets(conn, event_id)
    sessions = [session for day in days for session in day.sessions]
    # Of several who came in one place the one who is expected counts: written last.
    came = sorted(rows.values(), key=lambda row: row.expected)
    stood_in = {row.substitute_for: row for row in came if row.substitute_for}
    waited_for = tuple(row.enrolment_id for row in rows.values() if row.expected)
    known = {
        enrolment_id: presences(theirs, sessions, event.late_after)
        for enrolment_id, theirs in marks.items()
    }
    pages: list[PaperPage] = []
    for day in days:
        if not day.halves:
            continue
        anchors = {half: _first(day, half) for half in day.halves}
        first = 1
        for page, ids in _rows_of(day, printed, waited_for):
            lines = tuple(_who_came(rows[one], stood_in) for one in ids if one in rows)
            seen = {
                (line.enrolment_id, half): known[line.enrolment_id][anchor.id]
                for line in lines
                if line.enrolment_id in known
                for half, anchor in anchors.items()
            }
            pages.append(PaperPage(day.no, page, first, day.halves, lines, seen))
            first += len(ids)
    return Paper(event, days, tuple(pages))


def _rows_of(
    day: Day, printed: tuple[Sheet, ...], waited_for: tuple[str, ...]
) -> list[tuple[int, tuple[str, ...]]]:
    of_day = [(sheet.page, sheet.enrolment_ids) for sheet in printed if sheet.day_no == day.no]
    return of_day or list(enumerate(paginate(waited_for), 1))


def _first(day: Day, half: Half) -> Session:
    return min((one for one in day.sessions if one.half == half), key=lambda one: one.start)


def _who_came(row: RosterRow, stood_in: Mapping[str, RosterRow]) -> RosterRow:
    """The one who came in the row's place, or in the place of the one who was to come in it."""
    who, passed = row, {row.enrolment_id}
    while who.status == "substituted" and (other := stood_in.get(who.enrolment_id)) is not None:
        who = other
        if who.enrolment_id in passed:
            break
        passed.add(who.enrolment_id)
    if who is row:
        return row
    words = _("{name} (in place of {absent})").format(name=who.name, absent=row.name)
    return replace(who, name=words)


def find_page(store: Store, found: Paper, text: str) -> tuple[int, int]:
    """(day number, page) of the twelve digits on a sheet.

    Raises :class:`UnknownSheet` for digits that are no sheet's, or another event's.
    """
    digits = to_arabic(text).replace(" ", "").replace("-", "")
    read = read_sheet_code(digits)
    if read is None:
        raise UnknownSheet(
            _("These are not the twelve digits of a sheet. They stand under its square code.")
        )
    code, day_no, page = read
    if code != found.event.code:
        with store.read() as conn:
            other = events.by_code(conn, code)
        if other is None:
            raise UnknownSheet(_("This sheet is of an event that is not on this laptop."))
        raise UnknownSheet(
            _("This sheet is of another event: {event}. Take that event in hand first.").format(
                event=other.name
            )
        )
    if found.page(day_no, page) is None:
        raise UnknownSheet(_("This page was not printed here. Choose the day and the page."))
    return day_no, page
