# SPDX-License-Identifier: Apache-2.0
"""A slider that has no value until it is touched, with its value large beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from desktop.ui import theme

_HIGH: Final = 72
_SIDE: Final = 16.0
_HANDLE: Final = 13.0
_MOST_TICKS: Final = 25
_FAST: Final = 10


class Slider(QSlider):
    """Steps from 0 to ``steps``; ``said(step)`` gives the words of one.

    Qt's own slider, so that screen readers know it; only drawn anew, and with a state without a
    value. ``touched`` is false until a step was chosen.
    """

    def __init__(self, steps: int, said: Callable[[int], str], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._said = said
        self.touched = False
        self.ticks = True
        """Whether the steps are marked, as far as they are few."""
        self.setRange(0, max(1, steps))
        self.setPageStep(max(1, steps // _FAST))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.scaled(640))

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(480), theme.scaled(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(220), theme.scaled(_HIGH))

    def show_step(self, step: int | None) -> None:
        """Show a step, or none."""
        self.touched = step is not None
        self.blockSignals(True)
        self.setValue(step or 0)
        self.blockSignals(False)
        self.update()

    def choose(self, step: int) -> None:
        """Take a step as the answer; ``valueChanged`` comes also when it is the one shown."""
        step = max(self.minimum(), min(self.maximum(), step))
        new = not self.touched
        self.touched = True
        if step == self.value():
            if new:
                self.valueChanged.emit(step)
        else:
            self.setValue(step)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        page = self.pageStep()
        move = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: page, Qt.Key.Key_PageDown: -page,
        }.get(key)  # fmt: skip
        if move is not None:
            # The first key shows where it begins: in the middle, and does not yet move.
            middle = (self.minimum() + self.maximum()) // 2
            self.choose(self.value() + move if self.touched else middle)
        elif key == Qt.Key.Key_Home:
            self.choose(self.minimum())
        elif key == Qt.Key.Key_End:
            self.choose(self.maximum())
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.choose(self._step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.choose(self._step_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The page scrolls; an answer does not change by it.
        event.ignore()

    def _step_at(self, x: float) -> int:
        room = max(1.0, self.width() - 2 * _SIDE)
        span = self.maximum() - self.minimum()
        return self.minimum() + round((x - _SIDE) / room * span)

    def _x(self, step: int) -> float:
        span = max(1, self.maximum() - self.minimum())
        return _SIDE + (step - self.minimum()) / span * (self.width() - 2 * _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        able = self.isEnabled()
        middle = theme.scaled(24)
        painter.setPen(
            QPen(theme.colour("edge"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.drawLine(QPointF(_SIDE, middle), QPointF(self.width() - _SIDE, middle))
        tone = "accent" if able else "edge"
        span = self.maximum() - self.minimum()
        if self.touched:
            painter.setPen(QPen(theme.colour(tone), 6, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(_SIDE, middle), QPointF(self._x(self.value()), middle))
        if self.ticks and span <= _MOST_TICKS:
            painter.setPen(QPen(theme.colour("edge"), 2))
            for step in range(self.minimum(), self.maximum() + 1):
                x = self._x(step)
                painter.drawLine(QPointF(x, middle + 12), QPointF(x, middle + 17))
        self._paint_ends(painter, middle)
        focus, bad = self.hasFocus(), self.property("bad") == "true"
        at = QPointF(self._x(self.value()), middle)
        if self.touched:
            painter.setPen(QPen(theme.colour("focus" if focus else tone), 3))
            painter.setBrush(theme.colour("accent_soft" if focus else "surface"))
            painter.drawEllipse(at, _HANDLE, _HANDLE)
        elif focus or bad:
            painter.setPen(QPen(theme.colour("focus" if focus else "red"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(1, 1, self.width() - 2, self.height() - 2), theme.RADIUS, theme.RADIUS
            )
        painter.end()

    def _paint_ends(self, painter: QPainter, middle: float) -> None:
        """The least and the most in words."""
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.colour("quiet"))
        room = QRectF(10, middle + 18, self.width() - 20, self.height() - middle - 18)
        top = Qt.AlignmentFlag.AlignTop
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | top, self._said(self.minimum()))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | top, self._said(self.maximum()))
