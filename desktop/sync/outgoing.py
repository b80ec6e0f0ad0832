# SPDX-License-Identifier: Apache-2.0
"""Everything a laptop has to say, at once, for a carrier whose answer comes back much later.

Each request goes on where the one before ended, as if that had been received already. The store
is told nothing of it: what was carried away still counts as waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

from desktop.sync.laptop import build_request
from desktop.sync.ports import Notebook, NotebookChange, StreamState
from desktop.sync.protocol import Request

Ends = dict[tuple[str, str], int]
"""By scope and device: the last op that a request before this one holds."""


class _Change:
    """A transaction in which streams look as if what was said had been received."""

    def __init__(self, change: NotebookChange, said: Ends) -> None:
        self._change, self._said = change, said

    def streams(self, scope: str) -> tuple[StreamState, ...]:
        return tuple(
            replace(one, acked=max(one.acked, self._said.get((scope, one.device), 0)))
            for one in self._change.streams(scope)
        )

    def unplaced(self, scope: str, device: str, upto: int) -> tuple[int, int] | None:
        """What is only on its way has no number to ask for."""
        acked = next((s.acked for s in self._change.streams(scope) if s.device == device), 0)
        return self._change.unplaced(scope, device, min(upto, acked))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._change, name)


class _Notebook:
    def __init__(self, notebook: Notebook, said: Ends) -> None:
        self._notebook, self._said = notebook, said

    @contextmanager
    def transaction(self) -> Iterator[NotebookChange]:
        with self._notebook.transaction() as change:
            yield cast("NotebookChange", _Change(change, self._said))


def requests(notebook: Notebook, **told: Any) -> Iterator[Request]:
    """Requests that together hold every op that is not acknowledged; at least one.

    ``told`` is passed on to :func:`~desktop.sync.laptop.build_request`. The last of them asks for
    rows.
    """
    said: Ends = {}
    ahead = _Notebook(notebook, said)
    while True:
        request = build_request(ahead, **told)
        yield request
        # Numbers are asked for once; each question would be lent a block of its own.
        told["leases"] = ()
        before = dict(said)
        for push in request.push:
            last = push.first + len(push.ops) - 1
            key = push.scope, push.device
            said[key] = max(said.get(key, 0), last)
        if not request.waiting or said == before:
            return
