# SPDX-License-Identifier: Apache-2.0
"""A table as every page shows one: rows of 40 px, by keyboard, and fast with 100,000 rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.ui import theme
from desktop.ui.widgets.columns import share, wide_enough

_MEASURED: Final = 400


class Table(QTableView):
    """A table of whole rows. ``chosen(row)`` comes with Enter or a double click, ``moved(row)``
    when another row becomes the current one (-1 for none), ``ticked(row)`` with the space bar.

    ``widths`` are in pixels at 100 % text; the column ``stretch`` takes what is left.
    """

    chosen = Signal(int)
    moved = Signal(int)
    ticked = Signal(int)

    def __init__(
        self,
        name: str,
        model: QAbstractItemModel | None = None,
        *,
        widths: Sequence[int] = (),
        stretch: int | None = None,
        many: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._widths, self._stretch = tuple(widths), stretch
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.ExtendedSelection
            if many
            else QAbstractItemView.SelectionMode.SingleSelection
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.setVisible(False)
        # Fixed: measuring rows costs seconds at 100,000 of them.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.scaled(theme.TARGET))
        rows.setMinimumSectionSize(theme.scaled(theme.TARGET))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(theme.scaled(48))
        self.doubleClicked.connect(lambda cell: self.chosen.emit(cell.row()))
        if model is not None:
            self.setModel(model)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; its columns take the widths given."""
        super().setModel(model)
        head = self.horizontalHeader()
        for column, width in enumerate(self._widths):
            if model is not None and column < model.columnCount(QModelIndex()):
                self.setColumnWidth(column, theme.scaled(width))
        if self._stretch is not None and model is not None:
            head.setSectionResizeMode(self._stretch, QHeaderView.ResizeMode.Stretch)

    def fit(self, columns: Mapping[int, int]) -> None:
        """Share the room among ``columns`` (number: least width at 100 % text), first come first.

        Each gets its least, then what its texts need; the other columns keep their widths. For
        tables of some hundred rows: the first of them are measured.
        """
        model, across = self.model(), Qt.Orientation.Horizontal
        shown = [column for column in columns if not self.isColumnHidden(column)]
        if not shown:
            return
        rows = range(min(model.rowCount(QModelIndex()), _MEASURED))
        wanted = {
            column: wide_enough(
                [str(model.index(row, column).data() or "") for row in rows],
                str(model.headerData(column, across) or ""),
            )
            for column in shown
        }
        others = (one for one in range(model.columnCount(QModelIndex())) if one not in columns)
        taken = sum(self.columnWidth(one) for one in others if not self.isColumnHidden(one))
        least = {column: theme.scaled(columns[column]) for column in shown}
        for column, width in share(self.viewport().width() - taken, least, wanted, shown).items():
            self.setColumnWidth(column, width)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.moved.emit(current.row() if current.isValid() else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.chosen.emit(row)
        elif key == Qt.Key.Key_Space and row >= 0:
            self.ticked.emit(row)
        else:
            super().keyPressEvent(event)

    def go_to(self, row: int) -> None:
        """Make ``row`` the current one and bring it into sight; nothing when there is none."""
        model = self.model()
        if not 0 <= row < model.rowCount(QModelIndex()):
            return
        cell = model.index(row, max(0, self.currentIndex().column()))
        self.selectionModel().setCurrentIndex(
            cell,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(cell)

    def rows_chosen(self) -> tuple[int, ...]:
        """The selected rows in order."""
        return tuple(sorted({cell.row() for cell in self.selectionModel().selectedRows()}))
