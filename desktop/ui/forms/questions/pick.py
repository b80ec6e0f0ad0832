# SPDX-License-Identifier: Apache-2.0
"""A line for one of many choices: the arrow opens them all, typing narrows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.thai.search_key import search_key
from desktop.ui import icons, theme
from desktop.ui.widgets.field import TypeAhead

_SLICE: Final = 250
"""Choices whose keys are made at a time: about 4 ms."""
_MOST: Final = 200
"""Offers at a time: nobody reads on, and a long list would take its time to show."""


class PickLine(TypeAhead):
    """Choices are (value, word). ``took(value)`` comes when one is taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Type or choose"), parent)
        self._choices: tuple[tuple[str, str], ...] = ()
        self._keys: list[tuple[str, str]] = []
        """Of each choice what is compared: its search key, and its word in small letters."""
        self._reading = QTimer(self)
        self._reading.timeout.connect(self._read_on)
        self.setMaximumWidth(theme.scaled(480))
        self.setTextMargins(0, 0, theme.scaled(28), 0)
        self.asked.connect(self._narrow)
        self.editingFinished.connect(self.settle)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these."""
        self._choices = _told_apart(choices)
        self._keys = []
        if len(self._choices) > _SLICE:
            # A list of thousands is read between two turns of the window, before anybody types.
            self._reading.start()

    def show_choice(self, value: str) -> None:
        """Show the word of a value; a value that is none of the choices shows nothing."""
        word = next((word for each, word in self._choices if each == value), "")
        self.set_value(value if word else None, word)

    def choice(self) -> str:
        """The value that stands there, empty for none."""
        value = self.value()
        return value if isinstance(value, str) and self.text().strip() else ""

    def is_wrong(self) -> bool:
        """Whether something stands there that is none of the choices."""
        return bool(self.plain()) and not self.choice()

    def open_all(self) -> None:
        """Show every choice, whatever stands in the line."""
        if self.isReadOnly():
            return
        self._offers = {word: value for value, word in self._choices[:_MOST]}
        self._words.setStringList(list(self._offers))
        self.completer().setCompletionPrefix("")
        self.completer().complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self.open_all()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.position().x() > self.width() - theme.scaled(40) or not self.text():
            self.open_all()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        where = QRectF(self.width() - 30, (self.height() - 18) / 2, 18, 18)
        icons.paint(painter, where, "chevron-down", "edge" if self.isReadOnly() else "quiet")
        painter.end()

    def _narrow(self, text: str) -> None:
        if not text.strip():
            self.open_all()
            return
        while len(self._keys) < len(self._choices):
            self._read_on()
        key, plain = search_key(text), text.strip().casefold()
        first: list[tuple[str, str]] = []
        later: list[tuple[str, str]] = []
        for choice, (its, low) in zip(self._choices, self._keys, strict=True):
            if low.startswith(plain) or (key and its.startswith(key)):
                first.append(choice)
            elif plain in low or (key and key in its):
                later.append(choice)
        self.offer([*first, *later][:_MOST])

    def _read_on(self) -> None:
        """Make the keys of some more choices."""
        done = len(self._keys)
        self._keys += [
            (search_key(word), word.casefold())
            for _value, word in self._choices[done : done + _SLICE]
        ]
        if len(self._keys) >= len(self._choices):
            self._reading.stop()

    def settle(self) -> None:
        """Take what stands there: the choice of that word, otherwise the first that fits."""
        if self.value() is None and self.plain():
            exact = [value for value, word in self._choices if word == self.plain()]
            if exact:
                self.show_choice(exact[0])
                self.took.emit(exact[0])
            else:
                self.take_first()
        elif not self.plain() and self.isModified():
            self.setModified(False)
            self.took.emit("")


def _told_apart(choices: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The choices with their value added where two have the same word."""
    seen: dict[str, int] = {}
    for _value, word in choices:
        seen[word] = seen.get(word, 0) + 1
    return tuple(
        (value, word if seen[word] == 1 else f"{word} ({value})") for value, word in choices
    )
