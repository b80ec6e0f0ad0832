# SPDX-License-Identifier: Apache-2.0
"""Who receives what of a restricted case, through the real service with real stores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.actions import case_file
from desktop.actions.casework import CaseDraft
from desktop.actions.joining import join
from desktop.actions.sync import open_line, sync_round
from desktop.centre.schema import case_reader, rec
from desktop.model.facilitator import Facilitator, Office
from desktop.store import case_file as cases
from desktop.store import facilitator as offices
from desktop.store.keys import DataKey
from desktop.store.store import Store
from desktop.sync.carrier import Reach
from desktop.sync.invitation import Invitation
from tests.centre.running import RunningCentre

A, B = "facilitator-a", "facilitator-b"
TAMBON = "t:630609"
SECRET = "เรื่องที่คนอื่นห้ามรู้"


@pytest.fixture
def two(tmp_path: Path, at: RunningCentre) -> Iterator[tuple[Store, Store]]:
    made = []
    for by in (A, B):
        store = Store.create(tmp_path / by, DataKey(by[:1].encode() * 31 + by[-1:].encode()))
        with store.write(by) as write:
            offices.put_office(write, Office(f"office-of-{by}", "พมจ.ตาก", "63"))
            offices.put_facilitator(write, Facilitator(by, by, ""))
        join(store, by, Invitation(at.url, at.make_code(("63",)), at.pin))
        made.append(store)
    yield made[0], made[1]
    for store in made:
        store.close()


def _sync(*stores: Store) -> None:
    for store in stores:
        line = open_line(store)
        assert line is not None
        try:
            assert sync_round(store, line).reach is Reach.ANSWERED
        finally:
            line.close()


def _known(store: Store, *, log: bool = False) -> str:
    """Everything in the file (without what was said from here) as text."""
    with store.read() as conn:
        tables = list(
            conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        )
        return "".join(
            str(tuple(row))
            for table in tables
            if log or table != "op"
            for row in conn.exec_driver_sql(f'SELECT * FROM "{table}"')
        )


def _at_centre(at: RunningCentre, scope: str) -> str:
    with at.centre.database.read() as conn:
        rows = conn.execute(select(rec.c.fields, rec.c.variants).where(rec.c.scope == scope)).all()
    return json.dumps([list(row) for row in rows], ensure_ascii=False)


def _restrict(store: Store, case_id: str) -> None:
    with store.read() as conn:
        held = cases.case_file(conn, A, case_id)
    told = replace(held, problems=frozenset({"v_neglect"}), detail=SECRET)
    case_file.put_case(store, A, told)


def test_what_others_add_without_knowing_goes_along_into_the_restricted_case(
    two: tuple[Store, Store], at: RunningCentre
) -> None:
    """Mutant: a step, a visit or an alert that somebody added offline stays where the whole
    tambon receives it."""
    a, b = two
    case_id = case_file.open_case(a, A, CaseDraft(area="630609", detail="เปิด")).value.id
    _sync(a, b)
    _restrict(a, case_id)
    case_file.move_case(b, B, case_id, "plan", "เหตุผลที่ห้ามรู้")
    _sync(b, a, b, a, b)
    assert SECRET not in _known(b, log=True)
    assert "เหตุผลที่ห้ามรู้" not in _known(b)
    assert "เหตุผลที่ห้ามรู้" not in _at_centre(at, TAMBON)
    assert "เหตุผลที่ห้ามรู้" in _at_centre(at, f"c:{case_id}")
    with a.read() as conn:
        told = cases.steps(conn, A, case_id)
    assert "เหตุผลที่ห้ามรู้" in {one.reason for one in told}


def test_a_reader_who_is_let_in_receives_all_and_one_who_is_put_out_keeps_nothing(
    two: tuple[Store, Store], at: RunningCentre
) -> None:
    a, b = two
    case_id = case_file.open_case(a, A, CaseDraft(area="630609", detail="เปิด")).value.id
    _restrict(a, case_id)
    _sync(b, a, b)
    assert SECRET not in _known(b)
    case_file.allow(a, A, case_id, B)
    _sync(a, b)
    with b.read() as conn:
        assert cases.case_file(conn, B, case_id).detail == SECRET
    case_file.disallow(a, A, case_id, B)
    _sync(a, b)
    with at.centre.database.read() as conn:
        readers = set(
            conn.execute(
                select(case_reader.c.account).where(case_reader.c.scope == f"c:{case_id}")
            ).scalars()
        )
    assert readers == {A}
    assert SECRET not in _known(b, log=True)


def test_a_case_that_is_restricted_no_longer_is_with_the_tambon_and_nothing_is_lost(
    two: tuple[Store, Store], at: RunningCentre
) -> None:
    """Mutant: the readers are forgotten with the tombstone, so that anybody may write to the
    scope of the case, and what a reader added there without knowing is seen by nobody."""
    a, b = two
    case_id = case_file.open_case(a, A, CaseDraft(area="630609", detail="เปิด")).value.id
    _restrict(a, case_id)
    _sync(b, a)
    case_file.allow(a, A, case_id, B)
    _sync(a, b)
    with a.read() as conn:
        held = cases.case_file(conn, A, case_id)
    case_file.put_case(a, A, replace(held, problems=frozenset()))
    case_file.lift(a, A, case_id, "ไม่ใช่เรื่องลับ")
    case_file.move_case(b, B, case_id, "plan", "เขียนโดยไม่รู้")
    _sync(a, b, a, b)
    assert "เขียนโดยไม่รู้" in _at_centre(at, TAMBON)
    assert SECRET not in _at_centre(at, f"c:{case_id}")
    for store, by in ((a, A), (b, B)):
        with store.read() as conn:
            assert cases.case_file(conn, by, case_id).detail == SECRET
            assert "เขียนโดยไม่รู้" in {one.reason for one in cases.steps(conn, by, case_id)}
