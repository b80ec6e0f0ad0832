# SPDX-License-Identifier: Apache-2.0
"""Volunteers: what they did in the four roles, and who looks after which junior."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.activity import put_activity
from desktop.actions.draft import keep_photo
from desktop.i18n import use_language
from desktop.model.draft import Subject
from desktop.model.record import ACTIVITY, EVALUATION
from desktop.store import activity, mentorship
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.activity import EVALUATED, PAIRS, ActivityPage
from desktop.ui.parts.activity_reading import find_people, role_numbers
from desktop.ui.parts.activity_story import facts
from desktop.ui.rail import Place
from desktop.ui.tables.activity import PEOPLE, ROLES, ActivityModel
from desktop.ui.tables.evaluation import MEAN
from desktop.ui.tables.mentorship import PairModel
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import BY, FIRST, Ground
from tests.actions.test_activity import TEMPLE
from tests.actions.test_evaluation import fill
from tests.field import TAMBON, Clock, Field
from tests.ui.pages.settling import settle

NO = Qt.KeyboardModifier.NoModifier
FORM: Mapping[str, str] = {
    "g_act/on": FIRST.isoformat(),
    "g_act/name": "จิตอาสาพัฒนาวัด",
    "g_act/area": TAMBON,
    "g_act/place": "วัดดอนแก้ว",
    "g_act/occasion": "วันเฉลิมพระชนมพรรษา",
    "g_act/roles": "alert join",
    "g_act/aims": "safety",
    "g_who/n_child": "20",
    "g_who/n_apm": "15",
    "g_result/budget": "1500.5",
    "g_result/result": "วัดสะอาด",
}


class Hall:
    """The window with the page in it, over an event with five people on its roster."""

    def __init__(self, ground: Ground, desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
        self.ground, self.desk, self.tasks, self.until = ground, desk, tasks, qtbot.waitUntil
        ground.add("สมศรี พี่เลี้ยง", "มานี รักดี", "ปิติ เพียรดี", "ชูใจ", "วีระ ใจกล้า")
        self.ids = {row.first: row.person_id for row in ground.roster()}
        self.went: list[tuple[str, Any]] = []
        self.said: list[str] = []
        desk.said.connect(lambda words, _undo: self.said.append(words))
        desk.take_event(ground.event.id)
        self.frame = Frame(
            desk, (Place("activity", "Volunteers", "hand-heart"),), {"activity": ActivityPage}
        )
        qtbot.addWidget(self.frame)
        self.frame.resize(1366, 768)
        self.frame.show()
        self.page: ActivityPage = self.frame.page  # type: ignore[assignment]
        self.page.go.disconnect()
        self.page.go.connect(lambda noun, what: self.went.append((noun, what)))
        self.frame.activateWindow()
        self.rest()

    def rest(self) -> None:
        settle(self.tasks)

    def put(self, **changed: Any) -> str:
        one = replace(TEMPLE, event_id=self.ground.event.id, held_on=FIRST, **changed)
        kept: str = put_activity(self.ground.store, BY, one).value.id
        self.page.reload()
        self.rest()
        return kept

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO, on: QWidget | None = None
    ) -> None:
        focus: QWidget | None = on or self.frame.focusWidget()
        QTest.keyClick(focus or self.frame, key, modifier)
        self.rest()

    def type(self, line: QLineEdit, text: str) -> None:
        line.setFocus()
        said = QInputMethodEvent()
        said.setCommitString(text)
        QApplication.sendEvent(line, said)
        self.rest()

    def take(self, line: QLineEdit, text: str) -> None:
        """Type a part of a name and take the first that is offered."""
        self.type(line, text)
        self.press(Qt.Key.Key_Return, on=line)

    def pairs(self) -> list[tuple[str, str]]:
        with self.ground.store.read() as conn:
            found = mentorship.pairs(conn, event_id=self.ground.event.id)
        return sorted((one.mentor, one.junior) for one in found)


@pytest.fixture
def hall(ground: Ground, desk: Desk, tasks: Tasks, qtbot: QtBot) -> Iterator[Hall]:
    use_language("en")
    made = Hall(ground, desk, tasks, qtbot)
    yield made
    made.rest()
    use_language("th")


# ---- activities


def test_the_empty_page_holds_the_first_thing_to_do(hall: Hall) -> None:
    """Fails when F3 sleeps while no activity is there, or the event is not handed on."""
    assert hall.page.primary is None
    assert hall.page.list.empty.isVisible()
    hall.press(Qt.Key.Key_F3)
    assert hall.went == [("record", (ACTIVITY, Subject(event_id=hall.ground.event.id)))]
    hall.page.arrive("new")
    assert len(hall.went) == 2


def test_the_four_roles_are_counted_as_they_were_taken(hall: Hall) -> None:
    """Fails when an activity of two roles is counted once, or that of another event here."""
    hall.put()
    hall.put(name="เดินรณรงค์", noi_roles=frozenset({"campaign", "join"}))
    put_activity(hall.ground.store, BY, replace(TEMPLE, event_id="", held_on=FIRST))
    hall.page.reload()
    hall.rest()
    counts = {role: card.count for role, card in hall.page.list.cards.items()}
    assert counts == {"pr": "0", "campaign": "1", "alert": "0", "join": "2"}
    assert "children 40" in hall.page.list.sums.text()
    assert len(hall.page.list.model.rows) == 2
    hall.page.whose.setCurrentIndex(1)
    hall.page.whose.activated.emit(1)
    hall.rest()
    assert len(hall.page.list.model.rows) == 3
    hall.page.arrive(("event", hall.ground.event.id))
    hall.rest()
    assert len(hall.page.list.model.rows) == 2


def test_the_tables_behave(hall: Hall) -> None:
    hall.put()
    model = ActivityModel()
    QAbstractItemModelTester(model)
    model.hold(hall.page.list.model.rows)
    assert model.index(0, PEOPLE).data() == "70"
    assert model.index(0, ROLES).data() == "4"
    assert role_numbers(frozenset({"pr", "alert"})) == (1, 3)
    pairs = PairModel()
    QAbstractItemModelTester(pairs)
    pairs.hold(hall.page.pairs.model.rows)


def test_an_activity_is_opened_taken_off_and_brought_back(hall: Hall) -> None:
    """Fails when it is taken off without a way back, or the page stays on what is gone."""
    which = hall.put()
    hall.page.list.table.setFocus()
    hall.press(Qt.Key.Key_Return)
    hall.until(lambda: hall.page.on_one)
    assert hall.page.title() == TEMPLE.name
    assert hall.page.primary is None, "it was not entered by a form"
    hall.page._remove.trigger()
    hall.rest()
    assert not hall.page.on_one
    assert not hall.page.list.model.rows
    hall.desk.undo()
    hall.rest()
    assert [row.activity.id for row in hall.page.list.model.rows] == [which]
    hall.page.open(which)
    hall.until(lambda: hall.page.on_one)
    hall.page.open("no such activity")
    hall.until(lambda: not hall.page.on_one)


def test_what_the_form_says_stands_on_the_page(hall: Hall, qtbot: QtBot, tmp_path: Path) -> None:
    """Fails when mentor, juniors or photos of the form are not shown."""
    work = Field(hall.ground.store, Clock())
    one = work.begin(ACTIVITY, Subject(event_id=hall.ground.event.id))
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    assert picture.save(str(tmp_path / "one.jpg"))
    photo = keep_photo(
        hall.ground.store, BY, one.id, "/data/g_result/photo1", (tmp_path / "one.jpg").read_bytes()
    ).value
    said = {
        **FORM,
        "g_who/mentor": f"สมศรี พี่เลี้ยง [{hall.ids['สมศรี']}]",
        "g_who/juniors": f"มานี รักดี [{hall.ids['มานี']}]; เด็กชายเดือน",
        "g_result/photo1": photo.name,
    }
    record_id = work.finish(one, work.fill(one, said).finalise())
    hall.page.reload()
    hall.rest()
    with hall.ground.store.read() as conn:
        (kept,) = activity.activities(conn)
    hall.page.arrive(kept.id)
    hall.until(lambda: hall.page.on_one)
    hall.rest()
    story = hall.page._story
    assert story is not None
    told = dict(facts(story))
    assert told["Mentor"] == "สมศรี พี่เลี้ยง"
    assert told["Junior volunteers"] == "มานี รักดี\nเด็กชายเดือน"
    assert told["Budget"] == "1,500.50 baht"
    assert "วัดดอนแก้ว" in told["Where it was"]
    assert len(story.photos) == 1
    assert hall.page.view.photos.isVisibleTo(hall.page)
    assert hall.page.primary is not None
    hall.page.primary.trigger()
    assert hall.went == [("record", record_id)]
    assert hall.pairs() == [("สมศรี พี่เลี้ยง", "มานี รักดี")]
    hall.press(Qt.Key.Key_Escape)
    assert not hall.page.on_one


# ---- mentors


def test_a_mentor_gets_several_juniors_by_typing_alone(hall: Hall) -> None:
    """Fails when Enter takes nothing, a junior is added twice, or the undo leaves a pair."""
    page = hall.page
    hall.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.tabs.currentIndex() == PAIRS
    assert page.pairs.mentor.hasFocus()
    assert not page._pair.isEnabled()
    hall.take(page.pairs.mentor, "สมศร")
    assert page.pairs.junior.hasFocus()
    for part in ("มานี", "ปิต", "มานี"):
        hall.take(page.pairs.junior, part)
    assert page.pairs.chosen == (hall.ids["สมศรี"], (hall.ids["มานี"], hall.ids["ปิติ"]))
    hall.take(page.pairs.junior, "ชูใ")
    hall.press(Qt.Key.Key_Backspace, on=page.pairs.junior)
    hall.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert hall.pairs() == [("สมศรี พี่เลี้ยง", "ปิติ เพียรดี"), ("สมศรี พี่เลี้ยง", "มานี รักดี")]
    assert not any(page.pairs.chosen)
    assert [row.pair.junior for row in page.pairs.model.rows] == ["ปิติ เพียรดี", "มานี รักดี"]
    hall.desk.undo()
    hall.rest()
    assert hall.pairs() == []
    assert not page.pairs.model.rows


def test_a_pair_is_taken_apart_and_comes_back(hall: Hall) -> None:
    page = hall.page
    page.arrive("pairs")
    hall.take(page.pairs.mentor, "สมศร")
    hall.take(page.pairs.junior, "มานี")
    page.pair()
    hall.rest()
    page.pairs.table.setFocus()
    hall.press(Qt.Key.Key_Delete)
    assert hall.pairs() == []
    assert "มานี รักดี" in hall.said[-1]
    hall.desk.undo()
    hall.rest()
    assert len(page.pairs.model.rows) == 1


def test_a_name_that_was_typed_and_left_means_the_first_offer(hall: Hall) -> None:
    """Fails when Tab leaves a name that looks chosen and is not, without a word."""
    page = hall.page
    page.arrive("pairs")
    hall.type(page.pairs.mentor, "สมศร")
    hall.press(Qt.Key.Key_Tab, on=page.pairs.mentor)
    assert page.pairs.chosen[0] == hall.ids["สมศรี"]
    hall.type(page.pairs.junior, "ไม่มีใคร")
    hall.press(Qt.Key.Key_Tab, on=page.pairs.junior)
    assert page.pairs.junior_field.error
    page.pairs.junior.clear()
    hall.take(page.pairs.junior, "มานี")
    assert not page.pairs.junior_field.error
    assert page.pairs.chosen[1] == (hall.ids["มานี"],)


def test_nobody_becomes_her_own_mentor(hall: Hall) -> None:
    """Fails when the refusal is not said beside what it concerns."""
    page = hall.page
    page.arrive("pairs")
    hall.take(page.pairs.mentor, "สมศร")
    hall.take(page.pairs.junior, "สมศร")
    page.pair()
    hall.rest()
    assert page.pairs.junior_field.error
    assert hall.pairs() == []
    assert page.pairs.chosen[0], "what was chosen stays"


def test_people_of_the_event_are_offered_first_and_each_once(hall: Hall) -> None:
    offers = find_people(hall.ground.store, "ปิ", hall.ground.event.id)
    assert [one.name for one, _words in offers] == ["ปิติ เพียรดี"]
    assert find_people(hall.ground.store, "ไม่มีใคร", hall.ground.event.id) == []
    assert len({words for _one, words in offers}) == len(offers)


# ---- on paper


def test_the_list_that_is_shown_goes_onto_paper_and_into_a_workbook(
    hall: Hall, tmp_path: Path
) -> None:
    hall.put()
    hall.press(Qt.Key.Key_F5)
    hall.until(lambda: bool(hall.went))
    ((noun, what),) = hall.went
    assert noun == "paper"
    assert what["pdf"].startswith(b"%PDF")
    hall.page.doing.save_to(tmp_path / "list.xlsx", "activities", hall.ground.event.id)
    hall.until(lambda: "The list is saved." in hall.said)
    page = load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert any(cell.value == TEMPLE.name for row in page.iter_rows() for cell in row)


# ---- how it was judged


def test_the_sheets_of_the_event_are_counted_and_printed(hall: Hall) -> None:
    """Fails when F3 begins the wrong form, or what is printed is another list."""
    page = hall.page
    hall.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert page.tabs.currentIndex() == EVALUATED
    assert page.judged.empty.isVisible()
    hall.press(Qt.Key.Key_F3)
    assert hall.went == [("record", (EVALUATION, Subject(event_id=hall.ground.event.id)))]
    fill(hall.ground)
    fill(hall.ground, {"g_know/e_know_after": "2", "g_know/suggest": ""})
    page.reload()
    hall.until(lambda: page.judged.sheets == 2)
    hall.rest()
    assert page.primary is page._sheet
    assert page.judged.model.index(0, MEAN).data() == "5.00"
    assert page.judged.suggestions.text().count("•") == 1
    assert page.judged.better.accessibleName() == "know more than before 1 / 2"
    QAbstractItemModelTester(page.judged.model)
    hall.went.clear()
    hall.press(Qt.Key.Key_F5)
    hall.until(lambda: bool(hall.went))
    assert hall.went[0][1]["name"] == "evaluation"


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_everything_can_be_pressed_and_is_named(hall: Hall, size: tuple[int, int]) -> None:
    from tests.ui.access_ground import nameless, small

    hall.frame.resize(*size)
    which = hall.put()
    fill(hall.ground)
    for what in (None, "pairs", "evaluation", which):
        hall.page.arrive(what)
        hall.rest()
        assert nameless(hall.page) == []
        assert small(hall.page) == []
        for button in hall.frame.findChildren(QPushButton):
            assert button.mapTo(hall.frame, button.rect().topRight()).x() <= size[0]
