# SPDX-License-Identifier: Apache-2.0
"""A grid of millimetres by which a printer is adjusted to stock with a border printed on it.

Printed on plain paper and held against a sheet of the stock, the rulers say how far the printer
is off; the squares, ten millimetres each at scale 1, say by how much it stretches.
"""

from __future__ import annotations

from typing import Any, Final

from desktop.printing.document import MM, Document
from desktop.printing.typeface import typeface

_INK: Final = (0.1, 0.1, 0.16)
_PALE: Final = (0.72, 0.72, 0.78)
_STEP: Final = 10


def grid_pdf(
    size: tuple[float, float],
    *,
    shift_mm: tuple[float, float] = (0, 0),
    scale: float = 1.0,
) -> bytes:
    """One page of ``size`` millimetres with the grid moved and scaled as a certificate would be.

    With the right values the middle cross lies in the middle of the sheet and a ruler of ten
    squares measures 100 mm.
    """
    document = Document(size, title="แผ่นทดสอบตำแหน่งพิมพ์")
    canvas = document.canvas
    width, height = size
    canvas.translate(
        shift_mm[0] * MM + document.width / 2 * (1 - scale),
        shift_mm[1] * MM + document.height / 2 * (1 - scale),
    )
    canvas.scale(scale, scale)
    _grid(canvas, width, height)
    _cross(canvas, width / 2, height / 2)
    _words(canvas, width, height, shift_mm, scale)
    document.page()
    return document.save()


def _grid(canvas: Any, width: float, height: float) -> None:
    """Squares counted from the middle, so that both edges can be compared."""
    face = typeface("Sarabun-Regular")
    canvas.setFillColorRGB(*_INK)
    for axis, length, across in ((0, width, height), (1, height, width)):
        steps = int(length / 2 / _STEP)
        for step in range(-steps, steps + 1):
            place = (length / 2 + step * _STEP) * MM
            canvas.setLineWidth(0.8 if step % 5 == 0 else 0.3)
            canvas.setStrokeColorRGB(*(_INK if step % 5 == 0 else _PALE))
            ends = (place, 5 * MM, place, (across - 5) * MM)
            canvas.line(*(ends if axis == 0 else (ends[1], ends[0], ends[3], ends[2])))
            if step % 5 == 0 and step:
                text, middle = str(step * _STEP), across / 2 * MM
                x, y = (place, middle) if axis == 0 else (middle, place)
                face.draw(canvas, x + 1 * MM, y + 1 * MM, text, 9)


def _cross(canvas: Any, x: float, y: float) -> None:
    canvas.setStrokeColorRGB(*_INK)
    canvas.setLineWidth(1.6)
    canvas.line((x - 12) * MM, y * MM, (x + 12) * MM, y * MM)
    canvas.line(x * MM, (y - 12) * MM, x * MM, (y + 12) * MM)
    canvas.circle(x * MM, y * MM, 6 * MM, stroke=1, fill=0)


def _words(
    canvas: Any, width: float, height: float, shift_mm: tuple[float, float], scale: float
) -> None:
    box = (width / 2 - 75) * MM, (height / 2 + 18) * MM, 150 * MM, 25 * MM
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(*box, stroke=0, fill=1)
    canvas.setFillColorRGB(*_INK)
    bold, regular = typeface("Sarabun-Bold"), typeface("Sarabun-Regular")
    centre = width / 2 * MM
    bold.draw(canvas, centre, box[1] + 17 * MM, "แผ่นทดสอบตำแหน่งพิมพ์", 16, "centre")
    regular.draw(
        canvas,
        centre,
        box[1] + 10 * MM,
        "ทาบกับกระดาษจริง วัดว่ากากบาทห่างจากกึ่งกลางเท่าใด แล้วกรอกค่าที่ต้องเลื่อน",
        11,
        "centre",
    )
    set_to = f"เลื่อนขวา {shift_mm[0]:g} มม.  เลื่อนขึ้น {shift_mm[1]:g} มม.  ขนาด {scale * 100:g} %"
    regular.draw(canvas, centre, box[1] + 3.5 * MM, set_to, 11, "centre")
