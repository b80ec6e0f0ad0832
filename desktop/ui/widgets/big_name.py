# SPDX-License-Identifier: Apache-2.0
"""A name as large as its place allows: smaller, then on two lines, never cut.

A line ends where the name has a space; inside a word only when that saves much, as in the long
unspaced name of an organisation.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui import theme

_SMALLEST: Final = 20
_WORTH: Final = 0.6
"""How much smaller a name may be so that none of its words is broken."""
_LINE: Final = 1.42
"""Base line to base line: room for a tone mark over an upper vowel, and for ญู below."""


class BigName(QLabel):
    """Shows a name at up to 64 px. To screen readers it is an ordinary label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "text"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # Two lines and no more, so that what belongs to the name stands near it.
        self.setMaximumHeight(round(theme.pixels(theme.NAME) * _LINE * 2))

    def show_name(self, name: str, tone: str = "text") -> None:
        """Show another name in a tone of the theme."""
        self._tone = tone
        self.setText(name)
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, round(theme.pixels(theme.NAME) * _LINE))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, round(_SMALLEST * _LINE * 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return
        painter = QPainter(self)
        painter.setPen(theme.colour(self._tone))
        largest = theme.pixels(theme.NAME)
        layout, height = _set(self.text(), self.width(), self.height(), largest)
        layout.draw(painter, QPointF(0, max(0.0, (self.height() - height) / 2)))
        painter.end()


@lru_cache(maxsize=64)
def _breakable(name: str) -> str:
    from desktop.thai.breaking import with_breaks

    return with_breaks(name)


@lru_cache(maxsize=16)
def _set(name: str, width: int, height: int, largest: int) -> tuple[QTextLayout, float]:
    """The name laid out with its words whole, or broken where that makes it much larger."""
    size = largest
    while True:
        layout, lines = _lay(_breakable(name), width, size)
        room = lines * size * _LINE
        if (lines <= 2 and room <= height and _within(layout, width)) or size <= _SMALLEST:
            break
        size = max(_SMALLEST, size - 2)
    return _whole(name, width, height, largest, max(_SMALLEST, size * _WORTH)) or (layout, room)


def _whole(
    name: str, width: int, height: int, largest: int, smallest: float
) -> tuple[QTextLayout, float] | None:
    """On one line, or on two that part at a space; None when that is too small."""
    spaces = [place for place, sign in enumerate(name) if sign == " "]
    middle = sorted(spaces, key=lambda place: abs(2 * place + 1 - len(name)))
    texts = [name, *(f"{name[:place]}\u2028{name[place + 1 :]}" for place in middle)]
    for size in range(largest, round(smallest) - 1, -2):
        for text in texts:
            layout, lines = _lay(text, width, size, QTextOption.WrapMode.NoWrap)
            if lines * size * _LINE <= height and _within(layout, width):
                return layout, lines * size * _LINE
    return None


def _within(layout: QTextLayout, width: int) -> bool:
    return all(
        layout.lineAt(number).naturalTextWidth() <= width for number in range(layout.lineCount())
    )


def _lay(
    text: str,
    width: int,
    size: int,
    wrap: QTextOption.WrapMode = QTextOption.WrapMode.WordWrap,
) -> tuple[QTextLayout, int]:
    font = theme.font(theme.NAME, 600)
    font.setPixelSize(size)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(wrap)
    layout.setTextOption(option)
    layout.beginLayout()
    count = 0
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        step = size * _LINE
        line.setPosition(QPointF(0, count * step + (step - line.height()) / 2))
        count += 1
    layout.endLayout()
    return layout, count
