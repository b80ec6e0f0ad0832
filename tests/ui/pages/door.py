# SPDX-License-Identifier: Apache-2.0
"""The check-in desk in its window, with short ways to press, to scan and to look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.roster import lock_roster
from desktop.model.roster import badge_code
from desktop.settings import Settings
from desktop.store import attendance as marks
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.checkin import CheckIn
from desktop.ui.rail import Place
from tests.actions.office_ground import BY, Ground

NO = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
PEOPLE = ("กุลธิดา ศรีสวัสดิ์วงศ์", "กุลพงษ์ ศรีสวัสดิ์", "มานี รักดี", "ซอ")


class Door:
    """The window with the desk in it, and short ways to press and to look."""

    def __init__(
        self, ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
    ) -> None:
        self.ground, self.desk, self.qtbot, self._settled = ground, desk, qtbot, settled
        self.ids = ground.add(*PEOPLE, area="63")
        lock_roster(ground.store, BY, ground.event.id)
        desk.set_settings(Settings(sound=False))
        desk.take_event(ground.event.id)
        self.went: list[tuple[str, object]] = []
        self.open()

    def open(self) -> None:
        self.frame = Frame(
            self.desk,
            (Place("checkin", "Desk", "scan-line"), Place("other", "Other", "house")),
            {"checkin": CheckIn},
        )
        self.qtbot.addWidget(self.frame)
        self.frame.resize(1366, 768)
        self.frame.show()
        self.page: CheckIn = self.frame.page  # type: ignore[assignment]
        self.page.go.connect(lambda noun, what: self.went.append((noun, what)))
        self.frame.activateWindow()
        self.settle()

    @property
    def view(self) -> Any:
        return self.page.view

    def settle(self) -> None:
        self._settled()
        self._settled()

    def says(self, text: str) -> None:
        """Thai comes as an input method brings it."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focus(), event)
        self.settle()

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO) -> None:
        QTest.keyClick(self.focus(), key, modifier)
        self.settle()

    def scans(self, digits: str) -> None:
        """A burst of keys and Enter, with nothing waited for in between."""
        for letter in digits:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(self.focus(), event)
        QTest.keyClick(self.focus(), Qt.Key.Key_Return)
        self.settle()

    def badge(self, place: int) -> str:
        return badge_code(self.ground.event.code, self.ground.line(self.ids[place]).badge_no)

    def marks(self) -> dict[str, Any]:
        with self.ground.store.read() as conn:
            return marks.marks(conn, self.ground.event.id)

    @property
    def count(self) -> str:
        return str(self.view.counter.accessibleName())
