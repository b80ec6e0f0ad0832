# SPDX-License-Identifier: Apache-2.0
"""Organisations and projects that receive an award: the list in its order, one at a time, or
many at once from Excel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions.award import AwardEntry
from desktop.i18n import _, ngettext
from desktop.imports.award import (
    AwardReading,
    ReadAward,
    fix_award,
    marked_equals,
    read_pasted_awards,
)
from desktop.imports.refusal import RosterRefused
from desktop.model.organisation import Award
from desktop.ui import theme
from desktop.ui.parts.award_form import AwardForm
from desktop.ui.tables.award import FUND, ORGANISATION, PROBLEM, TITLE, AwardModel
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.field import LongText
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.table import Table

_NARROW = 1200
_LEAST = {ORGANISATION: 180, TITLE: 200}


class AwardList(QWidget):
    """The signals ask for what is to be done; what came of it comes with ``show_awards``."""

    added = Signal(object)
    """A tuple of ``AwardEntry``."""
    corrected = Signal(str, object)
    """Id of an award and its ``AwardEntry``."""
    removed = Signal(str)
    ordered = Signal(object, str)
    """All ids in their new order, and the one that moved."""
    file_wanted = Signal()
    organisation_asked = Signal(str)
    turned = Signal()
    """A list is being checked now, or no more (``reading``)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event_id = ""
        self._awards: tuple[Award, ...] = ()
        self._read: tuple[ReadAward, ...] | None = None
        self._open: Award | ReadAward | None = None
        self._wanted = ""
        self._asked = False
        """Whether what is to be added is on its way: pressed twice it is added once."""
        self.progress = Progress(parent=self)
        self.progress.hide()
        self._wrong = Label("", tone="red", weight=500, parent=self)
        self._wrong.hide()
        self._stack = QStackedWidget(self)
        self._paste_card = self._make_paste()
        self._whole = QWidget(self)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._paste_card)
        self._make_table()
        down = QVBoxLayout(self._whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addLayout(self._make_bar())
        across = QHBoxLayout()
        across.setSpacing(12)
        down.addLayout(across, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._none)
        left.addWidget(self.table, 1)
        left.addStretch(0)
        across.addLayout(left, 1)
        self.form = AwardForm(self._whole)
        across.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 4)
        column.setSpacing(8)
        column.addWidget(self.progress)
        column.addWidget(self._wrong)
        column.addWidget(self._stack, 1)
        form = self.form
        form.saved.connect(self._save)
        form.removed.connect(self._remove)
        form.moved.connect(self._move)
        form.organisation_asked.connect(self.organisation_asked)
        self._keys()
        self._show_all()

    # ── parts ────────────────────────────────────────────────────────────────────────────────

    def _make_table(self) -> None:
        self.model = AwardModel(self)
        self.table = Table(
            _("Organisations and projects awarded"), self.model,
            widths=(76, 200, 300, 150, 164), stretch=TITLE, parent=self._whole,
        )  # fmt: skip
        self.table.setItemDelegateForColumn(PROBLEM, BadgeCell(self.table))
        for long in (ORGANISATION, TITLE, FUND):
            self.table.setItemDelegateForColumn(long, MiddleCell(self.table))
        self.model.modelReset.connect(lambda: self.table.fit(_LEAST))
        self.table.moved.connect(self._row_moved)
        self.table.chosen.connect(lambda _row: self.form.start())
        words = _(
            "Nothing on the list yet. Add one project after the other, or copy the rows in Excel "
            "and paste them here."
        )
        self._none: Label = Label(words, tone="quiet", parent=self._whole)

    def _make_bar(self) -> QHBoxLayout:
        self._count = Label("", weight=600, parent=self._whole)
        self.paste = Button(_("Paste from Excel"), self.paste_clipboard, icon="clipboard-paste",
                            parent=self._whole)  # fmt: skip
        self.paste.show_key("Ctrl+Shift+V")
        self.file = Button(_("From a file"), self.file_wanted.emit, icon="file-spreadsheet",
                           parent=self._whole)  # fmt: skip
        self.file.show_key("Ctrl+O")
        self.take = Button("", self._take_in, kind="primary", icon="check", parent=self._whole)
        self.leave = Button(_("Do not take in"), self.leave_reading, icon="x", parent=self._whole)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self._count, 1)
        for button in (self.paste, self.file, self.leave, self.take):
            bar.addWidget(button)
        return bar

    def _make_paste(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        self.text = LongText(rows=10, parent=card)
        self.text.setAccessibleName(_("Pasted rows"))
        words = _("Copy the rows in Excel — organisation, project, fund — and paste them here.")
        back = Button(_("Back"), self.leave_reading, icon="arrow-left", parent=card)
        read = Button(_("Read the rows"), lambda: self.read_text(self.text.toPlainText()),
                      kind="primary", icon="list", parent=card)  # fmt: skip
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch()
        row.addWidget(read)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addWidget(Label(words, parent=card))
        column.addWidget(self.text, 1)
        column.addLayout(row)
        return card

    def _keys(self) -> None:
        for key, run in (
            ("Ctrl+S", self._save),
            ("Alt+Up", lambda: self._move(-1)),
            ("Alt+Down", lambda: self._move(1)),
            ("Ctrl+Shift+V", self.paste_clipboard),
            ("Ctrl+O", self.file_wanted.emit),
        ):
            short = QShortcut(QKeySequence(key), self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(run)
        gone = QShortcut(QKeySequence("Delete"), self.table)
        gone.setContext(Qt.ShortcutContext.WidgetShortcut)
        gone.activated.connect(self._remove)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The project needs the room more: the fund stands in the form.
        self.table.setColumnHidden(FUND, self.width() < theme.scaled(_NARROW))
        self.table.fit(_LEAST)

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_awards(self, event_id: str, awards: Sequence[Award]) -> None:
        """Show the list of an event. What is being checked or typed stays, if it is the same."""
        if event_id != self._event_id:
            self._read, self._open, self._wanted = None, None, ""
            self._event_id, self._awards = event_id, tuple(awards)
            self._stack.setCurrentWidget(self._whole)
            self.refuse("")
            self._show_all()
        elif tuple(awards) != self._awards:
            self._awards = tuple(awards)
            self.refuse("")
            if self._read is None:
                self._show_all()

    @property
    def reading(self) -> bool:
        """Whether a list that was read is being checked, or text is being pasted."""
        return self._read is not None or self._stack.currentWidget() is self._paste_card

    def _show_all(self) -> None:
        reading = self._read is not None
        self.turned.emit()
        here = self._wanted or _id(self._open)
        lines: tuple[Award | ReadAward, ...] = (
            self._read if self._read is not None else self._awards
        )
        self.model.show_lines(lines, reading=reading)
        self.table.setColumnHidden(PROBLEM, not reading)
        self._none.setVisible(not lines)
        self.table.setVisible(bool(lines))
        for button in (self.paste, self.file):
            button.setVisible(not reading)
        for button in (self.leave, self.take):
            button.setVisible(reading)
        self._say_count()
        place = next((n for n, line in enumerate(lines) if _id(line) == here), -1)
        self._wanted = ""
        if place >= 0:
            self.table.go_to(place)
        elif reading and lines:
            self.table.go_to(
                next((n for n, one in enumerate(self._read or ()) if one.problems), 0)
            )
        else:
            self._show_line(None)

    def _say_count(self) -> None:
        rows = self._read if self._read is not None else ()
        ready = sum(1 for row in rows if row.ready)
        wrong = len(rows) - ready
        verb = ngettext("Take in {count} project", "Take in {count} projects", ready)
        self.take.setText(verb.format(count=ready))
        self.take.setEnabled(ready > 0 and not wrong)
        if self._read is None:
            count = len(self._awards)
            words = ngettext("{count} project", "{count} projects", count).format(count=count)
            self._count.setText(words if count else "")
            return
        words = ngettext("{count} line read", "{count} lines read", len(rows))
        words = words.format(count=len(rows))
        if wrong:
            words += " · " + ngettext(
                "{count} to be put right", "{count} to be put right", wrong
            ).format(count=wrong)
        self._count.setText(words)

    def _row_moved(self, place: int) -> None:
        self._show_line(self.model.row_at(place))

    def _show_line(self, line: Award | ReadAward | None) -> None:
        self._open = line
        place = self._awards.index(line) if isinstance(line, Award) else -1
        self.form.show_line(
            line,
            fund=self._last_fund(),
            first=place <= 0,
            last=place == len(self._awards) - 1,
        )

    def _last_fund(self) -> str:
        """Most of a list has one fund."""
        return self._awards[-1].fund if self._awards else ""

    # ── one at a time ────────────────────────────────────────────────────────────────────────

    def add(self) -> None:
        """An empty form for one more project."""
        if self._read is None:
            self.table.clearSelection()
            self.table.setCurrentIndex(self.model.index(-1, -1))
            self._show_line(None)
            self.form.start()

    def _save(self) -> None:
        line = self._open
        if isinstance(line, ReadAward):
            self._fix(line)
            return
        entry = self.form.entry()
        if entry is None:
            return
        if isinstance(line, Award):
            self.corrected.emit(line.id, entry)
        elif not self._asked:
            self._asked = True
            self.added.emit((entry,))

    def taken(self, awards: Sequence[Award]) -> None:
        """What was asked for is on the list: one made by hand leaves the form for the next."""
        self._asked = False
        if self._read is not None:
            self._read = None
            self._wanted = awards[0].id if awards else ""
            self.text.clear()
            self.refuse("")
            self._stack.setCurrentWidget(self._whole)
        else:
            self._open = None
            self.form.start()

    def _remove(self) -> None:
        line = self._open
        if isinstance(line, Award):
            place = self._awards.index(line)
            near = self._awards[place + 1 : place + 2] or self._awards[max(0, place - 1) : place]
            self._wanted = near[0].id if near else ""
            self.removed.emit(line.id)
        elif isinstance(line, ReadAward) and self._read is not None:
            left = [row for row in self._read if row.line_no != line.line_no]
            self._read = marked_equals(left) or None
            self._show_all()

    def _move(self, step: int) -> None:
        line = self._open
        if not isinstance(line, Award):
            return
        ids = [one.id for one in self._awards]
        place = ids.index(line.id)
        if 0 <= place + step < len(ids):
            ids[place], ids[place + step] = ids[place + step], ids[place]
            self.ordered.emit(tuple(ids), line.id)

    # ── many at once ─────────────────────────────────────────────────────────────────────────

    def paste_clipboard(self) -> None:
        """Read what the clipboard holds when it is rows, else show the box to paste into."""
        text = QGuiApplication.clipboard().text()
        if "\t" in text:
            self.read_text(text)
            return
        self._read = None
        self._stack.setCurrentWidget(self._paste_card)
        self.turned.emit()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_text(self, text: str) -> None:
        """Read pasted rows and show them for checking."""
        try:
            reading = read_pasted_awards(text)
        except RosterRefused as refused:
            self.refuse(str(refused))
            return
        self.show_reading(reading)

    def show_reading(self, reading: AwardReading) -> None:
        """Show a list that was read, line by line with what is wrong."""
        self.refuse("")
        self._open, self._read = None, reading.rows
        self._stack.setCurrentWidget(self._whole)
        self._show_all()
        if self.take.isEnabled():
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_reading(self) -> None:
        """Forget what was read; nothing of it was kept."""
        self._read = None
        self._stack.setCurrentWidget(self._whole)
        self.refuse("")
        self._show_all()

    def _fix(self, line: ReadAward) -> None:
        fixed = fix_award(
            line,
            organisation=self.form.organisation.plain(),
            title=self.form.title(),
            fund=self.form.fund.plain(),
        )
        rows = self._read or ()
        self._read = marked_equals([fixed if row is line else row for row in rows])
        wrong = next((row for row in self._read if not row.ready), None)
        self._open = wrong or fixed
        self._show_all()

    def _take_in(self) -> None:
        rows = self._read or ()
        if rows and not self._asked and all(row.ready for row in rows):
            self._asked = True
            self.added.emit(
                tuple(AwardEntry(row.organisation, row.title, fund=row.fund) for row in rows)
            )

    def refuse(self, sentence: str) -> None:
        """Say why something was not taken; empty takes it away."""
        self._asked = False
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    @property
    def refusal(self) -> str:
        """The sentence shown, or empty."""
        return "" if self._wrong.isHidden() else self._wrong.text()


def _id(line: Award | ReadAward | None) -> str:
    if isinstance(line, Award):
        return line.id
    return "" if line is None else f"line {line.line_no}"
