# SPDX-License-Identifier: Apache-2.0
"""The centre's port over plain dictionaries; see ``memory.py``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from desktop.model.chain import START
from desktop.sync.lease import after_restore, next_block
from desktop.sync.ports import Kept
from desktop.sync.protocol import Fork, Lease, LeaseWanted
from desktop.sync.row import DIGEST_MODULUS, Key, Row, Wire, row_hash, row_to_wire
from tests.sync.memory import Crash


class Book:
    """One scope at the centre."""

    __slots__ = (
        "digest", "durable", "hashes", "head", "held", "log", "names", "oids", "rows", "streams",
    )  # fmt: skip

    def __init__(self) -> None:
        self.head = self.digest = self.durable = 0
        self.rows: dict[Key, Row] = {}
        self.hashes: dict[Key, int] = {}
        self.log: list[Kept] = []
        self.oids: dict[str, int] = {}
        self.held: dict[str, Kept] = {}
        self.streams: dict[str, tuple[int, bytes]] = {}
        self.names: dict[tuple[str, int], str] = {}

    def copy(self) -> Book:
        new = Book()
        new.head, new.digest, new.durable = self.head, self.digest, self.durable
        new.rows, new.hashes, new.log = dict(self.rows), dict(self.hashes), list(self.log)
        new.oids, new.held = dict(self.oids), dict(self.held)
        new.streams, new.names = dict(self.streams), dict(self.names)
        return new


Backup = tuple[dict[str, Book], tuple[tuple[int, dict[str, int]], ...]]


class MemoryLedger:
    """The centre's tables."""

    def __init__(self) -> None:
        self.books: dict[str, Book] = {}
        self.histories: tuple[tuple[int, dict[str, int]], ...] = ()
        self.fuse: int | None = None
        self.restored = False
        self.marks: dict[tuple[str, str, int], int] = {}
        self.given: dict[tuple[str, str, int], int] = {}

    def epoch(self) -> int:
        return self.histories[-1][0] if self.histories else 1

    def forks(self, scope: str) -> tuple[Fork, ...]:
        return tuple(Fork(epoch, heads.get(scope, 0)) for epoch, heads in self.histories)

    @contextmanager
    def transaction(self, scope: str) -> Iterator[MemoryChange]:
        book = self.books.get(scope)
        if book is None:
            book = self.books[scope] = Book()
        if self.fuse is None:
            yield MemoryChange(self, book)
            return
        before = book.copy()
        self.step()
        try:
            yield MemoryChange(self, book)
            self.step()
        except Crash:
            self.books[scope] = before
            raise

    def step(self) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                self.fuse = None
                raise Crash

    def pull(
        self, scope: str, since: int, budget: int
    ) -> tuple[tuple[Row, ...], int, bool, int, int]:
        book = self.books.get(scope)
        if book is None:
            return (), 0, False, 0, 0
        if since >= book.head:
            return (), book.head, False, book.digest, book.durable
        rows = sorted(
            (row for row in book.rows.values() if row.seq > since), key=lambda row: row.seq
        )
        some = rows[: max(1, budget // 200)]
        return tuple(some), book.head, len(some) < len(rows), book.digest, book.durable

    def ends(self, scopes: Sequence[str]) -> dict[str, tuple[int, int, int]]:
        known = {scope: self.books[scope] for scope in scopes if scope in self.books}
        return {name: (one.head, one.digest, one.durable) for name, one in known.items()}

    def page(
        self, scope: str, since: int, budget: int
    ) -> tuple[tuple[Wire, ...], int, int, bool, int, int]:
        rows, head, more, mark, durable = self.pull(scope, since, budget)
        last = rows[-1].seq if rows else since
        return tuple(map(row_to_wire, rows)), last, head, more, mark, durable

    def everything(self, scope: str) -> tuple[int, tuple[Row, ...]]:
        book = self.books.get(scope) or Book()
        return book.head, tuple(book.rows.values())

    def lease(self, device: str, wanted: LeaseWanted) -> Lease | None:
        register = wanted.office, wanted.kind, wanted.year
        mark = self.marks.get(register, 0)
        start = after_restore(mark) if self.restored else 0
        lease = next_block(wanted, self.given.get(register, start), mark)
        if lease is not None:
            self.given[register] = lease.last
        return lease

    # ---- what happens to a centre

    def backup(self) -> Backup:
        for book in self.books.values():
            book.durable = book.head
        for register, last in self.given.items():
            self.marks[register] = max(last, self.marks.get(register, 0))
        return {scope: book.copy() for scope, book in self.books.items()}, self.histories

    def restore(self, backup: Backup, epoch: int) -> None:
        books, histories = backup
        self.books = {scope: book.copy() for scope, book in books.items()}
        heads = {scope: book.head for scope, book in books.items()}
        self.histories = (*histories, (epoch, heads))
        self.given = {}
        self.restored = True


class MemoryChange:
    """One transaction on one scope."""

    def __init__(self, ledger: MemoryLedger, book: Book) -> None:
        self.ledger, self.book = ledger, book

    def stream(self, device: str) -> tuple[int, bytes]:
        return self.book.streams.get(device, (0, START))

    def _number(self, oid: str) -> int:
        seq = self.book.oids.get(oid, 0)
        return -seq if oid in self.book.held else seq

    def seqs(self, oids: Iterable[str]) -> Mapping[str, int]:
        return {oid: self._number(oid) for oid in oids if oid in self.book.oids}

    def seqs_of(self, device: str, first: int, last: int) -> tuple[int, ...]:
        names = self.book.names
        return tuple(
            self._number(names[device, n]) if (device, n) in names else 0
            for n in range(first, last + 1)
        )

    def held(self, oids: Iterable[str]) -> Mapping[str, Kept]:
        return {oid: self.book.held[oid] for oid in oids if oid in self.book.held}

    def take(self, count: int) -> int:
        self.ledger.step()
        self.book.head += count
        return self.book.head - count + 1

    def rows(self, keys: Iterable[Key]) -> Mapping[Key, Row]:
        rows = self.book.rows
        return {key: rows[key].copy() for key in keys if key in rows}

    def keep(
        self, device: str, last: int, chain: bytes, ops: Sequence[Kept], rows: Sequence[Row],
        aliases: Mapping[int, int],
    ) -> None:  # fmt: skip
        self.ledger.step()
        book = self.book
        by_seq = {seq: oid for oid, seq in book.oids.items()} if aliases else {}
        for kept in ops:
            oid = kept.op.body["oid"]
            book.log.append(kept)
            book.oids[oid] = kept.seq
            book.names[kept.device, kept.n] = oid
            by_seq[kept.seq] = oid
            if kept.quarantined:
                book.held[oid] = kept
        for n, seq in aliases.items():
            book.names[device, n] = by_seq[seq]
        book.streams[device] = (last, chain)
        self._put(rows)

    def _put(self, rows: Sequence[Row]) -> None:
        book = self.book
        for row in rows:
            new = row_hash(row)
            book.digest = (book.digest - book.hashes.get(row.key, 0) + new) % DIGEST_MODULUS
            book.hashes[row.key] = new
            book.rows[row.key] = row

    def release(self, numbers: Mapping[str, int], rows: Sequence[Row]) -> None:
        book = self.book
        for oid, seq in numbers.items():
            kept = book.held.pop(oid)
            book.oids[oid] = seq
            book.log.append(replace(kept, seq=seq, quarantined=""))
            book.log.remove(kept)
        self._put(rows)
