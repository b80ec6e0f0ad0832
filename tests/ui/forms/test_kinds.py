# SPDX-License-Identifier: Apache-2.0
"""Which class shows a control, and what every kind of question owes a facilitator."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.model.draft import Subject
from desktop.model.record import HOME_VISIT
from desktop.store import notice as notices
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.notice import NoticeQuestion
from desktop.ui.forms.questions.number import read_number, shown_number
from desktop.ui.forms.questions.options import CheckCard, RadioCard
from desktop.ui.forms.questions.pick import PickLine
from desktop.ui.widgets.button import ActionButton
from desktop.ui.widgets.label import Label
from tests.ui.forms.sitting import Sitting, type_in, xform

_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
)
KINDS = (
    """
| survey | | | | | | |
| | type | name | label | appearance | choice_filter | hint | guidance_hint |
| | select_one many | title | Title | | | | |
| | select_one few | typed | Typed | minimal | | | |
| | select_multiple many | several | Several | th-grouped | | | |
| | select_one few | scale | Scale | likert | | | |
| | text | phone | Phone | numbers | | | |
| | decimal | money | Money (baht) | thousands-sep | | Of a month | Ask twice |
| | integer | year | Year | numbers | | | |
| | acknowledge | ok | Seen | | | | |
| | note | told | Only read | | | | |
| choices | | | |
| | list_name | name | label | dim |
"""
    + "".join(
        f"| | many | v{place} | Choice {word} | {'health' if place % 2 else 'income'} |\n"
        for place, word in enumerate(_WORDS)
    )
    + """
| | few | a | Alpha | |
| | few | b | Beta | |
| settings | | |
| | form_id | version |
| | kinds | 1 |
"""
)


@pytest.fixture
def kinds(sitting: Sitting) -> Sitting:
    """A form with one question of each kind."""
    sitting.install(xform(KINDS), "kinds")
    sitting.begin("kinds")
    return sitting


def test_few_choices_are_cards_and_many_are_typed_for(kinds: Sitting) -> None:
    """Mutant: ``FEW`` not looked at; a list of 33 titles fills two screens."""
    assert isinstance(kinds.line("/data/title"), PickLine)
    assert isinstance(kinds.line("/data/typed"), PickLine)
    assert [card.value for card in kinds.cards("/data/scale")] == ["a", "b"]


def test_a_choice_is_found_by_a_part_of_its_words_and_taken_with_tab(kinds: Sitting) -> None:
    """Mutant: ``settle`` left out of ``leave``; the first offer is not taken."""
    line = kinds.line("/data/title")
    line.setFocus()
    type_in(line, "twel")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    kinds.settle()
    assert kinds.node("/data/title").value == "v11"
    assert kinds.text("/data/title") == "Choice twelve"


def test_words_that_are_no_choice_are_told_and_not_kept(kinds: Sitting) -> None:
    """Mutant: ``is_wrong`` always False."""
    kinds.write("/data/typed", "Gamma")
    assert kinds.node("/data/typed").value == ""
    assert kinds.question("/data/typed").message


def test_grouped_choices_stand_under_the_words_of_their_group(kinds: Sitting) -> None:
    """Mutant: ``_grouped`` keeps the order of the list."""
    question = kinds.question("/data/several")
    values = [card.value for card in kinds.cards("/data/several")]
    assert values == sorted(values, key=lambda value: (int(value[1:]) % 2, int(value[1:])))
    assert "Health" in [label.text() for label in question.findChildren(Label)] or (
        "สุขภาพ" in [label.text() for label in question.findChildren(Label)]
    )


def test_a_long_list_is_searched_and_what_is_ticked_stays_in_sight(kinds: Sitting) -> None:
    """Mutant: a ticked card is hidden by the search."""
    kinds.choose("/data/several", "v2")
    (find,) = kinds.question("/data/several").findChildren(QLineEdit)
    find.setFocus()
    type_in(find, "seventeen")
    kinds.settle()
    assert set(kinds.values("/data/several")) == {"v2", "v16"}
    QTest.keyClick(find, Qt.Key.Key_Return)
    kinds.press(Qt.Key.Key_Down)
    kinds.press(Qt.Key.Key_Space)
    assert set(kinds.node("/data/several").value.split()) <= {"v2", "v16"}


def test_digits_of_a_telephone_are_kept_without_what_stands_between(kinds: Sitting) -> None:
    """Mutant: ``_plain_digits`` left out; the constraint refuses a dash."""
    kinds.write("/data/phone", "๐๘๑-๒๓๔ 5678")
    assert kinds.node("/data/phone").value == "0812345678"
    kinds.line("/data/phone").selectAll()
    kinds.write("/data/phone", "-")
    assert kinds.node("/data/phone").value == "-"


def test_a_number_is_shown_with_its_thousands_and_its_unit(kinds: Sitting) -> None:
    """Mutants: no unit; the number is given again when it is only left."""
    kinds.write("/data/money", "๑๒๕๐๐")
    assert kinds.text("/data/money") == "12,500"
    words = [label.text() for label in kinds.question("/data/money").findChildren(Label)]
    assert "baht" in words
    before = len(kinds.steps())
    kinds.line("/data/money").setFocus()
    kinds.press(Qt.Key.Key_Tab)
    assert len(kinds.steps()) == before


@pytest.mark.parametrize(
    ("text", "whole", "kept"),
    [
        ("๑,๒๐๐", True, "1200"),
        ("12.5", True, None),
        ("12.50", False, "12.50"),
        ("-3", False, "-3"),
        ("1e5", False, None),
        ("สิบ", True, None),
        ("", True, None),
        ("½", False, None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, whole: bool, kept: str | None) -> None:
    """Mutant: ``re.ASCII`` left out."""
    assert read_number(text, whole=whole) == kept


def test_the_digits_of_a_year_stand_together(kinds: Sitting) -> None:
    """Mutant: ``is_apart`` is always true, and somebody is born in 2,490."""
    kinds.write("/data/year", "๒๔๙๐")
    assert kinds.text("/data/year") == "2490"
    kinds.write("/data/money", "2490")
    assert kinds.text("/data/money") == "2,490"


def test_shown_numbers_have_no_needless_noughts() -> None:
    """Mutant: ``rstrip`` left out: the engine's 23.0 is shown."""
    assert [shown_number(one) for one in ("23.0", "1500.50", "", "x")] == [
        "23",
        "1,500.5",
        "",
        "x",
    ]


def test_guidance_opens_by_the_key_and_a_note_is_no_stop(kinds: Sitting) -> None:
    """Mutant: the guidance is always open."""
    question = kinds.question("/data/money")
    guidance = question._guidance
    assert guidance is not None
    assert not guidance.isVisible()
    kinds.line("/data/money").setFocus()
    kinds.press(Qt.Key.Key_Tab)
    kinds.press(Qt.Key.Key_Space)
    assert guidance.isVisible()
    assert kinds.question("/data/told").stops() == []


def test_a_seen_note_is_acknowledged(kinds: Sitting) -> None:
    """Mutant: the value is ``true``."""
    (card,) = kinds.question("/data/ok").findChildren(CheckCard)
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert kinds.node("/data/ok").value == "OK"


def test_everything_that_has_the_focus_says_what_it_is(sitting: Sitting) -> None:
    """Over every section of the home visit. Mutant: ``name_editor`` of one kind left out."""
    sitting.begin(HOME_VISIT, Subject())
    view = sitting.view
    for place, value in (("g_visit/met", "met"), ("g_members/has_members", "yes")):
        view.give(sitting.node(f"/data/{place}"), value)
    nameless: list[str] = []
    for place in range(len(view.list.rows)):
        view.go_to(place)
        for one in view.findChildren(QWidget):
            reached = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible()
            if reached and one.focusProxy() is None and not one.accessibleName():
                nameless.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
    assert nameless == []


def test_labels_of_questions_are_fourteen_points_or_more(sitting: Sitting) -> None:
    """At 96 dpi: 14 pt are 18.7 pixels. Mutant: labels in the body size."""
    sitting.begin()
    question = sitting.question("/data/who/first")
    assert question._label._font().pixelSize() * 72 / 96 >= 14


def test_the_notice_that_is_read_is_the_one_the_form_keeps(sitting: Sitting) -> None:
    """Mutant: the newest notice is shown whatever the form says."""
    sitting.begin(HOME_VISIT, Subject())
    sitting.view.give(sitting.node("/data/g_visit/met"), "met")
    sitting.view.go_to(1)
    (question,) = sitting.view.findChildren(NoticeQuestion)
    question._whole.click()
    sitting.settle()
    words = "\n".join(one.text() for one in question.findChildren(Label) if one.isVisible())
    assert sitting.node("/data/g_consent/notice_version").value in words
    assert "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก" in words
    assert notices.notice("th").parts[1].text in words


def test_after_the_last_question_tab_reaches_the_one_thing_to_do_next(sitting: Sitting) -> None:
    """Mutant: ``_leave`` goes where Qt would: to the rail."""
    sitting.begin()
    primary = ActionButton(sitting.page._next, "primary", sitting.page)
    primary.show()
    card = sitting.cards("/data/who/risks")[0]
    card.setFocus()
    sitting.press(Qt.Key.Key_Tab)
    assert primary.hasFocus()


def test_locked_choices_cannot_be_pressed(kinds: Sitting) -> None:
    """Mutant: ``set_locked`` of cards left out."""
    question = kinds.question("/data/scale")
    question.set_locked(True)
    assert isinstance(question, Question)
    assert not any(card.isEnabled() for card in question.findChildren(RadioCard))


LOOKS = """
| survey | | | | |
| | type | name | label | appearance |
| | select_one few | fast | Fast | quick |
| | select_one few | head | Heading | label |
| | select_multiple many | three | Three | columns-3 |
| | text | long | Long | textarea |
| | text | hidden | Hidden | masked |
| choices | | | |
| | list_name | name | label |
| | few | a | Alpha |
| | few | b | Beta |
| | many | c | C |
| | many | d | D |
| | many | e | E |
| | many | f | F |
| settings | | |
| | form_id | version |
| | looks | 1 |
"""


def test_appearances_are_what_the_form_asks_for(sitting: Sitting) -> None:
    """Mutants: ``quick`` waits for Tab; ``columns-3`` ignored; a heading can be answered."""
    sitting.install(xform(LOOKS), "looks")
    sitting.begin("looks")
    assert sitting.cards("/data/head") == []
    tops = {card.y() for card in sitting.cards("/data/three")}
    assert len(tops) == 2
    assert isinstance(sitting.line("/data/long"), QPlainTextEdit)
    hidden = sitting.line("/data/hidden")
    assert isinstance(hidden, QLineEdit)
    assert hidden.echoMode() == QLineEdit.EchoMode.Password
    sitting.choose("/data/fast", "a")
    focused = sitting.focused()
    assert focused is not None
    assert focused.node is sitting.node("/data/three")


BESIDE = """
| survey | | | | | |
| | type | name | label | appearance | relevant |
| | text | one | One | w2 | |
| | text | two | Two | w2 | ${one} != 'x' |
| | text | three | Three | w3 | |
| | text | four | Four | w1 | |
| | text | five | Five | | |
| settings | | |
| | form_id | version |
| | beside | 1 |
"""


def test_questions_stand_side_by_side_where_the_form_gives_them_widths(sitting: Sitting) -> None:
    """Mutant: ``_set_beside`` not called when a question goes."""
    sitting.install(xform(BESIDE), "beside")
    sitting.begin("beside")

    def rows() -> list[int]:
        sitting.view.grab()
        return [
            sitting.question(f"/data/{name}").y()
            for name in ("one", "two", "three", "four", "five")
        ]

    one, two, three, four, five = rows()
    assert one == two < three == four < five
    sitting.write("/data/one", "x")
    assert not sitting.is_seen("/data/two")
    sitting.line("/data/one").setFocus()
    sitting.press(Qt.Key.Key_Tab)
    assert sitting.focused() is sitting.question("/data/three")
