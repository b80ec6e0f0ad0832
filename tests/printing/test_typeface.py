# SPDX-License-Identifier: Apache-2.0
"""What is printed is what HarfBuzz set, and what is copied out is what was put in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from desktop.paths import shipped
from desktop.printing import typeface as module
from desktop.printing.document import A4, MM, Document
from desktop.printing.typeface import MissingFont, Unprintable, itemise, typeface
from desktop.thai.normalise import normalise_name
from tests.printing.names import names
from tests.printing.reading import GOLDEN, READERS, lines_of, outlines, pdfium

STRINGS = GOLDEN.joinpath("strings.txt").read_text("utf-8").split("\n")[:-1]
HARD_NAMES = [
    normalise_name(name)
    for name in GOLDEN.joinpath("names_hard.txt").read_text("utf-8").split("\n")[:-1]
]
FACES = (
    "Sarabun-Regular",
    "Sarabun-Medium",
    "Sarabun-SemiBold",
    "Sarabun-Bold",
    "Charm-Bold",
    "Charmonman-Bold",
    "Srisakdi-Bold",
    "Trirong-Bold",
    "Trirong-Medium",
)


def _column(folder: Path, texts: list[str], face: str, rows: int = 40) -> Path:
    """A PDF with ``texts`` one under the other, ``rows`` to the page."""
    document = Document(A4, title="column")
    for first in range(0, len(texts), rows):
        for row, text in enumerate(texts[first : first + rows]):
            y = document.height - (20 + row * 6.5) * MM
            typeface(face).draw(document.canvas, 20 * MM, y, text, 9)
        document.page()
    file = folder / "column.pdf"
    file.write_bytes(document.save())
    return file


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("face", ["Sarabun-Regular", "Charm-Bold", "Trirong-Bold"])
def test_every_string_comes_out_as_it_went_in(tmp_path: Path, face: str, reader: str) -> None:
    """Fails when a cell's ToUnicode holds one character of its cluster, when SARA AM's nikhahit
    gets a code of its own, and when composites are dropped for text rises."""
    file = _column(tmp_path, STRINGS, face, rows=1)
    assert lines_of(READERS[reader](file)) == [[text] for text in STRINGS]


@pytest.mark.parametrize("reader", READERS)
def test_hard_names_and_two_thousand_others_come_out_as_they_went_in(
    tmp_path: Path, reader: str
) -> None:
    """Fails with one code for two cells that look alike and mean different characters."""
    texts = [*HARD_NAMES, *names(2000)]
    file = _column(tmp_path, texts, "Sarabun-Bold")
    found = lines_of(READERS[reader](file))
    assert [line for page in found for line in page] == texts


def _shaped(face: str, text: str) -> tuple[list[tuple[float, float]], float]:
    """The points of all outlines and the advance straight from HarfBuzz, for 1 point."""
    path = shipped("resources", "fonts", f"{face}.ttf")
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
    source = TTFont(BytesIO(path.read_bytes()))
    pen, points = 0, []
    for part, _start in itemise(text):
        buffer = hb.Buffer()
        buffer.add_str(part)
        buffer.guess_segment_properties()
        hb.shape(font, buffer, {})
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            outline = source["glyf"][source.getGlyphName(info.codepoint)]
            points += [
                ((pen + position.x_offset + x) / 1000, (position.y_offset + y) / 1000)
                for x, y in outline.getCoordinates(source["glyf"])[0]
            ]
            pen += position.x_advance
    return points, pen / 1000


@pytest.mark.parametrize("face", FACES)
def test_glyphs_stand_where_harfbuzz_put_them(tmp_path: Path, face: str) -> None:
    """Every point of every outline within 0.001 pt at 24 pt, so every origin too. Fails when an
    offset of a mark is dropped, when Thai after Latin is shaped as Latin, and when the pen is
    moved by rounded widths."""
    texts = [*STRINGS, "Shift and Share รุ่นที่ ๑", "Ms. ปิ่น AVATAR To", "A วันที่ ๑ น้ำ B"]
    document = Document(A4, title="places")
    for text in texts:
        typeface(face).draw(document.canvas, 60, 600, text, 24)
    file = tmp_path / "places.pdf"
    file.write_bytes(document.save())
    for text, points in zip(texts, outlines(file), strict=True):
        expected, advance = _shaped(face, text)
        assert len(points) == len(expected), text
        away = max(
            max(abs(x - 60 - 24 * dx), abs(y - 600 - 24 * dy))
            for (x, y), (dx, dy) in zip(points, expected, strict=True)
        )
        assert away < 0.001, text
        assert typeface(face).width(text, 24) == pytest.approx(24 * advance, abs=1e-9)


def test_a_script_change_starts_a_new_run_and_punctuation_does_not() -> None:
    """Fails when the whole string is shaped in the script of its first letter."""
    assert list(itemise("Shift and Share รุ่นที่ ๑ (อพม.) ok")) == [
        ("Shift and Share ", 0),
        ("รุ่นที่ ๑ (อพม.) ", 16),
        ("ok", 33),
    ]


@pytest.mark.parametrize(
    ("text", "character", "place"),
    [("น้ำ ₿", "₿", 4), ("ศูนย์\t๑", "\t", 5), ("Ms. ปิ่น မ", "မ", 9), ("ก☃", "☃", 1)],
)
def test_a_character_the_font_lacks_is_named(text: str, character: str, place: int) -> None:
    """Fails when glyph 0, the empty box, is let through."""
    with pytest.raises(Unprintable) as caught:
        typeface("Sarabun-Regular").width(text, 16)
    assert (caught.value.character, caught.value.place) == (character, place)
    assert character in str(caught.value)


@pytest.mark.parametrize("text", ["่ก", "นาย ์", "๑่", "ก ำ", "เ้า", "ำ", "ก(ิ)", "a \u0301"])
def test_a_mark_on_nothing_is_refused(text: str) -> None:
    """Fails when a mark after a space, a digit or a leading vowel is drawn on its neighbour."""
    with pytest.raises(Unprintable):
        typeface("Sarabun-Regular").width(text, 16)


@pytest.mark.parametrize("text", [*STRINGS, *HARD_NAMES])
def test_real_text_is_never_refused(text: str) -> None:
    """Fails when pinthu, nikhahit, ฤ or a stack of two marks counts as a lone mark."""
    assert typeface("Sarabun-Regular").width(text, 16) > 0


def test_invisible_characters_are_not_printed(tmp_path: Path) -> None:
    """Fails when a zero-width space becomes a glyph: readers copy it out as a space."""
    file = _column(tmp_path, ["สมุด\u200bส\u00adนาม\ufeff \u2060ก\u200d"], "Sarabun-Regular")
    assert lines_of(pdfium(file)) == [["สมุดสนาม ก"]]


def test_ink_reaches_beyond_the_line_where_thai_does() -> None:
    """Fails when ascent and descent of the font stand in for the ink of the text."""
    _left, bottom, _right, top = typeface("Charm-Bold").ink("ฟื้นฏู", 100)
    assert top > 115
    assert bottom < -45
    left, bottom, right, top = typeface("Sarabun-Regular").ink("กา", 100)
    assert 0 < left < right < typeface("Sarabun-Regular").width("กา", 100)
    assert -2 < bottom <= 0
    assert 50 < top < 70


def test_condensing_narrows_and_does_not_flatten() -> None:
    """Fails when condensing scales the height too, or the width not at all."""
    face = typeface("Sarabun-Bold")
    assert face.width("กตัญญู", 20, condense=92) == pytest.approx(0.92 * face.width("กตัญญู", 20))
    left, bottom, right, top = face.ink("กตัญญู", 20)
    assert face.ink("กตัญญู", 20, condense=50) == pytest.approx((left / 2, bottom, right / 2, top))


@pytest.mark.parametrize("content", [None, b"this is no font"])
def test_a_missing_or_broken_font_ends_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    """Fails when HarfBuzz's own error, or an empty face, gets through."""
    if content is not None:
        (tmp_path / "Gone.ttf").write_bytes(content)
    monkeypatch.setattr(module, "shipped", lambda *_parts: tmp_path / "Gone.ttf")
    with pytest.raises(MissingFont, match="Gone"):
        typeface.__wrapped__("Gone")
