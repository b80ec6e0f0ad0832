# SPDX-License-Identifier: Apache-2.0
"""What a draft knows before anybody answers."""

from __future__ import annotations

from pathlib import Path

from desktop.actions import draft as drafts
from desktop.actions.form import install
from desktop.model.draft import Subject
from desktop.ui.forms.opening import known_answers, open_draft
from tests.actions.casework_ground import BY, Ground


def test_a_follow_up_names_its_case_by_the_number_people_read(tmp_path: Path) -> None:
    """Mutant: the case's id is answered, and the form is called by it in every list."""
    ground = Ground.open(tmp_path / "profile")
    try:
        (case, *_others) = ground.five_visits()
        install(ground.store)
        begun = drafts.begin(ground.store, BY, "follow_up", Subject(case_id=case.id))
        opened = open_draft(ground.store, begun.value.id)
        assert [value for _node, value in known_answers(opened)] == [case.case_no]
    finally:
        ground.store.close()
