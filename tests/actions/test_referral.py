# SPDX-License-Identifier: Apache-2.0
"""Referrals: written, sent, red after three days of silence, acknowledged, answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions.case_file import CaseDraft, move_case, open_case
from desktop.actions.finish import Finish
from desktop.actions.referral import (
    ReferralProblem,
    acknowledge,
    from_form,
    letter,
    note_result,
    put_referral,
    remove,
    send,
)
from desktop.model.draft import Subject
from desktop.model.organisation import Organisation
from desktop.model.record import REFERRAL, Core
from desktop.model.referral import Referral
from desktop.store import organisation, referral
from desktop.store.case_file import NotYours
from desktop.store.ids import new_id
from tests.actions.casework_ground import (
    BY,
    FIVE,
    OTHER,
    TAMBON,
    TODAY,
    Ground,
    assert_undone_and_redone,
    core_of,
)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground.open(tmp_path)
    yield ground
    ground.store.close()


def case_id(ground: Ground, problem: str = "r_noid") -> str:
    draft = CaseDraft(area=TAMBON, problems=(problem,), urgency="urgent")
    return str(open_case(ground.store, BY, draft).value.id)


def written(ground: Ground, case: str, **said: str) -> Referral:
    new = Referral("", case, TODAY, to_name="ที่ว่าการอำเภอแม่สอด", person="นอแอ", **said)
    kept: Referral = put_referral(ground.store, BY, new).value
    return kept


def lines(ground: Ground, reader: str = BY, **asked: object) -> list[tuple[str, str]]:
    with ground.store.read() as conn:
        found = referral.referrals(conn, reader, ground.clock.now.date(), **asked)
    return [(line.to, line.standing) for line in found]


def finish_form(ground: Ground, core: dict[str, str], *, amends: str = "") -> Finish:
    with ground.store.write(BY) as write:
        record_id = new_id()
        return from_form(
            write,
            Finish(
                record_id, REFERRAL, "1", Core(core), Subject(), (), BY, write.now(), amends,
                amends or record_id,
            ),
        )  # fmt: skip


def test_a_letter_is_red_on_the_fourth_day_of_silence(ground: Ground) -> None:
    """Fails when the third day is red already, or working days are counted."""
    one = written(ground, case_id(ground))
    assert lines(ground) == [(one.to_name, "draft")]
    before = ground.everything()
    assert_undone_and_redone(ground, before, send(ground.store, BY, one.id, doc_no="พม ๐๓/๑"))
    ground.clock.forward(days=3)
    assert lines(ground) == [(one.to_name, "sent")]
    ground.clock.forward(days=1)
    assert lines(ground, outstanding=True) == [(one.to_name, "overdue")]
    acknowledge(ground.store, BY, one.id, who="ปลัดอำเภอ")
    assert lines(ground) == [(one.to_name, "acknowledged")]
    assert lines(ground, outstanding=True) == []
    note_result(ground.store, BY, one.id, "รับขึ้นทะเบียนแล้ว")
    assert lines(ground) == [(one.to_name, "answered")]
    assert ground.case(one.case_id).status == "referred"


def test_a_letter_sent_late_does_not_bring_its_case_back(ground: Ground) -> None:
    """Fails when a case is moved to a status that lies behind it."""
    one = written(ground, case_id(ground))
    move_case(ground.store, BY, one.case_id, "followup")
    send(ground.store, BY, one.id)
    assert ground.case(one.case_id).status == "followup"


def test_days_out_of_order_are_refused(ground: Ground, each_language: str) -> None:
    one = written(ground, case_id(ground))
    with pytest.raises(ReferralProblem):
        acknowledge(ground.store, BY, one.id)
    with pytest.raises(ReferralProblem):
        send(ground.store, BY, one.id, on=TODAY + timedelta(days=1))
    send(ground.store, BY, one.id, on=TODAY)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(ReferralProblem):
            acknowledge(ground.store, BY, one.id, on=day)
    for act in (
        lambda: send(ground.store, BY, one.id),
        lambda: put_referral(ground.store, BY, one),
        lambda: remove(ground.store, BY, one.id),
        lambda: note_result(ground.store, BY, one.id, " "),
    ):
        with pytest.raises(ReferralProblem):
            act()


def test_a_letter_to_nobody_is_not_sent_and_a_draft_may_be_thrown_away(ground: Ground) -> None:
    nobody = put_referral(ground.store, BY, Referral("", case_id(ground), TODAY)).value
    with pytest.raises(ReferralProblem):
        send(ground.store, BY, nobody.id)
    before = ground.everything()
    assert_undone_and_redone(ground, before, remove(ground.store, BY, nobody.id))


def test_the_printed_letter_has_its_nine_items_and_leaves_a_trace(ground: Ground) -> None:
    case = case_id(ground, "v_neglect")
    one = written(ground, case, summary="เด็ก 1 คน", need="ที่พักพิง")
    put_referral(
        ground.store, BY, replace(one, problems=frozenset({"v_neglect", "r_noid"}), to_kind="bpd")
    )
    page = letter(ground.store, BY, one.id)
    assert page.case_no == ground.case(case).case_no
    assert page.to == "ที่ว่าการอำเภอแม่สอด"
    assert page.problems == ("ไม่มีสถานะทางทะเบียน/ไม่มีบัตร", "ถูกปล่อยปละละเลย")
    assert (page.urgency, page.owner, page.owner_position) == (
        "ด่วน", "ธิดา ใจดี", "นักสังคมสงเคราะห์",
    )  # fmt: skip
    assert page.restricted
    assert ground.audited() == [
        (BY, "print", "referral", one.id),
        (BY, "print", "case_file", case),
    ]
    with pytest.raises(NotYours):
        letter(ground.store, OTHER, one.id)
    assert lines(ground, OTHER) == []
    assert len(lines(ground)) == 1


def test_a_visit_begins_the_letters_it_wants_and_its_correction_takes_them_back(
    ground: Ground,
) -> None:
    said = core_of(FIVE[2], TODAY) | {"referral.wanted": "yes", "referral.to": "rpst tao"}
    first = ground.typed(said | {"visit.needs": "ผ้าอ้อม"}, person_id=ground.person("มึกะ"))
    with ground.store.read() as conn:
        begun = referral.of_case(conn, BY, first.case_id)
    assert sorted(one.to_kind for one in begun) == ["rpst", "tao"]
    assert {(one.person, one.need, one.sent_on) for one in begun} == {("มึกะ", "ผ้าอ้อม", None)}
    ground.typed(said | {"referral.to": "tao"}, amends=first.record_id)
    with ground.store.read() as conn:
        kept = referral.of_case(conn, BY, first.case_id)
    assert [one.to_kind for one in kept] == ["tao"]


def test_the_form_of_nine_items_takes_the_place_of_the_letter_that_was_begun(
    ground: Ground,
) -> None:
    with ground.store.write(BY) as write:
        agency = Organisation(new_id(), "อบต.ด่านแม่ละเมา", "tao", TAMBON)
        organisation.put_organisation(write, agency)
    visit = ground.typed(
        core_of(FIVE[4], TODAY) | {"referral.wanted": "yes", "referral.to": "tao"}
    )
    said = {
        "referral.case_id": ground.case(visit.case_id).case_no,
        "referral.to_org": agency.name,
        "referral.person": "หน่อพอ ทดสอบใจ",
        "referral.summary": "บ้านทรุดโทรม",
        "referral.problems": "h_unfit",
        "referral.need": "ซ่อมบ้าน",
        "referral.opinion": "เห็นควร",
        "referral.urgency": "urgent",
        "referral.sent_on": TODAY.isoformat(),
        "referral.doc_no": "พม 1/2569",
    }
    done = finish_form(ground, said)
    with ground.store.read() as conn:
        (one,) = referral.of_case(conn, BY, visit.case_id)
    assert (done.noun, done.noun_id, done.scope) == ("referral", one.id, f"t:{TAMBON}")
    assert (one.to_organisation_id, one.sent_on, one.need) == (agency.id, TODAY, "ซ่อมบ้าน")
    finish_form(ground, said | {"referral.need": "ซ่อมหลังคา"}, amends=done.record_id)
    with ground.store.read() as conn:
        (one,) = referral.of_case(conn, BY, visit.case_id)
    assert (one.need, one.sent_on) == ("ซ่อมหลังคา", TODAY)
    with pytest.raises(ReferralProblem):
        finish_form(ground, said | {"referral.ack_on": "2026-11-19"})
