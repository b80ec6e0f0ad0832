# SPDX-License-Identifier: Apache-2.0
"""The grid of a signed sheet: arrows move, space ticks, ``a`` ticks a whole column."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import icons, theme
from desktop.ui.tables.sheet import CELL, WORDS, Cell, SheetModel, known_words
from desktop.ui.widgets.columns import MiddleCell, share, wide_enough

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FIRST: Final = 3
"""The first column that can be ticked."""
_HALF: Final = 200
_KEY_A: Final = (Qt.Key.Key_A, 0x0E1F)
"""The key of the letter a: under the Thai layout it gives ฟ."""


class _Square(MiddleCell):
    """Draws a square: its tick in word, icon and colour, and small what is known already."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        cell = index.data(CELL)
        if not isinstance(cell, Cell):
            super().paint(painter, option, index)
            return
        whole = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, whole, cell)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(2, 2, -3, -3), 6, 6)
        self._words(painter, whole.adjusted(13, 0, -8, 0), cell)
        painter.restore()

    def _ground(self, painter: QPainter, whole: QRectF, cell: Cell) -> None:
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if cell.tick is not None:
            tone = "amber" if cell.differs else WORDS[cell.tick][2]
            painter.setBrush(theme.colour(f"{tone}_soft"))
        painter.drawRect(whole.adjusted(0, -1, 0, -1))

    def _words(self, painter: QPainter, inner: QRectF, cell: Cell) -> None:
        left = inner.left()
        if cell.tick is not None:
            word, icon, tone = WORDS[cell.tick]
            icons.paint(painter, QRectF(left, inner.center().y() - 10, 20, 20), icon, tone)
            left += 26
            font = theme.font(theme.BODY, 600)
            painter.setFont(font)
            painter.setPen(theme.colour(tone))
            room = QRectF(left, inner.top(), inner.right() - left, inner.height())
            painter.drawText(room, _LEFT, _(word))
            left += QFontMetrics(font).horizontalAdvance(_(word)) + 10
        known = known_words(cell)
        if known and inner.right() - left > 24:
            font = theme.font(theme.SMALL)
            painter.setFont(font)
            tone = "amber" if cell.differs else "quiet"
            painter.setPen(theme.colour(tone))
            room = QRectF(left, inner.top(), inner.right() - left, inner.height())
            shown = QFontMetrics(font).elidedText(
                known, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, _LEFT, shown)


class SheetGrid(QTableView):
    """Shows a ``SheetModel``. Enter goes to the same column of the next row."""

    def __init__(self, name: str, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = model
        self._wanted: dict[int, int] = {}
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_Square(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.scaled(theme.TARGET))
        head = self.horizontalHeader()
        head.setDefaultAlignment(_LEFT)
        head.setHighlightSections(False)
        model.modelReset.connect(self._measure)

    def _fit(self) -> None:
        head = self.horizontalHeader()
        halves = range(_FIRST, self._sheet.columnCount())
        self.setColumnWidth(0, theme.scaled(64))
        for column in halves:
            self.setColumnWidth(column, theme.scaled(_HALF))
        room = self.width() - theme.scaled(64 + 16 + _HALF * len(halves))
        least = {1: theme.scaled(220), 2: theme.scaled(160)}
        for column, width in share(room, least, least | self._wanted, (1, 2)).items():
            self.setColumnWidth(column, width)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _measure(self) -> None:
        rows, across = range(self._sheet.rowCount()), Qt.Orientation.Horizontal
        for column in (1, 2):
            texts = [str(self._sheet.index(row, column).data() or "") for row in rows]
            head = str(self._sheet.headerData(column, across) or "")
            self._wanted[column] = wide_enough(texts, head)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def start(self) -> None:
        """Go to the first square."""
        if self._sheet.rowCount() and self._sheet.halves:
            self.setCurrentIndex(self._sheet.index(0, _FIRST))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if not at.isValid() or not plain:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._sheet.turn(at.row(), at.column(), -1 if back else 1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._sheet.tick(at.row(), at.column(), None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._down(at)
        elif _is_a(event):
            self._sheet.tick_column(at.column())
        elif event.key() == Qt.Key.Key_Left and at.column() <= _FIRST:
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = self.indexAt(event.position().toPoint())
        if at.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._sheet.turn(at.row(), at.column())

    def keyboardSearch(self, search: str) -> None:
        """Letters tick; they do not look for a row."""

    def _down(self, at: QModelIndex) -> None:
        last = self._sheet.rowCount() - 1
        if at.row() < last:
            self.setCurrentIndex(self._sheet.index(at.row() + 1, at.column()))
        elif at.column() + 1 < self._sheet.columnCount():
            self.setCurrentIndex(self._sheet.index(0, at.column() + 1))


def _is_a(event: QKeyEvent) -> bool:
    if sys.platform == "win32" and event.nativeVirtualKey() == int(Qt.Key.Key_A):
        return True
    return event.key() in _KEY_A or event.text() in ("a", "A", "ฟ")
