# SPDX-License-Identifier: Apache-2.0
"""A shape of event as a small picture of its timetable, to be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.model.event import PlannedSession
from desktop.ui import icons, theme

_MORNING, _EVENING = 8 * 60, 17 * 60
_PICTURE = 56
_WORDS = 54


class PatternTile(QAbstractButton):
    """Days as columns, sessions as blocks: filled where the time counts, outlined where not.

    Tiles with the same parent exclude each other; arrows go from one to the next.
    """

    def __init__(
        self,
        name: str,
        words: str,
        days: int,
        sessions: Sequence[PlannedSession],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._days, self._sessions = words, days, tuple(sessions)
        self.setText(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(200), theme.scaled(_PICTURE + _WORDS) + 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(150), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        on, here = self.isChecked(), self.hasFocus()
        edge = "focus" if here else "accent" if on else "line"
        painter.setPen(QPen(theme.colour(edge), 2 if on or here else 1))
        painter.setBrush(theme.colour("accent_soft" if on else "surface"))
        painter.drawRoundedRect(whole, theme.RADIUS, theme.RADIUS)
        inner = whole.adjusted(14, 12, -14, -8)
        picture = QRectF(inner.left(), inner.top(), inner.width(), theme.scaled(_PICTURE))
        self._draw(painter, picture)
        self._write(painter, inner.adjusted(0, theme.scaled(_PICTURE) + 6, 0, 0))
        if on:
            spot = QRectF(inner.right() - 20, inner.top(), 20, 20)
            icons.paint(painter, spot, "circle-check", "accent")
        painter.end()

    def _draw(self, painter: QPainter, where: QRectF) -> None:
        wide = min(theme.scaled(44), (where.width() - 28) / 4 - 6)
        columns = max(1, self._days)
        for day in range(1, columns + 1):
            column = QRectF(
                where.left() + (day - 1) * (wide + 6), where.top(), wide, where.height()
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(column, 4, 4)
            for session in self._sessions:
                if session.day_no == day:
                    self._block(painter, column, session)
        if not self._sessions:
            middle = QRectF(where.left() + wide / 2 - 12, where.center().y() - 12, 24, 24)
            icons.paint(painter, middle, "plus", "quiet")

    def _block(self, painter: QPainter, column: QRectF, session: PlannedSession) -> None:
        span = _EVENING - _MORNING
        top = column.top() + column.height() * (session.start - _MORNING) / span
        high = column.height() * (session.end - session.start) / span
        block = QRectF(column.left() + 4, top + 1, column.width() - 8, max(4.0, high - 2))
        painter.setPen(QPen(theme.colour("accent"), 1))
        painter.setBrush(theme.colour("accent" if session.counts else "surface"))
        painter.drawRoundedRect(block, 2, 2)

    def _write(self, painter: QPainter, where: QRectF) -> None:
        left_top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        for text, font, tone in (
            (self.text(), theme.font(theme.BODY, 600), "text"),
            (self._words, theme.font(theme.SMALL), "quiet"),
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(tone))
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(where.width()))
            painter.drawText(where, left_top, shown)
            where = where.adjusted(0, metrics.height() + 2, 0, 0)
