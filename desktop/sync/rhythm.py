# SPDX-License-Identifier: Apache-2.0
"""When to try the centre again, and how much to say then.

Pure: whoever turns it says what happened and when, and brings the chance. A laptop that cannot
reach anybody tries ever more seldom, and at once when the network comes back; laptops of a
whole country that lost the centre together do not come back together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from desktop.sync.carrier import Reach

AFTER_START: Final = 4.0
"""Seconds: the window comes first."""
AFTER_SAVE: Final = 15.0
"""Seconds of quiet after a save, so that a form and its photos go in one message …"""
SAVED_LONG_AGO: Final = 90.0
"""… but no save waits longer than this for somebody to stop saving."""
EVERY: Final = 600.0
AFTER_FAULT: Final = 30.0
MOST_FAULT: Final = 1_800.0
AFTER_REFUSAL: Final = 600.0
MOST_REFUSAL: Final = 7_200.0
"""Trying does not help; a person, or staff at the centre, must do something first."""
_SPREAD: Final = 0.5

Chance = Callable[[], float]
"""A number from 0 to 1, drawn."""


class Portion(StrEnum):
    """How much a round may move."""

    TEXT = "text"
    """Rows alone: the line is paid by the byte."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is planned. Every method gives the plan after something happened.

    Times are seconds of a clock that never goes back.
    """

    due: float
    """When the next round is to begin."""
    faults: int = 0
    """Rounds in a row that came to nothing."""
    saved_at: float | None = None
    """When the first save was made that no round has taken yet."""
    connected: bool = True
    """As far as the system knows."""
    metered: bool = False
    running: bool = False

    @classmethod
    def start(cls, now: float, chance: Chance) -> Rhythm:
        """The program was started, or a person came in."""
        return cls(now + AFTER_START * (1 + chance()))

    def wait(self, now: float) -> float | None:
        """Seconds until the next round; 0 for at once; None while one is running."""
        return None if self.running else max(0.0, self.due - now)

    @property
    def portion(self) -> Portion:
        return Portion.TEXT if self.metered else Portion.ALL

    def saved(self, now: float) -> Rhythm:
        """Something was saved. While nobody can be reached it waits as all else does."""
        first = now if self.saved_at is None else self.saved_at
        if self.faults or not self.connected:
            return replace(self, saved_at=first)
        soon = min(now + AFTER_SAVE, first + SAVED_LONG_AGO)
        # Each save puts the round off again; what was due anyway, for another reason, stays.
        due = soon if self.saved_at is not None or soon < self.due else self.due
        return replace(self, due=due, saved_at=first)

    def wanted(self, now: float) -> Rhythm:
        """A person asked for it."""
        return replace(self, due=now, faults=0)

    def network(self, now: float, *, connected: bool, metered: bool, chance: Chance) -> Rhythm:
        """What the system says of the network, whenever it says something."""
        back = connected and not self.connected
        cheap = connected and self.metered and not metered
        told = replace(self, connected=connected, metered=metered)
        if back:
            return replace(told, due=min(self.due, now + 2 * chance()), faults=0)
        if cheap:
            return replace(told, due=min(self.due, now + AFTER_START * (1 + chance())))
        return told

    def began(self) -> Rhythm:
        """A round begins; what is saved from now on is for the next."""
        return replace(self, running=True, saved_at=None)

    def ended(
        self, now: float, reach: Reach, chance: Chance, *, more: bool = False, wait: float = 0
    ) -> Rhythm:
        """A round ended. ``more``: it gave way and has more to do; ``wait``: seconds that the
        centre asked for."""
        rest = replace(self, running=False)
        if reach == Reach.ANSWERED:
            if more:
                return replace(rest, due=now, faults=0)
            pause = EVERY * (1 + _SPREAD * (chance() - 0.5))
            if self.saved_at is not None:
                pause = AFTER_SAVE
            return replace(rest, due=now + max(pause, wait), faults=0)
        helpless = reach in (Reach.REFUSED, Reach.STRANGER, Reach.CLOCK)
        first, most = (AFTER_REFUSAL, MOST_REFUSAL) if helpless else (AFTER_FAULT, MOST_FAULT)
        pause = min(first * 2.0 ** min(self.faults, 20), most) * (1 - _SPREAD * chance())
        return replace(rest, due=now + max(pause, wait), faults=self.faults + 1)
