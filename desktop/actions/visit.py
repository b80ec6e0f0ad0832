# SPDX-License-Identifier: Apache-2.0
"""What a home visit writes besides its record: household, people, consent, case, the visit.

Called by ``record.finish`` inside its transaction. The form says all of it once, and its core
values are taken as they are; what it leaves blank changes nothing of what was known before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from desktop.actions import assistance, case_file, follow_up, referral
from desktop.actions import consent as consents
from desktop.actions import household as houses
from desktop.actions.finish import Finish
from desktop.actions.told_person import told_person
from desktop.model.household import Household, Member
from desktop.model.person import Person, age_at
from desktop.model.record import Core
from desktop.model.visit import DIMENSIONS, Visit, read_people
from desktop.store import household as households
from desktop.store import visit as visits
from desktop.store.clock import instant
from desktop.store.write import Write
from desktop.thai.dates import be_year
from desktop.thai.normalise import normalise, normalise_name
from desktop.thai.search_key import search_key

MET: Final = ("met", "proxy")
"""Answers of ``visit.met`` after which something is known of the household."""

_AFTERWARDS: Final = (
    case_file.from_visit,
    assistance.from_visit,
    referral.from_visit,
    follow_up.from_visit,
)
"""What casework makes of a visit, in this order: the case first, because the others are its."""


def record_visit(write: Write, told: Finish) -> Finish:
    """Write everything a visit says; returns ``told`` with the ids it was given."""
    core = told.core
    moment = core.moment("visit.at") or told.now.local
    on = moment.date()
    before = visits.find_visit(write.conn, told.amends) if told.amends else None
    told = replace(
        told,
        visit_id=told.record_id,
        event_id=core.text("visit.event_id") or told.event_id,
        noun="visit",
        noun_id=told.record_id,
    )
    if before is not None:
        told = replace(
            told,
            household_id=before.household_id,
            person_id=told.person_id or before.person_id,
            case_id=before.case_id or told.case_id,
        )
    told = _household(write, told, before)
    members = households.members(write.conn, told.household_id)
    mistyped = before is not None and _only_known_here(write, told)
    person = told_person(write, core, on, told.person_id, members, corrects=mistyped)
    told = replace(told, person_id=told.person_id if person is None else person.id)
    if core.text("visit.met") in MET:
        unnamed = _members(write, told, members, person, on)
        if before is not None:
            elsewhere = households.members(write.conn, before.household_id)
            same_house = before.household_id == told.household_id
            _take_away(write, told, unnamed if same_house else elsewhere)
    _consent(write, told, moment, before)
    told = replace(told, case_id=core.text("visit.case_id") or told.case_id)
    for step in _AFTERWARDS:
        told = step(write, told)
    visits.put_visit(write, told.scope, _visit(told, moment))
    return told


# ---- the house


def _household(write: Write, told: Finish, before: Visit | None) -> Finish:
    """The household chosen, else the one corrected, else a new one; with what the form says.

    What a correction says of the needs counts while nobody has written others since.
    """
    core = told.core
    chosen = core.text("visit.household_id") or told.household_id
    known = households.find_household(write.conn, chosen) if chosen else None
    said = _said(core)
    if before is not None and known is not None and known.needs not in ("", before.needs):
        said.pop("needs", None)
    house = replace(known or Household("", told.area), **said)
    household_id = houses.keep(write, house, told.event_id)
    scope = households.scope_of(write.conn, household_id) or told.scope
    area = house.area or told.area
    return replace(told, household_id=household_id, scope=scope, area=area)


def _said(core: Core) -> dict[str, Any]:
    """The fields of a household that the form answers."""
    said: dict[str, Any] = {
        "area": core.text("household.area_code") or core.text("visit.area_code"),
        "house_no": core.text("household.house_no"),
        "moo": core.text("household.moo"),
        "village": core.text("household.village"),
        "soi_road": core.text("household.soi_road"),
        "postcode": core.text("household.postcode"),
        "house_code": core.text("household.house_code"),
        "landmark": core.text("visit.place"),
        "phone": core.text("person.phone"),
        "tenure": core.text("household.tenure"),
        "rent": core.number("household.rent"),
        "dependants": core.codes("household.dependants"),
        "welfare": core.codes("household.welfare_received"),
        "income_per_head_year": core.number("household.income_per_head_year"),
        "position": core.position("visit.lat_lon"),
        "needs": core.text("visit.needs"),
    }
    return {name: value for name, value in said.items() if value not in ("", None, ())}


# ---- the people in it


def _members(
    write: Write, told: Finish, known: tuple[Member, ...], person: Person | None, on: date
) -> list[Member]:
    """Keep the person visited and the members as members of the household.

    Returns the members known before of whom the form says nothing.
    """
    day = on.isoformat()
    there = list(known)
    if person is not None:
        _keep(
            write,
            told,
            there,
            Member("", told.household_id, _name(person), person.id, seen_on=day),
            {
                "relation": told.core.text("person.relation"),
                "age": _age(person, on),
                "sex": person.sex,
                "occupation": told.core.text("person.occupation"),
                "income": told.core.number("person.monthly_income"),
            },
        )
    for row in told.core.rows("member"):
        name = normalise_name(row.text("member.name"))
        if not name:
            continue
        _keep(
            write,
            told,
            there,
            Member("", told.household_id, name, seen_on=day),
            {
                "relation": row.text("member.relation"),
                "age": row.whole("member.age"),
                "sex": row.text("member.sex"),
                "occupation": row.text("member.occupation"),
                "income": row.number("member.income"),
                "body_state": row.codes("member.body_state"),
                "self_care": _yes_or_no(row, "member.self_care"),
            },
        )
    return there


def _take_away(write: Write, told: Finish, unnamed: Iterable[Member]) -> None:
    """Take away whom only the record named that is corrected, and who is named here no more."""
    for one in unnamed:
        if one.told_in == told.first_record and one.person_id in ("", told.person_id):
            households.delete_member(write, one.id)


def _only_known_here(write: Write, told: Finish) -> bool:
    """Whether the person visited is known from the record that is corrected, and nowhere else.

    Only then a name mistyped at the door is put right by the correction.
    """
    return not write.conn.exec_driver_sql(
        "SELECT 1 FROM enrolment WHERE person_id = ?1 UNION ALL "
        "SELECT 1 FROM person WHERE id = ?1 AND name_confirmed_at <> '' UNION ALL "
        "SELECT 1 FROM record WHERE person_id = ?1 AND first_id <> ?2 LIMIT 1",
        (told.person_id, told.first_record),
    ).first()


def _keep(
    write: Write, told: Finish, there: list[Member], new: Member, said: Mapping[str, Any]
) -> None:
    """Keep one member: somebody already known by this name, or somebody new.

    ``there`` are those not yet spoken of; who was found is taken out of it, so that two of one
    name stay two.
    """
    answered = {name: value for name, value in said.items() if value not in ("", None, ())}
    found = next((one for one in there if _same(one, new)), None)
    if found is None:
        taken = {one.id for one in households.members(write.conn, told.household_id, left=True)}
        number, name = 1, new.name
        member_id = houses.member_id(told.household_id, new.person_id, name)
        while member_id in taken:
            number += 1
            member_id = houses.member_id(told.household_id, new.person_id, f"{name} {number}")
        made = replace(new, id=member_id, told_in=told.first_record, **answered)
        houses.keep_member(write, told.scope, made)
        return
    there.remove(found)
    person_id = found.person_id or new.person_id
    houses.keep_member(
        write,
        told.scope,
        replace(found, person_id=person_id, seen_on=new.seen_on, left_on="", **answered),
    )


def _same(one: Member, other: Member) -> bool:
    if one.person_id and other.person_id:
        return one.person_id == other.person_id
    return _key(one.name) == _key(other.name)


def _key(name: str) -> str:
    return search_key(normalise_name(name))


def _name(person: Person) -> str:
    return " ".join(part for part in (person.first, person.middle, person.last) if part)


def _age(person: Person, on: date) -> int | None:
    if person.born is not None:
        return age_at(person.born, on)
    return None if person.birth_year is None else max(0, be_year(on) - person.birth_year)


def _yes_or_no(core: Core, key: str) -> bool | None:
    return core.yes(key) if core.text(key) else None


# ---- consent


def _consent(write: Write, told: Finish, moment: datetime, before: Visit | None) -> None:
    """Keep what was told and said; after a correction only when it says something else."""
    at = told.now if before is not None or moment.tzinfo is None else instant(moment)
    consents.keep_told(write, told, at.utc, told.household_id)


# ---- the visit


def _visit(told: Finish, moment: datetime) -> Visit:
    core = told.core
    assessed = {name: state for name in DIMENSIONS if (state := core.text(f"dim.{name}"))}
    return Visit(
        id=told.visit_id,
        household_id=told.household_id,
        record_id=told.record_id,
        at=moment.isoformat(timespec="milliseconds"),
        visited_on=moment.date().isoformat(),
        purpose=core.text("visit.purpose"),
        met=core.text("visit.met"),
        person_id=told.person_id,
        case_id=told.case_id,
        event_id=told.event_id,
        area=told.area,
        position=core.position("visit.lat_lon"),
        landmark=normalise(core.text("visit.place")).strip(),
        dimensions=assessed or None,
        outcomes=core.codes("visit.outcomes"),
        needs=core.text("visit.needs"),
        opinion=core.text("visit.opinion"),
        by=told.by,
        team=read_people(core.text("visit.team")),
        amends=told.amends,
    )
