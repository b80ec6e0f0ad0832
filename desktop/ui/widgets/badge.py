# SPDX-License-Identifier: Apache-2.0
"""A state in a word with an icon and a colour, never in colour alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import icons, theme

_ICON = 16
_PAD = 10
_GAP = 6


class Badge(QWidget):
    """A pill: icon, word, tone (green, amber, red, grey, gold or accent)."""

    def __init__(
        self,
        word: str = "",
        icon: str = "circle",
        tone: str = "grey",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._word, self._icon, self._tone = word, icon, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    def show_state(self, word: str, icon: str, tone: str) -> None:
        """Say another state."""
        self._word, self._icon, self._tone = word, icon, tone
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return badge_size(self._word)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, self.rect(), self._word, self._icon, self._tone)
        painter.end()


def badge_size(word: str) -> QSize:
    """The size of the pill for a word."""
    width = QFontMetrics(theme.font(theme.SMALL, 600)).horizontalAdvance(word)
    return QSize(_PAD + _ICON + _GAP + width + _PAD + 2, theme.scaled(28))


def paint_badge(painter: QPainter, where: QRect, word: str, icon: str, tone: str) -> None:
    """Draw the pill at the left of ``where``, in the middle of its height (for delegates too)."""
    size = badge_size(word)
    top = where.top() + (where.height() - size.height()) / 2
    pill = QRectF(where.left(), top, min(size.width(), where.width()), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(tone), 1))
    painter.setBrush(theme.colour(f"{tone}_soft"))
    painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), 14, 14)
    middle = pill.top() + (pill.height() - _ICON) / 2
    icons.paint(painter, QRectF(pill.left() + _PAD, middle, _ICON, _ICON), icon, tone)
    painter.setPen(theme.colour(tone))
    font = theme.font(theme.SMALL, 600)
    painter.setFont(font)
    room = pill.adjusted(_PAD + _ICON + _GAP, 0, 0, 0)
    if size.width() > where.width():
        word = QFontMetrics(font).elidedText(
            word, Qt.TextElideMode.ElideRight, int(room.width()) - _PAD
        )
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
    painter.restore()
