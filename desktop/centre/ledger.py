# SPDX-License-Identifier: Apache-2.0
"""The tables behind the centre's core: the ``Ledger`` port over PostgreSQL and SQLite.

A transaction locks the row of its scope before anything else and gives numbers under that lock,
so numbers become visible in the order in which they were given and no reader ever misses one.
The digest is brought along by what changed. A pull is one statement, so that rows, head and
digest are of one moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, select

from desktop.centre import projection, schema
from desktop.centre.database import Database
from desktop.centre.lease import give_lease
from desktop.centre.record import PackedRow, packed, parsed, signed, unpacked, unsigned
from desktop.centre.statements import Statements, statements
from desktop.model.chain import START
from desktop.sync.ports import Kept
from desktop.sync.protocol import Fork, Lease, LeaseWanted, Op
from desktop.sync.row import DIGEST_MODULUS, Key, Row


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
        self._rows: dict[Key, PackedRow] = {}
        self._numbered = 0
        found = conn.exec_driver_sql(said.lock_scope, (scope,)).first()
        if found is None:
            conn.exec_driver_sql(said.make_scope, (scope,))
            found = conn.exec_driver_sql(said.lock_scope, (scope,)).one()
        self._digest = unsigned(found.digest)

    def stream(self, device: str) -> tuple[int, bytes]:
        """Last op and hash chain of a device's stream; ``(0, b"")`` for a new one."""
        found = self.conn.exec_driver_sql(self._said.stream, (self.scope, device)).first()
        return (found[0], bytes(found[1])) if found else (0, START)

    def seqs(self, oids: Iterable[str]) -> Mapping[str, int]:
        """The numbers of those of these ops that are in the log."""
        lines = [(oid,) for oid in oids]
        return dict(self._said.many(self.conn, self._said.seqs, (self.scope,), lines))

    def seqs_of(self, device: str, first: int, last: int) -> tuple[int, ...]:
        """The numbers of ops ``first`` … ``last`` of a stream; 0 for one that is not here."""
        if last < first:
            return ()
        span = (self.scope, device, first, last)
        found = self.conn.exec_driver_sql(self._said.seqs_of, span + span)
        known: dict[int, int] = {row[0]: row[1] for row in found}
        return tuple(known.get(n, 0) for n in range(first, last + 1))

    def held(self, oids: Iterable[str]) -> Mapping[str, Kept]:
        """Those of these ops that are in quarantine."""
        lines = [(oid,) for oid in oids]
        found = {}
        for seq, device, n, by, at, body, why in self._said.many(
            self.conn, self._said.held, (self.scope,), lines
        ):
            one = Op(by, at, parsed(body))
            found[str(one.body["oid"])] = Kept(seq, device, n, one, why)
        return found

    def release(self, numbers: Mapping[str, int], rows: Sequence[Row]) -> None:
        """These ops are merged now, under these numbers; keep the changed rows."""
        self._keep_rows(rows)
        at = self._received_at
        for oid, seq in numbers.items():
            line = (seq, at, self._acting, self.scope, oid)
            self.conn.exec_driver_sql(self._said.release, line)

    def take(self, count: int) -> int:
        """Draw ``count`` numbers; returns the first."""
        head: int = self.conn.exec_driver_sql(self._said.take, (count, self.scope)).scalar_one()
        self._numbered += count
        return head - count + 1

    def rows(self, keys: Iterable[Key]) -> Mapping[Key, Row]:
        """Those of these records that are here."""
        found: dict[Key, Row] = {}
        for line in self._said.many(self.conn, self._said.rows, (self.scope,), list(keys)):
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
        said, conn, scope = self._said, self.conn, self.scope
        self._keep_rows(rows)
        if ops:
            said.put(conn, said.keep_ops, scope, [
                (
                    kept.seq, kept.device, kept.n, kept.op.body["oid"], kept.op.body["kind"],
                    kept.op.body["id"], kept.op.by, kept.op.at, self._received_at,
                    kept.quarantined, kept.op.text,
                )
                for kept in ops
            ])  # fmt: skip
        if aliases:
            said.put(conn, said.keep_aliases, scope, [
                (device, n, abs(seq)) for n, seq in aliases.items()
            ])  # fmt: skip
        conn.exec_driver_sql(said.keep_stream, (scope, device, last, chain))

    def _keep_rows(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        said, conn, scope = self._said, self.conn, self.scope
        # What a changed row added to the digest before is taken out of it first.
        self.rows([row.key for row in rows if row.key not in self._rows])
        new = [packed(row) for row in rows]
        old = sum(unsigned(self._rows[r.key].hash) for r in rows if r.key in self._rows)
        digest = (self._digest - old + sum(unsigned(one.hash) for one in new)) % DIGEST_MODULUS
        said.put(conn, said.keep_rows, scope, new)
        conn.exec_driver_sql(said.keep_digest, (signed(digest), scope))
        self._digest = digest
        self._rows |= {row.key: one for row, one in zip(rows, new, strict=True)}
        projection.follow(conn, scope, rows)


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
            yield ScopeChange(conn, self._said, scope, self.database.stamp(), self._acting)

    def pull(
        self, scope: str, since: int, budget: int
    ) -> tuple[tuple[Row, ...], int, bool, int, int]:
        """Rows after ``since`` in order, within ``budget`` bytes but at least one; then the
        head, whether there is more, the digest at the head, and the durable number."""
        with self.database.read() as conn:
            lines = conn.exec_driver_sql(
                self._said.pull, (scope, since, budget, since, scope)
            ).all()
        if not lines:
            return (), 0, False, 0, 0
        head, digest, durable, cut, last = lines[0][:5]
        rows = tuple(unpacked(PackedRow(*line[5:])) for line in lines if line[5] is not None)
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
