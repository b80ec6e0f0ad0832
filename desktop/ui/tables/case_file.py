# SPDX-License-Identifier: Apache-2.0
"""Cases as a table."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _
from desktop.store import codelist
from desktop.store.case_list import CaseRow
from desktop.ui.parts.case_terms import (
    State,
    due_state,
    problem_words,
    status_state,
    tambon_word,
    urgency_state,
)
from desktop.ui.widgets.badge_cell import STATE

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
COLUMNS: Final = (
    N_("How urgent"), N_("Who"), N_("Problems"), N_("Tambon"), N_("Status"),
    N_("Next follow-up"), N_("Case"), N_("Answers for it"),
)  # fmt: skip
URGENCY, WHO, PROBLEMS, TAMBON, STATUS, NEXT, NUMBER, OWNER = range(len(COLUMNS))
_Index = QModelIndex | QPersistentModelIndex


class CaseModel(QAbstractTableModel):
    """Holds the rows it was given, and the day they are seen from."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CaseRow, ...] = ()
        self._today = date.min

    def show_rows(self, rows: tuple[CaseRow, ...], today: date) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._rows, self._today = rows, today
        self.endResetModel()

    @property
    def rows(self) -> tuple[CaseRow, ...]:
        """The cases that are shown."""
        return self._rows

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if role == _SHOWN and orientation == Qt.Orientation.Horizontal:
            return _(COLUMNS[section])
        return None

    def data(self, index: _Index, role: int = _SHOWN) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if role == STATE:
            return self._state(row, column)
        if role in (_SHOWN, _SPOKEN):
            state = self._state(row, column)
            return state[0] if state is not None else _text(row, column)
        return None

    def _state(self, row: CaseRow, column: int) -> State | None:
        if column == URGENCY:
            return urgency_state(row.case.urgency)
        if column == WHO and row.case.restricted:
            return row.name or _("Restricted"), "lock", "red"
        if column == STATUS:
            return status_state(row.case)
        if column == NEXT and row.next_due is not None:
            return due_state(row.next_due, self._today)
        return None


def _text(row: CaseRow, column: int) -> str:
    case = row.case
    if column == WHO:
        return row.name or _("no name yet")
    if column == PROBLEMS:
        return problem_words(case.problems, case.main_problem) or case.detail
    if column == TAMBON:
        return tambon_word(case.area)
    if column == NEXT:
        return _("none planned") if case.is_open else codelist.word("case_status", "closed")
    return case.case_no if column == NUMBER else row.owner
