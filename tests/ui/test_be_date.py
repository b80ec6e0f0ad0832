# SPDX-License-Identifier: Apache-2.0
"""A date is typed and shown in the Buddhist era and kept as a date."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.i18n import use_language
from desktop.ui.widgets.be_date import DateEdit, Month, months_on


@pytest.fixture
def edit(qtbot: QtBot) -> DateEdit:
    made = DateEdit(today=date(2026, 11, 20))
    made.setAccessibleName("วันที่เริ่ม")
    qtbot.addWidget(made)
    made.show()
    return made


def _line(edit: DateEdit) -> QLineEdit:
    return edit.findChildren(QLineEdit)[0]


def _type(edit: DateEdit, text: str) -> None:
    """Thai cannot be sent as key clicks; it comes as from an input method."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    _line(edit).clear()
    QApplication.sendEvent(_line(edit), event)


@pytest.mark.parametrize("typed", ["3/3/2562", "๓/๓/๒๕๖๒", "3 มี.ค. ๒๕๖๒", "2019-03-03"])
def test_what_people_type_becomes_the_date(edit: DateEdit, typed: str) -> None:
    _type(edit, typed)
    assert edit.day() == date(2019, 3, 3)
    assert edit.problem() == ""
    assert _line(edit).text() == "อา. 3 มีนาคม 2562"


def test_what_is_no_date_is_kept_as_typed_with_a_sentence(edit: DateEdit) -> None:
    _type(edit, "31/2/2562")
    assert edit.day() is None
    assert edit.problem()
    assert _line(edit).text() == "31/2/2562"
    _type(edit, "")
    assert edit.problem() == ""


def test_arrows_go_a_day_and_pages_a_month(edit: DateEdit) -> None:
    heard: list[object] = []
    edit.dated.connect(heard.append)
    edit.set_date(date(2027, 1, 31))
    QTest.keyClick(_line(edit), Qt.Key.Key_Up)
    QTest.keyClick(_line(edit), Qt.Key.Key_Down)
    QTest.keyClick(_line(edit), Qt.Key.Key_PageUp)
    assert heard == [date(2027, 2, 1), date(2027, 1, 31), date(2027, 2, 28)]


def test_the_month_is_thai_and_moves_by_keys(qtbot: QtBot) -> None:
    month = Month(date(2019, 3, 3), date(2019, 3, 5))
    qtbot.addWidget(month)
    taken: list[object] = []
    month.chosen.connect(taken.append)
    assert month.heading() == "มีนาคม 2562"
    QTest.keyClick(month, Qt.Key.Key_Down)
    QTest.keyClick(month, Qt.Key.Key_Right)
    QTest.keyClick(month, Qt.Key.Key_Return)
    assert taken == [date(2019, 3, 11)]
    assert month.accessibleName() == "จ. 11 มีนาคม 2562"
    use_language("en")
    assert month.heading() == "March 2019"


def test_the_popup_gives_back_the_day_that_was_taken(edit: DateEdit, qtbot: QtBot) -> None:
    edit.set_date(date(2019, 3, 3))
    QTest.keyClick(_line(edit), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    month = edit.findChildren(Month)[0]
    QTest.keyClick(month, Qt.Key.Key_Right)
    QTest.keyClick(month, Qt.Key.Key_Return)
    assert edit.day() == date(2019, 3, 4)


def test_a_month_on_from_the_last_day_is_the_last_day() -> None:
    assert months_on(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_on(date(2024, 1, 31), -2) == date(2023, 11, 30)


def test_whoever_hears_of_a_wrong_date_may_ask_what_is_wrong(edit: DateEdit) -> None:
    """Fails when asking reads the line again and tells it again, without end."""
    heard: list[str] = []
    edit.dated.connect(lambda _day: heard.append(edit.problem()))
    _line(edit).setText("32 ก.พ. 2562")
    assert edit.day() is None
    assert edit.day() is None
    assert len(heard) == 1
    assert heard[0]
