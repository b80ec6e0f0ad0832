# SPDX-License-Identifier: Apache-2.0
"""Rows, their ops and their audit rows, in one transaction or not at all."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from desktop.store.errors import ChangedSince
from desktop.store.ids import new_id
from desktop.store.store import Store, undo
from desktop.store.write import Write
from tests.field import Clock, Field, open_field
from tests.store.ground import BY, MARK, SCOPE, SetClock, audits, ops


def put(store: Store, record: str = "p1", **fields: Any) -> Write:
    """One action that puts a person."""
    with store.write(BY) as write:
        write.put("person", record, SCOPE, **{"first": "สมหญิง"} | fields)
    return write


def row(store: Store, record: str = "p1") -> dict[str, Any]:
    """The person as the file holds her."""
    with store.read() as conn:
        found = conn.exec_driver_sql("SELECT * FROM person WHERE id = ?", (record,))
        return dict(found.mappings().one())


def test_a_new_record_has_one_op_with_what_was_given_and_one_audit_row(store: Store) -> None:
    """Mutant: leave the op out of the flush."""
    write = put(store, last="ใจดี", birth_year=None)
    (op,) = ops(store)
    assert op["set"] == {"first": "สมหญิง", "last": "ใจดี"}
    assert (op["n"], op["kind"], op["id"], op["base"], op["ep"]) == (1, "person", "p1", 0, 0)
    assert audits(store) == [("create", "person", "p1", "")]
    assert write.changed == {"person"}
    assert row(store)["changed_at"] == "2026-11-20T02:00:00.000Z"


def test_a_change_carries_only_the_fields_that_differ(store: Store) -> None:
    """Mutant: put all given fields into the op; two laptops then undo each other's work."""
    put(store, last="ใจดี")
    put(store, last="ใจงาม")
    assert ops(store)[1]["set"] == {"last": "ใจงาม"}
    assert audits(store)[1] == ("change", "person", "p1", "last")


def test_a_put_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    put(store)
    assert put(store).changed == set()
    assert len(ops(store)) == len(audits(store)) == 1


def test_an_exception_undoes_rows_ops_and_audit_together(store: Store) -> None:
    """Mutant: flush in a transaction of its own."""

    def break_off() -> None:
        with store.write(BY) as write:
            write.put("person", "p1", SCOPE, first="สมหญิง")
            write.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert ops(store) == []
    assert audits(store) == []
    put(store)
    assert [op["n"] for op in ops(store)] == [1]


def test_nothing_can_be_written_after_the_end_of_the_transaction(store: Store) -> None:
    """Mutant: keep the connection; the late row would be committed alone, without its op."""
    write = put(store)
    with pytest.raises(RuntimeError):
        write.put("person", "p2", SCOPE, first="สาย")
    with pytest.raises(RuntimeError):
        write.delete("person", "p1")


def test_ops_are_numbered_without_a_gap_for_each_scope(store: Store) -> None:
    with store.write(BY) as write:
        for number in range(3):
            write.put("person", f"a{number}", "w:1", first="ก")
            write.put("person", f"b{number}", "w:2", first="ข")
    put(store)
    with store.read() as conn:
        found = conn.exec_driver_sql("SELECT scope, n FROM op ORDER BY scope, n").fetchall()
    assert [tuple(line) for line in found] == [
        *(("w:1", n) for n in (1, 2, 3, 4)),
        *(("w:2", n) for n in (1, 2, 3)),
    ]
    assert store.check().sound


def test_stamps_rise_even_when_the_clock_is_set_back(store: Store, clock: SetClock) -> None:
    """Mutant: stamp with the clock alone."""
    put(store)
    clock.forward(hours=-5)
    put(store, last="ใจดี")
    clock.forward(days=-400)
    put(store, last="ใจงาม")
    stamps = [op["hlc"] for op in ops(store)]
    assert stamps == sorted(set(stamps))


def test_a_tombstone_keeps_the_row_and_a_later_put_brings_it_back(store: Store) -> None:
    put(store, last="ใจดี")
    with store.write(BY) as write:
        assert write.delete("person", "p1")
        assert not write.delete("person", "p1")
    assert (row(store)["deleted"], row(store)["last"]) == (1, "ใจดี")
    assert ops(store)[1]["del"] is True
    put(store, first="สมศรี")
    assert row(store)["deleted"] == 0
    back = ops(store)[2]["set"]
    assert (back["first"], back["last"]) == ("สมศรี", "ใจดี")  # the whole record is said again
    assert [audit[0] for audit in audits(store)] == ["create", "delete", "restore"]


def test_undo_restores_what_was_and_undoing_that_redoes_it(store: Store) -> None:
    put(store, last="ใจดี")
    with store.write(BY) as write:
        write.put("person", "p1", SCOPE, last="ใจงาม")
        write.put("person", "p2", SCOPE, first="ใหม่")
        write.delete("person", "p1")
    taken_back = undo(store, BY, write.undo)
    assert (row(store)["last"], row(store)["deleted"]) == ("ใจดี", 0)
    assert row(store, "p2")["deleted"] == 1
    undo(store, BY, taken_back)
    assert (row(store)["last"], row(store)["deleted"]) == ("ใจงาม", 1)
    assert row(store, "p2")["deleted"] == 0
    assert store.check().sound


def test_undo_is_refused_whole_when_somebody_changed_the_same_field_since(store: Store) -> None:
    """Mutant: write the before-image back without looking."""
    put(store, last="ใจดี")
    with store.write(BY) as write:
        write.put("person", "p1", SCOPE, last="ใจงาม")
        write.put("person", "p2", SCOPE, first="ใหม่")
    put(store, last="ใจเย็น")
    with pytest.raises(ChangedSince):
        undo(store, BY, write.undo)
    assert row(store)["last"] == "ใจเย็น"
    assert row(store, "p2")["deleted"] == 0


def test_undo_leaves_other_fields_changed_since_alone(store: Store) -> None:
    put(store, last="ใจดี")
    done = put(store, last="ใจงาม").undo
    put(store, last="ใจงาม", phone="0812345678")
    undo(store, BY, done)
    assert (row(store)["last"], row(store)["phone"]) == ("ใจดี", "0812345678")


def test_a_fact_is_never_rewritten_and_no_row_is_ever_removed(store: Store) -> None:
    """Mutant: leave out the triggers."""
    with store.write(BY) as write:
        write.put("mark", "m1", SCOPE, **MARK)
        write.put("person", "p1", SCOPE, first="ก")
    with pytest.raises(IntegrityError), store.write(BY) as write:
        write.conn.exec_driver_sql("UPDATE mark SET minute = 1")
    for table in ("mark", "person", "op", "audit"):
        with pytest.raises(IntegrityError), store.write(BY) as write:
            write.conn.exec_driver_sql(f"DELETE FROM {table}")
    for table in ("op", "audit"):
        with pytest.raises(IntegrityError), store.write(BY) as write:
            write.conn.exec_driver_sql(f"UPDATE {table} SET at = ''")
    with store.write(BY) as write:
        assert write.delete("mark", "m1")


def test_a_field_nobody_declared_and_a_moved_record_are_refused(store: Store) -> None:
    put(store)
    with pytest.raises(KeyError), store.write(BY) as write:
        write.put("person", "p1", SCOPE, shoe_size=40)
    with pytest.raises(ValueError, match="scope"), store.write(BY) as write:
        write.put("person", "p1", "w:elsewhere", first="สมหญิง")
    with pytest.raises(KeyError), store.write(BY) as write:
        write.delete("person", "nobody")
    with pytest.raises(TypeError), store.write(BY) as write:
        write.put("person", "p1", SCOPE, first=b"bytes")


def test_what_was_seen_or_printed_is_noted_without_an_op(store: Store) -> None:
    with store.write(BY) as write:
        write.audit("print", "sheet", "s1", "3 pages")
    assert audits(store) == [("print", "sheet", "s1", "3 pages")]
    assert ops(store) == []


def test_a_set_travels_as_what_was_added_and_what_was_taken_out(store: Store) -> None:
    """Mutant: send the whole list; two laptops that add one area each then lose one."""
    event = {"code": "1", "name": "ก", "kind": "training", "hosts": []}
    with store.write(BY) as write:
        write.put("event", "e1", SCOPE, **event, areas=["63", "10"])
    with store.write(BY) as write:
        write.put("event", "e1", SCOPE, areas=["50", "63"])
        assert not write.put("event", "e1", SCOPE, areas=["63", "50", "50"])
    made, changed = ops(store)
    assert made["add"] == {"areas": ["10", "63"]}
    assert (changed["add"], changed["rm"]) == ({"areas": ["50"]}, {"areas": ["10"]})
    assert "areas" not in made["set"] | changed["set"]
    undo(store, BY, write.undo)
    assert ops(store)[2]["add"] == {"areas": ["10"]}


def test_lists_and_booleans_come_back_as_they_went_in(store: Store) -> None:
    with store.write(BY) as write:
        sheet = {"event_id": "e", "day_no": 1, "page": 1, "pages": 1, "code": "1"}
        write.put("sheet", "s1", SCOPE, **sheet, enrolment_ids=["b", "a"], halves=["am"])
    assert ops(store)[0]["set"]["enrolment_ids"] == ["b", "a"]
    with store.write(BY) as write:
        assert not write.put("sheet", "s1", SCOPE, enrolment_ids=["b", "a"])
        assert write.put("sheet", "s1", SCOPE, enrolment_ids=["a", "b"])
    undo(store, BY, write.undo)
    assert ops(store)[2]["set"] == {"enrolment_ids": ["b", "a"]}


def test_no_two_ops_share_an_id(tmp_path: Path) -> None:
    """A visit has the id of its record, and the centre takes an op it knows for said already.

    Mutant: let the id of a record name the op that says it, of whatever kind.
    """
    with closing(open_field(tmp_path / "field").store) as store:
        Field(store, Clock()).visit()
        said = [op["oid"] for op in ops(store)]
    assert len(set(said)) == len(said)


def test_a_new_fact_names_its_own_op_and_what_follows_has_names_of_its_own(
    store: Store,
) -> None:
    """Fails when a tombstone or its lifting has the name of the first op: the centre would take
    it for known and drop it."""
    fact = new_id()
    with store.write(BY) as write:
        write.put("mark", fact, SCOPE, **MARK)
    with store.write(BY) as write:
        write.delete("mark", fact)
    with store.write(BY) as write:
        write.put("mark", fact, SCOPE, **MARK)
    with store.read() as conn:
        bodies = [
            json.loads(row[0]) for row in conn.exec_driver_sql("SELECT body FROM op ORDER BY seq")
        ]
    assert bodies[0]["oid"] == fact
    assert len({body["oid"] for body in bodies}) == 3
