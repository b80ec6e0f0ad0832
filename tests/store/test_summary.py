# SPDX-License-Identifier: Apache-2.0
"""What is counted: restricted cases like all others, corrected visits once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions.activity import put_activity
from desktop.actions.assistance import add
from desktop.actions.follow_up import done
from desktop.actions.referral import put_referral, send
from desktop.model.activity import Activity
from desktop.model.assistance import Assistance
from desktop.model.referral import Referral
from desktop.model.summary import AidTotal, FollowUpTotals, ReferralTotals, Span, table
from desktop.store import follow_up, summary
from tests.actions.casework_ground import (
    BY,
    EVENT,
    FIVE,
    TAMBON,
    TODAY,
    Ground,
    core_of,
)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground.open(tmp_path)
    yield ground
    ground.store.close()


HERE = Span(TODAY, TODAY, TAMBON, EVENT)
ELSEWHERE = (
    Span(until=TODAY - timedelta(days=1)),
    Span(since=TODAY + timedelta(days=1)),
    Span(area="50"),
    Span(event_id="another"),
)


def test_five_visits_make_five_whatever_is_counted(ground: Ground) -> None:
    """Journey A1. Fails when several problems or groups make one visit count twice."""
    ground.five_visits()
    ground.alert()
    with ground.store.read() as conn:
        facts = summary.cases(conn, HERE)
        everything = summary.cases(conn, HERE, visited=False)
        assert summary.visits(conn, HERE) == 5
        for span in ELSEWHERE:
            assert summary.visits(conn, span) == 0
            assert summary.cases(conn, span) == ()
            assert summary.cases(conn, span, visited=False) == ()
    assert [table(facts, count=count).total for count in ("main", "each")] == [5, 5]
    once = table(facts)
    assert sum(n or 0 for n in once.cells.values()) == 5
    assert once.row_totals == dict.fromkeys(
        ("r_noid", "s_chronic", "f_caregiver", "e_nochance", "h_unfit"), 1
    )
    each = table(facts, count="each")
    assert each.row_totals["i_low"] == 2
    assert each.column_totals["elder"] == 2
    assert table(facts, columns="area").column_totals == {TAMBON: 5}
    assert table(everything).row_totals["v_neglect"] == 1
    assert table(everything).total == 6


def test_a_corrected_visit_is_counted_once(ground: Ground) -> None:
    first = ground.visit(FIVE[0])
    ground.typed(core_of(FIVE[0], TODAY), amends=first.record_id)
    with ground.store.read() as conn:
        assert summary.visits(conn, Span()) == 1
        (fact,) = summary.cases(conn, Span())
    assert fact.visits == 1


def test_assistance_is_counted_by_kind_fund_and_state(ground: Ground) -> None:
    case = ground.visit(FIVE[0]).case_id
    for amount in (200_000, 50_050):
        add(ground.store, BY, Assistance("", case, "money", "given", TODAY, amount, "dsdw"))
    with ground.store.read() as conn:
        found = summary.assistance(conn, HERE)
        assert all(summary.assistance(conn, span) == () for span in ELSEWHERE)
    assert found == (
        AidTotal("goods", "", "given", 1, 0),
        AidTotal("money", "dsdw", "given", 2, 250_050),
        AidTotal("registry", "", "promised", 1, 0),
    )


def test_letters_are_counted_as_they_stand(ground: Ground) -> None:
    case = ground.visit(FIVE[0]).case_id
    for number in range(3):
        one = put_referral(
            ground.store, BY, Referral("", case, TODAY, to_name="อำเภอ", person="ก")
        ).value
        if number:
            send(ground.store, BY, one.id)
    with ground.store.read() as conn:
        soon = summary.referrals(conn, HERE, TODAY)
        late = summary.referrals(conn, HERE, TODAY + timedelta(days=4))
        assert all(summary.referrals(conn, s, TODAY) == ReferralTotals() for s in ELSEWHERE)
    assert (soon.draft, soon.outstanding, soon.overdue, late.overdue) == (1, 2, 0, 2)
    assert late.accepted == 0


def test_follow_ups_are_counted_two_in_a_week_and_three_in_a_month(ground: Ground) -> None:
    cases = ground.five_visits()
    with ground.store.read() as conn:
        found = summary.follow_ups(conn, Span(event_id=EVENT), TODAY)
        one = follow_up.next_open(conn, cases[1].id)
    assert found == FollowUpTotals(week=2, later=3)
    assert one is not None
    done(ground.store, BY, one.id, method="phone", progress="same", detail="", again=False)
    with ground.store.read() as conn:
        late = summary.follow_ups(conn, Span(area="63"), TODAY + timedelta(days=8))
        assert all(
            summary.follow_ups(conn, span, TODAY) == FollowUpTotals() for span in ELSEWHERE[2:]
        )
    assert late == FollowUpTotals(overdue=1, later=3, done=1)


def test_alerts_are_counted_with_how_quickly_they_were_answered(ground: Ground) -> None:
    ground.alert()
    ground.alert(source="apm", urgency="urgent", problems=("h_none",), called_1300_at=None)
    with ground.store.read() as conn:
        found = summary.alerts(conn, HERE)
        none = [summary.alerts(conn, span) for span in ELSEWHERE]
    assert (found.count, found.critical, found.open) == (2, 1, 2)
    assert found.by_source == {"noi": 1, "apm": 1}
    assert found.by_problem == {"v_neglect": 1, "h_none": 1}
    assert found.told == timedelta(minutes=15)
    assert found.first == timedelta(minutes=12, seconds=30)
    assert all((one.count, one.told) == (0, None) for one in none)


def test_an_alert_before_sunrise_belongs_to_its_own_day(ground: Ground) -> None:
    """Fails when the day is taken from UTC: seven in the morning is midnight there."""
    ground.clock.now = ground.clock.now.replace(hour=6)
    ground.alert()
    with ground.store.read() as conn:
        assert summary.alerts(conn, HERE).count == 1


def test_activities_are_counted_by_the_four_roles(ground: Ground) -> None:
    for roles, people in (("join",), 20), (("join", "pr"), 5):
        put_activity(
            ground.store, BY,
            Activity("", TODAY, "จิตอาสา", EVENT, TAMBON, noi_roles=frozenset(roles), youth=people),
        )  # fmt: skip
    with ground.store.read() as conn:
        found = summary.activities(conn, HERE)
        assert all(summary.activities(conn, span).activities == 0 for span in ELSEWHERE)
    assert [(one.role, one.activities, one.people) for one in found.roles] == [
        ("pr", 1, 5), ("campaign", 0, 0), ("alert", 0, 0), ("join", 2, 25),
    ]  # fmt: skip
    assert (found.activities, found.youth) == (2, 25)
