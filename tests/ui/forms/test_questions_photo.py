# SPDX-License-Identifier: Apache-2.0
"""Photographs and other files as answers."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from desktop.actions.attachment import content
from desktop.i18n import _
from desktop.model.exif import read_exif
from desktop.ui.forms import camera
from desktop.ui.forms.photo_making import _written
from desktop.ui.forms.questions.file import FileQuestion
from desktop.ui.forms.questions.photo import PhotoQuestion
from desktop.ui.forms.questions.place import PlaceQuestion
from tests.model.camera import exif_block, jpeg_around
from tests.ui.forms.asking import Asked, asked, press
from tests.ui.forms.test_photo_making import HOSTILE, image_of

__all__ = ["asked"]
PHOTO = 'upload mediatype="image/*"/>'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A photograph with a place in it, under a name that says too much."""
    made = tmp_path / "บ้านนางสมศรี 1-9999-00001-01-1.jpg"
    made.write_bytes(jpeg_around(exif_block(), _written(image_of(2400, 1200), "JPG", 90)))
    return made


def test_a_photograph_is_sealed_small_and_named_by_its_content(asked: Asked, file: Path) -> None:
    """Fails when the file's own name or its place gets into the answer or the store."""
    question = asked.ask(PHOTO, "binary").of(PhotoQuestion)
    question.take_file(file)
    asked.until(lambda: bool(asked.value()))
    name = asked.value()
    assert name.endswith(".jpg")
    assert len(name) == 64 + 4
    kept = content(asked.ground.store, name)
    assert read_exif(kept).position is None
    assert QImage.fromData(kept).width() == 1600
    assert question.frame.image is not None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    "name",
    [
        "..\\..\\x.jpg",
        "CON.jpg",
        "a:b.jpg",
        "x\u202egpj.exe",
        "เก\u0e4d\u0e32.jpg",
        "ยาว" * 27 + ".jpg",
    ],
)
def test_no_name_a_file_was_given_goes_any_further(
    asked: Asked, tmp_path: Path, file: Path, name: str
) -> None:
    """Row 25 of the trust list. Fails when any part of the name gets into answer or profile."""
    odd = tmp_path / "given" / name
    odd.parent.mkdir()
    odd.write_bytes(file.read_bytes())
    before = {path for path in tmp_path.rglob("*") if "profile" not in path.parts}
    question = asked.ask(PHOTO, "binary").of(PhotoQuestion)
    question.take_file(odd)
    asked.until(lambda: bool(asked.value()))
    assert re.fullmatch(r"[0-9a-f]{64}\.jpg", asked.value())
    made = {path for path in tmp_path.rglob("*") if "profile" not in path.parts}
    assert made == before
    inside = [path.name for path in (tmp_path / "profile").rglob("*")]
    assert not any(odd.stem[:6] in one for one in inside)


def test_the_form_decides_how_large_it_may_be(asked: Asked, file: Path) -> None:
    question = asked.ask(PHOTO, "binary", bind='orx:max-pixels="640"').of(PhotoQuestion)
    question.take_file(file)
    asked.until(lambda: bool(asked.value()))
    assert QImage.fromData(content(asked.ground.store, asked.value())).width() == 640


def test_removing_can_be_taken_back(asked: Asked, file: Path) -> None:
    question = asked.ask(PHOTO, "binary").of(PhotoQuestion)
    question.take_file(file)
    asked.until(lambda: bool(asked.value()))
    name = asked.value()
    press(question.frame, Qt.Key.Key_Delete)
    assert asked.value() == ""
    assert question.frame.image is None
    asked.view.undo()
    assert asked.value() == name
    asked.until(lambda: question.frame.image is not None)


def test_a_draft_opened_again_shows_its_photograph(asked: Asked, file: Path) -> None:
    first = asked.ask(PHOTO, "binary").of(PhotoQuestion)
    first.take_file(file)
    asked.until(lambda: bool(asked.value()))
    again = asked.ask(PHOTO, "binary", asked.value()).of(PhotoQuestion)
    asked.until(lambda: again.frame.image is not None)


@pytest.mark.parametrize("name", ["text", "svg", "heic", "huge"])
def test_a_hostile_file_is_refused_beside_the_question(
    asked: Asked, tmp_path: Path, name: str
) -> None:
    bad = tmp_path / "photo.jpg"
    bad.write_bytes(HOSTILE[name])
    question = asked.ask(PHOTO, "binary").of(PhotoQuestion)
    question.take_file(bad)
    asked.until(lambda: question._notice is not None and bool(question._notice.text()))
    assert asked.value() == ""


def test_a_file_dropped_on_the_frame_is_taken(asked: Asked, file: Path) -> None:
    question = asked.ask(PHOTO, "binary").of(PhotoQuestion)
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.org/x.jpg")])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(9, 9), copy, held, left, none)
    QApplication.sendEvent(question.frame, enter)
    assert enter.isAccepted()
    question.frame.dropEvent(QDropEvent(QPointF(9, 9), copy, held, left, none))
    asked.until(lambda: bool(asked.value()))


def test_a_picture_on_the_clipboard_is_pasted(asked: Asked) -> None:
    question = asked.ask(PHOTO, "binary").of(PhotoQuestion)
    press(question.frame, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    question.paste.click()
    assert question._notice is not None
    assert question._notice.text() == _("There is no picture on the clipboard. Copy one first.")
    QGuiApplication.clipboard().setImage(image_of())
    question.paste.click()
    asked.until(lambda: bool(asked.value()))


def test_the_place_of_a_photograph_is_used_only_when_asked(asked: Asked, file: Path) -> None:
    """Fails when a photograph moves the house by itself."""
    asked.show(
        '<upload ref="/data/a" mediatype="image/*"><label>ภาพ</label></upload>'
        '<input ref="/data/gps"><label>พิกัด</label></input>',
        "<a/><gps/>",
        '<bind nodeset="/data/a" type="binary"/><bind nodeset="/data/gps" type="geopoint"/>',
    )
    question = asked.of(PhotoQuestion)
    question.take_file(file)
    asked.until(lambda: bool(asked.value()))
    assert asked.value("gps") == ""
    assert question.place.isVisible()
    question.place.click()
    assert asked.value("gps").startswith("16.8801111 99.1203333 412.5")
    assert asked.of(PlaceQuestion, "gps").line.text() == "16.88011, 99.12033 ± 8 ม."
    asked.view.undo()
    assert asked.value("gps") == ""


def test_without_a_question_for_it_the_place_is_not_offered(asked: Asked, file: Path) -> None:
    question = asked.ask(PHOTO, "binary").of(PhotoQuestion)
    question.take_file(file)
    asked.until(lambda: bool(asked.value()))
    assert question.place.isHidden()


def test_without_a_camera_none_is_offered(asked: Asked, tmp_path: Path) -> None:
    question = asked.ask(PHOTO, "binary").of(PhotoQuestion)
    assert camera.camera(str(tmp_path)) is None
    assert question.take.isHidden() == (camera.camera() is None)


def test_the_camera_hands_its_picture_through_a_pipe(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program of the system is stood in for; the rest is real."""
    picture = tmp_path / "seen.jpg"
    picture.write_bytes(_written(image_of(), "JPG", 90))
    program = tmp_path / "fswebcam"
    program.write_text(f"#!/bin/sh\ncat {picture}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "video0").touch()
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin:/bin")
    found = camera.camera(str(tmp_path))
    assert found is not None
    question = asked.ask(PHOTO, "binary").of(PhotoQuestion)
    question._camera = found
    question._dress()
    question.take.click()
    asked.until(lambda: bool(asked.value()))
    picture.unlink()
    question.take.click()
    asked.until(lambda: question._notice is not None and bool(question._notice.text()))


def test_a_frozen_record_takes_no_picture(asked: Asked, file: Path) -> None:
    question = asked.ask(PHOTO, "binary", bind='readonly="true()"').of(PhotoQuestion)
    question.take_file(file)
    assert question.choose.isHidden()
    assert asked.value() == ""


def test_a_letter_as_pdf_is_kept_as_it_is(asked: Asked, tmp_path: Path) -> None:
    question = asked.ask('upload mediatype="application/*"/>', "binary").of(FileQuestion)
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7\nhello\n%%EOF\n")
    question.take_file(letter)
    asked.until(lambda: asked.value().endswith(".pdf"))
    assert content(asked.ground.store, asked.value()) == letter.read_bytes()
    question.drop.click()
    assert asked.value() == ""


@pytest.mark.parametrize(
    ("media", "data"),
    [("application/*", b"MZ\x90\0"), ("audio/*", b"%PDF-1.7\n"), ("video/*", b"ID3\x04\0\0")],
)
def test_a_file_of_a_wrong_kind_is_refused(
    asked: Asked, tmp_path: Path, media: str, data: bytes
) -> None:
    question = asked.ask(f'upload mediatype="{media}"/>', "binary").of(FileQuestion)
    bad = tmp_path / "letter.pdf"
    bad.write_bytes(data)
    question.take_file(bad)
    asked.until(lambda: question._notice is not None and bool(question._notice.text()))
    assert asked.value() == ""


def test_a_press_on_the_frame_asks_for_a_file(
    asked: Asked, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Space and the mouse do the same; the dialog of the system is stood in for."""
    from PySide6.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(file), ""))
    question = asked.ask(PHOTO, "binary").of(PhotoQuestion)
    press(question.frame, Qt.Key.Key_Space)
    asked.until(lambda: bool(asked.value()))
    asked.qtbot.mouseClick(question.frame, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    asked.until(lambda: question._task is None)
