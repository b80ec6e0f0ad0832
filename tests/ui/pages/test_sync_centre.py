# SPDX-License-Identifier: Apache-2.0
"""The window with a real centre: joining, a stick there and back, and two texts made one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.actions import sync
from desktop.i18n import use_language
from desktop.settings import Settings
from desktop.store.store import Store
from desktop.sync.invitation import Invitation
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.joining import JoinDialog
from desktop.ui.pages.household import HouseholdPage
from desktop.ui.pages.sync import SyncPage
from desktop.ui.rail import Place
from desktop.ui.tasks import Tasks
from tests.actions.sync_ground import household, shown
from tests.actions.test_courier import answered
from tests.centre.running import RunningCentre, running_centre
from tests.field import BY, open_field
from tests.ui.pages.settling import settle_sync

_PATIENCE = 20_000


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[RunningCentre]:
    with running_centre(tmp_path / "centre") as made:
        yield made


@dataclass
class Laptop:
    """A laptop whose window is open, and short ways to press and to wait."""

    store: Store
    desk: Desk
    tasks: Tasks
    frame: Frame
    qtbot: QtBot

    @property
    def page(self) -> SyncPage:
        found = self.frame.page_of("sync")
        assert isinstance(found, SyncPage)
        return found

    def settle(self) -> None:
        settle_sync(self.desk)

    def join(self, at: RunningCentre) -> JoinDialog:
        """Join as a person does who scans the code."""
        self.frame.show_page("sync", "join")
        (asked,) = (d for d in QApplication.topLevelWidgets() if isinstance(d, JoinDialog))
        link = Invitation(at.url, at.make_code(("63",)), at.pin).link
        event = QInputMethodEvent()
        event.setCommitString(link)
        QApplication.sendEvent(asked.code, event)
        QTest.keyClick(asked.code, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: asked.joined is not None, timeout=_PATIENCE)
        return asked

    def send(self) -> None:
        """Press F9 and wait until a round that began after it is over, and what came is shown."""
        self.frame.show_page("sync", "state")
        self.frame.activateWindow()
        lane = self.desk.sync
        self.settle()
        self.qtbot.waitUntil(lambda: not lane.run.busy, timeout=_PATIENCE)
        began: list[bool] = []

        def note() -> None:
            began.extend([True] * lane.run.busy)

        lane.told.connect(note)
        QTest.keyClick(self.page, Qt.Key.Key_F9)
        self.qtbot.waitUntil(lambda: bool(began) and not lane.run.busy, timeout=_PATIENCE)
        lane.told.disconnect(note)
        # What came is told to the pages half a second later.
        self.qtbot.waitUntil(lambda: not lane._teller.isActive(), timeout=_PATIENCE)
        self.settle()


@pytest.fixture
def laptop(centre: RunningCentre, tmp_path: Path, tasks: Tasks, qtbot: QtBot) -> Iterator[Laptop]:
    use_language("en")
    store = open_field(tmp_path / "store").store
    desk = Desk(store, tasks, BY, Settings())
    bugs: list[object] = []
    desk.bug.connect(bugs.append)
    frame = Frame(
        desk,
        (Place("sync", "Sending", "send"), Place("household", "Home visits", "map-pinned")),
        {"sync": SyncPage, "household": HouseholdPage},
    )
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    frame.activateWindow()
    made = Laptop(store, desk, tasks, frame, qtbot)
    made.settle()
    yield made
    desk.sync.end()
    tasks.close()
    store.close()
    use_language("th")
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog):
            one.close()
    assert not bugs, bugs


def test_joining_by_a_scanned_link_says_which_office_and_areas(
    laptop: Laptop, centre: RunningCentre
) -> None:
    """Mutant: the dialog closes without a word, and nobody knows which areas were given."""
    asked = laptop.join(centre)

    assert asked.told.isVisible()
    assert "Tak" in asked.told.text() or "ตาก" in asked.told.text()
    assert asked.verb.text() == "Start sending"
    asked.verb.click()
    laptop.settle()
    assert laptop.desk.sync.state.joined
    assert laptop.page.primary is not None


def test_a_wrong_code_is_a_sentence_in_the_dialog(laptop: Laptop, centre: RunningCentre) -> None:
    """Mutant: the wrong code ends in the crash dialog; or the dialog closes with it."""
    laptop.frame.show_page("sync", "join")
    (asked,) = (d for d in QApplication.topLevelWidgets() if isinstance(d, JoinDialog))
    asked.code.setText(Invitation(centre.url, "AAAAABBBBB", centre.pin).link)
    asked.verb.click()

    laptop.qtbot.waitUntil(lambda: bool(asked._wrong.text()), timeout=_PATIENCE)

    assert asked.joined is None
    assert asked.isVisible()
    assert asked.verb.isEnabled()


def test_a_stick_goes_and_its_receipt_comes_back(
    laptop: Laptop, centre: RunningCentre, tmp_path: Path
) -> None:
    """Mutants: what lies on the stick counts as received; the receipt changes nothing here."""
    household(laptop.store, BY)
    laptop.join(centre).verb.click()
    assert laptop.desk.sync.stop(_PATIENCE / 1000)
    laptop.page.arrive("usb")
    laptop.settle()
    usb = laptop.page.usb
    waiting = laptop.desk.sync.state.waiting
    assert waiting > 0
    stick = tmp_path / "stick"
    stick.mkdir()

    usb.write_to(stick / "samut-1.samut")
    laptop.qtbot.waitUntil(usb.written.isVisible, timeout=_PATIENCE)
    laptop.settle()
    assert usb.written.words.text().startswith("You can take the stick out now.")
    assert laptop.desk.sync.state.waiting == waiting

    usb.read_from(answered(centre, stick / "samut-1.samut"))
    laptop.qtbot.waitUntil(usb.brought.isVisible, timeout=_PATIENCE)
    laptop.settle()
    assert usb.brought.words.text().startswith("The centre has received:")
    assert laptop.desk.sync.state.waiting == 0


def test_a_file_that_is_no_receipt_is_a_sentence(
    laptop: Laptop, centre: RunningCentre, tmp_path: Path
) -> None:
    laptop.join(centre).verb.click()
    laptop.page.arrive("usb")
    laptop.settle()
    usb = laptop.page.usb
    (tmp_path / "other.samut").write_bytes(b"something else")

    for name in ("other.samut", "nowhere.samut"):
        usb.brought.hide()
        usb.read_from(tmp_path / name)
        laptop.qtbot.waitUntil(usb.brought.isVisible, timeout=_PATIENCE)
        assert usb.brought.words.text()
        assert usb.read.isEnabled()


def test_two_laptops_write_the_same_needs_and_a_person_makes_them_one(
    laptop: Laptop, centre: RunningCentre, tmp_path: Path
) -> None:
    """The journey: the household's own page says that there are two texts and leads to them.

    Mutants: the later text replaces the other in silence; the choice stays on this laptop."""
    laptop.join(centre).verb.click()
    house = household(laptop.store, BY, needs="")
    laptop.settle()
    laptop.send()
    other = open_field(tmp_path / "other").store
    try:
        from desktop.actions.joining import join

        join(other, BY, Invitation(centre.url, centre.make_code(("63",)), centre.pin))
        _round(other)
        for store, words in ((other, "ขอรถเข็น"), (laptop.store, "ขอเตียงผู้ป่วย")):
            with store.write(BY) as write:
                write.put("household", house, "t:630609", needs=words)
        _round(other)
        laptop.send()

        laptop.frame.show_page("household", house)
        laptop.settle()
        laptop.settle()
        strip = laptop.frame.page_of("household").view.stage  # type: ignore[attr-defined]
        assert strip.texts.isVisible()
        strip.texts.way_out.click()
        laptop.settle()
        assert laptop.frame.page is laptop.page
        card = laptop.page.texts.card
        assert {one.words.text() for one in card._texts} == {"ขอรถเข็น", "ขอเตียงผู้ป่วย"}
        card.combine.click()
        card.edit.setPlainText("ขอรถเข็นและเตียงผู้ป่วย")
        laptop.settle()
        QTest.keyClick(laptop.page, Qt.Key.Key_F9)
        laptop.settle()
        laptop.send()
        _round(other)

        assert shown(laptop.store, house) == "ขอรถเข็นและเตียงผู้ป่วย"
        assert shown(other, house) == "ขอรถเข็นและเตียงผู้ป่วย"
        assert laptop.desk.sync.state.conflicts == 0
    finally:
        other.close()


def _round(store: Store) -> None:
    line = sync.open_line(store)
    assert line is not None
    with line:
        assert sync.sync_round(store, line).reach == "answered"
