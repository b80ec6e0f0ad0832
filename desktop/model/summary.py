# SPDX-License-Identifier: Apache-2.0
"""Summaries: cases by problem, target group and place, and tables fit for the public.

A case is counted once, under its main problem and main target group; or it is counted under
everything it has ("each"), and then the margins still count every case once.

In the public version a number below eleven is not shown, nor what would give it away by
subtraction (domain practice of the department: report 12).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from desktop.model.assistance import State

LEAST_SHOWN: Final = 11
"""Fewer than this are not shown to the public."""

NOT_SAID: Final = ""
"""Stands for a problem, target group or place that nobody said."""

Axis = Literal["problem", "target", "area"]
Count = Literal["main", "each"]


@dataclass(frozen=True, slots=True)
class Span:
    """What a summary is of. Empty fields ask for nothing."""

    since: date | None = None
    until: date | None = None
    area: str = ""
    """Area code of 2, 4 or 6 digits."""
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class CaseFact:
    """What a summary knows of one case: no name, no number, no id."""

    main_problem: str
    main_target: str
    problems: frozenset[str]
    targets: frozenset[str]
    area: str
    visits: int
    """Home visits to it within the span."""

    def under(self, axis: Axis, count: Count) -> tuple[str, ...]:
        """The rows or columns in which the case stands."""
        if axis == "area":
            return (self.area,)
        main, every = (
            (self.main_problem, self.problems)
            if axis == "problem"
            else (self.main_target, self.targets)
        )
        return (main,) if count == "main" or not every else tuple(every)


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers of cases in rows and columns; None is a number that is not shown."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int | None]
    """By row and column; every pair is there."""
    row_totals: Mapping[str, int | None]
    column_totals: Mapping[str, int | None]
    total: int | None


def table(
    facts: Iterable[CaseFact],
    rows: Axis = "problem",
    columns: Axis = "target",
    *,
    count: Count = "main",
    order: Mapping[Axis, Sequence[str]] | None = None,
    public: bool = False,
) -> Table:
    """A table of cases; ``order`` says in which order codes stand, unknown ones come last.

    Only rows and columns in which a case stands are there. Margins count each case once.
    """
    cells: Counter[tuple[str, str]] = Counter()
    by_row: Counter[str] = Counter()
    by_column: Counter[str] = Counter()
    total = 0
    for fact in facts:
        mine, others = fact.under(rows, count), fact.under(columns, count)
        cells.update((row, column) for row in mine for column in others)
        by_row.update(mine)
        by_column.update(others)
        total += 1
    row_names = _ordered(by_row, (order or {}).get(rows, ()))
    column_names = _ordered(by_column, (order or {}).get(columns, ()))
    made = Table(
        row_names,
        column_names,
        {(row, column): cells[row, column] for row in row_names for column in column_names},
        dict(by_row),
        dict(by_column),
        total,
    )
    return suppressed(made) if public else made


def _ordered(names: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    places = {name: place for place, name in enumerate(order)}
    return tuple(sorted(names, key=lambda name: (places.get(name, len(places)), name)))


_ALL: Final = "*"
"""Row and column of the margins while they are treated like cells."""


def suppressed(table: Table) -> Table:
    """The table for the public: small numbers hidden, and what would give them away.

    Where one number alone is hidden in a row or column, it could be had by subtraction; the
    smallest other number of that line is then hidden too, until no line has one alone. Zero
    is shown, unless it has to be hidden for this.
    """
    grid: dict[tuple[str, str], int | None] = dict(table.cells)
    grid |= {(row, _ALL): table.row_totals[row] for row in table.rows}
    grid |= {(_ALL, column): table.column_totals[column] for column in table.columns}
    grid[_ALL, _ALL] = table.total
    for place, number in grid.items():
        if number is not None and 0 < number < LEAST_SHOWN:
            grid[place] = None
    lines = [[(row, column) for column in (*table.columns, _ALL)] for row in (*table.rows, _ALL)]
    lines += [[(row, column) for row in (*table.rows, _ALL)] for column in (*table.columns, _ALL)]
    again = True
    while again:
        again = False
        for line in lines:
            shown = [place for place in line if grid[place] is not None]
            if len(line) - len(shown) == 1 and shown:
                # Zeros last: that there is nobody is known from elsewhere more often.
                grid[min(shown, key=lambda place: (not grid[place], grid[place] or 0))] = None
                again = True
    return Table(
        table.rows,
        table.columns,
        {place: grid[place] for place in table.cells},
        {row: grid[row, _ALL] for row in table.rows},
        {column: grid[_ALL, column] for column in table.columns},
        grid[_ALL, _ALL],
    )


def shown_publicly(number: int) -> int | None:
    """A single number for the public; None when it is too small."""
    return None if 0 < number < LEAST_SHOWN else number


@dataclass(frozen=True, slots=True)
class AidTotal:
    """Assistance of one kind from one fund, in one state."""

    kind: str
    fund: str
    state: State
    count: int
    amount: int
    """Satang."""


@dataclass(frozen=True, slots=True)
class ReferralTotals:
    """Letters by how they stand. Outstanding are those sent and not acknowledged."""

    draft: int = 0
    sent: int = 0
    overdue: int = 0
    acknowledged: int = 0
    answered: int = 0

    @property
    def outstanding(self) -> int:
        return self.sent + self.overdue

    @property
    def accepted(self) -> int:
        return self.acknowledged + self.answered


@dataclass(frozen=True, slots=True)
class FollowUpTotals:
    """Follow-ups by when they fall due."""

    overdue: int = 0
    today: int = 0
    week: int = 0
    """Tomorrow to seven days from today."""
    later: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class AlertTotals:
    """Alerts, and how quickly they were answered; medians, None when nothing was."""

    count: int
    critical: int
    open: int
    by_source: Mapping[str, int]
    by_problem: Mapping[str, int]
    told: timedelta | None
    """From seen until told on."""
    first: timedelta | None
    """From seen until the first thing was done."""


@dataclass(frozen=True, slots=True)
class RoleTotal:
    """Activities in one of the four roles; an activity of two roles counts in both."""

    role: str
    activities: int
    people: int


@dataclass(frozen=True, slots=True)
class ActivityTotals:
    """Activities and who took part, each activity counted once; and by role."""

    activities: int
    children: int
    youth: int
    volunteers: int
    network: int
    roles: tuple[RoleTotal, ...]


def median(times: Iterable[timedelta | None]) -> timedelta | None:
    """The middle one of the times that are known; of two middle ones the mean."""
    known = sorted(time for time in times if time is not None)
    if not known:
        return None
    half = len(known) // 2
    return known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2
