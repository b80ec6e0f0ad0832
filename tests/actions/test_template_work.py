# SPDX-License-Identifier: Apache-2.0
"""What lies on the designer's table: kept as a copy while it differs, and gone without a trace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.actions import plan as plans
from desktop.actions import template as templates
from desktop.actions.template import SavedMeanwhile, TemplateCard
from desktop.actions.template_work import Begun, keep_work, save_work
from desktop.model.plan import Plan
from desktop.model.template_history import Work
from desktop.store.ids import new_id
from tests.actions.issuing import give, issued
from tests.actions.template_ground import PAGE
from tests.hall import BY, Hall


@pytest.fixture
def begun(hall: Hall) -> Begun:
    return Begun(templates.template_card(hall.store, "completion"), new_id())


def wider(begun: Begun) -> Work:
    return Work(replace(begun.card.template, width=300))


def own(hall: Hall) -> list[TemplateCard]:
    return [one for one in templates.templates(hall.store, withdrawn=True) if not one.shipped]


def test_a_shipped_template_has_a_copy_while_the_work_differs(hall: Hall, begun: Begun) -> None:
    """Mutants: a second copy with every change; one that stays when all was taken back; another
    one when it is done again."""
    first = keep_work(hall.store, BY, begun, wider(begun))
    assert first.undo is None, "the steps of the table take it back, not the desk"
    (card,) = own(hall)
    assert (card.id, first.value.id) == (begun.copy_id, begun.copy_id)
    assert card.name == f"{begun.card.name} (2)"
    assert card.template == begun.card.template, "only what is saved is in force"
    draft = templates.draft_of(hall.store, card.id)
    assert draft is not None
    assert draft.template == wider(begun).template
    assert "templates" in first.changed

    keep_work(hall.store, BY, begun, replace(wider(begun), template=PAGE))
    assert [one.id for one in own(hall)] == [card.id]

    back = keep_work(hall.store, BY, begun, Work(begun.card.template))
    assert back.value.shipped
    assert own(hall) == []
    assert templates.drafts(hall.store) == ()

    keep_work(hall.store, BY, begun, wider(begun))
    assert [(one.id, one.name) for one in own(hall)] == [(card.id, card.name)]


def test_nothing_changed_writes_nothing(hall: Hall, begun: Begun) -> None:
    """Mutant: a row, a draft or an op for a mere look."""
    done = keep_work(hall.store, BY, begun, Work(begun.card.template))
    assert (done.value, done.changed) == (begun.card, frozenset())
    assert templates.drafts(hall.store) == ()


def test_a_copy_that_others_stand_on_is_not_taken_back(hall: Hall, begun: Begun) -> None:
    """Mutant: the template of planned certificates that is gone because a line was undone."""
    keep_work(hall.store, BY, begun, wider(begun))
    give(hall, "สมชาย")
    plans.keep_plan(hall.store, BY, Plan("event-1", "completion", begun.copy_id))

    kept = keep_work(hall.store, BY, begun, Work(begun.card.template))

    assert kept.value.id == begun.copy_id
    assert [one.id for one in own(hall)] == [begun.copy_id]
    assert templates.draft_of(hall.store, begun.copy_id) is None


def test_a_copy_is_taken_back_though_certificates_were_issued_with_the_shipped_one(
    hall: Hall, begun: Begun
) -> None:
    """Mutant: a copy kept because its page is the one that was issued with."""
    issued(hall, *give(hall, "สมชาย"))
    keep_work(hall.store, BY, begun, wider(begun))
    keep_work(hall.store, BY, begun, Work(begun.card.template))
    assert own(hall) == []


def test_a_name_given_on_the_table_is_a_change_too(hall: Hall, begun: Begun) -> None:
    """Mutants: a shipped template that cannot be named; a name that outlives its undo."""
    named = Work(begun.card.template, "ของศูนย์เรา")
    keep_work(hall.store, BY, begun, named)
    assert [one.name for one in own(hall)] == ["ของศูนย์เรา"]
    again = replace(begun, named="ของศูนย์เรา")
    keep_work(hall.store, BY, again, wider(begun))
    assert [one.name for one in own(hall)] == [f"{begun.card.name} (2)"]
    keep_work(hall.store, BY, begun, Work(begun.card.template))
    assert own(hall) == []


def test_a_colleagues_name_stays_where_the_table_gives_none(hall: Hall) -> None:
    """Mutant: each draft that writes the name from when the template was opened."""
    card = templates.create(hall.store, BY, "ก", PAGE).value
    begun = Begun(card, usual="ก")
    templates.rename(hall.store, "facilitator-2", card.id, "ข")
    keep_work(hall.store, BY, begun, Work(replace(PAGE, width=300)))
    assert templates.template_card(hall.store, card.id).name == "ข"
    keep_work(hall.store, BY, begun, Work(PAGE, "ค"))
    assert templates.template_card(hall.store, card.id).name == "ค"
    keep_work(hall.store, BY, replace(begun, named="ค"), Work(PAGE))
    assert templates.template_card(hall.store, card.id).name == "ก"


def test_saving_puts_it_into_the_plan_one_came_from_and_no_other(hall: Hall, begun: Begun) -> None:
    """Mutants: certificates that keep the shipped one; those of other kinds changed with them;
    a plan whose words are lost."""
    give(hall, "สมชาย")
    plans.keep_plan(hall.store, BY, Plan("event-1", "completion", wish="ขอให้เจริญ"))
    keep_work(hall.store, BY, begun, wider(begun))
    assert plans.plan(hall.store, "event-1", "completion").template == ""

    done = save_work(
        hall.store, BY, begun, wider(begun), plan=("event-1", "completion")
    )  # fmt: skip

    kept = plans.plan(hall.store, "event-1", "completion")
    assert (kept.template, kept.wish) == (begun.copy_id, "ขอให้เจริญ")
    assert plans.plan(hall.store, "event-1", "participation").template == ""
    assert plans.plan_template(hall.store, kept) == wider(begun).template
    assert templates.draft_of(hall.store, begun.copy_id) is None
    assert {"templates", "certificates"} <= done.changed
    assert done.undo
    done.undo(hall.store)
    assert plans.plan(hall.store, "event-1", "completion").template == ""


def test_save_before_the_draft_came_to_rest_makes_the_copy_itself(
    hall: Hall, begun: Begun
) -> None:
    card = save_work(hall.store, BY, begun, replace(wider(begun), name="ของเรา")).value
    assert (card.id, card.name, card.template) == (
        begun.copy_id, "ของเรา", wider(begun).template,
    )  # fmt: skip
    assert len(templates.revisions(hall.store, card.id)) == 2


def test_what_somebody_else_saved_meanwhile_is_told(hall: Hall) -> None:
    """Mutant: ``after`` that does not reach the template; a plan changed all the same."""
    card = templates.create(hall.store, BY, "ก", PAGE).value
    templates.save(hall.store, BY, card.id, replace(PAGE, width=300), card.revision)
    mine = Work(replace(PAGE, height=200))
    with pytest.raises(SavedMeanwhile):
        save_work(hall.store, BY, Begun(card), mine, card.revision, plan=("event-1", "completion"))
    assert plans.plan(hall.store, "event-1", "completion").template == ""
    save_work(hall.store, BY, Begun(card), mine, card.revision, anyway=True)
    assert templates.template_card(hall.store, card.id).template == mine.template
