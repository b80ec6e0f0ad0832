# SPDX-License-Identifier: Apache-2.0
"""The words of a certificate, each usual until it is typed otherwise, and usual again at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.field import Choice, Field, LeaveWatcher, LongText, TextEdit
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tick import Tick
from desktop.ui.widgets.undo_through import UndoThrough

WORDS: Final = {
    "document_word": N_("Word for the document"),
    "opening": N_("Opening words"),
    "deed": N_("What was done"),
    "subject": N_("Course or project"),
    "when_where": N_("Dates and place"),
    "wish": N_("Closing wish"),
    "given": N_("Line that says when it is given"),
}
_LANGUAGES: Final = (("th", "ภาษาไทย"), ("en", "English"))
_LONG: Final = ("subject", "when_where", "wish")


class PlanWords(QWidget):
    """``edited(name, text)`` when a word is to be kept (empty: the usual one again);
    ``typed(name, text)`` with each key, for the preview."""

    edited = Signal(str, str)
    typed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[str, str] = dict.fromkeys(WORDS, "")
        self.edits: dict[str, TextEdit | LongText] = {}
        self.usual: dict[str, IconButton] = {}
        self.language = Choice(_LANGUAGES, "th", self)
        self.proof = Tick(_("QR code to check it by"), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Field(_("It speaks"), self.language, parent=self))
        row.addWidget(self.proof, 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        words = _("Empty: the usual words, shown in grey. A dash (-) leaves them out.")
        column.addWidget(Label(words, "small", "quiet", parent=self))
        for name, word in WORDS.items():
            column.addWidget(self._field(name, _(word)))
            if name == "document_word":
                self._documents = FlowRow(self)
                column.addWidget(self._documents)
        self.documents: list[Button] = []
        UndoThrough(self)

    def _field(self, name: str, word: str) -> Field:
        edit: TextEdit | LongText
        if name in _LONG:
            edit = LongText(rows=2, parent=self)
            edit.setMaximumHeight(edit.sizeHint().height())
            LeaveWatcher(edit, partial(self._left, name))
        else:
            edit = TextEdit(longest=400, parent=self)
            edit.editingFinished.connect(partial(self._left, name))
        edit.textChanged.connect(lambda *_text: self._typed(name))
        back = IconButton("rotate-ccw", "", partial(self._back, name), self)
        back.set_name(_("Back to the usual: {word}").format(word=word))
        line = _Beside(edit, back, self)
        field = Field(word, line, parent=self)
        edit.setAccessibleName(word)
        self.edits[name], self.usual[name] = edit, back
        return field

    def show_words(
        self, own: Mapping[str, str], usual: Mapping[str, str], documents: Sequence[str]
    ) -> None:
        """Show the words that replace the usual ones, and the usual ones where none do.

        ``documents`` are words for the document that are offered beside one's own.
        """
        for name, edit in self.edits.items():
            mine = own.get(name, "")
            edit.setPlaceholderText(usual.get(name, ""))
            if mine != self._kept[name] or not edit.hasFocus():
                self._kept[name] = mine
                if _text(edit) != mine:
                    edit.blockSignals(True)
                    _put(edit, mine)
                    edit.blockSignals(False)
            self.usual[name].setEnabled(bool(_text(edit)))
        self._offer(documents, usual.get("document_word", ""))

    def show_speech(self, language: str, *, proof: bool) -> None:
        """Show the language it speaks, and whether it proves itself."""
        self.language.set_value(language)
        self.proof.setChecked(proof)

    def _offer(self, words: Sequence[str], usual: str) -> None:
        if [button.text() for button in self.documents] != list(words):
            for button in self.documents:
                button.hide()
                button.deleteLater()
            self.documents = [
                Button(word, partial(self._document, word), kind="choice", parent=self._documents)
                for word in words
            ]
            for button in self.documents:
                button.setCheckable(True)
                button.show()
            self._documents.show_widgets(self.documents)
        chosen = _text(self.edits["document_word"]) or usual
        for button in self.documents:
            button.setChecked(button.text() == chosen)

    def _document(self, word: str) -> None:
        edit = self.edits["document_word"]
        _put(edit, "" if word == _placeholder(edit) else word)
        self._left("document_word")
        for button in self.documents:
            button.setChecked(button.text() == word)

    def _back(self, name: str) -> None:
        _put(self.edits[name], "")
        self._left(name)
        self.edits[name].setFocus()

    def _typed(self, name: str) -> None:
        text = _text(self.edits[name])
        self.usual[name].setEnabled(bool(text))
        self.typed.emit(name, text)

    def _left(self, name: str) -> None:
        text = _text(self.edits[name])
        if text == _placeholder(self.edits[name]):
            text = ""  # typed as it usually is
        if text != self._kept[name]:
            self._kept[name] = text
            self.edited.emit(name, text)


class _Beside(QWidget):
    """An editor with the way back beside it."""

    def __init__(self, edit: QWidget, back: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(edit, 1)
        # Aligned: otherwise the row is only as high as its lowest part may be.
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(edit)


def _text(edit: TextEdit | LongText) -> str:
    return " ".join(edit.plain().split())


def _put(edit: TextEdit | LongText, text: str) -> None:
    if isinstance(edit, TextEdit):
        edit.setText(text)
        edit.setCursorPosition(0)
    else:
        edit.setPlainText(text)


def _placeholder(edit: TextEdit | LongText) -> str:
    return edit.placeholderText()
