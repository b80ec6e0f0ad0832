# SPDX-License-Identifier: Apache-2.0
"""The order of a Thai dictionary as a plain string.

Rule (Royal Society dictionary, agrees with ICU's `th` collation on single words): a vowel written
before its consonant is read after it; tone marks, maitaikhu and thanthakhat count only between
words that are otherwise equal; punctuation does not count. Texts of several words compare word by
word, as a list of people is ordered: all of กร before the first of กรกฎ.

The key is stored and indexed, and SQLite compares it as bytes: it holds no NUL, and code-point
order of the key is the order meant.
"""

from __future__ import annotations

import re
import unicodedata

from desktop.thai.digits import to_arabic
from desktop.thai.normalise import normalise_name

_DIGITS = "0123456789"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CONSONANTS = "".join(map(chr, range(0x0E01, 0x0E2F)))
_VOWELS = "\u0e4d" + "".join(map(chr, (*range(0x0E30, 0x0E3A), *range(0x0E40, 0x0E45), 0x0E3A)))
_FIRST_WEIGHT = 0x100
_WEIGHT = {
    mark: chr(_FIRST_WEIGHT + place)
    for place, mark in enumerate(_DIGITS + _LATIN + _CONSONANTS + _VOWELS)
}
_WEIGHT["\u0e45"] = _WEIGHT["\u0e32"]  # lakkhangyao is the aa of ฤๅ
# Characters of other scripts follow Thai, in their own order.
_ELSEWHERE = chr(0x2FF)

_SECOND = {
    mark: str(place)
    for place, mark in enumerate("\u0e4e\u0e4c\u0e47\u0e48\u0e49\u0e4a\u0e4b", start=1)
}
_NO_MARK = "0"
_ACCENT = "8"
_WORD_END = "\x01"
_IGNORED = "ฯๆ"
_LOST = "\ufffd"
_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")


def sort_key(text: str) -> str:
    """Return the key by which `text` sorts in a Thai dictionary; equal texts, equal keys."""
    cleaned = to_arabic(normalise_name(text)).casefold()
    swapped = _LEADING_VOWEL.sub(r"\2\1", cleaned)
    return _WORD_END.join(key for word in swapped.split() if (key := _word_key(word)))


def _word_key(word: str) -> str:
    first: list[str] = []
    second: list[str] = []
    # NFD parts é into e and accent; Thai letters are their own decomposition.
    for mark in unicodedata.normalize("NFD", word):
        weight = _WEIGHT.get(mark)
        if weight is not None:
            first.append(weight)
            second.append(_NO_MARK)
        elif mark in _SECOND:
            second.append(_SECOND[mark])
        elif mark in _IGNORED:
            continue
        else:
            kind = unicodedata.category(mark)[0]
            if kind == "M":
                second.append(_ACCENT)
            elif kind not in "PZC" and mark != _LOST:
                first.append(_ELSEWHERE + mark)
                second.append(_NO_MARK)
    if not first:
        return ""
    return "".join(first) + _WORD_END + "".join(second).rstrip(_NO_MARK)
