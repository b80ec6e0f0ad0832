# SPDX-License-Identifier: Apache-2.0
"""Who stands on a row of signed paper when the roster has changed since it was printed."""

from __future__ import annotations

from desktop.actions.attendance import Tick, enter_sheet
from desktop.actions.back_entry import paper
from desktop.actions.roster import Entry, readmit, substitute, withdraw
from desktop.actions.sheet import prepare_sheets
from tests.actions.office_ground import BY, Ground


def row_of(ground: Ground, place: int) -> str:
    return paper(ground.store, ground.event.id).pages[0].rows[place].enrolment_id


def stand_in(ground: Ground, absent: str, name: str, known: str | None = None) -> str:
    entry = Entry(first=name, known_person_id=known)
    return str(substitute(ground.store, BY, absent, entry).value.enrolment_id)


def test_a_row_is_that_of_the_last_who_came_in_its_place(ground: Ground) -> None:
    """Fails when only one link is followed: the tick would be refused, and the page with it."""
    (absent,) = ground.add("ปราณี งาม")
    prepare_sheets(ground.store, BY, ground.event.id, 1)
    second = stand_in(ground, stand_in(ground, absent, "มานะ"), "มานี")

    assert row_of(ground, 0) == second
    enter_sheet(ground.store, BY, ground.event.id, [Tick(second, 1, "am")])


def test_of_two_who_stood_in_the_one_who_is_expected_has_the_row(ground: Ground) -> None:
    """Fails when it is left to chance, or when who stands for whom goes in a circle."""
    (absent,) = ground.add("ปราณี งาม")
    prepare_sheets(ground.store, BY, ground.event.id, 1)
    first = stand_in(ground, absent, "มานะ")
    withdraw(ground.store, BY, first)
    readmit(ground.store, BY, absent)
    person = ground.line(absent).person_id
    second = stand_in(ground, absent, "มานี")
    assert row_of(ground, 0) == second

    back = stand_in(ground, second, "ปราณี", person)
    assert (back, row_of(ground, 0)) == (absent, absent)
    third = stand_in(ground, absent, "มาลี")
    assert row_of(ground, 0) == third
