# SPDX-License-Identifier: Apache-2.0
"""A text of a template set to its width: lines, size and the room it takes, measured by its ink.

Thai stacks three high and hangs half an em low, and a script face more, so what a line takes is
what it inks. A nominal height is the least it takes all the same: without it the base lines of a
batch would dance from page to page with the marks of each name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from desktop.model.template import TextStyle
from desktop.printing.document import MM
from desktop.printing.lines import Fitted, TextDoesNotFit, fit, fit_lines, wrap
from desktop.printing.template_mark import Set
from desktop.printing.typeface import Typeface, Unprintable
from desktop.thai.digits import styled

RISE: Final = 0.92
"""Least height of a line over its base line in em: the top of "ที่" in Sarabun."""
DROP: Final = 0.24
_KO: Final = 0.586
"""Height of ก in Sarabun in em, for which those are."""
_SMALL_KO: Final = 0.46
"""Where ก is lower, letters are small for their em: 0.4 in TH Sarabun New, whose 16 points are 11
of Sarabun and take no more room than those."""
_CLEAR: Final = 0.9
"""Clear space between the ink of two lines of one text, in points."""
TIGHTEST: Final = 0.34
"""How far a gap may shrink before sizes do."""
LOOSEST: Final = 1.9
"""How far a gap may stretch; what is left over goes above and below the column."""
LEAST: Final = 0.21 * MM
"""What a gap keeps at least, if it was that wide at rest: any closer is touching."""
SCALES: Final = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72, 0.68, 0.64, 0.6, 0.56, 0.52)
"""What sizes are multiplied with, one after the other, until a text has room."""
_LEAST_SIZE: Final = 0.5
"""Points: a template may say nought."""
DIGITS: Final = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True, slots=True)
class Stack:
    """Lines of a text with their measures in points: over the first base line, between, under."""

    style: TextStyle
    face: Typeface
    fitted: Fitted
    rise: float
    steps: tuple[float, ...]
    drop: float
    ink_rise: float
    ink_drop: float
    fault: Unprintable | TextDoesNotFit | None = None
    """Why it is not as it should be; what could be set of it is set all the same."""

    @property
    def height(self) -> float:
        """Room it takes in a column."""
        return self.rise + sum(self.steps) + self.drop

    @property
    def ink_height(self) -> float:
        """Height of its ink."""
        return self.ink_rise + sum(self.steps) + self.ink_drop


@lru_cache(maxsize=256)
def lettering(face: Typeface) -> float:
    """What heights in em come to in a face whose letters are small for its em; 1 in others."""
    try:
        high = face.ink("ก", 1)[3]
    except Unprintable:
        return 1.0
    return high / _KO if 0 < high < _SMALL_KO else 1.0


def in_style(text: str, style: TextStyle) -> str:
    """``text`` in the digits of ``style``."""
    return text if style.digits == "event" else styled(text, style.digits)


@lru_cache(maxsize=4096)
def stack(
    style: TextStyle, face: Typeface, factor: float, text: str, width: float, scale: float = 1.0
) -> Stack:
    """``text`` set to ``width`` millimetres at ``scale``, never smaller than the style allows.

    ``factor`` turns the style's sizes into those of ``face``. The text's own line breaks count.
    """
    smallest = max(_LEAST_SIZE, min(style.smallest, style.size) * factor)
    size = max(smallest, style.size * factor * scale)
    fault: Unprintable | TextDoesNotFit | None = None
    try:
        fitted = _fitted(style, face, text, (size, smallest), width * MM)
    except Unprintable as problem:
        fault = problem
        text = _printable(face, text)
        try:
            fitted = _fitted(style, face, text, (size, smallest), width * MM)
        except TextDoesNotFit:
            fitted = Fitted(tuple(wrap(face, text, smallest, width * MM)), smallest, 100)
    except TextDoesNotFit as problem:
        fault = problem
        fitted = Fitted(tuple(wrap(face, text, smallest, max(width * MM, 1))), smallest, 100)
    inks = [face.ink(line, fitted.size) for line in fitted.lines]
    small = lettering(face)
    steps = tuple(
        max(style.leading * fitted.size * small, below[3] - above[1] + _CLEAR)
        for above, below in pairwise(inks)
    )
    # A name shrunk to its line keeps the height of the others: the column stays where it is.
    nominal = (fitted.size if steps else size) * small
    return Stack(
        style,
        face,
        fitted,
        rise=max(RISE * nominal, inks[0][3]),
        steps=steps,
        drop=max(DROP * nominal, -inks[-1][1]),
        ink_rise=inks[0][3],
        ink_drop=-inks[-1][1],
        fault=fault,
    )


def _fitted(
    style: TextStyle, face: Typeface, text: str, sizes: tuple[float, float], width: float
) -> Fitted:
    setter = fit if style.keep == "line" else fit_lines
    most = max(style.max_lines, text.count("\n") + 1)
    return setter(face, text, sizes[0], width, smallest=sizes[1], max_lines=most)


def _printable(face: Typeface, text: str) -> str:
    """``text`` without the characters that the face cannot set."""
    while True:
        try:
            for line in text.split("\n"):
                face.run(line)
        except Unprintable as problem:
            less = text.replace(problem.character, "")
            text = less if less != text else ""
        else:
            return text


def set_stack(made: Stack, left: float, width: float, y: float) -> tuple[Set, ...]:
    """The lines of a stack in a box from ``left``, ``width`` wide, first base line at ``y``."""
    face, fitted, style = made.face, made.fitted, made.style
    size, condense, align = fitted.size, fitted.condense, style.align
    x = left if align == "left" else left + (width / 2 if align == "centre" else width)
    placed: list[Set] = []
    base = y
    for index, text in enumerate(fitted.lines):
        if index:
            base -= made.steps[index - 1]
        ink = face.ink(text, size, condense=condense)
        start = x
        if align != "left":
            across = face.width(text, size, condense=condense)
            start = x - (across if align == "right" else across / 2)
        placed.append(
            Set(face, text, x, base, size, align, condense, style.colour,
                (start + ink[0], base + ink[1], start + ink[2], base + ink[3]))
        )  # fmt: skip
    return tuple(placed)


def gaps_in(wanted: Sequence[float], room: float) -> list[float]:
    """The gaps that fill ``room``, as far as gaps may stretch and shrink; all in points."""
    least = [min(gap, max(gap * TIGHTEST, LEAST)) for gap in wanted]
    free = [gap > 0 for gap in wanted]
    while any(free):
        kept = sum(low for low, moves in zip(least, free, strict=True) if not moves)
        moving = sum(gap for gap, moves in zip(wanted, free, strict=True) if moves)
        stretch = min(LOOSEST, (room - kept) / moving)
        tight = [
            moves and gap * stretch < low - 1e-9
            for gap, low, moves in zip(wanted, least, free, strict=True)
        ]
        if not any(tight):
            return [
                gap * stretch if moves else low
                for gap, low, moves in zip(wanted, least, free, strict=True)
            ]
        free = [moves and not now for moves, now in zip(free, tight, strict=True)]
    return least
