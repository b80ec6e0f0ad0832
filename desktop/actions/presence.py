# SPDX-License-Identifier: Apache-2.0
"""Who came and who is missing: read whole in one go, and put on paper or into a workbook.

Papers of the office are in Thai whatever language the window speaks, in the digit style of the
event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from desktop.model.attendance import Presence, State
from desktop.model.event import Day, Event, Session
from desktop.model.presence import Line, lines
from desktop.store import area, attendance, roster
from desktop.store import event as events
from desktop.store.facilitator import office_or_none
from desktop.store.store import Store
from desktop.thai.dates import be_date, clock
from desktop.thai.digits import styled

Kind = Literal["pdf", "xlsx"]
_STATES: Final[dict[State, str]] = {
    "expected": "ยังไม่มา",
    "present": "มาแล้ว",
    "late": "มาสาย",
    "left_early": "ออกก่อน",
    "leave": "ลา",
    "absent": "ขาด",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event stands: its sessions, and everybody it waits for with every presence."""

    event: Event
    days: tuple[Day, ...]
    lines: tuple[Line, ...]
    office: str

    @property
    def sessions(self) -> tuple[Session, ...]:
        return tuple(session for day in self.days for session in day.sessions)


def standing(store: Store, event_id: str) -> Standing:
    """Read how an event stands. ``LookupError`` when there is no such event."""
    with store.read() as conn:
        event = events.event(conn, event_id)
        days = events.days(conn, event_id)
        people = roster.roster(conn, event_id)
        marks = attendance.marks(conn, event_id)
        office = office_or_none(conn)
    sessions = [session for day in days for session in day.sessions]
    everybody = lines(people, marks, sessions, event.late_after)
    return Standing(event, days, everybody, "" if office is None else office.name)


def presence_paper(
    found: Standing, session: Session, shown: Sequence[Line], title: str, kind: Kind
) -> bytes:
    """The lines shown, as a PDF or a workbook; ``title`` says in Thai whose list it is."""
    from desktop.printing.heading import Heading
    from desktop.printing.presence import PresenceLine, presence_pdf, presence_xlsx

    event, digits = found.event, found.event.digits
    name = " ".join(part for part in (event.name, event.batch) if part)
    when = [] if session.on is None else [f"วันที่ {be_date(session.on, 'long')}"]
    when += [f"{session.title} {clock(session.start)}–{clock(session.end)}\u00a0น.".strip()]
    heading = Heading(
        styled(title, digits),
        styled(name, digits),
        styled("  ".join([*when, *([event.venue] if event.venue else [])]), digits),
        found.office,
    )
    rows = [
        PresenceLine(
            no=styled(str(number), digits),
            seat="" if line.row.seat is None else styled(str(line.row.seat), digits),
            name=line.row.name,
            province=area.province_name(line.row.province),
            organisation=line.row.organisation,
            state=styled(_state(line.at(session.id)), digits),
        )
        for number, line in enumerate(shown, 1)
    ]
    if kind == "xlsx":
        return presence_xlsx(heading, rows)
    return presence_pdf(heading, rows, digits)


def _state(presence: Presence) -> str:
    word = _STATES[presence.state]
    if presence.state in ("present", "late") and presence.arrived is not None:
        return f"{word} {clock(presence.arrived)}"
    if presence.state == "left_early" and presence.left is not None:
        return f"{word} {clock(presence.left)}"
    return word
