# SPDX-License-Identifier: Apache-2.0
"""Ids made on the device."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop.store import ids
from desktop.store.ids import natural_id, never_before, new_id


def test_new_ids_are_uuid7_unique_and_rising_in_each_thread() -> None:
    """Mutant: no lock, or no step when the millisecond is the same."""
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _turn: [new_id() for _id in range(2_000)], range(4)))
    assert all(run == sorted(run) for run in runs)
    ids = {value for run in runs for value in run}
    assert len(ids) == 8_000
    assert {uuid.UUID(value).version for value in ids} == {7}
    assert {uuid.UUID(value).variant for value in ids} == {uuid.RFC_4122}


def test_ids_rise_although_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000_000_000_000)
    assert first < new_id() < new_id()


def test_ids_go_on_where_they_were_when_the_program_starts_under_an_earlier_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fails when ids of the very moment last known are given again."""
    monkeypatch.setattr(time, "time_ns", lambda: 1_500_000_000_000_000_000)
    monkeypatch.setattr(ids._Last, "value", 0)
    last = [new_id() for _id in range(20)][-1]
    monkeypatch.setattr(ids._Last, "value", 0)  # the program is started again
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000_000_000_000)

    never_before(1_500_000_000_000)

    assert last < new_id() < new_id()


def test_a_natural_id_names_the_same_thing_on_every_laptop() -> None:
    """The value is part of the format: it may never change."""
    assert natural_id("award", "e1", "p1") == natural_id("award", "e1", "p1")
    assert natural_id("award", "e1", "p1") != natural_id("award", "e1p1")
    assert natural_id("a", "b,c") != natural_id("a,b", "c")
    assert uuid.UUID(natural_id("award", "e1")).version == 5
    assert natural_id("award", "e1", "p1") == "7727e72e-940a-54df-b218-a71a0bac9c03"


def test_ids_of_one_run_end_alike_and_those_of_another_run_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fails when every id is all chance (dear on 2G), or when two laptops share their ends."""
    ends = {new_id()[-12:] for _id in range(50)}
    assert len(ends) == 1
    before = ids._Last.node
    ids._another_run()
    assert ids._Last.node != before
    assert {new_id()[-12:]}.isdisjoint(ends)


def test_an_id_of_ours_is_told_from_a_natural_one() -> None:
    assert ids.is_made(new_id())
    assert not ids.is_made(natural_id("mark", "a"))
    assert not ids.is_made("facilitator-1")
