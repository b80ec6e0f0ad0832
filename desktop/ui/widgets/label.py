# SPDX-License-Identifier: Apache-2.0
"""Words on the screen, wrapped where Thai words end and never cut.

Qt wraps Thai only where libthai happens to be installed, and gives a line the ascent that the
font claims, though the marks of ปื้ stand well above it. This label breaks by the project's own
breaker, sets lines 1.5 times as high as the type, and leaves the first and the last line the room
their ink takes. To screen readers it is an ordinary label.
"""

from __future__ import annotations

import re
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui import theme

_WIDE = 16_777_215
_ABOVE = 1.29
_BELOW = 0.42
_DEEP = 0.58
"""How far Sarabun's ink reaches from the base line, in parts of the size: ปื้ above, กู below, and
below ฎ and ฏ with a vowel (measured with HarfBuzz, all four weights)."""
_DEEP_MARKS = re.compile("[ฎฏ][ุู]")
_COMFORT = 560
"""Width a wrapping label asks for; it takes what it is given."""


class Label(QLabel):
    """Text in a type size and a tone of the theme. ``text()`` is the text as it was given."""

    def __init__(
        self,
        text: str = "",
        size: str = theme.BODY,
        tone: str = "text",
        weight: int = 400,
        *,
        wrap: bool = True,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._tone, self._weight = size, tone, weight
        self._wrap, self._align = wrap, align
        self._lines: dict[float, tuple[QTextLayout, int]] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        self._lines.clear()
        super().setText(text)
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Show the text in another colour of the theme."""
        self._tone = tone
        self.update()

    def set_size(self, size: str, weight: int | None = None) -> None:
        """Show the text in another type size."""
        self._size = size
        self._weight = self._weight if weight is None else weight
        self._lines.clear()
        self.updateGeometry()
        self.update()

    def widest(self) -> int:
        """Width in pixels in which every line of the text stands unbroken."""
        return self._widest()

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        return self._height(width)

    def sizeHint(self) -> QSize:
        wide = self._widest()
        if self._wrap:
            wide = min(wide, theme.scaled(_COMFORT))
        return QSize(wide, self._height(wide))

    def minimumSizeHint(self) -> QSize:
        if not self._wrap:
            return QSize(theme.pixels(self._size) * 2, self._block(1))
        width = min(self._widest(), theme.scaled(96))
        return QSize(width, self._block(1))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return
        painter = QPainter(self)
        painter.setPen(theme.colour(self._tone if self.isEnabled() else "edge"))
        painter.setFont(self._font())
        width = float(self.width())
        if self._wrap:
            layout, height = self._laid(width)
        else:
            shown = QFontMetricsF(self._font()).elidedText(
                self.text(), Qt.TextElideMode.ElideRight, width
            )
            layout, height = self._lay(shown, width, wrap=False)
        layout.draw(painter, QPointF(0, max(0.0, (self.height() - height) / 2)))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        self._lines.clear()
        super().changeEvent(event)

    def _font(self) -> QFont:
        return theme.font(self._size, self._weight)

    def _line_height(self) -> int:
        return round(theme.pixels(self._size) * theme.LINE)

    def _widest(self) -> int:
        metrics = QFontMetricsF(theme.font(self._size, self._weight))
        lines = self.text().split("\n")
        return max((int(metrics.horizontalAdvance(line)) + 2 for line in lines), default=0)

    def _block(self, lines: int) -> int:
        """Height of so many lines with room for the ink of the first and the last."""
        below = _DEEP if _DEEP_MARKS.search(self.text()) else _BELOW
        around = self._base() + ceil(theme.pixels(self._size) * below) + 1
        return around + (lines - 1) * self._line_height()

    def _base(self) -> int:
        """Where the first base line is; one pixel more than the ink, for what hinting rounds."""
        return ceil(theme.pixels(self._size) * _ABOVE) + 1

    def _height(self, width: int) -> int:
        if not self.text() or not self._wrap:
            return self._block(1)
        return self._laid(float(width))[1]

    def _laid(self, width: float) -> tuple[QTextLayout, int]:
        if width not in self._lines:
            if len(self._lines) > 8:
                self._lines.clear()
            # One line needs no breaks: the breaker is loaded when the first text is too long.
            fits = "\n" not in self.text() and self._widest() <= width
            text = self.text() if fits else _broken(self.text())
            self._lines[width] = self._lay(text, width, wrap=not fits)
        return self._lines[width]

    def _lay(self, text: str, width: float, *, wrap: bool) -> tuple[QTextLayout, int]:
        layout = QTextLayout(text.replace("\n", "\u2028"), theme.font(self._size, self._weight))
        option = QTextOption(self._align)
        option.setWrapMode(
            QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
            if wrap
            else QTextOption.WrapMode.ManualWrap
        )
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        step = float(self._line_height())
        base = self._base()
        lines = 0
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, base + lines * step - line.ascent()))
            lines += 1
        layout.endLayout()
        return layout, self._block(max(1, lines))


def _broken(text: str) -> str:
    """The text with a zero-width space wherever a line may end inside Thai."""
    if not any("\u0e00" <= letter <= "\u0e7f" for letter in text):
        return text
    from desktop.thai.breaking import with_breaks

    return with_breaks(text)
