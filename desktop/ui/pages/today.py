# SPDX-License-Identifier: Apache-2.0
"""Today: the event in hand, the session now, how many came, and the one thing to do next.

Above it, when there is any, what waits in the field: alerts, follow-ups, forms not finished.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import N_, _, language, ngettext
from desktop.thai import dates
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.hand import Hand, read_hand, when
from desktop.ui.page import Page
from desktop.ui.parts.today_work import TodayWork, Waiting, cards, read_waiting
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.figure import Figure
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.model.event import Session

_LOW: Final = 800
"""Height of a window at 100 % text below which the cards need the space of the other parts."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: where it is done, and the words."""

    noun: str
    verb: str
    icon: str
    words: str


def next_step(hand: Hand) -> Step:
    """The one thing to do next, from the state of the event in hand."""
    event = hand.event
    if event is None:
        return Step(
            "events",
            _("Create an event"),
            "plus",
            _("An event is one training or ceremony, with its days, its roster and its papers."),
        )
    if hand.ended:
        return _after(hand, gives=bool(event.certificate_kind))
    if not hand.sessions:
        return Step(
            "events",
            _("Set the days and sessions"),
            "calendar-days",
            _("Attendance is taken for sessions; this event has none yet."),
        )
    if hand.enrolled == 0:
        return Step(
            "roster",
            _("Bring in the roster"),
            "upload",
            _("Drop the list the agencies sent, or paste it; names can be checked before."),
        )
    if not event.roster_locked and not hand.begun:
        return Step(
            "roster",
            _("Check the roster and give seat numbers"),
            "lock",
            _("Locking the roster numbers the seats; sign-in sheets and badges follow them."),
        )
    return Step(
        "checkin",
        _("Open the check-in desk"),
        "scan-line",
        _("Type a name or scan a badge; each arrival is kept at once."),
    )


def _after(hand: Hand, *, gives: bool) -> Step:
    """What to do when all sessions are over; ``gives``: whether there are certificates."""
    if not gives:
        return Step(
            "presence",
            _("See who came"),
            "user-check",
            _("All sessions are over. This event gives no certificates."),
        )
    if hand.certificates == 0:
        return Step(
            "certificates",
            _("See who passed and issue certificates"),
            "award",
            _("All sessions are over."),
        )
    words = ngettext(
        "{count} certificate is issued.", "{count} certificates are issued.", hand.certificates
    )
    return Step(
        "certificates",
        _("Print or hand over certificates"),
        "award",
        words.format(count=hand.certificates),
    )


class TodayPage(Page):
    """The page the program begins with."""

    noun = "today"
    word = N_("Today")
    icon = "house"
    watches = frozenset(
        {
            *("events", "roster", "attendance", "certificates", "people"),
            *("cases", "follow_ups", "alerts", "drafts", "records"),
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._hand = Hand()
        self._step = next_step(self._hand)
        self._act = self.command(self._step.verb, self._go, "Ctrl+Return", self._step.icon)
        self.primary = None
        self._stack = QStackedWidget(self)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 8, 24, 16)
        whole.setSpacing(12)
        self.work = TodayWork(self)
        self.work.wanted.connect(self.go.emit)
        whole.addWidget(self.work)
        whole.addWidget(self._stack, 1)
        # What one may see of restricted cases another may not.
        desk.by_changed.connect(lambda _by: self.reload())
        self._blank = QWidget(self)
        self._none = Empty(
            "calendar-days", _("No event yet"), self._step.words, (self._act,), self._stack
        )
        self._full = QWidget(self._stack)
        self._build()
        for part in (self._blank, self._none, self._full):
            self._stack.addWidget(part)

    def title(self) -> str:
        day = self.desk.now().date()
        if language() == "en":
            return f"{_('Today')} · {calendar.day_name[day.weekday()]} {dates.english_date(day)}"
        return _("Today") + f" · {_long(dates.weekday(day))} {dates.be_date(day)}"

    def reload(self) -> None:
        event_id, now, by = self.desk.event_id, self.desk.now(), self.desk.by
        self.desk.look(
            self, lambda store: read_hand(store, event_id, now), self.show_hand, latest="hand"
        )
        self.desk.look(
            self, lambda store: read_waiting(store, by, now), self._show_waiting, latest="waiting"
        )

    def _show_waiting(self, waiting: Waiting) -> None:
        self.work.show_cards(cards(waiting))
        self._fit()

    def show_hand(self, hand: Hand) -> None:
        """Show the state of the event in hand."""
        self._hand = hand
        self._step = step = next_step(hand)
        self._act.setText(step.verb)
        self._act.setProperty("lucide", step.icon)
        if hand.event is None:
            self._stack.setCurrentWidget(self._none)
            self.primary = None
        else:
            self._stack.setCurrentWidget(self._full)
            self.primary = self._act
            self._fill(hand)
        self.header_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low window the cards take their room from the space between the others."""
        crowded = self.window().height() < theme.scaled(_LOW) and bool(self.work.cards)
        across = QBoxLayout.Direction.LeftToRight
        self._head.setDirection(across if crowded else QBoxLayout.Direction.TopToBottom)
        self._head.setSpacing(16 if crowded else 0)
        self._head.setStretchFactor(self._where, 1 if crowded else 0)
        self._column.setSpacing(8 if crowded else 16)
        self._whole.setSpacing(8 if crowded else 12)
        self._whole.setContentsMargins(24, 4 if crowded else 8, 24, 8 if crowded else 16)
        self._step_inner.setContentsMargins(16, *((6, 16, 6) if crowded else (10, 16, 10)))

    def _go(self) -> None:
        self.go.emit(self._step.noun, "new" if self._hand.event is None else None)

    # ── the parts ────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self._column = column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._event = Label("", "section", weight=600, parent=self._full)
        self._where = Label("", tone="quiet", parent=self._full)
        self._head = head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        head.setSpacing(0)
        head.addWidget(self._event)
        head.addWidget(self._where)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(16)
        self._came = Figure("", "–", size="name", parent=self._full)
        row.addWidget(self._card(_("Here now"), self._came), 3)
        self._enrolled = Figure(_("on the roster"), "–", parent=self._full)
        self._issued = Figure(_("certificates"), "–", parent=self._full)
        row.addWidget(self._card(_("Roster"), self._enrolled), 2)
        row.addWidget(self._card(_("Certificates"), self._issued), 2)
        column.addLayout(row)
        step = QFrame(self._full)
        step.setProperty("tone", "accent")
        self._step_inner = inner = QVBoxLayout(step)
        inner.setContentsMargins(16, 10, 16, 10)
        inner.setSpacing(0)
        inner.addWidget(Label(_("What to do next"), "small", "accent", weight=600, parent=step))
        self._next = Label("", "lead", weight=600, parent=step)
        self._why = Label("", tone="text", parent=step)
        inner.addWidget(self._next)
        inner.addWidget(self._why)
        column.addWidget(step)
        self._plan = QGridLayout()
        self._plan.setHorizontalSpacing(16)
        self._plan.setVerticalSpacing(4)
        self._plan.setColumnStretch(1, 1)
        holder = QFrame(self._full)
        holder.setObjectName("card")
        plan = QVBoxLayout(holder)
        plan.setContentsMargins(16, 12, 16, 12)
        self._plan_head = Label("", "small", "quiet", weight=600, parent=holder)
        plan.addWidget(self._plan_head)
        plan.addLayout(self._plan)
        self._plan_card = holder
        column.addWidget(holder)
        column.addStretch()

    def _card(self, headline: str, figure: Figure) -> QFrame:
        card = QFrame(self._full)
        card.setObjectName("card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(0)
        inner.addWidget(Label(headline, "small", "quiet", weight=600, wrap=False, parent=card))
        inner.addStretch()
        inner.addWidget(figure)
        return card

    def _fill(self, hand: Hand) -> None:
        event = hand.event
        if event is None:
            return
        self._event.setText(" · ".join(part for part in (event.name, event.batch) if part))
        self._where.setText(" · ".join(part for part in (when(event), event.venue) if part))
        if hand.counted is not None:
            self._came.show_figure(str(hand.came), str(hand.expected), _session(hand.counted))
        else:
            self._came.show_figure("–", caption=_("No session has begun"))
        self._enrolled.show_figure(
            str(hand.enrolled), str(event.target) if event.target else "", _("on the roster")
        )
        self._issued.show_figure(str(hand.certificates), caption=_("issued"))
        self._next.setText(self._step.verb)
        self._why.setText(self._step.words)
        self._show_plan(hand)

    def _show_plan(self, hand: Hand) -> None:
        """The sessions of today, or of the next day of the event."""
        while self._plan.count():
            old = self._plan.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        today = self.desk.now().date()
        anchor = hand.now or hand.next or hand.counted
        day = today if any(s.on == today for s in hand.sessions) else anchor.on if anchor else None
        if day is None and hand.sessions:
            shown = tuple(s for s in hand.sessions if s.day_no == hand.sessions[0].day_no)
        else:
            shown = tuple(s for s in hand.sessions if s.on == day)
        self._plan_card.setVisible(bool(shown))
        words = _("Sessions today") if day == today else _("Sessions of the day")
        if day is not None and day != today:
            said = dates.english_date(day) if language() == "en" else dates.be_date(day)
            words = f"{words} · {said}"
        self._plan_head.setText(words)
        minute = self.desk.now().hour * 60 + self.desk.now().minute
        for row, session in enumerate(shown):
            hours = f"{dates.clock(session.start)}–{dates.clock(session.end)}"
            held = self._plan_card
            self._plan.addWidget(Label(hours, tone="quiet", wrap=False, parent=held), row, 0)
            self._plan.addWidget(Label(session.title, parent=held), row, 1)
            if session == hand.now:
                badge = Badge(_("Now"), "clock", "accent", held)
            elif day == today and session.end <= minute:
                badge = Badge(_("Over"), "check", "grey", held)
            else:
                continue
            self._plan.addWidget(badge, row, 2, Qt.AlignmentFlag.AlignRight)


def _session(session: Session) -> str:
    hours = f"{dates.clock(session.start)}–{dates.clock(session.end)}"
    return f"{session.title} {hours}"


def _long(weekday: str) -> str:
    return f"วัน{weekday}"
