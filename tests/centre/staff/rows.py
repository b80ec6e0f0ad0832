# SPDX-License-Identifier: Apache-2.0
"""Rows as laptops leave them at a centre: an office with two laptops, an event with marks, home
visits, a household with two texts, changes in quarantine, certificates.

People are invented; ``HOSTILE`` is a name as somebody would type it who wants the page to break.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert

from desktop.centre import account, audit, device, schema
from desktop.centre.database import Database, stamp
from desktop.centre.record import packed
from desktop.sync.row import Row, Variant, Writer

HOSTILE = '<script>alert("1")</script>&\'"><img src=x onerror=alert(1)>'
OFFICE = "01930000-0000-7000-8000-000000000001"
EVENT = "01930000-0000-7000-8000-0000000000e1"
LAPTOP, SILENT = "01930000-0000-7000-8000-0000000000d1", "01930000-0000-7000-8000-0000000000d2"
THIDA, MANEE = "01930000-0000-7000-8000-0000000000a1", "01930000-0000-7000-8000-0000000000a2"
HOUSEHOLD = "01930000-0000-7000-8000-0000000000f1"
PLACE, WORKSHOP, OWN = "t:630101", f"w:{EVENT}", f"o:{OFFICE}"
NAMES = ("นางสาวกุลธิดา ศรีสวัสดิ์วงศ์", "นายกุลพงษ์ ใจดี", "นางปิ่นแก้ว ผู้ใหญ่", "นายอุ๊ย ณ น่าน")
TEXT_ONE = "หลังคารั่วหลายจุด ต้องการสังกะสีสิบแผ่น"
TEXT_TWO = "ผู้ป่วยติดเตียงต้องการที่นอนลม"
SECRET = "ถูกทำร้ายร่างกายโดยคนใกล้ชิด"


class Filling:
    """Writes rows and the ops they come from."""

    def __init__(self, conn: Connection, database: Database) -> None:
        self.conn, self.database = conn, database
        self.heads: dict[str, int] = {}
        self.ns: dict[tuple[str, str], int] = {}

    def op(self, scope: str, kind: str, row_id: str, said: dict[str, Any], *, by: str = THIDA,
           on: str = LAPTOP, reason: str = "", at: str = "") -> int:  # fmt: skip
        """One op of the log; returns its number."""
        seq = self.heads[scope] = self.heads.get(scope, 0) + 1
        n = self.ns[scope, on] = self.ns.get((scope, on), 0) + 1
        oid = f"{scope}-{on[-2:]}-{n}"
        body = {"oid": oid, "kind": kind, "id": row_id, "base": 0, "ep": 1, "hlc": "", "set": said}
        self.conn.execute(insert(schema.op).values(
            scope=scope, seq=seq, device=on, n=n, oid=oid, kind=kind, id=row_id, by=by,
            at=at or "2026-11-19T10:00:00+07:00", received_at=at or self.database.stamp(),
            quarantined=reason, body=body,
        ))  # fmt: skip
        return seq

    def row(self, scope: str, noun: str, row_id: str, variants: tuple[Variant, ...] = (), /,
            **fields: Any) -> None:  # fmt: skip
        """One record, and the op that made it."""
        seq = self.op(scope, noun, row_id, fields)
        writer = Writer(seq, LAPTOP, "", f"{scope}-{seq}")
        row = Row(noun, row_id, seq, False, fields, dict.fromkeys(fields, writer), list(variants))
        kept = packed(row)._asdict()
        # As the driver takes them: the column writes what it is given as JSON.
        kept |= {name: json.loads(kept[name]) for name in ("fields", "writers", "variants")}
        self.conn.execute(insert(schema.rec).values(scope=scope, **kept))

    def done(self) -> None:
        """The heads of the scopes."""
        for scope, head in self.heads.items():
            self.conn.execute(insert(schema.scope).values(
                scope=scope, head=head, durable=head // 2,
                owner=OFFICE if scope.startswith("w:") else "",
            ))  # fmt: skip


def fill(conn: Connection, database: Database) -> None:
    """Everything."""
    office = account.Office(OFFICE, "สำนักงาน พมจ. ตาก", "63")
    account.keep_office(conn, database, office)
    for id_, name, role, areas in (
        (THIDA, "ธิดา ศรีสุข", "facilitator", ("6301", "630202")),
        (MANEE, f"มานี {HOSTILE}", "supervisor", ("",)),
    ):
        account.keep_account(conn, database, account.Account(id_, OFFICE, name, role, areas))
    for id_, name, people in ((LAPTOP, "โน้ตบุ๊ก ตาก 1", [THIDA, MANEE]), (SILENT, HOSTILE, [MANEE])):
        device.keep_device(
            conn, database, device.Device(id_, OFFICE, name, id_[-2:].encode() * 16, b"x" * 32),
            people,
        )  # fmt: skip
    now = database.now()
    device.heard(
        conn, database, LAPTOP,
        device.Heard(now=now.isoformat(), waiting=12, photos=3, app="0.4.0"),
    )  # fmt: skip
    device.heard(
        conn, database, SILENT,
        device.Heard(now=(now + timedelta(days=200)).isoformat(), waiting=1240, app="0.3.1"),
    )  # fmt: skip
    conn.execute(
        schema.device.update().where(schema.device.c.id == SILENT)
        .values(last_contact=stamp(now - timedelta(days=33)))
    )  # fmt: skip
    filling = Filling(conn, database)
    _event(filling)
    _visits(filling)
    for reason in ("forbidden", "author", "frozen", "malformed", "closed"):
        filling.op(PLACE, "visit", f"v-{reason}", {"needs": SECRET}, by=MANEE, on=SILENT,
                   reason=reason)  # fmt: skip
    filling.done()
    conn.execute(insert(schema.backup).values(
        name="2026-11-19.age", epoch=1, made_at=stamp(now - timedelta(hours=20)),
        verified_at=stamp(now - timedelta(hours=19)), size=48_120_331, ops=20,
    ))  # fmt: skip
    audit.note(conn, database, [audit.Note("pull", "scope", PLACE, "7")], by=THIDA, device=LAPTOP)


def _event(filling: Filling) -> None:
    filling.row(
        WORKSHOP, "event", EVENT, code="990101", name="อบรม อพม. รุ่นที่ 3", kind="training",
        batch="รุ่นที่ 3", date_from="2026-11-10", date_to="2026-11-12", venue_area="630101",
        areas=["63"],
    )  # fmt: skip
    for place, name in enumerate(NAMES):
        title, first, last = "", *name.split(" ", 1)
        filling.row(
            OWN, "person", f"p{place}", title=title, first=first, last=last,
            area="630101" if place else "500101", phone="0810000000",
        )  # fmt: skip
        filling.row(
            WORKSHOP, "enrolment", f"e{place}", event_id=EVENT, person_id=f"p{place}",
            area="630101" if place else "500101", status="enrolled", seat=place + 1,
        )  # fmt: skip

    def mark(id_: str, who: int, kind: str, cancels: str = "") -> None:
        filling.row(
            WORKSHOP, "mark", id_, event_id=EVENT, enrolment_id=f"e{who}", session_id="s",
            mark_scope="half", kind=kind, minute=540, cancels=cancels,
        )  # fmt: skip

    mark("m1", 0, "in")
    mark("m2", 1, "in")
    mark("m3", 1, "cancel", "m2")  # taken back: did not come
    mark("m4", 2, "present")
    mark("m5", 2, "cancel", "m4")
    mark("m6", 2, "cancel", "m5")  # the taking back was taken back: came
    mark("m7", 3, "absent")
    for number, status in enumerate(("handed", "void", "replaced", "unused"), 12):
        fields = {
            "event_id": EVENT, "office_id": OFFICE, "kind": "completion", "year": 2569,
            "number": number, "number_text": f"{number}/2569", "status": status,
            "issue_date": "2026-11-12", "wording": {
                "recipient": NAMES[0], "deed": "ผ่านการอบรม", "subject": "อบรม อพม. รุ่นที่ 3",
                "when_where": "ระหว่างวันที่ 10–12 พฤศจิกายน 2569 ณ จังหวัดตาก",
                "given": "ให้ไว้ ณ วันที่ 12 พฤศจิกายน พ.ศ. 2569",
                "issuer": ["สำนักงาน พมจ. ตาก"], "signers": [],
            },
        }  # fmt: skip
        filling.row(WORKSHOP, "certificate", f"c{number}", **fields)
        filling.conn.execute(insert(schema.certificate).values(
            scope=WORKSHOP, id=f"c{number}", office=OFFICE, kind="completion", year=2569,
            number=number, status=status,
        ))  # fmt: skip


def _visits(filling: Filling) -> None:
    seq = filling.op(PLACE, "household", HOUSEHOLD, {"needs": TEXT_TWO}, by=MANEE, on=SILENT)
    filling.row(
        PLACE, "household", HOUSEHOLD,
        (
            Variant(
                "needs", TEXT_TWO, f"{PLACE}-d2-1", seq, SILENT, MANEE,
                "2026-11-05T09:30:00+07:00",
            ),
        ),
        area="630101", needs=TEXT_ONE, village=HOSTILE,
    )  # fmt: skip
    filling.row(PLACE, "member", "mb1", household_id=HOUSEHOLD, name=f"=ยายมา {HOSTILE}")
    for id_, day, met, amends in (
        ("v1", "2026-11-05", "met", ""), ("v2", "2026-11-06", "not_met", ""),
        ("v3", "2026-11-06", "met", "v2"), ("v4", "2026-10-02", "proxy", ""),
        ("v5", "2026-09-30", "met", ""),
    ):  # fmt: skip
        filling.row(
            PLACE, "visit", id_, household_id=HOUSEHOLD, visited_on=day, area="630101", met=met,
            amends=amends, event_id=EVENT if id_ == "v1" else "", needs=TEXT_ONE,
        )  # fmt: skip
