# SPDX-License-Identifier: Apache-2.0
"""Lucide's icons in the colours of the theme, sharp at every screen scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.paths import shipped
from desktop.ui import theme

_SCALES = (1.0, 1.25, 1.5, 2.0)


@cache
def _drawing(name: str) -> str:
    return shipped("resources", "icons", f"{name}.svg").read_text("utf-8")


@cache
def _renderer(name: str, hexa: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", hexa).encode()))


@cache
def _pixmap(name: str, hexa: str, size: int, scale: float) -> QPixmap:
    side = round(size * scale)
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, hexa).render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


def pixmap(name: str, tone: str = "text", size: int = 20, scale: float = 1.0) -> QPixmap:
    """The icon ``name`` in the colour ``tone``, ``size`` pixels wide, at a screen scale."""
    return _pixmap(name, theme.colour(tone).name(), size, scale)


def icon(name: str, tone: str = "text", size: int = 20, disabled: str = "edge") -> QIcon:
    """The icon ``name`` in the colour ``tone`` of the theme that is on.

    A widget that keeps one asks again when the palette changes (``Button`` does).
    """
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(pixmap(name, tone, size, scale))
        made.addPixmap(pixmap(name, disabled, size, scale), QIcon.Mode.Disabled)
    return made


def paint(painter: QPainter, where: QRectF, name: str, tone: str) -> None:
    """Draw the icon into ``where`` (logical pixels)."""
    _renderer(name, theme.colour(tone).name()).render(painter, where)


class Icon(QWidget):
    """An icon beside words; screen readers skip it, the words say the same."""

    def __init__(
        self, name: str, tone: str = "text", size: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, tone: str) -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.scaled(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        left, top = (self.width() - side) / 2, (self.height() - side) / 2
        paint(painter, QRectF(left, top, side, side), self._name, self._tone)
        painter.end()
