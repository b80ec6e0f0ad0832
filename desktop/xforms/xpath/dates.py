# SPDX-License-Identifier: Apache-2.0
"""Dates and times as text, as numbers, and as the moments between.

Text is ISO 8601 in the Gregorian calendar (the window shows พ.ศ., expressions never see it). As
a number a date is the count of whole days since 1970-01-01, and a time of day the part of its
day by the clock of the place: 2026-11-20 is 20777 in Bangkok and everywhere else, and noon of
that day 20777.5. ``Environment.instants`` turns this into days of UTC; see there. An ``instant``
is always of UTC: ``decimal-date-time`` and ``date-time`` are about these.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from desktop.xforms.xpath.environment import Environment

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME: Final = re.compile(
    r"([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_UNPADDED: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(T.*)?")
_EPOCH: Final = date(1970, 1, 1)
_EPOCH_MOMENT: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_DAY: Final = 86_400_000
_MOST_DAYS: Final = 3_000_000  # beyond the year 9999 of datetime
MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
WEEKDAYS: Final = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


class Moment(NamedTuple):
    """A date, or a date with a time (``timed``); ``at`` is aware, midnight for a date."""

    at: datetime
    timed: bool


def _clock(text: str) -> tuple[time, tzinfo | None] | None:
    """A time of day and its offset; None for what no clock shows."""
    match = _TIME.fullmatch(text)
    if match is None or (match[5] and not match[2]):
        return None
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    fraction = int((match[4] or "0")[:6].ljust(6, "0"))
    if not match[5]:
        return time(hour, minute, second, fraction), None
    if match[5] == "Z":
        return time(hour, minute, second, fraction), UTC
    hours, minutes = int(match[5][1:3]), int(match[5][3:].lstrip(":") or 0)
    # The clocks of the world are between -12:00 and +14:00.
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return time(hour, minute, second, fraction), timezone(
        -offset if match[5][0] == "-" else offset
    )


def whole_day(text: str) -> int | None:
    """Days from 1970-01-01 to the date that is the whole of ``text``; None for anything else."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return (date(int(match[1]), int(match[2]), int(match[3])) - _EPOCH).days
    except ValueError:
        return None


def moment(text: str, environment: Environment) -> Moment | None:
    """The date or date and time ``text`` is, in the zone of the environment; None: neither."""
    match = _DATE.match(text)
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    rest = text[10:]
    zone = environment.zone
    if not rest:
        return Moment(datetime.combine(day, time(), zone), timed=False)
    clock = _clock(rest[1:]) if rest[0] == "T" else None
    if clock is None:
        return None
    at, offset = clock
    try:
        return Moment(datetime.combine(day, at, offset or zone).astimezone(zone), timed=True)
    except (OverflowError, ValueError):
        return None


def lenient_moment(text: str, environment: Environment) -> Moment | None:
    """As ``moment``, and months and days of one digit are taken too (``2018-1-9``)."""
    match = _UNPADDED.fullmatch(text)
    if match is None:
        return None
    return moment(f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}{match[4] or ''}", environment)


def days(found: Moment, environment: Environment) -> float:
    """The moment as a number of days."""
    if environment.instants:
        return instant(found)
    whole = (found.at.date() - _EPOCH).days
    if not found.timed:
        return float(whole)
    clock = found.at.time()
    passed = (clock.hour * 60 + clock.minute) * 60 + clock.second
    return (whole * _DAY + passed * 1000 + clock.microsecond // 1000) / _DAY


def instant(found: Moment) -> float:
    """Days since 1970-01-01 in UTC, whatever the zone."""
    return ((found.at - _EPOCH_MOMENT) // _MILLISECOND) / _DAY


def from_days(number: float, environment: Environment) -> Moment | None:
    """The moment a number of days is; None for what no calendar holds."""
    if environment.instants:
        return from_instant(number, environment)
    if not -_MOST_DAYS < number < _MOST_DAYS:
        return None
    begin = datetime.combine(_EPOCH, time(), environment.zone)
    try:
        at = begin + timedelta(milliseconds=round(number * _DAY))
    except OverflowError:
        return None
    return Moment(at, timed=at.time() != time())


def from_instant(number: float, environment: Environment) -> Moment | None:
    """The moment that is ``number`` days of UTC after 1970; None for what no calendar holds."""
    if not -_MOST_DAYS < number < _MOST_DAYS:
        return None
    try:
        at = _EPOCH_MOMENT + timedelta(milliseconds=round(number * _DAY))
        return Moment(at.astimezone(environment.zone), timed=True)
    except (OverflowError, ValueError):
        return None


def text(found: Moment) -> str:
    """``2026-11-20``, or with a time ``2026-11-20T09:30:00.000+07:00``.

    A time that is midnight is left out: what was counted from dates is a date again.
    """
    at = found.at
    if not found.timed or at.time() == time():
        return at.date().isoformat()
    return timestamp(at)


def timestamp(at: datetime) -> str:
    """Date, time to the millisecond and offset, as ODK writes them."""
    offset = at.utcoffset() or timedelta()
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    hours, minutes = divmod(abs(minutes), 60)
    plain = at.replace(tzinfo=None).isoformat(timespec="milliseconds")
    return f"{plain}{sign}{hours:02}:{minutes:02}"


def now(environment: Environment) -> datetime:
    """The moment of the environment's clock, in its zone."""
    at = environment.clock()
    if at.tzinfo is None:
        return at.replace(tzinfo=environment.zone)
    return at.astimezone(environment.zone)


def day_part(value: str, environment: Environment) -> float | None:
    """The time of day ``value`` as a part of a day by the clock of the place; None: no time."""
    clock = _clock(value)
    if clock is None or len(value) < 5:
        return None
    at, offset = clock
    if offset is not None:
        moved = datetime.combine(_EPOCH, at, offset).astimezone(environment.zone)
        at = moved.time()
    seconds = (at.hour * 60 + at.minute) * 60 + at.second
    return (seconds * 1000 + at.microsecond // 1000) / _DAY


def formatted(found: Moment, pattern: str) -> str:
    """``pattern`` with ``%Y %y %m %n %b %d %e %a %H %h %M %S %3 %%`` replaced; others stay."""
    at = found.at
    marks = {
        "%": "%",
        "Y": f"{at.year:04}",
        "y": f"{at.year % 100:02}",
        "m": f"{at.month:02}",
        "n": str(at.month),
        "b": MONTHS[at.month - 1],
        "d": f"{at.day:02}",
        "e": str(at.day),
        "a": WEEKDAYS[at.weekday()],
        "H": f"{at.hour:02}",
        "h": str(at.hour),
        "M": f"{at.minute:02}",
        "S": f"{at.second:02}",
        "3": f"{at.microsecond // 1000:03}",
    }
    return re.sub(r"%(.)", lambda match: marks.get(match[1], match[0]), pattern)
