# SPDX-License-Identifier: Apache-2.0
"""Households, their members, and what a household is found by.

``household_search`` and what hangs on it follow from household, member and person; they can be
rebuilt, and are never sent anywhere. Nothing of a case stands in them.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import DDL, JSON, Boolean, Column, Float, Index, Integer, Table, Text, event

from desktop.store.schema import metadata, synced

household: Final = synced(
    "household",
    Column("area", Text, nullable=False, server_default=""),
    Column("house_no", Text, nullable=False, server_default=""),
    Column("moo", Text, nullable=False, server_default=""),
    Column("village", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("soi_road", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("postcode", Text, nullable=False, server_default=""),
    Column("house_code", Text, nullable=False, server_default=""),
    Column("landmark", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("phone", Text, nullable=False, server_default=""),
    Column("tenure", Text, nullable=False, server_default=""),
    Column("rent", Float),
    Column("dependants", JSON, info={"merge": "set"}),
    Column("welfare", JSON, info={"merge": "set"}),
    Column("income_per_head_year", Float),
    Column("lat", Float),
    Column("lon", Float),
    Column("altitude", Float),
    Column("accuracy", Float),
    # What the household needs, as last written by anybody who visited it.
    Column("needs", Text, nullable=False, server_default="", info={"merge": "text"}),
    Index("household_area", "area"),
    Index("household_code", "house_code"),
)

member: Final = synced(
    "member",
    Column("household_id", Text, nullable=False),
    Column("person_id", Text, nullable=False, server_default=""),
    # As it was said; that of a registered person stands with the person.
    Column("name", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("relation", Text, nullable=False, server_default=""),
    Column("age", Integer),
    Column("seen_on", Text, nullable=False, server_default=""),
    Column("sex", Text, nullable=False, server_default=""),
    Column("occupation", Text, nullable=False, server_default=""),
    Column("income", Float),
    Column("body_state", JSON, info={"merge": "set"}),
    Column("self_care", Boolean),
    Column("left_on", Text, nullable=False, server_default=""),
    # The first record of the chain that named her first; a correction may take her away again.
    Column("told_in", Text, nullable=False, server_default=""),
    Index("member_household", "household_id"),
    Index("member_person", "person_id"),
)

household_search: Final = Table(
    "household_search",
    metadata,
    Column("docid", Integer, primary_key=True),
    Column("household_id", Text, nullable=False, unique=True),
    Column("sort_key", Text, nullable=False),
    # Every word with a blank before it, so that the beginning of a word can be asked for.
    Column("text", Text, nullable=False),
)

household_word: Final = Table(
    "household_word",
    metadata,
    Column("word", Text, primary_key=True),
    Column("household_id", Text, primary_key=True),
    Index("household_word_household", "household_id"),
    sqlite_with_rowid=False,
)

event.listen(
    household_search,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]
        "CREATE VIRTUAL TABLE household_fts USING fts5("
        "text, content='household_search', content_rowid='docid', tokenize='trigram')"
    ),
)
