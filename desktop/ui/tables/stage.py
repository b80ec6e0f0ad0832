# SPDX-License-Identifier: Apache-2.0
"""The order in which certificates are handed over on a stage, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from desktop.i18n import N_, _
from desktop.ui import theme
from desktop.ui.tables.rows import INK, SPOKEN, Rows, State

if TYPE_CHECKING:
    from desktop.actions.certificate_list import Line
    from desktop.actions.stage import StageLine

ORDER, NAME, STATE = range(3)
_STATES: Final = {
    "waits": (N_("To come"), "circle", "grey"),
    "skipped": (N_("Skipped"), "clock", "amber"),
    "handed": (N_("Handed over"), "circle-check", "green"),
    "returned": (N_("Returned"), "undo-2", "amber"),
    "void": (N_("Void"), "ban", "red"),
    "reprint": (N_("To be printed"), "printer", "amber"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One who comes onto the stage: in what order, who, and what became of her paper."""

    stage: StageLine
    line: Line
    """Her line of the list of certificates."""
    state: str

    @property
    def key(self) -> str:
        """Stays the same also when a new paper takes the place of hers."""
        return self.line.key

    @property
    def waits(self) -> bool:
        """Whether her paper is still to be handed over."""
        return self.state not in ("handed", "void")


class StageModel(Rows[Turn]):
    """Holds the turns it was given, in their order."""

    columns = (N_("Turn"), N_("Name"), N_("State"))
    numbers = (ORDER,)
    long = (NAME,)

    def state(self, row: Turn, column: int) -> State | None:
        if column != STATE:
            return None
        word, icon, tone = _STATES[row.state]
        return _(word), icon, tone

    def text(self, row: Turn, column: int) -> str:
        return str(row.stage.order) if column == ORDER else row.stage.name

    def cell(self, row: Turn, column: int, role: int) -> Any:
        if role == INK and not row.waits:
            return theme.colour("quiet")
        if role == SPOKEN and column == NAME and row.stage.reading:
            return f"{row.stage.name}. {row.stage.reading}"
        return super().cell(row, column, role)
