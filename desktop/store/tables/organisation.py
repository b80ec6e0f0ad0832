# SPDX-License-Identifier: Apache-2.0
"""Organisations, and the projects of theirs that are honoured at an event."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, Text

from desktop.store.schema import synced

organisation: Final = synced(
    "organisation",
    Column("name", Text, nullable=False, info={"merge": "text"}),
    Column("kind", Text, nullable=False),
    Column("area", Text, nullable=False, server_default=""),
    Column("short", Text, nullable=False, server_default=""),
    Index("organisation_name", "name"),
)

award: Final = synced(
    "award",
    Column("event_id", Text, nullable=False),
    Column("organisation_id", Text, nullable=False),
    Column("title", Text, nullable=False, info={"merge": "text"}),
    Column("fund", Text, nullable=False, server_default=""),
    Column("order_no", Integer, nullable=False, server_default="0"),
    Index("award_event", "event_id", "order_no"),
)
