# SPDX-License-Identifier: Apache-2.0
"""Households and their members in and out of the store, and how they are found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection

from desktop.model.household import FoundHousehold, Household, Member, known_by
from desktop.model.position import Position
from desktop.store import area, household_search
from desktop.store.search import ids_listed
from desktop.store.write import Write
from desktop.thai.names import full_name
from desktop.thai.normalise import normalise_name
from desktop.thai.search_key import loosely_equal, search_key

_HOUSEHOLD: Final = (
    "SELECT id, area, house_no, moo, village, soi_road, postcode, house_code, landmark, phone, "
    "tenure, rent, dependants, welfare, income_per_head_year, lat, lon, altitude, accuracy, "
    "needs FROM household WHERE deleted = 0"
)
_MEMBER: Final = (
    "SELECT m.id, m.household_id, m.name, m.person_id, m.relation, m.age, m.seen_on, m.sex, "
    "m.occupation, m.income, m.body_state, m.self_care, m.left_on, m.told_in, "
    "p.title, p.first, p.middle, p.last FROM member m "
    "LEFT JOIN person p ON p.id = m.person_id AND p.deleted = 0 WHERE m.deleted = 0"
)
_NAMED: Final = (
    "SELECT m.id, m.household_id, m.name, m.person_id, m.relation, "
    "p.title, p.first, p.middle, p.last FROM member m "
    "LEFT JOIN person p ON p.id = m.person_id AND p.deleted = 0 WHERE m.deleted = 0 "
    "AND m.left_on = '' AND m.household_id IN (SELECT value FROM json_each(?)) ORDER BY m.rowid"
)
_IN: Final = "IN (SELECT value FROM json_each(?))"
_MOST_ALIKE: Final = 8


def _household(row: Any) -> Household:
    at = None if row[15] is None or row[16] is None else Position(*row[15:19])
    values = [
        *row[:12],
        tuple(json.loads(row[12] or "[]")),
        tuple(json.loads(row[13] or "[]")),
        row[14],
        at,
        row[19],
    ]
    return Household(*values)


def _member(row: Any) -> Member:
    name = full_name(*row[14:18]) if row[15] else row[2]
    values = [
        *row[:2],
        name,
        *row[3:10],
        tuple(json.loads(row[10] or "[]")),
        None if row[11] is None else bool(row[11]),
        *row[12:14],
    ]
    return Member(*values)


def household(conn: Connection, household_id: str) -> Household:
    """One household. ``LookupError`` if there is none with this id."""
    found = find_household(conn, household_id)
    if found is None:
        raise LookupError("no household with this id")
    return found


def find_household(conn: Connection, household_id: str) -> Household | None:
    """One household, or None."""
    row = conn.exec_driver_sql(f"{_HOUSEHOLD} AND id = ?", (household_id,)).first()
    return None if row is None else _household(row)


def scope_of(conn: Connection, household_id: str) -> str | None:
    """The scope in which a household lies now; None when there is none."""
    row = conn.exec_driver_sql("SELECT scope FROM household WHERE id = ?", (household_id,)).first()
    return None if row is None else str(row[0])


def members(conn: Connection, household_id: str, *, left: bool = False) -> tuple[Member, ...]:
    """Who lives in a household, the first entered first; with ``left`` also who did."""
    rows = conn.exec_driver_sql(
        f"{_MEMBER} AND m.household_id = ? AND (m.left_on = '' OR ?) ORDER BY m.rowid",
        (household_id, left),
    )
    return tuple(_member(row) for row in rows)


def member(conn: Connection, member_id: str) -> Member:
    """One member. ``LookupError`` if there is none with this id."""
    row = conn.exec_driver_sql(f"{_MEMBER} AND m.id = ?", (member_id,)).first()
    if row is None:
        raise LookupError("no member with this id")
    return _member(row)


# ---- finding


def find_households(conn: Connection, text: str, limit: int = 50) -> tuple[FoundHousehold, ...]:
    """Households by what is typed (``household_search.found``); the last visited for nothing."""
    return described(
        conn, household_search.found(conn, text, limit) if text.strip() else _latest(conn, limit)
    )


def _latest(conn: Connection, limit: int) -> tuple[str, ...]:
    rows = conn.exec_driver_sql(
        "SELECT h.id FROM household h LEFT JOIN (SELECT household_id, max(visited_on) AS last "
        "FROM visit WHERE deleted = 0 GROUP BY household_id) v ON v.household_id = h.id "
        "WHERE h.deleted = 0 ORDER BY v.last DESC, h.id DESC LIMIT ?",
        (limit,),
    )
    return tuple(row[0] for row in rows)


def households_of(conn: Connection, person_id: str) -> tuple[FoundHousehold, ...]:
    """The households a person lives in now."""
    rows = conn.exec_driver_sql(
        "SELECT DISTINCT household_id FROM member "
        "WHERE deleted = 0 AND left_on = '' AND person_id = ?",
        (person_id,),
    )
    return described(conn, [row[0] for row in rows])


def alike(
    conn: Connection,
    *,
    house_code: str = "",
    house_no: str = "",
    moo: str = "",
    area: str = "",
    names: Iterable[str] = (),
) -> tuple[FoundHousehold, ...]:
    """Households that may be the one being entered: same code, same door, or a name of the place.

    For asking, never for deciding.
    """
    ids: dict[str, None] = {}
    if house_code:
        _add(conn, ids, "house_code = ?", (house_code,))
    if house_no.strip("- ") and area:
        _add(
            conn,
            ids,
            "area = ? AND house_no = ? AND (moo = ? OR moo = '' OR ? = '')",
            (area, house_no, moo, moo),
        )
    for name in names:
        for one in household_search.found(conn, _first_word(name), 50) if name.strip() else ():
            known = find_household(conn, one)
            if known is None or (area and known.area and known.area != area):
                continue
            if any(loosely_equal(_key(name), _key(who.name)) for who in members(conn, one)):
                ids[one] = None
    return described(conn, list(ids)[:_MOST_ALIKE])


def _add(
    conn: Connection, ids: dict[str, None], condition: str, values: tuple[object, ...]
) -> None:
    rows = conn.exec_driver_sql(
        f"SELECT id FROM household WHERE deleted = 0 AND {condition} LIMIT {_MOST_ALIKE}",  # noqa: S608
        values,
    )
    ids.update(dict.fromkeys(row[0] for row in rows))


def _first_word(name: str) -> str:
    return normalise_name(name).split(" ")[0]


def _key(name: str) -> str:
    return search_key(normalise_name(name))


def described(conn: Connection, ids: Iterable[str]) -> tuple[FoundHousehold, ...]:
    """These households as a list shows them, in this order; an unknown id is left out."""
    ordered = list(ids)
    listed = (ids_listed(ordered),)
    rows = conn.exec_driver_sql(f"{_HOUSEHOLD} AND id {_IN}", listed)
    known = {row[0]: _household(row) for row in rows}
    people = _members_of(conn, ordered)
    visits = {
        row[0]: (row[1], row[2])
        for row in conn.exec_driver_sql(
            "SELECT v.household_id, max(v.visited_on), count(*) FROM visit v "  # noqa: S608
            f"WHERE v.deleted = 0 AND v.household_id {_IN} AND NOT EXISTS "
            "(SELECT 1 FROM visit n WHERE n.amends = v.id AND n.deleted = 0) "
            "GROUP BY v.household_id",
            listed,
        )
    }
    made = []
    for one in ordered:
        if one not in known:
            continue
        there = people.get(one, [])
        name = known_by(there)
        others = [who.name for who in there if who.name and who.name != name]
        last, count = visits.get(one, ("", 0))
        made.append(
            FoundHousehold(
                known[one],
                name,
                (name, *others) if name else (),
                area_name(known[one].area),
                last,
                count,
            )
        )
    return tuple(made)


def names(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Who these households are known by."""
    return {one: known_by(there) for one, there in _members_of(conn, ids).items()}


def _members_of(conn: Connection, ids: Iterable[str]) -> dict[str, list[Member]]:
    """Who lives in each, with no more than her name, person and relation."""
    people: dict[str, list[Member]] = {}
    rows = conn.exec_driver_sql(_NAMED, (ids_listed(ids),))
    for member_id, household_id, name, person_id, relation, *parts in rows:
        said = full_name(*parts) if parts[1] else name
        people.setdefault(household_id, []).append(
            Member(member_id, household_id, said, person_id, relation)
        )
    return people


def area_name(code: str) -> str:
    """The tambon, amphoe and province of a code in one line, as an address is written."""
    found = area.area(code) if code else None
    if found is None:
        return ""
    if found.level == "province":
        return found.name
    if code.startswith("10"):
        parts = (f"แขวง{found.name}", found.amphoe, found.province)
    else:
        parts = (f"ต.{found.name}", f"อ.{found.amphoe}", f"จ.{found.province}")
    return " ".join(parts if found.level == "tambon" else parts[1:])


# ---- writing


def put_household(write: Write, scope: str, one: Household) -> None:
    """Keep a household. Its search row follows at the end of the transaction."""
    at = one.position
    write.put(
        "household",
        one.id,
        scope,
        area=one.area,
        house_no=one.house_no,
        moo=one.moo,
        village=one.village,
        soi_road=one.soi_road,
        postcode=one.postcode,
        house_code=one.house_code,
        landmark=one.landmark,
        phone=one.phone,
        tenure=one.tenure,
        rent=one.rent,
        dependants=list(one.dependants),
        welfare=list(one.welfare),
        income_per_head_year=one.income_per_head_year,
        lat=None if at is None else at.latitude,
        lon=None if at is None else at.longitude,
        altitude=None if at is None else at.altitude,
        accuracy=None if at is None else at.accuracy,
        needs=one.needs,
    )


def put_member(write: Write, scope: str, one: Member) -> None:
    """Keep a member; a registered one keeps her name with the person."""
    write.put(
        "member",
        one.id,
        scope,
        household_id=one.household_id,
        person_id=one.person_id,
        name="" if one.person_id else one.name,
        relation=one.relation,
        age=one.age,
        seen_on=one.seen_on,
        sex=one.sex,
        occupation=one.occupation,
        income=one.income,
        body_state=list(one.body_state),
        self_care=one.self_care,
        left_on=one.left_on,
        told_in=one.told_in,
    )


def delete_member(write: Write, member_id: str) -> None:
    """Take a member away who was entered by mistake."""
    write.delete("member", member_id)
