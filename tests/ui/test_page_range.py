# SPDX-License-Identifier: Apache-2.0
"""Pages as people name them."""

from __future__ import annotations

import pytest

from desktop.ui.page_range import NotPages, read_range, write_range


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1-20, 25", "1-20, 25"),
        ("๑–๓, ๕", "1-3, 5"),
        ("41-", "41-152"),
        ("-4", "1-4"),
        ("3 ถึง 5", "3-5"),
        ("7 3 7", "3, 7"),
        ("", "1-152"),
        ("150-999", "150-152"),
    ],
)
def test_a_range_is_read_in_any_digits_and_any_dash(typed: str, meant: str) -> None:
    """Mutant: a reader of Arabic digits alone, or one that prints a page twice."""
    assert write_range(read_range(typed, 152)) == meant


@pytest.mark.parametrize("typed", ["x", "0", "5-2", "153", "1-2-3", "--"])
def test_what_is_no_range_is_said_and_not_guessed(typed: str) -> None:
    """Mutant: a reader that prints everything when it does not understand."""
    with pytest.raises(NotPages):
        read_range(typed, 152)
