# SPDX-License-Identifier: Apache-2.0
"""Sign-in sheets as they were printed, found again by the code on the paper."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Column, Index, Integer, Text

from desktop.store.schema import synced

sheet: Final = synced(
    "sheet",
    Column("event_id", Text, nullable=False),
    Column("day_no", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("enrolment_ids", JSON, nullable=False),
    Column("halves", JSON, nullable=False),
    Index("sheet_code", "code"),
    Index("sheet_event", "event_id", "day_no", "page"),
)
