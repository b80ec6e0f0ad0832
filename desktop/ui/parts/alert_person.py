# SPDX-License-Identifier: Apache-2.0
"""Somebody named by typing: found among the known people, or the name as it was typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.model.visit import Companion
from desktop.ui.desk import Desk
from desktop.ui.forms.questions.people import find_people
from desktop.ui.widgets.field import TypeAhead


class PersonLine(TypeAhead):
    """``name()`` is what stands there; ``person_id()`` is empty for a name that is not known."""

    changed = Signal()

    def __init__(self, desk: Desk, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._desk = desk
        self._found: tuple[Companion, ...] = ()
        self.setMaxLength(120)
        self.asked.connect(self._ask)
        self.took.connect(self._took)
        self.editingFinished.connect(self._known)

    def name(self) -> str:
        """The name."""
        value = self.value()
        return value.name if isinstance(value, Companion) else self.plain()

    def person_id(self) -> str:
        """The id of a known person, or empty."""
        value = self.value()
        return value.person_id if isinstance(value, Companion) else ""

    def set_person(self, name: str, person_id: str = "") -> None:
        """Show somebody."""
        self.set_value(Companion(name, person_id) if person_id else None, name)

    def _ask(self, text: str) -> None:
        self.changed.emit()
        if not text.strip():
            self._show_offers([])
            return
        event_id = self._desk.event_id
        self._desk.look(
            self,
            lambda store: find_people(store, text.strip(), event_id),
            self._show_offers,
            latest="offers",
        )

    def _known(self) -> None:
        """A known name that was typed to its end is that person, if only one bears it."""
        same = [one for one in self.offered() if one.name == self.plain() and one.person_id]
        if self.value() is None and len(same) == 1:
            self._took(same[0])

    def offered(self) -> tuple[Companion, ...]:
        """Who was found for what was typed last."""
        return self._found

    def _show_offers(self, found: list[tuple[Companion, str]]) -> None:
        self._found = tuple(one for one, _words in found)
        self.offer(found)

    def _took(self, value: object) -> None:
        if isinstance(value, Companion):
            # The offer says where somebody comes from; the line holds the name alone.
            self.set_value(value, value.name)
            self.changed.emit()
