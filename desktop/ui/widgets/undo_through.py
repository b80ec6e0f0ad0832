# SPDX-License-Identifier: Apache-2.0
"""Ctrl+Z in a line that keeps itself: what is being typed is undone there, what is kept is not.

Qt's line takes Ctrl+Z for itself also when nothing was typed since it was left, so that the last
thing done could not be taken back while the cursor stands in a line.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

_STEPS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class UndoThrough(QObject):
    """Lets Ctrl+Z and Ctrl+Shift+Z through the lines of ``part`` that hold nothing unkept."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        lines = part.findChildren(QLineEdit)
        for line in lines:
            line.installEventFilter(self)
            line.editingFinished.connect(partial(line.setModified, False))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QLineEdit)
            and not watched.isModified()
            and any(event.matches(step) for step in _STEPS)
        ):
            # Ignored and kept from the line: the window's own key hears it.
            event.ignore()
            return True
        return bool(super().eventFilter(watched, event))
