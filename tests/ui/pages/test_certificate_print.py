# SPDX-License-Identifier: Apache-2.0
"""Certificates printed, saved and printed once more, over a real store."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.actions.certificate import record_print, register_rows
from desktop.ui.desk import Desk
from desktop.ui.pages.certificate import Certificates
from desktop.ui.parts.certificate_dialogs import NameDialog, ReasonDialog
from desktop.ui.parts.export_dialog import ExportDialog
from tests.actions.office_ground import BY, Ground
from tests.ui.cups import PrintSystem
from tests.ui.pages.certificate_ground import (
    Settled,
    finish_event,
    go,
    issue,
    open_page,
    open_print,
    printed,
)
from tests.ui.spool import Queue


@pytest.fixture
def people(ground: Ground) -> tuple[str, ...]:
    """Three who came to everything, and one who came once; the event is over."""
    return finish_event(ground)


@pytest.fixture
def page(
    qtbot: QtBot, desk: Desk, ground: Ground, people: tuple[str, ...], settled: Settled
) -> Certificates:
    return open_page(qtbot, desk, ground, settled)


def _export(page: Certificates) -> ExportDialog:
    page.save.trigger()
    dialog = page.doing.dialog
    assert isinstance(dialog, ExportDialog)
    return dialog


def test_a_saved_pdf_is_noted_once_and_a_second_one_asks_for_a_reason(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: saving without noting it, or noting it again without a reason."""
    import pypdfium2

    issue(qtbot, page, settled)
    place = tmp_path / "certificates.pdf"
    dialog = _export(page)
    dialog.write_to(place, dialog.chosen())
    qtbot.waitUntil(lambda: page.doing.dialog is None)
    settled()
    settled()
    pdf = pypdfium2.PdfDocument(place)
    assert len(pdf) == 3
    text = pdf[0].get_textpage().get_text_bounded()
    pdf.close()
    assert "1/2569" in text
    assert [line.certificate.prints for line in page.issued if line.certificate] == [1, 1, 1]
    dialog = _export(page)
    assert dialog.reasons.isVisible()
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert page.doing.dialog is not None, "no reason was given"
    assert dialog._wrong.isVisible()
    page.doing.dialog.reject()


def test_what_the_printer_took_is_in_the_register_and_nothing_else(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, queue: Queue
) -> None:
    """Mutant: noting all that were chosen although the printer went away."""
    issue(qtbot, page, settled)
    queue.breaks_after(0)
    dialog = open_print(qtbot, page, page.print.trigger)
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._wrong.isVisible() or dialog.watch.asking)
    settled()
    assert printed(ground) == [0, 0, 0, 0]
    queue.mended()
    dialog.form.pages.setText("๑-๒")
    go(qtbot, page, dialog)
    settled()
    assert printed(ground) == [1, 1, 0, 0]
    assert queue.pages() == [2]
    text = queue.text()
    assert "1/2569" in text
    assert "กานดา" not in queue.orders()


def test_text_alone_goes_where_the_calibration_says_and_it_is_remembered(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, queue: Queue
) -> None:
    """Mutant: a calibration that is shown and not used, or not kept."""
    from desktop.actions.calibration import Calibration, calibration

    issue(qtbot, page, settled)
    dialog = open_print(qtbot, page, page.print.trigger)
    settled()
    dialog.form.pages.setText("1")
    go(qtbot, page, dialog)
    settled()
    dialog = open_print(qtbot, page, page.print.trigger)
    settled()
    dialog.form.text_only.setChecked(True)
    QTest.mouseClick(dialog.form.adjust, Qt.MouseButton.LeftButton)
    places = dialog.calibrator
    assert places is not None
    places.right.setText("๒.๕")
    QTest.mouseClick(places.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.calibrator is None)
    dialog.form.pages.setText("1")
    go(qtbot, page, dialog)
    settled()
    assert calibration(ground.store, "Office") == Calibration(2.5, 0, 1, text_only=True)
    first, second = queue.objects(0), queue.objects(1)
    assert second < first / 2, "the art is left out"


def test_a_name_put_right_after_the_issue_keeps_its_number_and_its_first_wording(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, queue: Queue
) -> None:
    """Mutant: a reprint under a new number, or a history that forgets the first paper."""
    from desktop.store import certificate as register

    issue(qtbot, page, settled)
    go(qtbot, page, open_print(qtbot, page, page.print.trigger))
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
    go(qtbot, page, dialog)
    settled()
    settled()
    line = page.line
    assert line is not None
    assert line.certificate is not None
    assert line.number == "1/2569"
    assert line.wording is not None
    assert line.wording.recipient == "นายกานดา ใจดียิ่ง"
    assert line.certificate.edition == 2
    # A replacement is a paper of its own: it was never printed, so no reason is asked.
    again = open_print(qtbot, page, page.facts.again.click)
    assert not again.form.reasons.isVisible()
    go(qtbot, page, again)
    settled()
    with ground.store.read() as conn:
        prints = [
            *register.prints(conn, line.certificate.replaces),
            *register.prints(conn, line.certificate.id),
        ]
    assert [one.wording.recipient for one in prints if one.wording] == [
        "นายกานดา ใจดี",
        "นายกานดา ใจดียิ่ง",
    ]


@pytest.mark.parametrize("onto", ["paper", "file"])
def test_a_reprint_that_would_look_otherwise_is_refused_and_can_be_replaced(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, queue: Queue,
    tmp_path: Path, onto: str,
) -> None:  # fmt: skip
    """Mutant: paper spent on a page that is not the one that was printed before, or a refusal
    that leaves no way on.
    """
    issue(qtbot, page, settled)
    first, *others = (row.certificate.id for row in register_rows(ground.store, ground.event.id))
    record_print(ground.store, BY, [first], plates={first: "0" * 64})
    page.reload()
    settled()
    if onto == "paper":
        dialog = open_print(qtbot, page, page.facts.again.click)
        dialog.form.reasons.pick.set_value("spoilt")
        QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    else:
        file = _export(page)
        file.reasons.pick.set_value("spoilt")
        file.write_to(tmp_path / "all.pdf", (first, others[0]))
    qtbot.waitUntil(lambda: bool(page.hurdle.text()))
    assert "1/2569" in page.hurdle.text()
    assert printed(ground)[:2] == [1, 0]
    assert not list(tmp_path.glob("all.pdf"))
    assert page.doing.dialog is not None
    page.doing.dialog.reject()
    QTest.mouseClick(page.hurdle.way_out, Qt.MouseButton.LeftButton)
    asked = page.doing.dialog
    assert isinstance(asked, ReasonDialog)
    go(qtbot, page, asked)
    settled()
    settled()
    assert not page.hurdle.text()
    line = page.line
    assert line is not None
    assert line.certificate is not None
    assert (line.certificate.replaces, line.certificate.edition) == (first, 2)


def test_a_batch_that_is_stopped_goes_on_at_its_page(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: a cancel that leaves half a file, or notes pages that were never made."""
    issue(qtbot, page, settled)
    place = tmp_path / "certificates.pdf"
    dialog = _export(page)
    dialog.write_to(place, dialog.chosen())
    dialog.progress.cancelled.emit()
    qtbot.waitUntil(lambda: page.doing.dialog is None or dialog._wrong.isVisible())
    settled()
    if page.doing.dialog is not None:
        assert len(list(tmp_path.glob("certificates*.pdf"))) <= 1
        assert printed(ground).count(1) < 3
        QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page.doing.dialog is None)
    settled()
    settled()
    assert printed(ground) == [1, 1, 1, 0]


def test_after_the_program_died_the_batch_goes_on_after_the_last_good_sheet(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, queue: Queue
) -> None:
    """Mutant: a run that lives in the dialog alone; a reprint the register has no reason for."""
    from desktop.actions.print_run import last_run
    from desktop.store import certificate as register

    issue(qtbot, page, settled)
    dialog = open_print(qtbot, page, page.print.trigger)
    dialog.form.pause.setText("2")
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.watch.asking)
    settled()
    dialog.reject()  # the program is gone here: what was kept is all that is known
    settled()
    run = last_run(ground.store, ground.event.id, "certificates:completion")
    assert run is not None
    assert (run.sent, len(run.sheets), run.over) == (2, 3, False)
    again = open_print(qtbot, page, page.print.trigger)
    qtbot.waitUntil(lambda: again.watch.asking)
    assert again.watch.last_good() == 2
    again.watch.good.setText("๑")
    assert "2/2569" not in again.watch._which.text()
    assert "1/2569" in again.watch._which.text()
    go(qtbot, page, again)
    settled()
    assert queue.pages() == [2, 2]
    assert printed(ground) == [1, 2, 1, 0]
    with ground.store.read() as conn:
        line = page.issued[1]
        assert line.certificate is not None
        reasons = [one.reason for one in register.prints(conn, line.certificate.id)]
    assert reasons == ["", "พิมพ์เสีย/หมึก/กระดาษติด"]
    kept = last_run(ground.store, ground.event.id, "certificates:completion")
    assert kept is not None
    assert kept.over


def test_certificates_reach_a_real_printer_as_letters_and_a_reprint_is_the_same_page(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, cups: PrintSystem
) -> None:
    """Mutants: a name that cannot be read out of the job again; a second "original" that looks
    otherwise; a print the register does not know the page of.
    """
    import pypdfium2

    from desktop.store import certificate as register

    issue(qtbot, page, settled)
    pictures = []
    for turn in range(2):
        cups.sink.jobs.clear()
        dialog = open_print(qtbot, page, page.print.trigger)
        if turn:
            dialog.form.which.set_value("all")
            dialog.form.which.chose.emit("all")
            dialog.form.reasons.pick.set_value("lost")
        QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page.doing.dialog is None, timeout=15_000)
        cups.wait(lambda: cups.sink.jobs)
        settled()
        document = pypdfium2.PdfDocument(cups.sink.jobs[0].pdf)
        texts = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
        pictures.append([bytes(document[n].render(scale=1).buffer) for n in range(len(document))])
        sizes = {tuple(round(side) for side in document[n].get_size()) for n in range(3)}
        document.close()
        assert sizes == {(595, 842)}
        for text, number, name in zip(
            texts, (1, 2, 3), ("กานดา ใจดี", "ขจร แก้วมณี", "คำแก้ว"), strict=True
        ):
            assert name in text
            assert f"{number}/2569" in text
    assert pictures[0] == pictures[1]
    row = page.issued[0].certificate
    assert row is not None
    with ground.store.read() as conn:
        plates = register.plates(conn, [row.id])
        prints = register.prints(conn, row.id)
    assert len(plates[row.id]) == 64
    assert [one.printer for one in prints] == ["Office", "Office"]
