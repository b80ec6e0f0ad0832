# SPDX-License-Identifier: Apache-2.0
"""Who comes without being expected, and who comes in another's place."""

from __future__ import annotations

import pytest

from desktop.actions.attendance import ReasonNeeded, SessionOver, arrive
from desktop.actions.roster import (
    Entry,
    RosterProblem,
    lock_roster,
    readmit,
    substitute,
    walk_in,
    withdraw,
)
from desktop.errors import Problem
from desktop.store import attendance
from tests.actions.office_ground import BY, Ground, assert_undone_and_redone


def test_a_walk_in_is_person_enrolment_and_mark_in_one(ground: Ground) -> None:
    """Fails when the mark is a second transaction: a pulled plug would leave half of it."""
    ground.add("สมชาย ใจดี", "ปราณี มีสุข")
    lock_roster(ground.store, BY, ground.event.id)
    before, mark = ground.everything(), ground.last_op()
    session = ground.sessions()[0]

    done = walk_in(
        ground.store, BY, ground.event.id, Entry(first="มานะ", title="นาย"), session.id, 545
    )

    line = done.value
    assert (line.name, line.seat, line.source) == ("นายมานะ", 3, "walkin")
    assert line.sort_key
    assert [kind for kind, _body in ground.ops_after(mark)] == ["person", "enrolment", "mark"]
    with ground.store.read() as conn:
        (noted,) = attendance.marks_of(conn, line.enrolment_id)
    assert (noted.kind, noted.minute, noted.by) == ("in", 545, BY)
    assert done.changed == {"people", "roster", "attendance"}
    assert_undone_and_redone(ground, before, done)


def test_who_comes_back_as_a_walk_in_does_not_take_a_seat_that_was_given_away(
    ground: Ground,
) -> None:
    """Fails when two people have one seat: badges and lists would name it twice."""
    (away,) = ground.add("ปราณี งาม", seat=5)
    withdraw(ground.store, BY, away)
    ground.add("มานะ รักดี", seat=5)
    known = Entry(first="ปราณี", known_person_id=ground.line(away).person_id)

    walk_in(ground.store, BY, ground.event.id, known, ground.sessions()[0].id, 540)

    assert ground.seats() == {"ปราณี": None, "มานะ": 5}


def test_a_walk_in_is_marked_by_the_rules_of_every_arrival(ground: Ground) -> None:
    """Fails when a form passes what the door does not: a time of long ago without a reason,
    a session that was taken away, one that is over. Nobody stays on the roster then."""
    (absent,) = ground.add("ปราณี งาม")
    first = ground.sessions()[0]
    entry = Entry(first="มานะ")
    for session_id, minute, refusal in (
        (first.id, 480, ReasonNeeded),
        (first.id, 720, SessionOver),
        ("gone", 540, Problem),
    ):
        with pytest.raises(refusal):
            walk_in(ground.store, BY, ground.event.id, entry, session_id, minute)
        with pytest.raises(refusal):
            substitute(ground.store, BY, absent, entry, session_id, minute)
    assert [(line.first, line.status) for line in ground.roster()] == [("ปราณี", "enrolled")]

    line = walk_in(
        ground.store, BY, ground.event.id, entry, first.id, 480, reason="มาถึงก่อนเปิดเครื่อง"
    ).value
    with ground.store.read() as conn:
        (mark,) = attendance.marks_of(conn, line.enrolment_id)
    assert (mark.minute, mark.reason) == (480, "มาถึงก่อนเปิดเครื่อง")


def test_a_walk_in_who_is_expected_is_not_entered_again(ground: Ground) -> None:
    (one,) = ground.add("สมชาย ใจดี")
    known = Entry(first="สมชาย", known_person_id=ground.line(one).person_id)
    with pytest.raises(RosterProblem):
        walk_in(ground.store, BY, ground.event.id, known, ground.sessions()[0].id, 545)


def test_a_substitute_takes_the_absent_persons_seat_and_place(ground: Ground) -> None:
    """Fails when both keep the seat: two certificates would share a number."""
    absent, other = ground.add(
        "สมชาย ใจดี", "ปราณี มีสุข", organisation="อบต.ก", area="63", group="lgo"
    )
    lock_roster(ground.store, BY, ground.event.id)
    seat = ground.line(absent).seat
    before = ground.everything()
    session = ground.sessions()[0]

    done = substitute(ground.store, BY, absent, Entry(first="มานะ"), session.id, 545)

    line = done.value
    assert (line.seat, line.source, line.substitute_for) == (seat, "substitute", absent)
    assert (line.organisation, line.area, line.group) == ("อบต.ก", "63", "lgo")
    gone = ground.line(absent)
    assert (gone.status, gone.seat) == ("substituted", None)
    assert_undone_and_redone(ground, before, done)

    with pytest.raises(RosterProblem):
        readmit(ground.store, BY, absent)
    with pytest.raises(RosterProblem):
        withdraw(ground.store, BY, absent)
    withdraw(ground.store, BY, line.enrolment_id)
    readmit(ground.store, BY, absent)
    assert ground.line(absent).status == "enrolled"
    assert ground.line(absent).seat == 3
    arrive(ground.store, BY, other, session.id, 540, "list")
    with pytest.raises(RosterProblem):
        substitute(ground.store, BY, other, Entry(first="มานี"))
