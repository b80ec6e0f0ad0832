# SPDX-License-Identifier: Apache-2.0
"""The left of the page of certificates: three states, a filter, the list, and the reason."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.certificate_list import CertificateList, Line, Part, ordered
from desktop.i18n import N_, _
from desktop.model.certificate import Order, Status
from desktop.store import codelist
from desktop.thai.search_key import search_key
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.tables.certificate import CERTIFICATE, NAME, CertificateModel, state_of
from desktop.ui.widgets.badge import badge_size
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.table import Table

PARTS: Final[dict[Part, tuple[str, str, str]]] = {
    "passed": (N_("Passed"), "circle-check", "green"),
    "must_attend": (N_("Must come on"), "clock", "amber"),
    "failed": (N_("Did not pass"), "circle-x", "red"),
    "aside": (N_("Others"), "circle-minus", "grey"),
}
"""Word (a msgid), icon and tone of each state."""
ORDERS: Final[tuple[tuple[Order, str], ...]] = (
    ("seat", N_("By seat")),
    ("stage", N_("For the stage: by team, then seat")),
    ("alphabet", N_("By the alphabet")),
)
Wanting = Literal["", "unissued", "unprinted", "unhanded", "handed", "returned", "void"]
_EVERY: Final = N_("In every state")
WANTING: Final[dict[Wanting, str]] = {
    "": _EVERY,
    "unissued": N_("Not issued yet"),
    "unprinted": N_("Issued, to be printed"),
    "unhanded": N_("Printed, to be handed over"),
    "handed": N_("Handed over"),
    "returned": N_("Returned"),
    "void": N_("Void"),
}
"""What can be asked for: what still hangs, and what is done."""
_STATUS: Final[dict[Status, Wanting]] = {
    "issued": "unprinted",
    "printed": "unhanded",
    "handed": "handed",
    "returned": "returned",
    "void": "void",
}


def hangs(line: Line) -> Wanting:
    """Where a line's paper hangs, or that it is done."""
    row = line.certificate
    return _STATUS.get(row.status, "unissued") if row is not None else "unissued"


class CertificateRoll(QWidget):
    """``moved`` comes when another line is chosen, or the list was filled anew."""

    moved = Signal()
    ticked = Signal()
    """The space bar on a line: its name is right."""
    reordered = Signal()
    kind_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: CertificateList | None = None
        self._part: Part = "passed"
        self._key = ""
        self.kinds = Choice(parent=self)
        self.kinds.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.kinds.setAccessibleName(_("Kind of certificate"))
        self.kinds.chose.connect(self.kind_chosen)
        self.kinds.hide()
        self.parts = QButtonGroup(self)
        self.box = SearchBox(_("Name, agency or seat"), parent=self)
        self.box.asked.connect(lambda _text: self._fill())
        self.order = Choice([(order, _(word)) for order, word in ORDERS], "seat", self)
        self.order.setAccessibleName(_("Order"))
        self.order.chose.connect(self._reorder)
        self.wanting = Choice([("", _(_EVERY))], "", self)
        self.wanting.setAccessibleName(_("State of the paper"))
        self.wanting.chose.connect(lambda _state: self._fill())
        self.model = CertificateModel(self)
        self.table = Table(
            _("Certificates"), self.model, widths=(64, 180, 130), stretch=1, parent=self
        )
        self.table.setItemDelegateForColumn(NAME, MiddleCell(self.table))
        self.model.modelReset.connect(self._fit)
        self.table.setItemDelegateForColumn(CERTIFICATE, BadgeCell(self.table))
        self.table.moved.connect(lambda _row: self._moved())
        self.table.ticked.connect(lambda _row: self.ticked.emit())
        self.box.down.connect(self.table.setFocus)
        self._reason = QFrame(self)
        self._why_icon = Icon("circle-check", "green", parent=self._reason)
        self.why = Label("", parent=self._reason)
        self._lay()

    def _fit(self) -> None:
        """Room for the longest state that is there, and the rest for the names."""
        words = {state_of(line)[0] for line in self.model.rows}
        widest = max((badge_size(word).width() for word in words), default=0)
        self.table.setColumnWidth(CERTIFICATE, max(theme.scaled(110), widest + 20))

    def _lay(self) -> None:
        self._above = QHBoxLayout()
        buttons = self._buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for part, (word, _icon, _tone) in PARTS.items():
            button = Button(_(word), kind="choice", parent=self)
            button.setCheckable(True)
            button.setProperty("value", part)
            button.setHidden(part == "aside")
            self.parts.addButton(button)
            buttons.addWidget(button)
        buttons.addStretch()
        self.parts.buttonClicked.connect(lambda one: self.show_part(one.property("value")))
        picks = QHBoxLayout()
        picks.setSpacing(8)
        for pick in (self.wanting, self.order):
            pick.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            picks.addWidget(pick, 1)
        row = QHBoxLayout(self._reason)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._why_icon)
        row.addWidget(self.why, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._above)
        column.addLayout(buttons)
        column.addWidget(self.box)
        column.addLayout(picks)
        column.addWidget(self.table, 1)
        column.addWidget(self._reason)

    @property
    def line(self) -> Line | None:
        """The line that is chosen."""
        return self.model.row_at(self.table.currentIndex().row())

    def show_list(self, held: CertificateList) -> None:
        """Show a list; part, filter and line stay as they were where they can."""
        self._held = held
        # Beside the one button of an award list there is room; beside three there is none.
        (self._buttons if held.for_awards else self._above).addWidget(self.kinds, 1)
        self.kinds.setVisible(len(held.kinds) > 1)
        self.kinds.set_options(
            [(kind, codelist.word("cert_kind", kind)) for kind in held.kinds], held.kind
        )
        if not held.count(self._part):
            self._part = next((part for part in PARTS if held.count(part)), "passed")
        self._offer_states(held)
        for button in self.parts.buttons():
            part: Part = button.property("value")
            word, count = PARTS[part][0], held.count(part)
            button.setText(f"{_(word)} {count}")
            button.setVisible(bool(count) or (part != "aside" and not held.for_awards))
        if held.for_awards:
            words = _("Award list {count}").format(count=len(held.lines))
            self.parts.buttons()[0].setText(words)
        self.show_part(self._part)

    def _offer_states(self, held: CertificateList) -> None:
        """Offer the states that there are, each with how many."""
        counts: dict[Wanting, int] = {}
        for line in held.lines:
            if line.part == "passed" or line.certificate is not None:
                state = hangs(line)
                counts[state] = counts.get(state, 0) + 1
        offered: list[tuple[Wanting, str]] = [("", _(_EVERY))]
        offered += [
            (state, f"{_(word)} {counts[state]}")
            for state, word in WANTING.items()
            if counts.get(state)
        ]
        kept = self.wanting.value()
        self.wanting.set_options(offered, kept if kept in dict(offered) else "")
        self.wanting.setVisible(len(offered) > 2)

    def show_part(self, part: Part) -> None:
        """Show those of one state."""
        self._part = part
        for button in self.parts.buttons():
            button.setChecked(button.property("value") == part)
        self._fill()

    def show_key(self, key: str) -> None:
        """Go to a line wherever it stands."""
        self._key = key
        if self._held is None:
            return
        line = next((one for one in self._held.lines if one.key == key), None)
        self.box.clear()
        self.wanting.set_value("")
        self.show_part(line.part if line is not None else self._part)

    def forget(self) -> None:
        """Another event: begin at the top."""
        self._key, self._part = "", "passed"
        self.wanting.set_value("")
        self.box.clear()

    def _reorder(self, _order: object) -> None:
        self._fill()
        self.reordered.emit()

    def _fill(self) -> None:
        if self._held is None:
            return
        text, wanted = self.box.text().strip(), self.wanting.value()
        kept = self._key
        self.model.hold(
            tuple(
                line
                for line in ordered(self._held.lines, self.order.value())
                if line.part == self._part
                and fits(line, text)
                and (not wanted or hangs(line) == wanted)
            )
        )
        self.table.go_to(max(0, self.model.place_of(kept)))
        self._moved()

    def _moved(self) -> None:
        line = self.line
        self._reason.setVisible(line is not None)
        if line is not None:
            self._key = line.key
            _word, icon, tone = PARTS[line.part]
            self._reason.setProperty("tone", tone)
            self._reason.style().unpolish(self._reason)
            self._reason.style().polish(self._reason)
            self._why_icon.show_icon(icon, tone)
            self.why.setText(_why(line))
        self.moved.emit()


def _why(line: Line) -> str:
    row = line.certificate
    if row is not None and row.status == "void":
        return _("Number {number} is void: {reason}").format(
            number=row.number_text, reason=row.reason
        )
    return line.sentence


def fits(line: Line, text: str) -> bool:
    """Whether a line answers the filter: part of a name or an agency, loosely, or the seat."""
    if not text:
        return True
    if text.isdecimal():
        return line.seat == int(text)
    key = search_key(text)
    return bool(key) and (key in search_key(line.name) or key in search_key(line.organisation))
