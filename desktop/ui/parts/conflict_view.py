# SPDX-License-Identifier: Apache-2.0
"""The records with two texts: their list at the left, the one in hand at the right."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.parts.conflict_card import ConflictCard
from desktop.ui.parts.household_lines import Line, Lines
from desktop.ui.parts.sync_words import field_words, kind_words
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.actions.conflict import Conflict

_LIST_WIDE = 300


class ConflictView(QWidget):
    """``chose(texts, text)`` and ``opened(home, id)`` come from the card."""

    chose = Signal(object, str)
    opened = Signal(str, str)
    ready = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conflicts: tuple[Conflict, ...] = ()
        self._now = datetime.now().astimezone()
        whole = self._whole = QWidget(self)
        self.lines = Lines(_("Records with two texts"), whole)
        # The text that is read stands beside the list: which one it is must be seen there.
        self.lines.setProperty("chooses", True)
        self.list = Scroll(self.lines, whole)
        self.list.setFixedWidth(theme.scaled(_LIST_WIDE))
        self.card = ConflictCard(whole)
        self.room = Scroll(self.card, whole)
        across = QHBoxLayout(whole)
        across.setContentsMargins(24, 8, 24, 8)
        across.setSpacing(16)
        across.addWidget(self.list)
        across.addWidget(self.room, 1)
        self.empty = Empty(
            "circle-check",
            _("No record has two texts"),
            _(
                "When two people write into the same place without seeing each other's text, "
                "both are kept and shown here side by side."
            ),
            (),
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(whole)
        self._stack.addWidget(self.empty)
        self.lines.moved.connect(self._moved)
        self.card.chose.connect(self.chose)
        self.card.opened.connect(self.opened)
        self.card.ready.connect(self.ready)
        self.card.grew.connect(self._follow)
        # It also grows while it is written in.
        self.room.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._stay())

    @property
    def is_empty(self) -> bool:
        return not self._conflicts

    def show_conflicts(self, conflicts: tuple[Conflict, ...], now: datetime) -> None:
        """Show these; the one in hand stays in hand, otherwise the next one is."""
        self._now = now
        before = self.card.conflict
        place = 0
        if before is not None:
            keys = [one.texts.key for one in conflicts]
            if before.texts.key in keys:
                place = keys.index(before.texts.key)
            else:
                old = [one.texts.key for one in self._conflicts]
                was = old.index(before.texts.key) if before.texts.key in old else 0
                place = min(was, len(conflicts) - 1)
        self._conflicts = conflicts
        self.lines.show_lines(tuple(_line(one) for one in conflicts))
        self._stack.setCurrentWidget(self._whole if conflicts else self.empty)
        self.list.setVisible(len(conflicts) > 1)
        if conflicts:
            self._take(max(0, place))
        else:
            self.card.show_conflict(None, now)
        self.ready.emit()

    def _take(self, place: int) -> None:
        self.lines.setCurrentIndex(self.lines.lines.index(place))
        self.card.show_conflict(self._conflicts[place], self._now)

    def turn_to(self, kind: str, record_id: str) -> None:
        """Take the first text of a record in hand, when it has two."""
        for place, one in enumerate(self._conflicts):
            if (kind, record_id) in (
                (one.texts.kind, one.texts.id),
                (one.about.home, one.about.home_id),
            ):
                self._take(place)
                self.ready.emit()
                return

    def focus_first(self) -> None:
        """Into the list, or onto the first choice when there is no list."""
        if self.is_empty:
            return
        if len(self._conflicts) > 1:
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.card.focus_first()

    def _follow(self) -> None:
        """Bring the whole edit into sight, once it has its place."""
        QTimer.singleShot(50, self.card, self._stay)

    def _stay(self) -> None:
        """While somebody writes the combined text, it is in sight."""
        if self.window().focusWidget() is self.card.edit:
            self.room.ensureWidgetVisible(self.card.edit, 0, 16)

    def _moved(self, key: str) -> None:
        for one in self._conflicts:
            if _key(one) == key:
                self.card.show_conflict(one, self._now)
                self.room.verticalScrollBar().setValue(0)
                self.ready.emit()
                return


def _key(one: Conflict) -> str:
    return "\n".join(one.texts.key)


def _line(one: Conflict) -> Line:
    name = one.about.name or kind_words(one.texts.kind)
    return Line(_key(one), name, field_words(one.texts.kind, one.texts.field))
