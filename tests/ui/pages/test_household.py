# SPDX-License-Identifier: Apache-2.0
"""The page of home visits: found, begun, put on a map, and left to the next who sits down."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop.model.draft import Subject
from desktop.model.record import HOME_VISIT
from desktop.store import draft as drafts
from desktop.ui.parts.household_choice import HouseholdChoice, VisitHere
from desktop.ui.tables.household import CASE, NAME, NEXT
from tests.field import OTHER
from tests.ui.pages.household_ground import House, Make
from tests.village import Village

# ── the list ─────────────────────────────────────────────────────────────────────────────────


def test_the_list_tells_who_was_visited_last_and_what_is_due(house: House) -> None:
    """Mutants: households in no order; the badge of another's case."""
    assert house.names()[0] in ("นางเมตตา ทดสอบ", "นางพะตี ทดสอบดี")
    assert len(house.names()) == 6
    model = house.page.list.model
    rows = {str(model.index(row, NAME).data()): row for row in range(model.rowCount())}
    urgent = model.index(rows["นางหน่อพอ ทดสอบใจ"], CASE).data()
    assert urgent == "ด่วน"
    assert "58" in model.index(rows["นางหน่อพอ ทดสอบใจ"], NEXT).data()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_who_need_not_know_sees_neither_case_nor_visit(make: Make) -> None:
    """Mutants: the cases read without a reader; the story of the visit left in."""
    house = make(OTHER)
    model = house.page.list.model
    rows = {str(model.index(row, NAME).data()): row for row in range(model.rowCount())}
    assert model.index(rows["นางเมตตา ทดสอบ"], CASE).data() == ""
    house.page.open_household(house.household_of(-1))
    house.settle()
    story = house.page.view.story
    assert story is not None
    assert (story.visits, story.cases, story.aid, story.photos) == ((), (), (), ())
    house.page.show_map()
    house.settle()
    urgencies = {spot.name: spot.urgency for spot in house.page.map.map._spots}
    assert urgencies["นางเมตตา ทดสอบ"] == ""


def test_a_household_is_found_by_a_misspelt_name_and_by_its_moo(house: House) -> None:
    """Mutant: the list filtered by plain text."""
    house.page.search()
    house.write(house.page.list.box, "ทดสอบดี")
    assert house.names() == ["นางพะตี ทดสอบดี"]
    house.page.list.box.clear()
    house.write(house.page.list.box, "หมู่ ๖")
    assert house.names() == ["นางหน่อพอ ทดสอบใจ"]
    house.press(Qt.Key.Key_Return, on=house.page.list.box)
    assert house.page.view.story is not None
    assert house.page.view.story.name == "นางหน่อพอ ทดสอบใจ"
    assert house.page.back()
    house.settle()
    assert house.page.list.current() is not None


def test_unfinished_visits_stand_above_all_and_are_thrown_away_with_a_way_back(
    house: House,
) -> None:
    """Mutants: the newest first; discarding asks; undo does not bring it back."""
    strip = house.page.list.drafts
    assert strip.isVisible()
    assert strip.first() == house.draft_id
    strip.resumed.emit(strip.first())
    assert house.went == [("record", house.draft_id)]
    with house.store.read() as conn:
        one = drafts.draft(conn, house.draft_id)
    strip.thrown.emit(one)
    house.settle()
    assert house.page.list.drafts.first() != house.draft_id
    assert "นางมึดา" in house.said[-1]
    house.undo()
    assert house.page.list.drafts.first() == house.draft_id


# ── a new visit ──────────────────────────────────────────────────────────────────────────────


def test_f3_asks_to_whom_and_begins_there(house: House) -> None:
    """Mutants: the first household is taken whatever was typed; a draft without household."""
    house.press(Qt.Key.Key_F3)
    asked = house.dialog(HouseholdChoice)
    assert asked.household_id() == ""
    house.write(asked.box, "ทดสอบดี")
    assert asked.household_id() == house.household_of(1)
    house.press(Qt.Key.Key_Return, on=asked.box)
    assert house.went == [("record", (HOME_VISIT, Subject("", house.household_of(1))))]


def test_a_new_household_is_one_key_away(house: House) -> None:
    """Mutant: the last visited household is preselected and gets a stranger's visit."""
    house.press(Qt.Key.Key_F3)
    house.press(Qt.Key.Key_Return, on=house.dialog(HouseholdChoice).box)
    assert house.went == [("record", (HOME_VISIT, Subject()))]


def test_the_event_in_hand_is_offered_and_can_be_left_out(house: House) -> None:
    """Mutant: the event goes along although it was unticked."""
    asked = HouseholdChoice(house.desk, "ค่ายเยาวชน", house.page)
    assert asked.with_event()
    asked.event_tick.setChecked(False)
    assert not asked.with_event()
    assert not HouseholdChoice(house.desk, "", house.page).with_event()


def test_in_a_household_f3_begins_there_without_asking(house: House) -> None:
    """Mutant: the chooser opens all the same."""
    household_id = house.open(0)
    house.press(Qt.Key.Key_F3)
    assert house.page.doing.dialog is None
    assert house.went == [("record", (HOME_VISIT, Subject("", household_id)))]


def test_in_a_household_the_event_in_hand_is_asked_for(house: House) -> None:
    """Mutant: every visit of the week is counted under the event that happens to be in hand."""
    household_id = house.open(0)
    house.page._event_name = "ค่ายเยาวชน"
    house.desk._event_id = "event-1"
    house.press(Qt.Key.Key_F3)
    asked = house.dialog(VisitHere)
    asked.event_tick.setChecked(False)
    asked.verb.click()
    house.settle()
    house.page.new_visit()
    house.dialog(VisitHere).verb.click()
    house.settle()
    assert house.went == [
        ("record", (HOME_VISIT, Subject("", household_id))),
        ("record", (HOME_VISIT, Subject("event-1", household_id))),
    ]


# ── the map ──────────────────────────────────────────────────────────────────────────────────


def test_on_the_map_arrows_lead_from_house_to_house_and_enter_opens(house: House) -> None:
    """Mutants: the arrows pan only; Enter opens the first."""
    house.page.show_map()
    house.settle()
    chart = house.page.map.map
    chart.go_to(house.household_of(2))
    house.press(Qt.Key.Key_Up, on=chart)
    here = chart.current()
    assert here is not None
    assert here.name == "นางนอแอ"
    house.press(Qt.Key.Key_Return, on=chart)
    assert house.page.view.story is not None
    assert house.page.view.story.name == "นางนอแอ"


def test_the_map_comes_nearer_about_the_pointer_and_shows_all_again(house: House) -> None:
    """Mutant: zooming moves what is under the pointer away."""
    house.page.show_map()
    house.settle()
    chart = house.page.map.map
    spot = chart._spots[0]
    before = chart._point(spot)
    chart.zoom(4, before)
    after = chart._point(spot)
    assert abs(after.x() - before.x()) < 1
    assert abs(after.y() - before.y()) < 1
    house.press(Qt.Key.Key_0, on=chart)
    assert all(chart.rect().contains(chart._point(one).toPoint()) for one in chart._spots)


# ── nothing yet ──────────────────────────────────────────────────────────────────────────────


def test_before_the_first_visit_the_page_says_what_it_is_for(make: Make, tmp_path: Path) -> None:
    """Mutants: an empty table; a primary button twice on the screen."""
    empty = Village.open(tmp_path / "empty")
    empty.field.store.close()
    house = make(folder=tmp_path / "empty")
    assert house.page.list.is_empty
    assert house.page.primary is None
    house.page.show_map()
    house.settle()
    assert house.page.map._stack.currentWidget() is house.page.map._none


def test_everything_that_takes_the_focus_has_a_name(house: House) -> None:
    """Mutant: a list without an accessible name."""
    house.open(1)
    for part in house.page.findChildren(QWidget):
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert part.accessibleName(), part


def test_nothing_stays_when_another_facilitator_sits_down(house: House) -> None:
    """Mutant: the open household of a restricted case stays on the screen."""
    house.open(-1)
    house.desk.hand_over(OTHER)
    house.settle()
    assert house.page.view.story is None
    assert house.page._stack.currentWidget() is house.page.list
    model = house.page.list.model
    rows = {str(model.index(row, NAME).data()): row for row in range(model.rowCount())}
    assert model.index(rows["นางเมตตา ทดสอบ"], CASE).data() == ""
