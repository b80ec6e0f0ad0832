# SPDX-License-Identifier: Apache-2.0
"""A scanner reads back what was drawn, at the size it is drawn."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from desktop.printing.document import MM, Document
from desktop.printing.qr import draw_qr


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
