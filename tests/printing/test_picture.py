# SPDX-License-Identifier: Apache-2.0
"""Pictures on a page: their scan untouched, what a camera hides in them gone, upright."""

from __future__ import annotations

import io
import struct
import zlib
from itertools import product

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageOps

from desktop.printing.box import Box
from desktop.printing.document import A4, Document
from desktop.printing.picture import draw_picture, read_picture
from tests.printing.visits import images_of, jpeg, signature_png


def _page(data: bytes, times: int = 1) -> bytes:
    document = Document(A4, title="x")
    for _each in range(times):
        draw_picture(document, read_picture(data), Box(0, 0, 320, 320))
    return document.save()


def _raw(pdf: bytes) -> bytes:
    ((picture,),) = images_of(pdf)
    return picture["raw"]


def _scan(data: bytes) -> bytes:
    return data[data.index(b"\xff\xda") :]


def test_a_jpeg_keeps_its_scan_byte_for_byte() -> None:
    """Mutant: encoding it again, which makes a photograph worse each time it is printed."""
    for options in ({}, {"progressive": True}, {"subsampling": 0}):
        photo = jpeg(3, **options)
        raw = _raw(_page(photo))

        assert _scan(raw) == _scan(photo)
        seen, meant = (Image.open(io.BytesIO(each)).tobytes() for each in (raw, photo))
        assert seen == meant


def test_where_a_photograph_was_taken_does_not_travel_with_the_report() -> None:
    """Mutant: putting the file into the report as it is, EXIF and all (PDPA; item 20)."""
    exif = Image.Exif()
    exif[0x010F] = "MAKER-OF-CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (16.0, 46.0, 16.0), 3: "E", 4: (98.0, 59.0, 15.0)})
    photo = jpeg(4, exif=exif, comment=b"A-COMMENT")
    assert b"MAKER-OF-CAMERA" in photo
    assert b"A-COMMENT" in photo
    trailed = photo + b"A-SECOND-PICTURE"

    pdf = _page(trailed)

    for hidden in (b"Exif", b"MAKER-OF-CAMERA", b"A-COMMENT", b"A-SECOND-PICTURE"):
        assert hidden not in pdf


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photograph_stands_upright_whichever_way_the_camera_was_held(turn: int) -> None:
    """Mutant: any wrong number in the table of the eight ways."""
    picture = Image.new("RGB", (64, 32), "white")
    for x, y in product(range(20), range(10)):
        picture.putpixel((x, y), (255, 0, 0))
        picture.putpixel((63 - x, y), (0, 0, 255))
    exif = Image.Exif()
    exif[0x0112] = turn
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, exif=exif)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(out.getvalue()))).convert("RGB")
    wide = upright.width > upright.height

    with pypdfium2.PdfDocument(_page(out.getvalue())) as opened:
        shown = opened[0].render(scale=1).to_pil().convert("RGB")
    bottom = shown.height
    left, top, size = (0, bottom - 240, (320, 160)) if wide else (80, bottom - 320, (160, 320))
    cut = shown.crop((left, top, left + size[0], top + size[1])).resize(upright.size)

    for x, y in product((0.1, 0.9), repeat=2):
        place = (int(x * upright.width), int(y * upright.height))
        for one, two in zip(cut.getpixel(place), upright.getpixel(place), strict=True):
            assert abs(one - two) < 60


def test_a_signature_lets_the_paper_through() -> None:
    """Mutant: a transparent PNG set on black or white."""
    document = Document(A4, title="x")
    document.canvas.setFillColorRGB(1, 1, 0)
    document.canvas.rect(0, 0, 320, 320, stroke=0, fill=1)
    draw_picture(document, read_picture(signature_png()), Box(0, 0, 120, 40))
    with pypdfium2.PdfDocument(document.save()) as opened:
        shown = opened[0].render(scale=1).to_pil().convert("RGB")

    assert shown.getpixel((3, shown.height - 3)) == (255, 255, 0)
    inked = shown.crop((0, shown.height - 40, 120, shown.height))
    places = product(range(inked.width), range(inked.height))
    assert any(inked.getpixel(place)[0] < 120 for place in places)


def test_a_picture_drawn_twice_is_in_the_file_once() -> None:
    """Mutant: embedding it at every drawing makes a report of one emblem a page huge."""
    photo = jpeg(5)

    assert len(_page(photo, 9)) < len(_page(photo)) + 600


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_kind_of_picture_is_drawn_in_colours_that_pdf_a_allows(mode: str) -> None:
    """Mutant: four inks on a page whose output intent is sRGB."""
    picture = Image.new(mode, (40, 30))
    out = io.BytesIO()
    picture.save(out, "JPEG" if mode == "CMYK" else "PNG")
    pdf = _page(out.getvalue())
    ((stored,),) = images_of(pdf)
    assert stored["space"] in ("/DeviceRGB", "/DeviceGray")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []


def test_a_picture_of_four_inks_keeps_its_colour() -> None:
    """Mutant: its scan handed on as if it had three; some readers show it all the same."""
    out = io.BytesIO()
    Image.new("CMYK", (40, 30), (0, 255, 255, 0)).save(out, "JPEG", quality=95)
    pdf = _page(out.getvalue())
    with pypdfium2.PdfDocument(pdf) as opened:
        shown = opened[0].render(scale=1).to_pil().convert("RGB")

    assert not _raw(pdf).startswith(b"\xff\xd8")
    red, green, blue = shown.getpixel((160, shown.height - 160))
    assert red > 180
    assert green < 100
    assert blue < 100


def _wide() -> bytes:
    """Ten kilobytes that unpack to eighty million pixels."""
    out = io.BytesIO()
    Image.new("1", (10_000, 8_000)).save(out, "PNG")
    return out.getvalue()


def _bomb() -> bytes:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk
        + struct.pack(">I", zlib.crc32(chunk))
    )  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8", b"\xff\xd8\xff\xe0", jpeg(6)[:200], b"not a picture", _bomb(), _wide(),
     signature_png()[:60], b"\xff\xd8\xff\xda\x00\x08", b"\xff\xd8\xff\xc0\x00\x01\x08"],
)  # fmt: skip
def test_a_damaged_picture_is_a_frame_that_says_so(data: bytes) -> None:
    """Mutant: an exception, which would keep a whole report from printing for ever; opening what
    unpacks to ten gigabytes."""
    pdf = _page(data)
    with pypdfium2.PdfDocument(pdf) as opened:
        assert "เปิดภาพนี้ไม่ได้" in opened[0].get_textpage().get_text_range()
