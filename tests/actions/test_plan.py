# SPDX-License-Identifier: Apache-2.0
"""What an office decides of an event's certificates, and what they then say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.actions.certificate import certificate_fillings, issue, register_rows
from desktop.actions.certificate_list import certificate_list
from desktop.actions.plan import (
    PlanProblem,
    keep_fields,
    keep_plan,
    plan,
    planned_lines,
    planned_words,
    recipient_fields,
    usual_words,
)
from desktop.actions.template_choice import TemplateLost
from desktop.model.certificate import Signer
from desktop.model.plan import Plan
from desktop.store import event
from tests.actions.issuing import DAY, give, issued
from tests.hall import BY, Hall


def _plan(hall: Hall, kind: str = "completion") -> Plan:
    return plan(hall.store, hall.event_id, kind)


def test_a_plan_comes_back_as_it_was_kept_and_can_be_taken_back(hall: Hall) -> None:
    """Fails when a column is left out or two are exchanged."""
    assert _plan(hall) == Plan("event-1", "completion")
    full = Plan(
        "event-1", "completion", "participation", "en", "วุฒิบัตร", "a", "b", "c", "d", "e", "f",
        ("กรม", "อบต. ด่านแม่ละเมา"), (Signer("ก", "ข"), Signer("ค", "")), proof=False,
        pictures={"emblem": "ab" * 32, "signature:1": ""},
    )  # fmt: skip

    done = keep_plan(hall.store, BY, full)

    assert done.value == _plan(hall) == full
    assert _plan(hall, "project") == Plan("event-1", "project")
    assert done.undo
    done.undo(hall.store)
    assert _plan(hall) == Plan("event-1", "completion")


def test_what_the_plan_says_stands_on_the_paper_and_the_rest_is_as_usual(hall: Hall) -> None:
    """Mutant: the plan read at printing instead of frozen at issue."""
    people = give(hall, "สมชาย")
    said = Plan(
        "event-1",
        "completion",
        document_word="วุฒิบัตร",
        deed="ได้ผ่านการอบรมรุ่นที่ 2",
        wish="-",
        issuers=("กรม", "อบต. ด่านแม่ละเมา", "กระทรวง"),
        signatories=(Signer("นางนภา", "อธิบดี"), Signer("นายมานะ", "นายก")),
    )
    keep_plan(hall.store, BY, said)
    keep_fields(hall.store, BY, "event-1", {people[0]: {"role": "หัวหน้ากลุ่ม 3"}})

    issued(hall, *people)
    keep_plan(hall.store, BY, replace(said, document_word="เกียรติบัตร"))

    words = register_rows(hall.store, "event-1")[0].certificate.wording
    assert words is not None
    usual = usual_words(hall.store, "event-1", "completion", issue_date=DAY)
    assert (words.document_word, words.deed, words.wish) == (
        "วุฒิบัตร", "ได้ผ่านการอบรมรุ่นที่ ๒", "",
    )  # fmt: skip
    assert (words.opening, words.given) == (usual.opening, usual.given)
    assert words.issuer == ("กรม", "ร่วมกับ อบต. ด่านแม่ละเมา", "กระทรวง")
    assert [one.name for one in words.signers] == ["นางนภา", "นายมานะ"]
    assert words.role == "หัวหน้ากลุ่ม ๓"
    assert planned_words(hall.store, said, DAY).deed == words.deed


def test_an_english_certificate_speaks_english_to_the_last_word(hall: Hall) -> None:
    """Mutant: the date, the number or a usual word left in Thai."""
    people = give(hall, "สมชาย")
    keep_plan(
        hall.store,
        BY,
        Plan("event-1", "completion", language="en", subject="Field Workshop ๒",
             issuers=("Department", "Tak Office"), signatories=(Signer("Napa", "Director"),)),
    )  # fmt: skip
    with hall.store.write(BY) as write:
        held = event.event(write.conn, "event-1")
        event.put_event(write, replace(held, venue="ณ Bangkok 10"))

    (one,) = issued(hall, *people)

    (group,) = certificate_fillings(hall.store, [one])
    fields = group.fillings[0].fields
    assert fields["number"] == "No. 1/2562"
    assert fields["document_word"] == "Certificate of Completion"
    assert fields["subject"] == "Field Workshop 2"
    assert fields["given"] == "Given on 3 March B.E. 2562 (2019)"
    assert fields["when_where"] == "on 1 March B.E. 2562 (2019) at Bangkok 10"
    assert fields["issuers"] == "in cooperation with Tak Office"
    spoken = " ".join(
        value for name, value in fields.items() if name not in ("recipient", "proof", "role")
    )
    assert not any("ก" <= letter <= "๙" for letter in spoken)


def test_a_plan_that_is_not_kept_yet_can_be_seen(hall: Hall) -> None:
    people = give(hall, "สมชาย", "ปราณี")
    said = Plan("event-1", "completion", deed="ได้ช่วยงาน")

    lines = planned_lines(hall.store, said, people[:1], DAY)

    assert [(words.recipient, words.deed) for words in lines.values()] == [
        ("นายสมชาย", "ได้ช่วยงาน")
    ]
    assert _plan(hall) == Plan("event-1", "completion")
    award = hall.award("มูลนิธิ", "โครงการ ก", 1)
    held = planned_lines(hall.store, Plan("event-1", "project", subject="งาน"), [award], DAY)
    assert held[award].subject == "โครงการ ก", "each organisation is honoured for its own project"


def test_what_cannot_be_is_refused_with_a_sentence(hall: Hall) -> None:
    """Mutant: a fourth signer dropped in silence."""
    four = tuple(Signer(str(n), "") for n in range(4))
    with pytest.raises(PlanProblem, match="3"):
        keep_plan(hall.store, BY, Plan("event-1", "completion", signatories=four))
    with pytest.raises(PlanProblem):
        keep_plan(hall.store, BY, Plan("event-1", "completion", signatories=(Signer("", "ก"),)))
    with pytest.raises(PlanProblem):
        keep_plan(hall.store, BY, Plan("event-1", "completion", deed="ก" * 500))
    with pytest.raises(TemplateLost):
        keep_plan(hall.store, BY, Plan("event-1", "completion", "no-such-template"))
    assert _plan(hall) == Plan("event-1", "completion")


def test_fields_are_noted_taken_away_and_stand_on_the_list(hall: Hall) -> None:
    """Mutant: an empty value kept as one, or a field nobody knows taken in."""
    people = give(hall, "สมชาย", "ปราณี", "มานะ")
    done = keep_fields(
        hall.store, BY, "event-1",
        {people[0]: {"score": "ดี"}, people[1]: {"score": ""}, people[2]: {"score": "ดีมาก"}},
    )  # fmt: skip

    assert recipient_fields(hall.store, "event-1") == {
        people[0]: {"score": "ดี"},
        people[2]: {"score": "ดีมาก"},
    }
    keep_fields(hall.store, BY, "event-1", {people[0]: {"score": ""}})
    assert people[0] not in recipient_fields(hall.store, "event-1")
    assert done.undo
    with pytest.raises(ValueError, match="field"):
        keep_fields(hall.store, BY, "event-1", {people[0]: {"colour": "แดง"}})
    held = certificate_list(hall.store, "event-1", DAY)
    assert held is not None
    assert [dict(line.fields) for line in held.lines] == [{}, {}, {"score": "ดีมาก"}]


def test_thanks_name_the_part_that_was_taken(hall: Hall) -> None:
    give(hall, "สมชาย")
    lecturer = hall.enrol("วิทยากร", 2, role="lecturer")
    made = issue(
        hall.store, BY, "event-1", issue_date=DAY, enrolment_ids=[lecturer], kind="appreciation"
    ).value
    assert made[0].wording.role == "วิทยากร"


def test_a_kind_that_was_planned_is_offered_too(hall: Hall) -> None:
    """Fails when certificates of volunteers can only be given by an event of volunteers."""
    give(hall, "สมชาย")
    helper = hall.enrol("ผู้ช่วย", 2, role="staff")
    keep_plan(hall.store, BY, Plan("event-1", "volunteer", wish="ขอบคุณ"))
    held = certificate_list(hall.store, "event-1", date(2019, 3, 3), "volunteer")
    assert held is not None
    assert held.kinds == ("completion", "appreciation", "volunteer")
    assert [(line.key, line.part) for line in held.lines if line.part == "passed"] == [
        (helper, "passed")
    ]
    assert held.lines[1].wording is not None
    assert held.lines[1].wording.wish == "ขอบคุณ"
