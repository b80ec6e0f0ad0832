# SPDX-License-Identifier: Apache-2.0
"""Any number of several: check cards, grouped where the form groups them, with a search line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _, ngettext
from desktop.thai.search_key import search_key
from desktop.ui import theme
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.options import (
    CheckCard,
    Grid,
    columns_of,
    digit_of,
    stay,
    unanswered,
)
from desktop.ui.widgets.field import TextEdit
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.xforms.choice import Choice

_SEARCHED: Final = 15
"""More choices than this are searched."""
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
}
GROUPS: Final = {
    "housing": N_("Housing"),
    "health": N_("Health"),
    "education": N_("Education"),
    "income": N_("Income and work"),
    "state": N_("Rights and state services"),
    "family": N_("Family"),
    "violence": N_("Violence and protection"),
    "other": N_("Other matters"),
}
"""The words of the column ``dim`` of the centre's lists. Another value is shown as it is."""


class SelectSeveral(Question):
    """``select``. Space and digits tick, arrows move; the search line narrows a long list."""

    stretches = True

    def make_editor(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._box = column
        self._grid = Grid(holder, columns=columns_of(self.control))
        self._find: TextEdit | None = None
        self._count: Label | None = None
        self._headings: list[tuple[str, Label]] = []
        self._order: tuple[str, ...] = ()
        self._lost: tuple[str, ...] = ()
        self._locked = False
        column.addWidget(self._grid)
        return holder

    # ── choices ──────────────────────────────────────────────────────────────────────────────

    def show_choices(self) -> None:
        choices = self.view.session.choices(self.control, self.node)
        self._order = tuple(choice.value for choice in choices)
        if self.view.frozen:
            given = self.node.value.split()
            choices = tuple(one for one in choices if one.value in given)
        cards = self._cards()
        ordered = self._grouped(choices)
        if not stay(cards, [choice.value for choice in ordered]):
            for old in (*cards, *(label for _dim, label in self._headings)):
                old.hide()
                old.deleteLater()
            self._headings = []
            cards = []
            for choice in ordered:
                card = CheckCard(choice.value, self._grid)
                card.clicked.connect(lambda _on=False, card=card: self._clicked(card))
                card.installEventFilter(self)
                cards.append(card)
            self._place(ordered, cards)
        elif not cards:
            self._place([], [])
        for card, choice in zip(cards, ordered, strict=True):
            card.face.say(choice.label)
            card.setEnabled(not self._locked)
        for dim, heading in self._headings:
            heading.setText(_group_word(dim))
        self._grid.refit()
        self._show_find(len(cards))
        self._check(self.node.value)
        self._name()

    def _grouped(self, choices: tuple[Choice, ...]) -> list[Choice]:
        if "th-grouped" not in self.control.appearance:
            return list(choices)
        dims: dict[str, list[Choice]] = {}
        for choice in choices:
            dims.setdefault(choice.extra.get("dim", "") or "other", []).append(choice)
        return [choice for group in dims.values() for choice in group]

    def _place(self, choices: list[Choice], cards: list[CheckCard]) -> None:
        items: list[CheckCard | Label] = []
        before = None
        grouped = "th-grouped" in self.control.appearance
        for choice, card in zip(choices, cards, strict=True):
            dim = choice.extra.get("dim", "") or "other"
            if grouped and dim != before:
                heading = Label("", theme.LEAD, "quiet", 600, wrap=False, parent=self._grid)
                self._headings.append((dim, heading))
                items.append(heading)
                before = dim
            items.append(card)
        self._grid.set_items(items or [*unanswered(self, self._grid)])

    def _cards(self) -> list[CheckCard]:
        return [card for card in self._grid.cards if isinstance(card, CheckCard)]

    # ── the value ────────────────────────────────────────────────────────────────────────────

    def show_value(self, value: str) -> None:
        self._check(value)

    def _check(self, value: str) -> None:
        given = tuple(value.split())
        # What the list does not know (any more) is kept, not dropped by the next tick.
        self._lost = tuple(one for one in given if one not in self._order)
        for card in self._cards():
            card.setChecked(card.value in given)
        self._show_count()

    def typed(self) -> str | None:
        on = {card.value for card in self._cards() if card.isChecked()}
        return " ".join([*(value for value in self._order if value in on), *self._lost])

    def _clicked(self, card: CheckCard) -> None:
        del card
        self._show_count()
        self.flush()
        self.left.emit()

    def _show_count(self) -> None:
        if self._count is None:
            return
        count = sum(card.isChecked() for card in self._cards())
        words = ngettext("{count} chosen", "{count} chosen", count).format(count=count)
        self._count.setText(words if count else "")

    # ── searching ────────────────────────────────────────────────────────────────────────────

    def _show_find(self, count: int) -> None:
        if count <= _SEARCHED:
            if self._find is not None:
                self._find.hide()
            return
        if self._find is None:
            self._find = TextEdit(parent=self.editor)
            self._find.setMaximumWidth(theme.scaled(320))
            self._find.textChanged.connect(self._narrow)
            self._find.installEventFilter(self)
            self._count = Label("", theme.BODY, "accent", 600, wrap=False, parent=self.editor)
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(self._find, 1)
            row.addWidget(self._count, 1)
            self._box.insertLayout(0, row)
            self._show_count()
        self._find.setPlaceholderText(_("Search the list"))
        self._find.setAccessibleName(f"{self.name}: {_('Search the list')}")

    def _narrow(self, text: str) -> None:
        key, plain = search_key(text), text.strip().casefold()
        for card in self._cards():
            word = card.face.words.text()
            fits = not plain or plain in word.casefold() or (key and key in search_key(word))
            card.setProperty("out", not (fits or card.isChecked()))
        seen: str | None = None
        wanted: set[str] = set()
        dims = {id(label): dim for dim, label in self._headings}
        for item in self._grid.items:
            if isinstance(item, Label):
                seen = dims.get(id(item))
            elif seen is not None and not item.property("out"):
                wanted.add(seen)
        for dim, heading in self._headings:
            heading.setProperty("out", dim not in wanted)
        self._grid.refit()

    # ── keys ─────────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if isinstance(watched, CheckCard):
                if self._card_key(watched, event):
                    return True
            elif watched is self._find and self._find_key(event):
                return True
        if watched is self._find and event.type() == QEvent.Type.FocusOut:
            return False
        return super().eventFilter(watched, event)

    def _find_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self._find is not None and self._find.text():
            self._find.clear()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            for card in self._cards():
                if not card.property("out"):
                    card.setFocus(Qt.FocusReason.TabFocusReason)
                    return True
        return False

    def _card_key(self, card: CheckCard, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        cards = [one for one in self._cards() if not one.property("out")]
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step:
            place = cards.index(card) + step
            if 0 <= place < len(cards):
                cards[place].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        number = digit_of(event)
        if 0 < number <= len(cards):
            cards[number - 1].setFocus(Qt.FocusReason.TabFocusReason)
            cards[number - 1].click()
            return True
        return False

    def stops(self) -> list[QWidget]:
        cards = [card for card in self._cards() if not card.property("out") and card.isEnabled()]
        focused = [card for card in cards if card.hasFocus()]
        on = [card for card in cards if card.isChecked()]
        made: list[QWidget] = []
        if self._find is not None and not self._find.isHidden():
            made.append(self._find)
        # One stop for all the cards; arrows go between them.
        return [*made, *(focused or on or cards)[:1], *self.extra_stops()]

    def focus_first(self) -> None:
        for stop in self.stops()[:1]:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    # ── state ────────────────────────────────────────────────────────────────────────────────

    def set_locked(self, locked: bool) -> None:
        self._locked = locked
        for card in self._cards():
            card.setEnabled(not locked)

    def name_editor(self, name: str, description: str) -> None:
        self.setAccessibleName(name)
        self._grid.setAccessibleName(name)
        for card in self._cards():
            card.setAccessibleDescription(f"{name}. {description}".rstrip(". "))

    def mark_bad(self, bad: bool) -> None:
        """The sentence under the cards says it; a card has no wrong of its own."""


def _group_word(dim: str) -> str:
    return _(GROUPS[dim]) if dim in GROUPS else dim
