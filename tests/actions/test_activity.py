# SPDX-License-Identifier: Apache-2.0
"""Activities of volunteers in their four roles, and mentors with their juniors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions.activity import ActivityProblem, from_form, put_activity, remove_activity
from desktop.actions.finish import Finish
from desktop.actions.mentorship import MentorshipProblem, pair, part
from desktop.model.activity import Activity
from desktop.model.draft import Subject
from desktop.model.record import ACTIVITY, Core
from desktop.store import activity, mentorship
from desktop.store.ids import new_id
from tests.actions.casework_ground import (
    BY,
    EVENT,
    TAMBON,
    TODAY,
    Ground,
    assert_undone_and_redone,
)

TEMPLE = Activity(
    "", TODAY, "จิตอาสาพัฒนาวัด", EVENT, TAMBON, "วัด", "วันเฉลิมพระชนมพรรษา",
    noi_roles=frozenset({"join"}), children=20, youth=20, volunteers=15, network=15,
)  # fmt: skip


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground.open(tmp_path)
    yield ground
    ground.store.close()


def test_an_activity_is_kept_put_right_and_taken_off(ground: Ground) -> None:
    before = ground.everything()
    done = put_activity(ground.store, BY, TEMPLE)
    assert_undone_and_redone(ground, before, done)
    assert done.value.people == 70
    put_activity(ground.store, BY, replace(done.value, network=16))
    with ground.store.read() as conn:
        (kept,) = activity.activities(conn, event_id=EVENT)
    assert kept == replace(done.value, network=16)
    before = ground.everything()
    assert_undone_and_redone(ground, before, remove_activity(ground.store, BY, kept.id))


def test_an_activity_without_name_role_or_sense_is_refused(
    ground: Ground, each_language: str
) -> None:
    for wrong in (
        replace(TEMPLE, name=" "),
        replace(TEMPLE, noi_roles=frozenset()),
        replace(TEMPLE, held_on=TODAY + timedelta(days=1)),
        replace(TEMPLE, children=-1),
    ):
        with pytest.raises(ActivityProblem):
            put_activity(ground.store, BY, wrong)


def test_activities_are_found_by_event_day_and_place(ground: Ground) -> None:
    put_activity(ground.store, BY, TEMPLE)
    earlier = put_activity(
        ground.store, BY,
        replace(TEMPLE, event_id="", area="500101", held_on=TODAY - timedelta(days=9)),
    ).value  # fmt: skip
    with ground.store.read() as conn:
        assert [a.held_on for a in activity.activities(conn)] == [TODAY, earlier.held_on]
        assert activity.activities(conn, until=earlier.held_on) == (earlier,)
        assert activity.activities(conn, area="50") == (earlier,)
        assert len(activity.activities(conn, since=TODAY)) == 1
        assert activity.scope_of(conn, earlier.id) == "t:500101"


def names(ground: Ground, **asked: str) -> list[tuple[str, str]]:
    with ground.store.read() as conn:
        return [(one.mentor, one.junior) for one in mentorship.pairs(conn, **asked)]


def test_a_mentor_gets_her_juniors_and_loses_one_again(ground: Ground) -> None:
    one, two = ground.person("หนึ่ง"), ground.person("สอง")
    before = ground.everything()
    done = pair(ground.store, BY, ground.mentor_id, (one, two), event_id=EVENT, since=TODAY)
    assert_undone_and_redone(ground, before, done)
    assert sorted(names(ground, event_id=EVENT)) == [
        ("สมศรี พี่เลี้ยง", "สอง"), ("สมศรี พี่เลี้ยง", "หนึ่ง"),
    ]  # fmt: skip
    before = ground.everything()
    assert_undone_and_redone(ground, before, part(ground.store, BY, done.value[0].id))
    assert len(names(ground, person_id=ground.mentor_id)) == 1
    pair(ground.store, BY, ground.mentor_id, (one,), event_id=EVENT)
    assert len(names(ground)) == 2
    with ground.store.read() as conn:
        assert mentorship.mentors_of(conn, one) == (ground.mentor_id,)


def test_nobody_is_her_own_mentor(ground: Ground, each_language: str) -> None:
    for juniors in ((), (ground.mentor_id,)):
        with pytest.raises(MentorshipProblem):
            pair(ground.store, BY, ground.mentor_id, juniors)


def test_the_form_keeps_the_activity_and_pairs_those_who_are_known(ground: Ground) -> None:
    junior = ground.person("เด็กหญิงดาว")
    said = {
        "activity.on": TODAY.isoformat(),
        "activity.name": "จิตอาสาพัฒนาวัด",
        "activity.area_code": TAMBON,
        "activity.noi_roles": "join alert",
        "activity.aims": "smile",
        "activity.mentor": f"สมศรี พี่เลี้ยง [{ground.mentor_id}]",
        "activity.juniors": f"เด็กหญิงดาว [{junior}]; เด็กชายเดือน",
        "activity.n_child": "20",
        "activity.budget": "1500.5",
        "activity.result": "วัดสะอาด",
    }

    def finish(core: dict[str, str], amends: str = "") -> Finish:
        with ground.store.write(BY) as write:
            record_id = new_id()
            return from_form(
                write,
                Finish(
                    record_id, ACTIVITY, "1", Core(core), Subject(), (), BY, write.now(), amends,
                    amends or record_id,
                ),
            )  # fmt: skip

    first = finish(said)
    finish(said | {"activity.n_child": "21", "activity.event_id": "no event"}, first.record_id)
    with ground.store.read() as conn:
        (kept,) = activity.activities(conn)
    assert (kept.id, kept.children, kept.budget, kept.event_id) == (first.noun_id, 21, 150_050, "")
    assert first.scope == f"t:{TAMBON}"
    assert names(ground) == [("สมศรี พี่เลี้ยง", "เด็กหญิงดาว")]
