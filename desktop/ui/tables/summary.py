# SPDX-License-Identifier: Apache-2.0
"""A summary in rows and columns with its totals, as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from desktop.i18n import _
from desktop.model.summary import LEAST_SHOWN, Table
from desktop.ui import theme

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGN: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_FONT: Final = int(Qt.ItemDataRole.FontRole)
_FIRST: Final = 2
"""The first column that is no margin."""
_Index = QModelIndex | QPersistentModelIndex
Words = Callable[[str], str]
_NONE: Final = Table((), (), {}, {}, {}, 0)


class SummaryModel(QAbstractTableModel):
    """Holds the table it was given; the first row and the first column of numbers are totals."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = _NONE
        self._row_word: Words = str
        self._column_word: Words = str

    def show_table(self, table: Table, row_word: Words, column_word: Words) -> None:
        """Hold this instead; the words say what the codes of rows and columns mean."""
        self.beginResetModel()
        self._table, self._row_word, self._column_word = table, row_word, column_word
        self.endResetModel()

    @property
    def table(self) -> Table:
        """The table that is shown."""
        return self._table

    def rowCount(self, parent: _Index | None = None) -> int:
        inside = parent is not None and parent.isValid()
        return 0 if inside or not self._table.rows else len(self._table.rows) + 1

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._table.columns) + 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ALIGN and section:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role != _SHOWN:
            return None
        if section < _FIRST:
            return _("All groups") if section else _("Problem")
        return self._column_word(self._table.columns[section - _FIRST])

    def data(self, index: _Index, role: int = _SHOWN) -> Any:
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        row, column = index.row(), index.column()
        if role in (_SHOWN, _SPOKEN):
            return self._text(row, column)
        if role == _ALIGN and column:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == _FONT and (not row or column == 1):
            return QFont(theme.font(theme.BODY, 600))
        return None

    def number(self, row: int, column: int) -> int | None:
        """The number of a cell or of a margin (row 0, column 1); None for one not shown."""
        table = self._table
        name = table.rows[row - 1] if row else None
        other = table.columns[column - _FIRST] if column >= _FIRST else None
        if name is None:
            return table.total if other is None else table.column_totals[other]
        return table.row_totals[name] if other is None else table.cells[name, other]

    def _text(self, row: int, column: int) -> str:
        if not column:
            return self._row_word(self._table.rows[row - 1]) if row else _("All together")
        number = self.number(row, column)
        if number is None:
            return f"< {LEAST_SHOWN}"
        return str(number) if number else "·"
