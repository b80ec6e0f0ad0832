# SPDX-License-Identifier: Apache-2.0
"""A record is moved by one laptop while another changes it, neither knowing of the other."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.store import sync_state
from desktop.store.store import Store
from tests.store.ground import BY
from tests.sync.test_two_stores import CASE, SCOPE, Country, country, put, seen

__all__ = ["country"]
OURS, THEIRS = "รถเข็น", "เตียงผู้ป่วย"


def _moved(store: Store) -> None:
    with store.write(BY) as write:
        write.move("household", "h1", CASE)
        write.put("household", "h1", CASE, needs=OURS)


def _lies(store: Store) -> tuple[Any, ...]:
    with store.read() as conn:
        return tuple(conn.exec_driver_sql("SELECT scope, deleted FROM household").one())


def _settled(country: Country) -> None:
    """Both texts are with the record where it was moved to, nowhere else, and everybody sees
    the same."""
    for _twice in range(2):
        country.rest()
    (left,) = country.ledger.everything(SCOPE)[1]
    assert (left.deleted, left.fields, left.variants) == (True, {}, [])
    (there,) = country.ledger.everything(CASE)[1]
    texts = {there.fields["needs"], *(one.value for one in there.variants)}
    assert texts == {OURS, THEIRS}
    views = [seen(store)["h1"] for store in country.stores]
    assert views[0] == views[1] == views[2]
    for store in country.stores:
        assert _lies(store) == (CASE, 0)
        with store.read() as conn:
            assert sync_state.put_aside(conn) == ()
            assert sync_state.stage(conn, "household", "h1") != "saved"
            assert not any(area.saved for area in sync_state.state(conn).areas)
        assert store.check().sound


@pytest.fixture(params=["changed first", "moved first"])
def first(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("third", [False, True])
def test_what_was_changed_without_knowing_of_the_move_arrives_where_the_record_lies(
    country: Country, first: str, third: bool
) -> None:
    """Mutants: the tombstone of a mover who had not seen the change does not count and the record
    lives in two scopes for good, readable in both; or the change waits in quarantine though its
    author's laptop holds the record where it lies."""
    a, b, c = country.stores
    put(a, house_no="12", needs="ข้าวสาร")
    country.rest()
    _moved(a)
    put(b, needs=THEIRS)
    for one in (b, a) if first == "changed first" else (a, b):
        country.sync(one)
        if third:
            country.sync(c)
    _settled(country)


def test_elements_that_were_added_without_knowing_arrive_too(country: Country) -> None:
    a, b, _c = country.stores
    put(a, house_no="12", needs=OURS, welfare=["ก"])
    country.rest()
    _moved(a)
    put(b, welfare=["ก", "ข"])
    country.sync(a)
    for _twice in range(2):
        country.rest()
    (there,) = country.ledger.everything(CASE)[1]
    assert there.fields["welfare"] == ["ก", "ข"]


def test_a_fact_that_cannot_be_laid_beside_stays_in_the_tray(country: Country) -> None:
    """Mutant: what is not brought along is taken for brought."""
    a, b, _c = country.stores
    put(a, house_no="12", needs=OURS)
    country.rest()
    _moved(a)
    put(b, house_no="13")
    for _twice in range(2):
        country.rest()
    with b.read() as conn:
        assert [one.reason for one in sync_state.put_aside(conn)] == ["moved"]
