# SPDX-License-Identifier: Apache-2.0
"""The register: numbers follow seats, none is used twice, and every one is accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from desktop.actions.certificate import (
    NOT_PASSED,
    UNDECIDED,
    NotEntitled,
    NotPrintable,
    PlateDiffers,
    ReasonMissing,
    certificate_fillings,
    demand_same_plates,
    hand_over,
    plates_of,
    record_print,
    register_rows,
    replace_after_name_fix,
    replace_paper,
    reprint,
    take_back,
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
from desktop.store.certificate import Receipt
from desktop.store.errors import ChangedSince
from tests.actions.issuing import give, issued
from tests.hall import BY, Hall, tell


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


def test_a_name_put_right_late_is_a_replacement_under_the_same_number(hall: Hall) -> None:
    """Mutant: the words of the old row written over, so that nobody can see what was handed
    over first."""
    people = give(hall, "สมชาย")
    (one,) = issued(hall, *people)
    record_print(hall.store, BY, [one])
    with pytest.raises(Problem):
        replace_after_name_fix(hall.store, BY, one, "สะกดผิด")
    with hall.store.write(BY) as write:
        known = person.person(write.conn, register_rows_person(hall, people[0]))
        person.put_person(write, replace(known, first="สมชัย"))

    fixed = replace_after_name_fix(hall.store, BY, one, "สะกดผิด").value
    record_print(hall.store, BY, [fixed.id])

    with hall.store.read() as conn:
        old, new = register.editions(conn, fixed)
        log = [register.prints(conn, row.id) for row in (old, new)]
    assert (old.id, old.status, old.number, old.edition) == (one, "replaced", 1, 1)
    assert (new.replaces, new.status, new.number, new.edition) == (one, "printed", 1, 2)
    assert (new.number_text, new.issue_date, new.seat) == (
        old.number_text, old.issue_date, old.seat,
    )  # fmt: skip
    assert [p.wording.recipient for some in log for p in some if p.wording] == [
        "นายสมชาย", "นายสมชัย",
    ]  # fmt: skip
    assert old.reason == new.reason == "สะกดผิด"
    assert old.proof != new.proof
    with pytest.raises(NotPrintable):
        record_print(hall.store, BY, [one], reason="อีกใบ")
    assert issued(hall, *people) == [], "the number is hers, in its second edition"


def test_a_replacement_can_be_taken_back_until_it_is_printed(hall: Hall) -> None:
    people = give(hall, "สมชาย")
    (one,) = issued(hall, *people)
    with hall.store.write(BY) as write:
        known = person.person(write.conn, register_rows_person(hall, people[0]))
        person.put_person(write, replace(known, first="สมชัย"))

    done = replace_after_name_fix(hall.store, BY, one, "สะกดผิด")
    assert done.undo
    done.undo(hall.store)
    rows = [line.certificate for line in register_rows(hall.store, hall.event_id)]
    assert [(row.id, row.status) for row in rows] == [(one, "issued")]

    done = replace_after_name_fix(hall.store, BY, one, "สะกดผิด")
    record_print(hall.store, BY, [done.value.id])
    assert done.undo
    with pytest.raises(ChangedSince):
        done.undo(hall.store)


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

    (group,) = certificate_fillings(hall.store, made[::-1])

    assert [page.fields["number"] for page in group.fillings] == ["เลขที่ ๒/๒๕๖๒", "เลขที่ ๑/๒๕๖๒"]
    assert group.ids == tuple(made[::-1])
    assert group.fillings[0].fields["recipient"] == "นายปราณี"
    assert group.fillings[0].fields["issuer"] == "กองทดสอบ"
    assert group.fillings[0].fields["issuers"] == "กระทรวง"
    assert group.fillings[0].fields["proof"].isdecimal()
    void(hall.store, BY, made[0], "ผิด")
    with pytest.raises(NotPrintable):
        certificate_fillings(hall.store, made)
    (shown,) = certificate_fillings(hall.store, made, gone=True)
    assert shown.ids == tuple(made)


def test_another_choice_of_digits_changes_no_certificate_that_was_issued(hall: Hall) -> None:
    """Mutant: the digits of the event as they are now: what was printed could not be printed
    again, and the register would not say what stands on the paper."""
    made = issued(hall, *give(hall, "สมชาย", "ปราณี")[:1])
    before = plates_of(certificate_fillings(hall.store, made))
    with hall.store.write(BY) as write:
        event.put_event(
            write, replace(event.event(write.conn, hall.event_id), digits="arabic", name="อื่น")
        )

    (group,) = certificate_fillings(hall.store, made)

    assert group.fillings[0].fields["number"] == "เลขที่ ๑/๒๕๖๒"
    assert plates_of([group]) == before
    with hall.store.write(BY) as write:
        one = register.certificate(write.conn, made[0])
        assert one.wording is not None
        register.put_certificate(write, replace(one, wording=replace(one.wording, digits="")))
    (earlier,) = certificate_fillings(hall.store, made)
    assert earlier.fillings[0].fields["number"] == "เลขที่ 1/2562", "of a row from before"


def test_a_paper_that_comes_back_stands_and_may_be_handed_again(hall: Hall) -> None:
    """Mutant: ``returned`` left out of ``STANDING``: nobody could print or fetch it any more."""
    first, second = issued(hall, *give(hall, "สมชาย", "ปราณี"))
    with pytest.raises(NotPrintable, match="1/2562"):
        take_back(hall.store, BY, [first], "ไม่มารับ")
    record_print(hall.store, BY, [first, second])
    hand_over(hall.store, BY, [first, second])
    with pytest.raises(ReasonMissing):
        take_back(hall.store, BY, [first], " ")

    done = take_back(hall.store, BY, [first, second], "ไม่มารับ")

    rows = register_rows(hall.store, hall.event_id)
    assert {row.certificate.status for row in rows} == {"returned"}
    assert {row.certificate.reason for row in rows} == {"ไม่มารับ"}
    assert [row.receipt for row in rows] == [None, None]
    with pytest.raises(NotPrintable):
        take_back(hall.store, BY, [first], "อีกครั้ง")
    assert done.undo
    done.undo(hall.store)
    rows = register_rows(hall.store, hall.event_id)
    assert {row.certificate.status for row in rows} == {"handed"}
    assert all(row.receipt for row in rows)
    take_back(hall.store, BY, [first], "ไม่มารับ")
    hand_over(hall.store, BY, [first], "มารดา", date(2019, 4, 1))
    row = register_rows(hall.store, hall.event_id)[0]
    assert (row.certificate.status, row.receipt) == ("handed", Receipt("มารดา", "2019-04-01"))
    assert row.certificate.reason == "", "it is no reason any more"


def test_one_printed_again_is_the_same_to_the_last_point_or_refused(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: ``check_plates`` left out of ``record_print``."""
    (one,) = issued(hall, *give(hall, "สมชาย"))
    before = plates_of(certificate_fillings(hall.store, [one]))
    record_print(hall.store, BY, [one], plates=before)
    assert plates_of(certificate_fillings(hall.store, [one])) == before
    demand_same_plates(hall.store, before)
    reprint(hall.store, BY, one, "", 1, "กระดาษติด")

    other = {one: "0" * 64}
    with pytest.raises(PlateDiffers, match="1/2562"):
        demand_same_plates(hall.store, other)
    with pytest.raises(PlateDiffers):
        record_print(hall.store, BY, [one], reason="อีกใบ", plates=other)
    with hall.store.read() as conn:
        assert [log.plate for log in register.prints(conn, one)] == [before[one]] * 2
    # What cannot be printed as before, or was lost, is replaced in the same words.
    new = replace_paper(hall.store, BY, one, "สูญหาย").value
    record_print(hall.store, BY, [new.id], plates={new.id: "0" * 64})
    rows = [line.certificate for line in register_rows(hall.store, hall.event_id)]
    assert [(row.edition, row.status) for row in rows] == [(1, "replaced"), (2, "printed")]
    assert rows[0].wording == rows[1].wording
