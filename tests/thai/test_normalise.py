# SPDX-License-Identifier: Apache-2.0
"""One spelling for what people type, paste and import."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.thai.normalise import normalise, normalise_name

THAI = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B),
        st.sampled_from("เแํำา่้๊๋์ิุัฺ็\u200b\u200c\u00ad\ufeff\u00a0 \uf70a\uf710\uf711\u0301\u0300e"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=24,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("กํา", "กำ"),
        ("เเก้ว", "แก้ว"),
        ("สมรสเเยกกันอยู่", "สมรสแยกกันอยู่"),
        ("ก่ี", "กี่"),
        ("ปั้้น", "ปั้น"),
        ("ที่่", "ที่"),
        ("ศิิลป์", "ศิลป์"),
        ("ผู้้ใหญ่", "ผู้ใหญ่"),
        ("พันธ์ุ", "พันธุ์"),
        ("ป\uf710\uf714น", "ปั้น"),
        ("น\uf711\uf70bา", "น้ำ"),
        ("น้\u200bำ", "น้ำ"),
        ("ส\u00adม\u200dชาย\ufeff", "สมชาย"),
        ("สมชาย\u00a0 ใจดี\n", "สมชาย ใจดี"),
        ("\u202eสมชาย\u2066", "สมชาย"),
        ("สํวโร", "สํวโร"),
        ("ปุตฺโต", "ปุตฺโต"),
        ("ฤๅษี", "ฤๅษี"),
        ("cafe\u0301", "café"),
        ("ก\u0301\u0e4d\u0e38", "กุ\u0301\u0e4d"),
        ("", ""),
    ],
)
def test_the_ways_people_type_thai_come_to_one_spelling(typed: str, kept: str) -> None:
    """Mutant: leave out any one rule of `_once` or any table."""
    assert normalise(typed) == kept


def test_an_invisible_space_parts_the_words_of_a_name_and_nothing_else() -> None:
    """Mutant: drop U+200B in names too; the surname is swallowed."""
    assert normalise_name("นายวิชัย\u200bสุขดี") == "นายวิชัย สุขดี"
    assert normalise("วิชัย\u200bสุขดี") == "วิชัยสุขดี"


def test_half_a_character_becomes_the_mark_of_a_lost_one() -> None:
    """Fails when a torn pair gets through: SQLite cannot keep it, and the program falls over."""
    for text in ("นายสม\ud83d ใจดี", "\udc00", "ก\ud800\ud800ข"):
        normalise(text).encode()
        assert "\ufffd" in normalise(text)


@pytest.mark.parametrize("code", [0x061C, 0xFE0F, 0xE0041, 0xE0100, 0x202E, 0x200D, 0])
def test_what_nobody_can_see_is_not_kept(code: int) -> None:
    """Fails when one of the ranges is forgotten: two names that look the same are two people."""
    assert normalise_name(f"สม{chr(code)}ชาย") == "สมชาย"


def test_sara_am_is_never_torn_apart() -> None:
    """Mutant: NFKC in place of NFC."""
    assert normalise("น้ำทิพย์ ½") == "น้ำทิพย์ ½"


@given(THAI, st.booleans())
def test_what_is_normal_stays_as_it_is(text: str, names: bool) -> None:
    """Mutant: one pass in place of the loop (เ, เเ; a mark beside a foreign accent)."""
    once = normalise(text, names=names)
    assert normalise(once, names=names) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "  " not in once
    assert once == once.strip()
