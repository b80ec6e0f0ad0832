# SPDX-License-Identifier: Apache-2.0
"""A month of follow-ups drawn as a grid, Monday first, with holidays and how many are due.

Arrows move the day, Page Up and Page Down the month, Enter goes to its list.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _, language, ngettext
from desktop.model.follow_up import FollowUpLine
from desktop.store.holiday import holiday
from desktop.thai import dates
from desktop.ui import icons, theme
from desktop.ui.parts.case_way import two_lines
from desktop.ui.widgets.be_date import months_on, said

_DAYS: Final = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_SATURDAY: Final = 5
Days = Mapping[date, tuple[FollowUpLine, ...]]


class CalendarMonth(QWidget):
    """``moved(day)`` when another day is current; ``turned`` when that is in another month."""

    moved = Signal(object)
    turned = Signal()
    entered = Signal()

    def __init__(self, day: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self._today = day, today
        self._days: Days = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._name()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(640), theme.scaled(420))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(420), theme.scaled(280))

    def heading(self) -> str:
        """Month and year: พฤศจิกายน 2569."""
        if language() == "en":
            return f"{dates.ENGLISH_MONTHS[self.day.month - 1]} {self.day.year}"
        return f"{dates.MONTHS[self.day.month - 1]} {dates.be_year(self.day)}"

    def show_days(self, days: Days, today: date) -> None:
        """Show the follow-ups of the month."""
        self._days, self._today = days, today
        self._name()
        self.update()

    def go_to(self, day: date) -> None:
        """Make another day the current one."""
        before, self.day = self.day, day
        if (before.year, before.month) != (day.year, day.month):
            self.turned.emit()
        self._name()
        self.moved.emit(day)
        self.update()

    def _name(self) -> None:
        lines = self._days.get(self.day, ())
        words = [said(self.day), holiday(self.day) or ""]
        if lines:
            words.append(
                ngettext("{count} follow-up", "{count} follow-ups", len(lines)).format(
                    count=len(lines)
                )
            )
        self.setAccessibleName(" · ".join(one for one in words if one))

    # ── keys and mouse ───────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        days = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7,
        }.get(key)  # fmt: skip
        if days:
            self.go_to(self.day + timedelta(days=days))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go_to(months_on(self.day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key == Qt.Key.Key_Home:
            self.go_to(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for where, day in self._cells():
            if where.contains(event.position()):
                self.go_to(day)
                return

    # ── drawing ──────────────────────────────────────────────────────────────────────────────

    def _weeks(self) -> list[list[date]]:
        return calendar.Calendar(calendar.MONDAY).monthdatescalendar(self.day.year, self.day.month)

    def _head(self) -> float:
        return float(theme.scaled(28))

    def _cells(self) -> list[tuple[QRectF, date]]:
        weeks, top = self._weeks(), self._head()
        wide = self.width() / 7
        high = (self.height() - top) / len(weeks)
        return [
            (QRectF(column * wide, top + row * high, wide, high), day)
            for row, week in enumerate(weeks)
            for column, day in enumerate(week)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL, 600))
        wide = self.width() / 7
        middle = Qt.AlignmentFlag.AlignCenter
        for column in range(7):
            painter.setPen(theme.colour("quiet"))
            word = calendar.day_abbr[column] if language() == "en" else _DAYS[column]
            painter.drawText(QRectF(column * wide, 0, wide, self._head()), middle, word)
        for where, day in self._cells():
            self._cell(painter, where.adjusted(1, 1, -1, -1), day)
        painter.end()

    def _cell(self, painter: QPainter, where: QRectF, day: date) -> None:
        here = day.month == self.day.month
        feast = holiday(day)
        free = feast is not None or day.weekday() >= _SATURDAY
        current = day == self.day
        ground = "accent_soft" if current else "raised" if free or not here else "surface"
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(where, 6, 6)
        if current:
            tone = "focus" if self.hasFocus() else "accent"
            painter.setPen(QPen(theme.colour(tone), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), 6, 6)
        left = where.left() + 8
        number = QRectF(left, where.top() + 2, theme.scaled(28), theme.scaled(24))
        if day == self._today:
            disc = QRectF(where.left() + 4, number.top(), number.height() + 4, number.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(disc, 12, 12)
            number = disc
        tone = "on_accent" if day == self._today else "text" if here else "quiet"
        painter.setPen(theme.colour(tone))
        painter.setFont(theme.font(theme.BODY, 600 if day == self._today else 400))
        align = (
            Qt.AlignmentFlag.AlignCenter
            if day == self._today
            else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        painter.drawText(number, align, str(day.day))
        if feast is not None:
            self._feast(painter, where, number, feast)
        if here:
            self._counts(painter, where, self._days.get(day, ()))

    def _feast(self, painter: QPainter, where: QRectF, number: QRectF, feast: str) -> None:
        """The name of a holiday: under the number where there is room, else beside it."""
        painter.setFont(theme.font(theme.TINY))
        painter.setPen(theme.colour("gold"))
        metrics = QFontMetricsF(painter.font())
        line = theme.pixels(theme.TINY) * 1.4
        if where.height() < number.height() + 2 * line + theme.scaled(28):
            left = number.right() + 2
            room = QRectF(left, number.top(), where.right() - left - 4, number.height())
            words = metrics.elidedText(feast, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(
                room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
            )
            return
        top = number.bottom()
        for words in two_lines(feast, where.width() - 10, metrics):
            room = QRectF(where.left() + 8, top, where.width() - 8, line)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words
            )
            top += line

    def _counts(self, painter: QPainter, where: QRectF, lines: tuple[FollowUpLine, ...]) -> None:
        """How many are late, are still to be done, and were done: icon, number, colour."""
        waiting = [line for line in lines if not line.follow_up.is_done]
        late = sum(line.follow_up.due < self._today for line in waiting)
        groups = (
            (late, "triangle-alert", "red"),
            (len(waiting) - late, "clock", "accent"),
            (len(lines) - len(waiting), "check", "green"),
        )
        left = where.left() + 8
        high = float(theme.scaled(24))
        top = where.bottom() - high - 4
        painter.setFont(theme.font(theme.BODY, 600))
        for count, icon, tone in groups:
            if not count:
                continue
            words = QFontMetricsF(painter.font()).horizontalAdvance(str(count))
            pill = QRectF(left, top, words + 34, high)
            painter.setPen(QPen(theme.colour(tone), 1))
            painter.setBrush(theme.colour(f"{tone}_soft"))
            painter.drawRoundedRect(pill, 12, 12)
            icons.paint(painter, QRectF(left + 7, top + (high - 14) / 2, 14, 14), icon, tone)
            painter.setPen(theme.colour(tone))
            painter.drawText(
                pill.adjusted(25, 0, 0, 0),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                str(count),
            )
            left = pill.right() + 4

    def legend(self) -> str:
        """What the signs mean."""
        return _("⚠ late   ◷ to do   ✓ done")
