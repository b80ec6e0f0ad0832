# SPDX-License-Identifier: Apache-2.0
"""People's names: parted into title, first, middle and last, and put together again.

The parting is a proposal that a person sees before it is kept. It knows that a name may be one
word, that a surname may hold a space (ณ นคร), that บิน, เจ๊ะ and ต่วน belong to the name, that
many titles may stand in a row, and that a lone dash is nobody's surname.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from desktop.thai.normalise import normalise_name
from desktop.thai.titles import AGE_OF_CIVIL_TITLE, TITLE_OF_CODE, TITLES, Title

NO_TITLE = "none"
FREE_TITLE = "other"

_THAI = re.compile("[\u0e01-\u0e5b]")
_DASHES = frozenset("-‐‑‒–—―−_.")
_NO_SURNAME = frozenset({"ไม่มี", "ไม่มีนามสกุล", "ไม่มีชื่อสกุล", "(ไม่มี)", "(ไม่มีนามสกุล)"})
# No given name is spelt like these.
_DOT_MAY_LACK = frozenset({"ผศ.", "รศ."})
# After these the surname goes on: ณ อยุธยา, บิน อับดุลเลาะ.
_OPEN_SURNAME = frozenset(
    {
        "ณ", "ณ.", "บิน", "บินติ", "บินตี", "บินตี้", "บินเต๊ะ", "อัล", "bin",
        "binti", "bint", "ibn", "al", "van", "von", "de", "del", "da",
    }
)  # fmt: skip
# A given name may begin with these as a word of its own.
_OPEN_FIRST = frozenset(
    {
        "ต่วน", "นิ", "เจ๊ะ", "แวมะ", "หะยี", "ซัยยิด", "ไซยิด", "กู", "ตูแว",
        "นิแว", "นิเจ๊ะ",
    }
)  # fmt: skip
# ดิศกุล ณ อยุธยา: the word before ณ belongs to it.
_OF_A_PLACE = frozenset({"ณ", "ณ."})
# Karen, Burmese, Mon and Shan words of address: what follows is one name without a surname.
_ONE_NAME = frozenset(
    {
        "saw", "naw", "u", "daw", "ma", "ko", "ko.", "maung", "sai",
        "nang", "mi", "min", "mehm", "nai", "sao", "htee",
    }
)  # fmt: skip
# A navy rank is marked again after the name; a nickname in brackets stays with the surname.
_TRAILER = re.compile(r"^(ร\.?\s?น\.|\(.*\)|[\"“'].*[\"”'])$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; a missing part is "".

    `title` is what is printed before the name. `title_code` is its code in `titles`, "other" for
    titles in a row, "none" where there is none.
    """

    title: str
    first: str
    middle: str
    last: str
    title_code: str


def _abbreviation(short: str) -> str:
    """Return the pattern of an abbreviation as people type it: ร.ต.อ. ร. ต. อ. รตอ. ร.ต.อ

    Some dot must be there, the last or all the others: นพ and สอ are given names. หญิง stands
    straight after the last dot.
    """
    pieces = [re.escape(piece.strip()).replace("\\ ", r"\s?") for piece in short.split(".")]
    last = pieces.pop()
    loose = r"\.?\s?".join(pieces) + r"\."
    strict = r"\.\s?".join(pieces) + r"(?=\s)"
    if len(pieces) == 1:
        strict = pieces[0] + r"(?=\s)" if short in _DOT_MAY_LACK else loose
    return rf"(?:{loose}|{strict})" + (r"\s?\(?หญิง\)?" if last else "")


def _full(title: Title) -> str:
    if title.kind == "latin":
        word = title.th.rstrip(".")
        return rf"(?i:{re.escape(word)})(?:\.|(?=\s))"
    if title.th.endswith("."):
        return re.escape(title.th[:-1]) + r"(?:\.|(?=\s))"
    before = "ว่าที่" if title.th.startswith("ว่าที่") else ""
    after = "หญิง" if title.kind == "rank" and title.th.endswith("หญิง") else ""
    middle = title.th[len(before) : len(title.th) - len(after)]
    return (
        (before + r"\s?" if before else "")
        + re.escape(middle)
        + (r"\s?\(?หญิง\)?" if after else "")
    )


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Title], ...]:
    """Return each way of writing a title, longest first; made at the first name that is parted."""
    written: list[tuple[int, str, Title]] = []
    for title in TITLES:
        written.append((len(title.th), _full(title), title))
        written.extend((len(s), _abbreviation(s), title) for s in title.abbreviations)
    written.sort(key=lambda row: -row[0])
    # What follows a title begins a word: นายิกา and ดรุณี are names.
    follows = r"(?=[\s.]*[^\s.\-\u0e30-\u0e3a\u0e45-\u0e4e])"
    return tuple((re.compile(pattern + follows), title) for _, pattern, title in written)


@cache
def _patterns_by_letter() -> dict[str, tuple[tuple[re.Pattern[str], Title], ...]]:
    letters: dict[str, list[tuple[re.Pattern[str], Title]]] = {}
    for pattern, title in _patterns():
        for first in {title.th[0], *(s[0] for s in title.abbreviations)}:
            letters.setdefault(first.casefold(), []).append((pattern, title))
    return {letter: tuple(rows) for letter, rows in letters.items()}


# Short for a rank in two services: written out only when ร.น. after the name says navy.
_TWO_SERVICES = frozenset({"nawatri", "nawatho", "nawaek", "jasiptri"})
_NAVY_OF_ARMY = {"roitri": "rueatri", "roito": "rueatho", "roiek": "rueaek"}
_NAVY_MARK = re.compile(r"(?:^| )ร\.?\s?น\.$")
# These may stand before or behind another title; two civil titles in a row do not occur.
_MAY_STACK = frozenset({"academic", "rank", "noble", "profession", "latin"})


def _take_title(text: str, taken: list[tuple[str, Title]]) -> tuple[str, Title, str] | None:
    """Return (as written, title, rest) when `text` begins with a title."""
    for pattern, title in _patterns_by_letter().get(text[:1].casefold(), ()):
        found = pattern.match(text)
        if not found:
            continue
        if taken and title.kind == "civil" and text[found.end() : found.end() + 1] == " ":
            # Nobody is ดร. and นาย; นาย is a given name too, and here it stands as a word.
            return None
        rest = text[found.end() :].lstrip(" .")
        return found.group().strip(), title, rest
    return None


def split_name(text: str) -> Name:
    """Part a name as written on a list; the text is normalised first.

    An abbreviated title comes back in full (น.ส. as นางสาว); titles in a row come back as written.
    Nothing of the text is lost but a dash or a word that says there is no surname.
    """
    rest = normalise_name(text)
    taken: list[tuple[str, Title]] = []
    while (found := _take_title(rest, taken)) is not None:
        written, title, rest = found
        taken.append((written, title))
        if title.kind not in _MAY_STACK:
            break
    if len(taken) == 1:
        shown, code = _one_title(*taken[0], in_navy=bool(_NAVY_MARK.search(rest)))
    elif taken:
        shown, code = _row_of_titles(taken), FREE_TITLE
    else:
        shown, code = "", NO_TITLE
        if rest.startswith("คุณ ") and rest.count(" ") > 1:
            shown, code, rest = "คุณ", FREE_TITLE, rest[4:]
    first, middle, last = _parts(_words(rest))
    return Name(shown, first, middle, last, code)


def _one_title(written: str, title: Title, *, in_navy: bool) -> tuple[str, str]:
    if "." in written and title.kind == "rank":
        if in_navy and title.code in _NAVY_OF_ARMY:
            title = TITLE_OF_CODE[_NAVY_OF_ARMY[title.code]]
        elif title.code in _TWO_SERVICES and not (in_navy and title.code.startswith("nawa")):
            return title.abbreviations[0], FREE_TITLE
    return title.th, title.code


def _row_of_titles(taken: list[tuple[str, Title]]) -> str:
    row = ""
    for typed, title in taken:
        written = _tidy(typed, title)
        # ผศ.ดร. is written close; a full word, or a rank on either side, takes a space.
        close = row.endswith(".") and written.endswith(".") and not title.spaced
        row += written if not row or close else " " + written
    return row


def _tidy(typed: str, title: Title) -> str:
    """Return a title in full when it was typed in full, else its usual abbreviation."""
    in_full = typed.replace(" ", "") == title.th or not title.abbreviations
    return title.th if in_full else title.abbreviations[0]


def _words(rest: str) -> list[str]:
    words = [word for word in rest.split(" ") if not set(word) <= _DASHES]
    if len(words) > 1 and words[-1] in _NO_SURNAME:
        words.pop()
    return words


def _parts(words: list[str]) -> tuple[str, str, str]:
    """Return (first, middle, last) of the words after the title."""
    tail: list[str] = []
    while len(words) > 1 and _TRAILER.match(words[-1]):
        tail.insert(0, words.pop())
    if len(words) > 2 and words[0].casefold() in _ONE_NAME:
        words = [" ".join(words)]
    if len(words) > 2 and words[0] in _OPEN_FIRST:
        words = [" ".join(words[:2]), *words[2:]]
    opening = _start_of_surname(words)
    first = words[0] if words else ""
    if opening is None:
        opening = max(len(words) - 1, 1)
    middle = " ".join(words[1:opening])
    last = " ".join(words[opening:])
    if tail:
        if last:
            last = " ".join([last, *tail])
        else:
            first = " ".join([first, *tail])
    return first, middle, last


def _start_of_surname(words: list[str]) -> int | None:
    for place, word in enumerate(words):
        if 0 < place < len(words) - 1 and word.casefold() in _OPEN_SURNAME:
            return place - 1 if word in _OF_A_PLACE and place > 1 else place
    return None


def full_name(title: str, first: str, middle: str, last: str) -> str:
    """Put a name together as it is printed; empty parts and a lone dash leave no space behind.

    No space between a Thai title and the name, one after a rank and before Latin letters.
    """
    parts = [part.strip() for part in (first, middle, last)]
    name = " ".join(part for part in parts if not set(part) <= _DASHES)
    title = title.strip()
    if not title or not name:
        return title or name
    return title + (" " if _is_spaced(title, name) else "") + name


def _is_spaced(title: str, name: str) -> bool:
    if not _THAI.match(title) or not _THAI.match(name):
        return True
    return _ends_in_a_rank(title)


@lru_cache(maxsize=1024)  # few titles, and a roster asks for every line
def _ends_in_a_rank(title: str) -> bool:
    found = _spaced_titles()
    # In a row of titles the last one decides.
    return title in found or any(title.endswith(" " + rank) for rank in found)


@cache
def _spaced_titles() -> frozenset[str]:
    return frozenset(
        spelling
        for title in TITLES
        if title.spaced
        for spelling in (title.th, *title.abbreviations)
    )


def title_at_age(title_code: str, age: int | None) -> str:
    """Suggest the title code at `age` (whole years): ด.ช. and ด.ญ. end at fifteen, and back.

    A suggestion only: an unknown age, or a title without bounds, returns `title_code`.
    """
    title = TITLE_OF_CODE.get(title_code)
    if title is None or age is None:
        return title_code
    if title.next_code and age >= AGE_OF_CIVIL_TITLE:
        return title.next_code
    if title.min_age is not None and age < title.min_age:
        return "dekchai" if title.sex == "m" else "dekying"
    return title_code
