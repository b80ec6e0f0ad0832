# SPDX-License-Identifier: Apache-2.0
"""What the page of the roster asks for before it acts: a paper, an empty list, a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.i18n import N_, _
from desktop.imports.template import TemplateKind
from desktop.model.roster import RosterRow
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Field, TextEdit

_TEMPLATES: Final[tuple[tuple[TemplateKind, str], ...]] = (
    ("full", N_("For staff of agencies")),
    ("short", N_("For guests of a ceremony")),
    ("community", N_("For villagers, children and volunteers")),
)


def ask_unlock(parent: QWidget, then: Callable[[str], object]) -> Dialog:
    """Ask why a roster is unlocked; ``then(reason)`` when it was said."""
    reason = TextEdit(longest=200)
    asked = Dialog(
        parent,
        _("Unlock the roster"),
        _("Seats stay as they are; papers printed until now may no longer fit."),
        _("Unlock"),
        icon="lock-open",
        check=lambda: "" if reason.plain() else _("Say why the roster is unlocked."),
    )
    asked.body.addWidget(Field(_("Why"), reason, parent=asked))
    asked.accepted.connect(lambda: then(reason.plain()))
    asked.finished.connect(asked.deleteLater)
    asked.open()
    reason.setFocus()
    return asked


def pop_papers(
    page: QWidget,
    days: int,
    then: Callable[[dict[str, object]], object],
    person: RosterRow | None = None,
) -> QMenu:
    """Offer the papers of a roster over the button at the right; ``then(what)`` says which.

    ``person`` is the one who is marked: whoever came without notice needs one badge.
    """
    menu = QMenu(page)
    for day in range(1, days + 1):
        words = _("Sign-in sheet, day {number}").format(number=day)
        menu.addAction(words, partial(then, {"what": "sheet", "day_no": day}))
    menu.addSeparator()
    for name, words in (
        ("badge", _("Name badges")),
        ("tent", _("Name tents")),
        ("envelope", _("Envelopes")),
        ("receipt_sheet", _("Receipt sheet for everybody")),
        ("proof", _("Name-proof sheet")),
    ):
        menu.addAction(words, partial(then, {"what": name}))
    if person is not None and person.expected:
        menu.addSeparator()
        words = _("One badge: {name}").format(name=person.name)
        told: dict[str, object] = {"what": "badge", "ids": [person.enrolment_id]}
        menu.addAction(words, partial(then, told))
    return _pop(page, menu, QPoint(page.width() - menu.sizeHint().width() - 24, page.height()))


def pop_templates(page: QWidget, then: Callable[[TemplateKind], object]) -> QMenu:
    """Offer the kinds of empty lists in the middle of the page."""
    menu = QMenu(page)
    for kind, words in _TEMPLATES:
        menu.addAction(_(words), partial(then, kind))
    return _pop(page, menu, QPoint(page.width() // 2, page.height() // 2))


def _pop(page: QWidget, menu: QMenu, where: QPoint) -> QMenu:
    menu.aboutToHide.connect(menu.deleteLater)
    where.setY(max(0, where.y() - menu.sizeHint().height()))
    menu.popup(page.mapToGlobal(where))
    menu.setActiveAction(menu.actions()[0])
    return menu
