# SPDX-License-Identifier: Apache-2.0
"""Pages on sheets in the order they come out, and where a batch is cut into jobs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.print_run import (
    BLANK,
    PARITIES,
    SIDES,
    How,
    batch_end,
    pages_of,
    pauses_at,
    sheets_of,
)

PAGES = ("a", "b", "c")


def test_sets_come_one_after_the_other_or_each_page_with_its_copies() -> None:
    """Mutant: copies in the other order, so that piles have to be sorted by hand."""
    assert pages_of(sheets_of(PAGES, How(copies=2))) == ("a", "b", "c", "a", "b", "c")
    assert pages_of(sheets_of(PAGES, How(copies=2, collate=False))) == tuple("aabbcc")
    assert pages_of(sheets_of(PAGES, How(copies=2, backwards=True))) == tuple("cbacba")


def test_on_both_sides_every_copy_begins_on_a_sheet_of_its_own() -> None:
    """Mutant: the second copy on the back of the first."""
    both = sheets_of(PAGES, How(sides="book", copies=2))
    assert both == (("a", "b"), ("c", BLANK), ("a", "b"), ("c", BLANK))
    assert sheets_of(PAGES, How(sides="pad", backwards=True)) == (("c", BLANK), ("a", "b"))


def test_odd_pages_and_then_even_ones_are_all_pages_turned_by_hand() -> None:
    """Mutant: parity of the sheet after the range, or the first page counted as even."""
    assert pages_of(sheets_of("abcde", How(parity="odd"))) == ("a", "c", "e")
    assert pages_of(sheets_of("abcde", How(parity="even"))) == ("b", "d")
    assert sheets_of("a", How(parity="even")) == ()


@settings(max_examples=40)
@given(
    st.integers(1, 30), st.integers(1, 4), st.booleans(), st.booleans(),
    st.sampled_from(SIDES), st.sampled_from(PARITIES),
)  # fmt: skip
def test_every_page_comes_as_often_as_copies_are_wanted(
    count: int, copies: int, collate: bool, backwards: bool, sides: str, parity: str
) -> None:
    """Mutant: a page lost or doubled in any of the ways to lay them."""
    how = How(
        copies=copies, collate=collate, backwards=backwards,
        sides=sides, parity=parity,  # type: ignore[arg-type]
    )  # fmt: skip
    every = [str(number) for number in range(count)]
    wanted = {"all": every, "odd": every[::2], "even": every[1::2]}[parity]
    laid = [page for page in pages_of(sheets_of(every, how)) if page != BLANK]
    assert sorted(laid) == sorted(wanted * copies)


def test_jobs_end_at_the_pauses_counted_from_where_printing_went_on() -> None:
    """Mutant: a pause in the middle of a job, or at once after paper was loaded."""
    how = How(pause_every=12)
    assert batch_end(0, 0, 100, 20, how) == 12
    assert batch_end(0, 12, 100, 20, how) == 24
    assert batch_end(7, 7, 100, 20, how) == 19
    assert batch_end(0, 96, 100, 20, how) == 100
    assert batch_end(0, 40, 100, 20, How()) == 60
    assert pauses_at(0, 12, 100, how)
    assert not pauses_at(12, 12, 100, how)
    assert not pauses_at(0, 100, 100, How(pause_every=50))
    assert not pauses_at(0, 20, 100, How())
