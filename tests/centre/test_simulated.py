# SPDX-License-Identifier: Apache-2.0
"""The simulation's centre with the real tables beside it: every question is put to both.

So the tables go through what the simulation goes through (crashes in the middle, laptops that
were cloned or went back, restored backups, releases), and any difference is a fault of theirs.
"""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, literal, select, text

from desktop.centre import schema
from desktop.centre.database import Database, declared, open_database
from desktop.centre.ledger import CentreLedger, ScopeChange
from desktop.sync.ports import Kept
from desktop.sync.protocol import Fork
from desktop.sync.row import Key, Row
from tests.centre.postgresql import Server
from tests.sync import simulation
from tests.sync.memory_ledger import MemoryChange, MemoryLedger


class TwinChange:
    """One transaction on both; what they say must be the same."""

    def __init__(self, memory: MemoryChange, tables: ScopeChange) -> None:
        self._memory, self._tables = memory, tables

    def _both(self, name: str, *words: Any) -> Any:
        said, told = getattr(self._memory, name)(*words), getattr(self._tables, name)(*words)
        assert said == told, f"{name}: the tables say something else"
        return said

    def stream(self, device: str) -> tuple[int, bytes]:
        return self._both("stream", device)  # type: ignore[no-any-return]

    def seqs(self, oids: Iterable[str]) -> Mapping[str, int]:
        return self._both("seqs", list(oids))  # type: ignore[no-any-return]

    def seqs_of(self, device: str, first: int, last: int) -> tuple[int, ...]:
        return self._both("seqs_of", device, first, last)  # type: ignore[no-any-return]

    def held(self, oids: Iterable[str]) -> Mapping[str, Kept]:
        return self._both("held", list(oids))  # type: ignore[no-any-return]

    def take(self, count: int) -> int:
        return self._both("take", count)  # type: ignore[no-any-return]

    def rows(self, keys: Iterable[Key]) -> Mapping[Key, Row]:
        return self._both("rows", list(keys))  # type: ignore[no-any-return]

    def keep(self, *words: Any) -> None:
        self._tables.keep(*words)
        self._memory.keep(*words)

    def release(self, numbers: Mapping[str, int], rows: Sequence[Row]) -> None:
        self._tables.release(numbers, rows)
        self._memory.release(numbers, rows)


class Twins(MemoryLedger):
    """The simulation's ledger, and the real one."""

    def __init__(self, database: Database, keep: Callable[[Database], int], back: Any) -> None:
        super().__init__()
        self.database, self._keep, self._back = database, keep, back
        self.tables = CentreLedger(database)

    def epoch(self) -> int:
        said = super().epoch()
        assert said == self.tables.epoch()
        return said

    def forks(self, scope: str) -> tuple[Fork, ...]:
        said = super().forks(scope)
        assert said == self.tables.forks(scope)
        return said

    @contextmanager
    def transaction(self, scope: str) -> Iterator[Any]:
        with self.tables.transaction(scope) as tables, super().transaction(scope) as memory:
            yield TwinChange(memory, tables)

    def pull(self, scope: str, since: int, budget: int) -> Any:
        said = super().pull(scope, since, budget)
        rows, head, more, mark, durable = self.tables.pull(scope, since, 10**9)
        assert rows[: len(said[0])] == said[0]
        assert more is False
        assert (len(rows) > len(said[0])) == said[2]
        assert (head, mark, durable) == (said[1], said[3], said[4])
        return said

    def everything(self, scope: str) -> tuple[int, tuple[Row, ...]]:
        said = super().everything(scope)
        head, rows = self.tables.everything(scope)
        assert (head, set(map(str, rows))) == (said[0], set(map(str, said[1])))
        return said

    def backup(self) -> Any:
        made = super().backup()
        with self.database.write() as conn:
            conn.execute(text("UPDATE scope SET durable = head"))
        return (*made, self._keep(self.database))

    def restore(self, backup: Any, epoch: int) -> None:
        books, histories, number = backup
        super().restore((books, histories), epoch)
        self._back(self.database, number)
        t = schema.scope.c
        with self.database.write() as conn:
            conn.execute(insert(schema.history).values(epoch=epoch))
            heads = select(t.scope, literal(epoch), t.head)
            conn.execute(insert(schema.fork).from_select(["scope", "epoch", "head"], heads))


@pytest.fixture
def sqlite_twins(tmp_path: Path, sqlite_file: Path) -> Iterator[Callable[[], Twins]]:
    """Twins on a file; backups are copies of it."""
    numbers = itertools.count()
    opened: list[Database] = []

    def keep(database: Database) -> int:
        number = next(numbers)
        source, target = database.engine.url.database, tmp_path / f"copy{number}"
        with closing(sqlite3.connect(str(source))) as raw, closing(sqlite3.connect(target)) as to:
            raw.backup(to)
        return number

    def back(database: Database, number: int) -> None:
        database.engine.dispose()
        path = Path(str(database.engine.url.database))
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        shutil.copyfile(tmp_path / f"copy{number}", path)

    def made() -> Twins:
        path = tmp_path / f"centre{next(numbers)}.sqlite3"
        shutil.copyfile(sqlite_file, path)
        database = open_database(f"sqlite:///{path}", migrated=False)
        opened.append(database)
        return Twins(database, keep, back)

    yield made
    for database in opened:
        database.close()


@pytest.fixture
def postgresql_twins(postgresql: Server) -> Iterator[Callable[[], Twins]]:
    """Twins on a server; backups are copies of the tables in a schema beside them."""
    numbers = itertools.count()
    opened: list[Database] = []
    tables = [table.name for table in declared().sorted_tables]

    def keep(database: Database) -> int:
        number = next(numbers)
        with database.write() as conn:
            conn.execute(text(f"CREATE SCHEMA copy{number}"))
            for name in tables:
                conn.execute(text(f"CREATE TABLE copy{number}.{name} AS SELECT * FROM {name}"))
        return number

    def back(database: Database, number: int) -> None:
        with database.write() as conn:
            for name in tables:
                conn.execute(text(f"DELETE FROM {name}"))
                conn.execute(text(f"INSERT INTO {name} SELECT * FROM copy{number}.{name}"))

    def made() -> Twins:
        database = open_database(postgresql.new())
        opened.append(database)
        return Twins(database, keep, back)

    yield made
    for database in opened:
        database.close()


@pytest.mark.parametrize("seed", [1, 4])
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_the_tables_say_what_the_simulations_centre_says(
    seed: int, engine: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutants: every one of ``centre/ledger.py`` that changes what the port says."""
    made = request.getfixturevalue(f"{engine}_twins")
    monkeypatch.setattr(simulation, "MemoryLedger", made)
    faults, _trace = simulation.run(seed, 120)
    assert faults == []
