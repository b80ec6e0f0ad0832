# SPDX-License-Identifier: Apache-2.0
"""A list before it is taken in: columns, names in their parts, problems beside the row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import incoming
from desktop.i18n import _
from desktop.imports.person import ReadPerson
from desktop.imports.roster import (
    ReadRow,
    RosterReading,
    RowProblem,
    fix_row,
    with_row,
    without_row,
)
from desktop.model.person import Likeness
from desktop.ui import theme
from desktop.ui.parts.column_bar import ColumnBar
from desktop.ui.parts.known_rows import Decision, KnownRows
from desktop.ui.parts.row_card import RowCard, Taken
from desktop.ui.tables.incoming import FIRST, FIXED, WRONG, IncomingModel
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.typing_grid import TypingGrid

Shown = str
"""Which rows are shown: ``all``, ``wrong``, ``known`` or ``out``."""
_LOW: Final = 460


class RosterImport(QWidget):
    """``columns_chosen({index: field})`` asks for another reading, ``sheet_chosen(name)`` for
    another sheet; ``counted`` comes whenever what is to be taken in changed."""

    columns_chosen = Signal(object)
    sheet_chosen = Signal(str)
    counted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading: RosterReading | None = None
        self._known = KnownRows()
        self._out: dict[int, ReadRow] = {}
        self._chosen: dict[int, str] = {}
        self._shown: Shown = "all"
        self._wrong: tuple[ReadRow, ...] = ()
        self._unready: frozenset[int] = frozenset()
        self.model = IncomingModel(self)
        self.table = TypingGrid(_("People on the list"), self)
        self.table.setModel(self.model)
        self.bar = ColumnBar(self.table, self)
        self.card = RowCard(self)
        self.card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.sheet = Choice(parent=self)
        self.sheet.setAccessibleName(_("Sheet"))
        self._filters: dict[Shown, Button] = {}
        self._group = QButtonGroup(self)
        self._next = Button(
            _("Next to check"), self.next_wrong, kind="quiet", icon="chevron-down", key="F4",
            parent=self,
        )  # fmt: skip
        self._all_same = Button(
            "", self._decide_by_number, kind="quiet", icon="user-check", parent=self
        )
        self._lay_out()
        self.model.typed.connect(self._typed)
        self.table.deleted.connect(self._turn_out)
        self.table.selectionModel().currentChanged.connect(lambda *_now: self._show_card())
        self.bar.chose.connect(self._column_chosen)
        self.sheet.chose.connect(lambda name: self.sheet_chosen.emit(str(name)))
        self.card.left_out.connect(self._turn_out)
        self.card.suggested.connect(self._suggested)
        self.card.decided.connect(self._decide)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name in ("all", "wrong", "known", "out"):
            button = Button("", partial(self.show_only, name), kind="choice", parent=self)
            button.setCheckable(True)
            self._group.addButton(button)
            self._filters[name] = button
            row.addWidget(button)
        row.addWidget(self._next)
        row.addStretch()
        row.addWidget(self._all_same)
        row.addWidget(self.sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.card)

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_reading(self, reading: RosterReading) -> None:
        """Show a list that was just read, or read again after its columns were corrected."""
        self.reading = reading
        self._known.forget()
        self._out = {}
        self.sheet.set_options([(name, name) for name in reading.sheets], reading.sheet)
        self.sheet.setVisible(len(reading.sheets) > 1)
        self._shown = "all"
        self._fill()
        self.bar.show()
        self.bar.show_columns(reading.columns)
        self._to_first()

    def begin(self) -> None:
        """Another list: what was said of the columns of the last one is forgotten."""
        self._chosen = {}

    def show_known(
        self,
        known: Mapping[int, tuple[Likeness, ...]],
        here: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """Who of the list may be in the store already, by line.

        ``here`` are the people on this very roster, their first names and surnames by id. A
        list is often sent again with a few names more: who is here already is not added a
        second time unless the facilitator says that this is somebody else.
        """
        rows = self.reading.rows if self.reading is not None else ()
        self._known.learn(known, rows, here or {})
        self._fill()
        self._show_card()

    def show_only(self, shown: Shown) -> None:
        """Show all rows, or only those of one kind."""
        self._shown = shown
        self._fill()
        # Who is who needs the room, and what the columns are was settled before.
        self.bar.setVisible(self._shown != "known")
        self._to_first()

    def _to_first(self) -> None:
        if self.model.rowCount():
            self._go_to(0, FIRST)
        self._show_card()

    def _rows(self, shown: Shown) -> tuple[ReadRow, ...]:
        reading = self.reading
        if reading is None:
            return ()
        if shown == "wrong":
            return self._wrong
        if shown == "known":
            return tuple(row for row in reading.rows if row.line_no in self._known)
        if shown == "out":
            cells = {line.number: line.cells for line in reading.lines}
            skipped = [
                ReadRow(
                    line.line_no,
                    ReadPerson(),
                    (RowProblem("", "warning", line.why),),
                    cells.get(line.line_no, ()),
                    {},
                )
                for line in reading.skipped
            ]
            return tuple(sorted((*self._out.values(), *skipped), key=lambda row: row.line_no))
        return reading.rows

    def _fill(self) -> None:
        reading = self.reading
        if reading is None:
            return
        self._recount(reading)
        rows = self._rows(self._shown)
        if not rows and self._shown != "all":
            self._shown, rows = "all", reading.rows
        asked = self._known.open
        here = self._current()
        column = self.table.currentIndex().column()
        scroll = self.table.verticalScrollBar().value()
        self.model.show_list(
            rows, reading.columns, asked, self.here_already, fixed=self._shown == "out"
        )
        self.table.verticalScrollBar().setValue(scroll)
        place = self.model.place_of(here.line_no) if here is not None else -1
        if place >= 0:
            self._go_to(place, column)
        self.table.setColumnHidden(WRONG, self._shown != "out" and not self._wrong and not asked)
        self._say_counts(reading)
        self.counted.emit()

    def _say_counts(self, reading: RosterReading) -> None:
        wrong = len(self._wrong)
        out = len(self._out) + len(reading.skipped)
        known = len(self._known)
        words = {
            "all": _("All {count}").format(count=len(reading.rows)),
            "wrong": _("To check {count}").format(count=wrong),
            "known": _("Known already? {count}").format(count=known),
            "out": _("Left out {count}").format(count=out),
        }
        counts = {"all": 1, "wrong": wrong, "known": known, "out": out}
        for name, button in self._filters.items():
            button.setText(words[name])
            button.setVisible(bool(counts[name]))
            button.setChecked(name == self._shown)
        self._next.setVisible(bool(wrong) and self._shown != "known")
        open_numbers = len(self._known.by_number())
        self._all_same.setVisible(bool(open_numbers) and self._shown == "known")
        self._all_same.setText(
            _("Same number, same person: all {count}").format(count=open_numbers)
        )

    def _show_card(self) -> None:
        row = self._current()
        line = -1 if row is None else row.line_no
        decision, person_id = self._known.decision(line)
        # In a low window two side by side leave no room for the list, unless they are the task.
        roomy = self._shown == "known" or self.height() > theme.scaled(_LOW)
        self.card.set_roomy(bool(self._known) and roomy)
        self.card.show_row(
            row,
            self._known.likes(line),
            decision,
            person_id,
            out=self._shown == "out",
            paired=roomy,
            here=line in self.here_already,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_card()

    def _current(self) -> ReadRow | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _go_to(self, place: int, column: int) -> None:
        cell = self.model.index(place, max(0, column))
        self.table.selectionModel().setCurrentIndex(
            cell, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.table.scrollTo(cell)
        if column < FIXED:
            # The line and what is wrong with it are to be seen too.
            self.table.horizontalScrollBar().setValue(0)

    def next_wrong(self) -> None:
        """Go to the cell of the next problem, from the top again after the last."""
        count = self.model.rowCount()
        start = self.table.currentIndex().row()
        for step in range(1, count + 1):
            place = (start + step) % count
            row = self.model.row_at(place)
            if row is not None and row.problems:
                first = min(row.problems, key=lambda one: one.level != "error")
                column = self.model.column_of(first.field)
                self._go_to(place, column if column >= 0 else FIRST)
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # ── putting right ────────────────────────────────────────────────────────────────────────

    def _typed(self, line: int, field: str, text: str) -> None:
        place = self.model.place_of(line)
        row = self.model.row_at(place)
        if row is None or self.reading is None:
            return
        fixed = fix_row(row, field, text, incoming.lookups())
        self.reading = with_row(self.reading, fixed)
        again = next(one for one in self.reading.rows if one.line_no == line)
        # The row stays in sight although it is right now: one sees that it was.
        self.model.show_row(place, again)
        self._recount(self.reading)
        self._say_counts(self.reading)
        self._show_card()
        self.counted.emit()

    def _suggested(self, field: str, text: str) -> None:
        row = self._current()
        if row is not None:
            self._typed(row.line_no, field, text)

    def _column_chosen(self, index: int, field: str) -> None:
        self._chosen[index] = field
        self.columns_chosen.emit(dict(self._chosen))

    def _turn_out(self) -> None:
        row, reading = self._current(), self.reading
        if row is None or reading is None or not row.values:
            return
        place = self.table.currentIndex().row()
        if row.line_no in self._out:
            back = self._out.pop(row.line_no)
            rows = tuple(sorted((*reading.rows, back), key=lambda one: one.line_no))
            self.reading = with_row(replace(reading, rows=rows), back)
        else:
            self._out[row.line_no] = row
            self.reading = without_row(reading, row.line_no)
        self._fill()
        if self.model.rowCount():
            self._go_to(min(place, self.model.rowCount() - 1), FIRST)
        self._show_card()

    def _decide(self, decision: Decision) -> None:
        row, like = self._current(), self.card.likeness
        if row is None or like is None:
            return
        said = self._known.decide(row.line_no, decision, like.person_id)
        self._fill()
        if said:
            self._next_open()
        self._show_card()

    def _next_open(self) -> None:
        """Go to the next row that may be known; stay when it was the last."""
        count, start = self.model.rowCount(), self.table.currentIndex().row()
        for step in range(1, count):
            place = (start + step) % count
            row = self.model.row_at(place)
            line = row.line_no if row is not None and row.ready else -1
            if line in self._known.open:
                self._go_to(place, FIRST)
                return

    def _decide_by_number(self) -> None:
        for line, person_id in self._known.by_number().items():
            self._known.decide(line, "same", person_id)
        self._fill()
        self._show_card()

    # ── taking in ────────────────────────────────────────────────────────────────────────────

    def taken(self) -> tuple[Taken, ...]:
        """The rows that can be taken in, in the order of the list."""
        if self.reading is None:
            return ()
        here = self.here_already
        return tuple(
            self._taken(row) for row in self.reading.rows if row.ready and row.line_no not in here
        )

    @property
    def here_already(self) -> frozenset[int]:
        """Lines of people who are on this roster, and of whom nothing else was said."""
        return self._known.here - self._unready - self._out.keys()

    def _taken(self, row: ReadRow) -> Taken:
        decision, person_id = self._known.decision(row.line_no)
        undecided = row.line_no in self._known and not decision
        return Taken(row, person_id if decision == "same" else None, undecided)

    @property
    def ready(self) -> int:
        """How many rows can be taken in."""
        if self.reading is None:
            return 0
        return len(self.reading.rows) - len(self._unready) - len(self.here_already)

    @property
    def undecided(self) -> int:
        """How many of them may be known and nobody has said so."""
        return len(self._known.open - self._known.here - self._unready - self._out.keys())

    def _recount(self, reading: RosterReading) -> None:
        """Count once after each change; 10,000 rows are not to be gone through by every reader."""
        self._wrong = tuple(row for row in reading.rows if row.problems)
        self._unready = frozenset(row.line_no for row in self._wrong if not row.ready)

    def keep_rest(self) -> bool:
        """After the others were taken in: keep the rows that were not. False when none is."""
        reading = self.reading
        if reading is None:
            return False
        rest = tuple(row for row in reading.rows if not row.ready)
        self.reading = replace(reading, rows=rest)
        self._known.forget()
        self._shown = "all"
        self._fill()
        self._to_first()
        return bool(rest)
