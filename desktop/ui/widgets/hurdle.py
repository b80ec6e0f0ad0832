# SPDX-License-Identifier: Apache-2.0
"""What stands in the way, in a sentence, with the way out beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.icons import Icon
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label


class Hurdle(QFrame):
    """An amber strip; hidden while nothing is in the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tone", "amber")
        self._words = Label("", parent=self)
        self.way_out = Button("", self._press, parent=self)
        self._run: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(Icon("triangle-alert", "amber", parent=self))
        row.addWidget(self._words, 1)
        row.addWidget(self.way_out)
        self.hide()

    def say(self, sentence: str, verb: str, run: Callable[[], object]) -> None:
        """Show a sentence and the button that leads out."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.way_out.setText(verb)
        self._run = run
        self.show()

    def text(self) -> str:
        """The sentence that is shown, empty when none is."""
        return "" if self.isHidden() else self._words.text()

    def _press(self) -> None:
        if self._run is not None:
            self._run()
