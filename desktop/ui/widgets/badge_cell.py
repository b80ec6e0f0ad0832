# SPDX-License-Identifier: Apache-2.0
"""A state in a cell of a table, drawn as the badges are: word, icon and colour."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.widgets.badge import badge_size, paint_badge

STATE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a model gives (word, icon, tone)."""
_PAD: Final = 8


class BadgeCell(QStyledItemDelegate):
    """Draws the ``STATE`` of a cell; a cell without one is drawn as usual."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        state = index.data(STATE)
        if not isinstance(state, tuple):
            super().paint(painter, option, index)
            return
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        widget: QWidget | None = ground.widget
        style = QApplication.style() if widget is None else widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
        word, icon, tone = state
        room = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        paint_badge(painter, room, word, icon, tone)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        state = index.data(STATE)
        if not isinstance(state, tuple):
            return super().sizeHint(option, index)
        size = badge_size(state[0])
        return QSize(size.width() + 2 * _PAD, size.height())
