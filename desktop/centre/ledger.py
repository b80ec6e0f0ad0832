# SPDX-License-Identifier: Apache-2.0
"""The tables behind the centre's core: the ``Ledger`` port over PostgreSQL and SQLite.

A transaction locks the row of its scope before anything else and draws numbers under that lock,
so numbers become visible in the order in which they were given and no reader ever misses one.
What can be said together is said together: a push waits for the line five times.
The digest is brought along by what changed. A pull is one statement, so that rows, head and
digest are of one moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, select

from desktop.centre import projection, schema
from desktop.centre.database import Database
from desktop.centre.lease import give_lease
from desktop.centre.record import PackedRow, packed, parsed, signed, unpacked, unsigned, written
from desktop.centre.statements import Call, Statements, statements
from desktop.model.chain import START
from desktop.sync.ports import Kept
from desktop.sync.protocol import Fork, Lease, LeaseWanted, Op
from desktop.sync.row import DIGEST_MODULUS, Key, Row, WireText


class ScopeChange:
    """The writing side of one transaction on one scope; ``LedgerChange`` of the port."""

    def __init__(
        self, conn: Connection, said: Statements, scope: str, received_at: str, acting: str = ""
    ) -> None:
        self.conn = conn
        """For what must stand in the same transaction: an audit row, a claim."""
        self.scope = scope
        self._said = said
        self._received_at = received_at
        self._acting = acting
        self._rows: dict[Key, PackedRow | None] = {}
        self._head = self._digest = 0
        self._locked = self._drawn = False

    def stream(self, device: str) -> tuple[int, bytes]:
        """Last op and hash chain of a device's stream; ``(0, b"")`` for a new one."""
        (found,) = self._ask((self._said.stream, (self.scope, device)))
        return (found[0][0], bytes(found[0][1])) if found else (0, START)

    def _ask(self, *calls: Call) -> list[list[Any]]:
        """What these calls find, after the scope is locked; the first time they go together.

        Each is a statement of its own, so that what follows the lock sees what was committed
        while it waited.
        """
        if self._locked:
            return self._said.batch(self.conn, calls)
        lock = (self._said.lock_scope, (self.scope,))
        (row, *found) = self._said.batch(self.conn, [lock, *calls])
        if not row:
            make = (self._said.make_scope, (self.scope,))
            (_made, row, *found) = self._said.batch(self.conn, [make, lock, *calls])
        self._head, digest = row[0]
        self._digest = unsigned(digest)
        self._locked = True
        return found

    def _many(self, statement: str, lines: Sequence[Iterable[Any]]) -> list[Any]:
        found = self._ask(*self._said.line(statement, (self.scope,), lines))
        return [line for part in found for line in part]

    def seqs(self, oids: Iterable[str]) -> Mapping[str, int]:
        """The numbers of those of these ops that are in the log."""
        return dict(map(tuple, self._many(self._said.seqs, [(oid,) for oid in oids])))

    def seqs_of(self, device: str, first: int, last: int) -> tuple[int, ...]:
        """The numbers of ops ``first`` … ``last`` of a stream; 0 for one that is not here."""
        if last < first:
            return ()
        span = (self.scope, device, first, last)
        (found,) = self._ask((self._said.seqs_of, span + span))
        known: dict[int, int] = {row[0]: row[1] for row in found}
        return tuple(known.get(n, 0) for n in range(first, last + 1))

    def held(self, oids: Iterable[str]) -> Mapping[str, Kept]:
        """Those of these ops that are in quarantine."""
        found = {}
        lines = self._many(self._said.held, [(oid,) for oid in oids])
        for seq, device, n, by, at, body, why in lines:
            one = Op(by, at, parsed(body))
            found[str(one.body["oid"])] = Kept(seq, device, n, one, why)
        return found

    def release(self, numbers: Mapping[str, int], rows: Sequence[Row]) -> None:
        """These ops are merged now, under these numbers; keep the changed rows."""
        calls = self._changed(rows)
        calls += [
            (self._said.release, (seq, self._received_at, self._acting, self.scope, oid))
            for oid, seq in numbers.items()
        ]
        self._write(calls, rows)

    def take(self, count: int) -> int:
        """Draw ``count`` numbers; returns the first. The lock is held until the end, so the new
        head need not be written before it."""
        self._ask()
        self._head += count
        self._drawn = True
        return self._head - count + 1

    def rows(self, keys: Iterable[Key]) -> Mapping[Key, Row]:
        """Those of these records that are here."""
        asked = list(keys)
        self._rows |= dict.fromkeys(asked)
        found: dict[Key, Row] = {}
        for line in self._many(self._said.rows, asked):
            one = PackedRow(*line)
            row = unpacked(one)
            found[row.key] = row
            self._rows[row.key] = one
        return found

    def keep(
        self, device: str, last: int, chain: bytes, ops: Sequence[Kept], rows: Sequence[Row],
        aliases: Mapping[int, int],
    ) -> None:  # fmt: skip
        """Keep the stream's new end, its ops and the changed rows, and bring the digest along."""
        said, here = self._said, (self.scope,)
        calls = self._changed(rows)
        calls += said.line(said.keep_ops, here, [
            (
                kept.seq, kept.device, kept.n, kept.op.body["oid"], kept.op.body["kind"],
                kept.op.body["id"], kept.op.by, kept.op.at, self._received_at,
                kept.quarantined, kept.op.text,
            )
            for kept in ops
        ])  # fmt: skip
        again = [(device, n, abs(seq)) for n, seq in aliases.items()]
        calls += said.line(said.keep_aliases, here, again)
        calls.append((said.keep_stream, (self.scope, device, last, chain)))
        self._write(calls, rows)

    def finish(self) -> None:
        """The transaction ends well: numbers that were drawn are drawn."""
        if self._drawn:
            self._write([], ())

    def _changed(self, rows: Sequence[Row]) -> list[Call]:
        if not rows:
            return []
        # What a changed row added to the digest before is taken out of it first.
        self.rows([row.key for row in rows if row.key not in self._rows])
        new = [packed(row) for row in rows]
        for row, one in zip(rows, new, strict=True):
            old = self._rows[row.key]
            self._digest += unsigned(one.hash) - (unsigned(old.hash) if old else 0)
            self._rows[row.key] = one
        self._digest %= DIGEST_MODULUS
        self._drawn = True
        return self._said.line(self._said.keep_rows, (self.scope,), new)

    def _write(self, calls: list[Call], rows: Sequence[Row]) -> None:
        """Everything that was changed, and the scope's new head and digest, at once."""
        if self._drawn:
            calls.append((self._said.keep_head, (self._head, signed(self._digest), self.scope)))
        self._ask(*calls)
        self._drawn = False
        projection.follow(self.conn, self.scope, rows)


class CentreLedger:
    """The centre's tables; ``Ledger`` of the port."""

    def __init__(self, database: Database, acting: str = "") -> None:
        self.database = database
        self._acting = acting
        self._said = statements(database.is_postgresql)

    def epoch(self) -> int:
        """The history of now; 1 is the first."""
        with self.database.read() as conn:
            return int(conn.exec_driver_sql("SELECT max(epoch) FROM history").scalar_one())

    def forks(self, scope: str) -> tuple[Fork, ...]:
        """Where each history after the first began in this scope, oldest first.

        A scope that a restored backup did not have began at 0 in that history.
        """
        with self.database.read() as conn:
            found = conn.exec_driver_sql(self._said.forks, (scope,))
            return tuple(Fork(epoch, head) for epoch, head in found)

    @contextmanager
    def transaction(self, scope: str) -> Iterator[ScopeChange]:
        """One transaction on one scope. Raises ``Busy`` when it could not be done at all."""
        with self.database.write() as conn:
            change = ScopeChange(conn, self._said, scope, self.database.stamp(), self._acting)
            yield change
            change.finish()

    def pull(
        self, scope: str, since: int, budget: int
    ) -> tuple[tuple[Row, ...], int, bool, int, int]:
        """Rows after ``since`` in order, within ``budget`` bytes but at least one; then the
        head, whether there is more, the digest at the head, and the durable number."""
        rows, head, more, mark, durable = self._page(scope, since, budget)
        return tuple(map(unpacked, rows)), head, more, mark, durable

    def ends(self, scopes: Sequence[str]) -> Mapping[str, tuple[int, int, int]]:
        """Head, digest and durable number of those of these scopes that are here."""
        if not scopes:
            return {}
        with self.database.read() as conn:
            asked = self._said.line(self._said.ends, (), [(scope,) for scope in scopes])
            found = self._said.batch(conn, asked)
        return {
            scope: (head, unsigned(mark), durable)
            for lines in found
            for scope, head, mark, durable in lines
        }

    def page(
        self, scope: str, since: int, budget: int
    ) -> tuple[tuple[WireText, ...], int, int, bool, int, int]:
        """The same rows as they are sent, the number of the last of them, and the rest."""
        rows, head, more, mark, durable = self._page(scope, since, budget)
        last = rows[-1].seq if rows else since
        return tuple(map(written, rows)), last, head, more, mark, durable

    def _page(
        self, scope: str, since: int, budget: int
    ) -> tuple[list[PackedRow], int, bool, int, int]:
        with self.database.read() as conn:
            asked = (self._said.pull, (scope, since, budget, since, scope))
            (lines,) = self._said.batch(conn, [asked])
        if not lines:
            return [], 0, False, 0, 0
        head, digest, durable, cut, last = lines[0][:5]
        rows = [PackedRow(*line[5:]) for line in lines if line[5] is not None]
        return rows, head, (cut or 0) < (last or 0), unsigned(digest), durable

    def everything(self, scope: str) -> tuple[int, tuple[Row, ...]]:
        """The head of a scope and all its rows, from one snapshot. Only for repairs."""
        t = schema.rec.c
        with self.database.read(snapshot=True) as conn:
            head = heads(conn, [scope]).get(scope, 0)
            columns = [t[name] for name in PackedRow._fields]
            found = conn.execute(select(*columns).where(t.scope == scope).order_by(t.seq))
            return head, tuple(unpacked(PackedRow(*line)) for line in found)

    def lease(self, device: str, wanted: LeaseWanted) -> Lease | None:
        """Give certificate numbers away, for ever, in a transaction of its own; None when there
        are none to be had. See :mod:`desktop.centre.lease`."""
        return give_lease(self.database, device, wanted)

    def whole(self, scope: str) -> Iterator[Row]:
        """Every row of a scope in order, read in pages: for reports and for verification."""
        since = 0
        while True:
            rows, _head, more, _digest, _durable = self.pull(scope, since, 1 << 20)
            yield from rows
            if not more:
                return
            since = rows[-1].seq


def heads(conn: Connection, scopes: Sequence[str]) -> dict[str, int]:
    """The heads of these scopes, for asking of many at once what is new."""
    t = schema.scope.c
    found = conn.execute(select(t.scope, t.head).where(t.scope.in_(scopes)))
    return {row.scope: row.head for row in found}
