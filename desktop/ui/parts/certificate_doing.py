# SPDX-License-Identifier: Apache-2.0
"""What is done with certificates from their page: issue, save, void, reword, hand over.

The page shows; this asks what must be asked, and acts. It is told what is shown and knows no
widget of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.actions.calibration import Calibration, calibration, keep_calibration
from desktop.actions.certificate_list import (
    CertificateList,
    Line,
    Unfit,
    page_of,
    parts_of_name,
    unfit_lines,
)
from desktop.i18n import _, ngettext
from desktop.ui.desk import Desk
from desktop.ui.parts.certificate_dialogs import (
    HandOverDialog,
    IssueDialog,
    NameDialog,
    ReasonDialog,
    Spelling,
)
from desktop.ui.tasks import Cancelled, Task
from desktop.ui.tasks import Progress as Steps
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.progress import Progress

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.errors import Problem
    from desktop.model.certificate import Certificate, Order
    from desktop.store.store import Store


class Doing(QObject):
    """``unfit`` brings the lines whose page cannot be printed: nothing was issued then."""

    unfit = Signal(object)
    stopped = Signal(int)
    """A batch was stopped; the index of the first page that was not made."""

    def __init__(self, desk: Desk, page: QWidget, progress: Progress) -> None:
        super().__init__(page)
        self._desk, self._page, self._progress = desk, page, progress
        self._task: Task | None = None
        self._resume: tuple[Path, CertificateList, tuple[Line, ...], str] | None = None
        self.dialog: Dialog | None = None
        """The question that is open, None when none is."""
        progress.cancelled.connect(self._cancel)

    def _ask(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._asked)
        dialog.open()

    def _asked(self, _result: int) -> None:
        self.dialog = None

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    # ── issue ────────────────────────────────────────────────────────────────────────────────

    def issue(self, held: CertificateList, lines: Sequence[Line]) -> None:
        """Try every page, then ask, then issue."""

        def tried(found: tuple[Unfit, ...]) -> None:
            self.unfit.emit(found)
            if not found:
                dialog = IssueDialog(self._page, held, lines)
                dialog.accepted.connect(lambda: self._issue(held, lines))
                self._ask(dialog)

        self._desk.slow(self, lambda _step, _stop: unfit_lines(lines, held.layout), tried)

    def _issue(self, held: CertificateList, lines: Sequence[Line]) -> None:
        keys = tuple(line.key for line in lines)

        def action(store: Store, by: str) -> Done:
            from desktop.actions.certificate import issue
            from desktop.printing.layout import load_layout

            return issue(
                store,
                by,
                held.event.id,
                layout_hash=load_layout(held.layout).digest,
                issue_date=held.issue_date,
                kind=held.kind,
                enrolment_ids=() if held.for_awards else keys,
                award_ids=keys if held.for_awards else (),
            )

        def said(done: Done) -> str:
            count = len(done.value)
            return ngettext(
                "{count} certificate issued", "{count} certificates issued", count
            ).format(count=count)

        self._desk.act(self._page, action, said=said)

    # ── into a file ──────────────────────────────────────────────────────────────────────────

    def save(self, held: CertificateList, lines: Sequence[Line]) -> None:
        """Ask for a place, and for a reason when one was printed before; then write the PDF."""
        if any(line.certificate is not None and line.certificate.prints for line in lines):
            dialog = ReasonDialog(
                self._page,
                _("Save certificates again"),
                _("Some of these were printed or saved before. Say why they are made again."),
                _("Choose where to save"),
                final=False,
            )
            dialog.accepted.connect(
                lambda: self._choose_place(held, lines, dialog.reasons.reason())
            )
            self._ask(dialog)
        else:
            self._choose_place(held, lines, "")

    def _choose_place(self, held: CertificateList, lines: Sequence[Line], reason: str) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self._page, _("Save as PDF"), f"{_('certificates')}.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name), held, lines, reason)

    def save_to(
        self,
        place: Path,
        held: CertificateList,
        lines: Sequence[Line],
        reason: str = "",
        start: int = 0,
    ) -> None:
        """Write the certificates from index ``start`` on; then note that they were printed.

        A batch that is stopped leaves a file of the pages that were made, and goes on in a
        second file beside it.
        """
        from desktop.ui.parts.certificate_job import batch_pdf

        pages = [page for line in lines if (page := page_of(line)) is not None]
        file = place.with_stem(f"{place.stem}-{start + 1}") if start else place
        self._progress.start(_("Making the certificates"))

        def work(step: Steps, stop: Cancelled) -> int:
            from desktop.store.disk import save_file

            pdf, end = batch_pdf(pages, held.layout, start, step, stop)
            if pdf:
                save_file(file, pdf)
            return end

        def then(end: int) -> None:
            self._progress.finish()
            if end > start:
                rows = [line.certificate for line in lines[start:end]]
                self.note_printed(rows, "PDF", 1, reason)
            if end < len(pages):
                self._resume = (place, held, tuple(lines), reason)
                self.stopped.emit(end)

        def failed(error: Exception) -> None:
            self._progress.finish()
            self._desk.fail(error)

        self._task = self._desk.slow(self, work, then, self._progress.step, failed)

    def resume(self, start: int) -> None:
        """Go on with the batch that was stopped, from a page on."""
        if self._resume is not None:
            place, held, lines, reason = self._resume
            self.save_to(place, held, lines, reason, start)

    def note_printed(
        self,
        rows: Sequence[Certificate | None],
        printer: str,
        copies: int,
        reason: str,
        *,
        quiet: bool = False,
    ) -> None:
        """Note in the register that these went to a printer or into a file."""
        ids = [row.id for row in rows if row is not None]

        def action(store: Store, by: str) -> Done:
            from desktop.actions.certificate import record_print

            return record_print(store, by, ids, printer, copies, reason)

        words = ngettext(
            "{count} certificate noted as printed", "{count} certificates noted as printed",
            len(ids),
        )  # fmt: skip
        said = "" if quiet else words.format(count=len(ids))
        self._desk.act(self._page, action, said=said)

    # ── onto paper ───────────────────────────────────────────────────────────────────────────

    def print(self, held: CertificateList, order: Order, only: Line | None = None) -> None:
        """Open the print dialog for those not printed yet, or all, or one alone."""
        from desktop.ui.parts.certificate_job import certificate_job
        from desktop.ui.parts.print_dialog import PrintDialog, Sent

        desk = self._desk
        rows = {line.key: line.certificate for line in held.lines}

        def remember(printer: str, then: Callable[[Calibration], object]) -> None:
            desk.look(self, lambda store: calibration(store, printer), then, latest="calibration")

        def keep(printer: str, chosen: Calibration) -> None:
            desk.act(self, lambda store, by: keep_calibration(store, by, printer, chosen))

        def taken(sent: Sent) -> None:
            gone = [rows[key] for key in sent.keys]
            self.note_printed(gone, sent.printer, sent.copies, sent.reason, quiet=True)
            count.append(len(gone))

        def over(_result: int) -> None:
            if count:
                words = ngettext(
                    "{count} certificate went to the printer",
                    "{count} certificates went to the printer",
                    sum(count),
                )
                desk.said.emit(words.format(count=sum(count)), False)

        def to_file(keys: tuple[str, ...], reason: str) -> None:
            by_key = {line.key: line for line in held.lines}
            lines = [by_key[key] for key in keys]
            # After the dialog is gone: one question at a time.
            QTimer.singleShot(0, self, lambda: self._choose_place(held, lines, reason))

        count: list[int] = []
        job = certificate_job(held, order, only)
        dialog = PrintDialog(self._page, desk.tasks, job, remember=remember, keep=keep)
        dialog.sent.connect(taken)
        dialog.finished.connect(over)
        dialog.file_wanted.connect(to_file)
        self._ask(dialog)

    # ── one certificate ──────────────────────────────────────────────────────────────────────

    def void(self, line: Line) -> None:
        """Ask for the reason and declare a certificate void."""
        row = line.certificate
        if row is None:
            return
        dialog = ReasonDialog(
            self._page,
            _("Declare number {number} void").format(number=line.number),
            _(
                "The certificate of {name} is no longer valid. Its number stays in the register "
                "and is never used again. This cannot be taken back."
            ).format(name=line.name),
            _("Declare void"),
            final=True,
        )
        # In Thai both buttons would begin with the same word.
        dialog.stay.setText(_("Keep it valid"))

        def go() -> None:
            reason = dialog.reasons.reason()

            def action(store: Store, by: str) -> Done:
                from desktop.actions.certificate import void

                return void(store, by, row.id, reason)

            said = _("Number {number} is void").format(number=line.number)
            self._desk.act(self._page, action, said=said)

        dialog.accepted.connect(go)
        self._ask(dialog)

    def confirm(self, line: Line) -> None:
        """Note that the owner of a name has said it is right."""

        def action(store: Store, by: str) -> Done:
            from desktop.actions.person import confirm_name

            return confirm_name(store, by, line.person_id)

        self._desk.act(self._page, action, said=_("The spelling is confirmed"))

    def rename(self, line: Line) -> None:
        """Put a name right; on a certificate that is issued too, with a reason."""

        def ask(parts: tuple[str, str, str, str, str]) -> None:
            dialog = NameDialog(self._page, parts, issued=line.issued)
            dialog.accepted.connect(lambda: self._rename(line, dialog.spelling()))
            self._ask(dialog)

        self._desk.look(self, lambda store: parts_of_name(store, line.person_id), ask)

    def _rename(self, line: Line, spelt: Spelling) -> None:
        def action(store: Store, by: str) -> Done:
            from desktop.actions.person import fix_name

            return fix_name(
                store,
                by,
                line.person_id,
                title=spelt.title,
                first=spelt.first,
                middle=spelt.middle,
                last=spelt.last,
                certificate_name=spelt.printed,
            )

        then: Any = (lambda _done: self._reword(line, spelt.reason)) if line.issued else None
        self._desk.act(self._page, action, then, said=_("The name is put right"))

    def reword(self, line: Line) -> None:
        """Take the name as it is now for a certificate issued under another spelling."""
        dialog = ReasonDialog(
            self._page,
            _("Use the new name"),
            _("Number {number} is worded anew for {name}. Print it again afterwards.").format(
                number=line.number, name=line.name
            ),
            _("Use the new name"),
            final=False,
            value="misspelt",
        )
        dialog.accepted.connect(lambda: self._reword(line, dialog.reasons.reason()))
        self._ask(dialog)

    def _reword(self, line: Line, reason: str) -> None:
        row = line.certificate
        if row is None:
            return

        def action(store: Store, by: str) -> Done:
            from desktop.actions.certificate import replace_after_name_fix

            return replace_after_name_fix(store, by, row.id, reason)

        def failed(problem: Problem) -> None:
            self._desk.fail(problem)

        said = _("Number {number} has the new name. Print it again.").format(number=line.number)
        self._desk.act(self._page, action, said=said, failed=failed)

    # ── into hands ───────────────────────────────────────────────────────────────────────────

    def hand_over(self, lines: Sequence[Line]) -> None:
        """Tick off who has received a certificate."""
        dialog = HandOverDialog(self._page, lines, self._desk.now().date())

        def go() -> None:
            ids = [line.certificate.id for line in dialog.chosen() if line.certificate]
            taker, day = dialog.taker.plain(), dialog.day.day()

            def action(store: Store, by: str) -> Done:
                from desktop.actions.certificate import hand_over

                return hand_over(store, by, ids, taker, day)

            words = ngettext(
                "{count} certificate handed over", "{count} certificates handed over", len(ids)
            )
            self._desk.act(self._page, action, said=words.format(count=len(ids)))

        dialog.accepted.connect(go)
        self._ask(dialog)
