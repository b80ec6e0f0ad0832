# SPDX-License-Identifier: Apache-2.0
"""The register of certificates of an office, every number of it, as a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.i18n import N_, _, language
from desktop.model.account import State as NumberState
from desktop.thai import dates
from desktop.ui import theme
from desktop.ui.tables.rows import INK, Rows, State

if TYPE_CHECKING:
    from typing import Any

    from desktop.actions.register import BookRow

NUMBER, NAME, ORGANISATION, STATE, ISSUED, NOTE = range(6)
STATES: Final[dict[NumberState, tuple[str, str, str]]] = {
    "issued": (N_("Issued"), "award", "gold"),
    "printed": (N_("Printed"), "printer", "accent"),
    "handed": (N_("Handed over"), "circle-check", "green"),
    "returned": (N_("Returned"), "undo-2", "amber"),
    "void": (N_("Void"), "ban", "red"),
    "replaced": (N_("Replaced"), "refresh-cw", "grey"),
    "unused": (N_("Not used"), "circle-minus", "grey"),
    "lent": (N_("Lent out"), "laptop", "grey"),
    "unknown": (N_("Not known here"), "circle-question-mark", "amber"),
}
"""Word (a msgid), icon and tone of what became of a number."""


class RegisterModel(Rows["BookRow"]):
    """Holds the rows it was given, by number."""

    columns = (
        N_("Number"),
        N_("Name"),
        N_("Agency or project"),
        N_("State"),
        N_("Issued on"),
        N_("Note"),
    )
    long = (NAME, ORGANISATION, NOTE)

    def state(self, row: BookRow, column: int) -> State | None:
        if column != STATE:
            return None
        word, icon, tone = STATES[row.state]
        return _(word), icon, tone

    def text(self, row: BookRow, column: int) -> str:
        if column == NUMBER:
            return row.number_text or str(row.number)
        if column == NAME:
            return row.name
        if column == ORGANISATION:
            # Of an organisation its project: whose it is stands beside it already.
            return row.subject if row.organisation in ("", row.name) else row.organisation
        if column == ISSUED:
            given = row.certificate.issue_date if row.certificate is not None else ""
            return _day(given)
        return note_of(row)

    def cell(self, row: BookRow, column: int, role: int) -> Any:
        if role == INK and row.clashes and column in (NUMBER, NOTE):
            return theme.colour("amber")
        if role == INK and row.state in ("unused", "lent", "unknown", "replaced"):
            return theme.colour("quiet")
        return super().cell(row, column, role)


def note_of(row: BookRow) -> str:
    """What it clashes with; why a number is not used or void, who received it, what was noted."""
    parts = [_("Also of {name}").format(name=one) for one in row.also_of]
    if row.also_has:
        words = _("The recipient also has number {numbers}")
        parts.append(words.format(numbers=", ".join(row.also_has)))
    parts += [row.why, row.note]
    if row.receipt is not None:
        taken = _day(row.receipt.on)
        words = _("Received by {name} {day}") if row.receipt.by else _("Received {day}")
        parts.append(words.format(name=row.receipt.by, day=taken))
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _day(iso: str) -> str:
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    return dates.english_date(day) if language() == "en" else dates.be_date(day)
