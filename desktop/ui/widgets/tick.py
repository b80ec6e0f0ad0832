# SPDX-License-Identifier: Apache-2.0
"""A box to tick, large, with a tick that is drawn and not only coloured."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui import icons, theme

_BOX = 22
_GAP = 10
_LEFT = 3


class Tick(QCheckBox):
    """A check box of 40 px height; the whole of it can be pressed."""

    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setChecked(checked)

    def setText(self, text: str) -> None:
        """Show another text; screen readers say the same."""
        super().setText(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font()).horizontalAdvance(self.text())
        return QSize(_BOX + _GAP + width + 12, theme.scaled(theme.TARGET))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(_LEFT, (self.height() - _BOX) / 2, _BOX, _BOX)
        on, able = self.isChecked(), self.isEnabled()
        edge = "accent" if on and able else "edge"
        painter.setPen(QPen(theme.colour(edge), 2))
        painter.setBrush(theme.colour("accent" if on and able else "surface"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        if on:
            icons.paint(
                painter, box.adjusted(3, 3, -3, -3), "check", "on_accent" if able else "edge"
            )
        painter.setPen(theme.colour("text" if able else "edge"))
        painter.setFont(theme.font())
        room = self.rect().adjusted(_LEFT + _BOX + _GAP, 0, 0, 0)
        painter.drawText(
            room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()
