# SPDX-License-Identifier: Apache-2.0
"""Text set by HarfBuzz, drawn as one plain string that every PDF reader gives back exactly.

A shaped text becomes a row of *cells*. A cell is one code of the embedded font: the glyphs it
draws with their offsets, the exact characters it stands for, and its advance. Marks keep the
place HarfBuzz gave them because the place is baked into the embedded glyph (see ``embedding``),
so a page holds no rises, no kerning arrays and no hidden replacement text, which is what makes
other producers' Thai fall apart when it is copied.
"""

from __future__ import annotations

import hashlib
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, Literal
from weakref import WeakKeyDictionary

import uharfbuzz as hb

from desktop.errors import Problem
from desktop.i18n import _
from desktop.paths import shipped
from desktop.printing.embedding import Cell, Embedding

Align = Literal["left", "centre", "right"]
Ink = tuple[float, float, float, float]
"""Left, bottom, right and top of what is inked, in points from the origin of the text."""

INVISIBLE: Final = dict.fromkeys(
    (
        0x00AD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        0xFEFF,
    )
)
"""Characters that steer line breaking and joining. Printed, they would be copied out as spaces."""

_THAI: Final = range(0x0E00, 0x0E80)
_CONSONANTS: Final = range(0x0E01, 0x0E2F)
_MARKS: Final = frozenset(
    chr(code) for code in (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))
)
_SARA_AM: Final = "\u0e33"
_KEPT: Final = 8192
"""Shaped texts kept. A page has about fifteen; ten thousand pages share all but one or two."""


class Unprintable(Problem):
    """A character of a text cannot be set in a typeface; nothing was drawn.

    ``character`` is the character, ``place`` its index in ``text`` from 0.
    """

    def __init__(self, sentence: str, *, character: str, place: int, text: str) -> None:
        super().__init__(sentence)
        self.character = character
        self.place = place
        self.text = text


class MissingFont(Problem):
    """A font file of the installation is missing or damaged."""


@dataclass(frozen=True, slots=True)
class Run:
    """A text as shaped: the numbers of its cells, and its advance and ink in units of the font."""

    cells: tuple[int, ...]
    advance: int
    ink: tuple[int, int, int, int]


def itemise(text: str) -> Iterator[tuple[str, int]]:
    """Cut ``text`` where the script changes; yields (part, index of its first character).

    Spaces, digits and punctuation belong to the part before them (or the first part after). One
    part for the whole of "Shift and Share รุ่นที่ ๑" would be shaped as Latin, and the tone marks
    would sit where an unshaped font has them.
    """
    start, thai = 0, None
    for place, character in enumerate(text):
        code = ord(character)
        if code in _THAI:
            here = True
        elif character.isalpha():
            here = False
        else:
            continue
        if thai is not None and here is not thai:
            yield text[start:place], start
            start = place
        thai = here
    yield text[start:], start


class Typeface:
    """One font file, ready to measure and to draw. Safe to share between threads.

    Sizes and results are in points; ``condense`` is a horizontal scale in per cent.
    Every method raises ``Unprintable`` for a text that the font cannot show faithfully.
    """

    def __init__(self, name: str, source: Path | bytes) -> None:
        """Open the font that ``source`` is or lies at; ``name`` is what sentences call it."""
        self.name = name
        self._source = source
        held = hb.Blob(source) if isinstance(source, bytes) else None
        self._face = hb.Face(held or hb.Blob.from_file_path(str(source)))
        self._font = hb.Font(self._face)
        self.units: int = self._face.upem
        self.cells: list[Cell] = []
        self._numbers: dict[tuple[tuple[tuple[int, int, int], ...], str, int], int] = {}
        self._runs: dict[str, Run] = {}
        self._embeddings: WeakKeyDictionary[Any, Embedding] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def file(self) -> bytes:
        """The font as it is in its file."""
        return self._source if isinstance(self._source, bytes) else self._source.read_bytes()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the font's file, in hex."""
        return hashlib.sha256(self.file()).hexdigest()

    def width(self, text: str, size: float, *, condense: float = 100) -> float:
        """The advance of ``text``."""
        return self.run(text).advance * size / self.units * condense / 100

    def ink(self, text: str, size: float, *, condense: float = 100) -> Ink:
        """What ``text`` inks around an origin at its left end on the base line.

        Thai needs this where Latin gets along with ascent and descent: "ฟื้น" in Charm reaches
        1.66 em up, and ญ and ฏ reach half an em down.
        """
        left, bottom, right, top = self.run(text).ink
        unit = size / self.units
        across = unit * condense / 100
        return left * across, bottom * unit, right * across, top * unit

    def draw(
        self,
        canvas: Any,
        x: float,
        y: float,
        text: str,
        size: float,
        align: Align = "left",
        condense: float = 100,
    ) -> None:
        """Draw ``text`` on a ReportLab canvas in its fill colour, at points (x, y).

        ``x`` is the left end, the middle or the right end of the advance, after ``align``.
        """
        run = self.run(text)
        if not run.cells:
            return
        if align != "left":
            width = run.advance * size / self.units * condense / 100
            x -= width if align == "right" else width / 2
        embedding = self._embedding(canvas._doc)
        codes = embedding.encode(run.cells)
        scale = "" if condense == 100 else f"{round(condense, 5)} Tz "
        unscale = " 100 Tz" if scale else ""
        # Half a thousandth of a point is as near as anything can draw.
        canvas._code.append(
            f"BT /{embedding.name} {round(size, 5)} Tf {scale}"
            f"{round(x, 3)} {round(y, 3)} Td <{codes}> Tj{unscale} ET"
        )

    def _embedding(self, document: Any) -> Embedding:
        embedding = self._embeddings.get(document)
        if embedding is None:
            embedding = self._embeddings[document] = Embedding(self, document)
        return embedding

    def run(self, text: str) -> Run:
        """``text`` as cells. Cached; the work of one name is about 50 µs."""
        run = self._runs.get(text)
        if run is None:
            with self._lock:
                run = self._shape(text.translate(INVISIBLE), text)
                if len(self._runs) >= _KEPT:
                    self._runs.clear()
                self._runs[text] = run
        return run

    def _shape(self, text: str, given: str) -> Run:
        _refuse_lone_marks(text, given)
        cells: list[int] = []
        for part, start in itemise(text):
            if part:
                cells.extend(self._shape_part(part, start, text))
        pen = 0
        left = bottom = right = top = 0
        inked = False
        for number in cells:
            cell = self.cells[number]
            if cell.ink is not None:
                x0, y0, x1, y1 = cell.ink
                if inked:
                    left, right = min(left, pen + x0), max(right, pen + x1)
                    bottom, top = min(bottom, y0), max(top, y1)
                else:
                    left, bottom, right, top = pen + x0, y0, pen + x1, y1
                    inked = True
            pen += cell.advance
        return Run(tuple(cells), pen, (left, bottom, right, top))

    def _shape_part(self, part: str, start: int, text: str) -> Iterator[int]:
        thai = any(ord(character) in _THAI for character in part)
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(part)
        buffer.direction = "ltr"
        buffer.script = "Thai" if thai else "Latn"
        buffer.language = "th" if thai else "en"
        hb.shape(self._font, buffer, {})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        first = 0
        while first < len(infos):
            cluster = infos[first].cluster
            last = first + 1
            while last < len(infos) and infos[last].cluster == cluster:
                last += 1
            end = infos[last].cluster if last < len(infos) else len(part)
            for glyphs, characters in _pair(range(first, last), part[cluster:end]):
                placed: list[tuple[int, int, int]] = []
                pen = 0
                for index in glyphs:
                    glyph, position = infos[index].codepoint, positions[index]
                    if glyph == 0:
                        self._refuse_missing(text, start + cluster, start + end)
                    placed.append((glyph, pen + position.x_offset, position.y_offset))
                    pen += position.x_advance
                yield self._number(tuple(placed), characters, pen)
            first = last

    def _number(
        self, glyphs: tuple[tuple[int, int, int], ...], characters: str, advance: int
    ) -> int:
        key = (glyphs, characters, advance)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.cells)
            self.cells.append(Cell(glyphs, characters, advance, self._ink_of(glyphs)))
        return number

    def _ink_of(
        self, glyphs: tuple[tuple[int, int, int], ...]
    ) -> tuple[int, int, int, int] | None:
        boxes = []
        for glyph, dx, dy in glyphs:
            extents = self._font.get_glyph_extents(glyph)
            if extents is not None and extents.width and extents.height:
                left, top = dx + extents.x_bearing, dy + extents.y_bearing
                boxes.append((left, top + extents.height, left + extents.width, top))
        if not boxes:
            return None
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)

    def _refuse_missing(self, text: str, start: int, end: int) -> None:
        place = next(
            (i for i in range(start, end) if not self._font.get_nominal_glyph(ord(text[i]))), start
        )
        character = text[place]
        raise Unprintable(
            _(
                "“{text}” cannot be printed: the typeface {face} has no character “{character}” "
                "({code}, number {place} in the text). Type the text again without it."
            ).format(
                text=text,
                face=self.name,
                character=character,
                code=f"U+{ord(character):04X}",
                place=place + 1,
            ),
            character=character,
            place=place,
            text=text,
        )


def _pair(glyphs: range, characters: str) -> Iterator[tuple[range, str]]:
    """Share the glyphs of one cluster out among its characters, in order.

    More glyphs than characters (SARA AM is drawn as nikhahit and SARA AA): the first character
    takes the surplus. Fewer (a ligature): the last glyph takes the rest of the characters.
    """
    surplus = len(glyphs) - len(characters)
    if surplus > 0:
        yield glyphs[: surplus + 1], characters[0]
        for index, character in zip(glyphs[surplus + 1 :], characters[1:], strict=True):
            yield range(index, index + 1), character
    else:
        for offset, index in enumerate(glyphs[:-1]):
            yield range(index, index + 1), characters[offset]
        yield glyphs[-1:], characters[len(glyphs) - 1 :]


def _refuse_lone_marks(text: str, given: str) -> None:
    """A vowel or tone mark must stand on a consonant; alone it would land on its neighbour."""
    carried = False
    place = -1
    for index, character in enumerate(text):
        rides = character in _MARKS or character == _SARA_AM or unicodedata.combining(character)
        if rides and not carried:
            place = index
            break
        if character == _SARA_AM:
            carried = False
        elif not rides:
            thai = ord(character) in _THAI
            carried = ord(character) in _CONSONANTS if thai else character.isalpha()
    if place < 0:
        return
    character = text[place]
    raise Unprintable(
        _(
            "“{text}” cannot be printed: the mark “{character}” ({code}, number {place} in the "
            "text) stands on no letter. Type the text again."
        ).format(
            text=given,
            character=f"\u25cc{character}",
            code=f"U+{ord(character):04X}",
            place=place + 1,
        ),
        character=character,
        place=place,
        text=given,
    )


@cache
def typeface(name: str) -> Typeface:
    """The shipped typeface ``name``, for example "Sarabun-Regular", "Charm-Bold".

    Raises ``MissingFont`` when its file is not there or is no font.
    """
    path = shipped("resources", "fonts", f"{name}.ttf")
    try:
        face = Typeface(name, path)
    except (OSError, hb.HarfBuzzError) as fault:
        raise _missing(name) from fault
    if not face.units or not face._face.glyph_count:
        raise _missing(name)
    return face


def _missing(name: str) -> MissingFont:
    return MissingFont(
        _(
            "The typeface {face} is missing from the program's folder. Install the program again; "
            "your work is not touched by that."
        ).format(face=name)
    )
