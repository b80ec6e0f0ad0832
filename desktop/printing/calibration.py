# SPDX-License-Identifier: Apache-2.0
"""A page by which a printer is adjusted to stock with a border printed on it.

Two lines lie 20 mm from the left and from the upper edge, a third is 180 mm long: measured with a
ruler, they say how far the printer is off and by how much it stretches. The squares, ten
millimetres each, help where the sheet is held against a sheet of the stock.
"""

from __future__ import annotations

from typing import Any, Final

from desktop.printing.document import MM, Document
from desktop.printing.typeface import typeface

_INK: Final = (0.1, 0.1, 0.16)
_PALE: Final = (0.72, 0.72, 0.78)
_STEP: Final = 10
_MARK: Final = 20.0
_RULER: Final = 180.0
_NEAR: Final = 6.0
"""Millimetres from the edge within which many printers print nothing."""


def grid_pdf(
    size: tuple[float, float],
    *,
    shift_mm: tuple[float, float] = (0, 0),
    scale: float = 1.0,
) -> bytes:
    """One page of ``size`` millimetres with the grid moved and scaled as a certificate would be.

    With the right values line A lies 20 mm from the left edge of the paper, line B 20 mm from
    the upper edge, and line C measures 180 mm.
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
    _marks(canvas, width, height)
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
            canvas.setLineWidth(0.5 if step % 5 == 0 else 0.25)
            canvas.setStrokeColorRGB(*_PALE)
            ends = (place, _NEAR * MM, place, (across - _NEAR) * MM)
            canvas.line(*(ends if axis == 0 else (ends[1], ends[0], ends[3], ends[2])))
            if step % 5 == 0 and step and abs(place / MM - length / 2) < length / 2 - 12:
                text, middle = str(step * _STEP), across / 2 * MM
                x, y = (place, middle) if axis == 0 else (middle, place)
                face.draw(canvas, x + 1 * MM, y + 1 * MM, text, 9)


def _cross(canvas: Any, x: float, y: float) -> None:
    canvas.setStrokeColorRGB(*_INK)
    canvas.setLineWidth(1.6)
    canvas.line((x - 12) * MM, y * MM, (x + 12) * MM, y * MM)
    canvas.line(x * MM, (y - 12) * MM, x * MM, (y + 12) * MM)
    canvas.circle(x * MM, y * MM, 6 * MM, stroke=1, fill=0)


def _marks(canvas: Any, width: float, height: float) -> None:
    """The three lines that are measured, each with its letter and its arrow."""
    top = height - _MARK
    low = height / 2 - 42
    canvas.setStrokeColorRGB(*_INK)
    canvas.setLineWidth(0.9)
    canvas.line(_MARK * MM, (top - 70) * MM, _MARK * MM, (top - 15) * MM)
    canvas.line((_MARK + 15) * MM, top * MM, (_MARK + 95) * MM, top * MM)
    _arrow(canvas, _NEAR, top - 31, _MARK, top - 31)
    _arrow(canvas, _MARK + 55, height - _NEAR, _MARK + 55, top)
    left, right = (width - _RULER) / 2, (width + _RULER) / 2
    canvas.line(left * MM, low * MM, right * MM, low * MM)
    for end in (left, right):
        canvas.line(end * MM, (low - 5) * MM, end * MM, (low + 5) * MM)
    _note(canvas, _MARK + 3, top - 33, "A  จากขอบกระดาษด้านซ้ายถึงเส้นนี้ ควรได้ 20 มม.")
    _note(canvas, _MARK + 59, top + 3, "B  จากขอบกระดาษด้านบนถึงเส้นนี้ ควรได้ 20 มม.")
    _note(canvas, width / 2 - 38, low + 3, "C  ความยาวเส้นนี้ ควรได้ 180 มม.")


def _arrow(canvas: Any, x: float, y: float, to_x: float, to_y: float) -> None:
    """From near the edge to a line; its tip touches the line."""
    canvas.line(x * MM, y * MM, to_x * MM, to_y * MM)
    for side in (-1, 1):
        across = side * 1.4
        tail = (to_x - 2.5, to_y + across) if y == to_y else (to_x + across, to_y + 2.5)
        canvas.line(to_x * MM, to_y * MM, tail[0] * MM, tail[1] * MM)


def _note(canvas: Any, x: float, y: float, text: str) -> None:
    face = typeface("Sarabun-Bold")
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    wide = face.width(text, 11)
    canvas.rect(x * MM - 3, y * MM - 4, wide + 6, 17, stroke=0, fill=1)
    canvas.setFillColorRGB(*_INK)
    face.draw(canvas, x * MM, y * MM, text, 11)
    canvas.restoreState()


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
        "วัดเส้น A B และ C ด้วยไม้บรรทัด แล้วกรอกค่าที่วัดได้ในโปรแกรม",
        11,
        "centre",
    )
    set_to = f"เลื่อนขวา {shift_mm[0]:g} มม.  เลื่อนขึ้น {shift_mm[1]:g} มม.  ขนาด {scale * 100:g} %"
    regular.draw(canvas, centre, box[1] + 3.5 * MM, set_to, 11, "centre")
