# SPDX-License-Identifier: Apache-2.0
"""An open hall: on the hub the code and who is here, on a desk how it stands with the hub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _, ngettext
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.headed_card import head_card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.qr_code import QrCode

if TYPE_CHECKING:
    from desktop.actions.hall import DoorView, HallView

_AWAY: Final = 10.0
"""Seconds without a word after which a door is shown as not heard."""
_LEFT: Final = Qt.AlignmentFlag.AlignLeft
PHASES: Final = {
    "alone": (N_("The hub is not heard"), "cloud-off", "amber"),
    "asking": (N_("Waiting until the hub lets this door in"), "clock", "accent"),
    "in": (N_("Same at all doors"), "circle-check", "green"),
    "out": (N_("The hub has put this door out"), "ban", "grey"),
}
"""Word (a msgid), icon and tone of each phase of a desk."""
_SAYS: Final = {
    "alone": N_("This laptop goes on by itself. When the hub is heard again, both catch up."),
    "asking": N_("Ask the person at the hub to press “Let in”."),
    "in": N_("What is noted at any door is here within a second or two."),
    "out": N_("What was noted here stays. Ask at the hub if that was a mistake."),
}


def is_alone(view: HallView) -> bool:
    """Whether this is a desk that is not in step with a hub."""
    return view.role == "desk" and view.phase != "in"


def hall_icon(view: HallView) -> str:
    """The icon of the hall on a button."""
    return PHASES[view.phase][1] if is_alone(view) else "laptop"


def hall_words(view: HallView) -> str:
    """The hall in a few words, for a button: which door this is, and what it waits for."""
    if not view.role:
        return _("Hall mode")
    if is_alone(view):
        return f"{view.door} · {_(PHASES[view.phase][0])}"
    asking = sum(one.standing == "asking" for one in view.desks)
    if asking:
        wants = ngettext("{count} wants to join", "{count} want to join", asking)
        return f"{view.door} · {wants.format(count=asking)}"
    return view.door


def moment_words(moment: datetime | None) -> str:
    """A time of day to the second, or empty."""
    return "" if moment is None else f"{moment:%H.%M.%S}"


class HallDoors(QWidget):
    """Left the code (hub) or the standing (desk), right the doors and who was seen twice."""

    said = Signal(str, str)
    """A desk's device and ``in`` or ``out``."""
    code_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = Label("", theme.FIGURE, weight=600, wrap=False, parent=self)
        self._code_says = Label("", "small", "quiet", parent=self)
        self._qr = QrCode(_("Picture of the code, for a scanner"), 168, self)
        self._address = Label("", weight=600, parent=self)
        self.new_code = Button(
            _("Another code"), self.code_wanted.emit, icon="refresh-cw", parent=self
        )
        self._sign = Icon("clock", "grey", 40, self)
        self._phase = Label("", "page", weight=600, parent=self)
        self._says = Label("", parent=self)
        self._last = Label("", tone="quiet", parent=self)
        self._hub_card, self._desk_card = QFrame(self), QFrame(self)
        self._doors_card, self._twice_card = QFrame(self), QFrame(self)
        self._lines: list[QWidget] = []
        self._noted: Mapping[str, int] = {}
        self.buttons: dict[tuple[str, str], Button] = {}
        self._twice = Label("", parent=self)
        self._lay()

    def _lay(self) -> None:
        hub = head_card(self._hub_card, _("Code of this hall"), "key-round")
        hub.addWidget(self._code)
        hub.addWidget(self._code_says)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._qr, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.addWidget(Label(_("Or type this address at the other laptop:"), "small", "quiet"))
        beside.addWidget(self._address)
        beside.addStretch(1)
        beside.addWidget(self.new_code, 0, _LEFT)
        row.addLayout(beside, 1)
        hub.addLayout(row)
        hub.addStretch(1)
        desk = head_card(self._desk_card, _("This door and the hub"), "laptop")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._phase, 1)
        desk.addLayout(head)
        desk.addWidget(self._says)
        desk.addWidget(self._last)
        desk.addStretch(1)
        self._doors = head_card(self._doors_card, _("Doors of this hall"), "users")
        self._doors.addStretch(1)
        twice = head_card(self._twice_card, _("Seen at two doors"), "eye")
        twice.addWidget(self._twice)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self._doors_card, 1)
        right.addWidget(self._twice_card)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(24, 8, 24, 16)
        whole.setSpacing(16)
        whole.addWidget(self._hub_card, 2)
        whole.addWidget(self._desk_card, 2)
        whole.addLayout(right, 3)

    def show_view(self, view: HallView, now: datetime) -> None:
        """Show how the hall stands."""
        hub = view.role == "hub"
        self._hub_card.setVisible(hub)
        self._desk_card.setVisible(not hub)
        if hub:
            self._show_hub(view)
        else:
            self._show_desk(view)
        self._show_doors(view, now)

    def _show_hub(self, view: HallView) -> None:
        self._code.setText(view.code or "–")
        self._code_says.setText(
            _("Type it at the other laptops, or scan the picture there.")
            if view.code
            else _("It was typed wrongly too often. Nobody can join until you show another code.")
        )
        self._qr.show_text(view.ticket)
        addresses = "\n".join(f"{host}:{view.port}" for host in view.addresses[:2])
        self._address.setText(addresses or _("This laptop is on no network."))

    def _show_desk(self, view: HallView) -> None:
        word, icon, tone = PHASES[view.phase]
        self._sign.show_icon(icon, tone)
        self._phase.setText(_(word))
        self._phase.set_tone("text" if tone == "grey" else tone)
        self._says.setText(_(_SAYS[view.phase]))
        same = moment_words(view.exchanged)
        self._last.setText(_("Same as the hub at {time}").format(time=same) if same else "")

    def _show_doors(self, view: HallView, now: datetime) -> None:
        for line in self._lines:
            self._doors.removeWidget(line)
            line.deleteLater()
        self._lines, self.buttons = [], {}
        if view.role == "hub":
            words = self._counted(_("The hub, this laptop"), view.device)
            made = [self._line(view.door, words, "laptop", "accent", ())]
            made += [self._desk_line(one, now) for one in view.desks]
        else:
            made = [
                self._line(
                    name,
                    self._counted(_("this laptop") if device == view.device else "", device),
                    "laptop",
                    "accent" if device == view.device else "quiet",
                    (),
                )
                for device, name in sorted(
                    (view.doors or {"": view.hub_door, view.device: view.door}).items(),
                    key=lambda one: one[1],
                )
            ]
        for line in made:
            self._doors.insertWidget(self._doors.count() - 1, line)
        self._lines = made

    def _desk_line(self, desk: DoorView, now: datetime) -> QWidget:
        let_in = (_("Let in"), "in", "primary", desk)
        refuse = (_("Do not"), "out", "secondary", desk)
        if desk.standing == "asking":
            return self._line(
                desk.door, _("wants to join"), "circle-question-mark", "amber", (let_in, refuse)
            )
        if desk.standing == "out":
            return self._line(
                desk.door, _("put out"), "ban", "grey", ((_("Let in"), "in", "secondary", desk),)
            )
        out = ((_("Put out"), "out", "secondary", desk),)
        if desk.heard is None:
            return self._line(desk.door, _("not heard yet"), "clock", "grey", out)
        if (now - desk.heard).total_seconds() > _AWAY:
            words = _("not heard since {time}; it goes on by itself").format(
                time=moment_words(desk.heard)
            )
            return self._line(desk.door, words, "cloud-off", "amber", out)
        words = self._counted(_("in step"), desk.device)
        return self._line(desk.door, words, "circle-check", "green", out)

    def _line(
        self,
        name: str,
        words: str,
        icon: str,
        tone: str,
        verbs: Sequence[tuple[str, str, str, DoorView]],
    ) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Icon(icon, tone, 22, line))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Label(name, weight=600, parent=line))
        if words:
            said.addWidget(Label(words, "small", "quiet", parent=line))
        row.addLayout(said, 1)
        for verb, standing, kind, desk in verbs:
            button = Button(verb, kind=kind, parent=line)  # type: ignore[arg-type]
            button.setAccessibleName(f"{verb}: {name}")
            button.clicked.connect(
                lambda _checked=False, device=desk.device, standing=standing: self.said.emit(
                    device, standing
                )
            )
            row.addWidget(button)
            self.buttons[desk.device, standing] = button
        return line

    def _counted(self, words: str, device: str) -> str:
        """The words, and how many people this door has noted as coming in."""
        count = self._noted.get(device, 0)
        came = ngettext("{count} came in here", "{count} came in here", count)
        return " · ".join(part for part in (words, came.format(count=count)) if part)

    def show_noted(self, noted: Mapping[str, int]) -> None:
        """How many people each door has noted, by laptop; shown with the next view."""
        self._noted = noted

    def show_twice(self, lines: Sequence[str], more: int) -> None:
        """Show who was seen at two doors: a line each, and how many more there are."""
        self._twice_card.setVisible(bool(lines))
        rest = ngettext("and {count} more person", "and {count} more people", more)
        rest_line = [rest.format(count=more)] if more > 0 else []
        self._twice.setText("\n".join([*lines, *rest_line]))
