# SPDX-License-Identifier: Apache-2.0
"""Several pages on one sheet of paper, with marks to cut along and, for tents, to fold along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from desktop.model.template import Template
from desktop.printing.document import MM, Document

_AWAY: Final = 1.2
"""Millimetres between a corner and the mark that points at it."""
_LONG: Final = 4.0
_LEAST: Final = 1.0
"""A mark shorter than this is not drawn: the paper ends there."""


class Sheet:
    """How the pages of a template lie on paper. ``each`` pages to a sheet, ``size`` in mm."""

    def __init__(self, template: Template) -> None:
        paper = template.paper
        self._paper = paper
        self._page = (template.width, template.height)
        if paper is None:
            self.size = self._page
            self.each = 1
            return
        self.size = (paper.width, paper.height)
        self.each = paper.columns * paper.rows
        high = template.height * (2 if paper.fold else 1)
        across = paper.columns * template.width + (paper.columns - 1) * paper.gap_x
        down = paper.rows * high + (paper.rows - 1) * paper.gap_y
        left, top = (paper.width - across) / 2, (paper.height + down) / 2
        self._cell = (template.width, high)
        self._lefts = [
            left + number * (template.width + paper.gap_x) for number in range(paper.columns)
        ]
        self._feet = [top - high - number * (high + paper.gap_y) for number in range(paper.rows)]

    def cell(self, canvas: Any, index: int) -> Iterator[Callable[[], None]]:
        """Move the canvas to each place where page ``index`` of the sheet is drawn; call what is
        given when it is."""
        if self._paper is None:
            yield lambda: None
            return
        row, column = divmod(index, self._paper.columns)
        left, foot = self._lefts[column] * MM, self._feet[row] * MM
        canvas.saveState()
        canvas.translate(left, foot)
        yield canvas.restoreState
        if self._paper.fold:
            canvas.saveState()
            canvas.translate(left + self._page[0] * MM, foot + 2 * self._page[1] * MM)
            canvas.rotate(180)
            yield canvas.restoreState

    def marks(self, document: Document) -> None:
        """Draw the marks of a sheet, in the margins only."""
        paper = self._paper
        if paper is None or not (paper.cut_marks or paper.fold):
            return
        canvas = document.canvas
        canvas.saveState()
        canvas.setStrokeColorRGB(0.35, 0.35, 0.35)
        canvas.setLineWidth(0.3)
        width, high = self._cell
        left, right = self._lefts[0], self._lefts[-1] + width
        foot, top = self._feet[-1], self._feet[0] + high
        if paper.cut_marks:
            for x in sorted({side for one in self._lefts for side in (one, one + width)}):
                self._mark(canvas, (x, top), (0, 1), paper.height - top)
                self._mark(canvas, (x, foot), (0, -1), foot)
            for y in sorted({side for one in self._feet for side in (one, one + high)}):
                self._mark(canvas, (left, y), (-1, 0), left)
                self._mark(canvas, (right, y), (1, 0), paper.width - right)
        if paper.fold:
            canvas.setDash([2, 1.5])
            for one in self._feet:
                self._mark(canvas, (left, one + high / 2), (-1, 0), left)
                self._mark(canvas, (right, one + high / 2), (1, 0), paper.width - right)
        canvas.restoreState()

    @staticmethod
    def _mark(
        canvas: Any, corner: tuple[float, float], toward: tuple[int, int], margin: float
    ) -> None:
        long = min(_LONG, margin - _AWAY)
        if long >= _LEAST:
            (x, y), (right, up) = corner, toward
            canvas.line(
                (x + right * _AWAY) * MM,
                (y + up * _AWAY) * MM,
                (x + right * (_AWAY + long)) * MM,
                (y + up * (_AWAY + long)) * MM,
            )
