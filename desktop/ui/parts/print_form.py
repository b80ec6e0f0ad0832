# SPDX-License-Identifier: Apache-2.0
"""What is printed and how: printer, pages, copies, tray, sides, order, and the stock it is on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.calibration import Calibration
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.print_run import How, Parity, Quality, Sides
from desktop.ui.page_range import read_range
from desktop.ui.parts.print_job import Job
from desktop.ui.parts.reason_pick import ReasonPick
from desktop.ui.printer import Offers, Printer
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Choice, Field, NumberEdit, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tick import Tick

MOST_COPIES: Final = 99
_MOST_SHEETS: Final = 2000
_HAND: Final = re.compile(r"manual|multi|bypass|^mp|by-pass", re.IGNORECASE)
_AUTO: Final = re.compile(r"^(auto|default|printer)", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?:tray|cassette|drawer)[-_ ]?(\d)|^(\d)[-_ ]?tray", re.IGNORECASE)


class PrintForm(QWidget):
    """Everything that is chosen before printing. It asks nothing of a printer itself."""

    changed = Signal()
    """Which pages, how many sheets or what stands on them."""
    printer_chosen = Signal(str)
    tray_chosen = Signal(str)
    adjust_wanted = Signal()
    """The places of the text are to be adjusted for this printer and tray."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self.printer = Choice(parent=self)
        self.which = Choice(job.sets, parent=self)
        self.order = Choice(job.orders, job.order, self)
        self.pages = TextEdit(longest=200, parent=self)
        self.copies = NumberEdit(1, least=1, most=MOST_COPIES, parent=self)
        self.collate = Tick(_("Whole sets"), checked=True, parent=self)
        self.reasons = ReasonPick(self, label=_("Why they are printed again"))
        self.tray = Choice(parent=self)
        self.sides = Choice(parent=self)
        self.quality = Choice(parent=self)
        self.parity = Choice(
            (
                ("all", _("All pages")),
                ("odd", _("Odd pages alone")),
                ("even", _("Even pages alone")),
            ),
            "all",
            self,
        )
        self.backwards = Tick(_("Last sheet first"), parent=self)
        self.pause = NumberEdit(None, least=1, most=_MOST_SHEETS, parent=self)
        self.text_only = Tick(_("Paper with the border on it: text alone"), parent=self)
        self.place = Label("", "small", "quiet", parent=self)
        self.adjust = Button(
            _("Adjust the position…"), self.adjust_wanted.emit, icon="settings", parent=self
        )
        self.warning = Label("", "small", "amber", weight=500, parent=self)
        self.printer_field = Field(_("Printer"), self.printer, parent=self)
        self._pages_field = Field(
            _("Page numbers"), self.pages, _("Empty: all. Otherwise like 1-20, 25"), parent=self
        )
        self._lay()
        self._connect()
        self.show_offers(Offers())
        self.show_calibration(Calibration())
        self._tell(anew=True)

    # ── parts ────────────────────────────────────────────────────────────────────────────────

    def _lay(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.printer_field)
        row = QHBoxLayout()
        row.setSpacing(12)
        for label, pick, options in (
            (_("What to print"), self.which, self._job.sets),
            (_("Order"), self.order, self._job.orders),
        ):
            field = Field(label, pick, parent=self)
            field.setHidden(len(options) < 2)
            row.addWidget(field, 1)
        left.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(12)
        copies = Field(_("Copies"), self.copies, " ", parent=self)
        row.addWidget(self._pages_field, 1)
        row.addWidget(copies)
        left.addLayout(row)
        left.addWidget(self.reasons)
        left.addWidget(self.warning)
        left.addStretch()
        across.addLayout(left, 1)
        across.addWidget(self._panel(), 1)

    def _panel(self) -> QFrame:
        panel = QFrame(self)
        panel.setObjectName("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self._tray_field = Field(_("Tray"), self.tray, parent=panel)
        self._sides_field = Field(_("Sides"), self.sides, parent=panel)
        self._quality_field = Field(_("Quality"), self.quality, parent=panel)
        parity = Field(_("Odd or even"), self.parity, parent=panel)
        pause = Field(_("Wait for paper every … sheets"), self.pause, parent=panel)
        ticks = QVBoxLayout()
        ticks.setSpacing(0)
        ticks.addWidget(self.collate)
        ticks.addStretch()
        ticks.addWidget(self.backwards)
        for some in (
            (self._tray_field, self._quality_field),
            (self._sides_field, parity),
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            for part in some:
                row.addWidget(part, 1)
            column.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(pause, 1)
        row.addLayout(ticks, 1)
        column.addLayout(row)
        placed = self._job.grid is not None
        stocks: tuple[QWidget, ...] = (self.text_only, self.place, self.adjust)
        for each in stocks:
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
            each.setVisible(placed)
        self.text_only.setVisible(placed and self._job.stock)
        column.addStretch()
        return panel

    def _connect(self) -> None:
        self.printer.chose.connect(lambda name: self.printer_chosen.emit(str(name)))
        self.tray.chose.connect(lambda tray: self.tray_chosen.emit(str(tray or "")))
        self.which.chose.connect(lambda _which: self._tell(anew=True))
        self.order.chose.connect(lambda _order: self._tell(anew=True))
        for pick in (self.sides, self.parity):
            pick.chose.connect(lambda _value: self._tell())
        self.pages.textChanged.connect(lambda _text: self._tell())
        self.copies.textChanged.connect(lambda _text: self._tell())
        self.pause.textChanged.connect(lambda _text: self._tell())
        for tick in (self.collate, self.backwards, self.text_only):
            tick.toggled.connect(lambda _on: self._tell())

    # ── what is chosen ───────────────────────────────────────────────────────────────────────

    @property
    def keys(self) -> tuple[str, ...]:
        """Every page of the set in its order."""
        return self._job.keys(str(self.which.value() or ""), str(self.order.value() or ""))

    def chosen(self) -> tuple[str, ...]:
        """The pages of the range. Raises the Problem of a range that is none."""
        keys = self.keys
        return tuple(keys[index] for index in read_range(self.pages.text(), len(keys)))

    def wrong(self) -> str:
        """What is wrong with what was typed, in a sentence; empty when nothing is."""
        try:
            self.chosen()
        except Problem as problem:
            return str(problem)
        if self.copies.number() is None:
            return _("Type how many copies: 1 to {most}.").format(most=MOST_COPIES)
        if not self.pause.is_blank() and self.pause.number() is None:
            return _("Type after how many sheets to wait: 1 to {most}, or nothing.").format(
                most=_MOST_SHEETS
            )
        return ""

    def how(self) -> How:
        """How it is printed; what is no number counts as not typed."""
        sides: Sides = self.sides.value() or "one"
        parity: Parity = self.parity.value() or "all"
        quality: Quality = self.quality.value() or ""
        return How(
            tray=str(self.tray.value() or ""),
            sides=sides,
            quality=quality,
            copies=self.copies.number() or 1,
            collate=self.collate.isChecked(),
            parity=parity,
            backwards=self.backwards.isChecked(),
            pause_every=self.pause.number() or 0,
        )

    def calibration(self) -> Calibration:
        """Where the text goes on this printer and tray."""
        return replace(self._kept, text_only=self.text_only.isChecked())

    @property
    def calibration_changed(self) -> bool:
        """Whether it differs from what is kept."""
        return self.calibration() != self._kept

    def reason_needed(self, needed: bool) -> None:
        """Show the reasons, or not."""
        self.reasons.setVisible(needed)

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def show_printers(self, found: tuple[Printer, ...]) -> None:
        """Offer these printers, the first chosen."""
        self.printer.set_options([(one.name, one.name) for one in found], found[0].name)

    def show_offers(self, offers: Offers) -> None:
        """Offer what a printer can; what it cannot is not shown."""
        trays = [("", _("As it is set"))]
        trays += [(tray, tray_word(tray)) for tray in offers.trays if not _AUTO.match(tray)]
        self.tray.set_options(trays, self.tray.value() or "")
        self._tray_field.setVisible(len(trays) > 1)
        words: dict[Sides, str] = {
            "one": _("One side"),
            "book": _("Both sides, like a book"),
            "pad": _("Both sides, like a pad"),
        }
        sides = [(side, words[side]) for side in offers.sides]
        self.sides.set_options(sides, self.sides.value() or "one")
        self._sides_field.setVisible(len(sides) > 1)
        qualities: dict[Quality, str] = {
            "draft": _("Draft"),
            "normal": _("Normal"),
            "high": _("Best"),
        }
        shown = [("", _("As it is set"))]
        shown += [(one, qualities[one]) for one in offers.qualities]
        self.quality.set_options(shown, self.quality.value() or "")
        self._quality_field.setVisible(len(shown) > 1)

    def show_calibration(self, kept: Calibration) -> None:
        """Show what is kept for this printer and tray."""
        self._kept = kept
        self.text_only.setChecked(kept.text_only)
        self.place.setText(place_words(kept))

    def show_wrong_pages(self, sentence: str) -> None:
        """Say beside the range what is wrong with it."""
        self._pages_field.set_error(sentence)

    def _tell(self, *, anew: bool = False) -> None:
        if anew:
            self.pages.clear()
        self.collate.setVisible((self.copies.number() or 1) > 1)
        self.changed.emit()


def tray_word(tray: str) -> str:
    """A tray as people call it, where its name says what it is; otherwise as the printer does."""
    if found := _NUMBERED.search(tray):
        return _("Tray {number}").format(number=found[1] or found[2])
    if _HAND.search(tray):
        return _("By hand ({name})").format(name=tray)
    known = {
        "Upper": _("Upper tray"), "Lower": _("Lower tray"), "Middle": _("Middle tray"),
        "Rear": _("Rear tray"), "Envelope": _("Envelopes"), "OnlyOne": _("Tray"),
        "LargeCapacity": _("Large tray"),
    }  # fmt: skip
    return known.get(tray, tray)


def place_words(kept: Calibration) -> str:
    """Where the text goes, in words."""
    if not kept.right and not kept.up and kept.scale == 1:
        return _("The position is as the printer prints it.")
    return _("Moved {right} mm to the right and {up} mm up, size {scale} %").format(
        right=f"{kept.right:g}", up=f"{kept.up:g}", scale=f"{kept.scale * 100:g}"
    )
