# SPDX-License-Identifier: Apache-2.0
"""A barcode: typed, or sent by a scanner that is a keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.thai.keyboard import scanned_digits, to_us
from desktop.ui import theme
from desktop.ui.forms.questions.line import LineQuestion
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import TextEdit


class BarcodeQuestion(LineQuestion):
    """``input`` of a barcode. Keys of the Thai layout are led back to what the scanner meant.

    A code of digits is led back by itself. Of one with letters it is only offered: a code may
    hold Thai on purpose.
    """

    stretches = True
    types = True

    def make_editor(self) -> QWidget:
        self.line = TextEdit(longest=4000, parent=self)
        self.line.setMaximumWidth(theme.scaled(420))
        self.line.textEdited.connect(self._edited)
        self.watch(self.line)
        self._meant = Button("", self._take, kind="quiet", icon="keyboard", parent=self)
        self._meant.hide()
        return self.line

    def load(self) -> None:
        if self.answer_row.indexOf(self._meant) < 0:
            self.answer_row.addWidget(self._meant)
        super().load()

    def _edited(self, text: str) -> None:
        meant = to_us(text.strip())
        thai = any("\u0e00" <= letter <= "\u0e7f" for letter in text)
        offered = thai and scanned_digits(text) is None and meant.isascii()
        self._meant.setVisible(offered)
        if offered:
            self._meant.setText(_("Did the scanner mean {code}?").format(code=meant[:40]))
        self.commit_soon()

    def _take(self) -> None:
        self.line.setText(to_us(self.line.text().strip()))
        self._meant.hide()
        self.flush()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> str | None:
        text = self.line.text().strip()
        return scanned_digits(text) or text

    def show_value(self, value: str) -> None:
        if self.line.text() != value and not (self.line.hasFocus() and self.typed() == value):
            self.line.setText(value)

    def leave(self) -> None:
        super().leave()
        self.show_value(self.node.value)
        self._meant.hide()

    def show_texts(self) -> None:
        super().show_texts()
        self.line.setPlaceholderText(_("Scan it, or type it"))

    def set_locked(self, locked: bool) -> None:
        self.line.setReadOnly(locked)
        if locked:
            self._meant.hide()
