# SPDX-License-Identifier: Apache-2.0
"""The register: numbers follow seats, none is used twice, and every one is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.actions.attendance import arrive
from desktop.actions.certificate import (
    NOT_A_TRAINEE,
    NOT_ISSUED,
    NOT_PASSED,
    UNDECIDED,
    WITHDRAWN,
    NotEntitled,
    NotPrintable,
    ReasonMissing,
    RosterOpen,
    certificate_pages,
    hand_over,
    issue,
    record_print,
    register_rows,
    replace_after_name_fix,
    reprint,
    void,
)
from desktop.actions.eligibility import review
from desktop.actions.fixture import read_fixture
from desktop.actions.roster import RosterProblem, withdraw
from desktop.errors import Problem
from desktop.model.eligibility import OVER, Moment
from desktop.paths import shipped
from desktop.store import certificate as register
from desktop.store import event, person
from tests.hall import AFTERNOON, BY, MORNING, Hall, open_hall, tell

DAY = date(2019, 3, 3)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = open_hall(tmp_path)
    yield hall
    hall.store.close()


def give(hall: Hall, *names: str, came: bool = True) -> list[str]:
    """People on seats 1…n, who were there all day, and the lock."""
    people = [hall.enrol(name, seat) for seat, name in enumerate(names, 1)]
    for one in people:
        for session, hour in ((MORNING, 9), (AFTERNOON, 13)):
            hall.clock.to(hour)
            if came:
                arrive(hall.store, BY, one, session, hour * 60, "search")
    with hall.store.write(BY) as write:
        held = event.event(write.conn, hall.event_id)
        event.put_event(write, replace(held, certificate_kind="completion"))
    hall.lock()
    return people


def issued(hall: Hall, *people: str, day: date = DAY, moment: Moment = OVER) -> list[str]:
    done = issue(
        hall.store,
        BY,
        hall.event_id,
        layout_hash="h",
        issue_date=day,
        enrolment_ids=people,
        moment=moment,
    )
    return [row.id for row in done.value]


def test_the_story_of_a2_ends_with_152_certificates_and_154_rows(hall: Hall) -> None:
    """Fails when the two who failed are skipped, so that the numbers after them move up."""
    seats = tell(hall, read_fixture(shipped("resources", "demo", "seed2_apm_noi.json")))
    safe = [
        ruling.row.enrolment_id
        for ruling in review(hall.store, hall.event_id, OVER)
        if ruling.verdict.standing == "safe"
    ]

    made = issued(hall, *safe)

    rows = [line.certificate for line in register_rows(hall.store, hall.event_id)]
    assert (len(made), len(rows)) == (152, 154)
    assert [row.number for row in rows] == list(range(1, 155)) == [row.seat for row in rows]
    unused = [(row.number, row.reason) for row in rows if row.status == "unused"]
    assert unused == [(11, NOT_PASSED), (12, NOT_PASSED)]
    assert {row.year for row in rows} == {2562}
    assert rows[153].number_text == "154/2562"
    assert rows[153].enrolment_id == seats[154]
    words = rows[0].wording
    assert words is not None
    assert words.given == "ให้ไว้ ณ วันที่ ๓ มีนาคม พ.ศ. ๒๕๖๒"
    assert words.when_where.startswith("ระหว่างวันที่ ๒๘ กุมภาพันธ์ – ๓ มีนาคม ๒๕๖๒ ณ ห้อง")
    assert [signer.name for signer in words.signers] == ["นางนภา เศรษฐกร"]


def test_the_evening_before_the_safe_are_issued_and_the_rest_keep_their_numbers(
    hall: Hall,
) -> None:
    tell(hall, read_fixture(shipped("resources", "demo", "seed2_apm_noi.json")))
    evening = Moment(3, 1440)
    safe = [
        r.row.enrolment_id
        for r in review(hall.store, hall.event_id, evening)
        if r.verdict.standing == "safe"
    ]
    issued(hall, *safe, moment=evening)
    notes = Counter(line.certificate.reason for line in register_rows(hall.store, hall.event_id))
    assert notes == {"": 150, NOT_PASSED: 2, UNDECIDED: 2}

    late = [
        r.row.enrolment_id
        for r in review(hall.store, hall.event_id, OVER)
        if r.verdict.standing == "safe"
    ]
    assert len(issued(hall, *late)) == 2

    rows = [line.certificate for line in register_rows(hall.store, hall.event_id)]
    assert [row.seat for row in rows] == [row.number for row in rows]
    assert Counter(row.status for row in rows) == {"issued": 152, "unused": 2}


def test_nobody_gets_one_who_has_not_passed_and_nothing_is_drawn(hall: Hall) -> None:
    """Fails when the list of the page is believed: the rule is in the action."""
    people = give(hall, "สมชาย", "ปราณี")
    stranger = hall.enrol("มาสาย", 3)

    with pytest.raises(NotEntitled, match="มาสาย"):
        issued(hall, *people, stranger)

    assert register_rows(hall.store, hall.event_id) == ()


def test_seats_come_before_numbers(hall: Hall) -> None:
    people = give(hall, "สมชาย")
    from desktop.store import roster

    with hall.store.write(BY) as write:
        roster.put_lock(write, hall.event_id, locked=False, reason="")

    with pytest.raises(RosterOpen):
        issued(hall, *people)


def test_issuing_twice_gives_nobody_a_second_number(hall: Hall) -> None:
    people = give(hall, "สมชาย", "ปราณี")
    issued(hall, *people)

    assert issued(hall, *people) == []
    assert len(register_rows(hall.store, hall.event_id)) == 2


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


def test_the_second_printing_needs_a_reason_and_the_log_keeps_both(hall: Hall) -> None:
    (one,) = issued(hall, *give(hall, "สมชาย"))
    record_print(hall.store, BY, [one], "เครื่องพิมพ์ ๑")

    with pytest.raises(ReasonMissing):
        record_print(hall.store, BY, [one], "เครื่องพิมพ์ ๑")
    with pytest.raises(ReasonMissing):
        reprint(hall.store, BY, one, "เครื่องพิมพ์ ๑", 1, " ")
    reprint(hall.store, BY, one, "เครื่องพิมพ์ ๑", 1, "กระดาษติด")

    with hall.store.read() as conn:
        log = register.prints(conn, one)
        row = register.certificate(conn, one)
    assert [printing.reason for printing in log] == ["", "กระดาษติด"]
    assert (row.status, row.prints) == ("printed", 2)


def test_one_that_may_not_be_printed_stops_the_batch_before_anything_is_noted(hall: Hall) -> None:
    first, last = issued(hall, *give(hall, "สมชาย", "ปราณี"))
    record_print(hall.store, BY, [last])

    with pytest.raises(ReasonMissing):
        record_print(hall.store, BY, [first, last])

    with hall.store.read() as conn:
        assert register.prints(conn, first) == ()


def test_a_name_put_right_late_keeps_the_number_and_both_wordings(hall: Hall) -> None:
    people = give(hall, "สมชาย")
    (one,) = issued(hall, *people)
    record_print(hall.store, BY, [one])
    with pytest.raises(Problem):
        replace_after_name_fix(hall.store, BY, one, "สะกดผิด")
    with hall.store.write(BY) as write:
        known = person.person(write.conn, register_rows_person(hall, people[0]))
        person.put_person(write, replace(known, first="สมชัย"))

    fixed = replace_after_name_fix(hall.store, BY, one, "สะกดผิด").value
    reprint(hall.store, BY, one, "", 1, "สะกดผิด")

    with hall.store.read() as conn:
        log = register.prints(conn, one)
    assert (fixed.number, fixed.wording.recipient) == (1, "นายสมชัย")
    assert [line.certificate.reason for line in register_rows(hall.store, hall.event_id)] == [
        "สะกดผิด"
    ]
    assert [p.wording.recipient for p in log if p.wording] == ["นายสมชาย", "นายสมชัย"]
    assert len(log) == 2


def register_rows_person(hall: Hall, enrolment_id: str) -> str:
    from desktop.store import roster

    with hall.store.read() as conn:
        return roster.enrolment(conn, enrolment_id).person_id


def test_the_words_are_frozen_at_issue(hall: Hall) -> None:
    """Fails when a page is made from the person instead of from what was issued."""
    people = give(hall, "สมชาย")
    issued(hall, *people)
    with hall.store.write(BY) as write:
        known = person.person(write.conn, register_rows_person(hall, people[0]))
        person.put_person(write, replace(known, first="เปลี่ยนชื่อ"))

    assert register_rows(hall.store, hall.event_id)[0].name == "นายสมชาย"


def test_a_handed_over_certificate_shows_who_took_it_and_can_be_taken_back(hall: Hall) -> None:
    (one,) = issued(hall, *give(hall, "สมชาย"))

    done = hand_over(hall.store, BY, [one], "ผู้แทน", date(2019, 3, 4))

    line = register_rows(hall.store, hall.event_id)[0]
    assert line.certificate.status == "handed"
    assert line.receipt is not None
    assert (line.receipt.by, line.receipt.on) == ("ผู้แทน", "2019-03-04")
    assert done.undo
    done.undo(hall.store)
    assert register_rows(hall.store, hall.event_id)[0].receipt is None


def test_awards_have_a_register_of_their_own_in_the_order_of_their_list(hall: Hall) -> None:
    awards = [hall.award(f"มูลนิธิที่ {n}", f"โครงการที่ {n}", n) for n in (2, 1, 3)]

    issue(hall.store, BY, hall.event_id, layout_hash="h", issue_date=DAY, award_ids=awards[:2])

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


def test_the_register_says_of_who_had_still_to_attend_how_she_stands_now(hall: Hall) -> None:
    """Fails when "waiting" stays in the register for ever because nobody else was issued."""
    came, _stayed_away = give(hall, "สมชาย"), hall.enrol("ปราณี", 2)
    hall.clock.to(14, 30)
    issued(hall, came[0], moment=OVER)
    with hall.store.write(BY) as write:  # as issued the evening before: one is still waited for
        row = register.register(write.conn, event_id=hall.event_id)[1]
        register.put_certificate(write, replace(row, reason=UNDECIDED))

    hall.clock.to(18)

    notes = [line.certificate.reason for line in register_rows(hall.store, hall.event_id)]
    assert notes == ["", NOT_PASSED]


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


def test_whoever_has_a_certificate_is_not_taken_off_before_it_is_void(hall: Hall) -> None:
    """Fails when she leaves the list and nobody can declare her certificate void any more."""
    (one,) = give(hall, "สมชาย")
    (certificate_id,) = issued(hall, one)

    with pytest.raises(RosterProblem):
        withdraw(hall.store, BY, one)

    void(hall.store, BY, certificate_id, "ถอนตัว")
    withdraw(hall.store, BY, one)


def test_one_named_twice_is_printed_once(hall: Hall) -> None:
    """Fails when a second printing slips in without its reason."""
    (one,) = issued(hall, *give(hall, "สมชาย"))

    record_print(hall.store, BY, [one, one])

    with hall.store.read() as conn:
        assert len(register.prints(conn, one)) == 1


def test_thanks_to_a_lecturer_come_from_a_register_of_their_own(hall: Hall) -> None:
    issued(hall, *give(hall, "สมชาย"))
    lecturer = hall.enrol("วิทยากร", 2, role="lecturer")

    done = issue(
        hall.store,
        BY,
        hall.event_id,
        layout_hash="h",
        issue_date=DAY,
        enrolment_ids=[lecturer],
        kind="appreciation",
    )

    (row,) = done.value
    assert (row.kind, row.number) == ("appreciation", 1)
    assert row.wording.document_word == "เกียรติบัตร"


def test_the_pages_are_those_frozen_at_issue_in_the_digits_of_the_event(hall: Hall) -> None:
    made = issued(hall, *give(hall, "สมชาย", "ปราณี"))

    pages = certificate_pages(hall.store, made[::-1])

    assert [page.number for page in pages] == ["๒/๒๕๖๒", "๑/๒๕๖๒"]
    assert pages[0].recipient == "นายปราณี"
    assert pages[0].issuer == ("กองทดสอบ", "กระทรวง")
    void(hall.store, BY, made[0], "ผิด")
    with pytest.raises(NotPrintable):
        certificate_pages(hall.store, made)
