# SPDX-License-Identifier: Apache-2.0
"""The field work of ``samut demo``: filed through the real forms, alive on the day of building."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop.actions import attachment, demo_drawing, record
from desktop.actions.demo import PASSPHRASE, DemoKeys, build_demo
from desktop.actions.demo_filling import Filling
from desktop.actions.fixture import read_fixture
from desktop.actions.fixture_fields import FixtureRefused
from desktop.actions.fixture_household import read_field
from desktop.actions.form import open_session
from desktop.actions.office import unlock
from desktop.model.summary import Span
from desktop.paths import shipped
from desktop.store import (
    activity,
    alert,
    case_file,
    case_list,
    consent,
    draft,
    follow_up,
    household,
    mentorship,
    referral,
    summary,
    visit,
)
from desktop.store import record as records
from desktop.store.store import Store
from desktop.xforms import journal

BANGKOK = timezone(timedelta(hours=7))
BUILT = datetime(2026, 11, 20, 15, 40, tzinfo=BANGKOK)
TODAY = BUILT.date()
STORY = shipped("resources", "demo", "seed1_tak_highland.json")


@dataclass
class Built:
    store: Store
    keys: DemoKeys

    @property
    def by(self) -> str:
        return self.keys.facilitator_id

    @property
    def event(self) -> str:
        return self.keys.events[STORY.stem]

    def read(self, asked: Callable[..., Any], *more: Any, **named: Any) -> Any:
        with self.store.read() as conn:
            return asked(conn, *more, **named)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = tmp_path_factory.mktemp("demo")
    keys = build_demo(folder, lambda: BUILT)
    with closing(unlock(folder, keys.facilitator_id, PASSPHRASE, clock=lambda: BUILT)) as store:
        yield Built(store, keys)


def test_the_five_visits_of_the_story_and_one_before_them(built: Built) -> None:
    """Fails when a family is left out, when a correction counts as a visit, or when what the
    fixture tells of a home is not what was typed."""
    told = read_field(STORY).households
    counted = built.read(summary.visits, Span())
    at_event = built.read(summary.visits, Span(event_id=built.event))
    cases = built.read(summary.cases, Span(event_id=built.event))

    assert (counted, at_event) == (6, 5)
    assert sorted(sorted(fact.problems) for fact in cases) == sorted(
        sorted(one.problems) for one in told
    )
    houses = built.read(household.find_households, "")
    assert sorted(one.household.moo for one in houses) == sorted(one.moo for one in told)
    assert {one.household.area for one in houses} == {"630609"}
    assert all(one.household.position is not None for one in houses)
    outcomes = {
        built.read(visit.history, built.by, one.household.id)[0].outcomes for one in houses
    }
    assert outcomes == {one.outcomes for one in told}


def test_everybody_s_name_is_put_together_from_the_roster(built: Built) -> None:
    """Those of the roster are made up. Fails for any name from elsewhere."""
    rows = [row.person for row in read_fixture(STORY).rows]
    first, last = {one.first for one in rows}, {one.last for one in rows if one.last}
    visited = {
        one.name.removeprefix("เด็กชาย")
        .removeprefix("นางสาว")
        .removeprefix("นาง")
        .removeprefix("นาย")
        for house in built.read(household.find_households, "")
        for one in built.read(household.members, house.household.id)
    }
    for name in visited:
        given, _space, family = name.partition(" ")
        assert given in first, name
        assert not family or family in last, name


def test_what_is_due_is_overdue_today_and_this_week(built: Built) -> None:
    due = built.read(follow_up.due, built.by, TODAY)
    days = [[line.follow_up.due for line in part] for part in (due.overdue, due.today, due.week)]
    assert days == [[date(2026, 11, 18)], [TODAY], [date(2026, 11, 24)]]
    assert len(due.later) == 2
    assert built.read(summary.follow_ups, Span(), TODAY).done == 1


def test_at_midnight_and_far_from_thailand_the_same_lists_are_alive(tmp_path: Path) -> None:
    """Fails when something of the story lies in the future, or is counted from yesterday."""
    now = BUILT.replace(hour=0, minute=3, tzinfo=timezone(timedelta(hours=-8)))
    keys = build_demo(tmp_path, lambda: now)
    with (
        closing(unlock(tmp_path, keys.facilitator_id, PASSPHRASE, clock=lambda: now)) as store,
        store.read() as conn,
    ):
        due = follow_up.due(conn, keys.facilitator_id, now.date())
        drafts = draft.drafts(conn, keys.facilitator_id)
    assert [len(part) for part in (due.overdue, due.today, due.week, due.later)] == [1, 1, 1, 2]
    assert len(drafts) == 1


def test_a_family_has_two_points_in_its_chart_and_one_visit_is_corrected(built: Built) -> None:
    houses = built.read(household.find_households, "")
    points = [len(built.read(visit.dimensions, built.by, one.household.id)) for one in houses]
    assert sorted(points) == [1, 1, 1, 1, 2]
    corrected = [
        one
        for house in houses
        for one in built.read(visit.history, built.by, house.household.id)
        if one.amends
    ]
    assert len(corrected) == 1
    changed = record.differences(built.store, built.by, corrected[0].record_id)
    assert {(one.before, one.after) for one in changed} == {("7", "17/2"), ("—", "081 234 5678")}


def test_the_alert_of_neglect_is_restricted_and_its_finder_may_read_it(built: Built) -> None:
    """Fails when the case of the alert can be read by whoever is not let in."""
    (line,) = built.read(alert.alerts, built.by, open_only=True)
    assert (line.alert.urgency, line.alert.problems) == ("critical", ("v_neglect",))
    assert line.alert.restricted
    assert not built.read(case_file.is_hidden, built.by, line.alert.case_id)
    assert built.read(case_file.is_hidden, "somebody-else", line.alert.case_id)
    assert built.read(alert.alerts, "somebody-else") == ()
    rows = built.read(case_list.cases, built.by, case_list.CaseFilter())
    assert [row.case.restricted for row in rows] == [True, False, False, False, False, False]


def test_one_letter_is_out_and_nobody_answered(built: Built) -> None:
    (line,) = built.read(referral.referrals, built.by, today=TODAY)
    assert line.standing == "overdue"
    assert line.referral.need


def test_only_the_family_that_agreed_is_in_pictures(built: Built) -> None:
    """Fails when a picture is kept of a family that did not agree, or is no drawing of ours."""
    pictures: list[bytes] = []
    agreed = 0
    for house in built.read(household.find_households, ""):
        for one in built.read(visit.history, built.by, house.household.id):
            files = built.read(records.attachments, built.by, one.record_id)
            standing = built.read(consent.standing_of, one.person_id)
            agreed += standing.photo
            assert standing.photo or not files
            pictures += [attachment.content(built.store, file.sha256) for file in files]
    assert agreed == 1
    assert sorted(pictures) == sorted([demo_drawing.house(), demo_drawing.kitchen()])
    for data in pictures:
        assert Image.open(io.BytesIO(data)).size == demo_drawing.SIZE
        assert len(data) < 100_000


def test_what_the_volunteers_did_and_who_is_whose_mentor(built: Built) -> None:
    (one,) = built.read(activity.activities, event_id=built.event)
    assert (one.children, one.youth, one.volunteers, one.network) == (20, 20, 15, 15)
    assert one.record_id
    pairs = built.read(mentorship.pairs, event_id=built.event)
    assert len({pair.mentorship.mentor_id for pair in pairs}) == 5
    assert len({pair.mentorship.junior_id for pair in pairs}) == 20


def test_a_half_filled_form_goes_on_where_it_was_left(built: Built) -> None:
    (opened,) = built.read(draft.drafts, built.by)
    assert 0 < opened.answered < opened.questions
    assert opened.title
    session = open_session(built.store, opened.id)
    assert not session.missed
    assert session.faults()


def test_the_file_is_sound(built: Built) -> None:
    report = built.store.check()
    assert report.sound
    assert report.attachments == ()


@pytest.mark.parametrize("aids", ["goods", [["goods"]], [{"goods": "given"}]])
def test_a_fixture_whose_aid_is_no_pair_is_refused(tmp_path: Path, aids: object) -> None:
    path = tmp_path / "field.json"
    path.write_text(json.dumps({"households": [{"area": "630609", "aids": aids}]}))
    with pytest.raises(FixtureRefused):
        read_field(path)


def test_a_fixture_may_tell_of_no_homes_at_all(tmp_path: Path) -> None:
    path = tmp_path / "field.json"
    path.write_text("{}")
    assert read_field(path).households == ()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"met": "met", "wings": "two"}, "wings"),
        ({"met": "met", "proxy_name": "มึดา"}, "proxy_name"),
        ({"met": "flown"}, "met"),
        ({"moo": "hundred"}, "moo"),
    ],
)
def test_a_demonstration_types_only_what_is_asked_and_taken(
    built: Built, answers: dict[str, str], said: str
) -> None:
    """Fails when an answer that no window would take is passed over in silence."""
    (opened,) = built.read(draft.drafts, built.by)
    session = open_session(built.store, opened.id)
    assert isinstance(session.clock, journal.Clock)
    filling = Filling(session, session.clock, lambda _place, _picture: "")
    with pytest.raises(ValueError, match=said):
        filling.fill(answers)
