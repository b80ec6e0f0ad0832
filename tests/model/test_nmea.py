# SPDX-License-Identifier: Apache-2.0
"""What a satellite receiver says on its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.nmea import Sentences, fields


def sentence(words: str) -> bytes:
    """A sentence with its checksum."""
    total = 0
    for letter in words.encode():
        total ^= letter
    return f"${words}*{total:02X}\r\n".encode()


GGA = sentence("GPGGA,030501.00,1652.8072,N,09907.2204,E,1,09,0.9,412.5,M,-35.0,M,,")
LOST = sentence("GPGGA,030501.00,,,,,0,03,9.9,,M,,M,,")
RMC = sentence("GNRMC,030502.00,A,1652.8100,N,09907.2300,E,0.0,,201126,,,A")
GST = sentence("GNGST,030501.00,2.0,,,,3.0,4.0,6.0")


def test_a_fix_has_a_place_a_height_and_an_accuracy() -> None:
    heard = Sentences()
    assert heard.feed(GGA)
    position = heard.fix.position
    assert position is not None
    assert position.latitude == pytest.approx(16.8801200)
    assert position.longitude == pytest.approx(99.1203400)
    assert (position.altitude, position.accuracy) == (412.5, pytest.approx(4.5))
    assert heard.fix.satellites == 9


def test_the_error_the_receiver_itself_says_counts() -> None:
    heard = Sentences()
    heard.feed(GST + GGA)
    assert heard.fix.position is not None
    assert heard.fix.position.accuracy == 5.0


def test_a_receiver_that_has_not_found_itself_gives_no_place() -> None:
    heard = Sentences()
    heard.feed(GGA + LOST)
    assert heard.fix.position is None
    assert heard.fix.satellites == 3


def test_the_later_place_keeps_the_height_of_the_earlier() -> None:
    heard = Sentences()
    heard.feed(GGA + RMC)
    assert heard.fix.position is not None
    assert heard.fix.position.latitude == pytest.approx(16.8801667, abs=1e-6)
    assert heard.fix.position.altitude == 412.5


def test_a_wrong_checksum_counts_for_nothing() -> None:
    """Fails when the checksum is not compared: one flipped bit would move the house."""
    heard = Sentences()
    for place in range(1, len(GGA) - 5):
        broken = bytearray(GGA)
        broken[place] ^= 0x04
        heard.feed(bytes(broken))
    assert heard.fix.position is None
    assert fields(GGA.replace(b"*", b"")) is None


def test_pieces_of_any_length_give_the_same() -> None:
    heard = Sentences()
    for place in range(0, len(GGA), 7):
        heard.feed(GGA[place : place + 7])
    assert heard.fix.position is not None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=12))
def test_noise_is_passed_over(pieces: list[bytes]) -> None:
    heard = Sentences()
    for piece in pieces:
        heard.feed(piece)
    heard.feed(b"\r\n" + GGA)
    assert heard.fix.position is not None


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789.,NSEWAV-", max_size=70))
def test_sentences_of_nonsense_do_no_harm(words: str) -> None:
    heard = Sentences()
    for name in ("GPGGA", "GPRMC", "GPGST"):
        heard.feed(sentence(f"{name},{words}"))
    position = heard.fix.position
    assert position is None or (abs(position.latitude) <= 90 and abs(position.longitude) <= 180)
