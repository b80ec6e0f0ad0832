# SPDX-License-Identifier: Apache-2.0
"""The slip at the foot of a letter that is torn off, filled in by hand and sent back (ใบตอบรับ)."""

from __future__ import annotations

from typing import Any, Final

from desktop.printing.document import MM, Document
from desktop.printing.flow import ACCENT, SOFT, Frame, Strip
from desktop.printing.lines import wrap
from desktop.printing.prose import LEADING, SIZE, legible
from desktop.printing.table import INK
from desktop.printing.typeface import typeface

_SMALL: Final = 10.0
_STEP: Final = SIZE * LEADING
_DOTS: Final = "." * 200


def draw_choice(canvas: Any, x: float, base: float, word: str, *, chosen: bool) -> float:
    """A box to tick, drawn, with its word; returns where the next one begins."""
    side = 3.1 * MM
    canvas.setStrokeColorRGB(*INK)
    canvas.setLineWidth(0.8)
    canvas.rect(x, base - 0.35 * MM, side, side, stroke=1, fill=0)
    if chosen:
        canvas.setLineWidth(1.5)
        canvas.lines(
            [
                (x + 0.5 * MM, base + 1.1 * MM, x + 1.3 * MM, base + 0.3 * MM),
                (x + 1.3 * MM, base + 0.3 * MM, x + 2.9 * MM, base + 2.7 * MM),
            ]
        )
    face = typeface("Sarabun-SemiBold" if chosen else "Sarabun-Regular")
    canvas.setFillColorRGB(*INK)
    face.draw(canvas, x + side + 1.6 * MM, base, word, SIZE)
    return x + side + 1.6 * MM + face.width(word, SIZE) + 8 * MM


def reply_slip(frame: Frame, back: str, told: str) -> list[Strip]:
    """The slip: what is left of the page stays white above it, its cut is a dashed line.

    ``back`` says where it goes, ``told`` what was received.
    """
    face = typeface("Sarabun-Regular")
    width = frame.width
    returned = wrap(face, legible(back), _SMALL, width)
    lines = wrap(face, legible(told), SIZE, width)

    def dotted(words: str, until: float, x: float) -> str:
        room = until - x - face.width(words, SIZE) - 1 * MM
        count = int(room / face.width("." * 10, SIZE) * 10)
        return f"{words} {_DOTS[: max(count, 0)]}"

    right = frame.x + width

    def draw(document: Document, top: float) -> None:
        canvas = document.canvas
        _cut(canvas, frame, top - 3 * MM)
        canvas.setFillColorRGB(*INK)
        y = top - 9.5 * MM
        typeface("Sarabun-Bold").draw(canvas, frame.x + width / 2, y, "ใบตอบรับ", 13, "centre")
        y -= 5.4 * MM
        canvas.setFillColorRGB(*SOFT)
        for line in returned:
            face.draw(canvas, frame.x + width / 2, y, line, _SMALL, "centre")
            y -= _SMALL * 1.5
        canvas.setFillColorRGB(*INK)
        y -= 0.8 * MM
        face.draw(canvas, frame.x, y, dotted("หน่วยงาน", right, frame.x), SIZE)
        y -= _STEP
        for line in lines:
            face.draw(canvas, frame.x, y, line, SIZE)
            y -= _STEP
        y -= 1.2 * MM
        draw_choice(canvas, frame.x, y, "รับไว้ดำเนินการ", chosen=False)
        x = frame.x + 42 * MM
        draw_choice(canvas, x, y, dotted("ส่งต่อให้", right, x + 4.7 * MM), chosen=False)
        y -= _STEP * 1.12
        words = dotted("ไม่อยู่ในอำนาจหน้าที่ เพราะ", right, frame.x + 4.7 * MM)
        draw_choice(canvas, frame.x, y, words, chosen=False)
        y -= _STEP * 1.4
        half = frame.x + width / 2 + 3 * MM
        face.draw(canvas, frame.x, y, dotted("ลงชื่อผู้รับเรื่อง", half - 6 * MM, frame.x), SIZE)
        face.draw(canvas, half, y, dotted("ตำแหน่ง", right, half), SIZE)
        y -= _STEP * 1.15
        face.draw(canvas, frame.x, y, dotted("วันที่รับเรื่อง", half - 6 * MM, frame.x), SIZE)
        face.draw(canvas, half, y, dotted("โทรศัพท์", right, half), SIZE)

    rise = 9.5 * MM + 5.4 * MM + len(returned) * _SMALL * 1.5 + 0.8 * MM + _STEP * (1 + len(lines))
    height = rise + 1.2 * MM + _STEP * (1.12 + 1.4 + 1.15) + 1 * MM
    white = Strip(2 * MM, keep=True, fill=True)
    return [white, Strip(height, draw)]


def _cut(canvas: Any, frame: Frame, y: float) -> None:
    """The dashed line to cut along, with what to do beside it."""
    canvas.setStrokeColorRGB(*ACCENT)
    canvas.setLineWidth(0.8)
    canvas.setDash(4, 3)
    word = "ฉีกตามรอยนี้"
    face = typeface("Sarabun-Regular")
    width = face.width(word, 9)
    right = frame.x + frame.width
    canvas.line(frame.x, y, right - width - 2 * MM, y)
    canvas.setDash()
    canvas.setFillColorRGB(*SOFT)
    face.draw(canvas, right, y - 1 * MM, word, 9, "right")
