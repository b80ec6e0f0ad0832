# SPDX-License-Identifier: Apache-2.0
"""What is said in a hall: the ops of the workshop, the companions its rows name, and its papers.

Both ends are this laptop's store. Each step is one short transaction, so that nobody at the door
waits for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final

from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.sync import StoreNotebook, notebook
from desktop.sync import hall_exchange
from desktop.sync.companion import Companions
from desktop.sync.hall_paper import MEANT, Gather, Papers
from desktop.sync.protocol import BadMessage

PAGE: Final = 50
"""Ops in one message and one transaction."""
_TOLD: Final = {"person", "person_identifier", "organisation", "programme", "enrolment", "award"}
_NAMING: Final = frozenset({"enrolment", "award", "event", "roster", "events", "awards"})
_COMPANIONS: Final = frozenset({*_TOLD, "event", "people", "roster", "events", "awards"})
"""Kinds of rows, and what pages call them, that companions follow from."""

Changed = Callable[[frozenset[str]], object]
"""Called after a commit, in the thread that wrote, with the kinds of the rows that changed."""


class _End:
    def __init__(
        self, store: Store, by: str, event_id: str, changed: Changed, papers: Gather
    ) -> None:
        """``papers`` gathers the papers of the event where this laptop's office holds it."""
        self._changed = changed
        self.scope: Final = f"w:{event_id}"
        self._notebook: StoreNotebook = notebook(store, by, self._heard)
        self._companions = Companions(self._notebook, event_id)
        self._papers = Papers(store, by, event_id, papers, changed)

    def _heard(self, nouns: frozenset[str]) -> None:
        self.noticed(nouns)
        if nouns - {"sync"}:
            self._changed(nouns)

    def noticed(self, nouns: frozenset[str]) -> None:
        """Rows of these kinds changed in the store, by whatever road."""
        if nouns & _COMPANIONS:
            self._companions.stale(named=bool(nouns & _NAMING))
        if nouns & MEANT:
            self._papers.stale()


class HubEnd(_End):
    """What the hub answers. May be called from several threads."""

    def __init__(
        self, store: Store, by: str, event_id: str, changed: Changed, papers: Gather
    ) -> None:
        super().__init__(store, by, event_id, changed, papers)
        self._lock = threading.Lock()

    def answer(self, _device: str, asked: Any) -> dict[str, Any]:
        """The answer to what a desk asks."""
        if not isinstance(asked, dict):
            raise BadMessage("hall")
        with self._lock:
            ops = hall_exchange.answer(
                self._notebook, self.scope, asked.get("ops", {}), fresh=new_id, limit=PAGE
            )
            told = {"ops": ops, "companions": self._companions.answer(asked.get("companions"))}
            papers = self._papers.answer(asked.get("papers"))
            return told if papers is None else {**told, "papers": papers}


class DeskEnd(_End):
    """What a desk asks and takes in, in its one thread."""

    _known: Any = None

    def ask(self) -> dict[str, Any]:
        """The next question."""
        ops = hall_exchange.ask(self._notebook, self.scope, limit=PAGE, known=self._known)
        return {"ops": ops, "companions": self._companions.ask(), "papers": self._papers.ask()}

    def take(self, told: Any) -> bool:
        """Take in an answer; whether there is more to say or hear at once."""
        if not isinstance(told, dict):
            raise BadMessage("hall")
        taken = hall_exchange.take(self._notebook, self.scope, told.get("ops", {}), fresh=new_id)
        self._known = taken.known
        more = self._companions.take(told.get("companions"))
        self._papers.take(told.get("papers"))
        return taken.more or more
