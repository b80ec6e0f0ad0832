# SPDX-License-Identifier: Apache-2.0
"""The award list of an event: added whole, changed, taken back."""

from __future__ import annotations

import pytest

from desktop.actions.organisation import (
    AwardEntry,
    AwardProblem,
    add_awards,
    put_organisation,
    remove_award,
)
from desktop.model.organisation import Organisation
from desktop.store import organisation
from tests.actions.office_ground import BY, Ground, assert_undone_and_redone

TITLE = "โครงการ" + "พัฒนาคุณภาพชีวิตผู้สูงอายุ" * 4


def titles(ground: Ground) -> list[tuple[int, str, str]]:
    with ground.store.read() as conn:
        kept = organisation.awards(conn, ground.event.id)
    return [(one.order_no, one.organisation, one.title) for one in kept]


def test_awards_follow_the_order_of_the_list_and_share_their_organisations(
    ground: Ground,
) -> None:
    before = ground.everything()
    entries = [
        AwardEntry("สมาคม ก", TITLE, order_no=2),
        AwardEntry("มูลนิธิ  ข", "โครงการสอง", order_no=1),
        AwardEntry("สมาคม ก", "โครงการสาม"),
    ]
    done = add_awards(ground.store, BY, ground.event.id, entries)
    assert titles(ground) == [
        (1, "มูลนิธิ ข", "โครงการสอง"),
        (2, "สมาคม ก", TITLE),
        (3, "สมาคม ก", "โครงการสาม"),
    ]
    assert done.value[0].organisation_id == done.value[2].organisation_id
    assert_undone_and_redone(ground, before, done)


@pytest.mark.parametrize(
    "wrong", [AwardEntry("", "ก"), AwardEntry("ก", " "), AwardEntry("ก", "ข", order_no=1)]
)
def test_a_wrong_line_keeps_nothing_of_the_list(ground: Ground, wrong, each_language) -> None:
    """Fails when the lines before the wrong one are kept."""
    with pytest.raises(AwardProblem):
        add_awards(ground.store, BY, ground.event.id, [AwardEntry("ค", "ง"), wrong])
    assert titles(ground) == []


def test_an_award_is_taken_off_and_that_can_be_taken_back(ground: Ground) -> None:
    _one, two = add_awards(
        ground.store, BY, ground.event.id, [AwardEntry("ก", "หนึ่ง"), AwardEntry("ข", "สอง")]
    ).value
    before = ground.everything()
    assert_undone_and_redone(ground, before, remove_award(ground.store, BY, two.id))
    assert len(titles(ground)) == 1


def test_an_organisation_is_kept_in_one_spelling(ground: Ground) -> None:
    before = ground.everything()
    done = put_organisation(ground.store, BY, Organisation("", "อบต.เเม่ละเมา", "tao", "630609"))
    assert done.value.name == "อบต.แม่ละเมา"
    assert_undone_and_redone(ground, before, done)
    with pytest.raises(AwardProblem):
        put_organisation(ground.store, BY, Organisation("", " ", "tao"))
