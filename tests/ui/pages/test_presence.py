# SPDX-License-Identifier: Apache-2.0
"""Who is here and who is missing: one click each, and what is shown is what is printed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.actions.attendance import arrive
from desktop.actions.presence import presence_paper, standing
from desktop.i18n import use_language
from desktop.ui.desk import Desk
from desktop.ui.pages.presence import Presence
from desktop.ui.tables.presence import PresenceModel
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import BY, Ground
from tests.printing.reading import pdfium
from tests.ui.pages.settling import settle


@pytest.fixture
def settled(tasks: Tasks) -> Callable[[], None]:
    """Wait until the lanes are empty."""
    return lambda: settle(tasks)


class Sight:
    """The page over five people of three provinces, two of whom came."""

    def __init__(
        self, ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
    ) -> None:
        self.ground, self.desk, self.qtbot, self.settled = ground, desk, qtbot, settled
        self.tak = ground.add("มานี รักดี", "ชูใจ ดีงาม", area="63", organisation="อบต.ด่านแม่ละเมา")
        self.mai = ground.add("ปิติ เพียรดี", "วีระ ใจกล้า", area="50")
        self.nowhere = ground.add("ซอ")
        self.first = ground.sessions()[0]
        for one in (self.tak[0], self.mai[0]):
            arrive(ground.store, BY, one, self.first.id, 540, "search")
        desk.take_event(ground.event.id)
        self.page = Presence(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 640)
        self.page.show()
        self.page.reload()
        settled()

    @property
    def names(self) -> list[str]:
        return [line.row.name for line in self.page.view.model.rows]

    def press(self, word: str) -> None:
        """Press the tile with this word by keyboard."""
        tiles = self.page.view.tiles
        place = [tile.word for tile in tiles._tiles].index(word)
        tiles._at = place
        QTest.keyClick(tiles, Qt.Key.Key_Space)

    def choose(self, word: str) -> None:
        for group in (self.page.view.groupings, self.page.view.shown):
            for button in group.buttons():
                if button.text() == word:
                    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def sight(
    ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> Iterator[Sight]:
    use_language("en")
    yield Sight(ground, desk, qtbot, settled)
    use_language("th")


def test_it_opens_with_everybody_who_is_missing_now(sight: Sight) -> None:
    """Mutant: those who came listed too, or the session of another day."""
    assert set(sight.names) == {"ชูใจ ดีงาม", "วีระ ใจกล้า", "ซอ"}
    assert sight.page.view.came.accessibleName() == "came 2 / 5"
    assert sight.page.session == sight.first


def test_one_click_on_a_province_shows_who_of_it_is_missing(sight: Sight) -> None:
    """Mutant: the tile opening everybody of the province."""
    sight.press("Tak")
    assert sight.names == ["ชูใจ ดีงาม"]
    assert sight.page.view.heading.text() == "Tak · 1 person missing"
    sight.press("Tak")
    assert len(sight.names) == 3


def test_people_without_a_province_have_a_tile_of_their_own(sight: Sight) -> None:
    """Mutant: an empty key taken for "all of them"."""
    sight.press("Not said")
    assert sight.names == ["ซอ"]


def test_by_agency_by_group_and_by_session(sight: Sight) -> None:
    """Mutant: a grouping that leaves the tiles of the one before."""
    sight.choose("Agency")
    assert [tile.word for tile in sight.page.view.tiles._tiles] == ["อบต.ด่านแม่ละเมา", "Not said"]
    sight.choose("Session")
    tiles = sight.page.view.tiles._tiles
    assert [(tile.done, tile.total) for tile in tiles] == [(2, 5), (0, 5), (0, 5)]
    sight.page._press(tiles[1].key)
    assert len(sight.names) == 5


def test_here_and_all_turn_the_list(sight: Sight) -> None:
    """Mutant: "here" showing the missing."""
    sight.choose("Here")
    assert set(sight.names) == {"มานี รักดี", "ปิติ เพียรดี"}
    sight.choose("All")
    assert len(sight.names) == 5
    assert set(sight.names[:3]) == {"ชูใจ ดีงาม", "วีระ ใจกล้า", "ซอ"}


def test_the_filter_narrows_by_name_and_agency(sight: Sight) -> None:
    """Mutant: the filter reading the name alone."""
    sight.choose("All")
    sight.page.view.box.setText("ด่านแม่")
    assert set(sight.names) == {"มานี รักดี", "ชูใจ ดีงาม"}


def test_what_is_shown_is_what_is_printed_and_saved(sight: Sight, tmp_path: Path) -> None:
    """Mutant: the whole roster on paper although a part is shown."""
    sight.press("Tak")
    asked = sight.page.paper("pdf")
    assert asked is not None
    paper = tmp_path / "list.pdf"
    paper.write_bytes(presence_paper(*asked, "pdf"))
    pdf = "".join(pdfium(paper))
    assert "ชูใจ ดีงาม" in pdf
    assert "มานี รักดี" not in pdf
    assert "ยังไม่มา" in pdf
    place = tmp_path / "list.xlsx"
    with sight.qtbot.waitSignal(sight.desk.said):
        sight.page.save_to(place, "xlsx")
    with zipfile.ZipFile(io.BytesIO(place.read_bytes())) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert "ชูใจ ดีงาม" in words
    assert "มานี รักดี" not in words


def test_a_file_that_cannot_be_written_ends_in_a_sentence(sight: Sight, tmp_path: Path) -> None:
    """Mutant: a traceback, or silence, for a folder that is not there."""
    with sight.qtbot.waitSignal(sight.desk.trouble) as told:
        sight.page.save_to(tmp_path / "nowhere" / "list.pdf", "pdf")
    assert told.args[0]


def test_a_mark_made_elsewhere_is_seen(sight: Sight) -> None:
    """Mutant: attendance not among what the page watches."""
    assert "attendance" in Presence.watches
    arrive(sight.ground.store, BY, sight.nowhere[0], sight.first.id, 541, "search")
    sight.page.reload()
    sight.settled()
    assert "ซอ" not in sight.names


def test_without_an_event_it_says_what_it_is_for(
    desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    """Mutant: an empty table."""
    page = Presence(desk)
    qtbot.addWidget(page)
    page.show()
    page.reload()
    settled()
    assert page._empty.isVisible()
    assert page.primary is not None
    assert not page.primary.isEnabled()


def test_the_table_is_a_right_model(sight: Sight) -> None:
    """Mutant: columns announced that are not there."""
    model = PresenceModel()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    found = standing(sight.ground.store, sight.ground.event.id)
    model.show_lines(found.lines, sight.first.id)
    model.show_lines((), "")
    assert tester.model() is model
