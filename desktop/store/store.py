# SPDX-License-Identifier: Apache-2.0
"""The store of one laptop: one encrypted file, one writer, several readers.

"Saved" may be said when the ``with store.write(…)`` block has been left, and not before: the
commit has then been flushed to the disk. Any thread may read or write; writers wait for each
other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, PoolProxiedConnection, QueuePool

import desktop.store.tables  # noqa: F401 - declares the nouns that `Write.put` knows
from desktop.store import check, migrations
from desktop.store.backup import FILE, FOLDER, copy, copy_of_the_day, remove
from desktop.store.clock import Clock, HybridClock, Instant, instant, system_clock
from desktop.store.disk import FolderLock, flush_file, flush_folder
from desktop.store.engine import APPLICATION_ID, connect, engine
from desktop.store.errors import changed_since, no_store, not_ours, spoken, store_exists
from desktop.store.ids import never_before, new_id
from desktop.store.keys import DataKey
from desktop.store.step import Undo
from desktop.store.tidy import tidy
from desktop.store.turns import Turns
from desktop.store.write import Write

__all__ = ["FILE", "Store", "undo"]


class Store:
    """An open store. Made by :meth:`create` or :meth:`open`; :meth:`close` it at the end."""

    def __init__(
        self, folder: Path, key: DataKey, lock: FolderLock, clock: Clock, file: str = FILE
    ) -> None:
        self.folder = folder
        self.path = folder / file
        self._key = key
        self._folder_lock = lock
        self._clock = clock
        self._writer = engine(self.path, key, write=True)
        self._readers = engine(self.path, key, write=False)
        self._lock = Turns()
        self._writing: int | None = None
        with self.read() as conn:
            self.device, last = self._identity(conn)
        self._stamps = HybridClock(clock, self.device, last)
        never_before(self._stamps.milliseconds)

    @classmethod
    def create(
        cls,
        folder: Path,
        key: DataKey,
        device_id: str | None = None,
        clock: Clock = system_clock,
        *,
        by: str = "",
        first: Callable[[Write], object] | None = None,
    ) -> Store:
        """Make the store of ``folder`` and open it. The file is there whole or not at all.

        ``first`` is what must be in a store from its first moment, written by facilitator
        ``by``: when it fails there is no store. Raises :class:`AlreadyOpen`,
        :class:`StoreProblem` if there is a store already, and the problems of the disk.
        """
        path, part = folder / FILE, folder / f"{FILE}.part"
        with spoken():
            folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise store_exists()
        lock = FolderLock(folder)
        try:
            with spoken():
                remove(part)
                _begin(part, key, device_id or new_id(), clock)
                if first is not None:
                    draft = cls(folder, key, lock, clock, part.name)
                    try:
                        with draft.write(by) as write:
                            first(write)
                    finally:
                        draft._dispose()
                _settle(part, key)
                flush_file(part)
                part.replace(path)
                flush_folder(folder)
            return cls(folder, key, lock, clock)
        except BaseException:
            # What is left of it only takes room, on a disk that may have none.
            with suppress(OSError):
                remove(part)
            lock.close()
            raise

    @classmethod
    def open(cls, folder: Path, key: DataKey, clock: Clock = system_clock) -> Store:
        """Open the store of ``folder``, bringing an older file up to date first.

        Raises :class:`NoStore`, :class:`AlreadyOpen`, :class:`NewerFile`, :class:`WrongKey`,
        :class:`Damaged`, :class:`ReadOnlyStore` and the problems of the disk.
        """
        path = folder / FILE
        if not path.is_file():
            raise no_store(folder)
        if not path.stat().st_size:
            raise not_ours()  # SQLite would begin a new file in it
        lock = FolderLock(folder)
        try:
            with spoken():
                raw = connect(path, key, write=True)
                try:
                    if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                        raise not_ours()
                    version = migrations.version(raw)
                    if version != migrations.newest():
                        migrations.refuse_newer(version)
                        copy(path, key, folder / FOLDER / f"before-version-{version + 1}.db")
                        migrations.migrate(raw)
                    tidy(raw, folder, clock)
                finally:
                    raw.close()
                store = cls(folder, key, lock, clock)
                try:
                    store._adopt()
                except BaseException:
                    store._dispose()
                    raise
                return store
        except BaseException:
            lock.close()
            raise

    @staticmethod
    def _identity(conn: Connection) -> tuple[str, str]:
        device = conn.exec_driver_sql("SELECT id FROM device WHERE is_this = 1").scalar_one()
        # Streams of other laptops may carry the stamps of any clock.
        last = conn.exec_driver_sql(
            "SELECT coalesce(max(hlc), '') FROM stream WHERE device IN (SELECT id FROM device)"
        ).scalar_one()
        return str(device), str(last)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot to read from; writers do not disturb it and are not held up by it."""
        with spoken(files=False), self._readers.connect() as conn, conn.begin():
            yield conn

    @contextmanager
    def write(self, by: str) -> Iterator[Write]:
        """One transaction by facilitator ``by``: committed at the end, undone by an exception.

        Raises a :class:`StoreProblem` when the disk is full, read-only or failing; nothing of
        the block is kept then, and the store can be used on.
        """
        if self._writing == threading.get_ident():
            raise RuntimeError("a write inside a write")
        with self._lock:
            self._writing = threading.get_ident()
            try:
                with spoken(files=False), self._writer.connect() as conn, conn.begin():
                    write = Write(conn, by, self.device, self._clock, self._stamps)
                    try:
                        yield write
                        write.flush()
                    finally:
                        write.end()
                if write.device != self.device:
                    self._go_on_as(write.device)
            finally:
                self._writing = None

    def _adopt(self) -> None:
        """Show what waited for this version of the file."""
        from desktop.store import adopting  # most laptops have nothing that waits

        version = migrations.newest()
        with self.read() as conn:
            wanted = adopting.wanted(conn, version)
        if wanted:
            with self.write("") as write:
                adopting.adopt(write, version)

    def _go_on_as(self, device: str) -> None:
        """The file was found to be a copy, or to have gone back: it has a new incarnation."""
        self.device = device
        self._stamps = self._stamps.under(device)

    def now(self) -> Instant:
        """The moment by the clock this store was opened with, for what is only asked."""
        return instant(self._clock())

    def check(self, *, thorough: bool = True) -> check.Report:
        """Verify every page's seal, the structure and the logs; slow, for a thread.

        0.2 s for 55 MB, and as long again for the logs. ``thorough`` also reads every
        attachment; otherwise each is only looked for. Never raises for damage: it reports.
        """
        return check.check(self.path, self._key, self._lock, thorough=thorough)

    def backup(self, to: Path) -> None:
        """Write a checked copy of the store to the file ``to``, and its key file beside it.

        The copy is encrypted with the same key. It is whole or not there.
        """
        copy(self.path, self._key, to)

    def backup_of_the_day(self) -> Path:
        """Copy the store into its folder ``backups``; one copy a day, the last seven are kept.

        An earlier copy of the same day is replaced. Returns the copy. Slow, for a thread.
        """
        return copy_of_the_day(self.path, self._key, self._clock().date())

    def rest(self) -> None:
        """Let the connections that nobody uses free the pages they hold; asked again, they read
        them again. Never waits for a writer."""
        readers = self._readers.pool
        if isinstance(readers, QueuePool):
            with ExitStack() as held:
                for _each in range(readers.checkedin()):
                    _shrink(held.enter_context(closing(self._readers.raw_connection())))
        if self._lock.acquire(blocking=False):
            try:
                with closing(self._writer.raw_connection()) as writer:
                    _shrink(writer)
            finally:
                self._lock.release()

    def close(self) -> None:
        """Close the file and let another copy of the program open it. May be called twice."""
        self._dispose()
        self._folder_lock.close()

    def _dispose(self) -> None:
        with self._lock:
            self._readers.dispose()
            self._writer.dispose()


def _shrink(connection: PoolProxiedConnection) -> None:
    """Free the page cache of a connection that is in no transaction."""
    connection.cursor().execute("PRAGMA shrink_memory")


def _begin(part: Path, key: DataKey, device: str, clock: Clock) -> None:
    """Make an empty store."""
    with closing(connect(part, key, write=True, create=True)) as raw:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.migrate(raw)
        raw.execute(
            "INSERT INTO device (id, created_at, is_this) VALUES (?, ?, 1)",
            (device, instant(clock()).utc),
        )


def _settle(part: Path, key: DataKey) -> None:
    """Bring the WAL into the file, which is about to be renamed without it."""
    with closing(connect(part, key, write=True)) as raw:
        # Closing would try this too, and keep quiet about a disk that fails.
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def undo(
    store: Store, by: str, done: Undo, demand: Callable[[Write], object] = lambda _write: None
) -> Undo:
    """Take an action back by new ops, and return what would take this back again.

    All or nothing: raises :class:`ChangedSince` when a record no longer holds what the action
    wrote, and whatever ``demand`` raises when it has looked at what is to be committed.
    """
    with store.write(by) as write:
        for step in reversed(done.steps):
            if not write.revert(step):
                raise changed_since()
        demand(write)
    return write.undo
