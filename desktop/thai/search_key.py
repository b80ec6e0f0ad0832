# SPDX-License-Identifier: Apache-2.0
"""A loose key that finds a Thai name in spite of the usual slips of spelling.

Tone marks and silent letters go, letters of one sound become one letter. Wide on purpose: what it
finds is shown to a person, never merged by the program.
"""

from __future__ import annotations

import re
import unicodedata

from desktop.thai.digits import to_arabic
from desktop.thai.normalise import normalise_name

_ONE_SOUND = {
    "ส": "ศษ",
    "น": "ณ",
    "ย": "ญ",
    "ต": "ฏ",
    "ด": "ฎ",
    "ท": "ฐฑฒธถ",
    "พ": "ภผ",
    "ล": "ฬ",
    "ค": "ฆฅ",
    "ข": "ฃ",
    "ช": "ฌ",
    "ไ": "ใ",
    "า": "ๅ",
    "ัม": "ำ",
}
_FOLD = str.maketrans(
    {letter: sound for sound, letters in _ONE_SOUND.items() for letter in letters}
)
_THANTHAKHAT = "\u0e4c"
_SILENT = re.compile(f"[ก-ฮ][ิุ]?{_THANTHAKHAT}")
_NEITHER_LETTER_NOR_SPACE = re.compile(r"[^\w\s\u0e31\u0e34-\u0e39]|[_ฯๆ]")
_SPACES = re.compile(r"\s+")
# วิชัย, วิไชย and วิไช sound alike. Only for comparing whole names: in a key for typing ahead it
# would make the list blink between ชั and ชัย.
_AI = re.compile("([ก-ฮ])\u0e31ย(?![ะ-ู])")
_AI_Y = re.compile("(ไ[ก-ฮ])ย(?![ะ-ู])")
# Below this many characters one changed letter makes another name.
_SHORTEST_FOR_A_SLIP = 4


def search_key(text: str) -> str:
    """Return the loose key of `text`; words stay apart by one space, case and accents go."""
    text = to_arabic(normalise_name(text)).casefold()
    text = _SILENT.sub("", text).replace("รร", "ร")
    # NFD parts é into e and accent; accents and Thai tones are neither letter nor space.
    text = unicodedata.normalize("NFD", text.translate(_FOLD))
    text = _NEITHER_LETTER_NOR_SPACE.sub("", text)
    return _SPACES.sub(" ", text).strip()


def typing_keys(text: str) -> tuple[str, ...]:
    """Return the keys to look for while `text` is still being typed, the nearest first.

    A letter becomes silent only when its thanthakhat is typed: until then ศักดิ has the key สักดิ
    while ศักดิ์ is stored as สัก. The second key is the one `text` would have with the mark.
    """
    whole = search_key(text)
    silenced = search_key(text.rstrip() + _THANTHAKHAT)
    return (whole,) if silenced in {"", whole} else (whole, silenced)


def loosely_equal(a: str, b: str) -> bool:
    """Say whether two names may be one name spelt twice: same sound, or one letter apart.

    Spaces do not count. Names of fewer than four letters must sound the same.
    """
    one, other = _letters(a), _letters(b)
    if not one or not other:
        return False
    if one == other or _sound(one) == _sound(other):
        return True
    # The mark that silences the last letter was forgotten.
    if one == _letters(b + _THANTHAKHAT) or other == _letters(a + _THANTHAKHAT):
        return True
    if min(len(one), len(other)) < _SHORTEST_FOR_A_SLIP:
        return False
    return _one_slip(one, other) or _one_slip(_sound(one), _sound(other))


def _letters(text: str) -> str:
    return search_key(text).replace(" ", "")


def _sound(letters: str) -> str:
    return _AI_Y.sub(r"\1", _AI.sub(r"ไ\1", letters))


def _one_slip(one: str, other: str) -> bool:
    """Say whether one insertion, deletion or replacement turns `one` into `other`."""
    if len(one) > len(other):
        one, other = other, one
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        return one[start + 1 :] == other[start + 1 :]
    return one[start:] == other[start + 1 :]
