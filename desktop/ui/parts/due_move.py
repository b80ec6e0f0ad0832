# SPDX-License-Identifier: Apache-2.0
"""A follow-up put on another day: which day, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.ui.desk import Desk
from desktop.ui.parts.case_dialog import CaseDialog
from desktop.ui.parts.case_terms import day_words
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.field import Field, TextEdit
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store


class AskDay(CaseDialog):
    """A day and, with ``must``, a reason. A holiday is told and never forbids."""

    def __init__(
        self, parent: QWidget, desk: Desk, headline: str, words: str, verb: str, *, must: bool
    ) -> None:
        super().__init__(parent, headline, words, verb, icon="calendar-clock", check=self._check)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._must = desk, must
        self._run: Callable[[Store, str, date, str], Done] | None = None
        self._said = ""
        self.day = DateEdit(today=desk.now().date(), parent=self)
        self.reason = TextEdit(longest=300, parent=self)
        self._day = Field(_("Day"), self.day, must=True, parent=self)
        self._warning = Label("", "small", "amber", weight=600, parent=self)
        self._reason = Field(_("Reason"), self.reason, must=must, parent=self)
        self._reason.setVisible(must)
        for part in (self._day, self._warning, self._reason):
            self.body.addWidget(part)
        self._warning.hide()
        self.day.dated.connect(lambda _day: self._warn())

    def ask(
        self, day: date | None, run: Callable[[Store, str, date, str], Done], said: str
    ) -> None:
        """Ask; ``run(store, by, day, reason)`` does it, ``said`` is the sentence after."""
        self._run, self._said = run, said
        self.day.set_date(day)
        self._warn()
        self.open()

    def _warn(self) -> None:
        from desktop.actions.follow_up import warning

        day = self.day.day()
        words = warning(day) if day is not None else ""
        self._warning.setText(words)
        self._warning.setVisible(bool(words))
        self._day.set_error(self.day.problem())

    def _check(self) -> str:
        day, reason, run = self.day.day(), self.reason.plain(), self._run
        if day is None:
            return self.day.problem() or _("Type the day.")
        if self._must and not reason:
            return _("Type the reason. It stays with the case.")
        if run is None:
            return ""

        return self.keep(
            self._desk,
            lambda store, by: run(store, by, day, reason),
            said=self._said.format(day=day_words(day)),
        )


def move_follow_up(
    parent: QWidget, desk: Desk, follow_up_id: str, due: date, whose: str
) -> AskDay:
    """Ask for another day and the reason."""
    from desktop.actions.follow_up import move

    ask = AskDay(
        parent,
        desk,
        _("Follow up on another day"),
        _("{who}: it was to be on {day}.").format(who=whose, day=day_words(due)),
        _("Move it"),
        must=True,
    )
    ask.ask(
        max(due, desk.now().date()),
        lambda store, by, day, reason: move(store, by, follow_up_id, day, reason),
        _("Moved to {day}"),
    )
    return ask


def plan_follow_up(parent: QWidget, desk: Desk, case_id: str, day: date | None) -> AskDay:
    """Ask when a case is looked at again."""
    from desktop.actions.follow_up import plan

    ask = AskDay(parent, desk, _("Plan a follow-up"), "", _("Plan it"), must=False)
    ask.ask(
        day,
        lambda store, by, day, _reason: plan(store, by, case_id, day),
        _("Planned for {day}"),
    )
    return ask
