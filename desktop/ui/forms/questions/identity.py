# SPDX-License-Identifier: Apache-2.0
"""An identity number of thirteen digits, shown in the groups of the card."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.thai.digits import to_arabic
from desktop.thai.identifiers import read_identifier
from desktop.thai.keyboard import scanned_digits
from desktop.thai.normalise import normalise
from desktop.ui import theme
from desktop.ui.forms.questions.line import LineQuestion
from desktop.ui.widgets.field import TextEdit

_GROUPS = (1, 4, 5, 2, 1)


class IdentityQuestion(LineQuestion):
    """``th-id``. The answer is the bare digits; the check digit is told while one types.

    The form's own constraint decides; what is said here is a hint that comes sooner.
    """

    stretches = True
    types = True

    def make_editor(self) -> QWidget:
        self.line = TextEdit(longest=24, parent=self)
        self.line.setMaximumWidth(theme.scaled(280))
        self.line.textEdited.connect(self._edited)
        self.watch(self.line)
        return self.line

    def _edited(self, text: str) -> None:
        digits = _digits(text)
        if digits is not None and len(digits) == 13:
            self._show(digits)
        self._hint_at(digits)
        self.commit_soon()

    def _hint_at(self, digits: str | None) -> None:
        if digits is None or len(digits) != 13:
            self.say("" if not digits or len(digits) < 13 else _("These are more than 13 digits."))
            return
        read = read_identifier(digits)
        self.say(read.problem or read.warning)

    def typed(self) -> str | None:
        text = normalise(self.line.text()).strip()
        digits = _digits(self.line.text())
        # What is no number is kept as it is: the form says what is wrong with it.
        return text if digits is None else digits

    def show_value(self, value: str) -> None:
        digits = _digits(value)
        shown = grouped(digits) if digits is not None and len(digits) == 13 else value
        if self.line.text() != shown and not (self.line.hasFocus() and self.typed() == value):
            self.line.setText(shown)

    def _show(self, digits: str) -> None:
        text = grouped(digits)
        if self.line.text() != text:
            self.line.setText(text)

    def leave(self) -> None:
        super().leave()
        self.show_value(self.node.value)

    def show_texts(self) -> None:
        super().show_texts()
        self.line.setPlaceholderText("0-0000-00000-00-0")

    def set_locked(self, locked: bool) -> None:
        self.line.setReadOnly(locked)


def grouped(digits: str) -> str:
    """Thirteen digits as on the card: 1-9999-00001-01-1."""
    parts: list[str] = []
    for size in _GROUPS:
        parts.append(digits[:size])
        digits = digits[size:]
    return "-".join(parts)


def _digits(text: str) -> str | None:
    """The digits of a number with its separators; None when there is something else in it.

    A scanner under the Thai layout types ภ for 4: such keys are led back.
    """
    bare = "".join(letter for letter in to_arabic(text) if letter not in " -–.\u00a0")
    if not bare or (bare.isascii() and bare.isdigit()):
        return bare
    scanned = scanned_digits(text)
    return scanned if scanned is not None and len(scanned) == 13 else None
