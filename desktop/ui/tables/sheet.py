# SPDX-License-Identifier: Apache-2.0
"""A signed sheet as a grid: the printed rows down, a column to tick for each half of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
from desktop.model.attendance import CAME, MarkKind, Presence
from desktop.model.event import Half
from desktop.model.roster import RosterRow
from desktop.ui.attendance_words import HALVES, state_words, when_words

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
CELL: Final = int(Qt.ItemDataRole.UserRole) + 1
TICKS: Final[tuple[MarkKind | None, ...]] = (None, "present", "leave", "absent")
"""What the space bar goes through."""
WORDS: Final[dict[MarkKind, tuple[str, str, str]]] = {
    "present": (N_("Signed"), "check", "green"),
    "leave": (N_("On leave"), "circle-minus", "grey"),
    "absent": (N_("Absent"), "x", "red"),
}
_FIXED: Final = (N_("No."), N_("Name"), N_("Agency"))
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """One square: what is ticked now, and what is known already from elsewhere."""

    known: Presence | None = None
    tick: MarkKind | None = None

    @property
    def new(self) -> bool:
        """Whether saving would note something."""
        if self.tick is None:
            return False
        return not self._same

    @property
    def differs(self) -> bool:
        """Whether the paper says otherwise than what is known."""
        known = self.known is not None and self.known.state != "expected"
        return self.tick is not None and known and not self._same

    @property
    def _same(self) -> bool:
        if self.known is None:
            return False
        if self.tick == "present":
            return self.known.state in CAME
        return self.known.state == self.tick


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A printed row: its number on the paper and a square for each half."""

    number: int
    row: RosterRow
    cells: tuple[Cell, ...]


class SheetModel(QAbstractTableModel):
    """Holds the rows of one page and what is ticked. ``ticked`` comes with every change."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SheetRow] = []
        self._halves: tuple[Half, ...] = ()

    def show_page(
        self,
        rows: Sequence[RosterRow],
        halves: Sequence[Half],
        known: Mapping[tuple[str, Half], Presence],
        first: int = 1,
    ) -> None:
        """Hold a page: its rows in printed order, numbered from ``first``, nothing ticked yet."""
        self.beginResetModel()
        self._halves = tuple(halves)
        self._rows = [
            SheetRow(
                number,
                row,
                tuple(Cell(known.get((row.enrolment_id, half))) for half in self._halves),
            )
            for number, row in enumerate(rows, first)
        ]
        self.endResetModel()
        self.ticked.emit()

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        """The rows as they stand."""
        return tuple(self._rows)

    @property
    def halves(self) -> tuple[Half, ...]:
        """The halves whose columns are shown."""
        return self._halves

    def half_at(self, column: int) -> int | None:
        """Which of the halves a column is, None for the columns before them."""
        place = column - len(_FIXED)
        return place if 0 <= place < len(self._halves) else None

    def turn(self, row: int, column: int, step: int = 1) -> None:
        """Go on from blank to signed, on leave, absent and blank again."""
        cell = self._cell(row, column)
        if cell is not None:
            place = (TICKS.index(cell.tick) + step) % len(TICKS)
            self.tick(row, column, TICKS[place])

    def tick(self, row: int, column: int, what: MarkKind | None) -> None:
        """Put something into one square; nothing where there is none."""
        if self._put(row, column, what):
            cell = self.index(row, column)
            self.dataChanged.emit(cell, cell)
            self.ticked.emit()

    def tick_column(self, column: int) -> None:
        """Tick every blank square of a column; when none is blank, take the ticks away again."""
        cells = [self._cell(row, column) for row in range(len(self._rows))]
        blank = [row for row, cell in enumerate(cells) if cell is not None and cell.tick is None]
        signed = [
            row for row, cell in enumerate(cells) if cell is not None and cell.tick == "present"
        ]
        for row in blank or signed:
            self._put(row, column, "present" if blank else None)
        if self._rows:
            self.dataChanged.emit(self.index(0, column), self.index(len(self._rows) - 1, column))
            self.ticked.emit()

    def _cell(self, row: int, column: int) -> Cell | None:
        half = self.half_at(column)
        if half is None or not 0 <= row < len(self._rows):
            return None
        return self._rows[row].cells[half]

    def _put(self, row: int, column: int, what: MarkKind | None) -> bool:
        cell, half = self._cell(row, column), self.half_at(column)
        if cell is None or half is None or cell.tick == what:
            return False
        cells = list(self._rows[row].cells)
        cells[half] = replace(cell, tick=what)
        self._rows[row] = replace(self._rows[row], cells=tuple(cells))
        return True

    # ── as Qt asks ───────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return len(_FIXED) + len(self._halves)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if role != _SHOWN or orientation != Qt.Orientation.Horizontal:
            return None
        half = self.half_at(section)
        if half is not None:
            return _(HALVES[self._halves[half]])
        return _(_FIXED[section]) if section < len(_FIXED) else None

    def data(self, index: _Index, role: int = _SHOWN) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        cell = self._cell(index.row(), column)
        if cell is None:
            fixed = (str(row.number), row.row.name, row.row.organisation)
            return fixed[column] if role in (_SHOWN, _SPOKEN) else None
        if role == CELL:
            return cell
        if role == _SPOKEN:
            half = _(HALVES[self._halves[self.half_at(column) or 0]])
            said = (row.row.name, half, tick_words(cell), known_words(cell))
            return ", ".join(part for part in said if part)
        return None


def tick_words(cell: Cell) -> str:
    """What is ticked, in words; empty for a blank."""
    return "" if cell.tick is None else _(WORDS[cell.tick][0])


def known_words(cell: Cell) -> str:
    """What is known already, in words; empty when nothing is."""
    if cell.known is None or cell.known.state == "expected":
        return ""
    return f"{state_words(cell.known)[0]} {when_words(cell.known)}".strip()
