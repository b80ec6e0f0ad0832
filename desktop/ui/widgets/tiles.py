# SPDX-License-Identifier: Apache-2.0
"""Tiles: one for each province or group, with how many came of how many, in word and colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import icons, theme

_LEAST_WIDTH = 152
_HEIGHT = 64
_GAP = 8


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: ``key`` is what is told when it is pressed."""

    key: str
    word: str
    done: int
    total: int

    @property
    def whole(self) -> bool:
        """Whether nobody is missing."""
        return self.done >= self.total


class Tiles(QWidget):
    """A grid of tiles that fills the width. Arrows move, Space or Enter press."""

    pressed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = name
        self._tiles: tuple[Tile, ...] = ()
        self._at = 0
        self._chosen = ""
        self._least = _LEAST_WIDTH
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_tiles(
        self, tiles: Sequence[Tile], chosen: str = "", least: int = _LEAST_WIDTH
    ) -> None:
        """Show these; ``chosen`` is the key of the one that is on.

        ``least`` is the width below which no tile goes: more for long words.
        """
        self._tiles, self._chosen, self._least = tuple(tiles), chosen, least
        self._at = min(self._at, max(0, len(self._tiles) - 1))
        self._say()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        columns = self._columns(width)
        rows = -(-len(self._tiles) // columns)
        return max(1, rows) * (theme.scaled(_HEIGHT) + _GAP)

    def sizeHint(self) -> QSize:
        return QSize(640, self.heightForWidth(640))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(_LEAST_WIDTH), theme.scaled(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self._columns(self.width())
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }.get(Qt.Key(event.key()))
        if step and 0 <= self._at + step < len(self._tiles):
            self._at += step
            self._say()
            self.update()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place in range(len(self._tiles)):
            if self._where(place).contains(event.position().toPoint()):
                self._at = place
                self._say()
                self._press()
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, tile in enumerate(self._tiles):
            where = self._where(place)
            if where.intersects(event.rect()):
                self._paint(painter, QRectF(where), tile, place)
        painter.end()

    def _paint(self, painter: QPainter, where: QRectF, tile: Tile, place: int) -> None:
        tone = "green" if tile.whole else "amber" if tile.done else "grey"
        here = self.hasFocus() and place == self._at
        chosen = tile.key == self._chosen
        pen = "focus" if here else "accent" if chosen else tone
        painter.setPen(QPen(theme.colour(pen), 2 if here or chosen else 1))
        painter.setBrush(theme.colour(f"{tone}_soft"))
        painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        inner = where.adjusted(12, 6, -12, -8)
        room = int(inner.width())
        font = theme.font(theme.BODY, 500)
        if QFontMetrics(font).horizontalAdvance(tile.word) > room:
            font = theme.font(theme.SMALL, 500)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        word = QFontMetrics(font).elidedText(tile.word, Qt.TextElideMode.ElideMiddle, room)
        left_top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(inner, left_top, word)
        painter.setFont(theme.font(theme.SMALL, 600))
        painter.setPen(theme.colour(tone))
        count = f"{tile.done} / {tile.total}"
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | bottom, count)
        if tile.whole:
            spot = QRectF(inner.right() - 18, inner.bottom() - 19, 18, 18)
            icons.paint(painter, spot, "check", tone)

    def _columns(self, width: int) -> int:
        return max(1, (width + _GAP) // (theme.scaled(self._least) + _GAP))

    def _where(self, place: int) -> QRect:
        columns = self._columns(self.width())
        wide = (self.width() - (columns - 1) * _GAP) // columns
        high = theme.scaled(_HEIGHT)
        row, column = divmod(place, columns)
        return QRect(column * (wide + _GAP), row * (high + _GAP), wide, high)

    def _press(self) -> None:
        if self._tiles:
            self.pressed.emit(self._tiles[self._at].key)

    def _say(self) -> None:
        if not self._tiles:
            self.setAccessibleName(self._title)
            return
        tile = self._tiles[self._at]
        self.setAccessibleName(f"{self._title}: {tile.word} {tile.done} / {tile.total}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
