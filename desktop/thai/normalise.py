# SPDX-License-Identifier: Apache-2.0
"""Bring typed, pasted and imported Thai text to one spelling.

Thai can be typed in several orders that look the same on screen. NFC repairs almost none of them,
and NFKC tears SARA AM apart, so the rules are our own: เเ to แ, nikhahit + aa to SARA AM, marks in
the order vowel, tone, thanthakhat, no mark twice, private-use codes of old fonts to real ones,
nothing invisible. Applied on every commit of a field and on import, so the store holds one
spelling.
"""

from __future__ import annotations

import re
import unicodedata

NIKHAHIT = "\u0e4d"
SARA_AA = "\u0e32"
SARA_AM = "\u0e33"

# Old Thai fonts keep shifted marks in private codes, and PDF text carries them along.
_PRIVATE_CODES = {
    0xF700: 0x0E10, 0xF701: 0x0E34, 0xF702: 0x0E35, 0xF703: 0x0E36, 0xF704: 0x0E37,
    0xF705: 0x0E48, 0xF706: 0x0E49, 0xF707: 0x0E4A, 0xF708: 0x0E4B, 0xF709: 0x0E4C,
    0xF70A: 0x0E48, 0xF70B: 0x0E49, 0xF70C: 0x0E4A, 0xF70D: 0x0E4B, 0xF70E: 0x0E4C,
    0xF70F: 0x0E0D, 0xF710: 0x0E31, 0xF711: 0x0E4D, 0xF712: 0x0E47, 0xF713: 0x0E48,
    0xF714: 0x0E49, 0xF715: 0x0E4A, 0xF716: 0x0E4B, 0xF717: 0x0E4C, 0xF718: 0x0E38,
    0xF719: 0x0E39, 0xF71A: 0x0E3A,
}  # fmt: skip

# Soft hyphen, joiners, direction marks and controls, byte-order mark, variation selectors, tags:
# never meant by anybody.
_INVISIBLE = (
    *range(0x09),
    *range(0x0E, 0x1C),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0x00AD,
    *range(0x200C, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0x061C,
    *range(0xFE00, 0xFE10),
    0xFEFF,
    *range(0xE0000, 0xE0080),
    *range(0xE0100, 0xE01F0),
)
_HALF_CHARACTERS = range(0xD800, 0xE000)
"""Halves of a pair that was torn apart. No file can hold them; that a letter was lost is kept."""
_ZERO_WIDTH_SPACE = 0x200B

_TEXT_TABLE: dict[int, int | str | None] = {
    **_PRIVATE_CODES,
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(_HALF_CHARACTERS, "\ufffd"),
    _ZERO_WIDTH_SPACE: None,
}
# Between a first name and a surname a pasted ZWSP is the only boundary there is.
_NAME_TABLE: dict[int, int | str | None] = {**_TEXT_TABLE, _ZERO_WIDTH_SPACE: " "}

_DOUBLE_SARA_E = re.compile("เเ")
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_MARK_RUN = re.compile(f"[{_MARKS}{SARA_AM}]+{SARA_AA}?")
_SPACES = re.compile(r"\s+")

# The order agrees with the canonical combining classes (pinthu 9, u 103, tones 107), so NFC
# leaves a run as it is written here.
_MARK_ORDER = {
    "\u0e3a": 0,
    **dict.fromkeys("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39", 1),
    "\u0e47": 2,
    NIKHAHIT: 2,
    **dict.fromkeys("\u0e48\u0e49\u0e4a\u0e4b", 3),
    "\u0e4c": 4,
    "\u0e4e": 4,
}


def _ordered(match: re.Match[str]) -> str:
    run = match.group()
    if len(run) == 1:
        return run
    tail = ""
    marks = run
    if run.endswith(SARA_AA):
        marks, tail = run[:-1], SARA_AA
    if SARA_AM in marks:
        marks = marks.replace(SARA_AM, "").replace(NIKHAHIT, "")
        tail = SARA_AM + tail
    elif NIKHAHIT in marks and tail:
        marks = marks.replace(NIKHAHIT, "")
        tail = SARA_AM
    kept = sorted(dict.fromkeys(marks), key=_MARK_ORDER.__getitem__)
    return "".join(kept) + tail


def _once(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    text = _DOUBLE_SARA_E.sub("แ", text)
    return _MARK_RUN.sub(_ordered, text)


def normalise(text: str, *, names: bool = False) -> str:
    """Return `text` in its one spelling, on one line, without outer or repeated spaces.

    `names=True` reads a zero-width space as a space; otherwise it is dropped. Idempotent. Line
    ends become spaces: text of several lines is normalised line by line.
    """
    text = text.translate(_NAME_TABLE if names else _TEXT_TABLE)
    # Repairing one thing may bring two others together (เ + เเ, a mark beside a foreign accent).
    while (again := _once(text)) != text:
        text = again
    return _SPACES.sub(" ", text).strip()


def normalise_name(text: str) -> str:
    """Normalise the name of a person, a place or an organisation: ZWSP becomes a space."""
    return normalise(text, names=True)
