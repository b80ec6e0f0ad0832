# SPDX-License-Identifier: Apache-2.0
"""Households and who lives in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop.model.position import Position


@dataclass(frozen=True, slots=True)
class Household:
    """A house and the people in it, as last said by a visit or by hand."""

    id: str
    area: str
    """Tambon code, or empty while it is not known."""
    house_no: str = ""
    moo: str = ""
    village: str = ""
    soi_road: str = ""
    postcode: str = ""
    house_code: str = ""
    """The eleven digits of the house registration."""
    landmark: str = ""
    phone: str = ""
    tenure: str = ""
    """Code of ``housing_tenure``."""
    rent: float | None = None
    """Baht a month."""
    dependants: tuple[str, ...] = ()
    """Codes of ``dependent``."""
    welfare: tuple[str, ...] = ()
    """Codes of ``welfare_received``."""
    income_per_head_year: float | None = None
    """Baht."""
    position: Position | None = None
    """Where the house stands, from the last visit that said it."""
    needs: str = ""
    """What the household needs, as last written by anybody who visited it."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who lives in a household; ``person_id`` when she is a person of the register."""

    id: str
    household_id: str
    name: str
    """As one reads it; that of the person when she is registered."""
    person_id: str = ""
    relation: str = ""
    """Code of ``relation``, to the head of the household; empty when nobody said."""
    age: int | None = None
    """Years, as said at ``seen_on``."""
    seen_on: str = ""
    """ISO date at which age and the rest were said."""
    sex: str = ""
    occupation: str = ""
    income: float | None = None
    """Baht a month."""
    body_state: tuple[str, ...] = ()
    """Codes of ``body_state``."""
    self_care: bool | None = None
    left_on: str = ""
    """ISO date since which she is no longer in the household, or empty."""
    told_in: str = ""
    """The record that named her first; empty when she was entered by hand."""


@dataclass(frozen=True, slots=True)
class FoundHousehold:
    """A household that a search found."""

    household: Household
    name: str
    """Who it is known by: its head, or the person visited; empty for nobody."""
    members: tuple[str, ...]
    """Names of everybody in it, the one it is known by first."""
    area_name: str
    """``ต.… อ.… จ.…``"""
    last_visited: str
    """ISO date, or empty."""
    visits: int


_GENERATION: Final = {
    "greatgrandparent": -3,
    "grandparent": -2,
    "parent": -1,
    "head": 0,
    "spouse": 0,
    "sibling": 0,
    "child": 1,
    "grandchild": 2,
    "greatgrand": 3,
}
_BESIDE: Final = ("head", "spouse", "child", "parent", "sibling")


@dataclass(frozen=True, slots=True)
class Generation:
    """The members of one generation, counted from the head's (0); parents are at -1."""

    level: int | None
    """None for those of whom nobody said how they are related."""
    members: tuple[Member, ...]


def family(members: Iterable[Member]) -> tuple[Generation, ...]:
    """The members by generation, the eldest first, those without a relation last.

    Within a generation the head comes first, then the spouse, then by age.
    """
    rows: dict[int | None, list[Member]] = {}
    for member in members:
        rows.setdefault(_GENERATION.get(member.relation), []).append(member)

    def place(member: Member) -> tuple[int, int]:
        order = _BESIDE.index(member.relation) if member.relation in _BESIDE else len(_BESIDE)
        return order, -(member.age or 0)

    levels = sorted((level for level in rows if level is not None), key=int)
    return tuple(
        Generation(level, tuple(sorted(rows[level], key=place)))
        for level in (*levels, *([None] if None in rows else []))
    )


def known_by(members: Iterable[Member]) -> str:
    """The name a household is known by: its head, else a registered person, else the first."""
    there = [member for member in members if member.name]
    for wanted in (
        lambda member: member.relation == "head",
        lambda member: bool(member.person_id),
        lambda _member: True,
    ):
        for member in there:
            if wanted(member):
                return member.name
    return ""
