# SPDX-License-Identifier: Apache-2.0
"""Who is expected in two events on the same days. Warned of, never merged or refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from desktop.model.event import Clash
from desktop.store.tables.event import day as day_table

_CLASHES: Final = """
WITH mine AS (
  SELECT person_id FROM enrolment WHERE event_id = ?1 AND deleted = 0 AND status = 'enrolled'
), same (person_id, other_id) AS (
  SELECT person_id, person_id FROM mine
  UNION
  SELECT m.person_id, h.person_id FROM mine m
  JOIN identifier_hash own ON own.person_id = m.person_id
  JOIN identifier_hash h ON h.hash = own.hash
)
SELECT DISTINCT s.person_id, n.event_id, e.name
FROM same s
JOIN enrolment n ON n.person_id = s.other_id
JOIN event e ON e.id = n.event_id
WHERE n.deleted = 0 AND n.status = 'enrolled' AND e.deleted = 0
  AND n.event_id IN (SELECT value FROM json_each(?2))
ORDER BY n.event_id, s.person_id
"""


def clashes(conn: Connection, event_id: str) -> tuple[Clash, ...]:
    """People of this event who are expected in another one on the same days.

    The same person, or another record with the same identity number. Warned of, never merged.
    """
    mine, theirs = day_table, day_table.alias()
    shared: dict[str, list[date]] = {}
    for other, held_on in conn.execute(
        select(theirs.c.event_id, theirs.c.held_on)
        .distinct()
        .select_from(mine.join(theirs, theirs.c.held_on == mine.c.held_on))
        .where(
            mine.c.event_id == event_id,
            theirs.c.event_id != event_id,
            mine.c.deleted == 0,
            theirs.c.deleted == 0,
        )
        .order_by(theirs.c.held_on)
    ):
        shared.setdefault(other, []).append(date.fromisoformat(held_on))
    if not shared:
        return ()
    rows = conn.exec_driver_sql(_CLASHES, (event_id, json.dumps(list(shared))))
    return tuple(Clash(row[0], event_id, row[1], row[2], tuple(shared[row[1]])) for row in rows)
