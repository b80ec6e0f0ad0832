# SPDX-License-Identifier: Apache-2.0
"""Which form to fill: a menu of those in use."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.i18n import _
from desktop.model.record import (
    ACTIVITY,
    EVALUATION,
    FOLLOW_UP,
    HOME_VISIT,
    REFERRAL,
    REGISTRATION,
)
from desktop.ui.desk import Desk

if TYPE_CHECKING:
    from desktop.store.store import Store

_FIRST: Final = (REGISTRATION, EVALUATION, ACTIVITY, HOME_VISIT)
"""In the order of an event's days; forms of the office's own come after them."""
_OF_A_CASE: Final = frozenset({FOLLOW_UP, REFERRAL})
"""These begin at the case they are about."""


def read_forms(store: Store, *, every: bool = False) -> tuple[tuple[str, str], ...]:
    """Id and title of the forms in use: ``every`` one, or those that make sense without a case."""
    from desktop.actions.form import install
    from desktop.store import form

    install(store)
    with store.read() as conn:
        found = [
            one
            for one in form.forms(conn)
            if not one.retired_at and (every or one.form_id not in _OF_A_CASE)
        ]
    known = {name: place for place, name in enumerate(_FIRST)}
    ordered = sorted(found, key=lambda one: (known.get(one.form_id, len(known)), one.title))
    return tuple((one.form_id, one.title) for one in ordered)


def choose_form(
    over: QWidget, desk: Desk, chosen: Callable[[str], object], *, every: bool = False
) -> None:
    """Offer the forms above the lower right corner of ``over``; ``chosen(form_id)``.

    ``every`` form, or those that make sense without a case.
    """

    def show(forms: tuple[tuple[str, str], ...]) -> None:
        menu = QMenu(over)
        menu.setObjectName("forms")
        menu.setAccessibleName(_("Which form"))
        for form_id, title in forms:
            entry = menu.addAction(title)
            entry.triggered.connect(lambda _on=False, which=form_id: chosen(which))
        menu.aboutToHide.connect(menu.deleteLater)
        size = menu.sizeHint()
        corner = QPoint(over.width() - size.width() - 24, over.height() - size.height() - 8)
        menu.popup(over.mapToGlobal(corner))
        if forms:
            menu.setActiveAction(menu.actions()[0])

    # Bringing the forms into the store writes: not on the lane where questions are asked.
    desk.tasks.run("slow", over, lambda: read_forms(desk.store, every=every), show, desk.fail)
