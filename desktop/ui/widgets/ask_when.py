# SPDX-License-Identifier: Apache-2.0
"""When something happened that is noted late, and why: two lines and a verb."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.clock_edit import ClockEdit
from desktop.ui.widgets.field import Field, TextEdit
from desktop.ui.widgets.label import Label


class AskWhen(QFrame):
    """``answered(minute, reason)`` comes with Enter; ``left`` with Esc."""

    answered = Signal(int, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._must = False
        self._head = Label("", "section", weight=600, parent=self)
        self._words = Label("", tone="quiet", parent=self)
        self.clock = ClockEdit(parent=self)
        self.reason = TextEdit(placeholder=_("e.g. typed in from paper"), longest=200, parent=self)
        self._clock = Field(_("Time"), self.clock, parent=self)
        self._reason = Field(_("Reason"), self.reason, parent=self)
        self._verb = Button("", self._answer, kind="primary", icon="check", parent=self)
        self._verb.show_key("Enter")
        self._stay = Button(_("Cancel"), self.left.emit, parent=self)
        self._stay.show_key("Esc")
        fields = QHBoxLayout()
        fields.setSpacing(16)
        fields.addWidget(self._clock, 0, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self._reason, 1, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch()
        row.addWidget(self._stay)
        row.addWidget(self._verb)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._words)
        column.addLayout(fields)
        column.addStretch(1)
        column.addLayout(row)

    def ask(
        self, headline: str, words: str, verb: str, minute: int, *, must: bool, reason: str = ""
    ) -> None:
        """Ask; with ``must`` a reason has to be given."""
        self._must = must
        self._head.setText(headline)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._verb.setText(verb)
        self.clock.set_minutes(minute)
        self.reason.setText(reason)
        self._clock.set_error()
        self._reason.set_error()
        if must:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clock.setFocus(Qt.FocusReason.OtherFocusReason)
            self.clock.selectAll()

    def wrong(self, sentence: str) -> None:
        """Say under the reason what is wrong."""
        self._reason.set_error(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer()
        else:
            super().keyPressEvent(event)

    def _answer(self) -> None:
        minute = self.clock.minutes()
        if minute is None:
            self._clock.set_error(self.clock.problem() or _("Type the time."))
            self.clock.setFocus()
            return
        self._clock.set_error()
        if self._must and not self.reason.plain():
            self._reason.set_error(_("Say in a few words why."))
            self.reason.setFocus()
            return
        self.answered.emit(minute, self.reason.plain())
