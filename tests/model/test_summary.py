# SPDX-License-Identifier: Apache-2.0
"""Tables of cases, and what of them the public may see."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.summary import (
    LEAST_SHOWN,
    CaseFact,
    Table,
    median,
    shown_publicly,
    table,
)


def fact(problem: str, target: str, *more: str, area: str = "630609") -> CaseFact:
    return CaseFact(
        problem, target, frozenset({problem, *more}), frozenset({target}) - {""}, area, 1
    )


def test_a_case_stands_once_under_what_leads_it() -> None:
    made = table(
        [fact("i_low", "poor", "h_unfit"), fact("i_low", "elder"), fact("h_unfit", "poor")],
        order={"problem": ("h_unfit", "i_low"), "target": ("poor",)},
    )
    assert (made.rows, made.columns) == (("h_unfit", "i_low"), ("poor", "elder"))
    assert made.cells["i_low", "poor"] == made.cells["h_unfit", "poor"] == 1
    assert made.cells["h_unfit", "elder"] == 0
    assert (made.row_totals, made.total) == ({"h_unfit": 1, "i_low": 2}, 3)


def test_counted_under_everything_it_has_a_case_is_still_one_case_in_the_margins() -> None:
    """Fails when margins are sums of cells."""
    made = table([fact("i_low", "poor", "h_unfit"), fact("i_low", "")], count="each")
    assert made.cells["h_unfit", "poor"] == made.cells["i_low", "poor"] == 1
    assert made.cells["i_low", ""] == 1
    assert made.column_totals == {"": 1, "poor": 1}
    assert (made.row_totals["i_low"], made.total) == (2, 2)


def test_rows_may_be_places() -> None:
    made = table([fact("a", "x"), fact("b", "x", area="500101")], "area", "problem")
    assert made.rows == ("500101", "630609")
    assert made.cells["500101", "b"] == 1


def test_the_public_does_not_see_small_numbers_nor_what_gives_them_away() -> None:
    """Fails when only the small number itself is hidden: its row and column would tell it."""
    facts = [fact("a", "x")] * 30 + [fact("a", "y")] * 3 + [fact("b", "x")] * 40
    facts += [fact("b", "y")] * 50
    made = table(facts, public=True)
    assert made.cells["a", "y"] is None
    assert made.cells == dict.fromkeys(made.cells)
    assert (made.row_totals, made.total) == ({"a": 33, "b": 90}, 123)


def test_five_cases_are_nothing_to_the_public() -> None:
    made = table([fact(str(n), "x") for n in range(5)], public=True)
    assert made.total is None
    assert set(made.row_totals.values()) == {None}
    assert (shown_publicly(0), shown_publicly(10), shown_publicly(11)) == (0, None, 11)


def lines_of(made: Table) -> list[list[int | None]]:
    rows = [
        [*(made.cells[row, column] for column in made.columns), made.row_totals[row]]
        for row in made.rows
    ]
    columns = [
        [*(made.cells[row, column] for row in made.rows), made.column_totals[column]]
        for column in made.columns
    ]
    last = [
        [*(made.column_totals[column] for column in made.columns), made.total],
        [*(made.row_totals[row] for row in made.rows), made.total],
    ]
    return [*rows, *columns, *last]


@settings(max_examples=40)
@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")),
                       st.integers(1, 40), min_size=1))  # fmt: skip
def test_no_line_of_a_public_table_has_one_hidden_number_alone(
    counts: dict[tuple[str, str], int],
) -> None:
    facts = [fact(*place) for place, count in counts.items() for _one in range(count)]
    plain, public = table(facts), table(facts, public=True)
    for line in lines_of(public):
        assert line.count(None) != 1
        assert all(number is None or not 0 < number < LEAST_SHOWN for number in line)
    for place, number in public.cells.items():
        assert number in (None, plain.cells[place])


def test_the_middle_time_leaves_out_what_is_not_known() -> None:
    one, two, nine = (timedelta(minutes=n) for n in (1, 2, 9))
    assert median([None]) is None
    assert median([nine, None, one, two]) == two
    assert median([nine, one]) == timedelta(minutes=5)
