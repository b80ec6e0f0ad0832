# SPDX-License-Identifier: Apache-2.0
"""Marks are facts; what a person's attendance is follows from them in whatever order they come."""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.attendance import Mark, MarkKind, in_force, presences, session_now
from desktop.model.eligibility import BEFORE, OVER, Moment, moment_now
from desktop.model.event import Day, MarkScope, Session, counted_minutes, counted_spans, union

MORNING = Session("am", "e", 1, None, 540, 720, "lecture", "บรรยาย", counts=True)
AFTERNOON = Session("pm", "e", 1, None, 780, 990, "group", "กลุ่ม", counts=True)
BESIDE = Session("beside", "e", 1, None, 600, 840, "exhibition", "นิทรรศการ", counts=True)
OPENING = Session("open", "e", 2, None, 540, 570, "opening", "พิธีเปิด", counts=False)
SESSIONS = (MORNING, AFTERNOON, BESIDE, OPENING)


def mark(
    name: str,
    kind: MarkKind,
    minute: int = 540,
    *,
    session: str = "am",
    scope: MarkScope = "session",
    at: int = 0,
    cancels: str = "",
) -> Mark:
    return Mark(
        id=name,
        enrolment_id="p",
        session_id=session,
        scope=scope,
        kind=kind,
        minute=minute,
        at=f"2021-03-08T02:00:00.{at:03d}Z",
        by="f",
        device="d",
        method="search",
        cancels=cancels,
    )


@st.composite
def a_history(draw: st.DrawFn) -> list[Mark]:
    """Marks of one person as two laptops may have made them, cancels of cancels among them."""
    marks: list[Mark] = []
    for number in range(draw(st.integers(0, 9))):
        name = f"m{number}"
        kind = draw(st.sampled_from(get_args(MarkKind)))
        cancels = ""
        if kind == "cancel":
            if not marks:
                continue
            cancels = draw(st.sampled_from(marks)).id
        marks.append(
            mark(
                name,
                kind,
                draw(st.integers(480, 1020)),
                session=draw(st.sampled_from(SESSIONS)).id,
                scope=draw(st.sampled_from(get_args(MarkScope))),
                at=draw(st.integers(0, 4)),
                cancels=cancels,
            )
        )
    return marks


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_the_order_in_which_two_laptops_bring_their_marks_does_not_matter(
    data: st.DataObject,
) -> None:
    """Fails when ``in_force`` keeps the order of arrival instead of sorting."""
    marks = data.draw(a_history())
    shuffled = data.draw(st.permutations(marks))

    assert presences(shuffled, SESSIONS, 15) == presences(marks, SESSIONS, 15)


@settings(max_examples=120, deadline=None)
@given(a_history())
def test_nobody_is_credited_more_than_was_held(marks: list[Mark]) -> None:
    """Fails when an arrival before the session starts, or an out after it ends, is not cut."""
    found = presences(marks, SESSIONS, 15)

    for session in SESSIONS:
        for start, end in found[session.id].spans:
            assert session.start <= start < end <= session.end
    stays = union(span for s in (MORNING, AFTERNOON, BESIDE) for span in found[s.id].spans)
    assert sum(end - start for start, end in stays) <= counted_minutes(SESSIONS)


@settings(max_examples=60, deadline=None)
@given(a_history(), st.data())
def test_a_mark_sent_twice_changes_nothing(marks: list[Mark], data: st.DataObject) -> None:
    """Fails when a cancel that arrives twice is taken for a cancel of a cancel."""
    if not marks:
        return
    once = {m.id: m for m in [*marks, data.draw(st.sampled_from(marks))]}

    assert in_force(once.values()) == in_force(marks)


def test_a_cancel_takes_a_mark_back_and_a_cancel_of_the_cancel_brings_it_again() -> None:
    came = mark("a", "in", 550)
    undo = mark("b", "cancel", at=1, cancels="a")
    redo = mark("c", "cancel", at=2, cancels="b")

    assert in_force([came, undo]) == ()
    assert in_force([came, undo, redo]) == (came,)
    assert in_force([came, undo, redo, mark("d", "cancel", at=3, cancels="a")]) == ()


def test_a_slow_clock_does_not_lose_a_redo() -> None:
    """Fails when cancels are settled by the clock: here the redo is dated before the undo."""
    came = mark("a", "in", 550, at=5)
    undo = mark("b", "cancel", at=4, cancels="a")
    redo = mark("c", "cancel", at=1, cancels="b")

    assert in_force([came, undo, redo]) == (came,)


def test_a_clock_set_back_does_not_put_a_departure_before_its_arrival() -> None:
    """Fails when marks are ordered by the clock: she would be credited with the whole session."""
    came, went = mark("a", "in", 540, at=9), mark("b", "out", 600, at=1)

    assert presences([came, went], SESSIONS, 15)["am"].spans == ((540, 600),)


def test_a_cancel_whose_mark_has_not_come_yet_is_harmless() -> None:
    assert in_force([mark("b", "cancel", cancels="elsewhere")]) == ()


def test_a_stay_runs_from_the_arrival_to_the_end_of_the_session() -> None:
    here = presences([mark("a", "in", 550)], SESSIONS, 15)["am"]

    assert (
        here.spans[0],
        here.state,
        here.arrived,
        here.left,
    ) == ((550, 720), "present", 550, 720)


@pytest.mark.parametrize(("minute", "state"), [(555, "present"), (556, "late")])
def test_an_arrival_is_late_after_the_grace_and_never_gains_minutes(
    minute: int, state: str
) -> None:
    """Fails when the grace of fifteen minutes is added to the credit."""
    here = presences([mark("a", "in", minute)], SESSIONS, 15)["am"]

    assert (state, ((minute, 720),)) == (here.state, here.spans)


def test_leaving_and_coming_back_leaves_a_gap() -> None:
    marks = [mark("a", "in", 540), mark("b", "out", 600, at=1), mark("c", "in", 640, at=2)]

    assert presences(marks, SESSIONS, 15)["am"].spans == ((540, 600), (640, 720))


def test_leaving_early_is_said() -> None:
    here = presences([mark("a", "in"), mark("b", "out", 700, at=1)], SESSIONS, 15)["am"]

    assert (here.state, here.left) == ("left_early", 700)


def test_a_check_in_of_the_half_day_stands_for_every_session_of_that_half() -> None:
    found = presences([mark("a", "in", 545, scope="half")], SESSIONS, 15)

    assert found["am"].spans == ((545, 720),)
    assert found["beside"].spans == ((600, 840),)
    assert found["pm"].state == "expected"


def test_a_check_in_of_the_day_stops_at_midnight() -> None:
    found = presences([mark("a", "in", 545, scope="day")], SESSIONS, 15)

    assert found["pm"].spans == ((780, 990),)
    assert found["open"].state == "expected"


def test_absence_wipes_an_arrival_and_an_arrival_wipes_an_absence() -> None:
    gone = [mark("a", "in"), mark("b", "absent", at=1)]

    assert presences(gone, SESSIONS, 15)["am"].state == "absent"
    assert presences([*gone, mark("c", "in", 600, at=2)], SESSIONS, 15)["am"].state == "late"
    assert presences([mark("a", "leave")], SESSIONS, 15)["am"].state == "leave"


def test_a_tick_on_paper_is_the_whole_session() -> None:
    assert presences([mark("a", "present", 0)], SESSIONS, 15)["am"].spans == ((540, 720),)


def test_the_mark_an_undo_would_cancel_is_the_latest_that_bears_on_the_session() -> None:
    marks = [mark("a", "in"), mark("b", "out", 700, at=1), mark("c", "in", session="pm", at=2)]

    assert presences(marks, SESSIONS, 15)["am"].mark_id == "b"


def test_a_mark_of_a_session_that_was_taken_away_is_passed_over() -> None:
    assert presences([mark("a", "in", session="gone")], (MORNING,), 15)["am"].state == "expected"


def test_parallel_sessions_are_counted_once() -> None:
    """Fails when minutes of sessions are summed instead of united."""
    assert counted_minutes(SESSIONS) == 990 - 540
    assert counted_spans(SESSIONS) == {1: [(540, 990)]}


DAYS = (
    Day(
        "d1",
        "e",
        1,
        date(2021, 3, 8),
        (
            Session("a", "e", 1, date(2021, 3, 8), 540, 720, "lecture", "", counts=True),
            Session("b", "e", 1, date(2021, 3, 8), 780, 990, "group", "", counts=True),
        ),
    ),
    Day(
        "d2",
        "e",
        2,
        date(2021, 3, 9),
        (Session("c", "e", 2, date(2021, 3, 9), 540, 720, "lecture", "", counts=True),),
    ),
)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2021-03-08T07:30", "a"),  # doors open before the first session
        ("2021-03-08T10:00", "a"),
        ("2021-03-08T12:20", "b"),  # at lunch, the next one is what people sign for
        ("2021-03-08T13:00", "b"),
        ("2021-03-08T20:00", "b"),  # the evening: the last one of the day
        ("2021-03-09T09:00", "c"),
        ("2021-03-10T09:00", None),
        ("2021-03-07T09:00", None),
    ],
)
def test_the_session_now_is_the_one_people_are_coming_to(now: str, expected: str | None) -> None:
    found = session_now(DAYS, datetime.fromisoformat(now))

    assert expected == (found.id if found else None)


def test_of_two_sessions_at_once_the_one_that_counts_is_now() -> None:
    """Fails when the exhibition beside the lecture takes the check-in desk."""
    show = Session("x", "e", 1, date(2021, 3, 8), 540, 990, "exhibition", "", counts=False)
    day = Day("d1", "e", 1, date(2021, 3, 8), (show, *DAYS[0].sessions))

    found = session_now((day,), datetime(2021, 3, 8, 10, 0))  # noqa: DTZ001 - local time

    assert found is not None
    assert found.id == "a"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2021-03-07T23:59", BEFORE),
        ("2021-03-08T09:30", Moment(1, 570)),
        ("2021-03-09T00:00", Moment(2, 0)),
        ("2021-03-10T00:00", OVER),
    ],
)
def test_the_moment_of_an_event_follows_its_dates(now: str, expected: Moment) -> None:
    assert expected == moment_now(DAYS, datetime.fromisoformat(now))


def test_a_gap_between_two_days_is_the_end_of_the_first() -> None:
    days = (DAYS[0], Day("d2", "e", 2, date(2021, 3, 20), ()))

    assert moment_now(days, datetime(2021, 3, 15, 9, 0)) == Moment(1, 1440)  # noqa: DTZ001


UNDATED = tuple(
    Day(
        day.id,
        "e",
        day.no,
        None,
        tuple(
            Session(s.id, "e", s.day_no, None, s.start, s.end, s.kind, "", counts=True)
            for s in day.sessions
        ),
    )
    for day in DAYS
)


@pytest.mark.parametrize(
    ("marked", "closed", "expected"),
    [
        (set(), False, BEFORE),
        ({"a"}, False, Moment(1, 1440)),
        ({"a", "b"}, False, Moment(1, 1440)),
        ({"a", "b", "c"}, False, OVER),
        (set(), True, OVER),
    ],
)
def test_an_event_without_dates_has_come_as_far_as_its_marks(
    marked: set[str], closed: bool, expected: Moment
) -> None:
    now = datetime(2021, 3, 8, 9, 0)  # noqa: DTZ001 - local time

    assert expected == moment_now(UNDATED, now, marked=marked, closed=closed)
