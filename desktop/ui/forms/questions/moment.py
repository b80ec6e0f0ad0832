# SPDX-License-Identifier: Apache-2.0
"""A time of day, and a day with a time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import _
from desktop.thai.dates import ERA_OFFSET
from desktop.ui.forms.questions.day import ERA_YEARS, era_trouble, meant
from desktop.ui.forms.questions.line import LineQuestion, line_of, mark, say_examples
from desktop.ui.widgets.be_date import DateEdit, said
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.clock_edit import ClockEdit

_TIME = re.compile(r"(\d{2}):(\d{2})")
_ZONES: Final = re.compile(r"(?:Z|[+-]\d{2}(?::?\d{2})?)$")


def read_moment(value: str, zone: tzinfo | None) -> tuple[date, int] | None:
    """Day and minutes after midnight of an answer, as the clock on the wall of ``zone`` has them.

    An answer without an offset is of that wall already.
    """
    try:
        told = datetime.fromisoformat(value)
    except ValueError:
        return None
    if told.tzinfo is not None and zone is not None:
        told = told.astimezone(zone)
    return told.date(), told.hour * 60 + told.minute


def write_moment(day: date, minutes: int, zone: tzinfo | None) -> str:
    """The answer of a ``dateTime``: ISO with milliseconds and the offset of the place."""
    told = datetime.combine(day, time(minutes // 60 % 24, minutes % 60), zone or UTC)
    return told.isoformat(timespec="milliseconds")


class TimeQuestion(LineQuestion):
    """``input`` of a time."""

    def make_editor(self) -> QWidget:
        self._clock = ClockEdit(parent=self)
        self._clock.timed.connect(lambda _minutes: self.flush())
        self.watch(self._clock)
        return self._clock

    def typed(self) -> str | None:
        minutes = self._clock.minutes()
        if minutes is None:
            return None if self._clock.problem() else ""
        return write_moment(self.view.now().date(), minutes, self.view.now().tzinfo)[11:]

    def trouble(self) -> str:
        return self._clock.problem()

    def show_value(self, value: str) -> None:
        found = _TIME.match(value)
        minutes = int(found[1]) * 60 + int(found[2]) if found else None
        zoned = _ZONES.search(value)
        if found and zoned:
            moment = read_moment(
                f"{self.view.now().date().isoformat()}T{value}", self.view.now().tzinfo
            )
            minutes = moment[1] if moment is not None else minutes
        if minutes != self._clock.minutes():
            self._clock.set_minutes(minutes)

    def show_texts(self) -> None:
        super().show_texts()
        say_examples(None, self._clock)

    def set_locked(self, locked: bool) -> None:
        self._clock.setReadOnly(locked)


class MomentQuestion(LineQuestion):
    """``input`` of a dateTime: the day, the time, and a button for this minute."""

    def make_editor(self) -> QWidget:
        self._odd: tuple[date, int] | None = None
        """A moment whose year is of the Buddhist era although the answer is Gregorian."""
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._day = DateEdit(today=self.view.now().date(), parent=holder)
        self._clock = ClockEdit(parent=holder)
        self._now = Button("", self.take_now, icon="clock", parent=holder)
        self._day.dated.connect(lambda _day: self.flush())
        self._clock.timed.connect(lambda _minutes: self.flush())
        self.watch(line_of(self._day))
        self.watch(self._clock)
        row.addWidget(self._day)
        row.addWidget(self._clock)
        self._era = Button("", self._correct, icon="check", parent=holder)
        self._era.hide()
        row.addWidget(self._now)
        row.addWidget(self._era)
        return holder

    def _correct(self) -> None:
        """Take the moment that was meant by a year of the era."""
        if self._odd is not None:
            (day, minutes), self._odd = self._odd, None
            self._day.set_date(day)
            self._clock.set_minutes(minutes)
            self._offer()
            self.flush()
            self.left.emit()

    def _offer(self) -> None:
        self._era.setVisible(self._odd is not None)
        self.say(self.trouble() if self._odd is not None else "")
        if self._odd is not None:
            self._era.setText(_("Correct to {date}").format(date=said(self._odd[0])))

    def take_now(self) -> None:
        """This day and this minute."""
        now = self.view.now()
        self._day.set_date(now.date())
        self._clock.set_minutes(now.hour * 60 + now.minute)
        self.flush()
        self.left.emit()

    def typed(self) -> str | None:
        day, minutes = self._day.day(), self._clock.minutes()
        if self._odd is not None and day is None and minutes is None:
            return None
        if day is None or minutes is None:
            blank = day is None and minutes is None and not self.trouble()
            return "" if blank else None
        return write_moment(day, minutes, self.view.now().tzinfo)

    def trouble(self) -> str:
        if self._odd is not None and self._day.day() is None:
            return era_trouble(self._odd[0].year + ERA_OFFSET)
        problem = self._day.problem() or self._clock.problem()
        if problem:
            return problem
        day, minutes = self._day.day(), self._clock.minutes()
        if day is not None and minutes is None:
            return _("Type the time too, for example 9.30.")
        if day is None and minutes is not None:
            return _("Type the day too, for example 3/3/2562.")
        return ""

    def show_value(self, value: str) -> None:
        found = read_moment(value, self.view.now().tzinfo)
        if found is None:
            if not value and not self._partial():
                self._day.set_date(None)
                self._clock.set_minutes(None)
            return
        day, minutes = found
        self._odd = (meant(day), minutes) if day.year in ERA_YEARS else None
        self._offer()
        if self._odd is not None:
            self._day.set_date(None)
            self._clock.set_minutes(None)
            return
        if self._day.day() != day:
            self._day.set_date(day)
        if self._clock.minutes() != minutes:
            self._clock.set_minutes(minutes)

    def _partial(self) -> bool:
        """Whether somebody is in the middle of typing."""
        focused = self._clock.hasFocus() or line_of(self._day).hasFocus()
        return focused and (self._day.day() is None) != (self._clock.minutes() is None)

    def show_texts(self) -> None:
        super().show_texts()
        say_examples(self._day, self._clock)
        self._now.setText(_("Now"))
        self._day.set_date(self._day.day())
        self._name()

    def set_locked(self, locked: bool) -> None:
        self._day.setEnabled(not locked)
        self._clock.setReadOnly(locked)
        self._now.setVisible(not locked)

    def focus_first(self) -> None:
        self._day.setFocus(Qt.FocusReason.TabFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        self._day.setAccessibleName(f"{name}: {_('Day')}")
        self._clock.setAccessibleName(f"{name}: {_('Time')}")
        self._now.setAccessibleName(f"{name}: {_('Now')}")
        for edit in (self._day, self._clock):
            edit.setAccessibleDescription(description)

    def mark_bad(self, bad: bool) -> None:
        no_day = self._day.day() is None
        no_time = self._clock.minutes() is None
        mark(self._day, bad and (no_day or not no_time))
        mark(self._clock, bad and (no_time or not no_day))
