# SPDX-License-Identifier: Apache-2.0
"""What the tabs of the page of cases share: they read, show, and offer what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction

from desktop.ui.page import Page
from desktop.ui.widgets.pane import Pane


class CaseTab(Pane):
    """One tab. ``opened(case_id)`` when a case is to be shown."""

    opened = Signal(str)
    turned = Signal()
    """What can be done here changed."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.page = page
        self.desk = page.desk

    def reload(self) -> None:
        """Ask the store again."""
        raise NotImplementedError

    def offers(self) -> tuple[QAction | None, tuple[QAction, ...]]:
        """The primary action and the others, in order; none where there is nothing to do."""
        return None, ()

    def keys(self) -> tuple[QAction, ...]:
        """What can be done by its key alone, beside what ``offers`` gives."""
        return ()

    def focus_first(self) -> None:
        """Put the focus where one begins."""
        self.setFocus()
