# SPDX-License-Identifier: Apache-2.0
"""What comes from a centre in a real encrypted store: kept as it came, shown without an op."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.store import household, lease, migrations, search, sync_state, upload
from desktop.store.guest import Guest
from desktop.store.schema import nouns
from desktop.store.shape import shape_of
from desktop.store.store import Store, undo
from desktop.store.sync import notebook
from desktop.sync.pages import keep_rows
from desktop.sync.ports import ScopeState
from desktop.sync.protocol import Lease
from desktop.sync.row import digest, row_from_wire, row_hash
from tests.store.ground import BY, KEY, MARK, SetClock, audits, ops
from tests.store.sync_ground import HOUSE, SCOPE, held, kept, put, row, take, tombstone
from tests.sync.ops import op

# ---- what came, and what is shown


def test_a_row_is_shown_without_an_op_and_its_values_stand_once(store: Store) -> None:
    """Mutants: show through ``put`` (an op of ours for every row); keep the values twice."""
    changed = take(store, row(5, **HOUSE))
    assert changed == {"household", "sync"}
    assert ops(store) == []
    assert audits(store) == [("receive", "sync", "", "1")]
    there = held(store)
    assert (there["village"], there["needs"], there["deleted"]) == (
        HOUSE["village"],
        "ข้าวสาร",
        0,
    )
    assert kept(store) == (0, digest([row_hash(row(5, **HOUSE))]))
    assert store.check().sound


def test_what_a_row_does_not_name_is_as_the_table_makes_it(store: Store) -> None:
    """Mutant: an empty text where the table says otherwise; the other laptop has 15 minutes."""
    take(
        store,
        row(1, "event", "e1", code="1", name="อบรม", kind="training"),
        row(2, "case_file", "c1", case_no="1", urgency="now", status="new"),
    )
    event = held(store, "event", "e1")
    assert (event["late_after"], event["pass_mode"], event["hosts"]) == (15, "minutes", "[]")
    assert held(store, "case_file", "c1")["targets"] == "[]"
    assert kept(store)[0] == 0


def test_the_window_finds_who_came(store: Store) -> None:
    take(store, row(1, "person", "p1", first="มะลิ", last="แสงดาว"), row(2, **HOUSE))
    take(store, row(3, "member", "m1", household_id="h1", person_id="p1"))
    with store.read() as conn:
        assert search.people_named(conn, "แสงดาว") == ("p1",)
        (found,) = household.find_households(conn, "แสงดาว")
        assert found.household.needs == "ข้าวสาร"


def test_a_value_no_column_can_hold_comes_back_as_it_came(store: Store) -> None:
    """Mutant: let SQLite turn 5 into 5.0; the digest never matches again."""
    odd = [
        row(1, rent=5, lat=-0.0, village=7, welfare=["b", "a"], dependants=[1]),
        row(2, "household", "h2", rent=5.0, welfare=["a", "b"]),
        row(3, "person", "p1", birth_year="2500", first=None),
        row(5, "person", "p2", first="\0", last="ก"),
        row(4, "visit", "v1", dimensions={"a": [1, 1.0, True]}, outcomes={"b": 1}),
    ]
    take(store, *odd)
    assert kept(store)[1] == digest(row_hash(one) for one in odd)
    assert kept(store)[0] == 3  # what fits is not kept twice
    assert (held(store)["rent"], held(store)["village"]) == (5.0, "")
    assert json.loads(held(store)["welfare"]) == ["a", "b"]
    assert store.check().sound


def test_what_came_is_copied_before_it_is_changed_here(store: Store) -> None:
    """Mutant: change the noun's table alone; what the centre said is then what we made of it."""
    take(store, row(5, **HOUSE))
    before = kept(store)[1]
    said = put(store, needs="ข้าวสารกับยา")
    assert (said["base"], said["set"]) == (5, {"needs": "ข้าวสารกับยา"})
    assert kept(store) == (1, before)
    put(store, village="บ้านใหม่")
    with store.write(BY) as write:
        write.delete("household", "h1")
    assert kept(store) == (1, before)


def test_own_words_stay_on_the_screen_until_the_row_has_them(store: Store) -> None:
    """Mutant: show the received row alone; the author's words vanish between two messages."""
    take(store, row(5, **HOUSE))
    put(store, needs="ยา")
    phoned = HOUSE | {"phone": "0812345678"}
    take(store, row_from_wire([6, "household", "h1", 0, phoned, {"": 5, "phone": 6}]))
    assert (held(store)["needs"], held(store)["phone"]) == ("ยา", "0812345678")
    with notebook(store).transaction() as change:
        change.keep_acked(SCOPE, change.device, 1)
        change.place(SCOPE, change.device, {1: 7})
    take(store, row(7, **HOUSE | {"phone": "0812345678", "needs": "ยา"}))
    assert held(store)["needs"] == "ยา"
    assert kept(store)[0] == 0
    take(store, row(8, **HOUSE | {"needs": "เรือ"}))
    assert (held(store)["needs"], held(store)["phone"]) == ("เรือ", "")


# ---- scopes, tombstones, facts


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_record_that_moved_lives_in_its_new_scope(store: Store, order: tuple[int, int]) -> None:
    """Mutant: let the old scope's tombstone delete whatever has the id."""
    take(store, row(5, **HOUSE))
    moves = [(SCOPE, tombstone(6)), ("t:630101", row(1, **HOUSE | {"area": "630101"}))]
    for at in order:
        take(store, moves[at][1], scope=moves[at][0])
    there = held(store)
    assert (there["scope"], there["deleted"], there["area"]) == ("t:630101", 0, "630101")
    assert kept(store)[1] == digest([row_hash(tombstone(6))])
    assert kept(store, "t:630101")[1] == digest([row_hash(moves[1][1])])
    take(store, tombstone(9, **HOUSE))
    assert held(store)["deleted"] == 0


def test_a_fact_arrives_is_taken_back_and_gives_way_to_the_one_that_was_first(
    store: Store,
) -> None:
    """Mutants: an UPDATE of the fact (the trigger stops the sync); or leave ours on the screen."""
    mark = {name: value for name, value in MARK.items() if name != "method"}
    take(store, row(1, "mark", "m1", **mark, method="qr"), scope="w:1")
    take(store, tombstone(2, "mark", "m1", **mark, method="qr"), scope="w:1")
    assert (held(store, "mark", "m1")["deleted"], held(store, "mark", "m1")["minute"]) == (1, 540)
    with store.write(BY) as write:
        write.put("mark", "m2", "w:1", **MARK)
    with notebook(store).transaction() as change:
        first = row(3, "mark", "m2", **MARK | {"minute": 541})
        change.keep_received("w:1", [first])
        change.show("w:1", [first])
    assert held(store, "mark", "m2")["minute"] == 541
    assert len(ops(store)) == 1
    assert store.check().sound


def test_what_is_not_served_any_more_is_not_seen_and_its_ops_stay(store: Store) -> None:
    take(store, row(1, "person", "p1", first="มะลิ", last="แสงดาว"), row(2, **HOUSE))
    put(store, needs="ยา")
    with notebook(store).transaction() as change:
        change.forget_received(SCOPE)
        change.hide(SCOPE)
    assert held(store)["deleted"] == 1
    with store.read() as conn:
        assert search.people_named(conn, "แสงดาว") == ()
    assert len(ops(store)) == 1


# ---- newer versions


def test_what_a_newer_version_wrote_is_shown_once_this_one_knows_it(
    store: Store, folder: Path, clock: SetClock
) -> None:
    """Mutant: keep unknown fields only until the next local change."""
    ship = row(7, "spaceship", "s1", crew=3)
    whole = [row(5, **HOUSE), row(6, "household", "h2", **HOUSE), ship]
    take(store, *whole)
    put(store, village="บ้านใหม่")
    with store.write(BY) as write:  # as an earlier version had kept and shown them
        raw = write.conn.connection.driver_connection
        assert raw is not None
        raw.execute("UPDATE household SET needs = ''")
        raw.execute(
            'UPDATE received SET extra = \'{"needs":"ข้าวสาร"}\', mask = mask & ~ ?, '
            "fields = CASE WHEN fields IS NULL THEN NULL ELSE json_remove(fields, '$.needs') END "
            "WHERE kind = 'household'",
            (shape_of("household").bits["needs"],),
        )
    assert kept(store)[1] == digest(row_hash(one) for one in whole)
    store.close()
    with closing(Store.open(folder, KEY, clock)) as again:
        for record in ("h1", "h2"):
            assert held(again, record=record)["needs"] == "ข้าวสาร"
        assert held(again)["village"] == "บ้านใหม่"
        assert kept(again) == (1, digest(row_hash(one) for one in whole))
        assert len(ops(again)) == 1


def test_the_columns_of_a_noun_only_grow_at_the_end() -> None:
    """``received.mask`` counts them. Mutant: declare a new column between others."""
    with closing(sqlite3.connect(":memory:")) as raw:
        for step in migrations.STEPS[:2]:
            step(raw)
        for noun, table in nouns.items():
            before = [line[1] for line in raw.execute(f"PRAGMA table_info({noun})")]
            assert [column.name for column in table.columns][: len(before)] == before


# ---- one transaction


def test_a_crash_between_rows_and_cursor_leaves_neither(store: Store) -> None:
    """Mutant: write rows when they come and the cursor in a transaction of its own."""

    def break_off() -> None:
        with notebook(store).transaction() as change:
            keep_rows(change, SCOPE, [row(5, **HOUSE)])
            change.digest(SCOPE)
            change.keep_scope(ScopeState(SCOPE, 5))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with store.read() as conn:
        for table in ("household", "received", "scope_state", "audit", "household_search"):
            assert conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0


def test_a_thousand_rows_come_to_the_centres_digest(store: Store) -> None:
    rows = [
        row(n, "person", f"p{n}", first=f"คน{n}", last="ใจดี", birth_year=2500 + n % 50)
        for n in range(1, 1001)
    ]
    for at in range(0, 1000, 250):
        take(store, *rows[at : at + 250])
    with notebook(store).transaction() as change:
        assert change.digest(SCOPE) == digest(row_hash(one) for one in rows)
        change.keep_scope(ScopeState(SCOPE, 1000, 1000, granted=True))
    assert kept(store) == (0, digest(row_hash(one) for one in rows))


def test_another_name_is_taken_with_the_commit_and_lent_numbers_are_given_up(
    store: Store,
) -> None:
    """Mutant: keep the leases; a copy of the laptop prints the same numbers."""
    put(store, **HOUSE)
    before = store.device
    with notebook(store).transaction() as change:
        change.keep_lease(Lease("office-1", "training", 2569, 1, 50))
        change.rename("device-x")
    assert store.device == "device-x"
    put(store, needs="ยา")
    with store.read() as conn:
        found = conn.exec_driver_sql("SELECT n, device FROM op ORDER BY seq").fetchall()
        assert [tuple(one) for one in found] == [(1, "device-x"), (2, "device-x")]
        assert lease.free(conn, "office-1", "training", 2569) == 0
    assert store.check().sound
    assert before != store.device


def test_one_clock_set_to_the_wrong_century_does_not_set_everybodys(
    store: Store, clock: SetClock
) -> None:
    """Mutant: observe every stamp that is received (trust.md, row 18)."""
    far = f"{int(clock().timestamp() * 1000) + 543 * 365 * 86_400_000:012x}-0000-bbbbbbbb"
    near = f"{int(clock().timestamp() * 1000) + 30_000:012x}-0000-bbbbbbbb"
    with notebook(store).transaction() as change:
        change.append_others(SCOPE, "device-b", 1, [op(1, hlc=far), op(2, hlc="no stamp")])
    put(store, **HOUSE)
    assert ops(store)[-1]["hlc"] < near
    with notebook(store).transaction() as change:
        change.append_others(SCOPE, "device-b", 3, [op(3, hlc=near)])
    assert put(store, needs="ยา")["hlc"] > near


def test_a_store_that_is_opened_again_goes_on_from_its_own_stamps_alone(
    store: Store, folder: Path, clock: SetClock
) -> None:
    """Mutant: begin with the greatest stamp of all streams."""
    put(store, **HOUSE)
    with notebook(store).transaction() as change:
        change.append_others(SCOPE, "device-b", 1, [op(1, hlc="ffffffffffff-0000-bbbbbbbb")])
    store.close()
    with closing(Store.open(folder, KEY, clock)) as again:
        assert put(again, needs="ยา")["hlc"] < "0fff"


# ---- moving


def test_a_record_moves_with_all_it_holds_and_home_again(store: Store) -> None:
    """Mutant: leave the texts that wait, or what only a newer version knows, behind."""
    wire = [
        5, "household", "h1", 0, {**HOUSE, "colour": "เขียว"}, {},
        [["needs", "เรือ", "o7", 4, "device-b", "f2", "2026-11-20T02:00:00.000Z[+07:00]"]],
    ]  # fmt: skip
    take(store, row_from_wire(wire))
    before = kept(store)[1]
    with store.write(BY) as write:
        assert write.move("household", "h1", "c:1")
        assert not write.move("household", "h1", "c:1")
    gone, here, waits = ops(store)
    assert (gone["del"], gone["to"], gone["base"]) == (True, "c:1", 5)
    empty = "house_code", "landmark", "moo", "phone", "postcode", "soi_road", "tenure"
    assert here["set"] == {**HOUSE, "colour": "เขียว", **dict.fromkeys(empty, "")}
    assert (here["from"], waits["salvage"], waits["set"]) == (SCOPE, 1, {"needs": "เรือ"})
    assert (held(store)["scope"], kept(store)[1]) == ("c:1", before)
    with store.read() as conn:
        assert sync_state.two_texts(conn, "household", "h1")[0].scope == "c:1"
    undo(store, BY, write.undo)
    assert held(store)["scope"] == SCOPE
    with store.write(BY) as write:
        write.put("mark", "m1", "w:1", **MARK)
        write.move("mark", "m1", "c:1")
    assert held(store, "mark", "m1")["scope"] == "c:1"
    assert store.check().sound


# ---- what is only here


def test_a_guest_is_shown_over_what_is_known_and_a_change_says_what_was_seen(store: Store) -> None:
    """Mutants: blank what a hall does not tell; a change at the desk that saw nothing."""
    who = {"first": "มะลิ", "last": "แสงดาว", "birth_year": 2500}
    take(store, row(5, "person", "p1", **who), scope="o:1")
    told = row(0, "person", "p1", first="มะลิ", last="แสงดาว", phone="0812345678")
    other = row(0, "person", "p2", first="คำ", last="แสงดาว")
    guests = [
        Guest("o:1", told, 0, frozenset()),
        Guest("o:2", row(9, "person", "p2", **other.fields), 0, frozenset({"o5"})),
    ]
    with notebook(store).transaction() as change:
        change.keep_guests("w:1", guests)
        assert [(one.scope, one.row.seq, one.saw) for one in change.guests("w:1")] == [
            ("o:1", 0, frozenset()),
            ("o:2", 9, frozenset({"o5"})),
        ]
        change.show_part("o:1", [told])
        change.show_part("o:2", [other])
    known = held(store, "person", "p1")
    assert (known["birth_year"], known["phone"]) == (2500, "0812345678")
    assert kept(store, "o:1")[1] == digest([row_hash(row(5, "person", "p1", **who))])
    with store.write(BY) as write:
        write.put("person", "p2", "o:2", first="คำแสง")
    said = ops(store)[-1]
    assert (said["base"], said["saw"]) == (9, ["o5"])


def test_a_file_that_is_only_here_is_not_hidden_with_its_scope(store: Store) -> None:
    """Mutant: hide every row; the photo is put away at the next start and is nowhere."""
    sealed = {"record_id": "r", "mime": "image/jpeg", "size": 3, "kind": "photo"}
    with store.write(BY) as write:
        for name in ("sent", "here"):
            write.put("attachment", name, SCOPE, sha256=name, **sealed)
            write.conn.exec_driver_sql(
                "INSERT INTO attachment_file (sha256, file, \"key\", size, kept_at) "
                "VALUES (?, ?, x'00', 3, '')", (name, name),
            )  # fmt: skip
        upload.keep_sent(write, "sent")
    with notebook(store).transaction() as change:
        change.hide(SCOPE)
    assert held(store, "attachment", "sent")["deleted"] == 1
    assert held(store, "attachment", "here")["deleted"] == 0
    with store.read() as conn:
        assert [one.sha256 for one in upload.waiting(conn)] == ["here"]
        assert upload.photos_waiting(conn) == (1, 3)
