# SPDX-License-Identifier: Apache-2.0
"""The print dialog: chooses with the form, prints, watches the paper, and goes on after a jam.

It stays open until the paper is out, or the person lets the printer go on by itself. When a
printer stops, or somebody stops it, it takes back what waits in the queue, asks for the last
sheet that came out well, and goes on at the next; after a crash of the program, too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from desktop.actions.calibration import Calibration
from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.model.print_run import BLANK, PrintRun, sheets_of
from desktop.ui import theme
from desktop.ui.feeding import Printout
from desktop.ui.parts.calibration_form import CalibrationDialog, calibrate
from desktop.ui.parts.print_batch import PrintBatch
from desktop.ui.parts.print_form import PrintForm
from desktop.ui.parts.print_job import Job, Memory
from desktop.ui.parts.print_side import PrinterSide
from desktop.ui.parts.print_watch import PrintWatch
from desktop.ui.printer import Offers, Printer, printers
from desktop.ui.tasks import Tasks
from desktop.ui.widgets.be_date import said
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.label import Label

_WIDE: Final = 900


class PrintDialog(Dialog):
    """``sent`` comes after each job that was taken. Accepted when all pages were.

    ``memory`` remembers calibrations and the batch under way; without it none is offered.
    """

    sent = Signal(object)
    file_wanted = Signal(object, str)
    """The chosen pages are to be saved as a PDF instead, with a reason if they need one."""

    def __init__(
        self,
        parent: QWidget | None,
        tasks: Tasks,
        job: Job,
        *,
        memory: Memory | None = None,
        saves: bool = True,
    ) -> None:
        super().__init__(parent, _("Print"), "", _("Print"), icon="printer")
        self._tasks, self._job, self._memory = tasks, job, memory
        self._printers: tuple[Printer, ...] = ()
        self._looks = True
        self.setMinimumWidth(theme.scaled(_WIDE))
        self.batch = PrintBatch(tasks, job, memory, self)
        self.side = PrinterSide(tasks, job, self)
        self.form = PrintForm(job, self)
        self.watch = PrintWatch(self)
        self.calibrator: CalibrationDialog | None = None
        self._looking = Label(_("Looking for printers…"), tone="quiet", parent=self)
        self.save = Button(
            _("Save as PDF instead"), self._save_instead, icon="download", parent=self
        )
        self._saves = saves
        self.save.setVisible(saves)
        self.again = Button(
            _("The last batch is not whole…"), self._ask_again, icon="history",
            parent=self,
        )  # fmt: skip
        self.again.hide()
        self._last: PrintRun | None = None
        self.body.addWidget(self._looking)
        self.body.addWidget(self.form)
        self.body.addWidget(self.watch)
        self.foot.insertWidget(0, self.save)
        self.foot.insertWidget(1, self.again)
        self._connect()
        self._chose_pages()
        self.verb.setEnabled(False)
        tasks.run("slow", self, printers, self._found, tasks.failed.emit)

    def _connect(self) -> None:
        self.form.changed.connect(self._chose_pages)
        self.form.printer_chosen.connect(lambda _name: self._chose_printer())
        self.form.tray_chosen.connect(lambda _tray: self._chose_tray())
        self.form.adjust_wanted.connect(self._adjust)
        self.watch.stop_wanted.connect(self.batch.stop)
        self.watch.changed.connect(self._name_verb)
        self.watch.dropped.connect(self._drop)
        self.side.offered.connect(self._offered)
        self.side.warned.connect(self.form.warning.setText)
        self.batch.sent.connect(self.sent)
        self.batch.stepped.connect(self._stepped)
        self.batch.heard.connect(self.watch.hear)
        self.batch.over.connect(self._over)
        self.batch.failed.connect(self._failed)

    # ── what is chosen ───────────────────────────────────────────────────────────────────────

    @property
    def looking(self) -> bool:
        """Whether printers are still being looked for."""
        return self._looks

    def _chose_pages(self) -> None:
        try:
            chosen = self.form.chosen()
        except Problem as problem:
            self.form.show_wrong_pages(str(problem))
            return
        self.form.show_wrong_pages("")
        self.batch.sheets = sheets_of(chosen, self.form.how())
        self.form.reason_needed(bool(self.batch.printed.intersection(chosen)))
        self.side.look(self.batch.sheets, self.form.calibration())
        self._name_verb()

    def _name_verb(self) -> None:
        if self.watch.asking:
            good = self.watch.last_good() or 0
            self.verb.setText(_("Go on from sheet {number}").format(number=good + 1))
            self.verb.setEnabled(good < len(self.batch.sheets))
            return
        count = len(self.batch.sheets)
        words = ngettext("Print {count} sheet", "Print {count} sheets", count)
        self.verb.setText(words.format(count=count))

    def _found(self, found: tuple[Printer, ...]) -> None:
        self._printers, self._looks = found, False
        self._looking.setVisible(not found)
        self.form.setVisible(bool(found) or bool(self._job.sets))
        self.form.printer_field.setVisible(bool(found))
        if not found:
            self._looking.setText(
                _(
                    "There is no printer on this computer. Connect one and open this again, or "
                    "save the PDF and print it elsewhere."
                )
            )
            self.save.setFocus()
            return
        self.form.show_printers(found)
        self.verb.setEnabled(not self.batch.running)
        self.verb.setFocus()
        self._chose_printer()
        if self._memory is not None:
            self._memory.last(self._remember)

    def _printer(self) -> Printer | None:
        name = self.form.printer.value()
        return next((one for one in self._printers if one.name == name), None)

    def _chose_printer(self) -> None:
        self.side.ask(self._printer())
        self._chose_tray()

    def _offered(self, found: Offers) -> None:
        self.form.show_offers(found)
        if not self.watch.asking and not self.batch.running:
            self._chose_pages()

    def _chose_tray(self) -> None:
        printer = self._printer()
        if printer is not None and self._memory is not None:
            tray = str(self.form.tray.value() or "")
            self._memory.recall(printer.name, tray, self.form.show_calibration)

    # ── printing ─────────────────────────────────────────────────────────────────────────────

    def _press(self) -> None:
        self.wrong(self._go_on() if self.watch.asking else self._start())

    def _start(self) -> str:
        """Begin to print; returns what is missing, empty when it began."""
        printer = self._printer()
        if printer is None or self.batch.running:
            return ""
        if wrong := self.form.wrong():
            return wrong
        keys = self.form.chosen()
        reason = ""
        if self.batch.printed.intersection(keys):
            if missing := self.form.reasons.missing():
                return missing
            reason = self.form.reasons.reason()
        self.batch.how = self.form.how()
        self.batch.sheets = sheets_of(keys, self.batch.how)
        self.batch.reason = reason
        if not self.batch.sheets:
            return _("Nothing is left to print: choose other pages.")
        at = self.form.calibration()
        if self._memory is not None:
            if self.form.calibration_changed:
                self._memory.keep(printer.name, self.batch.how.tray, at)
                self.form.show_calibration(at)
            self._memory.begin(self.batch.sheets, self.batch.how, printer.name, reason)
        self._print(printer, 0)
        return ""

    def _go_on(self) -> str:
        """Print from the sheet after the last good one."""
        printer, good = self._printer(), self.watch.last_good()
        if wrong := self.watch.wrong():
            return wrong
        if printer is None or good is None or self.batch.running:
            return ""
        known = self._job.every()
        rest = [
            sheet
            for sheet in self.batch.sheets[good:]
            if all(key == BLANK or key in known for key in sheet)
        ]
        self.batch.sheets = (*self.batch.sheets[:good], *rest)
        if self._memory is not None:
            self._memory.begin(self.batch.sheets, self.batch.how, printer.name, self.batch.reason)
            self._memory.sent(good)
        if good == len(self.batch.sheets):
            self._done()
        else:
            self._print(printer, good, resumed=True)
        return ""

    def _print(self, printer: Printer, start: int, *, resumed: bool = False) -> None:
        self._busy(True)
        self.watch.begin(printer.name)
        self.batch.run(printer, self.form.calibration(), start, resumed=resumed)

    def _stepped(self, taken: int, printed: int) -> None:
        self.watch.step(taken, printed, len(self.batch.sheets))
        if self.batch.all_taken:
            self.stay.setText(_("Close, let it print"))
            self.stay.show()

    def _over(self, out: Printout) -> None:
        self._ended()
        if out.done == out.total and (out.whole or self.batch.left):
            self._done()
        else:
            self._halt(out)

    def _failed(self, error: Exception) -> None:
        self._ended()
        if not isinstance(error, Problem):
            self._tasks.failed.emit(error)
        elif self.batch.taken:
            total = len(self.batch.sheets)
            self._halt(Printout(self.batch.taken, total, str(error), self.batch.begun))
        else:
            self.wrong(str(error))

    def _done(self) -> None:
        if self._memory is not None:
            self._memory.over()
        self.accept()

    # ── when it stopped ──────────────────────────────────────────────────────────────────────

    def _halt(self, out: Printout) -> None:
        if out.pause:
            ahead = min(self.batch.how.pause_every, out.total - out.done)
            self.watch.ask_for_paper(ahead, out.done, out.total)
        elif not out.done:
            self.wrong(out.trouble or _("Stopped."))
            if self._memory is not None:
                self._memory.forget()
        else:
            why = out.trouble or _("Stopped.")
            self.watch.ask(why, out.total, max(out.printed, 0), self._on_sheet)
        self._show_asking()

    def _remember(self, run: PrintRun | None) -> None:
        """The batch that was under way when the program ended, or the last one."""
        if run is None or self.batch.running or not run.keys & self._job.every():
            return
        self._last = run
        if run.over:
            self.again.show()
        else:
            self._ask_again()

    def _ask_again(self) -> None:
        run = self._last
        if run is None:
            return
        self.batch.sheets, self.batch.how, self.batch.reason = run.sheets, run.how, run.reason
        self.form.printer.set_value(run.printer)
        self._chose_printer()
        self.batch.sheets = run.sheets
        began = datetime.fromisoformat(run.at).astimezone()
        words = _("A batch of {total} sheets began on {day} at {time}.").format(
            total=len(run.sheets), day=said(began.date()), time=f"{began:%H:%M}"
        )
        self.watch.ask(words, len(run.sheets), run.sent, self._on_sheet)
        self._show_asking()

    def _on_sheet(self, number: int) -> str:
        """What is on a sheet of the batch, from 1."""
        if self._job.label is None or not 1 <= number <= len(self.batch.sheets):
            return ""
        known = self._job.every()
        return " · ".join(
            self._job.label(key) for key in self.batch.sheets[number - 1] if key in known
        )

    def _drop(self) -> None:
        """The rest is not printed: back to the form."""
        if self._memory is not None:
            self._memory.forget()
        self._last = None
        self.watch.card.hide()
        self.wrong("")
        self._show_asking()
        self._chose_pages()

    def _show_asking(self) -> None:
        asking = self.watch.asking
        for part in (self.form, self.save, self.again):
            part.setEnabled(not asking)
        self.form.setVisible(not asking)
        self.save.setVisible(not asking and self._saves)
        self.again.setVisible(not asking and self._last is not None)
        self._name_verb()
        self.fit()

    # ── the rest ─────────────────────────────────────────────────────────────────────────────

    def _adjust(self) -> None:
        printer, memory, how = self._printer(), self._memory, self.form.how()
        if printer is None or memory is None:
            return

        def kept(chosen: Calibration) -> None:
            memory.keep(printer.name, how.tray, chosen)
            self.form.show_calibration(chosen)
            self.side.look(self.batch.sheets, self.form.calibration())

        self.calibrator = calibrate(
            self, self._tasks, self._job, printer, how, self.form.calibration(), kept
        )
        if self.calibrator is not None:
            self.calibrator.finished.connect(self._adjusted)

    def _adjusted(self, _result: int) -> None:
        self.calibrator = None

    def _busy(self, busy: bool) -> None:
        for part in (self.form, self.save, self.again):
            part.setEnabled(not busy)
        self.form.setVisible(not busy)
        self.save.setVisible(not busy and self._saves)
        if busy:
            self.again.hide()
        self.verb.setEnabled(not busy and bool(self._printers))
        self.verb.setVisible(not busy)
        self.stay.setVisible(not busy)  # the bar has the way to stop
        self.fit()

    def _ended(self) -> None:
        self.stay.setText(_("Cancel"))
        self.watch.end()
        self._busy(False)

    def reject(self) -> None:
        """Esc and Cancel: while it prints they stop it, and the dialog says how far it came.

        Once everything went to the printer they leave it to the printer.
        """
        if not self.batch.running:
            super().reject()
        elif self.batch.all_taken:
            self.batch.leave()
        else:
            self.batch.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.batch.running:
            self.reject()
            event.ignore()
        else:
            super().closeEvent(event)

    def _save_instead(self) -> None:
        try:
            keys = self.form.chosen()
        except Problem as problem:
            self.wrong(str(problem))
            return
        again = self.batch.printed.intersection(keys)  # whoever writes asks for a reason then
        self.file_wanted.emit(keys, self.form.reasons.reason() if again else "")
        self.reject()
