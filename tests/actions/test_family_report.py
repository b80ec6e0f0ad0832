# SPDX-License-Identifier: Apache-2.0
"""A household's story on paper: all that may be told, nothing of a protected child."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions.family_report import family_report, gather
from desktop.model.draft import Subject
from tests.field import BY
from tests.printing.visits import joined, text_of
from tests.village import FIVE, Village


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = Village.open(tmp_path / "store")
    yield made
    made.field.store.close()


def test_the_story_tells_family_visits_aid_and_case(village: Village) -> None:
    """Mutants: a part left out; the exact place of the home."""
    first = village.visit(FIVE[1], 1)
    village.relative(first, "นายสมชาย ทดสอบดี", "child", 41)
    household_id = village.household_of(first)
    pdf = family_report(village.field.store, BY, household_id, village.field.clock.now.date())
    text = joined(text_of(pdf))
    for said in ("พะตี ทดสอบดี", "สมชาย ทดสอบดี", "บุตร", "เจ็บป่วยเรื้อรัง", "ถุงยังชีพ", "ให้แล้ว",
                 "สำรวจ/สอบข้อเท็จจริง", "16.774, 98.992", "ด่วน"):  # fmt: skip
        assert joined(said) in text
    with village.field.store.read() as conn:
        last = conn.exec_driver_sql("SELECT action, noun FROM audit ORDER BY seq DESC").first()
    assert tuple(last or ()) == ("print", "household")


def test_nothing_of_a_restricted_case_is_in_the_story(village: Village) -> None:
    """Mutant: who may read the case carries it around on a paper without a mark."""
    plain = village.visit(FIVE[1], 1)
    household_id = village.household_of(plain)
    village.field.clock.forward(days=3)
    abused = replace(FIVE[1], problems=("v_neglect",), urgency="critical")
    more = {
        "g_prob/called_1300": "yes",
        "g_person/first_name": "ดาว",
        "g_person/birth_year_be": "2510",
    }
    village.visit(abused, 1, more, subject=Subject(household_id=household_id))
    report = gather(village.field.store, BY, household_id, village.field.clock.now.date())
    words = str(report.cases) + str(report.visits) + str(report.aids)
    assert "ทอดทิ้ง" not in words
    assert len(report.visits) == len(report.assessments) <= 1
