# SPDX-License-Identifier: Apache-2.0
"""What tables have in common: rows held as they came, and columns said as data."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import _
from desktop.ui.widgets.badge_cell import STATE

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
State = tuple[str, str, str]
"""Word, icon and tone of a badge."""

# Qt asks by number; a member of an enumeration would be made anew for every cell.
SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
ALIGN: Final = int(Qt.ItemDataRole.TextAlignmentRole)
INK: Final = int(Qt.ItemDataRole.ForegroundRole)
ICON: Final = int(Qt.ItemDataRole.DecorationRole)
RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Rows(QAbstractTableModel, Generic[Row]):
    """Holds the rows it was given, in their order, until it is given others.

    A table says its columns and overrides :meth:`text`; :meth:`state` where it has badges, and
    :meth:`cell` where a role is answered otherwise than here.
    """

    columns: ClassVar[tuple[str, ...]] = ()
    """The headings as they stand in the code; they are translated when they are asked for."""
    numbers: ClassVar[tuple[int, ...]] = ()
    """Columns set to the right, their headings too."""
    long: ClassVar[tuple[int, ...]] = ()
    """Columns whose text may be cut off, and is told whole under the pointer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def hold(self, rows: tuple[Row, ...]) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown."""
        return self._rows

    def row_at(self, place: int) -> Row | None:
        """The row at a place, None when there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    # ── what a table says of itself ──────────────────────────────────────────────────────────

    def text(self, row: Row, column: int) -> str:
        """The words of a cell that has no badge."""
        raise NotImplementedError

    def state(self, row: Row, column: int) -> State | None:
        """The badge of a cell, None for one that has none. Its word is the text of the cell."""
        return None

    def heading(self, section: int) -> str:
        """The heading of a column in the language of the moment."""
        return _(self.columns[section])

    def cell(self, row: Row, column: int, role: int) -> Any:
        """What a cell answers to a role."""
        if role == STATE:
            return self.state(row, column)
        if role in (SHOWN, SPOKEN):
            state = self.state(row, column)
            return self.text(row, column) if state is None else state[0]
        if role == TIP and column in self.long:
            return self.text(row, column)
        return RIGHT if role == ALIGN and column in self.numbers else None

    # ── as Qt asks ───────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = SHOWN) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == SHOWN:
            return self.heading(section)
        return RIGHT if role == ALIGN and section in self.numbers else None

    def data(self, index: Index, role: int = SHOWN) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        return None if row is None else self.cell(row, index.column(), role)
