# SPDX-License-Identifier: Apache-2.0
"""Activities of volunteers in the store."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from desktop.model.activity import Activity
from desktop.store.case_scope import case_scope
from desktop.store.tables.activity import activity as activity_table
from desktop.store.write import Write

_A: Final = activity_table.c
_FIELDS: Final = tuple(Activity.__dataclass_fields__)
_SETS: Final = ("noi_roles", "aims", "systems")


def _activity(row: Any) -> Activity:
    values = dict(row._mapping)
    values["held_on"] = date.fromisoformat(row.held_on)
    return Activity(**{**values, **{name: frozenset(values[name]) for name in _SETS}})


def _activities() -> Select[Any]:
    return select(*(_A[name] for name in _FIELDS)).where(_A.deleted == 0)


def activity(conn: Connection, activity_id: str) -> Activity:
    """One activity. ``LookupError`` if there is none with this id."""
    row = conn.execute(_activities().where(_A.id == activity_id)).first()
    if row is None:
        raise LookupError("no activity with this id")
    return _activity(row)


def activities(
    conn: Connection,
    *,
    event_id: str = "",
    since: date | None = None,
    until: date | None = None,
    area: str = "",
) -> tuple[Activity, ...]:
    """Activities, the latest first; ``area`` is a code of 2, 4 or 6 digits."""
    query = _activities()
    if event_id:
        query = query.where(_A.event_id == event_id)
    if since is not None:
        query = query.where(_A.held_on >= since.isoformat())
    if until is not None:
        query = query.where(_A.held_on <= until.isoformat())
    if area:
        query = query.where(_A.area.startswith(area, autoescape=True))
    rows = conn.execute(query.order_by(_A.held_on.desc(), _A.id.desc()))
    return tuple(_activity(row) for row in rows)


def scope_of(conn: Connection, activity_id: str) -> str | None:
    """The scope in which an activity was entered, which it keeps; None for a new one."""
    return conn.scalar(select(_A.scope).where(_A.id == activity_id))


def put(write: Write, activity: Activity) -> str:
    """Keep an activity: with its event, or its tambon, or the office. Returns the scope."""
    fields: dict[str, Any] = {name: getattr(activity, name) for name in _FIELDS if name != "id"}
    fields["held_on"] = activity.held_on.isoformat()
    for name in _SETS:
        fields[name] = sorted(fields[name])
    scope = scope_of(write.conn, activity.id) or (
        f"w:{activity.event_id}" if activity.event_id else case_scope(write.conn, activity.area)
    )
    write.put("activity", activity.id, scope, **fields)
    return scope


def delete(write: Write, activity_id: str) -> None:
    """Take an activity off."""
    write.delete("activity", activity_id)
