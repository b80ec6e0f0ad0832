# SPDX-License-Identifier: Apache-2.0
"""What the tests of the store share: a key, a clock that can be set, a look into the op log."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

from desktop.store.keys import DataKey
from desktop.store.store import Store

KEY = DataKey(bytes(range(32)))
BY = "facilitator-1"
SCOPE = "w:1"
MARK = {
    "event_id": "e",
    "enrolment_id": "n",
    "session_id": "s",
    "mark_scope": "session",
    "kind": "in",
    "minute": 540,
    "noted_at": "2026-11-20T02:00:00.000Z",
    "noted_by": BY,
    "device": "d",
    "method": "qr",
}
"""The fields of a mark."""


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 20, 9, 0, tzinfo=timezone(timedelta(hours=7)))

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **amount: int) -> None:
        """Move on, or back with negative amounts."""
        self.moment += timedelta(**amount)


def ops(store: Store) -> list[dict[str, Any]]:
    """The bodies of all ops in order, with their numbers."""
    with store.read() as conn:
        rows = conn.exec_driver_sql("SELECT n, body FROM op ORDER BY seq").fetchall()
    return [{"n": n, **json.loads(body)} for n, body in rows]


def audits(store: Store) -> list[tuple[str, str, str, str]]:
    """Action, noun, record and detail of all audit rows in order."""
    with store.read() as conn:
        rows = conn.exec_driver_sql("SELECT action, noun, record_id, detail FROM audit")
        return [(found[0], found[1], found[2], found[3]) for found in rows]
