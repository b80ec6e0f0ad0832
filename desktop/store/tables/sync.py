# SPDX-License-Identifier: Apache-2.0
"""What a laptop knows of its centre, of what came from there, and of what it sent. Never synced.

What came is kept in ``received``, one row a record and scope. Most records are shown exactly as
they came; then the noun's own table holds the values, and ``mask`` says which of its columns
came: nothing stands twice. Before such a record is changed here for the first time its values
are copied into ``fields`` (``received.py`` and ``write.py``).

``mask`` counts the noun's columns as they are declared, so columns are only ever added at the
end of a table.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from desktop.store.schema import metadata

centre: Final = Table(
    "centre",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    comment="The centre this laptop joined, as JSON by key; the history it follows is 'epoch'.",
    sqlite_with_rowid=False,
)

laptop_key: Final = Table(
    "laptop_key",
    metadata,
    Column("kind", Text, primary_key=True, nullable=False),
    Column("private", LargeBinary, nullable=False),
    Column("made_at", Text, nullable=False),
    comment="The private keys of this laptop: 'ed25519' signs, 'x25519' opens.",
    sqlite_with_rowid=False,
)

scope_state: Final = Table(
    "scope_state",
    metadata,
    Column("scope", Text, primary_key=True, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("head", Integer, nullable=False),
    Column("durable", Integer, nullable=False),
    # 64 bits do not fit a signed number: hex, or NULL.
    Column("digest", Text),
    Column("matched_at", Text, nullable=False),
    Column("granted", Integer, nullable=False),
    Column("forks", Text, nullable=False),
    Column("repair", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

stream_ack: Final = Table(
    "stream_ack",
    metadata,
    Column("scope", Text, primary_key=True, nullable=False),
    Column("device", Text, primary_key=True, nullable=False),
    Column("acked", Integer, nullable=False, server_default="0"),
    # Up to here every op has its number; where to look on for one that has none.
    Column("placed", Integer, nullable=False, server_default="0"),
    Column("closed", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

op_place: Final = Table(
    "op_place",
    metadata,
    Column("op", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Index("op_place_seq", "seq"),
    comment="The number the centre gave an op in its scope; negative while it is put aside.",
)

op_note: Final = Table(
    "op_note",
    metadata,
    Column("scope", Text, primary_key=True, nullable=False),
    Column("device", Text, primary_key=True, nullable=False),
    Column("n", Integer, primary_key=True, nullable=False),
    Column("code", Text, primary_key=True, nullable=False),
    Column("detail", Text, nullable=False),
    Column("noted_at", Text, nullable=False),
    sqlite_with_rowid=False,
)

received: Final = Table(
    "received",
    metadata,
    Column("scope", Text, primary_key=True, nullable=False),
    Column("kind", Text, primary_key=True, nullable=False),
    Column("id", Text, primary_key=True, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("hash", Integer, nullable=False),
    Column("mask", Integer, nullable=False),
    # JSON; NULL: as the noun's own table has it
    Column("fields", Text),
    # JSON of fields, or of whole records, that only a newer version knows
    Column("extra", Text),
    # JSON {field: number}, under "" the number of most; NULL: all have the row's
    Column("numbers", Text),
    # JSON, as they travel
    Column("variants", Text),
    Index("received_extra", "kind", sqlite_where=Column("extra").isnot(None)),
    sqlite_with_rowid=False,
)

variant: Final = Table(
    "variant",
    metadata,
    Column("kind", Text, primary_key=True, nullable=False),
    Column("id", Text, primary_key=True, nullable=False),
    Column("oid", Text, primary_key=True, nullable=False),
    Column("field", Text, primary_key=True, nullable=False),
    Column("scope", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("device", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    comment="The texts that wait to be chosen, as people see them: received, and what is here.",
    sqlite_with_rowid=False,
)

salvage: Final = Table(
    "salvage",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("scope", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("deleted", Integer, nullable=False),
    # The number its row had where it was found; 0 for none.
    Column("seq", Integer, nullable=False),
    Index("salvage_scope", "scope"),
    comment="Words of a history the centre lost, until it is known whether it has them again.",
)

lease: Final = Table(
    "lease",
    metadata,
    Column("office", Text, primary_key=True, nullable=False),
    Column("kind", Text, primary_key=True, nullable=False),
    Column("year", Integer, primary_key=True, nullable=False),
    Column("first", Integer, primary_key=True, nullable=False),
    Column("last", Integer, nullable=False),
    comment="Certificate numbers that belong to this laptop alone.",
    sqlite_with_rowid=False,
)

guest_row: Final = Table(
    "guest_row",
    metadata,
    Column("kind", Text, primary_key=True, nullable=False),
    Column("id", Text, primary_key=True, nullable=False),
    Column("hall", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Column("saw", Text, nullable=False),
    Index("guest_row_hall", "hall"),
    comment="Records of other scopes that a hall's event names; shown, and never sent on.",
    sqlite_with_rowid=False,
)

upload: Final = Table(
    "upload",
    metadata,
    Column("sha256", Text, primary_key=True, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("sent_at", Text, nullable=False),
    comment="How far a file has come to the centre; sent_at is empty until all of it is there.",
    sqlite_with_rowid=False,
)
