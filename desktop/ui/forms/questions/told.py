# SPDX-License-Identifier: Apache-2.0
"""An answer that was filed, as words beside what was asked.

Nothing here looks as if it could be typed into, and a page holds three times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.forms.answer_words import in_full
from desktop.ui.forms.question import Host, Question
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node


class ToldQuestion(Question):
    """What was asked on the left, the answer on the right."""

    stretches = True

    def __init__(self, view: Host, control: Control, node: Node) -> None:
        super().__init__(view, control, node)
        self.lay_aside()

    def make_editor(self) -> QWidget:
        self._words = Label("", theme.BODY, weight=500, parent=self)
        return self._words

    def show_value(self, value: str) -> None:
        del value
        words = in_full(self.view.session, self.control, self.node)
        self._words.setText(words or _("no answer"))
        self._words.set_size(theme.BODY, 500 if words else 400)
        self._words.set_tone("text" if words else "quiet")
        self.setAccessibleName(f"{self.name}: {self._words.text()}")

    def show_choices(self) -> None:
        self.show_value(self.node.value)

    def set_locked(self, locked: bool) -> None:
        """It is only read."""

    def name_editor(self, name: str, description: str) -> None:
        self.setAccessibleDescription(description)

    def focus_first(self) -> None:
        """There is nowhere to put it."""

    def stops(self) -> list[QWidget]:
        return []

    def mark_bad(self, bad: bool) -> None:
        """Nobody can mend it here."""
