# SPDX-License-Identifier: Apache-2.0
"""Who looks after which junior volunteer (พี่เลี้ยง–อพม.น้อย).

A pair in one event is a slot (``natural_id("mentorship", event, mentor, junior)``), so that two
laptops that make the same pair make one row, and a pair added again wins over its removal.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Text

from desktop.store.schema import synced

mentorship: Final = synced(
    "mentorship",
    Column("event_id", Text, nullable=False, server_default=""),
    Column("mentor_id", Text, nullable=False),
    Column("junior_id", Text, nullable=False),
    Column("since", Text, nullable=False, server_default=""),
    Column("until", Text, nullable=False, server_default=""),
    Index("mentorship_mentor", "mentor_id"),
    Index("mentorship_junior", "junior_id"),
    Index("mentorship_event", "event_id"),
)
