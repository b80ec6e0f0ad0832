# SPDX-License-Identifier: Apache-2.0
"""A place on earth: read from what people type and paste, kept as a form keeps it.

Degrees are WGS 84, metres are metres. A form keeps a place as ``lat lon altitude accuracy``
(ODK XForms, *geopoint*), where 0 stands for an altitude or an accuracy that is not known.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from desktop.errors import Problem
from desktop.i18n import _, language
from desktop.model.utm import from_utm

_LONGEST: Final = 2_000
"""Letters of a pasted text that are looked at: a link to a map has some hundreds."""
_THAILAND: Final = (5.55, 20.50, 97.30, 105.70)
"""South, north, west and east ends of the country with its waters near the coast, in degrees."""


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees north and east; metres above sea level; metres within which it surely is."""

    latitude: float
    longitude: float
    altitude: float | None = None
    accuracy: float | None = None


def to_answer(position: Position) -> str:
    """The place as a form keeps it: ``16.880120 99.120340 0 5``.

    Seven decimals are a centimetre, more than any receiver knows.
    """
    ends = (position.altitude or 0.0, position.accuracy or 0.0)
    return " ".join(
        (
            _plain(position.latitude, 7),
            _plain(position.longitude, 7),
            *(_plain(metres, 2) for metres in ends),
        )
    )


def from_answer(text: str) -> Position | None:
    """The place of a form's answer; None when it is empty or no place."""
    words = text.split()
    if not 2 <= len(words) <= 4 or not all(_NUMBER.fullmatch(word) for word in words):
        return None
    numbers = [float(word) for word in words] + [0.0, 0.0]
    made = Position(numbers[0], numbers[1], numbers[2] or None, numbers[3] or None)
    return made if _on_earth(made) else None


def spoken(position: Position) -> str:
    """The place as it is shown: ``16.88012, 99.12034 ± 5 ม.``; five decimals are a metre."""
    said = f"{position.latitude:.5f}, {position.longitude:.5f}"
    if position.accuracy:
        metres = f"{position.accuracy:.0f}" if position.accuracy >= 1 else "1"
        said += " " + (f"± {metres} m" if language() == "en" else f"± {metres} ม.")
    return said


def outside_thailand(position: Position) -> bool:
    """Whether the place is surely not in the country (outside a box around it)."""
    south, north, west, east = _THAILAND
    return not (south <= position.latitude <= north and west <= position.longitude <= east)


def parse_position(text: str) -> Position:
    """Read a place as people type and paste it. Raises Problem with a sentence.

    Understood: ``16.88012, 99.12034``, Thai digits, degrees with minutes and seconds
    (16°52'48.4"N 99°7'13"E, also without the marks), words and letters for the directions, a
    decimal comma, ``geo:`` and the links of the usual map sites, UTM (47Q 512345 1867890), and an
    answer of a form. What can only be longitude before latitude is turned round.
    """
    cleaned = _cleaned(text)
    if not cleaned:
        raise _unclear()
    if _SHORT_LINK.search(cleaned):
        raise Problem(_("A short link does not hold the place. Open it and copy the two numbers."))
    found = _of_link(cleaned) or _of_utm(cleaned) or _of_words(cleaned)
    if not _on_earth(found) or (found.latitude == 0 and found.longitude == 0):
        turned = replace(found, latitude=found.longitude, longitude=found.latitude)
        if outside_thailand(turned):
            raise Problem(
                _("There is no such place. Check the numbers of latitude and longitude.")
            )
        return turned
    return found


def _unclear() -> Problem:
    return Problem(_("Type latitude and longitude, for example 16.88012, 99.12034."))


def _on_earth(position: Position) -> bool:
    return (
        math.isfinite(position.latitude)
        and math.isfinite(position.longitude)
        and abs(position.latitude) <= 90
        and abs(position.longitude) <= 180
    )


def _plain(number: float, decimals: int) -> str:
    """A number without an exponent and without zeros at its end."""
    written = f"{number:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written


# ── words ────────────────────────────────────────────────────────────────────────────────────

_NUMBER = re.compile(r"[-+]?\d{1,12}(?:\.\d{0,18})?|[-+]?\.\d{1,18}", re.ASCII)
_MARKS = str.maketrans(
    {
        "º": "°", "˚": "°", "ᵒ": "°", "′": "'", "’": "'", "‘": "'", "´": "'", "`": "'",
        "″": '"', "”": '"', "“": '"', "−": "-", "–": "-", "，": ",", "\u00a0": " ",
        "\u200b": " ", "\u200e": "", "\u200f": "", "\ufeff": "",
    }
)  # fmt: skip
_SAID: Final = (
    (r"ฟิลิปดา", '"'),
    (r"ลิปดา", "'"),
    (r"องศา", "°"),
    (r"ตะวันออก", " E "),
    (r"ตะวันตก", " W "),
    (r"เหนือ", " N "),
    (r"ใต้", " S "),
    (r"ละติจูด|ละติจุด|เส้นรุ้ง|\blatitude\b|\blat\b", " LAT "),
    (r"ลองจิจูด|ลองติจูด|ลองกิจูด|เส้นแวง|\blongitude\b|\blong\b|\blng\b|\blon\b", " LON "),
    (r"\bnorth\b", " N "),
    (r"\bsouth\b", " S "),
    (r"\beast\b", " E "),
    (r"\bwest\b", " W "),
    (r"พิกัด|ที่ตั้ง|\bgps\b|\bwgs\s?84\b|\bdeg(?:rees)?\b|\bloc(?:ation)?\b", " "),
)
_PART = re.compile(
    r"(?P<number>[-+]?(?:\d{1,12}(?:\.\d{0,18})?|\.\d{1,18}))"
    r"|(?P<word>LAT|LON)|(?P<side>[NSEW])|(?P<mark>[°'\"])|(?P<other>[^\s,;:=/()\[\]])",
    re.ASCII | re.IGNORECASE,
)
_COMMAS = (
    re.compile(r"^\s*(-?\d{1,3}),(\d+)\s*[;\s]\s*(-?\d{1,3}),(\d+)\s*$", re.ASCII),
    re.compile(r"^\s*(-?\d{1,3}),(\d{3,})\s*,\s*(-?\d{1,3}),(\d{3,})\s*$", re.ASCII),
)
_SIGN = {"N": 1.0, "E": 1.0, "S": -1.0, "W": -1.0}


def _cleaned(text: str) -> str:
    """Arabic digits, plain marks, at most as long as is looked at."""
    digits = "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in text[:_LONGEST]
    )
    return unicodedata.normalize("NFC", digits.translate(_MARKS)).replace("''", '"').strip()


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a text is made of."""

    numbers: tuple[float, ...]
    whole: tuple[bool, ...]
    """Which of the numbers were written without a fraction."""
    sides: tuple[str, ...]
    """N, S, E, W, or LAT and LON, in order."""
    marked: bool
    """Whether degrees, minutes or seconds are marked as such."""

    @property
    def plain(self) -> bool:
        """Whether it is degrees with altitude and perhaps accuracy behind them."""
        unmarked = not self.sides and not self.marked
        return unmarked and len(self.numbers) in (3, 4) and not self.whole[0]


def _of_words(text: str) -> Position:
    """Numbers with or without marks, letters and words for the directions."""
    for pattern in _COMMAS:
        if found := pattern.match(text):
            text = "{}.{} {}.{}".format(*found.groups())
    for pattern_of, said in _SAID:
        text = re.sub(pattern_of, said, text, flags=re.IGNORECASE)
    parts = _parts(text)
    numbers, whole = parts.numbers, parts.whole
    if len(numbers) == 2 or parts.plain:
        first, second = numbers[0], numbers[1]
    elif len(numbers) == 4 and whole[0] and whole[2]:
        first, second = _degrees(numbers[:2]), _degrees(numbers[2:])
    elif len(numbers) == 6 and whole[0] and whole[1] and whole[3] and whole[4]:
        first, second = _degrees(numbers[:3]), _degrees(numbers[3:])
    else:
        raise _unclear()
    made = _sided(first, second, parts.sides)
    if parts.plain:
        more = [*numbers[2:], 0.0][:2]
        return replace(made, altitude=more[0] or None, accuracy=abs(more[1]) or None)
    return made


def _parts(text: str) -> _Parts:
    numbers: list[str] = []
    sides: list[str] = []
    marked = False
    for part in _PART.finditer(text):
        if part["other"]:
            raise _unclear()
        if part["number"]:
            numbers.append(part["number"])
        elif part["mark"]:
            marked = True
        else:
            sides.append((part["side"] or part["word"]).upper())
    return _Parts(
        tuple(float(number) for number in numbers),
        tuple("." not in number for number in numbers),
        tuple(sides),
        marked,
    )


def _degrees(parts: tuple[float, ...]) -> float:
    """Degrees, minutes and perhaps seconds as degrees."""
    if any(not 0 <= part < 60 for part in parts[1:]):
        raise Problem(_("Minutes and seconds of a place are below 60. Check them."))
    size = abs(parts[0]) + parts[1] / 60 + (parts[2] / 3600 if len(parts) > 2 else 0.0)
    return math.copysign(size, parts[0])


def _sided(first: float, second: float, sides: tuple[str, ...]) -> Position:
    """Latitude and longitude by their letters, or by their order when there are none."""
    if not sides:
        return Position(first, second)
    letters = [side for side in sides if side in _SIGN]
    words = [side for side in sides if side not in _SIGN]
    if len(letters) not in (0, 2) or len(words) not in (0, 2):
        raise _unclear()
    north_first = {"N": True, "S": True, "LAT": True}
    order = [north_first.get(side, False) for side in (letters or words)]
    if order[0] == order[1]:
        raise _unclear()
    if letters:
        if first < 0 or second < 0:
            raise _unclear()
        first, second = first * _SIGN[letters[0]], second * _SIGN[letters[1]]
    return Position(first, second) if order[0] else Position(second, first)


# ── links and grids ──────────────────────────────────────────────────────────────────────────

_PAIR = r"(?P<lat>-?\d{1,3}(?:\.\d{1,18})?)"
_AND = r"(?P<lon>-?\d{1,3}(?:\.\d{1,18})?)"
_LINKS = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"!3d{_PAIR}!4d{_AND}",
        rf"[?&]mlat={_PAIR}&mlon={_AND}",
        rf"[?&](?:q|s?ll|query|center|destination|daddr|coordinate)=(?:loc:)?{_PAIR}[ ,+]+{_AND}",
        rf"/(?:place|search|dir)/(?:/)?{_PAIR}[ ,+]+{_AND}",
        rf"@{_PAIR},{_AND}",
        rf"#map=\d{{1,2}}(?:\.\d+)?/{_PAIR}/{_AND}",
        rf"\bgeo:{_PAIR},{_AND}",
    )
)
_IS_LINK = re.compile(r"^(?:https?://|geo:)|\bgoo\.gl/|\bmaps\.", re.IGNORECASE)
_SHORT_LINK = re.compile(r"(?:maps\.app\.goo\.gl|goo\.gl/maps|g\.co/kgs)/", re.IGNORECASE)
_UNCERTAIN = re.compile(r";u=(\d{1,6}(?:\.\d{1,6})?)", re.ASCII)
_UTM = re.compile(
    r"^(?:utm\s*)?(?:zone\s*)?(?P<zone>\d{1,2})\s?(?P<band>[C-HJ-NP-X])\s*[,:]?\s*"
    r"(?:E\s?)?(?P<east>\d{6,7}(?:\.\d{1,6})?)\s?(?:m?E)?\s*,?\s*"
    r"(?:N\s?)?(?P<north>\d{1,8}(?:\.\d{1,6})?)\s?(?:m?N)?$",
    re.ASCII | re.IGNORECASE,
)


def _of_link(text: str) -> Position | None:
    """The place in a link; None when the text is no link. A link without a place is told."""
    if not _IS_LINK.search(text):
        return None
    plain = _unquoted(text)
    for pattern in _LINKS:
        if found := pattern.search(plain):
            sure = _UNCERTAIN.search(plain)
            return Position(
                float(found["lat"]), float(found["lon"]), None, float(sure[1]) if sure else None
            )
    # A place written in degrees inside a link: /maps/place/16°52'48.0"N+99°07'12.0"E
    if written := re.search(r"/(?:place|search)/([^/@?]{5,80})", plain):
        return _of_words(written[1].replace("+", " "))
    raise Problem(_("There is no place in this link. Copy the two numbers instead."))


def _of_utm(text: str) -> Position | None:
    found = _UTM.match(text)
    if found is None:
        return None
    # N after the zone is the band of Thailand's south and the word for north at the same time:
    # bands from N on are the northern half of the earth, so both mean the same.
    return Position(
        *from_utm(
            int(found["zone"]),
            found["band"].upper() >= "N",
            float(found["east"]),
            float(found["north"]),
        )
    )


def _unquoted(text: str) -> str:
    """A link with its %XX turned into letters; what is no letter stays away."""
    raw = re.sub(
        rb"%([0-9A-Fa-f]{2})",
        lambda found: bytes([int(found[1], 16)]),
        text.encode("utf-8", "ignore"),
    )
    return raw.decode("utf-8", "ignore").translate(_MARKS).replace("''", '"')
