# SPDX-License-Identifier: Apache-2.0
"""What is done on the page of one household: its report, its address, its people, its consents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui.desk import Desk

if TYPE_CHECKING:
    from datetime import date

    from desktop.model.household import Household
    from desktop.store.store import Store
    from desktop.ui.parts.household_view import HouseholdView
    from desktop.ui.widgets.dialog import Dialog


class HouseholdDoing(QObject):
    """Acts on what the view shows. ``dialog`` is the question that is open, if one is."""

    made = Signal(object)
    """A paper to be shown, as the page of papers wants it."""
    busy_changed = Signal()

    def __init__(self, desk: Desk, view: HouseholdView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self.dialog: Dialog | None = None
        self.busy = False
        """Whether a report is being made."""

    def leave(self) -> None:
        """Close the question that is open."""
        if self.dialog is not None:
            self.dialog.reject()

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit()

    def print_report(self) -> None:
        """Make the report of the current visit and show it as it will be printed."""
        visit_id, now = self._view.visit_id(), self._desk.now()
        if not visit_id:
            return

        def work(store: Store, by: str) -> bytes:
            from desktop.actions.visit_report import visit_report

            return visit_report(store, by, visit_id, now)

        self._make(work, _("Visit report"), _("visit-report"))

    def print_story(self) -> None:
        """Make the story of the household and show it as it will be printed."""
        story, today = self._view.story, self._desk.now().date()
        if story is None:
            return
        household_id = story.household.id

        def work(store: Store, by: str) -> bytes:
            from desktop.actions.family_report import family_report

            return family_report(store, by, household_id, today)

        self._make(work, _("Story of the household"), _("household"))

    def _make(self, work: Callable[[Store, str], bytes], title: str, name: str) -> None:
        """Make a paper in the background; titles and file names name nobody."""
        if self.busy:
            return
        store, by = self._desk.store, self._desk.by
        self._set_busy(True)
        self._desk.said.emit(_("Making the pages"), False)

        def made(pdf: bytes) -> None:
            self._set_busy(False)
            if by == self._desk.by:
                self.made.emit({"what": "file", "pdf": pdf, "title": title, "name": name})
                self._desk.said.emit(_("The report is ready"), False)

        def failed(error: Exception) -> None:
            self._set_busy(False)
            self._desk.fail(error)

        self._desk.slow(self, lambda _step, _stop: work(store, by), made, failed=failed)

    def correct_address(self) -> None:
        """Ask for the address of the household that is open."""
        story = self._view.story
        if story is None:
            return
        from desktop.ui.parts.household_address import HouseholdAddress

        def keep(
            house: Household, then: Callable[[], object], failed: Callable[[Problem], object]
        ) -> None:
            from desktop.actions.household import put_household

            self._desk.act(
                self,
                lambda store, by: put_household(store, by, house),
                lambda _done: then(),
                _("The address was corrected"),
                failed,
            )

        self.ask(HouseholdAddress(story.household, keep, self._view), lambda: None)

    def ask_member(self, member_id: str) -> None:
        story = self._view.story
        member = (
            next((one for one in story.members if one.id == member_id), None) if story else None
        )
        if member is None:
            return
        from desktop.actions.household import leave, put_member
        from desktop.ui.parts.household_member import HouseholdMember

        asked = HouseholdMember(member, self._view)
        today: date = self._desk.now().date()

        def keep() -> None:
            relation = asked.relation()
            if asked.gone():
                self._desk.act(
                    self,
                    lambda store, by: leave(store, by, member_id, today),
                    said=_("{name} does not live here any more").format(name=member.name),
                )
            elif relation != member.relation:
                changed = replace(member, relation=relation)
                self._desk.act(
                    self,
                    lambda store, by: put_member(store, by, changed),
                    said=_("Corrected: {name}").format(name=member.name),
                )

        self.ask(asked, keep)

    def ask_withdrawal(self, person_id: str) -> None:
        story = self._view.story
        found = [one for one in story.consents if one.person_id == person_id] if story else []
        if not found:
            return
        from desktop.actions.consent import withdraw
        from desktop.ui.parts.consent_withdrawal import ConsentWithdrawal

        asked = ConsentWithdrawal(found[0], self._view)

        def keep() -> None:
            what, reason = asked.what(), asked.reason()
            self._desk.act(
                self,
                lambda store, by: withdraw(store, by, person_id, what, reason),
                said=_("Noted: {name} took the consent back").format(name=found[0].name),
            )

        self.ask(asked, keep)

    def ask(self, asked: Dialog, then: Callable[[], object]) -> None:
        """Open a dialog; there is one at a time."""
        self.dialog = asked

        def over() -> None:
            self.dialog = None
            asked.deleteLater()

        asked.accepted.connect(then)
        asked.finished.connect(over)
        asked.open()
