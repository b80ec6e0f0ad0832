# SPDX-License-Identifier: Apache-2.0
"""What was done about an alert, each with its time, and the next step to be noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.case_words import alert_step_word
from desktop.i18n import _
from desktop.model.alert import STEP_KINDS, AlertLine, AlertStepKind
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.icons import Icon
from desktop.ui.parts.case_terms import (
    alert_state,
    moment_words,
    place_words,
    problem_words,
    span_words,
    urgency_state,
    whom_words,
)
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.clock_edit import ClockEdit
from desktop.ui.widgets.field import Choice, Field, TextEdit
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.errors import Problem

ICONS: Final[dict[AlertStepKind, str]] = {
    "called_1300": "phone-call",
    "told_mentor": "user-check",
    "told_agency": "building-2",
    "arrived": "map-pin",
    "closed": "circle-check",
}


def step_verb(kind: AlertStepKind) -> str:
    """What the button that notes a step says."""
    return {
        "called_1300": _("1300 was called"),
        "told_mentor": _("The mentor was told"),
        "told_agency": _("An agency was told"),
        "arrived": _("Somebody is there"),
        "closed": _("Close the alert"),
    }[kind]


class AlertSteps(QFrame):
    """Shows one alert; ``kept`` is called after a step was noted, to read the alert anew."""

    def __init__(
        self, desk: Desk, kept: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._desk, self._kept = desk, kept
        self.line: AlertLine | None = None
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self.what = Label("", theme.LEAD, weight=600, parent=self)
        self.where = Label("", tone="quiet", parent=self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(3, 1)
        self.response = Label("", "small", "quiet", parent=self)
        self.buttons = {
            kind: Button(
                step_verb(kind),
                partial(self.ask, kind),
                icon=ICONS[kind],
                parent=self,
            )
            for kind in STEP_KINDS
        }
        row = QGridLayout()
        row.setSpacing(8)
        for place, button in enumerate(self.buttons.values()):
            wide = 2 if place == len(self.buttons) - 1 else 1
            row.addWidget(button, *divmod(place, 2), 1, wide)
        self._row = QWidget(self)
        self._row.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.asking = _AskStep(desk, self._note, self._leave, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(self._head)
        column.addWidget(self.what)
        column.addWidget(self.where)
        column.addLayout(self._grid)
        column.addWidget(self.response)
        column.addSpacing(4)
        column.addWidget(self._row)
        column.addWidget(self.asking)
        column.addStretch(1)
        self.asking.hide()

    def show_line(self, line: AlertLine | None) -> None:
        """Show an alert with its steps."""
        before, self.line = self.line, line
        if before is not None and (line is None or line.alert.id != before.alert.id):
            self._leave()
        for layout in (self._head, self._grid):
            while (item := layout.takeAt(0)) is not None:
                old = item.widget()
                if old is not None:
                    old.hide()
                    old.deleteLater()
        if line is None:
            return
        alert, now = line.alert, self._desk.now()
        for state in (urgency_state(alert.urgency), alert_state(line)):
            self._head.addWidget(Badge(*state, parent=self))
        if alert.restricted:
            self._head.addWidget(Badge(_("Restricted"), "lock", "red", self))
        self._head.addStretch(1)
        self.what.setText(problem_words(alert.problems, next(iter(alert.problems), "")))
        told = (
            place_words(alert.area),
            alert.place,
            alert.detail,
            _("mentor {name}").format(name=line.mentor) if line.mentor else "",
            _("told by {name}").format(name=alert.reporter) if alert.reporter else "",
            alert.phone,
        )
        self.where.setText(" · ".join(one for one in told if one))
        source = codelist.word("alert_source", alert.source)
        seen = _("Seen ({source})").format(source=source)
        self._line(0, "eye", moment_words(alert.seen_at, now), seen, "")
        for number, step in enumerate(line.steps, start=1):
            more = " · ".join(one for one in (whom_words(step), step.note) if one)
            at = moment_words(step.at, now)
            self._line(number, ICONS[step.kind], at, alert_step_word(step.kind), more)
        first = span_words(line.response.first)
        closed = span_words(line.response.closed)
        words = _("First answer after {time}").format(time=first) if first else ""
        if closed:
            words += "  ·  " + _("closed after {time}").format(time=closed)
        self.response.setText(words)
        self.response.setVisible(bool(words))
        self._row.setVisible(line.is_open and self.asking.isHidden())

    def _line(self, row: int, icon: str, at: str, word: str, more: str) -> None:
        self._grid.addWidget(Icon(icon, "quiet", 18, self), row, 0)
        self._grid.addWidget(Label(at, tone="quiet", wrap=False, parent=self), row, 1)
        self._grid.addWidget(Label(word, weight=600, wrap=False, parent=self), row, 2)
        self._grid.addWidget(Label(more, parent=self), row, 3)

    # ── the next step ────────────────────────────────────────────────────────────────────────

    def ask(self, kind: AlertStepKind) -> None:
        """Ask when, and of whom; the moment offered is now."""
        if self.line is None or not self.line.is_open:
            return
        self._row.hide()
        self.asking.begin(kind, self.line)
        self.asking.show()

    def _leave(self) -> None:
        self.asking.hide()
        self._row.setVisible(self.line is not None and self.line.is_open)

    def _note(self, kind: AlertStepKind, at: datetime | None, whom: str, note: str) -> None:
        line = self.line
        if line is None:
            return
        from desktop.actions.alert import note_step

        alert_id = line.alert.id

        def failed(problem: Problem) -> None:
            self.asking.wrong(str(problem))

        def done(_done: object) -> None:
            self._leave()
            self._kept()

        self._desk.act(
            self,
            lambda store, by: note_step(store, by, alert_id, kind, at=at, whom=whom, note=note),
            done,
            said=_("Noted: {what}").format(what=alert_step_word(kind)),
            failed=failed,
        )


class _AskStep(QFrame):
    """When a step was done and of whom; Enter notes it, Esc leaves it."""

    def __init__(
        self,
        desk: Desk,
        note: Callable[[AlertStepKind, datetime | None, str, str], object],
        leave: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._desk, self._note, self._leave = desk, note, leave
        self._kind: AlertStepKind = "called_1300"
        self._offered = (0, "")
        self._head = Label("", weight=600, parent=self)
        self.day = DateEdit(parent=self)
        self.clock = ClockEdit(parent=self)
        kinds = [(one.code, codelist.word("org_type", one.code))
                 for one in codelist.codes("org_type")]  # fmt: skip
        self.agency = Choice(kinds, parent=self)
        self.agency.setMaximumWidth(260)
        self.whom = TextEdit(longest=120, parent=self)
        self.more = TextEdit(longest=300, parent=self)
        self._day = Field(_("Day"), self.day, parent=self)
        self._clock = Field(_("Time"), self.clock, parent=self)
        self._agency = Field(_("Which agency"), self.agency, parent=self)
        self._whom = Field(_("Who"), self.whom, parent=self)
        self._more = Field(_("What was said or done"), self.more, parent=self)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for field in (self._day, self._clock, self._agency, self._whom):
            fields.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        fields.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        stay = Button(_("Cancel"), leave, parent=self)
        stay.show_key("Esc")
        self.verb = Button(_("Note it"), self.press, kind="primary", icon="check", parent=self)
        self.verb.show_key("Enter")
        buttons.addWidget(stay)
        buttons.addWidget(self.verb)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(self._head)
        column.addLayout(fields)
        column.addWidget(self._more)
        column.addLayout(buttons)

    def begin(self, kind: AlertStepKind, line: AlertLine) -> None:
        """Ask about a step of this kind."""
        self._kind = kind
        now = self._desk.now()
        minute = now.hour * 60 + now.minute
        self._offered = (minute, now.date().isoformat())
        self._head.setText(step_verb(kind))
        self.day.set_date(now.date())
        self.clock.set_minutes(minute)
        self._agency.setVisible(kind == "told_agency")
        self._whom.setVisible(kind in ("told_mentor", "arrived"))
        self.whom.setText(line.mentor if kind == "told_mentor" else "")
        self.more.clear()
        self.verb.setText(_("Close the alert") if kind == "closed" else _("Note it"))
        for field in (self._day, self._clock, self._more):
            field.set_error()
        (self.more if kind == "closed" else self.clock).setFocus()
        self.clock.selectAll()

    def wrong(self, sentence: str) -> None:
        """Say why it was not noted."""
        self._more.set_error(sentence)

    def press(self) -> None:
        """Note the step."""
        day, minute = self.day.day(), self.clock.minutes()
        if day is None:
            self._day.set_error(self.day.problem() or _("Type the day."))
            return
        if minute is None:
            self._clock.set_error(self.clock.problem() or _("Type the time."))
            return
        at: datetime | None = None
        if (minute, day.isoformat()) != self._offered:
            hour, rest = divmod(min(minute, 24 * 60 - 1), 60)
            at = datetime.combine(day, time(hour, rest), self._desk.now().tzinfo)
        told = self._kind == "told_agency"
        whom = str(self.agency.value() or "") if told else self.whom.plain()
        self._note(self._kind, at, whom, self.more.plain())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
