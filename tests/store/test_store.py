# SPDX-License-Identifier: Apache-2.0
"""Opening, closing, sharing, copying; and what bad luck gets."""

from __future__ import annotations

import os
import shutil
import threading
import time
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from desktop.i18n import use_language
from desktop.store import check, ids, keys, migrations, setting
from desktop.store.disk import LOCK_FILE
from desktop.store.engine import connect
from desktop.store.errors import (
    AlreadyOpen,
    Damaged,
    DiskFull,
    NewerFile,
    NoStore,
    ReadOnlyStore,
    StoreProblem,
    WrongKey,
)
from desktop.store.store import FILE, Store
from desktop.store.write import Write
from tests.store.ground import BY, KEY, SCOPE, SetClock


def put(store: Store, record: str) -> None:
    """Save one person."""
    with store.write(BY) as write:
        write.put("person", record, SCOPE, first="สมหญิง")


def people(store: Store) -> int:
    """How many people there are."""
    with store.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM person").scalar_one())


def test_what_was_saved_is_there_after_opening_again(store: Store, folder: Path) -> None:
    put(store, "p1")
    device = store.device
    store.close()
    with closing(Store.open(folder, KEY)) as again:
        assert people(again) == 1
        assert again.device == device


def test_a_store_opened_under_an_earlier_clock_gives_later_ids(
    store: Store, folder: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when ids begin anew at every start: marks noted later would stand before earlier."""
    monkeypatch.setattr(ids._Last, "value", 0)
    monkeypatch.setattr(time, "time_ns", lambda: int(clock.moment.timestamp()) * 1_000_000_000)
    put(store, last := ids.new_id())
    store.close()
    monkeypatch.setattr(ids._Last, "value", 0)
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000_000_000_000)
    with closing(Store.open(folder, KEY)):
        assert ids.new_id() > last


def test_a_second_running_copy_gets_a_sentence(store: Store, folder: Path) -> None:
    """Mutant: no lock; two programs then number the same op stream."""
    with pytest.raises(AlreadyOpen):
        Store.open(folder, KEY)
    store.close()
    Store.open(folder, KEY).close()


def test_another_key_a_missing_and_an_existing_store_get_sentences(
    store: Store, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store.close()
    with pytest.raises(WrongKey):
        Store.open(folder, keys.DataKey(bytes(32)))
    with pytest.raises(NoStore):
        Store.open(tmp_path / "nowhere", KEY)
    with pytest.raises(StoreProblem):
        Store.create(folder, KEY)
    Store.open(folder, KEY).close()  # no refusal left the lock behind
    assert capfd.readouterr().err == ""  # the cipher library stays quiet


def test_a_newer_file_is_refused_and_left_as_it_was(store: Store, folder: Path) -> None:
    """Mutant: compare with != before refusing; the newer file is then "migrated"."""
    store.close()
    raw = connect(folder / FILE, KEY, write=True)
    raw.execute(f"PRAGMA user_version = {migrations.newest() + 1}")
    raw.close()
    before = (folder / FILE).read_bytes()
    with pytest.raises(NewerFile):
        Store.open(folder, KEY)
    assert (folder / FILE).read_bytes() == before
    assert not (folder / "backups").exists()


def test_a_damaged_page_is_reported_and_reading_it_gets_a_sentence(
    store: Store, folder: Path
) -> None:
    for number in range(50):
        put(store, f"p{number}")
    with store.read() as conn:
        root = conn.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'person'")
        page = root.scalar_one()
    store.close()
    content = bytearray((folder / FILE).read_bytes())
    content[(page - 1) * 4096 + 1000] ^= 1
    (folder / FILE).write_bytes(content)
    with closing(Store.open(folder, KEY)) as again:
        report = again.check()
        assert any(f"page {page}" in line for line in report.pages)
        with pytest.raises(Damaged), again.read() as conn:
            conn.exec_driver_sql("SELECT max(first) FROM person").scalar_one()


def test_a_damaged_first_page_is_not_taken_for_an_empty_store(store: Store, folder: Path) -> None:
    store.close()
    content = bytearray((folder / FILE).read_bytes())
    content[0] ^= 1
    (folder / FILE).write_bytes(content)
    with pytest.raises(WrongKey):
        Store.open(folder, KEY)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_folder_that_cannot_be_written_gets_a_sentence(store: Store, folder: Path) -> None:
    store.close()
    child = os.fork()
    if child == 0:  # root may write anywhere, so somebody else tries
        verdict = 1
        try:
            if os.geteuid() == 0:
                shutil.chown(folder, 65534, 65534)
                for path in folder.iterdir():
                    shutil.chown(path, 65534, 65534)
                for parent in [folder, *folder.parents]:
                    parent.chmod(parent.stat().st_mode | 0o555)
                os.setuid(65534)
            folder.chmod(0o500)
            for path in folder.iterdir():
                path.chmod(0o400)
            Store.open(folder, KEY)
        except ReadOnlyStore:
            verdict = 0
        finally:
            os._exit(verdict)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    folder.chmod(0o700)


def test_readers_cannot_write_and_see_one_moment(store: Store) -> None:
    """Mutant: no query_only; a bulk write could then go past the op log."""
    put(store, "p1")
    with store.read() as conn:
        count = conn.exec_driver_sql("SELECT count(*) FROM person")
        assert count.scalar_one() == 1
        put(store, "p2")
        assert conn.exec_driver_sql("SELECT count(*) FROM person").scalar_one() == 1
    with store.read() as conn, pytest.raises(DBAPIError, match="readonly"):
        conn.exec_driver_sql("UPDATE person SET first = ''")
    assert people(store) == 2


def test_several_threads_write_one_after_the_other(store: Store) -> None:
    """Mutant: no lock around the writer."""

    def work(name: int) -> None:
        for number in range(20):
            put(store, f"p{name}-{number}")

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert people(store) == 80
    assert store.check().sound


def test_a_write_inside_a_write_is_a_bug_and_not_a_deadlock(store: Store) -> None:
    with store.write(BY), pytest.raises(RuntimeError), store.write(BY):
        pass


def test_a_page_that_a_cut_checkpoint_tore_is_mended_and_not_reported(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    """Mutant: read the seals without settling the WAL first."""
    put(store, "p1")
    with store.read() as conn:
        root = conn.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'person'")
        place = (root.scalar_one() - 1) * 4096
    found = tmp_path / "found"
    shutil.copytree(folder, found)
    content = bytearray((found / FILE).read_bytes())
    content[place : place + 512] = bytes(512)
    (found / FILE).write_bytes(content)
    assert check.check(found / FILE, KEY, nullcontext()).sound
    with closing(Store.open(found, KEY)) as again:
        assert people(again) == 1


def test_a_check_while_others_write_raises_no_false_alarm(store: Store) -> None:
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            put(store, f"p{number}")

    thread = threading.Thread(target=work)
    thread.start()
    try:
        reports = [store.check() for _turn in range(15)]
    finally:
        stop.set()
        thread.join()
    assert all(report.sound for report in reports)


def test_a_backup_opens_with_the_same_passphrase_and_holds_the_same(
    tmp_path: Path,
) -> None:
    folder, elsewhere = tmp_path / "here", tmp_path / "there"
    key, code = keys.create_keyring(folder, "f1", "หน่อย", "ปลาทูตัวโต ๑๒")
    with closing(Store.create(folder, key)) as store:
        put(store, "p1")
        store.backup(tmp_path / "usb" / "copy.db")
    elsewhere.mkdir()
    shutil.copy(tmp_path / "usb" / "copy.db", elsewhere / FILE)
    shutil.copy(tmp_path / "usb" / "copy.keys.json", elsewhere / keys.KEY_FILE)
    opened = keys.open_with_recovery_code(elsewhere, str(code))
    with closing(Store.open(elsewhere, opened)) as copy:
        assert people(copy) == 1
        assert copy.check().sound


def test_settings_are_kept_and_never_become_ops(store: Store) -> None:
    with store.write(BY) as write:
        setting.keep(write, "window", {"width": 1366})
        setting.keep(write, "window", {"width": 1920})
    with store.read() as conn:
        assert setting.value(conn, "window") == {"width": 1920}
        assert setting.value(conn, "nothing", 7) == 7
        assert conn.exec_driver_sql("SELECT count(*) FROM op").scalar_one() == 0


def test_a_store_is_founded_with_what_belongs_in_it_or_not_at_all(tmp_path: Path) -> None:
    """Mutant: write the first rows after the rename; a full disk then leaves a store without its
    office, whose recovery code nobody was shown."""

    def full(_write: Write) -> None:
        raise DiskFull("full")

    with pytest.raises(DiskFull):
        Store.create(tmp_path, KEY, by="f1", first=full)
    assert [path.name for path in tmp_path.iterdir()] == [LOCK_FILE]
    Store.create(tmp_path, KEY, by="f1", first=lambda write: write.audit("x", "office")).close()
    with closing(Store.open(tmp_path, KEY)) as store, store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM audit").scalar_one() == 1


def test_an_empty_file_is_not_opened_as_a_store(tmp_path: Path) -> None:
    """Fails when the sentence does not say what to do with a file that was cut to nothing."""
    Store.create(tmp_path, KEY).close()
    (tmp_path / FILE).write_bytes(b"")
    use_language("en")
    with pytest.raises(WrongKey, match="backup"):
        Store.open(tmp_path, KEY)
    assert (tmp_path / FILE).read_bytes() == b""


def test_a_copy_of_a_store_that_is_gone_leaves_no_folder_in_its_place(tmp_path: Path) -> None:
    """Fails when the copy at the end makes the folder of a stick that was pulled out anew."""
    folder = tmp_path / "stick"
    with closing(Store.create(folder, KEY)) as store:
        folder.rename(tmp_path / "elsewhere")
        with pytest.raises(NoStore):
            store.backup(folder / "backups" / "today.db")
    assert not folder.exists()


def test_a_rest_has_every_connection_free_its_pages(store: Store) -> None:
    """Mutant: leave the readers or the writer out of ``rest``."""
    said: list[str] = []
    with store.read() as one, store.read() as two:
        for conn in (one, two):
            conn.connection.driver_connection.set_trace_callback(said.append)
    with store.write(BY) as write:
        write.conn.connection.driver_connection.set_trace_callback(said.append)
    said.clear()
    store.rest()
    assert said == ["PRAGMA shrink_memory"] * 3
    put(store, "person-1")
    assert people(store) == 1
