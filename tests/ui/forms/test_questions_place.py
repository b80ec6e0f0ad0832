# SPDX-License-Identifier: Apache-2.0
"""Places: typed, pasted, of a photograph, of a satellite receiver."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui.forms import serial_line
from desktop.ui.forms.photo_making import _written
from desktop.ui.forms.questions.place import PlaceQuestion
from tests.model.camera import exif_block, jpeg_around
from tests.model.test_nmea import GGA, GST, LOST, sentence
from tests.ui.forms.asking import Asked, asked, put
from tests.ui.forms.test_photo_making import image_of

__all__ = ["asked"]
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="terminals are of POSIX")


@pytest.fixture
def question(asked: Asked) -> PlaceQuestion:
    """The question for a place."""
    return asked.ask("input", "geopoint").of(PlaceQuestion)


def test_a_typed_place_is_kept_as_odk_keeps_it(asked: Asked, question: PlaceQuestion) -> None:
    put(question.line, "๑๖.๘๘๐๑๒, ๙๙.๑๒๐๓๔")
    question.leave()
    assert asked.value().split()[:2] == ["16.88012", "99.12034"]
    assert len(asked.value().split()) == 4
    assert question.line.text() == "16.88012, 99.12034"
    assert question.far.isHidden()


def test_leaving_an_unchanged_place_gives_no_new_answer(
    asked: Asked, question: PlaceQuestion
) -> None:
    """Fails when ``0`` and ``0.0`` count as two answers, and each visit writes to the journal."""
    put(question.line, "16.88012, 99.12034")
    question.leave()
    given: list[str] = []
    question.answered.connect(given.append)
    question.leave()
    question.leave()
    assert given == []


def test_half_a_place_is_told_and_the_line_stays(asked: Asked, question: PlaceQuestion) -> None:
    put(question.line, "16.88")
    question.leave()
    assert asked.value() == ""
    assert question.message
    assert question.line.text() == "16.88"


def test_a_place_far_away_is_kept_and_warned_of(asked: Asked, question: PlaceQuestion) -> None:
    put(question.line, "35.6, 139.7")
    question.leave()
    assert asked.value().startswith("35.6 139.7")
    assert question.far.isVisible()


def test_a_link_of_a_map_is_pasted(asked: Asked, question: PlaceQuestion) -> None:
    QGuiApplication.clipboard().setText("https://www.google.com/maps/@16.88012,99.12034,17z")
    question.paste.click()
    assert asked.value().startswith("16.88012 99.12034")
    asked.view.undo()
    assert asked.value() == ""
    QGuiApplication.clipboard().setText("สวัสดี")
    question.paste.click()
    assert question._notice is not None
    assert "16.88012" in question._notice.text()


def test_a_photograph_gives_its_place_and_is_not_kept(
    asked: Asked, question: PlaceQuestion, tmp_path: Path
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(jpeg_around(exif_block(), _written(image_of(), "JPG", 90)))
    question.take_photo(photo)
    asked.until(lambda: bool(asked.value()))
    assert asked.value().startswith("16.8801111 99.1203333 412.5 8")
    photo.write_bytes(_written(image_of(), "JPG", 90))
    question.take_photo(photo)
    asked.until(lambda: question._notice is not None and bool(question._notice.text()))
    assert question._notice is not None
    assert question._notice.text() == _("This picture does not say where it was taken.")


def test_without_a_receiver_it_is_said(question: PlaceQuestion) -> None:
    question.lines = lambda: ()  # type: ignore[method-assign]
    question.listen.click()
    assert question._notice is not None
    assert question._notice.text() == _(
        "No receiver is plugged in. Plug one in, or type the place."
    )


class Plug:
    """A receiver at the other end of a terminal of the system."""

    def __init__(self) -> None:
        self.talks, self._hears = os.openpty()
        self.name = os.ttyname(self._hears)

    def say(self, *sentences: bytes) -> None:
        """Send sentences."""
        os.write(self.talks, b"".join(sentences))

    def close(self) -> None:
        """Pull the plug."""
        for end in (self.talks, self._hears):
            if end >= 0:
                os.close(end)
        self.talks = self._hears = -1


@pytest.fixture
def plug() -> Iterator[Plug]:
    """A receiver that can be pulled."""
    made = Plug()
    yield made
    made.close()


@on_posix
def test_a_receiver_gives_its_surest_place(
    asked: Asked, question: PlaceQuestion, plug: Plug
) -> None:
    """Through a real terminal. Fails when the last place counts instead of the surest one."""
    question.lines = lambda: (plug.name,)  # type: ignore[method-assign]
    question.listen.click()
    plug.say(b"\x00\xffnoise\r\n", LOST)
    asked.until(lambda: "3" in question.heard.text())
    assert question.use.isHidden()
    plug.say(GST, GGA)
    asked.until(lambda: not question.use.isHidden())
    assert "± 5" in question.heard.text()
    far = "GPGGA,030503.00,1652.9999,N,09907.9999,E,1,04,6.0,412.5,M,-35.0,M,,"
    plug.say(sentence("GPGST,030503.00,40,,,,30.0,40.0,60.0"), sentence(far))
    asked.until(lambda: "± 50" in question.heard.text())
    question.use.click()
    assert asked.value().startswith("16.88012 99.12034 412.5 5")
    assert question.heard.isHidden()


@on_posix
def test_a_receiver_that_is_pulled_out_is_told(
    asked: Asked, question: PlaceQuestion, plug: Plug
) -> None:
    question.lines = lambda: (plug.name,)  # type: ignore[method-assign]
    question.listen.click()
    plug.say(GGA)
    asked.until(lambda: not question.use.isHidden())
    plug.close()
    asked.until(lambda: question._notice is not None and bool(question._notice.text()))
    assert question.heard.isHidden()


@on_posix
def test_another_section_stops_the_listening(
    asked: Asked, question: PlaceQuestion, plug: Plug
) -> None:
    """Fails when a thread goes on reading a line nobody looks at."""
    question.lines = lambda: (plug.name,)  # type: ignore[method-assign]
    question.listen.click()
    receiver = question._receiver
    assert receiver is not None
    question.hide()
    assert not receiver.listening
    assert question._receiver is None


@on_posix
def test_a_line_that_does_not_exist_is_a_sentence() -> None:
    with (
        pytest.raises(Problem),
        serial_line.open_line("/dev/no-such-line", 4800),
    ):
        pass


def test_the_lines_of_a_computer_are_found(tmp_path: Path) -> None:
    if sys.platform != "win32":
        for name in ("ttyUSB1", "ttyUSB0", "ttyACM0", "ttyS0", "video0"):
            (tmp_path / name).touch()
        found = serial_line.lines(str(tmp_path))
        assert [Path(line).name for line in found] == ["ttyUSB0", "ttyUSB1", "ttyACM0"]
