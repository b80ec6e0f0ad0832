# SPDX-License-Identifier: Apache-2.0
"""A list of people, read: which columns it has, whom it names, what is wrong row by row.

Reading takes three steps, so that a correction costs nothing: the cells (a child, once), the
columns (guessed, then corrected by the facilitator), the people (:func:`reread` any time).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from desktop.i18n import _
from desktop.imports import lines
from desktop.imports.columns import (
    FIELDS,
    Column,
    combined,
    corrected,
    guess,
    header_rows,
)
from desktop.imports.grid import Grid, Progress, read_grid
from desktop.imports.pasted import grid_of
from desktop.imports.person import ReadPerson, read_person
from desktop.imports.refusal import RosterRefused
from desktop.imports.row import Lookups, RowProblem
from desktop.thai.names import full_name
from desktop.thai.normalise import normalise_name
from desktop.thai.search_key import search_key

__all__ = [
    "FIELDS", "Column", "Lookups", "ReadPerson", "ReadRow", "RosterReading", "RosterRefused",
    "RowProblem", "Skipped", "fix_row", "read_pasted", "read_roster", "reread", "with_row",
    "without_row",
]  # fmt: skip

_TRIED_SHEETS: Final = 5


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One person of the list."""

    line_no: int
    """Line of the sheet or of the text, from 1."""
    person: ReadPerson
    problems: tuple[RowProblem, ...]
    raw: tuple[str, ...]
    """The cells as the list has them, for showing beside."""
    values: Mapping[str, str]
    """What was read for each field (marked cells); :func:`fix_row` changes one of them."""

    @property
    def ready(self) -> bool:
        """Whether nothing keeps the row from being taken in."""
        return not any(problem.level == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that was not taken for a person, and the sentence that says why."""

    line_no: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class RosterReading:
    """What was understood of a list."""

    source_kind: str
    """``xlsx``, ``csv`` or ``pasted``."""
    sheets: tuple[str, ...]
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[ReadRow, ...]
    skipped: tuple[Skipped, ...]
    lines: tuple[lines.Line, ...]
    """The cells themselves, so that a corrected column needs no second reading."""
    first_line: int
    """Place in ``lines`` of the first line below the headings."""

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``: what was understood, with the problems by row."""
        return {
            "kind": self.source_kind,
            "sheets": list(self.sheets),
            "sheet": self.sheet,
            "columns": [asdict(column) for column in self.columns],
            "people": [_row_json(row) for row in self.rows],
            "skipped": [asdict(line) for line in self.skipped],
        }


def _row_json(row: ReadRow) -> dict[str, Any]:
    person = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(row.person).items()
        if value not in {"", None}
    }
    return {
        "line": row.line_no,
        "name": full_name(row.person.title, row.person.first, row.person.middle, row.person.last),
        "person": person,
        "problems": [asdict(problem) for problem in row.problems],
    }


def read_roster(
    path: Path,
    *,
    columns: Mapping[int, str] | None = None,
    sheet: str | None = None,
    lookups: Lookups | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> RosterReading:
    """Read a list from an .xlsx or a text file (csv, tab, semicolon), in a capped child.

    ``columns`` says what columns are, by index from 0; the others are guessed. Without ``sheet``
    the first sheet that names people is taken. ``progress`` gets the number of rows so far,
    ``stopped`` is asked whether to give up. Blocks: call it from the slow lane. Raises
    :class:`RosterRefused` with one sentence and :class:`ReadingStopped`.
    """
    grid = read_grid(path, sheet or "", progress, stopped)
    reading = _understood(grid, columns, lookups)
    if sheet is None and not reading.rows:
        for other in grid.sheets[1:_TRIED_SHEETS]:
            again = _understood(read_grid(path, other, progress, stopped), columns, lookups)
            if again.rows:
                return again
    if not grid.rows:
        raise RosterRefused("no_rows")
    return reading


def read_pasted(
    text: str, *, columns: Mapping[int, str] | None = None, lookups: Lookups | None = None
) -> RosterReading:
    """Read rows pasted from Excel (tabs) or from a chat (a name a line, numbered or not).

    Raises :class:`RosterRefused` when there is nothing to read or far too much.
    """
    return _understood(grid_of(text), columns, lookups)


def reread(
    reading: RosterReading,
    columns: Mapping[int, str],
    lookups: Lookups | None = None,
) -> RosterReading:
    """The same list after the facilitator said what some columns are; the file is not touched.

    Corrections typed into rows are lost: columns come first, rows after.
    """
    made = corrected(reading.columns, columns)
    return _people(replace(reading, columns=made), lookups or Lookups())


def fix_row(row: ReadRow, field: str, text: str, lookups: Lookups | None = None) -> ReadRow:
    """The row after the facilitator typed ``text`` into ``field``.

    Equal rows are found again by :func:`with_row`. Raises ValueError for an unknown field.
    """
    if field not in FIELDS:
        raise ValueError("no such field")
    values = dict(row.values)
    if field == "full_name":
        for part in ("title", "first", "middle", "last"):
            values.pop(part, None)
    elif field in {"title", "first", "middle", "last"} and "full_name" in values:
        values.pop("full_name")
        for part in ("title", "first", "middle", "last"):
            values[part] = "s" + getattr(row.person, part)
    values[field] = "s" + normalise_name(text)
    person, problems = read_person(values, lookups)
    return replace(row, person=person, problems=problems, values=values)


def with_row(reading: RosterReading, row: ReadRow) -> RosterReading:
    """The reading with one row replaced (by its line), and equal rows looked for again."""
    rows = [row if old.line_no == row.line_no else old for old in reading.rows]
    return replace(reading, rows=_marked_equals(rows))


def without_row(reading: RosterReading, line_no: int) -> RosterReading:
    """The reading without the row of a line the facilitator left out."""
    rows = [row for row in reading.rows if row.line_no != line_no]
    return replace(reading, rows=_marked_equals(rows))


def _understood(
    grid: Grid, columns: Mapping[int, str] | None, lookups: Lookups | None
) -> RosterReading:
    read = lines.lines_of(grid)
    plain = [line.cells for line in read]
    place, height = header_rows(plain)
    headings: tuple[str, ...] = ()
    if height:
        headings = lines.heading_cells(grid, read[place])
        if height == 2:
            below = lines.heading_cells(grid, read[place + 1])
            headings = combined(headings, below)
    first = place + height if height else 0
    body = [cells for cells in plain[first : first + 400] if sum(map(bool, cells)) > 1] or plain[
        first:
    ]
    guessed = guess(headings, body)
    if columns:
        guessed = corrected(guessed, columns)
    reading = RosterReading(
        grid.kind, grid.sheets, grid.sheet, guessed, (), (), tuple(read), first
    )
    return _people(reading, lookups or Lookups())


def _people(reading: RosterReading, lookups: Lookups) -> RosterReading:
    lookups = lookups.remembering()
    fields = {column.index: column.field for column in reading.columns if column.field}
    rows: list[ReadRow] = []
    skipped: list[Skipped] = []
    section: dict[str, str] = {}
    above: dict[str, str] = {}
    for line in reading.lines[reading.first_line :]:
        verdict = lines.judge(line, fields, reading.columns)
        if verdict.province:
            section = {"province": "s" + verdict.province}
        if verdict.why:
            skipped.append(
                Skipped(line.number, _(verdict.why), " ".join(filter(None, line.cells)))
            )
            continue
        values = section | lines.values_of(line, fields, above)
        if not values.keys() - {"province", "order"}:
            continue
        above = values
        person, problems = read_person(values, lookups)
        rows.append(ReadRow(line.number, person, problems, line.cells, values))
    return replace(reading, rows=_marked_equals(rows), skipped=tuple(skipped))


def _marked_equals(rows: Sequence[ReadRow]) -> tuple[ReadRow, ...]:
    """Say of each row whether an earlier one is the same person; identity first, then name."""
    by_identifier: dict[str, int] = {}
    by_name: dict[tuple[str, str], int] = {}
    keys: dict[str, str] = {}
    made: list[ReadRow] = []
    for row in rows:
        person = row.person
        kept = tuple(problem for problem in row.problems if problem.field != "")
        said: Iterable[RowProblem] = ()
        number = person.identifier if person.identifier_kind not in {"", "none"} else ""
        where = person.organisation or person.province
        if where not in keys:
            keys[where] = search_key(where)
        # As written, not as it sounds: two people of one agency may well sound alike.
        name = (" ".join((person.first, person.middle, person.last)), keys[where])
        if number and number in by_identifier:
            sentence = _("The same identity number stands in line {line}. Leave one of them out.")
            said = (RowProblem("", "error", sentence.format(line=by_identifier[number])),)
        elif person.first and name in by_name:
            sentence = _("The same name stands in line {line}. See whether it is one person.")
            said = (RowProblem("", "warning", sentence.format(line=by_name[name])),)
        if number:
            by_identifier.setdefault(number, row.line_no)
        if person.first:
            by_name.setdefault(name, row.line_no)
        problems = (*kept, *said)
        made.append(row if problems == row.problems else replace(row, problems=problems))
    return tuple(made)
