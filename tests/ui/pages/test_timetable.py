# SPDX-License-Identifier: Apache-2.0
"""The timetable of an event and its ceremony, changed line by line and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.actions import event as doing
from desktop.actions.event_draft import EventDraft
from desktop.i18n import use_language
from desktop.model.event import PlannedSession
from desktop.store import event as events
from desktop.ui.desk import Desk
from desktop.ui.pages.event import CEREMONY, TIMETABLE
from desktop.ui.parts.timetable import side_by_side
from tests.actions.office_ground import BY, FIRST, Ground
from tests.ui.pages.office import CTRL, Office


@pytest.fixture
def office(
    ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> Iterator[Office]:
    use_language("en")
    yield Office(ground, desk, qtbot, settled)
    use_language("th")


# ---- timetable


def test_a_session_is_added_changed_and_removed_by_keyboard(office: Office) -> None:
    """Mutant: a line that forgets its id would change another session."""
    office.open(TIMETABLE)
    office.press(Qt.Key.Key_F3)
    timetable = office.page.view.timetable
    assert len(office.ground.sessions()) == 4
    new = next(one for one in office.ground.sessions() if one.start == 960)
    row = timetable.row(new.id)
    assert row is not None
    assert row.start.hasFocus()
    office.type(row.start, "๑๖.๓๐")
    office.press(Qt.Key.Key_Tab)
    kept = next(one for one in office.ground.sessions() if one.id == new.id)
    assert (kept.start, kept.end) == (990, 1020)
    office.type(row.title, "สรุป")
    office.press(Qt.Key.Key_Tab)
    assert row.counts.hasFocus()
    office.press(Qt.Key.Key_Space)
    kept = next(one for one in office.ground.sessions() if one.id == new.id)
    assert (kept.title, kept.counts) == ("สรุป", False)
    row.remove.setFocus()
    office.press(Qt.Key.Key_Space)
    assert len(office.ground.sessions()) == 3
    office.undo()
    assert len(office.ground.sessions()) == 4


def test_ctrl_z_in_a_line_takes_back_what_was_kept_last(office: Office) -> None:
    """Mutant: the line swallows Ctrl+Z, and the session just added stays."""
    office.open(TIMETABLE)
    office.press(Qt.Key.Key_F3)
    assert len(office.ground.sessions()) == 4
    focus = office.frame.focusWidget()
    assert isinstance(focus, QLineEdit)
    office.press(Qt.Key.Key_Z, CTRL, focus)
    assert len(office.ground.sessions()) == 3
    row = office.page.view.timetable.row(office.ground.sessions()[0].id)
    assert row is not None
    office.type(row.title, "ครึ่งหนึ่ง")
    office.press(Qt.Key.Key_Z, CTRL, row.title)
    assert len(office.ground.sessions()) == 3
    assert "Done again" not in " ".join(office.said)


def test_the_kind_brings_its_title_and_whether_it_counts(office: Office) -> None:
    """Mutant: a registration that counts would raise what must be attended."""
    office.open(TIMETABLE)
    session = office.ground.sessions()[0]
    row = office.page.view.timetable.row(session.id)
    assert row is not None
    row.kind.set_value("opening")
    row.kind.chose.emit("opening")
    office.wait()
    kept = office.ground.sessions()[0]
    assert (kept.kind, kept.title, kept.counts) == ("opening", "พิธีเปิด", False)


def test_an_end_before_the_beginning_is_said_on_the_line(office: Office) -> None:
    """Mutant: sent to the store it would come back as a sentence elsewhere."""
    office.open(TIMETABLE)
    session = office.ground.sessions()[0]
    row = office.page.view.timetable.row(session.id)
    assert row is not None
    office.type(row.end, "8.00")
    office.press(Qt.Key.Key_Return, on=row.end)
    assert "ends before" in row.refusal
    assert office.ground.sessions()[0].end == session.end


def test_a_session_with_attendance_stays_and_says_why(office: Office) -> None:
    """Mutant: removed all the same, the marks would hang in the air."""
    from desktop.actions.attendance import arrive

    (one,) = office.ground.add("มานี รักดี")
    session = office.ground.sessions()[0]
    arrive(office.ground.store, BY, one, session.id, 540, "search")
    office.open(TIMETABLE)
    row = office.page.view.timetable.row(session.id)
    assert row is not None
    row.remove.click()
    office.wait()
    assert "Attendance was taken" in row.refusal
    assert len(office.ground.sessions()) == 3


def test_parallel_sessions_are_named_once(office: Office) -> None:
    """Mutant: naming each at each would say the same three times."""
    doing.add_session(
        office.ground.store, BY, office.ground.event.id,
        PlannedSession(1, 540, 960, "exhibition", "นิทรรศการ", counts=False),
    )  # fmt: skip
    sessions = [one for one in office.ground.sessions() if one.day_no == 1]
    told = side_by_side(sessions)
    wide = next(one for one in sessions if one.title == "นิทรรศการ")
    assert told == {wide.id: ("บรรยาย", "กลุ่ม")}
    office.open(TIMETABLE)
    row = office.page.view.timetable.row(wide.id)
    assert row is not None
    assert row.beside == "At the same time as บรรยาย, กลุ่ม"


def test_a_weekend_is_said_and_never_blocks(office: Office) -> None:
    """Mutant: a refusal would keep Saturday trainings out. 20 November 2026 is a Friday."""
    office.open(TIMETABLE)
    friday, saturday = office.page.view.timetable.cards
    assert friday._odd.isHidden()
    assert not saturday._odd.isHidden()
    assert saturday._odd.accessibleName() == "Weekend"
    office.page.view.timetable.add_day.click()
    office.wait()
    assert len(office.page.view.timetable.cards) == 3
    assert office.event.date_to == date(2026, 11, 22)
    office.undo()
    assert office.event.date_to == date(2026, 11, 21)


def test_lines_of_one_event_serve_for_another_and_keep_it_alone(office: Office) -> None:
    """Mutant: a line that keeps its old id would change the event shown before."""
    other = doing.create_event(
        office.ground.store, BY,
        EventDraft(
            "อีกงาน", date_from=FIRST, sessions=(
                PlannedSession(1, 600, 660, "panel", "อภิปราย", counts=True),
            ),
        ),
    ).value  # fmt: skip
    before = office.ground.sessions()
    office.open(TIMETABLE)
    office.page.open_event(other.id)
    office.wait()
    office.page.view.tabs.setCurrentIndex(TIMETABLE)
    (card,) = office.page.view.timetable.cards
    (row,) = card.rows
    assert (row.title.text(), row.start.text()) == ("อภิปราย", "10.00")
    office.type(row.title, "เสวนา")
    office.press(Qt.Key.Key_Return, on=row.title)
    with office.ground.store.read() as conn:
        assert [one.title for one in events.sessions(conn, other.id)] == ["เสวนา"]
    assert office.ground.sessions() == before


def test_a_long_event_is_turned_a_week_at_a_time(office: Office) -> None:
    """Mutant: all sixty days at once take seconds to make."""
    other = doing.create_event(
        office.ground.store, BY, EventDraft("ค่ายยาว", date_note="ปีหน้า", days=9)
    ).value
    office.page.open_event(other.id)
    office.wait()
    office.page.view.tabs.setCurrentIndex(TIMETABLE)
    timetable = office.page.view.timetable
    assert len(timetable.cards) == 7
    timetable._after.click()
    assert [card._head.text() for card in timetable.cards] == ["Day 8", "Day 9"]
    assert not timetable._after.isEnabled()


# ---- ceremony


def test_parts_of_the_ceremony_are_added_ordered_and_removed(office: Office) -> None:
    """Mutant: an order kept on the screen only would sign in the old one."""
    office.open(CEREMONY)
    part = office.page.view.ceremony
    for name in ("นายสมชาย ใจดี", "นางสมหญิง ดีใจ"):
        office.press(Qt.Key.Key_F3)
        office.type(part.rows[-1].name, name)
        office.press(Qt.Key.Key_Return, on=part.rows[-1].name)
    assert [role.role for role in office.ceremony] == ["chair_open", "chair_close"]
    part.rows[1].signs.click()
    office.wait()
    part.rows[1].up.click()
    office.wait()
    assert [(role.person_name, role.signs) for role in office.ceremony] == [
        ("นางสมหญิง ดีใจ", True), ("นายสมชาย ใจดี", False),
    ]  # fmt: skip
    part.rows[1].remove.click()
    office.wait()
    assert len(office.ceremony) == 1
    office.undo()
    assert len(office.ceremony) == 2
    assert len(part.rows) == 2
