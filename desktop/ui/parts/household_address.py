# SPDX-License-Identifier: Apache-2.0
"""Correcting what is known of a house: its address, its landmark, its place on the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.position import parse_position, spoken
from desktop.store.area import area as find_area
from desktop.store.area import search_areas
from desktop.ui import theme
from desktop.ui.widgets.area_pick import AreaPick
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Field, TextEdit

if TYPE_CHECKING:
    from desktop.model.area import Area
    from desktop.model.household import Household

_LONG: Final = 200
_SHORT: Final = 40
_POSTCODE: Final = 5
Keep = Callable[["Household", Callable[[], object], Callable[[Problem], object]], object]


class HouseholdAddress(Dialog):
    """``keep(household, then, failed)`` writes it; the dialog closes when it is on the disk."""

    def __init__(self, house: Household, keep: Keep, parent: QWidget) -> None:
        super().__init__(parent, _("Correct the address"), "", _("Save"), icon="check")
        self.setMinimumWidth(theme.scaled(680))
        self._house, self._keep = house, keep
        self.house_no = TextEdit(house.house_no, longest=_SHORT, parent=self)
        self.moo = TextEdit(house.moo, longest=_SHORT, parent=self)
        self.village = TextEdit(house.village, longest=_LONG, parent=self)
        self.soi_road = TextEdit(house.soi_road, longest=_LONG, parent=self)
        self.area = AreaPick(
            lambda text: search_areas(text, "tambon"), _("Type a part of the name"), self
        )
        self.area.set_area(find_area(house.area) if house.area else None)
        self.postcode = TextEdit(house.postcode, longest=_SHORT, parent=self)
        self.house_code = TextEdit(house.house_code, longest=_SHORT, parent=self)
        self.phone = TextEdit(house.phone, longest=_SHORT, parent=self)
        self.landmark = TextEdit(house.landmark, longest=_LONG, parent=self)
        at = house.position
        self._place_before = "" if at is None else spoken(at)
        self.place = TextEdit(self._place_before, longest=_LONG, parent=self)
        self.area.picked.connect(self._took_area)
        self._lay()

    def _took_area(self, area: Area | None) -> None:
        """A tambon that has one postcode says it."""
        if area is not None and len(area.postcodes) == 1:
            self.postcode.setText(area.postcodes[0])

    def _lay(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        # In the order of the eye: the first line of it takes the focus.
        house = Field(_("House number"), self.house_no, parent=self)
        moo = Field(_("Moo"), self.moo, parent=self)
        village = Field(_("Village or group of houses"), self.village, parent=self)
        road = Field(_("Soi or road"), self.soi_road, parent=self)
        phone = Field(_("Telephone"), self.phone, parent=self)
        self.area_field = Field(_("Tambon, amphoe, province"), self.area, parent=self)
        self.postcode_field = Field(_("Postcode"), self.postcode, parent=self)
        landmark = Field(_("Landmark"), self.landmark, " ", parent=self)
        self.place_field = Field(
            _("Place on the map"), self.place, _("Such as 16.88012, 99.12034"), parent=self
        )
        code = Field(_("House code (11 digits)"), self.house_code, parent=self)
        rows = (
            ((house, 1), (moo, 1), (village, 2)),
            ((road, 2), (phone, 2)),
            ((self.area_field, 3), (self.postcode_field, 1)),
            ((landmark, 2), (self.place_field, 2)),
            ((code, 2),),
        )
        for number, row in enumerate(rows):
            column = 0
            for field, span in row:
                grid.addWidget(field, number, column, 1, span)
                column += span
        for column in range(4):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)

    def household(self) -> Household:
        """What stands in the fields. Raises the Problem of a place that is none."""
        place = self.place.plain()
        at = self._house.position
        if not place:
            at = None
        elif place != self._place_before:
            at = parse_position(place)
        return replace(
            self._house,
            house_no=self.house_no.plain(),
            moo=self.moo.plain(),
            village=self.village.plain(),
            soi_road=self.soi_road.plain(),
            area=self.area.code(),
            postcode=self.postcode.plain(),
            house_code=self.house_code.plain(),
            phone=self.phone.plain(),
            landmark=self.landmark.plain(),
            position=at,
        )

    def _press(self) -> None:
        for field in (self.area_field, self.postcode_field, self.place_field):
            field.set_error()
        self.wrong("")
        if not self.area.code() and self.area.plain() and not self.area.take_first():
            self.area_field.set_error(_("There is no such tambon. Choose one from the list."))
            return
        digits = _digits(self.postcode.plain())
        if digits and (not digits.isdigit() or len(digits) != _POSTCODE):
            self.postcode_field.set_error(_("A postcode has 5 digits."))
            return
        try:
            house = self.household()
        except Problem as problem:
            self.place_field.set_error(str(problem))
            return
        self.verb.setEnabled(False)
        self._keep(house, self.accept, self._failed)

    def _failed(self, problem: Problem) -> None:
        self.verb.setEnabled(True)
        self.wrong(str(problem))


def _digits(text: str) -> str:
    from desktop.thai.digits import to_arabic

    return to_arabic(text).strip()
