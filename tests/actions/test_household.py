# SPDX-License-Identifier: Apache-2.0
"""Households and members by hand."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.actions import household
from desktop.model.household import Household, Member
from desktop.store import household as households
from desktop.store.errors import ChangedSince
from tests.field import BY, TAMBON, Field


def test_what_is_typed_is_kept_in_one_spelling(field: Field) -> None:
    house = household.put_household(
        field.store,
        BY,
        Household("", TAMBON, "๑๒ / ๓", "๕", " บ้านห้วย  ปลาหลด", house_code="6306-001234-๕"),
    ).value
    with field.store.read() as conn:
        kept = households.household(conn, house)
    assert (kept.house_no, kept.moo, kept.village) == ("12 / 3", "5", "บ้านห้วย ปลาหลด")
    assert kept.house_code == "63060012345"


def test_a_dash_says_that_there_is_none(field: Field) -> None:
    house = household.put_household(field.store, BY, Household("", "", "-", "-")).value
    with field.store.read() as conn:
        kept = households.household(conn, house)
        assert (kept.house_no, kept.moo) == ("", "")
        assert households.scope_of(conn, house) == "o:office-1"


@pytest.mark.parametrize(
    "wrong", [Household("", "639999"), Household("", TAMBON, house_code="123")]
)
def test_what_cannot_be_is_refused(field: Field, wrong: Household) -> None:
    with pytest.raises(household.HouseholdProblem):
        household.put_household(field.store, BY, wrong)


def test_a_new_household_is_undone_unless_somebody_lives_in_it(field: Field) -> None:
    """Mutant: nothing leans on a household."""
    done = household.put_household(field.store, BY, Household("", TAMBON, "1"))
    assert done.undo is not None
    again = done.undo(field.store)
    with field.store.read() as conn:
        assert households.find_household(conn, done.value) is None
    assert again.undo is not None
    back = again.undo(field.store)
    household.put_member(field.store, BY, Member("", done.value, "ลี"))
    assert back.undo is not None
    with pytest.raises(ChangedSince):
        back.undo(field.store)


def test_who_left_is_in_the_past_of_the_household(field: Field) -> None:
    house = household.put_household(field.store, BY, Household("", TAMBON, "1")).value
    member = household.put_member(field.store, BY, Member("", house, "ลี")).value
    household.leave(field.store, BY, member, date(2026, 11, 1))
    with field.store.read() as conn:
        assert households.members(conn, house) == ()
        (past,) = households.members(conn, house, left=True)
        assert past.left_on == "2026-11-01"
        assert households.find_households(conn, "ลี") == ()


def test_two_laptops_make_the_same_member_of_the_same_name() -> None:
    one = household.member_id("h", "", "ลี")
    assert one == household.member_id("h", "", "ลี")
    assert one != household.member_id("h", "p", "ลี")
    assert household.member_id("h", "p", "ลี") == household.member_id("h", "p", "อื่น")


def test_a_member_needs_a_name(field: Field) -> None:
    house = household.put_household(field.store, BY, Household("", TAMBON, "1")).value
    with pytest.raises(household.HouseholdProblem):
        household.put_member(field.store, BY, Member("", house, "  "))
    with pytest.raises(LookupError):
        household.put_member(field.store, BY, Member("", "nowhere", "ลี"))
