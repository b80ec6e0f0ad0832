# SPDX-License-Identifier: Apache-2.0
"""An undo that comes late pulls nothing away from under what was entered since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.actions.attendance import arrive
from desktop.actions.certificate import issue, register_rows
from desktop.actions.event import add_day, add_session, create_event
from desktop.actions.event_draft import EventDraft
from desktop.actions.organisation import AwardEntry, add_awards
from desktop.actions.plan import keep_fields
from desktop.actions.roster import (
    Entry,
    add_entries,
    lock_roster,
    substitute,
    unlock_roster,
    walk_in,
)
from desktop.model.eligibility import OVER
from desktop.model.event import PlannedSession
from desktop.store import event, roster
from desktop.store.errors import ChangedSince
from tests.hall import AFTERNOON, BY, MORNING, Hall


def undo(hall: Hall, done: object) -> None:
    taken_back = getattr(done, "undo", None)
    assert taken_back is not None
    taken_back(hall.store)


def names(hall: Hall) -> list[str]:
    with hall.store.read() as conn:
        return [row.first for row in roster.roster(conn, hall.event_id) if row.expected]


def test_a_lock_by_whose_seats_numbers_were_drawn_is_not_undone(hall: Hall) -> None:
    """Fails when Ctrl+Z unlocks what ``unlock_roster`` refuses to: seats would leave numbers."""
    one = hall.enrol("สมชาย")
    for hour, session in ((9, MORNING), (13, AFTERNOON)):
        hall.clock.to(hour)
        arrive(hall.store, BY, one, session, hour * 60, "qr")
    with hall.store.write(BY) as write:
        held = event.event(write.conn, hall.event_id)
        event.put_event(write, replace(held, certificate_kind="completion"))
    lock = lock_roster(hall.store, BY, hall.event_id)
    issue(
        hall.store,
        BY,
        hall.event_id,
        issue_date=date(2019, 3, 1),
        enrolment_ids=[one],
        moment=OVER,
    )

    with pytest.raises(ChangedSince):
        undo(hall, lock)

    with hall.store.read() as conn:
        assert roster.is_locked(conn, hall.event_id)
        assert roster.enrolment(conn, one).seat == 1


def test_a_lock_without_numbers_is_undone(hall: Hall) -> None:
    hall.enrol("สมชาย")
    lock = lock_roster(hall.store, BY, hall.event_id)
    unlocked = unlock_roster(hall.store, BY, hall.event_id, "เพิ่มชื่อ")

    undo(hall, unlocked)
    undo(hall, lock)

    with hall.store.read() as conn:
        assert not roster.is_locked(conn, hall.event_id)


def test_whoever_was_marked_since_is_not_taken_off_by_undo(hall: Hall) -> None:
    """Fails when the person goes and her later marks stay behind without anybody."""
    done = walk_in(hall.store, BY, hall.event_id, Entry(first="ปราณี"), MORNING, 540)
    hall.clock.to(13)
    later = arrive(hall.store, BY, done.value.enrolment_id, AFTERNOON, 780, "qr")

    with pytest.raises(ChangedSince):
        undo(hall, done)
    assert names(hall) == ["ปราณี"]

    undo(hall, later)
    undo(hall, done)
    assert names(hall) == []


def test_a_substitute_in_whose_place_another_came_is_not_undone(hall: Hall) -> None:
    """Fails when the chain of who stands for whom loses its middle."""
    absent = hall.enrol("สมชาย")
    first = substitute(hall.store, BY, absent, Entry(first="ปราณี"))
    second = substitute(hall.store, BY, first.value.enrolment_id, Entry(first="มานะ"))

    with pytest.raises(ChangedSince):
        undo(hall, first)

    undo(hall, second)
    undo(hall, first)
    assert names(hall) == ["สมชาย"]


def test_a_list_with_one_who_came_is_not_undone(hall: Hall) -> None:
    listed = add_entries(hall.store, BY, hall.event_id, [Entry(first="ก"), Entry(first="ข")])
    arrive(hall.store, BY, listed.value.enrolment_ids[1], MORNING, 540, "qr")

    with pytest.raises(ChangedSince):
        undo(hall, listed)

    assert sorted(names(hall)) == ["ก", "ข"]


def test_an_award_with_a_number_is_not_undone(hall: Hall) -> None:
    """Fails when a row of the register stays for a project nobody knows any more."""
    listed = add_awards(hall.store, BY, hall.event_id, [AwardEntry("มูลนิธิ", "โครงการ")])
    issue(
        hall.store,
        BY,
        hall.event_id,
        issue_date=date(2019, 3, 1),
        award_ids=[listed.value[0].id],
    )

    with pytest.raises(ChangedSince):
        undo(hall, listed)

    assert [row.name for row in register_rows(hall.store, hall.event_id)] == ["มูลนิธิ"]


def test_an_event_with_people_and_a_day_with_sessions_are_not_undone(hall: Hall) -> None:
    made = create_event(
        hall.store, BY, EventDraft(name="อบรม", date_from=date(2019, 3, 5), days=1)
    )
    hall.event_id = made.value.id
    day = add_day(hall.store, BY, hall.event_id)
    planned = PlannedSession(2, 540, 720, "lecture", "บรรยาย", counts=True)
    session = add_session(hall.store, BY, hall.event_id, planned)
    listed = add_entries(hall.store, BY, hall.event_id, [Entry(first="ก")])
    hall.clock.to(9, day=6)
    came = arrive(
        hall.store, BY, listed.value.enrolment_ids[0], session.value.id, 540, "qr", "ทดสอบ"
    )

    for done in (made, day, session):
        with pytest.raises(ChangedSince):
            undo(hall, done)

    for done in (came, listed, session, day, made):
        undo(hall, done)


def test_whoever_has_something_noted_is_not_taken_off_by_undo(hall: Hall) -> None:
    """Mutant: ``certificate_field`` left out of what leans on a place on the roster."""
    listed = add_entries(hall.store, BY, hall.event_id, [Entry(first="ก")])
    (one,) = listed.value.enrolment_ids
    keep_fields(hall.store, BY, hall.event_id, {one: {"role": "หัวหน้ากลุ่ม"}})

    with pytest.raises(ChangedSince):
        undo(hall, listed)

    keep_fields(hall.store, BY, hall.event_id, {one: {"role": ""}})
    undo(hall, listed)
    assert names(hall) == []
