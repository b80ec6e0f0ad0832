# SPDX-License-Identifier: Apache-2.0
"""A time of day, typed as 9.30, 0930 or ๙.๓๐; it keeps minutes after midnight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.errors import Problem
from desktop.i18n import _
from desktop.thai import dates
from desktop.ui import theme

_STEP = 5
_LAST = 24 * 60


class ClockEdit(QLineEdit):
    """A line for a time; Up and Down go five minutes. ``timed`` brings the new minutes or None."""

    timed = Signal(object)

    def __init__(self, minutes: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._problem = ""
        self._refused = ""
        self.setPlaceholderText(_("e.g. 9.30"))
        self.setMaximumWidth(theme.scaled(120))
        self.editingFinished.connect(self._read)
        self._show()

    def minutes(self) -> int | None:
        """Minutes after midnight; None when empty or not a time."""
        self._read()
        return self._minutes

    def set_minutes(self, minutes: int | None) -> None:
        """Show a time, or nothing."""
        self._minutes, self._problem = minutes, ""
        self._show()

    def problem(self) -> str:
        """What is wrong with what was typed, in a sentence."""
        self._read()
        return self._problem

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: _STEP, Qt.Key.Key_Down: -_STEP}.get(Qt.Key(event.key()))
        minutes = self.minutes() if step else None
        if step and minutes is not None:
            self.set_minutes(max(0, min(_LAST, minutes + step)))
            self.timed.emit(self._minutes)
        else:
            super().keyPressEvent(event)

    def _shown(self) -> str:
        return "" if self._minutes is None else dates.clock(self._minutes)

    def _show(self) -> None:
        self.setText(self._shown())

    def _read(self) -> None:
        text = self.text().strip()
        if text == self._shown():
            self._problem = ""
            return
        if text == self._refused and self._problem:
            # Whoever hears of it asks for the problem: it is told once.
            return
        before, self._refused = self._minutes, text
        if not text:
            self._minutes, self._problem = None, ""
        else:
            try:
                self._minutes, self._problem = dates.parse_time(text), ""
            except Problem as problem:
                self._minutes, self._problem = None, str(problem)
        if self._minutes is not None:
            self._show()
        if self._minutes != before or self._problem:
            self.timed.emit(self._minutes)
