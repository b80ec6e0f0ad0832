# SPDX-License-Identifier: Apache-2.0
"""A household that comes into another tambon takes its story with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions import household
from desktop.model.household import Household
from desktop.store import household as households
from desktop.store.schema import nouns
from tests.field import BY, TAMBON, Field, open_field

OTHER_TAMBON = "630601"
STORY = (
    "household", "member", "consent", "visit", "visit_person", "record", "case_file",
    "case_step", "follow_up",
)  # fmt: skip


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    made = open_field(tmp_path / "store")
    yield made
    made.store.close()


def scopes(field: Field) -> dict[str, set[str]]:
    """Noun → the scopes its rows lie in."""
    with field.store.read() as conn:
        return {
            noun: found
            for noun in nouns
            if (
                found := {
                    row[0] for row in conn.exec_driver_sql(f'SELECT DISTINCT scope FROM "{noun}"')
                }
            )
        }


def house(field: Field) -> Household:
    with field.store.read() as conn:
        found = conn.exec_driver_sql("SELECT id FROM household").scalar_one()
        return households.household(conn, found)


def test_the_whole_story_of_a_household_moves_and_comes_home(field: Field) -> None:
    """Fails when a noun is left behind in a tambon whose people no longer visit the family."""
    field.visit()
    before = scopes(field)
    assert all(before[noun] == {f"t:{TAMBON}"} for noun in STORY)
    done = household.put_household(field.store, BY, replace(house(field), area=OTHER_TAMBON))
    after = scopes(field)
    assert all(after[noun] == {f"t:{OTHER_TAMBON}"} for noun in STORY)
    assert after["person"] == before["person"]
    assert done.undo is not None
    done.undo(field.store)
    assert scopes(field) == before


def test_a_restricted_case_stays_where_only_its_readers_receive_it(field: Field) -> None:
    """Fails when a move carries a restricted case into a tambon."""
    field.visit({"g_prob/problems": "v_neglect", "g_prob/called_1300": "yes"})
    household.put_household(field.store, BY, replace(house(field), area=OTHER_TAMBON))
    after = scopes(field)
    assert after["household"] == {f"t:{OTHER_TAMBON}"}
    for noun in ("case_file", "case_step", "visit", "record"):
        assert all(scope.startswith("c:") for scope in after[noun]), noun


def test_the_next_visit_is_written_where_the_household_lies_now(field: Field) -> None:
    field.visit()
    one = house(field)
    household.put_household(field.store, BY, replace(one, area=OTHER_TAMBON))
    with field.store.read() as conn:
        assert households.scope_of(conn, one.id) == f"t:{OTHER_TAMBON}"
