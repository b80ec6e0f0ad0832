# SPDX-License-Identifier: Apache-2.0
"""The ledger over real databases: the port's own rules, many at once, and what follows rows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, select

from desktop.centre import schema
from desktop.centre.database import Busy, Database, open_database
from desktop.centre.ledger import CentreLedger, ScopeChange, heads
from desktop.centre.statements import statements
from desktop.sync.ports import Kept
from desktop.sync.protocol import Fork
from desktop.sync.row import Row, digest, row_hash
from tests.centre.postgresql import Server
from tests.centre.town import op, push
from tests.sync.ledger_port import SCOPE, LedgerPort


@pytest.fixture
def ledger(database: Database) -> CentreLedger:
    return CentreLedger(database)


class TestTheTables(LedgerPort):
    """Everything the port asks, on SQLite and on PostgreSQL."""


WRITERS, TURNS, ROWS = 8, 6, 5


def _everybody_writes(ledger: CentreLedger) -> tuple[set[str], set[str], list[BaseException]]:
    """Eight writers of one scope and a reader: what was written, what the reader saw."""
    wrote: set[str] = set()
    seen: set[str] = set()
    faults: list[BaseException] = []
    over = threading.Event()

    def write(name: int) -> None:
        try:
            for turn in range(TURNS):
                ops = [
                    op(turn * ROWS + n + 1, f"d{name}", id=f"{name}.{turn}.{n}", name="x")
                    for n in range(ROWS)
                ]
                push(ledger, SCOPE, *ops, device=f"d{name}")
                wrote.update(one.body["id"] for one in ops)
        except BaseException as wrong:  # noqa: BLE001 - told to the test
            faults.append(wrong)

    def read() -> None:
        since, last = 0, False
        try:
            while True:
                rows, _head, more, _mark, _durable = ledger.pull(SCOPE, since, 4000)
                seen.update(one.id for one in rows)
                since = rows[-1].seq if rows else since
                if not rows and last:
                    return
                last = over.is_set() and not more
        except BaseException as wrong:  # noqa: BLE001 - told to the test
            faults.append(wrong)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    reader = threading.Thread(target=read)
    for thread in [reader, *threads]:
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    reader.join()
    return wrote, seen, faults


def test_a_reader_misses_no_row_of_eight_writers(ledger: CentreLedger) -> None:
    """The mutant (numbers from a sequence, without the scope's lock) is the test below."""
    wrote, seen, faults = _everybody_writes(ledger)
    assert faults == []
    assert len(wrote) == WRITERS * TURNS * ROWS
    assert wrote - seen == set()
    rows = list(ledger.whole(SCOPE))
    assert [one.seq for one in rows] == list(range(1, len(wrote) + 1))
    _rows, head, _more, mark, _durable = ledger.pull(SCOPE, len(wrote), 1)
    assert (head, mark) == (len(wrote), digest(row_hash(one) for one in rows))


class _Sequence(ScopeChange):
    """The mutant: numbers from a sequence of the database, as a column of its own would."""

    def take(self, count: int) -> int:
        self._ask()
        for _one in range(count):
            self._head = self.conn.exec_driver_sql("SELECT nextval('mutant')").scalar_one()
        self._drawn = True
        return self._head - count + 1


def test_with_numbers_from_a_sequence_a_reader_misses_a_row(postgresql: Server) -> None:
    """The teeth of the test above, step by step: the later number is visible first."""
    database = open_database(postgresql.new())
    real = CentreLedger(database)
    with database.write() as conn:
        conn.exec_driver_sql("CREATE SEQUENCE mutant")
        conn.exec_driver_sql("INSERT INTO scope (scope) VALUES ('t:580101')")
    said = statements(postgresql=True)
    said = replace(said, lock_scope=said.lock_scope.replace("FOR UPDATE", ""))

    @contextmanager
    def mutant() -> Iterator[_Sequence]:
        with database.write() as conn:
            yield _Sequence(conn, said, SCOPE, "")

    def keep(change: _Sequence, seq: int, device: str) -> None:
        one = op(seq, device, name="x")
        row = Row("household", one.body["id"], seq, fields={"name": "x"})
        change.keep(device, 1, b"", [Kept(seq, device, 1, one)], [row], {})

    with mutant() as slow:
        first = slow.take(1)
        with mutant() as quick:
            keep(quick, quick.take(1), "two")
        seen = [one.seq for one in real.pull(SCOPE, 0, 1000)[0]]
        keep(slow, first, "one")
    seen += [one.seq for one in real.pull(SCOPE, seen[-1], 1000)[0]]
    assert seen == [2]
    assert [one.seq for one in real.whole(SCOPE)] == [1, 2]
    database.close()


def test_a_later_number_waits_for_the_earlier_one(ledger: CentreLedger) -> None:
    """Mutant: ``take`` that commits its number apart from the rows."""
    order = []
    began = threading.Event()

    def second() -> None:
        began.set()
        push(ledger, SCOPE, op(1, "two", name="x"), device="two")
        order.append("second")

    with ledger.transaction(SCOPE) as change:
        assert change.take(1) == 1
        thread = threading.Thread(target=second)
        thread.start()
        began.wait(5)
        time.sleep(0.05)
        assert ledger.pull(SCOPE, 0, 1000)[1] == 0
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert ledger.pull(SCOPE, 0, 1000)[1] == 2


def test_one_device_that_sends_twice_at_once_is_kept_once(ledger: CentreLedger) -> None:
    """Mutant: a stream that is read before anything is locked."""
    found: list[int] = []

    def send() -> None:
        with ledger.transaction(SCOPE) as change:
            last, _chain = change.stream("one")
            found.append(last)
            if last == 0:
                time.sleep(0.02)
                change.take(1)
                change.keep("one", 1, b"c", [], [], {})

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 1, 1, 1]


def test_a_pull_is_one_statement(
    ledger: CentreLedger, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: head and digest read after the rows, when more have come."""
    push(ledger, SCOPE, op(1, name="x"))
    said: list[str] = []

    def listen(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    def execute(raw: Any, statement: str, *values: Any) -> Any:
        said.append(statement)
        return executed(raw, statement, *values)

    executed = psycopg.Connection.execute
    monkeypatch.setattr(psycopg.Connection, "execute", execute)
    event.listen(database.engine, "before_cursor_execute", listen)
    ledger.pull(SCOPE, 0, 1000)
    event.remove(database.engine, "before_cursor_execute", listen)
    assert len([one for one in said if not one.startswith("BEGIN")]) == 1


def test_a_scope_that_a_history_did_not_have_began_at_nothing(
    ledger: CentreLedger, database: Database
) -> None:
    """Mutant: forks of only those histories that knew the scope: a base of a lost history
    would be taken for seen."""
    push(ledger, SCOPE, op(1, name="x"))
    with database.write() as conn:
        conn.execute(schema.history.insert(), [{"epoch": 100}, {"epoch": 200}])
        conn.execute(schema.fork.insert(), [{"scope": SCOPE, "epoch": 200, "head": 1}])
    assert ledger.epoch() == 200
    assert ledger.forks(SCOPE) == (Fork(100, 0), Fork(200, 1))
    assert ledger.forks("w:new") == (Fork(100, 0), Fork(200, 0))


def test_heads_of_many_scopes_are_asked_at_once(ledger: CentreLedger, database: Database) -> None:
    push(ledger, SCOPE, op(1, name="x"), op(2, name="y"))
    push(ledger, "w:e", op(1, name="x"))
    with database.read() as conn:
        assert heads(conn, [SCOPE, "w:e", "t:none"]) == {SCOPE: 2, "w:e": 1}


def test_what_follows_rows_follows_them(ledger: CentreLedger, database: Database) -> None:
    """Numbers of certificates, readers of a case, scopes of a file. Mutant: no ``follow``."""
    number = {"office_id": "mhs", "kind": "training", "year": 2569, "number": 12}
    push(ledger, "w:e", op(1, noun="certificate", id="k1", status="issued", **number))
    push(ledger, "w:e", op(2, noun="certificate", id="k1", status="void"))
    push(ledger, "w:e", op(3, noun="certificate", id="k2", office_id="mhs", year="๒๕๖๙"))
    push(ledger, "w:e", op(4, noun="attachment", id="f1", sha256="AB" * 32))
    owner = {"owner_id": "dok", "opened_by": "champa"}
    push(ledger, "c:x", op(1, noun="case_file", id="x", readers=["mali"], **owner))
    push(ledger, "c:x", op(2, noun="case_file", id="other", owner_id="stranger"))
    push(ledger, "c:x", op(3, noun="case_file", id="x", readers=[], owner_id="champa"))
    with database.read() as conn:
        kept = conn.execute(select(schema.certificate)).all()
        assert [(one.id, one.number, one.status) for one in kept] == [("k1", 12, "void")]
        assert conn.execute(select(schema.case_reader.c.account)).scalars().all() == ["champa"]
        assert conn.execute(select(schema.attachment.c.sha256)).scalars().all() == ["ab" * 32]


def test_a_lock_that_does_not_come_is_busy(
    ledger: CentreLedger, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    """Mutant: the driver's own error, whose text may hold values."""
    from desktop.centre import database as module

    monkeypatch.setattr(module, "LOCK_MILLISECONDS", 50)
    impatient = module.open_database(url)
    other = CentreLedger(impatient)
    with ledger.transaction(SCOPE) as change:
        change.take(1)
        with pytest.raises(Busy), other.transaction(SCOPE) as late:
            late.take(1)
    impatient.close()


def test_a_server_that_was_restarted_is_busy_once(
    postgresql: Server, expect_warning: Callable[[str], None]
) -> None:
    """Mutant: connections that lay in the pool fail one after the other, or for ever."""
    expect_warning("error ignored terminating")
    database = open_database(postgresql.new())
    ledger = CentreLedger(database)
    with database.read(), database.read():
        pass  # two connections in the pool
    push(ledger, SCOPE, op(1, name="x"))
    postgresql.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'samut' AND pid <> pg_backend_pid()"
    )
    with pytest.raises(Busy):
        push(ledger, SCOPE, op(2, name="y"))
    push(ledger, SCOPE, op(2, name="y"))
    assert ledger.pull(SCOPE, 0, 1000)[1] == 2
    database.close()


@pytest.fixture(autouse=True)
def _no_connection_left_out(database: Database) -> Iterator[None]:
    yield
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
