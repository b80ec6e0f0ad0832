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
from sqlalchemy import Connection, select

from desktop.centre.database import Database
from desktop.centre.schema import audit as audit_table
from desktop.centre.schema import audit_head
from desktop.centre.statements import Call, native, statements
from desktop.model.chain import START, audit_body, canonical, link

CENTRE: Final = "centre"
"""The lane of what the centre does by itself: backup, restore, release."""
CONTEXT: Final = "dsdw-audit-v1"
_NAMES: Final = (
    "lane", "n", "at", "by", "device", "action", "noun", "record_id", "detail", "chain",
)  # fmt: skip
_HEAD: Final = "SELECT n, chain FROM audit_head WHERE lane = ?"
_LOCKED: Final = " FOR UPDATE"
_MAKE: Final = "INSERT INTO audit_head (lane, n, chain) VALUES (?, 0, ?) ON CONFLICT DO NOTHING"
_KEEP: Final = (
    f"INSERT INTO audit ({', '.join(_NAMES)}) "  # noqa: S608
    f"VALUES ({', '.join('?' for _name in _NAMES)})"
).replace(" by,", ' "by",')
_KEEP_HEAD: Final = "UPDATE audit_head SET n = ?, chain = ? WHERE lane = ?"


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
    lane: str = "", also: Sequence[Call] = (),
) -> None:  # fmt: skip
    """Append to the log, in the transaction of what is noted.

    ``lane`` is the device's, else that of who did it. To be called last in a transaction: it
    locks the lane until the end. ``also``: statements of the same transaction that go with it,
    so that the line is waited for twice and not for each.
    """
    said = statements(database.is_postgresql)
    if not notes:
        if also:
            said.batch(conn, also)
        return
    lane = lane or device or by or CENTRE
    at = database.stamp()
    head: Call = (_words(database, _HEAD, _LOCKED), (lane,))
    found = said.batch(conn, [*also, head])[-1]
    if not found:
        make = (_words(database, _MAKE), (lane, START))
        found = said.batch(conn, [make, head])[-1]
    n, chain = found[0][0], bytes(found[0][1])
    calls: list[Call] = []
    for one in notes:
        values = (at, by, device, one.action, one.noun, one.record_id, one.detail)
        n, chain = n + 1, link(chain, audit_body(values))
        calls.append((_words(database, _KEEP), (lane, n, *values, chain)))
    calls.append((_words(database, _KEEP_HEAD), (n, chain, lane)))
    said.batch(conn, calls)


def _words(database: Database, statement: str, on_postgresql: str = "") -> str:
    return native(database.is_postgresql, statement) + (
        on_postgresql if database.is_postgresql else ""
    )


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
