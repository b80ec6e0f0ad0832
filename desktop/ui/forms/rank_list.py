# SPDX-License-Identifier: Apache-2.0
"""Rows to be put in order: drawn along with the mouse, moved with Alt and the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import icons, theme

_ROW: Final = 48
_GAP: Final = 6
_ARROWS: Final = 84
_BADGE: Final = 28.0


class RankList(QWidget):
    """``moved`` comes when the order was changed by a person."""

    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str]] = []
        self._at = 0
        self._dragged: float | None = None
        """Where the mouse is while a row hangs on it."""
        self._grip = 0.0
        self.ranked = False
        """Whether the order is an answer, or only how the choices came."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.scaled(640))

    def sizeHint(self) -> QSize:
        step = theme.scaled(_ROW) + _GAP
        return QSize(theme.scaled(480), max(1, len(self._rows)) * step - _GAP + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(260), self.sizeHint().height())

    def show_rows(self, rows: Sequence[tuple[str, str]], *, ranked: bool) -> None:
        """Show (value, word) in this order."""
        self._rows, self.ranked = list(rows), ranked
        self._at = min(self._at, max(0, len(self._rows) - 1))
        self._dragged = None
        self.updateGeometry()
        self.update()

    def values(self) -> list[str]:
        """The values in the order shown."""
        return [value for value, _word in self._rows]

    def move_row(self, place: int, to: int) -> None:
        """Put a row elsewhere."""
        if not self.isEnabled() or not 0 <= to < len(self._rows):
            return
        row = self._rows.pop(place)
        self._rows.insert(to, row)
        self._at = to
        self.ranked = True
        self.update()
        self._say(_("{word}: place {number}").format(word=row[1], number=to + 1))
        self.moved.emit()

    # ── keys and mouse ───────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if step and alt:
            self.move_row(self._at, self._at + step)
        elif step and 0 <= self._at + step < len(self._rows):
            self._at += step
            self.update()
            self._say(self._rows[self._at][1])
        elif not step:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position())
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._at = place
        row = self._where(place)
        if event.position().x() > row.right() - _ARROWS:
            upper = event.position().x() < row.right() - _ARROWS / 2
            self.move_row(place, place - 1 if upper else place + 1)
        else:
            self._dragged = event.position().y()
            self._grip = self._dragged - row.top()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None or not self.isEnabled():
            return
        self._dragged = event.position().y()
        middle = self._dragged - self._grip + theme.scaled(_ROW) / 2
        to = int(middle // (theme.scaled(_ROW) + _GAP))
        to = max(0, min(len(self._rows) - 1, to))
        if to != self._at:
            self._rows.insert(to, self._rows.pop(self._at))
            self._at = to
            self.ranked = True
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._dragged = None
            self.unsetCursor()
            self.update()
            if self.ranked:
                self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _place(self, at: QPointF) -> int | None:
        return next((n for n in range(len(self._rows)) if self._where(n).contains(at)), None)

    def _where(self, place: int) -> QRectF:
        high = theme.scaled(_ROW)
        return QRectF(1, place * (high + _GAP) + 1, self.width() - 2, high)

    def _say(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(len(self._rows)):
            if place != self._at or self._dragged is None:
                self._paint_row(painter, self._where(place), place)
        if self._dragged is not None and self._rows:
            row = self._where(self._at)
            top = max(0.0, min(self._dragged - self._grip, self.height() - row.height()))
            row.moveTop(top)
            self._paint_row(painter, row, self._at)
        painter.end()

    def _paint_row(self, painter: QPainter, row: QRectF, place: int) -> None:
        here = place == self._at and self.hasFocus()
        held = place == self._at and self._dragged is not None
        bad = self.property("bad") == "true"
        able = self.isEnabled()
        tone = "focus" if here or held else "red" if bad else "edge"
        painter.setPen(QPen(theme.colour(tone), 2 if here or held else 1))
        painter.setBrush(theme.colour("accent_soft" if held else "surface" if able else "raised"))
        painter.drawRoundedRect(row, theme.RADIUS, theme.RADIUS)
        side = 18.0
        middle = row.center().y()
        icons.paint(
            painter,
            QRectF(row.left() + 8, middle - side / 2, side, side),
            "grip-vertical",
            "quiet",
        )
        badge = QRectF(row.left() + 34, middle - _BADGE / 2, _BADGE, _BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if self.ranked else "grey_soft"))
        painter.drawEllipse(badge)
        painter.setPen(theme.colour("on_accent" if self.ranked else "quiet"))
        painter.setFont(theme.font(theme.BODY, 600))
        number = str(place + 1) if self.ranked else "–"
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, number)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(theme.LEAD))
        words = row.adjusted(74, 0, -_ARROWS - 4, 0)
        shown = QFontMetrics(painter.font()).elidedText(
            self._rows[place][1], Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        for number_of, icon in enumerate(("chevron-up", "chevron-down")):
            last = place == (0 if number_of == 0 else len(self._rows) - 1)
            left = row.right() - _ARROWS + number_of * _ARROWS / 2 + 10
            spot = QRectF(left, middle - 11, 22, 22)
            icons.paint(painter, spot, icon, "line" if last or not able else "accent")
