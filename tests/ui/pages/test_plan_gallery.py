# SPDX-License-Identifier: Apache-2.0
"""The templates to choose from, beside the certificate as it would be printed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions import template as templates
from desktop.i18n import _
from desktop.ui.desk import Desk
from desktop.ui.pages.plan import PlanPage
from tests.actions.office_ground import BY, Ground
from tests.ui.pages.certificate_ground import Settled, finish_event
from tests.ui.pages.opening import open_over


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> PlanPage:
    """The page over an event that is over, shown and loaded."""
    finish_event(ground)
    return open_over(PlanPage, qtbot, desk, ground, settled)


def test_the_page_itself_is_drawn_before_the_small_ones(
    page: PlanPage, qtbot: QtBot, settled: Settled
) -> None:
    """Mutant: the certificate that waits until all templates have their small pictures."""
    fresh = PlanPage(page.desk)
    qtbot.addWidget(fresh)
    fresh.resize(1150, 600)
    asked: list[set[str]] = []
    fresh.preview.drawn.connect(lambda: asked.append(set(fresh.gallery._model._asked)))
    fresh.preview.drawn.disconnect(fresh.gallery.begin)
    fresh.preview.drawn.connect(fresh.gallery.begin)
    fresh.show()
    fresh.reload()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0] == set()
    preview = fresh.preview
    qtbot.waitUntil(lambda: not preview.busy and not preview.view.image.isNull())
    qtbot.waitUntil(lambda: bool(fresh.gallery._model._images))
    settled()


def test_the_tile_one_is_on_stays_in_sight_when_a_notice_takes_room(
    page: PlanPage, settled: Settled
) -> None:
    """Mutant: a tile at the bottom, cut off together with the words that it is not saved."""
    gallery = page.gallery
    last = gallery._model.offers[-1].ref
    gallery.go_to(last)
    assert gallery.viewport().rect().contains(gallery.visualRect(gallery.currentIndex()))
    page.resize(page.width(), page.height() - 40)
    settled()
    assert gallery.viewport().rect().contains(gallery.visualRect(gallery.currentIndex()))


def test_a_template_whose_changes_are_not_saved_says_so(
    page: PlanPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: a draft left in the designer that looks as if the certificates had it."""
    made = templates.copy(ground.store, BY, "completion").value
    drawn = replace(made.template, safe=made.template.safe + 1)
    templates.keep_draft(ground.store, BY, made.id, drawn, made.revision)
    page.reload()
    settled()
    notes = {one.ref: one.note for one in page.gallery._model.offers}
    assert notes[made.id] == _("Changes not saved yet")
    assert notes["completion"] != notes[made.id]
