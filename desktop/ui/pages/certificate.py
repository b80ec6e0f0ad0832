# SPDX-License-Identifier: Apache-2.0
"""Certificates (ใบประกาศ): who gets one and why, the page itself, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.actions.certificate_list import (
    CertificateList,
    Line,
    certificate_list,
    filling_of,
    list_assets,
    ordered,
)
from desktop.i18n import N_, _, ngettext
from desktop.model.template_form import template_digest
from desktop.store.store import Store
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.certificate_doing import Doing
from desktop.ui.parts.certificate_facts import CertificateFacts, title_of
from desktop.ui.parts.certificate_hurdle import CertificateHurdle
from desktop.ui.parts.certificate_roll import PARTS, CertificateRoll
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.page_view import PageView

if TYPE_CHECKING:
    from desktop.model.template import Filling
    from desktop.printing.template_page import Assets

_LOOK_AFTER: Final = 90
"""Milliseconds a row must be the current one before its page is made."""


class Certificates(Page):
    """The page of certificates. ``arrive`` may bring the id of an enrolment or an award."""

    noun = "certificates"
    word = N_("Certificates")
    icon = "award"
    watches = frozenset(
        {"certificates", "attendance", "roster", "events", "people", "awards", "office"}
    )
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._held: CertificateList | None = None
        self._date: date | None = None
        self._kind = ""
        self._shown: object = None
        self._assets: Assets | None = None
        self.issue = self.command("", self._press_issue, "Ctrl+I", "award")
        self.print = self.command("", self._press_print, "F5", "printer")
        self.save = self.command(_("Save…"), self._press_save, "Ctrl+S", "download")
        self.register = self.command(_("Register"), self._press_register, "F7", "book-open")
        self.hand = self.command(_("Hand over"), self._press_hand, "F6", "hand-heart")
        self.stage = self.command(
            _("Stage mode"), lambda: self.go.emit("stage", self._kind_shown), "F10", "list"
        )
        self.plan = self.command(
            _("Template and words"), lambda: self.go.emit("plan", self._kind_shown), "F3", "stamp"
        )
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LOOK_AFTER)
        self._later.timeout.connect(self._show_page)
        self._whole = QWidget(self)
        self.roll = CertificateRoll(self._whole)
        self.view = PageView(desk.tasks, _("The certificate"), self._whole)
        self.facts = CertificateFacts(self._whole)
        self.hurdle = CertificateHurdle(self._whole)
        self.doing = Doing(desk, self)
        self.setFocusProxy(self.roll.table)
        self._lay()
        self._wire()
        # What makes pages takes most of a second to import: begin before the list is read.
        desk.tasks.run("slow", self, _warm)

    def _lay(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.hurdle)
        right.addWidget(self.view, 1)
        right.addWidget(self.facts)
        across = QHBoxLayout(self._whole)
        across.setContentsMargins(24, 4, 24, 12)
        across.setSpacing(16)
        across.addWidget(self.roll, 2)
        across.addLayout(right, 3)
        events = self.command(_("Go to events"), lambda: self.go.emit("events", None))
        self._empty = Empty("award", "", "", (events,), self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._empty)

    def _wire(self) -> None:
        self.roll.moved.connect(self._moved)
        self.roll.ticked.connect(self._confirm)
        self.roll.reordered.connect(self._show_commands)
        self.roll.kind_chosen.connect(self._choose_kind)
        self.facts.dated.connect(self._dated)
        self.facts.rename.connect(lambda: self._with_line(self.doing.rename))
        self.facts.confirm.connect(self._confirm)
        self.facts.void.connect(lambda: self._with_line(self.doing.void))
        self.facts.replacement.connect(lambda: self._with_line(self.doing.replace_paper))
        self.facts.print_one.connect(self._print_one)
        self.facts.back.connect(lambda: self._with_line(self.doing.take_back))
        self.facts.history.connect(lambda: self._with_line(self.doing.history))
        self.doing.unfit.connect(self.hurdle.show_unfit)
        self.doing.differs.connect(self.hurdle.show_differing)
        self.hurdle.line_wanted.connect(self.roll.show_key)
        self.hurdle.roster_wanted.connect(lambda: self.go.emit("roster", None))
        self.hurdle.reword_wanted.connect(lambda: self._with_line(self.doing.reword))
        self.hurdle.replacement_wanted.connect(self._replace)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("Certificates")

    def subtitle(self) -> str:
        held = self._held
        return "" if held is None else f"{held.event.name} · {_said_template(held)}"

    def arrive(self, what: object) -> None:
        if isinstance(what, str) and what:
            self.roll.show_key(what)

    def event_changed(self, event_id: str) -> None:
        self._date, self._kind = None, ""
        self.hurdle.forget()
        self.roll.forget()
        self.reload()

    def reload(self) -> None:
        event_id, given, kind = self.desk.event_id, self._date, self._kind

        def read(store: Store) -> CertificateList | None:
            return certificate_list(store, event_id, given, kind) if event_id else None

        self.desk.look(self, read, self._take, latest="certificates")

    def _take(self, held: CertificateList | None) -> None:
        self._held, self._assets = held, None
        if held is None or not held.lines:
            self._show_empty(held)
            return
        self._stack.setCurrentWidget(self._whole)
        self.roll.show_list(held)
        self._show_commands()

    def _show_empty(self, held: CertificateList | None) -> None:
        self._stack.setCurrentWidget(self._empty)
        self.primary, self.secondary = None, ()
        for action in (self.issue, self.print, self.save, self.hand, self.stage, self.plan):
            action.setEnabled(False)
        if held is None and self.desk.event_id:
            self._empty.say(
                _("This event gives no certificates"),
                _("Choose their kind with the event, then who passed stands here."),
            )
        elif held is None:
            self._empty.say(
                _("Certificates"),
                _(
                    "Take an event in hand. Here you see who passed and why, issue "
                    "certificates, print them and hand them over."
                ),
            )
        else:
            self._empty.say(
                _("Nobody is on the list yet"),
                _("Bring in the roster, or the list of awards, and take attendance first."),
            )
        self.header_changed.emit()

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    @property
    def line(self) -> Line | None:
        """The line that is chosen."""
        return self.roll.line

    @property
    def waiting(self) -> tuple[Line, ...]:
        """Those who passed and have no certificate yet, by seat."""
        lines = self._held.lines if self._held is not None else ()
        return ordered((line for line in lines if line.waits), "seat")

    @property
    def issued(self) -> tuple[Line, ...]:
        """Those whose certificate can be printed, in the order chosen."""
        lines = self._held.lines if self._held is not None else ()
        return ordered((line for line in lines if line.issued), self.roll.order.value())

    @property
    def fresh(self) -> tuple[Line, ...]:
        """Those issued that were never printed; all that are issued when there is none."""
        issued = self.issued
        return tuple(one for one in issued if _prints(one) == 0) or issued

    @property
    def unhanded(self) -> tuple[Line, ...]:
        """Those issued that nobody has received yet."""
        return tuple(
            line
            for line in self.issued
            if line.certificate is not None and line.certificate.status != "handed"
        )

    def _moved(self) -> None:
        if self._held is not None:
            self.facts.show_line(self._held, self.line)
            self.hurdle.show_line(self._held, self.line)
            self._later.start(_LOOK_AFTER if self._shown is not None else 0)

    def _show_page(self) -> None:
        """Show the page of the chosen line; nothing is made again that is shown already."""
        held, line = self._held, self.line
        filling = filling_of(held, line, draft=True) if held is not None and line else None
        digest = template_digest(held.template) if held is not None else ""
        asked = (filling, line.key if line is not None else "", digest, line and line.certificate)
        if held is None or asked == self._shown:
            return
        self._shown = asked
        if line is None:
            self.view.say("search", "quiet", _("Nobody here answers to that."))
        elif filling is None:
            _word, icon, tone = PARTS[line.part]
            self.view.say(icon, tone, f"{line.name}\n{line.sentence}")
        else:
            row = line.certificate if line.issued else None
            make = self._page_of(held, filling, row.id if row is not None else "")
            self.view.show_made(make, spoken=f"{line.number} {line.name}")

    def _page_of(
        self, held: CertificateList, filling: Filling, issued: str
    ) -> Callable[[], bytes]:
        """What makes the page: of one that is issued, with the template it was issued with."""
        store = self.desk.store

        def make() -> bytes:
            from desktop.actions.certificate import certificate_fillings
            from desktop.printing.template_page import pages_pdf

            if issued:
                (group,) = certificate_fillings(store, (issued,))
                return pages_pdf(group.template, group.fillings, assets=group.assets)
            if self._assets is None:
                self._assets = list_assets(store, held)
            return pages_pdf(held.template, [filling], assets=self._assets)

        return make

    def _show_commands(self) -> None:
        held, waiting, issued = self._held, self.waiting, self.issued
        if held is None:
            return
        words = ngettext("Issue {count} certificate", "Issue {count} certificates", len(waiting))
        self.issue.setText(words.format(count=len(waiting)))
        self.issue.setEnabled(held.locked and bool(waiting))
        count = len(self.fresh)
        words = ngettext("Print {count} certificate", "Print {count} certificates", count)
        self.print.setText(words.format(count=count))
        for action in (self.print, self.save, self.stage):
            action.setEnabled(bool(issued))
        self.hand.setEnabled(bool(self.unhanded))
        self.plan.setEnabled(True)
        if waiting:
            self.primary = self.issue
            more = (self.stage, self.print) if issued else ()
            self.secondary = (self.plan, self.register, *more)
        else:
            self.primary = self.print if issued else None
            # Saving stands in the print dialog too: more are too many for a small screen.
            handing = (self.stage, self.hand) if issued else ()
            self.secondary = (self.plan, self.register, *handing)
        self.header_changed.emit()

    # ── what is done ─────────────────────────────────────────────────────────────────────────

    def _with_line(self, act: Callable[[Line], object]) -> None:
        line = self.line
        if line is not None:
            act(line)

    def _replace(self, line: Line) -> None:
        self.roll.show_key(line.key)
        self.doing.replace_paper(line)

    def _confirm(self) -> None:
        line = self.line
        if line is not None and line.person_id and not line.confirmed:
            self.doing.confirm(line)

    def _dated(self, day: object) -> None:
        if isinstance(day, date) and self._held is not None and day != self._held.issue_date:
            self._date = day
            self.reload()

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self.hurdle.forget()
        self.reload()

    def _press_issue(self) -> None:
        if self._held is not None and self.waiting:
            self.doing.issue(self._held, self.waiting)

    def _press_save(self) -> None:
        if self._held is not None and self.issued:
            self.doing.save(self._held, self.roll.order.value())

    def _press_print(self) -> None:
        if self._held is not None and self.issued:
            self.doing.print(self._held, self.roll.order.value())

    def _print_one(self) -> None:
        line = self.line
        if self._held is not None and line is not None and line.issued:
            self.doing.print(self._held, "seat", line)

    @property
    def _kind_shown(self) -> str:
        return self._held.kind if self._held is not None else self._kind

    def _press_register(self) -> None:
        held = self._held
        what = {"kind": held.kind, "event": held.event.id} if held is not None else {}
        self.go.emit("register", what)

    def _press_hand(self) -> None:
        if self.unhanded:
            self.doing.hand_over(self.unhanded)


def _said_template(held: CertificateList) -> str:
    """What the certificates look like and speak, in one line."""
    proof = _("with a QR code") if held.plan.proof else _("without a QR code")
    speaks = "English" if held.plan.language == "en" else "ภาษาไทย"
    return _("Template: {title}").format(title=title_of(held.template)) + f" · {speaks} · {proof}"


def _warm() -> None:
    for name in ("desktop.printing.template_page", "desktop.actions.certificate", "pypdfium2"):
        import_module(name)


def _prints(line: Line) -> int:
    return line.certificate.prints if line.certificate is not None else 0
