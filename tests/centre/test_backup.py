# SPDX-License-Identifier: Apache-2.0
"""A copy is sealed, read back and only then believed; a restore is a new history."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import select, update

from desktop.centre import audit, schema
from desktop.centre.account import accounts
from desktop.centre.attachment import Attachments, Progress, place
from desktop.centre.backup import MARKS, NotTheSame, backups, make_backup, read_marks, sealed_name
from desktop.centre.database import Database, open_database
from desktop.centre.dump import dumped_tables
from desktop.centre.lease import give_lease
from desktop.centre.ledger import CentreLedger
from desktop.centre.restore import NoSuchBackup, NotEmpty, Restored, restore_backup
from desktop.centre.sealing import NotAKey, Unopened
from desktop.centre.shelf import FolderShelf, ShelfAway
from desktop.sync.lease import SKIP
from desktop.sync.protocol import Fork, LeaseWanted
from tests.centre.postgresql import Server
from tests.centre.town import Watch, op, push, settle

IDENTITY = pyrage.x25519.Identity.generate()
RECIPIENT = str(IDENTITY.to_public())
PHOTO = "ภาพบ้าน".encode() * 5000
NAME = hashlib.sha256(PHOTO).hexdigest()
WANTED = LeaseWanted("mhs", "training", 2569, 0, 10)


class Centre:
    """A centre with everything in it, a place for its copies, and what one does with them."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.ledger = CentreLedger(database)
        self.shelf = FolderShelf(folder / "attachments")
        self.away = FolderShelf(folder / "away")
        self.files = Attachments(database, self.shelf, folder / "spool")
        self.folder = folder
        settle(database)
        push(self.ledger, "t:580101", op(1, village="บ้านใต้", size=1.0), op(2, village="ห้วยผา"))
        push(self.ledger, "t:580101", op(3, village="?"), quarantined="forbidden")
        push(self.ledger, "w:e", op(1, noun="event", name="อบรม"))
        with self.ledger.transaction("t:580101") as change:
            change.keep("one again", 2, b"c", [], [], {1: 1})
        with database.write() as conn:
            audit.note(conn, database, [audit.Note("push", "scope", "w:e", "1")], by="dok")
        assert give_lease(database, "one", WANTED) is not None
        with self.files.part(NAME, "one", 0, len(PHOTO)) as part:
            part.write(PHOTO)
            assert part.finish().whole

    def back_up(self, name: str = "") -> str:
        made = make_backup(
            self.database, self.shelf, self.away, RECIPIENT, work=self.folder, name=name
        )
        return made.name

    def durable(self) -> list[int]:
        return [self.ledger.pull(scope, 0, 1)[4] for scope in ("t:580101", "w:e")]


@pytest.fixture
def centre(database: Database, tmp_path: Path) -> Centre:
    return Centre(database, tmp_path)


Restore = Callable[[str], tuple[Restored, Database]]


@pytest.fixture
def restore(
    centre: Centre, another_url: Callable[[], str], watch: Watch, request: pytest.FixtureRequest
) -> Restore:
    def made(name: str) -> tuple[Restored, Database]:
        url = another_url()
        told = restore_backup(
            url, centre.away, name, str(IDENTITY), centre.shelf, clock=watch, work=centre.folder
        )
        database = open_database(url, clock=watch)
        request.addfinalizer(database.close)
        return told, database

    return made


def test_nothing_is_durable_before_a_copy_and_everything_after(centre: Centre) -> None:
    assert centre.durable() == [0, 0]
    centre.back_up("a.age")
    assert centre.durable() == [3, 1]
    push(centre.ledger, "w:e", op(2, name="y"))
    assert centre.durable() == [3, 1]
    with centre.database.read() as conn:
        (made,) = backups(conn)
        assert (made.name, made.epoch, made.ops, made.missing) == ("a.age", 1, 4, 0)
        assert audit.entries(conn, lane=audit.CENTRE)[0].action == "backup"
    assert made.size == centre.away.size("a.age")


def test_a_copy_that_was_spoiled_on_its_way_moves_nothing(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: ``durable`` moves when the file was written. Cut, one bit, and a file of before."""
    centre.back_up("before.age")
    push(centre.ledger, "w:e", op(2, name="y"))
    put = FolderShelf.put

    def cut(shelf: FolderShelf, name: str, source: Path) -> None:
        source.write_bytes(source.read_bytes()[:-1])
        put(shelf, name, source)

    def flip(shelf: FolderShelf, name: str, source: Path) -> None:
        data = bytearray(source.read_bytes())
        data[len(data) // 2] ^= 1
        source.write_bytes(data)
        put(shelf, name, source)

    def stale(shelf: FolderShelf, name: str, source: Path) -> None:
        source.write_bytes((shelf.folder / "before.age").read_bytes())
        put(shelf, name, source)

    def full(_shelf: FolderShelf, _name: str, _source: Path) -> None:
        raise ShelfAway("full")

    for fault in (cut, flip, stale, full):
        monkeypatch.setattr(FolderShelf, "put", fault)
        with pytest.raises((Unopened, NotTheSame, ShelfAway)):
            centre.back_up("after.age")
        monkeypatch.undo()
        assert centre.durable() == [3, 1]
        with centre.database.read() as conn:
            assert [one.name for one in backups(conn)] == ["before.age"]
    centre.back_up("again.age")
    assert centre.durable() == [3, 2]


def test_nobody_reads_a_copy_without_the_recovery_key(
    centre: Centre, another_url: Callable[[], str], tmp_path: Path
) -> None:
    """Mutants: a plain copy on the way; the witness's key kept."""
    centre.back_up("a.age")
    needles = ("บ้านใต้".encode(), "ภาพบ้าน".encode(), b"580101", b"village", b"AGE-SECRET")
    for path in (tmp_path / "away").rglob("*"):
        if path.is_file() and path.name != MARKS:
            held = path.read_bytes()
            assert not [needle for needle in needles if needle in held]
    assert b"\\u" not in (tmp_path / "away" / MARKS).read_bytes()
    stranger = str(pyrage.x25519.Identity.generate())
    url = another_url()
    with pytest.raises(Unopened):
        restore_backup(url, centre.away, "a.age", stranger, centre.shelf, work=tmp_path)
    for wrong in ("", "age1xyz", RECIPIENT):
        with pytest.raises(NotAKey):
            restore_backup(url, centre.away, "a.age", wrong, centre.shelf)
    with pytest.raises(NotAKey):
        make_backup(centre.database, centre.shelf, centre.away, str(IDENTITY))


def test_everything_comes_back_as_it_was(centre: Centre, restore: Restore) -> None:
    """Mutant: a table or a column that is left out."""
    name = centre.back_up()
    before = _tables(centre.database)
    told, database = restore(name)
    after = _tables(database)
    changed = {
        "blob",
        "history",
        "fork",
        "scope",
        "setting",
        "audit",
        "audit_head",
        "backup",
        "register",
    }
    assert {table for table in before if before[table] != after[table]} <= changed
    assert told.scopes == 2
    assert told.rows["op"] == 4
    ledger = CentreLedger(database)
    for scope in ("t:580101", "w:e"):
        assert ledger.pull(scope, 0, 10_000)[:4] == centre.ledger.pull(scope, 0, 10_000)[:4]
        assert list(ledger.whole(scope)) == list(centre.ledger.whole(scope))
    assert audit.verify(database, [audit.heads(centre.database)]) != ()
    assert audit.verify(database) == ()
    with database.read() as conn:
        assert len(accounts(conn)) == 3


def _tables(database: Database) -> dict[str, list[str]]:
    with database.read() as conn:
        return {
            table.name: sorted(str(tuple(row)) for row in conn.execute(select(table)))
            for table in dumped_tables()
        }


def test_a_restored_centre_is_a_new_history(
    centre: Centre, restore: Restore, watch: Watch
) -> None:
    """Mutants: the old epoch, fork heads of now, a scope that was not in the copy."""
    name = centre.back_up()
    push(centre.ledger, "t:580101", op(4, village="x"))
    push(centre.ledger, "w:late", op(1, name="x"))
    told, database = restore(name)
    ledger = CentreLedger(database)
    assert told.epoch == ledger.epoch() == int(watch.now.timestamp())
    assert ledger.forks("t:580101") == (Fork(told.epoch, 3),)
    assert ledger.forks("w:late") == (Fork(told.epoch, 0),)
    assert [ledger.pull(scope, 0, 1)[4] for scope in ("t:580101", "w:e")] == [3, 1]
    with ledger.transaction("t:580101") as change:
        assert change.stream("one")[0] == 3
        assert change.take(1) == 4


def test_each_restore_is_a_history_of_its_own(centre: Centre, restore: Restore) -> None:
    """Mutant: an epoch that depends on the clock alone, which may stand or go back."""
    name = centre.back_up()
    first, database = restore(name)
    push(CentreLedger(database), "w:e", op(2, name="y"))
    second = make_backup(database, centre.shelf, centre.away, RECIPIENT, name="second.age")
    told, again = restore(second.name)
    assert told.epoch == first.epoch + 1
    assert CentreLedger(again).forks("w:e") == (Fork(first.epoch, 1), Fork(told.epoch, 2))


def test_no_certificate_number_is_given_twice_after_a_restore(
    centre: Centre, restore: Restore
) -> None:
    """Mutants: leases that the copy does not know; the same copy restored twice; an older copy
    restored after a newer one; numbers before the next copy."""
    old = centre.back_up("old.age")
    assert give_lease(centre.database, "one", WANTED) is not None
    new = centre.back_up("new.age")
    assert read_marks(centre.away)["marks"] == [["mhs", "training", 2569, 20]]
    given = {20}
    for name in (new, old, old):
        _told, database = restore(name)
        assert give_lease(database, "one", WANTED) is None
        kind = LeaseWanted("mhs", "thanks", 2569, 0, 10)
        assert give_lease(database, "one", kind) is None
        make_backup(database, centre.shelf, centre.away, RECIPIENT, name=f"x{len(given)}.age")
        lease = give_lease(database, "one", WANTED)
        assert lease is not None
        assert lease.first > max(given) + SKIP - 500
        given.add(lease.last)
        other = give_lease(database, "one", kind)
        assert other is not None
        assert other.first > SKIP


def test_attachments_come_back_and_lost_ones_are_asked_for_again(
    centre: Centre, restore: Restore, tmp_path: Path
) -> None:
    name = centre.back_up()
    told, _database = restore(name)
    assert (told.attachments, told.missing) == (0, ())
    shelved = tmp_path / "attachments" / place(NAME)
    shelved.unlink()
    told, database = restore(name)
    assert (told.attachments, told.missing) == (1, ())
    assert shelved.read_bytes() == PHOTO
    shelved.unlink()
    (tmp_path / "away" / sealed_name(NAME)).unlink()
    told, database = restore(name)
    assert (told.attachments, told.missing) == (0, (NAME,))
    files = Attachments(database, centre.shelf, tmp_path / "spool")
    assert files.progress(NAME, "one") == Progress(0, whole=False)


def test_an_attachment_is_copied_once_to_each_place(centre: Centre, tmp_path: Path) -> None:
    """Mutant: all of them every night; none of them to a new place."""
    centre.back_up("a.age")
    copy = tmp_path / "away" / sealed_name(NAME)
    first = copy.read_bytes()
    centre.back_up("b.age")
    assert copy.read_bytes() == first
    centre.away = FolderShelf(tmp_path / "elsewhere")
    centre.back_up("c.age")
    assert (tmp_path / "elsewhere" / sealed_name(NAME)).exists()


def test_a_damaged_attachment_does_not_stop_the_copy(centre: Centre, tmp_path: Path) -> None:
    """Mutant: one bad photo and there are no backups any more; or it counts as copied."""
    (tmp_path / "attachments" / place(NAME)).write_bytes(PHOTO[:-1] + b"?")
    centre.back_up("a.age")
    assert centre.durable() == [3, 1]
    with centre.database.read() as conn:
        (made,) = backups(conn)
        assert made.missing == 1
        assert conn.execute(select(schema.blob.c.durable_at)).scalars().all() == [""]
        assert NAME in [one.record_id for one in audit.entries(conn, lane=audit.CENTRE)]


def test_a_database_in_use_is_never_restored_over(
    centre: Centre, url: str, another_url: Callable[[], str]
) -> None:
    """Mutant: restore empties what it finds."""
    name = centre.back_up()
    with pytest.raises(NotEmpty):
        restore_backup(url, centre.away, name, str(IDENTITY), centre.shelf)
    with pytest.raises(NoSuchBackup):
        restore_backup(another_url(), centre.away, "none.age", str(IDENTITY), centre.shelf)


def test_a_restore_that_breaks_off_leaves_an_empty_database(
    centre: Centre, another_url: Callable[[], str], tmp_path: Path
) -> None:
    """Mutant: rows are kept as they come."""
    name = centre.back_up()
    path = tmp_path / "away" / name
    path.write_bytes(path.read_bytes()[:-30])
    url = another_url()
    with pytest.raises(Unopened):
        restore_backup(url, centre.away, name, str(IDENTITY), centre.shelf)
    centre.back_up("whole.age")
    restore_backup(url, centre.away, "whole.age", str(IDENTITY), centre.shelf)


def test_a_copy_from_one_engine_is_restored_on_the_other(
    centre: Centre, postgresql: Server, tmp_path: Path
) -> None:
    """What begins on SQLite can grow onto PostgreSQL, and a hub can hold a copy of a centre."""
    name = centre.back_up()
    other = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    if not centre.database.is_postgresql:
        other = postgresql.new()
    restore_backup(other, centre.away, name, str(IDENTITY), centre.shelf)
    database = open_database(other)
    for scope in ("t:580101", "w:e"):
        theirs = CentreLedger(database).pull(scope, 0, 10_000)[:4]
        assert theirs == centre.ledger.pull(scope, 0, 10_000)[:4]
    with database.write() as conn:
        conn.execute(update(schema.setting).values(value="x"))
    database.close()
