# SPDX-License-Identifier: Apache-2.0
"""The person a form speaks of: found among the people of the store, or made new.

She is the one who was chosen, else whoever has the same identity number, else somebody of the
same name in the same household. Of somebody known only the blanks are filled: how her name is
spelt on a certificate is not changed by what was typed at a doorstep.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from desktop.actions.arrivals import completed
from desktop.actions.entry import Entry, person_from, read_entry
from desktop.errors import Problem
from desktop.model.household import Member
from desktop.model.person import Person, PersonIdentifier
from desktop.model.record import Core
from desktop.store import person as people
from desktop.store.codelist import code
from desktop.store.ids import new_id
from desktop.store.write import Write
from desktop.thai.dates import be_year
from desktop.thai.identifiers import last4, read_identifier, read_phone
from desktop.thai.names import Name
from desktop.thai.normalise import normalise_name
from desktop.thai.search_key import search_key

Precision = Literal["", "full", "year", "age"]

_TYPED_TITLE: Final = "other"
_NO_TITLE: Final = "none"


def told_person(
    write: Write,
    core: Core,
    on: date,
    known_id: str,
    members: tuple[Member, ...],
    *,
    corrects: bool = False,
) -> Person | None:
    """The person of ``person.*`` and ``identifier.*``, kept; None when the form names nobody.

    ``on`` is the day of the form, from which an estimated age is counted back. ``known_id`` is
    the person who was chosen, or empty; ``members`` are those of the household. With ``corrects``
    the form has the last word on her, her name too.
    """
    if not normalise_name(core.text("person.first_name")):
        return None
    entry = read_entry(_entry(core, on)).entry
    number = _number(core)
    person = _known(write, entry, number, known_id, members)
    fresh = person is None
    if person is None:
        person = person_from(entry, Person(new_id(), "", ""))
    else:
        person = person_from(entry, person) if corrects else completed(person, entry)
    people.put_person(write, person)
    if number is not None and (fresh or not _has_number(write, person.id, number)):
        for wrong in people.identifiers(write.conn, person.id) if corrects else ():
            people.delete_identifier(write, wrong.id)
        people.put_identifier(write, _owned(number, person.id))
    return person


def _entry(core: Core, on: date) -> Entry:
    title = core.text("person.title")
    typed = core.text("person.title_other") if title == _TYPED_TITLE else ""
    listed = code("title", title) if title not in ("", _TYPED_TITLE, _NO_TITLE) else None
    born, precision, year = _birth(core, on)
    return Entry(
        first=core.text("person.first_name"),
        title=typed if listed is None else listed.th,
        last=core.text("person.last_name"),
        sex=core.text("person.sex"),
        phone=_phone(core.text("person.phone")),
        born=born,
        born_precision=precision,
        birth_year=year,
        area=core.text("household.area_code") or core.text("address.area_code"),
    )


def _phone(text: str) -> str:
    try:
        return read_phone(text) if text else ""
    except Problem:
        return ""  # it stays in the record as it was typed


def _birth(core: Core, on: date) -> tuple[date | None, Precision, int | None]:
    """Day, precision and year (พ.ศ.) of birth; a year or an age never becomes a day."""
    kind = core.text("person.dob_kind")
    if kind == "full" and (born := core.day("person.dob")) is not None:
        return born, "full", be_year(born)
    if kind == "year" and (year := core.whole("person.birth_year_be")) is not None:
        return None, "year", year
    if kind == "age" and (age := core.whole("person.age_estimate")) is not None:
        return None, "age", be_year(on) - age
    return None, "", None


def _number(core: Core) -> PersonIdentifier | None:
    """The identity number, or the reason for having none; None when neither can be read."""
    kind, value = core.text("identifier.kind"), core.text("identifier.value")
    reason = core.text("identifier.none_reason").strip()
    if kind == "none":
        return PersonIdentifier("", "", "none", "", "", reason) if reason else None
    if not value:
        return None
    try:
        found = read_identifier(value, kind or None)
    except ValueError:  # a kind that only a newer form knows; the record keeps it
        return None
    if found.problem or found.kind == "none":
        return None
    return PersonIdentifier("", "", found.kind, found.value, last4(found.value))


def _known(
    write: Write,
    entry: Entry,
    number: PersonIdentifier | None,
    known_id: str,
    members: tuple[Member, ...],
) -> Person | None:
    if known_id and (chosen := people.people(write.conn, [known_id])):
        return chosen[known_id]
    if number is not None and number.value:
        alike = people.likenesses(
            write.conn,
            name=Name(entry.title, entry.first, entry.middle, entry.last, entry.title_code),
            identifier=number.value,
            province="",
            birth_year=None,
        )
        for one in alike:
            if one.why == "identifier":
                return people.person(write.conn, one.person_id)
    wanted = _key(f"{entry.first} {entry.last}")
    ids = [one.person_id for one in members if one.person_id]
    for person in people.people(write.conn, ids).values():
        if _key(f"{person.first} {person.last}") == wanted:
            return person
    return None


def _key(name: str) -> str:
    return search_key(normalise_name(name))


def _has_number(write: Write, person_id: str, number: PersonIdentifier) -> bool:
    return any(
        one.value == number.value or (number.kind == "none")
        for one in people.identifiers(write.conn, person_id)
    )


def _owned(number: PersonIdentifier, person_id: str) -> PersonIdentifier:
    return PersonIdentifier(
        new_id(), person_id, number.kind, number.value, number.last4, number.none_reason
    )
