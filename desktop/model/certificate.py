# SPDX-License-Identifier: Apache-2.0
"""Certificates and their register (ทะเบียนคุม): numbers that add up and words that are frozen.

A number belongs to a seat (or a place in the award list) and is drawn from the register of one
office, one kind and one year of the Buddhist era (``model/register.py`` says which). It is never
used twice; a seat that gets no certificate keeps its row with the reason. A paper that replaces
another under the same number (a name put right) is a row of its own, the next *edition*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Status = Literal["issued", "printed", "handed", "returned", "void", "replaced", "unused"]

FORWARD: Final[dict[Status, frozenset[Status]]] = {
    "issued": frozenset({"printed", "handed", "void", "replaced"}),
    "printed": frozenset({"handed", "returned", "void", "replaced"}),
    "handed": frozenset({"handed", "returned", "void", "replaced"}),
    "returned": frozenset({"handed", "void", "replaced"}),
    "unused": frozenset({"issued", "void"}),
    "void": frozenset(),
    "replaced": frozenset(),
}
"""Where a status may go. ``unused`` becomes ``issued`` when a late ruling passes the person, and
``void`` when her number cannot be given any more: its register is that of another year.
``returned`` is a paper that came back or that nobody fetched: it stands and may be handed again.
To be handed over once more says it better: to whom, and when."""

STANDING: Final[frozenset[Status]] = frozenset({"issued", "printed", "handed", "returned"})
"""A certificate in one of these is genuine and can be printed."""
GONE: Final[frozenset[Status]] = frozenset({"void", "replaced"})

Step = Literal["issued", "printed", "handed", "returned", "void", "replaced"]
"""What becomes of a certificate, each a fact with who, when and why."""


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
    digits: str = ""
    """The digits its number is written in, thai or arabic; empty on rows from before this was
    kept, whose event says it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One row of the register."""

    id: str
    event_id: str
    kind: str
    year: int
    """Year พ.ศ. of the register, calendar or fiscal."""
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
    """Digest of the template it was issued with."""
    edition: int = 1
    """1 for the first paper under its number, 2 for the one that replaced it, and so on."""
    proof: str = ""
    """The signed content of its QR code; empty for none."""
    office_id: str = ""
    """Whose register the number is drawn from; empty for a row that is not kept yet."""


def telling(rows: Iterable[Certificate]) -> dict[str, Certificate]:
    """The row that says how each holder stands, by enrolment or award; of several, in the order of
    a register.

    One that stands goes before a number that waits, which another laptop may have drawn for the
    same seat meanwhile, and both before one that is void or replaced; of equals the last.
    """
    found: dict[str, Certificate] = {}
    for row in rows:
        key = row.enrolment_id or row.award_id
        if key not in found or _weight(row) >= _weight(found[key]):
            found[key] = row
    return found


def _weight(row: Certificate) -> int:
    return 2 if row.status in STANDING else 0 if row.status in GONE else 1


def number_text(number: int, year: int, pattern: str = "{n}/{be}", code: str = "") -> str:
    """A register number as it is printed, in Arabic digits: ``12/2562``.

    ``pattern`` is one that ``model.register.checked_pattern`` let pass.
    """
    return pattern.format(n=number, be=year, code=code)


Order = Literal["seat", "stage", "alphabet"]
