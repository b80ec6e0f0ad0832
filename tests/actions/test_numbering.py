# SPDX-License-Identifier: Apache-2.0
"""Which number is whose, and in which year: the first issue draws one for every seat."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.actions.attendance import arrive
from desktop.actions.certificate import (
    NOT_A_TRAINEE,
    NOT_ISSUED,
    WITHDRAWN,
    NotEntitled,
    NotPrintable,
    ReasonMissing,
    RosterOpen,
    issue,
    record_print,
    register_rows,
    void,
)
from desktop.actions.register import account
from desktop.actions.register_rule import keep_rule
from desktop.errors import Problem
from desktop.model.register import RegisterRule
from tests.actions.issuing import DAY, give, issued
from tests.hall import AFTERNOON, BY, MORNING, Hall


def test_seats_come_before_numbers(hall: Hall) -> None:
    people = give(hall, "สมชาย")
    from desktop.store import roster

    with hall.store.write(BY) as write:
        roster.put_lock(write, hall.event_id, locked=False, reason="")

    with pytest.raises(RosterOpen):
        issued(hall, *people)


def test_a_void_number_stays_in_the_register_and_never_returns(hall: Hall) -> None:
    """Fails when the next number is counted from rows that are in use."""
    people = give(hall, "สมชาย", "ปราณี")
    first, last = issued(hall, *people)
    with pytest.raises(ReasonMissing):
        void(hall.store, BY, last, "")
    void(hall.store, BY, last, "ชื่อผิดคน")

    (new,) = issued(hall, people[1])

    rows = [line.certificate for line in register_rows(hall.store, hall.event_id)]
    assert [(row.number, row.status) for row in rows] == [
        (1, "issued"),
        (2, "void"),
        (3, "issued"),
    ]
    assert rows[1].reason == "ชื่อผิดคน"
    assert (rows[2].id, rows[2].replaces, rows[2].seat) == (new, last, 2)
    with pytest.raises(NotPrintable):
        record_print(hall.store, BY, [last])
    with pytest.raises(NotPrintable):
        void(hall.store, BY, last, "อีกครั้ง")
    assert first != new


def test_later_seats_draw_the_next_numbers_and_each_year_begins_at_one(hall: Hall) -> None:
    people = give(hall, "สมชาย")
    issued(hall, *people)
    late = hall.enrol("มาเพิ่ม", 2)
    for session, hour in ((MORNING, 9), (AFTERNOON, 13)):
        hall.clock.to(hour)
        arrive(hall.store, BY, late, session, hour * 60, "search")

    issued(hall, late)
    numbers = [
        (r.certificate.year, r.certificate.number)
        for r in register_rows(hall.store, hall.event_id)
    ]
    assert numbers == [(2562, 1), (2562, 2)]

    third = hall.enrol("ปีหน้า", 3)
    for session, hour in ((MORNING, 9), (AFTERNOON, 13)):
        hall.clock.to(hour)
        arrive(hall.store, BY, third, session, hour * 60, "search", "บันทึกย้อนหลัง")
    issued(hall, third, day=date(2020, 1, 6))
    assert register_rows(hall.store, hall.event_id)[-1].certificate.number_text == "1/2563"


def test_the_year_of_the_register_is_that_of_the_calendar_not_of_the_budget(hall: Hall) -> None:
    """Fails when 30 September 2565, or a 1 October synced late, lands in 2566."""
    people = give(hall, "สมชาย")
    issued(hall, *people, day=date(2022, 10, 1))

    assert register_rows(hall.store, hall.event_id)[0].certificate.year == 2565


def test_awards_have_a_register_of_their_own_in_the_order_of_their_list(hall: Hall) -> None:
    awards = [hall.award(f"มูลนิธิที่ {n}", f"โครงการที่ {n}", n) for n in (2, 1, 3)]

    issue(hall.store, BY, hall.event_id, issue_date=DAY, award_ids=awards[:2])

    rows = register_rows(hall.store, hall.event_id)
    assert [(r.certificate.number, r.name, r.certificate.status) for r in rows] == [
        (1, "มูลนิธิที่ ๑", "issued"),
        (2, "มูลนิธิที่ ๒", "issued"),
        (3, "มูลนิธิที่ 3", "unused"),
    ]
    words = rows[0].certificate.wording
    assert words is not None
    assert (words.subject, words.fund) == ("โครงการที่ ๑", "ได้รับการสนับสนุนจากกองทุน")
    assert rows[0].certificate.kind == "project"


def test_a_seat_of_the_staff_and_one_withdrawn_keep_their_numbers_unused(hall: Hall) -> None:
    """Fails when numbers are counted over trainees: number 3 would not be seat 3."""
    people = give(hall, "สมชาย", "ปราณี", "มานะ")
    hall.enrol("เจ้าหน้าที่", 4, role="staff")
    hall.enrol("ถอน", 5, status="withdrawn")

    issued(hall, people[0], people[2])

    rows = [line.certificate for line in register_rows(hall.store, hall.event_id)]
    assert [(row.number, row.seat, row.reason) for row in rows] == [
        (1, 1, ""),
        (2, 2, NOT_ISSUED),
        (3, 3, ""),
        (4, 4, NOT_A_TRAINEE),
        (5, 5, WITHDRAWN),
    ]


def test_a_lecturer_gets_no_certificate_of_those_who_were_trained(hall: Hall) -> None:
    """Fails when a role that certificates are not for needs no attendance either."""
    give(hall, "สมชาย")
    lecturer = hall.enrol("วิทยากร", 2, role="lecturer")

    with pytest.raises(NotEntitled):
        issued(hall, lecturer)

    assert register_rows(hall.store, hall.event_id) == ()


def test_a_number_that_waited_is_given_in_the_year_of_its_register(hall: Hall) -> None:
    """Fails when number 2 of 2562 bears a day of 2563."""
    first, second = give(hall, "สมชาย", "ปราณี")
    issued(hall, first)

    with pytest.raises(Problem, match="2562"):
        issued(hall, second, day=date(2020, 1, 2))

    issued(hall, second, day=date(2019, 12, 30))
    rows = [line.certificate for line in register_rows(hall.store, hall.event_id)]
    assert [(row.number_text, row.status) for row in rows] == [
        ("1/2562", "issued"),
        ("2/2562", "issued"),
    ]


def test_a_number_that_waits_in_the_register_of_another_year_can_be_given_up(hall: Hall) -> None:
    """The office begins to count by fiscal years on the very day a number was set aside: it stays
    in its register as void, with the reason, and the certificate gets one of the new register.

    Mutants: a number that waits may not be void; the void one is given again; it is left out of
    the account.
    """
    first, second = give(hall, "สมชาย", "ปราณี")
    day = date(2019, 11, 20)
    issued(hall, first, day=day)
    keep_rule(hall.store, BY, RegisterRule("completion", year_kind="fiscal"))
    with pytest.raises(Problem, match="ยกเลิกเลขนี้"):
        issued(hall, second, day=day)
    waits = next(
        line.certificate
        for line in register_rows(hall.store, hall.event_id)
        if line.certificate.status == "unused"
    )
    with pytest.raises(ReasonMissing):
        void(hall.store, BY, waits.id, " ")

    void(hall.store, BY, waits.id, "เปลี่ยนเป็นปีงบประมาณ")
    issued(hall, second, day=day)

    old, new = (account(hall.store, "completion", year) for year in (2562, 2563))
    assert [(one.number, one.state, one.why) for one in old.states] == [
        (1, "issued", ""), (2, "void", "เปลี่ยนเป็นปีงบประมาณ"),
    ]  # fmt: skip
    assert [(one.number, one.state) for one in new.states] == [(1, "issued")]
    assert (old.adds_up, new.adds_up) == (True, True)
    rows = [line.certificate for line in register_rows(hall.store, hall.event_id)]
    assert {row.number_text: row.enrolment_id for row in rows if row.wording} == {
        "1/2562": first, "1/2563": second,
    }  # fmt: skip
    with pytest.raises(NotPrintable):
        void(hall.store, BY, waits.id, "อีกครั้ง")


def test_thanks_to_a_lecturer_come_from_a_register_of_their_own(hall: Hall) -> None:
    issued(hall, *give(hall, "สมชาย"))
    lecturer = hall.enrol("วิทยากร", 2, role="lecturer")

    done = issue(
        hall.store,
        BY,
        hall.event_id,
        issue_date=DAY,
        enrolment_ids=[lecturer],
        kind="appreciation",
    )

    (row,) = done.value
    assert (row.kind, row.number) == ("appreciation", 1)
    assert row.wording.document_word == "เกียรติบัตร"


def test_a_person_gets_no_certificate_of_a_project(hall: Hall) -> None:
    """Fails when a person stands in the register of projects as an organisation that excels."""
    (one,) = give(hall, "สมชาย")

    with pytest.raises(ValueError, match="awards"):
        issue(
            hall.store,
            BY,
            hall.event_id,
            issue_date=DAY,
            enrolment_ids=[one],
            kind="project",
        )
