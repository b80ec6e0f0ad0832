# SPDX-License-Identifier: Apache-2.0
"""How often a device, an account and an address may ask: a moving window, then 429.

Each process counts in its own memory: the limit keeps one laptop from drowning the others and
a guesser from guessing, and needs no exact sum over workers. With N workers each allows an Nth,
so the whole never allows more than the configuration says.

The moments of the last minute are kept for each asker; an asker that was quiet for its whole
window is forgotten. A library for this was tried; it starts a thread at nearly every request.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desktop.centre.config import LimitsSection

_MINUTE: Final = 60.0
_GUESSING: Final = 15 * _MINUTE
_SWEEP_EVERY: Final = _MINUTE


@dataclass(frozen=True, slots=True)
class TooOften:
    """Not now; in so many seconds."""

    seconds: int


class _Window:
    """So many in so many seconds, for each who asks. Not safe from several threads."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._asked: dict[str, deque[float]] = {}

    def full(self, who: str, now: float) -> TooOften | None:
        moments = self._asked.get(who)
        if moments is None:
            return None
        while moments and moments[0] <= now - self.seconds:
            moments.popleft()
        if len(moments) < self.most:
            return None
        return TooOften(int(moments[0] + self.seconds - now) + 1)

    def count(self, who: str, now: float) -> None:
        self._asked.setdefault(who, deque(maxlen=self.most)).append(now)

    def sweep(self, now: float) -> None:
        """Forget who was quiet for a whole window."""
        quiet = [who for who, moments in self._asked.items() if moments[-1] <= now - self.seconds]
        for who in quiet:
            del self._asked[who]

    def __len__(self) -> int:
        return len(self._asked)


class Limits:
    """The windows of one process. Safe from any thread."""

    def __init__(
        self,
        section: LimitsSection,
        workers: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._swept = clock()
        self._windows = {
            name: _Window(max(1, getattr(section, name) // workers), _MINUTE)
            for name in ("device", "account", "address")
        }
        self._windows["code"] = _Window(section.wrong_codes, _GUESSING)

    def ask(self, kind: str, who: str) -> TooOften | None:
        """Count one request of ``who``; :class:`TooOften` when the window is full.

        A request that is refused does not count, so whoever waits is let in in time.
        ``kind``: ``device``, ``account`` or ``address``.
        """
        with self._lock:
            now, window = self._now(), self._windows[kind]
            full = window.full(who, now)
            if full is None:
                window.count(who, now)
            return full

    def may_guess(self, address: str) -> TooOften | None:
        """Whether this address may try another joining code."""
        with self._lock:
            return self._windows["code"].full(address, self._now())

    def guessed_wrong(self, address: str) -> None:
        """Count a joining code that was none."""
        with self._lock:
            self._windows["code"].count(address, self._now())

    def __len__(self) -> int:
        """Askers that are remembered."""
        with self._lock:
            return sum(len(window) for window in self._windows.values())

    def _now(self) -> float:
        now = self._clock()
        if now - self._swept > _SWEEP_EVERY:
            self._swept = now
            for window in self._windows.values():
                window.sweep(now)
        return now
