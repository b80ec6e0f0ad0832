# SPDX-License-Identifier: Apache-2.0
"""From a list that was read to entries for a roster, and who on it may be known already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from desktop.actions.entry import Entry
from desktop.imports.person import ReadPerson
from desktop.imports.roster import Lookups, ReadRow
from desktop.model.person import Likeness
from desktop.store import area as areas
from desktop.store import codelist
from desktop.store import person as people
from desktop.store.store import Store
from desktop.thai.identifiers import read_identifier
from desktop.thai.names import Name
from desktop.thai.search_key import search_key


@cache
def lookups() -> Lookups:
    """What the shipped areas and code lists know of the words of a list."""
    return Lookups(_area, _code)


def _area(tambon: str, amphoe: str, province: str) -> str | None:
    found = areas.match(tambon, amphoe, province)
    return None if found is None else found.code


@cache
def _codes(name: str) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for one in codelist.codes(name):
        # "บุคลากร อปท. (อบต./เทศบาล)" is also known by each of its words in the brackets.
        whole, _open, inside = one.th.partition("(")
        spellings = [one.th, one.en, one.code, whole, *inside.rstrip(")").split("/")]
        for spelling in (*spellings, *whole.split("/")):
            known.setdefault(search_key(spelling), one.code)
    known.pop("", None)
    return known


def _code(name: str, words: str) -> str | None:
    return _codes(name).get(search_key(words))


def entry_of(
    person: ReadPerson, year: int, known_person_id: str | None = None, note: str = ""
) -> Entry:
    """The entry of a person as a list wrote her.

    ``year`` (พ.ศ.) is the one in which an age was written down; ``note`` is put to her own.
    """
    birth_year = person.birth_year
    if birth_year is None and person.age is not None:
        birth_year = year - person.age
    return Entry(
        first=person.first,
        title=person.title,
        middle=person.middle,
        last=person.last,
        title_code=person.title_code,
        sex=person.sex,
        identifier_kind=_identifier_kind(person),
        identifier=person.identifier,
        none_reason=person.none_reason,
        phone=person.phone,
        born=person.born,
        born_precision=person.born_precision if birth_year or person.born else "",
        birth_year=birth_year,
        organisation=person.organisation,
        organisation_kind=person.organisation_kind,
        organisation_area=person.area[:2],
        position=person.position,
        area=person.area,
        group=person.group,
        role=person.role or "trainee",
        team=person.team,
        seat=person.seat,
        food=person.food,
        note="; ".join(text for text in (person.note, note) if text),
        known_person_id=known_person_id,
    )


def _identifier_kind(person: ReadPerson) -> str:
    # A list that says "ไม่มี" and not why: nothing is known, and nothing keeps her out.
    if person.identifier_kind == "none" and not person.none_reason:
        return ""
    return person.identifier_kind


def known_already(store: Store, rows: Sequence[ReadRow]) -> dict[int, tuple[Likeness, ...]]:
    """Of these rows those whose person may be in the store, by line; the likeliest first.

    A name alone counts only where nothing speaks against it: with another province or another
    year of birth it is somebody else's.
    """
    named = [row for row in rows if row.person.first]
    found = _known(store, [_asked(row.person) for row in named])
    return {row.line_no: likes for row, likes in zip(named, found, strict=True) if likes}


def known_as(store: Store, entry: Entry) -> tuple[Likeness, ...]:
    """Those in the store whom somebody typed in may be; the likeliest first."""
    if not entry.first:
        return ()
    number = read_identifier(entry.identifier, entry.identifier_kind or None)
    name = Name(entry.title, entry.first, entry.middle, entry.last, "")
    value = "" if number.problem or number.kind == "none" else number.value
    asked = people.Asked(name, value, entry.area[:2], entry.birth_year)
    return _known(store, [asked])[0]


def _asked(person: ReadPerson) -> people.Asked:
    return people.Asked(
        Name(person.title, person.first, person.middle, person.last, ""),
        person.identifier if person.identifier_kind not in ("", "none") else "",
        person.area[:2],
        person.birth_year,
    )


def _known(store: Store, asked: Sequence[people.Asked]) -> list[tuple[Likeness, ...]]:
    with store.read() as conn:
        found = people.likenesses_of(conn, asked)
    return [
        tuple(like for like in likes if _may_be(one, like))
        for one, likes in zip(asked, found, strict=True)
    ]


def _may_be(asked: people.Asked, like: Likeness) -> bool:
    if like.why != "name":
        return True
    elsewhere = asked.province and like.province and asked.province != like.province
    other_year = asked.birth_year and like.birth_year and asked.birth_year != like.birth_year
    return not (elsewhere or other_year)
