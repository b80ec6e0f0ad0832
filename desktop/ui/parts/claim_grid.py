# SPDX-License-Identifier: Apache-2.0
"""The grid of amounts, what the amount at hand is for, and the sums."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.claim import Change, ClaimList, ClaimRow
from desktop.i18n import _, ngettext
from desktop.model.claim import CLAIM_KINDS, ClaimKind
from desktop.thai.baht import baht_figures, baht_words
from desktop.ui import theme
from desktop.ui.tables.claim import (
    DAYS,
    FIXED,
    KIND_WORDS,
    NAME,
    PAID,
    SEAT,
    TOTAL,
    ClaimModel,
)
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.field import TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.pane import Pane
from desktop.ui.widgets.typing_grid import TypingGrid

_ALWAYS: Final[tuple[ClaimKind, ...]] = ("meal", "lodging", "fare")
"""The columns of the ministry's form; the others are shown once they are used."""


class ClaimGrid(Pane):
    """``typed(changes)`` brings amounts, ``detailed(enrolment, kind, text)`` what one is for,
    ``chosen()`` comes when other rows are chosen."""

    typed = Signal(object)
    detailed = Signal(str, str, str)
    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._every = False
        self._held: ClaimList | None = None
        self.model = ClaimModel(self)
        self.model.typed.connect(self.typed)
        self.model.wrong.connect(self.say)
        self.grid = TypingGrid(_("What everybody is paid"), self)
        self.grid.setModel(self.model)
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.grid.setItemDelegateForColumn(NAME, MiddleCell(self.grid))
        self.grid.deleted.connect(self._clear)
        selection = self.grid.selectionModel()
        selection.currentChanged.connect(lambda *_cells: self._show_here())
        selection.selectionChanged.connect(lambda *_cells: self.chosen.emit())
        self.grid.hear(self.paste, self.fill_down)
        self.said = Label("", "small", "amber", weight=500, parent=self)
        self.said.hide()
        self.here = Label("", parent=self)
        self.detail = TextEdit(
            placeholder=_("What it is for, printed on the receipt"), longest=200
        )
        self.detail.setAccessibleName(_("What it is for, printed on the receipt"))
        self.detail.setMinimumWidth(theme.scaled(320))
        self.detail.editingFinished.connect(self._keep_detail)
        self.sums = Label("", "small", "quiet", parent=self)
        self.total = Label("", weight=600, parent=self)
        self._keys = Label(
            _("Type or paste amounts · Ctrl+D: the same for all below · Delete: nothing"),
            "small",
            "quiet",
            parent=self,
        )
        self._lay()
        self.setFocusProxy(self.grid)

    def _lay(self) -> None:
        here = QHBoxLayout()
        here.setSpacing(12)
        here.addWidget(self.here, 1)
        here.addWidget(self.detail)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.total)
        left.addWidget(self.sums)
        foot.addLayout(left, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._keys)
        column.addWidget(self.said)
        column.addWidget(self.grid, 1)
        column.addLayout(here)
        column.addLayout(foot)

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_list(self, held: ClaimList) -> None:
        """Show these people and their amounts."""
        other = self._held is None or self._held.event.id != held.event.id
        self._held = held
        self.model.hold(held.rows)
        used = {*held.sums, *held.plan.usual, *_ALWAYS}
        for place, kind in enumerate(CLAIM_KINDS, FIXED):
            self.grid.setColumnHidden(place, not (self._every or kind in used))
        self.say_sums()
        if (other or not self.grid.currentIndex().isValid()) and held.rows:
            self.grid.setCurrentIndex(self.model.index(0, FIXED))
        self._fit()
        self._show_here()

    def show_every(self, every: bool) -> None:
        """Show the columns of every kind of money, or of those that are used."""
        self._every = every
        self._keys.setVisible(not every)
        self.sums.setVisible(not every)
        if self._held is not None:
            self.show_list(self._held)

    def _fit(self) -> None:
        money = dict.fromkeys(range(FIXED, TOTAL), 92)
        self.grid.fit({SEAT: 52, DAYS: 60, TOTAL: 104, PAID: 116, **money, NAME: 190})
        shown = [one for one in range(PAID + 1) if not self.grid.isColumnHidden(one)]
        free = self.grid.viewport().width() - sum(self.grid.columnWidth(one) for one in shown)
        if free > 0:
            self.grid.setColumnWidth(NAME, self.grid.columnWidth(NAME) + free)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def say_sums(self) -> None:
        """Show the sums of what stands in the grid."""
        rows = self.model.rows
        total = sum(row.total for row in rows)
        paid = sum(1 for row in rows if row.claims)
        if not total:
            self.total.setText(_("No amounts yet"))
            self.sums.setText("")
            return
        words = ngettext(
            "{count} person, {total} baht ({words})",
            "{count} people, {total} baht ({words})",
            paid,
        )
        self.total.setText(
            words.format(count=paid, total=baht_figures(total), words=baht_words(total))
        )
        sums = {
            kind: sum(row.claims[kind].amount for row in rows if kind in row.claims)
            for kind in CLAIM_KINDS
        }
        self.sums.setText(
            " · ".join(
                f"{_(KIND_WORDS[kind])} {baht_figures(one)}" for kind, one in sums.items() if one
            )
        )

    def say(self, sentence: str) -> None:
        """Say what was refused; an empty sentence takes it away."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def rows_chosen(self) -> tuple[ClaimRow, ...]:
        """Those of whom some cell is chosen, in order."""
        places = sorted({cell.row() for cell in self.grid.selectionModel().selectedIndexes()})
        found = (self.model.row_at(place) for place in places)
        return tuple(row for row in found if row is not None)

    def _at(self) -> tuple[ClaimRow | None, ClaimKind | None]:
        here = self.grid.currentIndex()
        return self.model.row_at(here.row()), self.model.kind_of(here.column())

    def _show_here(self) -> None:
        row, kind = self._at()
        one = row.claims.get(kind) if row is not None and kind is not None else None
        if row is None:
            self.here.setText("")
        elif one is not None and kind is not None:
            text = _("{name} · {kind}: {words}")
            said = {"kind": _(KIND_WORDS[kind]), "words": baht_words(one.amount)}
            self.here.setText(text.format(name=row.row.name, **said))
        elif row.claims:
            text = _("{name} · {words}")
            self.here.setText(text.format(name=row.row.name, words=baht_words(row.total)))
        else:
            self.here.setText(row.row.name)
        self.detail.setEnabled(one is not None and row is not None and not row.paid)
        if not self.detail.hasFocus():
            self.detail.setText("" if one is None else one.detail)

    # ── doing ────────────────────────────────────────────────────────────────────────────────

    def paste(self) -> None:
        """Lay the clipboard's cells over the grid from the current cell on."""
        here = self.grid.currentIndex()
        text = QGuiApplication.clipboard().text().rstrip("\r\n")
        if not here.isValid() or not text.strip():
            self.say(_("Copy amounts in Excel first, then paste them onto the first cell."))
            return
        cells = [line.split("\t") for line in text.splitlines()]
        self._tell(*self.model.put(here.row(), max(here.column(), FIXED), cells))

    def fill_down(self) -> None:
        """Put the current amount under it, down to the end, for those who came."""
        row, kind = self._at()
        here = self.grid.currentIndex()
        if row is None or kind is None:
            return
        one = row.claims.get(kind)
        amount = None if one is None else one.amount
        batch: list[Change] = []
        for below in self.model.rows[here.row() + 1 :]:
            held = below.claims.get(kind)
            differs = (None if held is None else held.amount) != amount
            if differs and below.days and below.row.expected and not below.paid:
                batch.append((below.enrolment_id, kind, amount))
        self._change(batch)
        self._tell(len(batch), 0)

    def _clear(self) -> None:
        batch: list[Change] = []
        for cell in self.grid.selectionModel().selectedIndexes():
            row, kind = self.model.row_at(cell.row()), self.model.kind_of(cell.column())
            if row is not None and kind is not None and not row.paid and kind in row.claims:
                batch.append((row.enrolment_id, kind, None))
        self._change(batch)

    def _change(self, batch: list[Change]) -> None:
        if batch:
            self.say("")
            self.model.show_changes(batch)
            self.model.typed.emit(batch)

    def _tell(self, changed: int, lost: int) -> None:
        if lost:
            words = ngettext(
                "{count} cell was not taken over: it is no amount, or its row is paid or past the "
                "end.",
                "{count} cells were not taken over: they are no amounts, or their rows are paid "
                "or past the end.",
                lost,
            )
            self.say(words.format(count=lost))
        else:
            self.say("" if changed else _("Nothing changed: the cells hold this already."))

    def _keep_detail(self) -> None:
        row, kind = self._at()
        if row is None or kind is None or kind not in row.claims or row.paid:
            return
        if self.detail.plain() != row.claims[kind].detail:
            self.detailed.emit(row.enrolment_id, kind, self.detail.plain())
