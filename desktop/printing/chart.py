# SPDX-License-Identifier: Apache-2.0
"""The five dimensions of a family over its visits: a small chart of lines, one for each dimension.

Three levels, better is higher. The state is a shape as well as a colour, so that a black copy
says the same: a ring for no problem, a triangle for one to watch, a square for one that needs
help, a dash where nobody looked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, Literal

from desktop.model.event import DigitStyle
from desktop.printing.box import Box, Style, set_in
from desktop.printing.document import MM, Document
from desktop.printing.flow import HAIR, SOFT, Frame, Strip
from desktop.printing.table import INK
from desktop.printing.typeface import typeface
from desktop.thai.dates import be_date
from desktop.thai.digits import styled

DimensionState = Literal["ok", "watch", "help", "na"]

DIMENSIONS: Final = ("รายได้", "สุขภาพ", "ความเป็นอยู่/ที่อยู่อาศัย", "การศึกษา", "การเข้าถึงบริการภาครัฐ")
"""In the order of the home-visit form: income, health, housing, education, state services."""
MOST: Final = 12
"""Visits the chart shows; of more, the last ones."""

_ROW: Final = 9.2 * MM
_DATES: Final = 10 * MM
_LEGEND: Final = 6.5 * MM
_LABEL: Final = 46 * MM
_STATE: Final = 30 * MM
_COLOURS: Final[dict[DimensionState, tuple[float, float, float]]] = {
    "ok": (0.1, 0.45, 0.28),
    "watch": (0.72, 0.45, 0.02),
    "help": (0.72, 0.13, 0.16),
    "na": (0.5, 0.5, 0.55),
}
WORDS: Final[dict[DimensionState, str]] = {
    "ok": "ไม่มีปัญหา",
    "watch": "เฝ้าระวัง",
    "help": "ต้องช่วยเหลือ",
    "na": "ไม่ได้ประเมิน",
}
_LEVELS: Final[dict[DimensionState, float]] = {"ok": 0.8, "watch": 0.5, "help": 0.2, "na": 0.5}


@dataclass(frozen=True, slots=True)
class Assessment:
    """The five dimensions as one visit found them."""

    visited_on: date
    income: DimensionState
    health: DimensionState
    housing: DimensionState
    education: DimensionState
    state: DimensionState

    @property
    def states(self) -> tuple[DimensionState, ...]:
        """In the order of ``DIMENSIONS``."""
        return (self.income, self.health, self.housing, self.education, self.state)


def dimension_chart(
    frame: Frame, assessments: Sequence[Assessment], digits: DigitStyle
) -> list[Strip]:
    """The chart as one strip; nothing without an assessment. Oldest visit at the left."""
    if not assessments:
        return []
    ordered = sorted(assessments, key=lambda each: each.visited_on)[-MOST:]
    note = ""
    if len(assessments) > MOST:
        note = styled(f"แสดง {MOST} ครั้งล่าสุดจากทั้งหมด {len(assessments)} ครั้ง", digits)
    height = _LEGEND + _ROW * len(DIMENSIONS) + _DATES

    def draw(document: Document, top: float) -> None:
        canvas = document.canvas
        _legend(canvas, frame, top, note)
        top -= _LEGEND
        for index, name in enumerate(DIMENSIONS):
            states = [each.states[index] for each in ordered]
            _row(canvas, frame, top - index * _ROW, name, states)
        _days(canvas, frame, top - _ROW * len(DIMENSIONS), ordered, digits)

    return [Strip(height, draw)]


def _days(
    canvas: Any, frame: Frame, top: float, ordered: Sequence[Assessment], digits: DigitStyle
) -> None:
    """The day of each visit under it, its year below; of too many every other, the last always."""
    face = typeface("Sarabun-Regular")
    days = [be_date(each.visited_on, "short", digits).rpartition(" ") for each in ordered]
    room = _step(frame, len(ordered)) * 0.95
    widest = max(face.width(word, 1) for day in days for word in day)
    every = 1 if widest * 7.5 <= room else 2
    size = min(9.0, room * every / widest)
    canvas.setFillColorRGB(*SOFT)
    for index, (day, _space, year) in enumerate(days):
        if (len(days) - 1 - index) % every == 0:
            x = _x(frame, index, len(days))
            face.draw(canvas, x, top - 3.9 * MM, day, size, "centre")
            face.draw(canvas, x, top - 3.9 * MM - size * 1.35, year, size, "centre")


def _step(frame: Frame, count: int) -> float:
    return (frame.width - _LABEL - _STATE) / count


def _x(frame: Frame, index: int, count: int) -> float:
    return frame.x + _LABEL + _step(frame, count) * (index + 0.5)


def _row(
    canvas: Any, frame: Frame, top: float, name: str, states: Sequence[DimensionState]
) -> None:
    """One dimension: its name, its line, and in words how it was at the last visit."""
    left, right = frame.x + _LABEL, frame.x + frame.width - _STATE
    canvas.setStrokeColorRGB(*HAIR)
    canvas.setLineWidth(0.4)
    for level in (0.2, 0.5, 0.8):
        y = top - _ROW * (1 - level)
        canvas.line(left, y, right, y)
    canvas.setLineWidth(0.7)
    canvas.line(frame.x, top - _ROW, frame.x + frame.width, top - _ROW)
    canvas.setFillColorRGB(*INK)
    set_in(canvas, Box(frame.x, top - _ROW, _LABEL - 3 * MM, _ROW), Style(11, 9, 2), name)
    last = states[-1]
    canvas.setFillColorRGB(*_COLOURS[last])
    words = Box(right + 3 * MM, top - _ROW, _STATE - 3 * MM, _ROW)
    set_in(canvas, words, Style(11, 9, 2, face="Sarabun-SemiBold"), WORDS[last])
    points = [
        (_x(frame, index, len(states)), top - _ROW * (1 - _LEVELS[state]), state)
        for index, state in enumerate(states)
    ]
    canvas.setStrokeColorRGB(*SOFT)
    canvas.setLineWidth(1.1)
    known = [(x, y) for x, y, state in points if state != "na"]
    for (x0, y0), (x1, y1) in pairwise(known):
        canvas.line(x0, y0, x1, y1)
    for x, y, state in points:
        _mark(canvas, x, y, state)


def _mark(canvas: Any, x: float, y: float, state: DimensionState) -> None:
    """The shape of a state, about 2.4 mm across, on white."""
    colour = _COLOURS[state]
    size = 1.2 * MM
    canvas.setStrokeColorRGB(*colour)
    canvas.setFillColorRGB(*((1, 1, 1) if state == "ok" else colour))
    canvas.setLineWidth(1.3)
    if state == "ok":
        canvas.circle(x, y, size * 0.95, stroke=1, fill=1)
    elif state == "watch":
        path = canvas.beginPath()
        path.moveTo(x, y + size * 1.15)
        path.lineTo(x - size * 1.15, y - size * 0.9)
        path.lineTo(x + size * 1.15, y - size * 0.9)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    elif state == "help":
        canvas.rect(x - size, y - size, 2 * size, 2 * size, stroke=0, fill=1)
    else:
        canvas.line(x - size, y, x + size, y)


def _legend(canvas: Any, frame: Frame, top: float, note: str) -> None:
    face = typeface("Sarabun-Regular")
    base = top - 4.2 * MM
    x = frame.x
    for state, word in WORDS.items():
        _mark(canvas, x + 1.4 * MM, base + 1.15 * MM, state)
        canvas.setFillColorRGB(*SOFT)
        face.draw(canvas, x + 4.2 * MM, base, word, 9.5)
        x += 4.2 * MM + face.width(word, 9.5) + 6 * MM
    if note:
        face.draw(canvas, frame.x + frame.width, base, note, 9.5, "right")
