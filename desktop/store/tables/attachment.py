# SPDX-License-Identifier: Apache-2.0
"""What is known of the files of records (synced), and where this laptop keeps them (not synced).

The key of each file stands here, inside the encrypted store, and nowhere else: without the
store the files are noise, and a file whose row is gone can never be read again.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from desktop.store.schema import metadata, synced

attachment: Final = synced(
    "attachment",
    Column("record_id", Text, nullable=False),
    Column("noun", Text, nullable=False, server_default=""),
    Column("noun_id", Text, nullable=False, server_default=""),
    Column("sha256", Text, nullable=False),
    Column("mime", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("place", Text, nullable=False, server_default=""),
    Column("width", Integer, nullable=False, server_default="0"),
    Column("height", Integer, nullable=False, server_default="0"),
    Column("taken_at", Text, nullable=False, server_default=""),
    Index("attachment_record", "record_id"),
    Index("attachment_noun", "noun", "noun_id"),
    Index("attachment_sha256", "sha256"),
    append_only=True,
)

attachment_file: Final = Table(
    "attachment_file",
    metadata,
    Column("sha256", Text, primary_key=True, nullable=False),
    Column("file", Text, nullable=False, unique=True),
    Column("key", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("kept_at", Text, nullable=False),
    comment="The sealed files of this laptop, by what they hold; never synced.",
)
