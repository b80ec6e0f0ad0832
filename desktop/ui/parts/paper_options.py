# SPDX-License-Identifier: Apache-2.0
"""How a paper is made: by which template, for whom, and what else it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.actions.paper_template import paper_templates
from desktop.actions.template import TemplateCard
from desktop.i18n import N_, _, language, ngettext
from desktop.model.paper import EVERYBODY, IdNumbers, Whom
from desktop.model.roster import RosterRow
from desktop.store import codelist, roster
from desktop.store.guest_paper import PAPER
from desktop.store.store import Store
from desktop.thai.search_key import search_key
from desktop.ui import theme
from desktop.ui.parts.paper_making import CHOSEN, Asked
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Choice, TypeAhead

_ONE: Final = "one"
_OFFERED: Final = 8
_NUMBERS: Final[dict[IdNumbers, str]] = {
    "none": N_("Without identity numbers"),
    "masked": N_("Identity numbers, masked"),
    "whole": N_("Identity numbers in full"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen for a paper: its templates, and who is on the roster."""

    templates: tuple[TemplateCard, ...]
    people: tuple[RosterRow, ...]


def offer_for(store: Store, asked: Asked) -> Offer:
    """Read what can be chosen."""
    kind = asked.kind
    if kind is None:
        return Offer((), ())
    people: tuple[RosterRow, ...] = ()
    if asked.what in CHOSEN:
        with store.read() as conn:
            people = tuple(one for one in roster.roster(conn, asked.event_id) if one.expected)
    return Offer(paper_templates(store, kind, asked.event_id), people)


class PaperOptions(QWidget):
    """``changed(asked)`` comes when something was chosen, ``designed(id)`` for the designer."""

    changed = Signal(object)
    designed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: Asked | None = None
        self._people: tuple[RosterRow, ...] = ()
        self.template = self._choice(_("Template"))
        self.whom = self._choice(_("For whom"))
        self.person = TypeAhead(_("Type a name"), self)
        self.person.setAccessibleName(_("For whom"))
        self.person.setMaximumWidth(theme.scaled(260))
        self.to = self._choice(_("Addressed to"))
        self.numbers = self._choice(_("Identity numbers"))
        self.design = Button(_("Design"), self._press_design, icon="pencil", parent=self)
        self.template.chose.connect(lambda ref: self._with(template=ref))
        self.whom.chose.connect(self._whom_chosen)
        self.person.asked.connect(self._offer_people)
        self.person.took.connect(lambda one: self._with(whom=Whom(ids=(str(one),))))
        self.person.returnPressed.connect(self.person.take_first)
        self.to.chose.connect(lambda to: self._with(to=to))
        self.numbers.chose.connect(lambda numbers: self._with(numbers=numbers))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for each in (self.template, self.design, self.whom, self.person, self.to, self.numbers):
            row.addWidget(each)
        row.addStretch()

    def _choice(self, name: str) -> Choice:
        made = Choice(parent=self)
        made.setAccessibleName(name)
        made.setMaximumWidth(theme.scaled(300))
        return made

    def show_offer(self, asked: Asked, offer: Offer) -> None:
        """Show what can be chosen for a paper, and what is."""
        self._asked, self._people = asked, offer.people
        self.setVisible(asked.kind is not None)
        cards = offer.templates
        refs = [card.id for card in cards]
        self.template.set_options(
            [(card.id, title_of(card)) for card in cards],
            asked.template if asked.template in refs else next(iter(refs), None),
        )
        chosen = asked.what in CHOSEN
        self.whom.setVisible(chosen)
        self.design.setEnabled(not str(self.template.value() or "").startswith(PAPER))
        self.whom.set_options(self._sets(asked.whom), _kept(asked.whom))
        one = len(asked.whom.ids) == 1
        self.person.setVisible(chosen and self.whom.value() == _ONE)
        if one:
            name = next((p.name for p in self._people if p.enrolment_id == asked.whom.ids[0]), "")
            self.person.set_value(asked.whom.ids[0], name)
        elif not self.person.hasFocus():
            self.person.set_value(None, "")
        self.to.setVisible(asked.what == "envelope")
        self.to.set_options(
            [("people", _("One for each person")), ("agencies", _("One for each agency"))],
            asked.to,
        )
        self.numbers.setVisible(asked.what == "receipt")
        self.numbers.set_options([(one, _(word)) for one, word in _NUMBERS.items()], asked.numbers)

    def _sets(self, whom: Whom) -> Sequence[tuple[object, str]]:
        groups = dict.fromkeys(one.group for one in self._people if one.group)
        sets: list[tuple[object, str]] = [
            (EVERYBODY, _("Everybody expected")),
            (Whom(came=True), _("Those who came")),
        ]
        if len(groups) > 1:
            sets += [(Whom(group=one), codelist.word("person_group", one)) for one in groups]
        if len(whom.ids) > 1:
            words = ngettext("{count} person chosen", "{count} people chosen", len(whom.ids))
            sets.append((whom, words.format(count=len(whom.ids))))
        sets.append((_ONE, _("One person…")))
        return sets

    def _whom_chosen(self, chosen: object) -> None:
        if chosen == _ONE:
            self.person.show()
            self.person.clear()
            self.person.setFocus()
        elif isinstance(chosen, Whom):
            self._with(whom=chosen)

    def _offer_people(self, typed: str) -> None:
        wanted = search_key(typed)
        if not wanted:
            self.person.offer([])
            return
        found = [one for one in self._people if wanted in search_key(one.name)]
        self.person.offer([(one.enrolment_id, one.name) for one in found[:_OFFERED]])

    def _press_design(self) -> None:
        ref = self.template.value()
        if ref:
            self.designed.emit(str(ref))

    def _with(self, **chosen: object) -> None:
        if self._asked is not None:
            self._asked = replace(self._asked, **chosen)  # type: ignore[arg-type]
            self.changed.emit(self._asked)


def title_of(card: TemplateCard) -> str:
    """What a template is called in the language of the moment; an office's own as it named it."""
    titles = card.template.titles
    return (titles.get(language()) or card.name) if card.shipped else card.name


def _kept(whom: Whom) -> object:
    return _ONE if len(whom.ids) == 1 else whom
