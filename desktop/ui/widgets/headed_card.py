# SPDX-License-Identifier: Apache-2.0
"""The head of a card: its icon and its name over what it holds."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.ui.icons import Icon
from desktop.ui.widgets.label import Label


def head_card(card: QFrame, headline: str, icon: str) -> QVBoxLayout:
    """Make ``card`` a card with this head; what it holds goes into the column that is returned."""
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(20, 14, 20, 16)
    column.setSpacing(12)
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Icon(icon, "accent", 22, card))
    row.addWidget(Label(headline, "section", weight=600, wrap=False, parent=card), 1)
    column.addLayout(row)
    return column
