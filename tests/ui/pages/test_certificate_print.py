# SPDX-License-Identifier: Apache-2.0
"""Certificates printed, saved and printed once more, over a real store."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.actions.certificate_list import certificate_list, page_of
from desktop.ui.desk import Desk
from desktop.ui.pages.certificate import Certificates
from desktop.ui.parts.certificate_dialogs import NameDialog
from desktop.ui.parts.certificate_job import batch_pdf
from tests.actions.office_ground import Ground
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


def test_a_saved_pdf_is_noted_once_and_a_second_one_asks_for_a_reason(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: saving without noting it, or noting it again without a reason."""
    import pypdfium2

    issue(qtbot, page, settled)
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


def test_what_the_printer_took_is_in_the_register_and_nothing_else(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, queue: Queue
) -> None:
    """Mutant: noting all that were chosen although the printer went away."""
    issue(qtbot, page, settled)
    queue.breaks_after(0)
    dialog = open_print(qtbot, page, page.print.trigger)
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._wrong.isVisible())
    settled()
    assert printed(ground) == [0, 0, 0, 0]
    queue.mended()
    dialog.pages.setText("๑-๒")
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
    form = dialog.calibration
    assert form is not None
    dialog.pages.setText("1")
    go(qtbot, page, dialog)
    settled()
    dialog = open_print(qtbot, page, page.print.trigger)
    settled()
    form = dialog.calibration
    assert form is not None
    form.text_only.setChecked(True)
    form.right.setText("๒.๕")
    dialog.pages.setText("1")
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
    again = open_print(qtbot, page, page.facts.again.click)
    again.reasons.pick.set_value("misspelt")
    go(qtbot, page, again)
    settled()
    with ground.store.read() as conn:
        prints = register.prints(conn, line.certificate.id)
    assert [one.reason for one in prints] == ["", "สะกดชื่อผิด"]
    assert [one.wording.recipient for one in prints if one.wording] == [
        "นายกานดา ใจดี",
        "นายกานดา ใจดียิ่ง",
    ]


def test_a_batch_that_is_stopped_goes_on_at_its_page(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: a cancel that leaves half a file, or notes pages that were never made."""
    issue(qtbot, page, settled)
    held = certificate_list(ground.store, ground.event.id)
    assert held is not None
    place = tmp_path / "certificates.pdf"
    page.doing.save_to(place, held, page.issued)
    page.progress.cancelled.emit()
    qtbot.waitUntil(lambda: page.hurdle.isVisible() or place.exists())
    settled()
    if page.hurdle.isVisible():  # stopped before the first page
        assert not place.exists()
        assert printed(ground) == [0, 0, 0, 0]
        QTest.mouseClick(page.hurdle.way_out, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(place.exists)
    settled()
    settled()
    assert printed(ground) == [1, 1, 1, 0]


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
