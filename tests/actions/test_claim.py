# SPDX-License-Identifier: Apache-2.0
"""What participants are paid, on a real store: filled down, typed, paid, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.actions.attendance import arrive
from desktop.actions.claim import (
    ClaimList,
    ClaimProblem,
    claim_list,
    fill_usual,
    mark_paid,
    set_amounts,
    set_detail,
    set_plan,
)
from desktop.actions.roster import withdraw
from desktop.i18n import speaking
from desktop.model.claim import MOST, ClaimPlan, Usual
from desktop.store.errors import ChangedSince
from tests.actions.office_ground import BY, FIRST, Ground, assert_undone_and_redone


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """Three on the roster; the first came on both days, the second on the first day."""
    made = Ground(tmp_path / "profile")
    made.ids = made.add("กข หนึ่ง", "คง สอง", "จฉ สาม")  # type: ignore[attr-defined]
    first, second, _third = made.ids  # type: ignore[attr-defined]
    morning, _afternoon, next_day = made.sessions()
    arrive(made.store, BY, first, morning.id, morning.start, "paper", "จากใบลงชื่อ")
    arrive(made.store, BY, second, morning.id, morning.start, "paper", "จากใบลงชื่อ")
    arrive(made.store, BY, first, next_day.id, next_day.start, "paper", "จากใบลงชื่อ")
    yield made
    made.store.close()


def _ids(ground: Ground) -> tuple[str, str, str]:
    found: tuple[str, str, str] = ground.ids  # type: ignore[attr-defined]
    return found


def _list(ground: Ground) -> ClaimList:
    return claim_list(ground.store, ground.event.id)


def _amounts(ground: Ground) -> dict[str, dict[str, int]]:
    return {
        row.row.first: {kind: one.amount for kind, one in row.claims.items()}
        for row in _list(ground).rows
    }


def _plan(ground: Ground) -> ClaimPlan:
    usual = {"meal": Usual(240_00, daily=True), "fare": Usual(600_00)}
    return ClaimPlan(ground.event.id, usual, "นางสาวธิดาพร  เสาวนะ", "เจ้าหน้าที่การเงิน")  # type: ignore[arg-type]


def test_usual_amounts_go_to_those_who_came_by_their_days(ground: Ground) -> None:
    """Mutants: paying who never came; two days of food for one day; fares by the day."""
    set_plan(ground.store, BY, _plan(ground))
    before = ground.everything()
    done = fill_usual(ground.store, BY, ground.event.id)
    assert done.value == 2
    assert done.changed == {"claims"}
    assert _amounts(ground) == {
        "กข": {"meal": 480_00, "fare": 600_00},
        "คง": {"meal": 240_00, "fare": 600_00},
        "จฉ": {},
    }
    held = _list(ground)
    assert held.sums == {"meal": 720_00, "fare": 1200_00}
    assert held.total == 1920_00
    assert held.plan.payer == "นางสาวธิดาพร เสาวนะ"
    assert_undone_and_redone(ground, before, done)


def test_filling_down_leaves_what_was_typed(ground: Ground) -> None:
    """Mutant: a typed fare overwritten by the usual one."""
    first, second, _third = _ids(ground)
    event_id = ground.event.id
    set_plan(ground.store, BY, _plan(ground))
    set_amounts(ground.store, BY, event_id, [(first, "fare", 1_240_50)])
    assert fill_usual(ground.store, BY, event_id, ["fare"], only=[first]).value == 0
    fill_usual(ground.store, BY, event_id, only=[second])
    assert _amounts(ground)["กข"] == {"fare": 1_240_50}
    assert _amounts(ground)["คง"] == {"meal": 240_00, "fare": 600_00}


def test_amounts_are_typed_changed_and_taken_away_in_one_step(ground: Ground) -> None:
    """Mutant: an amount of nought that stands as a row and prints as 0.00."""
    first, second, _third = _ids(ground)
    event_id = ground.event.id
    set_amounts(ground.store, BY, event_id, [(first, "fare", 100_00), (second, "meal", 50_00)])
    before = ground.everything()
    done = set_amounts(
        ground.store, BY, event_id,
        [(first, "fare", None), (second, "meal", 75_25), (first, "lodging", 600_00)],
    )  # fmt: skip
    assert _amounts(ground)["กข"] == {"lodging": 600_00}
    assert _amounts(ground)["คง"] == {"meal": 75_25}
    assert_undone_and_redone(ground, before, done)
    set_detail(ground.store, BY, event_id, second, "meal", "อาหารกลางวัน 1 มื้อ")
    (told,) = [row for row in _list(ground).rows if row.enrolment_id == second]
    assert told.claims["meal"].detail == "อาหารกลางวัน 1 มื้อ"
    set_amounts(ground.store, BY, event_id, [(second, "meal", 80_00)])
    (told,) = [row for row in _list(ground).rows if row.enrolment_id == second]
    assert told.claims["meal"].detail == "อาหารกลางวัน 1 มื้อ"


def test_what_was_paid_stays_until_the_payment_is_taken_back(ground: Ground) -> None:
    """Mutant: an amount that differs from the receipt somebody signed."""
    first, second, _third = _ids(ground)
    event_id = ground.event.id
    set_plan(ground.store, BY, _plan(ground))
    fill_usual(ground.store, BY, event_id)
    before = ground.everything()
    done = mark_paid(ground.store, BY, event_id, [first], FIRST)
    assert done.value == 1
    assert_undone_and_redone(ground, before, done)
    assert [row.paid_on for row in _list(ground).rows] == [FIRST, None, None]
    for changes in ([(first, "fare", 1_00)], [(first, "lodging", 1_00)], [(first, "meal", None)]):
        with pytest.raises(ClaimProblem, match="กข"):
            set_amounts(ground.store, BY, event_id, changes)  # type: ignore[arg-type]
    with pytest.raises(ClaimProblem):
        set_detail(ground.store, BY, event_id, first, "meal", "อื่น")
    # The same amount again is no change, as when a whole column is pasted.
    set_amounts(ground.store, BY, event_id, [(first, "fare", 600_00), (second, "fare", 1_00)])
    mark_paid(ground.store, BY, event_id, [first], None)
    set_amounts(ground.store, BY, event_id, [(first, "fare", 1_00)])
    assert _amounts(ground)["กข"]["fare"] == 1_00
    assert _list(ground).rows[0].paid_on is None


def test_a_refused_amount_changes_nothing(ground: Ground) -> None:
    """Mutant: the first of two typed amounts kept although the second was refused."""
    first, second, _third = _ids(ground)
    event_id = ground.event.id
    for bad in (-1, MOST + 1):
        with pytest.raises(ClaimProblem):
            set_amounts(ground.store, BY, event_id, [(first, "fare", 1_00), (second, "meal", bad)])
        with pytest.raises(ClaimProblem):
            set_plan(ground.store, BY, ClaimPlan(event_id, {"meal": Usual(bad)}))
    assert _amounts(ground) == {"กข": {}, "คง": {}, "จฉ": {}}


def test_filling_says_what_is_missing(ground: Ground) -> None:
    """Mutant: "filled 0" without a word about why."""
    _first, _second, third = _ids(ground)
    with speaking("en"), pytest.raises(ClaimProblem, match="usual"):
        fill_usual(ground.store, BY, ground.event.id)
    set_plan(ground.store, BY, _plan(ground))
    with speaking("en"), pytest.raises(ClaimProblem, match="checked in"):
        fill_usual(ground.store, BY, ground.event.id, only=[third])


def test_whoever_left_the_roster_stands_in_the_list_while_she_is_paid(ground: Ground) -> None:
    """Mutants: money that vanishes with a person; filling for somebody withdrawn."""
    first, _second, third = _ids(ground)
    event_id = ground.event.id
    set_amounts(ground.store, BY, event_id, [(first, "fare", 100_00)])
    withdraw(ground.store, BY, first, "ป่วย")
    withdraw(ground.store, BY, third, "ป่วย")
    assert [row.row.first for row in _list(ground).rows] == ["กข", "คง"]
    set_plan(ground.store, BY, _plan(ground))
    assert fill_usual(ground.store, BY, event_id).value == 1
    assert _amounts(ground)["กข"] == {"fare": 100_00}


def test_a_person_is_not_undone_from_under_her_claim(ground: Ground) -> None:
    """Mutant: an undo that leaves money to nobody."""
    from desktop.actions.roster import Entry, add_entries

    added = add_entries(ground.store, BY, ground.event.id, [Entry(first="ใหม่", last="มา")])
    (fresh,) = added.value.enrolment_ids
    set_amounts(ground.store, BY, ground.event.id, [(fresh, "fare", 100_00)])
    assert added.undo is not None
    with pytest.raises(ChangedSince):
        added.undo(ground.store)


def test_days_of_an_event_without_dates_count_too(ground: Ground) -> None:
    """Mutant: days told apart by their date, which an event may not have."""
    assert [row.days for row in _list(ground).rows] == [2, 1, 0]
    assert Usual(100).due(0) == 0
    assert Usual(100).due(3) == 100
    assert Usual(100, daily=True).due(3) == 300
    assert date(2026, 11, 20) == FIRST
