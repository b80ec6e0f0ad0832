# SPDX-License-Identifier: Apache-2.0
"""Alerts (แจ้งเหตุ): what was seen and told, and who was called when. Both only grow."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Text

from desktop.store.schema import synced

alert: Final = synced(
    "alert",
    Column("case_id", Text, nullable=False),
    Column("event_id", Text, nullable=False, server_default=""),
    Column("record_id", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False),
    Column("reporter", Text, nullable=False, server_default=""),
    Column("reporter_id", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("mentor", Text, nullable=False, server_default=""),
    Column("mentor_id", Text, nullable=False, server_default=""),
    Column("seen_at", Text, nullable=False),
    Column("told_at", Text, nullable=False, server_default=""),
    Column("area", Text, nullable=False, server_default=""),
    Column("place", Text, nullable=False, server_default=""),
    Column("lat_lon", Text, nullable=False, server_default=""),
    Column("problems", JSON, nullable=False),
    Column("detail", Text, nullable=False, server_default=""),
    Column("people", Integer, nullable=False, server_default="1"),
    Column("urgency", Text, nullable=False),
    Column("agencies", JSON, nullable=False),
    Column("restricted", Boolean, nullable=False, server_default="0"),
    Column("raised_at", Text, nullable=False),
    Column("raised_by", Text, nullable=False),
    Index("alert_case", "case_id"),
    Index("alert_seen", "seen_at"),
    append_only=True,
)

alert_step: Final = synced(
    "alert_step",
    Column("alert_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("happened_at", Text, nullable=False),
    Column("whom", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("noted_at", Text, nullable=False),
    Column("noted_by", Text, nullable=False),
    Index("alert_step_alert", "alert_id", "happened_at"),
    append_only=True,
)
