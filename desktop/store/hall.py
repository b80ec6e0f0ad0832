# SPDX-License-Identifier: Apache-2.0
"""What a laptop keeps of the hall it is in, and which seats it may give there. Never synced."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection

from desktop.model.hall import SeatLane
from desktop.store import setting

_SEATS: Final = "hall_seats"
_HALL: Final = "hall"


def kept_hall(conn: Connection) -> dict[str, Any] | None:
    """What this laptop keeps of the hall it is in, as ``actions/hall.py`` wrote it."""
    kept = setting.value(conn, _HALL)
    return kept if isinstance(kept, dict) else None


def keep_hall(write: setting.Keeping, told: dict[str, Any] | None) -> None:
    """Keep this of the hall; None: the laptop is in none any more."""
    setting.keep(write, _HALL, told)


def seat_lane(conn: Connection, event_id: str) -> SeatLane | None:
    """The seats of this laptop at an event, or None where it was in no hall of it."""
    kept = setting.value(conn, _SEATS)
    if not isinstance(kept, dict) or kept.get("event") != event_id:
        return None
    return SeatLane(int(kept["first"]), int(kept["lane"]))


def keep_seat_lane(write: setting.Keeping, event_id: str, lane: SeatLane) -> None:
    """Keep which seats this laptop may give at an event."""
    setting.keep(write, _SEATS, {"event": event_id, "first": lane.first, "lane": lane.lane})
