# SPDX-License-Identifier: Apache-2.0
"""Where a page may end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.printing.flow import Strip, paged


def _heights(pages: list[list[Strip]]) -> list[list[float]]:
    return [[strip.height for strip in page] for page in pages]


def test_a_heading_goes_over_with_what_it_heads() -> None:
    """Mutant: ``keep`` that is not looked at."""
    strips = [Strip(80), Strip(10, keep=True), Strip(20), Strip(5)]

    assert _heights(paged(strips, 100, 100)) == [[80], [10, 20, 5]]


def test_white_space_is_neither_first_nor_last_on_a_page() -> None:
    """Mutant: a gap kept at the top pushes the first line of a page down."""
    strips = [Strip(60), Strip(9, gap=True), Strip(60), Strip(9, gap=True)]

    assert _heights(paged(strips, 100, 100)) == [[60], [60]]


def test_a_table_s_heading_comes_again_and_only_where_the_table_goes_on() -> None:
    """Mutant: the heading twice on the page where it begins."""
    head = Strip(7, keep=True)
    strips = [head, *(Strip(40, again=head) for _ in range(4))]

    assert _heights(paged(strips, 100, 100)) == [[7, 40, 40], [7, 40, 40]]


def test_what_is_taller_than_a_page_gets_one_and_nothing_runs_for_ever() -> None:
    """Mutant: waiting for a page on which it fits."""
    assert _heights(paged([Strip(10), Strip(500), Strip(10)], 100, 100)) == [[10], [500], [10]]


def test_nothing_at_all_is_one_empty_page() -> None:
    """Mutant: a document without a page, which no reader opens."""
    assert paged([], 100, 100) == [[]]


@given(
    st.lists(
        st.builds(Strip, st.floats(1, 60), keep=st.booleans(), gap=st.booleans()), max_size=60
    )
)
def test_every_strip_is_on_one_page_in_its_order(strips: list[Strip]) -> None:
    """Mutant: a group parted and its first half dropped; a page filled past its foot."""
    pages = paged(strips, 70, 100)
    placed = [strip for page in pages for strip in page if not strip.gap]

    assert [id(each) for each in placed] == [id(each) for each in strips if not each.gap]
    for number, page in enumerate(pages):
        assert sum(each.height for each in page) <= (100 if number else 70) + 0.02
