# SPDX-License-Identifier: Apache-2.0
"""Hall mode at the window: a real hall on this computer, pressed and typed like a person does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.actions.hall import DoorView, HallView
from desktop.i18n import use_language
from desktop.settings import Settings
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.checkin import CheckIn
from desktop.ui.pages.hall import HallPage
from desktop.ui.parts.hall_doors import HallDoors
from desktop.ui.places import FACTORIES
from desktop.ui.rail import Place
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import Ground
from tests.hall import BY
from tests.sync.hall_ground import LOCAL, HallGround, Laptop
from tests.ui.pages.settling import settle

PLACES = (Place("checkin", "Desk", "scan-line"), Place("hall", "Hall", "laptop"))


@pytest.fixture
def ground_of_hall(tmp_path: Path) -> Iterator[HallGround]:
    """A hub in another store, with an event of three people."""
    made = HallGround(tmp_path / "others")
    yield made
    made.close()


class Sight:
    """The window at the page of the hall."""

    def __init__(self, desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
        use_language("en")
        desk.set_settings(Settings(sound=False))
        self.desk, self.qtbot, self._tasks = desk, qtbot, tasks
        self.frame = Frame(desk, PLACES, FACTORIES)
        qtbot.addWidget(self.frame)
        self.frame.resize(1366, 768)
        self.frame.show()
        self.show("hall")

    def show(self, noun: str) -> None:
        self.frame.show_page(noun)
        self.settle()

    def settle(self) -> None:
        settle(self._tasks)

    @property
    def page(self) -> HallPage:
        assert isinstance(self.frame.page, HallPage)
        return self.frame.page

    @property
    def view(self) -> HallView:
        return self.desk.hall.view

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=20_000)

    def close(self) -> None:
        self.page_end()
        self.desk.hall.stop()
        use_language("th")

    def page_end(self) -> None:
        self.frame.end()


@pytest.fixture
def sight(desk: Desk, tasks: Tasks, qtbot: QtBot) -> Iterator[Sight]:
    made = Sight(desk, tasks, qtbot)
    yield made
    made.close()


def test_a_hall_is_opened_and_whoever_asks_is_let_in_by_name(
    ground: Ground, sight: Sight, tmp_path: Path
) -> None:
    """Fails when a desk is let in without the button, or its marks do not reach the window."""
    who = ground.add("มานี รักดี", area="63")[0]
    sight.desk.take_event(ground.event.id)
    sight.settle()
    page = sight.page
    page.begin.open.click()
    assert page.begin.door_field.error
    page.begin.door.setText("Door A")
    page.begin.open.click()
    sight.until(lambda: sight.view.role == "hub")
    assert page.doors.isVisible()
    assert len(sight.view.code) == 9

    others = HallGround(tmp_path / "others")
    try:
        other = others.laptop("Door B")
        joined = _join(other, sight.view)
        sight.until(lambda: page.doors.buttons)
        assert joined.view().phase in ("alone", "asking")
        assert page.primary is None
        device = other.store.device
        page.doors.buttons[device, "in"].click()
        sight.until(lambda: who in other.names(ground.event.id))
        told: list[frozenset[str]] = []
        sight.desk.changed.connect(told.append)
        _arrive(other, ground, who)
        sight.until(lambda: any("attendance" in nouns for nouns in told))
        sight.until(lambda: (device, "out") in page.doors.buttons)
        page.doors.buttons[device, "out"].click()
        sight.until(lambda: joined.view().phase == "out")
    finally:
        others.close()
    sight.desk.hall.close()
    sight.until(lambda: not sight.view.role)
    assert page.begin.isVisible()


def _join(other: Laptop, view: HallView):  # type: ignore[no-untyped-def]
    from desktop.actions import hall

    wanted = hall.Wanted(LOCAL, view.port, view.code.replace(" ", ""))
    other.side = hall.join_hall(other.store, BY, wanted, other.door, other.ears)
    return other.side


def _arrive(other: Laptop, ground: Ground, who: str) -> None:
    from desktop.actions import attendance
    from tests.actions.office_ground import NOW

    other.clock.now = NOW
    session = ground.sessions()[0]
    attendance.arrive(other.store, BY, who, session.id, 540, "qr")
    other.say("attendance")


def test_a_scanned_picture_joins_and_the_event_comes_by_itself(
    sight: Sight, ground_of_hall: HallGround
) -> None:
    """Fails when the digits of the picture need an address typed, or the desk's event is not
    taken in hand."""
    hub = ground_of_hall.hub.open()
    page = sight.page
    page.begin.door.setText("Door B")
    page.begin.code.setFocus()
    QTest.keyClicks(page.begin.code, hub.view().ticket)
    sight.until(lambda: sight.view.role == "desk")
    sight.until(lambda: sight.view.phase == "asking")
    hub.say_of(sight.desk.store.device, "in")
    sight.until(lambda: sight.view.exchanged)
    assert sight.view.doors == {
        ground_of_hall.hub.store.device: "ประตู A",
        sight.desk.store.device: "Door B",
    }
    sight.until(lambda: _knows(sight, "event-1"))
    assert page.primary is not None
    page.primary.trigger()
    sight.until(lambda: isinstance(sight.frame.page, CheckIn))
    assert sight.desk.event_id == "event-1"
    sight.until(lambda: sight.frame.page.opening and sight.frame.page.opening.board)  # type: ignore[attr-defined]
    assert sight.frame.page.opening.board.expected == 3  # type: ignore[attr-defined]


def _knows(sight: Sight, event_id: str) -> bool:
    from desktop.store import roster

    with sight.desk.store.read() as conn:
        return len(roster.roster(conn, event_id)) == 3


def test_after_a_restart_the_same_hall_goes_on_by_itself(
    ground: Ground, sight: Sight, tasks: Tasks
) -> None:
    """Fails when certificate and doors are forgotten, or a hall that was closed comes back."""
    sight.desk.take_event(ground.event.id)
    sight.settle()
    sight.page.begin.door.setText("Door A")
    sight.page.begin.open.click()
    sight.until(lambda: sight.view.role == "hub")
    port = sight.view.port
    sight.desk.hall.stop()
    again = Desk(ground.store, tasks, sight.desk.by, Settings(), sight.desk.now)
    again.hall.resume()
    sight.until(lambda: again.hall.view.role == "hub")
    assert (again.hall.view.port, again.hall.view.door) == (port, "Door A")
    again.hall.close()
    sight.until(lambda: not again.hall.view.role)
    again.hall.resume()
    sight.settle()
    sight.settle()
    assert not again.hall.view.role
    again.hall.stop()


def test_a_code_that_cannot_be_one_is_told_beside_it_at_once(sight: Sight) -> None:
    page = sight.page
    page.begin.door.setText("Door B")
    page.begin.code.setText("1234")
    page.begin.join.click()
    assert "eight digits" in page.begin.code_field.error
    assert not sight.view.role


def test_the_check_in_desk_says_at_which_doors_somebody_was_seen(
    ground: Ground, sight: Sight
) -> None:
    """Fails when only the later mark is told."""
    from desktop.actions import attendance
    from desktop.model.attendance import Mark
    from desktop.store import setting
    from desktop.store.attendance import put_mark
    from desktop.store.ids import new_id

    who = ground.add("มานี รักดี", area="63")[0]
    session = ground.sessions()[0]
    mine = ground.store.device
    attendance.arrive(ground.store, BY, who, session.id, 535, "qr", "late paper")
    with ground.store.write(BY) as write:
        setting.keep(write, "hall_doors", {mine: "Door B", "another": "Door A"})
        mark = Mark(
            new_id(), who, session.id, "half", "in", 521, write.now().utc, BY, "another", "qr"
        )
        put_mark(write, mark, ground.event.id)
    sight.desk.take_event(ground.event.id)
    sight.show("checkin")
    page = sight.frame.page
    assert isinstance(page, CheckIn)
    sight.until(lambda: page.opening and page.opening.twice)
    page.view.box.setText("มานี")
    page._typed("มานี")
    sight.until(lambda: page.view.found.rowCount())
    hit = page.view.found.hit(0)
    assert hit is not None
    assert "Seen twice: Door A 08.41 · Door B 08.55" in hit.where
    page._take(0)
    sight.until(lambda: page.view.outcome.tone == "amber")
    assert "Door A 08.41 · Door B 08.55" in page.view.outcome.details


def test_the_key_of_the_check_in_desk_says_which_door_this_is(
    ground: Ground, sight: Sight
) -> None:
    sight.desk.take_event(ground.event.id)
    sight.show("checkin")
    page = sight.frame.page
    assert isinstance(page, CheckIn)
    assert page._hall.text() == "Hall mode"
    desk = HallView("desk", "e", "Event", "Door B", phase="in")
    for view, words in (
        (desk, "Door B"),
        (replace(desk, phase="alone"), "Door B · The hub is not heard"),
    ):
        page._show_hall(view)
        assert page._hall.text() == words
    QTest.keyClick(page.view.box, Qt.Key.Key_F9)
    sight.settle()
    assert isinstance(sight.frame.page, HallPage)


def test_the_keyboard_stays_on_the_button_of_a_door_while_the_clock_goes_on(
    qtbot: QtBot,
) -> None:
    """Mutant: the lines are made anew every second, and whoever came to "Let in" by keyboard, or
    holds the button down, loses it. After letting in, the same key must not put the door out."""
    use_language("en")
    now = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    doors = HallDoors()
    qtbot.addWidget(doors)
    doors.show()
    one = DoorView("two", "Door B", "in", now)
    hub = HallView("hub", "event-1", "Workshop", "Door A", "one", "1234 5678")
    asking = replace(hub, desks=(one, DoorView("three", "Door C", "asking", now)))
    doors.show_view(asking, now)
    let_in = doors.buttons["three", "in"]
    let_in.setFocus()
    assert next(iter(doors.buttons)) == ("three", "in")
    assert let_in.accessibleName() == "Let in: Door C"

    qtbot.waitUntil(let_in.isVisible)
    doors.new_code.setFocus()
    QTest.keyClick(doors.new_code, Qt.Key.Key_Tab)
    assert doors.focusWidget() is let_in

    doors.show_view(asking, now + timedelta(seconds=30))
    assert doors.buttons["three", "in"] is let_in
    assert doors.focusWidget() is let_in

    let = replace(hub, desks=(one, DoorView("three", "Door C", "in", now)))
    doors.show_view(let, now)
    assert ("three", "in") not in doors.buttons
    assert doors.focusWidget() is doors.new_code
    use_language("th")
