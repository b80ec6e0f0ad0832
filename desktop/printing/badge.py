# SPDX-License-Identifier: Apache-2.0
"""Name badges: ten on a sheet of A4, 90 × 54 mm each with cut marks, and a QR of digits.

The code is fourteen digits and nothing else: a scanner types it through whatever keyboard layout
is on, and it says nothing about the person to anyone who photographs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from desktop.printing.box import Box, Style, set_in
from desktop.printing.document import A4, MM, Document
from desktop.printing.qr import draw_qr

_WIDTH: Final = 90.0
_HEIGHT: Final = 54.0
_COLUMNS: Final = 2
_ROWS: Final = 5
PER_PAGE: Final = _COLUMNS * _ROWS
_ACCENT: Final = (0.22, 0.2, 0.5)
_INK: Final = (0.1, 0.1, 0.16)
_SOFT: Final = (0.36, 0.36, 0.42)

_QR: Final = 18.5

_Place = tuple[float, float, float, float, Style]
# Left, bottom, width, height in millimetres from the badge's lower left corner.
_EVENT: Final[_Place] = (4, 42.5, 82, 8, Style(9, 6.5, 2, "centre"))
_NAME: Final[_Place] = (4, 25, 82, 17, Style(21, 13, 2, "centre", "Sarabun-Bold"))
_AGENCY: Final[_Place] = (5, 14.5, 60, 9.5, Style(10.5, 7, 2))
_PLACE: Final[_Place] = (5, 8.5, 60, 6, Style(10.5, 8, 1))
_ROLE: Final[_Place] = (5, 2, 44, 6, Style(10.5, 8, 1, face="Sarabun-SemiBold"))
_SEAT: Final[_Place] = (46, 2, 19, 7, Style(15, 10, 1, "right", "Sarabun-Bold"))


@dataclass(frozen=True, slots=True)
class Badge:
    """The texts of one badge, in the event's digit style, and its code in Arabic digits."""

    name: str
    code: str
    organisation: str = ""
    place: str = ""
    role: str = ""
    seat: str = ""


def badges_pdf(
    event: str,
    badges: Sequence[Badge],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """All badges, ten a page. Raises TextDoesNotFit naming the person whose text is too long."""
    document = Document(A4, title="ป้ายชื่อ", subject=event)
    left = (210 - _COLUMNS * _WIDTH) / 2
    bottom = (297 - _ROWS * _HEIGHT) / 2
    for start in range(0, len(badges), PER_PAGE):
        _cut_marks(document.canvas, left, bottom)
        for place, badge in enumerate(badges[start : start + PER_PAGE]):
            column, row = place % _COLUMNS, _ROWS - 1 - place // _COLUMNS
            x, y = (left + column * _WIDTH) * MM, (bottom + row * _HEIGHT) * MM
            _badge(document.canvas, x, y, event, badge)
        document.page()
        if progress:
            progress(min(start + PER_PAGE, len(badges)), len(badges))
    return document.save()


def _badge(canvas: Any, x: float, y: float, event: str, badge: Badge) -> None:
    canvas.setFillColorRGB(*_ACCENT)
    canvas.rect(x, y + (_HEIGHT - 3) * MM, _WIDTH * MM, 3 * MM, stroke=0, fill=1)
    texts = (
        (_SOFT, event, _EVENT),
        (_INK, badge.name, _NAME),
        (_SOFT, badge.organisation, _AGENCY),
        (_INK, badge.place, _PLACE),
        (_ACCENT, badge.role, _ROLE),
        (_ACCENT, badge.seat, _SEAT),
    )
    for colour, text, (left, bottom, width, height, style) in texts:
        canvas.setFillColorRGB(*colour)
        box = Box(x + left * MM, y + bottom * MM, width * MM, height * MM)
        # A name that needs two lines breaks before the surname if it can.
        apart = text.replace(" ", " \u200b") if style is _NAME[-1] else text
        set_in(canvas, box, style, apart, badge.name)
    draw_qr(canvas, badge.code, x + (_WIDTH - _QR - 3.5) * MM, y + 3.2 * MM, _QR)


def _cut_marks(canvas: Any, left: float, bottom: float) -> None:
    canvas.setStrokeColorRGB(*_SOFT)
    canvas.setLineWidth(0.4)
    right, top = left + _COLUMNS * _WIDTH, bottom + _ROWS * _HEIGHT
    for column in range(_COLUMNS + 1):
        x = (left + column * _WIDTH) * MM
        canvas.line(x, (bottom - 6) * MM, x, (bottom - 1.5) * MM)
        canvas.line(x, (top + 1.5) * MM, x, (top + 6) * MM)
    for row in range(_ROWS + 1):
        y = (bottom + row * _HEIGHT) * MM
        canvas.line((left - 6) * MM, y, (left - 1.5) * MM, y)
        canvas.line((right + 1.5) * MM, y, (right + 6) * MM, y)
