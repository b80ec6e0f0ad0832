# SPDX-License-Identifier: Apache-2.0
"""The file that the migrations make is the one that the tables declare."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop.store import migrations
from desktop.store.engine import APPLICATION_ID, connect
from desktop.store.schema import COMMON, nouns, only_grow
from desktop.store.store import FILE, Store
from tests.store.ground import KEY
from tests.upgrades import freeze


@pytest.fixture
def raw(tmp_path: Path) -> Iterator[Any]:
    """A driver connection to a store made by the migrations."""
    Store.create(tmp_path / "store", KEY).close()
    with closing(connect(tmp_path / "store" / FILE, KEY, write=True)) as connection:
        yield connection


def test_the_migrated_schema_is_the_declared_one(raw: Any) -> None:
    """After a change of a table: ``python -m tests.upgrades.freeze``, or a new migration.

    Mutant: add a column to a table without either.
    """

    def words(entries: Any) -> dict[tuple[str, str], str]:
        return {(entry[0], entry[1]): freeze.told(entry) for entry in entries}

    assert words(raw.execute(freeze.SCHEMA).fetchall()) == words(freeze.declared())


def test_the_columns_and_indexes_are_as_sqlalchemy_sees_them(raw: Any) -> None:
    for noun, table in nouns.items():
        found = raw.execute(f"PRAGMA table_info({noun})").fetchall()
        assert [column[1] for column in found] == [column.name for column in table.columns]
        assert tuple(column[1] for column in found[:4]) == COMMON


def test_every_noun_keeps_its_rows_and_the_facts_their_content(raw: Any) -> None:
    found = {
        row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    assert {f"{noun}_keeps_rows" for noun in nouns} <= found
    assert {f"{noun}_keeps_facts" for noun in only_grow} <= found


def test_the_file_says_what_it_is(raw: Any) -> None:
    assert raw.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert migrations.version(raw) == migrations.newest()
    assert raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert raw.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert raw.execute("PRAGMA temp_store").fetchone()[0] == 2
    assert raw.execute("PRAGMA secure_delete").fetchone()[0] == 1
    assert raw.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_migration_that_fails_leaves_the_file_and_its_number_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: set user_version after the commit, or commit after each statement."""
    folder = tmp_path / "store"
    Store.create(folder, KEY).close()

    def breaks(raw: Any) -> None:
        raw.execute("CREATE TABLE half (x)")
        raise ZeroDivisionError

    next_one = migrations.newest() + 1
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, breaks))
    with pytest.raises(ZeroDivisionError):
        Store.open(folder, KEY)
    kept = [path.name for path in (folder / "backups").glob("*.db")]
    assert kept == [f"before-version-{next_one}.db"]
    monkeypatch.undo()
    with closing(Store.open(folder, KEY)) as store, store.read() as conn:
        found = conn.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'half'")
        assert found.scalar_one() == 0


def test_an_older_file_is_backed_up_and_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    Store.create(folder, KEY).close()

    def adds(raw: Any) -> None:
        raw.execute("CREATE TABLE added (x)")

    before = migrations.newest()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, adds))
    with closing(Store.open(folder, KEY)) as store, store.read() as conn:
        assert conn.exec_driver_sql("PRAGMA user_version").scalar_one() == before + 1
    backup = folder / "backups" / f"before-version-{before + 1}.db"
    with closing(connect(backup, KEY, write=True)) as connection:
        assert migrations.version(connection) == before


def test_migrations_import_nothing_of_the_project() -> None:
    folder = Path(migrations.__file__).parent
    for path in folder.glob("m*.py"):
        assert "desktop" not in path.read_text("utf-8").replace("desktop.store.migrations", "")
