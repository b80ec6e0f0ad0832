# SPDX-License-Identifier: Apache-2.0
"""What the two cores of sync ask of the place where things are kept.

:class:`Notebook` is one laptop's store, :class:`Ledger` is the centre's tables. The cores
(``laptop.py``, ``ledger.py``) hold all the rules and no I/O; a port holds all the I/O and no
rules. Behind each port stand two implementations that must behave alike: plain dictionaries in
the simulation, and the real store (``store/sync.py``) or the real database (``centre/``).

Everything inside one ``with port.transaction()`` is there together afterwards, or not at all,
also when the computer dies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from desktop.sync.protocol import Fork, Lease, LeaseWanted, Op
from desktop.sync.row import Key, Row, Wire

# ════ a laptop ════


@dataclass(frozen=True, slots=True)
class LoggedOp:
    """One op of the laptop's log, its own or another laptop's."""

    device: str
    n: int
    op: Op
    seq: int = 0
    """The number the centre gave it, or 0 while that is not known; negative while the centre
    keeps it in quarantine."""


@dataclass(frozen=True, slots=True)
class ScopeState:
    """What a laptop knows of one scope."""

    scope: str
    cursor: int = 0
    """Everything the centre has up to this number has been received."""
    head: int = 0
    """The last number the centre told of."""
    durable: int = 0
    digest: int | None = None
    """What the centre said all rows up to ``cursor`` come to, on the last whole page."""
    matched_at: str = ""
    """When the laptop's own rows last came to the same; UTC."""
    granted: bool = False
    """The centre serves this scope to this laptop."""
    forks: tuple[Fork, ...] = ()
    repair: int = 0
    """1: the rows here do not come to the centre's digest, ask by buckets; 2: all is being fetched
    anew; 3: the scope is not served any more, it is forgotten when everything of it is sent."""


@dataclass(frozen=True, slots=True)
class StreamState:
    """One device's ops in one scope, as far as this laptop has them."""

    device: str
    last: int
    chain: bytes
    acked: int = 0
    """Ops up to this number are committed at the centre."""
    closed: bool = False
    """The centre knows other ops under these numbers: this stream is not sent any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that sync itself makes: rescued words (``salvage``), in the name of nobody."""

    kind: str
    id: str
    fields: Mapping[str, Any]
    deleted: bool = False
    """The record was deleted where it was found; rescuing its words does not bring it back."""
    seq: int = 0
    """The number of the row, while the centre is known to have it; 0: it may be lost there."""


class NotebookChange(Protocol):
    """One transaction on a laptop's store."""

    @property
    def device(self) -> str:
        """The incarnation under which this store numbers its ops."""

    @property
    def epoch(self) -> int:
        """The history of the centre this store follows; 0 before the first contact."""

    def follow(self, epoch: int) -> None:
        """Follow another history of the centre from now on; new ops carry it as ``ep``."""

    def rename(self, device: str) -> None:
        """Go on under a new incarnation: this store's own streams, in every scope, are called
        ``device`` from now on, in place: the same ops, ``n``, chain and numbers; nothing is
        acknowledged. No stream of the old name stays, because the twin's own may come here as
        another laptop's. Unused numbers of leases are given up: the twin may use them."""

    def move_stream(self, scope: str, device: str, to: str) -> None:
        """The same for one stream of another laptop, whose numbers hold other ops at the
        centre: should that laptop die, its ops still arrive from here."""

    def scopes(self) -> tuple[ScopeState, ...]:
        """Every scope that has a state or ops here."""

    def scope(self, scope: str) -> ScopeState: ...

    def keep_scope(self, state: ScopeState) -> None: ...

    def streams(self, scope: str) -> tuple[StreamState, ...]: ...

    def keep_acked(self, scope: str, device: str, acked: int) -> None:
        """How far a stream is kept at the centre; less than before if the centre was
        restored."""

    def close_stream(self, scope: str, device: str) -> None: ...

    def chain_at(self, scope: str, device: str, n: int) -> bytes | None:
        """The hash chain after op ``n``; ``b""`` for 0, None for an op that is not here."""

    def ops(self, scope: str, device: str, first: int, limit: int) -> tuple[LoggedOp, ...]:
        """Ops ``first`` and following of a stream, at most ``limit``."""

    def authors(self, scope: str, seqs: Iterable[int]) -> Mapping[int, tuple[str, str]]:
        """Device and oid of those ops of the log that have these numbers. Rows do not say who
        wrote them; whoever's ops are here is known."""

    def uncovered(self, scope: str, keys: Iterable[Key]) -> Mapping[Key, Sequence[LoggedOp]]:
        """The ops of these records whose effect the rows received so far cannot show: number
        unknown, negative, or greater than the row's; those of closed streams are left out.
        In the order of their ``hlc``, then device and n."""

    def place(self, scope: str, device: str, numbers: Mapping[int, int]) -> None:
        """Note which number (value; negative: in quarantine) the centre gave to which op (key)
        of a stream. A number belongs to the oid: every copy of the op in this scope has it."""

    def unplace(self, scope: str) -> None:
        """Forget the numbers of all ops of a scope: they were given in another history."""

    def unplaced(self, scope: str, device: str, upto: int) -> tuple[int, int] | None:
        """First and last op up to ``upto`` whose number is unknown, or None."""

    def parked(self, scope: str, device: str) -> tuple[int, int] | None:
        """First and last op of a stream whose number is negative, or None."""

    def append_others(self, scope: str, device: str, first: int, ops: Sequence[Op]) -> None:
        """Keep ops of another laptop's stream, ``first`` being the next it has here. An op
        that is here already under another name has its number."""

    def say(self, scope: str, change: Change) -> None:
        """Append an own op ``{set: fields, salvage: 1, base: 0}`` (and ``del`` if the change
        says deleted) without touching the record's row here; it is shown when ``show`` is
        called."""

    def received(self, scope: str, keys: Iterable[Key]) -> Mapping[Key, Row]:
        """Rows as the centre last said them. Unknown fields are among them."""

    def everything(self, scope: str) -> Iterable[Row]:
        """All rows received of a scope."""

    def digest(self, scope: str) -> int:
        """The digest over the rows received of a scope, from what is really here."""

    def keep_received(self, scope: str, rows: Sequence[Row]) -> None:
        """Keep rows as the centre said them; never one older than the one that is here."""

    def drop_received(self, scope: str, keys: Iterable[Key]) -> None:
        """Drop rows that the centre does not have."""

    def forget_received(self, scope: str) -> None:
        """Drop what was received of a scope. What people see here stays as it is."""

    def keep_salvage(self, scope: str, changes: Sequence[Change]) -> None:
        """Keep these with those that are kept already."""

    def salvage(self, scope: str) -> tuple[Change, ...]: ...

    def drop_salvage(self, scope: str) -> None: ...

    def show(self, scope: str, rows: Sequence[Row]) -> None:
        """Let people see these rows: write the noun's own table, without an op. A tombstone
        leaves a record alone that lives in another scope by now."""

    def hide(self, scope: str) -> None:
        """People no longer see the records of a scope that is not served to this laptop any
        more; its ops stay."""

    def note(self, scope: str, device: str, n: int, code: str, detail: str) -> None:
        """Keep what the centre said about an own op: ``conflict``, ``superseded``,
        ``quarantined``."""

    def keep_lease(self, lease: Lease) -> None: ...


class Notebook(Protocol):
    """One laptop's store."""

    def transaction(self) -> AbstractContextManager[NotebookChange]: ...


# ════ the centre ════


@dataclass(frozen=True, slots=True)
class Kept:
    """An op as the centre logs it."""

    seq: int
    device: str
    n: int
    op: Op
    quarantined: str = ""
    """Why it was not merged; empty when it was."""


class LedgerChange(Protocol):
    """One transaction on one scope. It holds the scope's lock from ``take`` to its end, so that
    numbers become visible in the order in which they were given."""

    def stream(self, device: str) -> tuple[int, bytes]:
        """Last op and hash chain of a device's stream, locked until the end; ``(0, b"")``."""

    def seqs(self, oids: Iterable[str]) -> Mapping[str, int]:
        """The numbers of those of these ops that are in the log; negative for one in
        quarantine."""

    def seqs_of(self, device: str, first: int, last: int) -> tuple[int, ...]:
        """The numbers of ops ``first`` … ``last`` of a stream; 0 for one that is not here,
        negative for one in quarantine. Ops known from an earlier life of the device have the
        number they got then, released ones the number they got when they were released."""

    def held(self, oids: Iterable[str]) -> Mapping[str, Kept]:
        """Those of these ops that are in quarantine."""

    def release(self, numbers: Mapping[str, int], rows: Sequence[Row]) -> None:
        """These ops (by oid) are merged now, under these numbers; keep the changed rows and
        bring the digest along."""

    def take(self, count: int) -> int:
        """Draw ``count`` numbers; returns the first."""

    def rows(self, keys: Iterable[Key]) -> Mapping[Key, Row]: ...

    def keep(
        self,
        device: str,
        last: int,
        chain: bytes,
        ops: Sequence[Kept],
        rows: Sequence[Row],
        aliases: Mapping[int, int],
    ) -> None:
        """Keep the stream's new end, its ops and the changed rows, and bring the digest along.
        ``aliases``: op number of this stream → seq, for ops already kept under another life."""


class Ledger(Protocol):
    """The centre's tables."""

    def epoch(self) -> int: ...

    def forks(self, scope: str) -> tuple[Fork, ...]:
        """Where each history after the first began in this scope, oldest first."""

    def transaction(self, scope: str) -> AbstractContextManager[LedgerChange]: ...

    def pull(
        self, scope: str, since: int, budget: int
    ) -> tuple[tuple[Row, ...], int, bool, int, int]:
        """Rows after ``since`` in order, within ``budget`` bytes but at least one; then the
        head, whether there is more, the digest at the head, and the durable number. From one
        snapshot."""

    def ends(self, scopes: Sequence[str]) -> Mapping[str, tuple[int, int, int]]:
        """Head, digest and durable number of those of these scopes that are here."""

    def page(
        self, scope: str, since: int, budget: int
    ) -> tuple[tuple[Wire, ...], int, int, bool, int, int]:
        """The same rows as they are sent, the number of the last of them (``since`` if there is
        none), and the rest as :meth:`pull` says it."""

    def everything(self, scope: str) -> tuple[int, tuple[Row, ...]]:
        """The head of a scope and all its rows, from one snapshot. Only for repairs."""

    def lease(self, device: str, wanted: LeaseWanted) -> Lease | None:
        """Give certificate numbers away, for ever, in a transaction of its own; None when there
        are none to be had. :mod:`desktop.sync.lease` says which."""
