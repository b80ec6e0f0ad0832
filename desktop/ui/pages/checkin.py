# SPDX-License-Identifier: Apache-2.0
"""The check-in desk (จุดลงทะเบียน): one box for names, digits and badges, and a key for the rest.

The box always has the keys of the keyboard. Everything can be done without a mouse, and a badge
needs nothing but the scanner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from desktop.actions import attendance, checkin
from desktop.actions.hall import HallView
from desktop.i18n import N_, _
from desktop.model.attendance import Method
from desktop.model.event import Session
from desktop.model.roster import BADGE_DIGITS, RosterRow, read_sheet_code
from desktop.store.store import Store
from desktop.thai.keyboard import scanned_digits
from desktop.ui.attendance_words import twice_words
from desktop.ui.desk import Desk
from desktop.ui.door import First, find, is_past, minute_of
from desktop.ui.doorway import Mode
from desktop.ui.parts.hall_doors import hall_icon, hall_words
from desktop.ui.reception import Reception, groups, provinces
from desktop.ui.tables.found import Hit
from desktop.ui.widgets.walk_in import WalkIn

_MINUTE: Final = 20_000
_REST: Final = 60
"""Milliseconds between two digits after which they are a person's, not a scanner's."""
_SEAT_DIGITS: Final = 4
_FIRST: Final[dict[Mode, First]] = {"arrive": "", "substitute": "missing", "leave": "here"}
"""Who stands first in the list: whom Enter would most likely mean."""


class CheckIn(Reception):
    """The page of the check-in desk. It covers the window; Esc leaves it."""

    noun = "checkin"
    word = N_("Check-in desk")
    icon = "scan-line"
    watches = frozenset({"attendance", "roster", "events", "people"})
    scrolls = False
    covers = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found_for = ""
        self._waiting = ""
        self._early: list[str] = []
        self._resting = QTimer(self, singleShot=True, interval=_REST)
        self._resting.timeout.connect(self._look_up)
        run = self.command
        keys = (
            run(_("Walk-in"), self.begin_walk_in, "F3", "user-plus"),
            run(_("Substitute"), lambda: self._take_mode("substitute"), "F4", "arrow-up-down"),
            run(_("Leaves early"), lambda: self._take_mode("leave"), "F6", "log-out"),
            run(_("From a signed sheet"), self._back_entry, "F7", "clipboard-list"),
            run(_("Time"), self.ask_time, "F12", "clock"),
        )
        session = run(_("Session"), self.session_wanted, "F8", "calendar")
        self._hall = run(_("Hall mode"), lambda: self.go.emit("hall", None), "F9", "laptop")
        missing = run("", lambda: self.go.emit("presence", None), "F10", "users")
        self.furnish(keys, session, missing, WalkIn(provinces, groups, self))
        self.view.hold_hall(self._hall)
        self.desk.hall.changed.connect(self._show_hall)
        self._show_hall(self.desk.hall.view)
        self._wire()
        minute = QTimer(self, interval=_MINUTE)
        minute.timeout.connect(self._minute_passed)
        minute.start()

    def _wire(self) -> None:
        view = self.view
        view.box.asked.connect(self._typed)
        view.box.entered.connect(self._entered)
        view.box.moved.connect(lambda step: view.hits.go_to(view.hits.place + step))
        view.box.picked.connect(self._take)
        view.hits.clicked.connect(lambda index: self._take(index.row()))
        view.sound_pressed.connect(self._turn_sound)
        view.leave_pressed.connect(lambda: self.go.emit("today", None))
        self.wire_forms()

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("Check-in desk")

    def search(self) -> None:
        self.view.show_panel(None)
        self.view.box.selectAll()

    def opened(self) -> None:
        early, self._early = self._early, []
        for digits in early:
            self._scan(digits)
        # Another event or session: what stands in the box is looked for there.
        self._look_up()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute_passed()

    def _minute_passed(self) -> None:
        """The next session has begun: follow the clock, unless somebody chose or is typing."""
        opening = self.opening
        if opening is None or opening.by_hand or not self.isVisible() or self.view.box.text():
            return
        if checkin.nearest_session(opening.days, self.desk.now()) != opening.session:
            self.reload()

    # ── finding ──────────────────────────────────────────────────────────────────────────────

    def _typed(self, text: str) -> None:
        opening = self.opening
        if opening is None or opening.board is None:
            return
        if not text.strip():
            self._found_for = self._waiting = ""
            self.view.show_hits(())
            return
        digits = scanned_digits(text)
        if digits is not None and len(digits) > _SEAT_DIGITS:
            # Perhaps a scanner in the middle of a badge: nothing to look for until it rests.
            self._resting.start()
        else:
            self._resting.stop()
            self._look_up()

    def _look_up(self) -> None:
        opening, text = self.opening, self.view.box.text()
        if opening is None or opening.board is None or not text.strip():
            return
        event_id, board = opening.event.id, opening.board
        first = _FIRST[self.mode]
        self.desk.look(
            self,
            lambda store: find(store, event_id, text, board, first),
            lambda hits: self._show_hits(text, self._doors_of(hits)),
            latest="find",
        )

    def _doors_of(self, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """The hits with the doors at which they were seen, of those seen at several."""
        opening = self.opening
        if opening is None or not opening.twice:
            return hits
        return tuple(
            replace(hit, twice=twice_words(seen, opening.doors))
            if (seen := opening.twice.get(hit.row.enrolment_id))
            else hit
            for hit in hits
        )

    def _show_hall(self, view: HallView) -> None:
        """The button of the hall says which door this is and how it stands."""
        self._hall.setProperty("lucide", hall_icon(view))
        self._hall.setText(hall_words(view))

    def _show_hits(self, text: str, hits: tuple[Hit, ...]) -> None:
        if text != self.view.box.text():
            return
        self._found_for = text
        self.view.show_hits(hits)
        if self._waiting == text:
            self._waiting = ""
            self._take(0)

    def _entered(self, text: str) -> None:
        if not text.strip():
            return
        digits = scanned_digits(text) or ""
        if self.opening is None:
            # Scanned before the desk has read where it stands: kept until it has.
            if len(digits) == BADGE_DIGITS:
                self._early.append(digits)
                self.view.box.clear()
            else:
                self._waiting = text
            return
        if read_sheet_code(digits) is not None:
            self.view.box.clear()
            self.go.emit("back_entry", digits)
        elif len(digits) == BADGE_DIGITS:
            # Saved first: clearing the box draws the desk anew.
            self._scan(digits)
            self.view.box.clear()
        elif self._found_for == text:
            self._take(max(0, self.view.hits.place))
        else:
            # The list is on its way: Enter means its first line.
            self._waiting = text
            if self._resting.isActive():
                self._resting.stop()
                self._look_up()

    def _take(self, place: int) -> None:
        hit, text = self.view.found.hit(place), self.view.box.text()
        if hit is None:
            if not self.view.hits.isVisible():
                self.say(
                    "red",
                    _("Nobody found"),
                    text,
                    _("Type less of the name, or F3: walk-in."),
                )
                self.view.box.selectAll()
            return
        if self.mode == "arrive":
            self._arrive(hit.row, "search")
        self.view.box.clear()
        if self.mode == "substitute":
            self.substitute_for(hit.row)
        elif self.mode == "leave":
            self.ask_leaving(hit.row)

    # ── arriving ─────────────────────────────────────────────────────────────────────────────

    def _scan(self, digits: str) -> None:
        opening = self.opening
        event_id = opening.event.id if opening else ""
        wearer = opening.wearer(digits) if opening else None
        if wearer is not None:
            # Known since the desk was opened: nothing to look up between Enter and the commit.
            if self.mode == "arrive":
                self._arrive(wearer, "qr")
            else:
                self._chosen(wearer)
            return
        if self.mode != "arrive":
            self.desk.look(
                self,
                lambda store: _wearer(store, event_id, digits),
                self._chosen,
            )
            return

        def act(session: Session, minute: int, reason: str) -> None:
            self.act(
                lambda store, by: checkin.scan(
                    store, by, event_id, session.id, digits, minute, reason
                ),
                lambda done: self.noted(done.value.row, done.value.outcome, session),
                None,
                lambda: self.ask_reason(None, lambda m, why: act(session, m, why)),
            )

        self._now(None, act)

    def _chosen(self, row: RosterRow | str) -> None:
        if isinstance(row, str):
            self.say("red", _("Not found"), "", row)
        elif self.mode == "substitute":
            self.substitute_for(row)
        else:
            self.ask_leaving(row)

    def _arrive(self, row: RosterRow, method: Method) -> None:
        def act(session: Session, minute: int, reason: str) -> None:
            self.act(
                lambda store, by: attendance.arrive(
                    store, by, row.enrolment_id, session.id, minute, method, reason
                ),
                lambda done: self.noted(row, done.value, session),
                row,
                lambda: self.ask_reason(row, lambda m, why: act(session, m, why)),
            )

        self._now(row, act)

    def arrive_known(self, row: RosterRow) -> None:
        self._arrive(row, "search")

    def _now(self, row: RosterRow | None, act: Callable[[Session, int, str], None]) -> None:
        """Run ``act`` with the session and the time that hold now, asking for what is missing."""
        session = self.opening.session if self.opening else None
        if session is None:
            self.session_wanted()
        elif self.stamp is not None:
            act(session, self.stamp.minute, self.stamp.reason)
        elif is_past(session, self.desk.now()):
            self.ask_reason(row, lambda minute, why: act(session, minute, why))
        else:
            act(session, minute_of(session, self.desk.now()), "")

    # ── the other keys ───────────────────────────────────────────────────────────────────────

    def _take_mode(self, mode: Mode) -> None:
        """F4 and F6: of the line pointed at, or of whom is found next."""
        if self.opening is None:
            return
        self.view.show_panel(None)
        self.set_mode(mode)
        if self.view.found.hit(self.view.hits.place) is not None:
            self._take(self.view.hits.place)

    def _back_entry(self) -> None:
        self.go.emit("back_entry", None)

    def _turn_sound(self) -> None:
        self.desk.set_settings(replace(self.desk.settings, sound=not self.desk.settings.sound))


def _wearer(store: Store, event_id: str, digits: str) -> RosterRow | str:
    """Whose badge it is, or the sentence why nobody's."""
    try:
        return checkin.wearer(store, event_id, digits)
    except checkin.UnknownBadge as problem:
        return str(problem)
