# SPDX-License-Identifier: Apache-2.0
"""Which household: one visited before, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.thai import dates
from desktop.ui.forms.questions.find import FindQuestion, Offers
from desktop.ui.forms.questions.line import mark
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.model.household import FoundHousehold
    from desktop.store.store import Store


class HouseholdQuestion(FindQuestion):
    """``th-household``: the answer is the household's id, empty for a new one.

    Found loosely by the names in it, the house number, moo, village or tambon.
    """

    wide = 640

    def make_editor(self) -> QWidget:
        line = super().make_editor()
        self._about: dict[str, str] = {}
        """What is said of each household found. Filled on the reader lane, read on the window's:
        single entries are set and asked for, nothing walks it."""
        holder = QWidget(self)
        line.setParent(holder)
        self.facts = Label("", parent=holder)
        self.new = Button("", self.take_new, icon="house", parent=holder)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.new)
        row.addWidget(self.facts, 1)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(line)
        column.addLayout(row)
        return holder

    def fitting(self, store: Store, text: str) -> Offers:
        from desktop.store.household import find_households

        with store.read() as conn:
            found = find_households(conn, text, 8)
        offers: list[tuple[str, str]] = []
        for one in found:
            offers.append((one.household.id, _word(one)))
            self._about[one.household.id] = _facts(one)
        return offers

    def word_of(self, store: Store, value: str) -> str:
        from desktop.store.household import described

        with store.read() as conn:
            known = described(conn, [value])
        if not known:
            return _("A household that is not on this computer")
        self._about[value] = _facts(known[0])
        return _word(known[0])

    def take_new(self) -> None:
        """This household was never visited."""
        self.line.set_value(None, "")
        self._said = ""
        self.commit("")
        self._dress()
        self.left.emit()

    def open_all(self) -> None:
        """Offer the households visited last."""
        self.view.desk.look(
            self, lambda store: self.fitting(store, ""), self.offer, latest="offers"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        down = (
            watched is self.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        )
        if down and not self.line.text() and not self.line.isReadOnly():
            self.open_all()
            return True
        return super().eventFilter(watched, event)

    def _show(self, value: str | None, words: str) -> None:
        super()._show(value, words)
        self._dress()

    def _took(self, value: object) -> None:
        super()._took(value)
        self._dress()

    def _dress(self) -> None:
        value = self.line.value()
        here = isinstance(value, str) and bool(value)
        words = self._about.get(value, "") if isinstance(value, str) else ""
        self.facts.setText(words if here else _("Empty: a new household."))
        self.facts.set_tone("text" if here else "quiet")
        self.facts.setVisible(here or not self.view.frozen)
        self.new.setText(_("It is a new household"))
        self.new.setVisible(here and not self.line.isReadOnly())
        self._name()

    def show_texts(self) -> None:
        super().show_texts()
        self._dress()

    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        self._dress()

    def placeholder(self) -> str:
        return _("Name, house number, moo, village or tambon")

    def focus_first(self) -> None:
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        self.line.setAccessibleName(name)
        self.line.setAccessibleDescription(description)
        self.new.setAccessibleName(f"{name}: {self.new.text()}")

    def mark_bad(self, bad: bool) -> None:
        mark(self.line, bad)


def _word(one: FoundHousehold) -> str:
    """One line to know it by."""
    house = one.household
    number = _("no. {number}").format(number=house.house_no) if house.house_no else ""
    moo = _("moo {number}").format(number=house.moo) if house.moo.strip("-") else ""
    where = " ".join(part for part in (number, moo, house.village) if part)
    return " · ".join(part for part in (one.name or _("(no name)"), where, one.area_name) if part)


def _facts(one: FoundHousehold) -> str:
    """What is shown of the one that was taken, so that a wrong one is seen."""
    from datetime import date

    from desktop.i18n import language

    people = ngettext("{count} person", "{count} people", len(one.members)).format(
        count=len(one.members)
    )
    visits = ngettext("{count} visit", "{count} visits", one.visits).format(count=one.visits)
    parts = [people, visits if one.visits else _("not visited yet")]
    if one.last_visited:
        day = date.fromisoformat(one.last_visited[:10])
        said = dates.english_date(day) if language() == "en" else dates.be_date(day, "short")
        parts.append(_("last on {date}").format(date=said))
    return " · ".join(parts)
