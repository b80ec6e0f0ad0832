# SPDX-License-Identifier: Apache-2.0
"""Above each column of a list: what it is taken for, how surely, and another choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QTableView, QWidget

from desktop.i18n import _
from desktop.imports.roster import FIELDS, Column
from desktop.ui import theme
from desktop.ui.tables.incoming import (
    FIELD_WORDS,
    FIRST,
    FIXED,
    LAST,
    LEFT_OUT,
    LINE,
    TITLE,
    WRONG,
    letter,
)
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.label import Label

_SURE: Final = 0.75
_GAP: Final = 3
_A_TURN: Final = 3
_MOST: Final = 60
"""Columns that get a choice. Lists have 5 to 20; a list of 200 columns is read all the same."""
_WIDTHS: Final = {LINE: 76, WRONG: 220, TITLE: 96, FIRST: 140, LAST: 160}
_COLUMN: Final = 160
_FIELD_WIDTHS: Final = {
    "order": 116, "seat": 116, "team": 116, "age": 116, "sex": 116, "title": 130,
    "full_name": 210, "organisation": 230, "identifier": 190, "none_reason": 190, "position": 180,
    "note": 180, "group": 180,
}  # fmt: skip


class ColumnBar(QWidget):
    """Stands over ``table`` and moves with its columns. ``chose(index, field)`` says that a
    column is something else; ``index`` is the column's own in the list."""

    chose = Signal(int, str)

    def __init__(self, table: QTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._columns: tuple[Column, ...] = ()
        self._asked = 0
        self._choices: list[Choice] = []
        self._notes: list[Label] = []
        self._words = Label(
            _("What the columns are"), "small", "quiet", weight=600, wrap=False, parent=self
        )
        self.setFixedHeight(theme.scaled(40) + 2)
        table.horizontalScrollBar().valueChanged.connect(self.place)
        table.horizontalHeader().sectionResized.connect(self.place)
        table.horizontalHeader().geometriesChanged.connect(self.place)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns of a list; the table holds them already.

        The choices come a few in each turn of the event loop: thirty at once would hold the
        window still.
        """
        self._columns = ()
        for number, width in _WIDTHS.items():
            self._table.setColumnWidth(number, theme.scaled(width))
        for number, one in enumerate(columns, FIXED):
            self._table.setColumnWidth(number, theme.scaled(_FIELD_WIDTHS.get(one.field, _COLUMN)))
        self._columns = tuple(columns)[:_MOST]
        while len(self._choices) > len(self._columns):
            self._choices.pop().deleteLater()
            self._notes.pop().deleteLater()
        guesses = any(_confidence(column)[1] for column in self._columns)
        self.setFixedHeight(theme.scaled(40) + (theme.scaled(22) if guesses else 2))
        self._asked += 1
        self._show_from(0, self._asked)

    def _show_from(self, first: int, asked: int) -> None:
        """Show the next few choices, unless other columns were asked for meanwhile."""
        if asked != self._asked:
            return
        options = [(name, _(FIELD_WORDS[name])) for name in (LEFT_OUT, *FIELDS)]
        for place in range(first, min(first + _A_TURN, len(self._columns))):
            if place == len(self._choices):
                self._make(place)
            column, choice = self._columns[place], self._choices[place]
            choice.set_options(options, column.field)
            heading = column.heading or letter(column.index)
            choice.setAccessibleName(_("Column {heading} is").format(heading=heading))
            words, under = _confidence(column)
            self._notes[place].setText(under)
            choice.setAccessibleDescription(words)
        self.place()
        if first + _A_TURN < len(self._columns):
            QTimer.singleShot(0, self, lambda: self._show_from(first + _A_TURN, asked))

    def choice(self, place: int) -> Choice:
        """The choice over a column of the list."""
        return self._choices[place]

    def place(self) -> None:
        """Put every choice over its column."""
        if not self._columns:
            return
        high = theme.scaled(40)
        left = self._table.columnViewportPosition(FIXED)
        self._words.setGeometry(4, high - theme.scaled(24), max(0, left - 16), theme.scaled(22))
        for number, (choice, note) in enumerate(zip(self._choices, self._notes, strict=True)):
            column = FIXED + number
            left = self._table.columnViewportPosition(column) + 1
            width = self._table.columnWidth(column) - _GAP
            choice.setGeometry(left, 0, max(40, width), high)
            note.setGeometry(left + 10, high, max(40, width - 10), theme.scaled(22))
            choice.show()
            note.show()

    def _make(self, place: int) -> None:
        choice = Choice(parent=self)
        choice.setMinimumContentsLength(4)
        choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.view().setMinimumWidth(theme.scaled(220))
        choice.chose.connect(lambda field, place=place: self._chosen(place, field))
        choice.installEventFilter(self)
        self._choices.append(choice)
        self._notes.append(Label("", "tiny", "amber", weight=600, wrap=False, parent=self))

    def _chosen(self, place: int, field: object) -> None:
        self.chose.emit(self._columns[place].index, str(field or ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # By keyboard one reaches choices that stand outside; the table brings them into sight.
        if event.type() == QEvent.Type.FocusIn and watched in self._choices:
            column = FIXED + self._choices.index(watched)
            left = self._table.columnViewportPosition(column)
            right = left + self._table.columnWidth(column)
            bar = self._table.horizontalScrollBar()
            if left < 0:
                bar.setValue(bar.value() + left)
            elif right > self._table.viewport().width():
                bar.setValue(bar.value() + right - self._table.viewport().width())
        return super().eventFilter(watched, event)


def _confidence(column: Column) -> tuple[str, str]:
    """What is said of a guess, and what stands under it: nothing where it is sure."""
    if not column.field:
        return _("not taken in"), ""
    if column.confidence >= _SURE:
        return _("sure"), ""
    words = _("a guess, please check")
    return words, words
