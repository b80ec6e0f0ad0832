# SPDX-License-Identifier: Apache-2.0
"""Stage mode (มอบบนเวที): certificates handed over one after the other, with a queue waiting.

Space or Enter: handed over, the next one. Everything that may happen on the spot has a key: skip,
put a name right, declare void, go back. It covers the window; Esc leaves it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.certificate_doing import Doing
from desktop.ui.parts.certificate_roll import ORDERS
from desktop.ui.parts.stage_card import StageCard
from desktop.ui.parts.stage_reading import StageView, order_of, read_stage, sought, turns_of
from desktop.ui.tables.stage import NAME, STATE, StageModel, Turn
from desktop.ui.tasks import Cancelled
from desktop.ui.tasks import Progress as Steps
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.figure import Figure
from desktop.ui.widgets.hurdle import Hurdle
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from desktop.actions.certificate_list import Line
    from desktop.actions.stage import StageLine
    from desktop.store.store import Store

_ROW = 52


class StagePage(Page):
    """The page of the ceremony."""

    noun = "stage"
    word = N_("Stage mode")
    icon = "award"
    watches = frozenset({"certificates", "roster", "people", "awards", "events"})
    scrolls = False
    covers = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._view: StageView | None = None
        self._kind = ""
        self._noted: dict[str, bool] = {}
        """Whose paper was handed over here (keys), and whether that is on the disk."""
        self._before: dict[str, StageLine] = {}
        self._skipped: set[str] = set()
        self._handed: frozenset[str] = frozenset()
        self.hand = self.command(_("Handed over"), self.hand_over, "Space", "check")
        # The space bar is the list's; here it is only shown.
        self.hand.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.skip = self.command(_("Skip"), self.pass_over, "F7", "chevron-right")
        self.fix = self.command(
            _("Fix the name"), lambda: self._with_turn(self.doing.rename), "F4", "pencil"
        )
        self.void = self.command(
            _("Void…"), lambda: self._with_turn(self.doing.void), "F8", "ban", "danger"
        )
        self.spare = self.command(
            _("Replacement…"), lambda: self._with_turn(self.doing.replace_paper), "F6", "replace"
        )
        self.again = self.command(_("Print this one"), self._press_again, "F9", "printer")
        self.paper = self.command(_("Print the list"), self._press_paper, "F5", "list")
        self._whole = QWidget(self)
        self.name = Label("", "small", "quiet", wrap=False, parent=self._whole)
        self.kinds = Choice(parent=self._whole)
        self.kinds.setAccessibleName(_("Kind of certificate"))
        self.kinds.chose.connect(self._choose_kind)
        self.order = Choice([(key, _(word)) for key, word in ORDERS], "stage", self._whole)
        self.order.setAccessibleName(_("Order"))
        self.order.chose.connect(lambda _order: self._choose_kind(self._kind))
        self.count = Figure(_("handed over"), parent=self._whole)
        self.box = SearchBox(_("Number or name: go there"), parent=self._whole)
        self.box.asked.connect(self._seek)
        self.model = StageModel(self)
        self.table = Table(
            _("Stage order"), self.model, widths=(72, 300, 150), stretch=NAME, parent=self._whole
        )
        rows = self.table.verticalHeader()
        rows.setDefaultSectionSize(theme.scaled(_ROW))
        self.table.setItemDelegateForColumn(NAME, MiddleCell(self.table))
        self.table.setItemDelegateForColumn(STATE, BadgeCell(self.table))
        self.table.ticked.connect(lambda _row: self.hand_over())
        self.table.chosen.connect(lambda _row: self.hand_over())
        self.table.moved.connect(lambda _row: self._moved())
        self.box.took.connect(self.table.setFocus)
        self.box.down.connect(self.table.setFocus)
        self.card = StageCard(self._whole)
        self.hurdle = Hurdle(self._whole)
        self.progress = Progress(parent=self._whole)
        self.doing = Doing(desk, self)
        self.setFocusProxy(self.table)
        for action in (self.hand, self.skip, self.fix, self.void, self.spare, self.again):
            # Or the space bar would press again what was pressed with the mouse.
            action.triggered.connect(lambda _checked=False: self.table.setFocus())
        self._lay()

    def _lay(self) -> None:
        where = QVBoxLayout()
        where.setSpacing(0)
        where.addWidget(self.name)
        where.addWidget(
            Label(_("Stage mode"), "section", weight=600, wrap=False, parent=self._whole)
        )
        leave = IconButton("minimize", _("Leave stage mode (Esc)"), self._leave, self._whole)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addLayout(where, 1)
        top.addWidget(self.kinds)
        top.addWidget(self.order)
        top.addWidget(self.count)
        top.addWidget(leave)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.box)
        left.addWidget(self.table, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.hurdle)
        right.addWidget(self.progress)
        right.addWidget(self.card, 1)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addLayout(left, 5)
        across.addLayout(right, 6)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(32, 12, 32, 12)
        column.setSpacing(12)
        column.addLayout(top)
        column.addLayout(across, 1)
        back = self.command(_("To the certificates"), self._leave)
        self._empty = Empty("award", "", "", (back,), self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._empty)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("Stage mode")

    def place(self) -> str:
        return "certificates"

    def arrive(self, what: object) -> None:
        if isinstance(what, str) and what and what != self._kind:
            self._kind = what
            self.reload()

    def back(self) -> bool:
        self._leave()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()
        if self.turn is not None and not self.turn.waits:
            self._go_to_next(-1)

    def event_changed(self, event_id: str) -> None:
        self._kind, self._view = "", None
        self._forget()
        super().event_changed(event_id)

    def _forget(self) -> None:
        """Another event, kind or order: other turns."""
        self._noted.clear()
        self._before.clear()
        self._skipped.clear()
        self._handed = frozenset()
        self._view = None

    def _leave(self) -> None:
        self.go.emit("certificates", None)

    def reload(self) -> None:
        event_id, kind = self.desk.event_id, self._kind
        order = order_of(self.order.value())
        before = dict(self._before)

        def read(store: Store) -> StageView | None:
            return read_stage(store, event_id, kind, order, before) if event_id else None

        self.desk.look(self, read, self._take, latest="stage")

    def _take(self, view: StageView | None) -> None:
        first = self._view is None
        self._view = view
        if view is None or not view.turns:
            self._show_empty(view)
            return
        self._before = {line.key: stage for stage, line in view.turns}
        self._noted = {key: done for key, done in self._noted.items() if not done}
        self._kind = view.held.kind
        self._stack.setCurrentWidget(self._whole)
        self.name.setText(view.held.event.name)
        self.kinds.setVisible(len(view.held.kinds) > 1)
        self.kinds.set_options(
            [(kind, codelist.word("cert_kind", kind)) for kind in view.held.kinds], view.held.kind
        )
        if view.rehearsal:
            words = _(
                "Nothing is issued yet: go through the turns as a rehearsal, nothing is noted."
            )
            self.hurdle.say(words, _("To the certificates"), self._leave)
        else:
            self.hurdle.hide()
        before = self._handed
        self._show()
        undone = before - self._handed
        if first or self.turn is None:  # nobody stood here before
            self._go_to_next(-1)
        elif len(undone) == 1:
            self._go_to(next(iter(undone)))

    def _show_empty(self, view: StageView | None) -> None:
        self._stack.setCurrentWidget(self._empty)
        self.primary, self.secondary = None, ()
        self._empty.say(
            _("Nobody comes onto the stage yet"),
            _("Issue and print the certificates first; then they stand here in their order.")
            if view is not None
            else _("Take an event in hand whose certificates are issued."),
        )
        self.header_changed.emit()

    def _show(self) -> None:
        """Show the turns as they are known here, with the same one on."""
        if self._view is None:
            return
        here = self.turn
        rows = turns_of(self._view, self._noted, self._skipped)
        self.model.hold(rows)
        self._handed = frozenset(one.key for one in rows if one.state == "handed")
        self.count.show_figure(
            str(len(self._handed)), str(sum(one.state != "void" for one in rows))
        )
        if here is not None:
            self._go_to(here.key)
        self._moved()

    # ── whose turn it is ─────────────────────────────────────────────────────────────────────

    @property
    def turn(self) -> Turn | None:
        """Whose turn it is."""
        return self.model.row_at(self.table.currentIndex().row())

    def _go_to(self, key: str) -> None:
        for place, one in enumerate(self.model.rows):
            if one.key == key:
                self.table.go_to(place)
                return

    def _after(self, place: int) -> int:
        """The next place that waits after one: first those not skipped, then from the top."""
        rows = self.model.rows
        ahead = [*range(place + 1, len(rows)), *range(max(0, place))]
        fresh = [n for n in ahead if rows[n].waits and rows[n].state != "skipped" and n > place]
        fresh += [n for n in ahead if rows[n].waits and rows[n].state != "skipped"]
        fresh += [n for n in ahead if rows[n].waits]
        return fresh[0] if fresh else -1

    def _go_to_next(self, place: int) -> None:
        after = self._after(place)
        self.table.go_to(after if after >= 0 else max(0, place))

    def _centre(self) -> None:
        """Whoever is on stands in the middle: who came before and who comes after is seen."""
        here = self.table.currentIndex()
        if here.isValid():
            self.table.scrollTo(here, QAbstractItemView.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._centre)

    def _moved(self) -> None:
        self._centre()
        turn, place = self.turn, self.table.currentIndex().row()
        after = self._after(place)
        rows = self.model.rows
        after_it = rows[after] if after >= 0 and after != place else None
        self.card.show_turn(turn, after_it, len(rows), done=not any(one.waits for one in rows))
        waits = turn is not None and turn.waits
        self.hand.setEnabled(
            waits and turn is not None and turn.line.issued and turn.state != "reprint"
        )
        self.skip.setEnabled(waits)
        self.fix.setEnabled(turn is not None and turn.state != "void")
        self.void.setEnabled(turn is not None and turn.line.issued)
        again = turn is not None and turn.state == "reprint"
        self.spare.setEnabled(turn is not None and turn.line.issued and not again)
        self.again.setEnabled(again)
        if self._view is not None and self._view.rehearsal:
            self.hand.setText(_("The next one"))
            self.hand.setEnabled(True)
        else:
            self.hand.setText(_("Handed over"))
        self.primary = self.again if again else self.hand
        self.secondary = (self.paper, self.void, self.spare, self.fix, self.skip)
        self.header_changed.emit()

    def _seek(self, text: str) -> None:
        """Go to the first whose number, turn or name answers."""
        place = sought(self.model.rows, text)
        if place >= 0:
            self.table.go_to(place)

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self._forget()
        self.reload()

    # ── what is done ─────────────────────────────────────────────────────────────────────────

    def hand_over(self) -> None:
        """Whoever is on has received hers: note it and go to the next. On one who has: go on."""
        turn, place = self.turn, self.table.currentIndex().row()
        if turn is None:
            return
        if turn.state == "reprint":
            self.desk.trouble.emit(_("Print the new paper first, then hand it over."))
            return
        if turn.waits and turn.line.issued:
            key = turn.key
            self._noted[key] = False
            self._skipped.discard(key)
            self.doing.note_handed(
                (turn.line,), lambda: self._noted.__setitem__(key, True), lambda: self._lost(key)
            )
            self._show()
        self._go_to_next(place)

    def _lost(self, key: str) -> None:
        """It could not be kept: she has not received hers as far as anybody knows."""
        self._noted.pop(key, None)
        self._show()

    def pass_over(self) -> None:
        """Whoever is on is not here: go on, and come back to her at the end."""
        turn, place = self.turn, self.table.currentIndex().row()
        if turn is not None and turn.waits:
            self._skipped.add(turn.key)
            self._show()
            self._go_to_next(place)

    def _with_turn(self, act: Callable[[Line], object]) -> None:
        if self.turn is not None:
            act(self.turn.line)

    def _press_again(self) -> None:
        turn = self.turn
        if turn is not None and self._view is not None:
            self.doing.print(self._view.held, "stage", turn.line)

    def _press_paper(self) -> None:
        """The list for whoever calls the names, as every paper is shown."""
        event_id, kind = self.desk.event_id, self._kind
        order = order_of(self.order.value())
        store = self.desk.store
        self.progress.start(_("Making the pages"))

        def make(step: Steps, _stop: Cancelled) -> bytes:
            from desktop.actions.register_paper import stage_paper

            return stage_paper(store, event_id, kind, "pdf", order, step)

        def made(pdf: bytes) -> None:
            self.progress.finish()
            title = _("Stage order")
            self.go.emit(
                "paper", {"what": "file", "pdf": pdf, "title": title, "name": _("stage-order")}
            )

        def failed(error: Exception) -> None:
            self.progress.finish()
            self.desk.fail(error)

        self.desk.slow(self, make, made, self.progress.step, failed)
