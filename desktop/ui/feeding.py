# SPDX-License-Identifier: Apache-2.0
"""A long batch on its way to a printer: small jobs, no more than two ahead of the paper.

So it can be stopped, it is known which sheets were taken, and after a jam little is still on its
way that must be taken back.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.model.print_run import How, Sheet, batch_end, pages_of, pauses_at
from desktop.ui import cups
from desktop.ui.printer import Printer, PrinterGone, send, sentence_of

BATCH: Final = 20
"""Sheets of one job: what is lost at most when a printer goes away in the middle."""
AHEAD: Final = 2
"""Jobs a queue may hold of us: one under way, one ready."""
_GLANCE: Final = 0.2
"""Seconds between two looks at a queue at first; later a second."""
_BRIEF: Final = 20
"""So many looks are brief ones."""


@dataclass(frozen=True, slots=True)
class Printout:
    """How far a batch came, in sheets from its beginning."""

    done: int
    """Sheets the printer took."""
    total: int
    trouble: str = ""
    """The sentence of why it ended before its end; empty when a person stopped it."""
    printed: int = 0
    """Sheets of which the print system says that they are through."""
    pause: bool = False
    """It waits for paper to be loaded."""

    @property
    def whole(self) -> bool:
        return self.done == self.total == self.printed


def print_sheets(  # noqa: PLR0913 - all by name
    printer: Printer,
    sheets: Sequence[Sheet],
    make: Callable[[tuple[str, ...]], bytes],
    how: How,
    *,
    title: str,
    start: int = 0,
    progress: Callable[[int, int], None] | None = None,
    said: Callable[[cups.Trouble], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    left: Callable[[], bool] | None = None,
) -> Printout:
    """Print the sheets from index ``start`` on in jobs; ``make(pages)`` is the PDF of some.

    ``progress(sheets taken, sheets printed)`` comes after each job that was taken and each that
    is through; ``said`` when the printer says something else than before (out of paper, jammed).
    It ends when all is through, at a pause, when somebody stops it, or when the queue stands
    still; then what waits in the queue is taken back, so that nothing comes out twice. ``left``:
    somebody leaves it to the printer, which has everything. For a thread.
    """
    feeding = _Feeding(printer, sheets, make, how, title, start)
    feeding.progress = progress or feeding.progress
    feeding.said = said or feeding.said
    return feeding.run(cancelled or _never, left or _never)


class _Feeding:
    def __init__(
        self,
        printer: Printer,
        sheets: Sequence[Sheet],
        make: Callable[[tuple[str, ...]], bytes],
        how: How,
        title: str,
        start: int,
    ) -> None:
        self._printer, self._sheets, self._make = printer, sheets, make
        self._how, self._title, self._start = how, title, start
        self._done = self._printed = start
        self._waiting: deque[tuple[str, int]] = deque()
        """Names of jobs that are not through, and up to which sheet each goes."""
        self._heard: cups.Trouble = ""
        self._glances = 0
        self.progress: Callable[[int, int], None] = lambda _done, _printed: None
        self.said: Callable[[cups.Trouble], None] = lambda _trouble: None

    @property
    def _total(self) -> int:
        return len(self._sheets)

    @property
    def _pauses(self) -> bool:
        """Whether paper is to be loaded before the next sheet."""
        return pauses_at(self._start, self._done, self._total, self._how)

    def run(self, cancelled: Callable[[], bool], left: Callable[[], bool]) -> Printout:
        """Feed until the end, or until something ends it."""
        if self._printer.queue and cups.state(self._printer.name) == "stopped":
            cups.wake(self._printer.name)
        while self._printed < self._total:
            if cancelled():
                return self._halted("")
            if self._done == self._total and left():
                return self._out()
            try:
                self._send()
            except PrinterGone as gone:
                return self._halted(str(gone))
            self._collect()
            if not self._waiting:
                if self._pauses:
                    return self._out(pause=True)
            elif trouble := self._trouble():
                return self._halted(trouble)
            else:
                self._wait()
        return self._out()

    def _send(self) -> None:
        """Give the printer one more job, when it has room for one."""
        if self._done == self._total or self._pauses or len(self._waiting) >= AHEAD:
            return
        end = batch_end(self._start, self._done, self._total, BATCH, self._how)
        pdf = self._make(pages_of(self._sheets[self._done : end]))
        job = send(self._printer, pdf, title=self._title, how=self._how)
        self._done = end
        self._waiting.append((job, end))
        self.progress(self._done, self._printed)

    def _collect(self) -> None:
        """Count the jobs that are through."""
        name = self._printer.name
        left = cups.unfinished(name) if self._printer.queue else frozenset()
        if left is None:
            return  # it does not answer now: nothing is known
        before = self._printed
        while self._waiting and self._waiting[0][0] not in left:
            job = self._waiting[0][0]
            if job and cups.given_up(name, [job]):
                break
            self._printed = self._waiting.popleft()[1]
        if self._printed > before:
            self._glances = 0
            self.progress(self._done, self._printed)

    def _trouble(self) -> str:
        """Why it cannot go on, as a sentence; what the printer says meanwhile is told."""
        name = self._printer.name
        jobs = [job for job, _upto in self._waiting if job]
        trouble = cups.state(name)
        if trouble == "stopped" or cups.given_up(name, jobs):
            return sentence_of("stopped", name)
        if trouble != self._heard:
            self._heard = trouble
            self.said(trouble)
        return ""

    def _wait(self) -> None:
        if self._done < self._total and not self._pauses and len(self._waiting) < AHEAD:
            return
        self._glances += 1
        time.sleep(_GLANCE if self._glances < _BRIEF else 1.0)

    def _halted(self, trouble: str) -> Printout:
        """Take back what waits."""
        cups.withdraw([job for job, _upto in self._waiting if job])
        return self._out(trouble)

    def _out(self, trouble: str = "", *, pause: bool = False) -> Printout:
        return Printout(self._done, self._total, trouble, self._printed, pause)


def _never() -> bool:
    return False
