# SPDX-License-Identifier: Apache-2.0
"""Mentors and their junior volunteers in the store."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, or_, select

from desktop.model.mentorship import Mentorship, Pair
from desktop.store.case_file import people_names
from desktop.store.facilitator import home_scope
from desktop.store.ids import natural_id
from desktop.store.tables.mentorship import mentorship as mentorship_table
from desktop.store.write import Write

_M: Final = mentorship_table.c


def mentorship_id(event_id: str, mentor_id: str, junior_id: str) -> str:
    """The id of this pair, the same on every laptop."""
    return natural_id("mentorship", event_id, mentor_id, junior_id)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _mentorship(row: Any) -> Mentorship:
    return Mentorship(
        row.id, row.mentor_id, row.junior_id, row.event_id, _day(row.since), _day(row.until)
    )


def _mentorships() -> Select[Any]:
    return select(_M.id, _M.mentor_id, _M.junior_id, _M.event_id, _M.since, _M.until).where(
        _M.deleted == 0
    )


def mentorship(conn: Connection, mentorship_id: str) -> Mentorship:
    """One pair. ``LookupError`` if there is none with this id."""
    row = conn.execute(_mentorships().where(_M.id == mentorship_id)).first()
    if row is None:
        raise LookupError("no pair with this id")
    return _mentorship(row)


def pairs(conn: Connection, *, event_id: str = "", person_id: str = "") -> tuple[Pair, ...]:
    """Pairs as they were made: of an event, or those in which a person is either one."""
    query = _mentorships()
    if event_id:
        query = query.where(_M.event_id == event_id)
    if person_id:
        query = query.where(or_(_M.mentor_id == person_id, _M.junior_id == person_id))
    found = [_mentorship(row) for row in conn.execute(query.order_by(_M.changed_at, _M.id))]
    names = people_names(conn, (one for pair in found for one in (pair.mentor_id, pair.junior_id)))
    return tuple(
        Pair(one, names.get(one.mentor_id, ""), names.get(one.junior_id, "")) for one in found
    )


def mentors_of(conn: Connection, junior_id: str) -> tuple[str, ...]:
    """Ids of the people who look after a junior volunteer, the latest first."""
    query = select(_M.mentor_id).where(_M.junior_id == junior_id, _M.deleted == 0)
    return tuple(dict.fromkeys(conn.scalars(query.order_by(_M.changed_at.desc()))))


def put(write: Write, mentorship: Mentorship) -> None:
    """Keep a pair; one that was taken apart comes back."""
    scope = (
        f"w:{mentorship.event_id}"
        if mentorship.event_id
        else home_scope(write.conn, "mentorship", mentorship.id)
    )
    write.put(
        "mentorship",
        mentorship.id,
        scope,
        event_id=mentorship.event_id,
        mentor_id=mentorship.mentor_id,
        junior_id=mentorship.junior_id,
        since=mentorship.since.isoformat() if mentorship.since else "",
        until=mentorship.until.isoformat() if mentorship.until else "",
    )


def delete(write: Write, mentorship_id: str) -> None:
    """Take a pair apart."""
    write.delete("mentorship", mentorship_id)
