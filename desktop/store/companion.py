# SPDX-License-Identifier: Apache-2.0
"""What the rows of one event name in other scopes, as it is shown here.

A roster names people, their agencies and a programme that live in an office's scope. Where
several laptops share one event they are told along with it, as much of them as the doors and the
papers of the event need: no day of birth, of an identity number the last four digits, and never
anything of a home visit or a case, which no row of an event names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection

from desktop.store.shape import shape_of

CARRIED: Final[Mapping[str, tuple[str, ...]]] = {
    "organisation": ("name", "kind", "area", "short"),
    "person": (
        "title", "first", "middle", "last", "title_code", "sex", "name_en", "certificate_name",
        "name_confirmed_at", "phone", "area",
    ),
    "person_identifier": ("person_id", "kind", "last4", "none_reason"),
    "programme": ("name", "fiscal_year", "year_no", "fund"),
}  # fmt: skip
"""The fields of each kind that are told; a kind that is not here is told nobody."""

_NAMED: Final = {
    "organisation": (
        "SELECT organisation_id FROM enrolment WHERE event_id = ?1 AND deleted = 0 "
        "UNION SELECT organisation_id FROM award WHERE event_id = ?1 AND deleted = 0"
    ),
    "person": "SELECT person_id FROM enrolment WHERE event_id = ?1 AND deleted = 0",
    "person_identifier": (
        "SELECT i.id FROM enrolment n JOIN person_identifier i ON i.person_id = n.person_id "
        "WHERE n.event_id = ?1 AND n.deleted = 0"
    ),
    "programme": "SELECT programme_id FROM event WHERE id = ?1",
}


def companions(conn: Connection, event_id: str) -> dict[tuple[str, str], tuple[str, bool, Any]]:
    """``(scope, deleted, fields)`` of everything here that the rows of an event name, by kind
    and id. The fields are those of :data:`CARRIED`."""
    found: dict[tuple[str, str], tuple[str, bool, Any]] = {}
    for kind, names in CARRIED.items():
        columns = ", ".join(f'"{name}"' for name in names)
        rows = conn.exec_driver_sql(
            f'SELECT id, scope, deleted, {columns} FROM "{kind}" '  # noqa: S608
            f"WHERE id IN ({_NAMED[kind]})",
            (event_id,),
        )
        held = shape_of(kind)
        for row in rows:
            fields = {
                name: held.decode(name, raw)
                for name, raw in zip(names, row[3:], strict=True)
                if raw is not None
            }
            found[kind, row[0]] = row[1], bool(row[2]), fields
    return found


def named_people(conn: Connection, event_id: str) -> frozenset[str]:
    """The ids of the people on the roster of an event, whether they are known here or not."""
    return frozenset(row[0] for row in conn.exec_driver_sql(_NAMED["person"], (event_id,)))


def named_others(conn: Connection, event_id: str) -> frozenset[tuple[str, str]]:
    """Kind and id of the organisations and the programme that the rows of an event name."""
    return frozenset(
        (kind, row[0])
        for kind in ("organisation", "programme")
        for row in conn.exec_driver_sql(_NAMED[kind], (event_id,))
        if row[0]
    )
