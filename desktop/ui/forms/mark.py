# SPDX-License-Identifier: Apache-2.0
"""A mark in the place of a signature: a thumb print with its witness, or why there is none.

As on paper, the words stand beside the mark in the same picture, so that it can be read and
printed without the form around it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.ui import theme
from desktop.ui.forms.strokes import LONGEST

_PAD: Final = 12
_LINE: Final = 34
_PRINT: Final = 380
_WORDS = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


def thumb_print(image: QImage, lines: list[str]) -> QImage:
    """The picture of a thumb print, grey, with lines of words under it."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    size = grey.size()
    most = QSize(LONGEST - 2 * _PAD, _PRINT)
    if size.width() > most.width() or size.height() > most.height():
        size = size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
    wide = max(size.width() + 2 * _PAD, 420 if lines else 0)
    made = _paper(wide, size.height() + 2 * _PAD + _LINE * len(lines))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    left = (made.width() - size.width()) / 2
    painter.drawImage(QRectF(left, _PAD, size.width(), size.height()), grey)
    _write(painter, made, size.height() + _PAD + _PAD / 2, lines)
    painter.end()
    return made.convertToFormat(QImage.Format.Format_Grayscale8)


def words_alone(lines: list[str]) -> QImage:
    """Lines of words in the place of a signature."""
    made = _paper(LONGEST, 2 * _PAD + _LINE * len(lines))
    painter = QPainter(made)
    _write(painter, made, _PAD, lines)
    painter.end()
    return made.convertToFormat(QImage.Format.Format_Grayscale8)


def _paper(width: int, height: int) -> QImage:
    made = QImage(min(width, LONGEST), min(height, LONGEST), QImage.Format.Format_RGB32)
    made.fill(QColor(theme.PAPER))
    return made


def _write(painter: QPainter, made: QImage, top: float, lines: list[str]) -> None:
    painter.setPen(QColor(theme.INK))
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    for number, line in enumerate(lines):
        font = theme.font(theme.BODY, 500 if number == 0 else 400)
        font.setPixelSize(22)
        painter.setFont(font)
        room = QRectF(_PAD, top + number * _LINE, made.width() - 2 * _PAD, _LINE)
        wide = painter.fontMetrics().horizontalAdvance(line)
        if wide > room.width():
            # Smaller letters rather than a cut name; 200 letters at most come here.
            font.setPixelSize(max(11, int(22 * room.width() / wide)))
            painter.setFont(font)
        painter.drawText(room, _WORDS, line)
