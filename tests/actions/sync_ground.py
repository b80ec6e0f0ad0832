# SPDX-License-Identifier: Apache-2.0
"""What a centre would have brought: a household with two texts, a change that was put aside."""

from __future__ import annotations

import json
from typing import Any

from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.sync import notebook
from desktop.sync.ports import ScopeState
from desktop.sync.row import Row, Variant, Writer

TAMBON = "t:630609"
OURS = "ต้องการเตียงผู้ป่วยและเบาะลม ลูกสาวดูแลคนเดียว"
THEIRS = "ต้องการรถเข็นและเบาะลม ลูกชายดูแลคนเดียว"
OTHER = "11111111-1111-4111-8111-111111111111"
CENTRE = "https://sync.example.go.th"


def joined(store: Store, by: str) -> None:
    """This laptop has joined a centre, as far as its store knows."""
    from desktop.store import centre

    with store.write(by) as write:
        centre.join(
            write,
            {
                "centre": {"id": OTHER, "name": "ศูนย์จังหวัดตาก"},
                "office": {"id": "office-1", "name": "พมจ.ตาก"},
                "device": store.device,
            },
            CENTRE,
        )


def household(store: Store, by: str, needs: str = OURS, **fields: Any) -> str:
    """A household whose needs were written here."""
    made = new_id()
    with store.write(by) as write:
        write.put("household", made, TAMBON, area="630609", needs=needs, **fields)
        write.put(
            "member", new_id(), TAMBON, household_id=made, name="นางมะลิ แสงดาว", relation="head"
        )
    return made


def ops_of(store: Store, record_id: str) -> list[dict[str, Any]]:
    """The bodies of the ops of a record, in their order."""
    with store.read() as conn:
        rows = conn.exec_driver_sql(
            "SELECT body FROM op WHERE record_id = ? ORDER BY seq", (record_id,)
        )
        return [json.loads(row[0]) for row in rows]


def receive(store: Store, household_id: str, *texts: tuple[str, str], seq: int = 7) -> None:
    """The centre has what was written here, and beside it ``texts`` (field, value) that somebody
    wrote who had not seen it."""
    last = ops_of(store, household_id)[-1]
    with store.read() as conn:
        held = conn.exec_driver_sql(
            "SELECT area, needs, landmark, village FROM household WHERE id = ?", (household_id,)
        ).one()
    fields = dict(zip(("area", "needs", "landmark", "village"), held, strict=True))
    row = Row("household", household_id, seq + len(texts), False, fields)
    row.writers = {name: Writer(seq, store.device, last["hlc"], last["oid"]) for name in fields}
    row.variants = [
        Variant(
            field, value, f"oid-{field}-{number}", seq + number, OTHER, "facilitator-9",
            "2026-11-19T10:00:00+07:00[+07:00]",
        )
        for number, (field, value) in enumerate(texts, start=1)
    ]  # fmt: skip
    with notebook(store).transaction() as change:
        for stream in change.streams(TAMBON):
            ops = change.ops(TAMBON, stream.device, 1, 1000)
            change.place(TAMBON, stream.device, {one.n: one.n for one in ops})
            change.keep_acked(TAMBON, stream.device, stream.last)
        change.keep_scope(ScopeState(TAMBON, row.seq, row.seq, granted=True))
        change.keep_received(TAMBON, [row])
        change.show(TAMBON, [row])


def set_aside(store: Store, record_id: str, reason: str = "forbidden") -> None:
    """The centre put the last change of a record aside."""
    with store.read() as conn:
        scope, device, n = conn.exec_driver_sql(
            "SELECT scope, device, n FROM op WHERE record_id = ? ORDER BY seq DESC", (record_id,)
        ).first()
    with notebook(store).transaction() as change:
        change.place(scope, device, {n: -5})
        change.keep_acked(scope, device, n)
        change.note(scope, device, n, "quarantined", reason)


def shown(store: Store, household_id: str, field: str = "needs") -> str:
    """The text that stands in the record."""
    with store.read() as conn:
        return str(
            conn.exec_driver_sql(
                f'SELECT "{field}" FROM household WHERE id = ?', (household_id,)
            ).scalar()
        )
