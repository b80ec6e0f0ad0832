# SPDX-License-Identifier: Apache-2.0
"""The test page lies where a certificate's text would lie with the same values."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest

from desktop.printing.calibration import grid_pdf

_MM = 72 / 25.4


def _matrix(pdf: bytes) -> tuple[float, ...]:
    """Product of the page's own transformations before its first line."""
    a, d, e, f = 1.0, 1.0, 0.0, 0.0
    stream = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert stream is not None
    for operands, operator in stream.operations:
        if operator == b"cm":
            x = [float(value) for value in operands]
            e, f = a * x[4] + e, d * x[5] + f
            a, d = a * x[0], d * x[3]
        if operator == b"l":
            break
    return a, d, e, f


def test_the_middle_cross_moves_by_what_was_typed_and_scales_about_the_middle() -> None:
    """Mutant: a scale about the corner, or "up" that goes down."""
    for shift, scale in (((0.0, 0.0), 1.0), ((2.5, -4.0), 1.02)):
        a, d, e, f = _matrix(grid_pdf((297, 210), shift_mm=shift, scale=scale))
        assert (a, d) == pytest.approx((scale, scale))
        middle = a * 148.5 * _MM + e, d * 105 * _MM + f
        assert middle == pytest.approx(
            ((148.5 + shift[0]) * _MM, (105 + shift[1]) * _MM), abs=0.01
        )


def test_it_says_its_own_values_so_that_sheets_are_not_mixed_up() -> None:
    """Mutant: ten test pages on the table and nobody knows which is which."""
    text = pypdf.PdfReader(io.BytesIO(grid_pdf((297, 210), shift_mm=(2.5, -4), scale=1.02)))
    words = text.pages[0].extract_text()
    assert "2.5" in words
    assert "-4" in words
    assert "102" in words


@pytest.mark.parametrize("size", [(297.0, 210.0), (210.0, 297.0)])
def test_the_three_lines_lie_where_the_reckoning_takes_them_to_lie(
    size: tuple[float, float],
) -> None:
    """Mutant: a line at 25 mm on the page and 20 in the sums; or one length for A4 on its side."""
    from desktop.actions.calibration import MARK_MM, RULER_MM

    document = pypdfium2.PdfDocument(grid_pdf(size))
    image = document[0].render(scale=10 / _MM, grayscale=True)  # ten dots a millimetre
    rows, stride = bytes(image.buffer), image.stride
    image.close()
    document.close()

    def dark(x: float, y: float) -> bool:
        return rows[round(y * 10) * stride + round(x * 10)] < 110

    across = [x / 10 for x in range(130, 270) if dark(x / 10, 40)]
    assert sum(across) / len(across) == pytest.approx(MARK_MM, abs=0.15)
    down = [y / 10 for y in range(130, 270) if dark(60, y / 10)]
    assert sum(down) / len(down) == pytest.approx(MARK_MM, abs=0.15)
    level = size[1] / 2 + 42
    ruler = [x / 10 for x in range(round(size[0] * 10)) if dark(x / 10, level)]
    assert ruler[-1] - ruler[0] == pytest.approx(RULER_MM, abs=0.5)
