# SPDX-License-Identifier: Apache-2.0
"""The one box of the check-in desk: typed into, scanned into, and the only thing with the keys."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.search_box import SearchBox

_MOVES: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}

_ON_THAI: Final = {
    int(Qt.Key.Key_Slash): int(Qt.Key.Key_2),
    int(Qt.Key.Key_Minus): int(Qt.Key.Key_3),
}
"""On the Thai layout these two keys give signs that Qt takes for what they look like."""


class DeskBox(SearchBox):
    """``entered`` comes with Enter, ``moved(step)`` with the arrows, ``picked(place)`` with
    Ctrl+1 … Ctrl+9 while ``picks`` is set."""

    entered = Signal(str)
    moved = Signal(int)
    picked = Signal(int)

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, large=True, key="", parent=parent)
        self.picks = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES:
            self.moved.emit(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.text())
        elif self.picks and (place := _nth(event)) is not None:
            self.picked.emit(place)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.picks and _nth(event) is not None:
                event.accept()
                return True
            if event.matches(QKeySequence.StandardKey.Undo) or event.matches(
                QKeySequence.StandardKey.Redo
            ):
                # At the desk Ctrl+Z takes back the last mark, not the last letter.
                event.ignore()
                return False
        return super().event(event)


def _nth(event: QKeyEvent) -> int | None:
    """The place 0 to 8 that Ctrl and a digit key mean, under the Thai layout too."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != (
        Qt.KeyboardModifier.ControlModifier
    ):
        return None
    # Under a Thai layout Windows names the key by its letter; its own number stays the same.
    key = event.nativeVirtualKey() if sys.platform == "win32" else event.key()
    key = _ON_THAI.get(key, key)
    place = key - int(Qt.Key.Key_1)
    return place if 0 <= place < 9 else None
