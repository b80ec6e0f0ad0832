# SPDX-License-Identifier: Apache-2.0
"""How an answer of each type is written, whoever gives it: a person, a calculation, the form.

What cannot be read as its type becomes blank, as in ODK Web Forms; a window that wants to tell
the person compares what it sent with what is held. The spellings are those of XML Schema and of
ODK's places (``latitude longitude altitude accuracy``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Final

_DATE: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?)?\Z", re.ASCII
)
_OFFSET: Final = r"(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_TIME: Final = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?" + _OFFSET + r"\Z", re.ASCII)
_STAMP: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?" + _OFFSET + r"\Z"
)
_DIGITS: Final = {0x0E50 + digit: str(digit) for digit in range(10)}
_EPOCH: Final = date(1970, 1, 1)
_SMALLEST, _LARGEST = -(2**31), 2**31 - 1


def integer(text: str) -> str:
    """A 32-bit whole number, cut towards zero."""
    number = _number(text)
    if number is None:
        return ""
    whole = math.trunc(number)
    return str(whole) if _SMALLEST <= whole <= _LARGEST else ""


def decimal(text: str) -> str:
    """A number with a decimal point always written (``23`` becomes ``23.0``), as JavaRosa."""
    number = _number(text)
    return "" if number is None else _decimal(number)


def _number(text: str) -> float | None:
    stripped = text.strip()
    if not stripped or "_" in stripped:
        return None
    try:
        number = float(stripped)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _decimal(number: float) -> str:
    if number == int(number) and abs(number) < 1e21:
        return f"{int(number)}.0"
    written = repr(number)
    if "e" not in written:
        return written
    small = format(number, ".17f").rstrip("0")
    if abs(number) < 1:
        return f"{small}0" if small.endswith(".") else small
    return written


def day(text: str) -> str:
    """A date; the time of a date and time without offset is dropped."""
    match = _DATE.match(text)
    if match is None or not _is_day(match[1], match[2], match[3]):
        return ""
    if match[4] is not None and not _is_time(match[4], match[5], match[6]):
        return ""
    return text[:10]


def clock(text: str) -> str:
    """A time of day with seconds, with or without offset."""
    match = _TIME.match(text)
    return text if match is not None and _is_time(match[1], match[2], match[3]) else ""


def stamp(text: str) -> str:
    """A date and time with seconds, with or without offset."""
    match = _STAMP.match(text)
    if match is None or not _is_day(match[1], match[2], match[3]):
        return ""
    return text if _is_time(match[4], match[5], match[6]) else ""


def _is_day(year: str, month: str, day_of_month: str) -> bool:
    try:
        date(int(year), int(month), int(day_of_month))
    except ValueError:
        return False
    return True


def _is_time(hour: str, minute: str, second: str) -> bool:
    try:
        time(int(hour), int(minute), int(second))
    except ValueError:
        return False
    return True


def place(text: str) -> str:
    """A place: two to four numbers, latitude within 90, longitude within 180, not 0 0."""
    parts = text.split()
    if len(parts) < 2:
        return ""
    numbers: list[float] = []
    for part in parts[:4]:
        number = _number(part)
        if number is None:
            return ""
        numbers.append(number)
    latitude, longitude = numbers[0], numbers[1]
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude == 0 and longitude == 0):
        return ""
    return " ".join(_decimal(number) for number in numbers)


def _places(text: str) -> list[str]:
    parts = text.split(";")
    if not parts[-1].strip():
        parts.pop()
    return [place(part) for part in parts]


def trace(text: str) -> str:
    """A line of two or more places that does not end where it began."""
    points = _places(text)
    if len(points) < 2 or not all(points) or _closed(points):
        return ""
    return ";".join(points)


def shape(text: str) -> str:
    """An area: three or more places, the last the same as the first."""
    points = _places(text)
    if len(points) < 3 or not all(points) or not _closed(points):
        return ""
    return ";".join(points)


def _closed(points: list[str]) -> bool:
    return points[0].split()[:2] == points[-1].split()[:2]


def normaliser(data_type: str) -> Callable[[str], str] | None:
    """What writes an answer of a type, Thai digits understood; None: text is kept as it is."""
    normalise = NORMALISERS.get(data_type)
    if normalise is None:
        return None
    return lambda text: normalise(text if text.isascii() else text.translate(_DIGITS))


NORMALISERS: Final[Mapping[str, Callable[[str], str]]] = {
    "int": integer,
    "integer": integer,
    "decimal": decimal,
    "date": day,
    "time": clock,
    "dateTime": stamp,
    "geopoint": place,
    "geotrace": trace,
    "geoshape": shape,
}
"""What writes an answer of a type; a type that is not here keeps its text."""


def calculated(value: float | str, data_type: str) -> str | None:
    """A calculation's result as text for its type where text alone would lose it, else None.

    A date may be calculated as a number of days (``today() + 7``) or with a time of day
    (``now()``): both are that day, as in JavaRosa.
    """
    if data_type == "date":
        if isinstance(value, float):
            if not math.isfinite(value) or abs(value) > 2_900_000:
                return ""
            try:
                return (_EPOCH + timedelta(days=math.floor(value))).isoformat()
            except OverflowError:
                return ""
        if "T" in value and _STAMP.match(value):
            return value[:10]
    return None
