# SPDX-License-Identifier: Apache-2.0
"""The centre's side: streams, numbers, quarantine, histories."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop.model.chain import link
from desktop.sync import ledger
from desktop.sync.lease import SKIP, next_block
from desktop.sync.protocol import Answer, Lease, LeaseWanted, Op, Pull, Push, Request
from tests.sync.memory_ledger import MemoryLedger

SCOPE = "t:630101"


def op(oid: str, by: str = "malee", **body: Any) -> Op:
    said = {"oid": oid, "kind": "household", "id": "h1", "base": 0, "ep": 1, "hlc": oid}
    return Op(by, "", said | (body or {"set": {"needs": oid}}))


def push(*ops: Op, first: int = 1, before: bytes = b"", device: str = "a", **more: Any) -> Push:
    return Push(SCOPE, device, first, before.hex(), ops, **more)


def chain(*ops: Op) -> bytes:
    end = b""
    for one in ops:
        end = link(end, one.text)
    return end


def nothing(_op: Op) -> str:
    return ""


def take(centre: MemoryLedger, said: Push, refusal: Callable[[Op], str] = nothing) -> Any:
    return ledger.push(centre, said, refusal, epoch=centre.epoch())


ONE, TWO, THREE = op("x1"), op("x2"), op("x3")


def test_ops_are_numbered_in_order_and_said_again_change_nothing() -> None:
    """Mutant dup."""
    centre = MemoryLedger()
    first = take(centre, push(ONE, TWO))
    assert (first.last, first.seqs, first.trouble) == (2, (1, 2), None)
    assert take(centre, push(ONE, TWO)) == first
    assert take(centre, push(TWO, THREE, first=2, before=chain(ONE))).seqs == (2, 3)
    assert centre.books[SCOPE].head == 3


def test_a_late_message_that_says_less_is_no_fork() -> None:
    """Mutant: call every stream that ends earlier a fork."""
    centre = MemoryLedger()
    take(centre, push(ONE, TWO, THREE))
    late = take(centre, push(ONE, TWO))
    assert (late.trouble, late.last, late.chain) == (None, 2, chain(ONE, TWO).hex())


@pytest.mark.parametrize(
    "said",
    [push(op("y1")), push(ONE, op("y2")), push(ONE, TWO, op("y3"), op("y4")),
     push(op("y4"), first=4, before=chain(ONE, TWO, op("y3")))],
)  # fmt: skip
def test_other_ops_under_the_same_numbers_are_a_fork(said: Push) -> None:
    """Mutant nofork."""
    centre = MemoryLedger()
    take(centre, push(ONE, TWO, THREE))
    assert take(centre, said).trouble == "fork"
    assert centre.books[SCOPE].head == 3


def test_ops_after_a_gap_are_asked_for_again() -> None:
    centre = MemoryLedger()
    take(centre, push(ONE))
    told = take(centre, push(THREE, first=3, before=chain(ONE, TWO)))
    assert (told.trouble, told.last, told.chain) == ("gap", 1, chain(ONE).hex())


def test_an_op_said_under_another_name_is_known_by_its_oid() -> None:
    """Mutant no_oid."""
    centre = MemoryLedger()
    take(centre, push(ONE, TWO))
    again = take(centre, push(ONE, TWO, THREE, device="b", ask_from=1, ask_to=3))
    assert again.seqs == again.told == (1, 2, 3)
    assert len(centre.books[SCOPE].log) == 3


def test_what_may_not_be_merged_waits_and_blocks_nothing() -> None:
    """Mutants quarantine_lost, quarantine_blocks."""
    centre = MemoryLedger()
    stranger = op("x2", by="stranger")
    told = take(centre, push(ONE, stranger, THREE), lambda one: "author" * (one.by == "stranger"))
    assert told.seqs == (1, -2, 3)
    assert told.notes == ((2, "quarantined", "author"),)
    again = take(centre, push(ONE, stranger, THREE))
    assert (again.seqs, again.notes) == (told.seqs, told.notes)
    assert centre.books[SCOPE].rows["household", "h1"].fields == {"needs": "x3"}


def test_released_ops_are_merged_without_hiding_what_came_later() -> None:
    """Mutant release_over."""
    centre = MemoryLedger()
    take(centre, push(ONE, TWO), lambda one: "forbidden" * (one.body["oid"] == "x1"))
    assert ledger.release(centre, SCOPE, ["x1"]) == {"x1": 3}
    row = centre.books[SCOPE].rows["household", "h1"]
    assert row.fields == {"needs": "x2"}
    assert [one.value for one in row.variants] == ["x1"]
    assert take(centre, push(ONE, TWO)).seqs == (3, 2)


def test_a_fact_that_is_there_stays_and_cannot_be_released_over() -> None:
    centre = MemoryLedger()
    take(centre, push(op("x1", kind="mark", set={"at": "08:41"})))
    told = take(centre, push(op("x2", kind="mark", set={"at": "08:55"}), device="b"))
    assert told.notes == ((1, "quarantined", "frozen"),)
    assert ledger.release(centre, SCOPE, ["x2"]) == {}


def test_a_base_the_centre_never_gave_saw_nothing() -> None:
    """Somebody put an old database back by hand: its history is the same by name."""
    centre = MemoryLedger()
    take(centre, push(ONE))
    told = take(centre, push(op("y1", base=99, set={"needs": "y"}), device="b"))
    assert told.notes == ((1, "conflict", "needs"),)


def test_a_clock_from_the_future_counts_as_now() -> None:
    """Mutant be."""
    centre = MemoryLedger()
    stamped = push(op("x1", hlc="ffff", set={"house_no": "1"}))
    ledger.push(centre, stamped, nothing, epoch=1, stamp="0100")
    assert centre.books[SCOPE].rows["household", "h1"].writers["house_no"].hlc == "0100"


class Everybody:
    """Rights of somebody who may do anything in one scope."""

    def scopes(self) -> tuple[str, ...]:
        return (SCOPE,)

    def may_hold(self, scope: str) -> bool:
        return scope == SCOPE

    def may_write(self, scope: str, by: str, *, others: bool = False) -> str:
        return ""


def ask(centre: MemoryLedger, **said: Any) -> Answer:
    request = Request("a", said.pop("epoch", 1), "", **said)
    return ledger.answer(
        centre, Request.from_json(request.to_json()), Everybody(), now="2026-11-20T06:00:00Z"
    )


def test_a_message_of_another_history_changes_nothing_and_hears_where_it_forked() -> None:
    """Mutants any_epoch, noepoch."""
    centre = MemoryLedger()
    take(centre, push(ONE))
    centre.restore(centre.backup(), 7)
    told = ask(centre, push=(push(TWO, first=2, before=chain(ONE)),))
    assert (told.refused, told.epoch) == ("epoch", 7)
    assert [(one.epoch, one.head) for one in told.forks[SCOPE]] == [(7, 1)]
    assert centre.books[SCOPE].head == 1
    assert Answer.from_json(told.to_json()) == told


def test_rows_come_in_pages_and_the_last_has_the_digest() -> None:
    centre = MemoryLedger()
    ops = [op(f"x{n}", id=f"h{n}", set={"needs": "ข้าว"}) for n in range(5)]
    take(centre, push(*ops))
    since, seen = 0, []
    for _ in range(5):
        (page,) = ask(centre, pull=(Pull(SCOPE, since),), budget=2).pull
        seen += [row[2] for row in page.rows]
        since = page.next
        assert page.more == (page.digest is None)
    assert seen == [f"h{n}" for n in range(5)]
    assert page.digest == centre.books[SCOPE].digest


def test_a_scope_that_is_not_served_is_not_answered() -> None:
    centre = MemoryLedger()
    take(centre, push(ONE))
    assert not ask(centre, pull=(Pull("t:630202", 0),)).pull


def test_no_number_is_given_twice_and_a_restored_centre_waits_for_its_next_backup() -> None:
    """Mutants same_lease, restored_lease."""
    centre = MemoryLedger()
    wanted = LeaseWanted("o", "c", 2569, 0, 10)
    backup = centre.backup()
    assert ask(centre, leases=(wanted,)).leases == (Lease("o", "c", 2569, 1, 10),)
    assert ask(centre, leases=(wanted,)).leases == (Lease("o", "c", 2569, 11, 20),)
    for epoch in (2, 3):
        centre.restore(backup, epoch)
        assert not ask(centre, epoch=epoch, leases=(wanted,)).leases
    assert next_block(wanted, SKIP - 9, 0) is None
    assert next_block(wanted, SKIP - 9, None) is not None
