# SPDX-License-Identifier: Apache-2.0
"""A short list inside a card: two lines of text each, a state at the right, opened with Enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.widgets.badge import badge_size, paint_badge

_LINE: Final = int(Qt.ItemDataRole.UserRole) + 1
_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_HEIGHT: Final = 58
_LOW: Final = 40
_PAD: Final = 12
_INDENT: Final = 24
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. ``key`` is what is told when it is opened; an empty one cannot be opened."""

    key: str
    head: str
    under: str = ""
    state: tuple[str, str, str] | None = None
    """Word, icon and tone of a badge at the right."""
    depth: int = 0
    """1 for what belongs to the entry above."""

    @property
    def said(self) -> str:
        """The whole entry for a screen reader."""
        word = "" if self.state is None else self.state[0]
        return ", ".join(part for part in (self.head, self.under, word) if part)


class LineModel(QAbstractListModel):
    """Holds the lines it was given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == _LINE:
            return line
        if role == _SHOWN:
            return line.head
        if role == _SPOKEN:
            return line.said
        if role == _TIP:
            return line.under or None
        return None


class _Drawn(QStyledItemDelegate):
    """Two lines of text and a badge; the current one on a tinted ground while it has the focus."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(_LINE)
        high = _HEIGHT if isinstance(line, Line) and line.under else _LOW
        return QSize(120, theme.scaled(high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_LINE)
        if not isinstance(line, Line):
            return
        where: QRect = option.rect
        painter.save()
        view: QWidget | None = option.widget
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen and view is not None and (view.hasFocus() or view.property("chooses")):
            painter.fillRect(where, theme.colour("accent_soft"))
        if index.row():
            painter.setPen(QPen(theme.colour("line"), 1))
            left = where.left() + (_INDENT if line.depth else 0)
            painter.drawLine(left, where.top(), where.right(), where.top())
        room = where.adjusted(_PAD + _INDENT * line.depth, 0, -_PAD, 0)
        if line.state is not None:
            word, icon, tone = line.state
            wide = min(badge_size(word).width(), room.width() // 2)
            badge = QRect(room.right() - wide, room.top(), wide, room.height())
            paint_badge(painter, badge, word, icon, tone)
            room.setRight(badge.left() - _PAD)
        self._words(painter, room, line)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, room: QRect, line: Line) -> None:
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        texts = [(line.head, theme.font(theme.BODY, 400 if line.depth else 500), "text")]
        if line.under:
            texts.append((line.under, theme.font(theme.SMALL), "quiet"))
        pad = theme.scaled(5) if line.under else 0
        high = (room.height() - 2 * pad) // len(texts)
        for place, (text, font, tone) in enumerate(texts):
            painter.setFont(font)
            painter.setPen(theme.colour(tone))
            row = QRect(room.left(), room.top() + pad + place * high, room.width(), high)
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, row.width())
            painter.drawText(row, middle, shown)


class Lines(QListView):
    """As high as its entries need: the page scrolls, not the list.

    ``chosen(key)`` comes with Enter or a double click, ``moved(key)`` with another current one.
    """

    chosen = Signal(str)
    moved = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LineModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Drawn(self))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(0)
        self.doubleClicked.connect(lambda cell: self._open(cell.row()))

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these; the current one stays current when it is among them."""
        kept = self.key()
        self.lines.show_lines(lines)
        keys = [line.key for line in lines]
        if lines:
            place = keys.index(kept) if kept in keys else 0
            self.setCurrentIndex(self.lines.index(place))
        frame = 4
        high = sum(theme.scaled(_HEIGHT if line.under else _LOW) for line in lines)
        self.setFixedHeight(high + frame)

    def key(self) -> str:
        """The key of the current entry, empty for none."""
        row, lines = self.currentIndex().row(), self.lines.lines
        return lines[row].key if 0 <= row < len(lines) else ""

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        self.moved.emit(self.key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: Any) -> None:
        # The page scrolls.
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def _open(self, row: int) -> None:
        lines = self.lines.lines
        if 0 <= row < len(lines) and lines[row].key:
            self.chosen.emit(lines[row].key)
