# SPDX-License-Identifier: Apache-2.0
"""The roster page over a real encrypted store, and Thai typed into it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.pages.roster import RosterPage
from tests.actions.office_ground import Ground, cid
from tests.ui.pages.opening import open_over

Settled = Callable[[], None]


def commit(widget: QWidget, text: str) -> None:
    """Thai as an input method brings it."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def open_page(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> RosterPage:
    """The page over the event of the ground, shown and loaded."""
    return open_over(RosterPage, qtbot, desk, ground, settled, (1158, 560))


def known_person(ground: Ground) -> str:
    """Somebody of another event's roster; her id."""
    (one,) = ground.add("กุลธิดา ศรีสวัสดิ์วงศ์", title="นางสาว", identifier=cid(1))
    return str(ground.line(one).person_id)
