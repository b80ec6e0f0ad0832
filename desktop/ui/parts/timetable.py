# SPDX-License-Identifier: Apache-2.0
"""The timetable of an event: a card a day, a line a session, and what must be attended in all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.model.event import Day, Event, PlannedSession, Session, counted_minutes
from desktop.store import codelist
from desktop.store.holiday import holiday
from desktop.ui import theme
from desktop.ui.parts.session_row import KIND, START, TICK, SessionRow
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.be_date import said
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

_SHOWN: Final = 7
"""Days shown at once; more are turned to."""


class Timetable(QWidget):
    """The signals ask for what is to be done; what came of it is shown with ``show_days``."""

    session_edited = Signal(object)
    session_removed = Signal(str)
    session_added = Signal(object)
    day_added = Signal()
    day_removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event: Event | None = None
        self._days: tuple[Day, ...] = ()
        self._from = 0
        self._cards: list[DayCard] = []
        self._wanted = ""
        self.sum = Label("", weight=500, parent=self)
        self._turn = QWidget(self)
        turn = QHBoxLayout(self._turn)
        turn.setContentsMargins(0, 0, 0, 0)
        self._before = Button(
            _("Days before"), lambda: self._turn_to(-_SHOWN), icon="chevron-left", parent=self
        )
        self._after = Button(
            _("Days after"), lambda: self._turn_to(_SHOWN), icon="chevron-right", parent=self
        )
        turn.addWidget(self._before)
        turn.addWidget(self._after)
        turn.addStretch()
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self.add_day = Button(_("Add a day"), self.day_added.emit, icon="plus", parent=self)
        foot = QHBoxLayout()
        foot.addWidget(self.add_day)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(10)
        column.addWidget(self.sum)
        column.addWidget(self._turn)
        column.addLayout(self._column)
        column.addLayout(foot)
        column.addStretch()

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_days(self, event: Event, days: Sequence[Day]) -> None:
        """Show the days of an event. Lines that are there already stay, with their focus."""
        if self._event is None or self._event.id != event.id:
            self._from = 0
        self._event, self._days = event, tuple(days)
        self._fill()

    def _fill(self) -> None:
        event = self._event
        if event is None:
            return
        self._from = max(0, min(self._from, len(self._days) - 1))
        shown = self._days[self._from : self._from + _SHOWN]
        while len(self._cards) > len(shown):
            card = self._cards.pop()
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self._cards) < len(shown):
            card = DayCard(self)
            card.session_edited.connect(self.session_edited)
            card.session_removed.connect(self.session_removed)
            card.session_added.connect(self.session_added)
            card.day_removed.connect(self.day_removed)
            self._column.addWidget(card)
            self._cards.append(card)
        for card, day in zip(self._cards, shown, strict=True):
            card.show_day(day, only=len(self._days) < 2)
        self._turn.setVisible(len(self._days) > _SHOWN)
        self._before.setEnabled(self._from > 0)
        self._after.setEnabled(self._from + _SHOWN < len(self._days))
        sessions = [session for day in self._days for session in day.sessions]
        self.sum.setText(sum_words(event, sessions))
        self._chain()
        if self._wanted and (row := self.row(self._wanted)) is not None:
            self._wanted = ""
            row.start.setFocus(Qt.FocusReason.OtherFocusReason)
            row.start.selectAll()

    def _chain(self) -> None:
        """Tab goes down the lines in the order they stand."""
        last: QWidget | None = None
        for card in self._cards:
            for part in (*(part for row in card.rows for part in row.parts()), card.add):
                if last is not None:
                    QWidget.setTabOrder(last, part)
                last = part

    def _turn_to(self, step: int) -> None:
        self._from = max(0, self._from + step)
        self._fill()

    def row(self, session_id: str) -> SessionRow | None:
        """The line of a session that is shown."""
        rows = (row for card in self._cards for row in card.rows)
        return next((row for row in rows if row.session.id == session_id), None)

    @property
    def cards(self) -> tuple[DayCard, ...]:
        """The days that are shown."""
        return tuple(self._cards)

    def go_to(self, session_id: str) -> None:
        """Put the cursor on a session as soon as it is shown."""
        self._wanted = session_id

    def add_session(self) -> None:
        """Ask for a session after the last of the day the cursor is in, else of the first day."""
        here = next((card for card in self._cards if card.isAncestorOf(_focus(card))), None)
        card = here or (self._cards[0] if self._cards else None)
        if card is not None:
            card.ask_session()


def _focus(near: QWidget) -> QWidget:
    window = near.window()
    focus: QWidget | None = window.focusWidget()
    return window if focus is None else focus


class DayCard(QFrame):
    """One day: its date with what is odd of it, its sessions, and one more."""

    session_edited = Signal(object)
    session_removed = Signal(str)
    session_added = Signal(object)
    day_removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.rows: list[SessionRow] = []
        self._day: Day | None = None
        self._head = Label("", "section", weight=600, wrap=False, parent=self)
        self._odd = Badge("", "calendar", "amber", self)
        self._minutes = Label("", "small", "quiet", wrap=False, parent=self)
        self._remove = Button(_("Remove this day"), self._drop, kind="quiet", icon="trash-2",
                              parent=self)  # fmt: skip
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._head)
        head.addWidget(self._odd)
        head.addWidget(self._minutes)
        head.addStretch()
        head.addWidget(self._remove)
        self._names = QWidget(self)
        names = QHBoxLayout(self._names)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(8)
        for word, width in (
            (_("Begins"), START), (_("Ends"), START), (_("Kind of session"), KIND),
            (_("Topic"), 0),
            (_("Counts"), TICK), (_("Must attend"), TICK), ("", 40), ("", 40),
        ):  # fmt: skip
            label = Label(word, "small", "quiet", weight=600, wrap=False, parent=self._names)
            if width:
                label.setFixedWidth(theme.scaled(width))
            names.addWidget(label, 0 if width else 1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._none = Label(_("No sessions yet."), tone="quiet", parent=self)
        self.add = Button(_("Add a session"), self.ask_session, kind="quiet", icon="plus",
                          parent=self)  # fmt: skip
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._names)
        column.addLayout(self._lines)
        column.addWidget(self._none)
        column.addLayout(foot)

    def show_day(self, day: Day, *, only: bool) -> None:
        """Show a day; ``only`` when it is the only one, which stays."""
        self._day = day
        number = _("Day {number}").format(number=day.no)
        self._head.setText(number if day.on is None else f"{number} · {said(day.on)}")
        odd = _odd_words(day)
        self._odd.show_state(odd, "calendar", "amber")
        self._odd.setVisible(bool(odd))
        self._minutes.setText(
            _("counts {time}").format(time=length_words(counted_minutes(day.sessions)))
        )
        self._remove.setVisible(not only)
        self.add.setAccessibleName(f"{self.add.text()}: {number}")
        self._show_sessions(day.sessions)

    def _show_sessions(self, sessions: tuple[Session, ...]) -> None:
        known = {row.session.id: row for row in self.rows}
        here = {session.id for session in sessions}
        # A line of a session that is gone serves for a new one: making lines is what takes time.
        spare = [row for row in self.rows if row.session.id not in here]
        rows: list[SessionRow] = []
        for session in sessions:
            row = known.get(session.id) or (spare.pop(0) if spare else None)
            if row is None:
                row = SessionRow(session, self)
                row.edited.connect(self.session_edited)
                row.removed.connect(self.session_removed)
            else:
                row.show_session(session)
            rows.append(row)
        for gone in spare:
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        if rows != self.rows:
            for place, row in enumerate(rows):
                self._lines.removeWidget(row)
                self._lines.insertWidget(place, row)
        self.rows = rows
        beside = side_by_side(sessions)
        for row in rows:
            row.show_beside(", ".join(beside.get(row.session.id, ())))
        self._none.setVisible(not rows)
        self._names.setVisible(bool(rows))

    def ask_session(self) -> None:
        """Ask for one more session, after the last one of the day."""
        day = self._day
        if day is None:
            return
        start = max((one.end for one in day.sessions), default=9 * 60)
        start = 13 * 60 if start == 12 * 60 else min(start, 23 * 60)
        kind = codelist.code("session_kind", "lecture")
        planned = PlannedSession(
            day.no, start, start + 60, "lecture", kind.th if kind else "", counts=True
        )
        self.session_added.emit(planned)

    def _drop(self) -> None:
        if self._day is not None:
            self.day_removed.emit(self._day.no)


def side_by_side(sessions: Sequence[Session]) -> dict[str, tuple[str, ...]]:
    """For each session that runs beside others, the titles of those: each pair is said once.

    It is said at the one that overlaps the most others: an exhibition of the whole day names the
    sessions it stands beside, and they need not each name the exhibition.
    """
    over = {
        one.id: {
            other.id
            for other in sessions
            if other.id != one.id and other.start < one.end and one.start < other.end
        }
        for one in sessions
    }
    titles = {one.id: one.title for one in sessions}
    told: dict[str, tuple[str, ...]] = {}
    while any(over.values()):
        widest = max(over, key=lambda one: len(over[one]))
        told[widest] = tuple(titles[one] for one in titles if one in over[widest])
        for others in over.values():
            others.discard(widest)
        over[widest] = set()
    return told


def _odd_words(day: Day) -> str:
    """What is to be known of a date before people are asked to come; never a refusal."""
    if day.on is None:
        return _("Date not known yet")
    if name := holiday(day.on):
        return _("Holiday: {name}").format(name=name)
    return _("Weekend") if day.on.weekday() >= 5 else ""


def length_words(minutes: int) -> str:
    """A length as people say it."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} minutes").format(minutes=rest)
    if not rest:
        return ngettext("{hours} hour", "{hours} hours", hours).format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def sum_words(event: Event, sessions: Sequence[Session]) -> str:
    """How much the event counts and how much of it passes, reckoned as the rule does."""
    rule = event.rule
    if rule.mode == "minutes":
        total = counted_minutes(sessions)
        needed = -(-total * rule.percent // 100)
        return _(
            "Counts {total} minutes ({time}) in all · {percent} % to pass is {needed} minutes"
        ).format(
            total=f"{total:,}",
            time=length_words(total),
            percent=rule.percent,
            needed=f"{needed:,}",
        )
    counted = [session for session in sessions if session.counts]
    if rule.mode == "sessions":
        needed = -(-len(counted) * rule.percent // 100)
        return _("{total} sessions count · {percent} % to pass is {needed} sessions").format(
            total=len(counted), percent=rule.percent, needed=needed
        )
    held = len({session.day_no for session in counted})
    needed = -(-held * rule.percent // 100)
    return _("{total} days count · {percent} % to pass is {needed} days").format(
        total=held, percent=rule.percent, needed=needed
    )
