# SPDX-License-Identifier: Apache-2.0
"""The page of certificates, driven as a facilitator drives it, over a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.actions.certificate import register_rows
from desktop.actions.certificate_list import filling_of
from desktop.actions.door import walk_in
from desktop.actions.entry import Entry
from desktop.actions.event import change_event, close_event, reopen_event
from desktop.actions.organisation import AwardEntry, add_awards
from desktop.store import event as events
from desktop.ui.desk import Desk
from desktop.ui.pages.certificate import Certificates
from desktop.ui.parts.certificate_dialogs import HandOverDialog, ReasonDialog
from tests.actions.office_ground import BY, Ground
from tests.ui.pages.certificate_ground import Settled, finish_event, go, issue, open_page


@pytest.fixture
def people(ground: Ground) -> tuple[str, ...]:
    """Three who came to everything, and one who came once; the event is over."""
    return finish_event(ground)


@pytest.fixture
def page(
    qtbot: QtBot, desk: Desk, ground: Ground, people: tuple[str, ...], settled: Settled
) -> Certificates:
    return open_page(qtbot, desk, ground, settled)


def _part(page: Certificates, part: str) -> Any:
    return next(one for one in page.roll.parts.buttons() if one.property("value") == part)


def _wait_for_page(qtbot: QtBot, page: Certificates) -> None:
    qtbot.waitUntil(lambda: not page._later.isActive() and not page.view.busy, timeout=20_000)


def test_the_three_states_are_counted_and_each_line_says_why(
    page: Certificates, settled: Settled
) -> None:
    """Mutant: a page that lists everybody under "passed"."""
    assert _part(page, "passed").text().endswith("3")
    assert _part(page, "failed").text().endswith("1")
    QTest.mouseClick(_part(page, "failed"), Qt.MouseButton.LeftButton)
    assert [line.name for line in page.roll.model.rows] == ["นายงาม มาน้อย"]
    assert page.roll.why.text() == page.roll.model.rows[0].sentence
    assert "252" in page.roll.why.text()


def test_the_preview_is_the_page_and_has_no_number_before_the_issue(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: a preview that prints a number that was not drawn."""
    _wait_for_page(qtbot, page)
    assert not page.view.image.isNull()
    line = page.line
    assert line is not None
    assert page._held is not None
    shown = filling_of(page._held, line, draft=True)
    assert shown is not None
    assert shown.fields["number_plain"] == "(ร่าง)"
    assert line.number == "1/2569"


def test_issue_gives_every_seat_its_number_and_the_failed_one_a_reason(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: an issue of those chosen alone, which leaves a gap nobody can explain."""
    issue(qtbot, page, settled)
    rows = register_rows(ground.store, ground.event.id)
    assert [row.certificate.number for row in rows] == [1, 2, 3, 4]
    assert [row.certificate.status for row in rows] == ["issued", "issued", "issued", "unused"]
    assert page.primary is page.print
    assert page.line is not None
    assert page.line.issued


def test_a_name_that_cannot_be_printed_stops_the_batch_and_is_named(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: an issue that does not try the pages first."""
    from desktop.actions.person import fix_name

    line = page.roll.model.rows[1]
    fix_name(ground.store, BY, line.person_id, title="นาย", first="ขจร", last="แก้ว☃มณี")
    page.reload()
    settled()
    page.issue.trigger()
    qtbot.waitUntil(page.hurdle.isVisible)
    assert page.doing.dialog is None
    assert "☃" in page.hurdle.text()
    assert page.line is not None
    assert page.line.key == line.key
    assert register_rows(ground.store, ground.event.id) == ()
    fix_name(ground.store, BY, line.person_id, title="นาย", first="ขจร", last="แก้วมณี")
    page.reload()
    settled()
    assert not page.hurdle.text(), "what was mended is not complained of"


def test_void_needs_a_reason_and_the_number_never_comes_back(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: a void row whose number the next one gets."""
    issue(qtbot, page, settled)
    page.facts.cancel.click()
    dialog = page.doing.dialog
    assert isinstance(dialog, ReasonDialog)
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert page.doing.dialog is dialog, "no reason was given"
    dialog.reasons.pick.set_value("wrong_person")
    go(qtbot, page, dialog)
    settled()
    assert "ออกให้ผิดคน" in page.roll.why.text()
    assert [line.number for line in page.waiting] == ["5/2569"]


def test_who_received_is_ticked_by_keyboard_alone(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: arrows that lose the ticks made before."""
    issue(qtbot, page, settled)
    page.hand.trigger()
    dialog = page.doing.dialog
    assert isinstance(dialog, HandOverDialog)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(dialog.table, key)
    assert [line.seat for line in dialog.chosen()] == [1, 3]
    go(qtbot, page, dialog)
    settled()
    assert [line.seat for line in page.unhanded] == [2]
    assert page.line is not None


def test_another_date_of_issue_asks_the_register_of_its_own_year(
    page: Certificates, settled: Settled
) -> None:
    """Mutant: numbers of the year of the computer's clock (A3: the fiscal year turns over)."""
    page.facts.date.set_date(date(2025, 12, 31))
    page.facts.dated.emit(date(2025, 12, 31))
    settled()
    assert [line.number for line in page.waiting] == ["1/2568", "2/2568", "3/2568"]


def test_a_roster_that_is_open_is_said_with_the_way_out(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: an issue button that answers with an error."""
    from desktop.actions.roster import unlock_roster

    reopen_event(ground.store, BY, ground.event.id)
    unlock_roster(ground.store, BY, ground.event.id, "แก้รายชื่อ")
    close_event(ground.store, BY, ground.event.id)
    page.reload()
    settled()
    assert not page.issue.isEnabled()
    with qtbot.waitSignal(page.go) as gone:
        QTest.mouseClick(page.hurdle.way_out, Qt.MouseButton.LeftButton)
    assert gone.args[0] == "roster"


def test_a_name_put_right_elsewhere_is_seen_beside_its_certificate(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: a certificate that silently differs from the roster."""
    from desktop.actions.person import fix_name

    issue(qtbot, page, settled)
    line = page.line
    assert line is not None
    fix_name(ground.store, BY, line.person_id, title="นาง", first="กานดา", last="ใจดี")
    page.reload()
    settled()
    assert "นางกานดา ใจดี" in page.hurdle.text()
    QTest.mouseClick(page.hurdle.way_out, Qt.MouseButton.LeftButton)
    dialog = page.doing.dialog
    assert isinstance(dialog, ReasonDialog)
    go(qtbot, page, dialog)
    settled()
    assert page.line is not None
    assert page.line.wording is not None
    assert page.line.wording.recipient == "นางกานดา ใจดี"
    assert not page.hurdle.text()


def test_awards_are_listed_by_their_order_with_their_projects(
    qtbot: QtBot, page: Certificates, desk: Desk, ground: Ground, settled: Settled
) -> None:
    """Mutant: organisations judged by attendance, or numbered by their names."""
    title = "โครงการพัฒนาศักยภาพของครอบครัวในชุมชน" * 3
    with ground.store.read() as conn:
        event = events.event(conn, ground.event.id)
    change_event(ground.store, BY, replace(event, certificate_kind="project"))
    add_awards(
        ground.store,
        BY,
        ground.event.id,
        [AwardEntry("สมาคม ฮ", title, fund="กองทุน"), AwardEntry("มูลนิธิ ก", "โครงการสอง")],
    )
    page.reload()
    settled()
    assert [(one.seat, one.name) for one in page.waiting] == [(1, "สมาคม ฮ"), (2, "มูลนิธิ ก")]
    assert page.roll.why.text() == title
    issue(qtbot, page, settled)
    rows = register_rows(ground.store, ground.event.id)
    assert [(one.certificate.number, one.name) for one in rows] == [(1, "สมาคม ฮ"), (2, "มูลนิธิ ก")]


def test_a_lecturer_is_thanked_from_a_register_of_its_own(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: a lecturer among those who did not pass, or one number for two kinds."""
    session = ground.sessions()[0]
    guest = Entry(title="ดร.", first="วิชัย", last="สอนดี", role="lecturer")
    reopen_event(ground.store, BY, ground.event.id)
    walk_in(ground.store, BY, ground.event.id, guest, session.id, session.start)
    close_event(ground.store, BY, ground.event.id)
    page.reload()
    settled()
    assert len(page.waiting) == 3
    assert page.roll.kinds.isVisible()
    page.roll.kinds.set_value("appreciation")
    page.roll.kinds.chose.emit("appreciation")
    settled()
    assert [(one.name, one.number) for one in page.waiting] == [("ดร.วิชัย สอนดี", "1/2569")]
    issue(qtbot, page, settled)
    rows = register_rows(ground.store, ground.event.id)
    assert [(one.certificate.kind, one.certificate.number_text) for one in rows] == [
        ("appreciation", "1/2569")
    ]
    assert [line.number for line in page.issued] == ["1/2569"]
    page.roll.kinds.chose.emit("completion")
    settled()
    assert [line.number for line in page.waiting] == ["1/2569", "2/2569", "3/2569"]


def test_the_table_keeps_the_rules_of_models(page: Certificates, settled: Settled) -> None:
    model: QAbstractItemModel = page.roll.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.roll.show_part("failed")
    page.roll.show_part("passed")
    assert model.rowCount() == 3
