# SPDX-License-Identifier: Apache-2.0
"""Text: one line or several, and lines of digits that are no numbers (phone, identity)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.thai.digits import to_arabic
from desktop.thai.normalise import normalise
from desktop.ui import theme
from desktop.ui.forms.question import Question
from desktop.ui.widgets.field import LongText, TextEdit

_SHORT: Final = 260
_LONG: Final = 640
_ROWS: Final = 4
_MOST_ROWS: Final = 12


class TextQuestion(Question):
    """``input`` of a string. ``numbers`` takes digits, Thai ones too, and keeps their zeros."""

    stretches = True
    types = True

    def make_editor(self) -> QWidget:
        self._digits = "numbers" in self.control.appearance
        line = TextEdit(parent=self)
        line.setMaximumWidth(theme.scaled(_SHORT if self._digits else _LONG))
        if self._digits:
            line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        line.textEdited.connect(lambda _text: self.commit_soon())
        self.watch(line)
        self._line = line
        return line

    def typed(self) -> str | None:
        text = normalise(self._line.text()).strip()
        return _plain_digits(text) if self._digits else text

    def show_value(self, value: str) -> None:
        if self._line.text() != value:
            self._line.setText(value)

    def leave(self) -> None:
        super().leave()
        # As it is kept: without spaces at the ends, in the right order of marks.
        self.show_value(self.node.value)

    def set_locked(self, locked: bool) -> None:
        self._line.setReadOnly(locked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return undoes(self, self._line, event) or super().eventFilter(watched, event)


class LongTextQuestion(Question):
    """``multiline``. Enter makes a line, Tab goes on, Ctrl+Enter too."""

    stretches = True
    types = True

    def make_editor(self) -> QWidget:
        rows = self.control.parameters.get("rows", "")
        tall = int(rows) if rows.isascii() and rows.isdigit() else _ROWS
        box = LongText("", min(max(tall, 2), _MOST_ROWS), parent=self)
        box.setMaximumWidth(theme.scaled(860))
        box.textChanged.connect(self._changed)
        self.watch(box)
        self._box = box
        return box

    def _changed(self) -> None:
        if self._box.hasFocus():
            self.commit_soon()

    def typed(self) -> str | None:
        return normalise(self._box.toPlainText()).strip()

    def show_value(self, value: str) -> None:
        if self._box.toPlainText() != value:
            self._box.blockSignals(True)
            self._box.setPlainText(value)
            self._box.blockSignals(False)

    def leave(self) -> None:
        super().leave()
        self.show_value(self.node.value)

    def set_locked(self, locked: bool) -> None:
        self._box.setReadOnly(locked)

    def takes_enter(self, watched: QObject) -> bool:
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if undoes(self, self._box, event):
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self.done()
                return True
        return super().eventFilter(watched, event)


class SecretQuestion(TextQuestion):
    """``secret``: dots instead of letters."""

    def make_editor(self) -> QWidget:
        line = super().make_editor()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        return line


def undoes(question: Question, editor: QLineEdit | QPlainTextEdit, event: QEvent) -> bool:
    """Ctrl+Z in an editor that has no typing of its own to take back: take back the last answer.

    True when the event is dealt with.
    """
    if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
        return False
    if not isinstance(event, QKeyEvent) or not event.matches(QKeySequence.StandardKey.Undo):
        return False
    own = (
        editor.isUndoAvailable()
        if isinstance(editor, QLineEdit)
        else editor.document().isUndoAvailable()
    )
    if own and not editor.isReadOnly():
        return False
    if event.type() == QEvent.Type.KeyPress:
        question.view.undo()
    event.accept()
    return True


def _plain_digits(text: str) -> str:
    """Arabic digits, without the spaces and dashes people write between groups of them.

    A lone dash stays: it says that there is no number.
    """
    shown = to_arabic(text)
    bare = "".join(letter for letter in shown if letter not in " -")
    return bare if bare.isdecimal() else shown
