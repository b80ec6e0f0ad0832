# SPDX-License-Identifier: Apache-2.0
"""Photographs and signatures on a page: not encoded again, and without what a camera hides.

A JPEG goes into the file as its own scan: only the segments that say how to read it are kept, so
the place where a photograph was taken (EXIF), its thumbnail and its comments do not travel with
the report. A PNG keeps its pixels; what is transparent in it stays transparent. A picture that
nobody can read is a frame that says so, because a report of a frozen record must always print.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, Literal

from reportlab.pdfbase import pdfdoc

from desktop.printing.box import Box, Style, set_in
from desktop.printing.document import Document, numbers

_SHADE: Final = (0.945, 0.945, 0.955)
_SOFT: Final = (0.36, 0.36, 0.42)
_KEPT_SEGMENTS: Final = frozenset((0xC4, 0xDA, 0xDB, 0xDD, 0xEE))
"""Huffman tables, the scan, quantisation, restart interval, Adobe's word about the colours."""
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BASELINE: Final = frozenset((0xC0, 0xC1, 0xC2))
_ALONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))
_TURNED: Final[dict[int, tuple[float, float, float, float, float, float]]] = {
    # EXIF orientation: what maps the unit square of the stored picture to the upright one.
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_SIDEWAYS: Final = 5
_MOST_PIXELS: Final = 60_000_000


class _Unreadable(Exception):
    """The bytes are no picture that can be printed; met inside this module only."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """A picture as PDF wants it: the stream, its entries, and how it is turned upright."""

    content: bytes
    entries: tuple[tuple[str, Any], ...]
    width: int
    height: int
    turned: int = 1
    mask: bytes | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was looked into once; ``ratio`` is width over height as it is seen."""

    name: str
    ratio: float
    stored: _Stored | None
    """None for one that cannot be read."""


def read_picture(data: bytes) -> Picture:
    """Look into the bytes of a JPEG or PNG. Never raises: see the card of the module."""
    name = f"picture{hashlib.sha256(data).hexdigest()[:24]}"
    try:
        stored = _jpeg(data) if data.startswith(b"\xff\xd8") else _decoded(data)
    except (_Unreadable, IndexError, struct.error):
        return Picture(name, 4 / 3, None)
    ratio = stored.width / stored.height
    return Picture(name, 1 / ratio if stored.turned >= _SIDEWAYS else ratio, stored)


def draw_picture(document: Document, picture: Picture, box: Box) -> None:
    """Draw it in the middle of ``box``, as large as it fits, its sides in proportion."""
    stored = picture.stored
    if stored is None:
        canvas = document.canvas
        canvas.setFillColorRGB(*_SHADE)
        canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)
        canvas.setFillColorRGB(*_SOFT)
        set_in(canvas, box, Style(10, 5, 2, "centre"), "เปิดภาพนี้ไม่ได้")
        return
    place_picture(document, picture, box)


def place_picture(
    document: Document,
    picture: Picture,
    box: Box,
    fit: Literal["contain", "cover", "stretch"] = "contain",
    *,
    foot: bool = False,
) -> None:
    """Draw a picture that can be read: whole in ``box``, over all of it, or stretched to it.

    ``foot`` puts it on the lower edge instead of in the middle.
    """
    stored = picture.stored
    if stored is None:
        return
    canvas = document.canvas
    width, height = box.width, box.height
    if fit != "stretch":
        larger = max if fit == "cover" else min
        width = larger(box.width, box.height * picture.ratio)
        height = width / picture.ratio
    x = box.x + (box.width - width) / 2
    y = box.y + (0 if foot else (box.height - height) / 2)
    _embed(document, picture.name, stored)
    a, b, c, d, e, f = _TURNED[stored.turned]
    matrix = (a * width, b * height, c * width, d * height, e * width + x, f * height + y)
    clip = ""
    if fit == "cover":
        clip = f"{numbers(box.x, box.y, box.width, box.height)} re W n "
    canvas._code.append(f"q {clip}{numbers(*matrix)} cm /{pdfdoc.xObjectName(picture.name)} Do Q")
    canvas._formsinuse.append(picture.name)


def _embed(document: Document, name: str, stored: _Stored) -> None:
    """Put the picture into the document, once, however often it is drawn."""
    book = document.canvas._doc
    if pdfdoc.xObjectName(name) in book.idToObject:
        return
    entries = dict(stored.entries)
    if stored.mask is not None:
        mask = _image(
            stored.mask,
            {"Filter": "/FlateDecode", "ColorSpace": "/DeviceGray", "BitsPerComponent": 8},
            stored,
        )
        entries["SMask"] = book.Reference(mask, f"mask:{name}")
    book.Reference(_image(stored.content, entries, stored), pdfdoc.xObjectName(name))


def _image(content: bytes, entries: dict[str, Any], stored: _Stored) -> Any:
    stream = pdfdoc.PDFStream(content=content)
    size = {"Width": stored.width, "Height": stored.height}
    named = {"Type": "/XObject", "Subtype": "/Image", **size, **entries}
    for key, value in named.items():
        stream.dictionary[key] = value
    return stream


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment of a JPEG; a scan ends where the next marker is."""
    place = 2
    while True:
        if data[place] != 0xFF:
            raise _Unreadable
        while data[place + 1] == 0xFF:
            place += 1
        marker = data[place + 1]
        if marker == 0xD9:
            return
        if marker in _ALONE:
            place += 2
            continue
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == 0xDA:
            end = _after_scan(data, end)
        if end > len(data) or end < place + 4:
            raise _Unreadable
        yield marker, place, end
        place = end


def _after_scan(data: bytes, place: int) -> int:
    """Where the coded data that begin at ``place`` end: at a marker that is not inside them."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            raise _Unreadable
        following = data[place + 1]
        if following and not 0xD0 <= following <= 0xD7:
            return place
        place += 2


def _jpeg(data: bytes) -> _Stored:
    kept = [b"\xff\xd8"]
    shape: tuple[int, int, int] | None = None
    turned = 1
    for marker, start, end in _segments(data):
        if marker in _FRAMES:
            if marker not in _BASELINE or data[start + 4] != 8:
                return _decoded(data)
            height, width, parts = struct.unpack(">HHB", data[start + 5 : start + 10])
            shape = (width, height, parts)
        elif marker == 0xE1 and data[start + 4 : start + 10] == b"Exif\0\0":
            turned = _orientation(data[start + 10 : end])
        if marker in _KEPT_SEGMENTS or marker in _FRAMES:
            kept.append(data[start:end])
    if shape is None or not shape[0] or not shape[1]:
        raise _Unreadable
    width, height, parts = shape
    if width * height > _MOST_PIXELS:
        raise _Unreadable
    if parts not in (1, 3):
        return _decoded(data)  # four inks: the page is sRGB
    space = "/DeviceGray" if parts == 1 else "/DeviceRGB"
    entries = (("Filter", "/DCTDecode"), ("ColorSpace", space), ("BitsPerComponent", 8))
    return _Stored(b"".join((*kept, b"\xff\xd9")), entries, width, height, turned)


def _orientation(exif: bytes) -> int:
    """The orientation, 1 to 8, that a TIFF block names; 1 when it names none or is damaged."""
    order = {b"II": "little", b"MM": "big"}.get(exif[:2])
    if order is None:
        return 1
    number = int.from_bytes
    first = number(exif[4:8], order)  # type: ignore[arg-type]  # one of the two words
    for index in range(number(exif[first : first + 2], order)):  # type: ignore[arg-type]
        entry = exif[first + 2 + 12 * index :][:12]
        if len(entry) < 12:
            return 1
        if number(entry[:2], order) == 0x0112:  # type: ignore[arg-type]
            value = number(entry[8:10], order)  # type: ignore[arg-type]
            return value if value in _TURNED else 1
    return 1


def _decoded(data: bytes) -> _Stored:
    """The pixels of a picture of any kind, packed without loss."""
    from PIL import Image, ImageOps

    # Of a PNG the size stands in its first bytes: a picture that unpacks to gigabytes stays shut.
    sides = struct.unpack(">II", data[16:24])
    if data.startswith(b"\x89PNG") and sides[0] * sides[1] > _MOST_PIXELS:
        raise _Unreadable
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
            opened.load()
            picture = ImageOps.exif_transpose(opened)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise _Unreadable from fault
    mask = None
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        mask = zlib.compress(picture.getchannel("A").tobytes())
    grey = picture.mode in ("1", "L", "I;16", "I", "F", "LA")
    if picture.mode in ("I;16", "I"):
        picture = picture.point(lambda value: value / 257)
    picture = picture.convert("L" if grey else "RGB")
    entries = (
        ("Filter", "/FlateDecode"),
        ("ColorSpace", "/DeviceGray" if grey else "/DeviceRGB"),
        ("BitsPerComponent", 8),
    )
    return _Stored(zlib.compress(picture.tobytes()), entries, *picture.size, mask=mask)


__all__ = ["Picture", "draw_picture", "place_picture", "read_picture"]
