# SPDX-License-Identifier: Apache-2.0
"""What is understood of one person who is to stand on a roster, and putting her there.

Forms, imports, walk-ins and substitutes all end here, so that a name, an identity number and an
organisation are read in one way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any, Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.person import BirthPrecision, Person, PersonIdentifier, age_at
from desktop.store import area as areas
from desktop.store import organisation as organisations
from desktop.store import person as people
from desktop.store import roster
from desktop.store.store import Store
from desktop.thai.dates import be_year
from desktop.thai.identifiers import last4, read_identifier, read_phone
from desktop.thai.names import FREE_TITLE, NO_TITLE, title_at_age
from desktop.thai.normalise import normalise, normalise_name
from desktop.thai.titles import TITLE_OF_CODE, TITLES

_LONGEST_NAME: Final = 80
_CODE_OF_TITLE: Final = {title.th: title.code for title in TITLES}


class EntryProblem(Problem):
    """A person cannot be entered as she was written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form, a file or a pasted line says of one person."""

    first: str
    title: str = ""
    middle: str = ""
    last: str = ""
    title_code: str = ""
    """Empty: found from the title."""
    sex: str = ""
    """Empty: the title's, where it has one."""
    identifier_kind: str = ""
    """Code of ``id_kind``; empty: guessed from the number."""
    identifier: str = ""
    none_reason: str = ""
    phone: str = ""
    born: date | None = None
    born_precision: BirthPrecision = ""
    birth_year: int | None = None
    name_en: str = ""
    certificate_name: str = ""
    organisation: str = ""
    organisation_kind: str = ""
    organisation_area: str = ""
    position: str = ""
    area: str = ""
    group: str = ""
    role: str = "trainee"
    team: int | None = None
    seat: int | None = None
    food: str = ""
    note: str = ""
    known_person_id: str | None = None
    """The person of the store whom the facilitator says this is."""


@dataclass(frozen=True, slots=True)
class Read:
    """An entry in its one spelling, with its identity number read; ready to be written."""

    entry: Entry
    identifier: PersonIdentifier | None


_NAMES: Final = ("first", "middle", "last", "certificate_name", "organisation")
_TEXTS: Final = ("title", "name_en", "position", "food", "note", "none_reason")


_Spell = Callable[[str], str]


def read_entry(
    entry: Entry, spell_name: _Spell = normalise_name, spell: _Spell = normalise
) -> Read:
    """Bring an entry to its one spelling. Raises :class:`EntryProblem` with a sentence."""
    spelt: dict[str, Any] = {}
    for reader, names in ((spell_name, _NAMES), (spell, _TEXTS)):
        for name in names:
            if written := getattr(entry, name):
                spelt[name] = reader(written)
    _check_name(spelt)
    code = entry.title_code or _code_of(spelt.get("title", ""))
    title = TITLE_OF_CODE.get(code)
    if title is not None and not entry.title:
        spelt["title"] = title.th
    spelt["title_code"] = code
    spelt["sex"] = entry.sex or ("" if title is None else title.sex)
    if entry.phone:
        spelt["phone"] = read_phone(entry.phone)
    if entry.born is not None:
        spelt["born_precision"] = entry.born_precision or "full"
        spelt["birth_year"] = be_year(entry.born)
    elif entry.birth_year is not None:
        spelt["born_precision"] = entry.born_precision or "year"
    return Read(replace(entry, **spelt), _identifier(entry, spelt.get("none_reason", "")))


def _check_name(spelt: dict[str, Any]) -> None:
    # A lone dash stands for "none" on lists; it is nobody's name.
    for name in ("first", "middle", "last", "certificate_name"):
        if not spelt.get(name, "").strip("-–—. "):
            spelt[name] = ""
    if not spelt["first"]:
        raise EntryProblem(_("Type the first name. A person may have only one name."))
    if max(len(spelt[name]) for name in ("first", "middle", "last")) > _LONGEST_NAME:
        raise EntryProblem(
            _("This name is longer than {count} letters. Shorten it.").format(count=_LONGEST_NAME)
        )


def _code_of(title: str) -> str:
    return _CODE_OF_TITLE.get(title, FREE_TITLE) if title else NO_TITLE


def _identifier(entry: Entry, none_reason: str) -> PersonIdentifier | None:
    if not entry.identifier and entry.identifier_kind in ("", "none"):
        if entry.identifier_kind == "" and not none_reason:
            return None
        if not none_reason:
            raise EntryProblem(_("Say in a few words why there is no document."))
        return PersonIdentifier("", "", "none", "", "", none_reason)
    found = read_identifier(entry.identifier, entry.identifier_kind or None)
    if found.problem:
        raise EntryProblem(found.problem)
    if found.kind == "none":
        return None
    return PersonIdentifier("", "", found.kind, found.value, last4(found.value))


def entry_warnings(entry: Entry, on: date | None) -> tuple[str, ...]:
    """Sentences about what is odd of an entry and may be right all the same.

    ``on`` is the event's first day, on which a child's title is judged: เด็กชาย and เด็กหญิง end
    at fifteen (names act). Raises :class:`EntryProblem` like :func:`read_entry`.
    """
    read = read_entry(entry)
    said = read.entry
    told: list[str] = []
    title = TITLE_OF_CODE.get(said.title_code)
    if title is not None and entry.sex and title.sex and title.sex != entry.sex:
        told.append(_("The title and the sex do not go together. Check both."))
    if title is not None and said.born is not None and on is not None:
        better = TITLE_OF_CODE.get(title_at_age(said.title_code, age_at(said.born, on)))
        if better is not None and better != title:
            told.append(
                _("At this age on the day of the event the title is {title}.").format(
                    title=better.th
                )
            )
    if read.identifier is not None and read.identifier.value:
        found = read_identifier(read.identifier.value, read.identifier.kind)
        if found.warning:
            told.append(found.warning)
    known = areas.area(said.area) if said.area else None
    if said.area and known is None:
        told.append(_("There is no area with this code. Choose it from the list."))
    elif known is not None and known.successor:
        told.append(_("This area is now part of another one. Choose it from the list."))
    return tuple(told)


def entry_of(store: Store, enrolment_id: str) -> Entry:
    """Everything a form shows of one person on a roster, to be changed and given back."""
    with store.read() as conn:
        line = roster.row(conn, enrolment_id)
        person = people.person(conn, line.person_id)
        numbers = [one for one in people.identifiers(conn, line.person_id) if one.whole]
        organisation = (
            None
            if line.organisation_id is None
            else organisations.organisation(conn, line.organisation_id)
        )
    number = numbers[0] if numbers else None
    return Entry(
        first=person.first,
        title=person.title,
        middle=person.middle,
        last=person.last,
        title_code=person.title_code,
        sex=person.sex,
        identifier_kind="" if number is None else number.kind,
        identifier="" if number is None else number.value,
        none_reason="" if number is None else number.none_reason,
        phone=person.phone,
        born=person.born,
        born_precision=person.born_precision,
        birth_year=person.birth_year,
        name_en=person.name_en,
        certificate_name=person.certificate_name,
        organisation="" if organisation is None else organisation.name,
        organisation_kind="" if organisation is None else organisation.kind,
        organisation_area="" if organisation is None else organisation.area,
        position=line.position,
        area=line.area,
        group=line.group,
        role=line.role,
        team=line.team,
        seat=line.seat,
        food=line.food,
        note=line.note,
        known_person_id=person.id,
    )


def person_from(entry: Entry, person: Person) -> Person:
    """``person`` with everything the entry says of her; what it leaves empty stays."""
    said: dict[str, Any] = {
        "title": entry.title,
        "title_code": entry.title_code,
        "first": entry.first,
        "middle": entry.middle,
        "last": entry.last,
        "certificate_name": entry.certificate_name,
    }
    for name in ("sex", "name_en", "phone", "born", "born_precision", "birth_year"):
        if value := getattr(entry, name):
            said[name] = value
    if entry.area and not person.area:
        said["area"] = entry.area
    return replace(person, **said)


def numbered(entries: Sequence[Entry]) -> tuple[Read, ...]:
    """Read many entries; a problem names the line, counted from 1."""
    read: list[Read] = []
    # Titles, agencies and first names recur on a list; forgotten when it has been read.
    spell_name, spell = cache(normalise_name), cache(normalise)
    for number, entry in enumerate(entries, 1):
        try:
            read.append(read_entry(entry, spell_name, spell))
        except Problem as problem:
            raise EntryProblem(
                _("Line {number}: {problem}").format(number=number, problem=problem)
            ) from problem
    return tuple(read)


FIELDS: Final = tuple(field.name for field in fields(Entry))
"""Names of everything an entry says, for those who map columns to them."""
