# SPDX-License-Identifier: Apache-2.0
"""Hall mode (โหมดห้องประชุม): several laptops at the doors of one workshop.

Without a hall the page offers to join or to open one; in a hall it shows the code, the doors and
how everything stands. It is reached from the check-in desk, and Esc leads back there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from desktop.actions import checkin, hall
from desktop.actions.hall import HallProblem, HallView
from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.store import event as events
from desktop.store import roster
from desktop.store.store import Store
from desktop.ui.attendance_words import door_words
from desktop.ui.desk import Desk
from desktop.ui.hall import HallLane
from desktop.ui.page import Page
from desktop.ui.parts.hall_begin import HallBegin
from desktop.ui.parts.hall_doors import HallDoors

if TYPE_CHECKING:
    from desktop.actions.hall import Watch

_LOOK: Final = 1000
"""Milliseconds between two looks at who was heard when."""
_MOST: Final = 4
"""People seen at two doors who are named."""


class HallPage(Page):
    """The page of the hall."""

    noun = "hall"
    word = N_("Hall mode")
    icon = "satellite-dish"
    watches = frozenset({"attendance", "roster", "events"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lane: HallLane = desk.hall
        self._watch: Watch | None = None
        self._ended: list[Watch] = []
        self._busy = False
        self._to_desk = self.command(
            _("To the check-in desk"), self._go_to_desk, "Ctrl+Return", "scan-line"
        )
        self._close_hub = self.command(_("Close the hall"), self._close, "", "x", "danger")
        self._leave_desk = self.command(_("Leave the hall"), self._close, "", "log-out")
        self.begin = HallBegin(self)
        self.doors = HallDoors(self)
        # Not a stack, which would keep the room of the taller one.
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.begin, 1)
        column.addWidget(self.doors, 1)
        self.begin.join_pressed.connect(self._join)
        self.begin.open_pressed.connect(self._open)
        self.doors.said.connect(self.lane.say_of)
        self.doors.code_wanted.connect(self.lane.show_new_code)
        self.lane.changed.connect(self._show)
        self._near = QTimer(self, interval=_LOOK // 2)
        self._near.timeout.connect(self._heard)
        self._looking = QTimer(self, interval=_LOOK)
        self._looking.timeout.connect(self._look)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("Hall mode")

    def subtitle(self) -> str:
        view = self.lane.view
        return view.event_name if view.role else _("Several laptops at the doors of one workshop")

    def place(self) -> str:
        return "checkin"

    def back(self) -> bool:
        self.go.emit("checkin", None)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looking.start()
        self._listen()
        if self.lane.view.role:
            # Once the page before has let go of the keyboard.
            QTimer.singleShot(0, self, self._focus)

    def _focus(self) -> None:
        """The keyboard is where something can be done next."""
        if self.lane.view.role:
            self.doors.focus_first()
        else:
            self.begin.door.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.stop()
        self._hush()

    def end(self) -> None:
        self._hush()
        for watch in self._ended:
            watch.close(wait=True)

    def reload(self) -> None:
        event_id, view, now = self.desk.event_id, self.lane.view, self.desk.now()

        def read(store: Store) -> tuple[str, str, _Seen]:
            name = ""
            if event_id:
                with store.read() as conn:
                    name = events.event(conn, event_id).name
            seen = _look_around(store, view, now) if view.role else _Seen()
            return name, hall.last_door(store), seen

        def show(answer: tuple[str, str, _Seen]) -> None:
            name, door, seen = answer
            self.begin.show_event(name)
            if not self.begin.door.text():
                self.begin.door.setText(door)
            self.doors.show_twice(seen.lines, seen.more)
            self.doors.show_noted(seen.noted)
            self._look()

        self.desk.look(self, read, show, latest="hall")
        self._show(view)

    def _look(self) -> None:
        """The clock went on: who was heard when says something else now."""
        self.lane.look()
        view = self.lane.view
        if view.role:
            self.doors.show_view(view, self.desk.now().astimezone())

    def _show(self, view: HallView) -> None:
        turned = self.doors.isHidden() == bool(view.role)
        self.begin.setVisible(not view.role)
        self.doors.setVisible(bool(view.role))
        if turned and self.isVisible():
            self._focus()
        end = self._close_hub if view.role == "hub" else self._leave_desk
        # Whoever waits at the hub comes first: then letting in is the one primary button.
        asking = any(one.standing == "asking" for one in view.desks)
        # A door that was not let in has no roster, and nothing to do at its desk.
        waits = view.role == "desk" and view.phase == "asking"
        self.primary = self._to_desk if view.role and not asking and not waits else None
        self.secondary = (end, *([self._to_desk] if asking else ())) if view.role else ()
        if view.role:
            self.doors.show_view(view, self.desk.now().astimezone())
            self._hush()
        elif self.isVisible():
            self._listen()
        self.header_changed.emit()

    # ── who calls on this network ────────────────────────────────────────────────────────────

    def _listen(self) -> None:
        if self._watch is None and not self.lane.view.role:
            watch = self._watch = hall.listen()
            # A page that is made anew (another language) is not ended, only destroyed.
            self.destroyed.connect(lambda _gone=None: watch.close())
            self._near.start()

    def _heard(self) -> None:
        if self._watch is not None:
            self.begin.show_nearby(self._watch.halls)

    def _hush(self) -> None:
        """Listen no more; saying goodbye to the network takes a moment, and nobody waits."""
        self._near.stop()
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.close()
            self._ended = [*self._ended[-3:], watch]

    # ── doing ────────────────────────────────────────────────────────────────────────────────

    def _door(self) -> str:
        """The name of the door, or empty when there is none yet and that was said."""
        try:
            door = hall.door_called(self.begin.door.text())
        except HallProblem as problem:
            self.begin.door_field.set_error(str(problem))
            self.begin.door.setFocus()
            return ""
        self.begin.door_field.set_error()
        return door

    def _open(self) -> None:
        door = self._door()
        if door and not self._busy and self.desk.event_id:
            self._set_busy(True)
            self.lane.open(door, self._begun, self._failed)

    def _join(self) -> None:
        door = self._door()
        if not door or self._busy:
            return
        begin = self.begin
        try:
            wanted = hall.read_wanted(begin.code.text(), *begin.place)
        except HallProblem as problem:
            begin.code_field.set_error(str(problem))
            begin.code.setFocus()
            return
        self._set_busy(True)
        self.lane.join(wanted, door, self._begun, self._failed)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.begin.set_busy(busy)

    def _begun(self) -> None:
        self._set_busy(False)
        self.begin.code.clear()
        self.begin.code_field.set_error()
        # Who was noted before the hall was opened counts at its doors too.
        self.reload()

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, Problem):
            self.begin.code_field.set_error(str(error))
        else:
            self.desk.fail(error)

    def _close(self) -> None:
        self.lane.close()

    def _go_to_desk(self) -> None:
        """Take the event of the hall in hand, as soon as it is here, and go to its desk."""
        event_id = self.lane.view.event_id

        def known(store: Store) -> bool:
            with store.read() as conn:
                return any(row.event.id == event_id for row in events.events(conn))

        def go(here: bool) -> None:
            if here:
                self.desk.take_event(event_id)
                self.go.emit("checkin", None)
            else:
                self.desk.trouble.emit(
                    _("The roster has not come from the hub yet. Wait until it lets you in.")
                )

        self.desk.look(self, known, go)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the doors noted in the session that is on."""

    lines: tuple[tuple[str, str], ...] = ()
    """Who was seen at two doors: the name, and where and when."""
    more: int = 0
    noted: Mapping[str, int] = field(default_factory=dict)
    """How many each laptop noted."""


def _look_around(store: Store, view: HallView, now: datetime) -> _Seen:
    with store.read() as conn:
        days = events.days(conn, view.event_id)
    session = checkin.nearest_session(days, now)
    if session is None:
        return _Seen()
    found = hall.twice(store, view.event_id, session.id)
    shown = sorted(found.items(), key=lambda one: one[1][-1].minute, reverse=True)[:_MOST]
    with store.read() as conn:
        rows = roster.rows(conn, [who for who, _seen in shown])
    doors = view.doors or hall.doors(store)
    lines = tuple((rows[who].name, door_words(seen, doors)) for who, seen in shown if who in rows)
    noted = hall.noted(store, view.event_id, session.id)
    return _Seen(lines, len(found) - len(lines), noted)
