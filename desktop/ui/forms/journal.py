# SPDX-License-Identifier: Apache-2.0
"""Each answer to the disk at once and in order; what could not be written is tried again."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import Problem

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.xforms.journal import Step

_AGAIN: Final = 3000
"""Milliseconds until what could not be written is tried again."""


class Journal(QObject):
    """The steps of one draft. The store lane takes them from the head of one queue, so that a
    step that could not be written holds back those after it and nothing is kept out of order.
    """

    saved = Signal(object)
    """The local time at which everything given so far was on the disk."""
    unsaved = Signal(int)
    """So many steps are not on the disk; why not was told."""

    def __init__(self, desk: Desk, draft_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.draft_id: Final = draft_id
        self._waiting: deque[Step] = deque()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN)
        self._again.timeout.connect(self.try_now)

    @property
    def waiting(self) -> int:
        """Steps not yet on the disk."""
        return len(self._waiting)

    def outlive(self) -> bool:
        """Go on without the view that made it, until all is on the disk; False if it is."""
        if not self._waiting:
            return False
        self.setParent(self._desk)
        self.saved.connect(self.deleteLater)
        return True

    def note(self, *steps: Step) -> None:
        """Write steps after all that were given before."""
        self._waiting.extend(steps)
        self.try_now()

    def try_now(self) -> None:
        """Write what waits."""
        if not self._waiting:
            return
        self._again.stop()
        by, draft_id, waiting = self._desk.by, self.draft_id, self._waiting
        store = self._desk.store

        def write() -> bool:
            from desktop.actions import draft

            # Only this lane takes from the head, and one piece of work at a time runs on it.
            while waiting:
                draft.note(store, by, draft_id, waiting[0])
                waiting.popleft()
            return True

        self._desk.tasks.run("store", self, write, self._kept, self._lost)

    def _kept(self, _done: object) -> None:
        if not self._waiting:
            self.saved.emit(self._desk.now())

    def _lost(self, error: Exception) -> None:
        if not self._waiting:
            return
        self.unsaved.emit(len(self._waiting))
        if isinstance(error, Problem) or not self._again.isActive():
            self._desk.fail(error)
        self._again.start()
