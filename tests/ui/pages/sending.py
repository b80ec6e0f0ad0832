# SPDX-License-Identifier: Apache-2.0
"""The window with the page of sending in it, and short ways to press and to look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.store.store import Store
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.sync import SyncPage
from desktop.ui.tasks import Tasks
from tests.field import Clock
from tests.ui.pages.settling import settle_sync

NO = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Sending:
    """The window with the page in it, and short ways to press and to look."""

    store: Store
    clock: Clock
    desk: Desk
    tasks: Tasks
    frame: Frame
    page: SyncPage
    went: list[tuple[str, Any]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def settle(self) -> None:
        settle_sync(self.desk)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO, on: Any = None) -> None:
        focus: QWidget | None = on or self.frame.focusWidget()
        QTest.keyClick(focus or self.frame, key, modifier)
        self.settle()

    def write(self, on: QWidget, text: str) -> None:
        """Commit text as an input method does: Thai has no key codes."""
        on.selectAll()  # type: ignore[attr-defined]
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(on, event)
        self.settle()

    def reload(self) -> None:
        self.desk.changed.emit(frozenset({"sync", "conflicts", "quarantine"}))
        self.settle()

    def chip(self) -> str:
        """What the top bar says of sending."""
        return self.frame._top.sync.text()

    def button(self, words: str) -> Any:
        (found,) = (b for b in self.frame._buttons if b.text() == words)
        return found
