# SPDX-License-Identifier: Apache-2.0
"""Strokes of a pen as points, drawn smooth, and made into the picture that is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from desktop.ui import theme

MOST_POINTS: Final = 20_000
"""A signature has some hundreds; a cat on the tablet does not fill the memory."""
LONGEST: Final = 600
"""Longest edge of a kept signature in pixels."""
_MARGIN: Final = 12.0
_CLOSEST: Final = 1.5
"""Points nearer than this to the last one (pixels) are the hand trembling."""
_THIN: Final = 1.6
_THICK: Final = 4.2
_MOUSE: Final = 2.6


@dataclass(slots=True)
class Stroke:
    """One line from pen down to pen up: points, and the pressure at each from 0 to 1."""

    points: list[QPointF] = field(default_factory=list)
    pressures: list[float] = field(default_factory=list)

    def add(self, point: QPointF, pressure: float) -> bool:
        """Take a point unless it is as good as the last one."""
        if self.points:
            step = point - self.points[-1]
            if step.x() ** 2 + step.y() ** 2 < _CLOSEST**2:
                return False
        self.points.append(point)
        self.pressures.append(pressure)
        return True


def width_at(pressure: float) -> float:
    """How wide the ink is; a mouse has no pressure (0) and writes evenly."""
    return _MOUSE if pressure <= 0 else _THIN + (_THICK - _THIN) * min(1.0, pressure)


def draw(painter: QPainter, strokes: list[Stroke], ink: QColor) -> None:
    """Draw strokes as curves through the middles between points."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for stroke in strokes:
        _draw_stroke(painter, stroke, ink)


def _draw_stroke(painter: QPainter, stroke: Stroke, ink: QColor) -> None:
    points, pressures = stroke.points, stroke.pressures
    if not points:
        return
    if len(points) == 1:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        radius = width_at(pressures[0]) * 0.7
        painter.drawEllipse(points[0], radius, radius)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    start = points[0]
    for place in range(1, len(points)):
        end = (
            points[place] if place == len(points) - 1 else (points[place] + points[place + 1]) / 2
        )
        path = QPainterPath(start)
        path.quadTo(points[place], end)
        # The mean of both ends, so that the width does not jump.
        width = (width_at(pressures[place - 1]) + width_at(pressures[place])) / 2
        painter.setPen(
            QPen(
                ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )  # fmt: skip
        painter.drawPath(path)
        start = end


def bounds(strokes: list[Stroke]) -> QRectF:
    """What the ink covers."""
    covered = QRectF()
    for stroke in strokes:
        for point in stroke.points:
            covered = covered.united(QRectF(point - QPointF(0.5, 0.5), QSizeF(1.0, 1.0)))
    return covered


def picture(strokes: list[Stroke]) -> QImage:
    """Black on white, trimmed to the ink with a margin, no longer than ``LONGEST``."""
    covered = bounds(strokes).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
    # Twice as fine as the screen where there is room: it is printed at 300 dots an inch.
    scale = min(2.0, LONGEST / max(covered.width(), covered.height()))
    image = QImage(
        max(1, min(LONGEST, round(covered.width() * scale))),
        max(1, min(LONGEST, round(covered.height() * scale))),
        QImage.Format.Format_RGB32,
    )
    image.fill(QColor(theme.PAPER))
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(-covered.topLeft())
    draw(painter, strokes, QColor(theme.INK))
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)
