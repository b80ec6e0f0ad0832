# SPDX-License-Identifier: Apache-2.0
"""Certificates (ใบประกาศ): who gets one and why, the page itself, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.actions.certificate_list import (
    CertificateList,
    Line,
    Unfit,
    certificate_list,
    ordered,
    page_of,
)
from desktop.i18n import N_, _, ngettext
from desktop.store.store import Store
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.certificate_doing import Doing
from desktop.ui.parts.certificate_facts import CertificateFacts
from desktop.ui.parts.certificate_roll import PARTS, CertificateRoll
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.hurdle import Hurdle
from desktop.ui.widgets.page_view import PageView
from desktop.ui.widgets.progress import Progress

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
        self._unfit: tuple[Unfit, ...] = ()
        self._stopped_at: int | None = None
        self.issue = self.command("", self._press_issue, "Ctrl+I", "award")
        self.print = self.command("", self._press_print, "F5", "printer")
        self.save = self.command(_("Save as PDF…"), self._press_save, "Ctrl+S", "download")
        self.register = self.command(
            _("Register"), lambda: self.go.emit("paper", {"what": "register"}), "F7", "book-open"
        )
        self.hand = self.command(_("Hand over"), self._press_hand, "F6", "hand-heart")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LOOK_AFTER)
        self._later.timeout.connect(self._show_page)
        self._whole = QWidget(self)
        self.roll = CertificateRoll(self._whole)
        self.view = PageView(desk.tasks, _("The certificate"), self._whole)
        self.facts = CertificateFacts(self._whole)
        self.hurdle = Hurdle(self._whole)
        self.progress = Progress(parent=self._whole)
        self.doing = Doing(desk, self, self.progress)
        self.setFocusProxy(self.roll.table)
        self._lay()
        self._wire()
        # What makes pages takes most of a second to import: begin before the list is read.
        desk.tasks.run("slow", self, _warm)

    def _lay(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.hurdle)
        right.addWidget(self.progress)
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
        self.facts.print_one.connect(self._print_one)
        self.doing.unfit.connect(self._show_unfit)
        self.doing.stopped.connect(self._stopped)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("Certificates")

    def subtitle(self) -> str:
        return "" if self._held is None else self._held.event.name

    def arrive(self, what: object) -> None:
        if isinstance(what, str) and what:
            self.roll.show_key(what)

    def event_changed(self, event_id: str) -> None:
        self._date, self._kind, self._unfit, self._stopped_at = None, "", (), None
        self.roll.forget()
        self.reload()

    def reload(self) -> None:
        event_id, given, kind = self.desk.event_id, self._date, self._kind

        def read(store: Store) -> CertificateList | None:
            return certificate_list(store, event_id, given, kind) if event_id else None

        self.desk.look(self, read, self._take, latest="certificates")

    def _take(self, held: CertificateList | None) -> None:
        self._held = held
        if held is None or not held.lines:
            self._show_empty(held)
            return
        # A name that was put right since is to be tried again, not complained of.
        names = {line.key: line.name for line in held.lines}
        self._unfit = tuple(one for one in self._unfit if names.get(one.key) == one.name)
        self._stack.setCurrentWidget(self._whole)
        self.roll.show_list(held)
        self._show_commands()

    def _show_empty(self, held: CertificateList | None) -> None:
        self._stack.setCurrentWidget(self._empty)
        self.primary, self.secondary = None, ()
        for action in (self.issue, self.print, self.save, self.register, self.hand):
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
            self._warn()
            self._later.start(_LOOK_AFTER if self._shown is not None else 0)

    def _show_page(self) -> None:
        """Show the page of the chosen line; nothing is made again that is shown already."""
        held, line = self._held, self.line
        page = page_of(line, draft=True) if line is not None else None
        asked = (page, line.key if line is not None else "", held.layout if held else "")
        if held is None or asked == self._shown:
            return
        self._shown = asked
        if line is None:
            self.view.say("search", "quiet", _("Nobody here answers to that."))
        elif page is None:
            _word, icon, tone = PARTS[line.part]
            self.view.say(icon, tone, f"{line.name}\n{line.sentence}")
        else:
            layout = held.layout

            def make() -> bytes:
                from desktop.printing.certificate import certificates_pdf
                from desktop.printing.layout import load_layout

                return certificates_pdf([page], load_layout(layout))

            self.view.show_made(make, spoken=f"{line.number} {line.name}")

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
        for action in (self.print, self.save):
            action.setEnabled(bool(issued))
        self.hand.setEnabled(bool(self.unhanded))
        self.register.setEnabled(any(line.certificate is not None for line in held.lines))
        # Saving stands in the print dialog too: five buttons are more than a small screen holds.
        if waiting:
            self.primary = self.issue
            self.secondary = (self.register, *([self.print] if issued else []))
        else:
            self.primary = self.print if issued else None
            self.secondary = (self.register, self.hand) if issued else (self.register,)
        self.header_changed.emit()

    # ── what stands in the way ───────────────────────────────────────────────────────────────

    def _warn(self) -> None:
        """Say the first thing that stands in the way, with the way out beside it."""
        held, line, at = self._held, self.line, self._stopped_at
        if held is None:
            return
        if self._unfit:
            first, others = self._unfit[0], len(self._unfit) - 1
            words = first.sentence
            if others:
                more = ngettext("and {count} more", "and {count} more", others)
                words = f"{words} ({more.format(count=others)})"
            self.hurdle.say(words, _("Show"), lambda: self.roll.show_key(first.key))
        elif not held.locked and self.waiting:
            self.hurdle.say(
                _("Lock the roster first: numbers follow the seats."),
                _("Go to the roster"),
                lambda: self.go.emit("roster", None),
            )
        elif line is not None and line.renamed:
            self.hurdle.say(
                _("The name was put right after the issue: {name}").format(name=line.name),
                _("Use the new name"),
                lambda: self._with_line(self.doing.reword),
            )
        elif at is not None:
            words = _("Stopped before page {page}. The pages before it are saved.")
            if at == 0:
                words = _("Stopped before page {page}; nothing was saved.")
            self.hurdle.say(
                words.format(page=at + 1),
                _("Go on from page {page}").format(page=at + 1),
                lambda: self._resume(at),
            )
        else:
            self.hurdle.hide()

    def _show_unfit(self, found: tuple[Unfit, ...]) -> None:
        self._unfit = found
        if found:
            self.roll.show_key(found[0].key)
        self._warn()

    def _stopped(self, page: int) -> None:
        self._stopped_at = page
        self._warn()

    def _resume(self, page: int) -> None:
        self._stopped_at = None
        self._warn()
        self.doing.resume(page)

    # ── what is done ─────────────────────────────────────────────────────────────────────────

    def _with_line(self, act: Callable[[Line], object]) -> None:
        line = self.line
        if line is not None:
            act(line)

    def _confirm(self) -> None:
        line = self.line
        if line is not None and line.person_id and not line.confirmed:
            self.doing.confirm(line)

    def _dated(self, day: object) -> None:
        if isinstance(day, date) and self._held is not None and day != self._held.issue_date:
            self._date = day
            self.reload()

    def _choose_kind(self, kind: str) -> None:
        self._kind, self._unfit, self._stopped_at = kind, (), None
        self.reload()

    def _press_issue(self) -> None:
        if self._held is not None and self.waiting:
            self.doing.issue(self._held, self.waiting)

    def _press_save(self) -> None:
        if self._held is not None and self.issued:
            self.doing.save(self._held, self.fresh)

    def _press_print(self) -> None:
        if self._held is not None and self.issued:
            self.doing.print(self._held, self.roll.order.value())

    def _print_one(self) -> None:
        line = self.line
        if self._held is not None and line is not None and line.issued:
            self.doing.print(self._held, "seat", line)

    def _press_hand(self) -> None:
        if self.unhanded:
            self.doing.hand_over(self.unhanded)


def _warm() -> None:
    for name in ("desktop.printing.certificate", "desktop.printing.layout", "pypdfium2"):
        import_module(name)


def _prints(line: Line) -> int:
    return line.certificate.prints if line.certificate is not None else 0
