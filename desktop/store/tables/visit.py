# SPDX-License-Identifier: Apache-2.0
"""Home visits: facts. A correction is another visit that names the one it amends."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Column, Float, Index, Text

from desktop.store.schema import synced

visit: Final = synced(
    "visit",
    Column("household_id", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("person_id", Text, nullable=False, server_default=""),
    Column("case_id", Text, nullable=False, server_default=""),
    Column("event_id", Text, nullable=False, server_default=""),
    Column("at", Text, nullable=False),
    Column("visited_on", Text, nullable=False),
    Column("purpose", Text, nullable=False, server_default=""),
    Column("met", Text, nullable=False, server_default=""),
    Column("area", Text, nullable=False, server_default=""),
    Column("lat", Float),
    Column("lon", Float),
    Column("altitude", Float),
    Column("accuracy", Float),
    Column("landmark", Text, nullable=False, server_default=""),
    # {"income": "ok", …}, or nothing when nobody was met
    Column("dimensions", JSON),
    Column("outcomes", JSON, nullable=False, server_default="[]"),
    Column("needs", Text, nullable=False, server_default=""),
    Column("opinion", Text, nullable=False, server_default=""),
    Column("noted_by", Text, nullable=False),
    Column("amends", Text, nullable=False, server_default=""),
    Index("visit_household", "household_id", "visited_on"),
    Index("visit_person_visited", "person_id"),
    Index("visit_case", "case_id"),
    Index("visit_event", "event_id"),
    Index("visit_day", "visited_on"),
    Index("visit_amends", "amends"),
    append_only=True,
)

visit_person: Final = synced(
    "visit_person",
    Column("visit_id", Text, nullable=False),
    Column("person_id", Text, nullable=False, server_default=""),
    Column("name", Text, nullable=False, server_default=""),
    # "visitor" or "visited"
    Column("role", Text, nullable=False),
    Index("visit_person_visit", "visit_id"),
    Index("visit_person_person", "person_id"),
    append_only=True,
)
