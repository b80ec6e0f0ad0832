# SPDX-License-Identifier: Apache-2.0
"""One typeface inside one PDF: a Type 0 font whose glyphs are the cells of ``typeface``.

A cell that is one plain glyph points at that glyph. Any other (a raised tone mark, SARA AM's two
glyphs, a kerned advance) becomes a TrueType composite glyph of a few bytes with the offsets in
it (``subset`` writes them). ToUnicode gives each code its exact characters. This is what makes
text come out of poppler, PDFium, MuPDF and pdf.js as it went in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase import pdfdoc

from desktop.printing.subset import subset_for

if TYPE_CHECKING:
    from desktop.printing.typeface import Typeface

Glyphs = tuple[tuple[int, int, int], ...]
"""Glyph number and offset (x, y) in units of the font, for each glyph that a cell draws."""

_KEPT: Final = 8192
_SYMBOLIC: Final = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One code of the embedded font: what it draws, what it means, how far the pen moves."""

    glyphs: Glyphs
    text: str
    advance: int
    ink: tuple[int, int, int, int] | None


class Embedding:
    """The cells of a typeface that one document uses, and the objects that embed them.

    ReportLab calls ``addObjects`` once, when the document is written.
    """

    def __init__(self, face: Typeface, document: Any) -> None:
        """Register with ``document``, a ReportLab PDFDocument, under a resource name."""
        self._face = face
        self._codes: dict[int, int] = {}
        self._encoded: dict[tuple[int, ...], str] = {}
        self.name = f"T{len(document.fontMapping) + 1}"
        document.fontMapping[f"typeface:{face.name}"] = f"/{self.name}"
        document.delayedFonts.append(self)

    def encode(self, cells: tuple[int, ...]) -> str:
        """The cells as hexadecimal codes for a ``Tj``; new cells get the next code, from 1."""
        encoded = self._encoded.get(cells)
        if encoded is None:
            codes = self._codes
            encoded = "".join(
                f"{codes.setdefault(number, len(codes) + 1):04X}" for number in cells
            )
            if len(self._encoded) >= _KEPT:
                self._encoded.clear()
            self._encoded[cells] = encoded
        return encoded

    def addObjects(self, document: Any) -> None:  # noqa: N802 - the name ReportLab calls
        """Write the font, its descriptor, widths, CIDToGIDMap, CIDSet and ToUnicode."""
        face = self._face
        cells = [face.cells[number] for number in self._codes]
        subset = subset_for(face, tuple(self._codes))
        per_em = 1000 / face.units
        name = pdfdoc.PDFName(f"{_tag(subset.file)}+{subset.postscript_name}")
        dictionary, array = pdfdoc.PDFDictionary, pdfdoc.PDFArray

        def reference(thing: Any, kind: str) -> Any:
            return document.Reference(thing, f"{kind}:{self.name}")

        def stream(content: bytes, **entries: int) -> Any:
            made = pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
            made.dictionary.dict.update(entries)
            return made

        descriptor = reference(
            dictionary(
                {
                    "Type": "/FontDescriptor",
                    "FontName": name,
                    "Flags": _SYMBOLIC,
                    "FontBBox": array([value * per_em for value in subset.bounds]),
                    "ItalicAngle": subset.italic_angle,
                    "Ascent": subset.ascent * per_em,
                    "Descent": subset.descent * per_em,
                    "CapHeight": subset.cap_height * per_em,
                    "StemV": 80,
                    "FontFile2": reference(stream(subset.file, Length1=len(subset.file)), "file"),
                    "CIDSet": reference(stream(_bits(len(cells) + 1)), "codes"),
                }
            ),
            "descriptor",
        )
        glyph_map = b"".join(glyph.to_bytes(2, "big") for glyph in (0, *subset.glyph_of))
        descendant = reference(
            dictionary(
                {
                    "Type": "/Font",
                    "Subtype": "/CIDFontType2",
                    "BaseFont": name,
                    "CIDSystemInfo": dictionary(
                        {
                            "Registry": pdfdoc.PDFString("Adobe"),
                            "Ordering": pdfdoc.PDFString("Identity"),
                            "Supplement": 0,
                        }
                    ),
                    "FontDescriptor": descriptor,
                    "DW": 0,
                    "W": array([1, array([cell.advance * per_em for cell in cells])]),
                    "CIDToGIDMap": reference(stream(glyph_map), "map"),
                }
            ),
            "descendant",
        )
        font = dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name,
                "Encoding": "/Identity-H",
                "DescendantFonts": array([descendant]),
                "ToUnicode": reference(stream(_to_unicode(cells)), "unicode"),
            }
        )
        # Indirect, or poppler's pdffonts does not see it.
        document.idToObject["BasicFonts"].dict[self.name] = reference(font, "font")


def _tag(file: bytes) -> str:
    """Six capitals that mark a subset (ISO 32000-1, 9.6.4), the same for the same subset."""
    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(file).digest()[:6])


def _bits(count: int) -> bytes:
    """A CIDSet in which the first ``count`` codes are present."""
    return (((1 << count) - 1) << (-count % 8)).to_bytes((count + 7) // 8, "big")


def _to_unicode(cells: list[Cell]) -> bytes:
    """The CMap that gives each code, from 1, its characters."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    entries = [
        f"<{code:04X}> <{cell.text.encode('utf-16-be').hex().upper()}>"
        for code, cell in enumerate(cells, 1)
    ]
    for first in range(0, len(entries), 100):  # a CMap section holds at most 100
        section = entries[first : first + 100]
        lines += [f"{len(section)} beginbfchar", *section, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")
