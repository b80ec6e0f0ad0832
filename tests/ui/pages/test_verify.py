# SPDX-License-Identifier: Apache-2.0
"""The page on which certificates are checked, through its widgets, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.actions.proof import Verdict, qr_text
from desktop.actions.proof_list import export_list, lists
from desktop.i18n import use_language
from desktop.model.certificate import Certificate
from desktop.store.store import Store
from desktop.sync import issuer
from desktop.thai.keyboard import to_thai_layout
from desktop.ui.desk import Desk
from desktop.ui.pages.verify import VerifyPage
from desktop.ui.parts.verify_files import local_files
from desktop.ui.parts.verify_lists import VerifyLists
from desktop.ui.parts.verify_words import STATES, summary, told
from desktop.ui.tables.verify import PAGE
from tests.actions.office_ground import BY
from tests.actions.proof_ground import WORDS, forge, other_office, pdf_of
from tests.campaigns import degraded
from tests.ui.pages.verify_ground import issue, open_page, scan

NAME = WORDS.recipient


pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> VerifyPage:
    return open_page(qtbot, desk)


def void(store: Store, one: Certificate) -> None:
    with store.write(BY) as write:
        write.put("certificate", one.id, "w:event-1", status="void")


def test_a_scanned_certificate_is_shown_large_beside_its_verdict(
    page: VerifyPage, settled: Callable[[], None]
) -> None:
    """The mutant: a verdict without the content that is to be compared with the paper."""
    one = issue(page.desk)
    scan(page, qr_text(one.proof))
    settled()
    assert page.view.word.text() == "Genuine"
    assert page.view.name.text() == NAME
    assert page.view.course.text() == WORDS.subject
    assert "12/2569" in page.view._lines[0][1].text()
    assert "Not cancelled, as known on" in page.view.sentence.text()
    assert page.box.text() == ""
    assert page.box.hasFocus()


def test_the_thai_layout_does_not_matter(page: VerifyPage, settled: Callable[[], None]) -> None:
    """The mutant: the text of the box taken as it is."""
    digits = qr_text(issue(page.desk).proof)
    for text in (to_thai_layout(digits), "https://x.example.th/v#" + digits):
        scan(page, text)
        settled()
        assert page.view.word.text() == "Genuine"
    assert len(page.model.rows) == 2


def test_a_scanner_that_sends_no_enter_is_understood(
    page: VerifyPage, settled: Callable[[], None], qtbot: QtBot
) -> None:
    """The mutant: Enter alone. Half a code waits for its rest."""
    digits = qr_text(issue(page.desk).proof)
    scan(page, digits[:100], enter=False)
    page._resting.timeout.emit()
    assert page.box.text() == digits[:100]
    scan(page, digits[100:], enter=False)
    qtbot.waitUntil(lambda: bool(page.model.rows))
    settled()
    assert page.view.word.text() == "Genuine"


@pytest.mark.parametrize("outcome", ["altered", "unknown"])
def test_what_is_not_proven_is_never_shown_as_if_it_were(
    page: VerifyPage, settled: Callable[[], None], outcome: str
) -> None:
    """The mutant: one look for every content; a forger's name would stand there as ours does."""
    one, key = issue(page.desk), issuer.make_key()
    forged = (
        forge(one, recipient="นายปลอม แปลง")
        if outcome == "altered"
        else forge(one, key, key=issuer.Signer(key).key_id)
    )
    scan(page, forged)
    settled()
    assert page.view.head.property("tone") in ("red", "amber")
    assert "not proven" in page.view.asks.text()
    assert page.view.word.text() in ("False", "Not proven")
    assert "issued" not in page.view.sentence.text()


def test_a_certificate_that_is_voided_meanwhile_is_judged_anew(
    page: VerifyPage, settled: Callable[[], None]
) -> None:
    """The mutant: the verdict of a moment ago left standing."""
    one = issue(page.desk)
    scan(page, qr_text(one.proof))
    settled()
    void(page.desk.store, one)
    page.reload()
    settled()
    assert page.view.word.text() == "No longer valid"
    assert page.model.rows[0].verdict is not None
    assert page.model.rows[0].verdict.outcome == "revoked"


def _drop(page: VerifyPage, *paths: Path) -> None:
    _drop_data(page, _files(*paths))


def _files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def _drop_data(page: VerifyPage, data: QMimeData) -> None:
    page.dropEvent(
        QDropEvent(
            QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip


def test_a_dropped_batch_is_a_table_of_verdicts_with_the_bad_one_on_top(
    page: VerifyPage, settled: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    """The mutants: the first page's verdict for all; a page without a code left out."""
    good, bad = issue(page.desk, 1), issue(page.desk, 2)
    void(page.desk.store, bad)
    path = tmp_path / "batch.pdf"
    path.write_bytes(pdf_of([qr_text(good.proof)], [], [qr_text(bad.proof)]))
    _drop(page, path)
    assert page.progress.isVisible()
    qtbot.waitUntil(lambda: len(page.model.rows) == 3, timeout=20_000)
    settled()
    assert not page.progress.isVisible()
    outcomes = [row.verdict and row.verdict.outcome for row in page.model.rows]
    assert outcomes == ["genuine", None, "revoked"]
    assert [page.model.text(row, PAGE) for row in page.model.rows] == ["1", "2", "3"]
    assert page.view.word.text() == "No longer valid"
    assert page.tally.text() == "1 no longer valid · 1 page without a code · 1 genuine"
    QTest.keyClick(page.box, Qt.Key.Key_Up)
    assert page.view.word.text() == "No code"
    assert not page.table.isColumnHidden(PAGE)


def test_several_files_are_read_one_after_the_other_and_the_broken_one_is_told(
    page: VerifyPage, settled: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    """The mutants: several files dropped and nothing happens at all; one that cannot be read
    takes the verdicts of the others with it; pages that are counted anew in each file."""
    first, broken, last = (tmp_path / name for name in ("1.pdf", "2.png", "3.pdf"))
    good, bad = issue(page.desk, 1), issue(page.desk, 2)
    void(page.desk.store, bad)
    first.write_bytes(pdf_of([], [qr_text(good.proof)]))
    broken.write_bytes(b"nothing")
    last.write_bytes(pdf_of([qr_text(bad.proof)]))
    said: list[str] = []
    page.desk.trouble.connect(said.append)
    _drop(page, first, broken, last)
    qtbot.waitUntil(lambda: len(page.model.rows) == 3 and bool(said), timeout=20_000)
    settled()
    outcomes = [row.verdict and row.verdict.outcome for row in page.model.rows]
    assert outcomes == [None, "genuine", "revoked"]
    assert [page.model.text(row, PAGE) for row in page.model.rows] == ["1", "2", "3"]
    assert "1 of these files could not be read" in said[0]
    assert not page.progress.isVisible()


def test_a_folder_and_what_is_no_file_are_not_taken(page: VerifyPage, tmp_path: Path) -> None:
    """The mutant: a folder that is read as a file and ends in a sentence about copying it."""
    for data in (_files(tmp_path), _files(tmp_path / "gone.pdf"), QMimeData()):
        assert local_files(data) == ()
        _drop_data(page, data)
        assert not page.progress.isVisible()


def test_a_file_that_was_copied_is_pasted(
    page: VerifyPage, settled: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    """The mutant: its path in the box, which is "another code"."""
    path = tmp_path / "batch.pdf"
    path.write_bytes(pdf_of([qr_text(issue(page.desk).proof)]))
    data = _files(path)
    data.setText(str(path))
    QApplication.clipboard().setMimeData(data)
    QTest.keyClick(page.box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(page.model.rows), timeout=20_000)
    settled()
    assert page.box.text() == ""
    assert page.view.word.text() == "Genuine"


def test_a_picture_dragged_from_another_window_is_read(
    page: VerifyPage, settled: Callable[[], None], qtbot: QtBot
) -> None:
    """The mutant: files alone may be dropped."""
    ((paper, _box),) = degraded.printed([qr_text(issue(page.desk).proof)])
    data = QMimeData()
    data.setImageData(
        QImage(
            paper.tobytes(), paper.width, paper.height, paper.width,
            QImage.Format.Format_Grayscale8,
        ).copy()
    )  # fmt: skip
    _drop_data(page, data)
    qtbot.waitUntil(lambda: bool(page.model.rows), timeout=20_000)
    settled()
    assert page.view.word.text() == "Genuine"


def test_a_copied_picture_is_pasted_and_text_stays_text(
    page: VerifyPage, settled: Callable[[], None], qtbot: QtBot
) -> None:
    """The mutant: Ctrl+V for text alone; what comes by chat is a picture."""
    digits = qr_text(issue(page.desk).proof)
    ((paper, _box),) = degraded.printed([digits])
    rows = paper.tobytes()
    picture = QImage(
        rows, paper.width, paper.height, paper.width, QImage.Format.Format_Grayscale8
    ).convertToFormat(QImage.Format.Format_RGB32)
    QApplication.clipboard().setImage(picture)
    QTest.keyClick(page.box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(page.model.rows), timeout=20_000)
    settled()
    assert page.view.word.text() == "Genuine"
    QApplication.clipboard().setText("12345")
    QTest.keyClick(page.box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.box.text() == "12345"


def test_a_file_that_cannot_be_read_is_said_so(
    page: VerifyPage, settled: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"nothing")
    said: list[str] = []
    page.desk.trouble.connect(said.append)
    page.read_files((path,))
    qtbot.waitUntil(lambda: bool(said))
    assert "neither a picture nor a PDF" in said[0]
    assert not page.progress.isVisible()


def test_what_was_checked_is_forgotten_when_somebody_else_sits_down(
    page: VerifyPage, settled: Callable[[], None]
) -> None:
    """The mutant: a list of names that the next person finds."""
    scan(page, qr_text(issue(page.desk).proof))
    settled()
    assert page.model.rows
    page.desk.hand_over("facilitator-2")
    assert page.model.rows == ()
    assert page._stack.currentIndex() == 0


def test_a_reading_that_is_cleared_away_brings_nothing_back(
    page: VerifyPage, settled: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    """The mutant: the answer of a reading taken though nobody waits for it."""
    path = tmp_path / "batch.pdf"
    path.write_bytes(pdf_of([qr_text(issue(page.desk).proof)], []))
    page.read_files((path,))
    task = page._task
    assert task is not None
    page.clear()
    qtbot.waitUntil(lambda: task.over, timeout=20_000)
    settled()
    assert page.model.rows == ()


def test_the_table_keeps_the_rules_of_tables(
    page: VerifyPage, settled: Callable[[], None], qtmodeltester: ModelTester
) -> None:
    scan(page, qr_text(issue(page.desk).proof))
    settled()
    qtmodeltester.check(page.model)


def test_every_outcome_has_words_in_both_languages() -> None:
    for outcome in STATES:
        for code in ("th", "en"):
            use_language(code)
            words = told(Verdict(outcome, issuer="กรม"))
            assert words.word
            assert words.sentence
    assert summary([]) == ""


def test_another_office_s_list_is_taken_after_its_number_was_compared(
    page: VerifyPage, settled: Callable[[], None], tmp_path: Path
) -> None:
    """The mutant: the first list of a stranger taken with one click."""
    there = other_office(tmp_path / "there")
    one = issue(there)
    path = tmp_path / "there.samut-list"
    path.write_bytes(export_list(there.store, BY))
    there.store.close()

    dialog = VerifyLists(page, page.desk)
    dialog.open()
    dialog.take_file(path)
    settled()
    assert lists(page.desk.store) == ()
    assert "compare" in dialog._wrong.text()
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    settled()
    assert "สำนักงานอื่น" in dialog.kept.text()

    own = tmp_path / "own.samut-list"
    dialog.give_file(own)
    settled()
    assert issuer.read_list(own.read_bytes()).source == "office-1"
    dialog.reject()

    scan(page, qr_text(one.proof))
    settled()
    assert page.view.sentence.text().startswith("สำนักงานอื่น issued this certificate.")
