# SPDX-License-Identifier: Apache-2.0
"""The order of a Thai dictionary, held against ICU."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.thai.normalise import normalise_name
from desktop.thai.sort_key import sort_key

GOLDEN = Path(__file__).parent.parent / "golden" / "thai" / "sorted_words.txt"


def in_icu_order() -> list[str]:
    return GOLDEN.read_text(encoding="utf-8").split()


def test_three_thousand_words_stand_in_the_order_of_icu() -> None:
    """Mutant: no swap of the leading vowel; tones in the first level; an order of the tones."""
    ordered = in_icu_order()
    shuffled = random.Random(2562).sample(ordered, len(ordered))
    assert sorted(shuffled, key=lambda word: (sort_key(word), word)) == ordered


def test_sqlite_orders_the_keys_as_python_does() -> None:
    """Mutant: a NUL as separator, or weights whose UTF-8 order differs."""
    ordered = in_icu_order()[::7]
    base = sqlite3.connect(":memory:")
    try:
        base.execute("create table word (key text, word text)")
        base.executemany("insert into word values (?, ?)", [(sort_key(w), w) for w in ordered])
        rows = base.execute("select word from word order by key, word").fetchall()
        assert [row[0] for row in rows] == ordered
        whole = base.execute("select count(*) from word where instr(key, char(0))").fetchone()
        assert whole == (0,)
    finally:
        base.close()


def test_people_are_ordered_by_first_name_and_then_by_surname() -> None:
    """Mutant: drop the spaces (กร ใจดี after กรกฎ), or one level for the whole text."""
    people = ["กร ใจดี", "กร สุข", "กรกฎ กลม", "กรณ์ ก", "ปา ก", "ปา ข", "ป่า ก", "แก้ว ใจดี"]
    ordered = ["กร ใจดี", "กร สุข", "กรกฎ กลม", "กรณ์ ก", "แก้ว ใจดี", "ปา ก", "ปา ข", "ป่า ก"]
    assert sorted(people, key=sort_key) == ordered


def test_spelling_of_marks_spaces_and_digits_makes_no_difference() -> None:
    """Mutant: no normalising before the key is made."""
    assert sort_key("นํ้า  ใส") == sort_key("น้ำ ใส")
    assert sort_key("รุ่นที่ ๑๐") == sort_key("รุ่นที่ 10")
    assert sort_key("Anna") == sort_key("anna")
    assert sort_key("แป-ระ") == sort_key("แประ")


@given(st.text(max_size=12))
def test_a_key_can_be_stored_whatever_the_text(text: str) -> None:
    """Mutant: let private-use characters, surrogates or controls through."""
    key = sort_key(text)
    assert sort_key(text + "\ue000\ud800") == key
    assert "\x00" not in key
    assert key == sort_key(normalise_name(text))
