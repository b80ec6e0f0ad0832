# SPDX-License-Identifier: Apache-2.0
"""The print dialog at a real queue: what is offered, a printer that stops, going on, leaving."""

from __future__ import annotations

from typing import Final

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.actions.calibration import Calibration
from desktop.printing.calibration import grid_pdf
from desktop.ui import cups as programs
from desktop.ui.parts.calibration_form import CalibrationDialog
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.parts.print_form import tray_word
from desktop.ui.parts.print_job import Job, Sent
from desktop.ui.parts.printing import DeskMemory
from desktop.ui.pdf import Pages, joined
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import Ground
from tests.ui.cups import PrintSystem
from tests.ui.pages.certificate_ground import Settled

KEYS: Final = tuple(str(number) for number in range(1, 51))


def _make(some: tuple[str, ...], at: Calibration) -> bytes:
    """A page a key, each with its own number on it (as the size of the test page)."""
    return joined([grid_pdf((210, 297), shift_mm=(int(key), at.up)) for key in some])


def _job(count: int = 50) -> Job:
    return Job("t", lambda _w, _o: KEYS[:count], _make, label=lambda key: f"เลขที่ {key}")


def _open(qtbot: QtBot, tasks: Tasks, job: Job) -> tuple[PrintDialog, list[Sent]]:
    dialog = PrintDialog(None, tasks, job)
    qtbot.addWidget(dialog)
    sent: list[Sent] = []
    dialog.sent.connect(sent.append)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog.looking)
    qtbot.waitUntil(lambda: dialog.form.tray.count() > 1)
    return dialog, sent


def _numbers(cups: PrintSystem) -> list[list[int]]:
    """The keys on the pages of each job that came out."""
    found = []
    for job in cups.sink.jobs:
        document = pypdfium2.PdfDocument(job.pdf)
        words = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
        document.close()
        found.append([int(text.split("เลื่อนขวา")[1].split("มม.")[0]) for text in words])
    return found


def test_a_jam_is_said_and_the_rest_begins_after_the_last_good_sheet(
    qtbot: QtBot, tasks: Tasks, cups: PrintSystem
) -> None:
    """Mutants: a bar that waits for ever; a sheet lost or doubled where it went on; copies of
    the jobs that waited coming out once more.
    """
    cups.sink.off()
    dialog, sent = _open(qtbot, tasks, _job())
    dialog.form.tray.set_value("2Tray")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Office" in dialog.watch.heard.text(), timeout=15_000)
    assert not dialog.form.isVisible()
    cups.ask("cupsdisable", "-r", "jammed", "Office")
    qtbot.waitUntil(lambda: dialog.watch.asking, timeout=15_000)
    cups.wait(lambda: programs.unfinished("Office") == frozenset())
    cups.sink.on()
    dialog.watch.good.setText("๗")
    assert dialog.watch._which.text() == "เลขที่ 7"
    assert "8" in dialog.verb.text()
    dialog.watch.good.setText("51")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog._wrong.isVisible()
    dialog.watch.good.setText("7")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=15_000)
    cups.wait(lambda: sum(len(job) for job in _numbers(cups)) >= 43)
    assert [number for job in _numbers(cups) for number in job] == list(range(8, 51))
    assert all("SET TRAY = Tray2" in job.orders for job in cups.sink.jobs)
    again = [one for one in sent if one.reason]
    assert {key for one in again for key in one.keys} == set(KEYS[7:40])
    assert {one.reason for one in again} == {"พิมพ์เสีย/หมึก/กระดาษติด"}
    assert {key for one in sent for key in one.keys} == set(KEYS)


def test_whoever_leaves_when_all_was_sent_leaves_the_printer_alone(
    qtbot: QtBot, tasks: Tasks, cups: PrintSystem
) -> None:
    """Mutant: a window that is closed, and the paper with it."""
    cups.sink.off()
    dialog, sent = _open(qtbot, tasks, _job(3))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(sent) and dialog.stay.isVisible(), timeout=15_000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=15_000)
    assert dialog.result() == PrintDialog.DialogCode.Accepted
    waiting = programs.unfinished("Office")
    assert waiting is not None
    assert len(waiting) == 1


def test_what_a_printer_offers_is_chosen_in_words_of_the_office(
    qtbot: QtBot, tasks: Tasks, cups: PrintSystem
) -> None:
    """Mutant: choices that belong to the printer shown before."""
    dialog, _sent = _open(qtbot, tasks, _job(3))
    trays = [dialog.form.tray.itemText(n) for n in range(dialog.form.tray.count())]
    assert "ถาด 2" in trays or "Tray 2" in trays
    assert dialog.form.sides.count() == 3
    assert dialog.form._tray_field.isVisible()
    dialog.form.printer.set_value("Canon_G2010")
    dialog.form.printer.chose.emit("Canon_G2010")
    qtbot.waitUntil(lambda: not dialog.form._tray_field.isVisible())
    dialog.form.copies.setText("๒")
    assert "6" in dialog.verb.text()
    assert dialog.form.collate.isVisible()
    dialog.form.sides.set_value("book")
    dialog.form.sides.chose.emit("book")
    assert "4" in dialog.verb.text(), "two sheets a copy"
    dialog.form.pause.setText("x")
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert dialog._wrong.isVisible()
    dialog.reject()


@pytest.mark.parametrize(
    ("tray", "number"), [("1Tray", "1"), ("Tray3", "3"), ("Cassette-2", "2"), ("tray-4", "4")]
)
def test_trays_are_called_by_their_number(tray: str, number: str) -> None:
    """Mutant: "1Tray" shown to a clerk."""
    assert tray_word(tray).endswith(number)
    assert tray_word(tray) != tray
    assert tray_word("Photo") == "Photo"


def test_the_position_is_adjusted_step_by_step_and_kept_for_the_tray(
    qtbot: QtBot, tasks: Tasks, cups: PrintSystem, ground: Ground, desk: object, settled: Settled
) -> None:
    """Mutants: values of the bypass kept for the cassette; a test page from another tray; what
    was measured on the second page added to the first.
    """
    from desktop.actions.calibration import calibration
    from desktop.ui.desk import Desk

    assert isinstance(desk, Desk)
    sizes: list[Calibration] = []

    def grid(at: Calibration) -> bytes:
        sizes.append(at)
        return grid_pdf((297, 210), shift_mm=(at.right, at.up), scale=at.scale)

    job = Job("t", lambda _w, _o: KEYS[:1], _make, grid=grid, size=(297, 210))
    dialog = PrintDialog(None, desk.tasks, job, memory=DeskMemory(desk, desk))
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.form.tray.count() > 1)
    dialog.form.tray.set_value("MultiTray")
    dialog.form.tray.chose.emit("MultiTray")
    settled()
    QTest.mouseClick(dialog.form.adjust, Qt.MouseButton.LeftButton)
    places = dialog.calibrator
    assert isinstance(places, CalibrationDialog)
    for left, right in (("21.5", -1.5), ("๒๐.๒", -1.7)):
        QTest.mouseClick(places.test, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: places.test.isEnabled())
        assert not places.left.text()
        places.left.setText(left)
        places.top.setText("20")
        places.left.textEdited.emit(left)
        assert float(places.right.text()) == pytest.approx(right, abs=0.01)
    assert [round(at.right, 2) for at in sizes] == [0, -1.5]
    cups.wait(lambda: len(cups.sink.jobs) == 2)
    assert all("SET TRAY = BYPASS" in job.orders for job in cups.sink.jobs)
    with Pages(cups.sink.jobs[0].pdf) as pages:
        assert len(pages) == 1
    QTest.mouseClick(places.verb, Qt.MouseButton.LeftButton)
    settled()
    assert calibration(ground.store, "Office", "MultiTray").right == pytest.approx(-1.7)
    assert calibration(ground.store, "Office", "1Tray") == Calibration()
    assert "1.7" in dialog.form.place.text()
    dialog.reject()
