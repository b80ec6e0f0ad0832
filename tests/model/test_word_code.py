# SPDX-License-Identifier: Apache-2.0
"""An area's digest as two words that can be said over the telephone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.word_code import word_code, words


def test_there_are_256_words_and_none_twice() -> None:
    """Mutant: a word stands twice, or is lost; two areas that differ would sound alike."""
    assert len(words()) == len(set(words())) == 256
    assert all(2 <= len(word) <= 10 for word in words())


def test_the_same_digest_always_says_the_same() -> None:
    """Mutant: the list is reordered; a laptop of last year says other words for the same rows."""
    assert word_code(0) == "กบ กบ"
    assert word_code(0x0123456789ABCDEF) == word_code(0x0123456789ABCDEF)
    assert (words()[1], words()[128], words()[255]) == ("กระจก", "ภูเขา", "ไอน้ำ")


@settings(max_examples=60)
@given(st.integers(0, 2**64 - 1), st.integers(0, 63))
def test_every_bit_of_the_digest_is_heard(digest: int, bit: int) -> None:
    """Mutant: only the low 16 bits are used; rows that differ in the others sound alike."""
    assert word_code(digest) != word_code(digest ^ (1 << bit))
