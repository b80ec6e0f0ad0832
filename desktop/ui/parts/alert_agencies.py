# SPDX-License-Identifier: Apache-2.0
"""Which agencies were told: the usual ones as ticks, any other from the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.i18n import _
from desktop.store import codelist
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.tick import Tick

USUAL: Final = ("tao", "bpd", "pmj", "police", "hospital", "school")
"""Codes of ``org_type`` that an alert in a village is told to most often."""
_COLUMNS: Final = 2


class AgencyPick(QWidget):
    """``codes()`` are the kinds of agencies that were told."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks: dict[str, Tick] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self.other = Choice(parent=self)
        self.other.setAccessibleName(_("Another agency"))
        self.other.chose.connect(self._add)
        for code in USUAL:
            self._tick(code)
        self._lay()

    def codes(self) -> tuple[str, ...]:
        """The agencies ticked."""
        return tuple(code for code, tick in self._ticks.items() if tick.isChecked())

    def set_codes(self, codes: Iterable[str]) -> None:
        """Tick these."""
        wanted = set(codes)
        for code in wanted - self._ticks.keys():
            self._tick(code)
        for code, tick in self._ticks.items():
            tick.blockSignals(True)
            tick.setChecked(code in wanted)
            tick.blockSignals(False)
        self._lay()

    def _tick(self, code: str) -> Tick:
        tick = Tick(codelist.word("org_type", code), parent=self)
        tick.toggled.connect(lambda _on: self.changed.emit())
        self._ticks[code] = tick
        return tick

    def _add(self, code: object) -> None:
        if isinstance(code, str) and code:
            tick = self._tick(code)
            tick.setChecked(True)
            self._lay()
            tick.show()

    def _lay(self) -> None:
        for place, tick in enumerate(self._ticks.values()):
            self._grid.addWidget(tick, *divmod(place, _COLUMNS))
        rows = -(-len(self._ticks) // _COLUMNS)
        self._grid.addWidget(self.other, rows, 0, 1, _COLUMNS)
        left = [one.code for one in codelist.codes("org_type") if one.code not in self._ticks]
        self.other.set_options(
            [("", _("Another agency…")), *((c, codelist.word("org_type", c)) for c in left)], ""
        )
