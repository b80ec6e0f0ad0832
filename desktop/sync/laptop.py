# SPDX-License-Identifier: Apache-2.0
"""A laptop's side: what it says to the centre, and what it does with the answer.

``while True: request = build_request(…); answer = carry(request); outcome = take_answer(…);
if not outcome.again: break``. Whatever happens between the lines, a laptop never loses an op:
ops stay in its log for good, and ``acked`` moves only by an answer whose hash chain is its own.

An answer says by itself what it answers (stream and chain, scope and cursor, history), because
it may come weeks later on a stick, twice, or to a store that was rolled back meanwhile. What
does not fit the store as it is now is left alone. Rows are taken in short transactions, each
with the cursor that belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.sync.digest import sums
from desktop.sync.pages import ASK_BUCKETS, LEAVING, take_page
from desktop.sync.ports import Notebook, NotebookChange, ScopeState, StreamState
from desktop.sync.protocol import (
    BUDGET,
    PUSH_BYTES,
    Answer,
    LeaseWanted,
    Op,
    Pull,
    Push,
    Pushed,
    Request,
    granted_mark,
)
from desktop.sync.rescue import new_history, say_rescued
from desktop.sync.view import show_covered

_READ: Final = 100
_ASK: Final = 500
_NO_ROWS: Final = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer."""

    taken: bool = True
    """False: it was late, or of another history; nothing was done."""
    again: bool = False
    """There is more to say or to hear: build another request at once."""
    renamed: str = ""
    """The new incarnation: this store turned out to be a copy, or to have gone back."""
    history: bool = False
    """The centre was restored; everything is compared with it anew."""
    closed: bool = False
    old: bool = False
    """This program is too old for the centre."""
    mismatched: tuple[str, ...] = ()
    """Scopes whose rows did not come to the centre's digest; they are being repaired."""
    hidden: tuple[str, ...] = ()
    """Scopes that are not served any more and were forgotten here."""
    rows: int = 0
    acked: int = 0


# ---- asking


def build_request(  # noqa: PLR0913 – what a laptop has to say, each by its name
    notebook: Notebook,
    *,
    now: str,
    limit: int = PUSH_BYTES,
    budget: int = BUDGET,
    leases: Sequence[LeaseWanted] = (),
    app: str = "",
    schema: int = 0,
    photos: int = 0,
    pull: bool = True,
) -> Request:
    """What this laptop has to say: own ops first, then those of laptops it met in a hall.

    ``limit``: bytes of ops, at least one op goes. While more ops wait than fit, no rows are
    asked for: a row that holds an op whose number is not known yet would show it twice.
    """
    with notebook.transaction() as change:
        states = change.scopes()
        streams = [
            (state.scope, stream)
            for state in states
            for stream in change.streams(state.scope)
            if not stream.closed
        ]
        streams.sort(key=lambda one: one[1].device != change.device)
        pushes, waiting = [], 0
        for scope, stream in streams:
            said, left = _said(change, scope, stream, limit)
            limit -= left
            if said is not None:
                pushes.append(said)
            waiting += stream.last - max(stream.acked, said.last if said is not None else 0)
        return Request(
            change.device,
            change.epoch,
            now,
            push=tuple(pushes),
            pull=tuple(_pull(change, one) for one in states if one.granted) if pull else (),
            leases=tuple(leases),
            budget=_NO_ROWS if waiting else budget,
            app=app,
            schema=schema,
            waiting=waiting,
            photos=photos,
            granted=granted_mark(one.scope for one in states if one.granted),
        )


def _said(
    change: NotebookChange, scope: str, stream: StreamState, limit: int
) -> tuple[Push | None, int]:
    """The next ops of a stream within ``limit`` bytes, and their size."""
    device, first, used = stream.device, stream.acked + 1, 0
    ops: list[Op] = []
    while limit > 0 and stream.acked + len(ops) < stream.last:
        page = change.ops(scope, device, first + len(ops), _READ)
        for logged in page:
            size = len(logged.op.text.encode()) + len(logged.op.at) + len(logged.op.by)
            if used + size > limit and used:
                limit = 0
                break
            used += size
            ops.append(logged.op)
        if not page:
            break
    ask = change.unplaced(scope, device, stream.acked) or change.parked(scope, device)
    if ask and not ops:
        # Only an op proves that the centre's stream of this name is this one.
        first = max(1, stream.acked)
        ops = [one.op for one in change.ops(scope, device, first, 1)]
    before = change.chain_at(scope, device, first - 1)
    if before is None or not ops:
        return None, 0
    first_asked, last_asked = ask or (0, 0)
    return Push(
        scope, device, first, before.hex(), tuple(ops),
        first_asked, min(last_asked, first_asked + _ASK - 1),
    ), used  # fmt: skip


def _pull(change: NotebookChange, state: ScopeState) -> Pull:
    if state.repair != ASK_BUCKETS:
        return Pull(state.scope, state.cursor)
    return Pull(state.scope, state.cursor, sums(change.everything(state.scope)))


# ---- taking the answer


def take_answer(
    notebook: Notebook, answer: Answer, *, now: str, fresh: Callable[[], str]
) -> Outcome:
    """Do what the centre's signed answer asks for.

    ``now``: the laptop's clock as text, UTC. ``fresh`` makes the id of a new incarnation.
    """
    if answer.refused in ("closed", "version"):
        return Outcome(
            taken=False, closed=answer.refused == "closed", old=answer.refused == "version"
        )
    with notebook.transaction() as change:
        if answer.refused:
            done = answer.refused == "epoch" and new_history(change, answer)
            return Outcome(taken=done, again=done, history=done)
        if change.epoch == 0:
            change.follow(answer.epoch)
        elif change.epoch != answer.epoch:
            return Outcome(taken=False)
        acked, again, renamed = _take_pushes(change, answer, fresh)
        if answer.scopes is not None:
            again = _grant(change, answer.scopes) or again
        if answer.device == change.device:
            for lease in answer.leases:
                change.keep_lease(lease)
    mismatched: list[str] = []
    rows = 0
    for page in answer.pull:
        taken, more, wrong = take_page(notebook, page, answer.epoch, now)
        rows += taken
        again = again or more
        if wrong:
            mismatched.append(page.scope)
    hidden, waits = _leave(notebook)
    return Outcome(
        again=again or waits,
        renamed=renamed,
        mismatched=tuple(mismatched),
        hidden=hidden,
        rows=rows,
        acked=acked,
    )


def _take_pushes(
    change: NotebookChange, answer: Answer, fresh: Callable[[], str]
) -> tuple[int, bool, str]:
    acked, again, renamed = 0, False, ""
    for one in answer.push:
        asked = change.unplaced(one.scope, one.device, one.last)
        got, split = _take_pushed(change, one)
        acked += got
        again = again or split or one.trouble is not None
        if not split and asked:
            left = change.unplaced(one.scope, one.device, one.last)
            again = again or left not in (None, asked)
        elif split and one.device != change.device:
            _move(change, one)
        elif split:
            renamed = fresh()
            change.rename(renamed)
    return acked, again or (acked > 0 and _waits(change)), renamed


def _take_pushed(change: NotebookChange, told: Pushed) -> tuple[int, bool]:
    """How many ops are acknowledged anew, and whether the stream is another than the centre's.

    An answer to a stream that is not here any more says nothing.
    """
    scope, device = told.scope, told.device
    stream = next((one for one in change.streams(scope) if one.device == device), None)
    if stream is None or stream.closed or told.trouble in ("epoch", "closed"):
        return 0, False
    if told.last > stream.last:
        # The store went back: it had more when it asked. What others' laptops said is only
        # missing here; our own numbers, though, are taken.
        return 0, device == change.device or told.trouble == "fork"
    chain = change.chain_at(scope, device, told.last)
    if chain is None or chain.hex() != told.chain:
        return 0, True
    if told.trouble == "fork":
        return 0, False
    numbers = {n: seq for n, seq in enumerate(told.seqs, told.first) if seq and n <= told.last}
    numbers |= {
        n: seq for n, seq in enumerate(told.told, told.told_first) if seq and n <= told.last
    }
    if told.trouble == "gap" or told.last > stream.acked:
        change.keep_acked(scope, device, told.last)
    if numbers:
        change.place(scope, device, numbers)
        show_covered(change, scope, device, numbers)
    if device == change.device:
        for n, code, detail in told.notes:
            change.note(scope, device, n, code, detail)
    return max(0, told.last - stream.acked), False


def _move(change: NotebookChange, told: Pushed) -> None:
    """Another laptop's stream that the centre knows otherwise: its ops still go there, under a
    name that is this copy's alone."""
    for one in change.streams(told.scope):
        if one.device == told.device and not one.closed:
            elder = told.device.partition("~")[0]
            change.move_stream(told.scope, told.device, f"{elder}~{one.chain.hex()[:16]}")


def _waits(change: NotebookChange) -> bool:
    return any(
        not stream.closed and stream.acked < stream.last
        for state in change.scopes()
        for stream in change.streams(state.scope)
    )


def _grant(change: NotebookChange, scopes: Sequence[str]) -> bool:
    """Serve these scopes and no others; True if there is one to fetch."""
    granted, new = set(scopes), False
    known = {state.scope: state for state in change.scopes()}
    for scope in sorted(granted | known.keys()):
        state = known.get(scope) or change.scope(scope)
        if scope in granted and not state.granted:
            repair = 0 if state.repair == LEAVING else state.repair
            change.keep_scope(replace(state, granted=True, repair=repair))
            new = True
        elif scope not in granted and state.granted:
            change.keep_scope(replace(state, granted=False, repair=LEAVING))
    return new


def _leave(notebook: Notebook) -> tuple[tuple[str, ...], bool]:
    """Forget what was received of scopes that are not served (any more), once all is sent.

    Returns the scopes that were forgotten, and whether there is something to send first.
    """
    hidden, waits = [], False
    with notebook.transaction() as change:
        for state in change.scopes():
            # Rows of a scope that is not served can also have come in a hall.
            aside = change.salvage(state.scope)
            if state.granted or not (state.repair == LEAVING or state.cursor or aside):
                continue
            # What was to be rescued can only be said now.
            waits = say_rescued(change, state.scope) or waits
            if any(not one.closed and one.acked < one.last for one in change.streams(state.scope)):
                continue
            change.forget_received(state.scope)
            change.hide(state.scope)
            change.keep_scope(ScopeState(state.scope, forks=state.forks))
            hidden.append(state.scope)
    return tuple(hidden), waits
