# SPDX-License-Identifier: Apache-2.0
"""People and their identity numbers. The keys they are sorted and found by are not here.

Sort and search keys follow from the name, so they live in the derived tables of ``search.py``
and never travel: a better key in a later version needs no change to anybody's facts.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, Text, text

from desktop.store.schema import synced

person: Final = synced(
    "person",
    Column("title", Text, nullable=False, server_default=""),
    Column("first", Text, nullable=False, info={"merge": "text"}),
    Column("middle", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("last", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("title_code", Text, nullable=False, server_default=""),
    Column("sex", Text, nullable=False, server_default=""),
    Column("born", Text),
    Column("born_precision", Text, nullable=False, server_default=""),
    Column("birth_year", Integer),
    Column("name_en", Text, nullable=False, server_default=""),
    Column("certificate_name", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("name_confirmed_at", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("area", Text, nullable=False, server_default=""),
    Index("person_phone_last4", text("substr(phone, -4)"), sqlite_where=text("phone <> ''")),
)

person_identifier: Final = synced(
    "person_identifier",
    Column("person_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False, server_default=""),
    Column("last4", Text, nullable=False, server_default=""),
    Column("none_reason", Text, nullable=False, server_default=""),
    Index("person_identifier_person", "person_id"),
    Index("person_identifier_last4", "last4", sqlite_where=text("last4 <> ''")),
)
