# SPDX-License-Identifier: Apache-2.0
"""The parts of a page in a row of words, of which one is shown."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QTabBar, QWidget


class Tabs(QTabBar):
    """One tab a word; its tip is the key that turns to it, Alt with its number."""

    def __init__(self, name: str, words: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setAccessibleName(name)
        for number, word in enumerate(words, start=1):
            self.setTabToolTip(self.addTab(word), f"Alt+{number}")
