# SPDX-License-Identifier: Apache-2.0
"""From an event to the forms that can be filled for it, and to its volunteers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.actions.form_arrival import bring_in, retire
from desktop.model.draft import Subject
from desktop.model.record import ACTIVITY, EVALUATION, HOME_VISIT, REGISTRATION
from desktop.ui.desk import Desk
from desktop.ui.parts.form_menu import read_forms
from tests.actions.office_ground import BY, Ground
from tests.actions.village_form import CLINICS, village_form
from tests.ui.pages.office import Office


def test_forms_of_a_case_are_not_begun_at_an_event(ground: Ground) -> None:
    """Fails when a referral could be begun that is about nobody."""
    ids = [form_id for form_id, _title in read_forms(ground.store)]
    assert ids[:4] == [REGISTRATION, EVALUATION, ACTIVITY, HOME_VISIT]
    assert not {"referral", "follow_up"} & set(ids)


def test_a_form_is_begun_for_the_event_that_is_shown(
    ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    """Fails when the form is begun for the event in hand instead, or for none."""
    office = Office(ground, desk, qtbot, settled)
    office.open()
    went: list[tuple[str, Any]] = []
    office.page.go.disconnect()
    office.page.go.connect(lambda noun, what: went.append((noun, what)))
    assert {office.page._fill, office.page._volunteers} <= set(office.page.secondary)
    office.page._volunteers.trigger()
    assert went == [("activity", ("event", ground.event.id))]
    office.page._fill.trigger()
    qtbot.waitUntil(lambda: office.page.findChild(QMenu, "forms") is not None)
    menu = office.page.findChild(QMenu, "forms")
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    menu.close()
    assert went[-1] == ("record", (EVALUATION, Subject(event_id=ground.event.id)))


def test_a_retired_form_is_not_offered_and_a_form_of_a_case_only_where_all_are(
    ground: Ground,
) -> None:
    """Mutants: ``retired_at`` not asked; ``every`` without effect."""
    bring_in(ground.store, BY, village_form(), {"clinics.csv": CLINICS})
    assert "village" in dict(read_forms(ground.store))
    assert {"referral", "follow_up"} <= dict(read_forms(ground.store, every=True)).keys()
    retire(ground.store, BY, "village")
    assert "village" not in dict(read_forms(ground.store))
    assert "village" not in dict(read_forms(ground.store, every=True))
