# SPDX-License-Identifier: Apache-2.0
"""What became of each certificate, step by step: facts that are added and never changed.

Where a certificate stands is read from its steps (:data:`STATUS`). Its row holds a status too, and
of two laptops the later word; but the later word may know less. Void and replaced are for ever:
whoever handed a paper over without knowing does not make it valid again. A paper is replaced too
while its replacement is there, whatever was taken back on another laptop; and what replaced a void
one without knowing is void with it. Handed over or come back is what the last of those steps says
that nobody took back, however late the taking back of an earlier one arrives.

The status of the row counts for what no step speaks of: a number that is not used, and what was
done before steps were noted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from desktop.model.certificate import Step
from desktop.store.clock import following
from desktop.store.event import event_scope
from desktop.store.ids import new_id
from desktop.store.tables.certificate import certificate as register_table
from desktop.store.tables.certificate import certificate_print, certificate_step
from desktop.store.write import Write


@dataclass(frozen=True, slots=True)
class Taken:
    """One step of one certificate. ``on`` is the day it happened, ISO; ``whom`` who took it."""

    certificate_id: str
    event_id: str
    step: Step
    on: str
    reason: str = ""
    whom: str = ""
    at: str = ""
    """UTC instant at which it was noted."""
    by: str = ""
    id: str = ""


_T: Final = certificate_step.c


def _was(step: Step) -> ColumnElement[bool]:
    """Whether the certificate of the statement around this took a step."""
    return (
        select(_T.id)
        .where(_T.certificate_id == register_table.c.id, _T.step == step, _T.deleted == 0)
        .exists()
    )


_C: Final = register_table.c
_NEWER: Final = register_table.alias("newer")
_replacement: Final = (
    select(_NEWER.c.id)
    .where(
        # All the columns of the index: a register may have 100,000 rows.
        _NEWER.c.office_id == _C.office_id, _NEWER.c.kind == _C.kind, _NEWER.c.year == _C.year,
        _NEWER.c.number == _C.number, _NEWER.c.replaces == _C.id, _NEWER.c.deleted == 0,
    )
    .exists()
)  # fmt: skip
_replaces_void: Final = literal_column(
    "EXISTS (WITH RECURSIVE before (id, replaces) AS ("
    "SELECT b.id, b.replaces FROM certificate b WHERE b.id = certificate.replaces "
    "AND b.number = certificate.number AND b.year = certificate.year "
    "AND b.kind = certificate.kind AND b.office_id = certificate.office_id "
    "UNION SELECT b.id, b.replaces FROM certificate b JOIN before ON b.id = before.replaces "
    "AND b.number = certificate.number AND b.year = certificate.year) "
    "SELECT 1 FROM before WHERE EXISTS (SELECT 1 FROM certificate_step s "
    "WHERE s.certificate_id = before.id AND s.step = 'void' AND s.deleted = 0))",
    Boolean(),
)
_CHANGING: Final = ("handed", "returned")
"""Steps that may follow each other for ever; the last one counts."""
_last: Final = (
    select(_T.step)
    .where(_T.certificate_id == _C.id, _T.step.in_(_CHANGING), _T.deleted == 0)
    .order_by(_T.noted_at.desc(), _T.id.desc())
    .limit(1)
    .scalar_subquery()
)
_printed: Final = exists().where(
    certificate_print.c.certificate_id == _C.id, certificate_print.c.deleted == 0
)


def _taken_back(step: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Asked where no such step stands: there was one, so it was taken back. A row whose issue is
    no step is older than steps, and its word is all there is."""
    of_it = _T.certificate_id == _C.id
    return and_(exists().where(of_it, _T.step == "issued"), exists().where(of_it, _T.step == step))


_gone: Final = case(
    (or_(_was("void"), _C.status == "void"), "void"),
    (and_(_C.edition > 1, _replaces_void), "void"),
    (or_(_was("replaced"), _replacement), "replaced"),
    (and_(_C.status == "replaced", ~_taken_back(_C.status)), "replaced"),
)
_of_row: Final = case(
    (and_(_C.status.in_(_CHANGING), ~_taken_back(_C.status)), _C.status),
    (and_(_C.status.in_(("issued", "replaced", *_CHANGING)), _printed), "printed"),
    (_C.status.in_(("replaced", *_CHANGING)), "issued"),
    else_=_C.status,
)
STATUS: Final[ColumnElement[str]] = func.coalesce(_gone, _last, _of_row)
"""Where a certificate of the register stands, in a statement over ``certificate``."""
ROW_RECEIVED: Final = and_(_C.received_on != "", ~_taken_back("handed"))
"""Whether who took it is to be read from the row, where no step says it."""


def _steps() -> Select[Any]:
    return (
        select(
            _T.certificate_id, _T.event_id, _T.step, _T.happened_on, _T.reason, _T.whom,
            _T.noted_at, _T.noted_by, _T.id,
        )
        .where(_T.deleted == 0)
        .order_by(_T.noted_at, _T.id)
    )  # fmt: skip


def put_steps(write: Write, steps: Sequence[Taken]) -> None:
    """Note steps, now and by whoever writes.

    A step comes after every one of its certificate that is known here: where another laptop's
    clock was ahead, a millisecond after its last: the order tells what is so, not the clocks.
    """
    now, last = write.now().utc, _newest(write.conn, [one.certificate_id for one in steps])
    write.put_many(
        "certificate_step",
        [
            (
                new_id(),
                event_scope(one.event_id),
                {
                    "certificate_id": one.certificate_id,
                    "event_id": one.event_id,
                    "step": one.step,
                    "happened_on": one.on,
                    "noted_at": following(last.get(one.certificate_id, ""), now),
                    "noted_by": write.by,
                    "reason": one.reason,
                    "whom": one.whom,
                },
            )
            for one in steps
        ],
    )


def _newest(conn: Connection, certificate_ids: Sequence[str]) -> dict[str, str]:
    """When the newest known step of each of these was noted, also one that was taken back."""
    asked = func.json_each(bindparam("ids")).table_valued("value")
    rows = conn.execute(
        select(_T.certificate_id, func.max(_T.noted_at))
        .where(_T.certificate_id.in_(select(asked.c.value)))
        .group_by(_T.certificate_id),
        {"ids": json.dumps(list(certificate_ids))},
    )
    return {row[0]: row[1] for row in rows}


def steps(conn: Connection, certificate_ids: Sequence[str]) -> tuple[Taken, ...]:
    """The steps of these certificates, first to last."""
    rows = conn.execute(_steps().where(_T.certificate_id.in_(certificate_ids)))
    return tuple(Taken(*row) for row in rows)


def steps_at(conn: Connection, event_id: str) -> tuple[Taken, ...]:
    """The steps of all certificates of an event, first to last."""
    return tuple(Taken(*row) for row in conn.execute(_steps().where(_T.event_id == event_id)))
