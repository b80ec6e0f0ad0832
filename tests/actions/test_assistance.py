# SPDX-License-Identifier: Apache-2.0
"""Assistance: wanted, promised, given; each step kept, money never without its fund."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions.assistance import (
    AssistanceProblem,
    add,
    give,
    promise,
    read_money,
    remove,
    want,
)
from desktop.actions.case_file import CaseDraft, CaseProblem, close_case, open_case
from desktop.model.assistance import Assistance
from desktop.store import assistance
from desktop.store.case_file import NotYours
from tests.actions.casework_ground import (
    BY,
    FIVE,
    OTHER,
    TAMBON,
    TODAY,
    Ground,
    assert_undone_and_redone,
    core_of,
)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground.open(tmp_path)
    yield ground
    ground.store.close()


def case_id(ground: Ground, problem: str = "i_low") -> str:
    return str(open_case(ground.store, BY, CaseDraft(area=TAMBON, problems=(problem,))).value.id)


def money(case: str, amount: int | None = 200_000, fund: str = "dsdw") -> Assistance:
    return Assistance("", case, "money", "wanted", TODAY, amount, fund)


def held(ground: Ground, case: str) -> list[tuple[str, str, int | None]]:
    with ground.store.read() as conn:
        return [(a.kind, a.state, a.amount) for a in assistance.assistance(conn, BY, case)]


@pytest.mark.parametrize(
    ("typed", "satang"),
    [("2000", 200_000), ("๒,๐๐๐.๕๐ บาท", 200_050), (" 0 ", 0), ("1.5", 150)],
)
def test_money_is_read_as_it_is_typed(typed: str, satang: int) -> None:
    assert read_money(typed) == satang


@pytest.mark.parametrize("typed", ["", "สองพัน", "-5", "1.005", "nan", "inf", "99999999999999"])
def test_what_is_no_amount_is_refused(typed: str, each_language: str) -> None:
    with pytest.raises(AssistanceProblem):
        read_money(typed)


def test_every_step_keeps_its_own_amount_and_day(ground: Ground) -> None:
    """Fails when a step overwrites the one before it."""
    case = case_id(ground)
    wanted = want(ground.store, BY, money(case, 300_000)).value
    ground.clock.forward(days=3)
    promise(ground.store, BY, wanted.id, amount=200_000)
    ground.clock.forward(days=2)
    before = ground.everything()
    done = give(ground.store, BY, wanted.id, receipt="ใบสำคัญ ๑๒")
    assert_undone_and_redone(ground, before, done)
    with ground.store.read() as conn:
        steps = assistance.steps(conn, BY, wanted.id)
    assert [(s.state, s.on - TODAY, s.amount, s.receipt) for s in steps] == [
        ("wanted", timedelta(0), 300_000, ""),
        ("promised", timedelta(3), 200_000, ""),
        ("given", timedelta(5), 200_000, "ใบสำคัญ ๑๒"),
    ]
    assert held(ground, case) == [("money", "given", 200_000)]
    with pytest.raises(AssistanceProblem):
        promise(ground.store, BY, wanted.id)


def test_wrong_assistance_is_refused_whole(ground: Ground, each_language: str) -> None:
    case = case_id(ground)
    for wrong in (
        money(case, fund=""),
        money(case, -1),
        replace(money(case), kind="sweets"),
        replace(money(case), on=TODAY + timedelta(days=1)),
        replace(money(case), quantity=0),
        replace(money(case, None), state="given"),
    ):
        with pytest.raises(AssistanceProblem):
            add(ground.store, BY, wrong)
    assert held(ground, case) == []
    wanted = want(ground.store, BY, money(case)).value
    with pytest.raises(AssistanceProblem):
        give(ground.store, BY, wanted.id, on=TODAY - timedelta(days=1))
    close_case(ground.store, BY, case, "จบ")
    with pytest.raises(CaseProblem):
        add(ground.store, BY, money(case))


def test_what_was_entered_by_mistake_is_taken_off_with_its_steps(ground: Ground) -> None:
    wanted = want(ground.store, BY, money(case_id(ground))).value
    before = ground.everything()
    assert_undone_and_redone(ground, before, remove(ground.store, BY, wanted.id))


def test_assistance_of_a_restricted_case_is_for_its_readers(ground: Ground) -> None:
    case = case_id(ground, "v_neglect")
    wanted = want(ground.store, BY, money(case)).value
    with pytest.raises(NotYours):
        give(ground.store, OTHER, wanted.id)
    with pytest.raises(NotYours), ground.store.read() as conn:
        assistance.assistance(conn, OTHER, case)


def test_a_corrected_visit_changes_its_assistance_and_spares_what_came_since(
    ground: Ground,
) -> None:
    first = ground.visit(FIVE[0])
    assert held(ground, first.case_id) == [
        ("goods", "given", None),
        ("registry", "promised", None),
    ]
    with ground.store.read() as conn:
        registry = assistance.assistance(conn, BY, first.case_id)[1]
    fixed = core_of(FIVE[0], TODAY) | {
        "assistance.kind": ("money",),
        "assistance.state": ("given",),
        "assistance.amount": ("500.50",),
        "assistance.fund": ("lgo",),
    }
    ground.typed(fixed, amends=first.record_id)
    assert held(ground, first.case_id) == [("money", "given", 50_050)]
    ground.typed(core_of(FIVE[0], TODAY), amends=first.record_id)
    give(ground.store, BY, registry.id)
    ground.typed(fixed, amends=first.record_id)
    assert held(ground, first.case_id) == [("money", "given", 50_050), ("registry", "given", None)]


def test_a_row_taken_out_of_a_corrected_visit_takes_no_other_with_it(ground: Ground) -> None:
    """Mutant: rows are known by where they stand: the first was promised since, so the second
    was not written over it, and went as one too many."""
    told = core_of(FIVE[0], TODAY) | {
        "assistance.kind": ("money", "goods", "registry"),
        "assistance.state": ("wanted", "wanted", "wanted"),
        "assistance.amount": ("500", "", ""),
        "assistance.fund": ("lgo", "", ""),
        "assistance.item": ("", "ข้าวสาร", ""),
    }
    first = ground.typed(told)
    with ground.store.read() as conn:
        money, goods, registry = assistance.assistance(conn, BY, first.case_id)
    promise(ground.store, BY, money.id)
    fewer = {name: value[1:] for name, value in told.items() if name.startswith("assistance.")}
    ground.typed(told | fewer, amends=first.record_id)
    with ground.store.read() as conn:
        now = {one.id: one.state for one in assistance.assistance(conn, BY, first.case_id)}
        assert len(assistance.steps(conn, BY, goods.id)) == 1
    assert now == {money.id: "promised", goods.id: "wanted", registry.id: "wanted"}
