# SPDX-License-Identifier: Apache-2.0
"""The calendar of follow-ups: a month, and what is due on the day that is chosen in it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.i18n import _, ngettext
from desktop.model.follow_up import FollowUpLine
from desktop.store.holiday import holiday
from desktop.ui import theme
from desktop.ui.page import Page
from desktop.ui.parts.calendar_month import CalendarMonth, Days
from desktop.ui.parts.case_tab import CaseTab
from desktop.ui.parts.due_actions import DueActions
from desktop.ui.parts.due_view import follow_up_table
from desktop.ui.tables.follow_up import (
    NUMBER,
    OWNER,
    PROBLEM,
    TAMBON,
    URGENCY,
    WHEN,
    WHO,
    FollowUpModel,
)
from desktop.ui.widgets.be_date import months_on, said
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.store.store import Store


class CalendarView(CaseTab):
    """A month at the left, the follow-ups of one day at the right."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        today = self.desk.now().date()
        self._days: Days = {}
        self._asked = (0, 0)
        self.month = CalendarMonth(today, today, self)
        self.month.setAccessibleDescription(_("Arrows move the day, Page Up and Down the month"))
        self.acts = DueActions(page, self.current, self.opened.emit)
        self.model = FollowUpModel(self)
        self.table = follow_up_table(self.model, _("Follow-ups of the day"), self)
        # The day stands above the table.
        for column in (WHEN, TAMBON, NUMBER, OWNER):
            self.table.setColumnHidden(column, True)
        self._heading = Label("", "section", weight=600, wrap=False, parent=self)
        self._day = Label("", "lead", weight=600, parent=self)
        self._told = Label("", tone="quiet", parent=self)
        self._lay()
        self.month.moved.connect(lambda _day: self._show_day())
        self.month.turned.connect(self.reload)
        self.month.entered.connect(self._enter)
        self.table.moved.connect(lambda _row: self.turned.emit())
        self.table.chosen.connect(lambda _row: self.acts.open.trigger())
        self.setFocusProxy(self.month)

    def _lay(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        back = IconButton(
            "chevron-left", _("Month before (Page Up)"), lambda: self._turn(-1), self
        )
        on = IconButton(
            "chevron-right", _("Month after (Page Down)"), partial(self._turn, 1), self
        )
        now = Button(_("Today"), lambda: self.month.go_to(self.desk.now().date()), parent=self)
        now.show_key("Home")
        head.addWidget(back)
        head.addWidget(self._heading)
        head.addWidget(on)
        head.addStretch(1)
        head.addWidget(now)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addLayout(head)
        left.addWidget(self.month, 1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self._day)
        right.addWidget(self._told)
        self._legend = Label(self.month.legend(), "small", "quiet", parent=self)
        right.addWidget(self.table, 1)
        right.addStretch(0)
        right.addWidget(self._legend)
        self._right = right
        across = QHBoxLayout(self)
        across.setContentsMargins(24, 8, 24, 8)
        across.setSpacing(20)
        across.addLayout(left, 3)
        across.addLayout(right, 2)

    def offers(self) -> tuple[QAction | None, tuple[QAction, ...]]:
        return self.acts.offers()

    def current(self) -> FollowUpLine | None:
        """The follow-up of the current row."""
        row, lines = self.table.currentIndex().row(), self.model.rows
        return lines[row] if 0 <= row < len(lines) else None

    def reload(self) -> None:
        by, day = self.desk.by, self.month.day
        self._heading.setText(self.month.heading())

        def read(store: Store) -> tuple[date, Days]:
            from desktop.store import follow_up as follow_ups

            with store.read() as conn:
                return day, follow_ups.calendar(conn, by, day.year, day.month)

        self.desk.look(self, read, self._show, latest="month")

    def _show(self, held: tuple[date, Days]) -> None:
        asked, self._days = held
        if (asked.year, asked.month) != (self.month.day.year, self.month.day.month):
            return
        self.month.show_days(self._days, self.desk.now().date())
        self._show_day()

    def _show_day(self) -> None:
        day = self.month.day
        lines = self._days.get(day, ())
        self._day.setText(said(day))
        words = ngettext("{count} follow-up", "{count} follow-ups", len(lines))
        told = words.format(count=len(lines)) if lines else _("Nothing is due.")
        feast = holiday(day)
        self._told.setText(f"{feast} · {told}" if feast else told)
        self.model.show_lines(lines, self.desk.now().date())
        self.table.setVisible(bool(lines))
        self._right.setStretch(3, 0 if lines else 1)
        self.table.go_to(0)
        self._fit()
        self.turned.emit()

    def _fit(self) -> None:
        self.table.setColumnWidth(URGENCY, theme.scaled(136))
        self.table.fit({WHO: 120, PROBLEM: 60})

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _turn(self, step: int) -> None:
        self.month.go_to(months_on(self.month.day, step))

    def _enter(self) -> None:
        if self.model.rows:
            self.table.setFocus()

    def focus_first(self) -> None:
        self.month.setFocus()
