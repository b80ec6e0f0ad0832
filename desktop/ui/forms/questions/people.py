# SPDX-License-Identifier: Apache-2.0
"""Several people: facilitators, people of the register, and any name that is typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.visit import Companion, read_people, write_people
from desktop.thai.normalise import normalise
from desktop.thai.search_key import search_key
from desktop.ui import theme
from desktop.ui.forms.questions.find import offers_open
from desktop.ui.forms.questions.line import LineQuestion, mark
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.field import TypeAhead
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.store.store import Store

_LIMIT: Final = 8
_LONGEST: Final = 120


class PeopleQuestion(LineQuestion):
    """``th-people``. Enter takes the first offer, or the name as it was typed.

    The answer names them one after another; whoever was chosen from the register has her id
    behind her name (``model.visit.write_people``).
    """

    stretches = True

    def make_editor(self) -> QWidget:
        self._people: tuple[Companion, ...] = ()
        self._locked = False
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.chips = Chips(holder)
        self.line = TypeAhead("", holder)
        self.line.setMaxLength(_LONGEST)
        self.line.setMaximumWidth(theme.scaled(460))
        self.line.asked.connect(self._ask)
        self.line.took.connect(self._took)
        self.watch(self.line)
        self.names = Label("", parent=holder)
        column.addWidget(self.chips)
        column.addWidget(self.names)
        column.addWidget(self.line)
        self.chips.hide()
        self.names.hide()
        return holder

    # ── typing ───────────────────────────────────────────────────────────────────────────────

    def _ask(self, text: str) -> None:
        if not text.strip():
            self.line.offer(())
            return
        event_id = self.view.event_id
        self.view.desk.look(
            self,
            lambda store: find_people(store, text.strip(), event_id),
            self.line.offer,
            latest="offers",
        )

    def _took(self, value: object) -> None:
        if isinstance(value, Companion):
            self.add(value)

    def add(self, person: Companion, *, stay: bool = True) -> None:
        """Add somebody, once; ``stay``: for the next name, the focus goes into the line."""
        self.line.set_value(None, "")
        self.line.offer(())
        same = {(one.name, one.person_id) for one in self._people}
        if person.name and (person.name, person.person_id) not in same:
            self._give((*self._people, person))
        if stay:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self, person: Companion) -> None:
        """Take somebody away; taking back the answer brings her again."""
        if not self._locked:
            self._give(tuple(one for one in self._people if one != person))
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, people: tuple[Companion, ...]) -> None:
        self._show(people)
        self.commit(write_people(people))

    def _add_typed(self, *, stay: bool = True) -> bool:
        """Add the name in the line as it stands; False when there is none."""
        # A semicolon or a bracket would be read as part of the way several are written.
        name = normalise(self.line.text()).translate(str.maketrans(";[]\n", "    ")).strip()
        if not name:
            return False
        self.add(Companion(" ".join(name.split())), stay=stay)
        return True

    def typed(self) -> str | None:
        return write_people(self._people)

    def leave(self) -> None:
        if self.line.plain() and not offers_open(self.line):
            self._add_typed(stay=False)
        super().leave()

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_value(self, value: str) -> None:
        self._show(read_people(value))

    def _show(self, people: tuple[Companion, ...]) -> None:
        self._people = people
        free = not self._locked
        self.chips.show_chips([(one.name, partial(self.drop, one)) for one in people])
        self.chips.setVisible(free and bool(people))
        self.names.setText(", ".join(one.name for one in people))
        self.names.setVisible(not free and bool(people))

    def show_texts(self) -> None:
        super().show_texts()
        self.line.setPlaceholderText(_("Type a name, Enter adds it"))

    def set_locked(self, locked: bool) -> None:
        self._locked = locked
        self.line.setVisible(not locked)
        self._show(self._people)

    def focus_first(self) -> None:
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        told = ", ".join(one.name for one in self._people)
        self.line.setAccessibleName(f"{name}: {told}" if told else name)
        self.line.setAccessibleDescription(description)

    def mark_bad(self, bad: bool) -> None:
        mark(self.line, bad)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.plain():
                if not self.line.take_first():
                    self._add_typed()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._people:
                self.drop(self._people[-1])
                return True
        return super().eventFilter(watched, event)


def find_people(store: Store, text: str, event_id: str) -> list[tuple[Companion, str]]:
    """Facilitators first, then the roster of the event, then everybody of the register."""
    from desktop.store import facilitator, roster

    wanted = search_key(text)
    found: list[tuple[Companion, str]] = []
    with store.read() as conn:
        for one in facilitator.facilitators(conn):
            if wanted and wanted in search_key(one.name):
                words = f"{one.name} · {one.position or _('facilitator')}"
                found.append((Companion(one.name), words))
        people = (
            list(roster.search(conn, text, event_id=event_id, limit=_LIMIT)) if event_id else []
        )
        people += roster.search(conn, text, event_id=None, limit=_LIMIT)
    seen: set[str] = set()
    for person in people:
        if person.person_id in seen:
            continue
        seen.add(person.person_id)
        where = person.organisation
        words = f"{person.name} · {where}" if where else person.name
        found.append((Companion(person.name, person.person_id), words))
    return found[:_LIMIT]
