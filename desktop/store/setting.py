# SPDX-License-Identifier: Apache-2.0
"""Values of this laptop that are never synced: window sizes, calibration, the last event open."""

from __future__ import annotations

import json
from typing import Any, Protocol

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from desktop.model.chain import canonical
from desktop.store.schema import setting


class Keeping(Protocol):
    """What keeping a value asks of a transaction; ``Write`` is one, and stands above this file."""

    conn: Connection
    changed: set[str]


def value(conn: Connection, key: str, otherwise: Any = None) -> Any:
    """The value kept under ``key``, or ``otherwise``."""
    text = conn.scalar(select(setting.c.value).where(setting.c.key == key))
    return otherwise if text is None else json.loads(text)


def keep(write: Keeping, key: str, value: Any) -> None:
    """Keep ``value`` (anything JSON can hold) under ``key``."""
    row = insert(setting).values(key=key, value=canonical(value))
    write.conn.execute(
        row.on_conflict_do_update(index_elements=["key"], set_={"value": row.excluded.value})
    )
    write.changed.add("setting")
