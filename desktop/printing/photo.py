# SPDX-License-Identifier: Apache-2.0
"""Photographs in a report: two beside each other, each with its caption.

A photograph that may not be shown is never drawn; the paper says how many were kept back, so that
nobody takes what is there for all there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.box import Box
from desktop.printing.document import MM, Document
from desktop.printing.flow import SOFT, Frame, Strip, gap
from desktop.printing.lines import wrap
from desktop.printing.picture import Picture, draw_picture, read_picture
from desktop.printing.prose import legible, lines_of
from desktop.printing.typeface import typeface
from desktop.thai.digits import styled

_BETWEEN: Final = 6 * MM
_TALLEST: Final = 92 * MM
_CAPTION: Final = 10.0
_CAPTION_STEP: Final = _CAPTION * 1.45
_FACE: Final = "Sarabun-Regular"


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG or PNG. ``allowed``: the consent covers showing it in this report, decided by whoever
    prints; a photograph that is not allowed need not bring its bytes."""

    data: bytes
    caption: str
    allowed: bool


def photos(frame: Frame, given: Sequence[Photo], digits: DigitStyle) -> list[Strip]:
    """The allowed ones in rows of two, and a sentence about the others."""
    shown = [each for each in given if each.allowed]
    strips = [_row(frame, shown[start : start + 2]) for start in range(0, len(shown), 2)]
    kept = len(given) - len(shown)
    if kept:
        sentence = styled(f"ไม่พิมพ์ภาพถ่ายอีก {kept} ภาพ เพราะไม่ได้รับความยินยอมให้ใช้ในรายงานนี้", digits)
        strips += lines_of(
            wrap(typeface(_FACE), sentence, 10.5, frame.width), frame.x, 10.5, colour=SOFT
        )
        strips.append(gap(1.5))
    return strips


def _row(frame: Frame, pair: Sequence[Photo]) -> Strip:
    width = (frame.width - _BETWEEN) / 2
    face = typeface(_FACE)
    pictures: list[tuple[Picture, list[str]]] = [
        (
            read_picture(each.data),
            wrap(face, legible(each.caption), _CAPTION, width) if each.caption else [],
        )
        for each in pair
    ]
    tall = max(min(_TALLEST, width / picture.ratio) for picture, _caption in pictures)
    captions = max(len(caption) for _picture, caption in pictures) * _CAPTION_STEP
    height = tall + captions + 4.5 * MM

    def draw(document: Document, top: float) -> None:
        for place, (picture, caption) in enumerate(pictures):
            x = frame.x + place * (width + _BETWEEN)
            high = min(_TALLEST, width / picture.ratio)
            # Pictures of one row stand on one line, their captions beginning under it.
            draw_picture(document, picture, Box(x, top - tall - 1 * MM, width, high))
            document.canvas.setFillColorRGB(*SOFT)
            y = top - tall - 1 * MM - _CAPTION * 1.25
            for line in caption:
                face.draw(document.canvas, x + width / 2, y, line, _CAPTION, "centre")
                y -= _CAPTION_STEP

    return Strip(height, draw)
