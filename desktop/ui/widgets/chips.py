# SPDX-License-Identifier: Apache-2.0
"""Names that were chosen, on chips that take them away again."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.button import Button


class Chips(QWidget):
    """Names one beside the other, as many as fit in a row; each takes itself away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chips: list[Button] = []

    def show_chips(self, chips: list[tuple[str, partial[None]]]) -> None:
        """Show these."""
        for old in self._chips:
            old.hide()
            old.deleteLater()
        self._chips = []
        for name, drop in chips:
            chip = Button(name, drop, icon="x", icon_after=True, parent=self)
            chip.setAccessibleName(_("Take {name} away").format(name=name))
            chip.show()
            self._chips.append(chip)
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        left, top, gap = 0, 0, 8
        high = theme.scaled(40)
        room = max(self.width(), theme.scaled(280))
        for chip in self._chips:
            wide = min(chip.sizeHint().width(), room)
            if left and left + wide > room:
                left, top = 0, top + high + gap
            chip.setGeometry(left, top, wide, high)
            left += wide + gap
        self.setFixedHeight(top + high if self._chips else 0)
