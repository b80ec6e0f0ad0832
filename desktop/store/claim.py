# SPDX-License-Identifier: Apache-2.0
"""What participants are paid, in and out of the store.

A claim is ``natural_id("claim", enrolment, kind)``: two laptops that type the same person's fare
type the same claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, case, select

from desktop.model.claim import CLAIM_KINDS, Claim, ClaimKind, ClaimPlan, Usual
from desktop.store.event import event_scope
from desktop.store.ids import natural_id
from desktop.store.tables.claim import claim as claim_table
from desktop.store.tables.claim import claim_plan as plan_table
from desktop.store.write import Write


def claim_id(enrolment_id: str, kind: ClaimKind) -> str:
    """The id of this person's claim of a kind, the same on every laptop."""
    return natural_id("claim", enrolment_id, kind)


def claims(conn: Connection, event_id: str) -> dict[str, dict[ClaimKind, Claim]]:
    """Every claim of an event, by enrolment and kind; kinds of a later version are left out."""
    t = claim_table.c
    # Of two laptops one may have paid what the other changed: the receipt is signed.
    amount = case(((t.paid_on != "") & (t.paid > 0), t.paid), else_=t.amount)
    query = select(t.id, t.event_id, t.enrolment_id, t.kind, amount, t.detail, t.paid_on).where(
        t.event_id == event_id, t.deleted == 0, t.kind.in_(CLAIM_KINDS)
    )
    found: dict[str, dict[ClaimKind, Claim]] = {}
    for row in conn.execute(query):
        paid = date.fromisoformat(row.paid_on) if row.paid_on else None
        one = Claim(*row[:6], paid)
        found.setdefault(one.enrolment_id, {})[one.kind] = one
    return found


def put_claims(write: Write, some: Sequence[Claim]) -> None:
    """Keep claims, most of them new."""
    write.put_many("claim", [(one.id, event_scope(one.event_id), _fields(one)) for one in some])


def _fields(one: Claim) -> dict[str, Any]:
    return {
        "event_id": one.event_id,
        "enrolment_id": one.enrolment_id,
        "kind": one.kind,
        "amount": one.amount,
        "detail": one.detail,
        "paid_on": one.paid_on.isoformat() if one.paid_on else "",
        "paid": one.amount if one.paid_on else 0,
    }


def delete_claim(write: Write, claim_id: str) -> None:
    """This person claims nothing of the kind."""
    write.delete("claim", claim_id)


def plan(conn: Connection, event_id: str) -> ClaimPlan:
    """What is usually paid at an event; nothing yet when nobody said."""
    t = plan_table.c
    query = select(t.usual, t.payer, t.payer_position).where(
        t.event_id == event_id, t.deleted == 0
    )
    row = conn.execute(query.order_by(t.id).limit(1)).first()
    if row is None:
        return ClaimPlan(event_id)
    said = row.usual or {}
    usual = {
        kind: Usual(int(said[kind]["satang"]), bool(said[kind].get("daily")))
        for kind in CLAIM_KINDS
        if kind in said
    }
    return ClaimPlan(event_id, usual, row.payer, row.payer_position)


def put_plan(write: Write, one: ClaimPlan) -> None:
    """Keep what is usually paid at an event."""
    write.put(
        "claim_plan",
        natural_id("claim_plan", one.event_id),
        event_scope(one.event_id),
        event_id=one.event_id,
        usual={
            kind: {"satang": each.satang, "daily": each.daily} for kind, each in one.usual.items()
        },
        payer=one.payer,
        payer_position=one.payer_position,
    )
