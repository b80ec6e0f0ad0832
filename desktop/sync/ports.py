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
from typing import Protocol

from desktop.sync.protocol import Fork, Lease, Op
from desktop.sync.row import Key, Row

# ════ a laptop ════


@dataclass(frozen=True, slots=True)
class LoggedOp:
    """One op of the laptop's log, its own or another laptop's."""

    device: str
    n: int
    op: Op
    seq: int = 0
    """The number the centre gave it, or 0 while that is not known."""


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
    """A change that sync itself makes: a rescued text (``salvage``), in the name of nobody."""

    kind: str
    id: str
    field: str
    value: str


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
        """Go on under a new incarnation: every op that was made under the present one, in
        every scope, is appended again under the new one with the same body, numbered from 1,
        nothing acknowledged and no number known. The old streams are closed."""

    def scopes(self) -> tuple[ScopeState, ...]:
        """Every scope that has a state or ops here."""

    def scope(self, scope: str) -> ScopeState: ...

    def keep_scope(self, state: ScopeState) -> None: ...

    def streams(self, scope: str) -> tuple[StreamState, ...]: ...

    def keep_acked(self, scope: str, device: str, acked: int) -> None: ...

    def close_stream(self, scope: str, device: str) -> None: ...

    def chain_at(self, scope: str, device: str, n: int) -> bytes | None:
        """The hash chain after op ``n``; ``b""`` for 0, None for an op that is not here."""

    def ops(self, scope: str, device: str, first: int, limit: int) -> tuple[LoggedOp, ...]:
        """Ops ``first`` and following of a stream, at most ``limit``."""

    def uncovered(self, scope: str, keys: Iterable[Key]) -> Mapping[Key, Sequence[LoggedOp]]:
        """The ops of these records whose effect the rows received so far cannot show: number
        unknown, or greater than the row's. In the order of their ``hlc``, then device and n."""

    def place(self, scope: str, device: str, numbers: Mapping[int, int]) -> None:
        """Note which number (value, > 0) the centre gave to which op (key) of a stream."""

    def unplace(self, scope: str) -> None:
        """Forget the numbers of all ops of a scope: they were given in another history."""

    def unplaced(self, scope: str, device: str, upto: int) -> tuple[int, int] | None:
        """First and last op up to ``upto`` whose number is unknown, or None."""

    def append_others(self, scope: str, device: str, first: int, ops: Sequence[Op]) -> None:
        """Keep ops of another laptop's stream, ``first`` being the next it has here."""

    def say(self, scope: str, change: Change) -> None:
        """Append an own op ``{set: {field: value}, salvage: 1, base: 0}`` without touching the
        record's row here; it is shown when ``show`` is called."""

    def received(self, scope: str, keys: Iterable[Key]) -> Mapping[Key, Row]:
        """Rows as the centre last said them. Unknown fields are among them."""

    def everything(self, scope: str) -> Iterable[Row]:
        """All rows received of a scope."""

    def digest(self, scope: str) -> int:
        """The digest over the rows received of a scope, from what is really here."""

    def keep_received(self, scope: str, rows: Sequence[Row]) -> None: ...

    def forget_received(self, scope: str) -> None:
        """Drop what was received of a scope. What people see here stays as it is."""

    def keep_salvage(self, scope: str, changes: Sequence[Change]) -> None: ...

    def salvage(self, scope: str) -> tuple[Change, ...]: ...

    def drop_salvage(self, scope: str) -> None: ...

    def show(self, scope: str, rows: Sequence[Row]) -> None:
        """Let people see these rows: write the noun's own table, without an op."""

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
        """The numbers of those of these ops that are in the log."""

    def seqs_of(self, device: str, first: int, last: int) -> tuple[int, ...]:
        """The numbers of ops ``first`` … ``last`` of a stream; 0 for one that is not here.
        Ops known from an earlier life of the device have the number they got then."""

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
