# SPDX-License-Identifier: Apache-2.0
"""One person of a roster in a panel at its side: to add, to change, to see the spelling of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.entry import Entry
from desktop.i18n import _
from desktop.model.organisation import Organisation
from desktop.model.person import Person, PersonIdentifier
from desktop.model.roster import RosterRow
from desktop.store import area as areas
from desktop.store import codelist
from desktop.thai.dates import be_year
from desktop.thai.names import NO_TITLE, full_name, split_name
from desktop.thai.titles import TITLES
from desktop.ui.parts.name_proof import NameProof
from desktop.ui.widgets.area_pick import AreaPick
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.field import Choice, Field, NumberEdit, TextEdit, TypeAhead
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from datetime import date

    from desktop.store.store import Store

WIDTH: Final = 420
_FOODS: Final = ("normal", "halal", "veg")
_ROLE: Final = "trainee"


@dataclass(frozen=True, slots=True)
class Card:
    """What the panel shows of somebody on the roster."""

    row: RosterRow
    person: Person
    identifier: PersonIdentifier | None
    locked: bool


def read_card(store: Store, enrolment_id: str) -> Card | None:
    """Read a person of a roster with everything the panel shows; None when she is gone."""
    from desktop.store import person, roster

    with store.read() as conn:
        try:
            row = roster.row(conn, enrolment_id)
            whole = person.person(conn, row.person_id)
            event_id = roster.enrolment(conn, enrolment_id).event_id
        except LookupError:
            return None
        held = person.identifiers(conn, row.person_id)
        return Card(row, whole, held[0] if held else None, roster.is_locked(conn, event_id))


class PersonForm(QFrame):
    """``saved(entry)`` comes with the button or Ctrl+Enter, ``left`` with Esc."""

    saved = Signal(object)
    left = Signal()
    confirmed = Signal()
    """The spelling was said to be right."""
    withdrawn = Signal()
    readmitted = Signal()
    organisation_asked = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._today = today
        self.card: Card | None = None
        self._head = Label("", "section", weight=600, parent=self)
        close = IconButton("x", _("Close"), self.left.emit, self)
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(close)
        self.proof = NameProof(self)
        self._inside = QWidget()
        self._inside.setObjectName("ground")
        self._make_fields()
        self._lay_fields()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._inside)
        area.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        self._area = area
        self._wrong = Label("", "small", "red", weight=500, parent=self)
        self._wrong.hide()
        self.off = Button("", self._off, icon="user-minus", parent=self)
        self.save = Button(_("Save"), self._save, kind="primary", icon="check", parent=self)
        self.save.show_key("Ctrl+Enter")
        feet = QHBoxLayout()
        feet.setSpacing(12)
        feet.addWidget(self.off)
        feet.addStretch()
        feet.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.proof)
        column.addWidget(area, 1)
        column.addWidget(self._wrong)
        column.addLayout(feet)
        self._wire()

    # ── the fields ───────────────────────────────────────────────────────────────────────────

    def _make_fields(self) -> None:
        self.title = TypeAhead(parent=self)
        self.first = TextEdit(longest=160, parent=self)
        self.middle = TextEdit(longest=80, parent=self)
        self.last = TextEdit(longest=80, parent=self)
        self.certificate_name = TextEdit(longest=160, parent=self)
        self.sex = Choice(_with_blank("sex"), "", self)
        self.kind = Choice(_with_blank("id_kind"), "", self)
        self.number = TextEdit(longest=30, parent=self)
        self.reason = TextEdit(longest=120, parent=self)
        self.precision = Choice(
            [
                ("", _("Not said")),
                ("full", _("The whole date")),
                ("year", _("The year only")),
                ("age", _("The age only")),
            ],
            "",
            self,
        )
        self.born = DateEdit(None, today=self._today, parent=self)
        self.year = NumberEdit(least=2400, most=2700, parent=self)
        self.age = NumberEdit(least=1, most=120, parent=self)
        self.phone = TextEdit(longest=30, parent=self)
        self.organisation = TypeAhead(parent=self)
        self.position = TextEdit(longest=120, parent=self)
        self.place = AreaPick(lambda text: areas.search_areas(text, None, 8), parent=self)
        self.group = Choice(_with_blank("person_group"), "", self)
        self.role = Choice([(one.code, _said(one)) for one in codelist.codes("event_role")], _ROLE)
        self.team = NumberEdit(least=1, most=999, parent=self)
        self.seat = NumberEdit(least=1, most=99_999, parent=self)
        self.food = Choice(
            [
                ("", _("Not said")),
                ("normal", _("Everything")),
                ("halal", _("Halal")),
                ("veg", _("Vegetarian")),
                ("other", _("Something else, or an allergy")),
            ],
            "",
            self,
        )
        self.food_other = TextEdit(longest=80, parent=self)
        self.note = TextEdit(longest=200, parent=self)
        for choice in (self.group, self.role, self.kind, self.sex, self.food, self.precision):
            choice.setSizeAdjustPolicy(
                Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )

    def _lay_fields(self) -> None:
        def field(label: str, editor: QWidget, hint: str = "", *, must: bool = False) -> Field:
            return Field(label, editor, hint, must=must, parent=self._inside)

        self._first = field(
            _("First name"), self.first, _("paste a whole name here and it is split"), must=True
        )
        self._number = field(_("Number"), self.number)
        self._reason = field(_("Why there is no document"), self.reason)
        self._birth = QStackedWidget(self._inside)
        nothing = QWidget(self._birth)
        self._born = field(_("Born on"), self.born)
        self._year = field(_("Born in the year พ.ศ."), self.year)
        self._age = field(_("Age in years"), self.age)
        for one in (nothing, self._born, self._year, self._age):
            self._birth.addWidget(one)
        self._seat = field(_("Seat"), self.seat, _("empty: given when the roster is locked"))
        self._food_other = field(_("What she may eat or not"), self.food_other)
        rows: tuple[tuple[QWidget, ...], ...] = (
            (field(_("Title"), self.title),),
            (self._first,),
            (field(_("Middle name"), self.middle), field(_("Surname"), self.last)),
            (field(_("Agency"), self.organisation),),
            (field(_("Position"), self.position),),
            (field(_("Province, amphoe or tambon"), self.place, _("she comes for")),),
            (field(_("Group"), self.group),),
            (field(_("Role"), self.role),),
            (field(_("Phone"), self.phone), field(_("Sex"), self.sex)),
            (field(_("Identity document"), self.kind),),
            (self._number,),
            (self._reason,),
            (field(_("Birth, as far as it is known"), self.precision),),
            (self._birth,),
            (field(_("Team"), self.team), self._seat),
            (field(_("Food"), self.food),),
            (self._food_other,),
            (field(_("Note"), self.note, _("interpreter, wheelchair, what helps her")),),
            (
                field(
                    _("Name on the certificate"),
                    self.certificate_name,
                    _("only when it differs from the name above"),
                ),
            ),
        )
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 8, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for number, row in enumerate(rows):
            span = 2 // len(row)
            for place, one in enumerate(row):
                grid.addWidget(one, number, place * span, 1, span, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _wire(self) -> None:
        self.title.asked.connect(self._offer_titles)
        self.first.editingFinished.connect(self._split)
        for line in (self.title, self.first, self.middle, self.last, self.certificate_name):
            line.textChanged.connect(self._show_name)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.precision.currentIndexChanged.connect(self._show_precision)
        self.food.currentIndexChanged.connect(self._show_food)
        self.organisation.asked.connect(self.organisation_asked)
        self.proof.confirm.connect(self.confirmed)

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Empty every field for somebody new."""
        self.card = None
        self._head.setText(_("Add a person"))
        self.save.setText(_("Add"))
        self.off.hide()
        self._fill(Person("", "", ""), None, None)
        self._seat.setVisible(True)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_card(self, card: Card) -> None:
        """Show somebody who is on the roster."""
        self.card = card
        seat = "" if card.row.seat is None else f" · {_('Seat')} {card.row.seat:03d}"
        self._head.setText(_("On the roster") + seat)
        self.save.setText(_("Save"))
        gone = card.row.status != "enrolled"
        self.off.setText(_("Put back on the roster") if gone else _("Take off the roster"))
        self.off.set_icon("user-plus" if gone else "user-minus")
        self.off.show()
        self._fill(card.person, card.identifier, card.row)
        self._seat.setVisible(not card.locked)

    def offer_organisations(self, found: Sequence[Organisation]) -> None:
        """Offer these agencies under what was typed."""
        self.organisation.offer([(one.id, one.name) for one in found])

    def wrong(self, sentence: str) -> None:
        """Say what keeps it from being saved."""
        self.save.setEnabled(True)
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def _fill(
        self, person: Person, identifier: PersonIdentifier | None, row: RosterRow | None
    ) -> None:
        self.wrong("")
        self._first.set_error("")
        self._number.set_error("")
        self._reason.set_error("")
        self._born.set_error("")
        self.title.set_value(person.title, person.title)
        self.first.setText(person.first)
        self.middle.setText(person.middle)
        self.last.setText(person.last)
        self.certificate_name.setText(person.certificate_name)
        self.sex.set_value(person.sex)
        self.kind.set_value("" if identifier is None else identifier.kind)
        self.number.setText("" if identifier is None else identifier.value)
        self.reason.setText("" if identifier is None else identifier.none_reason)
        self.phone.setText(person.phone)
        self.precision.set_value(person.born_precision)
        self.born.set_date(person.born)
        self.year.set_number(person.birth_year)
        year = person.birth_year
        self.age.set_number(None if year is None else be_year(self._today) - year)
        self.organisation.offer(())
        self.organisation.set_value(
            None if row is None else row.organisation_id, "" if row is None else row.organisation
        )
        self.position.setText("" if row is None else row.position)
        self.place.set_area(areas.area(row.area) if row is not None and row.area else None)
        self.group.set_value("" if row is None else row.group)
        self.role.set_value(_ROLE if row is None else row.role)
        self.team.set_number(None if row is None else row.team)
        self.seat.set_number(None if row is None else row.seat)
        food = "" if row is None else row.food
        known = food in ("", *_FOODS)
        self.food.set_value(food if known else "other")
        self.food_other.setText("" if known else food)
        self.note.setText("" if row is None else row.note)
        self._show_kind()
        self._show_precision()
        self._show_food()
        self._show_name()
        self._area.verticalScrollBar().setValue(0)

    def _show_kind(self) -> None:
        kind = self.kind.value() or ""
        self._number.setVisible(kind not in ("", "none"))
        self._reason.setVisible(kind == "none")

    def _show_precision(self) -> None:
        place = ("", "full", "year", "age").index(self.precision.value() or "")
        self._birth.setVisible(bool(place))
        self._birth.setCurrentIndex(place)

    def _show_food(self) -> None:
        self._food_other.setVisible(self.food.value() == "other")

    def _show_name(self) -> None:
        name = self.certificate_name.plain() or full_name(
            self.title.plain(), self.first.plain(), self.middle.plain(), self.last.plain()
        )
        self.proof.show_name(name, self._confirmed(), waits=self.card is not None)

    def _confirmed(self) -> bool:
        if self.card is None:
            return False
        was = self.card.person
        typed = (
            self.title.plain(), self.first.plain(), self.middle.plain(), self.last.plain(),
            self.certificate_name.plain(),
        )  # fmt: skip
        return bool(was.name_confirmed_at) and typed == (
            was.title, was.first, was.middle, was.last, was.certificate_name,
        )  # fmt: skip

    @property
    def name_changed(self) -> bool:
        """Whether the name that stands there is another than the one on the roster."""
        if self.card is None:
            return True
        was = self.card.person
        return (
            self.title.plain(), self.first.plain(), self.middle.plain(), self.last.plain(),
            self.certificate_name.plain(),
        ) != (was.title, was.first, was.middle, was.last, was.certificate_name)  # fmt: skip

    # ── what is typed ────────────────────────────────────────────────────────────────────────

    def _offer_titles(self, text: str) -> None:
        wanted = text.strip().replace(" ", "").casefold()
        found = [
            title.th
            for title in TITLES
            if wanted
            and any(
                way.replace(" ", "").casefold().startswith(wanted)
                for way in (title.th, title.en, *title.abbreviations)
            )
        ]
        self.title.offer([(title, title) for title in found[:8]])

    def _split(self) -> None:
        """A whole name that was typed or pasted as the first one goes where its parts belong."""
        text = self.first.plain()
        if not text or self.last.plain() or self.middle.plain():
            return
        name = split_name(text)
        if name.title_code == NO_TITLE and not name.last:
            return
        if name.title and not self.title.plain():
            self.title.set_value(name.title, name.title)
        self.first.setText(name.first)
        self.middle.setText(name.middle)
        self.last.setText(name.last)

    def entry(self) -> Entry:
        """What stands in the fields."""
        precision = self.precision.value() or ""
        year = self.year.number() if precision == "year" else None
        age = self.age.number()
        if precision == "age" and age is not None:
            year = be_year(self._today) - age
        born = self.born.day() if precision == "full" else None
        kind = self.kind.value() or ""
        food = self.food.value() or ""
        return Entry(
            first=self.first.plain(),
            title=self.title.plain(),
            middle=self.middle.plain(),
            last=self.last.plain(),
            sex=self.sex.value() or "",
            identifier_kind=kind,
            identifier=self.number.plain() if kind not in ("", "none") else "",
            none_reason=self.reason.plain() if kind == "none" else "",
            phone=self.phone.plain(),
            born=born,
            born_precision=precision if born is not None or year is not None else "",
            birth_year=year,
            name_en=self.card.person.name_en if self.card is not None else "",
            certificate_name=self.certificate_name.plain(),
            organisation=self.organisation.plain(),
            organisation_area=self.place.code()[:2],
            position=self.position.plain(),
            area=self.place.code(),
            group=self.group.value() or "",
            role=self.role.value() or _ROLE,
            team=self.team.number(),
            seat=self.seat.number(),
            food=self.food_other.plain() if food == "other" else food,
            note=self.note.plain(),
        )

    def _save(self) -> None:
        self._split()
        self.place.take_first()
        first = bool(self.first.plain())
        self._first.set_error(
            "" if first else _("Type the first name. A person may have only one name.")
        )
        self._born.set_error(self.born.problem() if self.precision.value() == "full" else "")
        if not first or self._born.error:
            (self.born if first else self.first).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wrong("")
        self.save.setEnabled(False)  # until it is kept or refused: Enter twice is one person
        self.saved.emit(self.entry())

    def _off(self) -> None:
        if self.card is None:
            return
        (self.readmitted if self.card.row.status != "enrolled" else self.withdrawn).emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save()
        else:
            self.focusNextChild()


def _with_blank(name: str) -> list[tuple[str, str]]:
    return [("", _("Not said")), *((one.code, _said(one)) for one in codelist.codes(name))]


def _said(code: object) -> str:
    from desktop.i18n import language

    return str(getattr(code, "en" if language() == "en" else "th"))
