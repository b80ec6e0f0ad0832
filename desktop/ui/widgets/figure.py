# SPDX-License-Identifier: Apache-2.0
"""A number where eyes go: how many came, large, of how many, small."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme


class Figure(QWidget):
    """``value`` large, ``/ of`` beside it, ``caption`` under it."""

    def __init__(
        self,
        caption: str = "",
        value: str = "–",
        of: str = "",
        *,
        tone: str = "text",
        size: str = theme.FIGURE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._caption, self._tone, self._size = caption, tone, size
        self._value, self._of = value, of
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._name()

    def show_figure(self, value: str, of: str = "", caption: str | None = None) -> None:
        """Show other numbers; ``caption`` None keeps the words."""
        self._value, self._of = value, of
        self._caption = self._caption if caption is None else caption
        self._name()
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Show the number in another colour of the theme."""
        self._tone = tone
        self.update()

    def _name(self) -> None:
        of = f" / {self._of}" if self._of else ""
        self.setAccessibleName(f"{self._caption} {self._value}{of}".strip())

    def sizeHint(self) -> QSize:
        big = QFontMetricsF(theme.font(self._size, 600)).horizontalAdvance(self._value)
        small = QFontMetricsF(theme.font(theme.SECTION)).horizontalAdvance(self._rest())
        words = QFontMetricsF(theme.font(theme.SMALL)).horizontalAdvance(self._caption)
        return QSize(int(max(big + small, words)) + 4, self._top() + self._caption_height())

    def minimumSizeHint(self) -> QSize:
        big = QFontMetricsF(theme.font(self._size, 600)).horizontalAdvance(self._value)
        small = QFontMetricsF(theme.font(theme.SECTION)).horizontalAdvance(self._rest())
        return QSize(int(big + small) + 4, self._top() + self._caption_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        big = theme.font(self._size, 600)
        line = self._top() - theme.pixels(self._size) * 0.22
        painter.setFont(big)
        painter.setPen(theme.colour(self._tone))
        painter.drawText(QPointF(0, line), self._value)
        left = QFontMetricsF(big).horizontalAdvance(self._value)
        painter.setPen(theme.colour("quiet"))
        painter.setFont(theme.font(theme.SECTION))
        painter.drawText(QPointF(left, line), self._rest())
        painter.setFont(theme.font(theme.SMALL))
        below = self._top() + theme.pixels(theme.SMALL) * 1.1
        caption = QFontMetricsF(painter.font()).elidedText(
            self._caption, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(QPointF(0, below), caption)
        painter.end()

    def _rest(self) -> str:
        return f" / {self._of}" if self._of else ""

    def _top(self) -> int:
        return round(theme.pixels(self._size) * 1.2)

    def _caption_height(self) -> int:
        return round(theme.pixels(theme.SMALL) * theme.LINE) if self._caption else 0
