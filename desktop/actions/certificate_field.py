# SPDX-License-Identifier: Apache-2.0
"""What is noted of one recipient alone, held against the template she would get."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.actions.certificate_list import Line
from desktop.i18n import _, ngettext
from desktop.model.plan import FIELDS, PRINTED
from desktop.model.template import Template
from desktop.model.template_field import named_in


@dataclass(frozen=True, slots=True)
class Unshown:
    """What is noted of recipients and would stand nowhere on their certificates."""

    names: tuple[str, ...]
    """Of ``model.plan.PRINTED``."""
    people: int
    """Of how many it is noted."""

    def __str__(self) -> str:
        words = ngettext(
            "The template has no place for: {names}. It is noted for {count} recipient and will "
            "not be printed.",
            "The template has no place for: {names}. It is noted for {count} recipients and will "
            "not be printed.",
            self.people,
        )
        names = ", ".join(_(FIELDS[name]) for name in self.names)
        return words.format(names=names, count=self.people)


def unshown(template: Template, lines: Iterable[Line]) -> Unshown | None:
    """What would not be printed of what is noted of those not issued yet; None when all is."""
    places = named_in(template)
    names: set[str] = set()
    people = 0
    for line in lines:
        noted = {name for name in PRINTED if line.fields.get(name) and name not in places}
        if noted and not line.issued and line.part != "aside":
            names |= noted
            people += 1
    return Unshown(tuple(name for name in PRINTED if name in names), people) if names else None
