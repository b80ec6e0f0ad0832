# SPDX-License-Identifier: Apache-2.0
"""Taking over a signed sheet (กรอกจากใบลงชื่อ): the rows as they are printed, ticked by keyboard.

Scan the code of the page, or choose day and page. Space goes on from blank to signed, on leave
and absent; ``a`` ticks the whole column; Ctrl+Enter saves everything as one action.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.actions.attendance import Tick, enter_sheet
from desktop.actions.back_entry import Paper, PaperPage, find_page, paper
from desktop.actions.checkin import nearest_session
from desktop.actions.done import Done
from desktop.errors import Problem
from desktop.i18n import N_, _, ngettext
from desktop.model.roster import SHEET_DIGITS
from desktop.store.store import Store
from desktop.thai.keyboard import scanned_digits
from desktop.ui.attendance_words import day_words
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.tables.sheet import SheetModel
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import Choice, Field
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.sheet_grid import SheetGrid


class BackEntry(Page):
    """The page that takes over paper. ``arrive`` may bring the twelve digits of a sheet."""

    noun = "back_entry"
    word = N_("From a signed sheet")
    icon = "clipboard-list"
    watches = frozenset({"attendance", "roster", "events", "sheets", "people"})
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._paper: Paper | None = None
        self._at: tuple[int, int] | None = None
        self._wanted = ""
        self._page: PaperPage | None = None
        self.primary = self.command(_("Save the ticks"), self._save, "Ctrl+Return", "save")
        self.primary.setEnabled(False)
        self.secondary = (
            self.command(_("Empty the page"), self._show_page, "Ctrl+Backspace", "rotate-ccw"),
        )
        self._build()

    def _build(self) -> None:
        whole = QWidget(self)
        self.box = SearchBox(_("Scan or type the 12 digits of the sheet"), parent=whole)
        self.box.textChanged.connect(self._typed)
        self.box.took.connect(lambda: self._find(self.box.text()))
        self._code = Field(_("Signed sheet"), self.box, parent=whole)
        self.days = Choice(parent=whole)
        self.days.chose.connect(lambda day_no: self._go((int(day_no), 1)))
        self.pages = Choice(parent=whole)
        self.pages.chose.connect(self._page_chosen)
        self.model = SheetModel(self)
        self.model.ticked.connect(self._count)
        self.grid = SheetGrid(_("Signed sheet"), self.model, whole)
        self.box.down.connect(self.grid.start)
        right = Qt.AlignmentFlag.AlignRight
        self.said = Label("", weight=600, align=right, parent=whole)
        self._keys = Label(
            _(
                "Arrows: move · Space: signed, on leave, absent"
                " · a: whole column · Enter: next row"
            ),
            "small",
            "quiet",
            wrap=False,
            parent=whole,
        )
        top = QHBoxLayout()
        top.setSpacing(16)
        at_top = Qt.AlignmentFlag.AlignTop
        top.addWidget(self._code, 3, at_top)
        top.addWidget(Field(_("Day"), self.days, parent=whole), 2, at_top)
        top.addWidget(Field(_("Page"), self.pages, parent=whole), 1, at_top)
        told = QHBoxLayout()
        told.setSpacing(16)
        told.addWidget(self._keys)
        told.addWidget(self.said, 1)
        column = QVBoxLayout(whole)
        column.setContentsMargins(24, 4, 24, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(told)
        column.addWidget(self.grid, 1)
        self.grid.setFrameShape(QFrame.Shape.NoFrame)
        self._whole = whole
        self._empty = Empty(
            "clipboard-list",
            _("What was signed on paper is taken over here"),
            _("Take an event with sessions and a roster in hand first."),
            (self.command(_("Go to events"), lambda: self.go.emit("events", None)),),
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(whole)
        self._stack.addWidget(self._empty)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("From a signed sheet")

    def arrive(self, what: object) -> None:
        self._wanted = what if isinstance(what, str) else ""
        if self._paper is not None and self._wanted:
            self._find(self._wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.model.rows:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def event_changed(self, event_id: str) -> None:
        self._at = None
        self.reload()

    def reload(self) -> None:
        event_id = self.desk.event_id
        if not event_id:
            self._take(None)
            return

        def read(store: Store) -> Paper:
            return paper(store, event_id)

        self.desk.look(self, read, self._take, latest="paper")

    def _take(self, found: Paper | None) -> None:
        same = (
            self._paper is not None
            and found is not None
            and self._paper.event.id == found.event.id
        )
        ticks = self._ticks() if same else ()
        self._paper = found
        usable = found is not None and any(page.rows for page in found.pages)
        self._stack.setCurrentWidget(self._whole if usable else self._empty)
        for action in (self.primary, *self.secondary):
            if action is not None:
                action.setVisible(usable)
        self.header_changed.emit()
        if found is None or not usable:
            self.model.show_page((), (), {})
            return
        self.days.set_options(
            [(day.no, day_words(day.no, day.on)) for day in found.days if day.halves]
        )
        if self._wanted:
            self._find(self._wanted)
            return
        here = nearest_session(found.days, self.desk.now())
        at = self._at or (here.day_no if here else found.pages[0].day_no, 1)
        if found.page(*at) is None:
            at = (found.pages[0].day_no, found.pages[0].page)
        stays = at == self._at
        self._at = at
        self._show_page()
        if stays:
            self._tick_again(ticks)

    def _ticks(self) -> tuple[tuple[str, int, object], ...]:
        """What is ticked and not saved, so that a reload does not lose it."""
        return tuple(
            (row.row.enrolment_id, place, cell.tick)
            for row in self.model.rows
            for place, cell in enumerate(row.cells)
            if cell.new
        )

    def _tick_again(self, ticks: tuple[tuple[str, int, object], ...]) -> None:
        rows = {row.row.enrolment_id: number for number, row in enumerate(self.model.rows)}
        for enrolment_id, place, tick in ticks:
            if enrolment_id in rows:
                self.model.tick(rows[enrolment_id], 3 + place, tick)  # type: ignore[arg-type]

    # ── which page ───────────────────────────────────────────────────────────────────────────

    def _typed(self, text: str) -> None:
        self._code.set_error()
        digits = scanned_digits(text)
        if digits is not None and len(digits) == SHEET_DIGITS:
            self._find(text)

    def _find(self, text: str) -> None:
        found = self._paper
        self._wanted = ""
        if found is None or not text.strip():
            return
        digits = scanned_digits(text) or text
        try:
            self._go(find_page(self.desk.store, found, digits))
        except Problem as problem:
            self._code.set_error(str(problem))
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.box.selectAll()
            return
        self.box.blockSignals(True)
        self.box.clear()
        self.box.blockSignals(False)
        self._code.set_error()
        self.grid.start()

    def _page_chosen(self, page: object) -> None:
        if self._at is not None and isinstance(page, int):
            self._go((self._at[0], page))

    def _go(self, at: tuple[int, int]) -> None:
        self._at = at
        self._show_page()
        self.grid.start()

    def _show_page(self) -> None:
        found = self._paper
        if found is None or self._at is None:
            return
        page = found.page(*self._at)
        if page is None:
            return
        self._page = page
        self.days.set_value(page.day_no)
        of_day = found.pages_of(page.day_no)
        words = _("Page {page} of {pages}")
        self.pages.set_options(
            [(one.page, words.format(page=one.page, pages=len(of_day))) for one in of_day],
            page.page,
        )
        self.model.show_page(page.rows, page.halves, page.known, page.first)

    # ── ticking and saving ───────────────────────────────────────────────────────────────────

    def _count(self) -> None:
        cells = [cell for row in self.model.rows for cell in row.cells]
        new = sum(cell.new and not cell.differs for cell in cells)
        differ = sum(cell.differs for cell in cells)
        same = sum(cell.tick is not None and not cell.new for cell in cells)
        parts = []
        if new:
            parts.append(_("{count} new").format(count=new))
        if same:
            parts.append(_("{count} known already").format(count=same))
        if differ:
            parts.append(_("{count} differ from what is known").format(count=differ))
        self.said.setText("   ·   ".join(parts))
        self.said.set_tone("amber" if differ else "text")
        if self.primary is not None:
            count = new + differ
            self.primary.setText(
                ngettext("Save {count} tick", "Save {count} ticks", count).format(count=count)
                if count
                else _("Save the ticks")
            )
            self.primary.setEnabled(bool(count))

    def _save(self) -> None:
        page, event_id = self._page, self.desk.event_id
        if page is None:
            return
        ticks = [
            Tick(row.row.enrolment_id, page.day_no, half, cell.tick)
            for row in self.model.rows
            for half, cell in zip(self.model.halves, row.cells, strict=False)
            if cell.new and cell.tick is not None
        ]
        if not ticks:
            return
        if self.primary is not None:
            self.primary.setEnabled(False)

        def saved(_done: Done) -> None:
            found, at = self._paper, self._at
            self.model.show_page(page.rows, page.halves, page.known, page.first)
            # On to the next page of the pile, when there is one.
            if found is not None and at is not None and found.page(at[0], at[1] + 1) is not None:
                self._go((at[0], at[1] + 1))
            else:
                self.box.setFocus(Qt.FocusReason.OtherFocusReason)

        self.desk.act(
            self,
            lambda store, by: enter_sheet(store, by, event_id, ticks),
            saved,
            lambda done: ngettext(
                "Page {page} of day {day}: {count} tick saved",
                "Page {page} of day {day}: {count} ticks saved",
                len(done.value),
            ).format(page=page.page, day=page.day_no, count=len(done.value)),
            self._refused,
        )

    def _refused(self, problem: Problem) -> None:
        self.said.set_tone("red")
        self.said.setText(str(problem))
        if self.primary is not None:
            self.primary.setEnabled(True)

    def back(self) -> bool:
        if self.grid.hasFocus():
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False
