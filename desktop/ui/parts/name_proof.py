# SPDX-License-Identifier: Apache-2.0
"""A name as the certificate will have it, large, and whether its bearer has said it is right."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.paths import shipped
from desktop.thai.breaking import with_breaks
from desktop.ui import theme
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

_FILE: Final = "Charm-Bold.ttf"
_LARGEST: Final = 34
_SMALLEST: Final = 18
_LINE: Final = 1.75
"""The typeface of certificates stands high: marks above and tails below need the room."""


@cache
def _family() -> str:
    """The typeface names are printed in; the program's own where the file is missing."""
    number = QFontDatabase.addApplicationFont(str(shipped("resources", "fonts", _FILE)))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else theme.FAMILY


class _Name(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, round(theme.scaled(_LARGEST) * _LINE) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._name:
            return
        painter = QPainter(self)
        painter.setPen(theme.colour("text"))
        size = theme.scaled(_LARGEST)
        text = with_breaks(self._name)
        while True:
            layout, high, fits = _laid(text, size, self.width())
            if (fits and high <= self.height()) or size <= _SMALLEST:
                break
            size -= 2
        layout.draw(painter, QPointF(0, max(0.0, (self.height() - high) / 2)))
        painter.end()


def _laid(text: str, size: int, width: int) -> tuple[QTextLayout, float, bool]:
    font = QFont(_family())
    font.setPixelSize(size)
    font.setBold(True)
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignHCenter))
    step, top, fits = size * _LINE, 0.0, True
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top + (step - line.height()) / 2))
        fits = fits and line.naturalTextWidth() <= width
        top += step
    layout.endLayout()
    return layout, top, fits and layout.lineCount() <= 2


class NameProof(QFrame):
    """``confirm`` comes when the spelling is said to be right (F8)."""

    confirm = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tone", "gold")
        self._name = _Name(self)
        self._state = Badge(parent=self)
        self.right = Button(
            _("The spelling is right"), self.confirm.emit, icon="check", key="F8", parent=self
        )
        self._hint = Label(
            _("The name will stand here as it is printed on the certificate."),
            "small",
            "quiet",
            parent=self,
        )
        row = QHBoxLayout()
        row.addWidget(self._state)
        row.addStretch()
        row.addWidget(self.right)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 8)
        column.setSpacing(4)
        column.addWidget(self._hint)
        column.addWidget(self._name)
        column.addLayout(row)

    def show_name(self, name: str, confirmed: bool, *, waits: bool) -> None:
        """Show a name; ``waits``: she is on the roster, so that it can be confirmed."""
        self._name.show_name(name)
        self._hint.setVisible(not name)
        self._name.setVisible(bool(name))
        self.right.setVisible(waits and not confirmed)
        if confirmed:
            self._state.show_state(_("Confirmed"), "circle-check", "green")
        else:
            self._state.show_state(_("Not confirmed"), "circle", "grey")
        self._state.setVisible(waits)
