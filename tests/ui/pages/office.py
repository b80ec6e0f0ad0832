# SPDX-License-Identifier: Apache-2.0
"""The window with the page of events in it, and short ways to press and to look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import event as doing
from desktop.model.event import CeremonyRole
from desktop.store import event as events
from desktop.store import organisation
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.event import AWARDS, EventPage
from desktop.ui.rail import Place
from tests.actions.office_ground import BY, Ground

NO = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Office:
    """The window with the page in it, and short ways to press and to look."""

    def __init__(
        self, ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
    ) -> None:
        self.ground, self.desk, self._settled = ground, desk, settled
        self.frame = Frame(
            desk, (Place("events", "Events", "calendar-days"),), {"events": EventPage}
        )
        qtbot.addWidget(self.frame)
        self.frame.resize(1366, 768)
        self.frame.show()
        self.page: EventPage = self.frame.page  # type: ignore[assignment]
        self.frame.activateWindow()
        self.said: list[str] = []
        desk.said.connect(lambda words, _undo: self.said.append(words))
        self.wait()

    def wait(self) -> None:
        self._settled()
        QApplication.processEvents()

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO, on: QWidget | None = None
    ) -> None:
        focus: QWidget | None = on or self.frame.focusWidget()
        QTest.keyClick(focus or self.frame, key, modifier)
        self.wait()

    def type(self, on: QWidget, text: str) -> None:
        """Commit text as an input method does: Thai has no key codes."""
        on.setFocus()
        if hasattr(on, "selectAll"):
            on.selectAll()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(on, event)
        QApplication.processEvents()

    def open(self, tab: int = 0) -> None:
        self.page.open_event(self.ground.event.id)
        self.wait()
        self.page.view.tabs.setCurrentIndex(tab)
        self.wait()

    def undo(self) -> None:
        self.desk.undo()
        self.wait()

    @property
    def event(self) -> Any:
        with self.ground.store.read() as conn:
            return events.event(conn, self.ground.event.id)

    @property
    def ceremony(self) -> tuple[CeremonyRole, ...]:
        with self.ground.store.read() as conn:
            return events.ceremony(conn, self.ground.event.id)

    @property
    def awards(self) -> tuple[Any, ...]:
        with self.ground.store.read() as conn:
            return organisation.awards(conn, self.ground.event.id)


def open_awards(office: Office) -> Office:
    """The event honours organisations, and its award list is shown."""
    from dataclasses import replace

    doing.change_event(
        office.ground.store, BY, replace(office.ground.event, certificate_kind="project")
    )
    office.open(AWARDS)
    return office
