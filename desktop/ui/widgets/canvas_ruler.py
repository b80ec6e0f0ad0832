# SPDX-License-Identifier: Apache-2.0
"""Rulers in millimetres along the canvas."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from desktop.i18n import _
from desktop.model.template_edit import Box
from desktop.ui import theme
from desktop.ui.widgets.canvas_scene import Scene

RULER: Final = 22
_STEPS: Final = (1, 5, 10, 20, 50, 100)


class Rulers:
    """Rulers in millimetres along the upper and the left edge, kept until the sight changes."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._level = QPixmap()
        self._upright = QPixmap()

    def paint(self, painter: QPainter, scene: Scene, size: QSize, marked: Box | None) -> None:
        """Draw both; ``marked`` is the part of the page that is in hand."""
        ratio = painter.device().devicePixelRatioF()
        key = (scene.sight, size, ratio, theme.is_dark(), scene.template.width,
               scene.template.height)  # fmt: skip
        if key != self._key:
            self._key = key
            self._level = self._made(scene, size.width(), ratio, level=True)
            self._upright = self._made(scene, size.height(), ratio, level=False)
        painter.drawPixmap(0, 0, self._level)
        painter.drawPixmap(0, 0, self._upright)
        if marked is not None:
            shade = theme.colour("accent")
            shade.setAlpha(60)
            where = scene.sight.rect(marked)
            painter.fillRect(
                QRectF(max(RULER, where.x()), 0, where.width(), RULER), shade
            )  # fmt: skip
            painter.fillRect(QRectF(0, max(RULER, where.y()), RULER, where.height()), shade)
        painter.fillRect(QRect(0, 0, RULER, RULER), theme.colour("surface"))
        painter.setFont(theme.font(theme.TINY))
        painter.setPen(theme.colour("quiet"))
        painter.drawText(QRect(0, 0, RULER, RULER), Qt.AlignmentFlag.AlignCenter, _("mm"))

    def _made(self, scene: Scene, length: int, ratio: float, *, level: bool) -> QPixmap:
        wide, high = (length, RULER) if level else (RULER, length)
        made = QPixmap(round(wide * ratio), round(high * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(theme.colour("surface"))
        painter = QPainter(made)
        font = theme.font(theme.TINY)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        scale = scene.sight.scale
        small = next((step for step in _STEPS if step * scale >= 5), 100)
        large = next((step for step in _STEPS if step * scale >= 44), 100)
        extent = scene.template.width if level else scene.template.height
        place = scene.sight.x if level else scene.sight.y
        painter.setPen(QPen(theme.colour("edge"), 1))
        for mm in range(0, int(extent) + 1, small):
            at = round(place(mm))
            if not RULER <= at <= length:
                continue
            tall = 10 if mm % large == 0 else 7 if mm % (small * 5) == 0 else 4
            painter.drawLine(*((at, RULER - tall, at, RULER) if level else
                               (RULER - tall, at, RULER, at)))  # fmt: skip
        painter.setPen(theme.colour("quiet"))
        for mm in range(0, int(extent) + 1, large):
            along = place(mm)
            if not RULER <= along <= length:
                continue
            words = str(mm)
            if level:
                painter.drawText(QPointF(along + 3, metrics.ascent() * 0.86), words)
            else:
                painter.save()
                painter.translate(metrics.ascent() * 0.86, along + 3)
                painter.rotate(90)
                painter.translate(0, metrics.ascent() * 0.5)
                painter.drawText(QPointF(0, 0), words)
                painter.restore()
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(*((0, RULER - 1, length, RULER - 1) if level else
                           (RULER - 1, 0, RULER - 1, length)))  # fmt: skip
        painter.end()
        return made
