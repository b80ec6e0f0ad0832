# SPDX-License-Identifier: Apache-2.0
"""PDF readers of other people, to take text and places out of what we print."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

GOLDEN = Path(__file__).parent.parent / "golden" / "print"


def _run(*command: str | Path) -> str:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def poppler(file: Path) -> list[str]:
    return _run("pdftotext", "-raw", file, "-").split("\f")[:-1]


def mupdf(file: Path) -> list[str]:
    return _run("mutool", "draw", "-q", "-F", "txt", file).split("\f")[:-1]


def pdfium(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_range() for page in document]


def pdfjs(file: Path) -> list[str]:
    """Needs ``npm install`` once in ``tests/printing/pdfjs``."""
    here = Path(__file__).parent / "pdfjs"
    if not (here / "node_modules" / "pdfjs-dist").exists():
        pytest.skip("pdfjs-dist is not installed in tests/printing/pdfjs")
    return _run("node", here / "extract.mjs", file).split("\f")[:-1]


READERS: dict[str, Callable[[Path], list[str]]] = {
    "poppler": poppler,
    "mupdf": mupdf,
    "pdfium": pdfium,
    "pdfjs": pdfjs,
}


def lines_of(pages: list[str]) -> list[list[str]]:
    """The lines of each page, without the empty ones readers add."""
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]


_SHOW = re.compile(
    rb"BT /(\w+) ([\d.]+) Tf (?:([\d.]+) Tz )?(-?[\d.]+) (-?[\d.]+) Td <([0-9A-F]*)> Tj"
)


def outlines(file: Path, page: int = 0) -> list[list[tuple[float, float]]]:
    """Every point of every outline of each text on a page, in points, in the order drawn.

    Read from the file alone: codes of the page, widths of the font dictionary, CIDToGIDMap, and
    the embedded TrueType file. Forms on the page are not followed.
    """
    with pikepdf.open(file) as pdf:
        sheet = pdf.pages[page]
        fonts = {}
        for name, font in sheet.Resources.Font.items():
            descendant = font.DescendantFonts[0]
            embedded = TTFont(BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
            glyphs = descendant.CIDToGIDMap.read_bytes()
            widths = [0.0, *(float(width) for width in descendant.W[1])]
            fonts[str(name)[1:].encode()] = (embedded, glyphs, widths)
        found = []
        for match in _SHOW.finditer(sheet.Contents.read_bytes()):
            name, size, scale, x, y, codes = match.groups()
            embedded, glyphs, widths = fonts[name]
            table, unit = embedded["glyf"], float(size) / embedded["head"].unitsPerEm
            pen, across = float(x), float(scale or 100) / 100
            points: list[tuple[float, float]] = []
            for place in range(0, len(codes), 4):
                code = int(codes[place : place + 4], 16)
                glyph = int.from_bytes(glyphs[2 * code : 2 * code + 2], "big")
                coordinates = table[embedded.getGlyphName(glyph)].getCoordinates(table)[0]
                points += [
                    (pen + dx * unit * across, float(y) + dy * unit) for dx, dy in coordinates
                ]
                pen += widths[code] * float(size) / 1000 * across
            found.append(points)
        return found
