# SPDX-License-Identifier: Apache-2.0
"""Follow-ups by when they are due, as a table."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _
from desktop.model.follow_up import FollowUpLine
from desktop.store import codelist
from desktop.ui.parts.case_terms import State, due_state, tambon_word, urgency_state
from desktop.ui.widgets.badge_cell import STATE

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
COLUMNS: Final = (
    N_("When"), N_("How urgent"), N_("Who"), N_("Tambon"), N_("Problem"), N_("Case"),
    N_("Answers for it"),
)  # fmt: skip
WHEN, URGENCY, WHO, TAMBON, PROBLEM, NUMBER, OWNER = range(len(COLUMNS))
_Index = QModelIndex | QPersistentModelIndex


class FollowUpModel(QAbstractTableModel):
    """Holds the lines it was given, and the day they are seen from."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[FollowUpLine, ...] = ()
        self._today = date.min

    def show_lines(self, lines: tuple[FollowUpLine, ...], today: date) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._lines, self._today = lines, today
        self.endResetModel()

    @property
    def lines(self) -> tuple[FollowUpLine, ...]:
        """The follow-ups that are shown."""
        return self._lines

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if role == _SHOWN and orientation == Qt.Orientation.Horizontal:
            return _(COLUMNS[section])
        return None

    def data(self, index: _Index, role: int = _SHOWN) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line, column = self._lines[index.row()], index.column()
        if role == STATE:
            return self._state(line, column)
        if role in (_SHOWN, _SPOKEN):
            state = self._state(line, column)
            return state[0] if state is not None else _text(line, column)
        return None

    def _state(self, line: FollowUpLine, column: int) -> State | None:
        if column in (WHEN, URGENCY) and line.follow_up.is_done:
            return _("Done"), "circle-check", "green"
        if column == WHEN:
            return due_state(line.follow_up.due, self._today)
        if column == URGENCY:
            return urgency_state(line.urgency)
        if column == WHO and line.restricted:
            return line.name or _("Restricted"), "lock", "red"
        return None


def _text(line: FollowUpLine, column: int) -> str:
    if column == WHO:
        return line.name or _("no name yet")
    if column == TAMBON:
        return tambon_word(line.area)
    if column == PROBLEM:
        return codelist.word("problem", line.main_problem) if line.main_problem else ""
    return line.case_no if column == NUMBER else line.owner
