# SPDX-License-Identifier: Apache-2.0
"""What is done with certificates from their page: issue, save, void, reword, hand over.

The page shows; this asks what must be asked, and acts. It is told what is shown and knows no
widget of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.certificate_list import (
    CertificateList,
    Line,
    Unfit,
    parts_of_name,
    unfit_lines,
)
from desktop.actions.certificate_page import PlateDiffers
from desktop.i18n import _, ngettext
from desktop.ui.desk import Desk
from desktop.ui.parts.certificate_dialogs import (
    AwardDialog,
    HandOverDialog,
    IssueDialog,
    NameDialog,
    ReasonDialog,
    Spelling,
    TakeBackDialog,
)
from desktop.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.errors import Problem
    from desktop.model.certificate import Order
    from desktop.store.store import Store


class Doing(QObject):
    """``unfit`` brings the lines whose page cannot be printed: nothing was issued then."""

    unfit = Signal(object)
    differs = Signal(object)
    """A ``PlateDiffers``: a certificate is not printed again because it would look otherwise."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.dialog: Dialog | None = None
        """The question that is open, None when none is."""

    def _ask(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._asked)
        dialog.open()

    def _asked(self, _result: int) -> None:
        self.dialog = None

    # ── issue ────────────────────────────────────────────────────────────────────────────────

    def issue(self, held: CertificateList, lines: Sequence[Line]) -> None:
        """Try every page, then ask, then issue."""

        def tried(found: tuple[Unfit, ...]) -> None:
            self.unfit.emit(found)
            if not found:
                dialog = IssueDialog(self._page, held, lines)
                dialog.accepted.connect(lambda: self._issue(held, lines))
                self._ask(dialog)

        store = self._desk.store
        self._desk.slow(self, lambda _step, _stop: unfit_lines(store, held, lines), tried)

    def _issue(self, held: CertificateList, lines: Sequence[Line]) -> None:
        keys = tuple(line.key for line in lines)

        def action(store: Store, by: str) -> Done:
            from desktop.actions.certificate import issue

            return issue(
                store,
                by,
                held.event.id,
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

    # ── onto paper and into files ────────────────────────────────────────────────────────────

    def print(self, held: CertificateList, order: Order, only: Line | None = None) -> None:
        """Open the print dialog for those not printed yet, or all, or one alone."""
        from desktop.ui.parts.certificate_job import certificate_printing

        page, desk = self._page, self._desk
        self._ask(certificate_printing(page, desk, held, order, only, self._refused))

    def save(self, held: CertificateList, order: Order) -> None:
        """Open the export dialog: one PDF, one a person, or a zip."""
        from desktop.ui.parts.certificate_export import certificate_export

        dialog = certificate_export(self._page, self._desk, held, order)
        dialog.failed.connect(self._refused)
        self._ask(dialog)

    def _refused(self, error: Exception) -> None:
        """The dialog says why; for this the page has the way out too."""
        if isinstance(error, PlateDiffers):
            self.differs.emit(error)

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

    def take_back(self, line: Line) -> None:
        """Note that a paper came back, or that nobody fetched it."""
        row = line.certificate
        if row is None:
            return
        dialog = TakeBackDialog(self._page, line, self._desk.now().date())

        def go() -> None:
            reason, day = dialog.answer()

            def action(store: Store, by: str) -> Done:
                from desktop.actions.certificate import take_back

                return take_back(store, by, (row.id,), reason, day)

            said = _("Number {number} is noted as returned").format(number=line.number)
            self._desk.act(self._page, action, said=said)

        dialog.accepted.connect(go)
        self._ask(dialog)

    def replace_paper(self, line: Line) -> None:
        """Ask why, and issue a replacement for a paper that was lost or spoilt."""
        from desktop.ui.parts.certificate_replacing import replacing

        row = line.certificate
        if row is not None:
            self._ask(replacing(self._page, self._desk, row.id, line.number, line.name))

    def history(self, line: Line) -> None:
        """Show everything that happened to a number, and its earlier papers."""
        from desktop.ui.parts.certificate_history import HistoryDialog

        if line.certificate is not None:
            self._ask(HistoryDialog(self._page, self._desk, line.certificate.id, line.number))

    def confirm(self, line: Line) -> None:
        """Note that the owner of a name has said it is right."""

        def action(store: Store, by: str) -> Done:
            from desktop.actions.person import confirm_name

            return confirm_name(store, by, line.person_id)

        self._desk.act(self._page, action, said=_("The spelling is confirmed"))

    def rename(self, line: Line) -> None:
        """Put a name right; on a certificate that is issued too, with a reason."""
        if not line.person_id:
            award = AwardDialog(self._page, line.name, line.sentence, issued=line.issued)
            award.accepted.connect(lambda: self._correct(line, award))
            self._ask(award)
            return

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

    def _correct(self, line: Line, asked: AwardDialog) -> None:
        organisation, title, reason = asked.answer()

        def action(store: Store, by: str) -> Done:
            from desktop.actions.award import AwardEntry, correct_award
            from desktop.store.organisation import award

            with store.read() as conn:
                fund = award(conn, line.key).fund
            return correct_award(store, by, line.key, AwardEntry(organisation, title, fund=fund))

        then: Any = (lambda _done: self._reword(line, reason)) if line.issued else None
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

        said = _("Number {number} has the new name. Print it again.").format(number=line.number)
        self._desk.act(self._page, action, said=said)

    # ── into hands ───────────────────────────────────────────────────────────────────────────

    def note_handed(
        self,
        lines: Sequence[Line],
        then: Callable[[], object],
        failed: Callable[[], object],
    ) -> None:
        """Note at once, as on a stage, that these have received theirs."""
        ids = [line.certificate.id for line in lines if line.certificate]

        def action(store: Store, by: str) -> Done:
            from desktop.actions.certificate import hand_over

            return hand_over(store, by, ids)

        words = ngettext(
            "{count} certificate handed over", "{count} certificates handed over", len(ids)
        )
        said = words.format(count=len(ids))
        if len(lines) == 1:
            said = _("Number {number} is handed over").format(number=lines[0].number)

        def lost(problem: Problem) -> None:
            failed()
            self._desk.fail(problem)

        self._desk.act(self._page, action, lambda _done: then(), said, lost)

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
