# SPDX-License-Identifier: Apache-2.0
"""A household's scope at a centre: rows that come from it, and what the store holds of them."""

from __future__ import annotations

from typing import Any

from desktop.store import sync_state
from desktop.store.store import Store
from desktop.store.sync import notebook
from desktop.sync.pages import keep_rows
from desktop.sync.row import Row, row_from_wire
from tests.store.ground import BY, ops

SCOPE = "t:630609"
HOUSE = {"area": "630609", "house_no": "12", "village": "บ้านห้วยปลาหลด", "needs": "ข้าวสาร"}


def row(seq: int, kind: str = "household", record: str = "h1", /, **fields: Any) -> Row:
    """A row as it comes from the centre."""
    return row_from_wire([seq, kind, record, 0, fields])


def tombstone(seq: int, kind: str = "household", record: str = "h1", /, **fields: Any) -> Row:
    return row_from_wire([seq, kind, record, 1, fields])


def take(store: Store, *rows: Row, scope: str = SCOPE) -> frozenset[str]:
    """Receive rows; the nouns that changed."""
    told: list[frozenset[str]] = []
    with notebook(store, BY, told.append).transaction() as change:
        keep_rows(change, scope, rows)
    return told[0]


def held(store: Store, noun: str = "household", record: str = "h1") -> dict[str, Any]:
    with store.read() as conn:
        found = conn.exec_driver_sql(f"SELECT * FROM {noun} WHERE id = ?", (record,))
        return dict(found.mappings().one())


def kept(store: Store, scope: str = SCOPE) -> tuple[Any, int]:
    """How many rows are kept apart from the nouns' tables, and what all come to."""
    with store.read() as conn:
        apart = conn.exec_driver_sql(
            "SELECT count(*) FROM received WHERE scope = ? AND fields IS NOT NULL", (scope,)
        ).scalar_one()
        return apart, sync_state.recounted(conn, scope)


def put(store: Store, **fields: Any) -> dict[str, Any]:
    """Change the household; the body of the op."""
    with store.write(BY) as write:
        write.put("household", "h1", SCOPE, **fields)
    return ops(store)[-1]
