# SPDX-License-Identifier: Apache-2.0
"""The print dialog. Only the printer is a mock: programs ``lp`` and ``lpstat`` on the path."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.calibration import Calibration, calibration, keep_calibration
from desktop.printing.calibration import grid_pdf
from desktop.ui.feeding import BATCH
from desktop.ui.paper import pdf_job, print_pdf
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.parts.print_job import Job, Sent
from desktop.ui.printer import Printer, paint, printers
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import BY, Ground
from tests.ui.spool import Queue


def _paper(count: int) -> bytes:
    made = pypdfium2.PdfDocument.new()
    one = pypdfium2.PdfDocument(grid_pdf((297, 210)))
    for _number in range(count):
        made.import_pages(one)
    held = io.BytesIO()
    made.save(held)
    made.close()
    one.close()
    return held.getvalue()


def _open(qtbot: QtBot, tasks: Tasks, job: Job) -> tuple[PrintDialog, list[Sent]]:
    dialog = PrintDialog(None, tasks, job)
    qtbot.addWidget(dialog)
    sent: list[Sent] = []
    dialog.sent.connect(sent.append)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog.looking)
    return dialog, sent


def _press(dialog: PrintDialog) -> None:
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)


def test_the_queue_gets_the_pdf_itself_and_no_name_of_a_person(
    qtbot: QtBot, tasks: Tasks, queue: Queue
) -> None:
    """Mutant: pages sent as pictures, or a file in a temporary folder."""
    dialog, sent = _open(qtbot, tasks, pdf_job(_paper(3), "Certificates"))
    assert dialog.form.printer.value() == "Office", "the usual printer stands first"
    dialog.form.pages.setText("๒-๓")
    _press(dialog)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert queue.pages() == [2]
    assert [one.keys for one in sent] == [("1", "2")]
    assert "-d Office -n 1 -t Certificates" in queue.orders()
    pdf = pypdfium2.PdfDocument(queue.jobs / "000.pdf")
    assert "แผ่นทดสอบ" in pdf[0].get_textpage().get_text_bounded()
    pdf.close()


def test_a_printer_that_vanishes_goes_on_at_the_next_sheet(
    qtbot: QtBot, tasks: Tasks, queue: Queue
) -> None:
    """Mutant: telling pages as sent before the printer took them."""
    queue.breaks_after(1)
    dialog, sent = _open(qtbot, tasks, pdf_job(_paper(BATCH + 5), "Certificates"))
    _press(dialog)
    qtbot.waitUntil(lambda: dialog.watch.asking)
    assert dialog.isVisible()
    assert sum(len(one.keys) for one in sent) == BATCH
    assert dialog.watch.last_good() == BATCH
    assert str(BATCH + 1) in dialog.verb.text()
    assert "Office" in dialog.watch._why.text()
    queue.mended()
    _press(dialog)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert queue.pages() == [BATCH, 5]
    assert sum(len(one.keys) for one in sent) == BATCH + 5


def test_pages_printed_before_are_not_printed_again_without_a_reason(
    qtbot: QtBot, tasks: Tasks, queue: Queue
) -> None:
    """Mutant: a dialog that forgets what was printed."""
    pdf = _paper(2)
    job = Job("t", lambda _w, _o: ("a", "b"), lambda _k, _c: pdf, printed=frozenset({"b"}))
    dialog, sent = _open(qtbot, tasks, job)
    assert dialog.form.reasons.isVisible()
    _press(dialog)
    assert not sent
    assert dialog._wrong.isVisible()
    dialog.form.pages.setText("1")
    assert not dialog.form.reasons.isVisible()
    dialog.form.pages.setText("2")
    dialog.form.reasons.pick.set_value("spoilt")
    _press(dialog)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert [one.reason for one in sent] == ["พิมพ์เสีย/หมึก/กระดาษติด"]


def test_without_a_printer_the_pdf_is_offered(
    qtbot: QtBot,
    tasks: Tasks,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Mutant: a dialog with an empty list and a print button that does nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    dialog, sent = _open(qtbot, tasks, pdf_job(_paper(1), "t"))
    assert not dialog.verb.isEnabled()
    asked: list[bool] = []
    dialog.file_wanted.connect(lambda keys, reason: asked.append(keys == ("0",)))
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert asked == [True]
    assert not sent


def test_stopping_tells_what_was_taken_and_keeps_the_rest(
    qtbot: QtBot, tasks: Tasks, queue: Queue
) -> None:
    """Mutant: a cancel that closes the dialog and forgets how far it came."""
    pdf = _paper(1)
    keys = tuple(str(number) for number in range(BATCH * 3))
    dialog: PrintDialog

    def make(some: tuple[str, ...], _at: Calibration) -> bytes:
        if some[0] == str(BATCH):  # the second job is under way
            dialog.batch.stop()
        return pdf

    dialog, sent = _open(qtbot, tasks, Job("t", lambda _w, _o: keys, make))
    _press(dialog)
    qtbot.waitUntil(lambda: dialog.watch.asking)
    assert dialog.isVisible()
    assert sum(len(one.keys) for one in sent) == BATCH * 2
    assert dialog.watch.last_good() == BATCH * 2


def test_other_windows_ask_and_are_told_whether_it_was_printed(qtbot: QtBot, queue: Queue) -> None:
    """Mutant: a recovery sheet taken for kept although nobody printed it."""
    window = QWidget()
    qtbot.addWidget(window)
    answers = iter(("print", "cancel"))

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, PrintDialog) or dialog.looking:
            QTimer.singleShot(20, answer)
        elif next(answers) == "print":
            _press(dialog)
        else:
            dialog.reject()

    QTimer.singleShot(0, answer)
    assert print_pdf(window, _paper(2), "Recovery sheet")
    assert queue.pages() == [2]
    QTimer.singleShot(0, answer)
    assert not print_pdf(window, _paper(2), "Recovery sheet")
    assert queue.pages() == [2]


def test_a_calibration_is_remembered_for_its_printer_alone(ground: Ground) -> None:
    """Mutant: one value for every printer of the laptop."""
    chosen = Calibration(1.5, -2.0, 1.01, text_only=True)
    keep_calibration(ground.store, BY, "Office", chosen)
    assert calibration(ground.store, "Office") == chosen
    assert calibration(ground.store, "Canon_G2010") == Calibration()


def test_a_printer_without_a_queue_gets_every_page_at_its_own_size(
    qapp: object, tmp_path: Path
) -> None:
    """Mutant: a landscape page turned upright, or bands that do not meet."""
    from PySide6.QtPrintSupport import QPrinter

    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "out.pdf"))
    device.setResolution(150)
    assert paint(device, _paper(2))
    out = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(out) == 2
    for page in (out[0], out[1]):
        assert page.get_size() == pytest.approx((842, 595), abs=1.5)
        image = page.render(scale=1, grayscale=True)
        rows = bytes(image.buffer)
        line = 704  # points: the ruler 100 mm right of the middle runs over every band
        for row in range(25, 570):
            start = row * image.stride + line
            assert min(rows[start - 2 : start + 4]) < 235, row
        image.close()
    out.close()


def test_the_printers_of_the_queue_are_found_with_the_usual_one_first(queue: Queue) -> None:
    """Mutant: the order of the print system."""
    assert printers() == (Printer("Office", True, True), Printer("Canon_G2010", False, True))
