# SPDX-License-Identifier: Apache-2.0
"""How much one message carries on a line as it is.

Few large messages are fewer bytes and fewer waits than many small ones; but what is cut off has
to be said again, so on a line that breaks they are small. A line is remembered as long as its
carrier is.
"""

from __future__ import annotations

from typing import Final

from desktop.sync.protocol import PUSH_BYTES

LEAST: Final = 32 * 1024
FIRST_BUDGET: Final = 1024 * 1024
"""Of rows in an answer, in columns and packed with care: 40 kB, seven seconds of the worst
line that is of use, and at every turn its round trip is saved."""
MOST_BUDGET: Final = 2 * 1024 * 1024
_QUICK, _SLOW = 2.0, 10.0
"""Seconds: below, the next message may be twice as large; above, half."""


class Load:
    """What the next message may hold."""

    def __init__(self, most: int = PUSH_BYTES, budget: int = FIRST_BUDGET) -> None:
        self._most = most
        self.limit = most
        """Bytes of ops."""
        self.budget = budget
        """Bytes of rows in the answer."""

    def begin(self) -> None:
        """A round begins. A line that was fast may be another one by now."""
        self.budget = min(self.budget, FIRST_BUDGET)

    def answered(self, seconds: float) -> None:
        """It took so long from the question to the answer."""
        if seconds < _QUICK:
            self.limit = min(self.limit * 2, self._most)
            self.budget = min(self.budget * 2, MOST_BUDGET)
        elif seconds > _SLOW:
            self.limit = max(self.limit // 2, min(LEAST, self._most))
            self.budget = max(self.budget // 2, LEAST)

    def cut(self) -> None:
        """The line broke while a message was on its way, nobody knows which way."""
        self.limit = max(self.limit // 4, min(LEAST, self._most))
        self.budget = max(self.budget // 4, LEAST)
