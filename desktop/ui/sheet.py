# SPDX-License-Identifier: Apache-2.0
"""A sheet in the middle of the window, for what stands before the frame: one question a screen."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.icons import Icon
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll


class Sheet(QWidget):
    """Name of the program, a card with ``body``, and ``foot`` for the buttons."""

    def __init__(self, name: str, width: int = 560, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        inside = QWidget(self)
        inside.setObjectName("ground")
        whole.addWidget(Scroll(inside, self))
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(10)
        self._name = Label(name, "section", "accent", weight=700, wrap=False, parent=inside)
        head.addStretch()
        head.addWidget(Icon("notebook-pen", "accent", 26, inside))
        head.addWidget(self._name)
        head.addStretch()
        card = QFrame(inside)
        card.setObjectName("card")
        card.setFixedWidth(width)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(32, 20, 32, 20)
        inner.setSpacing(12)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(12)
        inner.addLayout(self.body)
        inner.addLayout(self.foot)
        column.addStretch(2)
        column.addLayout(head)
        # Not by alignment: an aligned widget is given its hint, not the height its width needs.
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        column.addLayout(middle)
        column.addStretch(3)

    def set_name(self, name: str) -> None:
        """Show the name of the program in another language."""
        self._name.setText(name)
