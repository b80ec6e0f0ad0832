# SPDX-License-Identifier: Apache-2.0
"""What people were told and agreed to, and what they took back: facts, both."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Index, Text

from desktop.store.schema import synced

consent: Final = synced(
    "consent",
    Column("person_id", Text, nullable=False),
    Column("household_id", Text, nullable=False, server_default=""),
    Column("record_id", Text, nullable=False, server_default=""),
    Column("given_at", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("notice_version", Text, nullable=False, server_default=""),
    Column("notice_read", Boolean, nullable=False, server_default="0"),
    Column("photo", Boolean, nullable=False, server_default="0"),
    Column("publish", Boolean, nullable=False, server_default="0"),
    Column("given_by", Text, nullable=False, server_default="self"),
    Column("guardian_name", Text, nullable=False, server_default=""),
    Column("guardian_relation", Text, nullable=False, server_default=""),
    Column("witness", Text, nullable=False, server_default=""),
    Column("signature", Text, nullable=False, server_default=""),
    Index("consent_person", "person_id", "given_at"),
    Index("consent_record", "record_id"),
    append_only=True,
)

consent_withdrawal: Final = synced(
    "consent_withdrawal",
    Column("person_id", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("noted_by", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Index("consent_withdrawal_person", "person_id", "at"),
    append_only=True,
)
