# SPDX-License-Identifier: Apache-2.0
"""Who has passed: whole minutes, compared as whole numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.attendance import Presence
from desktop.model.eligibility import BEFORE, OVER, Moment, judge
from desktop.model.event import PassMode, PassRule, Session

# The timetable of A2: 210 + 390 + 390 + 120 = 1,110 counted minutes, 888 to pass.
A2 = tuple(
    Session(f"{day}{start}", "e", day, None, start, end, kind, "", counts=kind != "closing")
    for day, start, end, kind in (
        (1, 780, 990, "lecture"),
        (2, 540, 720, "practice"),
        (2, 780, 990, "practice"),
        (3, 540, 720, "practice"),
        (3, 780, 990, "group"),
        (4, 540, 660, "present"),
        (4, 675, 720, "closing"),
    )
)
RULE = PassRule("minutes", 80)


def attended(*missed: tuple[int, int, int]) -> dict[str, Presence]:
    """Everything attended but the spans ``(day, from, to)``, which end or start a session."""
    found = {}
    for session in A2:
        start, end = session.start, session.end
        for day, low, high in missed:
            if day == session.day_no and low <= start < high:
                start = min(high, end)
            elif day == session.day_no and start < low < end:
                end = low
        spans = ((start, end),) if start < end else ()
        found[session.id] = Presence(session.id, "present", None, None, spans)
    return found


def test_888_of_1110_minutes_is_exactly_enough() -> None:
    verdict = judge(attended((1, 780, 990), (2, 540, 552)), A2, RULE)

    assert (
        verdict.standing,
        verdict.credited,
        verdict.needed,
        verdict.counted,
    ) == ("safe", 888, 888, 1110)


def test_887_of_1110_minutes_is_one_too_few() -> None:
    """Fails when the comparison is made in floats rounded to a tenth of a percent."""
    verdict = judge(attended((1, 780, 990), (2, 540, 553)), A2, RULE)

    assert (
        verdict.standing,
        verdict.why,
        verdict.credited,
        verdict.missing,
    ) == ("failed", "too_few_minutes", 887, 1)


def test_at_the_end_of_day_three_those_who_came_to_everything_are_already_safe() -> None:
    verdict = judge(attended(), A2, RULE, Moment(3, 990))

    assert (verdict.standing, verdict.elapsed, verdict.credited) == ("safe", 990, 990)


def test_who_missed_a_day_must_still_attend_or_has_failed_for_good() -> None:
    missed_day_one = attended((1, 780, 990))
    verdict = judge(missed_day_one, A2, RULE, Moment(3, 990))
    assert (
        verdict.standing,
        verdict.why,
        verdict.missing,
    ) == ("must_attend", "more_minutes", 108)

    verdict = judge(attended((2, 540, 990)), A2, RULE, Moment(3, 990))
    assert (verdict.standing, verdict.missing) == ("failed", 888 - 720)


def test_before_the_event_everybody_must_attend() -> None:
    assert judge({}, A2, RULE, BEFORE).standing == "must_attend"


def test_an_event_that_asks_for_nothing_is_passed() -> None:
    assert judge({}, A2, PassRule("minutes", 0)).why == "nothing_required"
    assert judge({}, (), RULE).why == "nothing_required"


def test_the_closing_ceremony_does_not_count() -> None:
    assert judge(attended((4, 675, 720)), A2, RULE).credited == 1110


@pytest.mark.parametrize(
    ("mode", "credited", "standing"), [("sessions", 5, "safe"), ("days", 3, "failed")]
)
def test_sessions_and_days_can_be_counted_instead_of_minutes(
    mode: str, credited: int, standing: str
) -> None:
    """Missing one of six sessions leaves 5 of 6 (83 %), but only 3 of 4 days (75 %)."""
    rule = PassRule(mode, 80)  # type: ignore[arg-type]
    verdict = judge(attended((3, 540, 720)), A2, rule)

    assert (standing, credited) == (verdict.standing, verdict.credited)


@pytest.mark.parametrize("mode", ["sessions", "days"])
def test_of_sessions_beside_each_other_one_is_to_be_attended(mode: PassMode) -> None:
    """Fails when each of them counts: nobody can be at the panel and at the exhibition."""
    panel, beside, later = (
        Session(name, "e", 1, None, start, end, "panel", "", counts=True)
        for name, start, end in (("a", 540, 660), ("b", 600, 720), ("c", 720, 780))
    )
    here = {"a": Presence("a", "present", 540, 660, ((540, 660),))}
    rule, sessions = PassRule(mode, 100), (panel, beside, later)

    assert judge(here, sessions, rule, Moment(1, 720)).standing == "must_attend"
    assert judge({}, sessions, rule, Moment(1, 720)).standing == "failed"
    stayed = {**here, "c": Presence("c", "present", 720, 780, ((720, 780),))}
    assert judge(stayed, sessions, rule).standing == "safe"


def test_a_mandatory_session_is_named_when_it_is_missed_or_still_to_come() -> None:
    must = tuple(
        Session(
            s.id,
            s.event_id,
            s.day_no,
            None,
            s.start,
            s.end,
            s.kind,
            "",
            s.counts,
            s.day_no == 4 and s.counts,
        )
        for s in A2
    )
    ahead = judge(attended(), must, RULE, Moment(3, 990))
    missed = judge(attended((4, 540, 660)), must, RULE, OVER)

    assert (
        ahead.standing,
        ahead.why,
        ahead.session_id,
    ) == ("must_attend", "mandatory_ahead", "4540")
    assert (
        missed.standing,
        missed.why,
        missed.session_id,
    ) == ("failed", "mandatory_missed", "4540")
    assert judge(attended(), must, RULE, OVER).standing == "safe"


spans = st.lists(
    st.tuples(st.integers(480, 1020), st.integers(0, 240)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(spans, min_size=len(A2), max_size=len(A2)),
    st.integers(0, 100),
    st.integers(0, 5),
    st.integers(0, 1440),
)
def test_credit_never_exceeds_what_has_passed_and_a_verdict_never_softens(
    stays: list[list[tuple[int, int]]], percent: int, day: int, minute: int
) -> None:
    """Fails when stays outside the counted sessions are credited, or when somebody who has
    failed at one moment could still pass at a later one.
    """
    presence = {
        session.id: Presence(session.id, "present", None, None, tuple(stay))
        for session, stay in zip(A2, stays, strict=True)
    }
    rule = PassRule("minutes", percent)
    now = judge(presence, A2, rule, Moment(day, minute))
    end = judge(presence, A2, rule, OVER)

    assert now.credited <= now.elapsed <= now.counted == 1110
    assert end.credited <= end.counted
    assert (end.credited * 100 >= end.counted * percent) == (end.standing == "safe")
    if now.standing == "failed":
        assert end.standing == "failed"
    if now.standing == "safe":
        assert end.standing == "safe"
