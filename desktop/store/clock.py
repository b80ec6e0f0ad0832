# SPDX-License-Identifier: Apache-2.0
"""Now, and an order for things done on laptops whose clocks disagree.

The clock is passed in, so that a test can set it. The hybrid logical clock (Kulkarni and
others, 2014) never runs backwards on one laptop and moves past every stamp it has seen; it only
breaks ties between scalars and is shown to people, and never decides what is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

AHEAD_MS: Final = 60_000
"""By how much the clock of another laptop may be ahead for its stamps to count here."""


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment: UTC to the millisecond, and what the wall clock said it was there."""

    utc: str
    """``2026-11-20T06:12:14.123Z``; sorts as text."""
    offset_minutes: int
    """Minutes the local clock was ahead of UTC (Thailand: 420)."""

    def __str__(self) -> str:
        """RFC 9557 text, ``2026-11-20T06:12:14.123Z[+07:00]``; sorts as text too."""
        sign = "-" if self.offset_minutes < 0 else "+"
        hours, minutes = divmod(abs(self.offset_minutes), 60)
        return f"{self.utc}[{sign}{hours:02}:{minutes:02}]"

    @property
    def local(self) -> datetime:
        """The local date and time, aware."""
        zone = timezone(timedelta(minutes=self.offset_minutes))
        return datetime.fromisoformat(self.utc).astimezone(zone)


Clock = Callable[[], datetime]
"""Gives an aware datetime in local time."""


def system_clock() -> datetime:
    """The computer's clock, with the offset of the place it is set to."""
    return datetime.now(UTC).astimezone()


def instant(moment: datetime) -> Instant:
    """The aware datetime ``moment`` as an :class:`Instant`, cut to the millisecond."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment without an offset")
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Instant(text, int(offset.total_seconds() // 60))


def following(last: str, now: str, *, strictly: bool = False) -> str:
    """``now``, or a millisecond after ``last`` where that is later: what follows on something
    says so, also when the clock that stamped the other was ahead. UTC instants as text; a
    ``last`` that is none counts for nothing. ``strictly``: not in the same moment either."""
    if last < now or (last == now and not strictly):
        return now
    try:
        return instant(datetime.fromisoformat(last) + timedelta(milliseconds=1)).utc
    except (ValueError, OverflowError):
        return now


def moment(text: str) -> datetime:
    """The local moment that ``str(Instant)`` wrote; ``ValueError`` for any other text."""
    utc, _bracket, offset = text.partition("[")
    zone = datetime.fromisoformat(f"2000-01-01T00:00{offset.removesuffix(']')}").tzinfo
    return datetime.fromisoformat(utc).astimezone(zone)


class HybridClock:
    """Stamps ``<12 hex ms>-<4 hex count>-<8 hex device>``: as text, later is greater."""

    def __init__(self, clock: Clock, device: str, last: str = "") -> None:
        self._clock = clock
        self._tail = device.replace("-", "")[-8:]
        self._ms, self._count = 0, 0
        if last:
            self.observe(last)

    def observe(self, stamp: str) -> None:
        """Never again stamp anything at or before ``stamp``."""
        ms, count = (int(part, 16) for part in stamp.split("-")[:2])
        count = min(count, 0xFFFF)
        self._ms, self._count = max((ms, count), (self._ms, self._count))

    def observe_other(self, stamp: str) -> None:
        """Observe a stamp of another laptop, unless its clock is ahead of this one's by more than
        ``AHEAD_MS``: one clock set to 2569 must not set everybody's. A text that is no stamp says
        nothing."""
        head = stamp.split("-", maxsplit=1)[0]
        try:
            ahead = int(head, 16) - int(self._clock().timestamp() * 1000)
            if ahead <= AHEAD_MS:
                self.observe(stamp)
        except (ValueError, IndexError):
            return

    @property
    def milliseconds(self) -> int:
        """The latest moment given or observed, in Unix time; 0 for none."""
        return self._ms

    def under(self, device: str) -> HybridClock:
        """The same clock, stamping for another incarnation."""
        made = HybridClock(self._clock, device)
        made._ms, made._count = self._ms, self._count
        return made

    def stamp(self) -> str:
        """The next stamp; greater than every one given or observed before."""
        now = int(self._clock().timestamp() * 1000)
        if now > self._ms:
            self._ms, self._count = now, 0
        elif self._count == 0xFFFF:
            self._ms, self._count = self._ms + 1, 0
        else:
            self._count += 1
        return f"{self._ms:012x}-{self._count:04x}-{self._tail}"
