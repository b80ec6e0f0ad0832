# SPDX-License-Identifier: Apache-2.0
"""How far each record is, and two texts of one until a person chooses."""

from __future__ import annotations

from desktop.store import sync_state
from desktop.store.showing import show
from desktop.store.store import Store, undo
from desktop.store.sync import notebook
from desktop.sync.ports import ScopeState
from desktop.sync.row import Row, row_from_wire
from tests.store.ground import BY, ops
from tests.store.sync_ground import HOUSE, SCOPE, put, row, take

# ---- what a person chooses


def test_a_choice_resolves_what_she_saw_and_undo_gives_the_other_text_back(store: Store) -> None:
    """Mutants: no op when the shown text stays; undo that forgets the text not chosen."""
    wire = [
        5, "household", "h1", 0, HOUSE, {},
        [["needs", "เรือ", "o7", 4, "device-b", "f2", "2026-11-20T02:00:00.000Z[+07:00]"]],
    ]  # fmt: skip
    take(store, row_from_wire(wire))
    with store.read() as conn:
        (two,) = sync_state.two_texts(conn, "household", "h1")
    assert (two.shown.text, two.others[0].text, two.others[0].by) == ("ข้าวสาร", "เรือ", "f2")
    with store.write(BY) as write:
        write.resolve("household", "h1", SCOPE, ["o7"], needs="ข้าวสาร")
    said = ops(store)[-1]
    assert (said["set"], said["resolve"], said["base"]) == ({"needs": "ข้าวสาร"}, ["o7"], 5)
    with store.read() as conn:
        assert sync_state.two_texts(conn) == ()
        assert sync_state.state(conn).conflicts == 0
    undo(store, BY, write.undo)
    with store.read() as conn:
        (two,) = sync_state.two_texts(conn)
    assert (two.shown.text, two.others[0].text) == ("ข้าวสาร", "เรือ")
    assert ops(store)[-1]["salvage"] == 1


def test_shown_rows_of_no_known_kind_or_without_anything_leave_no_trace(store: Store) -> None:
    with store.write(BY) as write:
        show(write, SCOPE, [row(1, "spaceship", "s1", crew=3), Row("household", "h9")])
    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM household").scalar_one() == 0


# ---- how far it is


def test_a_record_is_as_far_as_the_least_of_its_changes(store: Store) -> None:
    """Mutant: call what was acknowledged confirmed; a restored centre may lose it."""
    put(store, **HOUSE)
    put(store, needs="ยา")

    def stage() -> str:
        with store.read() as conn:
            return sync_state.stage(conn, "household", "h1")

    def area() -> tuple[int, int, int]:
        with store.read() as conn:
            one = sync_state.area_state(conn, SCOPE)
            assert sync_state.state(conn).areas == (one,)
        return one.saved, one.received, one.confirmed

    assert (stage(), area()) == ("saved", (2, 0, 0))
    with notebook(store).transaction() as change:
        change.keep_acked(SCOPE, change.device, 1)
        change.place(SCOPE, change.device, {1: 4})
    assert (stage(), area()) == ("saved", (1, 1, 0))
    with notebook(store).transaction() as change:
        change.keep_acked(SCOPE, change.device, 2)
        change.place(SCOPE, change.device, {2: 6})
        change.keep_scope(ScopeState(SCOPE, 6, 9, durable=5, granted=True))
    assert (stage(), area()) == ("received", (0, 1, 1))
    with notebook(store).transaction() as change:
        change.keep_scope(ScopeState(SCOPE, 6, 9, durable=6, granted=True))
    assert (stage(), area()) == ("confirmed", (0, 0, 2))


def test_a_number_that_a_hall_told_is_no_receipt(store: Store) -> None:
    """Mutant: take a number for the centre's signature; it may be the word of any laptop."""
    put(store, **HOUSE)
    with notebook(store).transaction() as change:
        change.place(SCOPE, change.device, {1: 4})
        change.keep_scope(ScopeState(SCOPE, 4, 9, durable=5, granted=True))
    with store.read() as conn:
        assert sync_state.stage(conn, "household", "h1") == "saved"
        assert sync_state.area_state(conn, SCOPE).saved == 1


def test_what_the_centre_put_aside_is_told_until_it_lets_it_in(store: Store) -> None:
    put(store, **HOUSE)
    with notebook(store).transaction() as change:
        change.keep_acked(SCOPE, change.device, 1)
        change.place(SCOPE, change.device, {1: -4})
        change.note(SCOPE, change.device, 1, "quarantined", "forbidden")
        change.note(SCOPE, change.device, 1, "conflict", "needs")
    with store.read() as conn:
        (aside,) = sync_state.put_aside(conn)
        assert (aside.reason, aside.kind, aside.id, aside.by) == (
            "forbidden",
            "household",
            "h1",
            BY,
        )
        assert sync_state.stage(conn, "household", "h1") == "saved"
        assert [one.reason for one in sync_state.notes(conn, "household", "h1")] == [
            "conflict",
            "forbidden",
        ]
        assert sync_state.area_state(conn, SCOPE).saved == 1
    with notebook(store).transaction() as change:
        change.place(SCOPE, change.device, {1: 9})
    with store.read() as conn:
        assert sync_state.put_aside(conn) == ()
        assert sync_state.stage(conn, "household", "h1") == "received"
