# SPDX-License-Identifier: Apache-2.0
"""Assistance wanted, promised and given, and how it came from the one to the other.

``assistance`` is where it stands; ``assistance_step`` keeps each state with its own amount,
fund and day. Money is in satang.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, Text

from desktop.store.schema import synced

assistance: Final = synced(
    "assistance",
    Column("case_id", Text, nullable=False),
    Column("visit_id", Text, nullable=False, server_default=""),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_on", Text, nullable=False),
    Column("amount", Integer),
    Column("fund", Text, nullable=False, server_default=""),
    Column("item", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("quantity", Integer),
    Column("receipt", Text, nullable=False, server_default=""),
    Index("assistance_case", "case_id"),
    Index("assistance_visit", "visit_id"),
)

assistance_step: Final = synced(
    "assistance_step",
    Column("assistance_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("happened_on", Text, nullable=False),
    Column("noted_at", Text, nullable=False),
    Column("noted_by", Text, nullable=False),
    Column("amount", Integer),
    Column("fund", Text, nullable=False, server_default=""),
    Column("item", Text, nullable=False, server_default=""),
    Column("quantity", Integer),
    Column("receipt", Text, nullable=False, server_default=""),
    Index("assistance_step_assistance", "assistance_id", "noted_at"),
    append_only=True,
)
