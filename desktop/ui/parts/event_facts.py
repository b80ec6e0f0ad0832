# SPDX-License-Identifier: Apache-2.0
"""The facts of an event, each kept when its field is left: name and days, who, and the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.model.area import Area
from desktop.model.event import Event, PassRule, Programme
from desktop.store import codelist
from desktop.store.area import area as area_of
from desktop.store.area import provinces, search_areas
from desktop.thai.search_key import search_key
from desktop.ui.icons import Icon
from desktop.ui.widgets.area_chips import AreaChips
from desktop.ui.widgets.area_pick import AreaPick
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.field import (
    Choice,
    Field,
    LeaveWatcher,
    LongText,
    NumberEdit,
    TextEdit,
    TypeAhead,
)
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.undo_through import UndoThrough

_MODES: Final = (
    ("minutes", N_("Minutes attended")),
    ("sessions", N_("Sessions attended")),
    ("days", N_("Days attended")),
)
_SCOPES: Final = (
    ("day", N_("The whole day")),
    ("half", N_("The half day")),
    ("session", N_("One session")),
)
_DIGITS: Final = (("arabic", "0123456789"), ("thai", "๐๑๒๓๔๕๖๗๘๙"))


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """A programme that was typed and is not known yet."""

    name: str


class EventFacts(QWidget):
    """``edited(fields, field)``: what to keep by the names of ``Event``, and where to say no.

    The programme comes as ``programme`` (a ``Programme``, a :class:`NewProgramme` or None).
    """

    edited = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event: Event | None = None
        self._programmes: tuple[Programme, ...] = ()
        self._fields: dict[str, Field] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(12)
        for card in (self._what(), self._who(), self._rules()):
            column.addWidget(card)
        column.addStretch()
        UndoThrough(self)

    # ── the three cards ──────────────────────────────────────────────────────────────────────

    def _what(self) -> QFrame:
        card, grid = self._card(_("Name, days and place"), "calendar-days")
        self.name = self._text("name", 500)
        self.batch = self._text("batch", 100)
        self.programme = TypeAhead(_("Type a part of its name"), self)
        self.programme.asked.connect(self._offer_programmes)
        self.programme.took.connect(lambda _one: self._keep_programme())
        self.programme.editingFinished.connect(self._keep_programme)
        self.kind = self._choice("kind", codelist_options("event_kind"))
        self.first = DateEdit(parent=self)
        self.last = DateEdit(parent=self)
        self.first.dated.connect(lambda _day: self._keep_dates("date_from", self.first))
        self.last.dated.connect(lambda _day: self._keep_dates("date_to", self.last))
        self.note = self._text("date_note", 200)
        self.venue = self._text("venue", 300)
        self.venue_area = AreaPick(
            lambda text: search_areas(text, limit=8), _("Type a part of the name"), self
        )
        self.venue_area.picked.connect(self._keep_venue_area)
        self.venue_area.editingFinished.connect(self._venue_left)
        place = self._place
        place(grid, "name", _("Name of the event"), self.name, (0, 0, 1, 4))
        place(grid, "batch", _("Batch"), self.batch, (0, 4, 1, 2))
        place(grid, "programme", _("Programme (may be empty)"), self.programme, (1, 0, 1, 4))
        place(grid, "kind", _("Kind of event"), self.kind, (1, 4, 1, 2))
        place(grid, "date_from", _("First day"), self.first, (2, 0, 1, 2))
        place(grid, "date_to", _("Last day"), self.last, (2, 2, 1, 2))
        place(grid, "date_note", _("When, while the dates are not known"), self.note, (2, 4, 1, 2))
        place(grid, "venue", _("Venue"), self.venue, (3, 0, 1, 3))
        words = _("Province, amphoe or tambon of the venue")
        place(grid, "venue_area", words, self.venue_area, (3, 3, 1, 3))
        return card

    def _who(self) -> QFrame:
        card, grid = self._card(_("Who holds it and for whom"), "users")
        self.hosts = LongText(rows=2, parent=self)
        LeaveWatcher(self.hosts, self._keep_hosts)
        self.areas = AreaChips(lambda text: search_areas(text, limit=8), self, provinces)
        self.areas.changed.connect(lambda codes: self._keep("areas", codes))
        self.label = self._text("area_label", 200)
        self.target = self._number("target", 1, 5000)
        self.quota = self._number("quota", 1, 5000)
        place = self._place
        place(grid, "hosts", _("Hosts, one a line"), self.hosts, (0, 0, 1, 6))
        place(grid, "areas", _("Areas it is meant for"), self.areas, (1, 0, 1, 6))
        hint = _("Printed in place of the list, e.g. 17 northern provinces")
        place(grid, "area_label", _("Name of this set of areas"), self.label, (2, 0, 1, 2), hint)
        hint = _("For the count at the desk")
        place(grid, "target", _("People expected"), self.target, (2, 2, 1, 2), hint)
        hint = _("A warning when a province goes over it")
        place(grid, "quota", _("Quota for each province"), self.quota, (2, 4, 1, 2), hint)
        return card

    def _rules(self) -> QFrame:
        card, grid = self._card(_("Attendance and certificates"), "award")
        self.mode = Choice([(code, _(word)) for code, word in _MODES], parent=self)
        self.mode.chose.connect(lambda _value: self._keep_rule("mode"))
        self.percent = NumberEdit(least=0, most=100, parent=self)
        self.percent.editingFinished.connect(lambda: self._keep_rule("percent"))
        self.late = self._number("late_after", 0, 120, must=True)
        self.scope = self._choice("mark_scope", [(code, _(word)) for code, word in _SCOPES])
        self.certificate = self._choice(
            "certificate_kind", [("", _("None")), *codelist_options("cert_kind")]
        )
        self.digits = self._choice("digits", _DIGITS)
        place = self._place
        place(grid, "mode", _("To pass, count"), self.mode, (0, 0, 1, 2))
        place(grid, "percent", _("Share needed, %"), self.percent, (0, 2, 1, 2))
        place(grid, "late_after", _("Late after, minutes"), self.late, (0, 4, 1, 2))
        place(grid, "certificate_kind", _("Certificate"), self.certificate, (1, 0, 1, 2))
        place(grid, "mark_scope", _("One check-in counts for"), self.scope, (1, 2, 1, 2))
        place(grid, "digits", _("Digits on printed papers"), self.digits, (1, 4, 1, 2))
        return card

    def _card(self, headline: str, icon: str) -> tuple[QFrame, QGridLayout]:
        card = QFrame(self)
        card.setObjectName("card")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for place in range(6):
            grid.setColumnStretch(place, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(8)
        head = QGridLayout()
        head.setHorizontalSpacing(10)
        head.addWidget(Icon(icon, "accent", 22, card), 0, 0)
        head.addWidget(Label(headline, "section", weight=600, wrap=False, parent=card), 0, 1)
        head.setColumnStretch(1, 1)
        column.addLayout(head)
        column.addLayout(grid)
        return card, grid

    def _place(
        self,
        grid: QGridLayout,
        name: str,
        label: str,
        editor: QWidget,
        where: tuple[int, int, int, int],
        hint: str = "",
    ) -> None:
        field = Field(label, editor, hint, parent=self)
        self._fields[name] = field
        grid.addWidget(field, *where)

    # ── editors that keep themselves ─────────────────────────────────────────────────────────

    def _text(self, name: str, longest: int) -> TextEdit:
        edit = TextEdit(longest=longest, parent=self)
        edit.editingFinished.connect(lambda: self._keep(name, edit.plain()))
        return edit

    def _choice(self, name: str, options: Sequence[tuple[Any, str]]) -> Choice:
        choice = Choice(options, parent=self)
        choice.chose.connect(lambda value: self._keep(name, value))
        return choice

    def _number(self, name: str, least: int, most: int, *, must: bool = False) -> NumberEdit:
        edit = NumberEdit(least=least, most=most, parent=self)

        def left() -> None:
            number = edit.number()
            if number is None and (must or not edit.is_blank()):
                self._fields[name].set_error(_between(least, most))
            else:
                self._keep(name, number)

        edit.editingFinished.connect(left)
        return edit

    def _keep(self, name: str, value: Any) -> None:
        event = self._event
        if event is None:
            return
        self._fields[name].set_error()
        if getattr(event, name) != value:
            self._send({name: value}, self._fields[name])

    def _send(self, fields: dict[str, Any], field: Field) -> None:
        if self._event is not None:
            # Taken for kept at once, so that leaving the line after Enter keeps nothing twice.
            self._event = replace(self._event, **fields)
            self.edited.emit(fields, field)

    def refuse(self, event: Event, field: Field, sentence: str) -> None:
        """Say under a field why it was not kept; ``event`` is what is kept."""
        if self._event is not None and self._event.id == event.id:
            self._event = event
            field.set_error(sentence)

    def _keep_rule(self, name: str) -> None:
        event, percent = self._event, self.percent.number()
        if event is None:
            return
        if percent is None:
            self._fields["percent"].set_error(_between(0, 100))
            return
        self._fields["percent"].set_error()
        rule = PassRule(self.mode.value(), percent)
        if rule != event.rule:
            self._send({"rule": rule}, self._fields[name])

    def _keep_dates(self, name: str, edit: DateEdit) -> None:
        event, field = self._event, self._fields[name]
        if event is None:
            return
        field.set_error(edit.problem())
        if edit.problem() or getattr(event, name) == edit.day():
            return
        fields: dict[str, Any] = {name: edit.day()}
        first, last = event.date_from, event.date_to
        if name == "date_from":
            day = self.first.day()
            if day is None:
                fields["date_to"] = None
            elif first is not None and last is not None:
                # The event moves as a whole; its length is changed by the last day.
                fields["date_to"] = day + (last - first)
            elif last is None:
                fields["date_to"] = day
        self._send(fields, field)

    def _keep_hosts(self) -> None:
        lines = (line.strip() for line in self.hosts.toPlainText().splitlines())
        self._keep("hosts", tuple(line for line in lines if line))

    def _keep_venue_area(self, area: object) -> None:
        if isinstance(area, Area):
            self._keep("venue_area", area.code)

    def _venue_left(self) -> None:
        if not self.venue_area.plain():
            self._keep("venue_area", "")
        elif self.venue_area.area() is None:
            self._fields["venue_area"].set_error(_("Choose one from the list."))

    def _offer_programmes(self, text: str) -> None:
        wanted = search_key(text)
        hits = [one for one in self._programmes if wanted and wanted in search_key(one.name)]
        self.programme.offer([(one, _programme_words(one)) for one in hits[:8]])

    def _keep_programme(self) -> None:
        event, text = self._event, self.programme.plain()
        if event is None:
            return
        taken = self.programme.value()
        kept: Programme | NewProgramme | None = None
        if isinstance(taken, Programme):
            kept = taken
        elif text:
            kept = NewProgramme(text)
        if (kept.id if isinstance(kept, Programme) else None) != event.programme_id or isinstance(
            kept, NewProgramme
        ):
            self.edited.emit({"programme": kept}, self._fields["programme"])

    # ── filling ──────────────────────────────────────────────────────────────────────────────

    def show_event(self, event: Event, programmes: Sequence[Programme]) -> None:
        """Show an event. What is being typed stays, unless it is another event."""
        before = self._event if self._event is not None and self._event.id == event.id else None
        self._event, self._programmes = event, tuple(programmes)
        if before is None:
            for field in self._fields.values():
                field.set_error()
        for name, show in self._shows().items():
            if before is None or getattr(before, name) != getattr(event, name):
                show(getattr(event, name))
                if name in self._fields:
                    self._fields[name].set_error()

    def _shows(self) -> dict[str, Callable[[Any], object]]:
        return {
            "name": _from_start(self.name), "batch": self.batch.setText,
            "kind": self.kind.set_value,
            "programme_id": self._show_programme, "date_from": self.first.set_date,
            "date_to": self.last.set_date, "date_note": self.note.setText,
            "venue": _from_start(self.venue),
            "venue_area": lambda code: self.venue_area.set_area(area_of(code) if code else None),
            "hosts": lambda hosts: self.hosts.setPlainText("\n".join(hosts)),
            "areas": lambda codes: self.areas.show_areas(_areas(codes)),
            "area_label": self.label.setText, "target": self.target.set_number,
            "quota": self.quota.set_number, "rule": self._show_rule,
            "late_after": self.late.set_number, "mark_scope": self.scope.set_value,
            "certificate_kind": self.certificate.set_value, "digits": self.digits.set_value,
        }  # fmt: skip

    def _show_programme(self, programme_id: str | None) -> None:
        found = next((one for one in self._programmes if one.id == programme_id), None)
        self.programme.set_value(found, "" if found is None else _programme_words(found))
        self.programme.setCursorPosition(0)

    def _show_rule(self, rule: PassRule) -> None:
        self.mode.set_value(rule.mode)
        self.percent.set_number(rule.percent)


def _from_start(line: QLineEdit) -> Callable[[str], None]:
    """Show a text from its beginning: of a long name that is what tells it from others."""

    def show(text: str) -> None:
        line.setText(text)
        line.setCursorPosition(0)

    return show


def _areas(codes: Sequence[str]) -> list[Area]:
    return [found for code in codes if (found := area_of(code)) is not None]


def codelist_options(name: str) -> list[tuple[str, str]]:
    """The entries of a code list as (code, word) in the language of the moment."""
    return [(one.code, codelist.word(name, one.code)) for one in codelist.codes(name)]


def _programme_words(programme: Programme) -> str:
    return f"{programme.name} ({programme.fiscal_year})"


def _between(least: int, most: int) -> str:
    return _("Type a whole number from {least} to {most}.").format(least=least, most=f"{most:,}")
