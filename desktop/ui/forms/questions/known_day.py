# SPDX-License-Identifier: Apache-2.0
"""A birthday as far as it is known: the day, the year alone, or an age."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.ui.forms.elsewhere import beside
from desktop.ui.forms.questions.day import (
    _YearEdit,
    era_year,
    read_day,
    year_of,
    year_trouble,
)
from desktop.ui.forms.questions.line import LineQuestion, line_of, mark, say_examples
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import NumberEdit
from desktop.ui.widgets.label import Label

PRECISIONS: Final = ("full", "year", "age")
"""Codes of the list ``dob_kind``."""
_WORDS: Final = (N_("Day, month, year"), N_("Year only"), N_("Age only"))
_OLDEST: Final = 130


class KnownDayQuestion(LineQuestion):
    """A date with appearance ``th-precision``.

    With a year or an age alone, 1 January of that year is kept, and how much of it is known goes
    into the answer beside it named ``<name>_precision``, where the form has one.
    """

    stretches = True

    def make_editor(self) -> QWidget:
        self._how = PRECISIONS[0]
        self._held = self._how
        """In which way the node's own value is known."""
        today = self.view.now().date()
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._buttons: dict[str, Button] = {}
        for how in PRECISIONS:
            button = Button("", lambda how=how: self._turn(how), kind="choice", parent=holder)  # type: ignore[misc]
            button.setCheckable(True)
            button.setAutoExclusive(True)
            self._buttons[how] = button
            row.addWidget(button)
        row.addStretch(1)
        self._day = DateEdit(today=today, parent=holder)
        self._year = _YearEdit(holder)
        self._age = NumberEdit(None, least=0, most=_OLDEST, parent=holder)
        self._age.setMaximumWidth(110)
        self._about = Label("", "body", "quiet", wrap=False, parent=holder)
        below = QHBoxLayout()
        below.setSpacing(12)
        for editor in (self._day, self._year, self._age):
            below.addWidget(editor)
        below.addWidget(self._about, 1)
        column.addLayout(row)
        column.addLayout(below)
        self._day.dated.connect(lambda _day: self.flush())
        for edit in (self._year, self._age):
            edit.textEdited.connect(lambda _text: self._changed())
            self.watch(edit)
        self.watch(line_of(self._day))
        return holder

    def _changed(self) -> None:
        self._say_about()
        self.commit_soon()

    def _turn(self, how: str) -> None:
        """Ask for as much as is known."""
        self._how = how
        self._dress()
        self._editor().setFocus(Qt.FocusReason.OtherFocusReason)

    def _editor(self) -> QWidget:
        return {"full": self._day, "year": self._year, "age": self._age}[self._how]

    def typed(self) -> str | None:
        day = self._known()
        if day is not None:
            return day.isoformat()
        # Asking in another way takes nothing away before something is typed there.
        return "" if self._blank() and self._how == self._held else None

    def _known(self) -> date | None:
        if self._how == "full":
            return self._day.day()
        if self._how == "year":
            year = year_of(self._year.number())
        else:
            age = self._age.number()
            year = None if age is None else self.view.now().year - age
        return None if year is None else date(year, 1, 1)

    def _blank(self) -> bool:
        if self._how == "full":
            return self._day.day() is None and not self._day.problem()
        return self._year.is_blank() if self._how == "year" else self._age.is_blank()

    def trouble(self) -> str:
        if self._how == "full":
            return self._day.problem()
        if self._blank() or self._known() is not None:
            return ""
        if self._how == "year":
            return year_trouble(self._year)
        return _("Type the age in years, for example 67.")

    def leave(self) -> None:
        super().leave()
        if self._blank() and self.node.value:
            self._how = self._held
            self.show_value(self.node.value)
        # As it is kept: in Arabic digits.
        if self._known() is not None:
            self._age.set_number(self._age.number())
            self._year.set_number(self._year.number())

    def commit(self, value: str) -> None:
        new = value != self.node.value
        self._held = self._how
        super().commit(value)
        said = beside(self.node, f"{self.node.name}_precision")
        how = self._how if value else ""
        if said is not None and said.value != how and not self.view.frozen:
            # Taken back together: the first of January of an age must not come back as a birthday.
            self.view.give(said, how, with_last=new)

    def show_value(self, value: str) -> None:
        said = beside(self.node, f"{self.node.name}_precision")
        if said is not None and said.value in PRECISIONS:
            self._how = said.value
        self._held = self._how
        day = read_day(value)
        if self._known() != day or day is None:
            self._day.set_date(day if self._how == "full" else None)
            if not self._year.hasFocus():
                self._year.show_year(day.year if day is not None and self._how == "year" else None)
            if not self._age.hasFocus():
                known = day is not None and self._how == "age"
                self._age.set_number(
                    self.view.now().year - day.year if known and day is not None else None
                )
        self._dress()

    def _dress(self) -> None:
        for how, words in zip(PRECISIONS, _WORDS, strict=True):
            self._buttons[how].setText(_(words))
            self._buttons[how].setChecked(how == self._how)
        here = self._editor()
        for editor in (self._day, self._year, self._age):
            editor.setVisible(editor is here)
        self._say_about()
        self._name()

    def _say_about(self) -> None:
        day = self._known()
        if self._how == "age" and day is not None:
            words = _("born about {year}").format(year=era_year(day.year))
        elif self._how == "year" and day is not None:
            words = _("about {age} years old").format(age=self.view.now().year - day.year)
        else:
            words = _("years") if self._how == "age" else ""
        self._about.setText(words)

    def show_texts(self) -> None:
        super().show_texts()
        say_examples(self._day)
        self._year.setPlaceholderText(_("e.g. 2525"))
        self._dress()

    def set_locked(self, locked: bool) -> None:
        for widget in (*self._buttons.values(), self._day, self._year, self._age):
            widget.setEnabled(not locked)

    def focus_first(self) -> None:
        self._buttons[self._how].setFocus(Qt.FocusReason.TabFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        for how, words in zip(PRECISIONS, _WORDS, strict=True):
            self._buttons[how].setAccessibleName(f"{name}: {_(words)}")
        for edit in (self._day, self._year, self._age):
            edit.setAccessibleName(name)
            edit.setAccessibleDescription(description)

    def mark_bad(self, bad: bool) -> None:
        mark(self._editor(), bad)
