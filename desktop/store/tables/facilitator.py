# SPDX-License-Identifier: Apache-2.0
"""The office a store belongs to, and the people who work in it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Text

from desktop.store.schema import synced

office: Final = synced(
    "office",
    Column("name", Text, nullable=False),
    Column("area", Text, nullable=False, server_default=""),
    Column("ministry", Text, nullable=False, server_default=""),
)

facilitator: Final = synced(
    "facilitator",
    Column("office_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("position", Text, nullable=False, server_default=""),
    Index("facilitator_office", "office_id"),
)
