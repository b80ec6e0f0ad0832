# SPDX-License-Identifier: Apache-2.0
"""Households as a table: who lives where, when they were seen last, what is due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _
from desktop.ui.parts.household_words import address, case_state, day_words, due_state
from desktop.ui.widgets.badge_cell import STATE

if TYPE_CHECKING:
    from desktop.ui.parts.household_reading import HouseholdRow

Index = QModelIndex | QPersistentModelIndex
_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGN: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)

NAME, ADDRESS, PEOPLE, LAST, CASE, NEXT = range(6)
_HEADINGS: Final = (
    N_("Household of"),
    N_("Address"),
    N_("Members"),
    N_("Last visit"),
    N_("Open case"),
    N_("Next follow-up"),
)


class HouseholdModel(QAbstractTableModel):
    """Holds the lines it was given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[HouseholdRow, ...] = ()
        self._today = date.min

    def show_rows(self, rows: tuple[HouseholdRow, ...], today: date) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._rows, self._today = rows, today
        self.endResetModel()

    def row_at(self, place: int) -> HouseholdRow | None:
        """The line at a place, None when there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, household_id: str) -> int:
        """Where a household stands; -1 when it does not."""
        found = (n for n, row in enumerate(self._rows) if row.id == household_id)
        return next(found, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _SHOWN:
            return _(_HEADINGS[section]) if 0 <= section < len(_HEADINGS) else None
        if orientation == Qt.Orientation.Horizontal and role == _ALIGN and section == PEOPLE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = index.column()
        if role == STATE:
            return self._state(row, column)
        if role in (_SHOWN, _SPOKEN) or (role == _TIP and column in (NAME, ADDRESS)):
            return self._text(row, column)
        if role == _ALIGN and column == PEOPLE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _state(self, row: HouseholdRow, column: int) -> tuple[str, str, str] | None:
        if column == CASE:
            return case_state(row.cases)
        if column == NEXT and row.next_due is not None:
            return due_state(row.next_due, self._today)
        return None

    def _text(self, row: HouseholdRow, column: int) -> str:
        if column == NAME:
            return row.found.name or _("(no name)")
        if column == ADDRESS:
            return address(row.found.household, row.found.area_name)
        if column == PEOPLE:
            return str(len(row.found.members))
        if column == LAST:
            return day_words(row.found.last_visited) or _("never")
        state = self._state(row, column)
        return "" if state is None else state[0]
