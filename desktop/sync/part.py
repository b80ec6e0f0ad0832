# SPDX-License-Identifier: Apache-2.0
"""What requests and answers are made of: streams, pages, leases, and how each is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from desktop.sync import strict
from desktop.sync.op import Op, op_from_wire
from desktop.sync.row import Wire
from desktop.sync.strict import BadMessage

BUCKETS: Final = 256
"""Rows are compared by this many sums when a digest does not match."""

Trouble = Literal["gap", "fork", "epoch", "closed"]
"""Why a stream was not taken: ops before it are missing (the centre was restored); the centre
knows other ops under these numbers (this store is a copy, or went back); the message speaks of
another history; this device may no longer send."""


@dataclass(frozen=True, slots=True)
class Push:
    """Ops ``first``, ``first + 1`` … of one stream, in order."""

    scope: str
    device: str
    """Whose stream: the sender's, or that of a laptop it met in a hall."""
    first: int
    before: str
    """Hash chain (hex) after op ``first - 1``; empty for the first op."""
    ops: tuple[Op, ...]
    ask_from: int = 0
    """From this op on the laptop wants to hear again which numbers the centre gave; 0: nothing."""
    ask_to: int = 0

    @property
    def last(self) -> int:
        """The number of the last op."""
        return self.first + len(self.ops) - 1


@dataclass(frozen=True, slots=True)
class Pushed:
    """How far one stream is kept at the centre now."""

    scope: str
    device: str
    last: int
    """The last op of this stream that is committed at the centre."""
    chain: str = ""
    """Hash chain (hex) after ``last``. The laptop believes ``last`` only if its own chain is
    the same there: a receipt may be older than the store it is shown to."""
    first: int = 0
    """``seqs[0]`` belongs to op ``first``."""
    seqs: tuple[int, ...] = ()
    """The number each op got in its scope."""
    told_first: int = 0
    told: tuple[int, ...] = ()
    """The numbers that were asked for; 0 for an op the centre does not have."""
    notes: tuple[tuple[int, str, str], ...] = ()
    """``(n, code, detail)``: ``conflict`` and the fields, ``superseded`` and the fields,
    ``quarantined`` and the reason."""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """The laptop has everything of ``scope`` up to ``since``."""

    scope: str
    since: int
    buckets: tuple[int, ...] = ()
    """The sums of its row hashes by bucket, when they do not come to the digest; see
    :mod:`desktop.sync.digest`."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """A page of one scope, in the order of ``seq``."""

    scope: str
    since: int
    """The question this answers; an answer to another question is thrown away."""
    rows: tuple[Wire, ...]
    """As :func:`desktop.sync.row.row_to_wire` writes them."""
    next: int
    head: int
    more: bool
    digest: int | None
    """Of the whole scope at ``head``; on the last page only."""
    durable: int = 0
    """Ops up to this number are in a backup away from the centre."""
    buckets: tuple[int, ...] = ()
    """The buckets of which ``rows`` holds every row, when they were asked for."""


@dataclass(frozen=True, slots=True)
class LeaseWanted:
    """The laptop wants certificate numbers of one register, after the last it knows of."""

    office: str
    kind: str
    year: int
    above: int
    count: int


@dataclass(frozen=True, slots=True)
class Lease:
    """Certificate numbers ``first`` to ``last`` belong to this device alone."""

    office: str
    kind: str
    year: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Fork:
    """History ``epoch`` of the centre begins after ``head`` of a scope in the one before it."""

    epoch: int
    head: int


# ---- reading, strictly


def push_from_wire(told: Any, sender: str) -> Push:
    """The ops of one stream; the sender's own where none is named. Raises ``BadMessage``."""
    if not isinstance(told, dict):
        raise BadMessage("push")
    before = strict.text(told, "before", "")
    if before and (len(before) != 64 or any(c not in "0123456789abcdef" for c in before)):
        raise BadMessage("push.before")
    first = strict.number(told, "first", 1)
    ask = strict.pairs([told["ask"]])[0] if "ask" in told else [0, 0]
    if first < 1:
        raise BadMessage("push.first")
    return Push(
        strict.name(told.get("scope")),
        (told.get("device") and strict.name(told["device"])) or sender,
        first,
        before,
        tuple(op_from_wire(one) for one in strict.items(told, "ops")),
        strict.count(ask[0], "push.ask"),
        strict.count(ask[1], "push.ask"),
    )


def pushed_from_wire(told: Any) -> Pushed:
    """How far a stream is kept. Raises ``BadMessage``."""
    if not isinstance(told, dict):
        raise BadMessage("pushed")
    asked = strict.pairs([told["told"]])[0] if "told" in told else [0, []]
    trouble = told.get("trouble")
    if trouble not in (None, "gap", "fork", "epoch", "closed"):
        raise BadMessage("trouble")
    notes = strict.items(told, "notes")
    if any(not isinstance(n, list) or len(n) != 3 or type(n[0]) is not int for n in notes):
        raise BadMessage("notes")
    return Pushed(
        strict.name(told.get("scope")),
        strict.name(told.get("device")),
        strict.number(told, "last"),
        strict.text(told, "chain", ""),
        strict.number(told, "first"),
        strict.summed(strict.items(told, "seqs")),
        strict.count(asked[0], "told"),
        strict.summed(asked[1] if isinstance(asked[1], list) else [None]),
        tuple((n[0], str(n[1]), str(n[2])) for n in notes),
        trouble,
    )


def pulled_from_wire(told: Any) -> Pulled:
    """A page of one scope. Raises ``BadMessage``."""
    if not isinstance(told, dict):
        raise BadMessage("pulled")
    mark = strict.text(told, "digest", "")
    rows = strict.items(told, "rows")
    if any(not isinstance(row, list) or len(row) < 5 for row in rows):
        raise BadMessage("rows")
    try:
        seen = int(mark, 16) if mark else None
    except ValueError as wrong:
        raise BadMessage("digest") from wrong
    return Pulled(
        strict.name(told.get("scope")),
        strict.number(told, "since"),
        tuple(rows),
        strict.number(told, "next"),
        strict.number(told, "head"),
        bool(told.get("more", False)),
        seen,
        strict.number(told, "durable"),
        tuple(strict.count(one, "buckets") for one in strict.items(told, "buckets")),
    )


def buckets_from_wire(told: Any) -> tuple[int, ...]:
    """The sums by which rows are compared. Raises ``BadMessage``."""
    if not isinstance(told, str) or len(told) not in (0, 16 * BUCKETS):
        raise BadMessage("repair")
    try:
        return tuple(int(told[at : at + 16], 16) for at in range(0, len(told), 16))
    except ValueError as wrong:
        raise BadMessage("repair") from wrong


def wanted_from_wire(told: Any) -> LeaseWanted:
    """A wish for certificate numbers. Raises ``BadMessage``."""
    if not isinstance(told, list) or len(told) != 5:
        raise BadMessage("leases")
    return LeaseWanted(
        strict.name(told[0]),
        strict.name(told[1]),
        *(strict.count(one, "leases") for one in told[2:]),
    )


def lease_from_wire(told: Any) -> Lease:
    """A block of certificate numbers. Raises ``BadMessage``."""
    if not isinstance(told, list) or len(told) != 5:
        raise BadMessage("leases")
    return Lease(
        strict.name(told[0]),
        strict.name(told[1]),
        *(strict.count(one, "leases") for one in told[2:]),
    )
