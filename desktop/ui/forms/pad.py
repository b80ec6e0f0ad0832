# SPDX-License-Identifier: Apache-2.0
"""White paper to sign on: by mouse, pen or finger."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.forms.strokes import MOST_POINTS, Stroke, draw, picture

_WIDTH = 640
_HEIGHT = 190


class SignaturePad(QWidget):
    """``signed`` comes after each stroke and after one is taken back.

    A pen's events come as tablet events with pressure; a finger and a mouse as mouse events.
    Backspace takes the last stroke back.
    """

    signed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[Stroke] = []
        self._drawing = False
        self._pen = False
        self._shown: QImage | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.scaled(_WIDTH))

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(_WIDTH), theme.scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(280), theme.scaled(_HEIGHT))

    @property
    def strokes(self) -> int:
        """How many strokes there are."""
        return len(self._strokes)

    def picture(self) -> QImage:
        """What was signed, as it is kept. There must be a stroke."""
        return picture(self._strokes)

    def show_picture(self, image: QImage | None) -> None:
        """Show what was kept before instead of paper to sign on; None gives the paper back."""
        self._shown = image
        self._strokes = []
        self._drawing = False
        self.update()

    def clear(self) -> None:
        """Take everything away."""
        self.show_picture(None)
        self.signed.emit()

    def take_back(self) -> bool:
        """Take the last stroke away; False when there is none."""
        if not self._strokes:
            return False
        self._strokes.pop()
        self.update()
        self.signed.emit()
        return True

    # ── drawing ──────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._pen:
            self._down(event.position(), 0.0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._pen:
            self._move(event.position(), 0.0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._pen:
            self._up()

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._pen = True
            self._down(event.position(), max(0.01, event.pressure()))
        elif kind == QEvent.Type.TabletMove and self._pen:
            self._move(event.position(), max(0.01, event.pressure()))
        elif kind == QEvent.Type.TabletRelease and self._pen:
            self._up()
            self._pen = False
        # Accepted: otherwise Qt sends the same stroke again as a mouse's.
        event.accept()

    def _down(self, point: QPointF, pressure: float) -> None:
        if self._shown is not None or not self.isEnabled():
            return
        if sum(len(stroke.points) for stroke in self._strokes) > MOST_POINTS:
            return
        self._drawing = True
        self._strokes.append(Stroke([self._inside(point)], [pressure]))
        self.update()

    def _move(self, point: QPointF, pressure: float) -> None:
        if not self._drawing:
            return
        stroke = self._strokes[-1]
        if len(stroke.points) < MOST_POINTS and stroke.add(self._inside(point), pressure):
            self.update()

    def _up(self) -> None:
        if self._drawing:
            self._drawing = False
            self.signed.emit()

    def _inside(self, point: QPointF) -> QPointF:
        return QPointF(
            max(0.0, min(point.x(), float(self.width()))),
            max(0.0, min(point.y(), float(self.height()))),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and self.take_back():
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bad = self.property("bad") == "true"
        tone = "focus" if self.hasFocus() else "red" if bad else "edge"
        painter.setPen(QPen(theme.colour(tone), 2 if self.hasFocus() or bad else 1))
        # Paper is white in both themes, and ink is black: that is what is kept and printed.
        painter.setBrush(QColor(theme.PAPER))
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(room, theme.RADIUS, theme.RADIUS)
        if self._shown is not None:
            self._paint_kept(painter, room.adjusted(8, 8, -8, -8), self._shown)
        else:
            self._paint_line(painter, room)
            draw(painter, self._strokes, QColor(theme.INK))
        painter.end()

    def _paint_line(self, painter: QPainter, room: QRectF) -> None:
        """The line to sign on, and the words while nothing is written."""
        base = room.bottom() - room.height() * 0.28
        faint = QColor(theme.INK)
        faint.setAlphaF(0.35)
        painter.setPen(QPen(faint, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(room.left() + 24, base), QPointF(room.right() - 24, base))
        if self._strokes:
            return
        faint.setAlphaF(0.68)
        painter.setPen(faint)
        painter.setFont(theme.font(theme.BODY))
        painter.drawText(
            QRectF(room.left(), base, room.width(), room.bottom() - base),
            Qt.AlignmentFlag.AlignCenter,
            _("Sign here with a finger, a pen or the mouse"),
        )

    def _paint_kept(self, painter: QPainter, room: QRectF, image: QImage) -> None:
        size = image.size().scaled(
            room.size().toSize().boundedTo(image.size()), Qt.AspectRatioMode.KeepAspectRatio
        )
        left = room.left() + (room.width() - size.width()) / 2
        top = room.top() + (room.height() - size.height()) / 2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
