# SPDX-License-Identifier: Apache-2.0
"""An office's own pictures, pages and typefaces."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image as Pictures

from desktop.errors import Refused
from desktop.model.template import Filling, Image, Template, Text, TextStyle
from desktop.model.template_field import SAMPLES, sample_filling
from desktop.paths import shipped
from desktop.printing import office_face
from desktop.printing.document import MM, Document
from desktop.printing.template_mark import Set
from desktop.printing.template_page import (
    NONE,
    Assets,
    PageProblem,
    boxes,
    converted_size,
    face_names,
    pages_pdf,
    plate,
    troubles,
)
from desktop.printing.template_pdf import pdf_page_drawn, read_pdf_page
from desktop.printing.template_place import place, read
from desktop.printing.template_shipped import shipped_template
from desktop.printing.typeface import typeface
from tests.printing.reading import pdfium, poppler

NEW = "TH Sarabun New"


def _background(*, turn: int = 0, sealed: bool = False) -> bytes:
    """A page 200 by 100 mm with a word on it and a dark square in its lower left corner."""
    document = Document((200, 100), title="stock")
    document.canvas.setFillColorRGB(0.5, 0, 0)
    document.canvas.rect(0, 0, 20 * MM, 20 * MM, stroke=0, fill=1)
    typeface("Sarabun-Bold").draw(document.canvas, 60 * MM, 50 * MM, "ตราหน่วยงาน", 20)
    document.page()
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(document.save())) as pdf:
        pdf.pages[0].Rotate = turn
        locked = pikepdf.Encryption(owner="a", user="b") if sealed else False
        streams = pikepdf.ObjectStreamMode.generate
        pdf.save(held, object_stream_mode=streams, encryption=locked)
    return held.getvalue()


def _with(data: bytes, fit: str = "stretch") -> tuple[Template, Assets]:
    digest = hashlib.sha256(data).hexdigest()
    picture = Image(id="back", x=0, y=0, width=200, height=100, asset=digest, fit=fit)  # type: ignore[arg-type]
    words = Text(id="name", x=20, y=70, width=160, height=12, text="{name}")
    template = Template(
        purpose="badge", titles={"th": "x"}, width=200, height=100, elements=(picture, words)
    )
    return template, Assets({digest: data})


def _corners(data: bytes) -> list[bool]:
    """Whether it is dark in the lower left, lower right, upper right, upper left corner."""
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=1).to_pil().convert("L")
    x, y = image.width - 10, image.height - 10
    return [image.getpixel(at) < 150 for at in ((10, y), (x, y), (x, 10), (10, 10))]


def test_a_page_of_a_pdf_lies_under_the_words_with_its_letters(tmp_path: Path) -> None:
    """Its objects are packed into streams, as today's programs write them. Fails when the page is
    taken over as dots, when its fonts are lost, and when the file is broken by it."""
    template, assets = _with(_background())
    filling = Filling(fields={"name": "นายสมชาย"})
    data = pages_pdf(template, [filling], assets=assets)
    file = tmp_path / "page.pdf"
    file.write_bytes(data)
    for reader in (pdfium, poppler):
        (text,) = reader(file)
        assert "ตราหน่วยงาน" in text
        assert "นายสมชาย" in text
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == []
    assert _corners(data) == [True, False, False, False]
    assert b"pdfaid" not in data  # nobody knows what else is in that page
    assert b"pdfaid" in pages_pdf(replace(template, elements=template.elements[1:]), [filling])
    assert data == pages_pdf(template, [filling], assets=Assets(dict(assets._files)))
    assert len(plate(template, filling, assets=assets)) == 64


@pytest.mark.parametrize(
    ("turn", "dark"),
    [
        (90, [False, False, False, True]),
        (180, [False, False, True, False]),
        (270, [False, True, False, False]),
    ],
)
def test_a_turned_page_is_turned_as_its_readers_turn_it(turn: int, dark: list[bool]) -> None:
    """Fails when /Rotate is passed over, or turned the other way."""
    template, assets = _with(_background(turn=turn))
    data = pages_pdf(template, [Filling(fields={})], assets=assets)
    assert _corners(data) == dark
    given = pypdfium2.PdfDocument(next(iter(assets._files.values())))
    image = given[0].render(scale=1).to_pil().convert("L")
    x, y = image.width - 10, image.height - 10
    places = ((10, y), (x, y), (x, 10), (10, 10))
    assert [image.getpixel(at) < 150 for at in places] == dark
    given.close()


def test_a_page_that_nobody_can_open_is_told() -> None:
    """Fails when a sealed or damaged file ends in an error, or in a page without its ground."""
    for data in (_background(sealed=True), b"%PDF-1.7\nnothing", b"no picture"):
        template, assets = _with(data)
        filling = Filling(fields={"name": "ก"})
        assert [one.kind for one in troubles(template, filling, assets=assets)] == ["missing"]
        with pytest.raises(PageProblem):
            pages_pdf(template, [filling], assets=assets)


@pytest.mark.parametrize(
    ("filters", "packed"),
    [
        (["/ASCII85Decode", "/FlateDecode"], lambda b: base64.a85encode(zlib.compress(b)) + b"~>"),
        (["/ASCII85Decode"], lambda b: base64.a85encode(b) + b"~>"),
        (["/ASCIIHexDecode"], lambda b: b.hex().encode() + b" >"),
        (["/FlateDecode"], zlib.compress),
    ],
)
def test_a_page_packed_in_letters_is_taken_over(
    filters: list[str], packed: Callable[[bytes], bytes]
) -> None:
    """Some writers of PDF pack a page in letters too. Fails when only deflate is known."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 100))
        names = pikepdf.Array([pikepdf.Name(one) for one in filters])
        page.Contents = pikepdf.Stream(pdf, packed(b"0 0 20 20 re f"))
        page.Contents.Filter = names
        held = io.BytesIO()
        pdf.save(held, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    taken = read_pdf_page(held.getvalue())
    assert taken is not None
    assert taken.content.split() == b"0 0 20 20 re f".split()


def test_a_page_that_unpacks_to_gigabytes_is_not_taken_over() -> None:
    """Fails when what draws the page is unpacked however long it is."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 100))
        page.Contents = pdf.make_stream(b" " * (65 * 1024 * 1024))
        held = io.BytesIO()
        pdf.save(held, compress_streams=True)
    assert len(held.getvalue()) < 200_000
    assert read_pdf_page(held.getvalue()) is None


def test_an_enormous_page_is_drawn_with_fewer_dots() -> None:
    """Fails when a page of five metres is drawn as one of A4 is: 60,000 dots wide."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(14_400, 7_200))
        held = io.BytesIO()
        pdf.save(held)
    drawn = pdf_page_drawn(held.getvalue())
    assert drawn is not None
    with Pictures.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (5_000, 2_500)


def test_a_picture_covers_its_box_and_not_a_point_more() -> None:
    """Fails when "cover" runs over its edges, and when "contain" fills what it should not."""
    held = io.BytesIO()
    Pictures.new("RGB", (300, 100), (0, 60, 0)).save(held, "PNG")
    for fit, wide, high in (("cover", 40, 40), ("contain", 40, 13.3), ("stretch", 40, 40)):
        digest = hashlib.sha256(held.getvalue()).hexdigest()
        element = Image(id="i", x=30, y=30, width=40, height=40, asset=digest, fit=fit)  # type: ignore[arg-type]
        template = Template(
            purpose="badge", titles={"th": "x"}, width=100, height=100, elements=(element,)
        )
        data = pages_pdf(template, [Filling(fields={})], assets=Assets({digest: held.getvalue()}))
        with pypdfium2.PdfDocument(data) as document:
            image = document[0].render(scale=10 / MM).to_pil().convert("L")
        box = image.point(lambda level: 255 * (level < 200)).getbbox()
        assert box is not None
        assert box[2] - box[0] == pytest.approx(wide * 10, abs=2)
        assert box[3] - box[1] == pytest.approx(high * 10, abs=2)
        assert (box[0] + box[2]) / 2 == pytest.approx(500, abs=2)


def _font(
    names: dict[int, str],
    *,
    rights: int = 0,
    units: int = 1000,
    small: bool = False,
    source: str = "Sarabun-Regular",
) -> bytes:
    """Sarabun under another name, as an office would bring another typeface; ``small`` with the
    letters of TH Sarabun New, which are two thirds as high."""
    from fontTools.ttLib.scaleUpem import scale_upem

    font = TTFont(shipped("resources", "fonts", f"{source}.ttf"))
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    font["OS/2"].fsType = rights
    if units != 1000:
        scale_upem(font, units)
    if small:
        scale_upem(font, 683)
        font["head"].unitsPerEm = 1000
    held = io.BytesIO()
    font.save(held)
    return held.getvalue()


def _words(face: str) -> Template:
    style = TextStyle(face=face, size=16, smallest=10)
    words = Text(id="name", x=10, y=20, width=180, height=20, text="{name}", style=style)
    return Template(purpose="badge", titles={"th": "x"}, width=200, height=100, elements=(words,))


def _set(template: Template, assets: Assets) -> Set:
    filling = Filling(fields={"name": "นางสาวฐิติญาณัฏฐ์"})
    ((mark,),) = (part.marks for part in place(template, read(template, filling), assets).parts)
    assert isinstance(mark, Set)
    return mark


def test_sarabun_stands_in_for_a_typeface_that_is_not_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """16 points of TH Sarabun New are 11 of Sarabun. Fails when the sizes are taken over as they
    are, when they are turned the wrong way round, and when nobody is told."""
    monkeypatch.setattr(office_face, "system_faces", dict)
    template = _words(NEW)
    mark = _set(template, Assets())
    assert (mark.face.name, mark.size) == ("Sarabun-Regular", pytest.approx(10.88))
    assert _set(_words(f"{NEW} Bold"), Assets()).face.name == "Sarabun-Bold"
    (trouble,) = troubles(template, Filling(fields={"name": "ก"}), assets=Assets())
    assert (trouble.element_id, trouble.kind) == ("name", "missing")
    assert NEW in trouble.sentence
    assert converted_size(16, NEW, "Sarabun-Regular", Assets()) == 10.9
    assert converted_size(10.9, "Sarabun-Regular", NEW, Assets()) == 16.0


def test_a_certificate_in_the_offices_small_lettered_typeface_is_as_large_as_before() -> None:
    """Sizes turned into those of TH Sarabun New look the same and take the same room. Fails when
    room is kept by the em: the column had too little of it, and everything came out smaller."""
    assets, elements = Assets(), []
    shipped_one = shipped_template("completion")
    for one in shipped_one.elements:
        if isinstance(one, Text) and one.style.face.startswith("Sarabun"):
            face = one.style.face.replace("Sarabun", NEW)
            small = _font({1: face, 4: face}, small=True, source=one.style.face)
            assets.register_face(face, small)
            size, smallest = (
                converted_size(points, one.style.face, face, assets)
                for points in (one.style.size, one.style.smallest)
            )
            assert size == pytest.approx(one.style.size / 0.683, abs=0.1)
            style = replace(one.style, face=face, size=size, smallest=smallest)
            elements.append(replace(one, style=style))
        else:
            elements.append(one)
    own = replace(shipped_one, elements=tuple(elements))
    for sample in SAMPLES:
        filling = sample_filling("certificate", sample)
        assert troubles(own, filling, assets=assets) == ()
        before, after = boxes(shipped_one, filling), boxes(own, filling, assets=assets)
        for name, box in before.items():
            assert after[name] == pytest.approx(box, abs=1.0), (sample, name)


@pytest.mark.parametrize("units", [1000, 2048])
def test_the_offices_own_typeface_is_used_and_embedded(units: int, tmp_path: Path) -> None:
    """Fails when its sizes are changed, when 2,048 units to the em come out twice as large, and
    when another typeface is in the file."""
    assets = Assets()
    data = _font({1: NEW, 4: NEW, 6: "THSarabunNew"}, units=units)
    assets.register_face("ของหน่วยงาน", data)
    for name in (NEW, "THSarabunNew", "ของหน่วยงาน", "th sarabun new"):
        mark = _set(_words(name), assets)
        assert mark.size == 16
        assert mark.face.digest == hashlib.sha256(data).hexdigest()
    like = typeface("Sarabun-Regular").width(mark.text, 16)
    assert mark.face.width(mark.text, 16) == pytest.approx(like, rel=0.01)
    made = pages_pdf(_words(NEW), [Filling(fields={"name": "น้ำใจ"})], assets=assets)
    assert b"+THSarabunNew" in made
    file = tmp_path / "own.pdf"
    file.write_bytes(made)
    assert "น้ำใจ" in pdfium(file)[0]
    assert "ของหน่วยงาน" in face_names(assets)
    assert "ของหน่วยงาน" not in face_names(NONE)


def test_a_typeface_of_the_computer_is_found_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when fonts are found by the names of their files, when a folder in a folder is passed
    over, and when a damaged font stops the search."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x1.TTF").write_bytes(
        _font({1: NEW, 4: f"{NEW} Bold", 6: "THSarabunNew-Bold"})
    )
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0\0\x10short")
    (tmp_path / "empty.ttf").write_bytes(b"")
    monkeypatch.setattr(office_face, "_folders", lambda: iter([tmp_path, tmp_path / "none"]))
    office_face.system_faces.cache_clear()
    try:
        assert set(office_face.system_faces()) == {"thsarabunnewbold"}
        assert not Assets().face(f"{NEW} Bold").missing
        assert Assets().face(NEW).missing
    finally:
        office_face.system_faces.cache_clear()


@pytest.mark.parametrize(
    "data", [b"", b"OTTO" + bytes(60), b"\0\1\0\0" + b"\xff" * 30, _font({}, rights=2)]
)
def test_a_font_that_may_not_or_cannot_be_embedded_is_refused(data: bytes) -> None:
    """Fails when its licence is passed over, or when a damaged file ends in an error."""
    with pytest.raises(Refused):
        Assets().register_face("x", data)


def test_the_usual_folders_are_those_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when fonts that a person without rights has installed are not looked for."""
    for platform in ("win32", "darwin", "linux"):
        monkeypatch.setattr(office_face.sys, "platform", platform)
        monkeypatch.setitem(os.environ, "LOCALAPPDATA", "/local")
        folders = [str(folder) for folder in office_face._folders()]
        assert len(folders) >= 2
