# SPDX-License-Identifier: Apache-2.0
"""Centres that break one promise each: ``python -m tests.trust.worse_centre NAME FOLDER``.

``early`` answers before the commit; ``sequence`` draws the numbers of a scope from a sequence
instead of under the scope's lock (PostgreSQL); ``again`` does not know what it has already.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from unittest import mock

from desktop.centre import ledger as tables
from desktop.centre.database import new_id
from desktop.centre.ledger import CentreLedger, ScopeChange
from desktop.centre.serving import serve
from desktop.centre.statements import Statements, statements
from desktop.sync import ledger
from desktop.sync.protocol import Op, Push, Pushed

_BLOCK: Final = 1_000


@contextmanager
def again() -> Iterator[None]:
    """Neither numbers nor ids of what is here are known: what is said again counts again."""
    real = ledger.push

    def push(there: Any, told: Push, *more: Any, **named: Any) -> Pushed:
        with there.transaction(told.scope) as change:
            last, _chain = change.stream(told.device)
        known = told.ops[: max(0, last + 1 - told.first)]
        if known:
            ops = tuple(Op(op.by, op.at, {**op.body, "oid": new_id()}) for op in known)
            twice = replace(
                told, device=f"{told.device}+{new_id()}", first=1, before="", ops=ops,
                ask_from=0, ask_to=0,
            )  # fmt: skip
            real(there, twice, *more, **named)
        return real(there, told, *more, **named)

    with mock.patch.object(ledger, "push", push):
        yield


@contextmanager
def early() -> Iterator[None]:
    """The commit comes a moment after the answer."""
    real = CentreLedger.transaction

    @contextmanager
    def transaction(self: CentreLedger, scope: str) -> Iterator[ScopeChange]:
        with ExitStack() as held:
            change = held.enter_context(real(self, scope))
            yield change
            # Left by an exception before this line, it is undone as ever.
            threading.Timer(1.0, held.pop_all().close).start()

    with mock.patch.object(CentreLedger, "transaction", transaction):
        yield


@contextmanager
def sequence() -> Iterator[None]:
    """Numbers are drawn before anybody waits for anybody."""

    def unlocked(is_postgresql: bool) -> Statements:
        said = statements(is_postgresql)
        return replace(
            said,
            lock_scope=said.lock_scope.replace(" FOR UPDATE", ""),
            keep_head=said.keep_head.replace("head = %s", "head = greatest(head, %s)"),
        )

    def take(self: ScopeChange, count: int) -> int:
        self._ask()
        self.conn.exec_driver_sql(
            f"CREATE SEQUENCE IF NOT EXISTS mutant INCREMENT BY {_BLOCK} START {_BLOCK}"
        )
        first = int(self.conn.exec_driver_sql("SELECT nextval('mutant')").scalar_one())
        self._head, self._drawn = max(self._head, first + count - 1), True
        time.sleep(random.uniform(0, 0.02))
        return first

    with (
        mock.patch.object(tables, "statements", unlocked),
        mock.patch.object(ScopeChange, "take", take),
    ):
        yield


MUTANTS: Final[dict[str, Callable[[], Any]]] = {
    "early": early,
    "sequence": sequence,
    "again": again,
}


if __name__ == "__main__":
    with MUTANTS[sys.argv[1]]():
        serve(Path(sys.argv[2]))
