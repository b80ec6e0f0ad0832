# SPDX-License-Identifier: Apache-2.0
"""Settings are kept at once: this laptop's in its file, the office's in the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions.office_paper import (
    CASE_YEARS,
    PHOTO_YEARS,
    WATERMARK,
    PaperSettings,
    paper_settings,
)
from desktop.settings import Settings
from desktop.store.facilitator import office
from desktop.store.store import FILE, Store
from desktop.ui.desk import Desk
from desktop.ui.pages.settings import SettingsPage
from desktop.ui.widgets.field import Choice
from tests.actions.office_ground import Ground
from tests.store.ground import KEY


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settled: Callable[[], None]) -> SettingsPage:
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.reload()
    settled()
    return made


def test_a_choice_is_a_setting_of_this_laptop(desk: Desk, page: SettingsPage) -> None:
    heard: list[Settings] = []
    desk.settings_changed.connect(heard.append)
    for choice in page.findChildren(Choice):
        choice.setCurrentIndex(1)
        choice.activated.emit(1)
    assert heard[-1] == Settings("en", "light", True, 2, 100)
    assert desk.settings == heard[-1]


def test_the_office_is_changed_with_its_way_back(
    desk: Desk, page: SettingsPage, ground: Ground, settled: Callable[[], None]
) -> None:
    assert page._area.text() == "จังหวัดตาก"
    page._office_name.setText("สำนักงาน พมจ. เชียงใหม่")
    page._area.setText("เชียงใหม่")
    page._area.textEdited.emit("เชียงใหม่")
    page._save_office()
    settled()
    with ground.store.read() as conn:
        kept = office(conn)
    assert (kept.name, kept.area) == ("สำนักงาน พมจ. เชียงใหม่", "50")
    assert desk.can_undo
    page._office_name.setText("  ")
    page._save_office()
    settled()
    assert page._office_field.error


def test_a_backup_copy_opens_with_the_same_key(
    page: SettingsPage, tmp_path: Path, ground: Ground, qtbot: QtBot
) -> None:
    """Fails when the copy is written without its WAL, or in the clear."""
    place = tmp_path / "stick" / "copy" / FILE
    page.copy_to(place)
    qtbot.waitUntil(lambda: not page._copied.isHidden())
    assert b"SQLite format" not in place.read_bytes()[:32]
    copy = Store.open(place.parent, KEY)
    with copy.read() as conn:
        assert office(conn).id == "office-1"
    copy.close()


def test_a_copy_that_cannot_be_made_ends_in_a_sentence(
    page: SettingsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    page.copy_to(tmp_path / "file" / "copy.db")
    qtbot.waitUntil(lambda: not page._copied.isHidden())
    assert page._copying.isHidden()


def test_the_words_on_papers_are_kept_with_their_way_back(
    desk: Desk, page: SettingsPage, ground: Ground, settled: Callable[[], None]
) -> None:
    """Fails when a year that is no number is kept, or the words reach another field."""
    papers = page.papers
    assert papers.watermark.text() == WATERMARK
    assert papers.case_years.number() == CASE_YEARS
    papers.contact.setText("โทร. 055 000 000")
    papers.dpo.setText("เจ้าหน้าที่คุ้มครองข้อมูล พส.")
    papers.case_years.setText("สิบ")
    papers.keep.click()
    settled()
    with ground.store.read() as conn:
        assert paper_settings(conn) == PaperSettings()
    assert papers._case_field.error
    papers.case_years.setText("๑๒")
    papers.keep.click()
    settled()
    with ground.store.read() as conn:
        kept = paper_settings(conn)
    assert (kept.contact, kept.dpo, kept.case_years, kept.photo_years) == (
        "โทร. 055 000 000", "เจ้าหน้าที่คุ้มครองข้อมูล พส.", 12, PHOTO_YEARS,
    )  # fmt: skip
    assert not papers._case_field.error
    desk.undo()
    settled()
    page.reload()
    settled()
    assert papers.contact.text() == ""
    assert papers.case_years.number() == CASE_YEARS


def test_what_is_being_typed_stays_while_the_page_reads_again(
    page: SettingsPage, settled: Callable[[], None]
) -> None:
    """Fails when every reload writes over the fields."""
    page.papers.contact.setText("โทร.")
    page.reload()
    settled()
    assert page.papers.contact.text() == "โทร."
