# SPDX-License-Identifier: Apache-2.0
"""Paper: any sheet of the event seen before it is printed, and then printed or saved.

``go("paper", {"what": …})`` with a paper of ``paper_making.WORDS`` (of ``sheet`` also ``day_no``),
and ``ids`` of enrolments when it is for some people only; or ``file`` with ``pdf``, ``title`` and
the ``name`` of a file without its ending.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.actions.paper import Kind, days_to_sign
from desktop.actions.sheet import prepare_sheets
from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.model.event import Day
from desktop.model.sheet import Sheet
from desktop.store import event as events
from desktop.store.store import Store
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.paper_making import (
    BOOKS,
    WORDS,
    Asked,
    What,
    asked_for,
    file_name,
    make_book,
    make_paper,
    papers,
)
from desktop.ui.parts.paper_options import Offer, PaperOptions, offer_for
from desktop.ui.parts.paper_printing import paper_printing
from desktop.ui.pdf import Pages
from desktop.ui.tasks import Cancelled, Task
from desktop.ui.tasks import Progress as Steps
from desktop.ui.widgets.button import ActionButton, IconButton
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.page_strip import PageStrip
from desktop.ui.widgets.page_view import PageView
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.actions.done import Done


class Paper(Page):
    """One paper at a time: small pages at the left, one large."""

    noun = "paper"
    word = N_("Papers")
    icon = "file-text"
    watches = frozenset(
        {"roster", "people", "certificates", "events", "office", "templates", "claims"}
    )
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked: Asked | None = None
        self._event_name = ""
        self._pdf = b""
        self._current = False
        self._task: Task | None = None
        self.print = self.command(_("Print"), self._press_print, "F5", "printer")
        self.save = self.command(
            _("Save as PDF…"), lambda: self._press_save("pdf"), "Ctrl+S", "download"
        )
        self.book = self.command(
            _("Save as a workbook…"), lambda: self._press_save("xlsx"), "", "file-spreadsheet"
        )
        self.amounts = self.command(
            _("Amounts…"), lambda: self.go.emit("claims", None), "", "banknote"
        )
        self.anew = self.command(_("Pages anew"), self._press_anew, "", "refresh-cw")
        self.large = self.command("", self._press_large, "F11", "maximize")
        self.command("", lambda: self._scroll(1), "Alt+Down")
        self.command("", lambda: self._scroll(-1), "Alt+Up")
        self._whole = QWidget(self)
        self.pick = Choice(parent=self._whole)
        self.pick.setAccessibleName(_("Which paper"))
        self.pick.chose.connect(self._picked)
        self.options = PaperOptions(self._whole)
        self.options.changed.connect(self._ask)
        self.options.designed.connect(self._design)
        self.strip = PageStrip(desk.tasks, self._whole)
        self.view = PageView(desk.tasks, _("The page"), self._whole)
        self.room = Scroll(self.view, self._whole)
        self.progress = Progress(parent=self._whole)
        self.progress.cancelled.connect(self._stop)
        self._where = Label("", weight=600, wrap=False, parent=self._whole)
        self.strip.moved.connect(self._show_page)
        self.setFocusProxy(self.strip)
        self._lay()

    def _lay(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.pick)
        top.addStretch()
        back = IconButton("chevron-left", _("Page before"), lambda: self._turn(-1), self._whole)
        on = IconButton("chevron-right", _("Page after"), lambda: self._turn(1), self._whole)
        top.addWidget(back)
        top.addWidget(self._where)
        top.addWidget(on)
        top.addWidget(ActionButton(self.large, "quiet", self._whole))
        self._say_large()
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.strip)
        across.addWidget(self.room, 1)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(24, 4, 24, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.options)
        column.addWidget(self.progress)
        column.addLayout(across, 1)
        self._empty = Empty(
            "file-text",
            _("Papers of the event"),
            _(
                "Take an event in hand. Then its sheets, badges, envelopes, receipts and register "
                "are printed here."
            ),
            (self.command(_("Go to events"), lambda: self.go.emit("events", None)),),
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._empty)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        asked = self._asked
        if asked is None:
            return _("Papers")
        return asked.title if asked.what == "file" else _(WORDS[asked.what])

    def subtitle(self) -> str:
        asked = self._asked
        return "" if asked is None or asked.what == "file" else self._event_name

    def arrive(self, what: object) -> None:
        if isinstance(what, Mapping):
            self._asked = asked_for(what, self.desk.event_id)
            self.reload()
        elif self._asked is None and self.desk.event_id:
            # Not the sign-in sheet: to look at that fixes who stands on which page.
            self._asked = Asked("proof", self.desk.event_id)

    def event_changed(self, event_id: str) -> None:
        asked = self._asked
        if asked is not None and asked.what != "file":
            # Whom the paper was for are people of the other event.
            self._asked = Asked(asked.what, event_id) if event_id else None
        self.reload()

    def reload(self) -> None:
        asked = self._asked
        if asked is None:
            self._take_nothing()
            return
        if asked.what == "file":
            self._stack.setCurrentWidget(self._whole)
            self.pick.hide()
            self.options.hide()
            self._show(asked.pdf)
            return
        # Until the paper is made, what is still seen is another one, or one that changed since.
        self._current = False
        self._show_commands()

        def read(store: Store) -> tuple[str, tuple[Day, ...], Offer] | None:
            with store.read() as conn:
                try:
                    name = events.event(conn, asked.event_id).name
                except LookupError:
                    return None
            return name, days_to_sign(store, asked.event_id), offer_for(store, asked)

        self.desk.look(self, read, self._take, latest="paper")

    def _take_nothing(self) -> None:
        self._stack.setCurrentWidget(self._empty)
        self._pdf = b""
        self._show_commands()

    def _take(self, found: tuple[str, tuple[Day, ...], Offer] | None) -> None:
        asked = self._asked
        if found is None or asked is None:
            self._take_nothing()
            return
        self._event_name, days, offer = found
        self._stack.setCurrentWidget(self._whole)
        if asked.what == "sheet" and asked.day_no not in {day.no for day in days}:
            today = self.desk.now().date()
            usual = next((day for day in days if day.on == today), days[0] if days else None)
            asked = self._asked = replace(asked, day_no=usual.no if usual else 0)
        self.pick.set_options(papers(days), (asked.what, asked.day_no))
        self.pick.show()
        self.options.show_offer(asked, offer)
        self._make(asked)
        self._show_commands()

    def _picked(self, chosen: tuple[What, int]) -> None:
        asked = self._asked
        if asked is not None:
            # For whom a paper is stays when one goes on from badges to tents.
            self._ask(Asked(chosen[0], asked.event_id, chosen[1], whom=asked.whom))

    def _ask(self, asked: Asked) -> None:
        self._asked = asked
        self.reload()

    def _design(self, ref: str) -> None:
        """Change a template; what was made of it (a copy of a shipped one) is shown then."""
        asked = self._asked
        if asked is not None:
            back = {"what": asked.what, "event_id": asked.event_id, "day_no": asked.day_no}
            back |= {"ids": list(asked.whom.ids)} if asked.whom.ids else {}
            self.go.emit("designer", {"template": ref, "back": ("paper", back)})

    # ── making and showing ───────────────────────────────────────────────────────────────────

    def _make(self, asked: Asked) -> None:
        """Make the PDF; a sign-in sheet first fixes who stands on which page."""
        if asked.what != "sheet":
            self._make_pdf(asked, ())
            return
        if not asked.day_no:
            self._fail(Problem(_("This event has no sessions yet, so there is nothing to sign.")))
            return

        def action(store: Store, by: str) -> Done:
            return prepare_sheets(store, by, asked.event_id, asked.day_no)

        self.desk.act(
            self, action, lambda done: self._make_pdf(asked, done.value), failed=self._fail
        )

    def _make_pdf(self, asked: Asked, sheets: tuple[Sheet, ...]) -> None:
        if asked != self._asked:
            return
        if self._task is not None:
            self._task.cancel()
        store, by = self.desk.store, self.desk.by
        self.progress.start(_("Making the pages"))

        def then(pdf: bytes | None) -> None:
            if asked == self._asked:
                self._made(pdf)

        self._task = self.desk.slow(
            self,
            lambda step, stop: make_paper(store, by, asked, sheets, step, stop),
            then,
            self.progress.step,
            self._failed,
        )

    def _made(self, pdf: bytes | None) -> None:
        self._task = None
        self.progress.finish()
        if pdf is None:
            self._pdf = b""
            self.view.say("x", "quiet", _("Stopped. Choose the paper again to make it."))
            self._show_commands()
        else:
            self._show(pdf)

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.progress.finish()
        if isinstance(error, Problem):
            self._fail(error)
        else:
            self.desk.fail(error)

    def _fail(self, problem: Problem) -> None:
        self._pdf = b""
        self.strip.show_pages(b"", 0)
        self._where.setText("")
        self.view.say("triangle-alert", "amber", str(problem))
        self._show_commands()

    def _show(self, pdf: bytes) -> None:
        kept = self.strip.number() if pdf == self._pdf else 0
        self._pdf, self._current = pdf, True
        with Pages(pdf) as pages:
            count = len(pages)
        self.strip.show_pages(pdf, count, max(0, kept))
        self._show_commands()

    def _show_page(self, number: int) -> None:
        total = self.strip.model().rowCount()
        words = _("Page {number} of {total}").format(number=number + 1, total=total)
        self._where.setText(words)
        self.view.show_page(self._pdf, number, words)

    def _turn(self, step: int) -> None:
        self.strip.go_to(self.strip.number() + step)

    def _press_large(self) -> None:
        self.view.set_wide(not self.view.wide)
        self._say_large()

    def _say_large(self) -> None:
        self.large.setText(_("Whole page") if self.view.wide else _("Larger"))

    def _scroll(self, step: int) -> None:
        bar = self.room.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep() // 2)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _show_commands(self) -> None:
        ready = bool(self._pdf) and self._current
        what = "" if self._asked is None else self._asked.what
        book = what in BOOKS
        for action in (self.print, self.save):
            action.setEnabled(ready)
        self.book.setEnabled(ready and book)
        self.primary = self.print if ready else None
        self.anew.setEnabled(ready and what == "sheet")
        money = (self.amounts,) if what in ("receipt", "receipt_sheet") else ()
        more = (self.book,) if book else (self.anew,) if what == "sheet" else ()
        self.secondary = (*money, *more, self.save) if ready else money
        self.header_changed.emit()

    def _press_anew(self) -> None:
        """Number all pages of the day again by seat, for sheets that nobody has signed yet."""
        asked = self._asked
        if asked is None or asked.what != "sheet":
            return

        def action(store: Store, by: str) -> Done:
            return prepare_sheets(store, by, asked.event_id, asked.day_no, anew=True)

        self.desk.act(
            self,
            action,
            lambda done: self._make_pdf(asked, done.value),
            said=_("The pages were made anew by seat. Throw away sheets printed before."),
        )

    # ── what is done ─────────────────────────────────────────────────────────────────────────

    def _press_print(self) -> None:
        if not self._pdf or self._asked is None:
            return
        self.dialog = paper_printing(
            self, self.desk, self._asked, self._pdf, self.title(), lambda: self._press_save("pdf")
        )
        self.dialog.open()

    def _press_save(self, kind: Kind) -> None:
        asked = self._asked
        if asked is None or not self._pdf:
            return
        headline = _("Save as PDF") if kind == "pdf" else _("Save as a workbook")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, headline, f"{file_name(asked)}.{kind}", f"{kind.upper()} (*.{kind})"
        )
        if chosen:
            self.save_to(Path(chosen), kind)

    def save_to(self, place: Path, kind: Kind = "pdf") -> None:
        """Write the paper that is shown to a file, whole or not at all."""
        asked, pdf, store = self._asked, self._pdf, self.desk.store

        def write(_step: Steps, _stop: Cancelled) -> None:
            from desktop.store.disk import save_file

            made = pdf
            if kind == "xlsx" and asked is not None:
                made = make_book(store, asked)
            save_file(place, made)

        self.desk.slow(self, write, lambda _done: self.desk.said.emit(_("Saved"), False))
