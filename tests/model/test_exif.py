# SPDX-License-Identifier: Apache-2.0
"""What a camera wrote beside the picture, and bytes that only look so."""

from __future__ import annotations

import struct
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.exif import read_exif
from tests.model.camera import exif_block, jpeg_around


@pytest.mark.parametrize("order", ["<", ">"])
def test_place_and_time_of_a_photograph_are_read(order: str) -> None:
    taken = read_exif(jpeg_around(exif_block(order=order)))
    assert taken.position is not None
    assert taken.position.latitude == pytest.approx(16.880111, abs=1e-6)
    assert taken.position.longitude == pytest.approx(99.120333, abs=1e-6)
    assert taken.position.altitude == pytest.approx(412.5)
    assert taken.position.accuracy == pytest.approx(8.0)
    assert taken.at == datetime(2026, 11, 20, 9, 30, 5)  # noqa: DTZ001 - cameras know no zone


def test_south_and_west_are_negative() -> None:
    taken = read_exif(jpeg_around(exif_block(north="S", east="W")))
    assert taken.position is not None
    assert taken.position.latitude < 0
    assert taken.position.longitude < 0


def test_png_and_webp_say_it_too() -> None:
    block = exif_block()
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(block)) + b"eXIf" + block + b"0000"
    webp = b"RIFF\0\0\0\0WEBPEXIF" + struct.pack("<I", len(block)) + block
    for data in (png, webp):
        assert read_exif(data).position is not None


def test_a_photograph_without_it_says_nothing() -> None:
    for data in (b"", b"\xff\xd8\xff\xd9", b"GIF89a", jpeg_around(b"MM\0*")):
        assert read_exif(data).position is None


def test_a_cut_off_block_says_nothing_wrong() -> None:
    """Fails when a length is trusted that reaches out of the file."""
    whole = jpeg_around(exif_block())
    right = read_exif(whole).position
    for end in range(len(whole)):
        found = read_exif(whole[:end]).position
        assert found is None or found.latitude == right.latitude  # type: ignore[union-attr]


def test_a_directory_that_points_at_itself_ends() -> None:
    block = bytearray(exif_block())
    block[4:8] = struct.pack("<I", 8)
    assert read_exif(jpeg_around(bytes(block))) is not None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_bytes_do_no_harm(data: st.DataObject) -> None:
    block = bytearray(jpeg_around(exif_block(order=data.draw(st.sampled_from("<>")))))
    for _change in range(data.draw(st.integers(1, 8))):
        block[data.draw(st.integers(2, len(block) - 1))] = data.draw(st.integers(0, 255))
    position = read_exif(bytes(block)).position
    assert position is None or (abs(position.latitude) <= 90 and abs(position.longitude) <= 180)
