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
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
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
_HEAD: Final = 40
_ROW: Final = 22
_AIR: Final = 6
BETWEEN: Final = " · "
"""Between the facts of a second text."""
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
        return None


def broken(line: Line, width: int) -> tuple[str, ...]:
    """The second text in as many rows as it needs, parted between its facts, not within one."""
    if not line.under:
        return ()
    font = QFontMetrics(theme.font(theme.SMALL))
    rows: list[str] = []
    for fact in line.under.split(BETWEEN):
        longer = f"{rows[-1]}{BETWEEN}{fact}" if rows else fact
        if rows and font.horizontalAdvance(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(fact)
    return tuple(rows)


def _badge_width(line: Line, width: int) -> int:
    return 0 if line.state is None else min(badge_size(line.state[0]).width(), width // 2)


def _text_width(line: Line, width: int) -> int:
    """Room for words in an entry of a width."""
    badge = _badge_width(line, width)
    return width - 2 * _PAD - _INDENT * line.depth - (badge + _PAD if badge else 0)


def height_of(line: Line, width: int) -> int:
    """How high an entry is."""
    rows = len(broken(line, _text_width(line, width)))
    return theme.scaled(_HEAD + _ROW * rows + (_AIR if rows else 0))


class _Drawn(QStyledItemDelegate):
    """Texts and a badge; the current one on a tinted ground while it has the focus."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line, view = index.data(_LINE), option.widget
        width = view.viewport().width() if isinstance(view, QListView) else 400
        return QSize(120, height_of(line, width) if isinstance(line, Line) else _HEAD)

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
        if line.state is not None:
            word, icon, tone = line.state
            wide = _badge_width(line, where.width())
            badge = QRect(where.right() - _PAD - wide, where.top(), wide, where.height())
            paint_badge(painter, badge, word, icon, tone)
        room = where.adjusted(_PAD + _INDENT * line.depth, 0, 0, 0)
        room.setWidth(_text_width(line, where.width()))
        self._words(painter, room, line)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, room: QRect, line: Line) -> None:
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        rows = broken(line, room.width())
        top = room.top() + (theme.scaled(_AIR) // 2 if rows else 0)
        head, row = theme.scaled(_HEAD if not rows else _HEAD - 8), theme.scaled(_ROW)
        texts = [(line.head, theme.font(theme.BODY, 400 if line.depth else 500), "text", head)]
        texts += [(text, theme.font(theme.SMALL), "quiet", row) for text in rows]
        for text, font, tone, high in texts:
            painter.setFont(font)
            painter.setPen(theme.colour(tone))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRect(room.left(), top, room.width(), high), middle, shown)
            top += high


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
        self.fit()

    def fit(self) -> None:
        """Be as high as the entries need in the width there is."""
        width = self.viewport().width()
        high = sum(height_of(line, width) for line in self.lines.lines) + 4
        if high != self.maximumHeight():
            self.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.fit()

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
