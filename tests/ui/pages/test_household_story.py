# SPDX-License-Identifier: Apache-2.0
"""One household on the page of home visits: its story, corrected, consented to, printed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.actions import consent
from desktop.store import household
from desktop.store import record as records
from desktop.ui.parts.consent_withdrawal import ConsentWithdrawal
from desktop.ui.parts.household_address import HouseholdAddress
from desktop.ui.parts.household_member import HouseholdMember
from desktop.ui.parts.household_words import dimension_word
from tests.field import BY
from tests.ui.pages.household_ground import House


def test_the_whole_story_is_on_one_page(house: House) -> None:
    """Mutants: visits of another house; dimensions in the wrong order; aid left out."""
    house.open(1)
    view = house.page.view
    assert view.story is not None
    lines = view.visits.lines.lines
    assert [line.depth for line in lines] == [0, 1, 0]
    assert "ให้กำลังใจ" in lines[0].head
    assert [one.states["income"] for one in view.story.assessments] == ["watch", "help"]
    assert dimension_word("watch") in view.chart.text().splitlines()[0]
    assert len(view.aid.lines.lines) == 2
    assert len(view.cases.lines.lines) == 1
    assert "นางหน่อแอะ" in view.tree.text().splitlines()[0]


def test_enter_opens_the_frozen_record_and_its_correction(house: House) -> None:
    """Mutant: the correction opens the record that it corrects."""
    house.open(1)
    listed = house.page.view.visits
    listed.setFocus()
    house.press(Qt.Key.Key_Return, on=listed)
    house.press(Qt.Key.Key_Down, on=listed)
    house.press(Qt.Key.Key_Return, on=listed)
    opened = [what for noun, what in house.went if noun == "record"]
    assert opened[0] == house.records[5]
    with house.store.read() as conn:
        chain = [one.id for one in records.chain(conn, BY, house.records[5])]
    assert opened == chain


def test_what_an_arrow_leads_to_is_in_sight(house: House) -> None:
    """Mutant: the arrow goes on below the edge of the window."""
    house.frame.resize(1093, 614)
    house.open(1)
    view = house.page.view
    view.room.verticalScrollBar().setValue(0)
    view.visits.setFocus()
    view.room.verticalScrollBar().setValue(0)
    for _press in range(2):
        house.press(Qt.Key.Key_Down, on=view.visits)
    where = view.visits.visualRect(view.visits.currentIndex())
    foot = view.visits.viewport().mapTo(view.room.viewport(), where.bottomLeft()).y()
    assert 0 < foot <= view.room.viewport().height()


def test_a_case_is_opened_on_its_own_page(house: House) -> None:
    house.open(1)
    house.press(Qt.Key.Key_Return, on=house.page.view.cases)
    ((noun, what),) = house.went
    assert (noun, what[0]) == ("cases", "case")


def test_looking_at_a_restricted_household_is_noted_once(house: House) -> None:
    """Mutants: no line in the audit log; a line at every reload."""
    before = house.audited("case_file").count("view")
    assert house.audited("household").count("view") == 0
    house.open(1)
    assert house.audited("household").count("view") == 1
    assert house.audited("case_file").count("view") == before
    house.open(-1)
    assert house.audited("case_file").count("view") == before + 1
    house.page.reload()
    house.settle()
    assert house.audited("case_file").count("view") == before + 1


def test_a_relation_is_corrected_by_keyboard_and_taken_back(house: House) -> None:
    """Mutants: the person visited stays apart for ever; undo left out."""
    house.open(1)
    tree = house.page.view.tree
    tree.setFocus()
    member = next(one for one in house.page.view.story.members if one.person_id)  # type: ignore[union-attr]
    for _step in range(6):
        if tree._at == member.id:
            break
        house.press(Qt.Key.Key_Down, on=tree)
    assert tree._at == member.id
    house.press(Qt.Key.Key_Return, on=tree)
    asked = house.dialog(HouseholdMember)
    asked.pick.set_value("head")
    asked.verb.click()
    house.settle()
    assert "หัวหน้าครัวเรือน" in tree.text()
    house.undo()
    with house.store.read() as conn:
        assert household.member(conn, member.id).relation == ""


def test_somebody_who_moved_away_is_kept_among_the_facts(house: House) -> None:
    """Mutant: she is deleted."""
    household_id = house.open(1)
    story = house.page.view.story
    assert story is not None
    son = next(one for one in story.members if one.relation == "child")
    house.page.doing.ask_member(son.id)
    asked = house.dialog(HouseholdMember)
    asked.left.setChecked(True)
    asked.verb.click()
    house.settle()
    with house.store.read() as conn:
        left = household.members(conn, household_id, left=True)
        assert son.id not in [one.id for one in household.members(conn, household_id)]
    assert son.id in [one.id for one in left]
    assert [one.id for one in house.page.view.story.gone] == [son.id]  # type: ignore[union-attr]


def test_taking_consent_back_reads_out_what_stops_and_hides_the_photos(house: House) -> None:
    """Mutants: the list of another kind is read out; photos stay; the withdrawal has no undo."""
    house.open(1)
    photos = house.page.view.photos
    assert photos._rows.rowCount() == 2
    house.press(Qt.Key.Key_Return, on=house.page.view.consents)
    asked = house.dialog(ConsentWithdrawal)
    assert asked.said() == consent.stopped_by("photo")
    asked.pick.set_value("all")
    asked._show()
    assert asked.said() == consent.stopped_by("all")
    asked.verb.click()
    house.settle()
    assert photos._rows.rowCount() == 0
    assert "2" in photos.kept_back.text()
    assert photos.kept_back.isVisible()
    house.undo()
    assert photos._rows.rowCount() == 2


def test_photos_are_read_from_their_sealed_files(house: House) -> None:
    """Mutant: a grey square instead of the picture."""
    house.open(1)
    house.settle()
    pictures = house.page.view.photos._pictures
    assert len(pictures) == 2
    assert all(not one.isNull() for one in pictures.values())
    assert all(max(one.width(), one.height()) <= 264 for one in pictures.values())


def test_the_report_is_made_noted_and_shown_before_it_is_printed(
    house: House, qtbot: QtBot
) -> None:
    """Mutants: the latest visit whatever is chosen; no line in the audit log."""
    house.open(1)
    house.press(Qt.Key.Key_F5)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert len(menu.actions()) == 2
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(house.went), timeout=20_000)
    ((noun, what),) = house.went
    assert noun == "paper"
    assert what["pdf"].startswith(b"%PDF")
    assert what["what"] == "file"
    assert "พะตี" not in what["name"] + what["title"]
    assert house.audited("record")[-1] == "print"


def test_the_story_of_the_household_is_a_paper_too(house: House, qtbot: QtBot) -> None:
    """Mutant: the report of the visit is made instead."""
    house.open(1)
    house.page.doing.print_story()
    qtbot.waitUntil(lambda: bool(house.went), timeout=20_000)
    assert house.went[0][1]["pdf"].startswith(b"%PDF")
    assert house.audited("household")[-1] == "print"


def test_an_address_is_corrected_and_a_wrong_postcode_is_said_beside_it(house: House) -> None:
    """Mutants: what is wrong is written; Thai digits refused; no undo."""
    household_id = house.open(1)
    house.page.doing.correct_address()
    asked = house.dialog(HouseholdAddress)
    asked.postcode.setText("6311")
    asked.house_no.setText("๙๙/๑")
    asked.place.setText("somewhere")
    asked.verb.click()
    house.settle()
    assert asked.postcode_field.error
    asked.postcode.setText("๖๓๑๑๐")
    asked.verb.click()
    house.settle()
    assert asked.place_field.error
    asked.place.setText("16.78000, 98.99000")
    asked.verb.click()
    house.settle()
    with house.store.read() as conn:
        kept = household.household(conn, household_id)
    assert (kept.house_no, kept.postcode) == ("99/1", "63110")
    assert kept.position is not None
    assert kept.position.latitude == pytest.approx(16.78)
    assert "99/1" in house.page.subtitle()
    house.undo()
    with house.store.read() as conn:
        assert household.household(conn, household_id).house_no == "13"


def test_opening_the_address_and_saving_moves_no_house(house: House) -> None:
    """Mutant: the five decimals that are shown replace the measured place."""
    household_id = house.open(1)
    with house.store.read() as conn:
        before = household.household(conn, household_id).position
    house.page.doing.correct_address()
    house.dialog(HouseholdAddress).verb.click()
    house.settle()
    assert house.page.doing.dialog is None
    with house.store.read() as conn:
        assert household.household(conn, household_id).position == before
