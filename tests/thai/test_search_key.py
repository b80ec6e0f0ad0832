# SPDX-License-Identifier: Apache-2.0
"""Names found in spite of their spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.thai.search_key import loosely_equal, search_key, typing_keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ณัฐพงษ์", "ณัฐพงศ์"),
        ("วงศ์", "วงค์"),
        ("สุภาพร", "สุภาภร"),
        ("พรรณี", "พรณี"),
        ("ใจดี", "ไจดี"),
        ("น้ำทิพย์", "นํ้าทิพย์"),
        ("อำพร", "อัมพร"),
        ("ดอเลาะ", "ดอร์เลาะห์"),
        ("Zoë", "ZOE"),
        ("รุ่น ๑", "รุ่น 1"),
        ("เเก้ว", "แก้ว"),
        ("ป่าน", "ปาน"),
        ("ปุตฺโต", "ปุตโต"),
        ("ศษส", "สสส"),
        ("ณญฎฏ", "นยดต"),
        ("ฐฑฒธถ", "ททททท"),
        ("ภผฬฆฅฃฌ", "พพลคคขช"),
        ("ใฤๅ", "ไฤา"),
    ],
)
def test_the_usual_slips_have_one_key(one: str, other: str) -> None:
    """Mutant: take any pair of letters out of _ONE_SOUND, keep the tones or the silent letters."""
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("วิชัย", "วิไชย"),
        ("กิตติศักดิ์", "กิตติศักดิ"),
        ("สมชาย", "สมชัย"),
        ("ณ นคร", "ณนคร"),
        ("ศรีสุวรรณ", "ศรีสุวรรณ์"),
    ],
)
def test_a_slip_more_is_forgiven_when_whole_names_are_compared(one: str, other: str) -> None:
    """Mutant: compare the keys alone."""
    assert loosely_equal(one, other)
    assert loosely_equal(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("ปู", "ปา"), ("สมชาย", "สมหญิง"), ("ใจดี", "ดีใจ"), ("", ""), ("", "กา")]
)
def test_other_names_stay_other_names(one: str, other: str) -> None:
    """Mutant: no shortest length for a slip; two slips allowed; nothing equals nothing."""
    assert not loosely_equal(one, other)


def test_words_stay_apart_by_one_space() -> None:
    assert search_key(" น้ำทิพย์  ณ   นคร ") == "นัมทิพ น นคร"


@pytest.mark.parametrize("name", ["กิตติศักดิ์ ปิ่นเกล้า", "ณัฐพงษ์ จันทร์ดี", "พรรณี วงศ์สุวรรณ"])
def test_a_name_is_found_at_every_letter_of_the_way(name: str) -> None:
    """Mutant: typing_keys without the second key; the list blinks at ศักด."""
    stored = search_key(name)
    for end in range(1, len(name) + 1):
        assert any(key in stored for key in typing_keys(name[:end])), name[:end]


@given(st.text(max_size=16))
def test_a_key_of_a_key_is_itself_when_it_holds_no_double_r(text: str) -> None:
    """A key holds nothing that would be dropped. Mutant: fold before the marks are dropped."""
    key = search_key(text)
    assert key == key.strip()
    assert "  " not in key
    assert not set(key) & set("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e3a\u200bฯๆ")
