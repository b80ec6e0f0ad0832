# SPDX-License-Identifier: Apache-2.0
"""Mentors and their juniors as a table: a line for each pair, mentor by mentor."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _
from desktop.ui.parts.activity_reading import PairRow, day_words

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
COLUMNS: Final = (N_("Mentor"), N_("Junior volunteer"), N_("Since"), N_("Part of the event"))
MENTOR, JUNIOR, SINCE, EVENT = range(len(COLUMNS))
_Index = QModelIndex | QPersistentModelIndex


class PairModel(QAbstractTableModel):
    """Holds the pairs it was given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PairRow, ...] = ()

    def show_rows(self, rows: tuple[PairRow, ...]) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def rows(self) -> tuple[PairRow, ...]:
        """The pairs that are shown."""
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
        if role in (_SHOWN, _SPOKEN):
            return self._text(self._rows[index.row()], index.column())
        return None

    def _text(self, row: PairRow, column: int) -> str:
        if column == SINCE:
            since = row.pair.mentorship.since
            return day_words(since) if since is not None else ""
        return {MENTOR: row.pair.mentor, JUNIOR: row.pair.junior, EVENT: row.event}[column]
