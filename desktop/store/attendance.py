# SPDX-License-Identifier: Apache-2.0
"""Marks in and out of the store, and the board of one session.

Marks are never changed or removed: a wrong one is taken back by a ``cancel`` that names it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from sqlalchemy import Connection, bindparam, select

from desktop.model.attendance import CAME, Mark, Presence, in_force, presences
from desktop.model.event import MarkScope, Session
from desktop.model.roster import EnrolmentStatus
from desktop.store.tables.attendance import mark as marks_table
from desktop.store.tables.event import event, session
from desktop.store.tables.roster import enrolment
from desktop.store.write import Write

_MARK: Final = select(
    marks_table.c.id,
    marks_table.c.enrolment_id,
    marks_table.c.session_id,
    marks_table.c.mark_scope,
    marks_table.c.kind,
    marks_table.c.minute,
    marks_table.c.noted_at,
    marks_table.c.noted_by,
    marks_table.c.device,
    marks_table.c.method,
    marks_table.c.reason,
    marks_table.c.cancels,
).where(marks_table.c.deleted == 0)

_OF_EVENT: Final = _MARK.where(marks_table.c.event_id == bindparam("event")).order_by(
    marks_table.c.enrolment_id, marks_table.c.id
)
_OF_ENROLMENT: Final = _MARK.where(marks_table.c.enrolment_id == bindparam("enrolment")).order_by(
    marks_table.c.id
)
_ONE: Final = _MARK.where(marks_table.c.id == bindparam("id"))
_IN_SESSIONS: Final = _MARK.where(
    marks_table.c.session_id.in_(bindparam("sessions", expanding=True))
)
_EXPECTED: Final = select(enrolment.c.id).where(
    enrolment.c.event_id == bindparam("event"),
    enrolment.c.status == "enrolled",
    enrolment.c.deleted == 0,
)
_DAY_OF: Final = (
    select(
        session.c.id,
        session.c.event_id,
        session.c.day_no,
        session.c.start_minute,
        session.c.end_minute,
        session.c.kind,
        session.c.title,
        session.c.counts,
        session.c.mandatory,
        event.c.late_after,
    )
    .join(event, event.c.id == session.c.event_id)
    .where(
        session.c.event_id == bindparam("event"),
        session.c.deleted == 0,
        session.c.day_no
        == select(session.c.day_no).where(session.c.id == bindparam("session")).scalar_subquery(),
    )
)


_DOOR: Final = """
SELECT n.status, n.event_id, e.late_after, e.mark_scope, s.id, s.day_no, d.held_on,
  s.start_minute, s.end_minute, s.kind, s.title, s.counts, s.mandatory
FROM enrolment n JOIN event e ON e.id = n.event_id
JOIN session s ON s.event_id = n.event_id AND s.deleted = 0
LEFT JOIN day d ON d.event_id = n.event_id AND d.no = s.day_no AND d.deleted = 0
WHERE n.id = ? AND n.deleted = 0
  AND s.day_no = (SELECT day_no FROM session WHERE id = ? AND deleted = 0)"""


@dataclass(frozen=True, slots=True)
class Door:
    """What must be known to check one person in: read in one statement, for speed."""

    status: EnrolmentStatus
    event_id: str
    late_after: int
    mark_scope: MarkScope
    sessions: tuple[Session, ...]
    """All of the session's day."""
    session: Session


@dataclass(frozen=True, slots=True)
class Board:
    """How one session stands: who of those expected is there.

    ``states`` holds everybody who is expected, by enrolment id, and whoever else has a mark.
    """

    session_id: str
    came: int
    expected: int
    states: Mapping[str, Presence]


def _mark(row: Any) -> Mark:
    return Mark(*row)


def marks(conn: Connection, event_id: str) -> dict[str, tuple[Mark, ...]]:
    """Every mark of an event, cancelled ones too, by enrolment id in the order noted."""
    found: dict[str, list[Mark]] = {}
    for row in conn.execute(_OF_EVENT, {"event": event_id}):
        found.setdefault(row.enrolment_id, []).append(_mark(row))
    return {enrolment_id: tuple(theirs) for enrolment_id, theirs in found.items()}


def marks_of(conn: Connection, enrolment_id: str) -> tuple[Mark, ...]:
    """Every mark of one person at one event, in the order noted."""
    rows = conn.execute(_OF_ENROLMENT, {"enrolment": enrolment_id})
    return tuple(_mark(row) for row in rows)


def mark(conn: Connection, mark_id: str) -> Mark:
    """One mark. ``KeyError`` when there is none."""
    row = conn.execute(_ONE, {"id": mark_id}).one_or_none()
    if row is None:
        raise KeyError("no mark with this id")
    return _mark(row)


def door(conn: Connection, enrolment_id: str, session_id: str) -> Door | None:
    """What is known of a person before a session; None when there is no such session (now)."""
    rows = conn.exec_driver_sql(_DOOR, (enrolment_id, session_id)).all()
    today = []
    for row in rows:
        on = date.fromisoformat(row[6]) if row[6] else None
        today.append(
            Session(
                row[4], row[1], row[5], on, row[7], row[8], row[9], row[10], bool(row[11]),
                bool(row[12]),
            )
        )  # fmt: skip
    mine = next((one for one in today if one.id == session_id), None)
    if mine is None:
        return None
    status, event_id, late_after, mark_scope = rows[0][:4]
    return Door(status, event_id, late_after, mark_scope, tuple(today), mine)


def attended_sessions(
    conn: Connection, event_id: str, scopes: Collection[MarkScope] = ("session", "half", "day")
) -> frozenset[str]:
    """The sessions of an event at which a mark of one of these scopes was made and stands."""
    theirs = marks(conn, event_id).values()
    return frozenset(
        one.session_id for some in theirs for one in in_force(some) if one.scope in scopes
    )


def put_mark(write: Write, mark: Mark, event_id: str = "") -> None:
    """Keep a mark. ``event_id`` is looked up when it is not given."""
    event_id = event_id or _event_of(write.conn, mark.enrolment_id)
    write.put("mark", mark.id, f"w:{event_id}", **_fields(mark, event_id))


def put_marks(write: Write, marks: Sequence[Mark], event_id: str) -> None:
    """Keep many marks of one event in a few statements."""
    write.put_many("mark", [(one.id, f"w:{event_id}", _fields(one, event_id)) for one in marks])


def _fields(mark: Mark, event_id: str) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "enrolment_id": mark.enrolment_id,
        "session_id": mark.session_id,
        "mark_scope": mark.scope,
        "kind": mark.kind,
        "minute": mark.minute,
        "noted_at": mark.at,
        "noted_by": mark.by,
        "device": mark.device,
        "method": mark.method,
        "reason": mark.reason,
        "cancels": mark.cancels,
    }


def _event_of(conn: Connection, enrolment_id: str) -> str:
    found = conn.scalar(select(enrolment.c.event_id).where(enrolment.c.id == enrolment_id))
    if found is None:
        raise KeyError("no enrolment with this id")
    return cast(str, found)


def board(conn: Connection, event_id: str, session_id: str) -> Board:
    """Who is at one session, from the marks of its day alone.

    ``KeyError`` when the event has no such session.
    """
    late_after = 0
    today = []
    for row in conn.execute(_DAY_OF, {"event": event_id, "session": session_id}):
        late_after = row.late_after
        today.append(Session(*row[:3], None, *row[3:9]))
    mine = next((one for one in today if one.id == session_id), None)
    if mine is None:
        raise KeyError("the event has no such session")
    found: dict[str, list[Mark]] = {}
    for row in conn.execute(_IN_SESSIONS, {"sessions": [one.id for one in today]}):
        found.setdefault(row.enrolment_id, []).append(_mark(row))
    expected = set(conn.scalars(_EXPECTED, {"event": event_id}))
    nothing = Presence(session_id, "expected", None, None, ())
    states = dict.fromkeys(expected, nothing)
    for enrolment_id, theirs in found.items():
        states[enrolment_id] = presences(theirs, today, late_after)[session_id]
    came = sum(states[one].state in CAME for one in expected)
    return Board(session_id, came, len(expected), states)


__all__ = [
    "Board",
    "Door",
    "attended_sessions",
    "board",
    "door",
    "mark",
    "marks",
    "marks_of",
    "put_mark",
    "put_marks",
]
