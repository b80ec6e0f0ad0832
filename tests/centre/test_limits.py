# SPDX-License-Identifier: Apache-2.0
"""How often somebody may ask."""

from __future__ import annotations

from desktop.centre.config import LimitsSection
from desktop.centre.limits import Limits, TooOften


def test_the_window_is_everybodys_own() -> None:
    limits = Limits(LimitsSection(device=3, account=2, address=1))

    assert [limits.ask("device", "a") for _ in range(3)] == [None] * 3
    full = limits.ask("device", "a")
    assert isinstance(full, TooOften)
    assert 1 <= full.seconds <= 61
    assert limits.ask("device", "b") is None
    assert limits.ask("account", "a") is None


def test_the_sixth_guess_waits_however_the_five_were_spread() -> None:
    """Fails when only right codes count, or when a look at the window uses it up."""
    limits = Limits(LimitsSection(wrong_codes=5))
    for _ in range(5):
        assert limits.may_guess("10.0.0.1") is None
        assert limits.may_guess("10.0.0.1") is None
        limits.guessed_wrong("10.0.0.1")

    assert isinstance(limits.may_guess("10.0.0.1"), TooOften)
    assert limits.may_guess("10.0.0.2") is None


def test_workers_share_what_is_allowed() -> None:
    limits = Limits(LimitsSection(device=10), workers=4)

    assert [limits.ask("device", "a") for _ in range(2)] == [None] * 2
    assert limits.ask("device", "a") is not None


def test_the_window_moves_and_who_is_quiet_is_forgotten() -> None:
    """Fails when refused requests count (whoever waits would never get in), when a window is
    cleared at once, or when an asker is remembered for ever."""
    now = [1000.0]
    limits = Limits(LimitsSection(device=2), clock=lambda: now[0])
    assert limits.ask("device", "a") is None
    now[0] += 40
    assert limits.ask("device", "a") is None
    full = limits.ask("device", "a")
    assert full is not None
    assert full.seconds == 21
    now[0] += full.seconds
    assert limits.ask("device", "a") is None
    assert limits.ask("device", "a") is not None
    limits.guessed_wrong("10.0.0.1")
    assert len(limits) == 2
    now[0] += 16 * 60
    assert limits.ask("device", "b") is None
    assert len(limits) == 1
