# SPDX-License-Identifier: Apache-2.0
"""One row while it is being read: its cells by field, and the problems found on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from desktop.i18n import _
from desktop.imports import content

Level = Literal["error", "warning"]
MatchArea = Callable[[str, str, str], str | None]
"""(tambon, amphoe, province) as written → area code, or None when there is no such place."""
MatchCode = Callable[[str, str], str | None]
"""(name of a code list, words as written) → code, or None when the list has no such words."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one field. An error keeps the row out until it is put right."""

    field: str
    level: Level
    sentence: str
    suggestion: str = ""
    """A text that would put it right, to be taken with one key; may be empty."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """What the caller knows that a list does not say. Without one, words stay words."""

    area: MatchArea | None = None
    code: MatchCode | None = None

    def remembering(self) -> Lookups:
        """The same, asking each question once: thousands of rows name the same tambon."""
        return Lookups(
            cache(self.area) if self.area is not None else None,
            cache(self.code) if self.code is not None else None,
        )


Values = Mapping[str, str]
"""Field → marked cell (see :mod:`desktop.imports.cells`), its text already normalised."""

NAME_FIELDS: Final = frozenset({"title", "first", "middle", "last", "full_name"})
_NONE: Final = frozenset(
    {"-", "–", "—", "−", ".", "ไม่มี", "ไม่ระบุ", "n/a", "none", "null", "ไม่ทราบ"}
)
_WHOLE: Final = re.compile(r"([0-9]+)\.0*")


class Row:
    """The reading of one row: its cells, and the problems found on the way."""

    def __init__(self, values: Values, lookups: Lookups) -> None:
        self.values = values
        self.lookups = lookups
        self.problems: list[RowProblem] = []

    def error(self, field: str, sentence: str, suggestion: str = "") -> None:
        self.problems.append(RowProblem(field, "error", sentence, suggestion))

    def warning(self, field: str, sentence: str, suggestion: str = "") -> None:
        self.problems.append(RowProblem(field, "warning", sentence, suggestion))

    def text(self, field: str) -> str:
        """The text of the cell; "" for none, "-" and "ไม่มี"."""
        cell = self.values.get(field)
        if not cell:
            return ""
        mark, text = cell[0], cell[1:]
        if mark == "f":
            say = self.error if field in NAME_FIELDS or field == "identifier" else self.warning
            say(field, _("The cell holds a formula that was never worked out. Type the value."))
            return ""
        if mark == "e":
            self.warning(field, _("The cell holds an error of Excel. Type the value."))
            return ""
        if mark == "n":
            text = undotted(text)
        return "" if text.casefold() in _NONE else text

    def number(self, field: str) -> int | None:
        text = self.text(field)
        if not text:
            return None
        value = content.number(text)
        if value is None:
            self.warning(field, _("This is not a number. Type digits."))
        return value


def undotted(text: str) -> str:
    """A whole number that a program wrote with .0 behind."""
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text
