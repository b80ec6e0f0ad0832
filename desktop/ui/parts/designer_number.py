# SPDX-License-Identifier: Apache-2.0
"""Exact numbers: millimetres and points with a fraction, in Arabic or Thai digits."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.ui import theme
from desktop.ui.parts.designer_words import mm

_STEPS: Final = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def read_length(text: str) -> float | None:
    """A number as people type it: Thai digits, a decimal comma, "มม." behind; else None."""
    from desktop.thai.digits import to_arabic

    plain = to_arabic(text).strip().lower()
    for unit in ("มิลลิเมตร", "มม.", "มม", "mm", "pt", "°", "%"):
        plain = plain.removesuffix(unit).strip()
    plain = plain.replace(",", ".")
    body = plain.lstrip("-")
    if not body.isascii() or not body.replace(".", "", 1).isdigit():
        return None
    return float(plain)


class LengthEdit(QLineEdit):
    """A length. ``measured`` comes with every key that makes a number within the limits.

    Arrow up and down go by ``step`` (Shift ten times that, Alt a fifth); leaving a line that is
    no number puts back what it was. ``left`` ends the step for whoever keeps steps.
    """

    measured = Signal(float)
    left = Signal()

    def __init__(
        self,
        name: str,
        *,
        least: float = -500.0,
        most: float = 2000.0,
        step: float = 0.5,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._step = least, most, step
        self._value: float | None = None
        self.setAccessibleName(name)
        self.setMinimumWidth(theme.scaled(64))
        self.textEdited.connect(self._typed)

    def value(self) -> float | None:
        """The number shown, None where several differ or nothing stands."""
        return self._value

    def show_value(self, value: float | None) -> None:
        """Show a number, or nothing; what is being typed stays."""
        if self.hasFocus() and self.isModified() and read_length(self.text()) == value:
            self._value = value
            return
        self._value = value
        words = "" if value is None else mm(value)
        if self.text() != words:
            self.setText(words)
        self._mark(good=True)

    def _typed(self, text: str) -> None:
        found = read_length(text)
        good = found is not None and self._least <= found <= self._most
        self._mark(good=good or not text.strip())
        if good and found is not None and found != self._value:
            self._value = found
            self.measured.emit(found)

    def _mark(self, *, good: bool) -> None:
        bad = "false" if good else "true"
        if self.property("bad") != bad:
            self.setProperty("bad", bad)
            self.style().unpolish(self)
            self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._value is not None:
            step = self._step if key == Qt.Key.Key_Up else -self._step
            if keys & Qt.KeyboardModifier.ShiftModifier:
                step *= 10
            elif keys & Qt.KeyboardModifier.AltModifier:
                step /= 5
            value = round(max(self._least, min(self._most, self._value + step)), 2)
            self._value = value
            self.setText(mm(value))
            self.measured.emit(value)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settle()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def _settle(self) -> None:
        self.setText("" if self._value is None else mm(self._value))
        self._mark(good=True)
        self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._settle()


class UndoOutside(QObject):
    """Ctrl+Z and Ctrl+Shift+Z in the lines of a part are the page's own: every key typed is kept
    as it is typed, and goes back with the page's steps."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)

    def watch(self, part: QWidget) -> None:
        """Watch the lines of ``part``, also of itself."""
        for line in (part, *part.findChildren(QWidget)):
            if isinstance(line, QLineEdit | QPlainTextEdit):
                line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
            and isinstance(event, QKeyEvent)
            and any(event.matches(step) for step in _STEPS)
        ):
            event.ignore()
            return True
        return bool(super().eventFilter(watched, event))
