# SPDX-License-Identifier: Apache-2.0
"""Certificate numbers: no number is given twice, whoever asks at once."""

from __future__ import annotations

import threading

import pytest

from desktop.centre import setting
from desktop.centre.account import invite
from desktop.centre.database import Database
from desktop.centre.device import keep_incarnation, revoke
from desktop.centre.lease import UNKNOWN_FROM, UNKNOWN_YEAR, give_lease, leases, marks
from desktop.centre.ledger import CentreLedger
from desktop.centre.schema import backup, register
from desktop.sync.lease import SKIP
from desktop.sync.protocol import Lease, LeaseWanted
from tests.centre.town import op, push, settle


@pytest.fixture(autouse=True)
def _town(database: Database) -> None:
    settle(database)


def _wanted(count: int = 10, above: int = 0, year: int = 2569, office: str = "mhs") -> LeaseWanted:
    return LeaseWanted(office, "training", year, above, count)


def _span(database: Database, wanted: LeaseWanted, device: str = "one") -> tuple[int, int] | None:
    found = give_lease(database, device, wanted)
    return (found.first, found.last) if found else None


def test_blocks_follow_each_other(database: Database) -> None:
    assert _span(database, _wanted()) == (1, 10)
    assert _span(database, _wanted(5)) == (11, 15)
    assert _span(database, _wanted(year=2568)) == (1, 10)
    assert _span(database, _wanted(office="lpg"), "two") == (1, 10)
    with database.read() as conn:
        assert leases(conn, device="one") == (
            Lease("mhs", "training", 2568, 1, 10),
            Lease("mhs", "training", 2569, 1, 10),
            Lease("mhs", "training", 2569, 11, 15),
        )
        assert ["mhs", "training", 2569, 15] in marks(conn)


def test_a_block_begins_above_everything_known(database: Database) -> None:
    """Mutants: only leases are looked at; what the asker knows is not."""
    fields = {"office_id": "mhs", "kind": "training", "year": 2569, "status": "issued"}
    push(CentreLedger(database), "w:e", op(1, noun="certificate", id="k", number=120, **fields))
    assert _span(database, _wanted()) == (121, 130)
    assert _span(database, _wanted(above=200)) == (201, 210)
    assert _span(database, _wanted(above=50)) == (211, 220)


def test_no_number_is_given_twice_to_many_at_once(database: Database) -> None:
    """Mutant: the register read without a lock."""
    got: list[range] = []

    def ask(device: str) -> None:
        for _turn in range(4):
            found = give_lease(database, device, _wanted(7))
            assert found is not None
            got.append(range(found.first, found.last + 1))

    with database.write() as conn:
        for n in range(6):
            keep_incarnation(conn, database, f"life {n}", "one")
    threads = [threading.Thread(target=ask, args=(f"life {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [number for block in got for number in block]
    assert len(numbers) == 6 * 4 * 7
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_another_offices_register_is_not_given_from(database: Database) -> None:
    """Mutant: the office that is asked for is believed. One that was opened may be."""
    assert _span(database, _wanted(office="lpg")) is None
    with database.write() as conn:
        invite(conn, database, "o:before", "o:mhs", "centre")
    assert _span(database, _wanted(office="before")) == (1, 10)
    assert _span(database, _wanted(), "stranger") is None
    with database.write() as conn:
        revoke(conn, database, "one")
    assert _span(database, _wanted()) is None


def test_numbers_that_cannot_be_are_not_believed(database: Database) -> None:
    for wanted in (
        _wanted(0), _wanted(above=10**9), _wanted(year=2026), _wanted(year=2571), _wanted(year=0)
    ):  # fmt: skip
        assert _span(database, wanted) is None
    fields = {"office_id": "mhs", "kind": "training", "year": 2569, "status": "issued"}
    push(CentreLedger(database), "w:e", op(1, noun="certificate", id="k", number=10**12, **fields))
    assert _span(database, _wanted()) == (1, 10)


def test_no_more_is_given_than_a_backup_can_forget(database: Database) -> None:
    """Mutant: no end, so that a restored backup would give numbers twice."""
    assert _span(database, _wanted(above=3 * SKIP)) == (3 * SKIP + 1, 3 * SKIP + 10)
    with database.write() as conn:
        conn.execute(backup.insert().values(name="b", epoch=1, verified_at="2026"))
        conn.execute(register.update().values(safe=3 * SKIP))
    assert _span(database, _wanted(above=4 * SKIP - 5)) is None
    assert _span(database, _wanted(above=4 * SKIP - 10)) is not None


def test_a_restored_centre_leaves_out_what_it_may_have_given(database: Database) -> None:
    """Mutant: a register that a restored centre does not know begins at 1 again."""
    with database.write() as conn:
        setting.put(conn, UNKNOWN_FROM, str(SKIP))
        setting.put(conn, UNKNOWN_YEAR, "2569")
    assert _span(database, _wanted()) == (SKIP + 1, SKIP + 10)
    assert _span(database, _wanted(year=2570)) == (1, 10)
