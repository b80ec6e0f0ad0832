# SPDX-License-Identifier: Apache-2.0
"""A card of a case's page: a heading, what can be done about it, and rows that are made anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.parts.case_terms import State
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

_BESIDE: Final = 1
"""Buttons that stand beside the words of a line; more of them stand below."""
Verb = tuple[str, str, Callable[[], object]]
"""Words, icon and what a button does."""


class Card(QFrame):
    """``clear`` empties it, ``row`` adds one line."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self.heading = Label(heading, theme.LEAD, weight=600, wrap=False, parent=self)
        self._head.addWidget(self.heading, 1)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 12)
        column.setSpacing(4)
        column.addLayout(self._head)
        column.addLayout(self.rows)
        self.setAccessibleName(heading)

    def offer(self, words: str, icon: str, pressed: Callable[[], object], key: str = "") -> Button:
        """A button beside the heading; ``key`` is shown, and is somebody else's."""
        button = Button(words, pressed, kind="quiet", icon=icon, parent=self)
        if key:
            button.show_key(key)
        self._head.addWidget(button)
        return button

    def clear(self) -> None:
        """Take all rows away."""
        empty(self.rows)

    def say(self, words: str, tone: str = "quiet") -> None:
        """One line of words."""
        self.rows.addWidget(Label(words, tone=tone, parent=self))

    def row(
        self,
        words: str,
        more: str = "",
        state: State | None = None,
        verbs: Sequence[Verb] = (),
        tone: str = "text",
    ) -> None:
        """A line: what it is, how it stands, more about it, and what can be done with it."""
        line = QHBoxLayout()
        line.setSpacing(10)
        text = QVBoxLayout()
        text.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(8)
        if state is not None:
            first.addWidget(Badge(*state, parent=self))
        first.addWidget(Label(words, tone=tone, weight=600 if more else 400, parent=self), 1)
        text.addLayout(first)
        if more:
            text.addWidget(Label(more, theme.SMALL, "quiet", parent=self))
        line.addLayout(text, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for verb, icon, pressed in verbs:
            button = Button(verb, pressed, kind="quiet", icon=icon, parent=self)
            button.setAccessibleName(f"{verb}: {words}")
            buttons.addWidget(button)
        if len(verbs) > _BESIDE:
            # So many would leave the words no room.
            buttons.addStretch(1)
            text.addLayout(buttons)
        else:
            line.addLayout(buttons)
            line.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        self.rows.addLayout(line)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, also what lies in layouts inside it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
