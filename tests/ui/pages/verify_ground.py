# SPDX-License-Identifier: Apache-2.0
"""The page on which certificates are checked, certificates of this year, and a scanner."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.certificate import Certificate
from desktop.ui.desk import Desk
from desktop.ui.pages.verify import VerifyPage
from tests.actions.proof_ground import Laptop
from tests.actions.proof_ground import issue as issue_there


def open_page(qtbot: QtBot, desk: Desk) -> VerifyPage:
    """The page, shown."""
    made = VerifyPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 560)
    made.show()
    return made


def issue(at: Laptop, number: int = 12) -> Certificate:
    """A certificate of the day on which the desk's clock stands."""
    return issue_there(at, number, 2569, issue_date="2026-11-20")


def scan(page: VerifyPage, text: str, *, enter: bool = True) -> None:
    """Digits as a scanner types them; Thai letters as a keyboard's layout gives them."""
    page.box.setFocus()
    if text.isascii():
        QTest.keyClicks(page.box, text)
    else:
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(page.box, typed)
    if enter:
        QTest.keyClick(page.box, Qt.Key.Key_Return)
