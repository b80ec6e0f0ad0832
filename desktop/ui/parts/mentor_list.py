# SPDX-License-Identifier: Apache-2.0
"""Mentors and their juniors: two lines to make pairs by typing, and the pairs there are."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui.desk import Desk
from desktop.ui.parts.activity_reading import Offer, PairRow, find_people
from desktop.ui.tables.mentorship import EVENT, JUNIOR, MENTOR, SINCE, PairModel
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.field import Field, TypeAhead
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.table import Table

_WIDTHS: Final = (300, 340, 150, 260)


class MentorList(QWidget):
    """``parted(row)`` when a pair is to be taken apart; ``turned`` when the answers changed."""

    parted = Signal(object)
    turned = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._event_id = ""
        self._juniors: tuple[Offer, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 8)
        column.setSpacing(8)
        column.addWidget(self._asking())
        self.sums = Label("", tone="quiet", parent=self)
        column.addWidget(self.sums)
        self.model = PairModel(self)
        self.table = Table(
            _("Mentors and their juniors"), self.model, widths=_WIDTHS, stretch=JUNIOR, parent=self
        )
        for long in (MENTOR, JUNIOR, EVENT):
            self.table.setItemDelegateForColumn(long, MiddleCell(self.table))
        self.table.installEventFilter(self)
        column.addWidget(self.table, 1)

    def _asking(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(16)
        self.mentor = TypeAhead(_("Type a part of the name"), card)
        self.junior = TypeAhead(_("Type a name, Enter adds it"), card)
        for line in (self.mentor, self.junior):
            line.asked.connect(partial(self._ask, line))
            line.installEventFilter(self)
        self.mentor.took.connect(lambda _who: self.junior.setFocus())
        self.mentor.took.connect(lambda _who: self.turned.emit())
        self.junior.took.connect(self._add)
        self.mentor_field = Field(
            _("Mentor"), self.mentor, _("A volunteer who looks after juniors"), parent=card
        )
        self.junior_field = Field(
            _("Junior volunteers"), self.junior, _("One after the other"), parent=card
        )
        self.chips = Chips(card)
        self.chips.hide()
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.junior_field)
        right.addWidget(self.chips)
        right.addStretch()
        row.addWidget(self.mentor_field, 2)
        row.addLayout(right, 3)
        return card

    # ── choosing ─────────────────────────────────────────────────────────────────────────────

    @property
    def chosen(self) -> tuple[str, tuple[str, ...]]:
        """Ids of the mentor (empty for none) and of her juniors."""
        who = self.mentor.value()
        mentor_id = who.person_id if isinstance(who, Offer) else ""
        return mentor_id, tuple(one.person_id for one in self._juniors)

    def clear(self) -> None:
        """Be ready for the next mentor."""
        self.mentor.set_value(None, "")
        self.junior.set_value(None, "")
        self._show_juniors(())
        self.refuse("")
        self.mentor.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say beside the juniors why these are no pairs."""
        self.junior_field.set_error(sentence)

    def _leave(self, line: TypeAhead) -> None:
        """What was typed and not chosen means the first offer; of what means nobody it is said."""
        line.take_first()
        field = self.mentor_field if line is self.mentor else self.junior_field
        unknown = bool(line.plain()) and line.value() is None
        field.set_error(
            _("Nothing of this name is known. Choose one of the list.") if unknown else ""
        )

    def _ask(self, line: TypeAhead, text: str) -> None:
        (self.mentor_field if line is self.mentor else self.junior_field).set_error()
        if not text.strip():
            line.offer(())
            self.turned.emit()
            return
        event_id = self._event_id
        self._desk.look(
            self,
            lambda store: find_people(store, text.strip(), event_id),
            line.offer,
            latest="mentor" if line is self.mentor else "junior",
        )
        self.turned.emit()

    def _add(self, who: object) -> None:
        self.junior.set_value(None, "")
        self.junior.offer(())
        if isinstance(who, Offer) and who not in self._juniors:
            self._show_juniors((*self._juniors, who))
        self.refuse("")

    def _drop(self, who: Offer) -> None:
        self._show_juniors(tuple(one for one in self._juniors if one != who))
        self.junior.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_juniors(self, juniors: tuple[Offer, ...]) -> None:
        self._juniors = juniors
        self.chips.show_chips([(one.name, partial(self._drop, one)) for one in juniors])
        self.chips.setVisible(bool(juniors))
        told = ", ".join(one.name for one in juniors)
        name = _("Junior volunteers")
        self.junior.setAccessibleName(f"{name}: {told}" if told else name)
        self.turned.emit()

    # ── the pairs ────────────────────────────────────────────────────────────────────────────

    def show_pairs(self, pairs: tuple[PairRow, ...], event_id: str) -> None:
        """Show these; people of ``event_id`` are offered first. The current row stays current."""
        if event_id != self._event_id:
            self._event_id = event_id
            self.mentor.set_value(None, "")
            self._show_juniors(())
        here = self.table.currentIndex().row()
        self.model.hold(pairs)
        mentors = {one.pair.mentorship.mentor_id for one in pairs}
        said = _("Nobody has a mentor yet.")
        if pairs:
            who = ngettext("{count} mentor", "{count} mentors", len(mentors))
            whom = ngettext("{count} pair", "{count} pairs", len(pairs))
            said = f"{who.format(count=len(mentors))} · {whom.format(count=len(pairs))}"
        self.sums.setText(said)
        self.table.setVisible(bool(pairs))
        self.table.setColumnHidden(EVENT, bool(event_id))
        self.table.go_to(min(max(0, here), len(pairs) - 1))
        self._fit()

    def current(self) -> PairRow | None:
        """The pair in the current row."""
        row, rows = self.table.currentIndex().row(), self.model.rows
        return rows[row] if 0 <= row < len(rows) else None

    def focus_first(self) -> None:
        """Put the focus where the next pair begins."""
        self.mentor.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.table.fit({SINCE: 110, MENTOR: 220, JUNIOR: 220, EVENT: 140})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            # The list of offers takes the focus too, and a window that comes before this one.
            passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in passing and isinstance(watched, TypeAhead):
                self._leave(watched)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if watched is self.table and key == Qt.Key.Key_Delete:
                row = self.current()
                if row is not None:
                    self.parted.emit(row)
                return True
            if (
                watched in (self.mentor, self.junior)
                and not event.modifiers()
                and key
                in (
                    Qt.Key.Key_Return,
                    Qt.Key.Key_Enter,
                )
            ):
                line = self.mentor if watched is self.mentor else self.junior
                return line.take_first()
            empty = watched is self.junior and not self.junior.text()
            if empty and key == Qt.Key.Key_Backspace and self._juniors:
                self._drop(self._juniors[-1])
                return True
        return super().eventFilter(watched, event)
