# SPDX-License-Identifier: Apache-2.0
"""The window over an office with casework: five visits, an alert, letters."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import referral
from desktop.model.case_file import CaseFile
from desktop.model.referral import Referral
from desktop.settings import Settings
from desktop.store.case_list import CaseFilter, cases
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.case_file import CasePage
from desktop.ui.places import FACTORIES, PLACES
from desktop.ui.tasks import Tasks
from desktop.ui.widgets.label import Label
from tests.actions.casework_ground import BY, Ground
from tests.ui.pages.settling import settle


class Casework:
    """The frame, the page of cases, and what is in the store."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.ground = Ground.open(folder)
        self._nine_days_ago()
        self.tasks = Tasks()
        self.bugs: list[object] = []
        self.said: list[str] = []
        self.trouble: list[str] = []
        self.desk = Desk(
            self.ground.store, self.tasks, BY, Settings(), lambda: self.ground.clock.now
        )
        self.desk.bug.connect(self.bugs.append)
        self.desk.said.connect(lambda words, _undo: self.said.append(words))
        self.desk.trouble.connect(self.trouble.append)
        self.frame = Frame(self.desk, PLACES, FACTORIES)
        qtbot.addWidget(self.frame)
        self.frame.resize(1366, 768)
        self.frame.show()
        self.frame.activateWindow()
        self.settle()

    def _nine_days_ago(self) -> None:
        ground = self.ground
        ground.clock.now -= timedelta(days=9)
        self.cases = ground.five_visits()
        ground.clock.forward(days=3)
        letter = referral.put_referral(
            ground.store,
            BY,
            Referral("", self.cases[2].id, ground.clock.now.date(), to_name="โรงพยาบาลแม่สอด",
                     person="มึกะ ทดสอบงาม", need="รถเข็น"),
        ).value  # fmt: skip
        referral.send(ground.store, BY, letter.id, doc_no="ตก 0012/2569")
        ground.clock.forward(days=6)

    @property
    def page(self) -> CasePage:
        page = self.frame.page_of("cases")
        assert isinstance(page, CasePage)
        return page

    def go(self, what: object = None) -> CasePage:
        """Show the page of cases with this."""
        self.frame.show_page("cases", what)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Until all that was begun is shown."""
        for _round in range(2):
            settle(self.tasks)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    def named(self, name: str) -> CaseFile:
        """The case of somebody of the five."""
        with self.ground.store.read() as conn:
            (row,) = cases(conn, BY, CaseFilter(text=name, open_only=False))
        return row.case

    def restricted(self) -> str:
        """A case that a most urgent alert opens; returns its id."""
        case_id: str = self.ground.alert().value.case_id
        return case_id

    def asked(self) -> QDialog:
        """The question that stands open."""
        self.qtbot.waitUntil(lambda: bool(dialogs()))
        return dialogs()[-1]

    def close(self) -> None:
        self.tasks.close()
        self.ground.store.close()
        assert not self.bugs, self.bugs


def dialogs() -> list[QDialog]:
    """The dialogs that are seen."""
    return [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QDialog) and one.isVisible()
    ]


def words(part: QWidget) -> str:
    """All that is written on a part of the screen."""
    return "\n".join(one.text() for one in part.findChildren(Label) if one.isVisible())


def put(edit: QWidget, text: str) -> None:
    """Type as an input method does."""
    said = QInputMethodEvent()
    said.setCommitString(text)
    QApplication.sendEvent(edit, said)


def wait_for(so: Callable[[], bool], seconds: float = 5.0) -> None:
    """Turn the loop until it is so."""
    late = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < late, "it did not come to be so"
        QApplication.processEvents()
        time.sleep(0.005)
