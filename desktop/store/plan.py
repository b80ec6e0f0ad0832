# SPDX-License-Identifier: Apache-2.0
"""What was decided of an event's certificates, and what is noted of single recipients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from desktop.model.certificate import Signer
from desktop.model.plan import WORDS, Plan
from desktop.store.event import event_scope
from desktop.store.ids import natural_id
from desktop.store.tables.template import certificate_field, certificate_plan
from desktop.store.write import Write


def plan(conn: Connection, event_id: str, kind: str) -> Plan:
    """The plan of an event's certificates of a kind; one that is as usual if nobody made one."""
    t = certificate_plan.c
    row = conn.execute(
        select(certificate_plan).where(
            t.event_id == event_id, t.kind == kind, t.deleted == 0
        ).order_by(t.id).limit(1)
    ).first()  # fmt: skip
    return Plan(event_id, kind) if row is None else _plan(row)


def plans(conn: Connection) -> tuple[Plan, ...]:
    """Every plan that somebody made."""
    t = certificate_plan.c
    rows = conn.execute(select(certificate_plan).where(t.deleted == 0).order_by(t.id))
    return tuple(_plan(row) for row in rows)


def _plan(row: Any) -> Plan:
    return Plan(
        event_id=row.event_id,
        kind=row.kind,
        template=row.template,
        language="en" if row.language == "en" else "th",
        document_word=row.document_word,
        opening=row.opening,
        deed=row.deed,
        subject=row.subject,
        when_where=row.when_where,
        wish=row.wish,
        given=row.given,
        issuers=tuple(str(one) for one in row.issuers or ()),
        signatories=tuple(
            Signer(str(one.get("name", "")), str(one.get("position", "")))
            for one in row.signatories or ()
            if isinstance(one, dict)
        ),
        proof=bool(row.proof),
        pictures=dict(row.pictures) if isinstance(row.pictures, dict) else {},
    )


def put_plan(write: Write, one: Plan) -> None:
    """Keep a plan; there is one of each kind at an event."""
    words = {name: getattr(one, name) for name in WORDS}
    signers = [{"name": who.name, "position": who.position} for who in one.signatories]
    write.put(
        "certificate_plan",
        natural_id("certificate_plan", one.event_id, one.kind),
        event_scope(one.event_id),
        event_id=one.event_id,
        kind=one.kind,
        template=one.template,
        language=one.language,
        issuers=list(one.issuers) or None,
        signatories=signers or None,
        proof=one.proof,
        pictures=dict(one.pictures) or None,
        **words,
    )


def fields(conn: Connection, event_id: str) -> dict[str, dict[str, str]]:
    """What is noted of the recipients of an event, by enrolment or award and by name."""
    t = certificate_field.c
    rows = conn.execute(
        select(t.holder_id, t.name, t.value).where(
            t.event_id == event_id, t.deleted == 0, t.value != ""
        )
    )
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        found[row.holder_id][row.name] = row.value
    return dict(found)


def put_fields(write: Write, event_id: str, noted: Mapping[str, Mapping[str, str]]) -> None:
    """Note values of recipients; an empty one takes it away again, others stay as they are."""
    before = fields(write.conn, event_id)
    told = []
    for holder_id, values in noted.items():
        for name, value in values.items():
            record_id = natural_id("certificate_field", holder_id, name)
            said = {"event_id": event_id, "holder_id": holder_id, "name": name, "value": value}
            if value:
                told.append((record_id, event_scope(event_id), said))
            elif name in before.get(holder_id, {}):
                write.delete("certificate_field", record_id)
    write.put_many("certificate_field", told)
