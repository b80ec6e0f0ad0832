# SPDX-License-Identifier: Apache-2.0
"""Several areas: each on a chip that takes it away, and a line to find another one.

A set that is too long to read (an event for every province) is folded into its count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.model.area import Area
from desktop.ui import theme
from desktop.ui.widgets.area_pick import AreaPick, Search, named
from desktop.ui.widgets.button import Button

_LEAST = 150
_FOLDED = 12
"""More chips than this are folded."""


class AreaChips(QWidget):
    """``changed(codes)`` comes when an area was added or taken away."""

    changed = Signal(object)

    def __init__(
        self,
        search: Search,
        parent: QWidget | None = None,
        every: Callable[[], Sequence[Area]] | None = None,
    ) -> None:
        """``every`` gives all the areas that one button adds (the provinces of the country)."""
        super().__init__(parent)
        self._areas: tuple[Area, ...] = ()
        self._every = every
        self._unfolded = False
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
        column_of.addLayout(self._whole())
        column_of.addWidget(self._room)
        self.setFocusProxy(self.pick)

    def _whole(self) -> QHBoxLayout:
        """The buttons for all of them at once."""
        row = QHBoxLayout()
        row.setSpacing(8)
        self.all_of_them = Button(_("Every province"), self._add_every, icon="plus", parent=self)
        self.unfold = Button("", self._turn, icon="chevron-down", parent=self)
        self.none_of_them = Button(_("Take all away"), self._clear, icon="x", parent=self)
        for button in (self.all_of_them, self.unfold, self.none_of_them):
            row.addWidget(button)
        row.addStretch(1)
        self._show_whole()
        return row

    def _show_whole(self) -> None:
        count = len(self._areas)
        folds = count > _FOLDED
        self.all_of_them.setVisible(self._every is not None and not folds)
        words = (
            _("Fold them")
            if self._unfolded
            else ngettext("{count} area · show it", "{count} areas · show them", count)
        ).format(count=count)
        self.unfold.setText(words)
        self.unfold.setAccessibleName(words)
        self.unfold.setVisible(folds)
        self.none_of_them.setVisible(folds)

    def _turn(self) -> None:
        self._unfolded = not self._unfolded
        self._fill()

    def _add_every(self) -> None:
        here = set(self.codes())
        more = [area for area in (self._every() if self._every else ()) if area.code not in here]
        self._unfolded = False
        self.show_areas((*self._areas, *more))
        self.changed.emit(self.codes())

    def _clear(self) -> None:
        self.show_areas(())
        self.changed.emit(())

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
        self._fill()

    def _fill(self) -> None:
        """The chips anew, or none of them when they are folded."""
        self._show_whole()
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        folded = len(self._areas) > _FOLDED and not self._unfolded
        for area in () if folded else self._areas:
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
