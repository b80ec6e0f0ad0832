# SPDX-License-Identifier: Apache-2.0
"""What came of the last thing done at the desk: one colour, one word, one name."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.icons import Icon
from desktop.ui.widgets.big_name import BigName
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

Tone = Literal["green", "amber", "red", "grey"]
ICONS: Final[dict[Tone, str]] = {
    "green": "circle-check",
    "amber": "triangle-alert",
    "red": "circle-x",
    "grey": "scan-line",
}


class Outcome(QFrame):
    """A coloured panel: head word, large name, a line of details, and the way back."""

    undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon("scan-line", "grey", 32, self)
        self._head = Label("", "page", weight=600, wrap=False, parent=self)
        self._name = BigName(self)
        self._brief = Label("", "section", weight=600, wrap=False, parent=self)
        self._details = Label("", "page", parent=self)
        self._undo = Button(_("Undo"), self.undo.emit, icon="undo-2", parent=self)
        self._undo.show_key("Ctrl+Z")
        # The way back has its key; the focus stays in the box.
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._icon)
        top.addWidget(self._head)
        top.addWidget(self._brief, 1)
        top.addStretch(0)
        top.addWidget(self._undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 16, 10)
        column.setSpacing(4)
        column.addLayout(top)
        column.addStretch(1)
        column.addWidget(self._name, 8)
        column.addWidget(self._details)
        column.addStretch(2)
        self._brief.hide()
        self._undo.hide()
        self._compact = False
        self.tone: Tone = "grey"

    def show_outcome(
        self, tone: Tone, head: str, name: str = "", details: str = "", *, undoable: bool = False
    ) -> None:
        """Show this until the next one; screen readers say it at once."""
        self.tone = tone
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.show_icon(ICONS[tone], tone)
        self._head.setText(head)
        self._head.set_tone(tone)
        self._name.show_name(name)
        self._brief.setText(name)
        self._details.setText(details)
        self._undo.setVisible(undoable)
        self._arrange()
        said = ". ".join(part for part in (head, name, details) if part)
        self.setAccessibleName(said)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def set_compact(self, compact: bool) -> None:
        """Be one line high, while the list needs the room."""
        self._compact = compact
        self._arrange()

    def _arrange(self) -> None:
        self._brief.setVisible(self._compact)
        self._name.setVisible(not self._compact and bool(self._name.text()))
        self._details.setVisible(not self._compact and bool(self._details.text()))

    @property
    def head(self) -> str:
        """The head word that is shown."""
        return self._head.text()

    @property
    def name(self) -> str:
        """The name that is shown."""
        return self._name.text()

    @property
    def details(self) -> str:
        """The details that are shown."""
        return self._details.text()
