# SPDX-License-Identifier: Apache-2.0
"""What became of each certificate, step by step: facts that are added and never changed.

A row holds its newest status, and of two laptops the later word. But void and replaced are for
ever: whoever handed a paper over without knowing does not make it valid again. So both are read
from the steps (:data:`STATUS`). A paper is replaced too while its replacement is there, whatever
was taken back on another laptop; and what replaced a void one without knowing is void with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    literal_column,
    or_,
    select,
)

from desktop.model.certificate import Step
from desktop.store.event import event_scope
from desktop.store.ids import new_id
from desktop.store.tables.certificate import certificate as register_table
from desktop.store.tables.certificate import certificate_step
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
STATUS: Final[ColumnElement[str]] = case(
    (_was("void"), "void"),
    (and_(_C.edition > 1, _replaces_void), "void"),
    (or_(_was("replaced"), _replacement), "replaced"),
    else_=_C.status,
)
"""Where a certificate of the register stands, in a statement over ``certificate``."""


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
    """Note steps, now and by whoever writes."""
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
                    "noted_at": write.now().utc,
                    "noted_by": write.by,
                    "reason": one.reason,
                    "whom": one.whom,
                },
            )
            for one in steps
        ],
    )


def steps(conn: Connection, certificate_ids: Sequence[str]) -> tuple[Taken, ...]:
    """The steps of these certificates, first to last."""
    rows = conn.execute(_steps().where(_T.certificate_id.in_(certificate_ids)))
    return tuple(Taken(*row) for row in rows)


def steps_at(conn: Connection, event_id: str) -> tuple[Taken, ...]:
    """The steps of all certificates of an event, first to last."""
    return tuple(Taken(*row) for row in conn.execute(_steps().where(_T.event_id == event_id)))
