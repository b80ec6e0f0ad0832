# SPDX-License-Identifier: Apache-2.0
"""The casework of journey A1, as the actions do it: five visits and one alert."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.actions.case_file import close_case, open_case_file
from desktop.model.summary import Span, table
from desktop.store import alert, follow_up, summary
from desktop.store.case_file import NotYours
from desktop.store.case_list import CaseFilter
from desktop.store.case_list import cases as case_list
from tests.actions.casework_ground import BY, EVENT, FIVE, OTHER, TODAY, Ground
from tests.actions.office_ground import assert_ops_tell_the_rows


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground.open(tmp_path)
    yield ground
    ground.store.close()


def test_five_visits_and_an_alert(ground: Ground) -> None:
    """Journey A1: 2 follow-ups in 7 days and 3 in 30, a summary of 5, one restricted case."""
    ground.five_visits()
    restricted = ground.alert().value
    with ground.store.read() as conn:
        due = follow_up.due(conn, BY, TODAY)
        facts = summary.cases(conn, Span(event_id=EVENT))
        alerts = alert.alerts(conn, BY, open_only=True)
        others = case_list(conn, OTHER, CaseFilter())
    assert (len(due.overdue), len(due.today), len(due.week), len(due.later)) == (0, 0, 2, 3)
    assert {(line.follow_up.due - TODAY).days for line in due.week} == {7}
    assert {(line.follow_up.due - TODAY).days for line in due.later} == {30}
    assert table(facts).total == 5
    assert [one.alert.id for one in alerts] == [restricted.id]
    assert len(others) == 5
    story = open_case_file(ground.store, BY, restricted.case_id)
    assert story.case.restricted
    assert [step.kind for step in story.steps] == ["open", "restrict", "alert"]
    assert len(story.alerts) == 1
    with pytest.raises(NotYours):
        open_case_file(ground.store, OTHER, restricted.case_id)


def test_a_whole_story_is_read_at_once(ground: Ground) -> None:
    visit = ground.visit(FIVE[0])
    story = open_case_file(ground.store, OTHER, visit.case_id)
    assert story.person == "นอแอ"
    assert [one.kind for one in story.assistance] == ["goods", "registry"]
    assert [step.kind for step in story.steps] == ["open", "visit"]
    assert len(story.follow_ups) == 1
    assert story.names[BY] == "ธิดา ใจดี"
    assert ground.audited() == []


def test_the_centre_sees_by_the_ops_what_stands_here(ground: Ground) -> None:
    """Fails when any row of casework is written beside the op log."""
    cases = ground.five_visits()
    ground.alert()
    close_case(ground.store, BY, cases[0].id, "จบ")
    assert_ops_tell_the_rows(ground)  # type: ignore[arg-type]
    assert ground.store.check().sound
