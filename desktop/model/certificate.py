# SPDX-License-Identifier: Apache-2.0
"""Certificates and their register (ทะเบียนคุม): numbers that add up and words that are frozen.

A number belongs to a seat (or a place in the award list) and is drawn from the register of one
office, one kind and one calendar year of the Buddhist era. It is never used twice; a seat that
gets no certificate keeps its row with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Status = Literal["issued", "printed", "handed", "void", "replaced", "unused"]

FORWARD: Final[dict[Status, frozenset[Status]]] = {
    "issued": frozenset({"printed", "handed", "void", "replaced"}),
    "printed": frozenset({"handed", "void", "replaced"}),
    "handed": frozenset({"void", "replaced"}),
    "unused": frozenset({"issued"}),
    "void": frozenset(),
    "replaced": frozenset(),
}
"""Where a status may go. ``unused`` becomes ``issued`` when a late ruling passes the person."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, and as what, on the day."""

    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Every text of a certificate as frozen at issue, in its own digit style."""

    recipient: str
    document_word: str
    opening: str
    deed: str
    subject: str
    when_where: str
    given: str
    issuer: tuple[str, ...]
    signers: tuple[Signer, ...]
    wish: str = ""
    fund: str = ""
    organisation: str = ""
    project: str = ""
    role: str = ""
    score: str = ""
    language: str = "th"
    """The language the certificate speaks: th or en."""
    pictures: tuple[tuple[str, str], ...] = ()
    """The office's own pictures as they were then: slot and SHA-256."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One row of the register."""

    id: str
    event_id: str
    kind: str
    year: int
    """Calendar year พ.ศ. of the register."""
    number: int
    number_text: str
    seat: int
    """Seat of the person, or place in the award list."""
    status: Status
    issue_date: str
    """ISO date."""
    wording: Wording | None
    """None when the number is not used."""
    enrolment_id: str = ""
    award_id: str = ""
    organisation: str = ""
    reason: str = ""
    """Why void, replaced, unused, or worded anew."""
    replaces: str = ""
    prints: int = 0
    layout: str = ""
    """Hash of the layout it was issued with."""


def number_text(number: int, year: int, pattern: str = "{n}/{be}") -> str:
    """A register number as it is printed, in Arabic digits: ``12/2562``."""
    return pattern.format(n=number, be=year)


Order = Literal["seat", "stage", "alphabet"]
