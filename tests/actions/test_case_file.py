# SPDX-License-Identifier: Apache-2.0
"""Cases: numbered, moved forward, closed for a reason, kept from those who need not know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions.case_file import (
    CaseDraft,
    CaseProblem,
    allow,
    close_case,
    disallow,
    lift,
    move_case,
    note_use,
    open_case,
    open_case_file,
    put_case,
    reopen,
    take_case,
)
from desktop.actions.follow_up import plan
from desktop.model.case_file import CaseFile, device_code
from desktop.store import case_file as cases
from desktop.store import follow_up
from desktop.store.case_file import NotYours
from desktop.store.case_list import CaseFilter
from desktop.store.case_list import cases as case_list
from desktop.store.errors import ChangedSince
from tests.actions.casework_ground import (
    BY,
    FIVE,
    OTHER,
    TAMBON,
    THIRD,
    Ground,
    assert_undone_and_redone,
    core_of,
)

POOR = CaseDraft(area=TAMBON, targets=("poor",), problems=("i_low",), urgency="normal")
NEGLECT = CaseDraft(area=TAMBON, targets=("child",), problems=("i_low", "v_neglect"))


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground.open(tmp_path)
    yield ground
    ground.store.close()


def opened(ground: Ground, draft: CaseDraft = POOR, by: str = BY) -> CaseFile:
    case: CaseFile = open_case(ground.store, by, draft).value
    return case


def listed(ground: Ground, reader: str, **asked: object) -> list[str]:
    with ground.store.read() as conn:
        return [row.case.id for row in case_list(conn, reader, CaseFilter(**asked))]


def log(ground: Ground, case_id: str, reader: str = BY) -> list[str]:
    with ground.store.read() as conn:
        return [step.kind for step in cases.steps(conn, reader, case_id)]


# ---- numbers


def test_a_number_names_province_year_and_laptop_and_is_never_given_again(ground: Ground) -> None:
    """Fails when the number is counted from the rows that stand."""
    stem = f"63-2570-{device_code(ground.store.device)}-"
    first = open_case(ground.store, BY, POOR)
    assert first.value.case_no == f"{stem}0001"
    assert first.undo is not None
    first.undo(ground.store)
    assert opened(ground).case_no == f"{stem}0002"


def test_a_case_without_a_place_is_numbered_by_the_office_and_a_new_year_begins_at_one(
    ground: Ground,
) -> None:
    opened(ground)
    ground.clock.forward(days=365)
    case = opened(ground, replace(POOR, area=""))
    assert case.case_no.startswith("63-2571-")
    assert case.case_no.endswith("-0001")


def test_an_opened_case_can_be_taken_back_and_opened_again(ground: Ground) -> None:
    before = ground.everything()
    assert_undone_and_redone(ground, before, open_case(ground.store, BY, POOR))


def test_nothing_is_opened_without_a_problem_or_an_owner_of_the_office(
    ground: Ground, each_language: str
) -> None:
    for wrong in (
        CaseDraft(area=TAMBON),
        replace(POOR, urgency=""),
        replace(POOR, owner_id="nobody"),
    ):
        with pytest.raises(CaseProblem):
            open_case(ground.store, BY, wrong)
    assert listed(ground, BY) == []


# ---- the way of a case


def test_a_case_goes_forward_only_and_every_step_stays(ground: Ground) -> None:
    case = opened(ground)
    take_case(ground.store, BY, case.id, OTHER)
    move_case(ground.store, BY, case.id, "referred")
    with pytest.raises(CaseProblem):
        move_case(ground.store, BY, case.id, "plan")
    assert log(ground, case.id) == ["open", "owner", "status", "status"]
    assert ground.case(case.id).status == "referred"
    assert ground.case(case.id).owner_id == OTHER


def test_whoever_gives_a_restricted_case_away_gives_its_follow_ups_too(ground: Ground) -> None:
    """Fails when the follow-ups are looked for after the case is no longer hers."""
    case = opened(ground, NEGLECT)
    take_case(ground.store, BY, case.id, OTHER)
    plan(ground.store, OTHER, case.id)
    before = ground.everything()
    assert_undone_and_redone(ground, before, take_case(ground.store, OTHER, case.id, THIRD))
    assert listed(ground, OTHER) == []
    with ground.store.read() as conn:
        assert follow_up.follow_ups(conn, THIRD, case.id)[0].owner_id == THIRD


def test_a_case_is_closed_for_a_reason_and_stays_shut_until_it_is_opened_again(
    ground: Ground, each_language: str
) -> None:
    case = opened(ground)
    with pytest.raises(CaseProblem):
        close_case(ground.store, BY, case.id, "  ")
    before = ground.everything()
    done = close_case(ground.store, BY, case.id, "ย้ายไปอยู่กับบุตร")
    assert_undone_and_redone(ground, before, done)
    assert listed(ground, BY) == []
    assert listed(ground, BY, open_only=False) == [case.id]
    with pytest.raises(CaseProblem):
        put_case(ground.store, BY, replace(case, urgency="urgent"))
    with pytest.raises(CaseProblem):
        reopen(ground.store, BY, case.id, "")
    reopen(ground.store, BY, case.id, "กลับมาอยู่บ้านเดิม")
    assert ground.case(case.id).status == "followup"
    assert ground.case(case.id).close_reason == ""
    assert log(ground, case.id) == ["open", "close", "reopen"]


def test_opening_a_case_is_not_undone_when_something_hangs_on_it(ground: Ground) -> None:
    """Fails when the guard does not know what names a case."""
    done = open_case(ground.store, BY, POOR)
    plan(ground.store, BY, done.value.id)
    assert done.undo is not None
    with pytest.raises(ChangedSince):
        done.undo(ground.store)


# ---- restricted


def test_a_problem_of_child_protection_restricts_a_case_and_leads_it(ground: Ground) -> None:
    case = opened(ground, NEGLECT)
    assert case.restricted
    assert case.main_problem == "v_neglect"
    assert log(ground, case.id) == ["open", "restrict"]


def test_a_restricted_case_is_not_there_for_those_who_need_not_know(ground: Ground) -> None:
    """Fails when any reading function forgets its reader."""
    person = ground.person("เด็กหญิงหน่อย")
    case = opened(ground, replace(NEGLECT, person_id=person))
    for asked in ({}, {"text": "หน่อย"}, {"text": case.case_no}, {"person_id": person}):
        assert listed(ground, BY, **asked) == [case.id]
        assert listed(ground, OTHER, **asked) == []
    with ground.store.read() as conn:
        assert cases.find_case(conn, OTHER, case.case_no) is None
        assert cases.find_case(conn, BY, case.case_no.lower()) == case
        assert cases.open_case_of(conn, OTHER, person_id=person) is None
        assert cases.hidden_cases(conn, OTHER) == {case.id}
        assert cases.hidden_cases(conn, BY) == frozenset()
        assert cases.is_hidden(conn, OTHER, case.id)


def test_opening_a_restricted_case_of_others_names_whom_to_ask(
    ground: Ground, each_language: str
) -> None:
    case = opened(ground, NEGLECT)
    with pytest.raises(NotYours, match="ธิดา ใจดี"):
        open_case_file(ground.store, OTHER, case.id)
    for act in (
        lambda: put_case(ground.store, OTHER, case),
        lambda: take_case(ground.store, OTHER, case.id, OTHER),
        lambda: move_case(ground.store, OTHER, case.id, "plan"),
        lambda: close_case(ground.store, OTHER, case.id, "เหตุผล"),
        lambda: allow(ground.store, OTHER, case.id, OTHER),
        lambda: lift(ground.store, OTHER, case.id, "เหตุผล"),
        lambda: note_use(ground.store, OTHER, case.id, "print"),
    ):
        with pytest.raises(NotYours):
            act()
    assert ground.case(case.id) == case


def test_every_look_at_a_restricted_case_leaves_a_trace_also_a_refused_one(
    ground: Ground,
) -> None:
    case, open_one = opened(ground, NEGLECT), opened(ground)
    open_case_file(ground.store, BY, case.id)
    open_case_file(ground.store, BY, case.id, again=True)
    open_case_file(ground.store, OTHER, open_one.id)
    with pytest.raises(NotYours):
        open_case_file(ground.store, OTHER, case.id)
    note_use(ground.store, BY, case.id, "print")
    assert ground.audited() == [
        (BY, "view", "case_file", case.id),
        (OTHER, "refused", "case_file", case.id),
        (BY, "print", "case_file", case.id),
    ]


def test_a_reader_lets_others_in_and_the_owner_before_is_out(ground: Ground) -> None:
    case = opened(ground, NEGLECT)
    before = ground.everything()
    assert_undone_and_redone(ground, before, allow(ground.store, BY, case.id, OTHER))
    assert listed(ground, OTHER) == [case.id]
    take_case(ground.store, OTHER, case.id, THIRD)
    disallow(ground.store, THIRD, case.id, OTHER)
    assert listed(ground, OTHER) == []
    assert listed(ground, THIRD) == listed(ground, BY) == [case.id]
    with pytest.raises(CaseProblem):
        allow(ground.store, BY, case.id, "nobody")


def test_a_restriction_comes_by_itself_and_never_goes_by_itself(
    ground: Ground, each_language: str
) -> None:
    """Fails when the restriction is computed from the problems of the moment."""
    case = opened(ground)
    put_case(ground.store, BY, replace(case, problems=frozenset({"i_low", "v_physical"})))
    hurt = ground.case(case.id)
    assert hurt.restricted
    assert hurt.main_problem == "v_physical"
    with pytest.raises(CaseProblem):
        lift(ground.store, BY, case.id, "ไม่จริง")
    put_case(ground.store, BY, replace(hurt, problems=frozenset({"i_low"})))
    assert ground.case(case.id).restricted
    with pytest.raises(CaseProblem):
        lift(ground.store, BY, case.id, "")
    lift(ground.store, BY, case.id, "กรอกผิด")
    assert not ground.case(case.id).restricted
    assert log(ground, case.id) == ["open", "restrict", "lift"]


def test_whoever_finds_a_hurt_child_in_a_case_of_others_is_let_in(ground: Ground) -> None:
    """Fails when a form cannot be finished by the one who found what restricts the case."""
    person = ground.person("เด็กชายดี")
    case = opened(ground, replace(POOR, person_id=person))
    said = {"case.problems": "v_physical", "referral.wanted": "yes", "referral.to": "bpd"}
    visit = ground.typed(said, by=OTHER, person_id=person)
    assert visit.case_id == case.id
    assert ground.case(case.id).readers == {OTHER}
    assert listed(ground, BY) == listed(ground, OTHER) == [case.id]
    assert listed(ground, THIRD) == []


# ---- lists


def test_a_list_is_narrowed_and_the_most_urgent_come_first(ground: Ground) -> None:
    one = opened(ground, replace(POOR, person_id=ground.person("สมปอง ใจดี")))
    two = opened(ground, replace(POOR, urgency="critical", area="500101", targets=("elder",)))
    three = opened(ground, replace(POOR, urgency="urgent", problems=("h_unfit",), event_id="e"))
    assert listed(ground, BY) == [two.id, three.id, one.id]
    assert listed(ground, BY, area="63") == [three.id, one.id]
    assert listed(ground, BY, problem="i_low") == [two.id, one.id]
    assert listed(ground, BY, target="elder") == [two.id]
    assert listed(ground, BY, event_id="e") == listed(ground, BY, urgency="urgent") == [three.id]
    assert listed(ground, BY, text="สมปอง") == [one.id]
    assert listed(ground, BY, text="ไม่มีใคร") == []
    assert listed(ground, BY, text="๐๐๐๒") == [three.id]
    with ground.store.read() as conn:
        row = case_list(conn, BY, CaseFilter(text="สมปอง"))[0]
    assert (row.name, row.owner, row.next_due) == ("สมปอง ใจดี", "ธิดา ใจดี", None)


# ---- from visits


def test_a_visit_opens_a_case_and_the_next_one_adds_to_it(ground: Ground) -> None:
    first = ground.visit(FIVE[0])
    case = ground.case(first.case_id)
    assert case.main_problem == "r_noid"
    assert case.main_target == "highland"
    assert (case.origin, case.area, case.restricted) == ("visit", TAMBON, False)
    again = ground.typed(
        {
            "case.problems": "s_chronic v_neglect",
            "case.targets": "child",
            "case.urgency": "urgent",
        },
        person_id=first.person_id,
    )
    assert again.case_id == first.case_id
    case = ground.case(first.case_id)
    assert case.problems == {"r_noid", "i_low", "s_chronic", "v_neglect"}
    assert (case.main_problem, case.main_target, case.urgency) == (
        "v_neglect", "highland", "urgent",
    )  # fmt: skip
    assert case.restricted
    assert log(ground, case.id) == ["open", "visit", "restrict", "visit"]


def test_a_household_s_case_of_nobody_is_joined_and_another_person_s_is_not(
    ground: Ground,
) -> None:
    first = ground.typed({"case.problems": "h_unfit"}, household_id="house-1")
    one, two = ground.person("ก"), ground.person("ข")
    joined = ground.typed({"case.problems": "i_low"}, household_id="house-1", person_id=one)
    apart = ground.typed({"case.problems": "i_low"}, household_id="house-1", person_id=two)
    assert joined.case_id == first.case_id
    assert apart.case_id != first.case_id
    assert ground.case(first.case_id).person_id == one


def test_a_visit_that_found_nothing_makes_no_case(ground: Ground) -> None:
    assert ground.typed({"visit.met": "not_met"}).case_id == ""
    assert listed(ground, BY, open_only=False) == []


def test_a_visit_by_somebody_who_may_not_know_of_a_case_opens_another(ground: Ground) -> None:
    """Fails when the search for the open case forgets the reader: it would tell of it."""
    person = ground.person("เด็กชายดี")
    hidden = opened(ground, replace(NEGLECT, person_id=person))
    visit = ground.typed({"case.problems": "i_low"}, by=OTHER, person_id=person)
    assert visit.case_id != hidden.id
    with pytest.raises(NotYours):
        ground.typed({"case.problems": "i_low"}, by=OTHER, case_id=hidden.id)


def test_a_visit_to_a_closed_case_that_it_names_opens_it_again(ground: Ground) -> None:
    case = opened(ground)
    close_case(ground.store, BY, case.id, "จบ")
    ground.typed({"case.problems": "i_low"}, case_id=case.case_no)
    assert ground.case(case.id).is_open
    with pytest.raises(CaseProblem):
        ground.typed({"case.problems": "i_low"}, case_id="63-0000-X-1")


def test_a_corrected_visit_changes_its_case_and_opens_no_other(ground: Ground) -> None:
    first = ground.visit(FIVE[0])
    said = core_of(FIVE[0], ground.clock.now.date())
    fixed = ground.typed(
        said | {"case.problems": "h_none r_noid", "case.targets": "homeless"},
        amends=first.record_id,
        person_id=first.person_id,
    )
    assert fixed.case_id == first.case_id
    case = ground.case(first.case_id)
    assert (case.main_problem, case.main_target) == ("h_none", "homeless")
    assert log(ground, case.id) == ["open", "visit", "correction"]
    assert len(listed(ground, BY)) == 1
