# SPDX-License-Identifier: Apache-2.0
"""What the tests of the store share: a key, a person at work, and a clock that can be set."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from desktop.store.keys import DataKey

KEY = DataKey(bytes(range(32)))
BY = "facilitator-1"
SCOPE = "w:1"


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 20, 9, 0, tzinfo=timezone(timedelta(hours=7)))

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **amount: int) -> None:
        """Move on, or back with negative amounts."""
        self.moment += timedelta(**amount)
