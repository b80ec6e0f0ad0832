# SPDX-License-Identifier: Apache-2.0
"""The roster as a table: a line each, in the order it was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from desktop.i18n import N_, _
from desktop.model.roster import RosterRow, Source
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.attendance_words import province_words, seat_words
from desktop.ui.tables.rows import INK, SHOWN, Rows, State

SEAT, NAME, AGENCY, PROVINCE, GROUP, ROLE, TEAM, PHONE, SOURCE, STATUS = range(10)
_HEADINGS: Final = (
    N_("Seat"), N_("Name"), N_("Agency"), N_("Province"), N_("Group"), N_("Role"), N_("Team"),
    N_("Phone"), N_("Came on the list by"), N_("Name spelling"),
)  # fmt: skip
SOURCES: Final[dict[Source, str]] = {
    "preregistered": N_("Registered before"),
    "walkin": N_("Walk-in"),
    "substitute": N_("Substitute"),
}


def state_of(row: RosterRow) -> tuple[str, str, str]:
    """Word, icon and tone of what is to be known of a line first."""
    if row.status == "withdrawn":
        return _("Withdrawn"), "ban", "grey"
    if row.status == "substituted":
        return _("Somebody else came"), "user-x", "grey"
    if row.name_confirmed:
        return _("Confirmed"), "circle-check", "green"
    return _("Not confirmed"), "circle", "grey"


class RosterModel(Rows[RosterRow]):
    """Holds the lines it was given."""

    columns = _HEADINGS
    long = (NAME, AGENCY, PROVINCE, GROUP, ROLE)

    def place_of(self, enrolment_id: str) -> int:
        """Where a line stands; -1 when it does not."""
        return next(
            (n for n, row in enumerate(self._rows) if row.enrolment_id == enrolment_id), -1
        )

    def state(self, row: RosterRow, column: int) -> State | None:
        return state_of(row) if column == STATUS else None

    def cell(self, row: RosterRow, column: int, role: int) -> Any:
        if role == INK:
            return None if row.expected else theme.colour("quiet")
        # The badge alone says it; a reader of the screen hears its word.
        if column == STATUS and role == SHOWN:
            return ""
        return super().cell(row, column, role)

    def text(self, row: RosterRow, column: int) -> str:
        return _SAYS[column](row)


def group_words(code: str) -> str:
    """A group in the language of the moment, empty for none."""
    return codelist.word("person_group", code) if code else ""


def role_words(code: str) -> str:
    """What somebody comes as, in the language of the moment, empty for nothing."""
    return codelist.word("event_role", code) if code else ""


def _phone(row: RosterRow) -> str:
    # Enough to tell two people apart; the whole number is not for whoever looks on.
    return f"…{row.phone[-4:]}" if row.phone else ""


_SAYS: Final[dict[int, Callable[[RosterRow], str]]] = {
    SEAT: lambda row: seat_words(row.seat),
    NAME: lambda row: row.name,
    AGENCY: lambda row: row.organisation,
    PROVINCE: lambda row: province_words(row.province),
    GROUP: lambda row: group_words(row.group),
    ROLE: lambda row: role_words(row.role),
    TEAM: lambda row: "" if row.team is None else str(row.team),
    PHONE: _phone,
    SOURCE: lambda row: _(SOURCES[row.source]),
}
