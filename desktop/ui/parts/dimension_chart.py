# SPDX-License-Identifier: Apache-2.0
"""The five dimensions of a household over its visits: a row each, a column a visit, every state in
a word and a shape as well as a colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.model.visit import DIMENSIONS
from desktop.store import codelist
from desktop.ui import icons, theme
from desktop.ui.parts.household_words import DIMENSION_STATES, day_words, dimension_word
from desktop.ui.widgets.badge import badge_size, paint_badge

if TYPE_CHECKING:
    from desktop.model.visit import Assessment

MOST: Final = 8
"""Visits that are told; of more the last ones, and of these as many as there is room for."""
_ROW: Final = 38
_HEAD: Final = 46
_LABEL: Final = 150
_KEY: Final = 30
_NARROW: Final = 56
_ICON: Final = 20


class DimensionChart(QWidget):
    """Words stand in the last column; in the ones before it too, while there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Assessment, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_assessments(self, assessments: Sequence[Assessment]) -> None:
        """Show these, the oldest first."""
        self._shown = tuple(assessments[-MOST:])
        self.setAccessibleName(_("Five dimensions of the household"))
        self.setAccessibleDescription(self.text())
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The same in words: a line for each dimension."""
        lines = []
        for name in DIMENSIONS:
            states = [
                f"{day_words(one.visited_on)} {dimension_word(one.states.get(name, 'na'))}"
                for one in self._shown
            ]
            lines.append(f"{codelist.word('dimension', name)}: {', '.join(states)}")
        return "\n".join(lines)

    def sizeHint(self) -> QSize:
        return QSize(360, self.heightForWidth(max(360, self.width())))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = theme.scaled(_HEAD) + len(DIMENSIONS) * theme.scaled(_ROW) + 4
        return rows + (theme.scaled(_KEY) if self._shown and self._speechless(width) else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(_LABEL) + self._widest() + 12, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._shown:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head, row = theme.scaled(_HEAD), theme.scaled(_ROW)
        columns = self._columns(self.width())
        for one, left, wide in columns:
            self._day(painter, QRect(left, 0, wide, head), one.visited_on)
        for number, name in enumerate(DIMENSIONS):
            top = head + number * row
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(0, top, self.width(), top)
            self._label(painter, QRect(0, top, self._label_width(self.width()) - 8, row), name)
            for one, left, wide in columns:
                state = one.states.get(name, "na")
                self._state(painter, QRect(left, top, wide, row), state)
        if self._speechless(self.width()):
            self._draw_key(painter, head + len(DIMENSIONS) * row)
        painter.end()

    def _speechless(self, width: int) -> bool:
        """Whether a column has no room for words, so that the shapes are told below."""
        return any(wide < self._widest() for _one, _left, wide in self._columns(width))

    def _draw_key(self, painter: QPainter, top: int) -> None:
        font = theme.font(theme.TINY)
        painter.setFont(font)
        painter.setPen(theme.colour("quiet"))
        high, side = theme.scaled(_KEY), 14
        left = 0
        for state, (icon, tone) in DIMENSION_STATES.items():
            word = dimension_word(state)
            icons.paint(painter, QRectF(left, top + (high - side) / 2, side, side), icon, tone)
            wide = QFontMetrics(font).horizontalAdvance(word)
            room = QRect(left + side + 4, top, wide + 4, high)
            middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, middle, word)
            left = room.right() + 10

    def _widest(self) -> int:
        return max(badge_size(dimension_word(state)).width() for state in DIMENSION_STATES) + 8

    def _label_width(self, width: int) -> int:
        font = QFontMetrics(theme.font(theme.SMALL, 500))
        needed = max(font.horizontalAdvance(codelist.word("dimension", n)) for n in DIMENSIONS)
        return min(max(needed + 12, 90), max(theme.scaled(_LABEL), width * 2 // 5))

    def _columns(self, width: int) -> list[tuple[Assessment, int, int]]:
        """The visits that have room, the last ones: each with left edge and width of its column.

        The last always has room for words.
        """
        if not self._shown:
            return []
        label = self._label_width(width)
        room, word = width - label, self._widest()
        narrow = theme.scaled(_NARROW)
        count = min(len(self._shown), 1 + max(0, room - word) // narrow)
        shown = self._shown[-count:]
        if room >= count * word and count == len(self._shown):
            each = min(room // count, word + 40)
            return [(one, label + n * each, each) for n, one in enumerate(shown)]
        each = (room - word) // (count - 1) if count > 1 else narrow
        each = min(each, 2 * narrow)
        return [
            (one, label + n * each, each if n < count - 1 else word) for n, one in enumerate(shown)
        ]

    @staticmethod
    def _day(painter: QPainter, where: QRect, iso: str) -> None:
        """The day over its year; in a narrow column only the last two words that fit."""
        day, _space, year = day_words(iso).rpartition(" ")
        painter.setFont(theme.font(theme.TINY, 500))
        painter.setPen(theme.colour("quiet"))
        half = where.height() // 2
        for place, text in enumerate((day, year)):
            row = QRect(
                where.left() + 2, where.top() + place * half - place * 4, where.width(), half
            )
            painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    @staticmethod
    def _label(painter: QPainter, where: QRect, name: str) -> None:
        font = theme.font(theme.SMALL, 500)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        word = codelist.word("dimension", name)
        shown = QFontMetrics(font).elidedText(word, Qt.TextElideMode.ElideMiddle, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _state(self, painter: QPainter, where: QRect, state: str) -> None:
        icon, tone = DIMENSION_STATES.get(state, DIMENSION_STATES["na"])
        word = dimension_word(state)
        if where.width() >= self._widest():
            paint_badge(painter, where, word, icon, tone)
            return
        side = min(_ICON, where.width() - 2)
        spot = QRectF(where.left() + 2, where.top() + (where.height() - side) / 2, side, side)
        icons.paint(painter, spot, icon, tone)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
