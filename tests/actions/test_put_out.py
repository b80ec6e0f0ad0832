# SPDX-License-Identifier: Apache-2.0
"""A laptop, or somebody on it, is put out: what is left of the work and of the data here.

Through the real service over TLS, with real stores.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.actions.joining import join
from desktop.actions.sync import Round, open_line, sync_round
from desktop.centre.account import set_active
from desktop.centre.device import revoke
from desktop.centre.quarantine import release_all
from desktop.centre.schema import op, rec
from desktop.store import facilitator as offices
from desktop.store import sync_state
from desktop.store.store import Store
from desktop.sync.carrier import Reach
from desktop.sync.invitation import Invitation
from tests.centre.running import RunningCentre
from tests.field import BY, TAMBON, Field, open_field

WORDS = "ต้องการเตียงผู้ป่วย"


@pytest.fixture
def field(tmp_path: Path, at: RunningCentre) -> Iterator[Field]:
    made = open_field(tmp_path / "store")
    join(made.store, BY, Invitation(at.url, at.make_code(("63",)), at.pin))
    yield made
    made.store.close()


def _sync(store: Store) -> Round:
    line = open_line(store)
    assert line is not None
    try:
        done = sync_round(store, line)
    finally:
        line.close()
    return done


def _household(store: Store, name: str) -> None:
    with store.write(BY) as write:
        write.put("household", name, f"t:{TAMBON}", area=TAMBON, needs=WORDS)


def test_the_office_stays_on_a_laptop_that_was_put_out(field: Field, at: RunningCentre) -> None:
    """Mutant: the office's own row is hidden with its scope, and no page opens any more."""
    store = field.store
    _household(store, "h1")
    first = _sync(store)
    assert (first.reach, first.served, first.sentence) == (Reach.ANSWERED, True, "")
    _household(store, "h2")
    with at.centre.database.write() as conn:
        assert revoke(conn, at.centre.database, store.device)
    done = _sync(store)
    assert done.hidden
    assert not done.served
    assert done.sentence, "records that vanish without a word"
    with at.centre.database.read() as conn:
        ids = set(conn.execute(select(op.c.id).where(op.c.quarantined == "")).scalars())
    assert {"h1", "h2"} <= ids
    with store.read() as conn:
        assert offices.office(conn).name
        assert {one.name for one in offices.facilitators(conn)} == {"สมศรี ใจดี", "วิชัย มาก"}
        shown = conn.exec_driver_sql("SELECT count(*) FROM household WHERE deleted = 0").scalar()
    assert shown == 0
    _household(store, "h3")
    assert _sync(store).acked == 1


def test_nothing_that_others_wrote_is_left_of_an_area_that_is_served_no_more(
    field: Field, at: RunningCentre, tmp_path: Path
) -> None:
    """Mutants: the rows are only marked, and stand in the file for whoever opens it; or what was
    written here goes too. Served again, all of it comes back."""
    store, other = field.store, at.laptop()
    _household(store, "h1")
    scope, fact = f"t:{TAMBON}", {"kind": "record", "id": "r9"}
    said = other.push(
        scope,
        {"kind": "household", "id": "h9", "set": {"area": TAMBON, "needs": "คำของคนอื่น"}},
        {**fact, "set": {"form_id": "home_visit", "answers": {"x": "คำของคนอื่น"}}},
    )
    assert other.sync(said).push[0].last == len(said.ops)
    _sync(store)
    assert _whole(store).count("คำของคนอื่น") >= 2
    with at.centre.database.write() as conn:
        assert set_active(conn, at.centre.database, BY, active=False)
        assert set_active(conn, at.centre.database, "facilitator-2", active=False)
    assert scope in _sync(store).hidden
    assert "คำของคนอื่น" not in _whole(store)
    assert WORDS in _whole(store)
    assert store.check().sound
    with at.centre.database.write() as conn:
        assert set_active(conn, at.centre.database, BY, active=True)
    _sync(store)
    with store.read() as conn:
        needs = dict(
            map(tuple, conn.exec_driver_sql("SELECT id, needs FROM household WHERE deleted = 0"))
        )
    assert needs == {"h1": WORDS, "h9": "คำของคนอื่น"}


def test_after_the_grace_unsent_work_is_kept_aside_and_can_be_let_in(
    field: Field, at: RunningCentre
) -> None:
    """Mutant: a closed laptop is turned away at the door, and its work is nowhere but on it."""
    store, database = field.store, at.centre.database
    _household(store, "h1")
    with database.write() as conn:
        assert revoke(conn, database, store.device, grace=timedelta(0))
    done = _sync(store)
    assert done.reach is Reach.ANSWERED
    assert done.sentence
    with store.read() as conn:
        (aside,) = [one for one in sync_state.put_aside(conn) if one.id == "h1"]
        assert aside.reason == "closed"
        assert sync_state.stage(conn, "household", "h1") == "saved"
    with database.read() as conn:
        query = select(op.c.oid, op.c.quarantined).where(op.c.id == "h1")
        oid, reason = conn.execute(query).one()
    assert reason == "closed"
    assert release_all(database, f"t:{TAMBON}", [oid], "staff")
    with database.read() as conn:
        fields = conn.execute(select(rec.c.fields).where(rec.c.id == "h1")).scalar_one()
    assert WORDS in str(fields)


def _whole(store: Store) -> str:
    """Everything in the file, as text."""
    with store.read() as conn:
        tables = conn.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).scalars()
        return "".join(
            str(tuple(row))
            for table in list(tables)
            for row in conn.exec_driver_sql(f'SELECT * FROM "{table}"')
        )
