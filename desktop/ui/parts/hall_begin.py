# SPDX-License-Identifier: Apache-2.0
"""No hall yet: join one that another laptop opened, or open one on this laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.thai.digits import to_arabic
from desktop.thai.keyboard import scanned_digits
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Field, TextEdit
from desktop.ui.widgets.headed_card import head_card
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.actions.hall import Nearby

_TICKET = 25
_LONGEST = 60


class HallBegin(QWidget):
    """Two cards. ``join_pressed`` and ``open_pressed``; the page says what came of it."""

    join_pressed = Signal()
    open_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nearby: tuple[Nearby, ...] = ()
        self._picks: list[Button] = []
        self.chosen: Nearby | None = None
        self.door = TextEdit(longest=_LONGEST, placeholder=_("for example Door A"), parent=self)
        self.door_field = Field(
            _("What this door is called"),
            self.door,
            _("The other doors see this name beside what is noted here."),
            parent=self,
        )
        self.code = TextEdit(longest=40, parent=self)
        self.code_field = Field(
            _("Code on the hub's screen"),
            self.code,
            _("Eight digits; or scan the picture on its screen."),
            parent=self,
        )
        self.address = TextEdit(longest=30, placeholder="192.168.1.20:8443", parent=self)
        self.address_field = Field(
            _("Address of the hub"),
            self.address,
            _("Only when the hall is not in the list above."),
            parent=self,
        )
        self.join = Button(
            _("Join this hall"), self.join_pressed.emit, kind="primary", icon="log-in", parent=self
        )
        self.open = Button(
            _("Open a hall on this laptop"), self.open_pressed.emit, icon="laptop", parent=self
        )
        self._event = Label("", weight=600, parent=self)
        self._lay()
        self.code.textEdited.connect(self._typed)
        self.code.returnPressed.connect(self.join_pressed.emit)
        self.address.returnPressed.connect(self.join_pressed.emit)

    def _lay(self) -> None:
        joining = QFrame(self)
        column = head_card(joining, _("Join a hall"), "log-in")
        column.addWidget(
            Label(_("Another laptop has opened the hall of this workshop."), tone="quiet")
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._none = Label(
            _("No hall is heard on this network yet."), "small", "quiet", parent=joining
        )
        self._list.addWidget(self._none)
        column.addLayout(self._list)
        column.addWidget(self.code_field)
        column.addWidget(self.address_field)
        column.addStretch(1)
        column.addWidget(self.join, 0, Qt.AlignmentFlag.AlignRight)
        opening = QFrame(self)
        side = head_card(opening, _("Open a hall"), "laptop")
        side.addWidget(self._event)
        for sentence in (
            _("This laptop becomes the hub: the other doors join it by a code."),
            _("The roster and the marks of this workshop go both ways, and nothing else."),
            _("No internet is needed. When the hub is gone, every door goes on by itself."),
        ):
            side.addWidget(Label(sentence, tone="quiet", parent=opening))
        side.addStretch(1)
        side.addWidget(self.open, 0, Qt.AlignmentFlag.AlignRight)
        cards = QGridLayout()
        cards.setSpacing(16)
        cards.addWidget(joining, 0, 0)
        cards.addWidget(opening, 0, 1)
        cards.setColumnStretch(0, 3)
        cards.setColumnStretch(1, 2)
        top = QHBoxLayout()
        self.door_field.setMaximumWidth(560)
        top.addWidget(self.door_field, 1)
        top.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 8, 24, 16)
        whole.setSpacing(16)
        whole.addLayout(top)
        whole.addLayout(cards, 1)

    def show_event(self, name: str) -> None:
        """For which event a hall would be opened; empty when none is in hand."""
        self._event.setText(name or _("Take an event in hand first."))
        self.open.setEnabled(bool(name))

    def show_nearby(self, halls: tuple[Nearby, ...]) -> None:
        """Offer the halls that call on this network; a single one is chosen."""
        if halls == self._nearby:
            return
        self._nearby = halls
        for pick in self._picks:
            self._list.removeWidget(pick)
            pick.deleteLater()
        self._picks = []
        kept = self.chosen.hall if self.chosen else halls[0].hall if len(halls) == 1 else ""
        self.chosen = None
        for one in halls:
            pick = Button(_nearby_words(one), kind="choice", icon="laptop", parent=self)
            pick.setCheckable(True)
            pick.clicked.connect(lambda _checked=False, one=one: self._choose(one))
            self._picks.append(pick)
            self._list.addWidget(pick)
            if one.hall == kept:
                self._choose(one)
        self._none.setVisible(not halls)
        before: QWidget = self.door
        for part in (*self._picks, self.code):
            QWidget.setTabOrder(before, part)
            before = part

    def _choose(self, hall: Nearby) -> None:
        self.chosen = hall
        self.address.clear()
        for pick, one in zip(self._picks, self._nearby, strict=False):
            pick.setChecked(one.hall == hall.hall)

    def _typed(self, text: str) -> None:
        self.code_field.set_error()
        digits = scanned_digits(text) or ""
        if len(to_arabic(digits)) == _TICKET:
            # The picture was scanned: it holds the address too.
            self.join_pressed.emit()

    @property
    def place(self) -> tuple[str, int]:
        """The address to join: typed, or that of the hall that was chosen; with its port."""
        typed = self.address.plain()
        chosen = self.chosen
        if typed:
            return typed, chosen.port if chosen else 0
        return (chosen.hosts[0], chosen.port) if chosen and chosen.hosts else ("", 0)

    def set_busy(self, busy: bool) -> None:
        """While a hall is opened or joined nothing else can be begun."""
        for button in (self.join, self.open):
            button.setEnabled(not busy)


def _nearby_words(hall: Nearby) -> str:
    event = _("event {code}").format(code=hall.event_code) if hall.event_code else ""
    return "   ·   ".join(part for part in (hall.door, event) if part)
