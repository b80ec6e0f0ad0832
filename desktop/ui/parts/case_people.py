# SPDX-License-Identifier: Apache-2.0
"""Who answers for a case, and who else may read it when it is restricted."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.ui.page import Page
from desktop.ui.parts.case_asking import CaseAsking
from desktop.ui.parts.case_card import Card, Verb
from desktop.ui.parts.case_reading import CaseHeld


class CasePeople(Card):
    """The card of people."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(_("Who looks after it"), parent)
        self._page = page
        self._held: CaseHeld | None = None
        self.let_in = self.offer(_("Let somebody in"), "user-plus", self._let_in)
        self.give = self.offer(_("Give to somebody else"), "users", self._give)

    def show_held(self, held: CaseHeld) -> None:
        """Show the people of a case."""
        self._held = held
        case, names = held.story.case, held.story.names
        self.clear()
        self.give.setVisible(case.is_open)
        self.let_in.setVisible(case.restricted)
        self.row(names.get(case.owner_id, _("nobody")), _("answers for it"))
        if not case.restricted:
            self.say(_("Every facilitator of this office can read it."))
            return
        if case.opened_by != case.owner_id:
            self.row(names.get(case.opened_by, ""), _("opened it, and can read it"))
        for reader in sorted(case.readers - {case.owner_id, case.opened_by}):
            name = names.get(reader, reader)
            verbs: list[Verb] = [
                (_("Take off"), "user-minus", partial(self._take_off, reader, name))
            ]
            self.row(name, _("was let in, and can read it"), None, verbs)
        self.say(
            _("Nobody else finds it, not even in a search. Every look, print and export is noted.")
        )

    def _give(self) -> None:
        from desktop.actions.case_file import take_case

        held = self._held
        if held is None:
            return
        case = held.story.case
        others = [(one.id, one.name) for one in held.facilitators if one.id != case.owner_id]
        if not others:
            self._page.desk.said.emit(_("There is nobody else in this office yet."), False)
            return
        words = _("The follow-ups go with it.")
        if case.restricted and self._page.desk.by not in {case.opened_by, *case.readers}:
            words += " " + _("You will not be able to read it any more, unless you are let in.")
        CaseAsking(
            self._page,
            self._page.desk,
            _("Who answers for it from now on?"),
            words,
            _("Give it over"),
            lambda store, by, who, _reason: take_case(store, by, case.id, who),
            options=others,
            option_label=_("Facilitator"),
            said=_("Given over"),
            icon="users",
        )

    def _let_in(self) -> None:
        from desktop.actions.case_file import allow

        held = self._held
        if held is None:
            return
        case = held.story.case
        know = {case.owner_id, case.opened_by, *case.readers}
        others = [(one.id, one.name) for one in held.facilitators if one.id not in know]
        if not others:
            self._page.desk.said.emit(_("Everybody of this office can read it already."), False)
            return
        CaseAsking(
            self._page,
            self._page.desk,
            _("Who needs to know?"),
            _("She can then read all of this case."),
            _("Let her in"),
            lambda store, by, who, _reason: allow(store, by, case.id, who),
            options=others,
            option_label=_("Facilitator"),
            said=_("Let in"),
            icon="user-plus",
        )

    def _take_off(self, reader: str, name: str) -> None:
        from desktop.actions.case_file import disallow

        held = self._held
        if held is None:
            return
        case_id = held.story.case.id
        self._page.desk.act(
            self,
            lambda store, by: disallow(store, by, case_id, reader),
            said=_("{name} can no longer read it").format(name=name),
        )
