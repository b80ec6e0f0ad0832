# SPDX-License-Identifier: Apache-2.0
"""Whom to call, before anything is written: 1300 large, 191 and 1669 beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.alert import HOTLINE, LIFE_LINES
from desktop.ui.desk import Clock
from desktop.ui.icons import Icon
from desktop.ui.parts.case_terms import clock_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.figure import Figure
from desktop.ui.widgets.label import Label

KEY: Final = "F8"


class AlertCall(QFrame):
    """One click notes that 1300 was called and when; another takes it back."""

    noted = Signal()
    """A call was noted, or taken back."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.called_at: datetime | None = None
        self.setProperty("tone", "red")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 20, 6)
        row.setSpacing(20)
        row.addWidget(Icon("phone-call", "red", 40, self))
        first = Figure(_("Call first: help line of the ministry"), HOTLINE, tone="red",
                       size="name", parent=self)  # fmt: skip
        row.addWidget(first)
        row.addSpacing(8)
        police, ambulance = LIFE_LINES
        for number, words in ((police, _("Police")), (ambulance, _("Ambulance"))):
            row.addWidget(Figure(words, number, tone="red", parent=self))
        row.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addStretch()
        self.button = Button("", self.press, icon="phone", key=KEY, parent=self)
        self.words = Label("", "small", weight=600, align=Qt.AlignmentFlag.AlignRight,
                           wrap=False, parent=self)  # fmt: skip
        right.addWidget(self.button)
        right.addWidget(self.words)
        right.addStretch()
        row.addLayout(right)
        self.show_called(None)

    def press(self) -> None:
        """Note the call now, or take the note back."""
        self.show_called(self._clock() if self.called_at is None else None)
        self.noted.emit()

    def show_called(self, at: datetime | None) -> None:
        """Show when 1300 was called."""
        self.called_at = at
        if at is None:
            self.button.setText(_("I called 1300: note the time"))
            self.button.set_icon("phone")
            self.words.setText(_("Call. Then write."))
            self.words.set_tone("text")
        else:
            self.button.setText(_("Not called: take it back"))
            self.button.set_icon("undo-2")
            said = _("Called 1300 at {time}").format(time=clock_words(at))
            self.words.setText(f"✓ {said}")
            self.words.set_tone("green")
