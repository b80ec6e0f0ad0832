# SPDX-License-Identifier: Apache-2.0
"""People and organisations of an event's JSON file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.actions.fixture_fields import FixtureRefused, date_of, number_of, text_of
from desktop.i18n import _
from desktop.thai.names import full_name, split_name
from desktop.thai.normalise import normalise_name
from desktop.thai.titles import TITLE_OF_CODE


@dataclass(frozen=True, slots=True)
class FixturePerson:
    """A person as the file describes her."""

    title: str
    title_code: str
    first: str
    middle: str
    last: str
    sex: str
    identifier_kind: str
    identifier: str
    none_reason: str
    phone: str
    born: date | None
    birth_year: int | None

    @property
    def name(self) -> str:
        """The full name as it is printed."""
        return full_name(self.title, self.first, self.middle, self.last)


@dataclass(frozen=True, slots=True)
class FixtureOrganisation:
    """An agency or an association."""

    name: str
    kind: str
    area: str


def organisation_of(item: Mapping[str, Any]) -> FixtureOrganisation:
    """An organisation of the file."""
    area = text_of(item, "area") or text_of(item, "province")
    return FixtureOrganisation(text_of(item, "name"), text_of(item, "type") or "other", area)


def person_of(item: Mapping[str, Any], number: int) -> FixturePerson:
    """A person of the file; ``number`` is her place in it, for the sentence of a refusal."""
    code = text_of(item, "title")
    title = TITLE_OF_CODE.get(code)
    first, last = (normalise_name(text_of(item, name)) for name in ("first_name", "last_name"))
    middle = normalise_name(text_of(item, "middle_name"))
    spelt = title.th if title else text_of(item, "title_text") or code
    if code in ("none", "other"):
        spelt = text_of(item, "title_text")
    if not first:
        whole = split_name(text_of(item, "name"))
        first, middle, last = whole.first, whole.middle, whole.last
        spelt, code = spelt or whole.title, code or whole.title_code
    if not first:
        raise FixtureRefused(_("Person {number} of the file has no name.").format(number=number))
    identifier = item.get("identifier")
    identity = identifier if isinstance(identifier, dict) else {}
    birth = item.get("dob")
    dob = birth if isinstance(birth, dict) else {"iso": birth}
    full = text_of(dob, "precision") in ("", "full")
    return FixturePerson(
        title=spelt,
        title_code=code if title else ("other" if spelt else "none"),
        first=first,
        middle=middle,
        last="" if last == "-" else last,
        sex=text_of(item, "sex"),
        identifier_kind=text_of(identity, "kind"),
        identifier=text_of(identity, "value"),
        none_reason=text_of(identity, "reason"),
        phone=text_of(item, "phone"),
        born=date_of(dob, "iso") if full else None,
        birth_year=number_of(dob, "be", None),
    )
