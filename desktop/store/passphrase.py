# SPDX-License-Identifier: Apache-2.0
"""How hard a passphrase is to guess, honestly and without a dictionary of megabytes.

The estimate is the cheapest way to say the text: single characters, or pieces a guesser tries
first (much used passwords, Thai and English, under either keyboard layout; rows of keys; counting;
repetition; years, dates, telephone numbers). A Thai letter counts 3.2 bits, because Thai words
of four letters have about 13. It can be wrong by some bits; it is not wrong by an order.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from desktop.i18n import N_, _, ngettext
from desktop.thai.digits import to_arabic
from desktop.thai.keyboard import canonical_secret, to_thai_layout, to_us

MINIMUM_LENGTH: Final = 10

_STEPS: Final = (30, 40, 50, 62)
"""Bits from which the score is 1, 2, 3, 4. At 0.2 s and 64 MiB a guess, 50 bits are centuries."""

_SENTENCES: Final = (
    N_("Very easy to guess. Add words that have nothing to do with each other."),
    N_("Easy to guess. Add one or two more words."),
    N_("Fair. One more word makes it good."),
    N_("Good."),
    N_("Very good."),
)

_COMMON: Final = frozenset(
    """
    password passw0rd p@ssw0rd pass admin administrator user guest login letmein welcome secret
    iloveyou love monkey dragon football master sunshine princess shadow superman qwerty qwertyuiop
    asdfgh asdfghjkl zxcvbnm abc abcd test demo thailand bangkok facebook google samsung computer
    samut sanam dsdw workshop facilitator correct horse battery staple hello
    รหัสผ่าน รหัส สวัสดี ประเทศไทย ไทยแลนด์ กรุงเทพ กรุงเทพมหานคร ฉันรักเธอ รักเธอ รักนะ คิดถึง
    สมุดสนาม สมชาย สมหญิง ใจดี ครอบครัว สตรี อบรม ผู้เข้าอบรม วิทยากร พัฒนา สังคม ราชการ
    สำนักงาน จังหวัด หนึ่งสองสาม กขค กขคง ทดสอบ
    """.split()  # noqa: SIM905 - nobody reads sixty quoted words
)
_ROWS: Final = (
    "1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "ๅ/-ภถุึคตจขช",
    "ๆไำพะัีรนยบล",
    "ฟหกดเ้่าสวง",
    "ผปแอิืทมใฝ",
    "กขฃคฅฆงจฉชซฌญ",
)
_SHAPES: Final = (
    (re.compile(r"(?:19|20|24|25)\d\d"), 7.0),
    (re.compile(r"[0-3]\d[01]\d(?:19|20|24|25)?\d\d"), 15.0),
    (re.compile(r"0[2-9]\d{7,8}"), 25.0),
)


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong a passphrase is."""

    score: int
    """0 (very easy to guess) to 4 (very good); 2 and less should be improved."""
    sentence: str
    bits: float


def passphrase_strength(text: str) -> Strength:
    """The strength of ``text``; score 0 while it has fewer than ten characters."""
    missing = MINIMUM_LENGTH - len(canonical_secret(text))
    bits = round(_bits(text), 1)
    if missing > 0:
        asked = ngettext(
            "{count} more character is needed.", "{count} more characters are needed.", missing
        )
        return Strength(0, asked.format(count=missing), bits)
    score = sum(bits >= step for step in _STEPS)
    return Strength(score, _(_SENTENCES[score]), bits)


def _bits(text: str) -> float:
    """The bits of the cheapest reading of ``text``."""
    plain = to_arabic(text).lower()
    # Layouts map key by key, so that a place in one spelling is the same place in the others.
    spellings = {plain, to_us(plain).lower(), to_thai_layout(plain)}
    best = [0.0] + [math.inf] * len(plain)
    pieces: dict[int, list[tuple[int, float]]] = {}
    for spelling in spellings:
        for start, end, bits in _pieces(spelling):
            pieces.setdefault(start, []).append((end, bits))
    for start, letter in enumerate(plain):
        # A letter said again right after itself tells a guesser next to nothing.
        again = start > 0 and plain[start - 1] == letter
        single = 1.0 if again else _letter_bits(text, start)
        best[start + 1] = min(best[start + 1], best[start] + single)
        for end, bits in pieces.get(start, ()):
            best[end] = min(best[end], best[start] + bits)
    return min(best[-1], _repeated(plain))


def _letter_bits(text: str, at: int) -> float:
    letter = text[at]
    if "ก" <= letter <= "๛":
        return 3.2
    if letter.isdigit():
        return math.log2(10)
    if letter.isalpha():
        in_word = text[max(0, at - 2) : at + 3].isalpha() and not letter.isupper()
        return 3.6 if in_word else math.log2(26) + letter.isupper()
    return 2.0 if letter.isspace() else 5.0


def _pieces(text: str) -> Iterator[tuple[int, int, float]]:
    """(start, end, bits) of everything in ``text`` that a guesser tries first."""
    for word in _COMMON:
        at = text.find(word)
        while at >= 0:
            yield at, at + len(word), 6.0
            at = text.find(word, at + 1)
    for row in _ROWS:
        for keys in (row, row[::-1]):
            yield from _runs(text, keys)
    for shape, bits in _SHAPES:
        for found in shape.finditer(text):
            yield found.start(), found.end(), bits
    for start in range(len(text)):
        yield from _counting(text, start)


def _runs(text: str, keys: str) -> Iterator[tuple[int, int, float]]:
    for start in range(len(text) - 2):
        at = keys.find(text[start])
        both = zip(keys[at:], text[start:], strict=False) if at >= 0 else ()
        length = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], both))
        if length >= 3:
            yield start, start + length, 5.0 + math.log2(length)


def _counting(text: str, start: int) -> Iterator[tuple[int, int, float]]:
    """Steps of the same size from letter to letter: abcd, 2468, 9876."""
    if start + 2 >= len(text):
        return
    step = ord(text[start + 1]) - ord(text[start])
    if abs(step) > 3:
        return
    end = start + 1
    while end < len(text) and ord(text[end]) - ord(text[end - 1]) == step:
        end += 1
    if end - start >= 3:
        yield start, end, 6.0 + math.log2(end - start)


def _repeated(text: str) -> float:
    """The bits of one part when the whole is that part again and again."""
    for size in range(1, len(text) // 2 + 1):
        if len(text) % size == 0 and text[:size] * (len(text) // size) == text:
            return _bits(text[:size]) + math.log2(len(text) // size)
    return math.inf
