# SPDX-License-Identifier: Apache-2.0
"""Attendance marks: facts that only grow in number.

``event_id`` is that of the enrolment, kept beside it so that a whole event is read at once.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, Text

from desktop.store.schema import synced

mark: Final = synced(
    "mark",
    Column("event_id", Text, nullable=False),
    Column("enrolment_id", Text, nullable=False),
    Column("session_id", Text, nullable=False),
    Column("mark_scope", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("noted_at", Text, nullable=False),
    Column("noted_by", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("cancels", Text, nullable=False, server_default=""),
    Index("mark_enrolment", "enrolment_id", "noted_at"),
    Index("mark_event", "event_id", "enrolment_id"),
    Index("mark_session", "session_id"),
    append_only=True,
)
