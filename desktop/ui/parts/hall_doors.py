# SPDX-License-Identifier: Apache-2.0
"""An open hall: on the hub the code and who is here, on a desk how it stands with the hub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

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
    "out": (N_("The hub has removed this door"), "ban", "grey"),
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


@dataclass(frozen=True, slots=True)
class _Row:
    """A door as its line says it."""

    device: str
    name: str
    words: str
    icon: str
    tone: str
    verbs: tuple[tuple[str, str, str], ...] = ()
    """Word, standing it gives and kind of each button."""


class _Line(QWidget):
    """One door: icon, name and how it stands; ``row`` takes its buttons."""

    def __init__(self, row: _Row, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = Icon(row.icon, row.tone, 22, self)
        self._name = Label(row.name, weight=600, parent=self)
        self._words = Label(row.words, "small", "quiet", parent=self)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._name)
        said.addWidget(self._words)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(12)
        self.row.addWidget(self._icon)
        self.row.addLayout(said, 1)
        self._words.setVisible(bool(row.words))

    def show_row(self, row: _Row) -> None:
        """Say it anew; the buttons stay."""
        self._icon.show_icon(row.icon, row.tone)
        self._name.setText(row.name)
        self._words.setText(row.words)
        self._words.setVisible(bool(row.words))


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
        self._lines: list[_Line] = []
        self._shown: list[_Row] = []
        self._noted: Mapping[str, int] = {}
        self.buttons: dict[tuple[str, str], Button] = {}
        self._seen: Sequence[tuple[str, str]] = ()
        self._twice_labels: list[Label] = []
        self._twice = QGridLayout()
        self._twice.setHorizontalSpacing(20)
        self._twice.setVerticalSpacing(2)
        self._twice.setColumnStretch(0, 2)
        self._twice.setColumnStretch(1, 3)
        self._more = Label("", "small", "quiet", parent=self)
        self._more.hide()
        self._lay()

    def _lay(self) -> None:
        hub = head_card(self._hub_card, _("Code of this hall"), "key-round")
        hub.addWidget(self._code)
        hub.addWidget(self._code_says)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._qr, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        self._or = Label(_("Or type this address at the other laptop:"), "small", "quiet")
        beside.addWidget(self._or)
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
        twice.addLayout(self._twice)
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
        self._code.setText(view.code)
        for part in (self._code, self._or, self._address):
            part.setVisible(bool(view.code))
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
        if view.role == "hub":
            words = self._counted(_("The hub, this laptop"), view.device)
            rows = [_Row(view.device, view.door, words, "laptop", "accent")]
            # Whoever waits is not below the others, where nobody looks.
            desks = sorted(view.desks, key=lambda one: one.standing != "asking")
            asking = [self._desk_row(one, now) for one in desks if one.standing == "asking"]
            rows = [*asking, *rows, *(self._desk_row(one, now) for one in desks[len(asking) :])]
        else:
            rows = [
                _Row(
                    device,
                    name,
                    self._counted(_("this laptop") if device == view.device else "", device),
                    "laptop",
                    "accent" if device == view.device else "quiet",
                )
                for device, name in sorted(
                    (view.doors or {"": view.hub_door, view.device: view.door}).items(),
                    key=lambda one: one[1],
                )
            ]
        if rows != self._shown:
            self._show_rows(rows)

    def _show_rows(self, rows: list[_Row]) -> None:
        """Show these. They are asked for every second: while the same buttons are there they
        stay, with the keyboard on them and under a finger that is coming down."""
        same = [(one.device, one.verbs) for one in rows]
        if same == [(one.device, one.verbs) for one in self._shown]:
            for line, row in zip(self._lines, rows, strict=True):
                line.show_row(row)
            self._shown = rows
            return
        here = self.window().focusWidget()
        held = next((key for key, button in self.buttons.items() if button is here), None)
        for line in self._lines:
            self._doors.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._shown, self.buttons = rows, {}
        self._lines = [self._line(row) for row in rows]
        for line in self._lines:
            self._doors.insertWidget(self._doors.count() - 1, line)
        before: QWidget = self.new_code
        for button in self.buttons.values():
            QWidget.setTabOrder(before, button)
            before = button
        if held is not None:
            # Not onto what would take it back: whoever presses twice must not put out a door.
            again = self.buttons.get((held[0], "in"))
            if again is not None:
                again.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.focus_first()

    def focus_first(self) -> None:
        """Onto the button that lets somebody in, or the first that can be pressed here."""
        waiting = [one for (_device, verb), one in self.buttons.items() if verb == "in"]
        found = next(iter(waiting), self.new_code if self._hub_card.isVisibleTo(self) else None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _desk_row(self, desk: DoorView, now: datetime) -> _Row:
        def row(words: str, icon: str, tone: str, *verbs: tuple[str, str, str]) -> _Row:
            return _Row(desk.device, desk.door, words, icon, tone, verbs)

        if desk.standing == "asking":
            return row(
                _("wants to join"), "circle-question-mark", "amber",
                (_("Let in"), "in", "primary"), (_("Refuse"), "out", "secondary"),
            )  # fmt: skip
        if desk.standing == "out":
            return row(_("removed"), "ban", "grey", (_("Let in"), "in", "secondary"))
        out = (_("Remove"), "out", "secondary")
        if desk.heard is None:
            return row(_("not heard yet"), "clock", "grey", out)
        if (now - desk.heard).total_seconds() > _AWAY:
            words = _("not heard since {time}; it goes on by itself").format(
                time=moment_words(desk.heard)
            )
            return row(words, "cloud-off", "amber", out)
        words = self._counted(_("up to date"), desk.device)
        return row(words, "circle-check", "green", out)

    def _line(self, row: _Row) -> _Line:
        line = _Line(row, self)
        for verb, standing, kind in row.verbs:
            button = Button(verb, kind=kind, parent=line)  # type: ignore[arg-type]
            button.setAccessibleName(f"{verb}: {row.name}")
            button.clicked.connect(
                lambda _checked=False, device=row.device, standing=standing: self.said.emit(
                    device, standing
                )
            )
            line.row.addWidget(button)
            self.buttons[row.device, standing] = button
        return line

    def _counted(self, words: str, device: str) -> str:
        """The words, and how many people this door has noted as coming in."""
        if not self._noted:
            return words
        count = self._noted.get(device, 0)
        came = ngettext("{count} came in here", "{count} came in here", count)
        return " · ".join(part for part in (words, came.format(count=count)) if part)

    def show_noted(self, noted: Mapping[str, int]) -> None:
        """How many people each door has noted, by laptop; shown with the next view."""
        self._noted = noted

    def show_twice(self, lines: Sequence[tuple[str, str]], more: int) -> None:
        """Show who was seen at two doors: name and doors of each, and how many more there are."""
        self._twice_card.setVisible(bool(lines))
        if lines == self._seen:
            self._say_more(more)
            return
        self._seen = lines
        for old in self._twice_labels:
            self._twice.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._twice_labels = []
        for row, (name, doors) in enumerate(lines):
            for column, words in enumerate((name, doors)):
                label = Label(words, weight=400 if column else 600, parent=self._twice_card)
                self._twice.addWidget(label, row, column)
                self._twice_labels.append(label)
        self._twice.addWidget(self._more, len(lines), 0, 1, 2)
        self._say_more(more)

    def _say_more(self, more: int) -> None:
        rest = ngettext("and {count} more person", "and {count} more people", more)
        self._more.setText(rest.format(count=more))
        self._more.setVisible(more > 0)
