# SPDX-License-Identifier: Apache-2.0
"""Saving certificates, through the window: shapes, names, reasons, and the signature's set-up."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.pages.certificate import Certificates
from desktop.ui.parts.export_dialog import ExportDialog
from desktop.ui.parts.signer_dialog import SignerDialog
from tests.actions.office_ground import Ground
from tests.ui.pages.certificate_ground import Settled, finish_event, issue, open_page, printed


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> Certificates:
    """Three who came to everything, issued, and one who came once."""
    finish_event(ground)
    made = open_page(qtbot, desk, ground, settled)
    issue(qtbot, made, settled)
    return made


def _open(page: Certificates) -> ExportDialog:
    page.save.trigger()
    dialog = page.doing.dialog
    assert isinstance(dialog, ExportDialog)
    return dialog


def _choose(dialog: ExportDialog, shape: str) -> None:
    """Choose a shape as a key in the list does."""
    dialog.shape.set_value(shape)
    dialog.shape.chose.emit(shape)


def test_a_folder_with_names_is_chosen_by_keyboard_and_counts_as_printed(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Mutants: names although nobody ticked them; files the register knows nothing of."""
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(folder))
    dialog = _open(page)
    assert not dialog.named.isVisible(), "one file has one name"
    _choose(dialog, "folder")
    assert dialog.named.isVisible()
    assert not dialog.named.isChecked()
    dialog.pages.setText("๑-๒")
    assert "2" in dialog.verb.text()
    dialog.named.setFocus()
    QTest.keyClick(dialog.named, Qt.Key.Key_Space)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.doing.dialog is None)
    settled()
    assert sorted(path.name for path in folder.iterdir()) == [
        "2569-0001 นายกานดา ใจดี.pdf",
        "2569-0002 นายขจร แก้วมณี.pdf",
    ]
    assert printed(ground) == [1, 1, 0, 0]


def test_those_saved_before_need_a_reason_and_it_is_kept(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Mutant: copies by the dozen, because a file is no paper."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "c.zip"), ""))
    for turn in range(2):
        dialog = _open(page)
        _choose(dialog, "zip")
        dialog.which.set_value("all")
        dialog.which.chose.emit("all")
        dialog.pages.setText("1")
        assert dialog.reasons.isVisible() == bool(turn)
        if turn:
            QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
            assert dialog._wrong.isVisible()
            dialog.reasons.pick.set_value("lost")
        QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page.doing.dialog is None)
        settled()
    assert printed(ground) == [2, 0, 0, 0]


def test_a_signature_is_set_up_where_it_is_wanted_and_put_on_the_file(
    qtbot: QtBot, page: Certificates, settled: Settled, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Mutants: a tick that signs nothing; a signature made before the file was whole."""
    place = tmp_path / "c.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(place), ""))
    dialog = _open(page)
    settled()
    QTest.mouseClick(dialog.sign, Qt.MouseButton.LeftButton)
    asked = dialog.findChild(SignerDialog)
    assert isinstance(asked, SignerDialog)
    settled()
    assert asked.name.plain() == "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก"
    QTest.mouseClick(asked.verb, Qt.MouseButton.LeftButton)
    settled()
    settled()
    assert dialog.sign.isChecked()
    assert "ศูนย์พัฒนาราษฎร" in dialog.signer.text()
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.doing.dialog is None, timeout=15_000)
    content = place.read_bytes()
    fields = pypdf.PdfReader(io.BytesIO(content)).get_fields()
    assert fields is not None
    assert fields["Signature"]["/FT"] == "/Sig"
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 3
    assert "1/2569" in document[0].get_textpage().get_text_bounded()
    document.close()


def test_leaving_the_set_up_takes_the_tick_away(
    qtbot: QtBot, page: Certificates, settled: Settled
) -> None:
    """Mutant: a tick that stays, and files that are not signed after all."""
    dialog = _open(page)
    settled()
    QTest.mouseClick(dialog.sign, Qt.MouseButton.LeftButton)
    asked = dialog.findChild(SignerDialog)
    assert isinstance(asked, SignerDialog)
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    settled()
    assert not dialog.sign.isChecked()
    dialog.reject()


def test_every_choice_can_be_reached_and_has_a_name(page: Certificates) -> None:
    """Mutant: a control that a screen reader calls "button"."""
    dialog = _open(page)
    _choose(dialog, "folder")
    for part in (
        dialog.which, dialog.order, dialog.pages, dialog.shape, dialog.named, dialog.sign,
        dialog.set_up, dialog.verb,
    ):  # fmt: skip
        assert part.accessibleName() or part.property("text"), part
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert dialog.minimumHeight() <= 614
    dialog.reject()
