# SPDX-License-Identifier: Apache-2.0
"""Numbers on a scale, and choices in order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.ui.forms.questions.rank import RankQuestion
from desktop.ui.forms.questions.span import PickerQuestion, RangeQuestion, RatingQuestion
from tests.ui.forms.asking import Asked, asked, press, put

__all__ = ["asked"]
ALT = Qt.KeyboardModifier.AltModifier
RANK = (
    'odk:rank ref="/data/a"><label>ลำดับ</label>'
    + "".join(
        f"<item><label>{word}</label><value>{value}</value></item>"
        for value, word in (("food", "อาหาร"), ("house", "บ้าน"), ("school", "เรียน"))
    )
    + "</odk:rank>"
)


def ranked(asked: Asked, value: str = "") -> RankQuestion:
    asked.show(f"<{RANK}", f"<a>{value}</a>", '<bind nodeset="/data/a" type="odk:rank"/>')
    return asked.of(RankQuestion)


def test_a_scale_has_no_value_until_it_is_touched(asked: Asked) -> None:
    """Fails when looking at a scale and going on answers it."""
    question = asked.ask('range start="0" end="10" step="1"/>', "int").of(RangeQuestion)
    question.slider.setFocus()
    question.leave()
    assert asked.value() == ""
    press(question.slider, Qt.Key.Key_Right)
    question.leave()
    assert asked.value() == "5"
    press(question.slider, Qt.Key.Key_Right)
    question.leave()
    assert asked.value() == "6"


@pytest.mark.parametrize(
    ("key", "kept"),
    [(Qt.Key.Key_Home, "1"), (Qt.Key.Key_End, "9"), (Qt.Key.Key_PageUp, "5")],
)
def test_a_scale_goes_by_keys(asked: Asked, key: Qt.Key, kept: str) -> None:
    question = asked.ask('range start="1" end="9" step="2"/>', "int").of(RangeQuestion)
    press(question.slider, key)
    question.leave()
    assert asked.value() == kept


def test_the_decimals_of_a_scale_are_exact(asked: Asked) -> None:
    """Fails when steps are added as floats: 0.1 three times is no 0.3."""
    question = asked.ask('range start="0" end="1" step="0.1"/>', "decimal").of(RangeQuestion)
    press(question.slider, Qt.Key.Key_Home)
    for _step in range(3):
        press(question.slider, Qt.Key.Key_Right)
    question.leave()
    assert asked.value() == "0.3"


def test_a_scale_may_run_downwards(asked: Asked) -> None:
    question = asked.ask('range start="5" end="1" step="1"/>', "int").of(RangeQuestion)
    press(question.slider, Qt.Key.Key_Home)
    question.leave()
    assert asked.value() == "5"


def test_five_and_five_point_nought_are_one_answer(asked: Asked) -> None:
    question = asked.ask('range start="0" end="10" step="0.5"/>', "decimal", "5.0")
    scale = question.of(RangeQuestion)
    assert scale.slider.touched
    given: list[str] = []
    scale.answered.connect(given.append)
    scale.leave()
    assert given == []


def test_the_answer_of_a_scale_is_taken_away_and_back(asked: Asked) -> None:
    question = asked.ask('range start="0" end="10" step="1"/>', "int", "7").of(RangeQuestion)
    press(question.slider, Qt.Key.Key_Delete)
    assert asked.value() == ""
    assert not question.slider.touched
    asked.view.undo()
    assert asked.value() == "7"
    assert question.slider.value() == 7


def test_the_mouse_takes_the_step_under_it(asked: Asked) -> None:
    question = asked.ask('range start="0" end="10" step="1"/>', "int").of(RangeQuestion)
    at = QPoint(round(question.slider._x(8)), 24)
    QTest.mouseClick(question.slider, Qt.MouseButton.LeftButton, pos=at)
    question.leave()
    assert asked.value() == "8"


@pytest.mark.parametrize("data_type", ["int", "decimal"])
def test_a_rating_is_a_row_of_numbers(asked: Asked, data_type: str) -> None:
    control = 'range start="1" end="5" step="1" appearance="rating"/>'
    question = asked.ask(control, data_type).of(RatingQuestion)
    assert question._grid is not None
    press(question._grid.cards[0], Qt.Key.Key_4)
    assert asked.value() in ("4", "4.0")
    assert [card.isChecked() for card in question._grid.cards] == [False] * 3 + [True, False]
    given: list[str] = []
    question.answered.connect(given.append)
    question.leave()
    assert given == []


def test_a_picker_opens_the_numbers(asked: Asked) -> None:
    control = 'range start="0" end="100" step="5" appearance="picker"/>'
    question = asked.ask(control, "int").of(PickerQuestion)
    assert question._line is not None
    put(question._line, "35")
    question.leave()
    assert asked.value() == "35"


def test_an_order_is_made_with_keys(asked: Asked) -> None:
    question = ranked(asked)
    assert asked.value() == ""
    press(question.list, Qt.Key.Key_Down)
    press(question.list, Qt.Key.Key_Down)
    press(question.list, Qt.Key.Key_Up, ALT)
    assert asked.value() == "food school house"
    asked.view.undo()
    assert asked.value() == ""
    assert not question.list.ranked


def test_the_order_as_it_stands_is_taken_with_space(asked: Asked) -> None:
    """Fails when whoever agrees with the order must first disturb it."""
    question = ranked(asked)
    press(question.list, Qt.Key.Key_Space)
    assert asked.value() == "food house school"


def test_a_row_is_drawn_along(asked: Asked) -> None:
    question = ranked(asked)
    rows = question.list
    first, last = (rows._where(place).center().toPoint() for place in (0, 2))
    QTest.mousePress(rows, Qt.MouseButton.LeftButton, pos=QPoint(40, first.y()))
    for y in range(first.y(), last.y() + 1, 8):
        QTest.mouseMove(rows, QPoint(40, y))
    QTest.mouseRelease(rows, Qt.MouseButton.LeftButton, pos=QPoint(40, last.y()))
    assert asked.value() == "house school food"


def test_the_arrows_of_a_row_move_it(asked: Asked) -> None:
    question = ranked(asked, "school food house")
    row = question.list._where(0)
    down = QPoint(round(row.right()) - 20, round(row.center().y()))
    QTest.mouseClick(question.list, Qt.MouseButton.LeftButton, pos=down)
    assert asked.value() == "food school house"


def test_an_order_is_taken_away(asked: Asked) -> None:
    question = ranked(asked, "school food house")
    assert question.list.ranked
    press(question.list, Qt.Key.Key_Delete)
    assert asked.value() == ""
