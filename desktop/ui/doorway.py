# SPDX-License-Identifier: Apache-2.0
"""What the check-in desk shows, and how it acts: committed first, coloured and heard after that.

The counter goes on from what an action brought back; the board is asked again only when
something else changed it. What the keys mean is the page's matter (``pages/checkin.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout

from desktop.actions.attendance import ReasonNeeded
from desktop.actions.done import Done
from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.model.attendance import CAME, Mark, Presence
from desktop.model.event import Session
from desktop.model.roster import RosterRow
from desktop.store.store import Store
from desktop.ui import sound
from desktop.ui.attendance_words import (
    clock,
    date_words,
    day_words,
    food_words,
    province_words,
    session_words,
    state_words,
    twice_words,
)
from desktop.ui.desk import Desk
from desktop.ui.door import Opening, after, already, presence_after, read_opening
from desktop.ui.page import Page
from desktop.ui.tables.found import seat_words
from desktop.ui.widgets.desk_view import DeskView, left_words
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.outcome import Tone
from desktop.ui.widgets.walk_in import WalkIn

if TYPE_CHECKING:
    from desktop.ui.alerting import Alerting

Mode = Literal["arrive", "substitute", "leave"]
_SLOW: Final = 250
"""Milliseconds a commit may take before the panel says that it is being saved."""
_SOUNDS: Final[dict[Tone, sound.Sound]] = {"green": "good", "amber": "look", "red": "wrong"}
_MODES: Final[dict[Mode, str]] = {
    "arrive": "",
    "substitute": N_("Substitute: find the person who did not come, then press Enter. Esc: stop."),
    "leave": N_("Leaving early: find the person who is leaving, then press Enter. Esc: stop."),
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time set by hand for the marks that follow, and why."""

    minute: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """Whom the panel shows, and the mark that says so."""

    row: RosterRow
    mark_id: str


class Doorway(Page):
    """The desk without its keys: ``opening``, ``mode``, ``stamp``, ``act`` and ``say``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.opening: Opening | None = None
        self.mode: Mode = "arrive"
        self.stamp: Stamp | None = None
        self._shown: _Shown | None = None
        self.own = 0
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._slow.timeout.connect(self._say_saving)

    def furnish(
        self, keys: Sequence[QAction], session: QAction, missing: QAction, walk_in: WalkIn
    ) -> None:
        """Lay out the desk, and what stands there when no event is in hand."""
        self._missing = missing
        self.view = DeskView(keys, session, missing, walk_in, self)
        events = self.command(
            _("Go to events"), lambda: self.go.emit("events", self.desk.event_id)
        )
        # The desk covers the rail, so the way out is said.
        out = self.command(
            _("Leave the desk"), lambda: self.go.emit("today", None), icon="minimize"
        )
        self._empty = Empty(
            "scan-line",
            "",
            "",
            (events, out),
            self,
        )
        self._whole = QStackedLayout(self)
        self._whole.addWidget(self.view)
        self._whole.addWidget(self._empty)
        self.view.outcome.undo.connect(self.desk.undo)
        self.view.show_sound(self.desk.settings.sound)
        self.desk.settings_changed.connect(lambda kept: self.view.show_sound(kept.sound))

    def hold_alert(self, alerting: Alerting) -> None:
        self.view.hold_alert(alerting.button(self.view))
        column = self._empty.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(0, alerting.button(self._empty), 0, Qt.AlignmentFlag.AlignRight)

    # ── what stands on the screen ────────────────────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.own = 0  # what was noted while another page was shown is asked for
        if self.view.at_desk:
            self.view.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def event_changed(self, event_id: str) -> None:
        self.stamp = self._shown = None
        self.mode = "arrive"
        self.view.box.clear()
        self.view.show_panel(None)
        self.own = 0
        self.reload()

    def reload(self) -> None:
        if self.own:
            # What the desk itself noted is on the board already.
            self.own -= 1
        else:
            self.ask_again()

    def ask_again(self) -> None:
        """Ask the store how the session stands, and show it."""
        event_id, now = self.desk.event_id, self.desk.now()
        self.desk.look(
            self, lambda store: read_opening(store, event_id, now), self._open, latest="opening"
        )

    def _open(self, opening: Opening | None) -> None:
        if opening is not None and not any(day.sessions for day in opening.days):
            opening = None
            self._empty.say(
                _("This event has no sessions yet"),
                _("People come to a session. Set the days and sessions of the event first."),
            )
        elif opening is None:
            self._empty.say(
                _("People are checked in here"),
                _(
                    "Take an event in hand first: "
                    "its roster and its sessions are needed at the door."
                ),
            )
        before, self.opening = self.opening, opening
        self._whole.setCurrentWidget(self._empty if opening is None else self.view)
        if opening is None:
            return
        session = opening.session
        self._show_session(session)
        self.show_banner()
        self._show_count()
        if before is None or before.event.id != opening.event.id or before.session != session:
            # A time set by hand was set for the session before.
            self.stamp = None
            self.show_banner()
            self._say_ready()
        else:
            self._check_shown()
        if self.view.at_desk:
            self.view.box.setFocus(Qt.FocusReason.OtherFocusReason)
        if session is None:
            self.session_wanted()
        self.opened()

    def opened(self) -> None:
        """The desk knows where it stands."""

    def _show_session(self, session: Session | None) -> None:
        event = self.opening.event if self.opening is not None else None
        parts = [] if event is None else [event.name, event.batch]
        if session is None:
            self.view.session_name.setText(_("No session chosen"))
        else:
            # The day with what is small: the session's own title may take the line.
            parts.append(day_words(session.day_no, session.on))
            self.view.session_name.setText(session_words(session))
        self.view.event_name.setText("   ·   ".join(part for part in parts if part))

    def _show_count(self) -> None:
        board = self.opening.board if self.opening else None
        came, expected = (board.came, board.expected) if board else (0, 0)
        self.view.show_count(came, expected)
        self._missing.setText(left_words(expected - came))
        # Without a session nobody is waited for, and so nobody is missing either.
        self._missing.setVisible(board is not None)

    def show_banner(self) -> None:
        """Say what the box is for now, when it is not for arrivals by the clock."""
        session = self.opening.session if self.opening else None
        words = _(_MODES[self.mode]) if self.mode != "arrive" else ""
        if not words and self.stamp is not None:
            words = _("Everyone is noted at {time}: {reason}. Esc: back to the clock.").format(
                time=clock(self.stamp.minute), reason=self.stamp.reason or "–"
            )
        elif not words and session is not None and session.on is not None:
            today = self.desk.now().date()
            if session.on != today:
                words = _("This session is on {date}, not today. F8: another session.").format(
                    date=date_words(session.on)
                )
        self.view.show_banner(words)

    def _say_ready(self) -> None:
        self._shown = None
        self.view.outcome.show_outcome("grey", _("Ready"), "", _("The next person may come."))

    def _check_shown(self) -> None:
        """After a change that was not the desk's own: is what the panel says still so?"""
        shown, board = self._shown, self.opening.board if self.opening else None
        if shown is None or board is None:
            return
        presence = board.states.get(shown.row.enrolment_id)
        if presence is None or presence.state not in CAME:
            self._shown = None
            word = _("Taken back") if presence is not None else _("No longer on the roster")
            details = state_words(presence)[0] if presence is not None else ""
            self.view.outcome.show_outcome("grey", word, shown.row.name, details)
        elif presence.mark_id != shown.mark_id or self._twice_words(shown.row):
            self._shown = replace(shown, mark_id=presence.mark_id)
            self._say_here(shown.row, presence)

    # ── acting ───────────────────────────────────────────────────────────────────────────────

    def act(
        self,
        action: Callable[[Store, str], Done],
        then: Callable[[Done], object],
        row: RosterRow | None,
        ask: Callable[[], object] | None = None,
    ) -> None:
        """Do something: ``then`` after the commit, ``ask`` when a reason is needed, or say why."""

        def kept(done: Done) -> None:
            self._slow.stop()
            self.own += bool(done.changed)
            then(done)

        def failed(problem: Problem) -> None:
            self._slow.stop()
            if isinstance(problem, ReasonNeeded) and ask is not None:
                ask()
            else:
                self.say("red", _("Not noted"), row.name if row else "", str(problem))

        self._slow.start()
        self.desk.act(self, action, kept, "", failed)

    def noted(self, row: RosterRow, outcome: object, session: Session) -> None:
        """Show what came of an arrival or a departure, and count it."""
        opening = self.opening
        if opening is None:
            return
        here = already(outcome)
        if here is not None:
            self._shown = None
            by = opening.names.get(here.mark.by, "") or opening.doors.get(here.mark.device, "")
            when = clock(here.presence.arrived or here.mark.minute)
            head = _("Came already at {time}").format(time=when)
            noted = _("noted by {name}").format(name=by) if by else ""
            door = self._twice_words(row) or noted
            self.say("amber", head, row.name, _joined(seat_words(row), place_words(row), door))
            return
        if not isinstance(outcome, Mark):
            return
        presence = presence_after(session, opening.event.late_after, outcome)
        if opening.board is not None and opening.session == session:
            self.opening = replace(opening, board=after(opening.board, outcome, presence))
            self._show_count()
        self._shown = _Shown(row, outcome.id)
        if self.desk.settings.sound:
            sound.play("good" if presence.state == "present" else "look")
        self._say_here(row, presence)

    def _say_here(self, row: RosterRow, presence: Presence) -> None:
        word = state_words(presence)[0]
        if presence.state == "left_early" and presence.left is not None:
            head = f"{word} {clock(presence.left)}"
        else:
            head = f"{_('Here')} {clock(presence.arrived or 0)}"
            head = f"{head} · {word}" if presence.state == "late" else head
        food = food_words(row.food)
        said = (
            seat_words(row),
            place_words(row),
            _("Food: {food}").format(food=food) if food else "",
            self._twice_words(row),
        )
        tone: Tone = "amber" if presence.state == "left_early" else "green"
        self.view.outcome.show_outcome(tone, head, row.name, _joined(*said), undoable=True)

    def _twice_words(self, row: RosterRow) -> str:
        """At which doors she was seen, when there were several."""
        opening = self.opening
        seen = opening.twice.get(row.enrolment_id, ()) if opening else ()
        return twice_words(seen, opening.doors) if opening and seen else ""

    def say(self, tone: Tone, head: str, name: str, details: str) -> None:
        """Say something with its sound that is no arrival."""
        self._shown = None
        self.view.outcome.show_outcome(tone, head, name, details)
        if self.desk.settings.sound and tone in _SOUNDS:
            sound.play(_SOUNDS[tone])

    def _say_saving(self) -> None:
        self.view.outcome.show_outcome("grey", _("Saving…"), "", "")

    def session_wanted(self) -> None:
        """Nobody knows which session it is: ask. The page says how."""


def place_words(row: RosterRow) -> str:
    """Where somebody is from, as it is said at the desk."""
    return province_words(row.province) or row.organisation


def _joined(*parts: str) -> str:
    return "   ·   ".join(part for part in parts if part)
