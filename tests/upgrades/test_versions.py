# SPDX-License-Identifier: Apache-2.0
"""A store that an earlier release made is opened, found whole, and worked on.

``version-N.db`` is a real file: made by the program of that version, encrypted with the key of
the tests, and never made again.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from desktop.store import household, migrations, roster, search, visit
from desktop.store.engine import connect
from desktop.store.store import FILE, Store
from tests.field import BY, Clock, Field
from tests.store.ground import KEY

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("version-*.db"))


@pytest.fixture(params=FILES, ids=[path.stem for path in FILES])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A profile whose store is of an earlier version."""
    made = tmp_path / "store"
    made.mkdir()
    shutil.copyfile(request.param, made / FILE)
    return made


def test_there_is_a_file_of_every_earlier_version() -> None:
    assert [path.stem for path in FILES] == [
        f"version-{number}" for number in range(1, migrations.newest())
    ]


def test_an_earlier_store_opens_whole_and_its_people_are_found(folder: Path) -> None:
    """Mutant: leave a table out of the newest migration."""
    with closing(Store.open(folder, KEY)) as store:
        assert store.check().sound
        with store.read() as conn:
            assert migrations.version(conn.connection.driver_connection) == migrations.newest()
            assert len(search.people_named(conn, "ณัฐพงศ์")) == 1
            lines = roster.roster(conn, "event-1")
            assert [line.name for line in lines if line.name.startswith("จะ")] == ["จะคะ"]
        record_id = Field(store, Clock()).visit()
        assert store.check().sound
    with closing(Store.open(folder, KEY)) as store, store.read() as conn:
        assert visit.visit(conn, BY, record_id).met == "met"
        assert len(household.find_households(conn, "แสงดาว")) == 1


def test_what_was_there_before_is_kept_as_a_copy_of_its_version(folder: Path) -> None:
    with closing(connect(folder / FILE, KEY, write=True)) as raw:
        before = migrations.version(raw)
    Store.open(folder, KEY).close()
    (copy,) = (folder / "backups").glob("*.db")
    with closing(connect(copy, KEY, write=True)) as raw:
        assert migrations.version(raw) == before
