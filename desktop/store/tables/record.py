# SPDX-License-Identifier: Apache-2.0
"""Finished forms, frozen: the XML as text whose bytes the hash is of, and the answers as JSON."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Text

from desktop.store.schema import synced

record: Final = synced(
    "record",
    Column("form_id", Text, nullable=False),
    Column("form_version", Text, nullable=False),
    Column("instance_id", Text, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    # What it is a record of.
    Column("noun", Text, nullable=False, server_default=""),
    Column("noun_id", Text, nullable=False, server_default=""),
    Column("household_id", Text, nullable=False, server_default=""),
    Column("person_id", Text, nullable=False, server_default=""),
    # Whoever may not see the case may not see its records.
    Column("case_id", Text, nullable=False, server_default=""),
    Column("event_id", Text, nullable=False, server_default=""),
    Column("answers", Text, nullable=False),
    Column("xml", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text, nullable=False),
    Column("finished_by", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("amends", Text, nullable=False, server_default=""),
    # The first of its chain of corrections; its own id when it corrects nothing.
    Column("first_id", Text, nullable=False),
    Index("record_noun", "noun", "noun_id"),
    Index("record_case", "case_id"),
    Index("record_first", "first_id"),
    Index("record_amends", "amends"),
    Index("record_form", "form_id", "finished_at"),
    append_only=True,
)
