# SPDX-License-Identifier: Apache-2.0
"""The values of an event's JSON file, each read so that a wrong one becomes a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from string import Formatter
from typing import Any, Final

from desktop.errors import Problem, Refused
from desktop.i18n import _
from desktop.thai.dates import ERA_OFFSET, parse_date
from desktop.thai.normalise import normalise

_BUDDHIST: Final = 2400
"""Nobody plans an event for a later year of the Christian era."""


class FixtureRefused(Refused):
    """The file does not describe an event."""


def section_of(value: object) -> Mapping[str, Any]:
    """``value`` as a section of the file."""
    if not isinstance(value, dict):
        raise FixtureRefused(_("The file does not describe an event."))
    return value


def list_of(section: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list of sections; empty when it is not there."""
    value = section.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise FixtureRefused(_("The section {section} is not a list.").format(section=name))
    return value


def text_of(section: Mapping[str, Any], name: str) -> str:
    """A text in its one spelling; empty when it is not there."""
    value = section.get(name)
    return normalise(str(value)) if isinstance(value, str | int) else ""


def texts_of(section: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts; one text alone is a list of it."""
    value = section.get(name)
    if isinstance(value, str):
        value = [value]
    if value is not None and not isinstance(value, list):
        raise FixtureRefused(_("The section {section} is not a list.").format(section=name))
    return tuple(text for one in value or () if (text := normalise(str(one or ""))))


def number_of(section: Mapping[str, Any], name: str, otherwise: int | None) -> int | None:
    """A whole number, written in any digits; ``otherwise`` when there is none."""
    value = section.get(name)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return otherwise
    try:
        return int(value)
    except ValueError:
        return otherwise


def pattern_of(text: str) -> str:
    """A number pattern, tried out: a field it does not know is refused here, not on page 80.

    A field is a number and perhaps its width (``{n:03d}``); what reaches into it (``{n.real}``,
    ``{n!r}``) is none of a number's.
    """
    try:
        fields = [field for field in Formatter().parse(text) if field[1] is not None]
        sound = all(
            name in ("n", "be") and not turned and re.fullmatch(r"0?[1-9]?d?", width or "")
            for _words, name, width, turned in fields
        )
        sound = sound and any(name == "n" for _words, name, _width, _turned in fields)
    except ValueError:
        sound = False
    if not sound:
        raise FixtureRefused(
            _("The number format {format} must hold {{n}}, and besides only {{be}}.").format(
                format=text
            )
        )
    return text


def date_of(section: Mapping[str, Any], name: str) -> date | None:
    """A day: ISO, or as people write it. A year of the Buddhist era is understood in both."""
    written = text_of(section, name)
    if not written:
        return None
    try:
        found = date.fromisoformat(written[:10])
        return found.replace(year=found.year - ERA_OFFSET) if found.year > _BUDDHIST else found
    except ValueError:
        pass
    try:
        return parse_date(written)
    except Problem:
        raise FixtureRefused(
            _("The date {text} of the event cannot be read.").format(text=written)
        ) from None


def day_after(first: date | None, day_no: int) -> date | None:
    """The date of a day by its number, when that of the first is known."""
    return date.fromordinal(first.toordinal() + day_no - 1) if first else None
