# SPDX-License-Identifier: Apache-2.0
"""The print dialog over a desk: calibrations and the batch under way are kept in the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.actions import print_run as runs
from desktop.actions.calibration import Calibration, calibration, keep_calibration
from desktop.model.print_run import How, PrintRun, Sheet
from desktop.ui.desk import Desk
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.parts.print_job import Job, Sent

__all__ = ["DeskMemory", "Job", "Sent", "open_print"]


class DeskMemory(QObject):
    """``Memory`` of a desk. ``event_id`` and ``what`` name the paper; without them no batch is
    kept.
    """

    def __init__(self, owner: QObject, desk: Desk, event_id: str = "", what: str = "") -> None:
        super().__init__(owner)
        self._desk, self._event_id, self._what = desk, event_id, what
        self._run: PrintRun | None = None

    def recall(self, printer: str, tray: str, then: Callable[[Calibration], object]) -> None:
        """Tell the calibration of a printer and tray."""
        self._desk.look(
            self, lambda store: calibration(store, printer, tray), then, latest="calibration"
        )

    def keep(self, printer: str, tray: str, chosen: Calibration) -> None:
        """Remember another one."""
        self._desk.act(self, lambda store, by: keep_calibration(store, by, printer, chosen, tray))

    def last(self, then: Callable[[PrintRun | None], object]) -> None:
        """Tell the last batch of this paper."""
        if self._what:
            event_id, what = self._event_id, self._what
            self._desk.look(self, lambda store: runs.last_run(store, event_id, what), then)

    def begin(self, sheets: Sequence[Sheet], how: How, printer: str, reason: str) -> None:
        """Keep a batch before its first sheet."""
        if self._what:
            desk = self._desk
            run = runs.new_run(
                desk.store, desk.by, self._event_id, self._what, sheets, how, printer, reason
            )
            self._run = run
            desk.act(self, lambda store, by: runs.begin_run(store, by, run))

    def sent(self, sheets: int) -> None:
        """Keep how many of its sheets were taken."""
        run = self._run
        if run is not None:
            self._desk.act(self, lambda store, by: runs.keep_sent(store, by, run.id, sheets))

    def over(self) -> None:
        """Keep that all of it came out."""
        run = self._run
        if run is not None:
            self._desk.act(self, lambda store, by: runs.end_run(store, by, run.id))

    def forget(self) -> None:
        """Let go of it."""
        if self._what:
            event_id, what = self._event_id, self._what
            self._desk.act(self, lambda store, by: runs.forget_run(store, by, event_id, what))


def open_print(
    page: QWidget,
    desk: Desk,
    job: Job,
    *,
    event_id: str = "",
    what: str = "",
    taken: Callable[[Sent], object] | None = None,
    to_file: Callable[[tuple[str, ...], str], object] | None = None,
) -> PrintDialog:
    """A print dialog over the desk, not opened yet.

    ``event_id`` and ``what`` name the paper whose batch goes on after a jam or a crash;
    ``taken`` comes after each job a printer took, ``to_file`` when a PDF is wanted instead.
    """
    memory = DeskMemory(page, desk, event_id, what)
    dialog = PrintDialog(page, desk.tasks, job, memory=memory, saves=to_file is not None)
    dialog.destroyed.connect(memory.deleteLater)
    if taken is not None:
        dialog.sent.connect(taken)
    if to_file is not None:
        dialog.file_wanted.connect(to_file)
    return dialog
