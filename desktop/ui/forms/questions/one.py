# SPDX-License-Identifier: Apache-2.0
"""One of several: cards when they are few, a line to type into when they are many."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.options import (
    Grid,
    RadioCard,
    columns_of,
    digit_of,
    stay,
    unanswered,
)
from desktop.ui.forms.questions.pick import PickLine
from desktop.ui.widgets.button import Button

FEW: Final = 7
"""More choices than this are typed for."""
_QUICK: Final = frozenset({"quick", "quickcompact"})
"""One goes on to the next question with the answer."""
_ARROWS: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})
_ARROW_PAUSE: Final = 400


class SelectOne(Question):
    """``select1``. Click, space, a digit or the arrows choose; Delete takes the answer away."""

    stretches = True
    _all_across = False

    def make_editor(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._box = column
        self._grid: Grid | None = None
        self._line: PickLine | None = None
        self._clear: Button | None = None
        self._group: QButtonGroup | None = None
        self._shown = ""
        self._locked = False
        self._lacks = False
        return holder

    # ── choices ──────────────────────────────────────────────────────────────────────────────

    def show_choices(self) -> None:
        choices = self.view.session.choices(self.control, self.node)
        if self.view.frozen:
            self._show_cards(
                [(one.value, one.label) for one in choices if one.value == self.node.value]
            )
            return
        if bool(choices) == self._lacks:
            self._lacks = not choices
            self.say(_("Answer what comes before this first.") if self._lacks else "")
        looks = self.control.appearance
        typed = "minimal" in looks or "autocomplete" in looks or len(choices) > FEW
        if typed and not self._all_across:
            self._show_line([(choice.value, choice.label) for choice in choices])
        else:
            self._show_cards([(choice.value, choice.label) for choice in choices])

    def _show_line(self, choices: list[tuple[str, str]]) -> None:
        if self._grid is not None:
            self._grid.hide()
        if self._line is None:
            line = PickLine(self.editor)
            line.took.connect(self._picked)
            self.watch(line)
            row = QHBoxLayout()
            row.addWidget(line, 1000)  # as wide as it may be, and the rest is left free
            row.addStretch(1)
            self._box.insertLayout(0, row)
            self._line = line
        self._line.show()
        self._line.set_choices(choices)
        self._line.show_choice(self._shown)
        self._line.setReadOnly(self._locked)
        self._name()

    def _show_cards(self, choices: list[tuple[str, str]]) -> None:
        if self._line is not None:
            self._line.hide()
        if self._grid is None or self._group is None:
            self._grid = Grid(all_across=self._all_across, columns=columns_of(self.control))
            self._box.insertWidget(0, self._grid)
            self._group = QButtonGroup(self)
            self._group.buttonClicked.connect(self._clicked)
        grid, group = self._grid, self._group
        grid.show()
        cards = grid.cards
        if not stay(cards, [value for value, _label in choices]):
            for card in cards:
                group.removeButton(card)
                card.hide()
                card.deleteLater()
            cards = []
            for value, _label in choices:
                card = RadioCard(value, grid)
                group.addButton(card)
                card.installEventFilter(self)
                cards.append(card)
        for card, (_value, label) in zip(cards, choices, strict=True):
            card.face.say(label)
            card.setEnabled(not self._locked)
        grid.set_items(cards or [*unanswered(self, grid)])
        self._check(self._shown)
        self._name()

    # ── the value ────────────────────────────────────────────────────────────────────────────

    def show_value(self, value: str) -> None:
        self._shown = value
        if self._line is not None and not self._line.isHidden():
            self._line.show_choice(value)
        self._check(value)
        self._show_clear()

    def _check(self, value: str) -> None:
        grid, group = self._grid, self._group
        if grid is None or group is None:
            return
        group.setExclusive(False)
        for card in grid.cards:
            card.setChecked(bool(value) and card.value == value)
        group.setExclusive(True)

    def typed(self) -> str | None:
        if self._line is not None and not self._line.isHidden():
            untouched = not self._line.choice() and not self._line.isModified()
            return None if untouched or self._line.is_wrong() else self._line.choice()
        group = self._group
        on = group.checkedButton() if group is not None else None
        return on.value if isinstance(on, RadioCard) else None

    def trouble(self) -> str:
        if self._line is not None and not self._line.isHidden() and self._line.is_wrong():
            return _("Choose one of the list.")
        return ""

    def leave(self) -> None:
        line = self._line
        if line is not None and not line.isHidden():
            line.settle()
            if line.is_wrong():
                self.commit("")
        super().leave()

    def _clicked(self, card: object) -> None:
        if isinstance(card, RadioCard):
            self._give(card.value)
            if not _QUICK.isdisjoint(self.control.appearance):
                self.view.go_on(self)

    def _picked(self, value: object) -> None:
        self._give(str(value))

    def _give(self, value: str) -> None:
        self._shown = value
        self.commit(value)
        self._show_clear()
        self.left.emit()

    def clear(self) -> None:
        """Take the answer away."""
        if not self._locked:
            self.show_value("")
            self._give("")

    def _show_clear(self) -> None:
        wanted = bool(self._shown) and not self.node.required and not self._locked
        if self._clear is None:
            if not wanted:
                return
            self._clear = Button(_("Clear the answer"), self.clear, kind="quiet", icon="x")
            self._clear.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.add_to_heading(self._clear)
        self._clear.setVisible(wanted)

    # ── keys ─────────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if isinstance(watched, RadioCard):
                return self._card_key(watched, event) or super().eventFilter(watched, event)
            if self._line is not None and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                # Before the next stop is looked for: what is chosen may bring it about.
                self._line.settle()
        return super().eventFilter(watched, event)

    def _card_key(self, card: RadioCard, event: QKeyEvent) -> bool:
        grid, key = self._grid, Qt.Key(event.key())
        if grid is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        cards = grid.cards
        if key in _ARROWS:
            back = key in (Qt.Key.Key_Up, Qt.Key.Key_Left)
            step = -1 if back else 1
            # The first arrow of an unanswered question chooses where the focus is.
            place = cards.index(card) + (step if self.typed() else 0)
            if 0 <= place < len(cards):
                cards[place].setChecked(True)
                cards[place].setFocus(Qt.FocusReason.TabFocusReason)
                self._shown = cards[place].value
                self.commit_soon(_ARROW_PAUSE)
            return True
        number = digit_of(event)
        if 0 < number <= len(cards):
            cards[number - 1].setFocus(Qt.FocusReason.TabFocusReason)
            cards[number - 1].click()
            return True
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
            return True
        return False

    def focus_first(self) -> None:
        if self._line is not None and not self._line.isHidden():
            self._line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            for stop in self.stops()[:1]:
                stop.setFocus(Qt.FocusReason.TabFocusReason)

    def stops(self) -> list[QWidget]:
        grid = self._grid
        if grid is None or grid.isHidden():
            return super().stops()
        cards: list[QWidget] = [card for card in grid.cards if card.isEnabled()]
        on = [card for card in grid.cards if card.isChecked() and card.isEnabled()]
        return [*(on[:1] or cards[:1]), *self.extra_stops()]

    # ── state ────────────────────────────────────────────────────────────────────────────────

    def set_locked(self, locked: bool) -> None:
        self._locked = locked
        if self._line is not None:
            self._line.setReadOnly(locked)
        for card in self._grid.cards if self._grid is not None else []:
            card.setEnabled(not locked)
        self._show_clear()

    def name_editor(self, name: str, description: str) -> None:
        self.setAccessibleName(name)
        if self._line is not None:
            self._line.setAccessibleName(name)
            self._line.setAccessibleDescription(description)
        if self._grid is not None:
            self._grid.setAccessibleName(name)
            for card in self._grid.cards:
                card.setAccessibleDescription(f"{name}. {description}".rstrip(". "))

    def mark_bad(self, bad: bool) -> None:
        if self._line is not None:
            self._line.setProperty("bad", "true" if bad else "false")
            self._line.style().unpolish(self._line)
            self._line.style().polish(self._line)

    def show_required(self) -> None:
        super().show_required()
        self._show_clear()


class Likert(SelectOne):
    """A scale: the cards in one row."""

    _all_across = True
