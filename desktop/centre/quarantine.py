# SPDX-License-Identifier: Apache-2.0
"""Ops the centre keeps but did not merge: to be looked at, let in after all, or taken out.

Nothing in quarantine is ever removed. What is let in is merged by the core under a new number,
in the name of its author; who let it in stands beside it and in the audit log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, and_, func, or_, select

from desktop.centre import audit
from desktop.centre.database import Database
from desktop.centre.ledger import CentreLedger
from desktop.centre.record import parsed
from desktop.centre.schema import op as op_table
from desktop.centre.schema import rec
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.chain import canonical
from desktop.sync import ledger as core


class NotHeld(Problem):
    """There is no such op in quarantine, or not any more."""


class StillWrong(Problem):
    """An op cannot be merged, whoever allows it."""


@dataclass(frozen=True, slots=True)
class Held:
    """One op in quarantine, or let in from it."""

    scope: str
    seq: int
    device: str
    n: int
    oid: str
    kind: str
    id: str
    by: str
    at: str
    received_at: str
    quarantined: str
    """The reason: ``forbidden``, ``author``, ``frozen``, ``malformed``, ``closed``, ``moved``."""
    released: int
    """The number it was merged under; 0 while it is held."""
    released_at: str
    released_by: str
    body: dict[str, Any]


_COLUMNS: Final = tuple(op_table.c[name] for name in Held.__dataclass_fields__)


def held(
    conn: Connection, *, scope: str = "", device: str = "", reason: str = "",
    released: bool = False, before: str = "", limit: int = 200,
) -> tuple[Held, ...]:  # fmt: skip
    """Ops in quarantine, newest first; with ``released`` those that were let in.

    ``before`` is an instant: only what was received earlier.
    """
    t = op_table.c
    query = select(*_COLUMNS).where(
        t.quarantined != "", t.released > 0 if released else t.released == 0
    )
    if scope:
        query = query.where(t.scope == scope)
    if device:
        query = query.where(t.device == device)
    if reason:
        query = query.where(t.quarantined == reason)
    if before:
        query = query.where(t.received_at < before)
    query = query.order_by(t.received_at.desc(), t.scope, t.seq.desc()).limit(limit)
    return tuple(_held(row) for row in conn.execute(query))


def counts(conn: Connection) -> dict[str, int]:
    """How many ops are held for which reason."""
    t = op_table.c
    query = (
        select(t.quarantined, func.count())
        .where(t.quarantined != "", t.released == 0)
        .group_by(t.quarantined)
    )
    return {row[0]: row[1] for row in conn.execute(query)}


def release(database: Database, scope: str, seq: int, by: str, *, stamp: str = "") -> int:
    """Let one op in, by the number it was logged under; its new number.

    Raises :class:`NotHeld`, :class:`StillWrong`; otherwise as :func:`release_all`.
    """
    t = op_table.c
    with database.read() as conn:
        oid = conn.execute(
            select(t.oid).where(
                t.scope == scope, t.seq == seq, t.quarantined != "", t.released == 0
            )
        ).scalar()
    numbers = release_all(database, scope, [oid], by, stamp=stamp) if oid is not None else {}
    if not numbers:
        raise NotHeld(_("This entry is not held back any more."))
    return next(iter(numbers.values()))


def release_all(
    database: Database, scope: str, oids: Iterable[str], by: str, *, stamp: str = ""
) -> dict[str, int]:
    """Let these ops of a scope in: the core merges them now, in the order in which they came.

    ``by`` is who of the staff allows it, ``stamp`` the centre's hybrid clock. Returns the new
    numbers by oid; what is not held is left out. Raises :class:`StillWrong` when ops are held and
    none of them can be merged.
    """
    asked = list(oids)
    # A stamp from the future counts as that of the moment it is let in.
    stamp = stamp or f"{int(database.now().timestamp() * 1000):012x}-ffff-ffffffff"
    numbers = core.release(CentreLedger(database, acting=by), scope, asked, stamp=stamp)
    with database.write() as conn:
        notes = [audit.Note("release", "op", oid, str(seq)) for oid, seq in numbers.items()]
        audit.note(conn, database, notes, by=by)
        t = op_table.c
        still = select(t.oid).where(
            t.scope == scope, t.oid.in_(asked), t.quarantined != "", t.released == 0
        )
        if not numbers and conn.execute(still).first() is not None:
            raise StillWrong(
                _(
                    "This entry contradicts a record that cannot change any more. "
                    "Export it instead."
                )
            )
    return numbers


def export(conn: Connection, *, scope: str = "", device: str = "") -> Iterator[str]:
    """Everything held, oldest first, as lines of JSON that hold each op as it was said."""
    t = op_table.c
    query = select(*_COLUMNS).where(t.quarantined != "", t.released == 0)
    if scope:
        query = query.where(t.scope == scope)
    if device:
        query = query.where(t.device == device)
    query = query.order_by(t.received_at, t.scope, t.seq)
    for row in conn.execute(query):
        one = _held(row)
        line = {name: getattr(one, name) for name in Held.__dataclass_fields__}
        yield canonical(line) + "\n"


def is_restricted(conn: Connection, scope: str, kind: str, record_id: str, body: Any) -> bool:
    """Whether an op tells of a restricted case: said in its scope, or of what has moved there,
    or of a row that hangs on it."""
    if scope.startswith("c:"):
        return True
    said = parsed(body)
    case = record_id if kind == "case_file" else str((said.get("set") or {}).get("case_id") or "")
    t = rec.c
    query = select(t.scope).where(
        or_(
            and_(t.kind == kind, t.id == record_id, t.scope.startswith("c:", autoescape=True)),
            and_(t.kind == "case_file", t.id == case, t.scope == f"c:{case}"),
        ),
        t.deleted.is_(False),
    )
    return conn.execute(query.limit(1)).first() is not None


def _held(row: Any) -> Held:
    values = list(row)
    values[-1] = parsed(values[-1])
    return Held(*values)
