# SPDX-License-Identifier: Apache-2.0
"""What the program says of a passphrase is honest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.passphrase import passphrase_strength


@pytest.mark.parametrize(
    "text",
    [
        *("password123", "1234567890", "qwertyuiop", "aaaaaaaaaaaa", "abcabcabcabc", "0812345678"),
        *("สวัสดีสวัสดี", "l;ylfu1234", "สมชาย2525ใจดี", "๑๒๓๔๕๖๗๘๙๐", "ฟหกดเ้่าสวง", "dsdw2026dsdw"),
    ],
)
def test_what_a_guesser_tries_first_is_called_easy(text: str) -> None:
    assert passphrase_strength(text).score == 0


@pytest.mark.parametrize(
    "text",
    ["ร่มแดง กาแฟ ภูเขา รองเท้า", "kafae rongthao phukhao rom", "x7Kq!9vLm2#pQ", "ปลาทูตัวโตกินแมวดำ"],
)
def test_four_words_or_thirteen_random_characters_are_good(text: str) -> None:
    assert passphrase_strength(text).score >= 3


def test_a_short_one_says_how_many_characters_are_missing() -> None:
    assert passphrase_strength("ปลา").score == 0
    assert "7" in passphrase_strength("ปลา").sentence


@given(st.text(max_size=40), st.text(min_size=1, max_size=10))
def test_any_text_gets_an_answer_and_more_text_is_not_weaker_by_much(text: str, more: str) -> None:
    before, after = passphrase_strength(text), passphrase_strength(text + more)
    assert 0 <= before.score <= 4
    assert before.sentence
    assert after.bits >= before.bits * 0.5 - 10
