# SPDX-License-Identifier: Apache-2.0
"""The page of certificates, driven as a facilitator drives it, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.actions.attendance import arrive
from desktop.actions.certificate import register_rows
from desktop.actions.certificate_list import certificate_list, page_of
from desktop.actions.door import walk_in
from desktop.actions.entry import Entry
from desktop.actions.event import change_event, close_event, reopen_event, set_ceremony
from desktop.actions.organisation import AwardEntry, add_awards
from desktop.actions.roster import lock_roster
from desktop.model.event import CeremonyRole
from desktop.store import event as events
from desktop.ui.desk import Desk
from desktop.ui.pages.certificate import Certificates
from desktop.ui.parts.certificate_dialogs import HandOverDialog, NameDialog, ReasonDialog
from desktop.ui.parts.certificate_job import batch_pdf
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.widgets.dialog import Dialog
from tests.actions.office_ground import BY, Ground
from tests.ui.spool import Queue

Settled = Callable[[], None]


@pytest.fixture
def people(ground: Ground) -> tuple[str, ...]:
    """Three who came to everything, and one who came once; the event is over."""
    ids = ground.add("กานดา ใจดี", "ขจร แก้วมณี", "คำแก้ว", "งาม มาน้อย", title="นาย")
    set_ceremony(
        ground.store,
        BY,
        ground.event.id,
        [CeremonyRole("", ground.event.id, "chair_close", "นางนภา เศรษฐกร", "อธิบดี", "", True)],
    )
    lock_roster(ground.store, BY, ground.event.id)
    for place, enrolment_id in enumerate(ids):
        for session in ground.sessions()[: 1 if place == 3 else None]:
            arrive(ground.store, BY, enrolment_id, session.id, session.start, "sheet", "จากใบลงชื่อ")
    close_event(ground.store, BY, ground.event.id)
    return ids


@pytest.fixture
def page(
    qtbot: QtBot, desk: Desk, ground: Ground, people: tuple[str, ...], settled: Settled
) -> Certificates:
    desk.take_event(ground.event.id)
    made = Certificates(desk)
    desk.changed.connect(lambda nouns: made.reload() if nouns & made.watches else None)
    qtbot.addWidget(made)
    made.resize(1150, 600)
    made.show()
    made.reload()
    settled()
    return made


def _issue(qtbot: QtBot, page: Certificates, settled: Settled) -> None:
    page.issue.trigger()
    qtbot.waitUntil(lambda: page.doing.dialog is not None)  # the pages are tried first
    assert page.doing.dialog is not None
    QTest.mouseClick(page.doing.dialog.verb, Qt.MouseButton.LeftButton)
    settled()
    settled()


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
    assert [line.name for line in page.roll.model.lines] == ["นายงาม มาน้อย"]
    assert page.roll.why.text() == page.roll.model.lines[0].sentence
    assert "252" in page.roll.why.text()


def test_the_preview_is_the_page_and_has_no_number_before_the_issue(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: a preview that prints a number that was not drawn."""
    _wait_for_page(qtbot, page)
    assert not page.view.image.isNull()
    line = page.line
    assert line is not None
    shown = page_of(line, draft=True)
    assert shown is not None
    assert shown.number == "(ร่าง)"
    assert line.number == "1/2569"


def test_issue_gives_every_seat_its_number_and_the_failed_one_a_reason(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: an issue of those chosen alone, which leaves a gap nobody can explain."""
    _issue(qtbot, page, settled)
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

    line = page.roll.model.lines[1]
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


def test_a_saved_pdf_is_noted_once_and_a_second_one_asks_for_a_reason(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: saving without noting it, or noting it again without a reason."""
    import pypdfium2

    _issue(qtbot, page, settled)
    held = certificate_list(ground.store, ground.event.id)
    assert held is not None
    place = tmp_path / "certificates.pdf"
    page.doing.save_to(place, held, page.issued)
    qtbot.waitUntil(place.exists)
    settled()
    settled()
    pdf = pypdfium2.PdfDocument(place)
    assert len(pdf) == 3
    text = pdf[0].get_textpage().get_text_bounded()
    pdf.close()
    assert "1/2569" in text
    assert [line.certificate.prints for line in page.issued if line.certificate] == [1, 1, 1]
    page.save.trigger()
    assert page.doing.dialog is not None
    QTest.mouseClick(page.doing.dialog.verb, Qt.MouseButton.LeftButton)
    assert page.doing.dialog is not None, "no reason was given"
    page.doing.dialog.reject()


def _printed(ground: Ground) -> list[int]:
    return [row.certificate.prints for row in register_rows(ground.store, ground.event.id)]


def _open_print(qtbot: QtBot, page: Certificates, action: Callable[[], object]) -> PrintDialog:
    action()
    dialog = page.doing.dialog
    assert isinstance(dialog, PrintDialog)
    qtbot.waitUntil(lambda: not dialog.looking)
    return dialog


def _go(qtbot: QtBot, page: Certificates, dialog: Dialog) -> None:
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.doing.dialog is None)


def test_what_the_printer_took_is_in_the_register_and_nothing_else(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, queue: Queue
) -> None:
    """Mutant: noting all that were chosen although the printer went away."""
    _issue(qtbot, page, settled)
    queue.breaks_after(0)
    dialog = _open_print(qtbot, page, page.print.trigger)
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._wrong.isVisible())
    settled()
    assert _printed(ground) == [0, 0, 0, 0]
    queue.mended()
    dialog.pages.setText("๑-๒")
    _go(qtbot, page, dialog)
    settled()
    assert _printed(ground) == [1, 1, 0, 0]
    assert queue.pages() == [2]
    text = queue.text()
    assert "1/2569" in text
    assert "กานดา" not in queue.orders()


def test_text_alone_goes_where_the_calibration_says_and_it_is_remembered(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, queue: Queue
) -> None:
    """Mutant: a calibration that is shown and not used, or not kept."""
    from desktop.actions.calibration import Calibration, calibration

    _issue(qtbot, page, settled)
    dialog = _open_print(qtbot, page, page.print.trigger)
    settled()
    form = dialog.calibration
    assert form is not None
    dialog.pages.setText("1")
    _go(qtbot, page, dialog)
    settled()
    dialog = _open_print(qtbot, page, page.print.trigger)
    settled()
    form = dialog.calibration
    assert form is not None
    form.text_only.setChecked(True)
    form.right.setText("๒.๕")
    dialog.pages.setText("1")
    _go(qtbot, page, dialog)
    settled()
    assert calibration(ground.store, "Office") == Calibration(2.5, 0, 1, text_only=True)
    first, second = queue.objects(0), queue.objects(1)
    assert second < first / 2, "the art is left out"


def test_a_name_put_right_after_the_issue_keeps_its_number_and_its_first_wording(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, queue: Queue
) -> None:
    """Mutant: a reprint under a new number, or a history that forgets the first paper."""
    from desktop.store import certificate as register

    _issue(qtbot, page, settled)
    _go(qtbot, page, _open_print(qtbot, page, page.print.trigger))
    settled()
    page.facts.edit.click()
    settled()
    dialog = page.doing.dialog
    assert isinstance(dialog, NameDialog)
    surname = dialog.edits[3]
    surname.selectAll()
    typed = QInputMethodEvent("", [])
    typed.setCommitString("ใจดียิ่ง")
    QCoreApplication.sendEvent(surname, typed)
    _go(qtbot, page, dialog)
    settled()
    settled()
    line = page.line
    assert line is not None
    assert line.certificate is not None
    assert line.number == "1/2569"
    assert line.wording is not None
    assert line.wording.recipient == "นายกานดา ใจดียิ่ง"
    again = _open_print(qtbot, page, page.facts.again.click)
    again.reasons.pick.set_value("misspelt")
    _go(qtbot, page, again)
    settled()
    with ground.store.read() as conn:
        prints = register.prints(conn, line.certificate.id)
    assert [one.reason for one in prints] == ["", "สะกดชื่อผิด"]
    assert [one.wording.recipient for one in prints if one.wording] == [
        "นายกานดา ใจดี",
        "นายกานดา ใจดียิ่ง",
    ]


def test_void_needs_a_reason_and_the_number_never_comes_back(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: a void row whose number the next one gets."""
    _issue(qtbot, page, settled)
    page.facts.cancel.click()
    dialog = page.doing.dialog
    assert isinstance(dialog, ReasonDialog)
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert page.doing.dialog is dialog, "no reason was given"
    dialog.reasons.pick.set_value("wrong_person")
    _go(qtbot, page, dialog)
    settled()
    assert "ออกให้ผิดคน" in page.roll.why.text()
    assert [line.number for line in page.waiting] == ["5/2569"]


def test_who_received_is_ticked_by_keyboard_alone(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: arrows that lose the ticks made before."""
    _issue(qtbot, page, settled)
    page.hand.trigger()
    dialog = page.doing.dialog
    assert isinstance(dialog, HandOverDialog)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(dialog.table, key)
    assert [line.seat for line in dialog.chosen()] == [1, 3]
    _go(qtbot, page, dialog)
    settled()
    assert [line.seat for line in page.unhanded] == [2]
    assert page.line is not None


def test_a_batch_that_is_stopped_goes_on_at_its_page(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: a cancel that leaves half a file, or notes pages that were never made."""
    _issue(qtbot, page, settled)
    held = certificate_list(ground.store, ground.event.id)
    assert held is not None
    place = tmp_path / "certificates.pdf"
    page.doing.save_to(place, held, page.issued)
    page.progress.cancelled.emit()
    qtbot.waitUntil(lambda: page.hurdle.isVisible() or place.exists())
    settled()
    if page.hurdle.isVisible():  # stopped before the first page
        assert not place.exists()
        assert _printed(ground) == [0, 0, 0, 0]
        QTest.mouseClick(page.hurdle.way_out, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(place.exists)
    settled()
    settled()
    assert _printed(ground) == [1, 1, 1, 0]


def test_pages_made_before_the_stop_are_kept_and_the_rest_follows(page: Certificates) -> None:
    """Mutant: a stop that throws away what was made, while the batch goes on behind it."""
    import pypdfium2

    pages = [made for line in page.waiting if (made := page_of(line)) is not None]
    steps: list[int] = []

    def step(done: int, _total: int) -> None:
        steps.append(done)

    pdf, end = batch_pdf(pages, "completion", 0, step, lambda: len(steps) == 2)
    assert end == 2
    rest, last = batch_pdf(pages, "completion", end)
    assert last == 3
    counted = []
    for made in (pdf, rest):
        document = pypdfium2.PdfDocument(made)
        counted.append(len(document))
        document.close()
    assert counted == [2, 1]
    assert batch_pdf(pages, "completion", 0, None, lambda: True) == (b"", 0)


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

    _issue(qtbot, page, settled)
    line = page.line
    assert line is not None
    fix_name(ground.store, BY, line.person_id, title="นาง", first="กานดา", last="ใจดี")
    page.reload()
    settled()
    assert "นางกานดา ใจดี" in page.hurdle.text()
    QTest.mouseClick(page.hurdle.way_out, Qt.MouseButton.LeftButton)
    dialog = page.doing.dialog
    assert isinstance(dialog, ReasonDialog)
    _go(qtbot, page, dialog)
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
    assert page.facts.edit.isHidden()
    _issue(qtbot, page, settled)
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
    _issue(qtbot, page, settled)
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
