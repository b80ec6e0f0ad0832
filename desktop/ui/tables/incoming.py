# SPDX-License-Identifier: Apache-2.0
"""A list that was read, before it is taken in: the names in their parts, then its own columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.i18n import N_, _
from desktop.imports.roster import Column, ReadRow, RowProblem
from desktop.ui import theme

Index = QModelIndex | QPersistentModelIndex
_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_EDIT: Final = int(Qt.ItemDataRole.EditRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_INK: Final = int(Qt.ItemDataRole.ForegroundRole)
_GROUND: Final = int(Qt.ItemDataRole.BackgroundRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)

LINE, WRONG, TITLE, FIRST, LAST = range(5)
FIXED: Final = 5
"""Columns of ours before those of the list."""
_HEADINGS: Final = (
    N_("Line"), N_("To check"), N_("Title"), N_("First name"), N_("Surname"),
)  # fmt: skip
_PARTS: Final = {TITLE: "title", FIRST: "first", LAST: "last"}
LEFT_OUT: Final = ""
"""The field of a column that is not read."""
FIELD_WORDS: Final[Mapping[str, str]] = {
    LEFT_OUT: N_("Leave out"),
    "order": N_("Order"),
    "seat": N_("Seat"),
    "title": N_("Title"),
    "first": N_("First name"),
    "middle": N_("Middle name"),
    "last": N_("Surname"),
    "full_name": N_("Whole name"),
    "identifier": N_("Identity number"),
    "none_reason": N_("Why there is no number"),
    "birth": N_("Date of birth"),
    "age": N_("Age"),
    "sex": N_("Sex"),
    "phone": N_("Phone"),
    "organisation": N_("Agency"),
    "organisation_kind": N_("Kind of agency"),
    "position": N_("Position"),
    "tambon": N_("Tambon"),
    "amphoe": N_("Amphoe"),
    "province": N_("Province"),
    "area": N_("Area code"),
    "group": N_("Group"),
    "role": N_("Role"),
    "team": N_("Team"),
    "food": N_("Food"),
    "note": N_("Note"),
}


def said(problem: RowProblem) -> str:
    """A problem with the field it is about in front."""
    word = FIELD_WORDS.get(problem.field, "") if problem.field else ""
    return f"{_(word)}: {problem.sentence}" if word else problem.sentence


class IncomingModel(QAbstractTableModel):
    """Holds the rows and columns it was given. What is typed into a cell goes out by ``typed``."""

    typed = Signal(int, str, str)
    """(line, field, text)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ReadRow, ...] = ()
        self._columns: tuple[Column, ...] = ()
        self._asked: frozenset[int] = frozenset()
        self._here: frozenset[int] = frozenset()
        self._fixed = True

    def show_list(
        self,
        rows: tuple[ReadRow, ...],
        columns: tuple[Column, ...],
        asked: frozenset[int] = frozenset(),
        here: frozenset[int] = frozenset(),
        *,
        fixed: bool = False,
    ) -> None:
        """Hold these. ``asked`` are lines whose person may be known, ``here`` those who are on
        this roster; ``fixed``: not to be typed into."""
        self.beginResetModel()
        self._rows, self._columns, self._fixed = rows, columns, fixed
        self._asked, self._here = asked, here
        self.endResetModel()

    def show_row(self, place: int, row: ReadRow) -> None:
        """Another row at a place, everything else as it was."""
        self._rows = (*self._rows[:place], row, *self._rows[place + 1 :])
        self.dataChanged.emit(self.index(place, 0), self.index(place, self.columnCount() - 1))

    def row_at(self, place: int) -> ReadRow | None:
        """The row at a place, None when there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, line: int) -> int:
        """Where a line stands; -1 when it does not."""
        return next((n for n, row in enumerate(self._rows) if row.line_no == line), -1)

    def field_of(self, column: int) -> str:
        """The field a column is taken for; empty for one that is not taken in."""
        if column < FIXED:
            return _PARTS.get(column, "")
        place = column - FIXED
        return self._columns[place].field if place < len(self._columns) else ""

    def column_of(self, field: str) -> int:
        """The column in which a field is put right; -1 when the list has none."""
        for number, column in enumerate(self._columns):
            if column.field == field:
                return FIXED + number
        return next((n for n, name in _PARTS.items() if name == field), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else FIXED + len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != _SHOWN:
            return None
        if section < FIXED:
            return _(_HEADINGS[section])
        if section - FIXED >= len(self._columns):
            return None
        column = self._columns[section - FIXED]
        return column.heading or _("Column {letter}").format(letter=letter(column.index))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and not self._fixed and self.field_of(index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = index.column()
        if role in (_SHOWN, _EDIT):
            return self._text(row, column, edited=role == _EDIT)
        if role == _INK:
            return self._ink(row, column)
        problem = self._problem(row, column) if role in (_SPOKEN, _GROUND, _TIP) else None
        if role == _SPOKEN:
            text = self._text(row, column, edited=False)
            return text if problem is None or column == WRONG else f"{text}. {problem.sentence}"
        if problem is None:
            return None
        soft = "red_soft" if problem.level == "error" else "amber_soft"
        return problem.sentence if role == _TIP else theme.colour(soft)

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        row = self.row_at(index.row())
        field = self.field_of(index.column())
        if row is None or not field or role != _EDIT:
            return False
        if str(value) != self._text(row, index.column(), edited=True):
            self.typed.emit(row.line_no, field, str(value))
        return True

    def _text(self, row: ReadRow, column: int, *, edited: bool) -> str:
        person = row.person
        if column < FIXED:
            first = (person.first,) if edited else (person.first, person.middle)
            return (
                str(row.line_no),
                self._wrong(row),
                person.title,
                " ".join(part for part in first if part),
                person.last,
            )[column]
        place = self._columns[column - FIXED]
        if place.field and place.field in row.values:
            return row.values[place.field][1:]
        return row.raw[place.index] if place.index < len(row.raw) else ""

    def _wrong(self, row: ReadRow) -> str:
        if row.problems:
            first = min(row.problems, key=lambda problem: problem.level != "error")
            return said(first)
        if row.line_no in self._here:
            return _("On this roster already")
        return _("May be known already") if row.line_no in self._asked else ""

    def _problem(self, row: ReadRow, column: int) -> RowProblem | None:
        if column == WRONG:
            return min(row.problems, key=lambda one: one.level != "error", default=None)
        field = self.field_of(column)
        named = ("full_name",) if column in _PARTS else ()
        if not field:
            return None
        wanted = (field, *named)
        found = (problem for problem in row.problems if problem.field in wanted)
        return min(found, key=lambda one: one.level != "error", default=None)

    def _ink(self, row: ReadRow, column: int) -> Any:
        if column == WRONG:
            if any(problem.level == "error" for problem in row.problems):
                return theme.colour("red")
            return theme.colour("amber" if row.problems else "accent")
        if column == LINE or (column >= FIXED and not self.field_of(column)):
            return theme.colour("quiet")
        return None


def letter(index: int) -> str:
    """The letter of a column as Excel writes it: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
