# SPDX-License-Identifier: Apache-2.0
"""The check-in desk, driven as at a door: by keys, by a scanner, on a real encrypted store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import checkin as desk_actions
from desktop.actions.attendance import arrive
from desktop.actions.roster import lock_roster
from desktop.i18n import use_language
from desktop.model.roster import badge_code
from desktop.settings import Settings
from desktop.store import attendance as marks
from desktop.thai.keyboard import to_thai_layout
from desktop.ui import sound
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.checkin import CheckIn
from desktop.ui.rail import Place
from desktop.ui.tables.found import FoundModel
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import BY, NOW, Ground
from tests.ui.pages.settling import settle

NO = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
PEOPLE = ("กุลธิดา ศรีสวัสดิ์วงศ์", "กุลพงษ์ ศรีสวัสดิ์", "มานี รักดี", "ซอ")


@pytest.fixture
def settled(tasks: Tasks) -> Callable[[], None]:
    """Wait until the lanes are empty."""
    return lambda: settle(tasks)


class Door:
    """The window with the desk in it, and short ways to press and to look."""

    def __init__(
        self, ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
    ) -> None:
        self.ground, self.desk, self.qtbot, self._settled = ground, desk, qtbot, settled
        self.ids = ground.add(*PEOPLE, area="63")
        lock_roster(ground.store, BY, ground.event.id)
        desk.set_settings(Settings(sound=False))
        desk.take_event(ground.event.id)
        self.went: list[tuple[str, object]] = []
        self.open()

    def open(self) -> None:
        self.frame = Frame(
            self.desk,
            (Place("checkin", "Desk", "scan-line"), Place("other", "Other", "house")),
            {"checkin": CheckIn},
        )
        self.qtbot.addWidget(self.frame)
        self.frame.resize(1366, 768)
        self.frame.show()
        self.page: CheckIn = self.frame.page  # type: ignore[assignment]
        self.page.go.connect(lambda noun, what: self.went.append((noun, what)))
        self.frame.activateWindow()
        self.settle()

    @property
    def view(self) -> Any:
        return self.page.view

    def settle(self) -> None:
        self._settled()
        self._settled()

    def says(self, text: str) -> None:
        """Thai comes as an input method brings it."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focus(), event)
        self.settle()

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO) -> None:
        QTest.keyClick(self.focus(), key, modifier)
        self.settle()

    def scans(self, digits: str) -> None:
        """A burst of keys and Enter, with nothing waited for in between."""
        for letter in digits:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(self.focus(), event)
        QTest.keyClick(self.focus(), Qt.Key.Key_Return)
        self.settle()

    def badge(self, place: int) -> str:
        return badge_code(self.ground.event.code, self.ground.line(self.ids[place]).badge_no)

    def marks(self) -> dict[str, Any]:
        with self.ground.store.read() as conn:
            return marks.marks(conn, self.ground.event.id)

    @property
    def count(self) -> str:
        return str(self.view.counter.accessibleName())


@pytest.fixture
def door(ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]) -> Iterator[Door]:
    use_language("en")
    made = Door(ground, desk, qtbot, settled)
    yield made
    use_language("th")


def test_a_part_of_the_name_and_enter_check_somebody_in(door: Door) -> None:
    """Mutant: the first line not taken by Enter, or the counter left as it was."""
    door.says("มานี")
    assert door.view.found.rowCount() == 1
    door.press(Qt.Key.Key_Return)
    assert door.view.outcome.tone == "green"
    assert door.view.outcome.name == "มานี รักดี"
    assert door.view.outcome.head == "Here 09.00"
    assert "Seat 004" in door.view.outcome.details
    assert door.count == "came 1 / 4"
    assert [mark.method for mark in door.marks()[door.ids[2]]] == ["search"]
    assert door.view.box.text() == ""
    assert door.view.box.hasFocus()


def test_enter_that_is_faster_than_the_list_still_means_its_first_line(door: Door) -> None:
    """Mutants: Enter ignored while the list is on its way, or taking the list of an older text;
    names that only sound like กุลพ standing before the one that is written so.
    """
    door.says("กุล")
    assert door.view.found.rowCount() == 2
    event = QInputMethodEvent()
    event.setCommitString("พ")
    QApplication.sendEvent(door.view.box, event)
    QTest.keyClick(door.view.box, Qt.Key.Key_Return)
    door.settle()
    assert list(door.marks()) == [door.ids[1]]


@pytest.mark.parametrize("layout", [str, to_thai_layout])
def test_a_scanner_types_a_badge_under_either_layout(
    door: Door, layout: Callable[[str], str]
) -> None:
    """Mutant: scanned_digits left out, so that the Thai row finds nobody."""
    door.scans(layout(door.badge(3)))
    assert door.view.outcome.name == "ซอ"
    assert door.view.outcome.tone == "green"
    assert [mark.method for mark in door.marks()[door.ids[3]]] == ["qr"]


def test_a_burst_of_badges_is_kept_whole(door: Door) -> None:
    """Mutant: a scan dropped while the one before is being committed."""
    for place in range(4):
        for letter in door.badge(place):
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(door.view.box, event)
        QTest.keyClick(door.view.box, Qt.Key.Key_Return)
    door.settle()
    assert set(door.marks()) == set(door.ids)
    assert door.count == "came 4 / 4"
    assert door.page._missing.text() == "Everybody is here"


def test_a_badge_scanned_before_the_desk_has_opened_is_kept(door: Door) -> None:
    """Mutant: the first scan after a start lost, or ending in the crash dialog."""
    door.page.opening = None
    door.scans(door.badge(0))
    assert door.marks() == {}
    door.page.ask_again()
    door.settle()
    assert list(door.marks()) == [door.ids[0]]


def test_a_badge_of_nobody_is_said_in_red(door: Door) -> None:
    """Mutant: an unknown badge taken for a search, or for silence."""
    door.scans(badge_code(door.ground.event.code, 999_998))
    assert door.view.outcome.tone == "red"
    assert "Nobody on this roster" in door.view.outcome.details
    door.scans(badge_code("999999", 1))
    assert "not on this laptop" in door.view.outcome.details
    broken = door.badge(0)[:-1] + ("0" if door.badge(0)[-1] != "0" else "1")
    door.scans(broken)
    assert "Scan it again" in door.view.outcome.details
    assert door.marks() == {}


def test_who_is_here_already_is_told_when_and_noted_once(door: Door) -> None:
    """Mutant: a second mark written, or the amber panel left out."""
    door.scans(door.badge(0))
    door.scans(door.badge(0))
    assert door.view.outcome.tone == "amber"
    assert door.view.outcome.head == "Came already at 09.00"
    assert "ธิดา ใจดี" in door.view.outcome.details
    assert len(door.marks()[door.ids[0]]) == 1
    assert door.count == "came 1 / 4"


def test_ctrl_z_takes_the_mark_back_and_not_the_letters(door: Door) -> None:
    """Mutant: the box keeping Ctrl+Z for itself."""
    door.says("มานี")
    door.press(Qt.Key.Key_Return)
    door.press(Qt.Key.Key_Z, CTRL)
    assert door.view.outcome.head == "Taken back"
    assert door.view.outcome.name == "มานี รักดี"
    assert door.count == "came 0 / 4"
    assert [mark.kind for mark in door.marks()[door.ids[2]]] == ["in", "cancel"]


@pytest.mark.parametrize("key", [Qt.Key.Key_2, Qt.Key.Key_Slash])
def test_a_digit_with_ctrl_picks_a_line(door: Door, key: Qt.Key) -> None:
    """Mutants: Ctrl+2 going to the second page of the rail instead; the same key not known
    while the keyboard is Thai, where it is a slash.
    """
    door.says("กุล")
    door.press(key, CTRL)
    assert list(door.marks()) == [door.ids[1]]


def test_arrows_move_in_the_list_and_the_box_keeps_the_keys(door: Door) -> None:
    """Mutant: the list taking the focus, so that the next scan is lost."""
    door.says("กุล")
    door.press(Qt.Key.Key_Down)
    assert door.view.box.hasFocus()
    door.press(Qt.Key.Key_Return)
    assert list(door.marks()) == [door.ids[1]]


def test_a_seat_finds_its_person(door: Door) -> None:
    """Mutant: digits looked for in names only."""
    door.says("๔")
    assert door.view.found.hit(0).row.enrolment_id == door.ids[2]


def test_nobody_found_is_said_and_the_text_stays_to_be_mended(door: Door) -> None:
    """Mutant: an empty list taken for a person."""
    door.says("ฮฮฮฮ")
    door.press(Qt.Key.Key_Return)
    assert door.view.outcome.tone == "red"
    assert door.view.box.text() == "ฮฮฮฮ"


def test_a_name_typed_under_the_wrong_layout_is_found(door: Door) -> None:
    """Mutant: looks_mistyped left out. "s,^" is what the keys of มานี… give: ม า น ี."""
    from desktop.thai.keyboard import to_us

    door.says(to_us("มานี"))
    assert door.view.found.rowCount() == 1


def test_a_walk_in_is_entered_and_checked_in_by_keys_alone(door: Door) -> None:
    """Mutant: the name not split, the seat not given, or the counter not raised on both sides."""
    door.press(Qt.Key.Key_F3)
    door.says("น.ส.วิไลพร วงศ์ดี")
    assert "นางสาว" in door.view.walk_in._split.text()
    door.press(Qt.Key.Key_Return, CTRL)
    assert door.view.outcome.tone == "green"
    assert door.view.outcome.name == "นางสาววิไลพร วงศ์ดี"
    assert door.count == "came 1 / 5"
    line = next(line for line in door.ground.roster() if line.source == "walkin")
    assert line.seat == 5
    assert [mark.kind for mark in door.marks()[line.enrolment_id]] == ["in"]
    assert door.view.box.hasFocus()


def test_a_walk_in_who_is_on_the_roster_is_offered_before_she_is_doubled(door: Door) -> None:
    """Mutant: saving without asking, which puts the same person on the roster twice."""
    door.press(Qt.Key.Key_F3)
    door.says("มานี รักดี")
    door.press(Qt.Key.Key_Return, CTRL)
    assert door.view.outcome.tone == "grey"
    assert len(door.ground.roster()) == 4
    door.press(Qt.Key.Key_Return)  # the first button: that is she
    assert len(door.ground.roster()) == 4
    assert list(door.marks()) == [door.ids[2]]


def test_saved_once_more_she_is_somebody_new_of_the_same_name(door: Door) -> None:
    """Mutant: the question asked for ever, or two people made one without being told so."""
    door.press(Qt.Key.Key_F3)
    door.says("มานี รักดี")
    door.press(Qt.Key.Key_Return, CTRL)
    door.press(Qt.Key.Key_Return, CTRL)
    same = [line for line in door.ground.roster() if line.first == "มานี"]
    assert len({line.person_id for line in same}) == 2


def test_a_walk_in_is_taken_back_whole(door: Door) -> None:
    """Mutant: the mark taken back and the person left on the roster."""
    door.press(Qt.Key.Key_F3)
    door.says("นายชูใจ ดีงาม")
    door.press(Qt.Key.Key_Return, CTRL)
    assert door.count == "came 1 / 5"
    door.press(Qt.Key.Key_Z, CTRL)
    assert door.count == "came 0 / 4"
    assert door.view.outcome.head == "No longer on the roster"
    assert all(line.first != "ชูใจ" for line in door.ground.roster())


def test_what_was_noted_elsewhere_is_seen_on_coming_back(door: Door) -> None:
    """Mutant: the desk taking a mark made while it was hidden for one of its own."""
    door.page.own = 1
    door.page.hide()
    arrive(door.ground.store, BY, door.ids[0], door.ground.sessions()[0].id, 540, "search")
    door.page.show()
    door.page.reload()
    door.settle()
    assert door.count == "came 1 / 4"


def test_a_substitute_takes_the_absent_persons_seat(door: Door) -> None:
    """Mutant: the person found checked in, instead of being the one who did not come."""
    door.press(Qt.Key.Key_F4)
    door.says("มานี")
    door.press(Qt.Key.Key_Return)
    assert "มานี" in door.view.walk_in._head.text()
    door.says("นายชูใจ ดีงาม")
    door.press(Qt.Key.Key_Return, CTRL)
    assert door.view.outcome.name == "นายชูใจ ดีงาม"
    assert "Seat 004" in door.view.outcome.details
    assert door.ground.line(door.ids[2]).status == "substituted"
    assert door.count == "came 1 / 4"


def test_leaving_early_asks_for_the_time_and_counts_as_having_come(door: Door) -> None:
    """Mutant: F6 noting an arrival, or taking her out of the count."""
    door.scans(door.badge(0))
    door.desk._clock = lambda: NOW + timedelta(minutes=4)
    door.press(Qt.Key.Key_F6)
    door.says("กุลธิดา")
    door.press(Qt.Key.Key_Return)
    assert door.view.when.clock.text() == "09.04"
    door.press(Qt.Key.Key_Return)
    assert door.view.outcome.tone == "amber"
    assert door.view.outcome.head == "Left early 09.04"
    assert door.count == "came 1 / 4"
    assert [mark.kind for mark in door.marks()[door.ids[0]]] == ["in", "out"]


def test_a_late_arrival_is_called_late_by_itself(door: Door) -> None:
    """Mutant: late_after not looked at."""
    door.press(Qt.Key.Key_F12)
    door.view.when.clock.set_minutes(9 * 60 + 20)
    door.view.when.reason.setFocus()
    door.says("กรอกย้อนหลัง")
    door.press(Qt.Key.Key_Return)
    assert "09.20" in door.view.banner
    door.scans(door.badge(0))
    assert door.view.outcome.head == "Here 09.20 · Late"
    mark = door.marks()[door.ids[0]][0]
    assert (mark.minute, mark.reason) == (9 * 60 + 20, "กรอกย้อนหลัง")
    door.press(Qt.Key.Key_Escape)
    assert door.page.stamp is None


def test_a_session_of_another_day_is_noted_with_a_reason_only(door: Door) -> None:
    """Mutant: the mark written at the clock of another day, without saying why."""
    second = door.ground.sessions()[-1]
    door.page._session_picked(second.id)
    door.settle()
    assert "not today" in door.view.banner
    door.scans(door.badge(0))
    assert door.marks() == {}
    door.says("ใบลงชื่อหาย")
    door.press(Qt.Key.Key_Return)
    assert door.view.outcome.tone == "green"
    mark = door.marks()[door.ids[0]][0]
    assert (mark.session_id, mark.minute, mark.reason) == (second.id, second.start, "ใบลงชื่อหาย")


def test_the_session_chosen_by_hand_is_there_again_after_a_restart(door: Door) -> None:
    """Mutant: the choice kept in the window only."""
    afternoon = door.ground.sessions()[1]
    door.press(Qt.Key.Key_F8)
    door.press(Qt.Key.Key_Down)
    door.press(Qt.Key.Key_Return)
    assert door.page.opening is not None
    assert door.page.opening.session == afternoon
    door.frame.close()
    door.open()
    assert door.page.opening is not None
    assert door.page.opening.session == afternoon
    assert desk_actions.left_at(door.ground.store) is not None


def test_colour_and_sound_come_after_the_commit(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: the sound played, or the panel coloured, when Enter is pressed."""
    heard: list[tuple[str, int]] = []
    door.desk.set_settings(Settings(sound=True))
    monkeypatch.setattr(sound, "play", lambda what: heard.append((what, len(door.marks()))))
    for letter in door.badge(0):
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(door.view.box, event)
    QTest.keyClick(door.view.box, Qt.Key.Key_Return)
    assert (door.view.outcome.tone, heard) == ("grey", [])
    door.settle()
    door.scans(door.badge(0))
    door.scans(badge_code(door.ground.event.code, 999_998))
    assert heard == [("good", 1), ("look", 1), ("wrong", 1)]


def test_the_boards_own_marks_do_not_make_it_ask_the_store_again(door: Door) -> None:
    """Mutant: the whole board read once more for every mark."""
    asked: list[int] = []
    real = door.page.ask_again
    door.page.ask_again = lambda: (asked.append(1), real())[1]  # type: ignore[method-assign]
    door.scans(door.badge(0))
    assert asked == []
    door.press(Qt.Key.Key_Z, CTRL)
    assert asked == [1]


def test_the_code_of_a_sheet_goes_to_back_entry(door: Door) -> None:
    """Mutant: twelve digits looked for as a name."""
    from desktop.model.roster import sheet_code

    code = sheet_code(door.ground.event.code, 1, 1)
    door.scans(code)
    assert ("back_entry", code) in door.went


def test_everything_at_the_desk_has_a_name_for_those_who_hear_it(door: Door) -> None:
    """Mutant: a control without an accessible name."""
    for key in (None, Qt.Key.Key_F3, Qt.Key.Key_F8, Qt.Key.Key_F12):
        if key is not None:
            door.press(key)
        for part in door.page.findChildren(QWidget):
            if part.isVisible() and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert part.accessibleName() or part.focusProxy(), part
        door.press(Qt.Key.Key_Escape)


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_no_part_of_the_desk_lies_outside_the_window(door: Door, size: tuple[int, int]) -> None:
    """Mutant: a row of keys wider than a screen at 125 %."""
    door.frame.resize(*size)
    door.says("กุล")
    whole = door.page.rect()
    for part in door.page.findChildren(QWidget):
        if part.isVisible():
            corner = part.mapTo(door.page, part.rect().bottomRight())
            assert whole.contains(corner), part


def test_the_list_is_a_right_model(door: Door) -> None:
    """Mutant: rows announced that are not there."""
    model = FoundModel()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    door.says("กุล")
    model.show_hits(tuple(door.view.found.hit(place) for place in range(2)))
    model.show_hits(())
    assert tester.model() is model
