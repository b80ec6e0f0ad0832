# SPDX-License-Identifier: Apache-2.0
"""How the office writes and counts its certificate numbers, and which registers it has."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from desktop.model.register import RegisterRule, YearKind
from desktop.store.facilitator import home_scope, office_or_none, own_offices
from desktop.store.ids import natural_id
from desktop.store.tables.certificate import certificate as register_table
from desktop.store.tables.certificate import register_rule
from desktop.store.tables.facilitator import office as office_table
from desktop.store.write import Write
from desktop.thai.dates import be_year, fiscal_year

_NOBODY: Final = ""


def rule(conn: Connection, kind: str) -> RegisterRule:
    """How this office writes the numbers of a kind; as usual when nobody said otherwise."""
    return rules(conn).get(kind, RegisterRule(kind))


def rules(conn: Connection) -> dict[str, RegisterRule]:
    """What this office said, by kind.

    What was said before it joined a centre counts as long as nothing newer is said: every laptop
    of the office then finds the same.
    """
    t = register_rule.c
    owner = office_or_none(conn)
    ours = _NOBODY if owner is None else owner.id
    rows = conn.execute(
        select(t.kind, t.pattern, t.code, t.year_kind)
        .where(t.deleted == 0)
        .order_by((t.office_id == ours).desc(), t.id)
    )
    found: dict[str, RegisterRule] = {}
    for row in rows:
        year_kind: YearKind = "fiscal" if row.year_kind == "fiscal" else "calendar"
        found.setdefault(row.kind, RegisterRule(row.kind, row.pattern, row.code, year_kind))
    return found


def put_rule(write: Write, one: RegisterRule) -> None:
    """Keep how this office writes the numbers of a kind. What was drawn before stays."""
    owner = office_or_none(write.conn)
    if owner is None:
        raise LookupError("this store has no office yet")
    record_id = natural_id("register_rule", owner.id, one.kind)
    write.put(
        "register_rule",
        record_id,
        home_scope(write.conn, "register_rule", record_id),
        office_id=owner.id,
        kind=one.kind,
        pattern=one.pattern,
        code=one.code,
        year_kind=one.year_kind,
    )


def register_year(one: RegisterRule, day: date) -> int:
    """The year พ.ศ. of the register in which a certificate of this day of issue is entered.

    It follows the day on the paper and nothing else: not the day of typing, nor that of sync.
    """
    return fiscal_year(day) if one.year_kind == "fiscal" else be_year(day)


def our_offices(conn: Connection) -> tuple[str, ...]:
    """The office, and those its laptops founded before they joined: one register for all.

    Another office's events may be here, but never the office itself.
    """
    known = conn.execute(select(office_table.c.id).where(office_table.c.deleted == 0))
    return tuple(dict.fromkeys([*own_offices(conn), *(row.id for row in known)]))


def registers(conn: Connection) -> tuple[tuple[str, int], ...]:
    """Kind and year of every register of this office in which a number was drawn, or lent."""
    ours = our_offices(conn)
    t = register_table.c
    drawn = conn.execute(
        select(t.kind, t.year).where(t.office_id.in_(ours), t.deleted == 0).distinct()
    )
    found = {(row.kind, row.year) for row in drawn}
    for office_id in ours:
        lent = conn.exec_driver_sql("SELECT kind, year FROM lease WHERE office = ?", (office_id,))
        found |= {(row[0], row[1]) for row in lent}
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))
