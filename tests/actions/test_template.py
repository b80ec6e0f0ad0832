# SPDX-License-Identifier: Apache-2.0
"""Templates of an office: nothing that was saved is lost, and what was issued stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import template as actions
from desktop.actions.certificate import certificate_fillings
from desktop.actions.plan import keep_plan
from desktop.actions.template import SavedMeanwhile, TemplateProblem
from desktop.actions.template_choice import TemplateLost, template_of
from desktop.model.plan import Plan
from desktop.model.template import Text
from desktop.model.template_form import template_digest
from desktop.printing.template_shipped import shipped_template
from desktop.store import template as rows
from desktop.store.errors import ChangedSince
from desktop.store.ids import new_id
from tests.actions.issuing import give, issued
from tests.actions.template_ground import PAGE
from tests.hall import BY, Hall, open_hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = open_hall(tmp_path)
    yield hall
    hall.store.close()


WIDER = replace(PAGE, width=300)
OTHER = replace(PAGE, height=200)


def test_the_shipped_ones_come_first_and_the_offices_by_name(hall: Hall) -> None:
    actions.create(hall.store, BY, "ข", PAGE)
    actions.create(hall.store, BY, " ก  งาม ", WIDER)
    actions.create(hall.store, BY, "ป้าย", replace(PAGE, purpose="badge"))

    cards = actions.templates(hall.store)

    shipped = [card.id for card in cards if card.shipped]
    assert {"completion", "participation", "honour", "facilitator", "volunteer"} <= set(shipped)
    assert [card.name for card in cards[len(shipped) :]] == ["ก งาม", "ข"]
    assert cards[-1].template == PAGE
    assert actions.template_card(hall.store, "completion").template == shipped_template(
        "completion"
    )
    with pytest.raises(LookupError):
        actions.template_card(hall.store, "nothing")
    with pytest.raises(TemplateProblem):
        actions.create(hall.store, BY, "  ", PAGE)


def test_saving_adds_a_revision_and_undo_takes_it_back(hall: Hall) -> None:
    first = actions.create(hall.store, BY, "ก", PAGE).value

    done = actions.save(hall.store, BY, first.id, WIDER, first.revision)

    assert actions.template_card(hall.store, first.id).template == WIDER
    held = actions.revisions(hall.store, first.id)
    assert [one.digest for one in held] == [template_digest(WIDER), template_digest(PAGE)]
    assert held[0].after == first.revision
    assert actions.revision_template(hall.store, held[1].id) == PAGE
    assert done.undo
    done.undo(hall.store)
    assert actions.template_card(hall.store, first.id).template == PAGE
    again = actions.save(hall.store, BY, first.id, PAGE, first.revision)
    assert again.undo is None, "the same page is not saved twice"


def test_who_saves_over_another_is_told_first_and_both_stay(hall: Hall) -> None:
    """Mutant: ``after`` not looked at, so that the other's work is out of sight."""
    card = actions.create(hall.store, BY, "ก", PAGE).value
    actions.save(hall.store, "facilitator-2", card.id, WIDER, card.revision)

    with pytest.raises(SavedMeanwhile) as told:
        actions.save(hall.store, BY, card.id, OTHER, card.revision)
    assert told.value.card.template == WIDER
    assert actions.template_card(hall.store, card.id).template == WIDER

    actions.save(hall.store, BY, card.id, OTHER, card.revision, anyway=True)
    assert actions.template_card(hall.store, card.id).template == OTHER
    assert {one.digest for one in actions.revisions(hall.store, card.id)} == {
        template_digest(PAGE), template_digest(WIDER), template_digest(OTHER),
    }  # fmt: skip


def test_a_clock_that_was_wrong_brings_nothing_back(hall: Hall) -> None:
    """Mutant: the newest by its stamp alone: what was improved would be gone for a year."""
    hall.clock.now += timedelta(days=365)
    card = actions.create(hall.store, BY, "ก", PAGE).value
    hall.clock.now -= timedelta(days=365)

    actions.save(hall.store, BY, card.id, WIDER, card.revision)

    assert actions.template_card(hall.store, card.id).template == WIDER


def test_a_copy_is_undone_though_its_original_was_issued_with(hall: Hall) -> None:
    """Mutant: a revision held up by certificates of another template that has the same page."""
    issued(hall, *give(hall, "สมชาย"))
    done = actions.copy(hall.store, BY, "completion")
    assert done.undo
    done.undo(hall.store)
    assert all(card.shipped for card in actions.templates(hall.store))


def test_what_was_issued_with_a_template_stays_whatever_becomes_of_it(hall: Hall) -> None:
    """Mutant: pages looked up by the template's name instead of by their digest."""
    card = actions.create(hall.store, BY, "ก", PAGE).value
    keep_plan(hall.store, BY, Plan("event-1", "completion", card.id))
    made = issued(hall, *give(hall, "สมชาย"))

    done = actions.save(hall.store, BY, card.id, WIDER, card.revision)
    actions.rename(hall.store, BY, card.id, "ใหม่")
    actions.withdraw(hall.store, BY, card.id)

    (group,) = certificate_fillings(hall.store, made)
    assert group.template == PAGE
    with hall.store.read() as conn:
        assert template_of(conn, template_digest(PAGE)) == PAGE
    assert card.id not in [one.id for one in actions.templates(hall.store)]
    held = {one.id: one for one in actions.templates(hall.store, withdrawn=True)}
    assert (held[card.id].name, held[card.id].withdrawn) == ("ใหม่", True)
    assert [one.uses for one in actions.revisions(hall.store, card.id)] == [0, 1]
    assert done.undo
    done.undo(hall.store)
    assert actions.template_card(hall.store, card.id).uses == 1
    actions.bring_back(hall.store, BY, card.id)
    assert card.id in [one.id for one in actions.templates(hall.store)]


def test_the_page_of_a_certificate_cannot_be_undone(hall: Hall) -> None:
    """Mutant: the undo of a save that takes away what certificates are printed with."""
    card = actions.create(hall.store, BY, "ก", PAGE).value
    done = actions.save(hall.store, BY, card.id, WIDER, card.revision)
    keep_plan(hall.store, BY, Plan("event-1", "completion", card.id))
    issued(hall, *give(hall, "สมชาย"))

    assert done.undo
    with pytest.raises(ChangedSince):
        done.undo(hall.store)
    assert actions.template_card(hall.store, card.id).template == WIDER


def test_a_shipped_template_is_kept_with_the_first_certificate(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: only its digest kept: the next version ships another page of that name."""
    page = shipped_template("completion")
    people = give(hall, "สมชาย", "ปราณี")
    first = issued(hall, people[0])
    second = issued(hall, people[1])
    monkeypatch.setattr(
        "desktop.printing.template_shipped.shipped_templates", lambda: {"completion": PAGE}
    )

    (group,) = certificate_fillings(hall.store, [*first, *second])

    assert group.template == page
    with hall.store.read() as conn:
        query = "SELECT count(*) FROM template_revision"
        assert conn.exec_driver_sql(query).scalar_one() == 1


def test_what_the_designer_holds_outlives_a_power_cut(hall: Hall) -> None:
    card = actions.create(hall.store, BY, "ก", PAGE).value
    fresh = new_id()
    actions.keep_draft(hall.store, BY, card.id, WIDER, card.revision)
    actions.keep_draft(hall.store, BY, card.id, OTHER, card.revision)
    actions.keep_draft(hall.store, BY, fresh, PAGE, "")

    held = actions.draft_of(hall.store, card.id)

    assert held is not None
    assert (held.template, held.after) == (OTHER, card.revision)
    assert actions.template_card(hall.store, card.id).has_draft
    assert {one.template_id for one in actions.drafts(hall.store)} == {card.id, fresh}
    actions.save(hall.store, BY, card.id, OTHER, held.after)
    assert actions.draft_of(hall.store, card.id) is None
    made = actions.create(hall.store, BY, "ข", PAGE, template_id=fresh).value
    assert made.id == fresh
    assert actions.drafts(hall.store) == ()
    actions.keep_draft(hall.store, BY, fresh, WIDER, made.revision)
    thrown = actions.discard_draft(hall.store, BY, fresh)
    assert thrown is not None
    assert thrown.template == WIDER
    assert actions.discard_draft(hall.store, BY, fresh) is None


def test_a_copy_of_a_shipped_one_is_the_offices_own(hall: Hall) -> None:
    one = actions.copy(hall.store, BY, "completion").value
    two = actions.copy(hall.store, BY, "completion").value
    three = actions.copy(hall.store, BY, one.id, "อีกแบบ").value

    title = shipped_template("completion").titles["th"]
    assert {one.name.removeprefix(title), two.name.removeprefix(title)} <= {
        " (2)", " (3)", one.name, two.name,
    }  # fmt: skip
    assert one.name != two.name
    assert three.template == one.template == shipped_template("completion")
    assert not three.shipped


def test_a_page_that_could_not_be_read_again_is_not_kept(hall: Hall) -> None:
    card = actions.create(hall.store, BY, "ก", PAGE).value
    twice = Text(id="recipient", x=0, y=0, width=1, height=1, text="")
    with pytest.raises(TemplateProblem, match="elements"):
        actions.save(hall.store, BY, card.id, replace(PAGE, elements=(*PAGE.elements, twice)), "")


def test_a_page_of_a_newer_version_stops_nothing_else(hall: Hall) -> None:
    """Fails when one template that cannot be read takes the whole list away."""
    card = actions.create(hall.store, BY, "ก", PAGE).value
    keep_plan(hall.store, BY, Plan("event-1", "completion", card.id))
    with hall.store.write(BY) as write:
        rows.put_revision(write, card.id, "ff", '{"format":"samut-template/9"}', card.revision)

    assert card.id not in [one.id for one in actions.templates(hall.store)]
    with pytest.raises(TemplateLost):
        issued(hall, *give(hall, "สมชาย"))
