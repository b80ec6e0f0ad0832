# SPDX-License-Identifier: Apache-2.0
"""Everything that is asked of one person of a roster, as fields one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from desktop.actions.entry import Entry
from desktop.i18n import _, language
from desktop.model.codelist import Code
from desktop.model.organisation import Organisation
from desktop.model.person import BirthPrecision, Person, PersonIdentifier
from desktop.model.roster import RosterRow
from desktop.store import area as areas
from desktop.store import codelist
from desktop.thai.dates import be_year
from desktop.thai.names import NO_TITLE, full_name, split_name
from desktop.thai.titles import TITLES
from desktop.ui.widgets.area_pick import AreaPick
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.field import Choice, Field, NumberEdit, TextEdit, TypeAhead

if TYPE_CHECKING:
    from datetime import date

_FOODS: Final = ("normal", "halal", "veg")
_ROLE: Final = "trainee"
_WHOLE: Final = 6
"""Parts of the width of a line; three lines share it as 2 : 4 or 3 : 3."""


class PersonFields(QWidget):
    """``named`` comes whenever the name that stands there is another one."""

    named = Signal()
    organisation_asked = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._today = today
        self._make()
        self._lay_out()
        self.title.asked.connect(self._offer_titles)
        self.first.editingFinished.connect(self.split)
        for line in (self.title, self.first, self.middle, self.last, self.certificate_name):
            line.textChanged.connect(lambda _text: self.named.emit())
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.precision.currentIndexChanged.connect(self._show_precision)
        self.food.currentIndexChanged.connect(self._show_food)
        self.organisation.asked.connect(self.organisation_asked)

    def _make(self) -> None:
        self.title = TypeAhead(parent=self)
        self.first = TextEdit(placeholder=_("or a whole name"), longest=160, parent=self)
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
        self.seat.setPlaceholderText(_("given by the lock"))
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

    def _lay_out(self) -> None:
        def field(label: str, editor: QWidget, hint: str = "", *, must: bool = False) -> Field:
            return Field(label, editor, hint, must=must, parent=self)

        self._first = field(_("First name"), self.first, must=True)
        self._number = field(_("Number"), self.number)
        self._reason = field(_("Why there is no document"), self.reason)
        self._birth = QStackedWidget(self)
        nothing = QWidget(self._birth)
        self._born = field(_("Born on"), self.born)
        self._year = field(_("Born in the year พ.ศ."), self.year)
        self._age = field(_("Age in years"), self.age)
        for one in (nothing, self._born, self._year, self._age):
            self._birth.addWidget(one)
        self._seat = field(_("Seat"), self.seat)
        self._food_other = field(_("What she may eat or not"), self.food_other)
        rows: tuple[tuple[tuple[QWidget, int], ...], ...] = (
            ((field(_("Title"), self.title), 2), (self._first, 4)),
            ((field(_("Middle name"), self.middle), 2), (field(_("Surname"), self.last), 4)),
            ((field(_("Agency"), self.organisation), 6),),
            ((field(_("Position"), self.position), 6),),
            ((field(_("Province, amphoe or tambon she comes for"), self.place), 6),),
            ((field(_("Group"), self.group), 3), (field(_("Role"), self.role), 3)),
            ((field(_("Phone"), self.phone), 3), (field(_("Sex"), self.sex), 3)),
            ((field(_("Identity document"), self.kind), 6),),
            ((self._number, 6),),
            ((self._reason, 6),),
            ((field(_("Birth, as far as it is known"), self.precision), 6),),
            ((self._birth, 6),),
            ((field(_("Team"), self.team), 3), (self._seat, 3)),
            ((field(_("Food"), self.food), 6),),
            ((self._food_other, 6),),
            ((field(_("Note"), self.note, _("interpreter, wheelchair, what helps her")), 6),),
            (
                (
                    field(
                        _("Name on the certificate"),
                        self.certificate_name,
                        _("only when it differs from the name above"),
                    ),
                    6,
                ),
            ),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for number, row in enumerate(rows):
            at = 0
            for one, span in row:
                grid.addWidget(one, number, at, 1, span, Qt.AlignmentFlag.AlignTop)
                at += span
        for column in range(_WHOLE):
            grid.setColumnStretch(column, 1)

    def fill(
        self, person: Person, identifier: PersonIdentifier | None, row: RosterRow | None
    ) -> None:
        """Show what is known of somebody; with None, nothing."""
        self._first.set_error("")
        self._number.set_error("")
        self._reason.set_error("")
        self._born.set_error("")
        self._name_en = person.name_en
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
        for long in (self.organisation, self.position):
            long.setCursorPosition(0)  # a long name shows its beginning
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
        self.named.emit()

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

    def split(self) -> None:
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
        precision: BirthPrecision = self.precision.value() or ""
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
            name_en=self._name_en,
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

    def name(self) -> str:
        """The name as it would be printed."""
        return self.certificate_name.plain() or full_name(
            self.title.plain(), self.first.plain(), self.middle.plain(), self.last.plain()
        )

    def spelling(self) -> tuple[str, ...]:
        """Everything that is printed as the name."""
        lines = (self.title, self.first, self.middle, self.last, self.certificate_name)
        return tuple(line.plain() for line in lines)

    def check(self) -> bool:
        """Read what was typed to its end, and say under a field what is wrong with it."""
        self.split()
        self.place.take_first()
        first = bool(self.first.plain())
        self._first.set_error(
            "" if first else _("Type the first name. A person may have only one name.")
        )
        self._born.set_error(self.born.problem() if self.precision.value() == "full" else "")
        if first and not self._born.error:
            return True
        (self.born if first else self.first).setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def show_seat(self, shown: bool) -> None:
        """A seat can be given by hand only while the roster is open."""
        self._seat.setVisible(shown)

    def offer_organisations(self, found: Sequence[Organisation]) -> None:
        """Offer these agencies under what was typed."""
        self.organisation.offer([(one.id, one.name) for one in found])


def _with_blank(name: str) -> list[tuple[str, str]]:
    return [("", _("Not said")), *((one.code, _said(one)) for one in codelist.codes(name))]


def _said(code: Code) -> str:
    return code.en if language() == "en" else code.th
