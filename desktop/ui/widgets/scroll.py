# SPDX-License-Identifier: Apache-2.0
"""The one scroll of a page, which never squeezes a wrapped label.

Qt's scroll area asks for a least height without knowing the width, so that a text of three lines
is given the room of one. This one asks for the height that the width at hand needs.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class Scroll(QScrollArea):
    """Scrolls ``inside`` up and down; it always has the width of the window."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A pane of our own: asking Qt for the one it made costs 20 ms at the start of the program,
        # in which the binding learns every class of widget there is.
        self._pane = QWidget(self)
        self.setViewport(self._pane)
        self.setWidget(inside)
        self._pane.setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        inside.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._measure()
        return bool(super().eventFilter(watched, event))

    def fit(self) -> None:
        """Give what is inside the height it needs now, before the next turn of the loop."""
        self._measure()
        inside = self.widget()
        if inside is not None and inside.height() < inside.minimumHeight():
            inside.resize(self._pane.width(), inside.minimumHeight())

    def _measure(self) -> None:
        inside = self.widget()
        if inside is None or not inside.hasHeightForWidth():
            return
        needed = inside.heightForWidth(self._pane.width())
        if needed != inside.minimumHeight():
            inside.setMinimumHeight(needed)


def bring_into_sight(inside: QWidget) -> None:
    """Scroll to a part that was put in just now, once it has its place."""

    def scroll() -> None:
        around = inside.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(inside, 0, 8)

    # What is put in gets its place with the next events, and the scroll its height after that.
    QTimer.singleShot(0, inside, lambda: QTimer.singleShot(0, inside, scroll))


def padded(inside: QWidget) -> QWidget:
    """Something to scroll that keeps clear of the scroll bar and stands at the top."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 8, 8)
    column.addWidget(inside)
    column.addStretch()
    return page
