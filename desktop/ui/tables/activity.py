# SPDX-License-Identifier: Apache-2.0
"""Activities of volunteers as a table: a line each, the latest first."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _
from desktop.store import codelist
from desktop.ui.parts.activity_reading import ActivityRow, day_words, role_numbers

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ALIGN: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
COLUMNS: Final = (
    N_("Held on"), N_("Volunteer activity"), N_("Where it was"), N_("Roles"), N_("Took part"),
    N_("Part of the event"),
)  # fmt: skip
DAY, NAME, WHERE, ROLES, PEOPLE, EVENT = range(len(COLUMNS))
_Index = QModelIndex | QPersistentModelIndex


class ActivityModel(QAbstractTableModel):
    """Holds the rows it was given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ActivityRow, ...] = ()

    def show_rows(self, rows: tuple[ActivityRow, ...]) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def rows(self) -> tuple[ActivityRow, ...]:
        """The rows that are shown."""
        return self._rows

    def place_of(self, activity_id: str) -> int:
        """The place of an activity, -1 when it is not shown."""
        ids = [row.activity.id for row in self._rows]
        return ids.index(activity_id) if activity_id in ids else -1

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == _SHOWN:
                return _(COLUMNS[section])
            if role == _ALIGN and section == PEOPLE:
                return _RIGHT
        return None

    def data(self, index: _Index, role: int = _SHOWN) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if role == _ALIGN and column == PEOPLE:
            return _RIGHT
        if role in (_SPOKEN, _TIP) and column == ROLES:
            codes = (one.code for one in codelist.codes("noi_role"))
            done = (one for one in codes if one in row.activity.noi_roles)
            return ", ".join(codelist.word("noi_role", one) for one in done)
        if role in (_SHOWN, _SPOKEN) or (role == _TIP and column in (NAME, WHERE, EVENT)):
            return self._text(row, column)
        return None

    def _text(self, row: ActivityRow, column: int) -> str:
        one = row.activity
        if column == DAY:
            return day_words(one.held_on)
        if column == ROLES:
            return " · ".join(str(number) for number in role_numbers(one.noi_roles))
        if column == PEOPLE:
            return f"{one.people:,}"
        return {NAME: one.name, WHERE: row.where, EVENT: row.event}[column]
