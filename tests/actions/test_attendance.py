# SPDX-License-Identifier: Apache-2.0
"""The door: what is noted, what is refused, and what taking back means."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.attendance import (
    AlreadyHere,
    NotExpected,
    NotHere,
    ReasonNeeded,
    SessionOver,
    Tick,
    arrive,
    cancel,
    desk_board,
    enter_sheet,
    leave_early,
    mark,
)
from desktop.errors import Problem
from desktop.model.attendance import in_force
from tests.hall import AFTERNOON, BY, CLOSING, MORNING, Hall, open_hall


def state(hall: Hall, enrolment_id: str, session: str = MORNING) -> str:
    return desk_board(hall.store, hall.event_id, session).states[enrolment_id].state


def test_an_arrival_is_on_the_disk_and_on_the_board(hall: Hall) -> None:
    somchai, prani = hall.enrol("สมชาย"), hall.enrol("ปราณี")

    done = arrive(hall.store, BY, somchai, MORNING, 540, "qr")

    board = desk_board(hall.store, hall.event_id, MORNING)
    assert done.changed == {"attendance"}
    assert (board.came, board.expected) == (1, 2)
    assert (board.states[somchai].state, board.states[prani].state) == ("present", "expected")
    assert hall.marks(somchai)[0].by == BY


def test_arriving_twice_writes_nothing_and_says_when_it_was(hall: Hall) -> None:
    """Fails when every scan of a badge adds a mark: two desks would fill the log."""
    one = hall.enrol("สมชาย")
    first = arrive(hall.store, BY, one, MORNING, 541, "qr").value
    hall.clock.to(9, 30)

    again = arrive(hall.store, BY, one, MORNING, 570, "qr")

    assert isinstance(again.value, AlreadyHere)
    assert again.value.mark == first
    assert again.value.presence.arrived == 541
    assert not again.changed
    assert again.undo is None
    assert len(hall.marks(one)) == 1


def test_an_arrival_after_the_end_is_refused_and_not_noted_as_nothing(hall: Hall) -> None:
    """Fails when the desk says "checked in" for a mark by which nobody was there."""
    one = hall.enrol("สมชาย")
    hall.clock.to(18)

    with pytest.raises(SessionOver, match=r"17\.00"):
        arrive(hall.store, BY, one, AFTERNOON, 18 * 60, "qr", "มาเอาประกาศ")
    assert hall.marks(one) == ()

    hall.clock.to(16, 40)  # the closing belongs to the same half of the day
    arrive(hall.store, BY, one, AFTERNOON, 16 * 60 + 40, "qr")
    assert state(hall, one, CLOSING) == "present"


def test_a_sheet_with_somebody_of_no_roster_is_refused_with_a_sentence(hall: Hall) -> None:
    """Fails as a bug when the row was taken back while the grid was open."""
    with pytest.raises(NotExpected):
        enter_sheet(hall.store, BY, hall.event_id, [Tick("nobody", 1, "am")])


def test_an_arrival_is_undone_and_done_again_by_marks_that_add_up(hall: Hall) -> None:
    """Fails when an undo removes the mark: facts only grow."""
    one = hall.enrol("สมชาย")
    done = arrive(hall.store, BY, one, MORNING, 540, "search")
    assert done.undo
    undone = done.undo(hall.store)
    assert state(hall, one) == "expected"
    assert undone.undo
    redone = undone.undo(hall.store)
    assert state(hall, one) == "present"
    assert redone.undo
    redone.undo(hall.store)
    assert state(hall, one) == "expected"
    assert [made.kind for made in hall.marks(one)] == ["in", "cancel", "cancel", "cancel"]


def test_a_half_day_mark_stands_for_the_half_and_not_for_the_next(hall: Hall) -> None:
    one = hall.enrol("สมชาย")
    arrive(hall.store, BY, one, MORNING, 540, "card")

    assert state(hall, one, AFTERNOON) == "expected"

    hall.clock.to(13, 5)
    arrive(hall.store, BY, one, AFTERNOON, 785, "card")
    assert [state(hall, one, name) for name in (MORNING, AFTERNOON, CLOSING)] == ["present"] * 3


def test_leaving_early_and_coming_back(hall: Hall) -> None:
    one = hall.enrol("สมชาย")
    arrive(hall.store, BY, one, MORNING, 540, "search")
    hall.clock.to(11)

    leave_early(hall.store, BY, one, MORNING, 660)
    assert state(hall, one) == "left_early"

    hall.clock.to(11, 30)
    back = arrive(hall.store, BY, one, MORNING, 690, "search")
    assert not isinstance(back.value, AlreadyHere)
    spans = desk_board(hall.store, hall.event_id, MORNING).states[one].spans
    assert spans == ((540, 660), (690, 720))


def test_nobody_leaves_who_never_came(hall: Hall) -> None:
    one = hall.enrol("สมชาย")

    with pytest.raises(NotHere):
        leave_early(hall.store, BY, one, MORNING, 545)
    assert hall.marks(one) == ()


def test_who_goes_out_in_the_minute_she_came_is_told_since_when_she_is_there(hall: Hall) -> None:
    """Fails when it is said of somebody who is in that she has not been checked in."""
    one = hall.enrol("สมชาย")
    arrive(hall.store, BY, one, MORNING, 545, "search")

    with pytest.raises(NotHere, match=r"09\.05"):
        leave_early(hall.store, BY, one, MORNING, 545)
    assert state(hall, one) == "present"


@pytest.mark.parametrize("minute", [534, 546, 700])
def test_a_minute_that_is_not_now_needs_a_reason(hall: Hall, minute: int) -> None:
    """Fails when five minutes are not counted from the clock, earlier and later."""
    one = hall.enrol("สมชาย")

    with pytest.raises(ReasonNeeded):
        arrive(hall.store, BY, one, MORNING, minute, "search")
    with pytest.raises(ReasonNeeded):
        arrive(hall.store, BY, one, MORNING, minute, "search", "  ")
    assert hall.marks(one) == ()

    arrive(hall.store, BY, one, MORNING, minute, "search", "ไฟดับ")
    assert hall.marks(one)[0].reason == "ไฟดับ"


@pytest.mark.parametrize("minute", [535, 540, 545])
def test_a_minute_near_the_clock_needs_none(hall: Hall, minute: int) -> None:
    arrive(hall.store, BY, hall.enrol("สมชาย"), MORNING, minute, "search")


def test_another_day_needs_a_reason(hall: Hall) -> None:
    one = hall.enrol("สมชาย")
    hall.clock.to(9, 0, day=2)

    with pytest.raises(ReasonNeeded):
        arrive(hall.store, BY, one, MORNING, 540, "search")


@pytest.mark.parametrize("status", ["withdrawn", "substituted"])
def test_whoever_is_not_expected_is_not_checked_in(hall: Hall, status: str) -> None:
    one = hall.enrol("สมชาย", status=status)

    with pytest.raises(NotExpected):
        arrive(hall.store, BY, one, MORNING, 540, "search")


def test_a_session_that_is_gone_is_a_sentence(hall: Hall) -> None:
    with pytest.raises(Problem):
        arrive(hall.store, BY, hall.enrol("สมชาย"), "gone", 540, "search")


def test_a_leave_is_said_and_taken_back_with_a_reason(hall: Hall) -> None:
    one = hall.enrol("สมชาย")
    said = mark(hall.store, BY, one, MORNING, "leave")
    assert state(hall, one) == "leave"

    with pytest.raises(ReasonNeeded):
        cancel(hall.store, BY, said.value.id, " ")
    cancel(hall.store, BY, said.value.id, "กดผิดคน")

    assert state(hall, one) == "expected"
    assert hall.marks(one)[-1].reason == "กดผิดคน"


def test_taking_back_twice_changes_nothing(hall: Hall) -> None:
    """Fails when a second cancel by another laptop brings the mark back."""
    one = hall.enrol("สมชาย")
    made = arrive(hall.store, BY, one, MORNING, 540, "search").value
    cancel(hall.store, BY, made.id, "กดผิดคน")

    again = cancel(hall.store, BY, made.id, "กดผิดคน")

    assert not again.changed
    assert state(hall, one) == "expected"


def test_a_signed_sheet_is_one_transaction_and_one_undo(hall: Hall) -> None:
    people = [hall.enrol(f"คนที่{number}") for number in range(20)]
    ticks = [Tick(one, 1, half) for one in people for half in ("am", "pm")]

    done = enter_sheet(hall.store, BY, hall.event_id, ticks)

    assert len(done.value) == 40
    assert {made.method for made in done.value} == {"paper"}
    assert desk_board(hall.store, hall.event_id, AFTERNOON).came == 20
    assert done.undo
    done.undo(hall.store)
    assert desk_board(hall.store, hall.event_id, AFTERNOON).came == 0


def test_a_signature_does_not_make_a_late_arrival_early(hall: Hall) -> None:
    """Fails when a tick from paper overrides what the desk saw."""
    one = hall.enrol("สมชาย")
    hall.clock.to(10)
    arrive(hall.store, BY, one, MORNING, 600, "search")

    done = enter_sheet(hall.store, BY, hall.event_id, [Tick(one, 1, "am"), Tick(one, 1, "am")])

    assert done.value == ()
    assert not done.changed
    assert desk_board(hall.store, hall.event_id, MORNING).states[one].spans == ((600, 720),)


def test_a_tick_for_an_empty_half_refuses_the_whole_sheet(hall: Hall) -> None:
    one, other = hall.enrol("สมชาย"), hall.enrol("ปราณี")

    with pytest.raises(Problem):
        enter_sheet(hall.store, BY, hall.event_id, [Tick(one, 1, "am"), Tick(other, 1, "eve")])

    assert in_force(hall.marks(one)) == ()


@pytest.mark.parametrize("scope", ["session", "half", "day"])
def test_a_mark_stands_for_as_much_as_the_event_says(tmp_path: Path, scope: str) -> None:
    hall = open_hall(tmp_path, mark_scope=scope)  # type: ignore[arg-type]
    one = hall.enrol("สมชาย")
    arrive(hall.store, BY, one, MORNING, 540, "search")

    found = [state(hall, one, name) for name in (AFTERNOON, CLOSING)]

    assert found == ["present" if scope == "day" else "expected"] * 2
    hall.store.close()
