# SPDX-License-Identifier: Apache-2.0
"""Who is on the roster of an event, and whether that roster is locked.

An enrolment is ``natural_id("enrolment", event, person)``: a person stands once on a roster,
also when two laptops enrolled her. Whether the roster is locked is a row of its own
(``natural_id("roster_lock", event)``), because a seat number is given by one laptop alone.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, Text

from desktop.store.schema import synced

enrolment: Final = synced(
    "enrolment",
    Column("event_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("seat", Integer),
    Column("badge_no", Integer, nullable=False),
    Column("role", Text, nullable=False, server_default=""),
    Column("person_group", Text, nullable=False, server_default=""),
    Column("organisation_id", Text),
    Column("position", Text, nullable=False, server_default=""),
    Column("area", Text, nullable=False, server_default=""),
    Column("team", Integer),
    Column("source", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("substitute_for", Text, nullable=False, server_default=""),
    Column("food", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default="", info={"merge": "text"}),
    Index("enrolment_seat", "event_id", "seat"),
    # Counts the expected of every event without reading a row.
    Index("enrolment_status", "event_id", "status", "deleted"),
    Index("enrolment_badge", "event_id", "badge_no"),
    Index("enrolment_person", "person_id", "event_id"),
)

roster_lock: Final = synced(
    "roster_lock",
    Column("event_id", Text, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Index("roster_lock_event", "event_id"),
)
