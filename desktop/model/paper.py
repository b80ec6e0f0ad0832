# SPDX-License-Identifier: Apache-2.0
"""The papers of an event that are drawn by templates: which there are, and for whom.

A receipt for everybody and receipts one a person are of one purpose; what tells their templates
apart is the table: the one lists people, the other lists what was paid for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from desktop.model.template import Purpose, Table, Template

PaperKind = Literal["sheet", "badge", "tent", "envelope", "receipt_sheet", "receipt"]
PURPOSE: Final[Mapping[PaperKind, Purpose]] = {
    "sheet": "sheet",
    "badge": "badge",
    "tent": "tent",
    "envelope": "envelope",
    "receipt_sheet": "receipt",
    "receipt": "receipt",
}
USUAL: Final[Mapping[PaperKind, str]] = {
    "sheet": "sign_in",
    "badge": "badge",
    "tent": "tent",
    "envelope": "envelope_dl",
    "receipt_sheet": "receipt_sheet",
    "receipt": "receipt",
}
"""The shipped template of each, for an office that made none."""

IdNumbers = Literal["none", "masked", "whole"]
"""How much of identity numbers a receipt shows."""


@dataclass(frozen=True, slots=True)
class Whom:
    """For whom a paper is made: everybody expected, or those that all of these say."""

    came: bool = False
    """Only who was there at some session."""
    group: str = ""
    """Only this group (code of the list ``person_group``)."""
    ids: tuple[str, ...] = ()
    """Only these enrolments."""


EVERYBODY: Final = Whom()


def lists_people(template: Template) -> bool:
    """Whether a table of the template has a row for each person."""
    return any(
        "{name}" in column.text
        for one in template.elements
        if isinstance(one, Table)
        for column in one.columns
    )


def suits(template: Template, kind: PaperKind) -> bool:
    """Whether a template is one for this paper."""
    if template.purpose != PURPOSE[kind]:
        return False
    return kind not in ("receipt", "receipt_sheet") or (
        lists_people(template) is (kind == "receipt_sheet")
    )


def table_of(template: Template) -> Table | None:
    """The table of a template: the first that is shown."""
    return next(
        (one for one in template.elements if isinstance(one, Table) and not one.hidden), None
    )
