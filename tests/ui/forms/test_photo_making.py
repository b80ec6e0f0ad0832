# SPDX-License-Identifier: Apache-2.0
"""From whatever file was given to the picture that is kept."""

from __future__ import annotations

import os
import random
import struct
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from desktop.model.exif import read_exif
from desktop.ui.forms.photo_making import (
    NotAPhoto,
    _written,
    make_photo,
    photo_of_image,
    read_file,
)
from tests.model.camera import exif_block, jpeg_around


def image_of(width: int = 400, height: int = 300, *, noise: bool = False) -> QImage:
    """A picture: red above, blue below, or noise that no encoder makes small."""
    made = QImage(width, height, QImage.Format.Format_RGB32)
    if noise:
        made.bits()[:] = os.urandom(made.sizeInBytes())  # type: ignore[index]
        return made
    made.fill(QColor("blue"))
    painter = QPainter(made)
    painter.fillRect(0, 0, width, height // 2, QColor("red"))
    painter.end()
    return made


def turned(block: bytes, orientation: int) -> bytes:
    """The Exif block of a camera held on its side: the first directory says so."""
    head = struct.pack("<HHI", 0x0112, 3, 1) + struct.pack("<HH", orientation, 0)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + head + b"\0\0\0\0"


def test_nothing_of_the_file_given_comes_along() -> None:
    """Fails when the picture is saved with its texts, or the file is kept as it came."""
    image = image_of()
    image.setText("Description", "secret village")
    given = jpeg_around(exif_block(), _written(image, "JPG", 90))
    assert read_exif(given).position is not None
    photo = make_photo(given)
    assert photo.data[:3] == b"\xff\xd8\xff"
    assert b"Exif" not in photo.data
    assert b"secret" not in photo.data
    assert read_exif(photo.data).position is None
    assert photo.taken.position is not None
    back = QImage.fromData(photo.data)
    assert not back.textKeys()


def test_a_large_picture_is_made_small() -> None:
    photo = make_photo(_written(image_of(2600, 1300, noise=True), "JPG", 95), 1600)
    assert (photo.width, photo.height) == (1600, 800)
    assert len(photo.data) <= 300_000


def test_a_photo_brings_a_thumbnail_and_a_tiny_picture_none() -> None:
    """Fails when the thumbnail's size is only wished for: noise is the hardest picture."""
    for noise in (True, False):
        photo = make_photo(_written(image_of(2600, 1300, noise=noise), "JPG", 95), 1600)
        if len(photo.data) > 12_000:
            assert 0 < len(photo.thumb) <= 12_000
            small = QImage.fromData(photo.thumb)
            assert max(small.width(), small.height()) <= 320
            assert abs(small.width() / small.height() - 2) < 0.1
        else:
            assert photo.thumb == b""
    assert make_photo(_written(image_of(40, 30), "PNG", -1)).thumb == b""


def test_a_small_picture_stays_as_large_as_it_is() -> None:
    photo = make_photo(_written(image_of(320, 200), "PNG", -1), 1600)
    assert (photo.width, photo.height) == (320, 200)
    assert photo.mime == "image/jpeg"


def test_a_camera_held_on_its_side_gives_an_upright_picture() -> None:
    """Fails when the orientation is dropped with the rest and not applied."""
    given = jpeg_around(turned(b"", 6), _written(image_of(), "JPG", 90))
    photo = make_photo(given)
    assert (photo.width, photo.height) == (300, 400)
    back = QImage.fromData(photo.data)
    assert back.pixelColor(250, 200).red() > 200


def test_a_clear_ground_becomes_white() -> None:
    clear = QImage(64, 64, QImage.Format.Format_ARGB32)
    clear.fill(QColor(0, 0, 0, 0))
    back = QImage.fromData(make_photo(_written(clear, "PNG", -1)).data)
    assert back.pixelColor(30, 30).lightness() > 250


def test_a_picture_of_the_clipboard_is_made_the_same_way() -> None:
    photo = photo_of_image(image_of(2000, 1000), 800)
    assert QSize(photo.width, photo.height) == QSize(800, 400)
    with pytest.raises(NotAPhoto):
        photo_of_image(QImage())


def huge_png() -> bytes:
    """A PNG whose head promises 60,000 by 60,000 dots."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body
            + struct.pack(">I", zlib.crc32(kind + body))
        )  # fmt: skip

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 100_000)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


HOSTILE = {
    "empty": b"",
    "text": b"hello, I am a picture",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;",
    "pdf": b"%PDF-1.7\n",
    "zip": b"PK\x03\x04" + b"\0" * 60,
    "tiff": b"II*\0\x08\0\0\0\0\0",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0",
    "huge": huge_png(),
    "riff": b"RIFF\xff\xff\xff\xffWAVEfmt ",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_is_no_picture_is_refused_with_a_sentence(name: str) -> None:
    """Fails when a decoder is chosen by anything but the first bytes (SVG opens files)."""
    with pytest.raises(NotAPhoto) as told:
        make_photo(HOSTILE[name])
    assert len(str(told.value)) > 20


def test_a_picture_that_was_cut_off_is_refused() -> None:
    """Fails when half a photograph is kept with a grey half."""
    whole = _written(image_of(800, 600), "JPG", 90)
    with pytest.raises(NotAPhoto):
        make_photo(whole[: len(whole) // 2])


def test_only_one_decoder_sees_a_file() -> None:
    """A file that begins as PNG is never given to the decoder of SVG, whatever follows."""
    data = b"\x89PNG\r\n\x1a\n<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    with pytest.raises(NotAPhoto):
        make_photo(data)
    assert QImageReader.allocationLimit() > 0


def test_a_folder_or_a_file_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.jpg"):
        with pytest.raises(NotAPhoto):
            read_file(path)


@pytest.mark.qt_log_level_fail("CRITICAL")
@pytest.mark.parametrize("kind", ["JPG", "PNG", "BMP", "WEBP"])
def test_broken_bytes_are_a_picture_or_a_sentence(kind: str) -> None:
    """A hundred damaged files of each kind: nothing else comes of them. Seeded, so it stays."""
    chance = random.Random(25)
    whole = _written(image_of(120, 90), kind, -1)
    for _file in range(100):
        broken = bytearray(whole)
        for _change in range(chance.randint(1, 12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            photo = make_photo(bytes(broken[: chance.randint(20, len(broken))]))
        except NotAPhoto:
            continue
        assert max(photo.width, photo.height) <= 1600
