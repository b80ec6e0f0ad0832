# SPDX-License-Identifier: Apache-2.0
"""The port ``Notebook`` behaves alike over plain dictionaries and over the real store."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop.model.chain import START, canonical, link
from desktop.store.store import Store
from desktop.store.sync import notebook
from desktop.sync.ports import Change, Notebook, ScopeState
from desktop.sync.protocol import Fork, Op
from desktop.sync.row import Row, Variant, Writer, digest, row_from_wire, row_hash
from tests.store.ground import KEY, SetClock
from tests.sync.memory import Crash, MemoryNotebook
from tests.sync.ops import op

SCOPE = "t:630609"
OTHER = "device-b"


def _real(folder: Path) -> Iterator[Notebook]:
    with closing(Store.create(folder, KEY, "device-a", SetClock())) as store:
        yield notebook(store)


def _memory(_folder: Path) -> Iterator[Notebook]:
    made = MemoryNotebook("device-a")
    made.fuse = 10**9  # so that it keeps what a crash takes back
    numbers = itertools.count()
    made.oid_of = lambda: f"own-{next(numbers)}"
    yield made


@pytest.fixture(params=[_real, _memory], ids=["store", "memory"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Notebook]:
    """A notebook of a laptop that has seen nothing yet."""
    make: Callable[[Path], Iterator[Notebook]] = request.param
    yield from make(tmp_path / "store")


def row(seq: int, record: str = "h1", kind: str = "household", **fields: Any) -> Row:
    """A row as it comes from the centre."""
    return row_from_wire([seq, kind, record, 0, fields])


def heard(book: Notebook, *ops: Op, device: str = OTHER, first: int = 1) -> None:
    with book.transaction() as change:
        change.append_others(SCOPE, device, first, ops)


def test_the_state_of_a_scope_is_kept_whole(book: Notebook) -> None:
    """Mutant: keep the digest as a signed number, or leave a column out."""
    state = ScopeState(
        SCOPE, 7, 9, 3, 2**64 - 1, "2026-11-20T02:00:00Z", True, (Fork(2, 5), Fork(9, 0)), 2
    )
    with book.transaction() as change:
        assert change.scope(SCOPE) == ScopeState(SCOPE)
        change.keep_scope(state)
    with book.transaction() as change:
        assert change.scope(SCOPE) == state
        assert [one.scope for one in change.scopes()] == [SCOPE]
        change.follow(4)
    with book.transaction() as change:
        assert (change.device, change.epoch) == ("device-a", 4)


def test_what_an_exception_ends_was_never_there(book: Notebook) -> None:
    """Mutant: commit rows and cursor apart."""
    heard(book, op(1, set={"village": "ก"}))

    def break_off() -> None:
        with book.transaction() as change:
            change.keep_received(SCOPE, [row(5, village="ข")])
            change.show(SCOPE, [row(5, village="ข")])
            change.keep_scope(ScopeState(SCOPE, 5))
            change.append_others(SCOPE, OTHER, 2, [op(2)])
            change.place(SCOPE, OTHER, {1: 5})
            change.rename("device-x")
            raise Crash

    with pytest.raises(Crash):
        break_off()
    with book.transaction() as change:
        assert change.device == "device-a"
        assert change.scope(SCOPE).cursor == 0
        assert not change.received(SCOPE, [("household", "h1")])
        assert [one.seq for one in change.ops(SCOPE, OTHER, 1, 9)] == [0]


def test_the_ops_of_another_laptop_are_kept_in_its_chain(book: Notebook) -> None:
    """Mutant: chain over the parsed body in another order, or take ops with a gap."""
    ops = [op(1, set={"village": "ก"}), op(2, set={"landmark": "ข้างวัด"})]
    heard(book, *ops)
    with pytest.raises((ValueError, AssertionError)):
        heard(book, op(4), first=4)
    chain = link(link(START, canonical(ops[0].body)), canonical(ops[1].body))
    with book.transaction() as change:
        (stream,) = change.streams(SCOPE)
        assert (stream.device, stream.last, stream.chain) == (OTHER, 2, chain)
        assert (stream.acked, stream.closed) == (0, False)
        assert change.chain_at(SCOPE, OTHER, 0) == b""
        assert change.chain_at(SCOPE, OTHER, 2) == chain
        assert change.chain_at(SCOPE, OTHER, 3) is None
        assert [one.op for one in change.ops(SCOPE, OTHER, 1, 9)] == ops
        assert [one.n for one in change.ops(SCOPE, OTHER, 2, 9)] == [2]
        assert [one.n for one in change.ops(SCOPE, OTHER, 1, 1)] == [1]


def test_how_far_a_stream_is_kept_may_fall_and_a_closed_one_stays_closed(book: Notebook) -> None:
    heard(book, op(1), op(2))
    for acked in (2, 1):
        with book.transaction() as change:
            change.keep_acked(SCOPE, OTHER, acked)
        with book.transaction() as change:
            assert change.streams(SCOPE)[0].acked == acked
    with book.transaction() as change:
        change.close_stream(SCOPE, OTHER)
    with book.transaction() as change:
        assert (change.streams(SCOPE)[0].acked, change.streams(SCOPE)[0].closed) == (1, True)


def test_an_op_is_uncovered_until_the_row_has_reached_its_number(book: Notebook) -> None:
    """Mutant: take an acknowledged op for covered; its author then does not see her own words."""
    heard(book, op(1, set={"village": "ก"}), op(2, "h2", set={"village": "ข"}))
    keys = [("household", "h1"), ("household", "h2")]
    with book.transaction() as change:
        assert {key: len(ops) for key, ops in change.uncovered(SCOPE, keys).items()} == {
            keys[0]: 1,
            keys[1]: 1,
        }
        assert not change.uncovered("t:other", keys)
        change.place(SCOPE, OTHER, {1: 5, 2: 6})
        change.keep_acked(SCOPE, OTHER, 2)
        change.keep_received(SCOPE, [row(4, village="เก่า"), row(6, "h2", village="ข")])
        assert [one.seq for one in change.uncovered(SCOPE, keys)[keys[0]]] == [5]
    with book.transaction() as change:
        assert keys[1] not in change.uncovered(SCOPE, keys)
        change.keep_received(SCOPE, [row(5, village="ก")])
    with book.transaction() as change:
        assert not change.uncovered(SCOPE, keys)


def test_uncovered_ops_come_in_the_order_of_their_stamps(book: Notebook) -> None:
    heard(book, op(1, hlc="000000000009-0000-bbbbbbbb"), op(2, hlc="00000000000a-0000-bbbbbbbb"))
    heard(book, op(3, hlc="000000000009-0001-cccccccc"), device="device-c")
    key = ("household", "h1")
    with book.transaction() as change:
        found = [one.op.body["oid"] for one in change.uncovered(SCOPE, [key])[key]]
        assert found == ["o1", "o3", "o2"]
        change.close_stream(SCOPE, "device-c")
        assert len(change.uncovered(SCOPE, [key])[key]) == 2


def test_what_was_put_aside_stays_uncovered_and_is_asked_about(book: Notebook) -> None:
    """Mutant: take a negative number for a small one."""
    heard(book, op(1), op(2, "h2"))
    key = ("household", "h1")
    with book.transaction() as change:
        assert change.unplaced(SCOPE, OTHER, 2) == (1, 2)
        assert change.parked(SCOPE, OTHER) is None
        change.place(SCOPE, OTHER, {1: -5})
        change.keep_received(SCOPE, [row(9)])
    with book.transaction() as change:
        assert change.parked(SCOPE, OTHER) == (1, 1)
        assert change.unplaced(SCOPE, OTHER, 2) == (2, 2)
        assert change.unplaced(SCOPE, OTHER, 1) is None
        assert [one.seq for one in change.uncovered(SCOPE, [key])[key]] == [-5]
        change.place(SCOPE, OTHER, {1: 8, 2: 6})
    with book.transaction() as change:
        assert change.parked(SCOPE, OTHER) is None
        assert change.unplaced(SCOPE, OTHER, 2) is None
        assert not change.uncovered(SCOPE, [key])
        change.unplace(SCOPE)
    with book.transaction() as change:
        assert change.unplaced(SCOPE, OTHER, 2) == (1, 2)
        assert [one.seq for one in change.ops(SCOPE, OTHER, 1, 9)] == [0, 0]


def test_a_number_belongs_to_the_op_under_every_name(book: Notebook) -> None:
    """Mutant: place one copy alone; the other is shown over everything for ever."""
    heard(book, op(1), op(2, "h2"))
    with book.transaction() as change:
        change.place(SCOPE, OTHER, {1: 7})
    heard(book, op(1), op(2, "h2"), device="device-c")
    with book.transaction() as change:
        assert [one.seq for one in change.ops(SCOPE, "device-c", 1, 9)] == [7, 0]
        change.place(SCOPE, "device-c", {2: 8})
    with book.transaction() as change:
        assert [one.seq for one in change.ops(SCOPE, OTHER, 1, 9)] == [7, 8]
        assert change.authors(SCOPE, [8, 99])[8][1] == "o2"
        assert 99 not in change.authors(SCOPE, [8, 99])


def test_an_own_stream_goes_on_in_place_under_another_name(book: Notebook) -> None:
    """Mutant: say the ops again beside the old ones."""
    with book.transaction() as change:
        change.say(SCOPE, Change("household", "h1", {"village": "ก"}))
        change.say(SCOPE, Change("household", "h1", {"village": "ข"}, deleted=True))
    with book.transaction() as change:
        before = change.ops(SCOPE, "device-a", 1, 9)
        (stream,) = change.streams(SCOPE)
        change.place(SCOPE, "device-a", {1: 3})
        change.keep_acked(SCOPE, "device-a", 1)
        change.rename("device-x")
        assert change.device == "device-x"
    with book.transaction() as change:
        after = change.ops(SCOPE, "device-x", 1, 9)
        assert [one.op for one in after] == [one.op for one in before]
        assert [one.seq for one in after] == [3, 0]
        (renamed,) = change.streams(SCOPE)
        assert (renamed.device, renamed.last, renamed.chain) == ("device-x", 2, stream.chain)
        assert (renamed.acked, renamed.closed) == (0, False)
        assert not change.ops(SCOPE, "device-a", 1, 9)
        change.say(SCOPE, Change("household", "h1", {"village": "ค"}))
    with book.transaction() as change:
        assert [one.n for one in change.ops(SCOPE, "device-x", 1, 9)] == [1, 2, 3]
    heard(book, op(1), device="device-a")


def test_the_stream_of_another_laptop_is_moved_alone(book: Notebook) -> None:
    heard(book, op(1), op(2))
    with book.transaction() as change:
        change.append_others("t:other", OTHER, 1, [op(3, "h3")])
        change.keep_acked(SCOPE, OTHER, 2)
        change.move_stream(SCOPE, OTHER, "device-y")
    with book.transaction() as change:
        assert [(one.device, one.acked) for one in change.streams(SCOPE)] == [("device-y", 0)]
        assert [one.device for one in change.streams("t:other")] == [OTHER]
        assert [one.n for one in change.ops(SCOPE, "device-y", 1, 9)] == [1, 2]


def test_rescued_words_are_an_own_op_without_a_past(book: Notebook) -> None:
    with book.transaction() as change:
        change.follow(6)
        change.say(SCOPE, Change("household", "h1", {"village": "ก"}, deleted=True))
        (one,) = change.ops(SCOPE, "device-a", 1, 9)
        key = ("household", "h1")
        assert [each.n for each in change.uncovered(SCOPE, [key])[key]] == [1]
    body = one.op.body
    assert (body["set"], body["salvage"], body["base"], body["ep"]) == ({"village": "ก"}, 1, 0, 6)
    assert body["del"] is True
    assert one.op.by == ""
    assert (body["kind"], body["id"]) == key


def test_rows_come_back_as_the_centre_said_them(book: Notebook) -> None:
    """Mutant: fill fields from the noun's table that never came, or lose one that is unknown."""
    wire = [
        [9, "household", "h1", 0, {"village": "ก", "rent": 5, "needs": "ข้าว"}, {"rent": 4}],
        [8, "household", "h2", 1, {}],
        [7, "household", "h3", 0, {"colour": "เขียว", "lat": 1.5}, {"": 6, "lat": 7}],
        [6, "spaceship", "s1", 0, {"crew": ["ก"], "speed": 3}],
        [
            5, "household", "h4", 0, {"needs": "ก"}, {},
            [["needs", "ข", "o9", 4, "d", "f", "2026-11-20T02:00:00.000Z[+07:00]"]],
        ],
    ]  # fmt: skip
    rows = [row_from_wire(one) for one in wire]
    keys = [one.key for one in rows]
    with book.transaction() as change:
        change.keep_received(SCOPE, rows)
        change.show(SCOPE, rows)
        assert change.received(SCOPE, keys) == {one.key: one for one in rows}
    with book.transaction() as change:
        assert change.received(SCOPE, keys) == {one.key: one for one in rows}
        assert {one.key: one for one in change.everything(SCOPE)} == {o.key: o for o in rows}
        assert change.digest(SCOPE) == digest(row_hash(one) for one in rows)
        assert change.received("t:other", keys) == {}


def test_an_older_row_never_takes_the_place_of_a_newer_one(book: Notebook) -> None:
    """Mutant: keep whatever came last; a late answer takes everybody back."""
    with book.transaction() as change:
        change.keep_received(SCOPE, [row(9, village="ใหม่")])
        change.keep_received(SCOPE, [row(8, village="เก่า")])
    with book.transaction() as change:
        change.keep_received(SCOPE, [row(7, village="เก่ากว่า")])
    with book.transaction() as change:
        (kept,) = change.received(SCOPE, [("household", "h1")]).values()
        assert (kept.seq, kept.fields) == (9, {"village": "ใหม่"})


def test_rows_are_dropped_one_by_one_and_all_together(book: Notebook) -> None:
    with book.transaction() as change:
        rows = [row(n, f"h{n}", village=str(n)) for n in range(1, 6)]
        change.keep_received(SCOPE, rows)
        change.show(SCOPE, rows)
        change.keep_received("t:other", [row(1, "x1")])
    with book.transaction() as change:
        change.drop_received(SCOPE, [("household", "h1"), ("household", "nobody")])
        assert [one.id for one in change.everything(SCOPE)] == ["h2", "h3", "h4", "h5"]
        assert change.digest(SCOPE) == digest(row_hash(one) for one in rows[1:])
    with book.transaction() as change:
        change.forget_received(SCOPE)
    with book.transaction() as change:
        assert list(change.everything(SCOPE)) == []
        assert change.digest(SCOPE) == 0
        assert len(list(change.everything("t:other"))) == 1


def test_salvage_is_added_to_and_dropped(book: Notebook) -> None:
    changes = [
        Change("household", "h1", {"needs": "ก", "welfare": ["a"]}),
        Change("person", "p1", {}, True, 7),
    ]
    with book.transaction() as change:
        change.keep_salvage(SCOPE, changes[:1])
        change.keep_salvage(SCOPE, changes[1:])
    with book.transaction() as change:
        assert list(change.salvage(SCOPE)) == changes
        assert not change.salvage("t:other")
        change.drop_salvage(SCOPE)
    with book.transaction() as change:
        assert not change.salvage(SCOPE)


def test_variants_and_writers_are_as_they_travelled(book: Notebook) -> None:
    at = "2026-11-20T02:00:00.000Z[+07:00]"
    one = row(9, needs="ก", village="ข")
    one.writers["needs"] = Writer(4)
    one.variants.append(Variant("needs", "ค", "o7", 8, "device-b", "f2", at))
    with book.transaction() as change:
        change.keep_received(SCOPE, [one])
    with book.transaction() as change:
        (kept,) = change.received(SCOPE, [one.key]).values()
        assert {name: writer.seq for name, writer in kept.writers.items()} == {
            "needs": 4,
            "village": 9,
        }
        assert kept.variants == one.variants
