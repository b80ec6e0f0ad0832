# SPDX-License-Identifier: Apache-2.0
"""The Thai Kedmanee layout and the US layout on the same keys.

Wedge scanners are keyboards: under the Thai layout the digits of a badge arrive as ๅ/-ภถุึคตจ.
People forget to switch: "lk" was meant as สา. A passphrase must open the store whichever layout is
active. All of it takes the raw text: `normalise` would drop a doubled mark, which here is a key
pressed twice.
"""

from __future__ import annotations

import re
import unicodedata

from desktop.thai.digits import to_arabic
from desktop.thai.normalise import normalise

US_KEYS = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
)
THAI_KEYS = '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_TO_US = str.maketrans(THAI_KEYS, US_KEYS)
_TO_THAI = str.maketrans(US_KEYS, THAI_KEYS)

_DIGIT_KEYS = "1234567890"
_PLAIN_ROW = str.maketrans("ๅ/-ภถุึคตจ", _DIGIT_KEYS)
_SHIFTED_ROW = str.maketrans("+๑๒๓๔ู฿๕๖๗", _DIGIT_KEYS)
_US_SHIFTED_ROW = str.maketrans("!@#$%^&*()", _DIGIT_KEYS)
_THAI_DIGITS = re.compile("[๐-๙]+")
_THAI_LETTER = re.compile("[\u0e01-\u0e5b]")
# What is this long and of these keys is a scan; what is shorter might be a syllable (ถึ, จุ, คุ).
_SURELY_SCANNED = 6
_SHORTEST_SCAN = 4
_SHORTEST_OFFER = 3

# One syllable and more, loosely: enough to tell words from keys pressed in the wrong layout.
_CONSONANT = "[กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮฤฦ]"
_TONE = "[\u0e48-\u0e4b]?"
_SYLLABLE = (
    f"(?:เ{_CONSONANT}{{1,2}}[\u0e34\u0e35\u0e37\u0e47]?{_TONE}(?:าะ?|ะ)?"
    f"|แ{_CONSONANT}{{1,2}}\u0e47?{_TONE}ะ?"
    f"|โ{_CONSONANT}{{1,2}}{_TONE}ะ?"
    f"|[ใไ]{_CONSONANT}{_TONE}"
    f"|{_CONSONANT}(?:[\u0e31\u0e34-\u0e39]{_TONE}ะ?|\u0e47|\u0e3a|\u0e4d|{_TONE}[าะำ]?)"
    f"|{_CONSONANT}[\u0e34\u0e38]?\u0e4c"
    f"|ฤๅ)"
)
_WELL_FORMED = re.compile(f"(?:{_SYLLABLE}+[ๆฯ]?)(?: {_SYLLABLE}+[ๆฯ]?)*")
_THAI_VOWEL = re.compile("[\u0e30-\u0e39\u0e40-\u0e44]")
_LATIN_WORDS = re.compile(r"[A-Za-z]+(?:[ .'\-]+[A-Za-z]+)*\.?")
_LATIN_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)


def to_us(text: str) -> str:
    """Return what the keys of `text`, typed under the Thai layout, give under the US one."""
    return text.translate(_TO_US)


def to_thai_layout(text: str) -> str:
    """Return what the keys of `text`, typed under the US layout, give under the Thai one."""
    return text.translate(_TO_THAI)


def looks_mistyped(text: str) -> str | None:
    """Return what was probably meant when `text` looks typed under the wrong layout, else None.

    An offer for the person to take or leave: "lk" gives สา, "้ำสสน" gives hello.
    """
    text = text.strip()
    if len(text) < 2:
        return None
    if _THAI_LETTER.search(text):
        if _WELL_FORMED.fullmatch(normalise(text)):
            return None
        meant = to_us(text)
        plausible = bool(_LATIN_WORDS.fullmatch(meant) and _LATIN_VOWEL.search(meant))
    else:
        meant = to_thai_layout(text)
        plausible = bool(_WELL_FORMED.fullmatch(meant)) and _no_latin_word(text, meant)
    return meant if plausible else None


def _no_latin_word(text: str, meant: str) -> bool:
    """Say whether `text`, whose keys spell Thai, is more likely that than Latin or a number."""
    if not re.search("[A-Za-z]", text):
        return False
    if _LATIN_WORDS.fullmatch(text):
        # "in" and "me" are words; "lk" and "okiu" (นารี) are not, though some such must be let by.
        short = len(text) < _SHORTEST_OFFER and _LATIN_VOWEL.search(text)
        return bool(_THAI_VOWEL.search(meant)) and not short
    return True


def scanned_digits(text: str) -> str | None:
    """Return the digits when the whole of `text` is digits pressed on a keyboard, else None.

    Knows both layouts, the shifted row of each, and Thai digits as such. Give it the text as it
    arrived, not normalised. Four or five characters that could be Thai syllables are not a scan,
    nor are fewer.
    """
    text = text.strip()
    arabic = to_arabic(text)
    if arabic.isascii() and arabic.isdigit():
        return arabic
    if len(text) < _SHORTEST_SCAN:
        return None
    if len(text) < _SURELY_SCANNED and _WELL_FORMED.fullmatch(text):
        return None
    for row in (_PLAIN_ROW, _SHIFTED_ROW, _US_SHIFTED_ROW):
        if all(ord(key) in row for key in text):
            # "-/-" without a letter of the Thai row is a dash and a slash.
            return (
                text.translate(row) if row is not _PLAIN_ROW or _THAI_LETTER.search(text) else None
            )
    return None


def canonical_secret(passphrase: str) -> str:
    """Return one secret for a passphrase, whichever of the two layouts it was typed under.

    Every character is led back to its US key until nothing changes, since ``/`` is a key of one
    layout and a character of the other: / and 2 count as one, and so for eleven more. The detour
    through the Thai layout gives the US spelling the mark order that NFC gives the Thai one.
    """
    keys = _to_keys(unicodedata.normalize("NFC", passphrase))
    return _to_keys(unicodedata.normalize("NFC", to_thai_layout(keys)))


def _to_keys(text: str) -> str:
    while (again := to_us(text)) != text:
        text = again
    return text
