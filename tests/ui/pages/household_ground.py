# SPDX-License-Identifier: Apache-2.0
"""The window with the page of home visits over a village that was visited for two months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import record
from desktop.actions.draft import describe
from desktop.model.draft import Subject
from desktop.store import visit as visits
from desktop.store.store import Store
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.household import HouseholdPage
from desktop.ui.tables.household import NAME
from desktop.ui.tasks import Tasks
from tests.field import BY
from tests.ui.pages.settling import settle
from tests.village import FIVE, Village

NO = Qt.KeyboardModifier.NoModifier
ABUSED = replace(FIVE[3], name="เมตตา ทดสอบ", problems=("v_neglect",), urgency="critical")


@dataclass
class Built:
    """A store that was filled once, and what is in it."""

    folder: Path
    records: list[str]
    now: Any
    draft_id: str


def build(folder: Path) -> Built:
    """Five households and a restricted one; the second was visited twice, and corrected."""
    village = Village.open(folder)
    village.five_visits()
    second = village.records[1]
    village.relative(second, "นายสมชาย ทดสอบดี", "child", 41)
    village.relative(second, "นางหน่อแอะ", "parent", 90)
    village.field.clock.forward(days=65)
    again = Subject(household_id=village.household_of(second))
    village.records.append(
        village.visit(
            FIVE[1],
            1,
            {"g_dim/d_income": "help", "g_visit/purpose": "encourage"},
            photos=("house_out", "problem"),
            subject=again,
        )
    )
    corrected = record.amend(village.field.store, BY, village.records[-1]).value
    session = village.field.session(corrected)
    village.field.fill(corrected, {"g_out/opinion": "ดูแลต่ออย่างใกล้ชิด"}, session)
    village.field.finish(corrected, session.finalise())
    village.records.append(village.visit(ABUSED, 4, {"g_prob/called_1300": "yes"}))
    begun = village.field.begin()
    describe(village.field.store, BY, begun.id, title="นางมึดา", answered=23, questions=61)
    village.field.clock.forward(minutes=5)
    village.field.begin("follow_up")
    now = village.field.clock.now
    village.field.store.close()
    return Built(folder, village.records, now, begun.id)


@dataclass
class House:
    """The window with the page in it, and short ways to press and to look."""

    store: Store
    desk: Desk
    tasks: Tasks
    frame: Frame
    page: HouseholdPage
    records: list[str]
    draft_id: str
    went: list[tuple[str, Any]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def settle(self) -> None:
        settle(self.tasks)
        settle(self.tasks)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO, on: Any = None) -> None:
        focus: QWidget | None = on or self.frame.focusWidget()
        QTest.keyClick(focus or self.frame, key, modifier)
        self.settle()

    def write(self, on: QWidget, text: str) -> None:
        """Commit text as an input method does: Thai has no key codes."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(on, event)
        self.settle()

    def names(self) -> list[str]:
        model = self.page.list.model
        return [str(model.index(row, NAME).data()) for row in range(model.rowCount())]

    def household_of(self, number: int) -> str:
        with self.store.read() as conn:
            return visits.visit(conn, BY, self.records[number]).household_id

    def open(self, number: int) -> str:
        household_id = self.household_of(number)
        self.page.open_household(household_id)
        self.settle()
        assert self.page.view.story is not None
        return household_id

    def undo(self) -> None:
        self.desk.undo()
        self.settle()

    def dialog(self, kind: Any) -> Any:
        assert isinstance(self.page.doing.dialog, kind)
        return self.page.doing.dialog

    def audited(self, noun: str) -> list[str]:
        with self.store.read() as conn:
            rows = conn.exec_driver_sql(
                "SELECT action FROM audit WHERE noun = ? ORDER BY seq", (noun,)
            )
            return [row[0] for row in rows]


Make = Callable[..., House]
"""Opens the page for a facilitator over a copy of the village, or over another store."""
