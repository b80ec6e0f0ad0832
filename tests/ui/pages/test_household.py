# SPDX-License-Identifier: Apache-2.0
"""The page of home visits: found, opened, told in one place, corrected, printed, put on a map."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import consent, record
from desktop.actions.draft import describe
from desktop.i18n import use_language
from desktop.model.draft import Subject
from desktop.model.record import HOME_VISIT
from desktop.settings import Settings
from desktop.store import draft as drafts
from desktop.store import household
from desktop.store import record as records
from desktop.store import visit as visits
from desktop.store.store import Store
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.household import HouseholdPage
from desktop.ui.parts.consent_withdrawal import ConsentWithdrawal
from desktop.ui.parts.household_address import HouseholdAddress
from desktop.ui.parts.household_choice import HouseholdChoice, VisitHere
from desktop.ui.parts.household_member import HouseholdMember
from desktop.ui.parts.household_words import dimension_word
from desktop.ui.rail import Place
from desktop.ui.tables.household import CASE, NAME, NEXT
from desktop.ui.tasks import Tasks
from tests.field import BY, KEY, OTHER, Clock
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


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Five households and a restricted one; the second was visited twice, and corrected."""
    folder = tmp_path_factory.mktemp("village") / "store"
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


@pytest.fixture
def make(built: Built, tmp_path: Path, tasks: Tasks, qtbot: QtBot) -> Iterator[Make]:
    """Opens the page over a copy of the village."""
    use_language("th")
    made: list[House] = []
    bugs: list[object] = []

    def sit(by: str = BY, folder: Path | None = None) -> House:
        profile = tmp_path / "profile"
        shutil.copytree(folder or built.folder, profile)
        store = Store.open(profile, KEY, Clock(built.now))
        desk = Desk(store, tasks, by, Settings(), lambda: built.now)
        desk.bug.connect(bugs.append)
        frame = Frame(
            desk, (Place("household", "Home visits", "map-pinned"),), {"household": HouseholdPage}
        )
        qtbot.addWidget(frame)
        frame.resize(1366, 768)
        frame.show()
        frame.activateWindow()
        page: HouseholdPage = frame.page  # type: ignore[assignment]
        house = House(store, desk, tasks, frame, page, built.records, built.draft_id)
        page.go.connect(lambda noun, what: house.went.append((noun, what)))
        desk.said.connect(lambda words, _undo: house.said.append(words))
        made.append(house)
        house.settle()
        return house

    yield sit
    for house in made:
        house.settle()
        tasks.close()
        house.store.close()
    assert not bugs, bugs


@pytest.fixture
def house(make: Make) -> House:
    """The page before the facilitator who made the visits."""
    return make()


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


# ── one household ────────────────────────────────────────────────────────────────────────────


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
