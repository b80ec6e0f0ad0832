# SPDX-License-Identifier: Apache-2.0
"""A count that can be pressed: how many are overdue, due today, due in seven days."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui import icons, theme

_PAD = 16


class DueTile(QAbstractButton):
    """Icon, word and a large number. Pressed in, the list shows these alone."""

    def __init__(self, word: str, icon: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self._icon, self._tone = word, icon, tone
        self._count = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show another number."""
        self._count = count
        self.setAccessibleName(f"{self._word}: {count}")
        self.update()

    @property
    def count(self) -> int:
        """The number shown."""
        return self._count

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(theme.font(theme.BODY, 600)).horizontalAdvance(self._word)
        return QSize(int(words) + 28 + 2 * _PAD + theme.scaled(60), theme.scaled(64))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(120), theme.scaled(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = self._tone if self._count else "grey"
        on = self.isChecked()
        spot = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.colour(tone if on or self._count else "line"), 2 if on else 1))
        painter.setBrush(theme.colour(f"{tone}_soft" if self._count else "surface"))
        painter.drawRoundedRect(spot, theme.RADIUS, theme.RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spot.adjusted(2, 2, -2, -2), theme.RADIUS, theme.RADIUS)
        middle = (self.height() - 20) / 2
        icons.paint(painter, QRectF(_PAD, middle, 20, 20), self._icon, tone)
        number = theme.font(theme.FIGURE if self._count < 1000 else theme.PAGE, 600)
        painter.setFont(number)
        painter.setPen(theme.colour(tone))
        wide = QFontMetricsF(number).horizontalAdvance(str(self._count)) + 4
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        room = QRectF(self.width() - _PAD - wide, 0, wide, self.height())
        painter.drawText(room, right, str(self._count))
        painter.setFont(theme.font(theme.BODY, 600 if on else 500))
        painter.setPen(theme.colour("text"))
        left = QRectF(_PAD + 28, 0, self.width() - 2 * _PAD - 32 - wide, self.height())
        said = QFontMetricsF(painter.font()).elidedText(
            self._word, Qt.TextElideMode.ElideRight, left.width()
        )
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)
        painter.end()
