# SPDX-License-Identifier: Apache-2.0
"""Ops that were kept aside: listed, let in through the core, exported, never removed."""

from __future__ import annotations

import json

import pytest

from desktop.centre import audit
from desktop.centre.database import Database
from desktop.centre.ledger import CentreLedger
from desktop.centre.quarantine import (
    NotHeld,
    StillWrong,
    counts,
    export,
    held,
    release,
    release_all,
)
from tests.centre.town import Watch, op, push, settle

SCOPE = "t:580101"


@pytest.fixture
def ledger(database: Database, watch: Watch) -> CentreLedger:
    settle(database)
    ledger = CentreLedger(database)
    push(ledger, SCOPE, op(1, id="r1", village="บ้านใต้"))
    push(ledger, SCOPE, op(2, id="r2", village="ห้วยผา"), quarantined="forbidden")
    watch.forward(minutes=1)
    push(ledger, SCOPE, op(3, id="r2", needs="ข้าวสาร"), quarantined="author")
    return ledger


def test_what_is_held_is_listed_newest_first(ledger: CentreLedger, database: Database) -> None:
    with database.read() as conn:
        assert [one.oid for one in held(conn)] == ["one-3", "one-2"]
        assert counts(conn) == {"author": 1, "forbidden": 1}
        (only,) = held(conn, reason="forbidden", scope=SCOPE, device="one")
        assert (only.kind, only.id, only.seq, only.body["set"]) == (
            "household", "r2", 2, {"village": "ห้วยผา"}
        )  # fmt: skip
        assert held(conn, before=only.received_at) == ()
        assert held(conn, scope="t:580102") == ()


def test_what_is_let_in_is_merged_in_its_authors_name(
    ledger: CentreLedger, database: Database
) -> None:
    """Mutant: a release that only takes the mark away."""
    assert release_all(database, SCOPE, ["one-3", "one-2", "none"], "staff") == {
        "one-2": 4, "one-3": 5,
    }  # fmt: skip
    rows, head, _more, _mark, _durable = ledger.pull(SCOPE, 0, 10_000)
    assert [(one.id, one.seq, one.fields) for one in rows] == [
        ("r1", 1, {"village": "บ้านใต้"}),
        ("r2", 5, {"village": "ห้วยผา", "needs": "ข้าวสาร"}),
    ]
    assert head == 5
    with database.read() as conn:
        assert (held(conn), counts(conn)) == ((), {})
        let_in = held(conn, released=True)
        assert [(one.oid, one.released, one.released_by) for one in let_in] == [
            ("one-3", 5, "staff"), ("one-2", 4, "staff"),
        ]  # fmt: skip
        assert [one.action for one in audit.entries(conn, lane="staff")] == ["release"] * 2
    assert release_all(database, SCOPE, ["one-2"], "staff") == {}
    with pytest.raises(NotHeld):
        release(database, SCOPE, 2, "staff")


def test_one_op_is_let_in_by_its_number(ledger: CentreLedger, database: Database) -> None:
    assert release(database, SCOPE, 2, "staff") == 4
    with pytest.raises(NotHeld):
        release(database, SCOPE, 1, "staff")


def test_a_stamp_from_the_future_does_not_win_for_ever_because_it_was_let_in(
    ledger: CentreLedger, database: Database
) -> None:
    """Mutant: a release believes the clock of a laptop that was set to 2261."""
    ahead = op(4, id="r3", house_no="1")
    ahead.body["hlc"] = "085a1e2de7c5-0000-00000001"
    push(ledger, SCOPE, ahead, quarantined="author")
    assert release(database, SCOPE, 4, "staff") == 5
    with ledger.transaction(SCOPE) as change:
        row = change.rows([("household", "r3")])["household", "r3"]
    now = int(database.now().timestamp() * 1000)
    assert int(row.writers["house_no"].hlc[:12], 16) <= now


def test_what_contradicts_a_fact_stays_where_it_is(
    ledger: CentreLedger, database: Database
) -> None:
    """Mutant: staff could overwrite a signed record."""
    push(ledger, SCOPE, op(4, noun="visit", id="v", visited_on="2026-11-01"))
    push(ledger, SCOPE, op(5, noun="visit", id="v", visited_on="2026-11-02"), quarantined="frozen")
    with pytest.raises(StillWrong):
        release(database, SCOPE, 5, "staff")
    with database.read() as conn:
        assert [one.oid for one in held(conn, reason="frozen")] == ["one-5"]


def test_everything_held_can_be_taken_out(ledger: CentreLedger, database: Database) -> None:
    with database.read() as conn:
        lines = [json.loads(line) for line in export(conn)]
        assert list(export(conn, device="two")) == list(export(conn, scope="t:1")) == []
    assert [line["body"]["oid"] for line in lines] == ["one-2", "one-3"]
    assert [line["quarantined"] for line in lines] == ["forbidden", "author"]
