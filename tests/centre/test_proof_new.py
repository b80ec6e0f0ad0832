# SPDX-License-Identifier: Apache-2.0
"""The list of the centre, made out of what came since the last time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event

from desktop.centre.account import invite
from desktop.centre.database import Database
from desktop.centre.ledger import CentreLedger
from desktop.centre.proof import Known, trust_list
from desktop.centre.schema import history
from desktop.model.proof_list import TrustList
from tests.centre.proof_ground import (
    EVENT,
    OFFICE,
    STANDING,
    STOLEN,
    key,
    paper,
    take_back,
    withdraw,
)
from tests.centre.town import Watch, op, push

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def told(database: Database, known: Known) -> TrustList:
    with database.read(snapshot=True) as conn:
        return known.told(conn, "centre", "ศูนย์", NOW)


def afresh(database: Database) -> TrustList:
    with database.read(snapshot=True) as conn:
        return trust_list(conn, "centre", "ศูนย์", NOW)


@contextmanager
def asked(database: Database, *words: str) -> Iterator[list[str]]:
    """The statements that read certificates or their steps, or have these words, while the block
    runs."""
    found: list[str] = []

    def hear(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if any(word in statement for word in words or ("FROM certificate", "AS paper")):
            found.append(statement)

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)


def step(n: int, record: str, what: str) -> Any:
    return op(n, noun="certificate_step", id=f"step-{n}", certificate_id=record, step=what)


def test_what_is_made_of_the_news_is_what_is_made_of_everything(
    database: Database, watch: Watch
) -> None:
    """The mutants: a void one forgotten when its scope is read again; a scope that is new left
    out; a withdrawal that is not seen; the papers of a key worked out again from later rows; the
    name of an office as it was."""
    ledger, known, draw = CentreLedger(database), Known(), random.Random(6)
    told(database, known)
    events = ("w:one", "w:two", "w:three")
    issued: list[tuple[str, str]] = []

    def another(n: int) -> None:
        where = draw.choice(events)
        push(ledger, where, paper(n, f"c{n}", number=n, by=draw.choice((STOLEN, STANDING))))
        issued.append((where, f"c{n}"))

    def void(n: int) -> None:
        where, record = draw.choice(issued)
        push(ledger, where, step(n, record, draw.choice(("void", "replaced", "handed"))))

    def replaced(n: int) -> None:
        where, record = draw.choice(issued)
        push(ledger, where, paper(n, f"c{n}", number=int(record[1:]), replaces=record))
        issued.append((where, f"c{n}"))

    def elsewhere(n: int) -> None:
        push(ledger, draw.choice((*events, "t:630101")), op(n, noun="mark"))

    push(ledger, f"o:{OFFICE}", key(1, "k1"), key(2, "k2", by=STANDING))
    for n in range(10, 14):
        another(n)
    deeds: tuple[Callable[[int], None], ...] = (another, void, replaced, elsewhere)
    for n in range(20, 60):
        watch.forward(seconds=1)
        draw.choice(deeds)(n)
        if n == 30:
            push(ledger, "o:founded", key(n + 100, "k3"))
        if n == 40:
            push(ledger, f"o:{OFFICE}", key(n + 100, "k4", "2019-03-04T01:00:00.000Z"))
        if n == 50:
            with database.write() as conn:
                invite(conn, database, "o:founded", f"o:{OFFICE}", "")
        assert told(database, known) == afresh(database)
    final = told(database, known)
    assert {bool(one.withdrawn) for one in final.keys} == {True, False}
    assert any(one.papers for one in final.keys)
    assert {one.why for one in final.revoked} == {"void", "replaced"}


def test_only_what_went_on_is_read_again(database: Database) -> None:
    """The mutants: every certificate read each time; a scope read again for whatever happens in
    it: during a check-in marks come by the hundred."""
    ledger, known = CentreLedger(database), Known()
    push(ledger, "w:one", paper(1, "a"))
    push(ledger, "w:two", paper(2, "b"))
    told(database, known)
    with asked(database) as found:
        told(database, known)
        push(ledger, "w:one", op(3, noun="mark"))
        told(database, known)
    assert found == []
    push(ledger, "w:two", step(4, "b", "void"))
    with asked(database) as found:
        now = told(database, known)
    assert len(found) == 2
    assert all("scope = " in one for one in found)
    assert [one.why for one in now.revoked] == ["void"]


def test_papers_are_worked_out_once_for_each_withdrawal(database: Database, watch: Watch) -> None:
    """The mutants: once for the key, whatever was taken back and said anew; at every list."""
    ledger, known = CentreLedger(database), Known()
    push(ledger, f"o:{OFFICE}", key(1, "k1"))
    push(ledger, EVENT, paper(1, "one"))
    withdraw(ledger, watch)
    assert len(told(database, known).keys[0].papers) == 1
    push(ledger, EVENT, paper(2, "two"))
    with asked(database, "FROM op") as found:
        assert len(told(database, known).keys[0].papers) == 1
    assert found == []
    take_back(ledger, "k2")
    withdraw(ledger, watch, 3)
    assert len(told(database, known).keys[0].papers) == 2
    assert told(database, known) == afresh(database)


def test_a_centre_that_is_back_from_a_copy_is_read_anew(database: Database) -> None:
    """The mutants: numbers compared without the history they are of; what the centre lost, and
    laptops say again under the same numbers, would never be read."""
    ledger, known = CentreLedger(database), Known()
    push(ledger, EVENT, paper(1, "a"), step(2, "a", "void"))
    assert len(told(database, known).revoked) == 1
    with database.write() as conn:
        # The copy was made before both; meanwhile something else has come.
        for table in ("rec", "op", "stream", "certificate", "scope"):
            conn.exec_driver_sql(f"DELETE FROM {table}")
        conn.execute(history.insert().values(epoch=1_800_000_000))
    push(ledger, EVENT, paper(1, "b"), op(2, noun="mark"))
    assert told(database, known) == afresh(database)
    assert told(database, known).revoked == ()


def test_numbers_that_went_back_are_read_anew_in_the_same_history(database: Database) -> None:
    """The mutant: only numbers that are higher looked at; somebody put the database of
    yesterday in place by hand."""
    ledger, known = CentreLedger(database), Known()
    push(ledger, EVENT, paper(1, "a"), step(2, "a", "void"))
    told(database, known)
    with database.write() as conn:
        for table in ("rec", "op", "stream", "certificate", "scope"):
            conn.exec_driver_sql(f"DELETE FROM {table}")
    assert told(database, known).revoked == ()
