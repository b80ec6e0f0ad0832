# SPDX-License-Identifier: Apache-2.0
"""Tables of several places published together with the table of all of them.

Each may be fit for the public alone and give a family away beside the others: what one tambon
hides is the sum less what the other tambons show. So the small numbers are hidden over all tables
at once, along rows, columns and places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from desktop.model.summary import LEAST_SHOWN, Table

_ALL: Final = "*"
_WHOLE: Final = -1
_Place = tuple[int, str, str]


def published(areas: Sequence[Table], whole: Table) -> tuple[tuple[Table, ...], Table]:
    """The tables of the places and of all together, as the public may see them side by side.

    Takes the full ones (no number hidden). ``whole`` has every row and column of the others. A row
    comes into a place's table where a zero had to be hidden in it.
    """
    rows, columns = (*whole.rows, _ALL), (*whole.columns, _ALL)
    places = (*range(len(areas)), _WHOLE)
    grid: dict[_Place, int | None] = {}
    for place, row, column in product(places, rows, columns):
        number = _number(whole if place == _WHOLE else areas[place], row, column)
        grid[place, row, column] = None if 0 < number < LEAST_SHOWN else number
    lines = list(_lines(places, rows, columns))
    again = True
    while again:
        again = False
        for line in lines:
            shown = [each for each in line if grid[each] is not None]
            if len(line) - len(shown) == 1 and shown:
                # The smallest number gives least away; zeros last, as in ``suppressed``.
                grid[min(shown, key=lambda each: (not grid[each], grid[each] or 0))] = None
                again = True
    return (
        tuple(_table(grid, place, area, whole) for place, area in enumerate(areas)),
        _table(grid, _WHOLE, whole, whole),
    )


def _number(table: Table, row: str, column: str) -> int:
    """A number of a full table or of its margins; 0 where the table has no such row."""
    if row == _ALL:
        found = table.total if column == _ALL else table.column_totals.get(column, 0)
    elif column == _ALL:
        found = table.row_totals.get(row, 0)
    else:
        found = table.cells.get((row, column), 0)
    if found is None:
        raise ValueError("a table that already hides numbers")
    return found


def _lines(
    places: Sequence[int], rows: Sequence[str], columns: Sequence[str]
) -> Iterator[tuple[_Place, ...]]:
    """Everything that adds up: along the columns, the rows and the places."""
    for place, row in product(places, rows):
        yield tuple((place, row, column) for column in columns)
    for place, column in product(places, columns):
        yield tuple((place, row, column) for row in rows)
    for row, column in product(rows, columns):
        yield tuple((place, row, column) for place in places)


def _table(grid: dict[_Place, int | None], place: int, full: Table, whole: Table) -> Table:
    def hidden(row: str, column: str) -> bool:
        return grid[place, row, column] is None

    rows = tuple(
        row
        for row in whole.rows
        if row in full.row_totals or any(hidden(row, each) for each in (*whole.columns, _ALL))
    )
    columns = tuple(
        column
        for column in whole.columns
        if column in full.column_totals or any(hidden(each, column) for each in (*rows, _ALL))
    )
    return Table(
        rows,
        columns,
        {(row, column): grid[place, row, column] for row in rows for column in columns},
        {row: grid[place, row, _ALL] for row in rows},
        {column: grid[place, _ALL, column] for column in columns},
        grid[place, _ALL, _ALL],
    )
