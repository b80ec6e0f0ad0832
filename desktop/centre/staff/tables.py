# SPDX-License-Identifier: Apache-2.0
"""Tables of the pages: who may sign in, who is signed in, and who failed to.

Times are UTC, ISO to the millisecond. No table holds a password or a token: the first is kept as
an Argon2id hash, the second as its SHA-256.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Index, Table, Text, UniqueConstraint

from desktop.centre.schema import metadata

staff_account: Final = Table(
    "staff_account",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    # Lower case, NFC: what is typed at the door.
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("password", Text, nullable=False),
    # "viewer", "staff" or "admin"
    Column("role", Text, nullable=False),
    Column("language", Text, nullable=False, server_default="th"),
    Column("active", Boolean, nullable=False),
    # Whether the password was given by somebody else and must be changed at the next sign-in.
    Column("must_change", Boolean, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    UniqueConstraint("login", name="staff_account_login"),
)

staff_session: Final = Table(
    "staff_session",
    metadata,
    # SHA-256 of the token in the cookie, hexadecimal.
    Column("token", Text, primary_key=True, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
    Column("address", Text, nullable=False),
    Index("staff_session_account", "account_id"),
)

staff_try: Final = Table(
    "staff_try",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    # SHA-256 of what was typed: a password typed in the wrong box stays unknown.
    Column("login_hash", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("staff_try_login", "login_hash", "at"),
    Index("staff_try_address", "address", "at"),
)
