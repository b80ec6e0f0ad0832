# SPDX-License-Identifier: Apache-2.0
"""A table whose cells are typed into, each with the ground its model gives it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.widgets.table import Table


class TypingGrid(Table):
    """Typing, Enter or a double click changes a cell; ``deleted`` comes with the key Delete."""

    deleted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setItemDelegate(_Grounded(self))

    def hear(self, paste: Callable[[], object], fill_down: Callable[[], object]) -> None:
        """Ctrl+V and Ctrl+D do this while the grid has the focus."""
        for keys, run in (
            (QKeySequence(QKeySequence.StandardKey.Paste), paste),
            (QKeySequence("Ctrl+D"), fill_down),
        ):
            key = QShortcut(keys, self)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(run)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if self.state() == QAbstractItemView.State.EditingState:
            # Enter in the editor comes here too, before the editor has closed.
            event.accept()
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            if self.model().flags(here) & Qt.ItemFlag.ItemIsEditable:
                self.edit(here)
        else:
            # Not Table's own: there the space bar ticks a row, here it begins to type.
            QAbstractItemView.keyPressEvent(self, event)


class _Grounded(QStyledItemDelegate):
    """The stylesheet draws cells without asking the model for a ground; this asks."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QColor | QBrush):
            painter.fillRect(option.rect.adjusted(0, 0, 0, -1), ground)
        super().paint(painter, option, index)

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = super().createEditor(parent, option, index)
        head = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(head or ""))
        editor.setMinimumHeight(theme.scaled(theme.TARGET))
        return editor
