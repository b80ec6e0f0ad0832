# SPDX-License-Identifier: Apache-2.0
"""What a thief reads on the disk: no name, no number, no schema. What he changes is seen."""

from __future__ import annotations

import contextlib
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from desktop.errors import Problem
from desktop.log import start_log
from desktop.store import check, engine, keys
from desktop.store.store import FILE, Store
from tests.hall import BY
from tests.trust import laptop

PASSPHRASE = "ปลาทูตัวโตกินแมว"
NAME, SURNAME, NUMBER, PHONE = "ทิพย์วรรณ", "ศรีสุขสมบูรณ์", "9912345678903", "0898765432"
NEEDLES = [
    *(
        text.encode(coding)
        for text in (NAME, SURNAME, NUMBER, PHONE, PASSPHRASE)
        for coding in ("utf-8", "utf-16-le", "utf-16-be", "cp874")
    ),
    b"SQLite format 3",
    b"CREATE TABLE",
    b"person_search",
    b"sqlite_master",
]


def fill(store: Store, people: int) -> None:
    """A store with needles in every kind of table, index and log."""
    with store.write(BY) as write:
        for number in range(people):
            person = f"person-{number}"
            write.put("person", person, "w:1", first=NAME, last=SURNAME, phone=PHONE)
            write.put(
                "person_identifier",
                f"identifier-{number}",
                "w:1",
                person_id=person,
                kind="13",
                value=NUMBER,
                last4=NUMBER[-4:],
            )
    with store.write(BY) as write:
        write.put("person", "person-0", "w:1", first=NAME * 2)
        write.delete("person", "person-1")


def found_in(places: list[Path]) -> dict[str, list[bytes]]:
    """The needles found in every file below ``places``."""
    found = {}
    for place in places:
        for path in place.rglob("*"):
            # The lock and the index of the WAL are the only files that may be empty of salt.
            if path.is_file():
                content = path.read_bytes()
                if hits := [needle for needle in NEEDLES if needle in content]:
                    found[path.name] = hits
    return found


def open_but_nameless() -> Iterator[bytes]:
    """The content of the files this process has open that were already removed."""
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            target = str(entry.readlink())
            if "deleted" in target and not target.startswith(("/memfd", "/dev")):
                yield entry.read_bytes()


def spill(store: Store) -> int:
    """Sort far more than fits the cache; how many needles stood in nameless files meanwhile."""
    with store.read() as conn:
        conn.exec_driver_sql("PRAGMA cache_size = 20")
        many = "SELECT a.last || b.first || a.id || b.id AS t FROM person a, person b ORDER BY t"
        rows = conn.exec_driver_sql(many)
        rows.fetchmany(1)
        hits = sum(content.count(NAME.encode()) for content in open_but_nameless())
        rows.close()
        conn.exec_driver_sql(f"PRAGMA cache_size = -{engine._CACHE_KIB}")
    return hits


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's temporary files go."""
    place = tmp_path / "tmp"
    place.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(place))
    return place


def test_no_file_shows_a_needle_while_at_work_or_afterwards(
    tmp_path: Path, temporary: Path
) -> None:
    """Mutants: open without a key; log a name. Both leave needles."""
    folder, logs = tmp_path / "profile", tmp_path / "log"
    start_log(logs)
    key, _code = keys.create_keyring(folder, "someone", "ทิพ", PASSPHRASE)
    store = Store.create(folder, key)
    fill(store, 60)
    assert (folder / f"{FILE}-wal").stat().st_size > 100_000
    assert found_in([folder, temporary, logs]) == {}
    if sys.platform == "linux":
        assert spill(store) == 0
    with pytest.raises(KeyError), store.write(BY) as write:
        write.put("person", "person-0", "w:1", no_such_field=NAME)
    store.backup(folder / "backups" / "copy.db")
    assert store.check().sound
    assert found_in([folder, temporary, logs]) == {}
    store.close()
    assert found_in([folder, temporary, logs]) == {}
    for path in (folder / FILE, folder / "backups" / "copy.db"):
        assert min(_entropies(path)) > 7.9


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_temporary_files_on_disk_would_be_noticed(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant temp_store=FILE of the test above must be seen by its eye for nameless files."""
    changed = tuple(p.replace("temp_store = MEMORY", "temp_store = FILE") for p in engine.PRAGMAS)
    monkeypatch.setattr(engine, "PRAGMAS", changed)
    store = Store.create(tmp_path / "profile", laptop.KEY)
    fill(store, 200)
    assert spill(store) > 0
    store.close()


def test_nobody_can_send_temporary_files_or_a_second_file_to_the_disk(tmp_path: Path) -> None:
    """Mutant: no authorizer."""
    store = Store.create(tmp_path / "profile", laptop.KEY)
    for statement in ("PRAGMA temp_store = FILE", "ATTACH 'x.db' AS plain KEY ''"):
        with store.read() as conn, pytest.raises(DBAPIError, match="authoriz"):
            conn.exec_driver_sql(statement)
    store.close()


def test_one_flipped_bit_in_any_page_is_seen(tmp_path: Path) -> None:
    """Mutant: leave out the seals (cipher_use_hmac = OFF)."""
    folder = tmp_path / "profile"
    store = Store.create(folder, laptop.KEY)
    fill(store, 60)
    store.close()
    whole = (folder / FILE).read_bytes()
    pages = len(whole) // 4096
    assert pages > 60
    unseen = []
    for page in range(pages):
        damaged = bytearray(whole)
        damaged[page * 4096 + 200 + page * 37 % 3800] ^= 1 << page % 8
        (folder / FILE).write_bytes(damaged)
        try:
            seen = _report(folder)
        except Problem:
            continue
        if not seen.pages:
            unseen.append(page + 1)
    assert unseen == []


def test_a_page_of_an_older_file_put_back_is_seen(tmp_path: Path) -> None:
    """Page seals cannot tell an older page of the same file; the chains of the logs can.

    Mutant: no chain; the older pages of the op log then pass.
    """
    folder = tmp_path / "profile"
    store = Store.create(folder, laptop.KEY)
    laptop.do(store, 1)
    store.close()
    older = (folder / FILE).read_bytes()
    store = Store.open(folder, laptop.KEY)
    for number in (3, 5, 7):
        laptop.do(store, number)
    store.close()
    newer = (folder / FILE).read_bytes()
    changed = [
        at for at in range(0, len(older), 4096) if older[at : at + 4096] != newer[at : at + 4096]
    ]
    noticed = 0
    for at in changed:
        mixed = bytearray(newer)
        mixed[at : at + 4096] = older[at : at + 4096]
        (folder / FILE).write_bytes(mixed)
        try:
            noticed += not _report(folder).sound
        except Problem:
            noticed += 1
    assert noticed >= 3  # op, stream and audit; rows are compared with the centre's digest


def _report(folder: Path) -> check.Report:
    store = Store.open(folder, laptop.KEY)
    try:
        return store.check()
    finally:
        store.close()


def _entropies(path: Path) -> Iterator[float]:
    """Bits per byte of each page."""
    content = path.read_bytes()
    for at in range(0, len(content), 4096):
        page = content[at : at + 4096]
        counts = Counter(page).values()
        yield -sum(count / len(page) * math.log2(count / len(page)) for count in counts)
