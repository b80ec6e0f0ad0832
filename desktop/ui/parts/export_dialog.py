# SPDX-License-Identifier: Apache-2.0
"""Certificates into files: which, in what shape, with or without names and a signature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.export import Exported, Piece, Shape, export
from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.page_range import read_range
from desktop.ui.parts.print_job import Sent
from desktop.ui.parts.reason_pick import ReasonPick
from desktop.ui.parts.signer_dialog import SignerDialog
from desktop.ui.pdf import joined
from desktop.ui.tasks import Cancelled, Task
from desktop.ui.tasks import Progress as Steps
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Choice, Field, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from desktop.actions.certificate_pdf import CertificatePages
    from desktop.actions.signature import SignerCard
    from desktop.ui.desk import Desk

FILE: Final = "PDF"
"""Stands in the register where a printer's name would."""


@dataclass(frozen=True, slots=True)
class ExportJob:
    """What can be written. A key is the id of a certificate."""

    pages: CertificatePages
    pieces: Mapping[str, Piece]
    keys: Callable[[str, str], tuple[str, ...]]
    """The certificates of a set in an order."""
    sets: tuple[tuple[str, str], ...]
    orders: tuple[tuple[str, str], ...]
    order: str
    printed: frozenset[str]
    """Those printed or saved before: these need a reason."""


class ExportDialog(Dialog):
    """``written`` comes with what is in files. Accepted when all is; stopped, it can go on."""

    written = Signal(object)
    failed = Signal(object)
    """What kept pages from being made or written."""

    def __init__(self, parent: QWidget, desk: Desk, job: ExportJob, *, reason: str = "") -> None:
        super().__init__(parent, _("Save as PDF"), "", _("Choose where to save…"), icon="download")
        self.setMinimumWidth(theme.scaled(640))
        self._desk, self._job = desk, job
        self._task: Task | None = None
        self._printed = job.printed
        self._resume: tuple[Path, tuple[str, ...], int] | None = None
        self._card: SignerCard | None = None
        self.which = Choice(job.sets, parent=self)
        self.order = Choice(job.orders, job.order, self)
        self.pages = TextEdit(longest=200, parent=self)
        self.shape = Choice(
            (
                ("one", _("One PDF with all of them")),
                ("folder", _("A PDF for each, in a folder")),
                ("zip", _("A PDF for each, in one zip file")),
            ),
            "one",
            self,
        )
        self.named = Tick(_("Put the recipient's name into the file names"), parent=self)
        self.named_why = Label(
            _(
                "Without it the files are named by number, as 2562-0012.pdf: whoever sees the "
                "list of files does not see who was there."
            ),
            "small",
            "quiet",
            parent=self,
        )
        self.sign = Tick(_("Sign with the office's electronic signature"), parent=self)
        self.signer = Label("", "small", "quiet", parent=self)
        self.set_up = Button(_("Set up…"), self._set_up, icon="signature", parent=self)
        self.reasons = ReasonPick(self, label=_("Why they are printed again"))
        if reason:
            self.reasons.more.setText(reason)
        self.progress = Progress(parent=self)
        self._lay()
        self.which.chose.connect(lambda _which: self._changed(anew=True))
        self.order.chose.connect(lambda _order: self._changed(anew=True))
        self.pages.textChanged.connect(lambda _text: self._changed())
        self.shape.chose.connect(lambda _shape: self._changed())
        self.sign.toggled.connect(self._wants_signature)
        self.progress.cancelled.connect(self._stop)
        self._changed()
        self._look_for_signer()

    def _lay(self) -> None:
        self._form = QWidget(self)
        inner = QVBoxLayout(self._form)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        for label, pick, options in (
            (_("Which"), self.which, self._job.sets),
            (_("Order"), self.order, self._job.orders),
        ):
            field = Field(label, pick, parent=self)
            field.setHidden(len(options) < 2)
            row.addWidget(field, 1)
        inner.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._pages_field = Field(
            _("Page numbers"), self.pages, _("Empty: all. Otherwise like 1-20, 25"), parent=self
        )
        row.addWidget(self._pages_field, 1)
        row.addWidget(Field(_("Files"), self.shape, " ", parent=self), 1)
        inner.addLayout(row)
        inner.addWidget(self.named)
        inner.addWidget(self.named_why)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.sign, 1)
        row.addWidget(self.set_up)
        inner.addLayout(row)
        inner.addWidget(self.signer)
        inner.addWidget(self.reasons)
        self.body.addWidget(self._form)
        self.body.addWidget(self.progress)

    # ── what is chosen ───────────────────────────────────────────────────────────────────────

    def chosen(self) -> tuple[str, ...]:
        """The certificates of the range. Raises the Problem of a range that is none."""
        keys = self._job.keys(str(self.which.value() or ""), str(self.order.value() or ""))
        return tuple(keys[index] for index in read_range(self.pages.text(), len(keys)))

    def _changed(self, *, anew: bool = False) -> None:
        if anew:
            self.pages.clear()
        apart = self.shape.value() != "one"
        self.named.setVisible(apart)
        self.named_why.setVisible(apart)
        self.fit()
        try:
            chosen = self.chosen()
        except Problem as problem:
            self._pages_field.set_error(str(problem))
            return
        self._pages_field.set_error()
        self._resume = None
        words = ngettext(
            "Choose where to save {count} certificate…",
            "Choose where to save {count} certificates…",
            len(chosen),
        )
        self.verb.setText(words.format(count=len(chosen)))
        self.reasons.setVisible(bool(self._printed.intersection(chosen)))

    # ── the signature ────────────────────────────────────────────────────────────────────────

    def _look_for_signer(self) -> None:
        from desktop.actions.signature import signer

        def then(card: SignerCard | None) -> None:
            self._card = card
            words = _("No signature is set up on this computer.")
            if card is not None:
                words = _("Signs as {name}, until {day}").format(name=card.name, day=said(card))
            self.signer.setText(words)
            self.set_up.setText(_("Set up…") if card is None else _("Change…"))
            if card is None:
                self.sign.setChecked(False)

        self._desk.look(self, signer, then)

    def _wants_signature(self, wanted: bool) -> None:
        if wanted and self._card is None:
            self._set_up()

    def _set_up(self) -> None:
        dialog = SignerDialog(self, self._desk, self._card)
        dialog.finished.connect(lambda _result: self._look_for_signer())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ── writing ──────────────────────────────────────────────────────────────────────────────

    def _press(self) -> None:
        if self._task is not None:
            return
        if self._resume is not None:
            self.write_to(*self._resume)
            return
        try:
            keys = self.chosen()
        except Problem as problem:
            self.wrong(str(problem))
            return
        if self._printed.intersection(keys) and (missing := self.reasons.missing()):
            self.wrong(missing)
            return
        self.wrong("")
        if place := self._ask_place():
            self.write_to(place, keys)

    def _ask_place(self) -> Path | None:
        shape, stem = self.shape.value(), _("certificates")
        if shape == "folder":
            name = QFileDialog.getExistingDirectory(self, _("Choose a folder"))
        elif shape == "zip":
            name, _kind = QFileDialog.getSaveFileName(
                self, _("Save as zip"), f"{stem}.zip", "ZIP (*.zip)"
            )
        else:
            name, _kind = QFileDialog.getSaveFileName(
                self, _("Save as PDF"), f"{stem}.pdf", "PDF (*.pdf)"
            )
        return Path(name) if name else None

    def write_to(self, place: Path, keys: tuple[str, ...], start: int = 0) -> None:
        """Write the certificates from index ``start`` on, and tell what is in files."""
        job, desk = self._job, self._desk
        shape: Shape = self.shape.value()
        named, signs = self.named.isChecked(), self.sign.isChecked()
        again = bool(self._printed.intersection(keys))
        reason = self.reasons.reason() if again else ""
        pieces = [job.pieces[key] for key in keys]
        reached = [start]
        self._busy(True)
        self.progress.start(_("Making the certificates"))

        def work(step: Steps, stop: Cancelled) -> Exported:
            from desktop.actions.signature import signing

            return export(
                job.pages, pieces, place, shape, join=joined, named=named,
                sign=signing(desk.store) if signs else None, start=start, progress=step,
                cancelled=stop,
            )  # fmt: skip

        def stepped(done: int, total: int) -> None:
            reached[0] = done
            self.progress.step(done, total)

        def tell(end: int) -> None:
            some = keys[start:end]
            if some:
                self._printed |= set(some)
                self.written.emit(Sent(some, FILE, 1, reason, job.pages.plates(some)))

        def then(done: Exported) -> None:
            self._resume = (place, keys, done.end) if done.end < len(keys) else None
            self._busy(False)
            tell(done.end)
            if self._resume is None:
                self.accept()
                return
            self.wrong(_("Stopped. {done} of {total} are in files.").format(
                done=done.end, total=len(keys)
            ))  # fmt: skip
            self.verb.setText(_("Go on from page {number}").format(number=done.end + 1))

        def failed(error: Exception) -> None:
            if shape == "folder":
                tell(reached[0])  # each of these is whole
                self._resume = (place, keys, reached[0]) if reached[0] > start else None
            self._busy(False)
            self.failed.emit(error)
            if isinstance(error, Problem):
                self.wrong(str(error))
            else:
                desk.fail(error)

        self._task = desk.tasks.long(self, work, then, failed, stepped)

    def _busy(self, busy: bool) -> None:
        if not busy:
            self._task = None
            self.progress.finish()
        self._form.setVisible(not busy and self._resume is None)
        self.verb.setEnabled(not busy)
        self.stay.setVisible(not busy)
        self.fit()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def reject(self) -> None:
        """Esc and Cancel: while it writes they stop it."""
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


def said(card: SignerCard) -> str:
    """Until when a signature is good."""
    from desktop.ui.widgets.be_date import said as day_said

    return day_said(card.until)
