# SPDX-License-Identifier: Apache-2.0
"""A store as it looks after weeks with a centre, for pictures of the page of sending."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.store import centre
from desktop.store.store import Store
from desktop.store.sync import notebook
from desktop.sync.ports import ScopeState
from desktop.sync.row import Row, Variant, Writer

_OURS = "ต้องการเตียงผู้ป่วยและเบาะลม ลูกสาวดูแลคนเดียว หลังคารั่วสองจุด"
_THEIRS = "ต้องการรถเข็นและเบาะลม ลูกชายดูแลคนเดียว ขาดรายได้ตั้งแต่เดือนก่อน"
_ELSEWHERE = "11111111-1111-4111-8111-111111111111"


def synced(store: Store, by: str, now: datetime) -> None:
    """Joined; all but the last changes of two areas are received, most of them confirmed."""
    utc = (now - timedelta(minutes=3)).astimezone().isoformat(timespec="milliseconds")
    with store.write(by) as write:
        told = {
            "centre": {"id": _ELSEWHERE, "name": "ศูนย์ข้อมูลจังหวัดตาก"},
            "office": {"id": "office-tak", "name": "พมจ.ตาก"},
            "device": store.device,
        }
        centre.join(write, told, "https://sync.example.go.th")
        centre.contact(write, utc, 2.0)
    with notebook(store).transaction() as change:
        for place, state in enumerate(change.scopes()):
            for stream in change.streams(state.scope):
                acked = max(0, stream.last - (5 if place < 2 else 0))
                ops = change.ops(state.scope, stream.device, 1, acked)
                change.place(state.scope, stream.device, {one.n: one.n for one in ops})
                change.keep_acked(state.scope, stream.device, acked)
                digest = (0x9E3779B97F4A7C15 * (place + 7)) % 2**64
                head = acked + (18 if place == 3 else 0)
                change.keep_scope(
                    ScopeState(
                        state.scope, acked, head, acked * 3 // 4,
                        None if place == 3 else digest, "" if place == 3 else utc, True,
                    )
                )  # fmt: skip


def with_questions(store: Store, by: str, now: datetime) -> None:
    """Besides, two households have two texts, and the centre put two changes aside."""
    at = f"{(now - timedelta(days=1)).isoformat(timespec='milliseconds')}[+07:00]"
    with store.read() as conn:
        houses = conn.exec_driver_sql(
            "SELECT h.id, h.scope FROM household h JOIN member m ON m.household_id = h.id "
            "WHERE m.name <> '' GROUP BY h.id ORDER BY h.id LIMIT 2"
        ).fetchall()
        aside = conn.exec_driver_sql(
            "SELECT scope, device, n FROM op WHERE kind IN ('household', 'referral') "
            "ORDER BY seq DESC LIMIT 2"
        ).fetchall()
    with store.write(by) as write:
        for house, scope in houses:
            write.put("household", house, scope, needs=_OURS)
    for house, scope in houses:
        with store.read() as conn:
            row = conn.exec_driver_sql("SELECT * FROM household WHERE id = ?", (house,))
            held = dict(row.mappings().one())
        kept = ("area", "village", "landmark", "house_no", "moo", "needs")
        fields = {name: held[name] for name in kept}
        writers = {name: Writer(10**6) for name in fields}
        found = Row("household", house, 10**6 + 1, False, fields, writers)
        found.variants = [
            Variant("needs", _THEIRS, f"oid-{house}", 10**6 + 1, _ELSEWHERE, "elsewhere", at)
        ]
        with notebook(store).transaction() as change:
            change.keep_received(scope, [found])
            change.show(scope, [found])
    with notebook(store).transaction() as change:
        for (scope, device, n), reason in zip(aside, ("forbidden", "frozen"), strict=True):
            change.place(scope, device, {n: -n})
            change.note(scope, device, n, "quarantined", reason)
