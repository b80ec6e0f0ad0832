# SPDX-License-Identifier: Apache-2.0
"""The file around the pages: archival, of the right size, and the same bytes every time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from desktop.printing.document import A4_LANDSCAPE, MM, Document
from desktop.printing.typeface import typeface
from tests.printing.preflight import assert_archival

_MAKE = """
import hashlib
from desktop.printing.document import Document
from desktop.printing.typeface import typeface
from tests.printing.preflight import assert_archival
document = Document((297, 210), title="ประกาศนียบัตร <&>", author="สำนักงาน", subject="โครงการ")
document.form("art", lambda canvas: canvas.rect(9, 9, 99, 99))
for name in ("นางสาวน้ำทิพย์ ณ นคร", "นายปู่ จู๋", "Shift and Share รุ่นที่ ๑"):
    document.stamp("art")
    typeface("Charm-Bold").draw(document.canvas, 400, 300, "ประกาศนียบัตร", 40, "centre")
    typeface("Sarabun-Bold").draw(document.canvas, 400, 200, name, 20, "right", 95)
    document.page()
data = document.save()
"""


def _made() -> bytes:
    names: dict[str, bytes] = {}
    exec(_MAKE, names)  # the text below runs in other processes too
    return names["data"]


def test_the_same_document_has_the_same_bytes_in_every_process() -> None:
    """Fails with a time of day in the font's head table, the trailer or the XMP, and with codes
    handed out in the order of a set."""
    expected = hashlib.sha256(_made()).hexdigest()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", _MAKE + "print(hashlib.sha256(data).hexdigest())"],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd())},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == expected


def test_it_says_and_keeps_what_pdf_a_2u_asks(tmp_path: Path) -> None:
    """Fails without the output intent, with a font that is not embedded or has no ToUnicode, and
    when the properties and the XMP disagree. Checked by pikepdf and qpdf."""
    file = tmp_path / "a.pdf"
    file.write_bytes(_made())
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == []
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2U"
            assert metadata["dc:title"] == "ประกาศนียบัตร <&>" == str(pdf.docinfo.Title)
            assert metadata["dc:creator"] == ["สำนักงาน"] == [str(pdf.docinfo.Author)]
            assert metadata["dc:description"] == "โครงการ" == str(pdf.docinfo.Subject)
        assert str(pdf.Root.Lang) == "th-TH"
        assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 3
        assert "/Encrypt" not in pdf.trailer
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                assert font.Subtype == "/Type0"
                assert "/ToUnicode" in font
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_widths_in_the_font_and_beside_it_agree(tmp_path: Path) -> None:
    """PDF/A, 6.2.11.5. Fails when a kerned advance points at a plain glyph with another width, and
    when the CIDSet leaves a code out."""
    from io import BytesIO

    from fontTools.ttLib import TTFont

    document = Document(A4_LANDSCAPE, title="w")
    typeface("Sarabun-Bold").draw(document.canvas, 9, 9, "AVATAR To Te น้ำป้ำ ฟื้นฏู", 20)
    file = tmp_path / "w.pdf"
    file.write_bytes(document.save())
    with pikepdf.open(file) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        descendant = font.DescendantFonts[0]
        embedded = TTFont(BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
        glyphs = descendant.CIDToGIDMap.read_bytes()
        present = descendant.FontDescriptor.CIDSet.read_bytes()
        assert sum(byte.bit_count() for byte in present) == 1 + len(descendant.W[1])
        for code, width in enumerate(descendant.W[1], 1):
            glyph = int.from_bytes(glyphs[2 * code : 2 * code + 2], "big")
            advance = embedded["hmtx"][embedded.getGlyphName(glyph)][0]
            assert float(width) == pytest.approx(advance * 1000 / embedded["head"].unitsPerEm)


def test_every_stream_ends_with_a_line_and_says_its_length() -> None:
    """Fails with ReportLab's own stream writer, which puts ``endstream`` right after the bytes."""
    data = _made()
    assert b"\nendstream" in data
    assert data.count(b"\nendstream") == data.count(b"endstream")
    for match in re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", data):
        end = match.end() + int(match.group(1))
        assert data[end : end + 10] == b"\nendstream"


def test_pdfbox_finds_it_valid(tmp_path: Path) -> None:
    """PDFBox Preflight knows PDF/A-1b; the file's structure is the same, so three marks are
    changed, none longer, and it judges fonts, streams, XMP and the colour profile.

    Fails with Helvetica in a preamble, a filter on the XMP, or a version 4 colour profile.
    """
    assert_archival(_made(), tmp_path)


def test_pages_have_the_size_asked_for_and_are_printed_at_it(tmp_path: Path) -> None:
    """Fails when a viewer is left to fit the page to the paper."""
    file = tmp_path / "size.pdf"
    file.write_bytes(_made())
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 3
        assert [float(v) for v in pdf.pages[0].MediaBox] == pytest.approx(
            [0, 0, 297 * MM, 210 * MM], abs=1e-3
        )
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


def test_text_past_the_typefaces_is_a_bug_and_not_a_page() -> None:
    """Fails when ReportLab's own text, unshaped and in a font not embedded, can be drawn."""
    canvas = Document(A4_LANDSCAPE, title="x").canvas
    for draw in (canvas.drawString, canvas.drawCentredString, canvas.drawRightString):
        with pytest.raises(RuntimeError, match="Typeface"):
            draw(10, 10, "x")
