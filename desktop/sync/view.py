# SPDX-License-Identifier: Apache-2.0
"""What a person sees of a record on a laptop.

The view is the row as the centre last said it, and over it every op that it cannot contain yet:
this laptop's own and those it got in a hall, merged by the same rules as at the centre. An op
leaves the view when a row of its own number or a later one has been received, not when it is
acknowledged: between the two it would vanish from its author's screen, and she would write over
her own words without seeing them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from desktop.sync.history import rebase
from desktop.sync.merge import merge
from desktop.sync.ports import LoggedOp, NotebookChange
from desktop.sync.row import NOT_YET, Key, Row

_UNNAMED: Final = "\0"


def shown(change: NotebookChange, scope: str, keys: Iterable[Key]) -> dict[Key, Row]:
    """These records as people should see them; an unknown one is an empty row."""
    wanted = list(dict.fromkeys(keys))
    received = change.received(scope, wanted)
    pending = change.uncovered(scope, wanted)
    rows = {
        key: received[key].copy() if key in received else Row(*key) for key in wanted
    }  # fmt: skip
    _name_writers(change, scope, [rows[key] for key, ops in pending.items() if ops])
    epoch, forks = change.epoch, change.scope(scope).forks
    for key, ops in pending.items():
        row = rows[key]
        seq = row.seq
        latest: dict[str, int] = {}
        for at, logged in enumerate(_in_order(ops)):
            body = logged.op.body
            late = logged.n < latest.get(logged.device, 0)
            latest[logged.device] = max(logged.n, latest.get(logged.device, 0))
            merge(
                row,
                logged.op,
                logged.seq if logged.seq > 0 else NOT_YET + at,
                logged.device,
                base=rebase(body["base"], body["ep"], epoch, forks),
                late=late,
            )
        row.seq = seq
        row.variants = [
            replace(one, device=one.device.removeprefix(_UNNAMED)) for one in row.variants
        ]
    return rows


def show_covered(
    change: NotebookChange, scope: str, device: str, numbers: Mapping[int, int]
) -> None:
    """Ops that the rows here contain already, though it was not known: show them once."""
    cursor = change.scope(scope).cursor
    covered = sorted(n for n, seq in numbers.items() if 0 < seq <= cursor)
    if covered:
        first, count = covered[0], covered[-1] - covered[0] + 1
        wanted = set(covered)
        keys = {
            (one.op.body["kind"], one.op.body["id"])
            for one in change.ops(scope, device, first, count)
            if one.n in wanted
        }
        change.show(scope, list(shown(change, scope, keys).values()))


def _in_order(ops: Sequence[LoggedOp]) -> list[LoggedOp]:
    """Each op once; those with a number as the centre merged them, the others by stamp."""
    once = {logged.op.body["oid"]: logged for logged in ops}
    return sorted(
        once.values(),
        key=lambda one: (
            one.seq if one.seq > 0 else NOT_YET, one.op.body["hlc"], one.device, one.n,
        ),
    )  # fmt: skip


def _name_writers(change: NotebookChange, scope: str, rows: Sequence[Row]) -> None:
    """Rows come without the names of their writers; those whose ops are here are known.

    Their streams stay unnamed, those of variants too while ops are merged: an op here may be
    older than what its own stream wrote later and the row holds already.
    """
    seqs = {writer.seq for row in rows for writer in row.writers.values()}
    authors = change.authors(scope, seqs) if seqs else {}
    for row in rows:
        row.variants = [replace(one, device=_UNNAMED + one.device) for one in row.variants]
        for name, writer in row.writers.items():
            if writer.seq in authors:
                row.writers[name] = replace(writer, oid=authors[writer.seq][1])
