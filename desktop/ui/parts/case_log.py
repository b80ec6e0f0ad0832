# SPDX-License-Identifier: Apache-2.0
"""What happened to a case, the newest first: its log, its follow-ups and its home visits."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.actions.case_words import method_word, progress_word, step_word
from desktop.i18n import _, ngettext
from desktop.model.case_file import CaseStep
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.page import Page
from desktop.ui.parts.case_card import Card, Verb, empty
from desktop.ui.parts.case_reading import CaseHeld
from desktop.ui.parts.case_terms import State, day_words, due_state
from desktop.ui.parts.due_actions import begin_follow_up
from desktop.ui.parts.due_move import move_follow_up, plan_follow_up
from desktop.ui.widgets.label import Label

_CODES = {"follow_up": progress_word}


class CaseLog(Card):
    """The card of the log."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What happened"), parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)
        self.rows.addLayout(self._grid)

    def show_held(self, held: CaseHeld) -> None:
        """Show the log of a case."""
        empty(self._grid)
        names = held.story.names
        steps = sorted(held.story.steps, key=lambda step: step.at)[::-1]
        for row, step in enumerate(steps):
            day = Label(day_words(step.on), theme.SMALL, "quiet", wrap=False, parent=self)
            who = Label(names.get(step.by, ""), theme.SMALL, "quiet", wrap=False, parent=self)
            self._grid.addWidget(day, row, 0)
            self._grid.addWidget(who, row, 1)
            self._grid.addWidget(Label(_told(step), theme.SMALL, parent=self), row, 2)


def _wait(due: date, today: date) -> State:
    days = (due - today).days
    if days < 2:
        return due_state(due, today)
    words = ngettext("in {count} day", "in {count} days", days).format(count=days)
    return words, "calendar", "grey"


def _told(step: CaseStep) -> str:
    words = step_word(step.kind)
    if step.kind == "status":
        words = codelist.word("case_status", step.status)
    reason = _CODES[step.kind](step.reason) if step.kind in _CODES else step.reason
    return f"{words}: {reason}" if reason else words


class CaseFollowUps(Card):
    """The card of follow-ups: what is to come, and what was found."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(_("Follow-ups"), parent)
        self._page = page
        self._case_id = ""
        self.button = self.offer(_("Plan one"), "plus", self._plan)

    def show_held(self, held: CaseHeld) -> None:
        """Show the follow-ups of a case, the next one first."""
        case, names = held.story.case, held.story.names
        self._case_id = case.id
        self.button.setVisible(case.is_open)
        self.clear()
        today = self._page.desk.now().date()
        waiting = [one for one in held.story.follow_ups if not one.is_done]
        done = [one for one in held.story.follow_ups if one.is_done]
        if not waiting and case.is_open:
            self.say(_("None is planned. An open case is looked at again."), "amber")
        for one in sorted(waiting, key=lambda one: one.due) if case.is_open else ():
            moved = _("moved from {day}: {reason}").format(
                day=day_words(one.first_due), reason=one.moved_because
            )
            more = ", ".join(
                part
                for part in (names.get(one.owner_id, ""), moved if one.first_due else "")
                if part
            )
            verbs: list[Verb] = [
                (_("Another day"), "calendar-clock", partial(
                    move_follow_up, self._page, self._page.desk, one.id, one.due, case.case_no)),
                (_("Write it down"), "check", partial(begin_follow_up, self._page, case.id)),
            ]  # fmt: skip
            self.row(day_words(one.due, "long"), more, _wait(one.due, today), verbs)
        for one in sorted(done, key=lambda one: one.due, reverse=True):
            at = (
                one.done_at.astimezone(self._page.desk.now().tzinfo).date()
                if one.done_at
                else None
            )
            received = ", ".join(codelist.word("aid_kind", code) for code in sorted(one.received))
            words = " · ".join(
                part
                for part in (
                    progress_word(one.progress) if one.progress else "",
                    method_word(one.method) if one.method else "",
                )
                if part
            )
            more = " · ".join(
                part for part in (names.get(one.done_by, ""), received, one.detail) if part
            )
            record: list[Verb] = []
            if one.record_id:
                record.append((_("Read"), "file-text", partial(
                    self._page.go.emit, "record", one.record_id)))  # fmt: skip
            self.row(words or _("Followed up"), more,
                     (day_words(at), "circle-check", "green"), record)  # fmt: skip

    def _plan(self) -> None:
        if self._case_id:
            plan_follow_up(self._page, self._page.desk, self._case_id, None)


class CaseVisits(Card):
    """The card of home visits; each opens its frozen record."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(_("Home visits"), parent)
        self._page = page

    def show_held(self, held: CaseHeld) -> None:
        """Show the visits of a case, the newest first."""
        self.clear()
        self.setVisible(bool(held.visits))
        for one in held.visits:
            words = day_words(date.fromisoformat(one.visited_on), "long")
            purpose = codelist.word("visit_purpose", one.purpose) if one.purpose else ""
            outcomes = ", ".join(codelist.word("visit_outcome", code) for code in one.outcomes)
            verbs: list[Verb] = []
            if one.record_id:
                verbs.append((_("Read"), "file-text", partial(
                    self._page.go.emit, "record", one.record_id)))  # fmt: skip
            more = " · ".join(part for part in (purpose, outcomes, one.needs) if part)
            self.row(words, more, None, verbs)
