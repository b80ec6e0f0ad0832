# SPDX-License-Identifier: Apache-2.0
"""One person of a roster in a panel at its side: to add, to change, to see the spelling of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.entry import Entry
from desktop.i18n import _
from desktop.model.organisation import Organisation
from desktop.model.person import Person, PersonIdentifier
from desktop.model.roster import RosterRow
from desktop.ui.parts.known_strip import KnownStrip
from desktop.ui.parts.name_proof import NameProof
from desktop.ui.parts.person_fields import PersonFields
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from datetime import date

    from desktop.store.store import Store

WIDTH: Final = 420


@dataclass(frozen=True, slots=True)
class Card:
    """What the panel shows of somebody on the roster."""

    row: RosterRow
    person: Person
    identifier: PersonIdentifier | None
    locked: bool


def read_card(store: Store, enrolment_id: str) -> Card | None:
    """Read a person of a roster with everything the panel shows; None when she is gone."""
    from desktop.store import person, roster

    with store.read() as conn:
        try:
            row = roster.row(conn, enrolment_id)
            whole = person.person(conn, row.person_id)
            event_id = roster.enrolment(conn, enrolment_id).event_id
        except LookupError:
            return None
        held = person.identifiers(conn, row.person_id)
        return Card(row, whole, held[0] if held else None, roster.is_locked(conn, event_id))


class PersonForm(QFrame):
    """``saved(entry)`` comes from :meth:`keep` and Ctrl+Enter, ``left`` with the cross."""

    saved = Signal(object)
    left = Signal()
    confirmed = Signal()
    """The spelling was said to be right."""
    organisation_asked = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.card: Card | None = None
        self._filled: Entry | None = None
        self._head = Label("", "section", weight=600, parent=self)
        close = IconButton("x", _("Close"), self.left.emit, self)
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(close)
        self.proof = NameProof(self)
        self.known = KnownStrip(self)
        self.fields = PersonFields(today)
        self._wrong = Label("", "small", "red", weight=500, parent=self)
        self._wrong.hide()
        self._area = Scroll(self.fields, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.proof)
        column.addWidget(self.known)
        column.addWidget(self._wrong)
        column.addWidget(self._area, 1)
        self.fields.named.connect(self._show_name)
        # In the place of the large name: a low window has no room for both over the fields.
        self.known.shown.connect(lambda shown: self.proof.setVisible(not shown))
        self.fields.organisation_asked.connect(self.organisation_asked)
        self.proof.confirm.connect(self.confirmed)

    def begin(self) -> None:
        """Empty every field for somebody new."""
        self.card = None
        self._head.setText(_("Add a person"))
        self._fill(Person("", "", ""), None, None)
        self.fields.show_seat(True)
        self.fields.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_card(self, card: Card) -> None:
        """Show somebody who is on the roster."""
        self.card = card
        seat = "" if card.row.seat is None else f" · {_('Seat')} {card.row.seat:03d}"
        words = _("On the roster") if card.row.expected else _("Taken off the roster")
        self._head.setText(words + seat)
        self._fill(card.person, card.identifier, card.row)
        self.fields.show_seat(not card.locked)

    def offer_organisations(self, found: Sequence[Organisation]) -> None:
        """Offer these agencies under what was typed."""
        self.fields.offer_organisations(found)

    def wrong(self, sentence: str) -> None:
        """Say what keeps it from being saved."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    @property
    def refusal(self) -> str:
        """The sentence that is shown, or empty."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    @property
    def name_changed(self) -> bool:
        """Whether the name that stands there is another than the one on the roster."""
        return self.card is None or self.fields.spelling() != _spelling(self.card.person)

    @property
    def changed(self) -> bool:
        """Whether something was typed since the fields were filled."""
        return self._filled is not None and self.fields.entry() != self._filled

    def keep(self) -> None:
        """Have what stands there saved, when it can be."""
        if self.fields.check():
            self.wrong("")
            self.saved.emit(replace(self.fields.entry(), known_person_id=self.known.person_id))

    def _fill(
        self, person: Person, identifier: PersonIdentifier | None, row: RosterRow | None
    ) -> None:
        self.wrong("")
        self.known.show_likes(())
        self.fields.fill(person, identifier, row)
        self._filled = self.fields.entry()
        self._area.verticalScrollBar().setValue(0)

    def _show_name(self) -> None:
        confirmed = (
            self.card is not None
            and bool(self.card.person.name_confirmed_at)
            and not self.name_changed
        )
        self.proof.show_name(self.fields.name(), confirmed, waits=self.card is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


def _spelling(person: Person) -> tuple[str, ...]:
    return (person.title, person.first, person.middle, person.last, person.certificate_name)
