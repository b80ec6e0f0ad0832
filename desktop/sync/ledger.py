# SPDX-License-Identifier: Apache-2.0
"""The centre's side: takes ops, gives rows, and never refuses what a known laptop says.

One stream is one transaction under its scope's lock. An op that may not be merged is logged all
the same, under a number of its own, in quarantine: it neither blocks those after it nor is it
lost, and it can be let in later. What was said once is known by its oid, whoever says it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol

from desktop.model.chain import canonical, link
from desktop.sync.digest import bucket, differing, sums
from desktop.sync.history import faulty, rebase
from desktop.sync.merge import Merged, merge
from desktop.sync.ports import Kept, Ledger, LedgerChange
from desktop.sync.protocol import (
    BUCKETS,
    MOST_BYTES,
    VERSION,
    Answer,
    BadMessage,
    Fork,
    Op,
    Pull,
    Pulled,
    Push,
    Pushed,
    Request,
    granted_mark,
)  # fmt: skip
from desktop.sync.row import Key, Row, WireText, digest, row_hash, row_to_wire

NO_ROWS: Final = 1
"""A budget up to this asks for no rows: the laptop has more to say first."""
MOST_BUDGET: Final = MOST_BYTES // 2
MOST_TOLD: Final = 1_000
"""Numbers that are told of one stream in one answer."""


class Rights(Protocol):
    """What one laptop may do, as it stands when its message is answered."""

    def scopes(self) -> tuple[str, ...]:
        """Every scope it may hold."""

    def may_hold(self, scope: str) -> bool: ...

    def may_write(self, scope: str, by: str, *, others: bool = False) -> str:
        """Empty if ops of this author in this scope are merged, otherwise the reason why they
        are kept in quarantine. ``others``: the stream is that of another laptop."""


def answer(
    ledger: Ledger, request: Request, rights: Rights, *, now: str, stamp: str = ""
) -> Answer:
    """What the centre says to ``request``.

    ``now`` is the centre's clock as text, ``stamp`` the same as an ``hlc``: an op that claims to
    be from later counts as written now, so that a clock set to 2569 does not win for ever.
    """
    epoch = ledger.epoch()
    if request.version != VERSION:
        return Answer(epoch, now, device=request.device, refused="version")
    if request.epoch not in (0, epoch):
        scopes = {one.scope for one in request.push} | {one.scope for one in request.pull}
        forks = {scope: ledger.forks(scope) for scope in sorted(scopes)}
        return Answer(epoch, now, device=request.device, refused="epoch", forks=forks)
    pushed = []
    for one in request.push:
        # Before the scope is locked: whoever is first to write to a workshop gets it.
        reasons = _reasons(one, rights, others=one.device != request.device)
        try:
            pushed.append(push(ledger, one, reasons, epoch=epoch, stamp=stamp))
        except UnicodeEncodeError as wrong:
            # Half a character: no laptop can have hashed such an op.
            raise BadMessage("op") from wrong
    held = rights.scopes()
    return Answer(
        epoch,
        now,
        push=tuple(pushed),
        pull=_pages(ledger, request, rights, frozenset(held)),
        scopes=None if request.granted == granted_mark(held) else held,
        leases=tuple(
            lease
            for wanted in request.leases
            if (lease := ledger.lease(request.device, wanted)) is not None
        ),
        device=request.device,
    )


def _reasons(push: Push, rights: Rights, *, others: bool) -> Callable[[Op], str]:
    by_author = {
        by: rights.may_write(push.scope, by, others=others)
        for by in {op.by for op in push.ops if not op.body.get("salvage") or op.by}
    }
    # Rescued words are said in nobody's name, by whoever may hold the scope.
    nobody = "" if rights.may_hold(push.scope) else "forbidden"
    return lambda op: faulty(op) or by_author.get(op.by, nobody)


# ---- push


def push(
    ledger: Ledger, push: Push, refusal: Callable[[Op], str], *, epoch: int, stamp: str = ""
) -> Pushed:
    """Take the ops of one stream that are new, in one transaction.

    ``refusal`` names why an op is not to be merged, or nothing.
    """
    forks = ledger.forks(push.scope) if any(op.body["ep"] != epoch for op in push.ops) else ()
    with ledger.transaction(push.scope) as change:
        last, chain = change.stream(push.device)
        if push.first > last + 1:
            return Pushed(push.scope, push.device, last, chain.hex(), trouble="gap")
        if not push.ops and push.first <= last:
            # Nothing in it shows which stream it speaks of.
            return Pushed(push.scope, push.device, 0)
        again, new = push.ops[: last + 1 - push.first], push.ops[last + 1 - push.first :]
        end = bytes.fromhex(push.before)
        for op in again:
            end = link(end, op.text)
        numbers = list(_numbers(change, push, len(again)))
        if push.first + len(again) <= last:
            # A late message, or a laptop that has less than we do. It is the same stream if the
            # ops it names are; how it goes on will be seen when it does.
            known = change.seqs([op.body["oid"] for op in again]) if again else {}
            same = [known.get(op.body["oid"], 0) for op in again] == numbers
        else:
            same = end == chain
        if not same:
            return Pushed(push.scope, push.device, last, chain.hex(), trouble="fork")
        notes = _notes_of(change, push.first, again, numbers)
        if new:
            taking = _Taking(change, push, epoch, forks, refusal, stamp)
            end = taking.take(last + 1, end, new)
            numbers += taking.numbers
            notes += taking.notes
        told: tuple[int, ...] = ()
        if push.ask_from:
            upto = min(push.ask_to, push.ask_from + MOST_TOLD - 1)
            told = change.seqs_of(push.device, push.ask_from, upto)
        return Pushed(
            push.scope,
            push.device,
            push.last,
            end.hex(),
            push.first if numbers else 0,
            tuple(numbers),
            push.ask_from if told else 0,
            told,
            tuple(notes),
        )


def _numbers(change: LedgerChange, push: Push, count: int) -> tuple[int, ...]:
    return change.seqs_of(push.device, push.first, push.first + count - 1) if count else ()


def _notes_of(
    change: LedgerChange, first: int, ops: Sequence[Op], numbers: Sequence[int]
) -> list[tuple[int, str, str]]:
    """The reasons of ops in quarantine are said again: the answer may have been lost."""
    held = [op.body["oid"] for op, seq in zip(ops, numbers, strict=True) if seq < 0]
    if not held:
        return []
    kept = change.held(held)
    return [
        (first + at, "quarantined", kept[op.body["oid"]].quarantined)
        for at, op in enumerate(ops)
        if op.body["oid"] in kept
    ]


class _Taking:
    """New ops of one stream."""

    def __init__(
        self,
        change: LedgerChange,
        push: Push,
        epoch: int,
        forks: Sequence[Fork],
        refusal: Callable[[Op], str],
        stamp: str,
    ) -> None:
        self.change, self.push, self.epoch = change, push, epoch
        self.forks, self.refusal, self.stamp = forks, refusal, stamp
        self.numbers: list[int] = []
        self.notes: list[tuple[int, str, str]] = []

    def take(self, first: int, end: bytes, ops: Sequence[Op]) -> bytes:
        """Log and merge ``ops``, the next of the stream; returns its new chain."""
        change, device = self.change, self.push.device
        asked = {op.body["oid"] for op in ops}
        for op in ops:
            asked.update(op.body.get("saw", ()), op.body.get("resolve", ()))
        known = dict(change.seqs(asked))
        arrived = {oid for oid, seq in known.items() if seq > 0}
        fresh = {op.body["oid"] for op in ops} - known.keys()
        reasons = {op.body["oid"]: self.refusal(op) for op in ops if op.body["oid"] in fresh}
        next_seq = head = change.take(len(fresh)) if fresh else 0
        rows = _rows(change, (op for op in ops if reasons.get(op.body["oid"]) == ""))
        kept, changed, aliases = [], {}, {}
        for n, op in enumerate(ops, first):
            end = link(end, op.text)
            oid = op.body["oid"]
            if oid in known:
                self.numbers.append(known[oid])
                aliases[n] = abs(known[oid])
                continue
            seq, next_seq = next_seq, next_seq + 1
            reason = reasons[oid]
            if not reason:
                row = rows[op.body["kind"], op.body["id"]]
                merged = merge(
                    row, op, seq, device,
                    base=self._base(op, head), stamp=self._stamp(op), arrived=arrived,
                )  # fmt: skip
                reason = merged.refused
                if not reason:
                    changed[row.key] = row
                    arrived.add(oid)
                    self._note(n, merged)
            if reason:
                self.notes.append((n, "quarantined", reason))
            known[oid] = -seq if reason else seq
            self.numbers.append(known[oid])
            kept.append(Kept(seq, device, n, op, reason))
        change.keep(
            device, first + len(ops) - 1, end, kept, list(changed.values()), aliases
        )  # fmt: skip
        return end

    def _base(self, op: Op, head: int) -> int:
        base = rebase(op.body["base"], op.body["ep"], self.epoch, self.forks)
        # A number that was not given yet is of a history this centre lost without knowing.
        return base if base < head else 0

    def _stamp(self, op: Op) -> str:
        return min(op.body["hlc"], self.stamp) if self.stamp else ""

    def _note(self, n: int, merged: Merged) -> None:
        if merged.conflict:
            self.notes.append((n, "conflict", " ".join(merged.conflict)))
        if merged.superseded:
            self.notes.append((n, "superseded", " ".join(merged.superseded)))


def _rows(change: LedgerChange, ops: Iterable[Op]) -> dict[Key, Row]:
    keys = {(op.body["kind"], op.body["id"]) for op in ops}
    found = change.rows(keys) if keys else {}
    return {key: found[key] if key in found else Row(*key) for key in keys}


def release(ledger: Ledger, scope: str, oids: Sequence[str], *, stamp: str = "") -> dict[str, int]:
    """Merge ops that were kept in quarantine, now and under new numbers, in the order in which
    they came. Returns the numbers; an op that cannot be merged (a frozen record says something
    else by now) is not among them and stays where it is."""
    epoch, forks = ledger.epoch(), ledger.forks(scope)
    with ledger.transaction(scope) as change:
        held = sorted(change.held(oids).values(), key=lambda one: one.seq)
        rows = _rows(change, (one.op for one in held))
        numbers: dict[str, int] = {}
        changed: dict[Key, Row] = {}
        for one in held:
            body = one.op.body
            row = rows[body["kind"], body["id"]]
            base = rebase(body["base"], body["ep"], epoch, forks)
            base = base if base < one.seq else 0
            hlc = min(body["hlc"], stamp) if stamp else ""
            tried = merge(row.copy(), one.op, one.seq, one.device, base=base, stamp=hlc, late=True)
            if tried.refused or faulty(one.op):
                continue
            seq = change.take(1)
            merge(row, one.op, seq, one.device, base=base, stamp=hlc, late=True)
            numbers[body["oid"]] = seq
            changed[row.key] = row
        if numbers:
            change.release(numbers, list(changed.values()))
    return numbers


# ---- pull


def _pages(
    ledger: Ledger, request: Request, rights: Rights, held: frozenset[str]
) -> tuple[Pulled, ...]:
    left = min(request.budget, MOST_BUDGET)
    if left <= NO_ROWS:
        return ()
    asked = [one for one in request.pull if one.scope in held or rights.may_hold(one.scope)]
    # Mostly nothing is new anywhere, and that is one question; of one scope its page says it.
    few = len(asked) < 2
    ends = {} if few else ledger.ends([one.scope for one in asked])
    pages = []
    for at, one in enumerate(asked, 1):
        head, mark, durable = ends.get(one.scope, (0, 0, 0))
        if head <= one.since and not (one.buckets or few):
            pages.append(Pulled(one.scope, one.since, (), head, head, False, mark, durable))
            continue
        if left <= NO_ROWS:
            pages.append(Pulled(one.scope, one.since, (), one.since, one.since, True, None))
            continue
        page = (len(one.buckets) == BUCKETS and _repair(ledger, one, left)) or _page(
            ledger, one, left
        )
        if at < len(asked) and page.rows:
            left -= sum(
                len(row.text) if isinstance(row, WireText) else len(canonical(row))
                for row in page.rows
            )
        pages.append(page)
    return tuple(pages)


def _page(ledger: Ledger, pull: Pull, budget: int) -> Pulled:
    rows, last, head, more, mark, durable = ledger.page(pull.scope, pull.since, budget)
    return Pulled(
        pull.scope,
        pull.since,
        rows,
        last if more else max(head, last if rows else 0),
        head,
        more,
        None if more else mark,
        durable,
    )


def _repair(ledger: Ledger, pull: Pull, budget: int) -> Pulled | None:
    """All rows of the buckets that differ, as many as fit; None if the laptop has to receive
    what is new first, or nothing differs."""
    head, rows = ledger.everything(pull.scope)
    if head != pull.since:
        return None
    wrong = differing(sums(rows), pull.buckets)
    sent: list[list[object]] = []
    whole: list[int] = []
    for at in wrong:
        wire = [row_to_wire(row) for row in rows if bucket(row.id) == at]
        budget -= len(canonical(wire))
        if whole and budget < 0:
            break
        sent += wire
        whole.append(at)
    if not whole:
        return None
    return Pulled(
        pull.scope, pull.since, tuple(sent), pull.since, head, len(whole) < len(wrong),
        digest(map(row_hash, rows)), buckets=tuple(whole),
    )  # fmt: skip
