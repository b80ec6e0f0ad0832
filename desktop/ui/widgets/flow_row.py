# SPDX-License-Identifier: Apache-2.0
"""Widgets one beside the other that go on in the next row where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme

_LEAST = 320


class FlowRow(QWidget):
    """As high as its rows are at the width it has."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 4) -> None:
        super().__init__(parent)
        self._gap = gap
        self._widgets: tuple[QWidget, ...] = ()

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Lay these, children of it, in this order."""
        self._widgets = tuple(widgets)
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay()

    def _lay(self) -> None:
        left, top = 0, 0
        high = theme.scaled(theme.TARGET)
        room = max(self.width(), theme.scaled(_LEAST))
        for widget in self._widgets:
            wide = min(widget.sizeHint().width(), room)
            if left and left + wide > room:
                left, top = 0, top + high + self._gap
            widget.setGeometry(left, top, wide, high)
            left += wide + self._gap
        self.setFixedHeight(top + high if self._widgets else 0)
