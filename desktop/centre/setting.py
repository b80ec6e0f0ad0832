# SPDX-License-Identifier: Apache-2.0
"""What the centre knows of itself: its id, its name, words for its pages. Never a secret."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from desktop.centre.schema import setting


def get(conn: Connection, name: str) -> str:
    """A setting; empty if it was never put."""
    return str(conn.execute(select(setting.c.value).where(setting.c.name == name)).scalar() or "")


def put(conn: Connection, name: str, value: str) -> None:
    """Keep a setting."""
    conn.execute(delete(setting).where(setting.c.name == name))
    conn.execute(insert(setting).values(name=name, value=value))
