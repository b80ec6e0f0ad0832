# SPDX-License-Identifier: Apache-2.0
"""Two texts of one record stand side by side on the page of sending until somebody chose."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.actions.sync_ground import OURS, THEIRS, ops_of, shown
from tests.field import OTHER
from tests.ui.pages.sending import CTRL, Sending

pytestmark = pytest.mark.usefixtures("no_dialog_stays")


def test_the_state_leads_to_the_texts_and_both_stand_side_by_side(
    sending: Sending, torn: str
) -> None:
    """Mutant: the texts are cut letter by letter; or only one of them says who wrote it."""
    assert sending.chip() == "1 with two texts"
    strip = sending.page.state.texts
    assert strip.isVisible()
    strip.way_out.click()
    sending.settle()

    card = sending.page.texts.card
    left, right = card._texts
    assert (left.words.text(), right.words.text()) == (OURS, THEIRS)
    assert left.words.marked() == ("เตียงผู้ป่วย", "ลูกสาว")
    assert right.words.marked() == ("รถเข็น", "ลูกชาย")
    assert left.who.text() == "สมศรี ใจดี"
    assert right.when.text()
    assert "นางมะลิ แสงดาว" in card.headline.text()


def test_nothing_is_kept_before_somebody_chose(sending: Sending, torn: str) -> None:
    """Mutant: the text that is shown is chosen already, and F9 throws the other away."""
    sending.page.arrive("texts")
    sending.settle()
    count = len(ops_of(sending.store, torn))

    sending.press(Qt.Key.Key_F9, on=sending.page)

    assert len(ops_of(sending.store, torn)) == count
    assert sending.page.texts.card.wrong.isVisible()


@pytest.mark.parametrize(("place", "text"), [(0, OURS), (1, THEIRS)])
def test_a_text_is_chosen_by_keyboard_and_ctrl_z_brings_both_back(
    sending: Sending, torn: str, place: int, text: str
) -> None:
    """Mutant: undo puts the field back and the other text stays resolved."""
    sending.page.arrive(("texts", "household", torn))
    sending.settle()
    card = sending.page.texts.card
    card._texts[place].take.setFocus()
    sending.press(Qt.Key.Key_Space, on=card._texts[place].take)
    assert sending.page.primary is not None
    assert sending.page.primary.text().startswith("Keep the text of")

    sending.press(Qt.Key.Key_F9, on=sending.page)

    assert shown(sending.store, torn) == text
    assert sending.page.texts.is_empty
    assert sending.desk.sync.state.conflicts == 0

    sending.press(Qt.Key.Key_Z, CTRL, on=sending.page)

    assert shown(sending.store, torn) == OURS
    assert [one.texts.others[0].text for one in sending.page.texts._conflicts] == [THEIRS]


def test_both_are_combined_in_an_edit_that_holds_them(sending: Sending, torn: str) -> None:
    """Mutant: the edit is empty and a person types both again, or loses one."""
    sending.page.arrive("texts")
    sending.settle()
    card = sending.page.texts.card
    card.combine.click()
    sending.settle()
    assert card.edit.toPlainText() == f"{OURS}\n{THEIRS}"
    assert card.edit.hasFocus()

    sending.write(card.edit, "ต้องการเตียง รถเข็น และเบาะลม")
    assert sending.page.primary is not None
    assert sending.page.primary.text() == "Keep the combined text"
    sending.press(Qt.Key.Key_F9, on=sending.page)

    assert shown(sending.store, torn) == "ต้องการเตียง รถเข็น และเบาะลม"
    assert ops_of(sending.store, torn)[-1]["resolve"]


def test_two_texts_are_made_one_without_a_mouse(sending: Sending, torn: str, qtbot: QtBot) -> None:
    """Mutant: the arrows do not lead from one text over the other to combining them, or a control
    has no name that can be read out."""
    sending.page.arrive("texts")
    sending.settle()
    card = sending.page.texts.card
    qtbot.waitUntil(card.combine.isVisible)
    first = sending.frame.focusWidget()
    assert first is not None
    assert first.accessibleName().startswith("Use the text of ")
    # As in every group of choices: Tab comes in, arrows lead from one to the other.
    sending.press(Qt.Key.Key_Right)
    sending.press(Qt.Key.Key_Space)
    assert card.chosen() == 1
    assert card.verb() == "Keep the text of a colleague on another computer"
    sending.press(Qt.Key.Key_Down)
    assert card.combine.isChecked()
    sending.press(Qt.Key.Key_Tab)
    assert sending.frame.focusWidget() is card.edit
    assert card.edit.accessibleName() == "The combined text"
    sending.write(card.edit, "ต้องการเตียง รถเข็น และเบาะลม")
    sending.press(Qt.Key.Key_F9)
    assert shown(sending.store, torn) == "ต้องการเตียง รถเข็น และเบาะลม"
    sending.press(Qt.Key.Key_Z, CTRL, on=sending.page)
    assert shown(sending.store, torn) == OURS


def test_what_is_being_combined_stays_while_sync_goes_on(sending: Sending, torn: str) -> None:
    """Mutant: every reload fills the edit anew, and what was typed is gone."""
    sending.page.arrive("texts")
    sending.settle()
    card = sending.page.texts.card
    card.combine.click()
    sending.write(card.edit, "เขียนค้างไว้")

    sending.reload()

    assert card.edit.toPlainText() == "เขียนค้างไว้"
    assert card.combine.isChecked()


def test_the_record_is_one_press_away(sending: Sending, torn: str) -> None:
    sending.page.arrive("texts")
    sending.settle()
    sending.page.texts.card.way.click()

    assert sending.went == [("household", torn)]


def test_another_person_sees_nothing_that_was_read_for_the_first(
    sending: Sending, torn: str
) -> None:
    """Mutant: the card stays filled when somebody else sits down."""
    sending.page.arrive("texts")
    sending.settle()

    sending.desk.hand_over(OTHER)
    assert sending.page.texts.is_empty
    sending.settle()

    assert not sending.page.texts.is_empty
