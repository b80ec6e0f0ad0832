# SPDX-License-Identifier: Apache-2.0
"""Several areas: each on a chip that takes it away, and a line to find another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.area import Area
from desktop.ui import theme
from desktop.ui.widgets.area_pick import AreaPick, Search, named
from desktop.ui.widgets.button import Button

_LEAST = 150


class AreaChips(QWidget):
    """``changed(codes)`` comes when an area was added or taken away."""

    changed = Signal(object)

    def __init__(self, search: Search, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._areas: tuple[Area, ...] = ()
        self._buttons: list[Button] = []
        self.pick = AreaPick(search, _("Type a name to add an area"), self)
        self.pick.picked.connect(self._add)
        self._columns = 0
        self._room = QWidget(self)
        self._grid = QGridLayout(self._room)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._room.setMinimumWidth(theme.scaled(_LEAST))
        column_of = QVBoxLayout(self)
        # The width is the page's; the chips arrange themselves in it.
        column_of.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.setSpacing(8)
        column_of.addWidget(self.pick)
        column_of.addWidget(self._room)
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
        for area in self._areas:
            chip = Button(named(area), partial(self._drop, area), icon="x", icon_after=True,
                          parent=self._room)  # fmt: skip
            chip.setAccessibleName(_("Take {area} away").format(area=named(area)))
            self._buttons.append(chip)
        self._columns = 0
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def minimumSizeHint(self) -> QSize:
        """One chip: the others go below it where there is no room beside."""
        return QSize(theme.scaled(_LEAST), super().minimumSizeHint().height())

    def _lay(self) -> None:
        """As many columns as the longest name allows."""
        if not self._buttons:
            return
        widest = max(button.sizeHint().width() for button in self._buttons)
        columns = max(1, (self.width() + 8) // (widest + 8))
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, *divmod(place, columns))
            button.show()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

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
