# SPDX-License-Identifier: Apache-2.0
"""Home visits: what was seen of a household on one day, and how it went on since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.model.position import Position

DIMENSIONS: Final = ("income", "health", "housing", "education", "state")
"""The five dimensions of the family's book, in its order."""
STATES: Final = ("help", "watch", "ok")
"""What a dimension may be, the worst first; ``na`` is none of them."""


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody of the visiting team; ``person_id`` when she is a person of the register."""

    name: str
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. Never changed: a correction is another visit that ``amends`` it."""

    id: str
    household_id: str
    record_id: str
    at: str
    """Local moment of the visit with its offset, ISO."""
    visited_on: str
    """ISO date."""
    purpose: str
    """Code of ``visit_purpose``."""
    met: str
    """``met``, ``proxy``, ``not_met`` or ``refused``."""
    person_id: str = ""
    """The person visited; empty when nobody was met."""
    case_id: str = ""
    event_id: str = ""
    area: str = ""
    position: Position | None = None
    landmark: str = ""
    dimensions: Mapping[str, str] | None = None
    """State (``ok``, ``watch``, ``help``, ``na``) by dimension; None when not assessed."""
    outcomes: tuple[str, ...] = ()
    """Codes of ``visit_outcome``."""
    needs: str = ""
    opinion: str = ""
    by: str = ""
    team: tuple[Companion, ...] = ()
    amends: str = ""
    """The visit this one corrects."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The five dimensions at one visit, for the small chart."""

    visit_id: str
    visited_on: str
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Point:
    """A household on the map of points."""

    household_id: str
    name: str
    position: Position
    last_visited: str
    needs_help: int
    """Dimensions that needed help at the last assessment."""


_PERSON: Final = re.compile(r"^(?P<name>.*?)\s*\[(?P<id>[0-9a-f-]{36})\]$")


def read_people(text: str) -> tuple[Companion, ...]:
    """The people an answer of appearance ``th-people`` names.

    They stand one after another with a semicolon or a new line between, each as she is called,
    and one who was chosen from the register with her id behind it: ``สมศรี ใจดี [id]; ลุงมี``.
    """
    found: dict[Companion, None] = {}
    for part in re.split(r"[;\n]", text):
        entry = part.strip()
        if not entry:
            continue
        match = _PERSON.match(entry)
        found[Companion(match["name"], match["id"]) if match else Companion(entry)] = None
    return tuple(found)


def write_people(people: Iterable[Companion]) -> str:
    """The answer that :func:`read_people` reads back."""
    return "; ".join(
        f"{one.name} [{one.person_id}]" if one.person_id else one.name for one in people
    )
