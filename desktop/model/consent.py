# SPDX-License-Identifier: Apache-2.0
"""The notice and the consent to it: given, withdrawn, and who must give it for a minor.

Personal Data Protection Act B.E. 2562 (PDPA): section 19 (consent), 20 (minors), 23 (notice),
26 (sensitive data). What the law lets the department do needs no consent; photos and their
publication do, each on its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from desktop.model.person import age_at

Withdrawal = Literal["photo", "publication", "all"]
Giver = Literal["self", "guardian", "both"]

_CE: Final = 543
GUARDIAN_UNTIL: Final = 10
"""Years up to which the guardian consents alone (PDPA section 20 (2))."""
OF_AGE: Final = 20
"""Years at which one comes of age (Civil and Commercial Code section 19)."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What one person was told and said at one time. Never changed."""

    id: str
    person_id: str
    given_at: str
    """UTC instant."""
    basis: str
    """Code of ``consent_basis``."""
    notice_version: str
    notice_read: bool
    """Whether the notice was read aloud."""
    photo: bool
    publish: bool
    given_by: str = "self"
    """``self``, ``guardian`` or ``both``; ``oral`` and the like as the form says."""
    guardian_name: str = ""
    guardian_relation: str = ""
    witness: str = ""
    signature: str = ""
    """Hash of the attachment, or empty."""
    record_id: str = ""
    household_id: str = ""


@dataclass(frozen=True, slots=True)
class ConsentWithdrawal:
    """A person took something back. Never changed; a later consent may give it again."""

    id: str
    person_id: str
    what: Withdrawal
    at: str
    """UTC instant."""
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for a person now."""

    consent: Consent | None
    """The latest that was given, or None."""
    photo: bool
    publish: bool
    withdrawn: frozenset[str]
    """Of ``photo``, ``publication``, ``all``: what was taken back since and not given again."""


def standing(consents: Iterable[Consent], withdrawals: Iterable[ConsentWithdrawal]) -> Standing:
    """What holds after all that was given and taken back, the latest deciding."""
    ordered = sorted(consents, key=lambda one: (one.given_at, one.id))
    latest = ordered[-1] if ordered else None
    since = "" if latest is None else latest.given_at
    back = frozenset(one.what for one in withdrawals if one.at >= since)
    photo = latest is not None and latest.photo and not back & {"photo", "all"}
    publish = photo and latest is not None and latest.publish and "publication" not in back
    return Standing(latest, photo, publish, back)


def age_span(
    on: date, *, born: date | None = None, birth_year: int | None = None, age: int | None = None
) -> tuple[int, int] | None:
    """The least and the greatest age in completed years on a day; None when nothing is known.

    ``birth_year`` is พ.ศ. and leaves two ages open. An estimated ``age`` is given by somebody
    who does not know the day: it may be a year off either way.
    """
    if born is not None:
        exact = age_at(born, on)
        return exact, exact
    if birth_year is not None:
        most = on.year - (birth_year - _CE)
        return max(0, most - 1), max(0, most)
    if age is not None:
        return max(0, age - 1), age + 1
    return None


def who_consents(
    on: date,
    *,
    born: date | None = None,
    birth_year: int | None = None,
    age: int | None = None,
    married: bool = False,
    may_act_alone: bool = False,
) -> Giver:
    """Who must consent for a person on a day (PDPA section 20).

    Up to ten years the guardian; after that and until twenty both, unless the minor may do the
    act alone (Civil and Commercial Code sections 22–24) or has come of age by marriage (section
    20). Where the day of birth is not known the youngest age that fits decides. Somebody of
    unknown age speaks for herself: she is not made a child for want of a paper.
    """
    span = age_span(on, born=born, birth_year=birth_year, age=age)
    if span is None:
        return "self"
    least = span[0]
    if (
        born is not None
        and least == GUARDIAN_UNTIL
        and (on.month, on.day)
        != (
            born.month,
            born.day,
        )
    ):
        least += 1  # a day past the tenth birthday is more than ten years
    if least <= GUARDIAN_UNTIL:
        return "guardian"
    if least < OF_AGE and not married:
        return "self" if may_act_alone else "both"
    return "self"
