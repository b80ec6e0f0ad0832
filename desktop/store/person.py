# SPDX-License-Identifier: Apache-2.0
"""People, their identity numbers, and whether somebody is known already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import Connection, Select, select

from desktop.model.person import Likeness, Person, PersonIdentifier
from desktop.store import search
from desktop.store.facilitator import home_scope
from desktop.store.tables.person import person as person_table
from desktop.store.tables.person import person_identifier as identifier_table
from desktop.store.write import Write
from desktop.thai.names import Name, full_name
from desktop.thai.search_key import loosely_equal, search_key

_P: Final = person_table.c
_COLUMNS: Final = (
    _P.id, _P.title, _P.first, _P.middle, _P.last, _P.title_code, _P.sex, _P.born,
    _P.born_precision, _P.birth_year, _P.name_en, _P.certificate_name, _P.name_confirmed_at,
    _P.phone, _P.area,
)  # fmt: skip

_NAMES: Final = ", ".join(f'"{column.name}"' for column in _COLUMNS)


def _person(row: Any) -> Person:
    values = list(row)
    values[7] = None if row[7] is None else date.fromisoformat(row[7])
    return Person(*values)


def _people() -> Select[Any]:
    return select(*_COLUMNS).where(_P.deleted == 0)


def person(conn: Connection, person_id: str) -> Person:
    """One person. ``LookupError`` if there is none with this id."""
    row = conn.execute(_people().where(_P.id == person_id)).first()
    if row is None:
        raise LookupError("no person with this id")
    return _person(row)


def people(conn: Connection, person_ids: Iterable[str]) -> dict[str, Person]:
    """These people by id, in one statement; an unknown id is left out."""
    rows = conn.exec_driver_sql(
        f"SELECT {_NAMES} FROM person "  # noqa: S608
        "WHERE deleted = 0 AND id IN (SELECT value FROM json_each(?))",
        (search.ids_listed(person_ids),),
    )
    return {row[0]: _person(row) for row in rows}


def person_fields(person: Person) -> dict[str, Any]:
    """The row of a person, as ``Write`` wants it."""
    return {
        "title": person.title,
        "first": person.first,
        "middle": person.middle,
        "last": person.last,
        "title_code": person.title_code,
        "sex": person.sex,
        "born": None if person.born is None else person.born.isoformat(),
        "born_precision": person.born_precision,
        "birth_year": person.birth_year,
        "name_en": person.name_en,
        "certificate_name": person.certificate_name,
        "name_confirmed_at": person.name_confirmed_at,
        "phone": person.phone,
        "area": person.area,
    }


def put_person(write: Write, person: Person) -> None:
    """Keep a person. Her sort and search keys follow at the end of the transaction."""
    scope = home_scope(write.conn, "person", person.id)
    write.put("person", person.id, scope, **person_fields(person))


# ---- identity numbers


def identifiers(conn: Connection, person_id: str) -> tuple[PersonIdentifier, ...]:
    """A person's identity numbers, the first entered first."""
    t = identifier_table.c
    rows = conn.execute(
        select(t.id, t.person_id, t.kind, t.value, t.last4, t.none_reason)
        .where(t.person_id == person_id, t.deleted == 0)
        .order_by(t.id)
    )
    return tuple(PersonIdentifier(*row) for row in rows)


def numbers_of(conn: Connection, person_ids: Iterable[str]) -> dict[str, PersonIdentifier]:
    """The identity number of each of these people who has one, or the reason for having none."""
    rows = conn.exec_driver_sql(
        "SELECT id, person_id, kind, value, last4, none_reason FROM person_identifier "
        "WHERE deleted = 0 AND person_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY value <> '', id DESC",
        (search.ids_listed(person_ids),),
    )
    return {row[1]: PersonIdentifier(*row) for row in rows}


def identifier_fields(identifier: PersonIdentifier) -> dict[str, Any]:
    """The row of an identity number, as ``Write`` wants it."""
    return {
        "person_id": identifier.person_id,
        "kind": identifier.kind,
        "value": identifier.value,
        "last4": identifier.last4,
        "none_reason": identifier.none_reason,
    }


def put_identifier(write: Write, identifier: PersonIdentifier) -> None:
    """Keep an identity number; its keyed hash follows at the end of the transaction."""
    write.put(
        "person_identifier",
        identifier.id,
        home_scope(write.conn, "person_identifier", identifier.id),
        **identifier_fields(identifier),
    )


def delete_identifier(write: Write, identifier_id: str) -> None:
    """Take an identity number away."""
    write.delete("person_identifier", identifier_id)


# ---- known already?


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of somebody who may be in the store already."""

    name: Name
    identifier: str = ""
    """An identity number in its one form, or empty."""
    province: str = ""
    """Two digits, or empty."""
    birth_year: int | None = None
    """พ.ศ."""


_WHY: Final = ("identifier", "name_area_birth", "name_area", "name")
_Why = Literal["identifier", "name_area_birth", "name_area", "name"]


def likenesses(
    conn: Connection,
    *,
    name: Name,
    identifier: str | None,
    province: str,
    birth_year: int | None,
) -> tuple[Likeness, ...]:
    """People in the store who may be the one asked for, the likeliest first.

    By the same identity number; or by a name that sounds the same or is one letter apart, and
    then by province and year of birth.
    """
    return likenesses_of(conn, [Asked(name, identifier or "", province, birth_year)])[0]


def likenesses_of(conn: Connection, asked: Sequence[Asked]) -> tuple[tuple[Likeness, ...], ...]:
    """:func:`likenesses` of many at once, in the same order, in a handful of statements."""
    by_hash = _by_identifier(conn, asked)
    words = {word for one in asked for word in _key(one.name).split()}
    named: dict[str, list[tuple[str, str]]] = {}
    for word, person_id, key in conn.exec_driver_sql(
        "SELECT w.word, w.person_id, s.search_key FROM json_each(?) j "
        "JOIN person_word w ON w.word = j.value JOIN person_search s ON s.person_id = w.person_id",
        (search.ids_listed(words),),
    ):
        named.setdefault(word, []).append((person_id, key))
    hits: list[dict[str, bool]] = []
    same = _Comparison()
    for one in asked:
        found = dict.fromkeys(by_hash.get(one.identifier, ()), True)
        key = _key(one.name)
        for word in set(key.split()):
            for person_id, other in named.get(word, ()):
                if person_id not in found and same(word, key, other):
                    found[person_id] = False
        hits.append(found)
    known = _known(conn, {person_id for found in hits for person_id in found})
    return tuple(_ranked(one, found, known) for one, found in zip(asked, hits, strict=True))


def _key(name: Name) -> str:
    return search_key(" ".join(part for part in (name.first, name.middle, name.last) if part))


class _Comparison:
    """Whether two loose keys that share a word are of one name; remembers what it has compared.

    A common first name brings thousands of people, so what differs widely is dismissed cheaply.
    """

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], bool] = {}

    def __call__(self, word: str, one: str, other: str) -> bool:
        if one == other:
            return True
        if abs(len(one) - len(other)) > 2:
            return False
        if not _one_apart(one.replace(word, "", 1), other.replace(word, "", 1)):
            return False
        pair = (one, other)
        if pair not in self._said:
            self._said[pair] = loosely_equal(one, other)
        return self._said[pair]


_SPELLINGS_OF_AI: Final = str.maketrans("", "", "ไัย ")


def _one_apart(one: str, other: str) -> bool:
    """A cheap test that two loose keys differ by a letter at most, spellings of ไ apart."""
    one, other = one.translate(_SPELLINGS_OF_AI), other.translate(_SPELLINGS_OF_AI)
    start, most = 0, min(len(one), len(other))
    while start < most and one[start] == other[start]:
        start += 1
    end = 0
    while end < most - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return max(len(one), len(other)) - start - end <= 1


def _by_identifier(conn: Connection, asked: Sequence[Asked]) -> dict[str, list[str]]:
    values = {one.identifier for one in asked if one.identifier}
    hashes = {
        hashed: value
        for value in values
        if (hashed := search.identifier_hash(conn, value)) is not None
    }
    if not hashes:
        return {}
    found: dict[str, list[str]] = {}
    rows = conn.exec_driver_sql(
        "SELECT h.hash, h.person_id FROM json_each(?) j "
        "JOIN identifier_hash h ON h.hash = unhex(j.value)",
        (search.ids_listed(hashed.hex() for hashed in hashes),),
    )
    for hashed, person_id in rows:
        found.setdefault(hashes[hashed], []).append(person_id)
    return found


@dataclass(slots=True)
class _Known:
    person: Person
    last4: str
    organisation: str
    province: str
    events: list[str]


def _known(conn: Connection, ids: set[str]) -> dict[str, _Known]:
    listed = search.ids_listed(ids)
    known = {
        person_id: _Known(found, "", "", found.area[:2], [])
        for person_id, found in people(conn, ids).items()
    }
    for person_id, last4 in conn.exec_driver_sql(
        "SELECT person_id, last4 FROM person_identifier WHERE deleted = 0 AND last4 <> '' "
        "AND person_id IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
        (listed,),
    ):
        if person_id in known:
            known[person_id].last4 = last4
    for person_id, area, organisation, event_name in conn.exec_driver_sql(
        "SELECT n.person_id, coalesce(nullif(n.area, ''), o.area, ''), coalesce(o.name, ''), "
        "e.name FROM enrolment n JOIN event e ON e.id = n.event_id "
        "LEFT JOIN organisation o ON o.id = n.organisation_id "
        "WHERE n.deleted = 0 AND e.deleted = 0 "
        "AND n.person_id IN (SELECT value FROM json_each(?)) ORDER BY e.date_from, e.id",
        (listed,),
    ):
        if (one := known.get(person_id)) is not None:
            one.organisation = organisation or one.organisation
            one.province = one.province or area[:2]
            one.events.append(event_name)
    return known


def _ranked(
    asked: Asked, found: dict[str, bool], known: dict[str, _Known]
) -> tuple[Likeness, ...]:
    made = [
        _likeness(asked, known[person_id], same_number)
        for person_id, same_number in found.items()
        if person_id in known
    ]
    return tuple(sorted(made, key=lambda one: (_WHY.index(one.why), one.person_id)))


def _likeness(asked: Asked, one: _Known, same_number: bool) -> Likeness:
    person = one.person
    why: _Why = "name"
    if same_number:
        why = "identifier"
    elif asked.province and asked.province == one.province:
        if asked.birth_year is not None and asked.birth_year == person.birth_year:
            why = "name_area_birth"
        elif asked.birth_year is None or person.birth_year is None:
            why = "name_area"
    return Likeness(
        person.id,
        full_name(person.title, person.first, person.middle, person.last),
        why,
        one.organisation,
        one.province,
        person.birth_year,
        one.last4,
        tuple(one.events),
    )
