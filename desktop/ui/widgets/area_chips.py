# SPDX-License-Identifier: Apache-2.0
"""Several areas: each on a chip that takes it away, and a line to find another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.area import Area
from desktop.ui.widgets.area_pick import AreaPick, Search, named
from desktop.ui.widgets.button import Button

_COLUMNS = 3


class AreaChips(QWidget):
    """``changed(codes)`` comes when an area was added or taken away."""

    changed = Signal(object)

    def __init__(self, search: Search, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._areas: tuple[Area, ...] = ()
        self._buttons: list[Button] = []
        self.pick = AreaPick(search, _("Type a name to add an area"), self)
        self.pick.picked.connect(self._add)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.setSpacing(8)
        column_of.addWidget(self.pick)
        column_of.addLayout(self._grid)
        self.setFocusProxy(self.pick)

    def codes(self) -> tuple[str, ...]:
        """The codes of the areas in order."""
        return tuple(area.code for area in self._areas)

    def setAccessibleName(self, name: str) -> None:
        """Name the line for screen readers."""
        super().setAccessibleName(name)
        self.pick.setAccessibleName(name)

    def show_areas(self, areas: Sequence[Area]) -> None:
        """Show these."""
        if tuple(areas) == self._areas:
            return
        self._areas = tuple(areas)
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, area in enumerate(self._areas):
            chip = Button(named(area), partial(self._drop, area), icon="x", icon_after=True,
                          parent=self)  # fmt: skip
            chip.setAccessibleName(_("Take {area} away").format(area=named(area)))
            self._grid.addWidget(chip, *divmod(place, _COLUMNS))
            self._buttons.append(chip)

    def _add(self, area: object) -> None:
        if not isinstance(area, Area):
            return
        self.pick.set_area(None)
        if area.code not in self.codes():
            self.show_areas((*self._areas, area))
            self.changed.emit(self.codes())
        self.pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, area: Area) -> None:
        self.show_areas([one for one in self._areas if one.code != area.code])
        self.pick.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self.codes())
