# SPDX-License-Identifier: Apache-2.0
"""Tables of a template: ruled, rows of one height, a text that is long made smaller, then broken.

One name that is longer than a template thought of must not keep a whole list from being printed:
such a cell is set closer and smaller than the template says, as long as it can be read.

With rows kept blank a page is ruled down to its end, for whoever comes unannounced; without, it
ends after its last row. Sums are of the rows on the page: each page of a paper stands for itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from desktop.i18n import _
from desktop.model.template import Table, TableColumn, TextStyle, rows_on_page
from desktop.model.template_text import BadText, UnknownField, filled_text
from desktop.printing.document import MM
from desktop.printing.lines import TextDoesNotFit
from desktop.printing.template_asset import Assets
from desktop.printing.template_fit import (
    DIGITS,
    DROP,
    RISE,
    Stack,
    in_style,
    lettering,
    set_stack,
    stack,
)
from desktop.printing.template_mark import Area, Mark, Stroke, Trouble
from desktop.printing.typeface import Unprintable
from desktop.thai.digits import to_arabic, to_thai

_PAD: Final = 1.3
"""Millimetres left free on both sides of a cell."""
_AIR: Final = 0.25
"""Millimetres left free above and below."""
_LOWEST: Final = 1.0
"""Millimetres: no row is lower, whatever a template says."""
_SHADE: Final = "#EEEEF2"
_RULE: Final = "#8C8C99"
_INK: Final = "#1C1C33"
_SCALES: Final = (1.0, 0.92, 0.84, 0.76, 0.68)
_CLOSE_SCALES: Final = (0.84, 0.8, 0.76, 0.72, 0.68, 0.64, 0.6, 0.56, 0.52, 0.48, 0.44)
_CLOSE: Final = 1.1
"""Base line to base line, in parts of the size, where the row is too low for what it says."""
_CLOSEST: Final = 0.62
"""How much smaller than its least size a cell may be set rather than not at all."""
_TINIEST: Final = 5.0
"""Points: smaller letters are read by nobody."""
_THAI: Final = frozenset("๐๑๒๓๔๕๖๗๘๙")
_ALIKE: Final = 1.25
"""How much larger another column's letters may be for its base line to be taken over."""
_TOTAL: Final = "รวม"


def pages_of(
    table: Table, rows: Sequence[Mapping[str, str]]
) -> list[tuple[Mapping[str, str], ...]]:
    """The rows, page by page: at least one page."""
    most = rows_on_page(_ruled(table))
    return [tuple(rows[at : at + most]) for at in range(0, len(rows), most)] or [()]


def _ruled(table: Table) -> Table:
    return table if table.row >= _LOWEST else replace(table, row=_LOWEST)


def total_of(texts: Sequence[str]) -> str:
    """The sum of amounts as written ("๑,๒๔๐.๕๐"), in the digits of the first; empty ones are 0."""
    said = [text for text in texts if DIGITS.intersection(text)]
    if not said:
        return ""  # the page is filled in by hand
    try:
        amount = sum((Decimal(to_arabic(text).replace(",", "").strip()) for text in said),
                     Decimal(0))  # fmt: skip
    except InvalidOperation:
        return ""
    places = max((len(text.partition(".")[2]) for text in said), default=0)
    shown = f"{amount:,.{places}f}"
    return to_thai(shown) if said and _THAI.intersection(said[0]) else shown


class _Grid:
    """A table being worked out from its upper left corner down."""

    def __init__(
        self,
        table: Table,
        fields: Mapping[str, str],
        assets: Assets,
        corner: tuple[float, float],
    ) -> None:
        self.table = table
        standing = [one for one in table.columns if not one.when or fields.get(one.when)]
        wide = sum(one.width for one in standing) or 1.0
        self.columns = [replace(one, width=one.width * table.width / wide) for one in standing]
        self.marks: list[Mark] = []
        self.faults: list[Trouble] = []
        self.lowest = corner[1] - table.height * MM
        self.y = corner[1]
        self._left = corner[0]
        self._size = max((one.style.size for one in standing), default=0.0)
        self._upright: tuple[tuple[float, ...], float, str, float] | None = None
        self._assets = assets

    @property
    def edges(self) -> list[float]:
        found = [self._left]
        for column in self.columns:
            found.append(found[-1] + column.width * MM)
        return found

    def row(self, cells: Sequence[tuple[TextStyle, str]], height: float) -> None:
        """A row of ``height`` millimetres with the rules under and beside it."""
        edges = self.edges
        for index, (style, text) in enumerate(cells):
            if text:
                self.cell(style, text, (edges[index], edges[index + 1]), height)
        self.rules(height, edges)

    def rules(self, height: float, edges: Sequence[float], *, heavy: bool = False) -> None:
        """The rule under a row of ``height`` millimetres, and those beside it.

        Upright rules go on from row to row and are drawn once, which is half of the strokes.
        """
        foot = self.y - height * MM
        colour, weight = (_INK, 0.8) if heavy else (_RULE, 0.45)
        self.marks.append(Stroke(edges[0], foot, edges[-1], foot, weight, colour))
        if self._upright is None or self._upright[:3] != (tuple(edges), weight, colour):
            self.close()
            self._upright = (tuple(edges), weight, colour, self.y)
        self.y = foot

    def close(self) -> None:
        """Draw the upright rules down to here."""
        if self._upright is not None:
            edges, weight, colour, top = self._upright
            self.marks += [Stroke(edge, top, edge, self.y, weight, colour) for edge in edges]
            self._upright = None

    def cell(
        self,
        style: TextStyle,
        text: str,
        sides: tuple[float, float],
        high: float,
        *,
        closer: bool = True,
    ) -> None:
        """A text in its cell; ``closer`` lets it be smaller than ``style`` says, if it must."""
        width = (sides[1] - sides[0]) / MM - 2 * _PAD
        name = style.face
        if style.digits_face and DIGITS.intersection(text):
            name = style.digits_face
        made = self._set(style, text, name, width, (high - 2 * _AIR) * MM, closer=closer)
        if made.fault is not None:
            fits = isinstance(made.fault, TextDoesNotFit)
            self.fault("overflow" if fits else "unprintable", str(made.fault))
        # By the size and not by the ink: the words of a row stand on one line.
        size = made.fitted.size
        if not made.steps:
            size = max(size, min(self._size, style.size * _ALIKE))
        middle = self.y - high * MM / 2
        base = middle + ((DROP - RISE) * size * lettering(made.face) + sum(made.steps)) / 2
        low = self.y - (high - _AIR) * MM + sum(made.steps) + made.ink_drop
        base = min(max(base, low), self.y - _AIR * MM - made.ink_rise)
        self.marks += set_stack(made, sides[0] + _PAD * MM, width * MM, base)

    def _set(
        self,
        style: TextStyle,
        text: str,
        face: str,
        width: float,
        room: float,
        *,
        closer: bool,
    ) -> Stack:
        """The lines of a cell in ``room`` points; its fault says it when there is no way."""
        found = self._assets.face(face)
        for scale in _SCALES:
            made = stack(style, found.face, found.factor, text, width, scale)
            if made.fault is not None:
                break
            if made.ink_height <= room:
                return made
        fault = made.fault or TextDoesNotFit(text)
        refused = replace(made, fault=fault)
        if not closer or isinstance(fault, Unprintable):
            return refused
        small = max(_TINIEST, style.smallest * _CLOSEST)
        close = replace(style, keep="size", leading=_CLOSE, smallest=small)
        most = max(2, style.max_lines)
        tries = (
            stack(replace(close, max_lines=lines), found.face, found.factor, text, width, scale)
            for lines in (most, most + 1)
            for scale in _CLOSE_SCALES
        )
        fitting = [one for one in tries if one.fault is None and one.ink_height <= room]
        return max(fitting, key=lambda one: one.fitted.size, default=refused)

    def fault(self, kind: str, sentence: str) -> None:
        self.faults.append(Trouble(self.table.id, kind, "", sentence))  # type: ignore[arg-type]

    def text(self, column: TableColumn, row: Mapping[str, str]) -> str:
        try:
            return in_style(filled_text(column.text, row), column.style)
        except UnknownField as unknown:
            said = _("There is no field “{field}”. Choose one of the list.")
            self.fault("missing", said.format(field=unknown.name))
        except BadText:
            self.fault(
                "missing",
                _("A brace in this text is open. Write two braces for one that is printed."),
            )
        return ""


def table_marks(
    table: Table,
    rows: Sequence[Mapping[str, str]],
    fields: Mapping[str, str],
    assets: Assets,
    corner: tuple[float, float],
) -> tuple[tuple[Mark, ...], list[Trouble]]:
    """A table with ``rows`` on one page; ``corner`` is its upper left one, in points.

    Cells may show the fields of their row and those of the page.
    """
    table = _ruled(table)
    grid = _Grid(table, fields, assets, corner)
    if not grid.columns:
        return (), []
    edges = grid.edges
    if table.head_row:
        grid.marks += [
            Area(edges[0], grid.y - table.head_row * MM, edges[-1] - edges[0],
                 table.head_row * MM, _SHADE),
            Stroke(edges[0], grid.y, edges[-1], grid.y, 0.8, _INK),
        ]  # fmt: skip
        for index, column in enumerate(grid.columns):
            if column.label:
                grid.cell(table.head, column.label, (edges[index], edges[index + 1]),
                           table.head_row, closer=False)  # fmt: skip
        grid.rules(table.head_row, edges, heavy=True)
    else:
        grid.marks.append(Stroke(edges[0], grid.y, edges[-1], grid.y, 0.45, _RULE))
    told = ({**fields, **row} for row in rows)
    texts = [[grid.text(column, each) for column in grid.columns] for each in told]
    for row in texts:
        cells = [(column.style, text) for column, text in zip(grid.columns, row, strict=True)]
        grid.row(cells, table.row)
    sums = table.totals and any(column.total for column in grid.columns)
    if table.blank_rows:
        foot = table.row if sums else 0
        room = round((grid.y - grid.lowest) / MM - foot, 6)
        for _blank in range(int(room // table.row)):
            grid.rules(table.row, edges)
    if sums:
        _totals(grid, texts, edges)
    grid.close()
    return tuple(grid.marks), grid.faults


def _totals(grid: _Grid, texts: Sequence[Sequence[str]], edges: Sequence[float]) -> None:
    first = next(index for index, column in enumerate(grid.columns) if column.total)
    if first:
        style = replace(grid.table.head, align="right", max_lines=1)
        grid.cell(style, _TOTAL, (edges[0], edges[first]), grid.table.row)
    for index, column in enumerate(grid.columns):
        if column.total and (said := total_of([row[index] for row in texts])):
            style = replace(column.style, face=grid.table.head.face)
            grid.cell(style, said, (edges[index], edges[index + 1]), grid.table.row)
    bare = [edge for index, edge in enumerate(edges) if index == 0 or index >= first]
    grid.rules(grid.table.row, bare)
