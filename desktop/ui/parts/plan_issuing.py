# SPDX-License-Identifier: Apache-2.0
"""Who issues a certificate and under which emblem, and who signs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.model.certificate import Signer, Wording
from desktop.model.plan import MOST_ISSUERS, Plan
from desktop.ui.parts.plan_people import ADD, Signatories, Signatory
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.field import Choice, Field, LeaveWatcher, LongText
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.undo_through import UndoThrough

if TYPE_CHECKING:
    from desktop.actions.asset import Asset

_USUAL: Final = "="
SLOTS: Final = {
    "emblem": (N_("Emblem"), "emblem"),
    "emblem:2": (N_("Second emblem"), "emblem"),
    "emblem:3": (N_("Third emblem"), "emblem"),
    "background": (N_("Background"), "background"),
}
"""Slots that a plan fills, with their word and the kind of picture that belongs there."""
_OFFICES: Final = {"emblem:2": 1, "emblem:3": 2}


class PlanIssuing(QWidget):
    """``edited(plan)`` brings the plan as it is to be kept; ``picture_wanted(kind, slot)`` asks
    for a new picture of the office."""

    edited = Signal(object)
    picture_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self.issuers = LongText(rows=3, parent=self)
        LeaveWatcher(self.issuers, self._left)
        hint = _("One a line: the first leads, up to three stand under it")
        beside = QWidget(self)
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.usual = IconButton("rotate-ccw", "", self._back, beside)
        self.usual.set_name(_("Back to the usual: {word}").format(word=_("Who issues it")))
        row.addWidget(self.issuers, 1)
        # Aligned: otherwise the row is only as high as its lowest part may be.
        row.addWidget(self.usual, 0, Qt.AlignmentFlag.AlignTop)
        field = Field(_("Who issues it"), beside, hint, parent=self)
        self.issuers.setAccessibleName(_("Who issues it"))
        self._wrong = Label("", "small", "red", weight=500, parent=self)
        self._wrong.hide()
        self.pictures: dict[str, Choice] = {}
        self._fields: dict[str, Field] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(field)
        column.addWidget(self._wrong)
        self.people = Signatories(self)
        column.addWidget(self.people)
        for slot, (word, _kind) in SLOTS.items():
            choice = Choice(parent=self)
            choice.chose.connect(partial(self._chose, slot))
            choice.setSizeAdjustPolicy(
                Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            self.pictures[slot] = choice
            self._fields[slot] = Field(_(word), choice, parent=self)
            column.addWidget(self._fields[slot])
        self.people.edited.connect(self._signed)
        self.people.picture_wanted.connect(
            lambda place: self.picture_wanted.emit("signature", f"signature:{place + 1}")
        )
        column.addStretch()
        UndoThrough(self)

    def show_plan(
        self, plan: Plan, usual: Wording, assets: Sequence[Asset], slots: frozenset[str]
    ) -> None:
        """Show who issues and signs; ``slots`` are those that the template has a place for."""
        changed = self._plan is None or self._plan.issuers != plan.issuers
        self._plan = plan
        self.issuers.setPlaceholderText("\n".join(usual.issuer))
        if (changed or not self.issuers.hasFocus()) and self._lines() != plan.issuers:
            self.issuers.setPlainText("\n".join(plan.issuers))
        self.usual.setEnabled(bool(plan.issuers))
        for slot, choice in self.pictures.items():
            kind = SLOTS[slot][1]
            # A second emblem is for a second office: not asked for while there is one alone.
            wanted = len(plan.issuers or usual.issuer) > _OFFICES.get(slot, 0)
            self._fields[slot].setVisible(slot in slots and (wanted or slot in plan.pictures))
            choice.set_options(_offered(slot, kind, plan.pictures, assets), _of(plan, slot))
        signatures = [(one.sha256, one.label) for one in assets if one.kind == "signature"]
        self.people.show_people(
            tuple(
                Signatory(one.name, one.position, plan.pictures.get(f"signature:{place}"))
                for place, one in enumerate(plan.signatories, 1)
            ),
            tuple(Signatory(one.name, one.position) for one in usual.signers),
            signatures,
        )

    def give_picture(self, slot: str, sha256: str) -> None:
        """A new picture is there, and goes into the slot it was wanted for."""
        kind, _sep, place = slot.partition(":")
        if kind == "signature":
            self.people.give_picture(int(place) - 1, sha256)
        elif self._plan is not None:
            pictures = {**self._plan.pictures, slot: sha256}
            self.edited.emit(replace(self._plan, pictures=pictures))

    def _lines(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self.issuers.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def _left(self) -> None:
        lines = self._lines()
        many = len(lines) > MOST_ISSUERS
        self._wrong.setText(_("At most four offices have room. Take a line away."))
        self._wrong.setVisible(many)
        if self._plan is not None and not many and lines != self._plan.issuers:
            self.edited.emit(replace(self._plan, issuers=lines))

    def _back(self) -> None:
        self.issuers.setPlainText("")
        self._left()

    def _chose(self, slot: str, value: object) -> None:
        if self._plan is None:
            return
        if value == ADD:
            self.pictures[slot].set_value(_of(self._plan, slot))
            self.picture_wanted.emit(SLOTS[slot][1], slot)
            return
        pictures = {key: sha for key, sha in self._plan.pictures.items() if key != slot}
        if value != _USUAL:
            pictures[slot] = str(value or "")
        self.edited.emit(replace(self._plan, pictures=pictures))

    def _signed(self, people: tuple[Signatory, ...]) -> None:
        if self._plan is None:
            return
        pictures = {
            slot: sha
            for slot, sha in self._plan.pictures.items()
            if not slot.startswith("signature:")
        }
        pictures |= {
            f"signature:{place}": one.picture
            for place, one in enumerate(people, 1)
            if one.picture is not None
        }
        signers = tuple(Signer(one.name, one.position) for one in people)
        self.edited.emit(replace(self._plan, signatories=signers, pictures=pictures))


def _of(plan: Plan, slot: str) -> str:
    return plan.pictures.get(slot, _USUAL)


def _offered(
    slot: str, kind: str, pictures: Mapping[str, str], assets: Sequence[Asset]
) -> list[tuple[str, str]]:
    known = [(one.sha256, one.label) for one in assets if one.kind == kind]
    if slot == "emblem":
        first = known[0][1] if known else ""
        usual = _("As usual: {picture}").format(picture=first) if first else _("As usual: none")
        options = [(_USUAL, usual), ("", _("None"))]
    else:
        options = [(_USUAL, _("None"))]
    options += known
    if pictures.get(slot) and pictures[slot] not in dict(known):
        options.append((pictures[slot], _("A picture that is not on this computer yet")))
    options.append((ADD, _("New picture…")))
    return options


def ask_picture(parent: QWidget, kind: str) -> Path | None:
    """Ask for the file of a picture; a background may be a page of PDF too."""
    filters = _("Pictures (*.png *.jpg *.jpeg)")
    if kind == "background":
        filters = _("Pictures and PDF (*.png *.jpg *.jpeg *.pdf)")
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose a picture"), "", filters)
    return Path(chosen) if chosen else None
