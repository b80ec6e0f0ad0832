# SPDX-License-Identifier: Apache-2.0
"""A sign-in sheet holds everybody once and leaves room for those who come unannounced."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.model.sheet import BLANK_ROWS, ROWS, paginate


@given(st.integers(0, 300), st.integers(1, 25), st.integers(0, 6))
def test_everybody_is_on_the_paper_once_and_in_order(count: int, rows: int, blank: int) -> None:
    """Fails when the page step and the page length differ, which drops or repeats a row."""
    everybody = tuple(f"p{number}" for number in range(count))
    pages = paginate(everybody, rows, blank)

    assert everybody == tuple(name for page in pages for name in page)
    assert all(len(page) <= max(1, rows - blank) for page in pages)


def test_an_empty_roster_is_one_page_of_blank_rows() -> None:
    assert paginate(()) == ((),)


def test_154_people_take_ten_pages() -> None:
    pages = paginate(tuple(str(number) for number in range(154)))

    assert (len(pages), len(pages[0])) == (10, ROWS - BLANK_ROWS)
