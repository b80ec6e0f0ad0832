# SPDX-License-Identifier: Apache-2.0
"""One laptop's store as sync sees it: the port ``Notebook`` of ``desktop.sync.ports``.

No rule of sync stands here. What is written by one ``transaction`` is there together afterwards,
or not at all: rows as they came (``received.py``), what people see of them (``showing.py``), the
ops of other laptops, and how far everything is (this file and ``stream.py``).

A transaction keeps the window from writing, so it is to be short (``desktop.sync.pages.CHUNK``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from desktop.model.chain import canonical
from desktop.store import following, guest, proof_key, received, showing, stream
from desktop.store.guest import Guest
from desktop.store.seen import epoch
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.sync.ports import Change, LoggedOp, ScopeState, StreamState
from desktop.sync.protocol import Lease, Op
from desktop.sync.row import Key, Row

Changed = Callable[[frozenset[str]], object]


class StoreNotebook:
    """The store of one laptop. ``changed`` is told after each commit which nouns changed, in the
    thread that wrote; ``"sync"`` is always among them."""

    def __init__(self, store: Store, by: str = "", changed: Changed | None = None) -> None:
        self.store = store
        self._by = by
        self._changed = changed

    @contextmanager
    def transaction(self) -> Iterator[StoreChange]:
        """One transaction. Raises what ``Store.write`` raises; nothing is kept then."""
        with self.store.write(self._by) as write:
            change = StoreChange(write)
            yield change
            change.settle()
            following.follow(write)
            if "issuer_key" in write.changed:
                proof_key.keep_papers(write)
        if self._changed is not None:
            self._changed(frozenset({*write.changed, "sync"}))


def notebook(store: Store, by: str = "", changed: Changed | None = None) -> StoreNotebook:
    """The notebook over ``store``; ``by`` stands in the audit rows of what is received."""
    return StoreNotebook(store, by, changed)


class StoreChange:
    """One transaction on the store: ``NotebookChange``, and the guests of a hall."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._raw: Any = write.conn.connection.driver_connection
        self._fresh: dict[tuple[str, Key], Row] = {}
        """Rows that came in this transaction and are not written yet, until it is known whether
        they are shown as they came."""
        self._shown: dict[tuple[str, Key], Row] = {}
        self._count = 0

    # ---- the laptop

    @property
    def device(self) -> str:
        return self._write.device

    @property
    def epoch(self) -> int:
        return epoch(self._raw)

    def follow(self, epoch: int) -> None:
        self._raw.execute(
            "INSERT INTO centre (key, value) VALUES ('epoch', ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (canonical(epoch),),
        )

    def rename(self, device: str) -> None:
        stream.rename(self._raw, self._write.device, device, self._write.now().utc)
        self._write.device = device

    def move_stream(self, scope: str, device: str, to: str) -> None:
        stream.move(self._raw, scope, device, to)

    # ---- scopes and streams

    def scopes(self) -> tuple[ScopeState, ...]:
        return stream.scopes(self._raw)

    def scope(self, scope: str) -> ScopeState:
        return stream.scope(self._raw, scope)

    def keep_scope(self, state: ScopeState) -> None:
        stream.keep_scope(self._raw, state)

    def streams(self, scope: str) -> tuple[StreamState, ...]:
        return stream.streams(self._raw, scope)

    def keep_acked(self, scope: str, device: str, acked: int) -> None:
        stream.keep_ack(self._raw, scope, device, "acked", acked)

    def close_stream(self, scope: str, device: str) -> None:
        stream.keep_ack(self._raw, scope, device, "closed", 1)

    def chain_at(self, scope: str, device: str, n: int) -> bytes | None:
        return stream.chain_at(self._raw, scope, device, n)

    # ---- ops

    def ops(self, scope: str, device: str, first: int, limit: int) -> tuple[LoggedOp, ...]:
        return stream.ops(self._raw, scope, device, first, limit)

    def uncovered(self, scope: str, keys: Iterable[Key]) -> Mapping[Key, Sequence[LoggedOp]]:
        wanted = list(dict.fromkeys(keys))
        fresh = {key: row.seq for (of, key), row in self._fresh.items() if of == scope}
        return stream.uncovered(self._raw, scope, wanted, fresh)

    def authors(self, scope: str, seqs: Iterable[int]) -> Mapping[int, tuple[str, str]]:
        return stream.authors(self._raw, scope, seqs)

    def place(self, scope: str, device: str, numbers: Mapping[int, int]) -> None:
        stream.place(self._raw, scope, device, numbers)

    def unplace(self, scope: str) -> None:
        stream.unplace(self._raw, scope)

    def unplaced(self, scope: str, device: str, upto: int) -> tuple[int, int] | None:
        return stream.unplaced(self._raw, scope, device, upto)

    def parked(self, scope: str, device: str) -> tuple[int, int] | None:
        return stream.parked(self._raw, scope, device)

    def append_others(self, scope: str, device: str, first: int, ops: Sequence[Op]) -> None:
        stream.append(self._raw, scope, device, first, ops)
        for op in ops:
            self._write.observe(op.body["hlc"])

    def say(self, scope: str, change: Change) -> None:
        self._write.rescue(
            change.kind, change.id, scope, dict(change.fields), deleted=change.deleted
        )
        self._write.flush_ops()

    # ---- rows

    def received(self, scope: str, keys: Iterable[Key]) -> Mapping[Key, Row]:
        wanted = list(keys)
        here = {key: self._fresh[scope, key] for key in wanted if (scope, key) in self._fresh}
        there = received.rows(self._raw, scope, [key for key in wanted if key not in here])
        return there | {key: row.copy() for key, row in here.items()}

    def everything(self, scope: str) -> Iterable[Row]:
        self.settle()
        return received.everything(self._raw, scope)

    def digest(self, scope: str) -> int:
        self.settle()
        return received.digest(self._raw, scope)

    def keep_received(self, scope: str, rows: Sequence[Row]) -> None:
        there = received.numbers(self._raw, scope, [row.key for row in rows])
        for row in rows:
            before = self._fresh.get((scope, row.key))
            if row.seq >= (before.seq if before else there.get(row.key, 0)):
                self._fresh[scope, row.key] = row
                self._shown.pop((scope, row.key), None)

    def drop_received(self, scope: str, keys: Iterable[Key]) -> None:
        self.settle()
        received.drop(self._raw, scope, keys)

    def forget_received(self, scope: str) -> None:
        self.settle()
        received.forget(self._raw, scope)

    def show(self, scope: str, rows: Sequence[Row]) -> None:
        for key, row in showing.show(self._write, scope, rows).items():
            self._shown[scope, key] = row
        self._count += len(rows)

    def hide(self, scope: str) -> None:
        self.settle()
        showing.hide(self._write, scope)

    def settle(self) -> None:
        """Write the rows that came."""
        by_scope: dict[str, list[tuple[Row, bool]]] = {}
        for (scope, key), row in self._fresh.items():
            shown = self._shown.get((scope, key))
            same = shown is not None and received.shown_as_it_came(row, shown)
            by_scope.setdefault(scope, []).append((row, same))
        for scope, rows in by_scope.items():
            received.keep(self._raw, scope, rows)
        self._fresh, self._shown = {}, {}
        if self._count:
            self._write.audit("receive", "sync", detail=str(self._count))
            self._count = 0

    # ---- the rest

    def keep_salvage(self, scope: str, changes: Sequence[Change]) -> None:
        self._raw.executemany(
            "INSERT INTO salvage (scope, kind, id, fields, deleted, seq) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    scope,
                    one.kind,
                    one.id,
                    canonical(dict(one.fields)),
                    int(one.deleted),
                    one.seq,
                )
                for one in changes
            ],
        )

    def salvage(self, scope: str) -> tuple[Change, ...]:
        rows = self._raw.execute(
            "SELECT kind, id, fields, deleted, seq FROM salvage WHERE scope = ? ORDER BY n",
            (scope,),
        )
        return tuple(
            Change(kind, record_id, json.loads(fields), bool(deleted), seq)
            for kind, record_id, fields, deleted, seq in rows.fetchall()
        )

    def drop_salvage(self, scope: str) -> None:
        self._raw.execute("DELETE FROM salvage WHERE scope = ?", (scope,))

    def note(self, scope: str, device: str, n: int, code: str, detail: str) -> None:
        self._raw.execute(
            "INSERT OR REPLACE INTO op_note (scope, device, n, code, detail, noted_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (scope, device, n, code, detail, self._write.now().utc),
        )

    def keep_lease(self, lease: Lease) -> None:
        self._raw.execute(
            "INSERT OR REPLACE INTO lease (office, kind, year, first, last) "
            "VALUES (?, ?, ?, ?, ?)",
            (lease.office, lease.kind, lease.year, lease.first, lease.last),
        )

    def keep_guests(self, hall: str, guests: Sequence[Guest]) -> None:
        """Keep records of other scopes that a hall's event names; ``show`` shows them."""
        guest.keep(self._raw, hall, list(guests))

    def show_part(self, scope: str, rows: Sequence[Row]) -> None:
        """Let people see rows that are told in part: what they do not name stays as it is."""
        self.settle()
        showing.show(self._write, scope, rows, part=True)
        self._count += len(rows)

    def guests(self, hall: str) -> tuple[Guest, ...]:
        """The guests of a hall."""
        return guest.guests(self._raw, hall)
