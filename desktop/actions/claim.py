# SPDX-License-Identifier: Apache-2.0
"""What participants are paid: amounts typed or filled down, and paid on a day.

Once paid, an amount stays: it stands on a receipt that was signed. Whoever must change it takes
the payment back first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.actions.done import Done, finished
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.attendance import CAME, presences
from desktop.model.claim import CLAIM_KINDS, MOST, Claim, ClaimKind, ClaimPlan, by_kind, total
from desktop.model.event import Event
from desktop.model.roster import RosterRow
from desktop.store import attendance, roster
from desktop.store import claim as kept
from desktop.store import event as events
from desktop.store.store import Store
from desktop.thai.baht import baht_figures
from desktop.thai.normalise import normalise, normalise_name

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.store.write import Write


class ClaimProblem(Problem):
    """This amount cannot be kept as written."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One person with what she is paid, and on how many days she came."""

    row: RosterRow
    days: int
    claims: Mapping[ClaimKind, Claim]

    @property
    def enrolment_id(self) -> str:
        return self.row.enrolment_id

    @property
    def total(self) -> int:
        """Satang."""
        return total(self.claims.values())

    @property
    def paid(self) -> bool:
        """Whether something was paid, so that the amounts stay as they are."""
        return any(one.paid_on is not None for one in self.claims.values())

    @property
    def paid_on(self) -> date | None:
        """The day everything was paid; None while something is not, or nothing is claimed."""
        days = {one.paid_on for one in self.claims.values()}
        found = {day for day in days if day is not None}
        return max(found) if found and None not in days else None


@dataclass(frozen=True, slots=True)
class ClaimList:
    """Everybody at an event who may be paid, in the order of the roster."""

    event: Event
    plan: ClaimPlan
    rows: tuple[ClaimRow, ...]

    @property
    def sums(self) -> dict[ClaimKind, int]:
        """The sum of each kind, in satang."""
        return by_kind(one for row in self.rows for one in row.claims.values())

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


def claim_list(store: Store, event_id: str) -> ClaimList:
    """Who is paid what at an event. ``LookupError`` when there is no such event."""
    with store.read() as conn:
        return claims_in(conn, event_id)


def claims_in(conn: Connection, event_id: str) -> ClaimList:
    """The same inside a transaction.

    Whoever was withdrawn is listed only while something is claimed for her.
    """
    found = kept.claims(conn, event_id)
    came = days_came(conn, event_id)
    rows = tuple(
        ClaimRow(row, came.get(row.enrolment_id, 0), found.get(row.enrolment_id, {}))
        for row in roster.roster(conn, event_id)
        if row.expected or row.enrolment_id in found
    )
    return ClaimList(events.event(conn, event_id), kept.plan(conn, event_id), rows)


def days_came(conn: Connection, event_id: str) -> dict[str, int]:
    """On how many days each person was there, by enrolment; who never came is not in it."""
    event = events.event(conn, event_id)
    sessions = events.sessions(conn, event_id)
    days = {session.id: session.day_no for session in sessions}
    came = {
        enrolment_id: len(
            {
                days[session_id]
                for session_id, one in presences(theirs, sessions, event.late_after).items()
                if one.state in CAME
            }
        )
        for enrolment_id, theirs in attendance.marks(conn, event_id).items()
    }
    return {enrolment_id: count for enrolment_id, count in came.items() if count}


def set_plan(store: Store, by: str, plan: ClaimPlan) -> Done:
    """Keep the usual amounts of an event and who pays. Raises :class:`ClaimProblem`."""
    for usual in plan.usual.values():
        _demand(usual.satang)
    spelt = replace(
        plan,
        usual={kind: plan.usual[kind] for kind in CLAIM_KINDS if kind in plan.usual},
        payer=normalise_name(plan.payer),
        payer_position=normalise(plan.payer_position),
    )
    with store.write(by) as write:
        events.event(write.conn, plan.event_id)
        kept.put_plan(write, spelt)
    return finished(write, spelt)


Change = tuple[str, ClaimKind, int | None]
"""An enrolment, a kind, and satang; None or nought: nothing of this kind is claimed."""


def set_amounts(store: Store, by: str, event_id: str, changes: Sequence[Change]) -> Done:
    """Type amounts into the list. Raises :class:`ClaimProblem` for one that was paid already."""
    with store.write(by) as write:
        found = kept.claims(write.conn, event_id)
        known = roster.rows(write.conn, (change[0] for change in changes))
        fresh = []
        for enrolment_id, kind, satang in changes:
            row = known.get(enrolment_id)
            if row is None:
                raise ClaimProblem(_("This person is no longer on the roster. Look again."))
            before = found.get(enrolment_id, {}).get(kind)
            if before is not None and before.amount == satang:
                continue
            _demand_open(found.get(enrolment_id, {}).values(), row)
            if satang:
                fresh.append(_claim(event_id, enrolment_id, kind, _demand(satang), before))
            elif before is not None:
                kept.delete_claim(write, before.id)
        kept.put_claims(write, fresh)
    return finished(write)


def set_detail(
    store: Store, by: str, event_id: str, enrolment_id: str, kind: ClaimKind, detail: str
) -> Done:
    """Say what an amount is for. Raises :class:`ClaimProblem` when nothing is claimed."""
    with store.write(by) as write:
        theirs = kept.claims(write.conn, event_id).get(enrolment_id, {})
        if kind not in theirs:
            raise ClaimProblem(_("Type the amount first, then what it is for."))
        _demand_open(theirs.values(), roster.row(write.conn, enrolment_id))
        kept.put_claims(write, [replace(theirs[kind], detail=normalise(detail))])
    return finished(write)


def fill_usual(
    store: Store,
    by: str,
    event_id: str,
    kinds: Collection[ClaimKind] = CLAIM_KINDS,
    only: Collection[str] | None = None,
) -> Done:
    """Give the usual amounts to everybody who came; the value is how many people got some.

    Amounts that stand already are left as they are, and so is whoever was paid. ``only`` are
    the enrolments to fill; None means all. Raises :class:`ClaimProblem` when no usual amount
    is known, or nobody came.
    """
    with store.write(by) as write:
        held = claims_in(write.conn, event_id)
        usual = {kind: held.plan.usual[kind] for kind in kinds if kind in held.plan.usual}
        if not usual:
            raise ClaimProblem(_("Type the usual amounts first."))
        asked = [row for row in held.rows if only is None or row.enrolment_id in only]
        if not any(row.days for row in asked):
            raise ClaimProblem(
                _("Nobody has been checked in yet. The usual amounts go to those who came.")
            )
        fresh = [
            _claim(event_id, row.enrolment_id, kind, _demand(each.due(row.days)), None)
            for row in asked
            if row.days and row.row.expected and not _paid(row.claims.values())
            for kind, each in usual.items()
            if kind not in row.claims and each.due(row.days)
        ]
        kept.put_claims(write, fresh)
    return finished(write, len({one.enrolment_id for one in fresh}))


def mark_paid(
    store: Store, by: str, event_id: str, enrolment_ids: Collection[str], on: date | None
) -> Done:
    """These people were paid on a day, or (None) not yet after all; the value is how many."""
    with store.write(by) as write:
        found = kept.claims(write.conn, event_id)
        paid = [
            replace(one, paid_on=on)
            for enrolment_id in dict.fromkeys(enrolment_ids)
            for one in found.get(enrolment_id, {}).values()
            if one.paid_on != on
        ]
        kept.put_claims(write, paid)
        if paid:
            _note(write, event_id, len(paid))
    return finished(write, len({one.enrolment_id for one in paid}))


def _note(write: Write, event_id: str, count: int) -> None:
    write.audit("pay", "claim", event_id, str(count))


def _claim(
    event_id: str, enrolment_id: str, kind: ClaimKind, satang: int, before: Claim | None
) -> Claim:
    if before is not None:
        return replace(before, amount=satang)
    return Claim(kept.claim_id(enrolment_id, kind), event_id, enrolment_id, kind, satang)


def _demand(satang: int) -> int:
    if not 0 <= satang <= MOST:
        raise ClaimProblem(
            _("An amount is between 0 and {most} baht. Look at it again.").format(
                most=baht_figures(MOST)
            )
        )
    return satang


def _paid(theirs: Iterable[Claim]) -> bool:
    return any(one.paid_on is not None for one in theirs)


def _demand_open(theirs: Iterable[Claim], row: RosterRow) -> None:
    if _paid(theirs):
        raise ClaimProblem(
            _(
                "{name} has been paid and has signed for it. Take the payment back before the "
                "amount is changed."
            ).format(name=row.name)
        )
