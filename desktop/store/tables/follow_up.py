# SPDX-License-Identifier: Apache-2.0
"""When a case is to be looked at again, and what was found."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Column, Index, Text, text

from desktop.store.schema import synced

follow_up: Final = synced(
    "follow_up",
    Column("case_id", Text, nullable=False),
    Column("visit_id", Text, nullable=False, server_default=""),
    Column("made_on", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("first_due", Text, nullable=False),
    Column("moved_because", Text, nullable=False, server_default=""),
    Column("owner_id", Text, nullable=False),
    Column("done_at", Text, nullable=False, server_default=""),
    Column("done_by", Text, nullable=False, server_default=""),
    Column("method", Text, nullable=False, server_default=""),
    Column("progress", Text, nullable=False, server_default=""),
    Column("received", JSON, nullable=False, info={"merge": "set"}),
    Column("detail", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("record_id", Text, nullable=False, server_default=""),
    Index("follow_up_case", "case_id"),
    Index("follow_up_due", "due", sqlite_where=text("done_at = ''")),
)
