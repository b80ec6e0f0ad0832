# SPDX-License-Identifier: Apache-2.0
"""A batch on its way to a printer, kept so that it goes on after a jam or a crash.

A value of this laptop: it is never synced. That a certificate was printed is told elsewhere
(``certificate.record_print``), after a printer took it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.actions.done import Done
from desktop.model.print_run import How, PrintRun, Sheet
from desktop.store import print_run
from desktop.store.ids import new_id
from desktop.store.store import Store

_CHANGED: Final[frozenset[str]] = frozenset()


def last_run(store: Store, event_id: str, what: str) -> PrintRun | None:
    """The last batch of this paper, over or not; None when there was none on this laptop."""
    with store.read() as conn:
        return print_run.last(conn, event_id, what)


def new_run(
    store: Store,
    by: str,
    event_id: str,
    what: str,
    sheets: Sequence[Sheet],
    how: How,
    printer: str,
    reason: str = "",
) -> PrintRun:
    """A batch that begins now. It is kept by :func:`begin_run`."""
    at = store.now().utc
    return PrintRun(new_id(), event_id, what, tuple(sheets), how, printer, reason, 0, at, by)


def begin_run(store: Store, by: str, run: PrintRun) -> Done:
    """Keep a batch before its first sheet is sent; it takes the place of the one before."""
    with store.write(by) as write:
        print_run.begin(write, run)
    return Done(_CHANGED, run)


def keep_sent(store: Store, by: str, run_id: str, sheets: int) -> Done:
    """Keep how many sheets a printer has taken."""
    with store.write(by) as write:
        print_run.sent(write, run_id, sheets)
    return Done(_CHANGED)


def end_run(store: Store, by: str, run_id: str) -> Done:
    """Keep that all of it came out, as far as the printer says."""
    with store.write(by) as write:
        print_run.end(write, run_id)
    return Done(_CHANGED)


def forget_run(store: Store, by: str, event_id: str, what: str) -> Done:
    """Let go of a batch that is not to be printed any further."""
    with store.write(by) as write:
        print_run.forget(write, event_id, what)
    return Done(_CHANGED)
