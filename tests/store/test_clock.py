# SPDX-License-Identifier: Apache-2.0
"""Moments and stamps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from desktop.store.clock import HybridClock, instant, system_clock
from desktop.store.clock import moment as moment_of
from tests.store.ground import SetClock


def test_a_moment_keeps_utc_and_what_the_wall_clock_said() -> None:
    bangkok = timezone(timedelta(hours=7))
    moment = instant(datetime(2026, 11, 20, 0, 5, 1, 123999, bangkok))
    assert str(moment) == "2026-11-19T17:05:01.123Z[+07:00]"
    assert moment.local == datetime(2026, 11, 20, 0, 5, 1, 123000, bangkok)
    assert str(instant(datetime(2026, 1, 1, tzinfo=timezone(timedelta(minutes=-210))))) == (
        "2026-01-01T03:30:00.000Z[-03:30]"
    )
    with pytest.raises(ValueError, match="offset"):
        instant(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("minutes", [420, 0, -210, 345])
def test_a_kept_moment_is_read_back_where_it_was(minutes: int) -> None:
    at = datetime(2026, 11, 20, 0, 5, 1, 123000, timezone(timedelta(minutes=minutes)))
    assert moment_of(str(instant(at))) == at
    assert moment_of(str(instant(at))).utcoffset() == at.utcoffset()
    with pytest.raises(ValueError, match="Invalid"):
        moment_of("yesterday")


def test_the_system_clock_knows_its_offset() -> None:
    assert abs(system_clock() - datetime.now(UTC)) < timedelta(minutes=1)
    assert system_clock().utcoffset() is not None


def test_stamps_rise_through_a_clock_set_back_and_past_what_was_seen() -> None:
    """Mutant: take the clock's time as it is."""
    clock = SetClock()
    ours, theirs = HybridClock(clock, "aaaaaaaa-0"), HybridClock(clock, "bbbbbbbb-0")
    stamps = [ours.stamp()]
    clock.forward(days=30)
    ahead = theirs.stamp()
    clock.forward(days=-60)
    ours.observe(ahead)
    stamps += [ahead, *(ours.stamp() for _turn in range(70_000))]
    assert stamps == sorted(set(stamps))
    assert HybridClock(clock, "aaaaaaaa-0", stamps[-1]).stamp() > stamps[-1]
