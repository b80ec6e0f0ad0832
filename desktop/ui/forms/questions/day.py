# SPDX-License-Identifier: Apache-2.0
"""A date in the Buddhist era: whole, or as much of it as is known."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import _, language
from desktop.thai import dates
from desktop.ui import theme
from desktop.ui.forms.questions.line import LineQuestion, line_of, mark, say_examples
from desktop.ui.widgets.be_date import DateEdit, said
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Choice, NumberEdit
from desktop.ui.widgets.label import Label

ERA_YEARS: Final = range(2400, 2743)
"""Years that are surely of the Buddhist era: 1857 to 2199."""
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def read_day(value: str) -> date | None:
    """The date of an answer, also of one with a time behind it; None for none."""
    found = _ISO.match(value)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def year_of(number: int | None) -> int | None:
    """The Gregorian year of one typed in either era; None when it is no year of a person."""
    if number is None:
        return None
    if number in ERA_YEARS:
        return number - dates.ERA_OFFSET
    return number if 1857 <= number < 2200 else None


def era_year(year: int) -> int:
    """A Gregorian year as it is shown: of the Buddhist era, except in English."""
    return year if language() == "en" else year + dates.ERA_OFFSET


class DayQuestion(LineQuestion):
    """``input`` of a date. The answer is ISO, Gregorian."""

    def make_editor(self) -> QWidget:
        self._odd: date | None = None
        self._era: Button | None = None
        self._day = DateEdit(today=self.view.now().date(), parent=self)
        self._day.dated.connect(self._dated)
        self.watch(line_of(self._day))
        return self._day

    def _dated(self, _day: object) -> None:
        self.flush()

    def typed(self) -> str | None:
        if self._odd is not None and self._day.day() is None and not self._day.problem():
            return None
        if self._day.problem():
            return None
        day = self._day.day()
        return "" if day is None else day.isoformat()

    def trouble(self) -> str:
        if self._odd is not None:
            return era_trouble(self._odd.year)
        return self._day.problem()

    def show_value(self, value: str) -> None:
        day = read_day(value)
        # A form's own calculation, or an import, may have written 2569 where 2026 was meant.
        self._odd = day if day is not None and day.year in ERA_YEARS else None
        self._offer()
        if self._odd is None and self._day.day() != day:
            self._day.set_date(day)
        elif self._odd is not None:
            self._day.set_date(None)

    def _offer(self) -> None:
        """A way to the date that was meant."""
        if self._era is None:
            if self._odd is None:
                return
            self._era = Button("", self._correct, icon="check", parent=self)
            self.answer_row.insertWidget(1, self._era)
        self._era.setVisible(self._odd is not None)
        self.say(self.trouble() if self._odd is not None else "")
        if self._odd is not None:
            self._era.setText(_("Correct to {date}").format(date=said(meant(self._odd))))

    def _correct(self) -> None:
        if self._odd is not None:
            day = meant(self._odd)
            self._odd = None
            self._offer()
            self._day.set_date(day)
            self.commit(day.isoformat())
            self.left.emit()

    def set_locked(self, locked: bool) -> None:
        self._day.setEnabled(not locked)

    def name_editor(self, name: str, description: str) -> None:
        self._day.setAccessibleName(name)
        line_of(self._day).setAccessibleDescription(description)

    def show_texts(self) -> None:
        super().show_texts()
        # The language may have changed: the date is said anew.
        say_examples(self._day)
        self._day.set_date(self._day.day())


def era_trouble(year: int) -> str:
    """What is said of an answer whose year was written in the Buddhist era."""
    return _("The year of this date is of the Buddhist era ({year}). Correct it.").format(
        year=year
    )


def meant(odd: date) -> date:
    """The date that was meant by one with a year of the Buddhist era."""
    year = odd.year - dates.ERA_OFFSET
    # 29 February of 2568 is none of 2025.
    return date(year, odd.month, min(odd.day, 28) if odd.month == 2 else odd.day)


class MonthQuestion(LineQuestion):
    """``month-year``: the first day of the month is kept."""

    def make_editor(self) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._month = Choice(parent=holder)
        self._month.chose.connect(lambda _month: self.flush())
        self._year = _YearEdit(holder)
        self._year.textEdited.connect(lambda _text: self.commit_soon())
        self.watch(self._month)
        self.watch(self._year)
        self._era = Label("", "body", "quiet", wrap=False, parent=holder)
        row.addWidget(self._month)
        row.addWidget(self._year)
        row.addWidget(self._era)
        return holder

    def typed(self) -> str | None:
        year, month = year_of(self._year.number()), self._month.value()
        if year is None or month is None:
            return "" if self._year.is_blank() and month is None else None
        return date(year, int(month), 1).isoformat()

    def trouble(self) -> str:
        if self._year.is_blank() and self._month.value() is None:
            return ""
        if self._month.value() is None:
            return _("Choose the month too.")
        return year_trouble(self._year)

    def leave(self) -> None:
        super().leave()
        if not self.trouble():
            self.show_value(self.node.value)

    def show_value(self, value: str) -> None:
        day = read_day(value)
        names = dates.ENGLISH_MONTHS if language() == "en" else dates.MONTHS
        options: list[tuple[int | None, str]] = [(None, _("Month"))]
        options += [(number, word) for number, word in enumerate(names, 1)]
        at = self._month.value() if day is None and not self._year.is_blank() else None
        self._month.set_options(options, day.month if day is not None else at)
        self._year.show_year(day.year if day is not None else None)
        self._era.setText("" if language() == "en" else "พ.ศ.")

    def show_texts(self) -> None:
        super().show_texts()
        self.show_value(self.node.value)

    def set_locked(self, locked: bool) -> None:
        self._month.setEnabled(not locked)
        self._year.setReadOnly(locked)

    def focus_first(self) -> None:
        self._month.setFocus(Qt.FocusReason.TabFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        self._month.setAccessibleName(f"{name}: {_('Month')}")
        self._year.setAccessibleName(f"{name}: {_('Year')}")
        self._year.setAccessibleDescription(description)

    def mark_bad(self, bad: bool) -> None:
        mark(self._year, bad)


class YearQuestion(LineQuestion):
    """``year``: 1 January of the year is kept."""

    def make_editor(self) -> QWidget:
        self._year = _YearEdit(self)
        self._year.textEdited.connect(lambda _text: self.commit_soon())
        self.watch(self._year)
        return self._year

    def typed(self) -> str | None:
        if self._year.is_blank():
            return ""
        year = year_of(self._year.number())
        return None if year is None else date(year, 1, 1).isoformat()

    def trouble(self) -> str:
        return "" if self._year.is_blank() else year_trouble(self._year)

    def leave(self) -> None:
        super().leave()
        if not self.trouble():
            self.show_value(self.node.value)

    def show_value(self, value: str) -> None:
        day = read_day(value)
        self._year.show_year(day.year if day is not None else None)

    def set_locked(self, locked: bool) -> None:
        self._year.setReadOnly(locked)

    def show_texts(self) -> None:
        super().show_texts()
        self.show_value(self.node.value)


class _YearEdit(NumberEdit):
    """A year of either era, shown in that of the language."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(None, least=0, most=9999, parent=parent)
        self.setMaximumWidth(theme.scaled(110))
        self._year: int | None = None

    def show_year(self, year: int | None) -> None:
        """Show a Gregorian year; what is being typed and means the same stays."""
        self.setPlaceholderText(_("e.g. 2525"))
        if year is None and year_of(self.number()) is None and not self.is_blank():
            return
        self.set_number(None if year is None else era_year(year))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        number = self.number()
        if step and number is not None and not self.isReadOnly():
            self.set_number(number + step)
            self.textEdited.emit(self.text())
        else:
            super().keyPressEvent(event)


def year_trouble(edit: NumberEdit) -> str:
    """What is wrong with a year that was typed."""
    if year_of(edit.number()) is None:
        return _("Type the year with four digits, for example 2525.")
    return ""
