# SPDX-License-Identifier: Apache-2.0
"""Lists and searches of cases. A restricted case of others is in none of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, or_, select

from desktop.model.case_file import CaseFile, Status
from desktop.store import search
from desktop.store.case_file import (
    by_urgency,
    facilitator_names,
    people_names,
    read_case,
    readable,
    standing_cases,
)
from desktop.store.tables.case_file import case_file as case_table
from desktop.store.tables.follow_up import follow_up as follow_up_table
from desktop.thai.digits import to_arabic

LIMIT: Final = 200

_C: Final = case_table.c


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases a list shows. Empty fields ask for nothing."""

    text: str = ""
    """A case number, or a part of the person's name, loosely."""
    open_only: bool = True
    status: tuple[Status, ...] = ()
    urgency: str = ""
    owner_id: str = ""
    area: str = ""
    """Area code of 2, 4 or 6 digits."""
    problem: str = ""
    target: str = ""
    person_id: str = ""
    household_id: str = ""
    event_id: str = ""
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case with what a list shows beside it."""

    case: CaseFile
    name: str
    """The person's name, or empty."""
    owner: str
    next_due: date | None
    """When it is next to be followed up."""


def _holds(column: ColumnElement[Any], code: str) -> ColumnElement[bool]:
    each = func.json_each(column).table_valued("value")
    return select(each.c.value).where(each.c.value == code).exists()


def cases(conn: Connection, reader: str, asked: CaseFilter) -> tuple[CaseRow, ...]:
    """Cases for a list, the most urgent first, then the newest. Others' are left out."""
    query = standing_cases().where(readable(reader))
    if asked.open_only:
        query = query.where(_C.status != "closed")
    if asked.status:
        query = query.where(_C.status.in_(asked.status))
    for column, value in (
        (_C.urgency, asked.urgency),
        (_C.owner_id, asked.owner_id),
        (_C.person_id, asked.person_id),
        (_C.household_id, asked.household_id),
        (_C.event_id, asked.event_id),
    ):
        if value:
            query = query.where(column == value)
    if asked.area:
        query = query.where(_C.area.startswith(asked.area, autoescape=True))
    if asked.problem:
        query = query.where(_holds(_C.problems, asked.problem))
    if asked.target:
        query = query.where(_holds(_C.targets, asked.target))
    if text := to_arabic(asked.text).strip():
        people = func.json_each(search.ids_listed(search.people_named(conn, asked.text)))
        named = people.table_valued("value")
        query = query.where(
            or_(
                _C.case_no.icontains(text, autoescape=True),
                (_C.person_id != "") & _C.person_id.in_(select(named.c.value)),
            )
        )
    query = query.order_by(by_urgency(_C.urgency), _C.id.desc()).limit(asked.limit)
    return _rows(conn, [read_case(row) for row in conn.execute(query)])


def _rows(conn: Connection, found: list[CaseFile]) -> tuple[CaseRow, ...]:
    names = people_names(conn, (one.person_id for one in found))
    owners = facilitator_names(conn)
    ids = func.json_each(search.ids_listed(one.id for one in found)).table_valued("value")
    due = {
        row[0]: date.fromisoformat(row[1])
        for row in conn.execute(
            select(follow_up_table.c.case_id, func.min(follow_up_table.c.due))
            .where(
                follow_up_table.c.deleted == 0,
                follow_up_table.c.done_at == "",
                follow_up_table.c.case_id.in_(select(ids.c.value)),
            )
            .group_by(follow_up_table.c.case_id)
        )
    }
    return tuple(
        CaseRow(
            one,
            names.get(one.person_id, ""),
            owners.get(one.owner_id, ""),
            due.get(one.id) if one.is_open else None,
        )
        for one in found
    )
