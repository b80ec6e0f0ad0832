# SPDX-License-Identifier: Apache-2.0
"""What volunteers did for their community (กิจกรรมจิตอาสา). Money is in satang."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Column, Index, Integer, Text

from desktop.store.schema import synced

activity: Final = synced(
    "activity",
    Column("event_id", Text, nullable=False, server_default=""),
    Column("record_id", Text, nullable=False, server_default=""),
    Column("held_on", Text, nullable=False),
    Column("name", Text, nullable=False, info={"merge": "text"}),
    Column("area", Text, nullable=False, server_default=""),
    Column("place", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("occasion", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("noi_roles", JSON, nullable=False, info={"merge": "set"}),
    Column("aims", JSON, nullable=False, info={"merge": "set"}),
    Column("systems", JSON, nullable=False, info={"merge": "set"}),
    Column("children", Integer, nullable=False, server_default="0"),
    Column("youth", Integer, nullable=False, server_default="0"),
    Column("volunteers", Integer, nullable=False, server_default="0"),
    Column("network", Integer, nullable=False, server_default="0"),
    Column("innovation", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("problem", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("budget", Integer),
    Column("result", Text, nullable=False, server_default="", info={"merge": "text"}),
    Index("activity_event", "event_id"),
    Index("activity_held", "held_on"),
)
