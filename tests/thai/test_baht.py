# SPDX-License-Identifier: Apache-2.0
"""Amounts in words are read back, and said as an accountant says them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.thai.baht import MOST, baht_figures, baht_words, in_words, read_baht
from desktop.thai.digits import to_thai

GOLDEN = {
    0: "ศูนย์บาทถ้วน",
    1: "หนึ่งสตางค์",
    11: "สิบเอ็ดสตางค์",
    25: "ยี่สิบห้าสตางค์",
    50: "ห้าสิบสตางค์",
    1_00: "หนึ่งบาทถ้วน",
    1_01: "หนึ่งบาทหนึ่งสตางค์",
    10_00: "สิบบาทถ้วน",
    11_00: "สิบเอ็ดบาทถ้วน",
    12_00: "สิบสองบาทถ้วน",
    20_00: "ยี่สิบบาทถ้วน",
    21_21: "ยี่สิบเอ็ดบาทยี่สิบเอ็ดสตางค์",
    100_00: "หนึ่งร้อยบาทถ้วน",
    101_00: "หนึ่งร้อยเอ็ดบาทถ้วน",
    110_00: "หนึ่งร้อยสิบบาทถ้วน",
    111_11: "หนึ่งร้อยสิบเอ็ดบาทสิบเอ็ดสตางค์",
    240_00: "สองร้อยสี่สิบบาทถ้วน",
    1_001_00: "หนึ่งพันเอ็ดบาทถ้วน",
    2_080_00: "สองพันแปดสิบบาทถ้วน",
    19_999_75: "หนึ่งหมื่นเก้าพันเก้าร้อยเก้าสิบเก้าบาทเจ็ดสิบห้าสตางค์",
    100_001_00: "หนึ่งแสนเอ็ดบาทถ้วน",
    1_000_000_00: "หนึ่งล้านบาทถ้วน",
    1_000_001_00: "หนึ่งล้านเอ็ดบาทถ้วน",
    11_000_000_00: "สิบเอ็ดล้านบาทถ้วน",
    21_000_011_00: "ยี่สิบเอ็ดล้านสิบเอ็ดบาทถ้วน",
    101_000_000_00: "หนึ่งร้อยเอ็ดล้านบาทถ้วน",
    1_234_567_89: "หนึ่งล้านสองแสนสามหมื่นสี่พันห้าร้อยหกสิบเจ็ดบาทแปดสิบเก้าสตางค์",
    1_000_000_000_000_00: "หนึ่งล้านล้านบาทถ้วน",
    1_500_000_000_000_00: "หนึ่งล้านห้าแสนล้านบาทถ้วน",
    1_000_000_000_000_000_000_00: "หนึ่งล้านล้านล้านบาทถ้วน",
}  # fmt: skip


@pytest.mark.parametrize(("satang", "words"), GOLDEN.items())
def test_an_amount_is_said_as_an_accountant_says_it(satang: int, words: str) -> None:
    """Mutants: หนึ่ง where เอ็ด is said, สองสิบ, หนึ่งสิบ, a whole amount without ถ้วน."""
    assert baht_words(satang) == words


_DIGIT = {
    "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7,
    "แปด": 8, "เก้า": 9,
}  # fmt: skip
_PLACE = {"สิบ": 10, "ร้อย": 100, "พัน": 1000, "หมื่น": 10_000, "แสน": 100_000}
_WORD = re.compile("|".join(sorted([*_DIGIT, *_PLACE, "ล้าน", "ศูนย์"], key=len, reverse=True)))


def _heard(words: str) -> int:
    """A second way: number words read from the left, as one hears them."""
    total = group = held = 0
    end = 0
    for found in _WORD.finditer(words):
        assert found.start() == end, words
        end = found.end()
        word = found.group()
        if word == "ล้าน":
            total, group, held = (total + group + held) * 1_000_000, 0, 0
        elif word in _PLACE:
            group, held = group + (held or 1) * _PLACE[word], 0
        else:
            held = _DIGIT.get(word, 0)
    assert end == len(words), words
    return total + group + held


def _heard_baht(words: str) -> int:
    baht, _baht, rest = words.rpartition("บาท")
    if rest == "ถ้วน":
        return _heard(baht) * 100
    return _heard(baht) * 100 + _heard(rest.removesuffix("สตางค์"))


_AMOUNTS = st.one_of(
    st.integers(0, 99_99), st.integers(0, 10**9), st.integers(0, 10**16),
    # Around the borders, where เอ็ด and the millions are.
    st.builds(lambda power, by: max(0, 10**power + by), st.integers(2, 16), st.integers(-2, 200)),
)  # fmt: skip


@given(_AMOUNTS)
def test_words_are_heard_back_as_the_same_amount(satang: int) -> None:
    """Mutant: a place that is left out or said twice."""
    words = baht_words(satang)
    assert _heard_baht(words) == satang
    assert "หนึ่งสิบ" not in words
    assert "สองสิบ" not in words
    assert words.endswith(("บาทถ้วน", "สตางค์"))


@given(st.integers(1, 10**9))
def test_a_last_one_is_said_as_such_only_when_it_stands_alone(number: int) -> None:
    """Mutant: หนึ่งร้อยหนึ่ง."""
    words = in_words(number)
    if number % 10 == 1 and number > 10:
        assert words.endswith("เอ็ด")
    else:
        assert not words.endswith("เอ็ด")


def test_nothing_below_nought_is_paid() -> None:
    """Mutant: a receipt over minus ten baht."""
    for bad in (-1, -100):
        with pytest.raises(ValueError, match="nought"):
            baht_words(bad)
        with pytest.raises(ValueError, match="nought"):
            in_words(bad)


@given(st.integers(0, MOST), st.booleans())
def test_figures_are_read_as_the_amount_they_say(satang: int, thai: bool) -> None:
    """Mutant: a comma read as the point of the satang."""
    said = baht_figures(satang)
    assert read_baht(to_thai(said) if thai else said) == satang


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("240", 240_00), ("๒๔๐", 240_00), ("1,240.5", 1_240_50), ("1240.05", 1_240_05),
        ("๒๔๐.-", 240_00), ("240.–", 240_00), (".75", 75), ("240 บาท", 240_00),
        (" 3 600 ", 3600_00), ("240.", 240_00), ("0", 0), (" -   ", 0), ("–", 0),
        ("฿1,240.00", 1_240_00), ("๒๔๐฿", 240_00),
    ],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_typed(typed: str, satang: int) -> None:
    """Mutants: "1,240.5" taken for 1,240 baht and 5 satang; a column pasted from Excel that is
    refused for its ฿ and for its dashes."""
    assert read_baht(typed) == satang


@pytest.mark.parametrize(
    "typed",
    [
        "", "-5", "--", "฿", "1,24", "12,3456", "1.234", "1.2.3", "๑๒ก", "12ก", ".", "1e3", "٣",
        "บาท", "99999999999999999",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_not_guessed_at(typed: str) -> None:
    """Mutant: "1,24" quietly paid as 124 baht."""
    assert read_baht(typed) is None
