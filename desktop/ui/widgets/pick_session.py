# SPDX-License-Identifier: Apache-2.0
"""The sessions of an event in one list, to say which one people are coming to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.label import Label


class PickSession(QFrame):
    """``picked(id)`` comes with Enter or a click; an empty id follows the clock."""

    picked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._head = Label(_("Which session is it?"), "section", weight=600, parent=self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Which session is it?"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet("QListWidget::item { padding: 0 12px; }")
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        self._took = False

    def offer(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer (id, words) in this order, with one pointed at."""
        self._took = False
        self.list.clear()
        for session_id, words in choices:
            item = QListWidgetItem(words, self.list)
            item.setData(Qt.ItemDataRole.UserRole, session_id)
            item.setSizeHint(QSize(100, theme.scaled(44)))
            if session_id == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and choices:
            self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.list.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._take(item)
        else:
            super().keyPressEvent(event)

    def _take(self, item: QListWidgetItem) -> None:
        # A click may come as "clicked" and as "activated", after the setting of the desktop.
        if not self._took:
            self._took = True
            self.picked.emit(str(item.data(Qt.ItemDataRole.UserRole)))
