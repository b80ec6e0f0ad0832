# SPDX-License-Identifier: Apache-2.0
"""Alerts: one action opens the case; every step has its time; child protection is kept in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions.alert import AlertProblem, from_form, note_step
from desktop.actions.case_file import CaseDraft, CaseProblem, close_case, open_case
from desktop.actions.finish import Finish
from desktop.errors import Problem
from desktop.model.alert import AlertLine
from desktop.model.draft import Subject
from desktop.model.record import ALERT, Core
from desktop.store import alert, follow_up
from desktop.store.case_file import NotYours
from desktop.store.errors import ChangedSince
from desktop.store.ids import new_id
from tests.actions.casework_ground import (
    BY,
    EVENT,
    OTHER,
    TAMBON,
    TODAY,
    Ground,
    assert_undone_and_redone,
)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground.open(tmp_path)
    yield ground
    ground.store.close()


def line(ground: Ground, alert_id: str) -> AlertLine:
    with ground.store.read() as conn:
        return alert.alert(conn, BY, alert_id)


def listed(ground: Ground, reader: str = BY, **asked: object) -> list[str]:
    with ground.store.read() as conn:
        return [one.alert.id for one in alert.alerts(conn, reader, **asked)]


def test_an_alert_of_neglect_opens_a_restricted_case_with_mentor_agencies_and_times(
    ground: Ground,
) -> None:
    before = ground.everything()
    done = ground.alert()
    found = line(ground, done.value.id)
    case = ground.case(done.value.case_id)
    assert case.restricted
    assert (case.origin, case.urgency, case.main_problem, case.area, case.event_id) == (
        "alert", "critical", "v_neglect", TAMBON, EVENT,
    )  # fmt: skip
    assert found.case_no == case.case_no
    assert found.mentor == "สมศรี พี่เลี้ยง"
    assert found.alert.agencies == ("bpd", "tao")
    assert [(s.kind, s.whom, s.at - found.alert.seen_at) for s in found.steps] == [
        ("called_1300", "", timedelta(minutes=10)),
        ("told_mentor", "", timedelta(minutes=15)),
        ("told_agency", "bpd", timedelta(minutes=15)),
        ("told_agency", "tao", timedelta(minutes=15)),
    ]
    assert found.response.told == timedelta(minutes=15)
    assert found.response.first == timedelta(minutes=10)
    assert (found.response.arrived, found.response.closed) == (None, None)
    assert not found.wants_1300
    assert_undone_and_redone(ground, before, done)


def test_an_alert_of_a_restricted_case_is_not_there_for_others(ground: Ground) -> None:
    """Fails when a list or a single row forgets its reader."""
    done = ground.alert()
    open_one = ground.alert(problems=("h_none",), urgency="urgent")
    assert listed(ground) == [done.value.id, open_one.value.id]
    assert listed(ground, OTHER) == [open_one.value.id]
    with pytest.raises(NotYours), ground.store.read() as conn:
        alert.alert(conn, OTHER, done.value.id)
    with pytest.raises(NotYours):
        note_step(ground.store, OTHER, done.value.id, "arrived")


def test_what_is_missing_is_said_and_nothing_is_kept(ground: Ground, each_language: str) -> None:
    now = ground.clock.now
    for wrong in (
        {"source": "dog"},
        {"problems": ()},
        {"urgency": ""},
        {"area": "", "place": " "},
        {"mentor_id": ""},
        {"people": 0},
        {"seen_at": now + timedelta(minutes=1)},
        {"told_at": now - timedelta(minutes=30)},
        {"told_at": now + timedelta(minutes=1)},
        {"called_1300_at": now + timedelta(minutes=1)},
        {"phone": "12"},
    ):
        with pytest.raises(Problem):
            ground.alert(**wrong)
    assert listed(ground) == []
    assert ground.everything()["case_file"] == []


def test_a_mentor_who_is_not_known_is_named_in_words(ground: Ground) -> None:
    done = ground.alert(mentor_id="", mentor="ลุงมี", called_1300_at=None)
    found = line(ground, done.value.id)
    assert found.mentor == "ลุงมี"
    assert found.wants_1300


def test_steps_follow_in_time_until_it_is_closed(ground: Ground, each_language: str) -> None:
    done = ground.alert(called_1300_at=None)
    alert_id, seen = done.value.id, done.value.seen_at
    for at in (seen - timedelta(minutes=1), ground.clock.now + timedelta(minutes=1)):
        with pytest.raises(AlertProblem):
            note_step(ground.store, BY, alert_id, "arrived", at=at)
    before = ground.everything()
    step = note_step(ground.store, BY, alert_id, "called_1300", at=seen + timedelta(minutes=1))
    assert_undone_and_redone(ground, before, step)
    assert not line(ground, alert_id).wants_1300
    assert line(ground, alert_id).response.first == timedelta(minutes=1)
    assert done.undo is not None
    with pytest.raises(ChangedSince):
        done.undo(ground.store)
    ground.clock.forward(hours=2)
    note_step(ground.store, BY, alert_id, "arrived", whom="บ้านพักเด็ก")
    note_step(ground.store, BY, alert_id, "closed", note="เด็กปลอดภัย")
    assert listed(ground, open_only=True) == []
    assert line(ground, alert_id).response.closed == timedelta(hours=2, minutes=20)
    with pytest.raises(AlertProblem):
        note_step(ground.store, BY, alert_id, "arrived")


def test_a_closed_alert_leaves_its_case_with_somebody_who_looks_again(ground: Ground) -> None:
    done = ground.alert()
    with ground.store.read() as conn:
        assert follow_up.next_open(conn, done.value.case_id) is None
    note_step(ground.store, BY, done.value.id, "closed")
    with ground.store.read() as conn:
        planned = follow_up.next_open(conn, done.value.case_id)
    assert planned is not None
    assert planned.due == TODAY + timedelta(days=1)


def test_an_alert_about_a_known_case_adds_to_it(ground: Ground) -> None:
    draft = CaseDraft(area=TAMBON, problems=("i_low",), targets=("child",))
    case = open_case(ground.store, BY, draft).value
    close_case(ground.store, BY, case.id, "จบ")
    done = ground.alert(case_id=case.id)
    assert done.value.case_id == case.id
    found = ground.case(case.id)
    assert found.is_open
    assert found.restricted
    assert found.problems == {"i_low", "v_neglect"}


def finish_form(ground: Ground, core: dict[str, str], *, amends: str = "") -> Finish:
    with ground.store.write(BY) as write:
        record_id = new_id()
        return from_form(
            write,
            Finish(
                record_id, ALERT, "1", Core(core), Subject(), (), BY, write.now(), amends,
                amends or record_id, event_id=EVENT,
            ),
        )  # fmt: skip


def test_the_form_raises_the_same_alert_and_its_correction_adds_to_the_case(
    ground: Ground,
) -> None:
    seen = ground.clock.now - timedelta(minutes=30)
    said = {
        "alert.source": "noi",
        "alert.seen_at": seen.isoformat(),
        "alert.area_code": TAMBON,
        "alert.place": "บ้านท้ายซอย",
        "alert.problems": "h_unfit v_neglect",
        "alert.detail": "เด็กอยู่คนเดียว",
        "alert.n_people": "2",
        "alert.urgency": "critical",
        "alert.called_1300": "yes",
        "alert.mentor_id": f"สมศรี พี่เลี้ยง [{ground.mentor_id}]",
        "alert.agencies": "bpd police",
        "alert.told_at": (seen + timedelta(minutes=4)).isoformat(),
    }
    done = finish_form(ground, said)
    found = line(ground, done.noun_id)
    assert (done.noun, done.scope, done.case_id) == (
        "alert", f"c:{found.alert.case_id}", found.alert.case_id,
    )  # fmt: skip
    assert (found.alert.mentor_id, found.alert.people) == (ground.mentor_id, 2)
    assert found.response.first == timedelta(minutes=4)
    again = finish_form(ground, said | {"alert.problems": "s_mental"}, amends=done.record_id)
    assert again.noun_id == done.noun_id
    assert "s_mental" in ground.case(done.case_id).problems
    assert len(listed(ground)) == 1
    with pytest.raises(CaseProblem):
        finish_form(ground, said | {"alert.urgency": ""})
