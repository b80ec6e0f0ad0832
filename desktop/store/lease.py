# SPDX-License-Identifier: Apache-2.0
"""Certificate numbers that belong to this laptop alone, lent to it by the centre.

Once an office's laptops share a register through a centre, the highest number one of them knows
of says nothing about what the others draw at the same moment. Each draws from blocks of its own
then, lowest first; a number left over at the end of a year is never used, which the register
shows as a gap.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from desktop.model.register import RegisterRule
from desktop.store import centre
from desktop.store.facilitator import own_offices
from desktop.store.register import register_year, rules
from desktop.thai.dates import be_year

LEAST: Final = 100
"""Numbers to ask for at once, at least."""
SPARE: Final = 50
"""Numbers that are to be left when everybody who waits has one."""
RECENT_DAYS: Final = 120
"""Events that ended longer ago need no numbers any more."""

_UPCOMING: Final = (
    "SELECT e.certificate_kind, coalesce(e.date_to, e.date_from, ''), "
    "(SELECT count(*) FROM enrolment n WHERE n.event_id = e.id AND n.deleted = 0 "
    " AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.enrolment_id = n.id "
    "  AND c.kind = e.certificate_kind)) "
    "FROM event e WHERE e.deleted = 0 AND e.certificate_kind <> '' "
    "UNION ALL SELECT 'project', coalesce(max(e.date_to), max(e.date_from), ''), count(*) "
    "FROM award a JOIN event e ON e.id = a.event_id AND e.certificate_kind <> 'project' "
    "WHERE a.deleted = 0 AND e.deleted = 0 AND NOT EXISTS "
    "(SELECT 1 FROM certificate c WHERE c.award_id = a.id) GROUP BY e.id "
    "UNION ALL SELECT p.kind, coalesce(e.date_to, e.date_from, ''), 0 FROM certificate_plan p "
    "JOIN event e ON e.id = p.event_id AND e.deleted = 0 WHERE p.deleted = 0"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Numbers of one register this laptop wants; ``above`` is the highest it knows of."""

    office: str
    kind: str
    year: int
    above: int
    count: int


def leased(conn: Connection) -> bool:
    """Whether this laptop draws from blocks: it joined a centre, or has blocks from one."""
    if centre.joined(conn) is not None:
        return True
    return conn.exec_driver_sql("SELECT 1 FROM lease LIMIT 1").first() is not None


def draw(conn: Connection, office: str, kind: str, year: int) -> Iterator[int]:
    """The numbers of this register that this laptop may still use, in order.

    Those whose rows are kept while it runs are not drawn again, because each comes once.
    """
    for first, last, used in _blocks(conn, office, kind, year):
        yield from range(max(first, used + 1), last + 1)


def free(conn: Connection, office: str, kind: str, year: int) -> int:
    """How many numbers of this register are left."""
    return sum(
        last - max(first - 1, used) for first, last, used in _blocks(conn, office, kind, year)
    )


def _blocks(conn: Connection, office: str, kind: str, year: int) -> list[tuple[int, int, int]]:
    """First and last of each block, and the highest number of it that was drawn."""
    rows = conn.exec_driver_sql(
        "SELECT l.first, l.last, coalesce((SELECT max(c.number) FROM certificate c "
        "WHERE c.office_id = l.office AND c.kind = l.kind AND c.year = l.year "
        "AND c.number BETWEEN l.first AND l.last), 0) FROM lease l "
        "WHERE l.office = ? AND l.kind = ? AND l.year = ? ORDER BY l.first",
        (office, kind, year),
    )
    return [(row[0], row[1], row[2]) for row in rows.fetchall()]


def lent(conn: Connection, office: str, kind: str, year: int) -> tuple[tuple[int, int], ...]:
    """First and last number of each block of this register that belongs to this laptop."""
    return tuple((first, last) for first, last, _used in _blocks(conn, office, kind, year))


def wanted_leases(conn: Connection, on: date) -> tuple[Wanted, ...]:
    """What this laptop should ask the centre for on the day ``on``; nothing while it has enough.

    Registers of this year in which numbers were drawn here, and of events that are near.
    """
    offices = own_offices(conn)
    if not offices or not leased(conn):
        return ()
    office, ours = offices[0], json.dumps(offices)
    said = rules(conn)
    waiting: dict[tuple[str, int], int] = {}
    for kind, ends, count in conn.exec_driver_sql(_UPCOMING).fetchall():
        day = date.fromisoformat(ends) if ends else on
        if day >= on - timedelta(days=RECENT_DAYS):
            # Issued in time, or later with the day of the event on it: both may be wanted.
            rule = said.get(kind, RegisterRule(kind))
            years = {register_year(rule, max(day, on))}
            if count:
                years.add(register_year(rule, day))
            for year in years:
                waiting[kind, year] = waiting.get((kind, year), 0) + count
    drawn = conn.exec_driver_sql(
        "SELECT DISTINCT kind, year FROM certificate "
        "WHERE office_id IN (SELECT value FROM json_each(?)) AND year >= ?",
        (ours, be_year(on)),
    )
    for kind, year in drawn.fetchall():
        if year >= register_year(said.get(kind, RegisterRule(kind)), on):
            waiting.setdefault((kind, year), 0)
    wanted = []
    for (kind, year), count in sorted(waiting.items()):
        lacking = count + SPARE - free(conn, office, kind, year)
        if lacking > 0:
            above = conn.exec_driver_sql(
                "SELECT coalesce(max(number), 0) FROM certificate "
                "WHERE office_id IN (SELECT value FROM json_each(?)) AND kind = ? AND year = ?",
                (ours, kind, year),
            ).scalar_one()
            wanted.append(Wanted(office, kind, year, above, max(LEAST, lacking)))
    return tuple(wanted)
