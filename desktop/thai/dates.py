# SPDX-License-Identifier: Apache-2.0
"""Dates as Thai offices write them, in the Buddhist era, and times of day.

Stored dates are ISO Gregorian; this module is the only place where 543 is added. That is the rule
of ICU's Buddhist calendar too. Before 1 January 2484 (1941) the Thai year began on 1 April, so for
a birth in January to March of an earlier year paper may show one year less: keep what was written.

Month names are constants, since loading Babel for twelve words would slow the start.
"""

from __future__ import annotations

import re
from datetime import date

from desktop.errors import Problem
from desktop.i18n import _
from desktop.thai.digits import styled, to_arabic
from desktop.thai.normalise import normalise

ERA_OFFSET = 543
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_FIRST_FISCAL_MONTH = 10
_EARLIEST_BUDDHIST = 2400
_CHRISTIAN = range(1800, 2200)
_BUDDHIST = range(_EARLIEST_BUDDHIST, 2743)
_MINUTES_OF_A_DAY = 24 * 60

_STYLES = {
    "long": "{day} {month} {year}",
    "short": "{day} {short} {year}",
    "era": "{day} {month} พุทธศักราช {year}",
    "abbr": "{day} {month} พ.ศ. {year}",
}


def be_year(d: date) -> int:
    """Return the Buddhist-era year of a Gregorian date."""
    return d.year + ERA_OFFSET


def fiscal_year(d: date) -> int:
    """Return the Thai fiscal year, พ.ศ.: it begins on 1 October of the year before."""
    return be_year(d) + (d.month >= _FIRST_FISCAL_MONTH)


def weekday(d: date) -> str:
    """Return the Thai name of the weekday without วัน."""
    return WEEKDAYS[d.weekday()]


def be_date(d: date, style: str = "long", digits: str = "arabic") -> str:
    """Write a date in the Buddhist era.

    `style`: "long" 3 มีนาคม 2562, "short" 3 มี.ค. 2562, "era" with พุทธศักราช, "abbr" with พ.ศ.
    `digits`: "arabic" or "thai". Raises ValueError for another style: styles are not typed.
    """
    if style not in _STYLES:
        raise ValueError(f"unknown date style {style!r}")
    text = _STYLES[style].format(
        day=d.day, month=MONTHS[d.month - 1], short=SHORT_MONTHS[d.month - 1], year=be_year(d)
    )
    return styled(text, digits)


def be_range(
    first: date, last: date, digits: str = "arabic", dash: str = " – ", style: str = "long"
) -> str:
    """Write the days from `first` to `last`, both included, without repeating month or year.

    `dash` stands between the ends with its spaces; between two bare days of one month it stands
    without them ("8–10 มีนาคม 2564", as the acceptance story A0 prints it). `style` is "long" or
    "short". Raises ValueError when `last` comes before `first`.
    """
    if last < first:
        raise ValueError("a range ends before it begins")
    if first == last:
        return be_date(first, style, digits)
    names = SHORT_MONTHS if style == "short" else MONTHS
    begin = str(first.day)
    if (first.year, first.month) == (last.year, last.month):
        dash = dash.strip()
    else:
        begin += f" {names[first.month - 1]}"
    if first.year != last.year:
        begin += f" {be_year(first)}"
    end = f"{last.day} {names[last.month - 1]} {be_year(last)}"
    return styled(begin + dash + end, digits)


def english_date(d: date) -> str:
    """Write a date for the English interface: 3 March 2019, Gregorian."""
    return f"{d.day} {ENGLISH_MONTHS[d.month - 1]} {d.year}"


def english_range(first: date, last: date) -> str:
    """Write the days from `first` to `last` in English: 27 February – 1 March 2019."""
    if last < first:
        raise ValueError("a range ends before it begins")
    if first == last:
        return english_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{english_date(last)}"
    begin = f"{first.day} {ENGLISH_MONTHS[first.month - 1]}"
    if first.year != last.year:
        begin += f" {first.year}"
    return f"{begin} – {english_date(last)}"


def _month_words() -> dict[str, int]:
    words: dict[str, int] = {}
    for place in range(12):
        number = place + 1
        words[MONTHS[place]] = number
        words[SHORT_MONTHS[place].replace(".", "")] = number
        words[ENGLISH_MONTHS[place].casefold()] = number
        words[ENGLISH_MONTHS[place][:3].casefold()] = number
    words["sept"] = 9
    # Spellings seen on paper.
    words["กุมภา"] = 2
    words["กุมพาพันธ์"] = 2
    for place in range(12):
        words.setdefault(re.sub("(าคม|ายน)$", "", MONTHS[place]), place + 1)
    return words


_MONTH_OF_WORD = _month_words()
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]0?0:00(?::00(?:\.0+)?)?)?")
_NUMBERS = re.compile(r"(\d{1,2})\s?[-/.\s]\s?(\d{1,2})\s?[-/.\s]\s?(\d{4})(?: 0?0:00(?::00)?)?")
_WORDS = re.compile(r"(\d{1,2})[\s\-/]*([^\d\s\-/]+?)[\s\-/]*(\d{4})")
_BEFORE = re.compile(r"^(?:วัน[ก-์]*?(?:ที่|\s))?\s*(?:ที่)?\s*(?=\d)")
_ERAS = re.compile(r"พุทธศักราช|คริสต์ศักราช|พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|\bb\.?e\.?|\ba\.?d\.?|เดือน|,")


def parse_date(text: str) -> date:
    """Read a date as people type it: 3/3/2562, 3 มี.ค. ๒๕๖๒, 3 March 2019, 2019-03-03.

    A year of 2400 or more is พ.ศ., 1800 to 2199 is ค.ศ.; two digits are not enough. Raises
    Problem with a sentence.
    """
    cleaned = to_arabic(normalise(text)).casefold()
    cleaned = re.sub(r"\s+", " ", _ERAS.sub(" ", _BEFORE.sub("", cleaned))).strip()
    if found := _ISO.fullmatch(cleaned):
        year, month, day = map(int, found.groups())
    elif found := _NUMBERS.fullmatch(cleaned):
        day, month, year = map(int, found.groups())
    elif (found := _WORDS.fullmatch(cleaned)) and (
        named := _MONTH_OF_WORD.get(found[2].replace(".", ""))
    ):
        day, month, year = int(found[1]), named, int(found[3])
    elif re.fullmatch(r"\d{1,2}[^\d]+(\d{1,2}[^\d]+)?\d{2}", cleaned):
        raise Problem(_("Type the year with four digits, for example 3/3/2562."))
    else:
        raise Problem(_("This is not a date. Type day/month/year, for example 3/3/2562."))
    if year in _BUDDHIST:
        year -= ERA_OFFSET
    elif year not in _CHRISTIAN:
        raise Problem(_("The year is not possible. Type it as พ.ศ., for example 2562."))
    try:
        return date(year, month, day)
    except ValueError:
        raise Problem(_("There is no such day in the calendar. Check day and month.")) from None


_TIME = re.compile(r"(\d{1,2})(?:\s?[.:]\s?(\d{2}))?|(\d{2})(\d{2})")
_CLOCK_WORDS = re.compile(r"^เวลา|(?:น\.?|นาฬิกา|hrs?\.?)$")


def parse_time(text: str) -> int:
    """Read a time of day (9.30, 09:30, ๙.๓๐ น., 0930, 9) as minutes after midnight, 0 to 1440.

    Raises Problem with a sentence.
    """
    cleaned = to_arabic(normalise(text)).casefold()
    cleaned = _CLOCK_WORDS.sub("", _CLOCK_WORDS.sub("", cleaned).strip()).strip()
    found = _TIME.fullmatch(cleaned)
    if found:
        minutes = int(found[1] or found[3]) * 60 + int(found[2] or found[4] or 0)
        if int(found[2] or found[4] or 0) < 60 and minutes <= _MINUTES_OF_A_DAY:
            return minutes
    raise Problem(_("This is not a time. Type hours and minutes, for example 9.30."))


def clock(minutes: int, digits: str = "arabic") -> str:
    """Write minutes after midnight (0 to 1440) as 09.30, the way Thai offices write a time."""
    if not 0 <= minutes <= _MINUTES_OF_A_DAY:
        raise ValueError("a time of day is 0 to 1440 minutes")
    return styled(f"{minutes // 60:02d}.{minutes % 60:02d}", digits)
