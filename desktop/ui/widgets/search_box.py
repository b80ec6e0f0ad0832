# SPDX-License-Identifier: Apache-2.0
"""One box to find by: large, with its key in it, answering each key typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui import icons, theme

_ROOM = 44


class SearchBox(QLineEdit):
    """A search box. ``asked`` comes with every change, also while an input method composes."""

    asked = Signal(str)
    down = Signal()
    """Arrow down: go into the list below."""
    took = Signal()
    """Enter: take the first of the list."""

    def __init__(
        self,
        placeholder: str,
        *,
        large: bool = False,
        key: str = "F2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("desk_search" if large else "search")
        self._key = key
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setAccessibleDescription(key)
        self.setClearButtonEnabled(False)
        self.setTextMargins(_ROOM - 14, 0, 30, 0)
        self.textChanged.connect(self.asked)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(320), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Down:
            self.down.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.took.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Esc first empties the box; the window's own Esc comes when it is empty.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = 20.0
        icons.paint(painter, QRectF(12, (self.height() - side) / 2, side, side), "search", "quiet")
        if self._key and not self.text():
            painter.setFont(theme.font(theme.TINY, 500))
            painter.setPen(theme.colour("quiet"))
            painter.drawText(
                self.rect().adjusted(0, 0, -14, 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                self._key,
            )
        painter.end()
