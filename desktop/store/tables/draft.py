# SPDX-License-Identifier: Apache-2.0
"""Forms being filled, on this laptop only: the journal of every answer, and the photos so far.

No ops and no audit rows: a draft belongs to whoever fills it and becomes a fact when it is
finished. One answer is one row put in, and nothing else.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, Table, Text

from desktop.store.schema import metadata

draft: Final = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("form_id", Text, nullable=False),
    Column("form_version", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("clock_at", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("household_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("amends", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("discarded_at", Text, nullable=False),
    comment="Forms being filled on this laptop; never synced.",
)

draft_step: Final = Table(
    "draft_step",
    metadata,
    Column("draft_id", Text, primary_key=True, nullable=False),
    Column("seq", Integer, primary_key=True, nullable=False),
    Column("kind", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("value", Text, nullable=False),
    # The form's clock, which a replay needs, and the moment it was kept.
    Column("at", Text, nullable=False),
    Column("noted_at", Text, nullable=False),
    comment="Every answer of a draft in the order it was given.",
    sqlite_with_rowid=False,
)

draft_file: Final = Table(
    "draft_file",
    metadata,
    Column("draft_id", Text, primary_key=True, nullable=False),
    Column("sha256", Text, primary_key=True, nullable=False),
    Column("mime", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("taken_at", Text, nullable=False),
    comment="Files put into a draft; those its record names become attachments.",
    sqlite_with_rowid=False,
)
