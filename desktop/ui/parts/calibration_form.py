# SPDX-License-Identifier: Apache-2.0
"""Where text falls on paper, adjusted in three steps: print a page, measure, use what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.calibration import (
    LEAST_SCALE,
    MARK_MM,
    MOST_MM,
    MOST_SCALE,
    RULER_MM,
    Calibration,
    adjusted,
)
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.print_run import How
from desktop.thai.digits import to_arabic
from desktop.ui import theme
from desktop.ui.parts.print_job import Job
from desktop.ui.printer import Printer, send
from desktop.ui.tasks import Tasks
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Field, TextEdit
from desktop.ui.widgets.label import Label

PrintGrid = Callable[[Calibration, Callable[[str], object]], object]
"""Prints the test page and tells when it was taken, with a sentence when it was not."""


class CalibrationDialog(Dialog):
    """The values of one printer and tray; ``kept`` brings them when they are to be used."""

    kept = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        at: Calibration,
        size: tuple[float, float],
        printer: str,
        print_grid: PrintGrid,
    ) -> None:
        super().__init__(
            parent,
            _("Position on {printer}").format(printer=printer),
            "",
            _("Use these values"),
            check=self.wrong_values,
        )
        self.setMinimumWidth(theme.scaled(640))
        self._used, self._size, self._print = at, size, print_grid
        self._text_only = at.text_only
        self.left, self.top, self.ruler = (TextEdit(longest=8, parent=self) for _n in range(3))
        self.right = TextEdit(f"{at.right:g}", longest=8, parent=self)
        self.up = TextEdit(f"{at.up:g}", longest=8, parent=self)
        self.scale = TextEdit(f"{at.scale * 100:g}", longest=8, parent=self)
        self.test = Button(_("Print a test page"), self._print_test, icon="printer", parent=self)
        self.told = Label("", "small", "quiet", parent=self)
        self._step(
            1, _("Put plain paper into the tray that is used, and print a test page."),
            [[self.test, self.told]],
        )  # fmt: skip
        mark, ruler = f"{MARK_MM:g}", f"{RULER_MM:g}"
        self._step(
            2, _(
                "Measure with a ruler, in millimetres: A from the left edge of the paper, B from "
                "the upper edge, C the length of the line."
            ),
            [[
                Field(_("A, should be {number}").format(number=mark), self.left, parent=self),
                Field(_("B, should be {number}").format(number=mark), self.top, parent=self),
                Field(_("C, {number} or empty").format(number=ruler), self.ruler, parent=self),
            ]],
        )  # fmt: skip
        self._step(
            3,
            _(
                "These values follow. Print once more to see; where the border on the paper is "
                "not in its place, change them here."
            ),
            [[
                Field(_("Right, mm"), self.right, parent=self),
                Field(_("Up, mm"), self.up, parent=self),
                Field(_("Size, %"), self.scale, parent=self),
            ]],
        )  # fmt: skip
        for edit in (self.left, self.top, self.ruler):
            edit.textEdited.connect(lambda _text: self._follow())
        self.accepted.connect(lambda: self.kept.emit(self.calibration()))

    def _step(self, number: int, words: str, rows: list[list[QWidget]]) -> None:
        panel = QFrame(self)
        panel.setObjectName("panel")
        grid = QGridLayout(panel)
        grid.setContentsMargins(16, 10, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        head = Label(f"{number}", "section", weight=600, parent=panel)
        grid.addWidget(head, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(words, parent=panel), 0, 1)
        inner = QVBoxLayout()
        for parts in rows:
            row = QHBoxLayout()
            row.setSpacing(12)
            for part in parts:
                row.addWidget(part, 0 if isinstance(part, Button) else 1)
            inner.addLayout(row)
        grid.addLayout(inner, 1, 1)
        self.body.addWidget(panel)

    def calibration(self) -> Calibration:
        """The values that stand in the third step; what is no number counts as used before."""
        right, up, scale = (_number(edit.text()) for edit in (self.right, self.up, self.scale))
        return Calibration(
            right=self._used.right if right is None else right,
            up=self._used.up if up is None else up,
            scale=self._used.scale if scale is None else scale / 100,
            text_only=self._text_only,
        )

    def wrong_values(self) -> str:
        """What is wrong with what was typed, in a sentence."""
        for edit in (self.right, self.up):
            number = _number(edit.text())
            if number is None or abs(number) > MOST_MM:
                return _("Move by -{most} to {most} millimetres.").format(most=f"{MOST_MM:g}")
        scale = _number(self.scale.text())
        least, most = LEAST_SCALE * 100, MOST_SCALE * 100
        if scale is None or not least <= scale <= most:
            return _("The size is {least} to {most} percent.").format(
                least=f"{least:g}", most=f"{most:g}"
            )
        return ""

    def _follow(self) -> None:
        """Work out the values of the third step from what was measured."""
        left, top = _number(self.left.text()), _number(self.top.text())
        ruler = _number(self.ruler.text())
        if left is None or top is None or (ruler is None and self.ruler.plain()):
            return
        if ruler is not None and not 0.8 < ruler / RULER_MM < 1.25:
            return
        found = adjusted(self._used, self._size, left, top, ruler)
        self.right.setText(f"{found.right:g}")
        self.up.setText(f"{found.up:g}")
        self.scale.setText(f"{found.scale * 100:g}")

    def _print_test(self) -> None:
        if sentence := self.wrong_values():
            self.wrong(sentence)
            return
        self.wrong("")
        at = self.calibration()
        self.test.setEnabled(False)
        self.told.setText(_("Sending the test page…"))

        def then(sentence: str) -> None:
            self.test.setEnabled(True)
            self.told.setText("" if sentence else _("The test page went to the printer."))
            self.wrong(sentence)
            if not sentence:
                # What is measured from here on is this page.
                self._used = replace(at, text_only=self._text_only)
                for edit in (self.left, self.top, self.ruler):
                    edit.clear()
                self.left.setFocus()

        self._print(at, then)


def calibrate(
    parent: QWidget,
    tasks: Tasks,
    job: Job,
    printer: Printer,
    how: How,
    at: Calibration,
    kept: Callable[[Calibration], object],
) -> CalibrationDialog | None:
    """Open the adjustment of a printer and tray; None where the paper needs none."""
    grid = job.grid
    if grid is None:
        return None

    def print_grid(chosen: Calibration, then: Callable[[str], object]) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, Problem):
                then(str(error))
            else:
                tasks.failed.emit(error)

        one = How(tray=how.tray, quality=how.quality)
        tasks.run(
            "slow", dialog,
            lambda: send(printer, grid(chosen), title=_("Test page"), how=one),
            lambda _job: then(""), failed,
        )  # fmt: skip

    dialog = CalibrationDialog(parent, at, job.size, printer.name, print_grid)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.kept.connect(kept)
    dialog.open()
    return dialog


def _number(text: str) -> float | None:
    plain = to_arabic(text).strip().replace(",", ".").replace("−", "-").replace("–", "-")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if abs(number) < 1000 else None
