# SPDX-License-Identifier: Apache-2.0
"""What the centre put aside: each change with the reason and what to do, never thrown away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.merging import is_text
from desktop.model.sync import PutAside
from desktop.ui import theme
from desktop.ui.parts.household_lines import Line, Lines
from desktop.ui.parts.sync_words import (
    field_words,
    kind_words,
    moment_words,
    reason_words,
)
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.actions.quarantine import Aside

_LIST_WIDE = 340
_SHOWN_TEXT = 400
"""Characters of a text that are shown; the file holds all of it."""


class PutAsideView(QWidget):
    """``opened(home, id)``: the record of the change in hand."""

    opened = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[Aside, ...] = ()
        self._now = datetime.now().astimezone()
        self._home = ("", "")
        whole = self._whole = QWidget(self)
        self.lines = Lines(_("Changes the centre put aside"), whole)
        self.lines.setProperty("chooses", True)
        self.list = Scroll(self.lines, whole)
        self.list.setFixedWidth(theme.scaled(_LIST_WIDE))
        self.card = self._card(whole)
        across = QHBoxLayout(whole)
        across.setContentsMargins(24, 8, 24, 8)
        across.setSpacing(16)
        across.addWidget(self.list)
        across.addWidget(self.card, 1, Qt.AlignmentFlag.AlignTop)
        self.empty = Empty(
            "circle-check",
            _("The centre has put nothing aside"),
            _(
                "When the centre cannot take a change, it keeps it apart and says why here. It "
                "is never thrown away, and never holds up the others."
            ),
            (),
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(whole)
        self._stack.addWidget(self.empty)
        self.lines.moved.connect(self._moved)

    def _card(self, parent: QWidget) -> QFrame:
        card = QFrame(parent)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        self.name = Label("", theme.SECTION, weight=600, parent=card)
        self.way = Button(_("Open it"), self._open, kind="quiet", icon="arrow-right",
                          icon_after=True, parent=card)  # fmt: skip
        head.addWidget(self.name, 1)
        head.addWidget(self.way)
        self.who = Label("", theme.SMALL, "quiet", parent=card)
        self.why = Badge("", "info", "amber", card)
        self.todo = Label("", parent=card)
        self.said = Label("", tone="quiet", parent=card)
        column.addLayout(head)
        column.addWidget(self.who)
        column.addSpacing(4)
        column.addWidget(self.why)
        column.addWidget(self.todo)
        column.addSpacing(4)
        column.addWidget(self.said)
        column.addWidget(
            Label(
                _("It is kept on this computer and at the centre. Nothing is lost."),
                theme.SMALL,
                "quiet",
                parent=card,
            )
        )
        return card

    @property
    def is_empty(self) -> bool:
        return not self._changes

    def show_changes(self, changes: tuple[Aside, ...], now: datetime) -> None:
        """Show these; the one in hand stays in hand."""
        self._changes, self._now = changes, now
        self.lines.show_lines(tuple(_line(one, now) for one in changes))
        self._stack.setCurrentWidget(self._whole if changes else self.empty)
        self._moved(self.lines.key())

    def focus_first(self) -> None:
        """Into the list."""
        if self._changes:
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved(self, key: str) -> None:
        found = next((one for one in self._changes if _key(one.change) == key), None)
        if found is None:
            return
        change = found.change
        why, todo = reason_words(change.reason)
        self.name.setText(_name(found))
        by = found.author or _("a colleague")
        self.who.setText(
            _("{name}, {when}").format(name=by, when=moment_words(change.at, self._now))
        )
        self.why.show_state(why, "info", "amber")
        self.todo.setText(todo)
        self.said.setText("" if found.about.hidden else told(change))
        self.said.setVisible(bool(self.said.text()))
        self._home = (found.about.home, found.about.home_id)
        self.way.setVisible(bool(found.about.home_id) and found.about.home != "person")

    def _open(self) -> None:
        if self._home[1]:
            self.opened.emit(*self._home)


def told(change: PutAside) -> str:
    """What a change says, as far as its words are a person's: texts, one a line."""
    if change.body.get("del"):
        return _("It takes the record away.")
    written = change.body.get("set")
    lines = []
    for field, value in (written if isinstance(written, dict) else {}).items():
        if isinstance(value, str) and value and is_text(change.kind, field, value):
            text = value if len(value) <= _SHOWN_TEXT else f"{value[:_SHOWN_TEXT]}…"
            lines.append(f"{field_words(change.kind, field)}: {text}")
    return "\n".join(lines)


def _key(change: PutAside) -> str:
    return f"{change.scope}\n{change.device}\n{change.n}"


def _name(one: Aside) -> str:
    kind = kind_words(one.change.kind)
    if one.about.hidden:
        return _("A restricted case")
    return f"{one.about.name} · {kind}" if one.about.name else kind


def _line(one: Aside, now: datetime) -> Line:
    why, _todo = reason_words(one.change.reason)
    return Line(_key(one.change), _name(one), f"{why} · {moment_words(one.change.at, now)}")
