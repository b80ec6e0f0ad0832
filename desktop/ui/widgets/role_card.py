# SPDX-License-Identifier: Apache-2.0
"""One of the four roles of junior volunteers: its number, its words, how often it was taken."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.widgets.label import Label

_FIGURE: Final = 20
"""A digit, so that the words of the four cards begin alike."""


class RoleCard(QFrame):
    """The count large at the left, what the role is at the right."""

    def __init__(self, number: int, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._number, self._word = number, words
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 12, 8)
        row.setSpacing(12)
        self._count = Label("0", theme.PAGE, "quiet", 600, wrap=False, parent=self)
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(f"{number}. {words}", theme.SMALL, weight=600, parent=self))
        self._people = Label("", theme.SMALL, "quiet", wrap=False, parent=self)
        column.addWidget(self._people)
        column.addStretch()
        row.addLayout(column, 1)

    def show_counts(self, activities: int, people: int) -> None:
        """Show how many activities took this role, and how many people were in them."""
        self._count.setText(f"{activities:,}")
        # As wide as the figure: the words need the room.
        self._count.setFixedWidth(max(self._count.widest(), theme.scaled(_FIGURE)))
        self._count.set_tone("text" if activities else "quiet")
        said = ngettext("{count} person took part", "{count} people took part", people)
        self._people.setText(said.format(count=f"{people:,}") if activities else _("Not yet"))
        self.setAccessibleName(f"{self._word}: {activities}, {self._people.text()}")

    @property
    def count(self) -> str:
        """The figure that is shown."""
        return self._count.text()
