# SPDX-License-Identifier: Apache-2.0
"""A batch going to a printer: sheets made, sent, told of, and remembered for after a crash."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.actions.calibration import Calibration
from desktop.model.print_run import BLANK, How, Sheet
from desktop.store import codelist
from desktop.ui.feeding import Printout, print_sheets
from desktop.ui.parts.print_job import Job, Memory, Sent
from desktop.ui.pdf import Pages
from desktop.ui.printer import Printer, sentence_of
from desktop.ui.tasks import Cancelled, Task, Tasks
from desktop.ui.tasks import Progress as Steps

_SPOILT: Final = "spoilt"


class PrintBatch(QObject):
    """Sheets in the order they come out. One run at a time; ``run`` again goes on."""

    sent = Signal(object)
    """``Sent`` after each job that was taken."""
    stepped = Signal(int, int)
    """Sheets taken, sheets printed."""
    heard = Signal(str)
    """What the printer says now; empty when it says nothing any more."""
    over = Signal(object)
    """``Printout``: how far it came."""
    failed = Signal(object)

    def __init__(
        self, tasks: Tasks, job: Job, memory: Memory | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks, self._job, self._memory = tasks, job, memory
        self._task: Task | None = None
        self.sheets: tuple[Sheet, ...] = ()
        self.how = How()
        self.reason = ""
        """Why pages that were printed before are printed again."""
        self.printed = job.printed
        self.begun = 0
        """The sheet this run began at, from 0."""
        self.taken = 0
        self.left = False
        """Whether the rest is left to the printer."""
        self._resumed = False

    @property
    def running(self) -> bool:
        return self._task is not None

    @property
    def all_taken(self) -> bool:
        """Whether the printer has everything."""
        return self.taken == len(self.sheets)

    def stop(self) -> None:
        """Take back what waits, and end."""
        if self._task is not None:
            self._task.cancel()

    def leave(self) -> None:
        """Everything is with the printer: watch no longer."""
        self.left = True

    def run(
        self, printer: Printer, at: Calibration, start: int = 0, *, resumed: bool = False
    ) -> None:
        """Print from the sheet of that index on; ``resumed`` after some of it was sent before."""
        job, sheets, how = self._job, self.sheets, self.how
        self.begun = self.taken = start
        self.left, self._resumed = False, resumed
        told: set[str] = set()

        def make(pages: tuple[str, ...]) -> bytes:
            wanted = tuple(page for page in pages if page != BLANK)
            pdf = job.make(wanted, at)
            if len(wanted) == len(pages):
                return pdf
            with Pages(pdf) as some:
                return some.with_blanks([page == BLANK for page in pages])

        def work(step: Steps, stop: Cancelled) -> Printout:
            return print_sheets(
                printer, sheets, make, how, title=job.title, start=start, progress=step,
                said=lambda trouble: self.heard.emit(sentence_of(trouble, printer.name)),
                cancelled=stop, left=lambda: self.left,
            )  # fmt: skip

        def stepped(taken: int, printed: int) -> None:
            fresh = [key for sheet in sheets[self.taken : taken] for key in sheet if key != BLANK]
            if taken > self.taken:
                self.taken = taken
                if self._memory is not None:
                    self._memory.sent(taken)
            self._tell(printer, [key for key in fresh if key not in told])
            told.update(fresh)
            self.stepped.emit(taken, printed)

        def then(out: Printout) -> None:
            self._task = None
            self.over.emit(out)

        def failed(error: Exception) -> None:
            self._task = None
            self.failed.emit(error)

        self._task = self._tasks.long(self, work, then, failed, stepped)

    def _tell(self, printer: Printer, keys: Iterable[str]) -> None:
        """Say what was taken, in groups that share their reason and number of copies."""
        every = [key for sheet in self.sheets[self.begun :] for key in sheet]
        groups: dict[tuple[str, int], list[str]] = {}
        for key in dict.fromkeys(keys):
            reason = self.reason
            if self._resumed:
                # After a jam: what was sent before comes out once more, and the register says why.
                reason = (reason or _jam_word()) if key in self.printed else ""
            groups.setdefault((reason, every.count(key)), []).append(key)
        for (reason, copies), some in groups.items():
            plates = self._job.plates(tuple(some)) if self._job.plates is not None else {}
            self.sent.emit(Sent(tuple(some), printer.name, copies, reason, plates))
            self.printed |= set(some)


def _jam_word() -> str:
    """The reason of a page that is printed again after a jam, as the register has it."""
    code = codelist.code("reprint_reason", _SPOILT)
    return code.th if code is not None else _SPOILT
