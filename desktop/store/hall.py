# SPDX-License-Identifier: Apache-2.0
"""Which seats this laptop may give while several doors are open at once. Never synced."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from desktop.model.hall import SeatLane
from desktop.store import setting

_SEATS: Final = "hall_seats"


def seat_lane(conn: Connection, event_id: str) -> SeatLane | None:
    """The seats of this laptop at an event, or None where it was in no hall of it."""
    kept = setting.value(conn, _SEATS)
    if not isinstance(kept, dict) or kept.get("event") != event_id:
        return None
    return SeatLane(int(kept["first"]), int(kept["lane"]))


def keep_seat_lane(write: setting.Keeping, event_id: str, lane: SeatLane) -> None:
    """Keep which seats this laptop may give at an event."""
    setting.keep(write, _SEATS, {"event": event_id, "first": lane.first, "lane": lane.lane})
