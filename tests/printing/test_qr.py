# SPDX-License-Identifier: Apache-2.0
"""A scanner reads back what was drawn, at the size it is drawn."""

from __future__ import annotations

import random
from typing import Any

import pypdfium2
import pytest
import segno
import zxingcpp
from PIL import Image, ImageOps
from segno import consts

from desktop.printing.document import MM, Document
from desktop.printing.qr import draw_qr
from desktop.printing.qr_symbol import _packed, modules


@pytest.mark.parametrize(
    ("text", "side"), [("20190228000123", 12), ("1" * 20, 12), ("C1-ABC/๒๕๖๒", 20)]
)
def test_a_code_is_read_back_at_200_dots_per_inch(text: str, side: float) -> None:
    """Fails when merged rectangles miss a module, when the rows are upside down, and when the
    quiet zone is taken from outside the side given."""
    document = Document((60, 40), title="qr")
    document.canvas.setFillColorRGB(0.2, 0.2, 0.2)
    document.canvas.rect(0, 0, 60 * MM, 40 * MM, stroke=0, fill=1)
    document.canvas.setFillColorRGB(1, 1, 1)
    document.canvas.rect(10 * MM, 10 * MM, side * MM, side * MM, stroke=0, fill=1)
    draw_qr(document.canvas, text, 10 * MM, 10 * MM, side)
    with pypdfium2.PdfDocument(document.save()) as pdf:
        image = pdf[0].render(scale=200 / 72).to_pil()
    (found,) = zxingcpp.read_barcodes(image)
    assert found.text == text


def test_the_fill_colour_of_the_page_is_left_as_it_was() -> None:
    """Fails when the code's black stays behind for what is drawn next."""
    canvas = Document((60, 40), title="qr").canvas
    canvas.setFillColorRGB(1, 0, 0)
    draw_qr(canvas, "1", 0, 0, 12)
    assert canvas._code[-1].split()[-1] == "Q"


def _digits(count: int) -> str:
    return str(random.Random(count).randrange(10 ** (count - 1), 10**count))


@pytest.mark.parametrize("before", ["", "https://verify.example.go.th/v#"])
@pytest.mark.parametrize("count", [2, 7, 14, 60, 120, 200, 300, 430, 620, 1200])
def test_a_symbol_of_digits_is_the_one_that_segno_makes(count: int, before: str) -> None:
    """Module by module, over versions with and without alignment, version information, blocks of
    two lengths. Fails when any of these, or a check word, or the mask is wrong."""
    digits = _digits(count)
    parts: Any = [(before, consts.MODE_BYTE), (digits, consts.MODE_NUMERIC)] if before else digits
    symbol = segno.make(parts, error="m", micro=False, mask=3, boost_error=False)
    columns = b"".join(bytes((*column, 0)) for column in zip(*symbol.matrix, strict=True))
    bits = len(_packed((before, digits) if before else (digits,), int(symbol.version)))
    if (bits + 4) % 8:  # where nothing is left of the last word segno pads it all the same
        assert modules(before + digits) == (symbol.symbol_size(border=0)[0], columns)


@pytest.mark.parametrize("count", [4, 433, 1500, 4000])
def test_a_symbol_of_digits_is_read_by_another_program(count: int) -> None:
    """Also where segno pads otherwise, and in the largest versions."""
    digits = _digits(count)
    side, dark = modules(digits)
    light = bytes(255 * (1 - module) for module in dark)
    image = (
        Image.frombytes("L", (side + 1, side), light)
        .crop((0, 0, side, side))
        .transpose(Image.Transpose.TRANSPOSE)
    )
    image = ImageOps.expand(image.resize((4 * side, 4 * side), Image.Resampling.NEAREST), 16, 255)
    (found,) = zxingcpp.read_barcodes(image)
    assert found.text == digits


def test_what_no_code_can_hold_is_an_error() -> None:
    with pytest.raises(ValueError, match="too much"):
        modules("1" * 6000)
