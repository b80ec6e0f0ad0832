# SPDX-License-Identifier: Apache-2.0
"""The register: numbers follow seats, none is used twice, and every one is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.actions.certificate import (
    NOT_PASSED,
    UNDECIDED,
    NotEntitled,
    NotPrintable,
    ReasonMissing,
    certificate_pages,
    hand_over,
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
from desktop.store import person
from tests.actions.issuing import give, issued
from tests.hall import BY, Hall, open_hall, tell


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = open_hall(tmp_path)
    yield hall
    hall.store.close()


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


def test_issuing_twice_gives_nobody_a_second_number(hall: Hall) -> None:
    people = give(hall, "สมชาย", "ปราณี")
    issued(hall, *people)

    assert issued(hall, *people) == []
    assert len(register_rows(hall.store, hall.event_id)) == 2


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


def test_the_pages_are_those_frozen_at_issue_in_the_digits_of_the_event(hall: Hall) -> None:
    made = issued(hall, *give(hall, "สมชาย", "ปราณี"))

    pages = certificate_pages(hall.store, made[::-1])

    assert [page.number for page in pages] == ["๒/๒๕๖๒", "๑/๒๕๖๒"]
    assert pages[0].recipient == "นายปราณี"
    assert pages[0].issuer == ("กองทดสอบ", "กระทรวง")
    void(hall.store, BY, made[0], "ผิด")
    with pytest.raises(NotPrintable):
        certificate_pages(hall.store, made)
