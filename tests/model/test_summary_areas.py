# SPDX-License-Identifier: Apache-2.0
"""Tables of several places, published side by side."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.summary import CaseFact, Table, suppressed, table
from desktop.model.summary_areas import published

_CASES = st.lists(
    st.tuples(
        st.sampled_from("ab"), st.sampled_from("pq"), st.sampled_from("xy"), st.integers(1, 25)
    ),
    min_size=1,
    max_size=8,
)


def _facts(cases: list[tuple[str, str, str, int]]) -> list[CaseFact]:
    return [
        CaseFact(problem, target, frozenset(), frozenset(), area, 1)
        for area, problem, target, count in cases
        for _each in range(count)
    ]


def _lines(areas: tuple[Table, ...], whole: Table) -> list[list[int | None]]:
    """Everything printed that adds up: within each table, and over the tables."""

    def at(one: Table, row: str, column: str) -> int | None:
        if row == "*":
            return one.total if column == "*" else one.column_totals.get(column, 0)
        if column == "*":
            return one.row_totals.get(row, 0)
        return one.cells.get((row, column), 0)

    rows, columns = (*whole.rows, "*"), (*whole.columns, "*")
    tables = (*areas, whole)
    lines = [[at(one, row, each) for each in columns] for one, row in product(tables, rows)]
    lines += [[at(one, each, col) for each in rows] for one, col in product(tables, columns)]
    lines += [[at(one, row, col) for one in tables] for row, col in product(rows, columns)]
    return lines


@settings(max_examples=60)
@given(_CASES)
def test_nothing_small_is_shown_and_nothing_hidden_can_be_had_by_subtraction(
    cases: list[tuple[str, str, str, int]],
) -> None:
    """Mutant: hiding within each table only; the sum of all then gives the hidden one away."""
    facts = _facts(cases)
    areas = [table(fact for fact in facts if fact.area == area) for area in "ab"]

    shown, whole = published(areas, table(facts))

    for line in _lines(shown, whole):
        assert not any(number is not None and 0 < number < 11 for number in line)
        assert sum(number is None for number in line) != 1


def test_each_table_alone_is_not_enough() -> None:
    """What this is for: two tables fit for the public, and a family known by subtraction."""
    facts = _facts([("a", "p", "x", 3), ("a", "p", "y", 4), ("b", "p", "x", 20)])
    facts += _facts([("b", "p", "y", 20), ("a", "q", "x", 5), ("a", "q", "y", 6)])
    areas = tuple(table(fact for fact in facts if fact.area == area) for area in "ab")
    alone = tuple(suppressed(each) for each in areas)

    lines = _lines(alone, suppressed(table(facts)))

    assert any(sum(number is None for number in line) == 1 for line in lines)


def test_large_numbers_are_left_alone() -> None:
    """Mutant: hiding more than there is a reason for."""
    facts = _facts([("a", "p", "x", 30), ("b", "p", "x", 40)])
    areas = [table(fact for fact in facts if fact.area == area) for area in "ab"]

    assert published(areas, table(facts)) == (tuple(areas), table(facts))


def test_a_table_that_hides_already_is_refused() -> None:
    """Mutant: taking a hidden number for zero, so that the sums of the rest give it away."""
    facts = _facts([("a", "p", "x", 3)])

    with pytest.raises(ValueError, match="hides"):
        published([suppressed(table(facts))], table(facts))
