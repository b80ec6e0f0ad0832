# SPDX-License-Identifier: Apache-2.0
"""The centre's own forms, filled and finished, become casework: each core value lands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from desktop.actions.case_file import open_case_file
from desktop.model.summary import Span, table
from desktop.store import activity, alert, follow_up, record, referral, summary
from desktop.store.case_file import NotYours
from desktop.store.case_list import CaseFilter
from desktop.store.case_list import cases as case_list
from tests.field import BY, OTHER, TAMBON, Field

TODAY = date(2026, 11, 20)


def case_ids(field: Field, reader: str = BY) -> list[str]:
    with field.store.read() as conn:
        return [row.case.id for row in case_list(conn, reader, CaseFilter(open_only=False))]


def finish(field: Field, form_id: str, answers: Mapping[str, str]) -> str:
    """Fill and finish one of the centre's forms; the id of what it is a record of."""
    one = field.begin(form_id)
    record_id = field.finish(one, field.fill(one, answers).finalise())
    with field.store.read() as conn:
        return record.record(conn, BY, record_id).noun_id


AID: Mapping[str, str] = {
    "g_aid/has_aid": "yes",
    "g_aid/aids/aid": "money",
    "g_aid/aids/aid_state": "given",
    "g_aid/aids/amount": "2000.50",
    "g_aid/aids/fund": "dsdw",
    "g_out/refer": "yes",
    "g_out/refer_to": "rpst",
    "g_out/need": "รถเข็น",
}


def test_a_visit_opens_its_case_with_aid_letter_and_follow_up(field: Field) -> None:
    field.visit(AID)
    (case_id,) = case_ids(field)
    story = open_case_file(field.store, OTHER, case_id)
    case = story.case
    assert (story.person, case.area, case.urgency) == ("นางมะลิ แสงดาว", TAMBON, "urgent")
    assert (case.main_problem, case.main_target, case.restricted) == ("s_chronic", "elder", False)
    assert (case.targets, case.detail) == ({"elder", "poor"}, "ปวดหลัง")
    (aid,) = story.assistance
    assert (aid.kind, aid.state, aid.amount, aid.fund) == ("money", "given", 200_050, "dsdw")
    (letter,) = story.referrals
    assert (letter.to_kind, letter.need, letter.opinion) == ("rpst", "รถเข็น", "ดูแลต่อ")
    (planned,) = story.follow_ups
    assert planned.due == TODAY + timedelta(days=7)
    with field.store.read() as conn:
        facts = summary.cases(conn, Span(TODAY, TODAY, "63"))
    assert table(facts).cells == {("s_chronic", "elder"): 1}


def test_a_visit_that_finds_a_hurt_child_is_restricted_with_all_it_made(field: Field) -> None:
    field.visit({"g_prob/problems": "i_low v_physical", "g_prob/urgency": "critical",
                 "g_prob/called_1300": "yes"})  # fmt: skip
    (case_id,) = case_ids(field)
    assert case_ids(field, OTHER) == []
    with pytest.raises(NotYours):
        open_case_file(field.store, OTHER, case_id)
    story = open_case_file(field.store, BY, case_id)
    assert [step.kind for step in story.steps] == ["open", "restrict", "visit", "called_1300"]
    assert story.follow_ups[0].due == TODAY + timedelta(days=1)


def test_a_follow_up_form_keeps_the_appointment(field: Field) -> None:
    field.visit()
    (case_id,) = case_ids(field)
    answers = {
        "g_follow/case_ref": case_id,
        "g_follow/at": "2026-11-20T09:00:00.000+07:00",
        "g_follow/way": "phone",
        "g_follow/progress": "better",
        "g_follow/given": "device",
        "g_follow/result": "ได้รถเข็นแล้ว",
        "g_next/again": "yes",
        "g_next/urgency": "normal",
        "g_next/next": "2026-12-01",
    }
    noun_id = finish(field, "follow_up", answers)
    with field.store.read() as conn:
        held, coming = sorted(
            follow_up.follow_ups(conn, BY, case_id), key=lambda one: not one.is_done
        )
    assert (held.id, held.method, held.received) == (noun_id, "phone", {"device"})
    assert coming.due == date(2026, 12, 1)
    ended = answers | {"g_next/again": "no", "g_next/close_reason": "ดูแลตนเองได้"}
    del ended["g_next/urgency"], ended["g_next/next"]
    finish(field, "follow_up", ended)
    assert not open_case_file(field.store, BY, case_id).case.is_open


def test_an_alert_form_opens_a_restricted_case(field: Field) -> None:
    noun_id = finish(
        field,
        "alert",
        {
            "g_what/problems": "v_neglect",
            "g_what/urgency": "critical",
            "g_what/called_1300": "yes",
            "g_what/seen_at": "2026-11-20T08:40:00.000+07:00",
            "g_what/area": TAMBON,
            "g_what/place": "ท้ายหมู่บ้าน",
            "g_what/detail": "เด็กอยู่ลำพัง",
            "g_told/source": "noi",
            "g_told/apm": "ลุงมี",
            "g_told/agencies": "bpd",
            "g_told/told_at": "2026-11-20T08:55:00.000+07:00",
        },
    )
    with field.store.read() as conn:
        line = alert.alert(conn, BY, noun_id)
        assert alert.alerts(conn, OTHER) == ()
    assert open_case_file(field.store, BY, line.alert.case_id).case.restricted
    assert (line.mentor, line.alert.agencies, line.response.told) == (
        "ลุงมี", ("bpd",), timedelta(minutes=15),
    )  # fmt: skip
    assert not line.wants_1300


def test_a_referral_form_sends_the_letter(field: Field) -> None:
    field.visit(AID)
    (case_id,) = case_ids(field)
    noun_id = finish(
        field,
        "referral",
        {
            "g_to/case_ref": case_id,
            "g_to/to_org": "รพ.สต.ด่านแม่ละเมา",
            "g_to/person": "นางมะลิ แสงดาว",
            "g_matter/summary": "อยู่กับสามี",
            "g_matter/problems": "s_chronic",
            "g_matter/need": "รถเข็น",
            "g_matter/opinion": "เห็นควร",
            "g_matter/urgency": "urgent",
            "g_letter/sent_on": "2026-11-20",
            "g_letter/doc_no": "พม 1/2569",
        },
    )
    with field.store.read() as conn:
        late = referral.referrals(conn, BY, TODAY + timedelta(days=4), case_id=case_id)
    sent = [line for line in late if line.referral.id == noun_id]
    assert [(line.standing, line.to) for line in sent] == [("overdue", "รพ.สต.ด่านแม่ละเมา")]


def test_an_activity_form_is_kept(field: Field) -> None:
    noun_id = finish(
        field,
        "activity",
        {
            "g_act/on": "2026-11-20",
            "g_act/name": "จิตอาสาพัฒนาวัด",
            "g_act/area": TAMBON,
            "g_act/place": "วัด",
            "g_act/roles": "join",
            "g_act/aims": "smile safety",
            "g_who/n_child": "20",
            "g_who/n_youth": "20",
            "g_who/n_apm": "15",
            "g_who/n_net": "15",
            "g_result/budget": "1500",
            "g_result/result": "วัดสะอาด",
        },
    )
    with field.store.read() as conn:
        kept = activity.activity(conn, noun_id)
    assert (kept.people, kept.noi_roles, kept.budget) == (70, {"join"}, 150_000)
