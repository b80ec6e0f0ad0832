# SPDX-License-Identifier: Apache-2.0
"""Whose signatures on certificates are known here, and which certificates no longer stand.

``issuer_key`` is the public half of a laptop's signing key, told to the whole office; the
private half stands in ``laptop_key`` as ``certificate``. ``proof_list`` is what others told:
the centre, or an office by file.

A key that an office does not stand by any more, because the laptop was stolen, has one more row:
the same key with ``withdrawn_at``.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Table, Text

from desktop.store.schema import metadata, synced

issuer_key: Final = synced(
    "issuer_key",
    Column("key_id", Text, nullable=False),
    Column("public", Text, nullable=False),
    Column("office_id", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("withdrawn_at", Text, nullable=False, server_default=""),
    Index("issuer_key_key", "key_id"),
    append_only=True,
)

proof_list: Final = Table(
    "proof_list",
    metadata,
    Column("source", Text, primary_key=True, nullable=False),
    Column("body", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
    comment="Lists of issuers' keys and revoked certificates from others; never synced.",
)
