# SPDX-License-Identifier: Apache-2.0
"""What was on a laptop at a moment: for the notice that is due within 72 hours of a loss.

The answer names every scope the laptop had received or written in by then, and the people in
each as the centre knew them at that moment. What the laptop itself had not sent yet the centre
cannot know; how much that was at its last contact is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, distinct, func, select

from desktop.centre.reports import fact
from desktop.centre.schema import audit, op, rec
from desktop.thai.names import full_name

PERSONS: Final = ("person", "member")
"""Kinds of records that name somebody: of the register, and of a household's list."""
SENSITIVE: Final = ("visit", "case_file", "referral", "alert", "assistance")
"""Kinds that tell of health, need or harm."""
KINDS: Final = (*PERSONS, "household", *SENSITIVE)
PULL: Final = "pull"
"""The action under which the audit log keeps that a device received a scope."""
_BATCH: Final = 400


@dataclass(frozen=True, slots=True)
class HeldScope:
    """One scope on the laptop."""

    scope: str
    first_at: str
    """When it is first known to have been there; empty when only today's rights say so."""
    counts: dict[str, int]
    """Records by kind."""

    @property
    def persons(self) -> int:
        """How many people are named in it."""
        return sum(self.counts.get(kind, 0) for kind in PERSONS)

    @property
    def sensitive(self) -> int:
        """How many records in it tell of health, need or harm."""
        return sum(self.counts.get(kind, 0) for kind in SENSITIVE)


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """One person whose data was on the laptop."""

    scope: str
    kind: str
    id: str
    name: str
    area: str
    phone: bool
    """Whether a telephone number is among it."""
    since: str


def held(
    conn: Connection, device_id: str, at: str, allowed: Iterable[str] = ()
) -> tuple[HeldScope, ...]:
    """The scopes on a laptop at ``at`` (as the tables keep moments), the fullest first.

    ``allowed`` are those it may hold today; they count as held when neither a transfer nor a
    change of its own says so, because a notice must rather name too many than too few.
    """
    first: dict[str, str] = dict.fromkeys(allowed, "")
    for row in conn.execute(
        select(audit.c.record_id.label("scope"), func.min(audit.c.at).label("at"))
        .where(audit.c.device == device_id, audit.c.action == PULL, audit.c.at <= at)
        .group_by(audit.c.record_id)
    ):
        first[row.scope] = row.at
    for row in conn.execute(
        select(op.c.scope, func.min(op.c.received_at).label("at"))
        .where(op.c.device == device_id, op.c.received_at <= at)
        .group_by(op.c.scope)
    ):
        known = first.get(row.scope, "")
        first[row.scope] = min(known, row.at) if known else row.at
    counts: dict[str, dict[str, int]] = {scope: {} for scope in first}
    for part in _parts(sorted(first)):
        for row in conn.execute(
            select(op.c.scope, op.c.kind, func.count(distinct(op.c.id)).label("many"))
            .where(op.c.scope.in_(part), op.c.kind.in_(KINDS), op.c.received_at <= at)
            .where(op.c.quarantined == "")
            .group_by(op.c.scope, op.c.kind)
        ):
            counts[row.scope][row.kind] = row.many
    return tuple(sorted(
        (HeldScope(scope, first[scope], counts[scope]) for scope in first),
        key=lambda one: (-one.persons, -one.sensitive, one.scope),
    ))  # fmt: skip


def persons(conn: Connection, scopes: Iterable[str], at: str) -> tuple[HeldPerson, ...]:
    """Everybody named in these scopes by ``at``, by scope and name; also those taken out since."""
    found: list[HeldPerson] = []
    for part in _parts(sorted(scopes)):
        first = (
            select(op.c.scope, op.c.kind, op.c.id, func.min(op.c.received_at).label("since"))
            .where(op.c.scope.in_(part), op.c.kind.in_(PERSONS), op.c.received_at <= at)
            .where(op.c.quarantined == "")
            .group_by(op.c.scope, op.c.kind, op.c.id)
            .subquery()
        )
        rows = conn.execute(
            select(
                rec.c.scope, rec.c.kind, rec.c.id, first.c.since,
                fact("title").label("title"), fact("first").label("first"),
                fact("middle").label("middle"), fact("last").label("last"),
                fact("name").label("name"), fact("area").label("area"),
                fact("phone").label("phone"),
            ).join(first, (first.c.scope == rec.c.scope) & (first.c.kind == rec.c.kind)
                   & (first.c.id == rec.c.id))
        )  # fmt: skip
        found += (
            HeldPerson(
                row.scope, row.kind, row.id, row.name or full_name(
                    row.title or "", row.first or "", row.middle or "", row.last or ""
                ),
                row.area or (row.scope[2:] if row.scope.startswith("t:") else ""),
                bool(row.phone), row.since,
            )
            for row in rows
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.scope, one.name, one.id)))


def _parts(scopes: list[str]) -> Iterable[list[str]]:
    return (scopes[at : at + _BATCH] for at in range(0, len(scopes), _BATCH))
