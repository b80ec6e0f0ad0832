# SPDX-License-Identifier: Apache-2.0
"""Something of the store found by typing: what every such question has in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.thai.normalise import normalise
from desktop.ui import theme
from desktop.ui.forms.questions.line import LineQuestion
from desktop.ui.widgets.field import TypeAhead

if TYPE_CHECKING:
    from desktop.store.store import Store

LIMIT: Final = 8
"""Offers at a time: what is not among them is found by one more letter."""
Offers = Sequence[tuple[str, str]]
"""(value, words) of what was found."""


class FindQuestion(LineQuestion):
    """A line that offers what fits. The answer is the value of what was taken.

    A kind says ``fitting`` and ``word_of``; both run on the reader lane. Where ``free`` is true,
    what was typed is an answer too.
    """

    stretches = True
    free: ClassVar[bool] = False
    wide: ClassVar[int] = 560

    def make_editor(self) -> QWidget:
        self._words: dict[str, str] = {}
        self._said = ""
        """What stands for the node's value in the line."""
        self.line = TypeAhead("", self)
        self.line.setMaximumWidth(theme.scaled(self.wide))
        self.line.asked.connect(self._ask)
        self.line.took.connect(self._took)
        self.watch(self.line)
        return self.line

    # ── what a kind says ─────────────────────────────────────────────────────────────────────

    def fitting(self, store: Store, text: str) -> Offers:
        """What ``text`` may mean."""
        raise NotImplementedError

    def word_of(self, store: Store, value: str) -> str:
        """The words for a value; empty when it is not known on this computer."""
        raise NotImplementedError

    def placeholder(self) -> str:
        """What stands in the empty line."""
        return _("Type a part of the name")

    # ── typing ───────────────────────────────────────────────────────────────────────────────

    def _ask(self, text: str) -> None:
        if not text.strip():
            self.offer(())
            if self.free:
                self.commit_soon()
            return
        if self.free:
            self.commit_soon()
        self.view.desk.look(
            self, lambda store: self.fitting(store, text.strip()), self.offer, latest="offers"
        )

    def offer(self, found: Offers) -> None:
        """Show what was found."""
        self._words |= dict(found)
        self.line.offer(_told_apart(found))

    def _took(self, value: object) -> None:
        self._said = self.line.text()
        self.commit(str(value))
        self.left.emit()

    def typed(self) -> str | None:
        text = normalise(self.line.text()).strip()
        if not text:
            return ""
        taken = self.line.value()
        if taken is not None:
            return str(taken)
        if text == self._said:
            return self.node.value
        return text if self.free else None

    def leave(self) -> None:
        # Something that was typed and not chosen: the first offer is what it means.
        if not self.free and self.line.text().strip() != self._said:
            self.line.take_first()
        super().leave()

    def trouble(self) -> str:
        text = self.line.text().strip()
        if self.free or not text or text == self._said or self.line.value() is not None:
            return ""
        return _("Nothing of this name is known. Choose one of the list.")

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_value(self, value: str) -> None:
        if not value:
            self._show(None, "")
        elif value in self._words:
            self._show(value, self._words[value])
        else:
            # Its words are asked for; until they come, the line says what is in the answer.
            self._show(value, value if self.free else "…")

            def then(word: str) -> None:
                self._words[value] = word or value
                if self.node.value == value and not self.line.isModified():
                    self._show(value, self._words[value])

            self.view.desk.look(self, lambda store: self.word_of(store, value), then)

    def _show(self, value: str | None, words: str) -> None:
        self._said = words
        if self.line.text() != words or self.line.value() != value:
            self.line.set_value(value, words)

    def show_texts(self) -> None:
        super().show_texts()
        self.line.setPlaceholderText(self.placeholder())

    def set_locked(self, locked: bool) -> None:
        self.line.setReadOnly(locked)

    def takes_enter(self, watched: QObject) -> bool:
        # The list that is open takes the offer; with none open Enter goes on.
        return offers_open(self.line)


def _told_apart(found: Offers) -> list[tuple[str, str]]:
    """The offers with a number behind words that come twice: each must be one's own."""
    seen: dict[str, int] = {}
    told: list[tuple[str, str]] = []
    for value, words in found:
        seen[words] = seen.get(words, 0) + 1
        told.append((value, words if seen[words] == 1 else f"{words} ({seen[words]})"))
    return told


def offers_open(line: TypeAhead) -> bool:
    """Whether the offers of a line are on the screen."""
    popup = line.completer().popup()
    return popup is not None and popup.isVisible()
