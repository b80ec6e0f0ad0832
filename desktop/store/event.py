# SPDX-License-Identifier: Apache-2.0
"""Programmes and events with their days, sessions and ceremony, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, func, literal, select

from desktop.model.event import (
    CeremonyRole,
    Day,
    Event,
    PassRule,
    Programme,
    Session,
)
from desktop.store.clash import clashes
from desktop.store.facilitator import home_scope
from desktop.store.ids import natural_id
from desktop.store.tables.event import ceremony_role as role_table
from desktop.store.tables.event import day as day_table
from desktop.store.tables.event import event as event_table
from desktop.store.tables.event import programme as programme_table
from desktop.store.tables.event import session as session_table
from desktop.store.tables.roster import enrolment as enrolment_table
from desktop.store.tables.roster import roster_lock as lock_table
from desktop.store.write import Write


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the list of events."""

    event: Event
    programme_name: str
    enrolled: int
    days: int
    first_day: date | None
    last_day: date | None


def event_scope(event_id: str) -> str:
    """The scope of everything that belongs to one event."""
    return f"w:{event_id}"


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# ---- programmes


def _programmes() -> Select[Any]:
    t = programme_table.c
    return select(t.id, t.name, t.fiscal_year, t.year_no, t.fund).where(t.deleted == 0)


def programmes(conn: Connection) -> tuple[Programme, ...]:
    """Every programme, the newest fiscal year first."""
    t = programme_table.c
    rows = conn.execute(_programmes().order_by(t.fiscal_year.desc(), t.name))
    return tuple(Programme(*row) for row in rows)


def programme(conn: Connection, programme_id: str) -> Programme:
    """One programme. ``LookupError`` if there is none with this id."""
    row = conn.execute(_programmes().where(programme_table.c.id == programme_id)).first()
    if row is None:
        raise LookupError("no programme with this id")
    return Programme(*row)


def put_programme(write: Write, programme: Programme) -> None:
    """Keep a programme."""
    write.put(
        "programme",
        programme.id,
        home_scope(write.conn, "programme", programme.id),
        name=programme.name,
        fiscal_year=programme.fiscal_year,
        year_no=programme.year_no,
        fund=programme.fund,
    )


# ---- events

_E: Final = event_table.c
_EVENT_COLUMNS: Final = (
    _E.id, _E.code, _E.name, _E.kind, _E.programme_id, _E.batch, _E.date_from, _E.date_to,
    _E.date_note, _E.venue, _E.venue_area, _E.hosts, _E.areas, _E.area_label, _E.target,
    _E.quota, _E.pass_mode, _E.pass_percent, _E.late_after, _E.mark_scope, _E.digits,
    _E.certificate_kind, _E.closed, func.coalesce(lock_table.c.locked, literal(0)).label("lock"),
)  # fmt: skip


def _event(row: Any) -> Event:
    return Event(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=row.kind,
        programme_id=row.programme_id,
        batch=row.batch,
        date_from=_date(row.date_from),
        date_to=_date(row.date_to),
        date_note=row.date_note,
        venue=row.venue,
        venue_area=row.venue_area,
        hosts=tuple(row.hosts or ()),
        areas=tuple(row.areas or ()),
        area_label=row.area_label,
        target=row.target,
        quota=row.quota,
        rule=PassRule(row.pass_mode, row.pass_percent),
        late_after=row.late_after,
        mark_scope=row.mark_scope,
        digits=row.digits,
        certificate_kind=row.certificate_kind,
        roster_locked=bool(row.lock),
        closed=row.closed,
    )


def _with_lock() -> Any:
    return event_table.outerjoin(
        lock_table, (lock_table.c.event_id == _E.id) & (lock_table.c.deleted == 0)
    )


def events(conn: Connection) -> tuple[EventRow, ...]:
    """Every event, those without a date first and then the newest first."""
    n, d = enrolment_table.c, day_table.c
    enrolled = (
        select(func.count())
        .select_from(enrolment_table)
        .where(n.event_id == _E.id, n.deleted == 0, n.status == "enrolled")
        .scalar_subquery()
    )
    held = (
        select(d.event_id, func.count().label("days"), func.min(d.held_on), func.max(d.held_on))
        .where(d.deleted == 0)
        .group_by(d.event_id)
        .subquery()
    )
    rows = conn.execute(
        select(
            *_EVENT_COLUMNS,
            func.coalesce(programme_table.c.name, ""),
            enrolled,
            func.coalesce(held.c.days, 0),
            held.c[2],
            held.c[3],
        )
        .select_from(
            _with_lock()
            .outerjoin(programme_table, programme_table.c.id == _E.programme_id)
            .outerjoin(held, held.c.event_id == _E.id)
        )
        .where(_E.deleted == 0)
        .order_by(_E.date_from.is_not(None), _E.date_from.desc(), _E.id.desc())
    )
    at = len(_EVENT_COLUMNS)
    return tuple(
        EventRow(
            _event(row), row[at], row[at + 1], row[at + 2], _date(row[at + 3]), _date(row[at + 4])
        )
        for row in rows
    )


def _events() -> Select[Any]:
    return select(*_EVENT_COLUMNS).select_from(_with_lock()).where(_E.deleted == 0)


def event(conn: Connection, event_id: str) -> Event:
    """One event. ``LookupError`` if there is none with this id."""
    row = conn.execute(_events().where(_E.id == event_id)).first()
    if row is None:
        raise LookupError("no event with this id")
    return _event(row)


def by_code(conn: Connection, code: str) -> Event | None:
    """The event whose six digits stand on a badge or a sheet, if it is on this laptop."""
    row = conn.execute(_events().where(_E.code == code).order_by(_E.id).limit(1)).first()
    return None if row is None else _event(row)


def codes_in_use(conn: Connection) -> frozenset[str]:
    """Every event code ever given here, deleted events' too: their badges are still about."""
    return frozenset(conn.scalars(select(_E.code)))


def put_event(write: Write, event: Event) -> None:
    """Keep an event. Whether its roster is locked is kept by ``roster.put_lock``."""
    write.put(
        "event",
        event.id,
        event_scope(event.id),
        code=event.code,
        name=event.name,
        kind=event.kind,
        programme_id=event.programme_id,
        batch=event.batch,
        date_from=_iso(event.date_from),
        date_to=_iso(event.date_to),
        date_note=event.date_note,
        venue=event.venue,
        venue_area=event.venue_area,
        hosts=list(event.hosts),
        areas=list(event.areas),
        area_label=event.area_label,
        target=event.target,
        quota=event.quota,
        pass_mode=event.rule.mode,
        pass_percent=event.rule.percent,
        late_after=event.late_after,
        mark_scope=event.mark_scope,
        digits=event.digits,
        certificate_kind=event.certificate_kind,
        closed=event.closed,
    )


# ---- days and sessions


def sessions(conn: Connection, event_id: str) -> tuple[Session, ...]:
    """The sessions of an event by day and start."""
    s, d = session_table.c, day_table.c
    rows = conn.execute(
        select(
            s.id, s.event_id, s.day_no, d.held_on, s.start_minute, s.end_minute, s.kind,
            s.title, s.counts, s.mandatory, s.lecturer, s.place,
        )
        .select_from(
            session_table.outerjoin(
                day_table,
                (d.event_id == s.event_id) & (d.no == s.day_no) & (d.deleted == 0),
            )
        )
        .where(s.event_id == event_id, s.deleted == 0)
        .order_by(s.day_no, s.start_minute, s.end_minute, s.id)
    )  # fmt: skip
    return tuple(Session(*row[:3], _date(row[3]), *row[4:]) for row in rows)


def session(conn: Connection, session_id: str) -> Session:
    """One session. ``LookupError`` if there is none with this id."""
    s = session_table.c
    event_id = conn.scalar(select(s.event_id).where(s.id == session_id, s.deleted == 0))
    if event_id is None:
        raise LookupError("no session with this id")
    return next(found for found in sessions(conn, event_id) if found.id == session_id)


def days(conn: Connection, event_id: str) -> tuple[Day, ...]:
    """The days of an event in order, each with its sessions."""
    d = day_table.c
    held: dict[int, list[Session]] = {}
    for found in sessions(conn, event_id):
        held.setdefault(found.day_no, []).append(found)
    rows = conn.execute(
        select(d.id, d.event_id, d.no, d.held_on)
        .where(d.event_id == event_id, d.deleted == 0)
        .order_by(d.no)
    )
    return tuple(
        Day(row[0], row[1], row[2], _date(row[3]), tuple(held.get(row[2], ()))) for row in rows
    )


def day_id(event_id: str, no: int) -> str:
    """The id of an event's day: the same slot on every laptop."""
    return natural_id("day", event_id, str(no))


def put_day(write: Write, event_id: str, no: int, held_on: date | None) -> None:
    """Keep day ``no`` of an event, on a date or on none yet."""
    write.put(
        "day",
        day_id(event_id, no),
        event_scope(event_id),
        event_id=event_id,
        no=no,
        held_on=_iso(held_on),
    )


def delete_day(write: Write, event_id: str, no: int) -> None:
    """Take the slot ``no`` away; its sessions are the caller's matter."""
    write.delete("day", day_id(event_id, no))


def put_session(write: Write, session: Session) -> None:
    """Keep a session; its date is that of its day."""
    write.put(
        "session",
        session.id,
        event_scope(session.event_id),
        event_id=session.event_id,
        day_no=session.day_no,
        start_minute=session.start,
        end_minute=session.end,
        kind=session.kind,
        title=session.title,
        counts=session.counts,
        mandatory=session.mandatory,
        lecturer=session.lecturer,
        place=session.place,
    )


def delete_session(write: Write, session_id: str) -> None:
    """Take a session away."""
    write.delete("session", session_id)


# ---- ceremony


def ceremony(conn: Connection, event_id: str) -> tuple[CeremonyRole, ...]:
    """The parts in the ceremony, in the order they were set."""
    t = role_table.c
    rows = conn.execute(
        select(t.id, t.event_id, t.role, t.person_name, t.position, t.held_at, t.signs)
        .where(t.event_id == event_id, t.deleted == 0)
        .order_by(t.order_no, t.id)
    )
    return tuple(CeremonyRole(*row) for row in rows)


def put_ceremony_role(write: Write, role: CeremonyRole, order_no: int) -> None:
    """Keep one part in the ceremony at its place in the order."""
    write.put(
        "ceremony_role",
        role.id,
        event_scope(role.event_id),
        event_id=role.event_id,
        role=role.role,
        person_name=role.person_name,
        position=role.position,
        held_at=role.at,
        signs=role.signs,
        order_no=order_no,
    )


def delete_ceremony_role(write: Write, role_id: str) -> None:
    """Take one part in the ceremony away."""
    write.delete("ceremony_role", role_id)


__all__ = [
    "EventRow", "by_code", "ceremony", "clashes", "codes_in_use", "day_id", "days",
    "delete_ceremony_role", "delete_day", "delete_session", "event", "event_scope", "events",
    "programme", "programmes", "put_ceremony_role", "put_day", "put_event", "put_programme",
    "put_session", "session", "sessions",
]  # fmt: skip
