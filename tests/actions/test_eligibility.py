# SPDX-License-Identifier: Apache-2.0
"""The story of A2: who has passed when, and the sentence that says why."""

from __future__ import annotations

from collections import Counter

from desktop.actions.eligibility import review, sentence
from desktop.actions.fixture import read_fixture
from desktop.i18n import use_language
from desktop.model.eligibility import OVER, Moment, Verdict
from desktop.model.event import PassRule, Session
from desktop.paths import shipped
from tests.hall import Hall, tell


def test_of_154_seats_152_pass_and_everyone_is_told_why(hall: Hall) -> None:
    use_language("en")
    tell(hall, read_fixture(shipped("resources", "demo", "seed2_apm_noi.json")))

    rulings = review(hall.store, hall.event_id, OVER)

    by_seat = {ruling.row.seat: ruling for ruling in rulings}
    assert Counter(r.verdict.standing for r in rulings) == {"safe": 152, "failed": 2}
    assert by_seat[10].sentence == (
        "Attended 888 of 1,110 minutes; this reaches the 888 minutes asked for (80 %)."
    )
    assert by_seat[11].sentence == "1 minute short of the 888 minutes asked for (80 %)."
    assert by_seat[12].sentence == "168 minutes short of the 888 minutes asked for (80 %)."
    assert by_seat[13].verdict.credited == 900


def test_at_the_end_of_day_three_most_are_already_safe(hall: Hall) -> None:
    """Fails when credit is counted for sessions that have not been held yet."""
    use_language("en")
    tell(hall, read_fixture(shipped("resources", "demo", "seed2_apm_noi.json")))

    rulings = {r.row.seat: r for r in review(hall.store, hall.event_id, Moment(3, 16 * 60 + 30))}

    assert {ruling.verdict.elapsed for ruling in rulings.values()} == {990}
    standing = Counter(ruling.verdict.standing for ruling in rulings.values())
    assert standing == {"safe": 150, "must_attend": 2, "failed": 2}
    assert rulings[10].sentence == (
        "Must attend at least 120 more minutes: 768 of the 888 asked for."
    )


def test_by_the_clock_an_event_of_the_past_is_over(hall: Hall) -> None:
    tell(hall, read_fixture(shipped("resources", "demo", "seed2_apm_noi.json")))
    hall.clock.now = hall.clock.now.replace(year=2026)

    assert {r.verdict.elapsed for r in review(hall.store, hall.event_id)} == {1110}


def test_every_reason_is_a_whole_sentence_with_its_numbers(each_language: str) -> None:
    session = Session("s", "e", 1, None, 540, 720, "lecture", "การฟื้นคืนชีพ", counts=True)
    for mode in ("minutes", "sessions", "days"):
        short = {"minutes": "too_few_minutes", "sessions": "too_few_sessions"}
        more = {"minutes": "more_minutes", "sessions": "more_sessions"}
        for standing, why in (
            ("safe", "enough"),
            ("must_attend", more.get(mode, "more_days")),
            ("failed", short.get(mode, "too_few_days")),
        ):
            verdict = Verdict(standing, why, 1887, 2888, 3110, 0, 1001)  # type: ignore[arg-type]
            words = sentence(verdict, (session,), PassRule(mode, 80))  # type: ignore[arg-type]
            assert "2,888" in words
            assert ("1,001" in words) == (standing != "safe")
            assert "{" not in words
    for why in ("mandatory_missed", "mandatory_ahead"):
        verdict = Verdict("failed", why, 0, 0, 0, 0, 0, "s")  # type: ignore[arg-type]
        assert "การฟื้นคืนชีพ" in sentence(verdict, (session,))
