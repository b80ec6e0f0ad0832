# SPDX-License-Identifier: Apache-2.0
"""The hall beside the work: the open hall or the desk of this laptop, and word of what came.

It lives in threads of its own (``actions/hall.py``). The window never waits for it: beginning and
ending happen on the slow lane, what other doors noted is told to the pages once in a while, and
what is noted here makes the desk speak at once. It goes on while the window is locked, because
the other doors need it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

if TYPE_CHECKING:
    from desktop.actions.hall import Ears, HallView, Side, Standing, Wanted
    from desktop.store.store import Store
    from desktop.ui.desk import Desk

_TELL: Final = 600
"""Milliseconds between two words to the pages about what came."""
_FOLLOWED: Final = frozenset({"attendance", "roster", "people", "events", "awards"})
"""What the other doors want to hear of."""


class HallLane(QObject):
    """Made once, with the desk. ``changed`` brings the new :class:`HallView`."""

    changed = Signal(object)
    _heard = Signal()
    _came = Signal(object)
    _fault = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._side: Side | None = None
        self._view: HallView | None = None
        self._rows: set[str] = set()
        self._telling = False
        self._ended = False
        self._known_doors: dict[str, str] | None = None
        self._tell = QTimer(self, singleShot=True, interval=_TELL)
        self._tell.timeout.connect(self._tell_pages)
        queued = Qt.ConnectionType.QueuedConnection
        self._heard.connect(self.look, queued)
        self._came.connect(self._keep_rows, queued)
        self._fault.connect(self._broke, queued)
        desk.changed.connect(self._noticed)

    # ── how it stands ────────────────────────────────────────────────────────────────────────

    @property
    def view(self) -> HallView:
        """How the hall stands, seen from this laptop."""
        if self._view is None:
            from desktop.actions.hall import HallView

            self._view = HallView()
        return self._view

    @property
    def doors(self) -> Mapping[str, str]:
        """The names of the doors, by laptop; of the latest halls, when there is none now."""
        return self.view.doors or self._known_doors or {}

    # ── beginning and ending ─────────────────────────────────────────────────────────────────

    def resume(self) -> None:
        """Go on with the hall this laptop was in when the program ended."""

        def was_in_one(store: Store) -> bool:
            from desktop.store import hall

            with store.read() as conn:
                return hall.kept_hall(conn) is not None

        def work(store: Store, by: str, ears: Ears) -> Side | None:
            from desktop.actions import hall

            return hall.resume(store, by, ears)

        def go_on(was: bool) -> None:
            if was:  # most laptops are in no hall, and need none of its libraries at the start
                self._begin(work, lambda: None, self._desk.fail)

        self._desk.look(self, was_in_one, go_on)

    def open(
        self, door: str, then: Callable[[], object], failed: Callable[[Exception], object]
    ) -> None:
        """Open a hall for the event in hand."""
        event_id = self._desk.event_id

        def work(store: Store, by: str, ears: Ears) -> Side:
            from desktop.actions.hall import open_hall

            return open_hall(store, by, event_id, door, ears)

        self._begin(work, then, failed)

    def join(
        self,
        wanted: Wanted,
        door: str,
        then: Callable[[], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Ask to be let in to a hall."""

        def work(store: Store, by: str, ears: Ears) -> Side:
            from desktop.actions.hall import join_hall

            return join_hall(store, by, wanted, door, ears)

        self._begin(work, then, failed)

    def _begin(
        self,
        work: Callable[[Store, str, Ears], Side | None],
        then: Callable[[], object],
        failed: Callable[[Exception], object],
    ) -> None:
        store, by = self._desk.store, self._desk.by

        def begin() -> Side | None:
            from desktop.actions.hall import Ears

            side = work(store, by, Ears(self._hear, self._come, self._break))
            if side is not None and self._ended:
                side.stop()
            return side

        def begun(side: Side | None) -> None:
            if side is not None:
                self._put_down()
                self._side = side
            self.look()
            then()

        self._desk.tasks.run("slow", self, begin, begun, failed)

    def close(self, then: Callable[[], object] = lambda: None) -> None:
        """Close the hall, or leave it. What was noted stays."""
        side, self._side = self._side, None
        if side is None:
            then()
            return

        def closed(_nothing: None) -> None:
            self.look()
            then()

        self._desk.tasks.run("slow", self, side.close, closed, self._desk.fail)

    def stop(self) -> None:
        """The program ends: end the threads, keep the hall."""
        self._ended = True
        self._put_down()

    def _put_down(self) -> None:
        side, self._side = self._side, None
        if side is not None:
            side.stop()

    # ── what the hub's person says ───────────────────────────────────────────────────────────

    def say_of(self, device: str, standing: Standing) -> None:
        """Let a desk in (``in``), or not, or put it out (``out``)."""
        from desktop.actions.hall import Hub

        side = self._side
        if isinstance(side, Hub):
            self._slow(lambda: side.say_of(device, standing))

    def show_new_code(self) -> None:
        """Make the old code worth nothing."""
        from desktop.actions.hall import Hub

        side = self._side
        if isinstance(side, Hub):
            self._slow(side.show_new_code)

    def _slow(self, work: Callable[[], object]) -> None:
        self._desk.tasks.run("slow", self, work, lambda _done: self.look(), self._desk.fail)

    # ── in the threads of the hall ───────────────────────────────────────────────────────────

    def _hear(self) -> None:
        if isValid(self):
            self._heard.emit()

    def _come(self, kinds: frozenset[str]) -> None:
        if isValid(self):
            self._came.emit(kinds)

    def _break(self, error: Exception) -> None:
        if isValid(self):
            self._fault.emit(error)

    # ── what is heard ────────────────────────────────────────────────────────────────────────

    @Slot()
    def look(self) -> None:
        """Something about the hall changed: tell it when it is another view."""
        from desktop.actions.hall import HallView

        view = HallView() if self._side is None else self._side.view()
        if view.doors:
            self._known_doors = {**(self._known_doors or {}), **view.doors}
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    @Slot(object)
    def _keep_rows(self, kinds: frozenset[str]) -> None:
        self._rows |= kinds
        if not self._tell.isActive():
            self._tell.start()

    def _tell_pages(self) -> None:
        from desktop.actions.done import shown_in

        kinds, self._rows = frozenset(self._rows), set()
        nouns = shown_in(kinds)
        if nouns:
            self._telling = True
            try:
                self._desk.changed.emit(nouns)
            finally:
                self._telling = False

    def _noticed(self, nouns: frozenset[str]) -> None:
        if self._side is not None and not self._telling and nouns & _FOLLOWED:
            self._side.noticed(nouns)

    @Slot(object)
    def _broke(self, error: Exception) -> None:
        self._desk.fail(error)
        self.look()
