# SPDX-License-Identifier: Apache-2.0
"""Where a line of Thai may end.

ICU's dictionary breaks between words but splits some words of this trade; a list of words that
hold together (`glue`) takes those breaks back. Qt itself breaks Thai only where the system has
libthai, so labels get zero-width spaces from here, at the moment of display and never stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from desktop.thai.glue import PROPER_NAMES, UNFINISHED_ENDINGS, WORDS
from desktop.thai.titles import TITLES

ZERO_WIDTH_SPACE = "\u200b"

_PENALTY_INSIDE_NAME = 1.0
_PENALTY_UNFINISHED = 1.0
_PENALTY_BEFORE_NUMBER = 0.5
_PENALTY_INSIDE_BRACKETS = 2.0
_BONUS_AT_SPACE = 0.5

_THAI = re.compile("[\u0e01-\u0e5b]")
# Dependent vowels and marks, ฯ and ๆ (also after its space) belong to what stands before.
_DEPENDENT = re.compile("[\u0e2f-\u0e3a\u0e45-\u0e4e]")
_LEADING_VOWEL = re.compile("[เ-ไ]")
# No word begins with a silent letter: ปริ|นซ์ is ICU's guess at a foreign word.
_SILENT_START = re.compile("[ก-ฮ]{1,2}[\u0e34\u0e38]?\u0e4c")
# A person's name is broken at its space or not at all; นายก, นายอำเภอ and their like are offices.
_SURNAME = r"(?: ((?:ณ )?[^\s)]{2,30})(?: (ณ [^\s)]{2,30}))?)?"
_PERSON = re.compile(
    r"(?<![^\s(])(?:นาย(?!ก[รอสเ]|ทะเบียน|อำเภอ|จ้าง|ช่าง|แพทย์|ทหาร|ตำรวจ)|นางสาว|นาง|เด็กชาย|เด็กหญิง"
    r"|น\.ส\.|ด\.ช\.|ด\.ญ\.|ดร\.)([^\s)]{2,24})" + _SURNAME
)
_NOBLES_AND_MONKS = (
    "mrw", "ml", "mc", "thanphuying", "phrakhru", "phraathikan", "phrapalat", "phrasamu",
    "phrabaidika",
)  # fmt: skip
# Nothing but a name follows these; ยศ may be parted from it by a space.
_RANKED = re.compile(
    r"(?<![^\s(])(?:"
    + "|".join(
        re.escape(title.th)
        for title in sorted(TITLES, key=lambda title: -len(title.th))
        if title.kind == "rank" or title.code in _NOBLES_AND_MONKS
    )
    + r")(?:หญิง)?( ?[^\s)]{2,40})"
    + _SURNAME
)
# A word of Pali, as in the name of a monk: no dictionary knows it.
_PALI = re.compile("(?<![ก-\u0e4e])[ก-\u0e4e]{0,20}[\u0e3a\u0e4d][ก-\u0e4e]{0,20}(?![ก-\u0e4e])")
# Names of places are in no dictionary: what follows ตำบล up to a space, if short enough.
_PLACE = re.compile(
    r"(?:(?P<word>หมู่บ้าน|ตำบล|อำเภอ|จังหวัด|แขวง|เทศบาลเมือง|เทศบาลนคร|โรงแรม|ห้อง)"
    r"|เขต|อบต\.|อบจ\.|ต\.|อ\.|จ\.)(?P<name>[ก-ฮเ-ไ][ก-๎]{1,15})(?![^\s)/,])"
)
_CONSONANT = re.compile("[ก-ฮ]")
_THAI_OR_STOP = re.compile("[\u0e01-\u0e5b.]")
_WORD_OF_ONE_LETTER = "ณ"
_NUMBER = re.compile("[0-9๐-๙]")


_SHORTEST_WORD = 3


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the known words are that begin with three letters, the longest first."""
    found: dict[str, set[int]] = {}
    for word in WORDS:
        found.setdefault(word[:_SHORTEST_WORD], set()).add(len(word))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


def break_points(text: str, *, in_names: bool = False) -> list[int]:
    """Return the indices before which a line may begin, ascending, neither 0 nor the length.

    A space belongs to the end of its line: the index is after it. A zero-width space in `text`
    is such a point too. With `in_names` also those within the name of a person or a place, for a
    column that is narrower than the name.
    """
    return list(_break_points(text, in_names))


@lru_cache(maxsize=2048)
def _break_points(text: str, in_names: bool = False) -> tuple[int, ...]:
    if not text:
        return ()
    points = _points_at_spaces(text)
    if _THAI.search(text):
        found = _icu_points(text)
        points = set(_lexicon_points(text)) | points if found is None else found
        points -= _inside_words(text)
        points -= {p for p in points if p < len(text) and _DEPENDENT.match(text, p)}
        points -= {p for p in points if p and _LEADING_VOWEL.match(text, p - 1)}
        points -= {p for p in points if _SILENT_START.match(text, p)}
        points |= {place.start("name") for place in _PLACE.finditer(text) if place["word"]}
        if not in_names:
            points -= _inside_names(text)
        points -= _orphans(text, points)
        # What a person typed as a break is one.
        points |= {m.end() for m in re.finditer(ZERO_WIDTH_SPACE, text)}
    return tuple(sorted(p for p in points if 0 < p < len(text)))


def _inside_names(text: str) -> set[int]:
    """Return the indices within names of people and places, and within words of Pali."""
    inside: set[int] = set()
    for place in _PLACE.finditer(text):
        inside.update(range(place.start("name") + 1, place.end()))
    for person in (*_PERSON.finditer(text), *_RANKED.finditer(text)):
        parted = person.start(1) + 1 if person[1].startswith(" ") else 0
        for start, end in ((person.start(), person.end(1)), person.span(2), person.span(3)):
            inside.update(point for point in range(start + 1, end) if point != parted)
    for word in _PALI.finditer(text):
        inside.update(range(word.start() + 1, word.end()))
    return inside


def _points_at_spaces(text: str) -> set[int]:
    return {m.end() for m in re.finditer(rf"[ \n\t{ZERO_WIDTH_SPACE}]+", text)}


def _icu_points(text: str) -> set[int] | None:
    try:
        from icu4py.breakers import LineBreaker
    except ImportError:
        # A platform without the wheel: fewer breaks, none of them wrong.
        return None
    points: set[int] = set()
    end = 0
    for segment in LineBreaker(text, "th"):
        end += len(segment)
        points.add(end)
    return points


def _orphans(text: str, points: set[int]) -> set[int]:
    """Return the points before a consonant that would stand alone: ICU's remainder, no word."""
    orphans: set[int] = set()
    for point in points:
        alone = point + 1 in points or not _THAI_OR_STOP.match(text, point + 1)
        if alone and _CONSONANT.match(text, point) and text[point] != _WORD_OF_ONE_LETTER:
            orphans.add(point if _THAI.match(text, point - 1) else point + 1)
    return orphans


def _words_from(text: str, start: int) -> int:
    """Return the end of the longest known word that begins at `start`, or `start`."""
    for length in _lengths().get(text[start : start + _SHORTEST_WORD], ()):
        if text[start : start + length] in WORDS:
            return start + length
    return start


def _inside_words(text: str) -> set[int]:
    inside: set[int] = set()
    for start in range(len(text)):
        end = _words_from(text, start)
        inside.update(range(start + 1, end))
    return inside


def _lexicon_points(text: str) -> Iterator[int]:
    """Yield the places where one known word ends and another begins."""
    end_of_word = -1
    start = 0
    while start < len(text):
        end = _words_from(text, start)
        if end == start:
            start += 1
            continue
        if start == end_of_word:
            yield start
        end_of_word = start = end


def break_penalty(text: str, at: int) -> float:
    """Return how unwelcome a break before index `at` is; 0 is ordinary, below 0 welcome.

    A break inside the name of an institution or between brackets, after a word that leaves the
    phrase hanging (…และ, …ของ), or between ปี and its number costs; one at a space is liked.
    """
    penalty = 0.0
    for name in PROPER_NAMES:
        start = text.find(name, max(0, at - len(name)))
        if 0 <= start < at < start + len(name):
            penalty += _PENALTY_INSIDE_NAME
    before = text[:at].rstrip(f" {ZERO_WIDTH_SPACE}")
    if before.endswith(UNFINISHED_ENDINGS):
        penalty += _PENALTY_UNFINISHED
    if _NUMBER.match(text, at) and before and not _NUMBER.match(before, len(before) - 1):
        penalty += _PENALTY_BEFORE_NUMBER
    if text[at - 1 : at] == " ":
        penalty -= _BONUS_AT_SPACE
    if text.rfind("(", 0, at) > text.rfind(")", 0, at) and ")" in text[at:]:
        penalty += _PENALTY_INSIDE_BRACKETS
    return penalty


def with_breaks(text: str) -> str:
    """Return `text` with a zero-width space at every break point, for a Qt label.

    For display only: never store, copy out or print the result.
    """
    pieces: list[str] = []
    start = 0
    for point in _break_points(text):
        pieces.append(text[start:point])
        if text[point - 1] not in f" \n\t{ZERO_WIDTH_SPACE}":
            pieces.append(ZERO_WIDTH_SPACE)
        start = point
    pieces.append(text[start:])
    return "".join(pieces)
