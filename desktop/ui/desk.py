# SPDX-License-Identifier: Apache-2.0
"""What every page is handed: the store to look into and to act on, and word of what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from desktop.errors import Problem
from desktop.i18n import _
from desktop.settings import Settings
from desktop.ui.hall import HallLane
from desktop.ui.sync_lane import SyncLane
from desktop.ui.tasks import Cancelled, Progress, Task, Tasks

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store

T = TypeVar("T")
Clock = Callable[[], datetime]
_DEPTH: Final = 200
"""Steps that can be taken back."""
_COMMIT: Final = 0.005
"""Seconds the window leaves the processor to what was just pressed: a commit takes 1 to 3 ms, and
twice that when the window paints beside it. What takes longer goes on while the window does."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Something done that can be taken back, or taken back that can be done again."""

    run: Callable[[Store], Done]
    said: str


def local_now() -> datetime:
    """The computer's clock with the offset of the place it is set to."""
    return datetime.now(UTC).astimezone()


class Desk(QObject):
    """Made once when the store is open, and passed to constructors. There is no global one."""

    changed = Signal(object)
    """``frozenset`` of nouns that changed: pages that watch one of them reload."""
    said = Signal(str, bool)
    """A sentence about what was just done, and whether it can be undone."""
    trouble = Signal(str)
    """A sentence about what could not be done."""
    bug = Signal(object)
    """An exception for the crash dialog."""
    event_changed = Signal(str)
    """Id of the event now in hand, empty for none."""
    settings_changed = Signal(object)
    by_changed = Signal(str)
    """Id of the facilitator now at the desk."""
    acting = Signal(bool)
    """Whether something asked for is not yet on the disk."""

    def __init__(
        self,
        store: Store,
        tasks: Tasks,
        by: str,
        settings: Settings,
        clock: Clock = local_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store: Final = store
        self.tasks: Final = tasks
        self._by = by
        self._settings = settings
        self._clock = clock
        self._event_id = ""
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._waiting = 0
        tasks.failed.connect(self.fail)
        self.sync: Final = SyncLane(self)
        """How far everything is on its way to the centre, and what carries it."""
        self.hall: Final = HallLane(self)
        """The other doors of the event, while there is a hall."""

    # ── reading ──────────────────────────────────────────────────────────────────────────────

    def look(
        self,
        owner: QObject,
        question: Callable[[Store], T],
        then: Callable[[T], object],
        *,
        latest: str = "",
    ) -> Task:
        """Ask the store in the background; ``then(answer)`` comes on the GUI thread.

        ``latest``: see :meth:`Tasks.run`; give it where each key typed asks again.
        """
        return self.tasks.run(
            "reader", owner, lambda: question(self.store), then, self.fail, latest=latest
        )

    # ── doing ────────────────────────────────────────────────────────────────────────────────

    def act(
        self,
        owner: QObject,
        action: Callable[[Store, str], Done],
        then: Callable[[Done], object] | None = None,
        said: str | Callable[[Done], str] = "",
        failed: Callable[[Problem], object] | None = None,
        *,
        page_undoes: bool = False,
    ) -> None:
        """Do something in the background, one thing at a time, in the order asked.

        After the commit: ``then(done)``, the sentence ``said`` with its undo, and ``changed``.
        A problem goes to ``failed`` when given (a field that shows it), otherwise to the quiet
        bar. What was done is told to the other pages also when ``owner`` is gone by then.
        ``page_undoes``: Ctrl+Z is the page's own there, so the sentence offers no undo; the desk
        takes it back once the page is left.
        """
        by = self._by

        def kept(done: Done) -> None:
            self._ended()
            sentence = said(done) if callable(said) else said
            if done.undo is not None:
                self._undo = [*self._undo[-_DEPTH:], _Step(done.undo, sentence)]
                self._redo.clear()
            if then is not None and shiboken6.isValid(owner):
                then(done)
            if sentence:
                self.said.emit(sentence, done.undo is not None and not page_undoes)
            self._tell(done)

        def lost(error: Exception) -> None:
            self._ended()
            if failed is not None and isinstance(error, Problem) and shiboken6.isValid(owner):
                failed(error)
            else:
                self.fail(error)

        task = self.tasks.run("store", self, lambda: action(self.store, by), kept, lost)
        task.wait(_COMMIT)
        self._begun()

    def slow(
        self,
        owner: QObject,
        work: Callable[[Progress, Cancelled], T],
        then: Callable[[T], object],
        on_progress: Progress | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> Task:
        """Long work that needs no turn at the store (PDFs, files); ``Task.cancel`` stops it."""
        return self.tasks.long(owner, work, then, failed or self.fail, on_progress)

    def undo(self) -> None:
        """Take back the last thing done."""
        self._step(self._undo, self._redo, _("There is nothing to undo."), _("Undone: {what}"))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self._redo, self._undo, _("There is nothing to redo."), _("Done again: {what}"))

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def _step(self, stack: list[_Step], other: list[_Step], empty: str, sentence: str) -> None:
        if not stack:
            self.said.emit(empty, False)
            return
        step = stack.pop()

        def kept(done: Done) -> None:
            self._ended()
            if done.undo is not None:
                other.append(_Step(done.undo, step.said))
            self.said.emit(sentence.format(what=step.said).rstrip(": "), False)
            self._tell(done)

        def lost(error: Exception) -> None:
            self._ended()
            self.fail(error)

        self._begun()
        self.tasks.run("store", self, lambda: step.run(self.store), kept, lost)

    def _begun(self) -> None:
        self._waiting += 1
        if self._waiting == 1:
            self.acting.emit(True)

    def _ended(self) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self.acting.emit(False)

    def _tell(self, done: Done) -> None:
        if done.changed:
            self.changed.emit(done.changed)

    def fail(self, error: object) -> None:
        """Send an error to its end: a sentence to the quiet bar, a bug to the crash dialog."""
        if isinstance(error, Problem):
            self.trouble.emit(str(error))
        else:
            self.bug.emit(error)

    # ── what is in hand ──────────────────────────────────────────────────────────────────────

    def now(self) -> datetime:
        """The local date and time, aware."""
        return self._clock()

    @property
    def by(self) -> str:
        """Id of the facilitator at the desk."""
        return self._by

    def hand_over(self, facilitator_id: str) -> None:
        """Another facilitator sits down; what the one before did is not hers to undo."""
        if facilitator_id == self._by:
            return
        self._by = facilitator_id
        self._undo.clear()
        self._redo.clear()
        self.by_changed.emit(facilitator_id)

    @property
    def event_id(self) -> str:
        """Id of the event in hand, empty for none."""
        return self._event_id

    def take_event(self, event_id: str) -> None:
        """Take an event in hand: every page shows that one from now on."""
        if event_id != self._event_id:
            self._event_id = event_id
            self.event_changed.emit(event_id)

    @property
    def settings(self) -> Settings:
        return self._settings

    def set_settings(self, settings: Settings) -> None:
        """Use other settings of this laptop; whoever shows them is told."""
        self._settings = settings
        self.settings_changed.emit(settings)
