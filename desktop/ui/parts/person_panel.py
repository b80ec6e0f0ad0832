# SPDX-License-Identifier: Apache-2.0
"""The panel of one person with its desk: opened, saved, confirmed, taken off and put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions import incoming
from desktop.actions import roster as rosters
from desktop.actions.done import Done
from desktop.actions.entry import Entry
from desktop.errors import Problem
from desktop.i18n import _
from desktop.store import organisation
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts.person_form import WIDTH, Card, PersonForm, read_card

if TYPE_CHECKING:
    from desktop.model.organisation import Organisation
    from desktop.model.person import Likeness
    from desktop.store.store import Store


class PersonPanel(PersonForm):
    """``shown`` comes when the panel opened, closed or shows somebody else, ``added(enrolment
    id)`` when somebody new is on the roster."""

    shown = Signal()
    added = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.now().date(), parent)
        self.desk = desk
        self.busy = False
        """Whether what was typed is on its way to the disk: Enter twice is one person."""
        self._warned = False
        self._next = ""
        self.setFixedWidth(theme.scaled(WIDTH))
        self.hide()
        self.saved.connect(self._save)
        self.left.connect(self.leave)
        self.confirmed.connect(self._confirm)
        self.organisation_asked.connect(self._look_for_organisations)
        for line in (self.fields.first, self.fields.last, self.fields.number):
            line.editingFinished.connect(self._look_for_known)

    # ── opening and leaving ──────────────────────────────────────────────────────────────────

    def open_person(self, enrolment_id: str) -> None:
        """Show somebody who is on the roster."""
        self.desk.look(
            self, lambda store: read_card(store, enrolment_id), self._show, latest="card"
        )

    def open_new(self) -> None:
        """Show empty fields for somebody new."""
        self._warned = False
        self.begin()
        self.show()
        self.shown.emit()
        self.fields.first.setFocus()

    def follow(self, enrolment_id: str) -> None:
        """The list went on to another line: what was changed here is saved, then that is shown."""
        if self.isHidden() or self.card is None or self.card.row.enrolment_id == enrolment_id:
            return
        self._next = enrolment_id
        if self.busy:
            return
        if self.changed:
            # Only once it is on the disk: what is refused stays here, to be put right.
            self.keep()
        else:
            self._open_next()

    def _open_next(self) -> None:
        following, self._next = self._next, ""
        if following:
            self.open_person(following)

    def refresh(self) -> None:
        """Something changed in the store: show it, unless something is typed here."""
        card = self.card
        if self.isHidden() or card is None:
            return

        def then(now: Card | None) -> None:
            shown = self.card
            if shown is None or shown.row.enrolment_id != card.row.enrolment_id:
                return
            if now is None:
                self.close_panel()
            elif now != shown and not (self.changed and not self.busy):
                self._show(now)

        self.desk.look(self, lambda store: read_card(store, card.row.enrolment_id), then)

    def leave(self) -> None:
        """Close; with something typed and not saved, only when asked twice."""
        if self.changed and not self._warned:
            self._warned = True
            self.wrong(_("This is not saved. Ctrl+Enter saves it; Esc once more leaves it out."))
            return
        self.close_panel()

    def close_panel(self) -> None:
        """Close without saving."""
        self._warned = False
        self.card = None
        self.hide()
        self.shown.emit()

    def _show(self, card: Card | None) -> None:
        self._warned = False
        if card is None:
            self.close_panel()
            return
        self.show_card(card)
        self.show()
        self.shown.emit()

    # ── doing ────────────────────────────────────────────────────────────────────────────────

    def _save(self, entry: Entry) -> None:
        event_id, card = self.desk.event_id, self.card
        if self.busy:
            return

        def added(done: Done) -> None:
            self.added.emit(next(iter(done.value.enrolment_ids), ""))
            if not self.isHidden() and self.card is None:
                self.open_new()

        if card is None:
            self._do(
                lambda store, by: rosters.add_entries(store, by, event_id, (entry,)),
                _("Saved. One person was added."),
                added,
            )
            return
        enrolment_id = card.row.enrolment_id
        self._do(
            lambda store, by: rosters.change_entry(store, by, enrolment_id, entry),
            _("Saved."),
            lambda _done: self._reopen(enrolment_id),
        )

    def _reopen(self, enrolment_id: str) -> None:
        if self._next:
            self._open_next()
        elif self.card is not None and self.card.row.enrolment_id == enrolment_id:
            self.open_person(enrolment_id)

    def _confirm(self) -> None:
        card = self.card
        if card is None:
            return
        if self.name_changed:
            self.wrong(_("The name was changed. Save it first, then confirm it."))
            return
        person_id = card.person.id
        self._do(
            lambda store, by: rosters.confirm_name(store, by, person_id),
            _("The spelling is confirmed."),
        )

    def take_off(self) -> None:
        """Take the person off the roster, or put her back."""
        card = self.card
        if card is None:
            return
        enrolment_id = card.row.enrolment_id
        if card.row.expected:
            self._do(
                lambda store, by: rosters.withdraw(store, by, enrolment_id),
                _("Taken off the roster."),
            )
        else:
            self._do(
                lambda store, by: rosters.readmit(store, by, enrolment_id),
                _("Back on the roster."),
            )

    def _do(
        self,
        action: Callable[[Store, str], Done],
        said: str,
        then: Callable[[Done], object] | None = None,
    ) -> None:
        def kept(done: Done) -> None:
            self.busy = False
            self.wrong("")
            if then is not None:
                then(done)
            self.shown.emit()

        def failed(problem: Problem) -> None:
            self.busy = False
            self._next = ""
            self.wrong(str(problem))
            self.shown.emit()

        self.busy = True
        self.shown.emit()
        self.desk.act(self, action, kept, said, failed)

    def _look_for_known(self) -> None:
        """Somebody new may be on file: ask as soon as her name or number stands there."""
        if self.card is not None or self.isHidden():
            return
        entry = self.fields.entry()

        def then(likes: tuple[Likeness, ...]) -> None:
            if self.card is None and not self.isHidden():
                self.known.show_likes(likes)

        self.desk.look(self, lambda store: incoming.known_as(store, entry), then, latest="known")

    def _look_for_organisations(self, text: str) -> None:
        def find(store: Store) -> tuple[Organisation, ...]:
            with store.read() as conn:
                return organisation.search(conn, text, 8) if text.strip() else ()

        self.desk.look(self, find, self.offer_organisations, latest="organisation")
