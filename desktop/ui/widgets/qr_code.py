# SPDX-License-Identifier: Apache-2.0
"""A QR on the screen: always dark on light, whatever the theme, with its quiet border."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme

_BORDER: Final = 4
"""Modules of light around it (ISO 18004)."""


class QrCode(QWidget):
    """Shows digits or a text as a QR; nothing for an empty one. ``side`` in pixels."""

    def __init__(self, name: str, side: int = 220, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._modules: tuple[bytes, ...] = ()
        self._text = ""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text == self._text:
            return
        self._text = text
        if text:
            import segno

            made = segno.make(text, micro=False, error="m")
            self._modules = tuple(bytes(row) for row in made.matrix)
        else:
            self._modules = ()
        self.setVisible(bool(text))
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.scaled(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._modules:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.PAPER))
        count = len(self._modules) + 2 * _BORDER
        # Whole pixels a module: a scanner reads edges.
        step = max(1, min(self.width(), self.height()) // count)
        left = (self.width() - step * count) / 2 + step * _BORDER
        top = (self.height() - step * count) / 2 + step * _BORDER
        ink = QColor(theme.INK)
        for line, row in enumerate(self._modules):
            for place, dark in enumerate(row):
                if dark & 1:
                    painter.fillRect(
                        QRectF(left + place * step, top + line * step, step, step), ink
                    )
        painter.end()
