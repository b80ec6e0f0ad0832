# SPDX-License-Identifier: Apache-2.0
"""Cases in the store, and who may read them.

Every function that takes a ``reader`` (a facilitator's id) gives her only what she needs to
know. A restricted case of others is in no list and no search; asked for by its id it raises
:class:`NotYours`. What hangs on a case (assistance, referrals, follow-ups, alerts) asks here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Connection, Integer, Select, func, or_, select
from sqlalchemy import cast as cast_to
from sqlalchemy.sql.expression import case as when

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.case_file import CaseFile, CaseStep, Origin, Status, StepKind
from desktop.store import facilitator, person, setting
from desktop.store.clock import moment
from desktop.store.tables.case_file import case_file as case_table
from desktop.store.tables.case_file import case_step as step_table
from desktop.store.tables.facilitator import facilitator as facilitator_table
from desktop.store.write import Write
from desktop.thai.digits import to_arabic
from desktop.thai.names import full_name

_C: Final = case_table.c
_S: Final = step_table.c
_COLUMNS: Final = (
    _C.id, _C.case_no, _C.urgency, _C.status, _C.owner_id, _C.opened_on, _C.opened_by, _C.origin,
    _C.person_id, _C.household_id, _C.event_id, _C.area, _C.targets, _C.problems, _C.risks,
    _C.main_target, _C.main_problem, _C.detail, _C.restricted, _C.readers, _C.closed_on,
    _C.close_reason,
)  # fmt: skip


class NotYours(Problem):
    """A restricted case of others; the sentence says whom to ask."""


# ---- who may read


def readable(reader: str) -> ColumnElement[bool]:
    """The condition on ``case_file`` under which ``reader`` may see a row.

    The same as ``CaseFile.may_be_read_by``.
    """
    allowed = func.json_each(_C.readers).table_valued("value")
    return or_(
        _C.restricted == 0,
        _C.owner_id == reader,
        _C.opened_by == reader,
        select(allowed.c.value).where(allowed.c.value == reader).exists(),
    )


def hidden_cases(conn: Connection, reader: str) -> frozenset[str]:
    """Ids of the cases that are there and not for ``reader``; also deleted ones."""
    return frozenset(conn.scalars(select(_C.id).where(~readable(reader))))


def is_hidden(conn: Connection, reader: str, case_id: str) -> bool:
    """Whether this case is not for ``reader``. False for a case there is not."""
    query = select(_C.id).where(_C.id == case_id, ~readable(reader))
    return conn.scalar(query) is not None


def not_yours(conn: Connection, case: CaseFile) -> NotYours:
    """The problem of opening this case, with the owner's name."""
    owner = facilitator.facilitator(conn, case.owner_id)
    if owner is None:
        return NotYours(
            _("This case is kept to the people who look after it. Ask the head of your office.")
        )
    return NotYours(
        _("This case is kept to the people who look after it. Ask {owner} to let you in.").format(
            owner=owner.name
        )
    )


# ---- reading


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def read_case(row: Any) -> CaseFile:
    """A row of :func:`standing_cases` as a case."""
    return CaseFile(
        id=row.id,
        case_no=row.case_no,
        urgency=row.urgency,
        status=cast(Status, row.status),
        owner_id=row.owner_id,
        opened_on=date.fromisoformat(row.opened_on),
        opened_by=row.opened_by,
        origin=cast(Origin, row.origin),
        person_id=row.person_id,
        household_id=row.household_id,
        event_id=row.event_id,
        area=row.area,
        targets=frozenset(row.targets),
        problems=frozenset(row.problems),
        risks=frozenset(row.risks),
        main_target=row.main_target,
        main_problem=row.main_problem,
        detail=row.detail,
        restricted=bool(row.restricted),
        readers=frozenset(row.readers),
        closed_on=_day(row.closed_on),
        close_reason=row.close_reason,
    )


def standing_cases() -> Select[Any]:
    """The statement of every case, for the functions of this room to narrow."""
    return select(*_COLUMNS).where(_C.deleted == 0)


def case_file(conn: Connection, reader: str, case_id: str) -> CaseFile:
    """One case. ``LookupError`` if there is none with this id; raises :class:`NotYours`."""
    row = conn.execute(standing_cases().where(_C.id == case_id)).first()
    if row is None:
        raise LookupError("no case with this id")
    found = read_case(row)
    if not found.may_be_read_by(reader):
        raise not_yours(conn, found)
    return found


def find_case(conn: Connection, reader: str, text: str) -> CaseFile | None:
    """The case with this id or case number, or None; also None for one that is not hers."""
    wanted = to_arabic(text).strip()
    if not wanted:
        return None
    query = standing_cases().where(
        or_(_C.id == wanted, func.upper(_C.case_no) == wanted.upper()), readable(reader)
    )
    row = conn.execute(query).first()
    return None if row is None else read_case(row)


def open_case_of(
    conn: Connection, reader: str, *, person_id: str = "", household_id: str = ""
) -> CaseFile | None:
    """The open case of a person, or else of her household when no person is named in it.

    The latest one when there are several. Cases that ``reader`` may not see are passed over.
    """
    whose = []
    if person_id:
        whose.append(_C.person_id == person_id)
    if household_id:
        nobody = or_(_C.person_id == "", _C.person_id == person_id)
        whose.append((_C.household_id == household_id) & nobody)
    if not whose:
        return None
    query = (
        standing_cases()
        .where(_C.status != "closed", readable(reader), or_(*whose))
        .order_by((_C.person_id == person_id).desc(), _C.id.desc())
    )
    row = conn.execute(query.limit(1)).first()
    return None if row is None else read_case(row)


def by_urgency(column: ColumnElement[Any]) -> ColumnElement[int]:
    """Sorts the most urgent first."""
    return when({"critical": 0, "urgent": 1}, value=column, else_=2)


def people_names(conn: Connection, person_ids: Iterable[str]) -> dict[str, str]:
    """How these people are called, by id."""
    wanted = {one for one in person_ids if one}
    return {
        person_id: full_name(one.title, one.first, one.middle, one.last)
        for person_id, one in person.people(conn, wanted).items()
    }


def facilitator_names(conn: Connection) -> dict[str, str]:
    """How everybody who works or worked here is called, by id."""
    t = facilitator_table.c
    return {row[0]: row[1] for row in conn.execute(select(t.id, t.name))}


def steps(conn: Connection, reader: str, case_id: str) -> tuple[CaseStep, ...]:
    """The log of a case, the first line first. Raises :class:`NotYours`."""
    case_file(conn, reader, case_id)
    rows = conn.execute(
        select(
            _S.id, _S.case_id, _S.kind, _S.status, _S.happened_on, _S.noted_at, _S.noted_by,
            _S.owner_id, _S.reason, _S.about_noun, _S.about_id,
        )
        .where(_S.case_id == case_id, _S.deleted == 0)
        .order_by(_S.noted_at, _S.id)
    )  # fmt: skip
    return tuple(
        CaseStep(
            row.id, row.case_id, cast(StepKind, row.kind), cast(Status, row.status),
            date.fromisoformat(row.happened_on), moment(row.noted_at), row.noted_by,
            row.owner_id, row.reason, row.about_noun, row.about_id,
        )
        for row in rows
    )  # fmt: skip


# ---- writing


def scope_of(conn: Connection, case_id: str) -> str:
    """The scope in which a case lies now. ``LookupError`` for none."""
    scope = conn.scalar(select(_C.scope).where(_C.id == case_id))
    if scope is None:
        raise LookupError("no case with this id")
    return str(scope)


def put_case(write: Write, case: CaseFile, scope: str) -> None:
    """Keep a case as it stands."""
    write.put(
        "case_file",
        case.id,
        scope,
        case_no=case.case_no,
        person_id=case.person_id,
        household_id=case.household_id,
        event_id=case.event_id,
        area=case.area,
        targets=sorted(case.targets),
        problems=sorted(case.problems),
        risks=sorted(case.risks),
        main_target=case.main_target,
        main_problem=case.main_problem,
        detail=case.detail,
        urgency=case.urgency,
        status=case.status,
        owner_id=case.owner_id,
        restricted=case.restricted,
        readers=sorted(case.readers),
        origin=case.origin,
        opened_on=case.opened_on.isoformat(),
        opened_by=case.opened_by,
        closed_on=case.closed_on.isoformat() if case.closed_on else "",
        close_reason=case.close_reason,
    )


def put_step(write: Write, step: CaseStep, scope: str) -> None:
    """Add a line to the log of a case; its moment and author are those of the transaction."""
    write.put(
        "case_step",
        step.id,
        scope,
        case_id=step.case_id,
        kind=step.kind,
        status=step.status,
        happened_on=step.on.isoformat(),
        noted_at=str(write.now()),
        noted_by=write.by,
        owner_id=step.owner_id,
        reason=step.reason,
        about_noun=step.about_noun,
        about_id=step.about_id,
    )


def about(conn: Connection, noun: str, record_id: str, kind: StepKind) -> str | None:
    """The case in whose log a line of this kind names this record, or None."""
    query = select(_S.case_id).where(
        _S.about_noun == noun, _S.about_id == record_id, _S.kind == kind, _S.deleted == 0
    )
    return conn.scalar(query)


def next_number(write: Write, stem: str) -> int:
    """The next number under a stem (province, year, laptop); it is never given again.

    Kept apart from the rows, in the same transaction: a case that was taken back, or went from
    this laptop after it was sent, has had its number all the same.
    """
    key = f"case_number:{stem}"
    highest = write.conn.scalar(
        select(func.max(cast_to(func.substr(_C.case_no, len(stem) + 1), Integer))).where(
            _C.case_no.startswith(stem, autoescape=True)
        )
    )
    number = max(int(highest or 0), int(setting.value(write.conn, key, 0))) + 1
    setting.keep(write, key, number)
    return number
