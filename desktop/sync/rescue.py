# SPDX-License-Identifier: Apache-2.0
"""After the centre was restored from a backup: what this laptop may hold the last copy of.

The centre goes on in a new history, in which its numbers are given again. What the laptop
received after the point where that history began may exist nowhere else, if its author's laptop
is gone; so its words are kept aside, everything is fetched anew, and what is missing then is
said again (``salvage``), in nobody's name, replacing nothing. What lies before that point the
centre has; it is kept aside too until it has been received again, because the centre may be
restored a second time before that. The laptop's own ops are in its log: it asks how many of
them the centre has, and sends the rest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from desktop.model.merging import is_text, merging
from desktop.sync.history import rebase
from desktop.sync.ports import Change, NotebookChange
from desktop.sync.protocol import Answer
from desktop.sync.row import Row
from desktop.sync.view import shown

_EVERYTHING: Final = 2**61


def new_history(change: NotebookChange, answer: Answer) -> bool:
    """Follow the history of ``answer``; False if that was done already, or is long past."""
    if answer.epoch <= change.epoch:
        return False
    for state in change.scopes():
        forks = answer.forks.get(state.scope, ())
        begins = rebase(_EVERYTHING, change.epoch, answer.epoch, forks)
        aside = [
            replace(one, seq=0) if one.seq > begins else one for one in change.salvage(state.scope)
        ]
        for row in change.everything(state.scope):
            aside += _rescued(row, row.seq if row.seq <= begins else 0)
        if aside:
            change.drop_salvage(state.scope)
            change.keep_salvage(state.scope, aside)
        change.forget_received(state.scope)
        change.unplace(state.scope)
        repair = state.repair if not state.granted else 0
        change.keep_scope(
            replace(state, cursor=0, head=0, durable=0, digest=None, forks=forks, repair=repair)
        )
    change.follow(answer.epoch)
    return True


def _rescued(row: Row, seq: int) -> list[Change]:
    found = []
    if row.fields:
        found.append(Change(row.kind, row.id, dict(row.fields), row.deleted, seq))
    found += [
        Change(row.kind, row.id, {one.field: one.value}, row.deleted, seq) for one in row.variants
    ]
    return found


def say_rescued(change: NotebookChange, scope: str) -> bool:
    """Say of the words kept aside those that are nowhere in the rows and ops that are here;
    whether there were any."""
    kept = change.salvage(scope)
    aside = [one for one in kept if not one.seq]
    if kept and not aside:
        change.drop_salvage(scope)
    if not aside:
        return False
    keys = {(one.kind, one.id) for one in aside}
    said = set()
    for one in aside:
        key = one.kind, one.id
        # What was just said counts for the next.
        row = shown(change, scope, [key])[key]
        missing = _missing(row, one)
        if missing:
            change.say(scope, Change(one.kind, one.id, missing, one.deleted))
            said.add(key)
    change.drop_salvage(scope)
    if said:
        change.show(scope, list(shown(change, scope, keys).values()))
    return bool(said)


def _missing(row: Row, aside: Change) -> dict[str, Any]:
    rules = merging(aside.kind)
    if rules.frozen:
        # What differs from the fact that is there now is said all the same: it waits in
        # quarantine, where somebody finds it.
        same = all(row.fields.get(name) == value for name, value in aside.fields.items())
        return {} if row.fields and same else dict(aside.fields)
    return {
        name: value
        for name, value in aside.fields.items()
        if name not in row.fields
        or (row.fields[name] in (None, "") and value not in (None, ""))
        or (
            isinstance(value, list)
            and name in rules.sets
            and not set(value) <= set(row.fields[name] or ())
        )
        or (
            is_text(aside.kind, name, value)
            and value not in (None, "", row.fields[name])
            and not any(v.field == name and v.value == value for v in row.variants)
        )
    }
