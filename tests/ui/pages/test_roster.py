# SPDX-License-Identifier: Apache-2.0
"""The roster page on a real encrypted store: people one by one, seats, papers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from desktop.store import person as people
from desktop.store import roster
from desktop.ui.desk import Desk
from desktop.ui.pages.roster import RosterPage
from desktop.ui.widgets.dialog import Dialog
from tests.actions.office_ground import Ground
from tests.ui.pages.roster_ground import Settled, commit, known_person, open_page


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> Iterator[RosterPage]:
    made = open_page(qtbot, desk, ground, settled)
    yield made
    made.hide()


@pytest.mark.parametrize("said", [True, False])
def test_a_person_typed_in_who_is_on_file_is_joined_only_when_it_is_said(
    page: RosterPage, desk: Desk, ground: Ground, settled: Settled, said: bool
) -> None:
    """Mutant: save with the first likeness, pressed or not."""
    from desktop.actions.event import create_event
    from tests.actions.office_ground import BY, DRAFT

    person_id = known_person(ground)
    other = create_event(ground.store, BY, DRAFT).value.id
    desk.take_event(other)
    page.event_changed(other)
    settled()
    page.add_person()
    commit(page.form.fields.first, "นางสาวกุลธิดา ศรีสวัสดิ์วงศ์")
    page.form.fields.first.editingFinished.emit()
    settled()
    assert page.form.known.isVisible()
    if said:
        page.form.known.same.click()
    page.form.keep()
    settled()
    with ground.store.read() as conn:
        (line,) = roster.roster(conn, other)
    assert (line.person_id == person_id) == said


def test_ctrl_enter_saves_the_person_that_is_typed_in(
    page: RosterPage, ground: Ground, settled: Settled, qtbot: QtBot
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.add_person()
    commit(page.form.fields.first, "ซอ")
    QTest.keyClick(page.form.fields.first, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert [line.first for line in ground.roster()] == ["ซอ"]


def test_a_person_is_added_by_a_whole_name_typed_into_one_field(
    page: RosterPage, ground: Ground, settled: Settled, qtbot: QtBot
) -> None:
    page.add_person()
    commit(page.form.fields.first, "น.ส.กุลธิดา ศรีสวัสดิ์วงศ์")
    assert page.primary is not None
    page.primary.trigger()
    settled()
    (line,) = ground.roster()
    assert (line.title, line.first, line.last) == ("นางสาว", "กุลธิดา", "ศรีสวัสดิ์วงศ์")
    assert page.form.isVisible()
    assert not page.form.fields.first.text(), "ready for the next one"
    page.primary.trigger()
    settled()
    assert len(ground.roster()) == 1, "an empty form adds nobody"


def test_no_document_needs_a_reason_and_is_kept_with_it(
    page: RosterPage, ground: Ground, settled: Settled
) -> None:
    page.add_person()
    fields = page.form.fields
    commit(fields.first, "ซอ")
    fields.kind.set_value("none")
    page.form.keep()
    settled()
    assert page.form.refusal
    assert ground.roster() == ()
    commit(fields.reason, "อยู่ระหว่างขอสถานะ")
    page.form.keep()
    settled()
    (line,) = ground.roster()
    with ground.store.read() as conn:
        (held,) = people.identifiers(conn, line.person_id)
    assert (held.kind, held.none_reason) == ("none", "อยู่ระหว่างขอสถานะ")


def test_a_name_is_put_right_then_confirmed_and_a_later_change_takes_the_word_back(
    page: RosterPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: confirm what stands in the fields without saving it, and the first press counts."""
    (one,) = ground.add("กุลธิดา ศรีสวัดิ์")
    page.reload()
    settled()
    page.open_person(one)
    settled()
    page.form.fields.last.selectAll()
    commit(page.form.fields.last, "ศรีสวัสดิ์")
    page.form.proof.right.click()
    settled()
    assert page.form.refusal
    assert not ground.line(one).name_confirmed
    page.form.keep()
    settled()
    page.form.proof.right.click()
    settled()
    assert ground.line(one).last == "ศรีสวัสดิ์"
    assert ground.line(one).name_confirmed
    assert page.form.proof.right.isHidden()


def test_what_is_typed_is_not_thrown_away_by_one_esc(
    page: RosterPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: close the panel at the first Esc."""
    page.add_person()
    commit(page.form.fields.first, "ซอ")
    assert page.back()
    assert page.form.isVisible()
    assert page.form.refusal
    assert page.back()
    assert page.form.isHidden()


def test_going_on_to_the_next_line_saves_what_was_typed_and_stays_when_it_is_refused(
    page: RosterPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: open the next one at once, and a number that is refused is gone from the panel."""
    one, two = ground.add("ก ข", "ค ง")
    page.reload()
    settled()
    page.list.go_to(one)
    page.open_person(one)
    settled()
    commit(page.form.fields.middle, "กลาง")
    page.list.go_to(two)
    settled()
    settled()
    assert page.form.card is not None
    assert page.form.card.row.enrolment_id == two
    with ground.store.read() as conn:
        assert people.person(conn, ground.line(one).person_id).middle == "กลาง"
    page.form.fields.kind.set_value("cid")
    commit(page.form.fields.number, "1234567890123")
    page.list.go_to(one)
    settled()
    assert page.form.card.row.enrolment_id == two
    assert page.form.refusal
    assert page.form.fields.number.text() == "1234567890123"


def test_somebody_is_taken_off_and_put_back(
    page: RosterPage, ground: Ground, settled: Settled
) -> None:
    (one,) = ground.add("ซอ ")
    page.reload()
    settled()
    page.open_person(one)
    settled()
    page.secondary[0].trigger()
    settled()
    assert ground.line(one).status == "withdrawn"
    page.secondary[0].trigger()
    settled()
    assert ground.line(one).status == "enrolled"


def test_the_roster_is_searched_and_filtered(
    page: RosterPage, ground: Ground, settled: Settled
) -> None:
    ground.add("กุลธิดา ใจดี", "กุลพงษ์ ดีงาม", area="63")
    ground.add("มะลิ กุลวงศ์", area="50")
    page.reload()
    settled()
    assert page.list.model.rowCount() == 3
    commit(page.list.box, "กุลธ")
    settled()
    assert [page.list.model.index(0, 1).data()] == ["กุลธิดา ใจดี"]
    page.list.box.clear()
    settled()
    page.list.province.set_value("50")
    page.list.province.chose.emit("50")
    assert page.list.model.rowCount() == 1
    page.list.province.set_value("")
    page.list.province.chose.emit("")
    page.list.provinces.click()
    page.list.tiles.pressed.emit("63")
    assert page.list.model.rowCount() == 2


def test_the_quota_names_what_is_missing_and_says_when_all_is_full(
    page: RosterPage, ground: Ground, settled: Settled
) -> None:
    ground.add("ก ข", "ค ง", area="63")
    page.reload()
    settled()
    assert "1/2" in page.list.quota.text()
    assert "เชียงใหม่" in page.list.quota.text()
    ground.add("จ ฉ", "ช ซ", area="50")
    page.reload()
    settled()
    assert "2/2" in page.list.quota.text()
    assert "เชียงใหม่" not in page.list.quota.text()


def test_the_lock_gives_seats_and_unlocking_needs_a_reason(
    page: RosterPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: leave out ``check`` of the dialog, and it closes without a reason."""
    ground.add("ก ข", "ค ง", area="63")
    page.reload()
    settled()
    assert page.primary is not None
    page.primary.trigger()
    settled()
    assert sorted(line.seat for line in ground.roster()) == [1, 2]
    page.secondary[0].trigger()
    (asked,) = page.findChildren(Dialog)
    asked.verb.click()
    assert asked.isVisible()
    line = asked.findChild(QLineEdit)
    assert line is not None
    commit(line, "หน่วยงานส่งชื่อเพิ่ม")
    asked.verb.click()
    settled()
    with ground.store.read() as conn:
        assert not roster.is_locked(conn, ground.event.id)


def test_a_locked_roster_takes_nobody_in_and_says_what_to_do(
    page: RosterPage, desk: Desk, ground: Ground, settled: Settled
) -> None:
    ground.add("ก ข")
    page.reload()
    settled()
    page.lock()
    settled()
    told: list[str] = []
    desk.trouble.connect(told.append)
    page.add_person()
    page.bring_in()
    assert len(told) == 2
    assert page.form.isHidden()
    assert page.list.isVisible()


def test_papers_are_asked_for_by_day(page: RosterPage, ground: Ground, settled: Settled) -> None:
    ground.add("ก ข")
    page.reload()
    settled()
    asked: list[object] = []
    page.go.connect(lambda noun, what: asked.append((noun, what)))
    page._papers.trigger()
    (menu,) = page.findChildren(QMenu)
    choices = [one for one in menu.actions() if not one.isSeparator()]
    assert len(choices) == 7, "two days, badges, tents, envelopes, receipts, the proof sheet"
    choices[1].trigger()
    assert asked == [
        ("paper", {"what": "sheet", "day_no": 2, "event_id": ground.event.id}),
    ]
    menu.close()


def test_whoever_is_marked_gets_a_badge_of_her_own(
    page: RosterPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: ten badges for one walk-in, or the badge of the person above."""
    ids = ground.add("ก ข", "ค ง")
    page.reload()
    settled()
    page.list.go_to(ids[1])
    asked: list[object] = []
    page.go.connect(lambda noun, what: asked.append((noun, what)))
    page._papers.trigger()
    (menu,) = page.findChildren(QMenu)
    menu.actions()[-1].trigger()
    assert asked == [
        ("paper", {"what": "badge", "ids": [ids[1]], "event_id": ground.event.id}),
    ]
    menu.close()
