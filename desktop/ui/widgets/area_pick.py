# SPDX-License-Identifier: Apache-2.0
"""A province, amphoe or tambon found by typing a part of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import language
from desktop.model.area import Area, spoken
from desktop.ui.widgets.field import TypeAhead

Search = Callable[[str], Sequence[Area]]


class AreaPick(TypeAhead):
    """``search(text)`` gives the areas to offer (``store.area.search_areas``, level bound in).

    The areas are a small read-only file, answered between two keys, so it is asked at once.
    """

    picked = Signal(object)
    """The ``Area`` taken, or None when the text was changed since."""

    def __init__(
        self, search: Search, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder, parent)
        self._search = search
        self.asked.connect(self._look)
        self.took.connect(self.picked)
        self.editingFinished.connect(self.take_first)

    def area(self) -> Area | None:
        """The area taken."""
        value = self.value()
        return value if isinstance(value, Area) else None

    def code(self) -> str:
        """Its code, or empty."""
        area = self.area()
        return "" if area is None else area.code

    def set_area(self, area: Area | None) -> None:
        """Show an area, or nothing."""
        self.set_value(area, "" if area is None else named(area))

    def _look(self, text: str) -> None:
        self.picked.emit(None)
        found = self._search(text.strip()) if text.strip() else ()
        self.offer([(area, named(area)) for area in found])


def named(area: Area) -> str:
    """The area in the language of the moment."""
    if language() != "en":
        return spoken(area)
    if area.level == "province" or not area.name_en:
        return area.name_en or spoken(area)
    return f"{area.name_en}, {area.province_en}"
