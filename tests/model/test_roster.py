# SPDX-License-Identifier: Apache-2.0
"""Badges and sheets carry digits that check themselves; quotas name the provinces that miss."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.roster import (
    BADGE_DIGITS,
    SHEET_DIGITS,
    badge_code,
    check_digits,
    coverage,
    quota_lines,
    read_badge,
    read_sheet_code,
    sheet_code,
)

event_codes = st.integers(0, 999_999).map(lambda number: f"{number:06d}")


@settings(max_examples=100, deadline=None)
@given(event_codes, st.integers(1, 999_999))
def test_a_badge_is_read_back_as_it_was_written(event: str, number: int) -> None:
    code = badge_code(event, number)

    assert (BADGE_DIGITS, (event, number)) == (len(code), read_badge(code))


@settings(max_examples=150, deadline=None)
@given(event_codes, st.integers(1, 999_999), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_never_somebody_else(
    event: str, number: int, place: int, step: int
) -> None:
    """Fails when the check digits are one (MOD 10) or are not compared."""
    code = badge_code(event, number)
    wrong = code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :]

    assert read_badge(wrong) is None


@settings(max_examples=100, deadline=None)
@given(event_codes, st.integers(1, 999_999), st.integers(0, 12))
def test_two_digits_swapped_are_never_somebody_else(event: str, number: int, place: int) -> None:
    code = badge_code(event, number)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert swapped == code or read_badge(swapped) is None


@settings(max_examples=60, deadline=None)
@given(event_codes, st.integers(1, 99), st.integers(1, 99))
def test_a_sheet_is_read_back_as_it_was_printed(event: str, day: int, page: int) -> None:
    code = sheet_code(event, day, page)

    assert (SHEET_DIGITS, (event, day, page)) == (len(code), read_sheet_code(code))


def test_the_check_digits_are_those_of_the_standard() -> None:
    """ISO 7064 MOD 97-10: the number with its check digits leaves 1 when divided by 97."""
    assert check_digits("794") == "44"  # the example of the standard
    assert int(badge_code("123456", 78)) % 97 == 1


def test_what_is_not_a_badge_is_not_one() -> None:
    code = badge_code("123456", 78)

    assert read_badge(code[:-1]) is None
    assert read_badge(code + "0") is None
    assert read_badge("๐" * 14) is None
    assert read_badge("") is None
    assert read_sheet_code(code) is None


def test_a_quota_names_the_provinces_that_have_not_sent_enough() -> None:
    lines = quota_lines(["630609", "10", "81"], 2, {"10": 2, "63": 1, "96": 1, "": 3})

    assert [(line.province, line.missing) for line in lines] == [
        ("10", 0),
        ("63", 1),
        ("81", 2),
        ("96", 0),
    ]


def test_coverage_names_the_tambons_nobody_came_for() -> None:
    """Mutant: counting provinces only says 1 of 1 while a tambon sent nobody."""
    found = coverage(("810304", "810704", "8201", "83"), ("810304", "820105"))

    assert (found.wanted, found.there) == (3, 2)
    assert found.missing == ("810704",)
