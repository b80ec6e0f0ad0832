# SPDX-License-Identifier: Apache-2.0
"""A new event: a shape to start from, and the few things that cannot be guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.event_draft import EventDraft, draft_from
from desktop.i18n import N_, _
from desktop.model.event import PATTERNS, Pattern, Programme
from desktop.store.area import search_areas
from desktop.thai import dates
from desktop.thai.search_key import search_key
from desktop.ui.widgets.area_pick import AreaPick
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.field import Field, NumberEdit, TextEdit, TypeAhead
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.pattern_tile import PatternTile
from desktop.ui.widgets.tick import Tick

_SHAPES: Final = (
    ("ceremony", N_("Ceremony of one day"), N_("Speeches and awards")),
    ("training", N_("Training of three days"), N_("Lectures, practice, certificates")),
    ("visits", N_("Workshop with home visits"), N_("Classroom, then the field")),
    ("", N_("Empty"), N_("Set every session yourself")),
)


def _pattern(code: str) -> Pattern | None:
    return next((one for one in PATTERNS if one.code == code), None)


class NewEvent(QWidget):
    """``draft()`` is the event as it was asked for. ``asked`` comes with Enter in a line."""

    asked = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._known: tuple[Programme, ...] = ()
        self._year_typed = False
        self._last_chosen = False
        self._make_editors()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 16)
        column.setSpacing(12)
        column.addWidget(Label(_("What does it look like?"), weight=600, parent=self))
        column.addWidget(self._make_tiles())
        card = QFrame(self)
        card.setObjectName("card")
        self._lay(card)
        column.addWidget(card)
        column.addStretch()
        self._wire()
        self.begin()

    # ── parts ────────────────────────────────────────────────────────────────────────────────

    def _make_tiles(self) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.tiles: dict[str, PatternTile] = {}
        for code, name, words in _SHAPES:
            shape = _pattern(code)
            days, sessions = (1, ()) if shape is None else (shape.days, shape.sessions)
            tile = PatternTile(_(name), _(words), days, sessions, holder)
            tile.toggled.connect(lambda _on: self._shape_chosen())
            self.tiles[code] = tile
            row.addWidget(tile, 1)
        return holder

    def _make_editors(self) -> None:
        self.programme = TypeAhead(_("Type a part of its name"), self)
        self.year = NumberEdit(least=2500, most=2700, parent=self)
        self.name = TextEdit(longest=500, parent=self)
        self.batch = TextEdit(placeholder=_("e.g. Batch 1"), longest=100, parent=self)
        self.first = DateEdit(today=self._today, parent=self)
        self.last = DateEdit(today=self._today, parent=self)
        self.unknown = Tick(_("The dates are not known yet"), parent=self)
        self.note = TextEdit(placeholder=_("e.g. during August"), longest=200, parent=self)
        self.venue = TextEdit(longest=300, parent=self)
        self.area = AreaPick(
            lambda text: search_areas(text, limit=8), _("Type a part of the name"), self
        )

    def _lay(self, card: QFrame) -> None:
        self._programme_field = Field(_("Programme (may be empty)"), self.programme, parent=card)
        self._year_field = Field(_("Fiscal year"), self.year, parent=card)
        self._name_field = Field(_("Name of the event"), self.name, must=True, parent=card)
        self._first_field = Field(_("First day"), self.first, must=True, parent=card)
        self._last_field = Field(_("Last day"), self.last, parent=card)
        self._note_field = Field(
            _("When is it expected to be?"), self.note, must=True, parent=card
        )
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 14, 20, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for place in range(6):
            grid.setColumnStretch(place, 1)
        grid.addWidget(self._name_field, 0, 0, 1, 4)
        grid.addWidget(Field(_("Batch"), self.batch, parent=card), 0, 4, 1, 2)
        grid.addWidget(self._first_field, 1, 0, 1, 2)
        grid.addWidget(self._last_field, 1, 2, 1, 2)
        grid.addWidget(self._note_field, 1, 0, 1, 4)
        grid.addWidget(self.unknown, 1, 4, 1, 2, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(Field(_("Venue"), self.venue, parent=card), 2, 0, 1, 3)
        grid.addWidget(
            Field(_("Province, amphoe or tambon of the venue"), self.area, parent=card), 2, 3, 1, 3
        )
        grid.addWidget(self._programme_field, 3, 0, 1, 5)
        grid.addWidget(self._year_field, 3, 5)
        for before, after in (
            (self.name, self.batch), (self.batch, self.first), (self.first, self.last),
            (self.last, self.note), (self.note, self.unknown), (self.unknown, self.venue),
            (self.venue, self.area), (self.area, self.programme), (self.programme, self.year),
        ):  # fmt: skip
            QWidget.setTabOrder(before, after)

    def _wire(self) -> None:
        self.programme.asked.connect(self._offer)
        self.programme.took.connect(self._programme_taken)
        self.year.textEdited.connect(lambda _text: self._typed_year())
        self.first.dated.connect(self._first_dated)
        self.last.dated.connect(self._last_dated)
        self.unknown.toggled.connect(lambda _on: self._show_dates())
        self.name.textEdited.connect(lambda _text: self._name_field.set_error())
        self.note.textEdited.connect(lambda _text: self._note_field.set_error())
        for line in (self.name, self.batch, self.note, self.venue):
            line.returnPressed.connect(self.asked)

    # ── filling ──────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Start again with an empty form in the shape of a training."""
        for line in (self.name, self.batch, self.note, self.venue):
            line.clear()
        self.programme.set_value(None, "")
        self.area.set_area(None)
        self.first.set_date(None)
        self.last.set_date(None)
        self.unknown.setChecked(False)
        self._year_typed = self._last_chosen = False
        self.year.setEnabled(True)
        self.year.set_number(dates.fiscal_year(self._today))
        for field in (self._name_field, self._first_field, self._last_field, self._note_field):
            field.set_error()
        self.tiles["training"].setChecked(True)
        self._show_dates()

    def show_programmes(self, known: Sequence[Programme]) -> None:
        """The programmes there are, to be offered."""
        self._known = tuple(known)

    def start(self) -> None:
        """Go to the first question."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shape(self) -> str:
        """The code of the pattern chosen, empty for none."""
        return next((code for code, tile in self.tiles.items() if tile.isChecked()), "")

    def _offer(self, text: str) -> None:
        wanted = search_key(text)
        hits = [one for one in self._known if wanted and wanted in search_key(one.name)]
        self.programme.offer([(one, f"{one.name} ({one.fiscal_year})") for one in hits[:8]])
        self.year.setEnabled(True)

    def _programme_taken(self, programme: object) -> None:
        if isinstance(programme, Programme):
            self.year.set_number(programme.fiscal_year)
            self.year.setEnabled(False)

    def _typed_year(self) -> None:
        self._year_typed = True
        self._year_field.set_error()

    def _first_dated(self, day: object) -> None:
        self._first_field.set_error(self.first.problem())
        if not isinstance(day, date):
            return
        if not self._last_chosen:
            shape = _pattern(self.shape)
            self.last.set_date(day + timedelta(days=(shape.days if shape else 1) - 1))
        if not self._year_typed and self.programme.value() is None:
            self.year.set_number(dates.fiscal_year(day))

    def _last_dated(self, _day: object) -> None:
        self._last_chosen = True
        self._last_field.set_error(self.last.problem())

    def _shape_chosen(self) -> None:
        first = self.first.day()
        if first is not None:
            self._first_dated(first)

    def _show_dates(self) -> None:
        unknown = self.unknown.isChecked()
        self._first_field.setVisible(not unknown)
        self._last_field.setVisible(not unknown)
        self._note_field.setVisible(unknown)

    # ── the answer ───────────────────────────────────────────────────────────────────────────

    def draft(self) -> EventDraft | None:
        """The event as asked for; None when something must be typed, which is then said."""
        if not self._whole():
            return None
        first = last = None
        if not self.unknown.isChecked():
            first = self.first.day()
            last = self.last.day() or first
        shape = _pattern(self.shape)
        name = self.name.plain()
        draft = (
            EventDraft(name, date_from=first, date_to=last)
            if shape is None
            else draft_from(shape, name, first, last)
        )
        self.area.take_first()
        return replace(
            draft,
            batch=self.batch.plain(),
            date_note=self.note.plain() if first is None else "",
            venue=self.venue.plain(),
            venue_area=self.area.code(),
            programme=self._programme(),
        )

    def _programme(self) -> Programme | None:
        known = self.programme.value()
        if isinstance(known, Programme):
            return known
        name = self.programme.plain()
        year = self.year.number() or dates.fiscal_year(self._today)
        return Programme("", name, year) if name else None

    def _whole(self) -> bool:
        wrong: list[tuple[Field, str]] = []
        if not self.name.plain():
            wrong.append((self._name_field, _("Type the name of the event.")))
        if self.unknown.isChecked():
            if not self.note.plain():
                wrong.append((self._note_field, _("Write when it is expected, as far as known.")))
        elif self.first.day() is None:
            sentence = self.first.problem() or _(
                "Choose the first day, or tick that it is unknown."
            )
            wrong.append((self._first_field, sentence))
        elif self.last.problem():
            wrong.append((self._last_field, self.last.problem()))
        if self.programme.plain() and self.year.number() is None:
            wrong.append((self._year_field, _("A year of the Buddhist era, such as 2569.")))
        for field, sentence in wrong:
            field.set_error(sentence)
        if wrong:
            wrong[0][0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def refuse(self, sentence: str) -> None:
        """Say why it was not made: dates are what the form cannot check alone."""
        field = self._note_field if self.unknown.isChecked() else self._last_field
        field.set_error(sentence)
