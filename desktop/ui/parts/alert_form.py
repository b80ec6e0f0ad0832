# SPDX-License-Identifier: Apache-2.0
"""The one short form of an alert: who tells of it, how urgent, what, where, when, who was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.alert import JUNIOR, AlertDraft
from desktop.i18n import _
from desktop.store import area, codelist
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts.alert_agencies import AgencyPick
from desktop.ui.parts.alert_person import PersonLine
from desktop.ui.parts.alert_problems import ProblemPick
from desktop.ui.parts.case_terms import URGENCIES
from desktop.ui.widgets.area_pick import AreaPick
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.clock_edit import ClockEdit
from desktop.ui.widgets.field import Choice, Field, LongText, NumberEdit, TextEdit
from desktop.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from desktop.model.event import Event
    from desktop.store.store import Store

_MOST_PEOPLE: Final = 500


class AlertForm(QWidget):
    """``values()`` can be kept and brought back with ``fill``; ``draft()`` is what is raised."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._event_id = ""
        self._event_kept: bool | None = None
        self._moved = False
        """Whether the moment it was seen was set by hand."""
        self._editors()
        self._fields()
        self._lay()
        self._wire()
        self.clear()
        self._ask_event()

    # ── the parts ────────────────────────────────────────────────────────────────────────────

    def _editors(self) -> None:
        sources = [(one.code, codelist.word("alert_source", one.code))
                   for one in codelist.codes("alert_source")]  # fmt: skip
        self.source = Choice([("", _("Choose")), *sources], "", self)
        self.mentor = PersonLine(self._desk, _("Type a part of the name"), self)
        self.urgencies = QButtonGroup(self)
        self._urgency_row = QWidget(self)
        row = QHBoxLayout(self._urgency_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for code, (icon, _tone) in URGENCIES.items():
            word = codelist.word("urgency", code)
            button = Button(word, kind="choice", icon=icon, parent=self._urgency_row)
            button.setCheckable(True)
            button.setProperty("value", code)
            self.urgencies.addButton(button)
            row.addWidget(button, 1)
        first = self.urgencies.buttons()[0]
        self._urgency_row.setFocusProxy(first)
        self.tambon = AreaPick(lambda text: area.search_areas(text, "tambon", 8),
                               _("Type a part of the name of the tambon"), self)  # fmt: skip
        self.place = TextEdit(placeholder=_("house, village, what stands near"), longest=200,
                              parent=self)  # fmt: skip
        self.day = DateEdit(today=self._desk.now().date(), parent=self)
        self.clock = ClockEdit(parent=self)
        self.told = ClockEdit(parent=self)
        self.reporter = PersonLine(self._desk, _("may stay empty"), self)
        self.phone = TextEdit(placeholder=_("may stay empty"), longest=30, parent=self)
        self.people = NumberEdit(1, least=1, most=_MOST_PEOPLE, parent=self)
        self.people.setMaximumWidth(theme.scaled(90))
        self.detail = LongText("", 2, self)
        self.problems = ProblemPick(self)
        self.agencies = AgencyPick(self)
        self.at_event = Tick("", parent=self)
        self.at_event.hide()

    def _fields(self) -> None:
        must = True
        self._source = Field(_("Who tells of it"), self.source, must=must, parent=self)
        self._mentor = Field(_("Mentor of the junior volunteer, told of it"), self.mentor,
                             must=must, parent=self)  # fmt: skip
        self._urgency = Field(_("How urgent"), self._urgency_row, must=must, parent=self)
        self._tambon = Field(_("Tambon"), self.tambon, must=must, parent=self)
        self._place = Field(_("Place"), self.place, parent=self)
        self._day = Field(_("Seen on"), self.day, parent=self)
        self._clock = Field(_("at"), self.clock, parent=self)
        self._told = Field(_("Told on at"), self.told, parent=self)
        self._people = Field(_("How many people"), self.people, parent=self)
        self._reporter = Field(_("Name of who tells"), self.reporter, parent=self)
        self._phone = Field(_("Telephone"), self.phone, parent=self)
        self._problems = Field(_("What was found"), self.problems, must=must, parent=self)
        self._agencies = Field(_("Agencies that were told"), self.agencies, parent=self)
        self._detail = Field(_("In a few words"), self.detail, parent=self)
        self._all = (
            self._source, self._mentor, self._urgency, self._tambon, self._place, self._day,
            self._clock, self._told, self._people, self._reporter, self._phone, self._problems,
            self._agencies, self._detail,
        )  # fmt: skip

    def _lay(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        for field in (self._source, self._mentor, self._urgency, self._tambon, self._place):
            left.addWidget(field)
        when = QGridLayout()
        when.setHorizontalSpacing(8)
        when.setVerticalSpacing(6)
        when.addWidget(self._day, 0, 0)
        when.addWidget(self._clock, 0, 1)
        when.addWidget(self._told, 0, 2)
        when.addWidget(self._reporter, 1, 0)
        when.addWidget(self._phone, 1, 1)
        when.addWidget(self._people, 1, 2)
        when.setColumnStretch(0, 3)
        when.setColumnStretch(1, 2)
        when.setColumnStretch(2, 2)
        left.addLayout(when)
        left.addWidget(self._detail)
        left.addWidget(self.at_event)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        for field in (self._problems, self._agencies):
            right.addWidget(field)
        right.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 12, 0)
        across.setSpacing(24)
        across.addLayout(left, 1)
        across.addLayout(right, 1)

    def _wire(self) -> None:
        self.source.chose.connect(lambda _value: self._source_chosen())
        self.urgencies.buttonClicked.connect(lambda _button: self._touched())
        self.problems.changed.connect(self._touched)
        self.agencies.changed.connect(self._touched)
        self.at_event.clicked.connect(lambda _on: self._touched())
        self.detail.textChanged.connect(self._touched)
        self.tambon.picked.connect(lambda _area: self._touched())
        self.day.dated.connect(lambda _day: self._moment_set())
        self.clock.timed.connect(lambda _minute: self._moment_set())
        self.clock.textEdited.connect(lambda _text: self._moment_set())
        self.told.timed.connect(lambda _minute: self._touched())
        for line in (self.mentor, self.reporter):
            line.changed.connect(self._touched)
        for edit in (self.place, self.phone, self.people):
            edit.textEdited.connect(lambda _text: self._touched())

    def _touched(self) -> None:
        self.say("")
        self.changed.emit()

    def _source_chosen(self) -> None:
        self._mentor.setVisible(self.source.value() == JUNIOR)
        self._touched()

    def _moment_set(self) -> None:
        self._moved = True
        self._touched()

    def _ask_event(self) -> None:
        """Offer the event in hand; it is ticked when it is on today, or has no days."""
        event_id, today = self._desk.event_id, self._desk.now().date()
        if not event_id:
            return

        def read(store: Store) -> Event | None:
            from desktop.store import event

            with store.read() as conn:
                try:
                    return event.event(conn, event_id)
                except LookupError:
                    return None

        def show(event: Event | None) -> None:
            if event is None:
                return
            self._event_id = event_id
            name = self.fontMetrics().elidedText(
                event.name, Qt.TextElideMode.ElideMiddle, theme.scaled(300)
            )
            self.at_event.setText(_("Seen at {event}").format(event=name))
            self.at_event.setToolTip(event.name)
            first, last = event.date_from, event.date_to or event.date_from
            on = first is None or last is None or first <= today <= last
            self.at_event.setChecked(on if self._event_kept is None else self._event_kept)
            self.at_event.show()

        self._desk.look(self, read, show, latest="event")

    # ── what stands there ────────────────────────────────────────────────────────────────────

    def clear(self) -> None:
        """An empty form, seen just now."""
        self.fill({})

    def refresh_moment(self) -> None:
        """Seen now, unless somebody said when."""
        if not self._moved:
            now = self._desk.now()
            self.day.set_date(now.date())
            self.clock.set_minutes(now.hour * 60 + now.minute)

    def urgency(self) -> str:
        """The urgency chosen, or empty."""
        button = self.urgencies.checkedButton()
        return "" if button is None else str(button.property("value"))

    def values(self) -> dict[str, Any]:
        """What stands in the form, as text and numbers."""
        day = self.day.day()
        return {
            "source": self.source.value() or "",
            "mentor": [self.mentor.name(), self.mentor.person_id()],
            "urgency": self.urgency(),
            "tambon": [self.tambon.code(), self.tambon.plain()],
            "place": self.place.plain(),
            "day": day.isoformat() if self._moved and day is not None else "",
            "minute": self.clock.minutes() if self._moved else None,
            "told": self.told.minutes(),
            "people": self.people.text(),
            "reporter": [self.reporter.name(), self.reporter.person_id()],
            "phone": self.phone.plain(),
            "problems": list(self.problems.codes()),
            "agencies": list(self.agencies.codes()),
            "detail": self.detail.plain(),
            "event": self.at_event.isChecked() if self._event_id else None,
        }

    def is_blank(self) -> bool:
        """Whether nothing was entered."""
        held = self.values()
        held["people"], held["event"] = "", None
        return not any(any(one) if isinstance(one, list) else one for one in held.values())

    def fill(self, held: Mapping[str, Any]) -> None:
        """Show what was kept; what is missing is empty."""
        self.blockSignals(True)
        self.source.set_value(held.get("source", ""))
        self._mentor.setVisible(self.source.value() == JUNIOR)
        self.mentor.set_person(*held.get("mentor", ("", "")))
        self.urgencies.setExclusive(False)
        for button in self.urgencies.buttons():
            button.setChecked(button.property("value") == held.get("urgency"))
        self.urgencies.setExclusive(True)
        code, words = held.get("tambon", ("", ""))
        found = area.area(code) if code else None
        self.tambon.set_area(found)
        if found is None:
            self.tambon.setText(words)
        self.place.setText(held.get("place", ""))
        day, minute = held.get("day", ""), held.get("minute")
        self._moved = bool(day) or minute is not None
        self.day.set_date(date.fromisoformat(day) if day else self._desk.now().date())
        self.clock.set_minutes(minute)
        self.refresh_moment()
        self.told.set_minutes(held.get("told"))
        self.people.setText(held.get("people", "1"))
        self.reporter.set_person(*held.get("reporter", ("", "")))
        self.phone.setText(held.get("phone", ""))
        self.problems.set_codes(held.get("problems", ()))
        self.agencies.set_codes(held.get("agencies", ()))
        self.detail.setPlainText(held.get("detail", ""))
        self._event_kept = held.get("event")
        if self._event_kept is not None:
            self.at_event.setChecked(self._event_kept)
        self.say("")
        self.blockSignals(False)

    # ── what is raised ───────────────────────────────────────────────────────────────────────

    def draft(self, called_at: datetime | None) -> AlertDraft | None:
        """The alert as it stands; None when something is missing, which is then said."""
        for field in self._all:
            field.set_error()
        wrong = self._missing()
        if wrong is not None:
            field, sentence = wrong
            field.set_error(sentence)
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        now = self._desk.now()
        day, minute = self.day.day() or now.date(), self.clock.minutes()
        told = self.told.minutes()
        junior = self.source.value() == JUNIOR
        return AlertDraft(
            source=self.source.value(),
            problems=self.problems.codes(),
            urgency=self.urgency(),
            seen_at=now if minute is None else self._moment(day, minute),
            area=self.tambon.code(),
            place=" ".join(filter(None, (self._free_tambon(), self.place.plain()))),
            detail=self.detail.plain(),
            people=self.people.number() or 1,
            told_at=None if told is None else self._moment(day, told),
            mentor=self.mentor.name() if junior else "",
            mentor_id=self.mentor.person_id() if junior else "",
            agencies=self.agencies.codes(),
            called_1300_at=called_at,
            reporter=self.reporter.name(),
            reporter_id=self.reporter.person_id(),
            phone=self.phone.plain(),
            event_id=self._event_id if self.at_event.isChecked() else "",
        )

    def _free_tambon(self) -> str:
        """A tambon that was typed and is none of the list is kept with the place."""
        return "" if self.tambon.code() else self.tambon.plain()

    def _moment(self, day: date, minute: int) -> datetime:
        hour, rest = divmod(min(minute, 24 * 60 - 1), 60)
        return datetime.combine(day, time(hour, rest), self._desk.now().tzinfo)

    def _missing(self) -> tuple[Field, str] | None:
        now = self._desk.now()
        if not self.tambon.code():
            self.tambon.take_first()
        day, minute = self.day.day(), self.clock.minutes()
        moment = None if day is None or minute is None else self._moment(day, minute)
        told = self.told.minutes()
        checks = (
            (self._source, not self.source.value(), _("Choose who raises the alert.")),
            (self._mentor, self.source.value() == JUNIOR and not self.mentor.name(),
             _("Name the mentor of the junior volunteer.")),
            (self._urgency, not self.urgency(), _("Choose how urgent it is.")),
            (self._tambon, not (self.tambon.plain() or self.place.plain()),
             _("Say where it is: choose the tambon, or describe the place.")),
            (self._day, bool(self.day.problem()), self.day.problem()),
            (self._clock, bool(self.clock.problem()), self.clock.problem()),
            (self._clock, moment is not None and moment > now,
             _("The time it was seen is still to come. Put the time right.")),
            (self._told, bool(self.told.problem()), self.told.problem()),
            (self._told, told is not None and day is not None and moment is not None
             and not moment <= self._moment(day, told) <= now,
             _("It was told on after it was seen, and not later than now. Put the time right.")),
            (self._people, self.people.number() is None,
             _("Type how many people need help: 1 or more.")),
            (self._problems, not self.problems.codes(), _("Choose what was found.")),
        )  # fmt: skip
        return next(((field, words) for field, wrong, words in checks if wrong), None)

    def say(self, sentence: str) -> None:
        """Say under the last field what was refused; an empty sentence takes all away."""
        for field in self._all:
            field.set_error()
        if sentence:
            self._detail.set_error(sentence)

    def focus_first(self) -> None:
        """Put the cursor where one begins."""
        self.source.setFocus(Qt.FocusReason.TabFocusReason)
