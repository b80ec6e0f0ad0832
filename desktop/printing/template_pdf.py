# SPDX-License-Identifier: Apache-2.0
"""A page of somebody else's PDF as a picture on ours: its lines stay lines, its text stays text.

PDFium reads whatever there is and writes the one page as plain objects (no object streams, no
encryption); those are read here and written into our document as one form. Only what the page
draws with is taken: no annotations, no actions, no metadata.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
import zlib
from dataclasses import dataclass
from typing import Any, Final, Literal

from reportlab.pdfbase import pdfdoc

from desktop.printing.box import Box
from desktop.printing.document import Document, numbers
from desktop.printing.pdfium import ONE_AT_A_TIME

_TOKEN: Final = re.compile(
    rb"\s*(?:%[^\r\n]*\s*)*"
    rb"(<<|>>|\[|\]|\(|<[0-9A-Fa-f\s]*>|/[^\s()<>\[\]{}/%]*"
    rb"|\d+\s+\d+\s+R(?![^\s()<>\[\]{}/%])|[^\s()<>\[\]{}/%]+)"
)
_ENTRY: Final = re.compile(rb"(\d{10}) \d{5} ([nf])")
_DROPPED: Final = frozenset(("Metadata", "PieceInfo", "StructParent", "StructParents", "OC",
                             "LastModified", "Parent"))  # fmt: skip
_DEEPEST: Final = 60
_LONGEST: Final = 64 * 1024 * 1024
"""Bytes of what draws the page, unpacked."""
_DRAWN: Final = 5_000
"""Pixels on the longer side of a page that is drawn: A4 at 300 dots an inch has 3,508."""
_INHERITED: Final = ("Resources", "MediaBox", "CropBox", "Rotate")


class _Strange(Exception):
    """The bytes are no PDF that can be taken over; met inside this module only."""


@dataclass(frozen=True, slots=True)
class _Link:
    """A reference to an object by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class _Plain:
    """A number, a string, a word: as it is written."""

    said: str


@dataclass(frozen=True, slots=True)
class _Stream:
    entries: dict[str, Any]
    content: bytes


@dataclass(frozen=True, slots=True, eq=False)
class PdfPage:
    """The first page of a PDF; ``ratio`` is width over height as it is seen."""

    name: str
    ratio: float
    box: tuple[float, float, float, float]
    turned: int
    content: bytes
    resources: Any
    objects: dict[int, Any]


def read_pdf_page(data: bytes) -> PdfPage | None:
    """Look into the bytes of a PDF; None when nobody can read them."""
    import pypdfium2

    try:
        with ONE_AT_A_TIME:
            given = pypdfium2.PdfDocument(data)
            made = pypdfium2.PdfDocument.new()
            made.import_pages(given, [0])
            held = io.BytesIO()
            made.save(held)
            made.close()
            given.close()
        return _page(held.getvalue(), f"page{hashlib.sha256(data).hexdigest()[:24]}")
    except (pypdfium2.PdfiumError, _Strange, ValueError, IndexError, KeyError, TypeError,
            zlib.error, RecursionError):  # fmt: skip
        return None


def pdf_page_drawn(data: bytes) -> bytes | None:
    """The first page of a PDF as a PNG, for one that cannot be taken over: 300 dots an inch, and
    fewer for a page larger than A3."""
    import pypdfium2

    try:
        with ONE_AT_A_TIME:
            given = pypdfium2.PdfDocument(data)
            page = given[0]
            scale = min(300 / 72, _DRAWN / max(*page.get_size(), 1.0))
            image = page.render(scale=scale).to_pil().convert("RGB")
            given.close()
    except (pypdfium2.PdfiumError, ValueError, IndexError, MemoryError):
        return None
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def place_pdf_page(
    document: Document, page: PdfPage, box: Box, fit: Literal["contain", "cover", "stretch"]
) -> None:
    """Draw a page whole in ``box``, over all of it, or stretched to it; never beyond it."""
    width, height = box.width, box.height
    if fit != "stretch":
        larger = max if fit == "cover" else min
        width = larger(box.width, box.height * page.ratio)
        height = width / page.ratio
    x, y = box.x + (box.width - width) / 2, box.y + (box.height - height) / 2
    document.archival = False
    _embed(document, page)
    left, bottom, right, top = page.box
    wide, high = right - left, top - bottom
    # The matrix that takes the page's box, turned as its viewer turns it, to the unit square.
    a, b, c, d, e, f = {
        0: (1 / wide, 0, 0, 1 / high, -left / wide, -bottom / high),
        90: (0, -1 / wide, 1 / high, 0, -bottom / high, 1 + left / wide),
        180: (-1 / wide, 0, 0, -1 / high, 1 + left / wide, 1 + bottom / high),
        270: (0, 1 / wide, -1 / high, 0, 1 + bottom / high, -left / wide),
    }[page.turned]
    matrix = (a * width, b * height, c * width, d * height, e * width + x, f * height + y)
    clip = numbers(box.x, box.y, box.width, box.height)
    document.canvas._code.append(
        f"q {clip} re W n {numbers(*matrix)} cm /{pdfdoc.xObjectName(page.name)} Do Q"
    )
    document.canvas._formsinuse.append(page.name)


def _embed(document: Document, page: PdfPage) -> None:
    book = document.canvas._doc
    name = pdfdoc.xObjectName(page.name)
    if name in book.idToObject:
        return
    taken = _Taking(book, page)
    form = pdfdoc.PDFStream(content=zlib.compress(page.content))
    entries = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "Filter": "/FlateDecode",
        "BBox": f"[ {numbers(*page.box)} ]",
        "Resources": taken.text(page.resources),
    }
    for key, value in entries.items():
        form.dictionary[key] = value
    book.Reference(form, name)


class _Taking:
    """Objects of another file on their way into ours, each once."""

    def __init__(self, book: Any, page: PdfPage) -> None:
        self._book = book
        self._page = page

    def text(self, value: Any) -> str:
        """A value as it is written in our file."""
        if isinstance(value, _Plain):
            return value.said
        if isinstance(value, list):
            return "[ " + " ".join(self.text(one) for one in value) + " ]"
        if isinstance(value, dict):
            inner = " ".join(
                f"/{key} {self.text(one)}" for key, one in sorted(value.items())
                if key not in _DROPPED
            )  # fmt: skip
            return f"<< {inner} >>"
        return self._reference(value.number)

    def _reference(self, number: int) -> str:
        name = f"{self._page.name}:{number}"
        value = self._page.objects.get(number)
        if value is None:
            return "null"
        if name not in self._book.idToObject:
            self._book.Reference(pdfdoc.PDFDictionary(), name)  # so that a circle ends
            self._book.idToObject[name] = self._object(value)
        found, version = self._book.idToObjectNumberAndVersion[name]
        return f"{found} {version} R"

    def _object(self, value: Any) -> Any:
        if not isinstance(value, _Stream):
            return _Written(self.text(value))
        stream = pdfdoc.PDFStream(content=value.content)
        for key, one in sorted(value.entries.items()):
            if key != "Length" and key not in _DROPPED:
                stream.dictionary[key] = self.text(one)
        return stream


class _Written(pdfdoc.PDFObject):
    """An object that is text already."""

    def __init__(self, said: str) -> None:
        self._said = said

    def format(self, document: Any) -> bytes:  # noqa: ARG002 - ReportLab passes it
        return self._said.encode("latin-1")


def _page(data: bytes, name: str) -> PdfPage:
    reader = _Reader(data)
    page: dict[str, Any] = {}
    node = reader.follow(reader.follow(reader.trailer["Root"])["Pages"])
    for _level in range(_DEEPEST):
        page |= {key: node[key] for key in _INHERITED if key in node}
        kids = reader.follow(node.get("Kids"))
        if not kids:
            page |= node
            break
        node = reader.follow(kids[0])
    box = _box(reader, page.get("CropBox")) or _box(reader, page.get("MediaBox"))
    if box is None:
        raise _Strange
    turned = reader.follow(page.get("Rotate", _Plain("0")))
    turn = int(float(turned.said)) % 360
    if turn % 90:
        raise _Strange
    contents = reader.follow(page.get("Contents", []))
    streams = [contents] if isinstance(contents, _Stream) else [reader.follow(c) for c in contents]
    content = b"\n".join(_plain_content(stream) for stream in streams)
    ratio = (box[2] - box[0]) / (box[3] - box[1])
    resources = reader.follow(page.get("Resources", {}))
    return PdfPage(name, 1 / ratio if turn in (90, 270) else ratio, box, turn, content, resources,
                   reader.objects)  # fmt: skip


def _box(reader: _Reader, value: Any) -> tuple[float, float, float, float] | None:
    sides = reader.follow(value) if value is not None else None
    if not isinstance(sides, list) or len(sides) != 4:
        return None
    x0, y0, x1, y1 = (float(reader.follow(side).said) for side in sides)
    left, bottom, right, top = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return (left, bottom, right, top) if right - left >= 1 and top - bottom >= 1 else None


def _plain_content(stream: Any) -> bytes:
    """What draws, unpacked: deflated, and in letters or not (ISO 32000-1, 7.4.2 to 7.4.4)."""
    if not isinstance(stream, _Stream) or "DecodeParms" in stream.entries:
        raise _Strange
    kind = stream.entries.get("Filter")
    kinds = kind if isinstance(kind, list) else [kind] if kind is not None else []
    content = stream.content
    for one in kinds:
        match one.said:
            case "/FlateDecode":
                content = _inflated(content)
            case "/ASCII85Decode":
                content = base64.a85decode(b"<~" + content.strip(), adobe=True)
            case "/ASCIIHexDecode":
                digits = bytes(content.split(b">")[0].translate(None, b" \t\r\n\f\0"))
                content = binascii.unhexlify(digits + b"0" * (len(digits) % 2))
            case _:
                raise _Strange
    return content


def _inflated(packed: bytes) -> bytes:
    # A few kilobytes can unpack to gigabytes; what draws one page is never so long.
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(packed, _LONGEST)
    if not unpacking.eof:
        raise _Strange
    return content


class _Reader:
    """The objects of a PDF with a plain cross-reference table (ISO 32000-1, 7.5.4)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        start = int(data[data.rindex(b"startxref") + 9 :].split(None, 1)[0])
        if data[start : start + 4] != b"xref":
            raise _Strange
        trailer = data.index(b"trailer", start)
        self.objects: dict[int, Any] = {}
        place = start + 4
        while section := re.compile(rb"\s*(\d+) (\d+)\s*[\r\n]+").match(data, place, trailer):
            first, count = int(section[1]), int(section[2])
            place = section.end()
            for number in range(first, first + count):
                entry = _ENTRY.match(data, place)
                if entry is None:
                    raise _Strange
                place += 20
                if entry[2] == b"n":
                    self.objects[number] = int(entry[1])
        places = dict(self.objects)
        self.objects = {number: self._object(at) for number, at in places.items()}
        self.trailer = self._value(trailer + 7, 0)[0]
        for number, value in self.objects.items():
            if isinstance(value, _Stream):
                self.objects[number] = self._with_content(value)

    def follow(self, value: Any) -> Any:
        """What a reference leads to."""
        for _step in range(_DEEPEST):
            if not isinstance(value, _Link):
                return value
            value = self.objects.get(value.number)
        raise _Strange

    def _object(self, place: int) -> Any:
        head = re.compile(rb"\s*\d+\s+\d+\s+obj").match(self._data, place)
        if head is None:
            raise _Strange
        value, place = self._value(head.end(), 0)
        start = re.compile(rb"\s*stream(\r\n|\n)").match(self._data, place)
        if start is None or not isinstance(value, dict):
            return value
        return _Stream(value, start.end().to_bytes(8, "big"))

    def _with_content(self, stream: _Stream) -> _Stream:
        """The stream with its bytes, now that its length can be looked up."""
        start = int.from_bytes(stream.content, "big")
        length = int(self.follow(stream.entries["Length"]).said)
        return _Stream(stream.entries, self._data[start : start + length])

    def _value(self, place: int, depth: int) -> tuple[Any, int]:
        found = _TOKEN.match(self._data, place)
        if found is None or depth > _DEEPEST:
            raise _Strange
        token, place = found[1], found.end()
        if token == b"<<":
            return self._dictionary(place, depth)
        if token == b"[":
            items: list[Any] = []
            while not (end := re.compile(rb"\s*\]").match(self._data, place)):
                item, place = self._value(place, depth + 1)
                items.append(item)
            return items, end.end()
        if token == b"(":
            end_at = self._string_end(place)
            raw = self._data[place - 1 : end_at]
            return _Plain(raw.decode("latin-1")), end_at
        if token in (b">>", b"]"):
            raise _Strange
        if token.endswith(b"R") and token[:1].isdigit():
            return _Link(int(token.split()[0])), place
        return _Plain(token.decode("latin-1")), place

    def _dictionary(self, place: int, depth: int) -> tuple[dict[str, Any], int]:
        entries: dict[str, Any] = {}
        while not (end := re.compile(rb"\s*>>").match(self._data, place)):
            key, place = self._value(place, depth + 1)
            if not isinstance(key, _Plain) or not key.said.startswith("/"):
                raise _Strange
            entries[key.said[1:]], place = self._value(place, depth + 1)
        return entries, end.end()

    def _string_end(self, place: int) -> int:
        depth = 1
        while depth:
            character = self._data[place : place + 1]
            if not character:
                raise _Strange
            if character == b"\\":
                place += 1
            elif character in b"()":
                depth += 1 if character == b"(" else -1
            place += 1
        return place


__all__ = ["PdfPage", "pdf_page_drawn", "place_pdf_page", "read_pdf_page"]
