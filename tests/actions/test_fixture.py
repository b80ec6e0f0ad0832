# SPDX-License-Identifier: Apache-2.0
"""Stories on file: what is read of them, and that the attendance they tell adds up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.actions.demo import draft, entries
from desktop.actions.fixture import FixtureRefused, Variant, read_fixture
from desktop.actions.stays import marks_of_story
from desktop.model.attendance import presences
from desktop.model.eligibility import judge
from desktop.model.event import Day, Session, counted_minutes
from desktop.paths import shipped

A2 = read_fixture(shipped("resources", "demo", "seed2_apm_noi.json"))


def written(folder: Path, **sections: Any) -> Path:
    path = folder / "event.json"
    plain = {"event": {"name": "กิจกรรม"}, "people": [{"first_name": "สมชาย"}]}
    path.write_text(json.dumps(plain | sections, ensure_ascii=False), "utf-8")
    return path


def credited(variant: Variant, days: tuple[Day, ...]) -> tuple[int, int]:
    story = replace(A2, days=days, rows=A2.rows[:1], variants=(replace(variant, seat=1),))
    marks = marks_of_story(story)[1]
    verdict = judge(presences(marks, story.sessions, 15), story.sessions, story.event.rule)
    return verdict.credited, verdict.counted


@settings(max_examples=120)
@given(st.integers(0, 1110), st.sampled_from([None, 1, 2, 3, 4]), st.booleans())
def test_exactly_the_minutes_a_story_says_are_missed(
    absent: int, day_no: int | None, at_the_end: bool
) -> None:
    """Fails when a minute is lost or counted twice at the edge of a session."""
    variant = Variant(1, absent, day_no, at_the_end)

    assert credited(variant, A2.days) == (1110 - absent, 1110)


spans = st.tuples(st.integers(480, 900), st.integers(10, 200), st.booleans())


@settings(max_examples=120)
@given(st.lists(spans, min_size=1, max_size=5), st.data())
def test_that_holds_for_sessions_beside_each_other_too(
    held: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    sessions = tuple(
        Session(f"s{n}", "event", 1, None, start, start + length, "lecture", "", counts=counts)
        for n, (start, length, counts) in enumerate(held)
    )
    total = counted_minutes(sessions)
    absent = data.draw(st.integers(0, total))
    variant = Variant(1, absent, 1, data.draw(st.booleans()))

    assert credited(variant, (Day("d", "event", 1, None, sessions),)) == (total - absent, total)


def test_whoever_misses_a_day_is_not_seen_at_its_ceremonies() -> None:
    story = replace(A2, variants=(Variant(1, 120, 4),))
    last = {session.id for session in story.sessions if session.day_no == 4}

    assert not last & {mark.session_id for mark in marks_of_story(story)[1]}


def test_the_five_stories_are_read_whole() -> None:
    read = {
        path.stem: read_fixture(path)
        for path in sorted(shipped("resources", "demo").glob("seed*.json"))
    }

    assert [len(one.rows) for one in read.values()] == [70, 70, 154, 430, 83]
    assert counted_minutes(read["seed0_shift_share"].sessions) == 1080
    assert counted_minutes(read["seed4_lgo_83"].sessions) == 810
    assert len(read["seed3_83_orgs"].awards) == 83
    tak = read["seed1_tak_highland"]
    assert sum(row.person.last == "" for row in tak.rows) == 40
    assert {row.person.identifier_kind for row in tak.rows} == {"cid", "gcode", "none", "cid0"}
    assert tak.event.date_from is None
    assert len(tak.event.hosts) == 2


def test_a_story_becomes_what_a_form_and_an_importer_would_hand_over() -> None:
    form = draft(A2)
    people = entries(A2)

    assert (form.quota, len(form.areas), form.digits) == (2, 77, "thai")
    assert [one.seat for one in people] == list(range(1, 155))
    assert people[0].organisation == "ศูนย์คุ้มครองคนไร้ที่พึ่งกรุงเทพมหานคร"
    assert people[0].area == "10"


@pytest.mark.parametrize("text", ["2022-09-30", "2565-09-30", "30/9/2565", "๓๐ กันยายน ๒๕๖๕"])
def test_a_date_is_understood_in_either_era(tmp_path: Path, text: str) -> None:
    """Fails when 2565-09-30 is taken for a year of the Christian era."""
    path = written(tmp_path, event={"name": "กิจกรรม", "from": text})

    assert read_fixture(path).event.date_to == date(2022, 9, 30)


def test_names_are_brought_to_their_one_spelling(tmp_path: Path) -> None:
    people = [
        {"name": "น.ส.สมหญิง  ใจดี"},
        {"first_name": "เเพรวา", "last_name": "-", "title": "nangsao"},
        {"first_name": "สมปอง", "last_name": "ตาลปุตฺโต", "title": "phramaha"},
        {"first_name": "Saw Htoo Wah", "title": "Mr."},
    ]

    rows = read_fixture(written(tmp_path, people=people)).rows

    assert [row.person.name for row in rows] == [
        "นางสาวสมหญิง ใจดี",
        "นางสาวแพรวา",
        "พระมหาสมปอง ตาลปุตฺโต",
        "Mr. Saw Htoo Wah",
    ]


def test_an_event_takes_the_name_of_its_programme_when_it_has_none(tmp_path: Path) -> None:
    path = written(tmp_path, event={}, programme={"name": "โครงการใหญ่", "fiscal_year_be": 2565})
    assert read_fixture(path).event.name == "โครงการใหญ่"

    with pytest.raises(FixtureRefused):
        read_fixture(written(tmp_path, event={}))


def test_one_host_written_as_a_text_is_one_host(tmp_path: Path) -> None:
    """Fails when a text is read letter by letter: "ห" and "น" would head the certificate."""
    path = written(tmp_path, event={"name": "กิจกรรม", "hosts": "หน่วยงานเดียว"})

    assert read_fixture(path).event.hosts == ("หน่วยงานเดียว",)


def test_a_number_pattern_may_give_the_width(tmp_path: Path) -> None:
    path = written(tmp_path, cert={"number_format": "พส {n:04d}/{be}"})

    assert read_fixture(path).number_pattern.format(n=7, be=2562) == "พส 0007/2562"
