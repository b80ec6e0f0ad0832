# SPDX-License-Identifier: Apache-2.0
"""Many records put at once leave what as many single puts would: rows, ops, chains, undo."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.store.event import event_scope
from desktop.store.store import Store, undo
from tests.store.ground import BY

SCOPE = event_scope("e1")


def session(number: int, **changed: Any) -> tuple[str, str, dict[str, Any]]:
    fields = {
        "event_id": "e1", "day_no": 1, "start_minute": 540, "end_minute": 600 + number,
        "kind": "lecture", "title": f"คาบ {number}", "counts": True, "mandatory": False,
        "lecturer": "", "place": "",
    }  # fmt: skip
    return f"s{number}", SCOPE, {**fields, **changed}


def titles(store: Store) -> dict[str, str]:
    with store.read() as conn:
        rows = conn.exec_driver_sql("SELECT id, title FROM session WHERE deleted = 0")
        return {row[0]: row[1] for row in rows}


def ops(store: Store) -> list[dict[str, Any]]:
    with store.read() as conn:
        rows = conn.exec_driver_sql("SELECT body FROM op ORDER BY seq").fetchall()
    return [{"id": b["id"], "set": b.get("set")} for b in (json.loads(row[0]) for row in rows)]


def test_a_batch_writes_the_ops_that_single_puts_write(store: Store) -> None:
    """Fails when an op of a batch lacks fields, or the numbers of a stream have a gap."""
    with store.write(BY) as write:
        write.put_many("session", [session(1), session(2)])
    with store.write(BY) as write:
        for record_id, scope, fields in (session(3), session(4)):
            write.put("session", record_id, scope, **fields)
    said = ops(store)
    assert [one["id"] for one in said] == ["s1", "s2", "s3", "s4"]
    assert said[0]["set"] == session(1)[2]
    assert said[0]["set"].keys() == said[2]["set"].keys()
    assert store.check().sound
    with store.read() as conn:
        noted = conn.exec_driver_sql(
            "SELECT record_id, detail FROM audit WHERE noun = 'session' AND action = 'create'"
        )
        assert noted.fetchall() == [("", "2"), ("s3", ""), ("s4", "")]


def test_records_that_are_there_are_changed_and_those_deleted_come_back(store: Store) -> None:
    """Fails when a person who was taken off a roster cannot be put on it again."""
    with store.write(BY) as write:
        write.put_many("session", [session(1), session(2)])
    with store.write(BY) as write:
        write.delete("session", "s2")
    with store.write(BY) as write:
        write.put_many("session", [session(1, title="ใหม่"), session(2), session(3)])
        steps = write.undo
    assert titles(store) == {"s1": "ใหม่", "s2": "คาบ 2", "s3": "คาบ 3"}
    again = undo(store, BY, steps)
    assert titles(store) == {"s1": "คาบ 1"}
    undo(store, BY, again)
    assert titles(store) == {"s1": "ใหม่", "s2": "คาบ 2", "s3": "คาบ 3"}
    assert store.check().sound


def test_an_empty_batch_writes_nothing_and_a_wrong_field_keeps_nothing(store: Store) -> None:
    with store.write(BY) as write:
        write.put_many("session", [])
        assert not write.undo

    def wrong(records: list[Any]) -> None:
        with store.write(BY) as write:
            write.put_many("session", records)

    with pytest.raises(KeyError):
        wrong([session(1, nonsense="x")])
    with pytest.raises(TypeError):
        wrong([session(1), session(2, title=b"bytes")])
    assert titles(store) == {}
    assert ops(store) == []
