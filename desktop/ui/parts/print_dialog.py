# SPDX-License-Identifier: Apache-2.0
"""The print dialog: which printer, which pages, in what order, and where the text falls.

It stays open while it prints and says how far it is. When a printer goes away or the person
stops it, the pages that were taken are told at once and the field holds those that are left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.calibration import Calibration
from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.page_range import read_range, write_range
from desktop.ui.parts.calibration_form import CalibrationForm
from desktop.ui.parts.reason_pick import ReasonPick
from desktop.ui.printer import Printer, Printout, print_batch, printers, send
from desktop.ui.tasks import Cancelled, Task, Tasks
from desktop.ui.tasks import Progress as Steps
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Choice, Field, NumberEdit, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.progress import Progress

MOST_COPIES: Final = 99
_WIDEST: Final = 1040


@dataclass(frozen=True, slots=True)
class Job:
    """What can be printed. A key stands for one page."""

    title: str
    """Seen by the print system: never the name of a person."""
    keys: Callable[[str, str], tuple[str, ...]]
    """The pages of a set (``sets``) in an order (``orders``)."""
    make: Callable[[tuple[str, ...], Calibration], bytes]
    """The PDF of some of them. Called off the GUI thread."""
    sets: tuple[tuple[str, str], ...] = ()
    orders: tuple[tuple[str, str], ...] = ()
    order: str = ""
    """The order offered first."""
    printed: frozenset[str] = frozenset()
    """Pages that were printed before: these need a reason."""
    grid: Callable[[Calibration], bytes] | None = None
    """The test page, where text may have to meet a border that is printed already."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Pages a printer has taken."""

    keys: tuple[str, ...]
    printer: str
    copies: int
    reason: str


class PrintDialog(Dialog):
    """``sent`` comes after each job that was taken. Accepted when all pages were.

    ``remembered`` is asked for the calibration of a printer and told of a new one; without it
    none is offered.
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
        remember: Callable[[str, Callable[[Calibration], object]], object] | None = None,
        keep: Callable[[str, Calibration], object] | None = None,
        saves: bool = True,
    ) -> None:
        super().__init__(parent, _("Print"), "", _("Print"), icon="printer")
        self._tasks, self._job = tasks, job
        self._remember, self._keep = remember, keep
        self._task: Task | None = None
        self._printers: tuple[Printer, ...] = ()
        self._printed = job.printed
        self._told = 0
        self._looks = True
        self.setMinimumWidth(min(_WIDEST, theme.scaled(560 if job.grid is None else 860)))
        self.printer = Choice(parent=self)
        self.which = Choice(job.sets, parent=self)
        self.order = Choice(job.orders, job.order, self)
        self.pages = TextEdit(longest=200, parent=self)
        self.copies = NumberEdit(1, least=1, most=MOST_COPIES, parent=self)
        self.reasons = ReasonPick(self)
        self.progress = Progress(parent=self)
        self.calibration: CalibrationForm | None = None
        self._looking = Label(_("Looking for printers…"), tone="quiet", parent=self)
        self.save = Button(
            _("Save as PDF instead"), self._save_instead, icon="download", parent=self
        )
        self.save.setVisible(saves)
        self._lay()
        self.printer.chose.connect(lambda _name: self._chose_printer())
        self.which.chose.connect(lambda _which: self._chose_pages(anew=True))
        self.order.chose.connect(lambda _order: self._chose_pages(anew=True))
        self.pages.textChanged.connect(lambda _text: self._chose_pages())
        self.progress.cancelled.connect(self._stop)
        self._chose_pages(anew=True)
        self.verb.setEnabled(False)
        tasks.run("slow", self, printers, self._found, self._lost)

    # ── parts ────────────────────────────────────────────────────────────────────────────────

    def _lay(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        self._printer_field = Field(_("Printer"), self.printer, parent=self)
        self._printer_field.hide()
        left.addWidget(self._looking)
        left.addWidget(self._printer_field)
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
        self._pages_field = Field(
            _("Page numbers"), self.pages, _("Empty: all. Otherwise like 1-20, 25"), parent=self
        )
        self._copies_field = Field(_("Copies"), self.copies, " ", parent=self)
        row.addWidget(self._pages_field, 1)
        row.addWidget(self._copies_field)
        left.addLayout(row)
        left.addWidget(self.reasons)
        left.addStretch()
        left.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        across = QHBoxLayout()
        across.setSpacing(20)
        across.addLayout(left, 1)
        if self._job.grid is not None:
            self.calibration = CalibrationForm(self)
            self.calibration.try_out.connect(self._print_grid)
            across.addWidget(self.calibration)
        self.body.addLayout(across)
        self.body.addWidget(self.progress)

    # ── what is chosen ───────────────────────────────────────────────────────────────────────

    @property
    def keys(self) -> tuple[str, ...]:
        """Every page of the set in its order."""
        return self._job.keys(str(self.which.value() or ""), str(self.order.value() or ""))

    def chosen(self) -> tuple[str, ...]:
        """The pages to be printed. Raises the Problem of a range that is none."""
        keys = self.keys
        return tuple(keys[index] for index in read_range(self.pages.text(), len(keys)))

    def _chose_pages(self, *, anew: bool = False) -> None:
        if anew:
            self.pages.clear()
        try:
            chosen = self.chosen()
        except Problem as problem:
            self._pages_field.set_error(str(problem))
            return
        self._pages_field.set_error()
        words = ngettext("Print {count} page", "Print {count} pages", len(chosen))
        self.verb.setText(words.format(count=len(chosen)))
        self.reasons.setVisible(bool(self._printed.intersection(chosen)))

    @property
    def looking(self) -> bool:
        """Whether printers are still being looked for."""
        return self._looks

    def _found(self, found: tuple[Printer, ...]) -> None:
        self._printers, self._looks = found, False
        self._looking.setVisible(not found)
        self._printer_field.setVisible(bool(found))
        if self.calibration is not None:
            self.calibration.setVisible(bool(found))
        if not found:
            self._looking.setText(
                _(
                    "There is no printer on this computer. Connect one and open this again, or "
                    "save the PDF and print it elsewhere."
                )
            )
            self.save.setFocus()
            return
        self.printer.set_options([(one.name, one.name) for one in found], found[0].name)
        self.verb.setEnabled(self._task is None)
        self.verb.setFocus()
        self._chose_printer()

    def _lost(self, error: Exception) -> None:
        self._tasks.failed.emit(error)

    def _chosen_printer(self) -> Printer | None:
        name = self.printer.value()
        return next((one for one in self._printers if one.name == name), None)

    def _chose_printer(self) -> None:
        printer, form = self._chosen_printer(), self.calibration
        if printer is not None and form is not None and self._remember is not None:
            self._remember(printer.name, form.show_calibration)

    # ── printing ─────────────────────────────────────────────────────────────────────────────

    def _press(self) -> None:
        sentence = self._start()
        self.wrong(sentence)

    def _start(self) -> str:
        """Begin to print; returns what is missing, empty when it began."""
        printer, copies = self._chosen_printer(), self.copies.number()
        if printer is None or self._task is not None:
            return ""
        try:
            keys = self.chosen()
        except Problem as problem:
            return str(problem)
        if copies is None:
            return _("Type how many copies: 1 to {most}.").format(most=MOST_COPIES)
        reason = ""
        if self._printed.intersection(keys):
            if missing := self.reasons.missing():
                return missing
            reason = self.reasons.reason()
        placed = Calibration()
        if self.calibration is not None:
            if wrong := self.calibration.wrong():
                return wrong
            placed = self.calibration.calibration()
            if self._keep is not None and self.calibration.changed:
                self._keep(printer.name, placed)
        self._print(printer, keys, copies, reason, placed)
        return ""

    def _print(
        self, printer: Printer, keys: tuple[str, ...], copies: int, reason: str, at: Calibration
    ) -> None:
        job = self._job
        self._told = 0
        self._busy(True)
        self.progress.start(_("Sending to {printer}").format(printer=printer.name))

        def work(step: Steps, stop: Cancelled) -> Printout:
            return print_batch(
                printer,
                len(keys),
                lambda first, last: job.make(keys[first:last], at),
                title=job.title,
                copies=copies,
                progress=step,
                cancelled=stop,
            )

        def stepped(done: int, total: int) -> None:
            self.progress.step(done, total)
            fresh = keys[self._told : done]
            self._told = done
            self._printed |= set(fresh)
            self.sent.emit(Sent(fresh, printer.name, copies, reason))

        def then(out: Printout) -> None:
            self._ended()
            if out.done == out.total:
                self.accept()
            else:
                self._rest(keys, out)

        def failed(error: Exception) -> None:
            self._ended()
            if isinstance(error, Problem):
                self.wrong(str(error))
            else:
                self._tasks.failed.emit(error)

        self._task = self._tasks.long(self, work, then, failed, stepped)

    def _rest(self, keys: tuple[str, ...], out: Printout) -> None:
        """Stopped: leave the pages that were not taken in the field."""
        every = self.keys
        left = [every.index(key) for key in keys[out.done :]]
        self.pages.setText(write_range(left))
        words = out.trouble or _("Stopped.")
        if out.done:
            taken = ngettext(
                "{count} page was sent; the field holds the rest.",
                "{count} pages were sent; the field holds the rest.",
                out.done,
            )
            words = f"{words} {taken.format(count=out.done)}"
        self.wrong(words)

    def _print_grid(self) -> None:
        printer, form, grid = self._chosen_printer(), self.calibration, self._job.grid
        if printer is None or form is None or grid is None or self._task is not None:
            return
        if wrong := form.wrong():
            self.wrong(wrong)
            return
        self.wrong("")
        at = form.calibration()
        if self._keep is not None and form.changed:
            self._keep(printer.name, at)
        self._busy(True)
        self.progress.start(_("Sending to {printer}").format(printer=printer.name))

        def failed(error: Exception) -> None:
            self._ended()
            if isinstance(error, Problem):
                self.wrong(str(error))
            else:
                self._tasks.failed.emit(error)

        self._task = self._tasks.long(
            self,
            lambda _step, _stop: send(printer, grid(at), title=_("Test page")),
            lambda _nothing: self._ended(),
            failed,
        )

    def _busy(self, busy: bool) -> None:
        parts: list[QWidget] = [self.printer, self.which, self.order, self.pages, self.copies]
        parts += [
            self.reasons,
            self.save,
            *([self.calibration] if self.calibration is not None else []),
        ]
        for part in parts:
            part.setEnabled(not busy)
        self.verb.setEnabled(not busy and bool(self._printers))
        self.stay.setVisible(not busy)  # the bar has the way to stop

    def _ended(self) -> None:
        self._task = None
        self.progress.finish()
        self._busy(False)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def reject(self) -> None:
        """Esc and Cancel: while it prints they stop it, and the dialog says how far it came."""
        if self._task is not None:
            self._stop()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task is not None:
            self._stop()
            event.ignore()
        else:
            super().closeEvent(event)

    def _save_instead(self) -> None:
        try:
            keys = self.chosen()
        except Problem as problem:
            self.wrong(str(problem))
            return
        reason = ""
        if self._printed.intersection(keys):
            if missing := self.reasons.missing():
                self.wrong(missing)
                return
            reason = self.reasons.reason()
        self.file_wanted.emit(keys, reason)
        self.reject()
