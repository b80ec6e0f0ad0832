# SPDX-License-Identifier: Apache-2.0
"""A finished form: frozen, corrected only by another record, and its core values as plain types.

The core values are those questions which the form itself binds to a fact of the store
(``bind::dsdw:core``), so that nobody enters a household or a date twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from typing import Final

from desktop.model.position import Position, from_answer

CoreValue = str | tuple[str, ...]

HOME_VISIT: Final = "home_visit"
FOLLOW_UP: Final = "follow_up"
ALERT: Final = "alert"
REFERRAL: Final = "referral"
ACTIVITY: Final = "activity"
REGISTRATION: Final = "registration"
EVALUATION: Final = "evaluation"


@dataclass(frozen=True, slots=True)
class Core:
    """Core values of one record, or of one instance of a repeat; absent means not answered.

    A key in a repeat has a tuple with one value for each instance, ``""`` where it was not
    answered; :meth:`rows` gives the instances.
    """

    values: Mapping[str, CoreValue] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The value as the form holds it; the first instance of a repeat; empty for none."""
        found = self.values.get(key, "")
        return found if isinstance(found, str) else next((one for one in found if one), "")

    def codes(self, key: str) -> tuple[str, ...]:
        """Codes of a question with several choices, each once, in the order of the form."""
        return tuple(dict.fromkeys(self.text(key).split()))

    def yes(self, key: str) -> bool:
        """Whether the answer is yes."""
        return self.text(key) in ("yes", "true", "1")

    def number(self, key: str) -> float | None:
        """A number; None for none."""
        try:
            return float(self.text(key))
        except ValueError:
            return None

    def whole(self, key: str) -> int | None:
        """A whole number; None for none."""
        found = self.number(key)
        return int(found) if found is not None and isfinite(found) else None

    def day(self, key: str) -> date | None:
        """The day of a date or of a moment; None for none."""
        try:
            return date.fromisoformat(self.text(key)[:10])
        except ValueError:
            return None

    def moment(self, key: str) -> datetime | None:
        """A moment with the offset the form gives it; None for none."""
        try:
            return datetime.fromisoformat(self.text(key))
        except ValueError:
            return None

    def position(self, key: str) -> Position | None:
        """A point; None for none."""
        return from_answer(self.text(key))

    def has(self, prefix: str) -> bool:
        """Whether anything under ``prefix.`` was answered."""
        return any(key.startswith(f"{prefix}.") and self.text(key) for key in self.values)

    def rows(self, prefix: str) -> tuple[Core, ...]:
        """The instances of the repeat whose keys begin with ``prefix.``, in order.

        Keys stay whole (``row.text("member.name")``). An instance without any answer is left
        out. Keys that do not stand in a repeat make one row.
        """
        mine = {key: value for key, value in self.values.items() if key.startswith(f"{prefix}.")}
        plain = {key: value for key, value in mine.items() if isinstance(value, str)}
        repeated = {key: value for key, value in mine.items() if not isinstance(value, str)}
        if not repeated:
            return (Core(plain),) if any(plain.values()) else ()
        count = max(len(value) for value in repeated.values())
        rows = (
            {key: value[place] for key, value in repeated.items() if place < len(value)}
            for place in range(count)
        )
        return tuple(Core({**plain, **row}) for row in rows if any(row.values()))


@dataclass(frozen=True, slots=True)
class Record:
    """A finished form as it was frozen. ``xml`` and ``answers`` never change."""

    id: str
    form_id: str
    form_version: str
    instance_id: str
    """``uuid:…`` of ODK; an addendum names the one before as deprecated."""
    name: str
    """The form's own name of the record (instanceName); may be empty."""
    noun: str
    """What it is a record of: ``visit``, ``follow_up``, ``alert`` …, or empty."""
    noun_id: str
    answers: str
    """JSON."""
    xml: str
    sha256: str
    """Of the bytes of ``xml`` in UTF-8, 64 hexadecimal digits."""
    started_at: str
    finished_at: str
    by: str
    household_id: str = ""
    person_id: str = ""
    case_id: str = ""
    event_id: str = ""
    amends: str = ""
    """The record this one corrects."""
    first_id: str = ""
    """The first of its chain of corrections; its own id when it corrects nothing."""
    amended_by: str = ""
    """The record that corrects this one, or empty."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that an addendum changed."""

    label: str
    """The question in the language of the moment; with the instance of a repeat before it."""
    before: str
    after: str
    place: str = ""
    """Reference of the question in the form."""
