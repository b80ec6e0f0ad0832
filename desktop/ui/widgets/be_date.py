# SPDX-License-Identifier: Apache-2.0
"""A date in the Buddhist era: typed as people type it, or chosen from a month; kept as ``date``.

Qt has no Buddhist calendar and its date editor shows 2026 for 2569.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import Problem
from desktop.i18n import _, language
from desktop.thai import dates
from desktop.ui import theme
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.label import Label

_CELL = 40


class DateEdit(QWidget):
    """A line for a date with a month to choose from (Alt+Down). ``dated`` brings the new date.

    ``problem()`` is the sentence about what was typed, empty when it is a date or nothing.
    Up and Down go a day on and back, Page Up and Down a month.
    """

    dated = Signal(object)

    def __init__(
        self, day: date | None = None, *, today: date | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._day = day
        self._today = today
        self._problem = ""
        self._refused = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(_("e.g. 3/3/2562"))
        self._line.setMinimumWidth(theme.scaled(190))
        self._line.editingFinished.connect(self._read)
        self._line.installEventFilter(self)
        self._open = IconButton("calendar", _("Choose from a month"), self.open_month, self)
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self._line)
        row.addWidget(self._open)
        self.setFocusProxy(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._show()

    def day(self) -> date | None:
        """The date that stands there; None when it is empty or not a date."""
        self._read()
        return self._day

    def set_date(self, day: date | None) -> None:
        """Show a date, or nothing."""
        self._day, self._problem = day, ""
        self._show()

    def problem(self) -> str:
        """What is wrong with what was typed, in a sentence."""
        self._read()
        return self._problem

    def setAccessibleName(self, name: str) -> None:
        """Name the line for screen readers."""
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)
        self._open.set_name(f"{name}: " + _("Choose from a month"))

    def setProperty(self, name: str, value: object) -> bool:
        """``bad`` goes to the line, which shows it."""
        if name == "bad":
            self._line.setProperty(name, value)
            self._line.style().unpolish(self._line)
            self._line.style().polish(self._line)
        return bool(super().setProperty(name, value))

    def open_month(self) -> None:
        """Show the month to choose from."""
        start = self.day() or self._today or date.today()  # noqa: DTZ011 - the wall calendar
        popup = _Popup(start, self._today, self)
        popup.chosen.connect(self._chosen)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        popup.show()
        popup.month.setFocus()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_month()
                return True
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(key))
            day = self.day() if step or key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) else None
            if step and day is not None:
                self._chosen(day + timedelta(days=step))
                return True
            if day is not None:
                self._chosen(months_on(day, 1 if key == Qt.Key.Key_PageUp else -1))
                return True
        return bool(super().eventFilter(watched, event))  # type: ignore[arg-type]

    def _chosen(self, day: date) -> None:
        changed = day != self._day
        self.set_date(day)
        self._line.setFocus()
        if changed:
            self.dated.emit(day)

    def _read(self) -> None:
        text = self._line.text().strip()
        if text == self._shown():
            self._problem = ""
            return
        if text == self._refused and self._problem:
            # Whoever hears of it asks for the problem: it is told once.
            return
        before, self._refused = self._day, text
        if not text:
            self._day, self._problem = None, ""
        else:
            try:
                self._day, self._problem = dates.parse_date(text), ""
            except Problem as problem:
                self._day, self._problem = None, str(problem)
        if self._day is not None:
            self._show()
        if self._day != before or self._problem:
            self.dated.emit(self._day)

    def _shown(self) -> str:
        return "" if self._day is None else said(self._day)

    def _show(self) -> None:
        self._line.setText(self._shown())


def said(day: date) -> str:
    """A date as it is shown: the weekday with it, so that a wrong day is seen."""
    if language() == "en":
        return f"{calendar.day_abbr[day.weekday()]} {dates.english_date(day)}"
    return f"{_SHORT_DAYS[day.weekday()]} {dates.be_date(day)}"


_SHORT_DAYS = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")


def months_on(day: date, step: int) -> date:
    """The same day ``step`` months on, or the last day of that month."""
    month = day.year * 12 + day.month - 1 + step
    year, number = divmod(month, 12)
    return date(year, number + 1, min(day.day, calendar.monthrange(year, number + 1)[1]))


class Month(QWidget):
    """A month drawn as a grid, Sunday first as Thai calendars are; arrows move, Enter takes."""

    chosen = Signal(object)
    turned = Signal()

    def __init__(self, day: date, today: date | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self._today = day, today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()

    def sizeHint(self) -> QSize:
        cell = theme.scaled(_CELL)
        return QSize(7 * cell, 7 * cell - cell // 4)

    def heading(self) -> str:
        """Month and year in the language of the moment: มีนาคม 2562."""
        if language() == "en":
            return f"{dates.ENGLISH_MONTHS[self.day.month - 1]} {self.day.year}"
        return f"{dates.MONTHS[self.day.month - 1]} {dates.be_year(self.day)}"

    def move_to(self, day: date) -> None:
        """Make another day the current one."""
        if dates.be_year(day) < 2400:
            return
        self.day = day
        self._name()
        self.turned.emit()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(said(self.day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        days = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }.get(key)
        if days:
            self.move_to(self.day + timedelta(days=days))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            far = 12 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.move_to(months_on(self.day, -far if key == Qt.Key.Key_PageUp else far))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for where, day in self._cells():
            if where.contains(event.position().toPoint()):
                self.move_to(day)
                self.chosen.emit(day)
                return

    def _cells(self) -> list[tuple[QRect, date]]:
        cell = theme.scaled(_CELL)
        first = self.day.replace(day=1)
        # Monday is 0 in Python; the Thai week begins on Sunday.
        start = first - timedelta(days=(first.weekday() + 1) % 7)
        top = cell - cell // 4
        return [
            (
                QRect(column * cell, top + week * cell, cell, cell),
                start + timedelta(week * 7 + column),
            )
            for week in range(6)
            for column in range(7)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = theme.scaled(_CELL)
        centre = Qt.AlignmentFlag.AlignCenter
        painter.setFont(theme.font(theme.SMALL, 600))
        painter.setPen(theme.colour("quiet"))
        short = ("Su", "Mo", "Tu", "We", "Th", "Fr", "Sa")
        thai = ("อา.", "จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.")
        for column in range(7):
            word = short[column] if language() == "en" else thai[column]
            painter.drawText(QRect(column * cell, 0, cell, cell - cell // 4), centre, word)
        painter.setFont(theme.font())
        for where, day in self._cells():
            here, now = day == self.day, day == self._today
            spot = QRectF(where).adjusted(3, 3, -3, -3)
            if here:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                painter.drawRoundedRect(spot, 8, 8)
            elif now:
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(spot, 8, 8)
            inside = day.month == self.day.month
            painter.setPen(theme.colour("on_accent" if here else "text" if inside else "quiet"))
            if inside or here:
                painter.drawText(where, centre, str(day.day))
        painter.end()


class _Popup(QFrame):
    """The month under the line, with a step back and on."""

    chosen = Signal(object)

    def __init__(self, day: date, today: date | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.month = Month(day, today, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        row = QHBoxLayout()
        self._heading = Label(
            "", weight=600, wrap=False, align=Qt.AlignmentFlag.AlignHCenter, parent=self
        )
        back = IconButton("chevron-left", _("Month before"), lambda: self._turn(-1), self)
        on = IconButton("chevron-right", _("Month after"), lambda: self._turn(1), self)
        row.addWidget(back)
        row.addWidget(self._heading, 1)
        row.addWidget(on)
        column.addLayout(row)
        column.addWidget(self.month)
        self.month.turned.connect(self._head)
        self.month.chosen.connect(self._take)
        self._head()

    def _turn(self, step: int) -> None:
        self.month.move_to(months_on(self.month.day, step))
        self.month.setFocus()

    def _head(self) -> None:
        self._heading.setText(self.month.heading())

    def _take(self, day: date) -> None:
        QToolTip.hideText()
        self.chosen.emit(day)
        self.close()
