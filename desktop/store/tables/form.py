# SPDX-License-Identifier: Apache-2.0
"""The versions of forms that this laptop knows. A version is kept while a record may need it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, LargeBinary, Table, Text

from desktop.store.schema import metadata

form_version: Final = Table(
    "form_version",
    metadata,
    Column("form_id", Text, primary_key=True, nullable=False),
    Column("version", Text, primary_key=True, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("title_th", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    # zlib of the XForm's bytes, of which the hash is.
    Column("xml", LargeBinary, nullable=False),
    comment="XForms of this laptop, every version; never synced.",
)

form_file: Final = Table(
    "form_file",
    metadata,
    Column("form_id", Text, primary_key=True, nullable=False),
    Column("version", Text, primary_key=True, nullable=False),
    Column("name", Text, primary_key=True, nullable=False),
    Column("sha256", Text, nullable=False),
    # zlib of the file's bytes.
    Column("content", LargeBinary, nullable=False),
    comment="Lists that came beside a form, for that version of it; never synced.",
)

form_retired: Final = Table(
    "form_retired",
    metadata,
    Column("form_id", Text, primary_key=True, nullable=False),
    Column("retired_at", Text, nullable=False),
    comment="Forms that are not begun any more; their records open as before. Never synced.",
)
