# SPDX-License-Identifier: Apache-2.0
"""The award list of an event: pasted, put right, moved, read from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.i18n import use_language
from desktop.ui.desk import Desk
from desktop.ui.pages.event import AWARDS
from tests.actions.office_ground import Ground
from tests.ui.pages.office import ALT, CTRL, Office, open_awards


@pytest.fixture
def office(
    ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> Iterator[Office]:
    use_language("en")
    yield Office(ground, desk, qtbot, settled)
    use_language("th")


@pytest.fixture
def awarding(office: Office) -> Office:
    return open_awards(office)


def test_only_an_event_that_honours_organisations_has_an_award_list(office: Office) -> None:
    """Mutant: the tab on every event is noise to those who never give awards."""
    office.open()
    assert not office.page.view.tabs.isTabVisible(AWARDS)
    office.page.view.facts.certificate.chose.emit("project")
    office.wait()
    assert office.page.view.tabs.isTabVisible(AWARDS)


def test_turning_to_the_awards_takes_the_focus_along(awarding: Office) -> None:
    """Mutant: the focus stays in the part before, and the keys shown for the list do nothing."""
    view = awarding.page.view
    view.tabs.setCurrentIndex(0)
    view.facts.areas.pick.setFocus()
    assert view.facts.isAncestorOf(QApplication.focusWidget())

    awarding.press(Qt.Key.Key_4, ALT)

    assert view.tabs.currentIndex() == AWARDS
    assert view.awards.isAncestorOf(QApplication.focusWidget())


def test_eighty_three_pasted_rows_go_on_in_one_action(awarding: Office) -> None:
    """Mutant: a line at a time makes eighty-three things to undo."""
    text = "องค์กร\tโครงการ\tกองทุน\n" + "".join(
        f"มูลนิธิที่ {n}\tโครงการที่ {n}\tกองทุนส่งเสริม\n" for n in range(1, 84)
    )
    QGuiApplication.clipboard().setText(text)
    listed = awarding.page.view.awards
    listed.form.organisation.setFocus()
    awarding.press(Qt.Key.Key_V, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert listed.model.rowCount() == 83
    assert listed.take.text() == "Take in 83 projects"
    listed.take.click()
    listed.take.click()
    awarding.wait()
    assert len(awarding.awards) == 83
    assert not listed.reading
    awarding.undo()
    assert awarding.awards == ()


def test_a_line_with_a_gap_is_put_right_before_the_list_is_taken(awarding: Office) -> None:
    """Mutant: taking the good ones in would lose the others without a word."""
    listed = awarding.page.view.awards
    listed.read_text("องค์กร\tโครงการ\nสมาคมข\t\nชมรมค\tปลูกป่า\n")
    assert not listed.take.isEnabled()
    assert listed.form.error("title") == "Type the name of the project."
    awarding.type(listed.form.project, "เลี้ยงกุ้งฝอย")
    awarding.press(Qt.Key.Key_S, CTRL, listed.form.project)
    assert listed.take.isEnabled()
    listed.take.click()
    awarding.wait()
    assert [(one.organisation, one.title) for one in awarding.awards] == [
        ("สมาคมข", "เลี้ยงกุ้งฝอย"), ("ชมรมค", "ปลูกป่า"),
    ]  # fmt: skip


def test_awards_are_made_moved_and_taken_off_by_keyboard(awarding: Office) -> None:
    """Mutant: the selection that does not follow a moved line moves another one next."""
    listed = awarding.page.view.awards
    for name in ("หนึ่ง", "สอง", "สาม"):
        awarding.press(Qt.Key.Key_F3)
        awarding.type(listed.form.organisation, f"องค์กร{name}")
        awarding.type(listed.form.project, f"โครงการ{name}")
        awarding.press(Qt.Key.Key_S, CTRL, listed.form.project)
    assert [one.title for one in awarding.awards] == ["โครงการหนึ่ง", "โครงการสอง", "โครงการสาม"]
    listed.table.go_to(2)
    awarding.press(Qt.Key.Key_Up, ALT, listed.table)
    awarding.press(Qt.Key.Key_Up, ALT, listed.table)
    assert [one.title for one in awarding.awards] == ["โครงการสาม", "โครงการหนึ่ง", "โครงการสอง"]
    assert listed.table.currentIndex().row() == 0
    listed.table.setFocus()
    awarding.press(Qt.Key.Key_Delete, on=listed.table)
    assert [one.order_no for one in awarding.awards] == [2, 3]
    awarding.undo()
    assert len(awarding.awards) == 3


def test_a_file_of_awards_is_read_in_the_background(
    awarding: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    """Mutant: read on the window's own thread it would stand still."""
    path = tmp_path / "awards.csv"
    path.write_text("หน่วยงาน,โครงการ,กองทุน\nมูลนิธิก,ปลูกป่า,กองทุนเด็ก\n", "utf-8")
    listed = awarding.page.view.awards
    awarding.page.work.read_awards_from(path)
    qtbot.waitUntil(lambda: listed.model.rowCount() == 1, timeout=30_000)
    assert listed.progress.isHidden()
    awarding.page.work.read_awards_from(tmp_path / "none.csv")
    qtbot.waitUntil(lambda: bool(listed.refusal), timeout=30_000)
