# SPDX-License-Identifier: Apache-2.0
"""The two layouts of one keyboard."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.paths import shipped
from desktop.thai.keyboard import (
    THAI_KEYS,
    US_KEYS,
    canonical_secret,
    looks_mistyped,
    scanned_digits,
    to_thai_layout,
    to_us,
)
from desktop.thai.names import split_name

KEYS = st.text(US_KEYS + " ", max_size=24)


def test_every_key_has_one_character_in_each_layout() -> None:
    """Mutant: a key missing from one row."""
    assert len(US_KEYS) == len(THAI_KEYS) == len(set(US_KEYS)) == len(set(THAI_KEYS)) == 94


@given(KEYS)
def test_the_layouts_lead_there_and_back(keys: str) -> None:
    assert to_us(to_thai_layout(keys)) == keys


@given(KEYS, KEYS)
def test_a_secret_is_the_same_under_both_layouts(first: str, second: str) -> None:
    """Mutant: one pass in place of _to_keys (/ is 2 and ฝ is /); no detour for the mark order."""
    secret = canonical_secret(first + second)
    assert canonical_secret(to_thai_layout(first + second)) == secret
    assert canonical_secret(to_thai_layout(first) + second) == secret


@given(st.text(max_size=24))
def test_a_canonical_secret_is_its_own(text: str) -> None:
    once = canonical_secret(text)
    assert canonical_secret(once) == once


@pytest.mark.parametrize(
    ("typed", "secret"),
    [
        ("correct horse 2", "correct horse 2"),
        ("แนพพำแะ้นพหำ/", "correcthorse2"),
        ("ผู้ใหญ่บ้าน 2562", "z^hWsPj[hko 2562"),
        ("h6", "6h"),
        ('/,.?+%_-"()', "2}WM!~`3WZX"),
    ],
)
def test_a_secret_never_changes_between_versions(typed: str, secret: str) -> None:
    """The key of every store hangs on these. Mutant: any change of canonical_secret."""
    assert canonical_secret(typed) == secret


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("lk", "สา"), ("l,=kp", "สมชาย"), (".0fu", "ใจดี"), ("okiu", "นารี"), ("l6fk", "สุดา"),
     ("d,]", "กมล"), ("้ำสสน", "hello"), ("ฆฟไ ็ะนน", "Saw Htoo")],
)  # fmt: skip
def test_text_typed_under_the_wrong_layout_is_offered_back(typed: str, meant: str) -> None:
    """Mutant: to_us and to_thai_layout exchanged."""
    assert looks_mistyped(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["", "a", "hello", "John", "Saw Htoo", "somchai", "win", "in", "it", "me", "a@b.c",
     "Mr. Smith", "สมชาย", "ใจดี", "เสาร์", "น้ำ", "ตาลปุตฺโต", "สํวโร", "ฤๅชา",
     "081-234-5678", "12", "เ"],
)  # fmt: skip
def test_text_that_is_right_is_left_alone(text: str) -> None:
    """Mutant: offer whatever has a partner in the other layout."""
    assert looks_mistyped(text) is None


def test_no_name_of_the_field_is_taken_for_mistyped_and_nearly_all_are_recognised() -> None:
    """Mutant: a syllable pattern that lacks เ-า or a silent letter."""
    hard = json.loads(shipped("resources", "demo", "names_hard.json").read_text(encoding="utf-8"))
    words: set[str] = set()
    for written in hard["names"]:
        name = split_name(written)
        words |= {name.first, name.last} - {""}
    assert [word for word in words if looks_mistyped(word)] == []
    thai = [word for word in words if not word.isascii()]
    assert [word for word in thai if looks_mistyped(to_us(word)) != word] == []


@pytest.mark.parametrize(
    ("arrived", "digits"),
    [
        ("1234567890", "1234567890"),
        ("ๅ/-ภถุึคตจ", "1234567890"),
        ("+๑๒๓๔ู฿๕๖๗", "1234567890"),
        ("!@#$%^&*()", "1234567890"),
        ("ๅ/-ภ", "1234"),
        ("ุุุุึึ\n", "666677"),
        ("๑๒๓๔", "1234"),
        ("7", "7"),
    ],
)
def test_a_scan_is_read_under_either_layout(arrived: str, digits: str) -> None:
    """Mutant: normalise first (a doubled mark is a key pressed twice); one row only."""
    assert scanned_digits(arrived) == digits


@pytest.mark.parametrize(
    "text", ["", " ", "จ", "คุ", "ถึ", "คุคุ", "2-3", "--//", "สมชาย", "12ก", "1-2", "/ถ", "ุ"]
)
def test_what_a_person_types_is_not_a_scan(text: str) -> None:
    """Mutant: no shortest scan; the search box then swallows จ and คุ."""
    assert scanned_digits(text) is None


@given(st.text("0123456789", min_size=6, max_size=20))
def test_every_badge_is_read_under_the_thai_layout(digits: str) -> None:
    arrived = to_thai_layout(digits)
    # "/" and "-" alone cannot be told from themselves; a badge has check digits besides 2 and 3.
    if set(digits) - set("23"):
        assert scanned_digits(arrived) == digits
