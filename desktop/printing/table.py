# SPDX-License-Identifier: Apache-2.0
"""Ruled tables on paper: columns in millimetres, cells set by the room's own text engine.

Two ways to fill a row: ``fitted`` keeps a fixed height and makes a long text smaller and then
break (sheets that are signed need even rows); ``filled`` keeps the size and lets the row grow
(registers that are read). Neither ever cuts a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from desktop.printing.box import LEADING, Box, Style, draw_lines, set_in
from desktop.printing.document import MM
from desktop.printing.lines import TextDoesNotFit, balance, longest_word, wrap
from desktop.printing.typeface import typeface

INK: Final = (0.11, 0.11, 0.2)
RULE: Final = (0.55, 0.55, 0.6)
SHADE: Final = (0.935, 0.935, 0.95)
_PAD: Final = 1.3 * MM
_PLAIN: Final = Style()
_TINIEST: Final = 5.0
"""Points: smaller letters are read by nobody."""
_BALANCED: Final = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, width in millimetres, and how its cells are set."""

    heading: str
    width: float
    style: Style = _PLAIN


@lru_cache(maxsize=4096)
def _set(style: Style, text: str, width: float) -> tuple[tuple[str, ...], float]:
    """A text on lines of ``width`` points, and their size.

    One line that is a little smaller reads better than a name in two pieces; a surname is not cut
    while a smaller one goes in whole; two or three lines are balanced, so that an office's name
    does not end in its last word alone.
    """
    face = typeface(style.face)
    alone = width / max(face.width(text.replace("\n", ""), 1), 1e-6)
    if "\n" not in text and alone >= style.smallest:
        return (text,), min(style.size, alone)
    longest = longest_word(face, text)
    size = min(style.size, max(style.smallest, width / max(longest, 1e-6)))
    lines = wrap(face, text, size, width)
    if len(lines) <= _BALANCED and longest * size <= width:
        count = len(lines)
        spaced = balance(face, text, size, width, count, spaces=True)
        lines = spaced or balance(face, text, size, width, count) or lines
    return tuple(lines), size


def with_room_for(
    columns: Sequence[Column],
    at: int,
    texts: Iterable[str],
    *,
    most: float,
    taken_from: Sequence[int],
) -> tuple[Column, ...]:
    """The columns with that at ``at`` wide enough for each of ``texts`` on one line, at nine
    tenths of its size; ``most`` millimetres. The others named give the room, in equal parts.

    For numbers, which are no words: wherever a line ended they would be read wrongly.
    """
    one = columns[at]
    face = typeface(one.style.face)
    widest = max((face.width(text, one.style.size * 0.9) for text in texts), default=0.0)
    more = min(most, (widest + 2 * _PAD) / MM + 0.2) - one.width
    if more <= 0:
        return tuple(columns)
    share = more / len(taken_from)
    return tuple(
        replace(each, width=each.width + (more if place == at else 0))
        if place not in taken_from
        else replace(each, width=each.width - share)
        for place, each in enumerate(columns)
    )


class Ruled:
    """A table being drawn on a canvas from the top down; ``y`` is where the next row starts."""

    def __init__(self, canvas: Any, x: float, y: float, columns: Sequence[Column]) -> None:
        """``x`` and ``y`` are the upper left corner in points."""
        self._canvas = canvas
        self._x = x
        self.y = y
        self.columns = tuple(columns)

    @property
    def width(self) -> float:
        """Width of the whole table in points."""
        return sum(column.width for column in self.columns) * MM

    def heading(self, height: float) -> None:
        """The heading row, shaded, ``height`` in points."""
        self._canvas.setFillColorRGB(*SHADE)
        self._canvas.rect(self._x, self.y - height, self.width, height, stroke=0, fill=1)
        self._canvas.setFillColorRGB(*INK)
        style = Style(10.5, 8, 3, "centre", "Sarabun-SemiBold")
        for column, box in self._boxes(height):
            set_in(self._canvas, box, style, column.heading)
        self._rule(height, heavy=True)

    def fitted(self, cells: Sequence[str], height: float, whose: str = "") -> None:
        """A row of fixed ``height`` in points; long texts get smaller, then break.

        One that is too long for its column's style all the same is set closer and on more lines,
        so that it does not keep the whole list from being printed. Raises TextDoesNotFit, naming
        ``whose`` row it is, when nobody could read that.
        """
        for (column, box), text in zip(self._boxes(height), cells, strict=True):
            style = column.style
            try:
                set_in(self._canvas, box, style, text, whose)
            except TextDoesNotFit:
                small = max(_TINIEST, style.smallest * 0.6)
                more = replace(
                    style, size=style.smallest, smallest=small, max_lines=style.max_lines + 3
                )
                set_in(self._canvas, box, more, text, whose)
        self._rule(height)

    def height_of(self, cells: Sequence[str], least: float) -> float:
        """Points a ``filled`` row of these cells will take, at least ``least``."""
        height = least
        for column, text in zip(self.columns, cells, strict=True):
            lines, size = self._lines(column, text)
            height = max(height, len(lines) * size * LEADING + 1.6 * MM)
        return height

    def parts(self, cells: Sequence[str], tallest: float) -> Iterator[tuple[str, ...]]:
        """The row as rows that are no taller than ``tallest`` points: most often one."""
        if self.height_of(cells, 0) <= tallest:
            yield tuple(cells)
            return
        broken = [self._lines(*each) for each in zip(self.columns, cells, strict=True)]
        size = max(each.style.size for each in self.columns)
        room = max(1, int((tallest - 1.6 * MM) / (size * LEADING)))
        for start in range(0, max(len(lines) for lines, _size in broken), room):
            yield tuple("\n".join(lines[start : start + room]) for lines, _size in broken)

    def filled(self, cells: Sequence[str], least: float) -> None:
        """A row that grows with its longest cell."""
        height = self.height_of(cells, least)
        for (column, box), text in zip(self._boxes(height), cells, strict=True):
            lines, size = self._lines(column, text)
            draw_lines(self._canvas, box, column.style, lines, size)
        self._rule(height)

    def _boxes(self, height: float) -> Iterator[tuple[Column, Box]]:
        left = self._x
        for column in self.columns:
            width = column.width * MM
            yield (
                column,
                Box(left + _PAD, self.y - height + 0.3 * MM, width - 2 * _PAD, height - 0.6 * MM),
            )
            left += width

    @staticmethod
    def _lines(column: Column, text: str) -> tuple[list[str], float]:
        """The lines of a cell that may grow, and their size."""
        if not text:
            return [], column.style.size
        lines, size = _set(column.style, text, column.width * MM - 2 * _PAD)
        return list(lines), size

    def _rule(self, height: float, *, heavy: bool = False) -> None:
        """The lines around the row just drawn; the next one starts below it."""
        canvas = self._canvas
        canvas.setStrokeColorRGB(*(INK if heavy else RULE))
        canvas.setLineWidth(0.8 if heavy else 0.45)
        canvas.rect(self._x, self.y - height, self.width, height, stroke=1, fill=0)
        left = self._x
        for column in self.columns[:-1]:
            left += column.width * MM
            canvas.line(left, self.y, left, self.y - height)
        self.y -= height
