# SPDX-License-Identifier: Apache-2.0
"""A batch on its way to a printer, so that it goes on at the right page after a jam."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, Table, Text

from desktop.store.schema import metadata

print_run: Final = Table(
    "print_run",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("what", Text, nullable=False),
    # JSON: the pages in their order, and how they are printed.
    Column("keys", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("printer", Text, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    comment="Batches that were not printed to their end; never synced.",
)
