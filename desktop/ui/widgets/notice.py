# SPDX-License-Identifier: Apache-2.0
"""The quiet bar: what was done last, with a way back; or what could not be done."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.icons import Icon
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.label import Label

UNDO_SECONDS: Final = 10
_TROUBLE_SECONDS: Final = 30


class Notice(QFrame):
    """One sentence at a time. A trouble stays until it is closed or something is done."""

    undo = Signal()
    turned = Signal()
    """The bar appeared or went."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 4, 2)
        row.setSpacing(8)
        self._icon = Icon("circle-check", "green", parent=self)
        self._words = Label(parent=self)
        self._undo = Button(
            _("Undo"), self._undo_pressed, kind="quiet", icon="undo-2", parent=self
        )
        self._undo.show_key("Ctrl+Z")
        self._close = IconButton("x", _("Close this notice"), self.clear, self)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._undo)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    def say(self, sentence: str, undoable: bool = False) -> None:
        """Say what was done; with ``undoable`` a way back stands beside it for ten seconds."""
        self._show(sentence, "circle-check", "green", UNDO_SECONDS)
        self._undo.setVisible(undoable)
        self._close.setVisible(not undoable)

    def warn(self, sentence: str) -> None:
        """Say what could not be done."""
        self._show(sentence, "triangle-alert", "amber", _TROUBLE_SECONDS)
        self._undo.hide()
        self._close.show()

    def text(self) -> str:
        """The sentence that is shown, empty when none is."""
        return self._words.text() if self.isVisible() else ""

    def clear(self) -> None:
        """Be quiet again."""
        self._timer.stop()
        self.hide()
        self.turned.emit()

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._undo.setText(_("Undo"))
        self._close.set_name(_("Close this notice"))

    def _show(self, sentence: str, icon: str, tone: str, seconds: int) -> None:
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.show_icon(icon, tone)
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self.turned.emit()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
        self._timer.start(seconds * 1000)

    def _undo_pressed(self) -> None:
        self.clear()
        self.undo.emit()
