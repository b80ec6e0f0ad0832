# SPDX-License-Identifier: Apache-2.0
"""An empty place that says what it is for and holds the first thing to do there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.icons import Icon
from desktop.ui.widgets.button import ActionButton
from desktop.ui.widgets.label import Label


class Empty(QWidget):
    """Icon, what this is for, one or more actions of which the first is the primary."""

    def __init__(
        self,
        icon: str,
        headline: str,
        words: str,
        actions: tuple[QAction, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._headline = Label(headline, "section", weight=600, align=centre, parent=self)
        self._words = Label(words, tone="quiet", align=centre, parent=self)
        column.addStretch(2)
        column.addWidget(Icon(icon, "quiet", 48, self), 0, centre)
        column.addSpacing(8)
        column.addWidget(self._headline)
        column.addWidget(self._words)
        column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch()
        for place, action in enumerate(actions):
            row.addWidget(ActionButton(action, "secondary" if place else "primary", self))
        row.addStretch()
        column.addLayout(row)
        column.addStretch(3)

    def say(self, headline: str, words: str) -> None:
        """Say something else."""
        self._headline.setText(headline)
        self._words.setText(words)
