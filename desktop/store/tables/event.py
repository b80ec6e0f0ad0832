# SPDX-License-Identifier: Apache-2.0
"""Programmes, events, their days and sessions, and the parts in the ceremony.

A day is a slot of its event (``natural_id("day", event, number)``), so that two laptops that
add the third day add the same one. A session names its day by number, because its date follows
the day's.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Text

from desktop.store.schema import synced

programme: Final = synced(
    "programme",
    Column("name", Text, nullable=False, info={"merge": "text"}),
    Column("fiscal_year", Integer, nullable=False),
    Column("year_no", Integer),
    Column("fund", Text, nullable=False, server_default=""),
)

event: Final = synced(
    "event",
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False, info={"merge": "text"}),
    Column("kind", Text, nullable=False),
    Column("programme_id", Text),
    Column("batch", Text, nullable=False, server_default=""),
    Column("date_from", Text),
    Column("date_to", Text),
    Column("date_note", Text, nullable=False, server_default=""),
    Column("venue", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("venue_area", Text, nullable=False, server_default=""),
    # Order matters (the first host leads the certificate), so this is not a merged set.
    Column("hosts", JSON, nullable=False),
    Column("areas", JSON, nullable=False, info={"merge": "set"}),
    Column("area_label", Text, nullable=False, server_default=""),
    Column("target", Integer),
    Column("quota", Integer),
    Column("pass_mode", Text, nullable=False, server_default="minutes"),
    Column("pass_percent", Integer, nullable=False, server_default="80"),
    Column("late_after", Integer, nullable=False, server_default="15"),
    Column("mark_scope", Text, nullable=False, server_default="half"),
    Column("digits", Text, nullable=False, server_default="arabic"),
    Column("certificate_kind", Text, nullable=False, server_default=""),
    Column("closed", Boolean, nullable=False, server_default="0"),
    Index("event_code", "code"),
)

day: Final = synced(
    "day",
    Column("event_id", Text, nullable=False),
    Column("no", Integer, nullable=False),
    Column("held_on", Text),
    Index("day_event", "event_id", "no"),
    Index("day_date", "held_on"),
)

session: Final = synced(
    "session",
    Column("event_id", Text, nullable=False),
    Column("day_no", Integer, nullable=False),
    Column("start_minute", Integer, nullable=False),
    Column("end_minute", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False, info={"merge": "text"}),
    Column("counts", Boolean, nullable=False),
    Column("mandatory", Boolean, nullable=False, server_default="0"),
    Column("lecturer", Text, nullable=False, server_default=""),
    Column("place", Text, nullable=False, server_default=""),
    Index("session_event", "event_id", "day_no", "start_minute"),
)

ceremony_role: Final = synced(
    "ceremony_role",
    Column("event_id", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("person_name", Text, nullable=False),
    Column("position", Text, nullable=False, server_default=""),
    Column("held_at", Text, nullable=False, server_default=""),
    Column("signs", Boolean, nullable=False, server_default="0"),
    Column("order_no", Integer, nullable=False, server_default="0"),
    Index("ceremony_role_event", "event_id", "order_no"),
)
