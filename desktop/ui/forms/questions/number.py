# SPDX-License-Identifier: Apache-2.0
"""Whole and broken numbers, typed in Arabic or Thai digits, shown with their thousands apart.

Where the form says ``numbers`` and not ``thousands-sep`` the digits stand together: a year.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.thai.digits import to_arabic
from desktop.ui import theme
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.text import undoes
from desktop.ui.widgets.field import TextEdit
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.xforms.control import Control

_UNIT: Final = re.compile(r"\(([^()]{1,16})\)\s*$")
"""The unit a label ends with: รายได้เฉลี่ยต่อเดือน (บาท)."""
_NO_UNIT: Final = re.compile(r"[\d๐-๙]")
_WIDTH: Final = 200
_LEAST: Final = 88


class NumberQuestion(Question):
    """``input`` of ``int``, ``long`` or ``decimal``. What is no number is told, and not kept."""

    types = True
    stretches = True

    def make_editor(self) -> QWidget:
        line = TextEdit(parent=self)
        line.setMinimumWidth(theme.scaled(_LEAST))
        line.setMaximumWidth(theme.scaled(_WIDTH))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        line.textEdited.connect(lambda _text: self.commit_soon())
        self.watch(line)
        self._line = line
        self._unit: Label | None = None
        return line

    @property
    def _whole(self) -> bool:
        return self.control.data_type != "decimal"

    def typed(self) -> str | None:
        """The number as the form keeps it; nothing where no number stands."""
        found = read_number(self._line.text(), whole=self._whole) or ""
        # The engine keeps 23 as 23.0: that is no other answer.
        return self.node.value if _same(found, self.node.value) else found

    def trouble(self) -> str:
        text = self._line.text().strip()
        if not text or read_number(text, whole=self._whole) is not None:
            return ""
        if self._whole:
            return _("Type a whole number in digits, for example 12.")
        return _("Type a number in digits, for example 1500 or 1500.50.")

    def show_value(self, value: str) -> None:
        text = shown_number(value, apart=is_apart(self.control))
        stands = read_number(self._line.text(), whole=self._whole) or ""
        if not _same(stands, value) or not self._line.hasFocus():
            if not value and self.trouble():
                return  # what she typed stays to be mended
            if self._line.text() != text:
                self._line.setText(text)

    def leave(self) -> None:
        super().leave()
        if not self.trouble():
            text = shown_number(self.node.value, apart=is_apart(self.control))
            if self._line.text() != text:
                self._line.setText(text)

    def show_texts(self) -> None:
        super().show_texts()
        found = _UNIT.search(self.view.session.label(self.control, self.node))
        unit = found.group(1) if found and not _NO_UNIT.search(found.group(1)) else ""
        if unit and self._unit is None:
            self._unit = Label("", theme.LEAD, "quiet", wrap=False, parent=self)
            self.answer_row.insertWidget(1, self._unit)
        if self._unit is not None:
            self._unit.setText(unit)
            self._unit.setVisible(bool(unit))

    def set_locked(self, locked: bool) -> None:
        self._line.setReadOnly(locked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return undoes(self, self._line, event) or super().eventFilter(watched, event)


def read_number(text: str, *, whole: bool) -> str | None:
    """The number in a text as the form keeps it (``-1500.5``), None when there is none."""
    plain = to_arabic(text).replace(",", "").replace(" ", "").replace("−", "-")
    if not re.fullmatch(r"-?\d+" if whole else r"-?(\d+\.?\d*|\.\d+)", plain, re.ASCII):
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return f"{number:f}"


def is_apart(control: Control) -> bool:
    """Whether the thousands of a number stand apart."""
    return "thousands-sep" in control.appearance or "numbers" not in control.appearance


def shown_number(value: str, *, apart: bool = True) -> str:
    """A number with its thousands apart and no needless noughts; another text as it is."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    shown = f"{number:,f}" if apart else f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _same(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return one == other
