# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 – a line of source is quoted as it stands
"""Wrong versions of the core of sync, made by changing a line of it while a test runs.

A mutant whose line is not in the source any more fails its test: somebody has to think again.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from desktop.sync import (
    hall_exchange,
    history,
    laptop,
    ledger,
    merge,
    merge_author,
    merge_rescue,
    merge_text,
    pages,
    rescue,
    view,
)
from tests.sync import carriers, memory, memory_ledger, simulation

Change = tuple[ModuleType, str, str]

_ALL = (
    hall_exchange,
    history,
    laptop,
    ledger,
    merge,
    merge_author,
    merge_rescue,
    merge_text,
    pages,
    rescue,
    view,
    memory,
    memory_ledger,
    carriers,
    simulation,
)


@dataclass(frozen=True)
class Mutant:
    """One way of being wrong."""

    name: str
    why: str
    changes: tuple[Change, ...]


@contextmanager
def alive(mutant: Mutant) -> Iterator[None]:
    """The modules of sync are the mutant's."""
    kept = [(module, dict(vars(module))) for module in _ALL]
    sources: dict[ModuleType, str] = {}
    for module, old, new in mutant.changes:
        source = sources.get(module) or inspect.getsource(module)
        if old not in source:
            raise AssertionError(f"{mutant.name}: not in {module.__name__} any more: {old}")
        sources[module] = source.replace(old, new)
    try:
        for module, source in sources.items():
            before = dict(vars(module))
            exec(compile(source, f"<{mutant.name}>", "exec"), vars(module))
            _follow(before, vars(module))
        yield
    finally:
        for module, names in kept:
            vars(module).clear()
            vars(module).update(names)


def _follow(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Whoever imported a name has the new one."""
    new = {
        id(old): after[name]
        for name, old in before.items()
        if callable(old) and after.get(name) is not old
    }
    for module in _ALL:
        for name, value in list(vars(module).items()):
            if id(value) in new:
                vars(module)[name] = new[id(value)]


def caught(mutant: Mutant, seeds: range, enough: int = 1 << 30) -> tuple[int, int | None, str]:
    """In how many seeds, in which first, and by what; stops when it is ``enough``."""
    count, first, how = 0, None, ""
    with alive(mutant):
        for seed in seeds:
            try:
                faults, _trace = simulation.run(seed)
            except Exception as wrong:  # noqa: BLE001 - a mutant may break anything
                faults = [f"breaks: {wrong!r}"[:80]]
            if faults:
                count += 1
                if first is None:
                    first, how = seed, faults[0]
                if count >= enough:
                    break
    return count, first, how


_SEEN_TEXT = "    seen = op.knew(held, replaces)\n    if _replaced_by"

MUTANTS = (
    Mutant(
        "lww",
        "the later stamp wins, texts too",
        (
            (
                merge_text,
                _SEEN_TEXT,
                "    seen = op.stamp >= held.hlc\n"
                "    if not seen:\n        return\n    if _replaced_by",
            ),
        ),
    ),
    Mutant(
        "lastpush",
        "what comes last wins",
        ((merge_text, _SEEN_TEXT, "    seen = True\n    if _replaced_by"),),
    ),
    Mutant(
        "no_oid",
        "an op said again under another name is taken again",
        ((ledger, "known = dict(change.seqs(asked))", "known = {}"),),
    ),
    Mutant(
        "nofork",
        "no hash chain: whose ops these are is not looked at",
        (
            (ledger, "        if not same:\n", "        if False:\n"),
            (laptop, "if chain is None or chain.hex() != told.chain:", "if False:"),
            (laptop, "    if told.last > stream.last:\n", "    if False:\n"),
        ),
    ),
    Mutant(
        "dup",
        "what was said again is taken again",
        (
            (
                ledger,
                "again, new = push.ops[: last + 1 - push.first], "
                "push.ops[last + 1 - push.first :]",
                "again, new = (), push.ops",
            ),
            (ledger, "known = dict(change.seqs(asked))", "known = {}"),
            (ledger, "same = end == chain", "same = True"),
            (ledger, "if push.first + len(again) <= last:", "if False:"),
        ),
    ),
    Mutant(
        "ack_all",
        "an answer acknowledges everything that is here",
        (
            (
                laptop,
                "change.keep_acked(scope, device, told.last)",
                "change.keep_acked(scope, device, stream.last)",
            ),
        ),
    ),
    Mutant(
        "unproved_ack",
        "a receipt counts whatever the store has become since",
        ((laptop, "if chain is None or chain.hex() != told.chain:", "if chain is None:"),),
    ),
    Mutant(
        "fork_drop",
        "a copy forgets what it had to send",
        (
            (
                memory,
                "            streams[to] = stream\n",
                "            streams[to] = Stream(to)\n",
            ),
        ),
    ),
    Mutant(
        "no_move",
        "another laptop's stream that split is not sent any more",
        (
            (
                laptop,
                "            change.move_stream(told.scope, told.device, ",
                "            change.close_stream(told.scope, told.device)\n            str(",
            ),
        ),
    ),
    Mutant(
        "naiveack",
        "own ops leave the screen when they are acknowledged",
        (
            (
                memory,
                "if not stream.closed and not 0 < seq <= base:",
                "if not stream.closed and n > stream.acked:",
            ),
        ),
    ),
    Mutant(
        "salvage_overwrites",
        "rescued words replace",
        (
            (
                merge,
                "        merge_rescued(arriving)\n",
                "        arriving.base = seq\n        _change(arriving)\n",
            ),
        ),
    ),
    Mutant(
        "no_salvage",
        "nothing is rescued",
        ((rescue, "    found = []\n    if row.fields:", "    return []\n    if row.fields:"),),
    ),
    Mutant(
        "delete_wins",
        "a deletion counts though its author had not seen everything",
        (
            (
                merge,
                '        op.superseded.append("del")\n        return\n',
                "        pass\n",
            ),
        ),
    ),
    Mutant(
        "delete_blind",
        "a deletion does not look at the texts that wait",
        (
            (
                merge,
                '        for one in row.variants\n    ):\n        op.superseded.append("del")',
                '        for one in ()\n    ):\n        op.superseded.append("del")',
            ),
        ),
    ),
    Mutant(
        "noepoch",
        "the laptop goes on as if the centre had not been restored",
        (
            (
                rescue,
                "    for state in change.scopes():\n        forks",
                "    for state in ():\n        forks",
            ),
        ),
    ),
    Mutant(
        "any_epoch",
        "the centre answers to any history",
        ((ledger, "if request.epoch not in (0, epoch):", "if False:"),),
    ),
    Mutant(
        "base_epoch",
        "numbers of another history are taken as they are",
        (
            (
                history,
                "    if ep == epoch or not base:\n        return base\n",
                "    return base\n",
            ),
        ),
    ),
    Mutant(
        "cursorfirst",
        "the cursor is kept in another transaction than the rows",
        (
            (
                pages,
                "            keep_rows(change, page.scope, chunk)\n            taken",
                "            change._area(page.scope).state = replace(state, cursor=cursor)\n"
                "            kept = change._area(page.scope).state\n"
                "            try:\n"
                "                keep_rows(change, page.scope, chunk)\n"
                "            except BaseException:\n"
                "                change.kept = kept\n"
                "                raise\n            taken",
            ),
            (
                memory,
                "            self.disk = before\n            raise",
                "            self.disk = before\n"
                "            if getattr(self, 'kept', None):\n"
                "                self._area(self.kept.scope).state = self.kept\n"
                "                self.kept = None\n            raise",
            ),
        ),
    ),
    Mutant(
        "cursor_ahead",
        "the cursor moves to the head, whatever the page held",
        ((pages, "cursor = page.next if last else chunk[-1].seq", "cursor = page.head"),),
    ),
    Mutant(
        "no_echo",
        "an answer to another question is taken",
        (
            (
                pages,
                "if change.epoch != epoch or not state.granted or state.cursor != cursor:",
                "if not state.granted:",
            ),
            (laptop, "        elif change.epoch != answer.epoch:\n", "        elif False:\n"),
        ),
    ),
    Mutant(
        "be",
        "a clock set to 2569 rules the shared history",
        (
            (
                ledger,
                'return min(op.body["hlc"], self.stamp) if self.stamp else ""',
                'return op.body["hlc"]',
            ),
        ),
    ),
    Mutant(
        "trim",
        "acknowledged ops are not sent again to a restored centre",
        (
            (
                laptop,
                'if told.trouble == "gap" or told.last > stream.acked:',
                "if told.last > stream.acked:",
            ),
        ),
    ),
    Mutant(
        "no_saw",
        "nobody says what she saw of laptops the centre has not heard",
        ((merge_author, "self.saw = frozenset(saw) if saw else NONE", "self.saw = NONE"),),
    ),
    Mutant(
        "no_superseded",
        "what was replaced before it arrived comes back",
        (
            (merge, "    if op.oid in held.saw:\n", "    if False:\n"),
            (merge_text, "    if op.oid in held.saw:\n", "    if False:\n"),
            (merge_text, "if variant.field != name or op.oid not in variant.saw:", "if True:"),
        ),
    ),
    Mutant(
        "unseen_ignored",
        "what was seen for a number counts for the text that was written beside it",
        ((merge_author, 'body.get("unseen", _NOTHING)', "_NOTHING"),),
    ),
    Mutant(
        "own_rescued",
        "whoever rescued words replaces them by writing",
        (
            (
                merge_text,
                'device = "" if op.body.get("salvage") else op.device',
                "device = op.device",
            ),
        ),
    ),
    Mutant(
        "own_filled",
        "whoever rescued words into an empty text replaces them by writing",
        (
            (
                merge_rescue,
                'replace(op.new, device="") if op.is_text(name, value) else op.new',
                "op.new",
            ),
        ),
    ),
    Mutant(
        "sets_whole",
        "sets are replaced, not changed",
        ((merge, "held = set(row.fields.get(name) or ())", "held = set()"),),
    ),
    Mutant(
        "unfrozen",
        "facts can be written over",
        ((merge, "        if _differs(arriving):", "        if False:"),),
    ),
    Mutant(
        "quarantine_lost",
        "an op that is not merged is not kept",
        (
            (
                ledger,
                "            kept.append(Kept(seq, device, n, op, reason))",
                "            if not reason:\n                kept.append(Kept(seq, device, n, op, reason))",
            ),
        ),
    ),
    Mutant(
        "quarantine_blocks",
        "an op that is not merged holds up those after it",
        (
            (
                ledger,
                "            if reason:\n                self.notes",
                "            if reason:\n                raise memory_crash()\n                self.notes",
            ),
            (
                ledger,
                "NO_ROWS: Final = 1",
                "from tests.sync.memory import Crash as memory_crash\nNO_ROWS: Final = 1",
            ),
        ),
    ),
    Mutant(
        "release_over",
        "a released op replaces what its own laptop wrote later",
        (
            (ledger, "late=True", "late=False"),
            (view, "late=late", "late=False"),
        ),
    ),
    Mutant(
        "unproved_ask",
        "an empty message is believed to be of the centre's stream",
        (
            (laptop, "    if ask and not ops:\n", "    if False:\n"),
            (
                laptop,
                "    if before is None or not ops:",
                "    if before is None or not (ops or ask):",
            ),
            (ledger, "        if not push.ops and push.first <= last:\n", "        if False:\n"),
        ),
    ),
    Mutant(
        "hall_unproved",
        "a hub's numbers are believed of a stream that is another here",
        (
            (
                hall_exchange,
                "                    if agreed.get(device, _ALL) != _ALL:\n",
                "                    if True:\n",
            ),
            (hall_exchange, "if agreed[d] != _ALL}", "}"),
            (hall_exchange, "        if new is None:\n            continue\n", ""),
        ),
    ),
    Mutant(
        "foreign_unsent",
        "other laptops' ops are not sent on",
        (
            (
                laptop,
                "            if not stream.closed\n        ]",
                "            if not stream.closed and stream.device == change.device\n        ]",
            ),
        ),
    ),
    Mutant(
        "purge",
        "a scope that is not served any more is forgotten before all is sent",
        (
            (
                laptop,
                "one.acked < one.last for one in change.streams(state.scope)):\n"
                "                continue\n",
                "one.acked < one.last for one in change.streams(state.scope)):\n"
                "                change._area(state.scope).streams.clear()\n",
            ),
        ),
    ),
    Mutant(
        "same_lease",
        "who asks again gets the same block",
        (
            (
                memory_ledger,
                "        if lease is not None:\n            self.given",
                "        if False:\n            self.given",
            ),
        ),
    ),
    Mutant(
        "restored_lease",
        "a restored centre gives numbers again",
        ((memory_ledger, "start = after_restore(mark) if self.restored else 0", "start = mark"),),
    ),
)

HEALED = (
    Mutant(
        "hall_twins",
        "a copy that meets its twin in a hall goes on under its name",
        (
            (
                hall_exchange,
                "    renamed = fresh()\n    change.rename(renamed)\n    return renamed",
                '    return ""',
            ),
            (
                hall_exchange,
                "    if chain is None or chain.hex() != before:\n        return None\n",
                '    chain = chain or b""\n',
            ),
            (
                hall_exchange,
                "if chain != change.chain_at(scope, device, first - 1 + len(again)):",
                "if False:",
            ),
            (hall_exchange, "        if device == change.device:\n            continue\n", ""),
        ),
    ),
    Mutant(
        "hall_acks",
        "what a hub has counts as sent",
        (
            (
                hall_exchange,
                '            known = _agreed(change, scope, answered["have"])\n',
                '            known = _agreed(change, scope, answered["have"])\n'
                "            for s in change.streams(scope):\n"
                "                if 0 < known.get(s.device, 0) <= s.last and known[s.device] > s.acked:\n"
                "                    change.keep_acked(scope, s.device, known[s.device])\n",
            ),
        ),
    ),
    Mutant(
        "hall_numbers",
        "a hub's rows come without the numbers of the ops in them",
        (
            (
                hall_exchange,
                '            _place(change, scope, device, first, one.get("seqs", ()))',
                "            pass",
            ),
            (
                hall_exchange,
                "                    _place(change, scope, device, first, numbers)",
                "                    pass",
            ),
        ),
    ),
    Mutant(
        "fork_acked",
        "a copy that goes on under another name thinks all is sent",
        (
            (
                memory,
                "            stream.acked = 0\n            stream.device = to\n",
                "            stream.acked = len(stream.ops)\n            stream.device = to\n",
            ),
        ),
    ),
)
"""Mistakes that another rule heals: they must not cost anything."""

FIRST = {
    "no_move": 15, "salvage_overwrites": 19, "no_salvage": 48, "delete_blind": 46, "noepoch": 11,
    "any_epoch": 11, "base_epoch": 44, "cursorfirst": 6, "no_echo": 36, "trim": 19, "no_saw": 7,
    "no_superseded": 7, "release_over": 32, "unproved_ask": 1_531, "hall_unproved": 200_375, "purge": 48,
    "restored_lease": 11, "unseen_ignored": 1_118, "own_rescued": 282,
    "own_filled": 1_036_596,
}  # fmt: skip
"""The first seed that catches a mutant, where that is not among the first."""
