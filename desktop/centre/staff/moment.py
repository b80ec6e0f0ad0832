# SPDX-License-Identifier: Apache-2.0
"""Moments as the tables keep them and as the pages say them: UTC there, Thailand's time here."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from desktop.centre.database import stamp
from desktop.i18n import _, language, ngettext
from desktop.thai.dates import (
    ENGLISH_MONTHS,
    MONTHS,
    be_date,
    be_range,
    be_year,
    english_date,
    english_range,
)

__all__ = ["THAILAND", "ago", "day", "days", "length", "moment", "month", "read", "span", "stamp"]

NO_BREAK: Final = "\u00a0"
THAILAND: Final = timezone(timedelta(hours=7))
"""The whole country, all year."""


def read(text: str | None) -> datetime | None:
    """The moment of an ISO text, or None for what is none. Without an offset it is UTC; a
    time zone's name in brackets behind it is passed over."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.split("[")[0])
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def day(when: date | datetime | str | None) -> str:
    """A day as it is said: ``20 พ.ย. 2569``; an ISO text is read; empty when there is none."""
    if isinstance(when, str):
        try:
            when = date.fromisoformat(when) if len(when) == 10 else read(when)
        except ValueError:
            return ""
    if when is None:
        return ""
    if isinstance(when, datetime):
        when = when.astimezone(THAILAND).date()
    return english_date(when) if language() == "en" else be_date(when, "short")


def days(first: str, last: str) -> str:
    """The days of an event as they are said, of two ISO dates: ``10–12 พ.ย. 2569``."""
    try:
        begun = date.fromisoformat(first)
        ended = max(begun, date.fromisoformat(last or first))
    except ValueError:
        return first
    if language() == "en":
        return english_range(begun, ended)
    return be_range(begun, ended, style="short")


def moment(when: datetime | str | None) -> str:
    """A day and a time as they are said: ``20 พ.ย. 2569 14.02 น.``"""
    read_ = read(when) if isinstance(when, str) else when
    if read_ is None:
        return ""
    local = read_.astimezone(THAILAND)
    if language() == "en":
        return f"{day(local)} {local:%H:%M}"
    # The two halves hold together where a line ends; a lone น. says nothing.
    return f"{day(local).replace(' ', NO_BREAK)} {local:%H.%M}{NO_BREAK}น."


def ago(when: datetime | str | None, now: datetime) -> str:
    """How long ago, in one word: ``5 นาที``, ``3 ชั่วโมง``, ``12 วัน``."""
    read_ = read(when) if isinstance(when, str) else when
    if read_ is None:
        return _("never")
    return _("{time} ago").format(time=length(now - read_))


def length(lasted: timedelta) -> str:
    """A length of time in its largest unit."""
    seconds = max(0, int(lasted.total_seconds()))
    if seconds < 60:
        return _("less than a minute")
    if seconds < 3600:
        count = seconds // 60
        return ngettext("{count} minute", "{count} minutes", count).format(count=count)
    if seconds < 2 * 86400:
        count = seconds // 3600
        return ngettext("{count} hour", "{count} hours", count).format(count=count)
    count = seconds // 86400
    return ngettext("{count} day", "{count} days", count).format(count=count)


def span(milliseconds: int) -> str:
    """A length of time given in milliseconds."""
    return length(timedelta(milliseconds=milliseconds))


def month(text: str) -> str:
    """A month as it is said, of ``2026-11``: ``พฤศจิกายน 2569``; what is none as it is."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return text
    if language() == "en":
        return f"{ENGLISH_MONTHS[first.month - 1]} {first.year}"
    return f"{MONTHS[first.month - 1]} {be_year(first)}"
