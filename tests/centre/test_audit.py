# SPDX-License-Identifier: Apache-2.0
"""The audit log at the centre: whoever changes, drops, slips in or cuts off a row is found."""

from __future__ import annotations

import threading

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.centre.audit import Heads, Note, entries, heads, note, verify
from desktop.centre.database import Database
from tests.centre.town import Watch

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def _written(database: Database, watch: Watch) -> None:
    for turn in range(4):
        with database.write() as conn:
            notes = [
                Note("push", "scope", "t:580101", "20"), Note("pull", "scope", "t:580101", "50")
            ]  # fmt: skip
            note(conn, database, notes, by="dok", device="one")
            note(conn, database, [Note("view", "person", f"p{turn}")], by="staff")
        watch.forward(seconds=1)


def _spoil(database: Database, statement: str) -> None:
    with database.write() as conn:
        assert conn.exec_driver_sql(statement).rowcount


def test_what_was_noted_is_told(database: Database, watch: Watch) -> None:
    _written(database, watch)
    assert verify(database) == ()
    with database.read() as conn:
        newest = entries(conn, limit=3)
        assert [(one.lane, one.n) for one in newest] == [("one", 8), ("one", 7), ("staff", 4)]
        assert [one.action for one in entries(conn, lane="staff")] == ["view"] * 4
        (only,) = entries(conn, record_id="p2")
        assert (only.by, only.noun, only.n) == ("staff", "person", 3)
        assert len(entries(conn, since=only.at, before=newest[0].at)) == 3


def test_a_transaction_that_ended_badly_noted_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as conn:  # noqa: PT012
        note(conn, database, [Note("push", "scope")], by="dok")
        raise RuntimeError("the power went")
    assert heads(database).lanes == ()


@pytest.mark.parametrize(
    ("statement", "n", "why"),
    [
        ("UPDATE audit SET detail = '21' WHERE lane = 'one' AND n = 3", 3, "changed"),
        ("UPDATE audit SET \"by\" = 'mali' WHERE lane = 'one' AND n = 1", 1, "changed"),
        ("DELETE FROM audit WHERE lane = 'one' AND n = 5", 5, "missing"),
        ("DELETE FROM audit WHERE lane = 'one' AND n = 8", 9, "missing"),
        ("DELETE FROM audit WHERE lane = 'one'", 1, "missing"),
        ("DELETE FROM audit_head WHERE lane = 'one'", 9, "missing"),
        (
            'INSERT INTO audit SELECT lane, 9, at, "by", device, action, noun, record_id, '
            "detail, chain FROM audit WHERE lane = 'one' AND n = 8",
            9,
            "changed",
        ),
        ("UPDATE audit SET n = n + 100 WHERE lane = 'one' AND n = 8", 8, "missing"),
    ],
)
def test_every_change_of_the_log_is_found(
    database: Database, watch: Watch, statement: str, n: int, why: str
) -> None:
    """Mutant: a chain over fewer than all values, or rows that are not counted."""
    _written(database, watch)
    _spoil(database, statement)
    (broken,) = verify(database)
    assert (broken.lane, broken.why) == ("one", why)
    assert broken.n in (n, n - 1 if why == "missing" else n)


def test_an_end_that_was_cut_off_cleanly_is_found_by_an_earlier_signature(
    database: Database, watch: Watch
) -> None:
    """Mutant: only the chain is looked at, which a clean cut leaves whole."""
    _written(database, watch)
    signed = heads(database, KEY)
    for where in ("n > 6", "n > 0"):
        with database.write() as conn:
            conn.exec_driver_sql(f"DELETE FROM audit WHERE lane = 'one' AND {where}")
            chain = conn.exec_driver_sql(
                "SELECT chain FROM audit WHERE lane = 'one' AND n = 6"
            ).scalar()
            mark = "%s" if database.is_postgresql else "?"
            conn.exec_driver_sql(
                f"UPDATE audit_head SET n = {6 if chain else 0}, chain = {mark} "
                "WHERE lane = 'one'", (chain or b"",),
            )  # fmt: skip
        assert verify(database) == ()
        (broken,) = verify(database, [signed], KEY.public_key())
        assert (broken.lane, broken.why) == ("one", "missing")
    with database.write() as conn:
        conn.exec_driver_sql("DELETE FROM audit_head WHERE lane = 'one'")
    (broken,) = verify(database, [signed], KEY.public_key())
    assert broken.lane == "one"


def test_a_log_that_was_written_anew_is_found_by_an_earlier_signature(
    database: Database, watch: Watch
) -> None:
    """Mutant: heads compared by their number alone."""
    _written(database, watch)
    signed = heads(database, KEY)
    with database.write() as conn:
        conn.exec_driver_sql("DELETE FROM audit")
        conn.exec_driver_sql("DELETE FROM audit_head")
        for _turn in range(8):
            note(conn, database, [Note("pull", "scope")], by="dok", device="one")
            note(conn, database, [Note("view", "person")], by="staff")
    assert verify(database) == ()
    assert {one.why for one in verify(database, [signed], KEY.public_key())} == {"head"}


def test_heads_that_were_not_signed_here_are_no_heads(database: Database, watch: Watch) -> None:
    _written(database, watch)
    signed = heads(database, KEY)
    assert verify(database, [signed], KEY.public_key()) == ()
    forged = Heads(signed.at, signed.lanes[:1], signed.signature)
    with pytest.raises(ValueError, match="signed"):
        verify(database, [forged], KEY.public_key())


def test_a_lane_stays_whole_when_many_write_at_once(database: Database) -> None:
    """Mutant: the end of a lane read without a lock."""

    def write(name: int) -> None:
        for _turn in range(5):
            with database.write() as conn:
                note(conn, database, [Note("push", "scope")], by=f"b{name}", device="one")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify(database) == ()
    assert [(lane, n) for lane, n, _chain in heads(database).lanes] == [("one", 20)]
