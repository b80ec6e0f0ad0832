# SPDX-License-Identifier: Apache-2.0
"""A small town for the tests of the centre: a clock that can be set, two offices, laptops."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.centre.account import Account, Office, keep_account, keep_office
from desktop.centre.database import Database
from desktop.centre.device import Device, keep_device
from desktop.model.chain import START, link
from desktop.sync.ports import Kept, Ledger
from desktop.sync.protocol import Op
from desktop.sync.row import Row, Writer


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)


def settle(database: Database) -> None:
    """Mae Hong Son with Dok and Champa, Lampang with Mali; a laptop for each office."""
    with database.write() as conn:
        for office in (Office("mhs", "พมจ.แม่ฮ่องสอน", "58"), Office("lpg", "พมจ.ลำปาง", "52")):
            keep_office(conn, database, office)
        for account in (
            Account("dok", "mhs", "ดอก", "facilitator", ("580101",)),
            Account("champa", "mhs", "จำปา", "supervisor", ("58",)),
            Account("mali", "lpg", "มะลิ", "facilitator", ("5201", "5202")),
        ):
            keep_account(conn, database, account)
        keep_device(conn, database, laptop("one", "mhs"), ["dok", "champa"])
        keep_device(conn, database, laptop("two", "lpg"), ["mali"])


def laptop(name: str, office: str) -> Device:
    """A laptop; its keys are as long as real ones."""
    return Device(name, office, f"laptop {name}", name.encode().ljust(32, b"e"), bytes(32))


def op(n: int, device: str = "one", noun: str = "household", **fields: Any) -> Op:
    """An op that sets ``fields`` of record ``r<n>`` (or of ``id`` among the fields)."""
    record = fields.pop("id", f"r{n}")
    body = {
        "oid": f"{device}-{n}", "kind": noun, "id": record, "base": 0, "ep": 1,
        "hlc": f"{n:012x}", "set": fields,
    }  # fmt: skip
    return Op("dok", "2026-11-20T06:00:00.000Z[+07:00]", body)


def push(
    ledger: Ledger, scope: str, *ops: Op, device: str = "one", quarantined: str = ""
) -> tuple[int, ...]:
    """Keep these ops as the next of a stream in the plainest way: each sets what it says."""
    with ledger.transaction(scope) as change:
        last, chain = change.stream(device)
        first = change.take(len(ops))
        keys = {(one.body["kind"], one.body["id"]) for one in ops}
        rows = {key: row.copy() for key, row in change.rows(keys).items()}
        kept, touched = [], set()
        for seq, one in enumerate(ops, first):
            last, chain = last + 1, link(chain or START, one.text)
            kept.append(Kept(seq, device, last, one, quarantined))
            if quarantined:
                continue
            key = (one.body["kind"], one.body["id"])
            row = rows.setdefault(key, Row(*key))
            row.seq = seq
            touched.add(key)
            for name, value in one.body["set"].items():
                row.fields[name] = value
                row.writers[name] = Writer(seq, device, one.body["hlc"], one.body["oid"])
        change.keep(device, last, chain, kept, [rows[key] for key in sorted(touched)], {})
    return tuple(one.seq for one in kept)
