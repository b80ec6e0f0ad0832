# SPDX-License-Identifier: Apache-2.0
"""A story that fails leaves no window behind, so that its own failure is what one reads.

Stories of bad luck begin with a store that was founded once, each with a copy of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import office
from desktop.actions.event import create_event
from desktop.actions.roster import Entry, add_entries
from desktop.i18n import use_language
from desktop.model.facilitator import Facilitator, Office
from tests.actions.office_ground import DRAFT, NOW
from tests.journeys.hand import OPEN, Hand, Watch, open_window
from tests.journeys.highland import DAY
from tests.journeys.luck import PASSPHRASE, SURNAME
from tests.journeys.visiting import Visited, five_visits
from tests.ui.conftest import cups, print_system  # noqa: F401 (fixtures)


@pytest.fixture(autouse=True)
def _windows_closed(qapp: QApplication) -> Iterator[None]:
    yield
    for hand in [*OPEN]:
        asked = QApplication.activeModalWidget()
        if asked is not None:
            asked.close()
        hand.close()
    qapp.setStyleSheet("")


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one facilitator with an event and five people."""
    folder = tmp_path_factory.mktemp("founded") / "profile"
    home = Office("", "สำนักงาน พมจ. ตาก", "63")
    thida = Facilitator("", "ธิดา ใจดี")
    store, _code = office.found(folder, home, thida, PASSPHRASE, label="ธิดา", clock=lambda: NOW)
    with closing(store):
        by = office.who_may(folder)[0].facilitator_id
        made = create_event(store, by, DRAFT).value
        people = [Entry(title="นาย", first=f"ชาย{number}", last=SURNAME) for number in range(5)]
        add_entries(store, by, made.id, people)
    return folder


@pytest.fixture(scope="session")
def visited(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Visited:
    """The five home visits of the highland, played once at the window; two were killed midway."""
    use_language("th")
    return five_visits(qapp, tmp_path_factory.mktemp("highland"))


@pytest.fixture
def kept_visits(visited: Visited, profile: Path) -> Path:
    """A copy of the store after the visits, in the profile of this test."""
    shutil.copytree(visited.profile, profile)
    return profile


@pytest.fixture
def evening(qapp: QApplication, kept_visits: Path) -> Hand:
    """The window on it, the same evening."""
    hand = open_window(qapp, kept_visits, Watch(f"{DAY} 18:00"))
    hand.unlock(PASSPHRASE)
    return hand


@pytest.fixture
def kept(founded: Path, profile: Path) -> Path:
    """A copy of that store, in the profile of this test."""
    shutil.copytree(founded, profile)
    return profile
