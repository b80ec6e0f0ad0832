# SPDX-License-Identifier: Apache-2.0
"""The tables that migrations make are the tables that are declared, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect

from desktop.centre.database import Busy, Database, Unusable, declared, open_database
from desktop.centre.migrations import NewerDatabase, newest, version


def _shape(engine: Any) -> dict[str, Any]:
    seen = inspect(engine)
    shape: dict[str, Any] = {}
    for table in seen.get_table_names():
        if table == "centre_version":
            continue
        shape[table] = (
            {c["name"]: (str(c["type"]), c["nullable"]) for c in seen.get_columns(table)},
            seen.get_pk_constraint(table)["constrained_columns"],
            sorted((i["name"] or "", tuple(i["column_names"])) for i in seen.get_indexes(table)),
            sorted((tuple(u["column_names"])) for u in seen.get_unique_constraints(table)),
        )
    return shape


def test_migrations_make_what_is_declared(
    database: Database, another_url: Callable[[], str]
) -> None:
    """Mutant: a column added to schema.py and to no migration."""
    fresh = create_engine(another_url())
    declared().create_all(fresh)
    assert _shape(database.engine) == _shape(fresh)
    fresh.dispose()
    with database.read() as conn:
        assert version(conn) == newest()


def test_everything_of_a_scope_is_found_by_its_scope_first() -> None:
    """Mutant: a table with a ``scope`` column whose key begins with something else."""
    for table in declared().tables.values():
        if "scope" in table.c:
            assert next(iter(table.primary_key.columns)).name == "scope", table.name


def test_migrating_again_changes_nothing(url: str, database: Database) -> None:
    again = open_database(url)
    assert _shape(again.engine) == _shape(database.engine)
    again.close()


def test_a_newer_database_is_refused_with_a_sentence(url: str, database: Database) -> None:
    """Mutant: no look at the version before the tables are used."""
    with database.write() as conn:
        conn.exec_driver_sql("UPDATE centre_version SET version = 999")
    with pytest.raises(NewerDatabase):
        open_database(url)


def test_two_services_that_start_at_once_migrate_once(another_url: Callable[[], str]) -> None:
    """Mutant: without the lock both create the tables and one dies."""
    address, faults = another_url(), []

    def start() -> None:
        try:
            open_database(address).close()
        except Exception as wrong:  # noqa: BLE001 - told to the test
            faults.append(wrong)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_only_two_kinds_of_database_are_taken() -> None:
    for address in ("mysql://root@localhost/x", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(Unusable):
            open_database(address)


def test_an_absent_server_is_busy_and_not_a_fault(tmp_path: Any) -> None:
    with pytest.raises(Busy):
        open_database(f"postgresql+psycopg://nobody@/none?host={tmp_path}")
