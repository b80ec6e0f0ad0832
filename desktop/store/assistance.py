# SPDX-License-Identifier: Apache-2.0
"""Assistance in the store: where each thing stands, and every step that led there."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, cast

from sqlalchemy import Connection, Select, func, select

from desktop.model.assistance import Assistance, AssistanceStep, State
from desktop.store.case_file import case_file, scope_of
from desktop.store.clock import moment
from desktop.store.ids import new_id
from desktop.store.tables.assistance import assistance as assistance_table
from desktop.store.tables.assistance import assistance_step as step_table
from desktop.store.write import Write

_A: Final = assistance_table.c
_S: Final = step_table.c


def _assistances() -> Select[Any]:
    return select(
        _A.id, _A.case_id, _A.kind, _A.state, _A.state_on, _A.amount, _A.fund, _A.item,
        _A.quantity, _A.receipt, _A.visit_id,
    ).where(_A.deleted == 0)  # fmt: skip


def _assistance(row: Any) -> Assistance:
    values = list(row)
    values[3] = cast(State, row.state)
    values[4] = date.fromisoformat(row.state_on)
    return Assistance(*values)


def one(conn: Connection, reader: str, assistance_id: str) -> Assistance:
    """One of them. ``LookupError`` if there is none with this id; raises ``NotYours``."""
    found = standing(conn, assistance_id)
    if found is None:
        raise LookupError("no assistance with this id")
    case_file(conn, reader, found.case_id)
    return found


def assistance(conn: Connection, reader: str, case_id: str) -> tuple[Assistance, ...]:
    """What a case wants, is promised and was given, as entered. Raises ``NotYours``."""
    case_file(conn, reader, case_id)
    # The id may be made of the form's; that of the first step only grows.
    entered = select(func.min(_S.id)).where(_S.assistance_id == _A.id).scalar_subquery()
    rows = conn.execute(_assistances().where(_A.case_id == case_id).order_by(entered, _A.id))
    return tuple(_assistance(row) for row in rows)


def standing(conn: Connection, assistance_id: str) -> Assistance | None:
    """One of them for whoever has the case in hand already, or None."""
    row = conn.execute(_assistances().where(_A.id == assistance_id)).first()
    return None if row is None else _assistance(row)


def is_as_first_told(conn: Connection, assistance_id: str) -> bool:
    """Whether nothing has become of it since it was entered."""
    query = select(_S.id).where(_S.assistance_id == assistance_id, _S.deleted == 0)
    return len(list(conn.scalars(query.limit(2)))) < 2


def steps(conn: Connection, reader: str, assistance_id: str) -> tuple[AssistanceStep, ...]:
    """How it came to where it stands, the first step first. Raises ``NotYours``."""
    one(conn, reader, assistance_id)
    rows = conn.execute(
        select(
            _S.id, _S.assistance_id, _S.state, _S.happened_on, _S.noted_at, _S.noted_by,
            _S.amount, _S.fund, _S.item, _S.quantity, _S.receipt,
        )
        .where(_S.assistance_id == assistance_id, _S.deleted == 0)
        .order_by(_S.noted_at, _S.id)
    )  # fmt: skip
    return tuple(
        AssistanceStep(
            row.id, row.assistance_id, cast(State, row.state),
            date.fromisoformat(row.happened_on), moment(row.noted_at), row.noted_by,
            row.amount, row.fund, row.item, row.quantity, row.receipt,
        )
        for row in rows
    )  # fmt: skip


def put(write: Write, assistance: Assistance) -> bool:
    """Keep it as it stands, with a step of its own; False when nothing was new."""
    scope = scope_of(write.conn, assistance.case_id)
    said = {
        "amount": assistance.amount,
        "fund": assistance.fund,
        "item": assistance.item,
        "quantity": assistance.quantity,
        "receipt": assistance.receipt,
    }
    new = write.put(
        "assistance",
        assistance.id,
        scope,
        case_id=assistance.case_id,
        visit_id=assistance.visit_id,
        kind=assistance.kind,
        state=assistance.state,
        state_on=assistance.on.isoformat(),
        **said,
    )
    if new:
        write.put(
            "assistance_step",
            new_id(),
            scope,
            assistance_id=assistance.id,
            state=assistance.state,
            happened_on=assistance.on.isoformat(),
            noted_at=str(write.now()),
            noted_by=write.by,
            **said,
        )
    return new


def delete(write: Write, assistance_id: str) -> None:
    """Take it off with its steps."""
    write.delete("assistance", assistance_id)
    query = select(_S.id).where(_S.assistance_id == assistance_id, _S.deleted == 0)
    for step_id in list(write.conn.scalars(query)):
        write.delete("assistance_step", step_id)
