# SPDX-License-Identifier: Apache-2.0
"""A database of the centre for each test: on SQLite, and on a real PostgreSQL.

The server is started once, and only when a test asks for it; its one migrated database is
emptied before each test, which is quicker than making another.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.centre.database import Database, declared, open_database
from desktop.centre.migrations import newest
from tests.centre.postgresql import NoServer, Server, end_server, start_server
from tests.centre.town import Watch

_EMPTIED = (
    "".join(f"DELETE FROM {table};" for table in declared().tables)
    + "INSERT INTO history (epoch) VALUES (1);"
    + f"UPDATE centre_version SET version = {newest()};"
)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server of our own with one migrated database."""
    try:
        server = start_server()
    except NoServer as why:
        pytest.skip(f"PostgreSQL cannot be started: {why}")
    try:
        server.sql("CREATE DATABASE whole")
        open_database(server.url("whole")).close()
        yield server
    finally:
        end_server(server)


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy from."""
    path = tmp_path_factory.mktemp("whole") / "centre.sqlite3"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The url of a migrated database of this test's own, on each engine."""
    if request.param == "sqlite":
        path = tmp_path / "centre.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_file"), path)
        return f"sqlite:///{path}"
    server = request.getfixturevalue("postgresql")
    server.sql(_EMPTIED, "whole")
    return str(server.url("whole"))


@pytest.fixture
def watch() -> Watch:
    """The centre's clock, which a test may set."""
    return Watch()


@pytest.fixture
def database(url: str, watch: Watch) -> Iterator[Database]:
    """An open database on each engine."""
    opened = open_database(url, clock=watch)
    yield opened
    opened.close()


@pytest.fixture
def another_url(url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Urls of further, empty databases on the same engine."""

    numbers = itertools.count(1)

    def made() -> str:
        if url.startswith("sqlite"):
            return f"sqlite:///{tmp_path / f'centre{next(numbers)}.sqlite3'}"
        return str(request.getfixturevalue("postgresql").new())

    return made
