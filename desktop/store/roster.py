# SPDX-License-Identifier: Apache-2.0
"""Rosters as rows: who is expected at an event, on which seat, and how she is found.

A roster is read in one statement with everything a page or a sheet shows of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from desktop.i18n import _
from desktop.model.roster import Enrolment, QuotaLine, RosterRow, quota_lines
from desktop.store import search as index
from desktop.store.errors import StoreProblem
from desktop.store.event import event, event_scope
from desktop.store.ids import natural_id
from desktop.store.tables.certificate import certificate as certificate_table
from desktop.store.tables.roster import enrolment as enrolment_table
from desktop.store.tables.roster import roster_lock as lock_table
from desktop.store.write import Write
from desktop.thai.digits import to_arabic
from desktop.thai.names import full_name
from desktop.thai.normalise import normalise_name

# As RosterRow wants them, but for the name, which is put together here.
_ROWS: Final = """
SELECT n.id, n.person_id, n.seat, n.badge_no, coalesce(s.sort_key, ''), p.title, p.first,
  p.middle, p.last, n.organisation_id, coalesce(o.name, ''), coalesce(o.kind, ''), n.position,
  n.area, substr(coalesce(nullif(n.area, ''), o.area, ''), 1, 2), n.person_group, n.role, n.team,
  p.phone, coalesce((SELECT i.last4 FROM person_identifier i WHERE i.person_id = p.id
    AND i.deleted = 0 AND i.last4 <> '' ORDER BY i.id LIMIT 1), ''),
  n.food, n.note, n.source, n.status, n.substitute_for, p.name_confirmed_at <> '', p.sex
FROM enrolment n JOIN person p ON p.id = n.person_id
LEFT JOIN person_search s ON s.person_id = n.person_id
LEFT JOIN organisation o ON o.id = n.organisation_id
WHERE n.deleted = 0 AND """

_PROVINCE: Final = "substr(coalesce(nullif(n.area, ''), o.area, ''), 1, 2)"


class OffTheRoster(StoreProblem, LookupError):
    """The place on a roster that was meant is gone: its making was taken back meanwhile."""


def _off() -> OffTheRoster:
    return OffTheRoster(_("This person is not on the roster any more. Look at the list again."))


@dataclass(frozen=True, slots=True)
class Found:
    """A person found outside any event: who she is and where she was last."""

    person_id: str
    name: str
    organisation: str
    province: str
    last4: str
    phone: str
    events: int


def _row(row: Any) -> RosterRow:
    return RosterRow(
        row[0], row[1], row[2], row[3], full_name(row[5], row[6], row[7], row[8]), row[4],
        row[5], row[6], row[8], row[9], row[10], row[11], row[12], row[13], row[14], row[15],
        row[16], row[17], row[18], row[19], row[20], row[21], row[22], row[23], row[24],
        bool(row[25]), row[26],
    )  # fmt: skip


def _by_seat(row: RosterRow) -> tuple[bool, int, str, str]:
    return (row.seat is None, row.seat or 0, row.sort_key, row.enrolment_id)


def roster(conn: Connection, event_id: str) -> tuple[RosterRow, ...]:
    """The roster of an event: by seat, then those without one in dictionary order.

    Withdrawn and substituted people are on it with their status.
    """
    rows = conn.exec_driver_sql(_ROWS + "n.event_id = ?", (event_id,))
    return tuple(sorted((_row(row) for row in rows), key=_by_seat))


def row(conn: Connection, enrolment_id: str) -> RosterRow:
    """One line of a roster. :class:`OffTheRoster` if there is none with this id."""
    found = conn.exec_driver_sql(_ROWS + "n.id = ?", (enrolment_id,)).first()
    if found is None:
        raise _off()
    return _row(found)


def rows(conn: Connection, enrolment_ids: Iterable[str]) -> dict[str, RosterRow]:
    """These lines by id, in one statement; an unknown id is left out."""
    query = _ROWS + "n.id IN (SELECT value FROM json_each(?))"  # noqa: S608
    found = conn.exec_driver_sql(query, (index.ids_listed(enrolment_ids),))
    return {one[0]: _row(one) for one in found}


# ---- enrolments

_N: Final = enrolment_table.c
_COLUMNS: Final = (
    _N.id, _N.event_id, _N.person_id, _N.seat, _N.badge_no, _N.role, _N.person_group,
    _N.organisation_id, _N.position, _N.area, _N.team, _N.source, _N.status, _N.substitute_for,
    _N.food, _N.note,
)  # fmt: skip


def enrolment(conn: Connection, enrolment_id: str) -> Enrolment:
    """One enrolment. :class:`OffTheRoster` if there is none with this id."""
    found = conn.execute(select(*_COLUMNS).where(_N.id == enrolment_id, _N.deleted == 0)).first()
    if found is None:
        raise _off()
    return Enrolment(*tuple(found))


def enrolments(conn: Connection, event_id: str) -> tuple[Enrolment, ...]:
    """Every enrolment of an event, whatever its status, in no order."""
    found = conn.execute(select(*_COLUMNS).where(_N.event_id == event_id, _N.deleted == 0))
    return tuple(Enrolment(*tuple(one)) for one in found)


def enrolment_id(event_id: str, person_id: str) -> str:
    """The id of a person's place on an event's roster: the same on every laptop."""
    return natural_id("enrolment", event_id, person_id)


def enrolment_fields(enrolment: Enrolment) -> dict[str, Any]:
    """The row of an enrolment, as ``Write`` wants it."""
    return {
        "event_id": enrolment.event_id,
        "person_id": enrolment.person_id,
        "seat": enrolment.seat,
        "badge_no": enrolment.badge_no,
        "role": enrolment.role,
        "person_group": enrolment.group,
        "organisation_id": enrolment.organisation_id,
        "position": enrolment.position,
        "area": enrolment.area,
        "team": enrolment.team,
        "source": enrolment.source,
        "status": enrolment.status,
        "substitute_for": enrolment.substitute_for,
        "food": enrolment.food,
        "note": enrolment.note,
    }


def put_enrolment(write: Write, enrolment: Enrolment) -> None:
    """Keep a person's place on a roster."""
    write.put(
        "enrolment",
        enrolment.id,
        event_scope(enrolment.event_id),
        **enrolment_fields(enrolment),
    )


def put_seats(write: Write, event_id: str, seats: Iterable[tuple[str, int | None]]) -> None:
    """Give these enrolments their seats; nothing else of them changes."""
    scope = event_scope(event_id)
    for one, seat in seats:
        write.put("enrolment", one, scope, seat=seat)


def badge_numbers(conn: Connection, event_id: str) -> set[int]:
    """Every badge number ever given at an event, also to people since taken off."""
    return set(conn.scalars(select(_N.badge_no).where(_N.event_id == event_id)))


def last_seat(conn: Connection, event_id: str) -> int:
    """The highest seat number on a roster; 0 when there is none."""
    query = select(func.coalesce(func.max(_N.seat), 0)).where(
        _N.event_id == event_id, _N.deleted == 0
    )
    return int(conn.execute(query).scalar_one())


# ---- lock


def is_locked(conn: Connection, event_id: str) -> bool:
    """Whether the roster of an event is locked."""
    t = lock_table.c
    return bool(conn.scalar(select(t.locked).where(t.event_id == event_id, t.deleted == 0)))


def put_lock(write: Write, event_id: str, *, locked: bool, reason: str) -> None:
    """Lock or unlock the roster of an event; the reason is kept."""
    write.put(
        "roster_lock",
        natural_id("roster_lock", event_id),
        event_scope(event_id),
        event_id=event_id,
        locked=locked,
        reason=reason,
    )


def has_register(conn: Connection, event_id: str) -> bool:
    """Whether certificate numbers have been drawn for an event."""
    t = certificate_table.c
    query = select(t.id).where(t.event_id == event_id, t.deleted == 0).limit(1)
    return conn.scalar(query) is not None


# ---- quota


def quota(conn: Connection, event_id: str) -> tuple[QuotaLine, ...]:
    """How each province of an event fills its seats, by province code."""
    held = event(conn, event_id)
    counted = conn.exec_driver_sql(
        f"SELECT {_PROVINCE}, count(*) FROM enrolment n "  # noqa: S608
        "LEFT JOIN organisation o ON o.id = n.organisation_id "
        "WHERE n.event_id = ? AND n.deleted = 0 AND n.status = 'enrolled' GROUP BY 1",
        (event_id,),
    )
    return quota_lines(held.areas, held.quota, {line[0]: line[1] for line in counted})


# ---- finding

# CROSS JOIN keeps the order of the tables: four digits are few people, an event is many.
_BY_NUMBER: Final = {
    "seat": "SELECT id FROM enrolment WHERE event_id = ?1 AND seat = ?2 AND deleted = 0",
    "identifier": (
        "SELECT n.id FROM person_identifier i CROSS JOIN enrolment n ON n.person_id = i.person_id "
        "AND n.event_id = ?1 WHERE i.last4 = ?2 AND i.last4 <> '' AND i.deleted = 0 "
        "AND n.deleted = 0"
    ),
    "phone": (
        "SELECT n.id FROM person p CROSS JOIN enrolment n "
        "ON n.person_id = p.id AND n.event_id = ?1 "
        "WHERE substr(p.phone, -4) = ?2 AND p.phone <> '' AND p.deleted = 0 AND n.deleted = 0"
    ),
}

# The latest enrolment says where she was last.
_FOUND: Final = f"""
SELECT p.id, p.title, p.first, p.middle, p.last, p.phone, p.area,
  coalesce((SELECT i.last4 FROM person_identifier i WHERE i.person_id = p.id
    AND i.deleted = 0 AND i.last4 <> '' ORDER BY i.id LIMIT 1), ''),
  (SELECT count(*) FROM enrolment n WHERE n.person_id = p.id AND n.deleted = 0),
  (SELECT coalesce(o.name, '') || char(10) || {_PROVINCE} FROM enrolment n
    LEFT JOIN organisation o ON o.id = n.organisation_id
    WHERE n.person_id = p.id AND n.deleted = 0 ORDER BY n.changed_at DESC LIMIT 1)
FROM person p WHERE p.deleted = 0 AND p.id IN (SELECT value FROM json_each(?))
"""  # noqa: S608


def search(
    conn: Connection, text: str, *, event_id: str | None, limit: int = index.LIMIT
) -> tuple[RosterRow | Found, ...]:
    """Whom ``text`` may mean: a part of a name, or digits in either script.

    Within an event digits are a seat number, the last four of an identity number or of a
    telephone, or a badge; lines are in the order of the roster. Without an event people are
    found in dictionary order, as :class:`Found`.
    """
    cleaned = to_arabic(normalise_name(text))
    if not cleaned:
        return ()
    digits = cleaned.replace(" ", "").replace("-", "")
    if event_id is None:
        if digits.isdecimal():
            return _found(conn, _people_by_digits(conn, digits, limit))
        return _found(conn, index.people_named(conn, cleaned, limit))
    if digits.isdecimal():
        ids: Sequence[str] = _by_digits(conn, event_id, digits)
    else:
        ids = index.enrolments_named(conn, event_id, cleaned, limit)
    known = rows(conn, ids)
    return tuple(known[one] for one in ids if one in known)[:limit]


def _by_digits(conn: Connection, event_id: str, digits: str) -> list[str]:
    asked: list[tuple[str, object]] = []
    if len(digits) <= 5:
        asked.append(("seat", int(digits)))
    if len(digits) == 4:
        asked += [("identifier", digits), ("phone", digits)]
    elif len(digits) in (9, 10):
        asked.append(("phone", digits[-4:]))
    elif len(digits) == 13:
        asked.append(("identifier", digits[-4:]))
    found: dict[str, None] = {}
    for way, value in asked:
        for one in conn.exec_driver_sql(_BY_NUMBER[way], (event_id, value)):
            found.setdefault(one[0])
    if len(digits) == 6:
        badge = find_badge(conn, event_id, digits)
        if badge is not None:
            found.setdefault(badge)
    return list(found)


def _people_by_digits(conn: Connection, digits: str, limit: int) -> tuple[str, ...]:
    if len(digits) < 4:
        return ()
    found = conn.exec_driver_sql(
        "SELECT person_id FROM person_identifier WHERE last4 = ?1 AND last4 <> '' "
        "AND deleted = 0 AND (length(?2) = 4 OR value = ?2) UNION "
        "SELECT id FROM person WHERE substr(phone, -4) = ?1 AND phone <> '' AND deleted = 0 "
        "AND (length(?2) = 4 OR phone = ?2) LIMIT ?3",
        (digits[-4:], digits, limit),
    )
    return tuple(one[0] for one in found)


def _found(conn: Connection, person_ids: Sequence[str]) -> tuple[Found, ...]:
    lines = conn.exec_driver_sql(_FOUND, (index.ids_listed(person_ids),))
    known: dict[str, Found] = {}
    for line in lines:
        organisation, _sep, province = (line[9] or "\n").partition("\n")
        name = full_name(line[1], line[2], line[3], line[4])
        place = line[6][:2] or province
        known[line[0]] = Found(line[0], name, organisation, place, line[7], line[5], line[8])
    return tuple(known[one] for one in person_ids if one in known)


def find_badge(conn: Connection, event_id: str, digits: str) -> str | None:
    """The enrolment whose badge carries these six digits at this event, if there is one."""
    query = select(_N.id).where(
        _N.event_id == event_id, _N.badge_no == int(digits), _N.deleted == 0
    )
    return conn.scalar(query.order_by(_N.id).limit(1))
