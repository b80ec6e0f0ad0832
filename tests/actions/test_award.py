# SPDX-License-Identifier: Apache-2.0
"""An award list put right: another organisation, another order, and taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.actions.award import (
    AwardEntry,
    AwardProblem,
    add_awards,
    correct_award,
    order_awards,
    remove_award,
)
from desktop.i18n import use_language
from desktop.model.organisation import Award
from desktop.store import organisation as organisations
from tests.actions.office_ground import BY, Ground

LONG = "โครงการพัฒนาศักยภาพของครอบครัวในชุมชน " * 13


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    use_language("en")
    made = Ground(tmp_path / "profile")
    yield made
    made.store.close()
    use_language("th")


def _awards(ground: Ground) -> tuple[Award, ...]:
    with ground.store.read() as conn:
        return organisations.awards(conn, ground.event.id)


def _eighty_three(ground: Ground) -> tuple[Award, ...]:
    entries = [AwardEntry(f"องค์กร {n % 40}", f"โครงการที่ {n}", fund="กองทุน") for n in range(1, 84)]
    awards: tuple[Award, ...] = add_awards(ground.store, BY, ground.event.id, entries).value
    return awards


def test_eighty_three_projects_go_on_in_one_action_and_come_off_in_one(ground: Ground) -> None:
    """Mutant: a transaction a line leaves 82 of them after one undo."""
    before = ground.everything()
    done = add_awards(
        ground.store, BY, ground.event.id,
        [AwardEntry(f"องค์กร {n}", f"โครงการที่ {n}") for n in range(83)],
    )  # fmt: skip
    assert [one.order_no for one in _awards(ground)] == list(range(1, 84))
    assert done.undo is not None
    done.undo(ground.store)
    assert ground.everything() == before


def test_a_title_of_five_hundred_characters_stays_whole(ground: Ground) -> None:
    """Mutant: a cut at 255 or 300 characters loses the end of the title."""
    title = LONG[:499] + "ก"
    add_awards(ground.store, BY, ground.event.id, [AwardEntry("มูลนิธิ", title)])
    assert _awards(ground)[0].title == title


def test_a_corrected_organisation_is_one_that_is_known_when_it_is(ground: Ground) -> None:
    """Mutant: renaming the organisation itself would rename it in its other awards."""
    first, second, *_rest = _eighty_three(ground)
    done = correct_award(
        ground.store, BY, first.id, AwardEntry(second.organisation, "ชื่อใหม่", fund="อื่น")
    )
    after = _awards(ground)[0]
    assert (after.organisation_id, after.title, after.fund) == (
        second.organisation_id, "ชื่อใหม่", "อื่น",
    )  # fmt: skip
    assert after.order_no == first.order_no
    assert _awards(ground)[40].organisation == first.organisation
    assert done.undo is not None
    done.undo(ground.store)
    assert _awards(ground)[0] == first


def test_a_project_without_a_name_is_refused(ground: Ground) -> None:
    """Mutant: without the check an empty title would be printed."""
    first = _eighty_three(ground)[0]
    with pytest.raises(AwardProblem, match="project"):
        correct_award(ground.store, BY, first.id, AwardEntry("องค์กร", "  "))
    assert _awards(ground)[0] == first


def test_the_order_is_changed_and_taken_back(ground: Ground) -> None:
    """Mutant: numbering from 0, or only the moved one, leaves two with one number."""
    awards = _eighty_three(ground)
    ids = [one.id for one in awards]
    done = order_awards(ground.store, BY, ground.event.id, [*ids[1:], ids[0]])
    assert [one.id for one in _awards(ground)] == [*ids[1:], ids[0]]
    assert [one.order_no for one in _awards(ground)] == list(range(1, 84))
    assert done.undo is not None
    done.undo(ground.store)
    assert _awards(ground) == awards


def test_an_order_of_another_list_is_refused(ground: Ground) -> None:
    """Mutant: without the check an award added meanwhile would keep a number given twice."""
    awards = _eighty_three(ground)
    with pytest.raises(AwardProblem, match="meanwhile"):
        order_awards(ground.store, BY, ground.event.id, [one.id for one in awards[1:]])
    with pytest.raises(AwardProblem, match="meanwhile"):
        order_awards(
            ground.store, BY, ground.event.id, [awards[1].id, *(one.id for one in awards[1:])]
        )


def test_the_order_stays_once_certificates_follow_it(ground: Ground) -> None:
    """Mutant: without the check the register and the award list would differ."""
    from dataclasses import replace

    from desktop.actions.certificate import issue
    from desktop.actions.event import change_event, set_ceremony
    from desktop.model.event import CeremonyRole
    from tests.actions.office_ground import FIRST

    change_event(ground.store, BY, replace(ground.event, certificate_kind="project"))
    set_ceremony(
        ground.store, BY, ground.event.id,
        [CeremonyRole("", "", "chair_open", "นายตัวอย่าง ใจดี", "อธิบดี", "", signs=True)],
    )  # fmt: skip
    awards = _eighty_three(ground)
    ids = [one.id for one in awards]
    issue(
        ground.store, BY, ground.event.id,
        issue_date=FIRST, award_ids=ids,
    )  # fmt: skip
    with pytest.raises(AwardProblem, match="order stays"):
        order_awards(ground.store, BY, ground.event.id, ids[::-1])
    with pytest.raises(AwardProblem, match="stays on the list"):
        remove_award(ground.store, BY, ids[0])
