# SPDX-License-Identifier: Apache-2.0
"""A restricted case lies in a scope that only its readers receive, with all that hangs on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.actions import case_file
from desktop.actions.casework import narrow
from desktop.store.case_scope import hanging, restricted_elsewhere
from tests.actions.casework_ground import BY, FIVE, TAMBON, Ground, assert_undone_and_redone
from tests.actions.office_ground import assert_ops_tell_the_rows


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground.open(tmp_path / "store")
    yield ground
    ground.store.close()


def scopes(ground: Ground, case_id: str) -> dict[str, set[str]]:
    """Noun → the scopes in which rows of the case lie."""
    found: dict[str, set[str]] = {}
    with ground.store.read() as conn:
        for noun, record_id in hanging(conn, case_id):
            row = conn.exec_driver_sql(
                f'SELECT scope FROM "{noun}" WHERE id = ?',
                (record_id,),
            ).one()
            found.setdefault(noun, set()).add(row[0])
    return found


def said_in(ground: Ground, scope: str) -> str:
    """Everything the laptop would send of one scope."""
    with ground.store.read() as conn:
        rows = conn.exec_driver_sql("SELECT body FROM op WHERE scope = ? ORDER BY n", (scope,))
        return " ".join(row[0] for row in rows)


def test_an_alert_of_neglect_says_nothing_to_the_tambon(ground: Ground) -> None:
    """Fails when a restricted case is opened in the scope of its tambon."""
    alert = ground.alert().value
    assert set().union(*scopes(ground, alert.case_id).values()) == {f"c:{alert.case_id}"}
    assert "เด็กอยู่ลำพัง" in said_in(ground, f"c:{alert.case_id}")
    assert "เด็กอยู่ลำพัง" not in said_in(ground, f"t:{TAMBON}")


def test_a_case_that_becomes_restricted_moves_with_all_that_hangs_on_it(ground: Ground) -> None:
    """Fails when a noun is missing from what hangs on a case."""
    visit = ground.visit(FIVE[0])
    own = f"c:{visit.case_id}"
    before = scopes(ground, visit.case_id)
    assert {"case_file", "case_step", "assistance", "assistance_step", "follow_up", "visit"} <= (
        before.keys()
    )
    assert set().union(*before.values()) == {f"t:{TAMBON}"}
    again = ground.typed(
        {"case.problems": "v_neglect", "case.problem_detail": "รอยช้ำ"}, case_id=visit.case_id
    )
    assert again.scope == own
    assert set().union(*scopes(ground, visit.case_id).values()) == {own}
    assert "รอยช้ำ" not in said_in(ground, f"t:{TAMBON}")
    gone = [json.loads(body) for body in _bodies(ground, f"t:{TAMBON}") if '"to"' in body]
    assert {op["to"] for op in gone} == {own}
    assert all("set" not in op or not op["set"] for op in gone)
    assert_ops_tell_the_rows(ground)


def _bodies(ground: Ground, scope: str) -> list[str]:
    with ground.store.read() as conn:
        rows = conn.exec_driver_sql("SELECT body FROM op WHERE scope = ? ORDER BY n", (scope,))
        return [row[0] for row in rows]


def test_moving_is_undone_and_done_again(ground: Ground) -> None:
    case = ground.case(ground.visit(FIVE[0]).case_id)
    before = ground.everything()
    done = case_file.put_case(
        ground.store, BY, case.__class__(**{**_fields(case), "problems": frozenset({"v_neglect"})})
    )
    assert_undone_and_redone(ground, before, done)


def _fields(case: object) -> dict[str, object]:
    return {name: getattr(case, name) for name in case.__slots__}  # type: ignore[attr-defined]


def test_a_case_no_longer_restricted_goes_back_to_its_tambon(ground: Ground) -> None:
    visit = ground.typed({"case.problems": "v_neglect i_low", "case.urgency": "urgent"})
    case = ground.case(visit.case_id)
    assert case.restricted
    harmless = case.__class__(**{**_fields(case), "problems": frozenset({"i_low"})})
    case_file.put_case(ground.store, BY, harmless)
    case_file.lift(ground.store, BY, case.id, "ผิดเรื่อง")
    assert set().union(*scopes(ground, case.id).values()) == {f"t:{TAMBON}"}


def test_restricted_cases_of_an_older_store_move_before_anything_is_sent(ground: Ground) -> None:
    """Fails when a store of version 2 sends its restricted cases to the whole tambon."""
    case_id = ground.visit(FIVE[0]).case_id
    with ground.store.write(BY) as write:
        write.put("case_file", case_id, f"t:{TAMBON}", restricted=True)
    with ground.store.read() as conn:
        assert restricted_elsewhere(conn) == (case_id,)
    with ground.store.write(BY) as write:
        assert narrow(write) == 1
        assert narrow(write) == 0
    assert set().union(*scopes(ground, case_id).values()) == {f"c:{case_id}"}
