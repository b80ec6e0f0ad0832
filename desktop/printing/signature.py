# SPDX-License-Identifier: Apache-2.0
"""Signatures under a report: the image that was taken, or a dotted line to sign on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.box import Box
from desktop.printing.document import MM, Document
from desktop.printing.flow import SOFT, Frame, Strip
from desktop.printing.lines import wrap
from desktop.printing.picture import draw_picture, read_picture
from desktop.printing.prose import legible
from desktop.printing.table import INK
from desktop.printing.typeface import typeface
from desktop.thai.dates import be_date, clock

_BETWEEN: Final = 8 * MM
_IMAGE: Final = 17 * MM
_THUMB: Final = 24 * MM
_SIZE: Final = 11.0
_STEP: Final = _SIZE * 1.5


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as what, and the image of it (JPEG or PNG) if one was taken."""

    role: str
    """For example ผู้เยี่ยม, ผู้ให้ข้อมูล, ผู้ใช้อำนาจปกครอง."""
    name: str = ""
    image: bytes | None = None
    thumb: bool = False
    """The image is a thumbprint."""
    witness: str = ""
    """Who saw it, for a thumbprint or a word of mouth."""
    signed_at: datetime | None = None


def signatures(frame: Frame, given: Sequence[Signature], digits: DigitStyle) -> list[Strip]:
    """The signatures, two beside each other, all of them on one page if they are not many."""
    rows = [_row(frame, given[start : start + 2], digits) for start in range(0, len(given), 2)]
    return [*(replace(row, keep=True) for row in rows[:-1]), *rows[-1:]]


def _row(frame: Frame, pair: Sequence[Signature], digits: DigitStyle) -> Strip:
    width = (frame.width - _BETWEEN) / 2
    face = typeface("Sarabun-Regular")
    high = max(_THUMB if each.thumb and each.image else _IMAGE for each in pair)
    drawn = [(read_picture(each.image) if each.image else None) for each in pair]
    texts = [
        [line for text in _under(each, digits) for line in wrap(face, legible(text), _SIZE, width)]
        for each in pair
    ]
    height = high + 3 * MM + max(len(lines) for lines in texts) * _STEP + 3 * MM

    def draw(document: Document, top: float) -> None:
        canvas = document.canvas
        for place, picture in enumerate(drawn):
            # A signature alone stands at the right, as under a letter.
            x = frame.x + (place if len(pair) == 2 else 1) * (width + _BETWEEN)
            line = top - high - 2 * MM
            if picture is not None:
                box = Box(x + width * 0.15, line + 0.6 * MM, width * 0.7, high)
                draw_picture(document, picture, box)
            canvas.setStrokeColorRGB(*SOFT)
            canvas.setLineWidth(0.7)
            canvas.setDash(0.7, 1.7)
            canvas.line(x + width * 0.12, line, x + width * 0.88, line)
            canvas.setDash()
            canvas.setFillColorRGB(*INK)
            y = line - _SIZE * 1.35
            for text in texts[place]:
                face.draw(canvas, x + width / 2, y, text, _SIZE, "centre")
                y -= _STEP

    return Strip(height, draw)


def _under(signature: Signature, digits: DigitStyle) -> list[str]:
    """The lines under one signature, from the top."""
    lines = [f"({signature.name})" if signature.name else f"( {'.' * 44} )"]
    lines.append(f"{signature.role} (ลายพิมพ์นิ้วมือ)" if signature.thumb else signature.role)
    if signature.witness:
        lines.append(f"พยาน: {signature.witness}")
    if signature.signed_at is not None:
        at = signature.signed_at
        time = clock(at.hour * 60 + at.minute, digits)
        lines.append(f"{be_date(at.date(), 'short', digits)} เวลา {time} น.")
    return lines
