# SPDX-License-Identifier: Apache-2.0
"""Visits in and out of the store. A visit that was corrected gives way to its correction.

``reader`` is the facilitator who looks: visits of a restricted case are left out for others.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection

from desktop.model.position import Position
from desktop.model.visit import Assessment, Companion, Point, Visit
from desktop.store import case_file, household
from desktop.store.ids import natural_id
from desktop.store.search import ids_listed
from desktop.store.write import Write

VISITOR: Final = "visitor"

_VISIT: Final = (
    "SELECT v.id, v.household_id, v.record_id, v.at, v.visited_on, v.purpose, v.met, "
    "v.person_id, v.case_id, v.event_id, v.area, v.lat, v.lon, v.altitude, v.accuracy, "
    "v.landmark, v.dimensions, v.outcomes, v.needs, v.opinion, v.noted_by, v.amends FROM visit v "
    "WHERE v.deleted = 0"
)
_STANDING: Final = (
    " AND NOT EXISTS (SELECT 1 FROM visit n WHERE n.amends = v.id AND n.deleted = 0)"
)
_NEWEST: Final = " ORDER BY v.visited_on DESC, v.at DESC, v.id DESC"
_POINTS: Final = (
    "SELECT h.id, h.lat, h.lon, h.altitude, h.accuracy FROM household h WHERE h.deleted = 0 "
    "AND h.lat IS NOT NULL AND h.area >= ?1 AND h.area < ?1 || '~'"
)
_LATEST: Final = (
    "SELECT v.household_id, v.visited_on, v.dimensions, v.case_id FROM visit v "  # noqa: S608
    "WHERE v.deleted = 0 AND v.household_id IN (SELECT value FROM json_each(?))"
    f"{_STANDING} ORDER BY v.visited_on, v.at, v.id"
)


def position(lat: float | None, lon: float | None, *rest: float | None) -> Position | None:
    """The point of four columns, or None."""
    return None if lat is None or lon is None else Position(lat, lon, *rest)


def _visit(row: Any) -> Visit:
    values = [
        *row[:11],
        position(*row[11:15]),
        row[15],
        None if row[16] is None else json.loads(row[16]),
        tuple(json.loads(row[17])),
        *row[18:21],
        (),
        row[21],
    ]
    return Visit(*values)


def _visits(
    conn: Connection, reader: str, condition: str, values: tuple[Any, ...], rest: str = ""
) -> tuple[Visit, ...]:
    hidden = case_file.hidden_cases(conn, reader)
    rows = conn.exec_driver_sql(f"{_VISIT} AND {condition}{_NEWEST}{rest}", values).all()
    found = [one for row in rows if (one := _visit(row)).case_id not in hidden]
    teams = _teams(conn, [one.id for one in found])
    return tuple(replace(one, team=teams.get(one.id, ())) for one in found)


def _teams(conn: Connection, visit_ids: list[str]) -> dict[str, tuple[Companion, ...]]:
    teams: dict[str, list[Companion]] = {}
    rows = conn.exec_driver_sql(
        "SELECT visit_id, name, person_id FROM visit_person WHERE deleted = 0 AND role = ? "
        "AND visit_id IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (VISITOR, ids_listed(visit_ids)),
    )
    for visit_id, name, person_id in rows:
        teams.setdefault(visit_id, []).append(Companion(name, person_id))
    return {visit_id: tuple(team) for visit_id, team in teams.items()}


def find_visit(conn: Connection, visit_id: str) -> Visit | None:
    """One visit for those who write; no question of who asks."""
    row = conn.exec_driver_sql(f"{_VISIT} AND v.id = ?", (visit_id,)).first()
    if row is None:
        return None
    return replace(_visit(row), team=_teams(conn, [visit_id]).get(visit_id, ()))


def visit(conn: Connection, reader: str, visit_id: str) -> Visit:
    """One visit, a corrected one too. ``LookupError`` if there is none; raises ``NotYours``."""
    found = find_visit(conn, visit_id)
    if found is None:
        raise LookupError("no visit with this id")
    if case_file.is_hidden(conn, reader, found.case_id):
        case_file.case_file(conn, reader, found.case_id)  # raises with the name to ask
    return found


def history(conn: Connection, reader: str, household_id: str) -> tuple[Visit, ...]:
    """The visits to a household that stand, the latest first."""
    return _visits(conn, reader, f"v.household_id = ?{_STANDING}", (household_id,))


def of_person(conn: Connection, reader: str, person_id: str) -> tuple[Visit, ...]:
    """The visits to a person that stand, the latest first."""
    return _visits(conn, reader, f"v.person_id = ?{_STANDING}", (person_id,))


def of_event(conn: Connection, reader: str, event_id: str) -> tuple[Visit, ...]:
    """The visits made as part of an event, the latest first."""
    return _visits(conn, reader, f"v.event_id = ?{_STANDING}", (event_id,))


def of_case(conn: Connection, reader: str, case_id: str) -> tuple[Visit, ...]:
    """The visits of a case, the latest first."""
    return _visits(conn, reader, f"v.case_id = ?{_STANDING}", (case_id,))


def recent(conn: Connection, reader: str, limit: int = 50) -> tuple[Visit, ...]:
    """The visits made last, wherever; fewer than ``limit`` when some are not the reader's."""
    return _visits(conn, reader, f"true{_STANDING}", (limit,), " LIMIT ?")


def dimensions(conn: Connection, reader: str, household_id: str) -> tuple[Assessment, ...]:
    """How the five dimensions of a household went, the oldest first."""
    return tuple(
        Assessment(one.id, one.visited_on, one.dimensions)
        for one in reversed(history(conn, reader, household_id))
        if one.dimensions
    )


def points(conn: Connection, reader: str, area: str = "") -> tuple[Point, ...]:
    """The households whose place is known, in an area of 2, 4 or 6 digits or anywhere."""
    rows = conn.exec_driver_sql(_POINTS, (area,)).all()
    hidden = case_file.hidden_cases(conn, reader)
    ids = [row[0] for row in rows]
    last: dict[str, tuple[str, int]] = {}
    for household_id, on, said, case_id in conn.exec_driver_sql(_LATEST, (ids_listed(ids),)):
        needs = 0
        if case_id not in hidden and said is not None:
            needs = list(json.loads(said).values()).count("help")
        elif said is None:
            needs = last.get(household_id, ("", 0))[1]
        last[household_id] = (on, needs)
    names = household.names(conn, ids)
    made = []
    for row in rows:
        on, needs = last.get(row[0], ("", 0))
        made.append(Point(row[0], names.get(row[0], ""), Position(*row[1:5]), on, needs))
    return tuple(made)


def put_visit(write: Write, scope: str, one: Visit) -> None:
    """Keep a visit with its team. It is put once."""
    at = one.position
    write.put(
        "visit",
        one.id,
        scope,
        household_id=one.household_id,
        record_id=one.record_id,
        person_id=one.person_id,
        case_id=one.case_id,
        event_id=one.event_id,
        at=one.at,
        visited_on=one.visited_on,
        purpose=one.purpose,
        met=one.met,
        area=one.area,
        lat=None if at is None else at.latitude,
        lon=None if at is None else at.longitude,
        altitude=None if at is None else at.altitude,
        accuracy=None if at is None else at.accuracy,
        landmark=one.landmark,
        dimensions=None if one.dimensions is None else dict(one.dimensions),
        outcomes=list(one.outcomes),
        needs=one.needs,
        opinion=one.opinion,
        noted_by=one.by,
        amends=one.amends,
    )
    for number, companion in enumerate(one.team):
        write.put(
            "visit_person",
            natural_id("visit_person", one.id, VISITOR, str(number)),
            scope,
            visit_id=one.id,
            person_id=companion.person_id,
            name=companion.name,
            role=VISITOR,
        )
