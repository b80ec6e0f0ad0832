# SPDX-License-Identifier: Apache-2.0
"""Referrals in the store. Those of restricted cases are there for their readers only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, select

from desktop.model.referral import Referral, Standing, standing
from desktop.store.case_file import case_file, people_names, readable, scope_of
from desktop.store.tables.case_file import case_file as case_table
from desktop.store.tables.organisation import organisation as organisation_table
from desktop.store.tables.referral import referral as referral_table
from desktop.store.write import Write

_R: Final = referral_table.c
_COLUMNS: Final = (
    _R.id, _R.case_id, _R.written_on, _R.to_organisation_id, _R.to_kind, _R.to_name, _R.informer,
    _R.person, _R.summary, _R.problems, _R.need, _R.done, _R.opinion, _R.urgency, _R.contact,
    _R.doc_no, _R.sent_on, _R.acknowledged_on, _R.acknowledged_by, _R.result, _R.result_on,
    _R.record_id,
)  # fmt: skip
_DAYS: Final = ("written_on", "sent_on", "acknowledged_on", "result_on")
_RED_FIRST: Final[tuple[Standing, ...]] = ("overdue", "draft", "sent", "acknowledged", "answered")


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral with what a list shows beside it."""

    referral: Referral
    case_no: str
    name: str
    """The person's name, or empty."""
    to: str
    """The agency's name; empty when only its kind is known (``referral.to_kind``)."""
    standing: Standing
    restricted: bool


def _referral(row: Any) -> Referral:
    values = {name: row._mapping[name] for name in Referral.__dataclass_fields__}
    for name in _DAYS:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Referral(**{**values, "problems": frozenset(values["problems"])})


def _referrals() -> Select[Any]:
    return (
        select(
            *_COLUMNS,
            case_table.c.case_no,
            case_table.c.restricted,
            case_table.c.person_id,
            organisation_table.c.name.label("organisation"),
        )
        .select_from(
            referral_table.join(case_table, case_table.c.id == _R.case_id).outerjoin(
                organisation_table, organisation_table.c.id == _R.to_organisation_id
            )
        )
        .where(_R.deleted == 0, case_table.c.deleted == 0)
    )


def referral(conn: Connection, reader: str, referral_id: str) -> Referral:
    """One referral. ``LookupError`` if there is none with this id; raises ``NotYours``."""
    row = conn.execute(_referrals().where(_R.id == referral_id)).first()
    if row is None:
        raise LookupError("no referral with this id")
    case_file(conn, reader, row.case_id)
    return _referral(row)


def of_case(conn: Connection, reader: str, case_id: str) -> tuple[Referral, ...]:
    """The referrals of a case, the first written first. Raises ``NotYours``."""
    case_file(conn, reader, case_id)
    rows = conn.execute(_referrals().where(_R.case_id == case_id).order_by(_R.id))
    return tuple(_referral(row) for row in rows)


def referrals(
    conn: Connection, reader: str, today: date, *, case_id: str = "", outstanding: bool = False
) -> tuple[ReferralLine, ...]:
    """Referrals for a list: overdue ones first, then drafts, then by the day they were sent.

    ``outstanding`` leaves out those that were acknowledged or answered. Those of restricted
    cases of others are left out.
    """
    query = _referrals().where(readable(reader))
    if case_id:
        query = query.where(_R.case_id == case_id)
    if outstanding:
        query = query.where(_R.acknowledged_on == "", _R.result_on == "")
    rows = conn.execute(query.order_by(_R.sent_on, _R.id)).all()
    names = people_names(conn, (row.person_id for row in rows))
    lines = []
    for row in rows:
        found = _referral(row)
        lines.append(
            ReferralLine(
                found,
                row.case_no,
                names.get(row.person_id, "") or found.person,
                row.organisation or found.to_name,
                standing(found, today),
                bool(row.restricted),
            )
        )
    return tuple(sorted(lines, key=lambda line: _RED_FIRST.index(line.standing)))


def letters(conn: Connection, case_id: str) -> tuple[Referral, ...]:
    """The referrals of a case for whoever has it in hand already, the first written first."""
    rows = conn.execute(_referrals().where(_R.case_id == case_id).order_by(_R.id))
    return tuple(_referral(row) for row in rows)


def counted(conn: Connection, which: ColumnElement[bool]) -> tuple[Referral, ...]:
    """The referrals of a condition on them and on ``case_file``, for counting only."""
    return tuple(_referral(row) for row in conn.execute(_referrals().where(which)))


def addressee(conn: Connection, referral: Referral) -> str:
    """The name of the agency, or empty when only its kind is known."""
    t = organisation_table.c
    name = conn.scalar(select(t.name).where(t.id == referral.to_organisation_id))
    return str(name or referral.to_name)


def put(write: Write, referral: Referral) -> None:
    """Keep a referral."""
    fields: dict[str, Any] = {
        name: getattr(referral, name)
        for name in Referral.__dataclass_fields__
        if name not in ("id", *_DAYS)
    }
    for name in _DAYS:
        day: date | None = getattr(referral, name)
        fields[name] = day.isoformat() if day else ""
    fields["problems"] = sorted(referral.problems)
    write.put("referral", referral.id, scope_of(write.conn, referral.case_id), **fields)


def delete(write: Write, referral_id: str) -> None:
    """Take a referral off."""
    write.delete("referral", referral_id)
