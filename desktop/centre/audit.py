# SPDX-License-Identifier: Apache-2.0
"""Who read and wrote personal data at the centre: rows that only grow, in hash chains.

Each lane (a device, a person of the staff, the centre itself) is a chain of its own, so that one
device's sync never waits for another's. The heads of all lanes together are what is signed: who
changes, drops or slips in a row breaks its lane, and who cuts the end off a lane falls short of
a head that was signed before. Details are codes and counts, never values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from desktop.centre.database import Database
from desktop.centre.schema import audit as audit_table
from desktop.centre.schema import audit_head
from desktop.model.chain import START, audit_body, canonical, link

CENTRE: Final = "centre"
"""The lane of what the centre does by itself: backup, restore, release."""
CONTEXT: Final = "dsdw-audit-v1"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing read or written."""

    action: str
    """``push``, ``pull``, ``view``, ``print``, ``export``, ``change`` …"""
    noun: str
    record_id: str = ""
    detail: str = ""
    """A code or a count, never a value."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log."""

    lane: str
    n: int
    at: str
    by: str
    device: str
    action: str
    noun: str
    record_id: str
    detail: str


@dataclass(frozen=True, slots=True)
class Heads:
    """The ends of all lanes at one moment, and the centre's signature over them."""

    at: str
    lanes: tuple[tuple[str, int, str], ...]
    """Lane, its last number and its chain (hex), sorted."""
    signature: str = ""
    """Ed25519, hex."""

    def said(self) -> bytes:
        """What is signed."""
        return (CONTEXT + "\0" + canonical([self.at, self.lanes])).encode()


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the log is not what was written."""

    lane: str
    n: int
    """The first row that does not fit; one past the last if the end is missing."""
    why: str
    """``changed``, ``missing`` or ``head``."""


def note(
    conn: Connection, database: Database, notes: Sequence[Note], *, by: str, device: str = "",
    lane: str = "",
) -> None:  # fmt: skip
    """Append to the log, in the transaction of what is noted.

    ``lane`` is the device's, else that of who did it. To be called last in a transaction: it
    locks the lane until the end.
    """
    if not notes:
        return
    lane = lane or device or by or CENTRE
    at = database.stamp()
    t = audit_head.c
    head = select(t.n, t.chain).where(t.lane == lane).with_for_update()
    found = conn.execute(head).first()
    if found is None:
        make = postgresql_insert if database.is_postgresql else sqlite_insert
        conn.execute(make(audit_head).values(lane=lane, chain=START).on_conflict_do_nothing())
        found = conn.execute(head).one()
    n, chain = found.n, bytes(found.chain)
    lines = []
    for one in notes:
        values = (at, by, device, one.action, one.noun, one.record_id, one.detail)
        n, chain = n + 1, link(chain, audit_body(values))
        lines.append(dict(zip(_NAMES, (lane, n, *values, chain), strict=True)))
    conn.execute(insert(audit_table), lines)
    conn.execute(update(audit_head).where(t.lane == lane).values(n=n, chain=chain))


def entries(
    conn: Connection, *, lane: str = "", record_id: str = "", since: str = "", before: str = "",
    limit: int = 200,
) -> tuple[Entry, ...]:  # fmt: skip
    """Rows of the log, newest first; ``since`` and ``before`` are instants."""
    t = audit_table.c
    query = select(*(t[name] for name in Entry.__dataclass_fields__))
    if lane:
        query = query.where(t.lane == lane)
    if record_id:
        query = query.where(t.record_id == record_id)
    if since:
        query = query.where(t.at >= since)
    if before:
        query = query.where(t.at < before)
    query = query.order_by(t.at.desc(), t.lane, t.n.desc()).limit(limit)
    return tuple(Entry(*row) for row in conn.execute(query))


def heads(database: Database, key: Ed25519PrivateKey | None = None) -> Heads:
    """The ends of all lanes now, signed with ``key`` if one is given."""
    t = audit_head.c
    with database.read() as conn:
        found = conn.execute(select(t.lane, t.n, t.chain)).all()
    lanes = tuple(sorted((row.lane, row.n, bytes(row.chain).hex()) for row in found))
    made = Heads(database.stamp(), lanes)
    return Heads(made.at, lanes, key.sign(made.said()).hex()) if key is not None else made


def verify(
    database: Database, signed: Iterable[Heads] = (), key: Ed25519PublicKey | None = None
) -> tuple[Broken, ...]:
    """Everything in the log that is not as it was written; empty when all is well.

    ``signed`` are heads of earlier days: each must still lie on its lane. With ``key`` their
    signatures are judged as well. Raises ``ValueError`` for heads the centre did not sign.
    """
    marks: dict[str, dict[int, str]] = {}
    for one in signed:
        if key is not None:
            try:
                key.verify(bytes.fromhex(one.signature), one.said())
            except InvalidSignature as wrong:
                raise ValueError("these heads were not signed by this centre") from wrong
        for lane, n, chain in one.lanes:
            marks.setdefault(lane, {})[n] = chain
    with database.read(snapshot=True) as conn:
        t = audit_head.c
        ends = {
            row.lane: (row.n, bytes(row.chain))
            for row in conn.execute(select(t.lane, t.n, t.chain))
        }
        rows = audit_table.c
        lanes = set(ends) | set(marks) | set(conn.execute(select(rows.lane).distinct()).scalars())
        found = [_verify_lane(conn, lane, ends.get(lane), marks.get(lane, {})) for lane in lanes]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.lane, one.n)))


_NAMES: Final = (
    "lane", "n", "at", "by", "device", "action", "noun", "record_id", "detail", "chain",
)  # fmt: skip


def _verify_lane(
    conn: Connection, lane: str, end: tuple[int, bytes] | None, marks: dict[int, str]
) -> Broken | None:
    t = audit_table.c
    query = select(*(t[name] for name in _NAMES)).where(t.lane == lane).order_by(t.n)
    n, chain = 0, START
    with conn.execute(query.execution_options(yield_per=1000)) as rows:
        for row in rows:
            if row.n != n + 1:
                return Broken(lane, n + 1, "missing")
            values: tuple[Any, ...] = tuple(row[2:9])
            n, chain = n + 1, link(chain, audit_body(values))
            if chain != bytes(row.chain):
                return Broken(lane, n, "changed")
            if marks.get(n, chain.hex()) != chain.hex():
                return Broken(lane, n, "head")
    if end is None or end[0] > n or max(marks, default=0) > n:
        return Broken(lane, n + 1, "missing")
    return None if end == (n, chain) else Broken(lane, n, "head")
