# SPDX-License-Identifier: Apache-2.0
"""Rows that a laptop receives: taken in short transactions, compared with the digest, healed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from desktop.sync.digest import bucket
from desktop.sync.ports import Notebook, NotebookChange, ScopeState
from desktop.sync.protocol import Pulled
from desktop.sync.rescue import say_rescued
from desktop.sync.row import Key, Row, row_from_wire
from desktop.sync.view import shown

CHUNK: Final = 100
"""Rows of one transaction: the window waits for no more than these."""

ASK_BUCKETS: Final = 1
FETCHED_ANEW: Final = 2
LEAVING: Final = 3
"""What :attr:`ScopeState.repair` says."""


def take_page(notebook: Notebook, page: Pulled, epoch: int, now: str) -> tuple[int, bool, bool]:
    """Take a page of rows; how many, whether there is more to ask, whether the digest told
    another thing than the rows."""
    rows = [row_from_wire(wire) for wire in page.rows]
    if page.buckets:
        return _take_repair(notebook, page, rows, epoch, now)
    cursor, taken = page.since, 0
    for at in range(0, max(len(rows), 1), CHUNK):
        chunk = rows[at : at + CHUNK]
        last = at + CHUNK >= len(rows)
        with notebook.transaction() as change:
            state = change.scope(page.scope)
            if change.epoch != epoch or not state.granted or state.cursor != cursor:
                return taken, False, False
            if page.head < cursor:
                # The centre lost what it told of, in this very history: nothing here can be
                # trusted to be what it has.
                _fetch_anew(change, state)
                return taken, True, True
            cursor = page.next if last else chunk[-1].seq
            keep_rows(change, page.scope, chunk)
            taken += len(chunk)
            late = page.head < state.head
            state = replace(
                state,
                cursor=cursor,
                head=max(page.head, state.head),
                durable=max(page.durable, state.durable),
            )
            if not last or page.more or page.digest is None:
                change.keep_scope(state)
                continue
            if late:
                # Rows that moved on meanwhile are missing here and counted in its digest.
                change.keep_scope(state)
                return taken, True, False
            said = say_rescued(change, page.scope)
            more, wrong = _compare(change, state, page.digest, now)
            return taken, more or said, wrong
    return taken, page.more, False


def keep_rows(change: NotebookChange, scope: str, rows: Sequence[Row]) -> None:
    """Keep rows that were received, and show what they and the ops here come to."""
    if rows:
        change.keep_received(scope, rows)
        change.show(scope, list(shown(change, scope, [row.key for row in rows]).values()))


def _take_repair(
    notebook: Notebook, page: Pulled, rows: Sequence[Row], epoch: int, now: str
) -> tuple[int, bool, bool]:
    with notebook.transaction() as change:
        state = change.scope(page.scope)
        fits = state.granted and state.repair == ASK_BUCKETS and state.cursor == page.since
        if change.epoch != epoch or not fits:
            return 0, False, False
        buckets = set(page.buckets)
        held = {r.key for r in change.everything(page.scope) if bucket(r.id) in buckets}
        change.drop_received(page.scope, held)
        change.keep_received(page.scope, rows)
        gone = held - {row.key for row in rows}
        _show_without(change, page.scope, [row.key for row in rows], gone)
        if page.more or page.digest is None:
            return len(rows), True, False
        return (len(rows), *_compare(change, state, page.digest, now))


def _show_without(change: NotebookChange, scope: str, keys: Sequence[Key], gone: set[Key]) -> None:
    rows = shown(change, scope, [*keys, *sorted(gone)])
    for key in gone:
        if not rows[key].fields:
            rows[key].deleted = True
    change.show(scope, list(rows.values()))


def _compare(change: NotebookChange, state: ScopeState, said: int, now: str) -> tuple[bool, bool]:
    """Whether the rows here come to what the centre said; if not, first the buckets are asked
    for, then everything. Returns whether to ask again and whether it did not match."""
    state = replace(state, digest=said)
    if change.digest(state.scope) == said:
        change.keep_scope(replace(state, matched_at=now, repair=0))
        return False, False
    if state.repair == 0:
        change.keep_scope(replace(state, repair=ASK_BUCKETS))
        return True, True
    if state.repair == ASK_BUCKETS:
        _fetch_anew(change, state)
        return True, True
    change.keep_scope(replace(state, repair=0))
    return False, True


def _fetch_anew(change: NotebookChange, state: ScopeState) -> None:
    change.forget_received(state.scope)
    change.keep_scope(replace(state, cursor=0, repair=FETCHED_ANEW))
