# SPDX-License-Identifier: Apache-2.0
"""Copies of the store, and going back to one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop.store.backup import KEPT, backups, restore
from desktop.store.backup import copy as copy_store
from desktop.store.engine import connect
from desktop.store.errors import AlreadyOpen, Damaged
from desktop.store.store import FILE, Store
from tests.store.ground import BY, KEY, SCOPE, SetClock


def put(store: Store, record: str) -> None:
    """Save one person."""
    with store.write(BY) as write:
        write.put("person", record, SCOPE, first="สมหญิง")


def names(store: Store) -> list[str]:
    """The ids of the people there are."""
    with store.read() as conn:
        return [row[0] for row in conn.exec_driver_sql("SELECT id FROM person ORDER BY id")]


def test_one_copy_a_day_is_kept_and_the_oldest_go(store: Store, clock: SetClock) -> None:
    """Mutant: remove old copies before the new one is whole."""
    for day in range(KEPT + 3):
        put(store, f"p{day}")
        assert store.backup_of_the_day() == store.backup_of_the_day()
        clock.forward(days=1)
    kept = backups(store.folder)
    assert len(kept) == KEPT
    assert kept[0].name == "2026-11-29.db"
    with closing(connect(kept[0], KEY, write=True)) as raw:
        assert raw.execute("SELECT count(*) FROM person").fetchone()[0] == KEPT + 3


def test_going_back_keeps_the_damaged_file_and_goes_on_as_a_new_device(
    store: Store, folder: Path, clock: SetClock
) -> None:
    """Mutants: leave the old WAL beside the restored file; keep the device."""
    put(store, "p1")
    backup = store.backup_of_the_day()
    put(store, "p2")
    device = store.device
    with pytest.raises(AlreadyOpen):
        restore(folder, KEY, backup)
    wal = (folder / f"{FILE}-wal").read_bytes()
    store.close()
    (folder / FILE).write_bytes(bytes(4096) + (folder / FILE).read_bytes()[4096:])
    (folder / f"{FILE}-wal").write_bytes(wal)

    aside = restore(folder, KEY, backup, clock)

    assert sorted(path.name for path in aside.iterdir()) == [FILE, f"{FILE}-wal"]
    with closing(Store.open(folder, KEY)) as again:
        assert names(again) == ["p1"]
        assert again.device != device
        put(again, "p3")
        assert again.check().sound
        with again.read() as conn:
            last = conn.exec_driver_sql("SELECT device, n FROM op ORDER BY seq DESC").first()
        assert last is not None
        assert tuple(last) == (again.device, 1)


def test_a_damaged_backup_is_refused_and_nothing_changes(store: Store, folder: Path) -> None:
    """Mutant: look at the backup after it was put in place."""
    put(store, "p1")
    backup = store.backup_of_the_day()
    store.close()
    before = (folder / FILE).read_bytes()
    content = backup.read_bytes()
    for place in (10, len(content) // 2 + 100):
        backup.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(Damaged):
            restore(folder, KEY, backup)
    assert (folder / FILE).read_bytes() == before
    assert not list(folder.glob("damaged-*"))
    assert not list(folder.glob("*.part*"))


@pytest.mark.parametrize("page", [3, 11, 40, -2])
def test_a_damaged_store_is_not_copied_over_a_good_copy(tmp_path: Path, page: int) -> None:
    """Mutant: look at the seals of the copy alone. SQLCipher gives zeros for a damaged page, and
    the copy of those has seals that hold; after seven days no good copy was left."""
    folder, copy = tmp_path / "profile", tmp_path / "copy.db"
    with closing(Store.create(folder, KEY)) as store:
        store.backup(copy)
    good, file = copy.read_bytes(), folder / FILE
    held = bytearray(file.read_bytes())
    place = (page % (len(held) // 4096)) * 4096 + 200
    held[place : place + 8] = bytes(byte ^ 0xFF for byte in held[place : place + 8])
    file.write_bytes(held)
    with pytest.raises(Damaged):
        copy_store(file, KEY, copy)
    assert copy.read_bytes() == good
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "profile"]
