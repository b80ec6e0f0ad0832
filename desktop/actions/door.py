# SPDX-License-Identifier: Apache-2.0
"""Those who come without being on the roster, and those who come in another's place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop.actions.arrivals import (
    Arrivals,
    RosterProblem,
    known_ids,
    next_seat,
    open_event,
    seat_again,
)
from desktop.actions.attendance import come
from desktop.actions.done import Done, finished
from desktop.actions.entry import Entry, Read, read_entry
from desktop.i18n import _
from desktop.model.attendance import Method, in_force
from desktop.model.event import Event
from desktop.model.roster import Enrolment, RosterRow
from desktop.store import attendance, roster
from desktop.store.store import Store
from desktop.store.write import Write


def walk_in(
    store: Store,
    by: str,
    event_id: str,
    entry: Entry,
    session_id: str,
    minute: int,
    method: Method = "search",
    reason: str = "",
) -> Done:
    """Somebody who was not on the roster is here: person, enrolment and mark at once.

    On a locked roster she takes the next seat. ``value`` is her line. Raises what
    ``attendance.arrive`` raises: a minute that is not now needs its reason.
    """
    read = read_entry(entry)
    with store.write(by) as write:
        event = open_event(write, event_id)
        before = _known_enrolment(write, event_id, read)
        if before is None:
            line = _enter(write, event, read, next_seat(write, event), "walkin")
        else:
            seat = seat_again(write, event, before)
            line = _enter(write, event, read, seat, "walkin", badge_no=before.badge_no)
        come(write, line.enrolment_id, session_id, minute, method, reason)
    return finished(write, line)


def substitute(
    store: Store,
    by: str,
    enrolment_id: str,
    entry: Entry,
    session_id: str = "",
    minute: int = 0,
    method: Method = "search",
    reason: str = "",
) -> Done:
    """Somebody came in the place of one who did not; ``value`` is the new line.

    She takes the absent person's seat, and her group, role, organisation, area and team where
    the entry is silent. Without a session she is only entered, not marked in. Refused when the
    first person was here herself, or numbers were drawn by the seats.
    """
    with store.write(by) as write:
        absent = roster.enrolment(write.conn, enrolment_id)
        event = open_event(write, absent.event_id)
        if absent.status != "enrolled":
            raise RosterProblem(_("This person is not expected, so nobody can stand in for her."))
        if in_force(attendance.marks_of(write.conn, enrolment_id)):
            raise RosterProblem(
                _("This person has attendance of her own. Add the other one as a walk-in.")
            )
        if roster.has_register(write.conn, event.id):
            raise RosterProblem(
                _("Certificates have been issued by these seats. Add this person as a walk-in.")
            )
        read = read_entry(_inheriting(entry, roster.row(write.conn, enrolment_id)))
        _known_enrolment(write, event.id, read)
        roster.put_enrolment(write, replace(absent, status="substituted", seat=None))
        line = _enter(
            write,
            event,
            read,
            absent.seat,
            "substitute",
            substitute_for=absent.id,
            organisation_id=None if read.entry.organisation else absent.organisation_id,
        )
        if session_id:
            come(write, line.enrolment_id, session_id, minute, method, reason)
    return finished(write, line)


def _inheriting(entry: Entry, absent: RosterRow) -> Entry:
    said: dict[str, Any] = {
        "group": entry.group or absent.group,
        "role": absent.role if entry.role == "trainee" else entry.role,
        "area": entry.area or absent.area,
        "team": absent.team if entry.team is None else entry.team,
        "position": entry.position,
    }
    return replace(entry, **said)


def _known_enrolment(write: Write, event_id: str, read: Read) -> Enrolment | None:
    """Where a known person stood on this roster before; refuses one who still stands there."""
    known = read.entry.known_person_id
    if known is None:
        return None
    for one in roster.enrolments(write.conn, event_id):
        if one.person_id == known:
            if one.status == "enrolled":
                raise RosterProblem(_("This person is on the roster already."))
            return one
    return None


def _enter(
    write: Write, event: Event, read: Read, seat: int | None, source: Any, **more: Any
) -> RosterRow:
    arrivals = Arrivals(write, event, known_ids([read]))
    made = arrivals.enrol(read, arrivals.person(read), seat, source, **more)
    arrivals.write()
    write.flush()  # her sort key, for the line that is shown
    return roster.row(write.conn, made.id)
