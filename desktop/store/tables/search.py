# SPDX-License-Identifier: Apache-2.0
"""What names and numbers are found by: derived from the facts, kept here, never sent anywhere.

    person_search   one row a person: sort key, loose key, and the text the trigram index reads
    person_fts      FTS5 trigram index over that text (an exact substring of three or more)
    person_word     one row for each word of a name, for the first one or two letters
    roster_seek     one row an enrolment, in the order of its roster, read straight through
    identifier_hash keyed hash of an identity number, for finding the same one again

All of it can be rebuilt from ``person``, ``enrolment`` and ``person_identifier``.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import DDL, Column, Index, Integer, LargeBinary, Table, Text, event

from desktop.store.schema import metadata

person_search: Final = Table(
    "person_search",
    metadata,
    # A number of its own: an implicit rowid may change when a file is compacted.
    Column("docid", Integer, primary_key=True),
    Column("person_id", Text, nullable=False, unique=True),
    Column("sort_key", Text, nullable=False),
    Column("search_key", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("person_search_key", "search_key"),
    Index("person_search_sort", "sort_key"),
)

person_word: Final = Table(
    "person_word",
    metadata,
    Column("word", Text, primary_key=True),
    Column("sort_key", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Index("person_word_person", "person_id"),
    sqlite_with_rowid=False,
)

roster_seek: Final = Table(
    "roster_seek",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("sort_key", Text, primary_key=True),
    Column("enrolment_id", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Index("roster_seek_enrolment", "enrolment_id"),
    sqlite_with_rowid=False,
)

identifier_hash: Final = Table(
    "identifier_hash",
    metadata,
    Column("identifier_id", Text, primary_key=True, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("identifier_hash_value", "hash"),
    Index("identifier_hash_person", "person_id"),
    sqlite_with_rowid=False,
)

event.listen(
    person_search,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]
        "CREATE VIRTUAL TABLE person_fts USING fts5("
        "text, content='person_search', content_rowid='docid', tokenize='trigram')"
    ),
)
