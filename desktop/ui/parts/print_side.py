# SPDX-License-Identifier: Apache-2.0
"""The printer that is chosen: what it offers, and whether it can print to where the ink goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.actions.calibration import Calibration
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.print_run import BLANK, Sheet
from desktop.ui.parts.print_job import Job
from desktop.ui.printer import Offers, Printer, lacks, offers, outside
from desktop.ui.raster import Margins
from desktop.ui.tasks import Tasks


class PrinterSide(QObject):
    """Asks in the background; answers about a printer chosen before are dropped."""

    offered = Signal(object)
    """``Offers`` of the printer."""
    warned = Signal(str)
    """That something will be cut off; empty when nothing will."""

    def __init__(self, tasks: Tasks, job: Job, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._job = tasks, job
        self._printer: Printer | None = None
        self._margins: Margins | None = None
        self._sizes: tuple[str, ...] = ()
        self._seen: tuple[str, Calibration] | None = None

    def ask(self, printer: Printer | None) -> None:
        """Another printer was chosen."""
        if printer is None or printer == self._printer:
            return
        self._printer, self._margins, self._sizes, self._seen = printer, None, (), None
        self.warned.emit("")

        def then(found: Offers) -> None:
            if self._printer == printer:
                self._margins, self._sizes, self._seen = found.margins, found.sizes, None
                self.offered.emit(found)

        failed = self._tasks.failed.emit
        self._tasks.run("slow", self, lambda: offers(printer), then, failed, latest="offers")

    def look(self, sheets: Sequence[Sheet], at: Calibration) -> None:
        """Look at the first page, unless it was looked at as it is now."""
        margins, sizes = self._margins, self._sizes
        first = next((key for sheet in sheets for key in sheet if key != BLANK), "")
        if not first or not (margins or sizes) or self._seen == (first, at):
            return
        self._seen = (first, at)

        def work() -> str:
            try:
                pdf = self._job.make((first,), at)
            except Problem:
                return ""  # said when it is printed
            if paper := lacks(pdf, sizes):
                return _(
                    "This printer does not offer paper of this size ({paper}). Look what lies in "
                    "the tray, and print one page first."
                ).format(paper=paper)
            if margins is not None and outside(pdf, margins):
                return _(
                    "Something on the page lies nearer to the edge than this printer can print, "
                    "and will be cut off. Print one page first and look."
                )
            return ""

        self._tasks.run(
            "slow", self, work, self.warned.emit, self._tasks.failed.emit, latest="edges"
        )
