# SPDX-License-Identifier: Apache-2.0
"""What was held and who was visited: attendance by event and province, visits by province.

Counted from the records themselves, by the rules of ``model.attendance``: a mark that was taken
back does not count, one whose taking-back was taken back does. A correction of a visit is not a
second visit. Only numbers leave this module, and no name but those of events and areas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from sqlalchemy import ColumnElement, Connection, Select, and_, case, distinct, func, select

from desktop.centre.reports import fact
from desktop.centre.schema import rec
from desktop.model.attendance import Mark, MarkKind, in_force
from desktop.thai.dates import ERA_OFFSET

_HERE: Final = ("in", "present")
_BATCH: Final = 500
_FIRST_MONTH: Final = 10


@dataclass(frozen=True, slots=True)
class EventCount:
    """One event: how many were expected, how many came, how many visits were made."""

    id: str
    name: str
    kind: str
    batch: str
    date_from: str
    date_to: str
    province: str
    """Two digits: where it is held, or the first area it is for; empty when neither is said."""
    expected: int
    came: int
    visits: int
    certificates: int


@dataclass(frozen=True, slots=True)
class ProvinceCount:
    """One province: people of it at events, and visits made in it."""

    province: str
    expected: int
    came: int
    visits: int
    households: int


def fiscal_days(year: int) -> tuple[str, str]:
    """First and last day (ISO) of a Thai fiscal year given in พ.ศ."""
    first = date(year - ERA_OFFSET - 1, _FIRST_MONTH, 1)
    return first.isoformat(), date(first.year + 1, 9, 30).isoformat()


def _live(kind: str) -> Select[tuple[str]]:
    return select(rec.c.scope).where(rec.c.kind == kind, rec.c.deleted.is_(False))


def events(conn: Connection, first: str, last: str, province: str = "") -> tuple[EventCount, ...]:
    """The events that began in these days (ISO, both included), the latest first; those
    without a date at the end. ``province`` narrows to one."""
    found = [
        row
        for row in conn.execute(
            _live("event").with_only_columns(
                rec.c.scope,
                rec.c.id,
                fact("name").label("name"),
                fact("kind").label("kind"),
                fact("batch").label("batch"),
                fact("date_from").label("date_from"),
                fact("date_to").label("date_to"),
                fact("venue_area").label("venue_area"),
                fact("areas").label("areas"),
            )
        )
        if not row.date_from or first <= row.date_from <= last
    ]
    scopes = [row.scope for row in found]
    expected = _by_scope(conn, scopes, _expected_by_scope)
    came = _came(conn, scopes)
    visits = _visits_by_event(conn)
    issued = _by_scope(conn, scopes, _issued_by_scope)
    counted = (
        EventCount(
            row.id, row.name or "", row.kind or "", row.batch or "", row.date_from or "",
            row.date_to or "", _province(row.venue_area, row.areas),
            expected.get(row.scope, 0), sum(came.get(row.scope, {}).values()),
            visits.get(row.id, 0), issued.get(row.scope, 0),
        )
        for row in found
    )  # fmt: skip
    return tuple(
        sorted(
            (one for one in counted if not province or one.province == province),
            key=lambda one: (one.date_from, one.name),
            reverse=True,
        )
    )


def by_province(conn: Connection, first: str, last: str) -> tuple[ProvinceCount, ...]:
    """Every province that has anything in these days, by code; ``""`` is what names none."""
    scopes = [
        row.scope
        for row in conn.execute(
            _live("event").with_only_columns(rec.c.scope, fact("date_from").label("date_from"))
        )
        if not row.date_from or first <= row.date_from <= last
    ]
    expected: dict[str, int] = {}
    for part in _parts(scopes):
        for row in conn.execute(
            select(func.substr(fact("area"), 1, 2).label("province"), func.count().label("many"))
            .where(_enrolled(part))
            .group_by("province")
        ):
            code = row.province or ""
            expected[code] = expected.get(code, 0) + row.many
    came: dict[str, int] = {}
    for counted in _came(conn, scopes).values():
        for code, many in counted.items():
            came[code] = came.get(code, 0) + many
    visits = visits_by_province(conn, first, last)
    codes = sorted(expected.keys() | came.keys() | visits.keys(), key=lambda code: code or "99")
    return tuple(
        ProvinceCount(code, expected.get(code, 0), came.get(code, 0), *visits.get(code, (0, 0)))
        for code in codes
    )


def visits_by_province(conn: Connection, first: str, last: str) -> dict[str, tuple[int, int]]:
    """By province, visits made in these days and the households they were made to."""
    rows = conn.execute(
        _visits(first, last)
        .with_only_columns(
            func.substr(fact("area"), 1, 2).label("province"), func.count().label("many"),
            func.count(distinct(fact("household_id"))).label("households"),
        )
        .group_by("province")
    )  # fmt: skip
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        many, households = found.get(row.province or "", (0, 0))
        found[row.province or ""] = (many + row.many, households + row.households)
    return found


def visits_by_month(
    conn: Connection, first: str, last: str, province: str = ""
) -> tuple[tuple[str, int, int], ...]:
    """By month (``2026-11``), visits made and how many met somebody of the household."""
    asked = _visits(first, last)
    if province:
        asked = asked.where(func.substr(fact("area"), 1, 2) == province)
    return tuple(
        (row.month, row.many, int(row.met or 0))
        for row in conn.execute(
            asked.with_only_columns(
                func.substr(fact("visited_on"), 1, 7).label("month"), func.count().label("many"),
                func.sum(case((fact("met").in_(("met", "proxy")), 1), else_=0)).label("met"),
            ).group_by("month").order_by("month")
        )
    )  # fmt: skip


# ---- the parts


def _visits(first: str, last: str) -> Select[tuple[str]]:
    return _live("visit").where(
        func.coalesce(fact("amends"), "") == "", fact("visited_on").between(first, last)
    )


def _visits_by_event(conn: Connection) -> dict[str, int]:
    return {
        row.event: row.many
        for row in conn.execute(
            _live("visit")
            .where(func.coalesce(fact("amends"), "") == "", fact("event_id") != "")
            .with_only_columns(fact("event_id").label("event"), func.count().label("many"))
            .group_by("event")
        )
    }


def _by_scope(
    conn: Connection, scopes: list[str], asked: Callable[[list[str]], Select[tuple[str, int]]]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _parts(scopes):
        for row in conn.execute(asked(part)):
            found[row.scope] = row.many
    return found


def _expected_by_scope(scopes: list[str]) -> Select[tuple[str, int]]:
    return (
        select(rec.c.scope, func.count().label("many"))
        .where(_enrolled(scopes)).group_by(rec.c.scope)
    )  # fmt: skip


def _issued_by_scope(scopes: list[str]) -> Select[tuple[str, int]]:
    return (
        select(rec.c.scope, func.count().label("many"))
        .where(rec.c.kind == "certificate", rec.c.deleted.is_(False), rec.c.scope.in_(scopes))
        .where(fact("status").in_(("issued", "printed", "handed", "returned")))
        .group_by(rec.c.scope)
    )


def _enrolled(scopes: list[str]) -> ColumnElement[bool]:
    return and_(
        rec.c.kind == "enrolment", rec.c.deleted.is_(False), rec.c.scope.in_(scopes),
        fact("status") == "enrolled",
    )  # fmt: skip


def _came(conn: Connection, scopes: list[str]) -> dict[str, dict[str, int]]:
    """By scope and province, enrolled people with an arrival that still stands."""
    found: dict[str, dict[str, int]] = {}
    for part in _parts(scopes):
        marks: dict[tuple[str, str], list[Mark]] = {}
        for row in conn.execute(
            _live("mark").where(rec.c.scope.in_(part)).with_only_columns(
                rec.c.scope, rec.c.id, fact("enrolment_id").label("enrolment"),
                fact("kind").label("kind"), fact("cancels").label("cancels"),
            )
        ):  # fmt: skip
            marks.setdefault((row.scope, row.enrolment or ""), []).append(
                Mark(row.id, row.enrolment or "", "", "session", cast(MarkKind, row.kind), 0, "",
                     "", "", "list", cancels=row.cancels or "")
            )  # fmt: skip
        there = {
            where for where, noted in marks.items()
            if any(mark.kind in _HERE for mark in in_force(noted))
        }  # fmt: skip
        for row in conn.execute(
            select(rec.c.scope, rec.c.id, func.substr(fact("area"), 1, 2).label("province"))
            .where(_enrolled(part))
        ):  # fmt: skip
            if (row.scope, row.id) in there:
                by_province = found.setdefault(row.scope, {})
                code = row.province or ""
                by_province[code] = by_province.get(code, 0) + 1
    return found


def _parts(scopes: list[str]) -> Iterable[list[str]]:
    return (scopes[at : at + _BATCH] for at in range(0, len(scopes), _BATCH))


def _province(venue_area: str | None, areas: str | None) -> str:
    if venue_area:
        return venue_area[:2]
    digits = "".join(c for c in (areas or "").split(",")[0] if c.isdigit())
    return digits[:2]
