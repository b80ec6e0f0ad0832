# SPDX-License-Identifier: Apache-2.0
"""Taking over a signed sheet by keyboard alone, on a real encrypted store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions.attendance import arrive
from desktop.actions.roster import Entry, lock_roster, substitute
from desktop.actions.sheet import prepare_sheets
from desktop.i18n import use_language
from desktop.model.roster import sheet_code
from desktop.store import attendance as marks
from desktop.thai.keyboard import to_thai_layout
from desktop.ui.desk import Desk
from desktop.ui.pages.back_entry import BackEntry
from desktop.ui.tables.sheet import SheetModel
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import BY, Ground
from tests.ui.pages.settling import settle

NO = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def settled(tasks: Tasks) -> Callable[[], None]:
    """Wait until the lanes are empty."""
    return lambda: settle(tasks)


class Table:
    """A sheet of twenty people, seventeen on its first page, and the page to take it over."""

    def __init__(
        self, ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
    ) -> None:
        self.ground, self.desk, self.settled = ground, desk, settled
        ground.add(*(f"คนที่{number:02d} นามสกุล" for number in range(1, 21)), area="63")
        lock_roster(ground.store, BY, ground.event.id)
        self.sheets = prepare_sheets(ground.store, BY, ground.event.id, 1).value
        desk.take_event(ground.event.id)
        self.qtbot = qtbot

    def open(self) -> None:
        self.page = BackEntry(self.desk)
        self.qtbot.addWidget(self.page)
        self.page.resize(1100, 700)
        self.page.show()
        self.page.activateWindow()
        self.page.reload()
        self.settled()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)

    def code(self, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        self.page.box.setFocus()
        QApplication.sendEvent(self.page.box, event)
        self.settled()

    def save(self) -> None:
        self.press(Qt.Key.Key_Return, CTRL)
        self.settled()
        self.page.reload()
        self.settled()

    def marks(self) -> list[Any]:
        with self.ground.store.read() as conn:
            found = marks.marks(conn, self.ground.event.id)
        return [mark for theirs in found.values() for mark in theirs]

    def cell(self, row: int, place: int = 0) -> Any:
        return self.page.model.rows[row].cells[place]


@pytest.fixture
def table(
    ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> Iterator[Table]:
    use_language("en")
    made = Table(ground, desk, qtbot, settled)
    made.open()
    yield made
    use_language("th")


@pytest.mark.parametrize("layout", [str, to_thai_layout])
def test_the_code_of_a_sheet_opens_its_page_under_either_layout(
    table: Table, layout: Callable[[str], str]
) -> None:
    """Mutant: the code read as a name, or the rows in another order than on the paper."""
    table.code(layout(table.sheets[1].code))
    assert table.page.grid.hasFocus()
    shown = [row.row.enrolment_id for row in table.page.model.rows]
    assert tuple(shown) == table.sheets[1].enrolment_ids
    assert table.page.model.rows[0].number == 18


def test_a_code_of_another_event_is_refused_in_a_sentence(table: Table) -> None:
    """Mutant: page 1 shown for whatever is scanned."""
    before = table.page.model.rows
    table.code(sheet_code("999999", 1, 1))
    assert "not on this laptop" in table.page._code.error
    assert table.page.model.rows == before


def test_the_space_bar_goes_from_blank_to_signed_on_leave_absent_and_blank(table: Table) -> None:
    """Mutant: a state left out of the round."""
    table.code(table.sheets[0].code)
    seen = []
    for _round in range(4):
        table.press(Qt.Key.Key_Space)
        seen.append(table.cell(0).tick)
    assert seen == ["present", "leave", "absent", None]


def test_twenty_people_are_taken_over_with_a_handful_of_keys(table: Table) -> None:
    """Mutants: Enter not going to the next row; a blank square taken for absent."""
    table.code(table.sheets[0].code)
    table.press(Qt.Key.Key_A)
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_Delete)
    table.press(Qt.Key.Key_Right)
    table.press(Qt.Key.Key_Space)
    table.press(Qt.Key.Key_Return)
    table.press(Qt.Key.Key_Space)
    table.press(Qt.Key.Key_Space)
    assert table.page.primary is not None
    assert table.page.primary.text() == "Save 18 ticks"
    table.save()
    made = table.marks()
    assert len(made) == 18
    assert {mark.method for mark in made} == {"paper"}
    assert [mark.kind for mark in made].count("leave") == 1
    assert {mark.scope for mark in made} == {"half"}


def test_a_saved_page_is_one_step_back(table: Table) -> None:
    """Mutant: one action for each square, of which only the last is taken back."""
    table.code(table.sheets[0].code)
    table.press(Qt.Key.Key_A)
    table.save()
    table.desk.undo()
    table.settled()
    assert [mark.kind for mark in table.marks()].count("cancel") == 17


def test_what_the_desk_noted_is_shown_and_a_difference_is_told(table: Table) -> None:
    """Mutant: paper silently overruling the desk, or the same thing noted twice."""
    first, second = table.sheets[0].enrolment_ids[:2]
    session = table.ground.sessions()[0]
    for one in (first, second):
        arrive(table.ground.store, BY, one, session.id, 541, "qr")
    table.page.reload()
    table.settled()
    table.code(table.sheets[0].code)
    table.press(Qt.Key.Key_Space)
    assert table.page.said.text() == "1 known already"
    assert table.page.primary is not None
    assert not table.page.primary.isEnabled()
    table.press(Qt.Key.Key_Return)
    for _times in range(3):
        table.press(Qt.Key.Key_Space)
    assert table.cell(1).differs
    assert "1 differ" in table.page.said.text()
    table.save()
    assert [mark.kind for mark in table.marks() if mark.enrolment_id == second] == ["in", "absent"]


def test_after_saving_the_next_page_of_the_pile_is_open(table: Table) -> None:
    """Mutant: the same page left, so that it is ticked once more."""
    table.code(table.sheets[0].code)
    table.press(Qt.Key.Key_A)
    table.save()
    assert table.page._at == (1, 2)
    assert table.page.grid.hasFocus()


def test_unsaved_ticks_outlive_a_change_elsewhere(table: Table) -> None:
    """Mutant: a reload that empties the page under one's hands."""
    table.code(table.sheets[0].code)
    table.press(Qt.Key.Key_A)
    table.page.reload()
    table.settled()
    assert all(row.cells[0].tick == "present" for row in table.page.model.rows)


def test_a_substitute_stands_on_the_row_of_the_one_who_did_not_come(table: Table) -> None:
    """Mutant: the signature given to the person who was not there."""
    absent = table.sheets[0].enrolment_ids[0]
    line = substitute(table.ground.store, BY, absent, Entry(first="แทน", last="กันได้")).value
    table.page.reload()
    table.settled()
    table.code(table.sheets[0].code)
    assert table.page.model.rows[0].row.enrolment_id == line.enrolment_id
    table.press(Qt.Key.Key_Space)
    table.save()
    assert [mark.enrolment_id for mark in table.marks()] == [line.enrolment_id]


def test_a_day_whose_sheets_were_never_printed_has_the_roster_in_its_order(table: Table) -> None:
    """Mutant: an empty page for the second day."""
    table.page._go((2, 1))
    assert len(table.page.model.rows) == 17
    assert table.page.model.halves == ("am",)


def test_the_grid_is_a_right_model(table: Table) -> None:
    """Mutant: columns of the page before."""
    model = SheetModel()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    rows = [row.row for row in table.page.model.rows]
    model.show_page(rows, ("am", "pm"), {})
    model.turn(0, 3)
    model.tick_column(4)
    model.show_page((), (), {})
    assert tester.model() is model
