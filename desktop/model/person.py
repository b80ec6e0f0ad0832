# SPDX-License-Identifier: Apache-2.0
"""People: a name as it is written, what is known of age and identity, and no more than that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

BirthPrecision = Literal["", "full", "year", "age"]


@dataclass(frozen=True, slots=True)
class Person:
    """A person on some roster.

    ``last`` may be empty: many people have one name only, and nothing is ever printed in its
    place. ``title`` is the text as printed; ``title_code`` the code of the list ``title`` when
    it is one of the list.
    """

    id: str
    title: str
    first: str
    middle: str = ""
    last: str = ""
    title_code: str = ""
    sex: str = ""
    """``m``, ``f``, ``x`` or empty when not said."""
    born: date | None = None
    born_precision: BirthPrecision = ""
    birth_year: int | None = None
    """พ.ศ.; known also when only the year or an age is."""
    name_en: str = ""
    certificate_name: str = ""
    """The name as it is to be printed, when it differs from the assembled one."""
    name_confirmed_at: str = ""
    phone: str = ""
    area: str = ""
    """Area code of the person's own place, for recognising her again."""


@dataclass(frozen=True, slots=True)
class PersonIdentifier:
    """An identity number, or why there is none."""

    id: str
    person_id: str
    kind: str
    """Code of the list ``id_kind``."""
    value: str
    last4: str
    none_reason: str = ""

    @property
    def whole(self) -> bool:
        """False where another laptop of a hall told the last four digits alone."""
        return bool(self.value) or not self.last4


@dataclass(frozen=True, slots=True)
class Likeness:
    """A person already known who may be the one being entered. Never merged without asking."""

    person_id: str
    name: str
    why: Literal["identifier", "name_area_birth", "name_area", "name"]
    organisation: str
    province: str
    birth_year: int | None
    last4: str
    events: tuple[str, ...]
    """Names of the events the known person is on."""


def age_at(born: date, on: date) -> int:
    """Completed years of age on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
