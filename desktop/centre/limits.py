# SPDX-License-Identifier: Apache-2.0
"""How often a device, an account and an address may ask: a moving window, then 429.

Each process counts in its own memory: the limit keeps one laptop from drowning the others and
a guesser from guessing, and needs no exact sum over workers. With N workers each allows an Nth,
so the whole never allows more than the configuration says.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from desktop.centre.config import LimitsSection

_GUESSING_MINUTES: Final = 15


@dataclass(frozen=True, slots=True)
class TooOften:
    """Not now; in so many seconds."""

    seconds: int


class Limits:
    """The windows of one process. Safe from any thread."""

    def __init__(self, section: LimitsSection, workers: int = 1) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())
        self._items = {
            name: RateLimitItemPerMinute(max(1, getattr(section, name) // workers))
            for name in ("device", "account", "address")
        }
        self._guesses = RateLimitItemPerMinute(section.wrong_codes, _GUESSING_MINUTES)

    def ask(self, kind: str, who: str) -> TooOften | None:
        """Count one request of ``who``; :class:`TooOften` when the window is full.

        ``kind``: ``device``, ``account`` or ``address``.
        """
        item = self._items[kind]
        return None if self._windows.hit(item, kind, who) else self._wait(item, kind, who)

    def may_guess(self, address: str) -> TooOften | None:
        """Whether this address may try another joining code."""
        item = self._guesses
        return (
            None
            if self._windows.test(item, "code", address)
            else self._wait(item, "code", address)
        )

    def guessed_wrong(self, address: str) -> None:
        """Count a joining code that was none."""
        self._windows.hit(self._guesses, "code", address)

    def _wait(self, item: RateLimitItemPerMinute, kind: str, who: str) -> TooOften:
        frees = self._windows.get_window_stats(item, kind, who).reset_time
        return TooOften(max(1, int(frees - time.time()) + 1))
