# SPDX-License-Identifier: Apache-2.0
"""The marks of households on the map, and their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.i18n import _
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.parts.household_words import day_words

if TYPE_CHECKING:
    from desktop.ui.parts.household_reading import Spot

TONES: Final = {"critical": "red", "urgent": "amber", "normal": "accent", "": "grey"}
"""Tone of each urgency, the most urgent first."""
_SIZE: Final = 8.0
_SCALES: Final = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
_BAR: Final = 150
_CELL: Final = 64
"""Pixels."""


def draw_mark(painter: QPainter, where: QPointF, urgency: str, *, filled: bool) -> None:
    """The mark of a household: a triangle, a square, a disc or a small ring."""
    tone = theme.colour(TONES.get(urgency, "grey"))
    painter.setPen(QPen(tone, 2.5))
    painter.setBrush(tone if filled else theme.colour("surface"))
    x, y, size = where.x(), where.y(), _SIZE
    if urgency == "critical":
        painter.drawPolygon(
            QPolygonF([QPointF(x, y - size - 1), QPointF(x + size + 1, y + size - 1),
                       QPointF(x - size - 1, y + size - 1)])
        )  # fmt: skip
    elif urgency == "urgent":
        painter.drawRect(QRectF(x - size + 1, y - size + 1, 2 * size - 2, 2 * size - 2))
    else:
        radius = size - 0.5 if urgency else size - 3
        painter.drawEllipse(where, radius, radius)


def urgency_words(urgency: str) -> str:
    """What a mark stands for."""
    return codelist.word("urgency", urgency) if urgency else _("no open case")


def spot_words(one: Spot) -> str:
    """A household of the map in words."""
    last = (
        _("last visit {day}").format(day=day_words(one.last_visited))
        if one.last_visited
        else _("never visited")
    )
    return " · ".join((one.name or _("(no name)"), one.where, urgency_words(one.urgency), last))


def draw_north(painter: QPainter, box: QRectF) -> QRectF:
    """North, which is up, in the corner of ``box``; the room it takes."""
    x, top = box.right() - 30, box.top() + 14
    painter.setPen(QPen(theme.colour("text"), 2))
    painter.setBrush(theme.colour("text"))
    painter.drawPolygon(
        QPolygonF([QPointF(x, top), QPointF(x - 7, top + 18), QPointF(x, top + 13),
                   QPointF(x + 7, top + 18)])
    )  # fmt: skip
    painter.setFont(theme.font(theme.SMALL, 600))
    word = _("North")
    font = QFontMetricsF(painter.font())
    wide = font.horizontalAdvance(word)
    painter.drawText(QPointF(x - wide / 2, top + 18 + font.ascent()), word)
    return QRectF(x - 20, top - 6, 40, 30 + font.height())


def beside(at: QPointF, wide: float, high: float, out: float) -> tuple[QRectF, ...]:
    """Where a name can stand: right, left, below, above; ``out`` from the middle of the mark."""
    return (
        QRectF(at.x() + out, at.y() - high / 2, wide, high),
        QRectF(at.x() - out - wide, at.y() - high / 2, wide, high),
        QRectF(at.x() - wide / 2, at.y() + out, wide, high),
        QRectF(at.x() - wide / 2, at.y() - out - high, wide, high),
    )


class Room:
    """What is taken on the map. In cells, because a thousand marks are each asked for once."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QRectF]] = {}

    def take(self, where: QRectF) -> None:
        """Nothing else may stand here."""
        for cell in self._touched(where):
            self._cells.setdefault(cell, []).append(where)

    def is_free(self, where: QRectF) -> bool:
        """Whether nothing stands here yet."""
        return not any(
            where.intersects(other)
            for cell in self._touched(where)
            for other in self._cells.get(cell, ())
        )

    @staticmethod
    def _touched(where: QRectF) -> list[tuple[int, int]]:
        across = range(int(where.left() // _CELL), int(where.right() // _CELL) + 1)
        down = range(int(where.top() // _CELL), int(where.bottom() // _CELL) + 1)
        return [(x, y) for x in across for y in down]


def draw_bar(painter: QPainter, box: QRectF, metre: float) -> QRectF:
    """How long so many metres are, ``metre`` pixels each; the room it takes."""
    metres = max((one for one in _SCALES if one * metre <= _BAR), default=_SCALES[0])
    wide = metres * metre
    said = (
        _("{count} m").format(count=metres)
        if metres < 1000
        else _("{count} km").format(count=metres // 1000)
    )
    left, y = box.right() - wide - 20, box.bottom() - 40
    painter.setPen(QPen(theme.colour("text"), 2))
    painter.drawLine(QPointF(left, y), QPointF(left + wide, y))
    for x in (left, left + wide):
        painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 5))
    painter.setFont(theme.font(theme.SMALL, 600))
    font = QFontMetricsF(painter.font())
    painter.drawText(QPointF(left + (wide - font.horizontalAdvance(said)) / 2, y - 8), said)
    return QRectF(left - 8, y - 30, wide + 16, 40)
