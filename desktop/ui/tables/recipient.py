# SPDX-License-Identifier: Apache-2.0
"""What stands on one certificate alone: role, project and score of each recipient, typed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.i18n import _
from desktop.model.plan import FIELDS
from desktop.ui import theme
from desktop.ui.attendance_words import seat_words
from desktop.ui.tables.rows import ALIGN, INK, RIGHT, SHOWN, SPOKEN, TIP

Index = QModelIndex | QPersistentModelIndex
_EDIT: Final = int(Qt.ItemDataRole.EditRole)

SEAT, NAME = range(2)
FIXED: Final = 2
"""Columns of ours before those that are typed."""
NAMES: Final = tuple(FIELDS)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line of the list and what was typed for it; ``frozen`` once its certificate is issued."""

    key: str
    seat: int
    name: str
    values: Mapping[str, str]
    award: bool = False
    frozen: bool = False


class RecipientModel(QAbstractTableModel):
    """Holds the recipients it was given. What is typed or pasted goes out by ``typed``."""

    typed = Signal(object)
    """``{(key, name): value}`` of all cells that are to change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Recipient, ...] = ()

    @property
    def rows(self) -> tuple[Recipient, ...]:
        """The recipients that are shown."""
        return self._rows

    def hold(self, rows: tuple[Recipient, ...]) -> None:
        """Hold these instead; where the same people stay, so do the cells."""
        if [one.key for one in rows] == [one.key for one in self._rows]:
            self._rows = rows
            last = self.index(len(rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_at(self, place: int) -> Recipient | None:
        """The recipient at a place, None when there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def put(self, row: int, column: int, cells: list[list[str]]) -> tuple[int, int]:
        """Lay cells over the grid from a cell on, as Excel does.

        Comes out by ``typed`` as one change. Returns how many cells change and how many of those
        given found no place (past the last row or column, or on a certificate that is issued).
        """
        changes: dict[tuple[str, str], str] = {}
        lost = 0
        for down, line in enumerate(cells):
            one = self.row_at(row + down)
            for across, value in enumerate(line):
                name = self.field_of(column + across)
                if one is None or not name or one.frozen:
                    lost += bool(value.strip())
                elif value.strip() != one.values.get(name, ""):
                    changes[one.key, name] = value.strip()
        if changes:
            self.typed.emit(changes)
        return len(changes), lost

    def field_of(self, column: int) -> str:
        """The field a column is for; empty for one that is not typed into."""
        return NAMES[column - FIXED] if FIXED <= column < FIXED + len(NAMES) else ""

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else FIXED + len(NAMES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = SHOWN) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == ALIGN and section == SEAT:
            return RIGHT
        if role != SHOWN:
            return None
        if section == SEAT:
            return _("No.") if self._rows and self._rows[0].award else _("Seat")
        if section == NAME:
            return _("Organisation") if self._rows and self._rows[0].award else _("Name")
        return _(FIELDS[NAMES[section - FIXED]])

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        row = self.row_at(index.row())
        if row is not None and not row.frozen and self.field_of(index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = SHOWN) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = index.column()
        if role in (SHOWN, _EDIT, TIP):
            return self._text(row, column)
        if role == SPOKEN:
            text = self._text(row, column)
            return f"{text}. {_('Issued already')}" if row.frozen else text
        if role == INK and (row.frozen or column == SEAT):
            return theme.colour("quiet")
        return RIGHT if role == ALIGN and column == SEAT else None

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        row, name = self.row_at(index.row()), self.field_of(index.column())
        if row is None or not name or row.frozen or role != _EDIT:
            return False
        if str(value).strip() != row.values.get(name, ""):
            self.typed.emit({(row.key, name): str(value).strip()})
        return True

    def _text(self, row: Recipient, column: int) -> str:
        if column == SEAT:
            return str(row.seat or "") if row.award else seat_words(row.seat or None)
        return row.name if column == NAME else row.values.get(self.field_of(column), "")
