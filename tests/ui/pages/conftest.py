# SPDX-License-Identifier: Apache-2.0
"""Windows over stores with work in them; the village of home visits is filled once for all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.i18n import use_language
from desktop.settings import Settings
from desktop.store.store import Store
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.household import HouseholdPage
from desktop.ui.pages.sync import SyncPage
from desktop.ui.rail import Place
from desktop.ui.tasks import Tasks
from tests.actions.sync_ground import THEIRS, household, joined, receive
from tests.field import BY, KEY, Clock, open_field
from tests.ui.pages.casework import Casework
from tests.ui.pages.household_ground import Built, House, Make, build
from tests.ui.pages.sending import Sending


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A village that each test copies."""
    return build(tmp_path_factory.mktemp("village") / "store")


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


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[Casework]:
    """The whole window over an office with casework."""
    use_language("th")
    made = Casework(tmp_path / "profile", qtbot)
    yield made
    made.close()


@pytest.fixture
def sending(tmp_path: Path, qtbot: QtBot, tasks: Tasks, english: None) -> Iterator[Sending]:
    """The window in English with the page of sending in it, over a store that joined no centre."""
    ground = open_field(tmp_path / "store")
    desk = Desk(ground.store, tasks, BY, Settings(), lambda: ground.clock.now)
    bugs: list[object] = []
    desk.bug.connect(bugs.append)
    frame = Frame(desk, (Place("sync", "Sending", "send"),), {"sync": SyncPage})
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    frame.activateWindow()
    page: SyncPage = frame.page  # type: ignore[assignment]
    made = Sending(ground.store, ground.clock, desk, tasks, frame, page)
    page.go.connect(lambda noun, what: made.went.append((noun, what)))
    desk.said.connect(lambda words, _undo: made.said.append(words))
    made.settle()
    yield made
    tasks.close()
    ground.store.close()
    assert not bugs, bugs


@pytest.fixture
def torn(sending: Sending) -> str:
    """This laptop joined; the household whose id this is has two texts of its needs."""
    joined(sending.store, BY)
    made = household(sending.store, BY)
    receive(sending.store, made, ("needs", THEIRS))
    sending.reload()
    return made


@pytest.fixture
def no_dialog_stays() -> Iterator[None]:
    """Dialogs that a test left open are closed."""
    yield
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog):
            one.close()
