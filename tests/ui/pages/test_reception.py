# SPDX-License-Identifier: Apache-2.0
"""The forms of the check-in desk: walk-ins, substitutes, times with a reason, the session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.actions import checkin as desk_actions
from desktop.actions.attendance import arrive
from desktop.i18n import use_language
from desktop.ui.desk import Desk
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import BY, NOW, Ground
from tests.ui.pages.door import CTRL, Door
from tests.ui.pages.settling import settle


@pytest.fixture
def settled(tasks: Tasks) -> Callable[[], None]:
    """Wait until the lanes are empty."""
    return lambda: settle(tasks)


@pytest.fixture
def door(ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]) -> Iterator[Door]:
    use_language("en")
    made = Door(ground, desk, qtbot, settled)
    yield made
    use_language("th")


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


def test_a_walk_in_of_another_day_is_asked_for_time_and_reason_before_the_form(door: Door) -> None:
    """Fails when a person not on the roster is noted at another time than now without a reason."""
    second = door.ground.sessions()[-1]
    door.page._session_picked(second.id)
    door.settle()
    door.press(Qt.Key.Key_F3)
    door.says("ใบลงชื่อหาย")
    door.press(Qt.Key.Key_Return)
    door.says("วิไลพร วงศ์ดี")
    door.press(Qt.Key.Key_Return, CTRL)
    assert door.view.outcome.tone == "green"
    line = next(line for line in door.ground.roster() if line.source == "walkin")
    mark = door.marks()[line.enrolment_id][0]
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
