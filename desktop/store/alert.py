# SPDX-License-Identifier: Apache-2.0
"""Alerts in the store. One whose case is restricted is there for the case's readers only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Connection, Select, select

from desktop.model.alert import Alert, AlertLine, AlertStep, AlertStepKind, response
from desktop.store.case_file import by_urgency, case_file, people_names, readable, scope_of
from desktop.store.clock import instant, moment
from desktop.store.tables.alert import alert as alert_table
from desktop.store.tables.alert import alert_step as step_table
from desktop.store.tables.case_file import case_file as case_table
from desktop.store.write import Write

LIMIT: Final = 200

_A: Final = alert_table.c
_S: Final = step_table.c
_FIELDS: Final = tuple(Alert.__dataclass_fields__)
_MOMENTS: Final = ("seen_at", "told_at", "raised_at")


def _alert(row: Any) -> Alert:
    values = {name: row._mapping[name] for name in _FIELDS}
    for name in _MOMENTS:
        values[name] = moment(values[name]) if values[name] else None
    for name in ("problems", "agencies"):
        values[name] = tuple(values[name])
    return Alert(**values)


def _alerts() -> Select[Any]:
    return (
        select(*(_A[name] for name in _FIELDS), case_table.c.case_no)
        .select_from(alert_table.join(case_table, case_table.c.id == _A.case_id))
        .where(_A.deleted == 0)
    )


def _lines(conn: Connection, query: Select[Any]) -> tuple[AlertLine, ...]:
    found = [(_alert(row), str(row.case_no)) for row in conn.execute(query)]
    taken = _steps(conn, (alert.id for alert, _no in found))
    mentors = people_names(conn, (alert.mentor_id for alert, _no in found))
    return tuple(
        AlertLine(
            alert,
            taken.get(alert.id, ()),
            case_no,
            mentors.get(alert.mentor_id, "") or alert.mentor,
            response(alert, taken.get(alert.id, ())),
        )
        for alert, case_no in found
    )


def _steps(conn: Connection, alert_ids: Iterable[str]) -> dict[str, tuple[AlertStep, ...]]:
    rows = conn.execute(
        select(
            _S.id, _S.alert_id, _S.kind, _S.happened_at, _S.noted_by, _S.noted_at, _S.whom, _S.note
        )
        .where(_S.alert_id.in_(list(alert_ids)), _S.deleted == 0)
        .order_by(_S.happened_at, _S.id)
    )
    found: dict[str, list[AlertStep]] = {}
    for row in rows:
        found.setdefault(row.alert_id, []).append(
            AlertStep(
                row.id, row.alert_id, cast(AlertStepKind, row.kind), moment(row.happened_at),
                row.noted_by, moment(row.noted_at), row.whom, row.note,
            )
        )  # fmt: skip
    return {alert_id: tuple(steps) for alert_id, steps in found.items()}


def alert(conn: Connection, reader: str, alert_id: str) -> AlertLine:
    """One alert. ``LookupError`` if there is none with this id; raises ``NotYours``."""
    lines = _lines(conn, _alerts().where(_A.id == alert_id))
    if not lines:
        raise LookupError("no alert with this id")
    case_file(conn, reader, lines[0].alert.case_id)
    return lines[0]


def of_case(conn: Connection, reader: str, case_id: str) -> tuple[AlertLine, ...]:
    """The alerts of a case, the first seen first. Raises ``NotYours``."""
    case_file(conn, reader, case_id)
    return _lines(conn, _alerts().where(_A.case_id == case_id).order_by(_A.seen_at, _A.id))


def alerts(
    conn: Connection,
    reader: str,
    *,
    open_only: bool = False,
    event_id: str = "",
    limit: int = LIMIT,
) -> tuple[AlertLine, ...]:
    """Alerts for a list: open ones first, of these the most urgent, then the newest.

    A ``limit`` of -1 gives them all.     Those whose case is restricted to others are left out.
    """
    closed = (
        select(_S.id).where(_S.alert_id == _A.id, _S.kind == "closed", _S.deleted == 0).exists()
    )
    query = _alerts().where(readable(reader), case_table.c.deleted == 0)
    if open_only:
        query = query.where(~closed)
    if event_id:
        query = query.where(_A.event_id == event_id)
    query = query.order_by(closed, by_urgency(_A.urgency), _A.seen_at.desc(), _A.id.desc())
    return _lines(conn, query.limit(limit))


def counted(
    conn: Connection, which: ColumnElement[bool]
) -> tuple[tuple[Alert, tuple[AlertStep, ...]], ...]:
    """The alerts of a condition on them and on ``case_file``, for counting only."""
    found = [_alert(row) for row in conn.execute(_alerts().where(which))]
    taken = _steps(conn, (alert.id for alert in found))
    return tuple((alert, taken.get(alert.id, ())) for alert in found)


def of_record(conn: Connection, record_id: str) -> Alert | None:
    """The alert that a form raised, or None."""
    lines = _lines(conn, _alerts().where(_A.record_id == record_id))
    return lines[0].alert if lines else None


# ---- writing


def put(write: Write, alert: Alert) -> None:
    """Keep an alert. It is a fact and cannot be changed."""
    fields: dict[str, Any] = {name: getattr(alert, name) for name in _FIELDS if name != "id"}
    for name in _MOMENTS:
        at = fields[name]
        fields[name] = str(instant(at)) if at else ""
    fields["problems"], fields["agencies"] = list(alert.problems), list(alert.agencies)
    write.put("alert", alert.id, scope_of(write.conn, alert.case_id), **fields)


def put_step(write: Write, step: AlertStep, case_id: str) -> None:
    """Add a step to the handling of an alert; its author is that of the transaction."""
    write.put(
        "alert_step",
        step.id,
        scope_of(write.conn, case_id),
        alert_id=step.alert_id,
        kind=step.kind,
        happened_at=str(instant(step.at)),
        whom=step.whom,
        note=step.note,
        noted_at=str(write.now()),
        noted_by=write.by,
    )
