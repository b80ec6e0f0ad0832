# SPDX-License-Identifier: Apache-2.0
"""The first page: which laptops have been heard of, and what still waits on them."""

from __future__ import annotations

from datetime import timedelta

from desktop.centre import reports
from desktop.centre.database import stamp
from desktop.centre.staff.asked import PAGE_LENGTH, Asked, Page, Reply

_STATES = ("", "stale", "waiting", "clock", "revoked")


def show(asked: Asked) -> Reply:
    """The figures, and a list of laptops that begins with the longest silent one."""
    before = reports.since(asked.now)
    state = asked.query.get("state", "")
    state = state if state in _STATES else ""
    find = asked.query.get("find", "").strip()[:100]
    found, total = reports.laptops(
        asked.conn, state=state, stale_before=before, find=find, offset=asked.offset,
        limit=PAGE_LENGTH,
    )  # fmt: skip
    return Page("overview.html", {
        "standing": reports.standing(
            asked.conn, day_ago=stamp(asked.now - timedelta(days=1)), stale_before=before
        ),
        "laptops": found, "total": total, "state": state, "find": find, "before": before,
        "offset": asked.offset, "length": PAGE_LENGTH,
    })  # fmt: skip
