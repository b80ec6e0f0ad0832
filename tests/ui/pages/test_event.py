# SPDX-License-Identifier: Apache-2.0
"""Events, driven as in an office: made from a pattern, changed field by field, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import event as doing
from desktop.actions.event_draft import EventDraft
from desktop.actions.roster import Entry, add_entries
from desktop.i18n import use_language
from desktop.model.event import CeremonyRole, PlannedSession
from desktop.store import event as events
from desktop.store import organisation
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.event import AWARDS, CEREMONY, TIMETABLE, EventPage
from desktop.ui.parts.timetable import side_by_side
from desktop.ui.rail import Place
from desktop.ui.tables.award import AwardModel
from desktop.ui.tables.event import EventModel
from desktop.ui.widgets.area_chips import AreaChips
from tests.actions.office_ground import BY, FIRST, NOW, Ground, cid

NO = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Office:
    """The window with the page in it, and short ways to press and to look."""

    def __init__(
        self, ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
    ) -> None:
        self.ground, self.desk, self._settled = ground, desk, settled
        self.frame = Frame(
            desk, (Place("events", "Events", "calendar-days"),), {"events": EventPage}
        )
        qtbot.addWidget(self.frame)
        self.frame.resize(1366, 768)
        self.frame.show()
        self.page: EventPage = self.frame.page  # type: ignore[assignment]
        self.frame.activateWindow()
        self.said: list[str] = []
        desk.said.connect(lambda words, _undo: self.said.append(words))
        self.wait()

    def wait(self) -> None:
        self._settled()
        QApplication.processEvents()

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO, on: QWidget | None = None
    ) -> None:
        focus: QWidget | None = on or self.frame.focusWidget()
        QTest.keyClick(focus or self.frame, key, modifier)
        self.wait()

    def type(self, on: QWidget, text: str) -> None:
        """Commit text as an input method does: Thai has no key codes."""
        on.setFocus()
        if hasattr(on, "selectAll"):
            on.selectAll()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(on, event)
        QApplication.processEvents()

    def open(self, tab: int = 0) -> None:
        self.page.open_event(self.ground.event.id)
        self.wait()
        self.page.view.tabs.setCurrentIndex(tab)
        self.wait()

    def undo(self) -> None:
        self.desk.undo()
        self.wait()

    @property
    def event(self) -> Any:
        with self.ground.store.read() as conn:
            return events.event(conn, self.ground.event.id)

    @property
    def ceremony(self) -> tuple[CeremonyRole, ...]:
        with self.ground.store.read() as conn:
            return events.ceremony(conn, self.ground.event.id)

    @property
    def awards(self) -> tuple[Any, ...]:
        with self.ground.store.read() as conn:
            return organisation.awards(conn, self.ground.event.id)


@pytest.fixture
def office(
    ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> Iterator[Office]:
    use_language("en")
    yield Office(ground, desk, qtbot, settled)
    use_language("th")


# ---- the list and a new event


def test_the_list_opens_the_event_under_the_cursor(office: Office) -> None:
    """Mutant: opening by place in all events, not in those shown, opens another one."""
    doing.create_event(office.ground.store, BY, EventDraft("งานวันเด็ก", date_note="มกราคม"))
    office.page.reload()
    office.wait()
    assert office.page.model.rowCount() == 2
    office.type(office.page.box, "อพม")
    office.wait()
    assert office.page.model.rowCount() == 1
    office.press(Qt.Key.Key_Return, on=office.page.table)
    assert office.page.title() == office.ground.event.name
    office.press(Qt.Key.Key_Escape)
    assert office.page.title() == "Events"


def test_f3_makes_an_event_from_a_pattern_and_takes_it_in_hand(office: Office) -> None:
    """Mutant: without ``take_event`` every other page still shows the old one."""
    office.press(Qt.Key.Key_F3)
    form = office.page.form
    office.type(form.name, "เวทีแลกเปลี่ยน")
    form.tiles["training"].click()
    office.type(form.first.focusProxy(), "๓/๓/๒๕๗๐")  # type: ignore[arg-type]
    office.press(Qt.Key.Key_Tab)
    assert form.last.day() == date(2027, 3, 5)
    office.type(form.programme, "โครงการใหม่")
    office.press(Qt.Key.Key_Return, CTRL, form.programme)
    with office.ground.store.read() as conn:
        made = next(row for row in events.events(conn) if row.event.name == "เวทีแลกเปลี่ยน")
        days = events.days(conn, made.event.id)
        programme = events.programme(conn, made.event.programme_id or "")
    assert [len(day.sessions) for day in days] == [3, 2, 2]
    assert (programme.name, programme.fiscal_year) == ("โครงการใหม่", 2570)
    assert office.desk.event_id == made.event.id
    assert office.page.title() == "เวทีแลกเปลี่ยน"


def test_enter_pressed_twice_makes_one_event(office: Office) -> None:
    """Mutant: two events of the same name, of which one is in hand."""
    office.page.add()
    office.type(office.page.form.name, "งานบุญ")
    office.page.form.first.set_date(FIRST)
    office.page.make_event()
    office.page.make_event()
    office.wait()
    assert office.page.model.rowCount() == 2


def test_an_event_is_taken_in_hand_from_the_list(office: Office) -> None:
    """Mutant: the list that cannot do it sends everybody through the event itself."""
    office.page.table.go_to(0)
    office.press(Qt.Key.Key_Return, CTRL, office.page.table)
    assert office.desk.event_id == office.ground.event.id
    office.open()
    office.press(Qt.Key.Key_F2)
    assert office.page.title() == "Events"
    assert office.page.box.hasFocus()


def test_an_event_without_a_date_needs_a_word_about_when(office: Office) -> None:
    """Mutant: a form that lets it through would fail in the store, far from the field."""
    office.page.add()
    form = office.page.form
    office.type(form.name, "งานบุญ")
    form.unknown.setChecked(True)
    office.press(Qt.Key.Key_Return, CTRL, form.name)
    assert form.isVisible()
    office.type(form.note, "หลังฤดูฝน")
    office.press(Qt.Key.Key_Return, CTRL, form.note)
    assert office.page.title() == "งานบุญ"
    assert office.page.view.held is not None
    assert office.page.view.held.event.date_note == "หลังฤดูฝน"


def test_without_a_name_the_form_says_so_and_makes_nothing(office: Office) -> None:
    """Mutant: an event with an empty name."""
    office.page.add()
    office.press(Qt.Key.Key_Return, CTRL, office.page.form.name)
    assert office.page.form._name_field.error == "Type the name of the event."
    assert len(office.page.model._rows) == 1


# ---- facts


def test_a_field_is_kept_when_left_and_taken_back(office: Office) -> None:
    """Mutant: keeping on each key, or not at all, changes the number of things to undo."""
    office.open()
    facts = office.page.view.facts
    office.type(facts.venue, "ศาลาประชาคม")
    QTest.keyClick(facts.venue, Qt.Key.Key_Return)
    facts.venue.editingFinished.emit()
    office.wait()
    assert office.event.venue == "ศาลาประชาคม"
    assert office.said.count("The event was changed") == 1
    office.undo()
    assert office.event.venue == ""
    assert facts.venue.text() == ""


def test_two_fields_left_one_after_the_other_are_both_kept(office: Office) -> None:
    """Mutant: sending the whole event as first read takes the first change back."""
    office.open()
    facts = office.page.view.facts
    facts.venue.setText("ศาลา")
    facts.batch.setText("รุ่นที่ ๒")
    facts.venue.editingFinished.emit()
    facts.batch.editingFinished.emit()
    office.wait()
    assert (office.event.venue, office.event.batch) == ("ศาลา", "รุ่นที่ ๒")


def test_what_cannot_be_is_said_under_its_field(office: Office) -> None:
    """Mutant: without the sentence the wrong number stays and nobody knows."""
    office.open()
    facts = office.page.view.facts
    facts.target.setText("๙๙๙๙๙")
    facts.target.editingFinished.emit()
    assert "5,000" in facts._fields["target"].error
    facts.name.setText("")
    facts.name.editingFinished.emit()
    office.wait()
    assert facts._fields["name"].error
    assert office.event.name == office.ground.event.name
    facts.name.setText("ชื่อใหม่")
    facts.name.editingFinished.emit()
    office.wait()
    assert facts._fields["name"].error == ""
    assert office.event.name == "ชื่อใหม่"


def test_moving_the_first_day_moves_the_whole_event(office: Office) -> None:
    """Mutant: changing one end only would cut or stretch the event."""
    office.open()
    first = office.page.view.facts.first
    first._chosen(date(2026, 11, 27))
    office.wait()
    assert (office.event.date_from, office.event.date_to) == (
        date(2026, 11, 27), date(2026, 11, 28),
    )  # fmt: skip


def test_areas_and_rule_are_kept_and_the_sum_follows(office: Office) -> None:
    """Mutant: a sum that is not reckoned anew shows what was true before."""
    office.open()
    facts, timetable = office.page.view.facts, office.page.view.timetable
    chip = next(one for one in facts.areas._buttons if "Tak" in one.text())
    chip.click()
    office.wait()
    assert office.event.areas == ("50",)
    office.page.view.tabs.setCurrentIndex(TIMETABLE)
    assert "540 minutes" in timetable.sum.text()
    assert "80 % to pass is 432 minutes" in timetable.sum.text()
    facts.percent.setText("๕๐")
    facts.percent.editingFinished.emit()
    office.wait()
    assert office.event.rule.percent == 50
    assert "270 minutes" in timetable.sum.text()


def test_long_names_of_areas_go_below_each_other(qtbot: QtBot, office: Office) -> None:
    """Mutant: a fixed number of columns pushes the page out of the window."""
    from desktop.store.area import area

    chips = AreaChips(lambda _text: ())
    qtbot.addWidget(chips)
    found = area("630204")
    assert found is not None
    chips.show_areas([found, *(a for a in (area("630205"), area("630206")) if a is not None)])
    chips.resize(300, 300)
    chips.show()
    QApplication.processEvents()
    assert chips.minimumSizeHint().width() < 300
    assert len({button.x() for button in chips._buttons}) == 1


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


# ---- clashes, in hand, closed


def test_people_expected_elsewhere_are_named_with_event_and_days(office: Office) -> None:
    """Mutant: a clash that is not shown sends somebody to two places."""
    office.ground.add("ธิดา ใจดี", identifier_kind="cid", identifier=cid(7))
    other = doing.create_event(
        office.ground.store, BY, EventDraft("อบรมอีกงาน", date_from=FIRST)
    ).value
    add_entries(
        office.ground.store, BY, other.id,
        [Entry(first="ธิดา", last="ใจดี", identifier_kind="cid", identifier=cid(7))],
    )  # fmt: skip
    office.open()
    words = office.page.view.clash_sentence
    assert "ธิดา ใจดี" in words
    assert office.ground.event.name in words
    assert "อบรมอีกงาน" in words
    assert "20 November" in words


def test_an_event_is_taken_in_hand_closed_and_reopened(office: Office) -> None:
    """Mutant: the button of the other state left on would do nothing."""
    office.open()
    office.press(Qt.Key.Key_Return, CTRL)
    assert office.desk.event_id == office.ground.event.id
    office.page._close.trigger()
    office.wait()
    assert office.event.closed
    assert office.page._reopen in office.page.secondary
    office.undo()
    assert not office.event.closed


# ---- the award list


@pytest.fixture
def awarding(office: Office) -> Office:
    from dataclasses import replace

    doing.change_event(
        office.ground.store, BY, replace(office.ground.event, certificate_kind="project")
    )
    office.open(AWARDS)
    return office


def test_only_an_event_that_honours_organisations_has_an_award_list(office: Office) -> None:
    """Mutant: the tab on every event is noise to those who never give awards."""
    office.open()
    assert not office.page.view.tabs.isTabVisible(AWARDS)
    office.page.view.facts.certificate.chose.emit("project")
    office.wait()
    assert office.page.view.tabs.isTabVisible(AWARDS)


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


# ---- models and the small screen


def test_the_tables_keep_the_rules_of_models(office: Office) -> None:
    """Mutant: a row count under a valid parent makes a tree of it."""
    model, awards = EventModel(), AwardModel()
    for each in (model, awards):
        QAbstractItemModelTester(each, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with office.ground.store.read() as conn:
        model.show_rows(events.events(conn), NOW.date(), "")
    assert model.rowCount(model.index(0, 0)) == 0


@pytest.mark.parametrize("tab", [0, TIMETABLE, CEREMONY, AWARDS])
def test_no_part_of_an_event_is_wider_than_a_small_screen(awarding: Office, tab: int) -> None:
    """Mutant: one wide line pushes the buttons out of a window of 1093 × 614."""
    awarding.frame.resize(1093, 614)
    awarding.page.view.tabs.setCurrentIndex(tab)
    awarding.wait()
    assert awarding.frame.width() <= 1093
    assert awarding.frame.height() <= 614
    view = awarding.page.view
    for part in (view.facts, view.timetable, view.ceremony):
        holder = part.parentWidget()
        assert holder is not None
        assert part.minimumSizeHint().width() <= 1093 - 64


def test_everything_that_takes_focus_has_a_name(awarding: Office) -> None:
    """Mutant: a nameless part is read as 'edit' by a screen reader."""
    doing.set_ceremony(
        awarding.ground.store, BY, awarding.ground.event.id,
        [CeremonyRole("", "", "mc", "นายสมชาย", "")],
    )  # fmt: skip
    awarding.page.reload()
    awarding.wait()
    nameless = [
        part
        for part in awarding.page.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not part.accessibleName()
        and not part.objectName().startswith("qt_")
        and part.focusProxy() is None
        and not any(up.objectName() == "popup" for up in (part, part.parentWidget()) if up)
    ]
    assert nameless == []
