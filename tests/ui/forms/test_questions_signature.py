# SPDX-License-Identifier: Apache-2.0
"""Signatures, and what stands for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.actions.attachment import content
from desktop.i18n import _
from desktop.ui.forms.pad import SignaturePad
from desktop.ui.forms.photo_making import _written
from desktop.ui.forms.questions.signature import SignatureQuestion
from desktop.ui.forms.questions.text import TextQuestion
from desktop.ui.forms.strokes import LONGEST, Stroke, picture, width_at
from tests.ui.forms.asking import Asked, asked, press
from tests.ui.forms.test_photo_making import image_of

__all__ = ["asked"]
SIGN = 'upload mediatype="image/*" appearance="signature"/>'
_PEN = QPointingDevice(
    "pen", 1, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
    QInputDevice.Capability.Pressure | QInputDevice.Capability.Position, 1, 1,
)  # fmt: skip


@pytest.fixture(autouse=True)
def short_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pen need not rest a second for a signature to be whole."""
    monkeypatch.setattr("desktop.ui.forms.questions.signature._REST", 60)


def sign(pad: SignaturePad, left: int = 60) -> None:
    """One stroke with the mouse."""
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(left, 90))
    for step in range(1, 30):
        QTest.mouseMove(pad, QPoint(left + 4 * step, 90 + (step % 7) * 5))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(left + 120, 90))


def pen(pad: SignaturePad, kind: QEvent.Type, x: float, y: float, pressure: float) -> None:
    """One event of a pen, which the pad must take: what it leaves, Qt sends on as a mouse's."""
    at = QPointF(x, y)
    event = QTabletEvent(
        kind, _PEN, at, pad.mapToGlobal(at), pressure, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
    )  # fmt: skip
    QApplication.sendEvent(pad, event)
    assert event.isAccepted()


def test_a_signature_is_sealed_as_a_small_trimmed_picture(asked: Asked) -> None:
    question = asked.ask(SIGN, "binary").of(SignatureQuestion)
    sign(question.pad)
    asked.until(lambda: asked.value().endswith(".png"))
    kept = QImage.fromData(content(asked.ground.store, asked.value()))
    assert max(kept.width(), kept.height()) <= LONGEST
    # Trimmed: a stroke of 120 by 30 is no square of paper.
    assert kept.height() < kept.width()
    assert kept.isGrayscale()
    shades = {kept.pixelColor(x, y).lightness() for x in range(0, kept.width(), 2)
              for y in range(0, kept.height(), 2)}  # fmt: skip
    assert min(shades) < 60
    assert max(shades) == 255


def test_the_pen_presses_and_the_mouse_does_not() -> None:
    assert width_at(1.0) > width_at(0.2)
    assert width_at(0.0) == width_at(-1.0)
    soft, hard = Stroke(), Stroke()
    for step in range(20):
        soft.add(QPointF(10 + 8 * step, 20), 0.1)
        hard.add(QPointF(10 + 8 * step, 20), 1.0)
    assert picture([hard]).height() == picture([soft]).height()

    def ink(stroke: Stroke) -> int:
        image = picture([stroke])
        middle = image.width() // 2
        return sum(image.pixelColor(middle, y).lightness() < 128 for y in range(image.height()))

    assert ink(hard) > ink(soft)


def test_a_pen_signs_with_its_pressure(asked: Asked) -> None:
    """Fails when the pen's stroke is counted twice, as Qt sends it on as a mouse's."""
    question = asked.ask(SIGN, "binary").of(SignatureQuestion)
    pen(question.pad, QEvent.Type.TabletPress, 50, 60, 0.4)
    for step in range(1, 20):
        pen(question.pad, QEvent.Type.TabletMove, 50 + 6 * step, 60 + step, 0.4 + step / 40)
    pen(question.pad, QEvent.Type.TabletRelease, 170, 80, 0.0)
    assert question.pad.strokes == 1
    assert max(question.pad._strokes[0].pressures) > 0.8
    asked.until(lambda: bool(asked.value()))


def test_a_trembling_hand_gives_no_more_points_than_it_moves() -> None:
    stroke = Stroke()
    assert stroke.add(QPointF(0, 0), 0)
    assert not stroke.add(QPointF(0.5, 0.5), 0)
    assert stroke.add(QPointF(3, 0), 0)


def test_the_last_stroke_is_taken_back_with_a_key(asked: Asked) -> None:
    question = asked.ask(SIGN, "binary").of(SignatureQuestion)
    sign(question.pad)
    sign(question.pad, 220)
    assert question.pad.strokes == 2
    press(question.pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert question.pad.strokes == 1
    press(question.pad, Qt.Key.Key_Backspace)
    assert question.pad.strokes == 0
    assert asked.value() == ""


def test_the_whole_is_kept_when_the_pen_rests_again(asked: Asked) -> None:
    """Fails when only the first stroke of a name is in the store."""
    question = asked.ask(SIGN, "binary").of(SignatureQuestion)
    sign(question.pad)
    asked.until(lambda: bool(asked.value()))
    first = asked.value()
    sign(question.pad, 300)
    asked.until(lambda: asked.value() not in ("", first))
    kept = QImage.fromData(content(asked.ground.store, asked.value()))
    assert kept.width() / kept.height() > 3


def test_leaving_at_once_keeps_the_signature(asked: Asked) -> None:
    question = asked.ask(SIGN, "binary").of(SignatureQuestion)
    sign(question.pad)
    question.leave()
    asked.until(lambda: bool(asked.value()))


def test_signing_again_can_be_taken_back(asked: Asked) -> None:
    question = asked.ask(SIGN, "binary").of(SignatureQuestion)
    sign(question.pad)
    asked.until(lambda: bool(asked.value()))
    name = asked.value()
    press(question.pad, Qt.Key.Key_Delete)
    assert asked.value() == ""
    asked.view.undo()
    assert asked.value() == name
    assert question.pad._shown is not None


def test_a_draft_opened_again_shows_the_signature(asked: Asked) -> None:
    first = asked.ask(SIGN, "binary").of(SignatureQuestion)
    sign(first.pad)
    asked.until(lambda: bool(asked.value()))
    again = asked.ask(SIGN, "binary", asked.value()).of(SignatureQuestion)
    asked.until(lambda: again.pad._shown is not None)
    sign(again.pad)
    assert again.pad.strokes == 0


@pytest.fixture
def print_on_paper(tmp_path: Path) -> Path:
    """The picture of a thumb print."""
    made = tmp_path / "thumb.png"
    made.write_bytes(_written(image_of(300, 400), "PNG", -1))
    return made


def test_a_thumb_print_needs_its_witness(asked: Asked, print_on_paper: Path) -> None:
    """Fails when a mark is kept that nobody saw made."""
    question = asked.ask(SIGN, "binary").of(SignatureQuestion)
    question.thumb.click()
    marks = question.marks
    marks.keep.click()
    assert marks.wrong.text() == _("Choose the picture of the thumb print first.")
    marks.take_file(print_on_paper)
    asked.until(lambda: marks._print is not None)
    marks.keep.click()
    assert marks.wrong.text() == _("Write the name of the witness.")
    assert asked.value() == ""
    marks.witness.setText("นางบุญมี แซ่ลี")
    marks.keep.click()
    asked.until(lambda: bool(asked.value()))
    kept = QImage.fromData(content(asked.ground.store, asked.value()))
    assert kept.isGrayscale()
    # The print, and two lines of words under it.
    assert kept.height() > 380
    assert question.pad.isVisible()


def test_where_the_form_asks_for_the_witness_it_is_not_asked_twice(
    asked: Asked, print_on_paper: Path
) -> None:
    asked.show(
        '<upload ref="/data/first" mediatype="image/*" appearance="signature"><label>ผู้เยี่ยม</label>'
        '</upload><input ref="/data/sign_how"><label>อย่างไร</label></input>'
        '<upload ref="/data/a" mediatype="image/*" appearance="signature"><label>ล</label>'
        '</upload><input ref="/data/witness_name"><label>พยาน</label></input>',
        "<first/><sign_how>thumb</sign_how><a/><witness_name/>",
        '<bind nodeset="/data/a" type="binary"/><bind nodeset="/data/first" type="binary"/>'
        '<bind nodeset="/data/sign_how" type="string"/>'
        '<bind nodeset="/data/witness_name" type="string"/>',
    )
    question = asked.of(SignatureQuestion)
    # The form said before that a thumb print is given, of this signature alone.
    assert question.marks.isVisible()
    assert question.thumb.isHidden()
    assert asked.of(SignatureQuestion, "first").marks.isHidden()
    assert question.marks.witness.isHidden() or not question.marks.witness.isVisible()
    question.marks.take_file(print_on_paper)
    asked.until(lambda: question.marks._print is not None)
    question.marks.keep.click()
    asked.until(lambda: bool(asked.value()))


def test_a_form_that_asks_how_it_is_signed_is_followed_at_once(asked: Asked) -> None:
    """Fails when the paper stays although the answer before says thumb."""
    asked.show(
        '<input ref="/data/sign_how"><label>อย่างไร</label></input>'
        '<upload ref="/data/a" mediatype="image/*" appearance="signature"><label>ล</label>'
        "</upload>",
        "<sign_how>sign</sign_how><a/>",
        '<bind nodeset="/data/a" type="binary"/><bind nodeset="/data/sign_how" type="string"/>',
    )
    question = asked.of(SignatureQuestion)
    assert question.pad.isVisible()
    how = asked.of(TextQuestion, "sign_how")
    how.commit("thumb")
    asked.until(lambda: question.marks.isVisible())
    assert question.pad.isHidden()
    how.commit("sign")
    asked.until(lambda: question.pad.isVisible())


def test_whoever_cannot_sign_is_recorded_with_the_reason(asked: Asked) -> None:
    """The way of the keyboard: no pointer is needed."""
    question = asked.ask(SIGN, "binary").of(SignatureQuestion)
    question.unable.setFocus()
    press(question.unable, Qt.Key.Key_Space)
    marks = question.marks
    marks.keep.click()
    assert marks.wrong.text() == _("Choose the reason first.")
    press(marks.reason, Qt.Key.Key_Down)
    marks.witness.setText("นางบุญมี")
    press(marks.keep, Qt.Key.Key_Space)
    asked.until(lambda: bool(asked.value()))
    kept = QImage.fromData(content(asked.ground.store, asked.value()))
    assert kept.width() == LONGEST
    asked.view.undo()
    assert asked.value() == ""


def test_going_back_to_signing_changes_nothing(asked: Asked) -> None:
    question = asked.ask(SIGN, "binary").of(SignatureQuestion)
    question.thumb.click()
    assert question.pad.isHidden()
    question.marks.cancel.click()
    assert question.pad.isVisible()
    assert asked.value() == ""


def test_a_frozen_record_is_not_signed(asked: Asked) -> None:
    question = asked.ask(SIGN, "binary", bind='readonly="true()"').of(SignatureQuestion)
    sign(question.pad)
    assert question.pad.strokes == 0
    assert question.thumb.isHidden()


def test_a_finger_signs_as_the_mouse_does(asked: Asked) -> None:
    """Fails when touch is taken by somebody else, so that a tablet cannot sign."""
    question = asked.ask(SIGN, "binary").of(SignatureQuestion)
    finger = QTest.createTouchDevice()
    QTest.touchEvent(question.pad, finger).press(0, QPoint(60, 90), question.pad)
    for step in range(1, 12):
        QTest.touchEvent(question.pad, finger).move(
            0, QPoint(60 + 8 * step, 90 + step), question.pad
        )
    QTest.touchEvent(question.pad, finger).release(0, QPoint(150, 100), question.pad)
    assert question.pad.strokes == 1
    assert len(question.pad._strokes[0].points) > 5
