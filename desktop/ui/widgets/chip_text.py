# SPDX-License-Identifier: Apache-2.0
"""Words with fields in them, each shown by its name in angle quotes: ‹ชื่อผู้รับ›.

What is kept has fields in braces, ``{recipient}``. A field is one thing: the cursor goes past it,
Backspace takes all of it. A name in braces that is typed becomes a field; any other brace is a
brace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.widgets.field import LongText

_KEPT: Final = re.compile(r"\{\{|\}\}|\{([A-Za-z_][A-Za-z0-9_]*)\}")
_TYPED: Final = re.compile(r"‹([^‹›\n]+)›|\{([A-Za-z_][A-Za-z0-9_]*)\}|\{|\}")


def shown_words(text: str, labels: Mapping[str, str]) -> str:
    """Kept words as they are shown."""

    def part(found: re.Match[str]) -> str:
        return f"‹{labels.get(found[1], found[1])}›" if found[1] else found[0][0]

    return _KEPT.sub(part, text)


def kept_words(text: str, labels: Mapping[str, str], also: frozenset[str] = frozenset()) -> str:
    """Shown words as they are kept. ``also``: names that are fields though nobody knows them."""
    names = {label: name for name, label in labels.items()} | {name: name for name in also}

    def part(found: re.Match[str]) -> str:
        if found[1] is not None:
            name = names.get(found[1])
            return "{" + name + "}" if name is not None else _plain(found[0])
        if found[2] is not None and (found[2] in labels or found[2] in also):
            return found[0]
        return _plain(found[0])

    return _TYPED.sub(part, text)


def _plain(words: str) -> str:
    """Words in which a brace is a brace."""
    return words.replace("{", "{{").replace("}", "}}")


class _Marks(QSyntaxHighlighter):
    """Shows fields on a ground of their own."""

    def __init__(self, document: QTextDocument, chips: ChipText) -> None:
        super().__init__(document)
        self._chips = chips

    def highlightBlock(self, text: str) -> None:
        look = QTextCharFormat()
        look.setBackground(theme.colour("accent_soft"))
        look.setForeground(theme.colour("accent"))
        for start, end in self._chips.chips_in(text):
            self.setFormat(start, end - start, look)


class ChipText(LongText):
    """Several lines with fields. ``worded(text)`` comes with every change a person makes."""

    worded = Signal(str)

    def __init__(self, rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__("", rows, parent)
        self._labels: Mapping[str, str] = {}
        self._also: frozenset[str] = frozenset()
        self._quiet = False
        self._marks = _Marks(self.document(), self)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._past)

    def show_words(self, text: str, labels: Mapping[str, str]) -> None:
        """Show kept words; ``labels`` are the names of fields for people, all different."""
        if labels == self._labels and self.words() == text:
            return
        self._labels = labels
        self._also = frozenset(found[1] for found in _KEPT.finditer(text) if found[1])
        self._set(shown_words(text, labels))

    def words(self) -> str:
        """The words as they are kept."""
        return kept_words(self.toPlainText(), self._labels, self._also)

    def put_in(self, name: str) -> None:
        """Put a field where the cursor stands."""
        cursor = self.textCursor()
        cursor.insertText(f"‹{self._labels.get(name, name)}›")
        self.setTextCursor(cursor)

    def _set(self, words: str) -> None:
        self._quiet = True
        self.setPlainText(words)
        self._quiet = False

    def _changed(self) -> None:
        if self._quiet:
            return
        kept = self.words()
        shown = shown_words(kept, self._labels)
        if shown != self.toPlainText():
            # A name in braces was typed: it becomes the field it names.
            place = self.textCursor().position() + len(shown) - len(self.toPlainText())
            self._set(shown)
            cursor = self.textCursor()
            cursor.setPosition(max(0, min(place, len(shown))))
            self.setTextCursor(cursor)
        self.worded.emit(kept)

    # ── a field is one thing ─────────────────────────────────────────────────────────────────

    def chips_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where fields begin and end in shown words."""
        known = {*self._labels.values(), *self._also}
        for found in _TYPED.finditer(text):
            if found[1] in known:
                yield found.start(), found.end()

    def _chip_at(self, place: int) -> tuple[int, int] | None:
        """The field around a place, not at its ends."""
        return next(
            (
                (start, end)
                for start, end in self.chips_in(self.toPlainText())
                if start < place < end
            ),
            None,
        )

    def _past(self) -> None:
        """Keep the cursor and the ends of what is marked out of fields."""
        cursor = self.textCursor()
        chip = self._chip_at(cursor.position())
        if chip is None:
            return
        start, end = chip
        after = cursor.position() - start >= end - cursor.position()
        marked = cursor.hasSelection()
        if marked:
            after = cursor.anchor() <= start
        elif cursor.position() == start + 1:
            after = True  # the arrow key goes on past it
        elif cursor.position() == end - 1:
            after = False
        mode = QTextCursor.MoveMode.KeepAnchor if marked else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(end if after else start, mode)
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, cursor = event.key(), self.textCursor()
        back = key == Qt.Key.Key_Backspace
        if (back or key == Qt.Key.Key_Delete) and not cursor.hasSelection():
            place = cursor.position()
            for start, end in self.chips_in(self.toPlainText()):
                if (back and place == end) or (not back and place == start):
                    cursor.setPosition(start)
                    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                    cursor.removeSelectedText()
                    return
        super().keyPressEvent(event)
