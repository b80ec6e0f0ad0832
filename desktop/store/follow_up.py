# SPDX-License-Identifier: Apache-2.0
"""Follow-ups in the store. Those of restricted cases are there for their readers only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from desktop.model.follow_up import HORIZON, DueList, FollowUp, FollowUpLine, grouped
from desktop.store.case_file import (
    by_urgency,
    case_file,
    facilitator_names,
    readable,
    scope_of,
)
from desktop.store.clock import instant, moment
from desktop.store.person import people
from desktop.store.tables.case_file import case_file as case_table
from desktop.store.tables.follow_up import follow_up as follow_up_table
from desktop.store.write import Write
from desktop.thai.names import full_name

_F: Final = follow_up_table.c
_COLUMNS: Final = (
    _F.id, _F.case_id, _F.made_on, _F.due, _F.owner_id, _F.first_due, _F.moved_because,
    _F.visit_id, _F.done_at, _F.done_by, _F.method, _F.progress, _F.received, _F.detail,
    _F.record_id,
)  # fmt: skip


def _follow_up(row: Any) -> FollowUp:
    due = date.fromisoformat(row.due)
    first = date.fromisoformat(row.first_due)
    return FollowUp(
        id=row.id,
        case_id=row.case_id,
        made_on=date.fromisoformat(row.made_on),
        due=due,
        owner_id=row.owner_id,
        first_due=None if first == due else first,
        moved_because=row.moved_because,
        visit_id=row.visit_id,
        done_at=moment(row.done_at) if row.done_at else None,
        done_by=row.done_by,
        method=row.method,
        progress=row.progress,
        received=frozenset(row.received),
        detail=row.detail,
        record_id=row.record_id,
    )


def _follow_ups() -> Select[Any]:
    return select(*_COLUMNS).where(_F.deleted == 0)


def standing(conn: Connection, follow_up_id: str) -> FollowUp | None:
    """One of them for whoever has the case in hand already, or None."""
    row = conn.execute(_follow_ups().where(_F.id == follow_up_id)).first()
    return None if row is None else _follow_up(row)


def follow_up(conn: Connection, reader: str, follow_up_id: str) -> FollowUp:
    """One follow-up. ``LookupError`` if there is none with this id; raises ``NotYours``."""
    found = standing(conn, follow_up_id)
    if found is None:
        raise LookupError("no follow-up with this id")
    case_file(conn, reader, found.case_id)
    return found


def follow_ups(conn: Connection, reader: str, case_id: str) -> tuple[FollowUp, ...]:
    """The follow-ups of a case by the day they were due. Raises ``NotYours``."""
    case_file(conn, reader, case_id)
    rows = conn.execute(_follow_ups().where(_F.case_id == case_id).order_by(_F.due, _F.id))
    return tuple(_follow_up(row) for row in rows)


def next_open(conn: Connection, case_id: str) -> FollowUp | None:
    """The follow-up of a case that is due next, or None."""
    query = _follow_ups().where(_F.case_id == case_id, _F.done_at == "")
    row = conn.execute(query.order_by(_F.due, _F.id).limit(1)).first()
    return None if row is None else _follow_up(row)


def of_record(conn: Connection, record_id: str) -> FollowUp | None:
    """The follow-up that a form was the keeping of, or None."""
    row = conn.execute(_follow_ups().where(_F.record_id == record_id)).first()
    return None if row is None else _follow_up(row)


# ---- lists


def _lines(conn: Connection, query: Select[Any]) -> tuple[FollowUpLine, ...]:
    rows: Sequence[Any] = conn.execute(query).all()
    known = people(conn, (row.person_id for row in rows if row.person_id))
    owners = facilitator_names(conn)
    return tuple(
        FollowUpLine(
            _follow_up(row),
            row.case_no,
            full_name(one.title, one.first, one.middle, one.last) if one else "",
            row.area,
            row.urgency,
            row.main_problem,
            bool(row.restricted),
            owners.get(row.owner_id, ""),
            one.first if one else "",
        )
        for row in rows
        for one in (known.get(row.person_id),)
    )


def _readable(reader: str) -> Select[Any]:
    c = case_table.c
    return (
        select(*_COLUMNS, c.case_no, c.person_id, c.area, c.urgency, c.main_problem, c.restricted)
        .select_from(follow_up_table.join(case_table, c.id == _F.case_id))
        .where(_F.deleted == 0, c.deleted == 0, readable(reader))
        .order_by(_F.due, by_urgency(c.urgency), _F.id)
    )


def due(conn: Connection, reader: str, today: date, horizon: int = HORIZON) -> DueList:
    """What is to be followed up: overdue, today, in seven days, and up to ``horizon`` days.

    By day, on a day the most urgent first. Of closed cases and of restricted ones of others
    there is nothing.
    """
    query = _readable(reader).where(
        _F.done_at == "",
        case_table.c.status != "closed",
        _F.due <= (today + timedelta(days=horizon)).isoformat(),
    )
    return grouped(_lines(conn, query), today)


def calendar(
    conn: Connection, reader: str, year: int, month: int
) -> dict[date, tuple[FollowUpLine, ...]]:
    """The follow-ups of a month (Gregorian year) by the day they are due; only days with any.

    Those that were kept are there too, on the day they were due.
    """
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    query = _readable(reader).where(
        _F.due >= first.isoformat(),
        _F.due < after.isoformat(),
        (_F.done_at != "") | (case_table.c.status != "closed"),
    )
    days: dict[date, list[FollowUpLine]] = {}
    for line in _lines(conn, query):
        days.setdefault(line.follow_up.due, []).append(line)
    return {day: tuple(lines) for day, lines in days.items()}


# ---- writing


def put(write: Write, follow_up: FollowUp) -> None:
    """Keep a follow-up; ``done_at`` is kept as the moment it has."""
    write.put(
        "follow_up",
        follow_up.id,
        scope_of(write.conn, follow_up.case_id),
        case_id=follow_up.case_id,
        visit_id=follow_up.visit_id,
        made_on=follow_up.made_on.isoformat(),
        due=follow_up.due.isoformat(),
        first_due=(follow_up.first_due or follow_up.due).isoformat(),
        moved_because=follow_up.moved_because,
        owner_id=follow_up.owner_id,
        done_at=str(instant(follow_up.done_at)) if follow_up.done_at else "",
        done_by=follow_up.done_by,
        method=follow_up.method,
        progress=follow_up.progress,
        received=sorted(follow_up.received),
        detail=follow_up.detail,
        record_id=follow_up.record_id,
    )


def delete(write: Write, follow_up_id: str) -> None:
    """Take a follow-up off."""
    write.delete("follow_up", follow_up_id)
