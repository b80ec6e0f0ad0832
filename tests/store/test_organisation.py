# SPDX-License-Identifier: Apache-2.0
"""Organisations: recognised by name and area, found by a part of their name."""

from __future__ import annotations

import pytest

from desktop.model.facilitator import Office
from desktop.model.organisation import Organisation
from desktop.store import facilitator
from desktop.store import organisation as organisations
from desktop.store.store import Store
from tests.store.ground import BY

NUMBERED = [
    ("1", "อบต.บ้านใหม่", "tao", "630101"),
    ("2", "อบต.บ้านใหม่", "tao", "500101"),
    ("3", "เทศบาลตำบลแม่กุ", "tmun", ""),
    ("4", "แม่กุวิทยาคม", "school", "630604"),
]


@pytest.fixture
def office(store: Store) -> Store:
    with store.write(BY) as write:
        facilitator.put_office(write, Office("office-1", "สำนักงาน", "63"))
        for row in NUMBERED:
            organisations.put_organisation(write, Organisation(*row))
    return store


def test_a_name_means_an_organisation_only_when_it_means_one(office: Store) -> None:
    """Fails when the first of two of a name is taken: people would stand for another province."""
    with office.read() as conn:
        assert organisations.find_by_name(conn, "อบต.บ้านใหม่") is None
        for area, expected in (("630101", "1"), ("63", "1"), ("50", "2"), ("10", None)):
            found = organisations.find_by_name(conn, "อบต.บ้านใหม่", area)
            assert (found and found.id) == expected
        found = organisations.find_by_name(conn, "เทศบาลตำบลเเม่กุ", "63")
        assert found is not None
        assert found.id == "3"


def test_organisations_are_found_by_part_of_the_name_the_beginning_first(office: Store) -> None:
    with office.read() as conn:
        assert [one.id for one in organisations.search(conn, "แม่กุ")] == ["4", "3"]
        assert [one.id for one in organisations.search(conn, "บ้านไหม่", 1)] == ["1"]
        assert organisations.search(conn, " ") == ()
        assert next(one.id for one in organisations.organisations(conn)) == "3"
        with pytest.raises(LookupError):
            organisations.organisation(conn, "9")
        with pytest.raises(LookupError):
            organisations.award(conn, "9")


def test_a_store_that_is_being_founded_has_no_office_yet(store: Store) -> None:
    with store.read() as conn:
        assert facilitator.office_or_none(conn) is None
        with pytest.raises(LookupError):
            facilitator.office(conn)
