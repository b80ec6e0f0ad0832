# SPDX-License-Identifier: Apache-2.0
"""Making and changing events: what is made at once, what is refused, what can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.actions.attendance import arrive, cancel
from desktop.actions.event import (
    EventDraft,
    EventProblem,
    add_day,
    add_session,
    change_event,
    change_session,
    close_event,
    create_event,
    draft_from,
    put_programme,
    remove_day,
    remove_session,
    reopen_event,
    set_ceremony,
    stretched,
)
from desktop.actions.roster import Entry, EntryProblem, add_entries
from desktop.actions.sheet import prepare_sheets
from desktop.model.event import PATTERNS, CeremonyRole, PlannedSession, Programme
from desktop.store import event as events
from tests.actions.office_ground import BY, FIRST, MORNING, Ground, assert_undone_and_redone

CEREMONY, TRAINING, VISITS = PATTERNS


def days(ground: Ground) -> list[tuple[int, date | None, int]]:
    with ground.store.read() as conn:
        held = events.days(conn, ground.event.id)
    return [(day.no, day.on, len(day.sessions)) for day in held]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.code)
def test_an_event_from_a_pattern_has_its_days_and_sessions_at_once(ground, pattern) -> None:
    """Fails when days or sessions are written in a second transaction: undo would leave them."""
    before = ground.everything()
    last = FIRST + timedelta(days=pattern.days - 1)
    mark = ground.last_op()

    done = create_event(ground.store, BY, draft_from(pattern, "งานใหม่", FIRST, last))

    kinds = [kind for kind, _body in ground.ops_after(mark)]
    assert kinds.count("event") == 1
    assert kinds.count("day") == pattern.days
    assert kinds.count("session") == len(pattern.sessions)
    assert len(done.value.code) == 6
    assert done.value.code.isdigit()
    assert done.changed == {"events"}
    assert_undone_and_redone(ground, before, done)


def test_a_pattern_is_drawn_out_and_cut_to_the_days_there_are() -> None:
    """Fails when extra days stay empty, or the closing does not stay on the last day."""
    for length in range(1, 8):
        sessions = stretched(TRAINING, length)
        assert {one.day_no for one in sessions} == set(range(1, length + 1))
        assert sessions[0].kind == "opening"
        if length > 1:
            assert [one.day_no for one in sessions if one.kind == "closing"] == [length]
    assert {one.day_no for one in stretched(CEREMONY, 3)} == {1, 2, 3}


def test_an_event_without_a_date_needs_a_note_and_has_days_all_the_same(ground: Ground) -> None:
    with pytest.raises(EventProblem):
        create_event(ground.store, BY, draft_from(VISITS, "ไม่มีวันที่"))
    draft = replace(draft_from(VISITS, "ไม่มีวันที่"), date_note="ราวเดือนกันยายน")
    event = create_event(ground.store, BY, draft).value
    with ground.store.read() as conn:
        assert [(day.no, day.on) for day in events.days(conn, event.id)] == [(1, None), (2, None)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "  "},
        {"date_to": FIRST - timedelta(days=1)},
        {"date_to": FIRST + timedelta(days=61)},
        {"date_from": None, "date_to": FIRST},
        {"date_from": None, "date_to": None},
        {"kind": "party"},
        {"areas": ("99",)},
        {"quota": 0},
        {"target": 0},
        {"late_after": 121},
        {"certificate_kind": "medal"},
        {"sessions": (replace(MORNING, end=540),)},
        {"sessions": (replace(MORNING, day_no=3),)},
        {"sessions": (replace(MORNING, end=1441),)},
        {"sessions": (replace(MORNING, kind="nap"),)},
        {"ceremony": (CeremonyRole("", "", "chair_open", " ", ""),)},
    ],
    ids=str,
)
def test_a_wrong_event_is_refused_whole_with_a_sentence(ground: Ground, wrong, each_language):
    """Fails when the event row is kept although one of its sessions was refused."""
    draft = EventDraft(name="งาน", date_from=FIRST, date_to=FIRST + timedelta(days=1))
    before = ground.everything()
    with pytest.raises(EventProblem) as told:
        create_event(ground.store, BY, replace(draft, **wrong))
    assert len(str(told.value)) > 10
    assert ground.everything() == before


def test_sixty_days_are_not_too_many(ground: Ground) -> None:
    draft = EventDraft(name="งาน", date_from=FIRST, date_to=FIRST + timedelta(days=60))
    event = create_event(ground.store, BY, draft).value
    with ground.store.read() as conn:
        assert len(events.days(conn, event.id)) == 61


def test_a_programme_of_the_same_name_and_year_is_one_programme(ground: Ground) -> None:
    draft = EventDraft(
        name="รุ่น 1", date_from=FIRST, programme=Programme("", "โครงการ อพม.น้อย", 2570)
    )
    one = create_event(ground.store, BY, draft).value
    two = create_event(ground.store, BY, replace(draft, name="รุ่น 2")).value
    assert one.programme_id == two.programme_id
    later = put_programme(ground.store, BY, Programme("", "โครงการ อพม.น้อย", 2571)).value
    assert later.id != one.programme_id
    with ground.store.read() as conn:
        assert [row.programme_name for row in events.events(conn)][:2] == ["โครงการ อพม.น้อย"] * 2


def test_a_moved_event_takes_its_days_along(ground: Ground) -> None:
    before = ground.everything()
    moved = replace(ground.event, date_from=date(2026, 12, 1), date_to=date(2026, 12, 2))
    done = change_event(ground.store, BY, moved)
    assert days(ground) == [(1, date(2026, 12, 1), 2), (2, date(2026, 12, 2), 1)]
    assert [one.on for one in ground.sessions()][-1] == date(2026, 12, 2)
    assert_undone_and_redone(ground, before, done)


def test_an_event_that_grows_or_shrinks_gains_and_loses_days_at_its_end(ground: Ground) -> None:
    """Fails when a lost day leaves its sessions behind: they would count towards passing."""
    change_event(ground.store, BY, replace(ground.event, date_to=FIRST + timedelta(days=3)))
    assert [day[0] for day in days(ground)] == [1, 2, 3, 4]
    before = ground.everything()
    done = change_event(ground.store, BY, replace(ground.event, date_to=FIRST))
    assert days(ground) == [(1, FIRST, 2)]
    assert len(ground.sessions()) == 2
    assert_undone_and_redone(ground, before, done)


def test_dates_that_become_known_are_given_to_the_days(ground: Ground) -> None:
    unknown = replace(ground.event, date_from=None, date_to=None, date_note="เลื่อน")
    change_event(ground.store, BY, unknown)
    assert [day[1] for day in days(ground)] == [None, None]
    change_event(
        ground.store, BY, replace(ground.event, date_from=FIRST, date_to=FIRST + timedelta(days=1))
    )
    assert [day[1] for day in days(ground)] == [FIRST, FIRST + timedelta(days=1)]


def test_a_session_with_attendance_stays_until_the_marks_are_cancelled(ground: Ground) -> None:
    """Fails when a session, its day, or the event's dates can be changed so marks are lost."""
    (one,) = ground.add("สมชาย ใจดี")
    second_day = ground.sessions()[2]
    mark = arrive(ground.store, BY, one, second_day.id, 545, "list", "ลงย้อนหลัง").value
    for refused in (
        lambda: remove_session(ground.store, BY, second_day.id),
        lambda: remove_day(ground.store, BY, ground.event.id, 2),
        lambda: change_event(ground.store, BY, replace(ground.event, date_to=FIRST)),
    ):
        before = ground.everything()
        with pytest.raises(EventProblem):
            refused()
        assert ground.everything() == before
    cancel(ground.store, BY, mark.id, "ผิดคน")
    remove_session(ground.store, BY, second_day.id)
    assert len(ground.sessions()) == 2


def test_a_day_taken_away_moves_the_later_ones_up(ground: Ground) -> None:
    before = ground.everything()
    done = remove_day(ground.store, BY, ground.event.id, 1)
    assert days(ground) == [(1, FIRST + timedelta(days=1), 1)]
    with ground.store.read() as conn:
        event = events.event(conn, ground.event.id)
    assert (event.date_from, event.date_to) == (FIRST + timedelta(days=1),) * 2
    assert_undone_and_redone(ground, before, done)
    with pytest.raises(EventProblem):
        remove_day(ground.store, BY, ground.event.id, 1)


def test_an_added_day_follows_the_last_and_moves_the_last_date(ground: Ground) -> None:
    before = ground.everything()
    done = add_day(ground.store, BY, ground.event.id)
    assert done.value == 3
    assert days(ground)[-1] == (3, FIRST + timedelta(days=2), 0)
    with ground.store.read() as conn:
        assert events.event(conn, ground.event.id).date_to == FIRST + timedelta(days=2)
    assert_undone_and_redone(ground, before, done)
    with pytest.raises(EventProblem):
        add_day(ground.store, BY, ground.event.id, FIRST)


def test_sessions_are_added_changed_and_taken_away(ground: Ground) -> None:
    before = ground.everything()
    parallel = PlannedSession(1, 540, 720, "exhibition", "", counts=False)
    done = add_session(ground.store, BY, ground.event.id, parallel, place="ห้อง ๒")
    assert (done.value.title, done.value.place) == ("นิทรรศการ", "ห้อง ๒")
    assert_undone_and_redone(ground, before, done)

    before = ground.everything()
    done = change_session(ground.store, BY, replace(done.value, end=700, mandatory=True))
    assert [one.end for one in ground.sessions() if one.kind == "exhibition"] == [700]
    assert_undone_and_redone(ground, before, done)

    before = ground.everything()
    done = remove_session(ground.store, BY, done.value.id)
    assert_undone_and_redone(ground, before, done)
    with pytest.raises(EventProblem):
        change_session(ground.store, BY, replace(ground.sessions()[0], end=500))


def test_attendance_does_not_go_elsewhere_with_its_session(ground: Ground) -> None:
    """Fails when everybody who signed in the morning is there in the afternoon, or next day."""
    (one,) = ground.add("ปราณี งาม")
    morning, afternoon, next_day = ground.sessions()
    arrive(ground.store, BY, one, morning.id, 540, "qr")

    for elsewhere in (
        replace(morning, start=780, end=960),
        replace(morning, day_no=2),
    ):
        with pytest.raises(EventProblem):
            change_session(ground.store, BY, elsewhere)
    change_session(ground.store, BY, replace(morning, start=600, end=700))
    change_session(ground.store, BY, replace(afternoon, start=500, end=560))
    change_session(ground.store, BY, replace(next_day, day_no=1))


def test_a_day_before_one_with_printed_sheets_keeps_its_number(ground: Ground) -> None:
    """Fails when paper of the second day is taken over as that of the third."""
    ground.add("ปราณี งาม")
    prepare_sheets(ground.store, BY, ground.event.id, 2)

    with pytest.raises(EventProblem):
        remove_day(ground.store, BY, ground.event.id, 1)

    remove_day(ground.store, BY, ground.event.id, 2)
    assert len(ground.sessions()) == 2


def test_the_ceremony_keeps_the_order_it_was_set_in(ground: Ground) -> None:
    before = ground.everything()
    chair = CeremonyRole("", "", "chair_close", "นางนภา  เศรษฐกร", "อธิบดี", signs=True)
    reporter = CeremonyRole("", "", "reporter", "นายสมใจ บุญอาจ", "ผู้อำนวยการ")
    done = set_ceremony(ground.store, BY, ground.event.id, [reporter, chair])
    assert [role.person_name for role in done.value] == ["นายสมใจ บุญอาจ", "นางนภา เศรษฐกร"]
    assert_undone_and_redone(ground, before, done)
    set_ceremony(ground.store, BY, ground.event.id, done.value[::-1][:1])
    with ground.store.read() as conn:
        assert events.ceremony(conn, ground.event.id) == (done.value[1],)


def test_a_closed_event_takes_nobody_until_it_is_reopened(ground: Ground) -> None:
    before = ground.everything()
    done = close_event(ground.store, BY, ground.event.id)
    with pytest.raises(EntryProblem):
        add_entries(ground.store, BY, ground.event.id, [Entry(first="สมชาย")])
    assert_undone_and_redone(ground, before, done)
    reopen_event(ground.store, BY, ground.event.id)
    assert ground.add("สมชาย ใจดี")
