# SPDX-License-Identifier: Apache-2.0
"""A signed page means the same people for ever."""

from __future__ import annotations

import pytest

from desktop.actions.sheet import NothingToSign, prepare_sheets, sheet_by_code, sheets_of
from desktop.model.roster import read_sheet_code
from tests.hall import BY, Hall


def test_the_pages_hold_everybody_in_seat_order_with_the_halves_of_the_day(hall: Hall) -> None:
    people = [hall.enrol(f"คนที่{seat}", seat) for seat in range(1, 21)]

    pages = prepare_sheets(hall.store, BY, hall.event_id, 1).value

    assert [page.enrolment_ids for page in pages] == [tuple(people[:17]), tuple(people[17:])]
    assert [page.halves for page in pages] == [("am", "pm"), ("am", "pm")]
    assert [read_sheet_code(page.code) for page in pages] == [("123456", 1, 1), ("123456", 1, 2)]
    assert sheet_by_code(hall.store, pages[1].code) == pages[1]
    assert sheet_by_code(hall.store, "000000000000") is None


def test_a_page_that_was_printed_keeps_its_rows_when_people_are_added(hall: Hall) -> None:
    """Fails when sheets are paginated anew each time: the signed paper would name others."""
    hall.enrol("คนที่สอง", 2)
    before = prepare_sheets(hall.store, BY, hall.event_id, 1).value
    first = hall.enrol("คนที่หนึ่ง", 1)

    after = prepare_sheets(hall.store, BY, hall.event_id, 1).value

    assert after[0].enrolment_ids == before[0].enrolment_ids
    assert after[1].enrolment_ids == (first,)
    anew = prepare_sheets(hall.store, BY, hall.event_id, 1, anew=True).value
    assert (len(anew), anew[0].enrolment_ids[0]) == (1, first)
    assert sheets_of(hall.store, hall.event_id) == anew


def test_preparing_again_changes_nothing(hall: Hall) -> None:
    hall.enrol("สมชาย", 1)
    prepare_sheets(hall.store, BY, hall.event_id, 1)

    assert not prepare_sheets(hall.store, BY, hall.event_id, 1).changed


def test_an_empty_roster_gives_a_page_of_blank_rows(hall: Hall) -> None:
    (page,) = prepare_sheets(hall.store, BY, hall.event_id, 1).value

    assert page.enrolment_ids == ()


def test_a_day_on_which_nothing_is_held_has_no_sheet(hall: Hall) -> None:
    with pytest.raises(NothingToSign):
        prepare_sheets(hall.store, BY, hall.event_id, 2)
