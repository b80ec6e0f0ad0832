# SPDX-License-Identifier: Apache-2.0
"""Seen twice: what is shown, and that nobody's attendance changes by it."""

from __future__ import annotations

from dataclasses import replace

from desktop.model.attendance import Mark, MarkKind, presences
from desktop.model.event import Session
from desktop.model.hall import LANES, SeatLane, Sighting, door_name, seen_twice, sightings

MORNING = Session("am", "e", 1, None, 540, 720, "lecture", "เช้า", True, False)
AFTERNOON = Session("pm", "e", 1, None, 780, 990, "lecture", "บ่าย", True, False)
DAY = (MORNING, AFTERNOON)


def mark(
    number: int, device: str, minute: int, kind: MarkKind = "in", session: str = "am"
) -> Mark:
    return Mark(f"{number:04}", "p", session, "half", kind, minute, "", "f", device, "qr")


def test_two_doors_are_both_told_by_the_minute_and_credit_is_that_of_the_first() -> None:
    """Fails when the second mark takes the place of the first, or adds minutes."""
    marks = (mark(2, "B", 535), mark(1, "A", 521))
    assert sightings(marks, MORNING, DAY) == (
        Sighting("A", 521, "0001"),
        Sighting("B", 535, "0002"),
    )
    both, one = (presences(some, DAY, 0)["am"] for some in (marks, marks[1:]))
    assert replace(both, mark_id="") == replace(one, mark_id="")


def test_in_any_order_the_same_is_seen() -> None:
    marks = (mark(3, "C", 530), mark(2, "B", 535), mark(1, "A", 521))
    assert len({sightings(some, MORNING, DAY) for some in (marks, marks[::-1])}) == 1


def test_one_desk_that_notes_somebody_twice_is_one_door() -> None:
    assert len(sightings((mark(1, "A", 521), mark(2, "A", 550)), MORNING, DAY)) == 1


def test_who_went_out_and_came_back_by_another_door_was_not_seen_twice() -> None:
    """Fails when an out between does not begin a new stay."""
    marks = (mark(1, "A", 521), mark(2, "A", 600, "out"), mark(3, "B", 640))
    assert sightings(marks, MORNING, DAY) == (Sighting("B", 640, "0003"),)


def test_a_mark_taken_back_was_not_seen() -> None:
    taken = replace(mark(3, "B", 535, "cancel"), cancels="0002")
    assert len(sightings((mark(1, "A", 521), mark(2, "B", 535), taken), MORNING, DAY)) == 1


def test_the_other_half_of_the_day_is_another_arrival() -> None:
    marks = {"p": (mark(1, "A", 521), mark(2, "B", 785, session="pm"))}
    assert seen_twice(marks, MORNING, DAY) == {}
    marks = {"p": (*marks["p"], mark(3, "B", 522)), "q": (mark(4, "A", 530),)}
    assert set(seen_twice(marks, MORNING, DAY)) == {"p"}


def test_a_door_without_a_name_is_told_by_its_laptop() -> None:
    assert door_name("0193-abcd", {"0193-abcd": "ประตู A"}) == "ประตู A"
    assert door_name("0193-abcd", {}) == "abcd"


def test_no_two_doors_have_a_seat_in_common() -> None:
    given: dict[int, int] = {}
    for lane in range(LANES):
        taken: set[int | None] = set()
        for _each in range(25):
            seat = SeatLane(431, lane).next(taken)
            assert seat >= 431
            assert seat not in given
            given[seat] = lane
            taken.add(seat)
    assert given[431] == 0
    assert given[441] == 1
