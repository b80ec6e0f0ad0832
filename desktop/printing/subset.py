# SPDX-License-Identifier: Apache-2.0
"""The TrueType file inside a PDF: the glyphs that were drawn, and one composite per placed cell.

A subset written from scratch: no hinting (print and PDF viewers do not use it), no tables a PDF
does not need, and the time stamp of the source kept, so that the same cells give the same bytes.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from desktop.printing.embedding import Cell, Glyphs
    from desktop.printing.typeface import Typeface

_ROUNDED_OFFSETS: Final = 0x0004
_HINTING: Final = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
)
_POSTSCRIPT: Final = 6
_WINDOWS: Final = 3


class Subset:
    """A subset of ``face`` for ``cells``.

    ``file`` is the font; ``glyph_of`` the glyph of each cell in it, in the order given; the rest
    are the numbers a font descriptor asks for, in units of the font.
    """

    def __init__(self, face: Typeface, cells: Sequence[Cell]) -> None:
        # fontTools takes 35 ms to import; only writing needs it.
        from fontTools.ttLib import TTFont

        source: Any = TTFont(io.BytesIO(face.file()), lazy=True)
        head, hhea = source["head"], source["hhea"]
        self.bounds = (head.xMin, head.yMin, head.xMax, head.yMax)
        self.ascent, self.descent = hhea.ascent, hhea.descent
        self.italic_angle = source["post"].italicAngle
        self.cap_height = getattr(source["OS/2"], "sCapHeight", hhea.ascent)
        self.postscript_name = _postscript_name(source.reader["name"])
        self.glyph_of: list[int] = []
        self._source = source
        self._names: list[str] = []
        self._outlines: dict[str, Any] = {}
        self._metrics: dict[str, tuple[int, int]] = {}
        self._place: dict[int, int] = {}
        self._copy({glyph for cell in cells for glyph, _dx, _dy in cell.glyphs} | {0})
        composed: dict[tuple[Glyphs, int], int] = {}
        for cell in cells:
            plain = self._plain(cell)
            if plain is None:
                key = (cell.glyphs, cell.advance)
                plain = composed.get(key)
                if plain is None:
                    plain = composed[key] = self._compose(f"c{len(composed)}", cell)
            self.glyph_of.append(plain)
        self.file = self._write(TTFont(recalcTimestamp=False))

    def let_go(self) -> None:
        """Forget what the file was made of; what a document asks for stays."""
        self._source = None
        for made_of in (self._outlines, self._metrics, self._place, self._names):
            made_of.clear()

    def _copy(self, wanted: set[int]) -> None:
        """Take over plain glyphs, with the parts of those that are composites themselves."""
        order, outlines = self._source.getGlyphOrder(), self._source["glyf"]
        number_of = {name: number for number, name in enumerate(order)}
        queue, taken = list(wanted), set(wanted)
        while queue:
            outline = outlines[order[queue.pop()]]
            if outline.isComposite():
                parts = {number_of[part.glyphName] for part in outline.components}
                queue.extend(parts - taken)
                taken |= parts
        for glyph in sorted(taken):
            outline = outlines[order[glyph]]
            outline.expand(outlines)
            outline.removeHinting()
            if outline.isComposite():
                for part in outline.components:
                    part.glyphName = f"g{number_of[part.glyphName]}"
            self._place[glyph] = self._add(
                f"g{glyph}" if glyph else ".notdef", outline, self._source["hmtx"][order[glyph]]
            )

    def _add(self, name: str, outline: Any, metrics: tuple[int, int]) -> int:
        self._names.append(name)
        self._outlines[name] = outline
        self._metrics[name] = metrics
        return len(self._names) - 1

    def _plain(self, cell: Cell) -> int | None:
        """The copied glyph that does for the cell as it is, if one does."""
        (glyph, dx, dy), *more = cell.glyphs
        place = self._place[glyph]
        # The advance is compared too: PDF/A wants /W and the font file to agree.
        if more or dx or dy or self._metrics[self._names[place]][0] != cell.advance:
            return None
        return place

    def _compose(self, name: str, cell: Cell) -> int:
        from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

        outline: Any = Glyph()
        outline.numberOfContours = -1
        outline.components = []
        for glyph, dx, dy in cell.glyphs:
            part: Any = GlyphComponent()
            part.glyphName = self._names[self._place[glyph]]
            part.x, part.y, part.flags = dx, dy, _ROUNDED_OFFSETS
            outline.components.append(part)
        return self._add(name, outline, (cell.advance, 0))

    def _write(self, made: Any) -> bytes:
        from fontTools.ttLib import newTable

        made.setGlyphOrder(self._names)
        made["head"], made["hhea"] = self._source["head"], self._source["hhea"]
        made["maxp"] = profile = self._source["maxp"]
        made["glyf"] = glyf = newTable("glyf")
        glyf.glyphs, glyf.glyphOrder = self._outlines, self._names
        for name, outline in self._outlines.items():
            if name.startswith("c"):
                outline.recalcBounds(glyf)
                self._metrics[name] = (self._metrics[name][0], getattr(outline, "xMin", 0))
        made["hmtx"] = hmtx = newTable("hmtx")
        hmtx.metrics = self._metrics
        made["loca"] = newTable("loca")
        profile.numGlyphs = len(self._names)
        profile.maxZones = 1
        for field in _HINTING:
            setattr(profile, field, 0)
        written = io.BytesIO()
        made.save(written, reorderTables=None)
        return written.getvalue()


@lru_cache(maxsize=32)
def subset_for(face: Typeface, numbers: tuple[int, ...]) -> Subset:
    """The subset of ``face`` for its cells of these numbers; the last ones made are kept.

    Whoever types into a template sees the page again after every letter, and of its five
    typefaces four have not changed.
    """
    made = Subset(face, [face.cells[number] for number in numbers])
    made.let_go()
    return made


def _postscript_name(table: bytes) -> str:
    """Name 6 of a font's table ``name`` (OpenType 1.9.1, "name"), or "Thai" when it has none.

    Read here because fontTools imports every layout table there is for it: 4 MB of memory.
    """
    _version, count, strings = struct.unpack_from(">3H", table)
    found = ""
    for number in range(count):
        platform, _encoding, _language, name, length, offset = struct.unpack_from(
            ">6H", table, 6 + 12 * number
        )
        if name == _POSTSCRIPT:
            raw = table[strings + offset : strings + offset + length]
            if platform == _WINDOWS:
                return raw.decode("utf-16-be")
            found = raw.decode("ascii", "ignore")
    return found or "Thai"
