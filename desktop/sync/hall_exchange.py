# SPDX-License-Identifier: Apache-2.0
"""What two laptops tell each other in a hall, with or without a centre.

Each says how far it has every laptop's stream of one scope (a version vector, with the hash
chain), and gives what the other lacks: ops, the numbers the centre gave them, and, when it has
heard from the centre later in the same history, rows. The hub is an ordinary laptop; it serves
from its own log what it made and what it got. Nothing here is an acknowledgement: only the
centre's signed answer is one, so every laptop still sends what it holds.

Messages are plain JSON in small pieces. A desk says ``ask``, the hub ``answer``, the desk
``take``, until ``Taken.more`` is False; what they lost or said twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from desktop.model.chain import link
from desktop.sync.pages import LEAVING, keep_rows
from desktop.sync.ports import Notebook, NotebookChange, StreamState
from desktop.sync.protocol import BadMessage, Op, op_from_wire, op_to_wire
from desktop.sync.row import Key, row_from_wire, row_to_wire
from desktop.sync.view import show_covered, shown

Fresh = Callable[[], str]
_ALL: Final = 2**62


@dataclass(frozen=True, slots=True)
class Taken:
    """What a desk got in one round."""

    more: bool
    """There is more to say or to hear: ask again at once."""
    known: dict[str, int]
    """How far the hub has each stream; for the next ``ask``."""
    keys: tuple[Key, ...] = ()
    """Records that changed here."""
    renamed: str = ""
    """The new incarnation: this store turned out to be a copy, or to have gone back."""
    companions: list[Any] = field(default_factory=list)
    """Records of other scopes that the event's rows name; kept by the caller."""


def ask(
    notebook: Notebook, scope: str, *, limit: int = 200, known: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """A desk's question: how far it has every stream, and ops the hub lacks.

    ``known`` is what the last round told of the hub; None asks only.
    """
    with notebook.transaction() as change:
        streams = _open(change, scope)
        given, _left = ([], False) if known is None else _given(change, scope, known, limit)
        numbers = {
            one.device: list(asked)
            for one in streams
            if (asked := change.unplaced(scope, one.device, one.last))
        }
        return {
            "scope": scope,
            "device": change.device,
            "epoch": change.epoch,
            "cursor": change.scope(scope).cursor,
            "have": _have(streams),
            "streams": given,
            "numbers": numbers,
        }


def answer(
    notebook: Notebook,
    scope: str,
    asked: Mapping[str, Any],
    *,
    fresh: Fresh,
    limit: int = 250,
    companions: Callable[[], list[Any]] | None = None,
) -> dict[str, Any]:
    """The hub's answer; it keeps what the desk gave. ``BadMessage`` for what is no question."""
    try:
        with notebook.transaction() as change:
            _told_of_own(change, scope, asked["have"], fresh)
            same = asked["epoch"] == change.epoch
            _take_streams(change, scope, asked["streams"], numbered=same)
            agreed = _agreed(change, scope, asked["have"])
            known = agreed | {asked["device"]: _ALL}
            given, more = _given(change, scope, known, limit, numbered=same)
            told = {
                "scope": scope,
                "device": change.device,
                "epoch": change.epoch,
                "have": _have(_open(change, scope)),
                "streams": given,
                "more": more,
            }
            if same:
                wanted = {d: n for d, n in asked["numbers"].items() if agreed[d] != _ALL}
                told["numbers"] = _numbers(change, scope, wanted, limit)
            if same or not asked["epoch"]:
                told |= _newer_rows(change, scope, asked["cursor"], limit)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadMessage("hall") from wrong
    if companions is not None:
        told["companions"] = companions()
    return told


def take(notebook: Notebook, scope: str, answered: Mapping[str, Any], *, fresh: Fresh) -> Taken:
    """Keep what the hub gave. ``BadMessage`` for what is no answer."""
    try:
        with notebook.transaction() as change:
            renamed = _told_of_own(change, scope, answered["have"], fresh)
            if not change.epoch and answered["epoch"] and "rows" in answered:
                change.follow(answered["epoch"])
            same = answered["epoch"] == change.epoch
            if same:
                # Numbers of a stream that is another one here would hide our ops.
                agreed = _agreed(change, scope, answered["have"])
                for device, (first, numbers) in answered.get("numbers", {}).items():
                    if agreed.get(device, _ALL) != _ALL:
                        _place(change, scope, device, first, numbers)
            keys = _take_streams(change, scope, answered["streams"], numbered=same)
            rows_left = same and _take_rows(change, scope, answered, keys)
            known = _agreed(change, scope, answered["have"])
            more = (
                bool(answered["more"])
                or rows_left
                or any(known.get(one.device, 0) < one.last for one in _open(change, scope))
            )
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadMessage("hall") from wrong
    return Taken(
        more, known, tuple(dict.fromkeys(keys)), renamed, list(answered.get("companions", ()))
    )


# ---- streams


def _open(change: NotebookChange, scope: str) -> list[StreamState]:
    return [one for one in change.streams(scope) if not one.closed]


def _have(streams: Sequence[StreamState]) -> dict[str, list[Any]]:
    return {one.device: [one.last, one.chain.hex()] for one in streams}


def _agreed(
    change: NotebookChange, scope: str, have: Mapping[str, Sequence[Any]]
) -> dict[str, int]:
    """From where on the other lacks our ops of each stream; nowhere if it has other ops under
    this name."""
    known = {}
    for device, (last, chain) in have.items():
        here = change.chain_at(scope, device, last)
        known[device] = last if here is None or here.hex() == chain else _ALL
    return known


def _told_of_own(change: NotebookChange, scope: str, have: Mapping[str, Any], fresh: Fresh) -> str:
    """Another laptop has ops of ours that we have not, or others under their numbers: this
    store is a copy, or went back. It goes on under another name; nobody had to be asked."""
    own = next((s for s in change.streams(scope) if s.device == change.device), None)
    if change.device not in have:
        return ""
    last, chain = have[change.device]
    if own is not None and last <= own.last:
        here = change.chain_at(scope, own.device, last)
        if here is not None and here.hex() == chain:
            return ""
    elif not last:
        return ""
    renamed = fresh()
    change.rename(renamed)
    return renamed


def _given(
    change: NotebookChange,
    scope: str,
    known: Mapping[str, int],
    limit: int,
    *,
    numbered: bool = True,
) -> tuple[list[dict[str, Any]], bool]:
    """Ops after what is known, at most ``limit``, and whether there are more."""
    given: list[dict[str, Any]] = []
    for one in _open(change, scope):
        first = known.get(one.device, 0) + 1
        if first > one.last:
            continue
        if limit <= 0:
            return given, True
        ops = change.ops(scope, one.device, first, limit)
        before = change.chain_at(scope, one.device, first - 1)
        if not ops or before is None:
            continue
        limit -= len(ops)
        stream: dict[str, Any] = {
            "device": one.device,
            "first": first,
            "before": before.hex(),
            "ops": [op_to_wire(logged.op) for logged in ops],
        }
        if numbered and change.epoch:
            stream["seqs"] = [logged.seq for logged in ops]
        given.append(stream)
        if ops[-1].n < one.last:
            return given, True
    return given, False


def _take_streams(
    change: NotebookChange, scope: str, streams: Sequence[Mapping[str, Any]], *, numbered: bool
) -> list[Key]:
    keys: list[Key] = []
    for one in streams:
        device, first = one["device"], one["first"]
        if device == change.device:
            continue
        ops = [op_from_wire(wire) for wire in one["ops"]]
        new = _new_ops(change, scope, device, first, one["before"], ops)
        if new is None:
            continue
        if new:
            change.append_others(scope, device, first + len(ops) - len(new), new)
            keys += [(op.body["kind"], op.body["id"]) for op in new]
        if numbered:
            _place(change, scope, device, first, one.get("seqs", ()))
    if keys:
        change.show(scope, list(shown(change, scope, keys).values()))
    return keys


def _new_ops(
    change: NotebookChange, scope: str, device: str, first: int, before: str, ops: Sequence[Op]
) -> Sequence[Op] | None:
    """Those of ``ops`` that follow on what is here; None if they do not fit, or are of another
    stream of this name: its author's laptop will find out by itself that it is a copy."""
    stream = next((s for s in change.streams(scope) if s.device == device), None)
    last = stream.last if stream is not None else 0
    if first > last + 1 or (stream is not None and stream.closed):
        return None
    chain = change.chain_at(scope, device, first - 1)
    if chain is None or chain.hex() != before:
        return None
    again = ops[: last + 1 - first]
    for op in again:
        chain = link(chain, op.text)
    if chain != change.chain_at(scope, device, first - 1 + len(again)):
        return None
    return ops[len(again) :]


# ---- numbers and rows of the centre


def _numbers(
    change: NotebookChange, scope: str, asked: Mapping[str, Any], limit: int
) -> dict[str, list[Any]]:
    told = {}
    for device, (first, last) in asked.items():
        ops = change.ops(scope, device, first, min(limit, last - first + 1))
        if any(one.seq for one in ops):
            told[device] = [first, [one.seq for one in ops]]
    return told


def _place(
    change: NotebookChange, scope: str, device: str, first: int, numbers: Sequence[int]
) -> None:
    stream = next((s for s in change.streams(scope) if s.device == device), None)
    last = stream.last if stream is not None else 0
    placed = {n: seq for n, seq in enumerate(numbers, first) if seq and n <= last}
    if placed:
        change.place(scope, device, placed)
        show_covered(change, scope, device, placed)


def _newer_rows(change: NotebookChange, scope: str, cursor: int, limit: int) -> dict[str, Any]:
    state = change.scope(scope)
    if state.cursor <= cursor or state.repair:
        return {}
    rows = sorted(
        (row for row in change.everything(scope) if row.seq > cursor), key=lambda row: row.seq
    )
    page = rows[:limit]
    return {
        "rows": [row_to_wire(row) for row in page],
        "since": cursor,
        "next": page[-1].seq if len(page) < len(rows) else state.cursor,
        "head": state.cursor,
        "rows_left": len(page) < len(rows),
    }


def _take_rows(
    change: NotebookChange, scope: str, answered: Mapping[str, Any], keys: list[Key]
) -> bool:
    """Keep the rows; whether the hub has more of them."""
    state = change.scope(scope)
    if "rows" not in answered or state.cursor != answered["since"] or state.repair == LEAVING:
        return False
    rows = [row_from_wire(wire) for wire in answered["rows"]]
    # Rows that moved on at the hub come with its last page: until then a page of the centre from
    # before that counts rows that are missing here (S13).
    head = max(state.head, answered["next"], answered.get("head", 0))
    change.keep_scope(replace(state, cursor=answered["next"], head=head))
    keep_rows(change, scope, rows)
    keys += [row.key for row in rows]
    return bool(answered["rows_left"])
