# SPDX-License-Identifier: Apache-2.0
"""Follow-ups: by urgency, moved for a reason, kept; the next one, or the end of the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.actions.case_file import CaseDraft, CaseProblem, close_case, open_case, reopen
from desktop.actions.finish import Finish
from desktop.actions.follow_up import (
    FollowUpProblem,
    Kept,
    cancel,
    done,
    from_form,
    move,
    plan,
    suggested,
    warning,
)
from desktop.i18n import use_language
from desktop.model.draft import Subject
from desktop.model.follow_up import DueList, FollowUp
from desktop.model.record import FOLLOW_UP, Core
from desktop.store import case_file as cases
from desktop.store import follow_up
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


def case_id(ground: Ground, urgency: str = "normal", problem: str = "i_low") -> str:
    draft = CaseDraft(area=TAMBON, problems=(problem,), urgency=urgency)
    return str(open_case(ground.store, BY, draft).value.id)


def planned(ground: Ground, case: str, due: date | None = None) -> FollowUp:
    found: FollowUp = plan(ground.store, BY, case, due).value
    return found


def due(ground: Ground, reader: str = BY) -> DueList:
    with ground.store.read() as conn:
        return follow_up.due(conn, reader, ground.clock.now.date())


def kept(ground: Ground, one: FollowUp, progress: str = "better", **said: object) -> Kept:
    found: Kept = done(
        ground.store, BY, one.id, method="phone", progress=progress, detail="โทรถาม", **said
    ).value
    return found


@pytest.mark.parametrize(("urgency", "days"), [("critical", 1), ("urgent", 7), ("normal", 30)])
def test_the_first_look_is_as_soon_as_the_case_is_urgent(
    ground: Ground, urgency: str, days: int
) -> None:
    before = case_id(ground, urgency)
    held = ground.everything()
    one = plan(ground.store, BY, before)
    assert one.value.due == TODAY + timedelta(days=days)
    assert_undone_and_redone(ground, held, one)


def test_looks_grow_rarer_and_a_turn_for_the_worse_brings_them_near_again(
    ground: Ground,
) -> None:
    case = case_id(ground, "urgent")
    one: FollowUp | None = planned(ground, case)
    waits = []
    for progress in ("better", "same", "better", "worse"):
        assert one is not None
        ground.clock.now = ground.clock.now.replace(
            year=one.due.year, month=one.due.month, day=one.due.day
        )
        one = kept(ground, one, progress).next
        assert one is not None
        waits.append((one.due - ground.clock.now.date()).days)
    assert waits == [30, 90, 180, 7]
    assert ground.case(case).status == "followup"
    with ground.store.read() as conn:
        log = [step.kind for step in cases.steps(conn, BY, case)]
    assert log.count("follow_up") == 4


def test_the_due_list_tells_overdue_today_the_week_and_later(ground: Ground) -> None:
    case = case_id(ground)
    urgent = case_id(ground, "urgent")
    ones = [planned(ground, case, TODAY + timedelta(days=n)) for n in (0, 2, 9, 10, 32, 33)]
    first = planned(ground, urgent, TODAY + timedelta(days=9))
    ground.clock.forward(days=2)
    found = due(ground)
    assert [line.follow_up.id for line in found.overdue] == [ones[0].id]
    assert [line.follow_up.id for line in found.today] == [ones[1].id]
    assert [line.follow_up.id for line in found.week] == [first.id, ones[2].id]
    assert [line.follow_up.id for line in found.later] == [ones[3].id, ones[4].id]


def test_a_closed_case_is_due_no_longer_and_is_again_when_opened_again(ground: Ground) -> None:
    case = case_id(ground)
    planned(ground, case, TODAY)
    close_case(ground.store, BY, case, "จบ")
    assert due(ground) == DueList()
    reopen(ground.store, BY, case, "กลับมา")
    assert len(due(ground).today) == 1


def test_the_restricted_follow_up_of_others_shows_as_nothing(ground: Ground) -> None:
    """Fails when the list, the calendar or the single row forgets its reader."""
    one = planned(ground, case_id(ground, problem="v_sexual"), TODAY)
    assert due(ground, OTHER) == DueList()
    assert len(due(ground).today) == 1
    with ground.store.read() as conn:
        assert follow_up.calendar(conn, OTHER, 2026, 11) == {}
        assert list(follow_up.calendar(conn, BY, 2026, 11)) == [TODAY]
    for act in (
        lambda: move(ground.store, OTHER, one.id, TODAY, "เหตุผล"),
        lambda: cancel(ground.store, OTHER, one.id),
        lambda: done(ground.store, OTHER, one.id, method="phone", progress="same", detail=""),
        lambda: plan(ground.store, OTHER, one.case_id),
    ):
        with pytest.raises(NotYours):
            act()


def test_the_calendar_holds_a_month_also_the_last_one_of_a_year(ground: Ground) -> None:
    case = case_id(ground)
    last = planned(ground, case, date(2026, 12, 31))
    planned(ground, case, date(2027, 1, 1))
    kept(ground, last)
    with ground.store.read() as conn:
        december = follow_up.calendar(conn, BY, 2026, 12)
        january = follow_up.calendar(conn, BY, 2027, 1)
    assert [line.follow_up.is_done for line in december[date(2026, 12, 31)]] == [True]
    assert list(january) == [date(2027, 1, 1)]


def test_a_follow_up_is_moved_for_a_reason_that_stays(ground: Ground, each_language: str) -> None:
    case = case_id(ground)
    one = planned(ground, case)
    with pytest.raises(CaseProblem):
        move(ground.store, BY, one.id, TODAY, " ")
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=800)):
        with pytest.raises(FollowUpProblem):
            move(ground.store, BY, one.id, day, "เหตุผล")
    before = ground.everything()
    moved = move(ground.store, BY, one.id, TODAY + timedelta(days=3), "ทางขาด")
    assert_undone_and_redone(ground, before, moved)
    assert (moved.value.first_due, moved.value.moved_because) == (one.due, "ทางขาด")
    with ground.store.read() as conn:
        assert cases.steps(conn, BY, case)[-1].reason == "ทางขาด"


def test_the_end_of_a_problem_closes_the_case_and_needs_a_reason(
    ground: Ground, each_language: str
) -> None:
    case = case_id(ground)
    one = planned(ground, case)
    with pytest.raises(CaseProblem):
        kept(ground, one, "solved")
    assert due(ground).later[0].follow_up == one
    before = ground.everything()
    end = done(
        ground.store, BY, one.id, method="visit", progress="solved", detail="มีงานทำแล้ว",
        close_reason="มีรายได้พอ",
    )  # fmt: skip
    assert_undone_and_redone(ground, before, end)
    assert end.value.closed
    assert ground.case(case).close_reason == "มีรายได้พอ"
    with pytest.raises(FollowUpProblem):
        kept(ground, one)
    with pytest.raises(FollowUpProblem):
        cancel(ground.store, BY, one.id)


def test_what_is_missing_or_still_to_come_is_refused(ground: Ground, each_language: str) -> None:
    one = planned(ground, case_id(ground))
    for said in (
        {"progress": "splendid"},
        {"at": ground.clock.now + timedelta(minutes=1)},
        {"next_due": TODAY - timedelta(days=1)},
    ):
        with pytest.raises(FollowUpProblem):
            kept(ground, one, **said)
    assert kept(ground, one, again=False).next is None


def test_the_suggested_day_follows_what_was_done(ground: Ground) -> None:
    case = case_id(ground, "critical")
    with ground.store.read() as conn:
        assert suggested(conn, BY, case, TODAY) == TODAY + timedelta(days=1)
    one = planned(ground, case)
    kept(ground, one, again=False)
    with ground.store.read() as conn:
        assert suggested(conn, BY, case, TODAY) == TODAY + timedelta(days=7)


def test_a_holiday_and_a_weekend_are_warned_of() -> None:
    assert "วันสงกรานต์" in warning(date(2026, 4, 13))
    assert warning(date(2026, 11, 20)) == ""
    use_language("en")
    assert warning(date(2026, 11, 21)) == "That day is a Saturday."
    assert warning(date(2026, 11, 22)) == "That day is a Sunday."


# ---- from forms


def finish_form(ground: Ground, core: dict[str, str], *, amends: str = "") -> Finish:
    with ground.store.write(BY) as write:
        record_id = new_id()
        return from_form(
            write,
            Finish(
                record_id, FOLLOW_UP, "1",
                Core({"followup.at": ground.clock.now.isoformat(), **core}),
                Subject(), (), BY, write.now(), amends, amends or record_id,
            ),
        )  # fmt: skip


def of_case(ground: Ground, case: str) -> tuple[FollowUp, ...]:
    with ground.store.read() as conn:
        return follow_up.follow_ups(conn, BY, case)


def test_a_form_keeps_the_appointment_that_was_due_and_plans_the_next(ground: Ground) -> None:
    visit = ground.visit(FIVE[1])
    said = {
        "followup.case_id": visit.case_id,
        "followup.method": "phone",
        "followup.progress": "better",
        "followup.received": "device",
        "followup.detail": "ได้รถเข็นแล้ว",
        "followup.again": "yes",
        "followup.next": (TODAY + timedelta(days=20)).isoformat(),
        "case.urgency": "normal",
    }
    done_form = finish_form(ground, said)
    held, coming = of_case(ground, visit.case_id)
    assert (held.progress, held.received, held.visit_id) == (
        "better", {"device"}, visit.visit_id,
    )  # fmt: skip
    assert coming.due == TODAY + timedelta(days=20)
    assert ground.case(visit.case_id).urgency == "normal"
    assert (done_form.noun, done_form.noun_id) == ("follow_up", held.id)
    finish_form(ground, said | {"followup.detail": "ได้เตียงแล้ว"}, amends=done_form.record_id)
    assert [one.detail for one in of_case(ground, visit.case_id)] == ["ได้เตียงแล้ว", ""]


def test_a_form_that_tells_of_the_end_closes_the_case(ground: Ground) -> None:
    visit = ground.visit(FIVE[1])
    said = {
        "followup.case_id": visit.case_id,
        "followup.method": "visit",
        "followup.progress": "died",
        "case.close_reason": "เสียชีวิตด้วยโรคประจำตัว",
    }
    finish_form(ground, said)
    assert not ground.case(visit.case_id).is_open


def test_a_corrected_visit_moves_its_follow_up_unless_somebody_did(ground: Ground) -> None:
    first = ground.visit(FIVE[0])
    said = core_of(FIVE[0], TODAY)
    ground.typed(
        said | {"followup.due": (TODAY + timedelta(days=5)).isoformat()}, amends=first.record_id
    )
    (one,) = of_case(ground, first.case_id)
    assert one.due == TODAY + timedelta(days=5)
    move(ground.store, BY, one.id, TODAY + timedelta(days=6), "ฝนตก")
    ground.typed(said, amends=first.record_id)
    (one,) = of_case(ground, first.case_id)
    assert one.due == TODAY + timedelta(days=6)


def test_a_visit_made_to_follow_up_keeps_the_appointment(ground: Ground) -> None:
    first = ground.visit(FIVE[1])
    ground.clock.forward(days=7)
    said = core_of(FIVE[1], ground.clock.now.date()) | {"visit.purpose": "followup"}
    ground.typed(said, case_id=first.case_id)
    held, coming = of_case(ground, first.case_id)
    assert (held.is_done, held.method) == (True, "visit")
    assert not coming.is_done
