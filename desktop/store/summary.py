# SPDX-License-Identifier: Apache-2.0
"""What summaries count. Restricted cases are counted like all others and never named.

So nothing here takes a reader, and nothing gives an id, a number or a name away.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from desktop.model.alert import response
from desktop.model.assistance import State
from desktop.model.follow_up import WEEK
from desktop.model.referral import standing
from desktop.model.summary import (
    ActivityTotals,
    AidTotal,
    AlertTotals,
    CaseFact,
    FollowUpTotals,
    ReferralTotals,
    RoleTotal,
    Span,
    median,
)
from desktop.store import activity as activity_store
from desktop.store import alert as alert_store
from desktop.store import referral as referral_store
from desktop.store.codelist import codes
from desktop.store.tables.alert import alert as alert_table
from desktop.store.tables.assistance import assistance as assistance_table
from desktop.store.tables.case_file import case_file as case_table
from desktop.store.tables.follow_up import follow_up as follow_up_table
from desktop.store.tables.referral import referral as referral_table
from desktop.store.tables.visit import visit as visit_table

_C: Final = case_table.c
_V: Final = visit_table.c


def _within(column: ColumnElement[Any], span: Span) -> list[ColumnElement[bool]]:
    """The days of a span, on a column of ISO dates."""
    found: list[ColumnElement[bool]] = []
    if span.since is not None:
        found.append(column >= span.since.isoformat())
    if span.until is not None:
        found.append(column <= span.until.isoformat())
    return found


def _standing_visits() -> Select[Any]:
    newer = visit_table.alias()
    corrected = select(newer.c.id).where(newer.c.amends == _V.id, newer.c.deleted == 0).exists()
    return (
        select(_V.case_id, func.count().label("visits"))
        .where(_V.deleted == 0, ~corrected)
        .group_by(_V.case_id)
    )


def visits(conn: Connection, span: Span) -> int:
    """Home visits, a corrected one counted once; also those that belong to no case."""
    counted = _standing_visits().where(*_within(_V.visited_on, span))
    if span.event_id:
        counted = counted.where(_V.event_id == span.event_id)
    if span.area:
        counted = counted.where(_V.area.startswith(span.area, autoescape=True))
    return sum(row.visits for row in conn.execute(counted))


def cases(conn: Connection, span: Span, *, visited: bool = True) -> tuple[CaseFact, ...]:
    """Facts of cases for :func:`desktop.model.summary.table`.

    With ``visited`` those that had a home visit in the span, at the event when one is named:
    the report of home visits. Without it every case opened in the span, also those that only an
    alert opened.
    """
    within = _standing_visits().where(*_within(_V.visited_on, span))
    if span.event_id:
        within = within.where(_V.event_id == span.event_id)
    seen = within.subquery()
    query = (
        select(
            _C.main_problem, _C.main_target, _C.problems, _C.targets, _C.area,
            func.coalesce(seen.c.visits, 0),
        )
        .select_from(case_table.join(seen, seen.c.case_id == _C.id, isouter=not visited))
        .where(_C.deleted == 0)
        .order_by(_C.id)
    )  # fmt: skip
    if span.area:
        query = query.where(_C.area.startswith(span.area, autoescape=True))
    if not visited:
        query = query.where(*_within(_C.opened_on, span))
        if span.event_id:
            query = query.where(or_(_C.event_id == span.event_id, seen.c.visits.is_not(None)))
    return tuple(
        CaseFact(row[0], row[1], frozenset(row[2]), frozenset(row[3]), row[4], row[5])
        for row in conn.execute(query)
    )


def _of_case(span: Span) -> ColumnElement[bool]:
    """The condition on ``case_file`` for what hangs on cases of a place or an event."""
    found: list[ColumnElement[bool]] = [_C.deleted == 0]
    if span.area:
        found.append(_C.area.startswith(span.area, autoescape=True))
    if span.event_id:
        at = select(_V.case_id).where(_V.event_id == span.event_id, _V.deleted == 0)
        found.append(or_(_C.event_id == span.event_id, _C.id.in_(at)))
    return and_(*found)


def assistance(conn: Connection, span: Span) -> tuple[AidTotal, ...]:
    """Assistance by kind, fund and state; the span is of the day it came to its state."""
    t = assistance_table.c
    rows = conn.execute(
        select(t.kind, t.fund, t.state, func.count(), func.coalesce(func.sum(t.amount), 0))
        .select_from(assistance_table.join(case_table, _C.id == t.case_id))
        .where(t.deleted == 0, _of_case(span), *_within(t.state_on, span))
        .group_by(t.kind, t.fund, t.state)
    )
    order = {one.code: place for place, one in enumerate(codes("aid_kind"))}
    totals = (AidTotal(row[0], row[1], cast(State, row[2]), row[3], row[4]) for row in rows)
    return tuple(
        sorted(totals, key=lambda one: (order.get(one.kind, len(order)), one.fund, one.state))
    )


def referrals(conn: Connection, span: Span, today: date) -> ReferralTotals:
    """Letters by how they stand ``today``; the span is of the day they were written."""
    rows = referral_store.counted(
        conn, and_(_of_case(span), *_within(referral_table.c.written_on, span))
    )
    found: Counter[str] = Counter(standing(one, today) for one in rows)
    return ReferralTotals(**found)


def follow_ups(conn: Connection, span: Span, today: date) -> FollowUpTotals:
    """Follow-ups by when they fall due; the span is of the day they are due."""
    t = follow_up_table.c
    rows = conn.execute(
        select(t.due, t.done_at, _C.status)
        .select_from(follow_up_table.join(case_table, _C.id == t.case_id))
        .where(t.deleted == 0, _of_case(span), *_within(t.due, span))
    )
    found: Counter[str] = Counter()
    for due, done_at, status in rows:
        days = (date.fromisoformat(due) - today).days
        if done_at:
            found["done"] += 1
        elif status != "closed":
            found[
                "overdue" if days < 0 else "today" if not days else
                "week" if days <= WEEK else "later"
            ] += 1  # fmt: skip
    return FollowUpTotals(**found)


def alerts(conn: Connection, span: Span) -> AlertTotals:
    """Alerts and the times of their handling; the span is of the day they were seen."""
    t = alert_table.c
    wanted = [_C.deleted == 0]
    if span.area:
        wanted.append(t.area.startswith(span.area, autoescape=True))
    if span.event_id:
        wanted.append(t.event_id == span.event_id)
    # The column holds UTC; the day of an alert is that of the place where it was seen.
    found = [
        (alert, steps)
        for alert, steps in alert_store.counted(conn, and_(*wanted))
        if (span.since is None or alert.seen_at.date() >= span.since)
        and (span.until is None or alert.seen_at.date() <= span.until)
    ]
    problems: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    for alert, _steps in found:
        problems.update(alert.problems)
        sources[alert.source] += 1
    answers = [response(alert, steps) for alert, steps in found]
    return AlertTotals(
        count=len(found),
        critical=sum(alert.urgency == "critical" for alert, _steps in found),
        open=sum(all(step.kind != "closed" for step in steps) for _alert, steps in found),
        by_source=dict(sources),
        by_problem=dict(problems),
        told=median(one.told for one in answers),
        first=median(one.first for one in answers),
    )


def activities(conn: Connection, span: Span) -> ActivityTotals:
    """Activities by the four roles; every role is there, also one nobody took."""
    found = activity_store.activities(
        conn, event_id=span.event_id, since=span.since, until=span.until, area=span.area
    )
    return ActivityTotals(
        activities=len(found),
        children=sum(one.children for one in found),
        youth=sum(one.youth for one in found),
        volunteers=sum(one.volunteers for one in found),
        network=sum(one.network for one in found),
        roles=tuple(
            RoleTotal(
                role.code,
                sum(role.code in one.noi_roles for one in found),
                sum(one.people for one in found if role.code in one.noi_roles),
            )
            for role in codes("noi_role")
        ),
    )
