# SPDX-License-Identifier: Apache-2.0
"""Certificates on the last noon of the training: issued, on the stage, one void, one replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop.actions.certificate import (
    hand_over,
    issue,
    record_print,
    replace_paper,
    take_back,
    void,
)
from desktop.actions.certificate_list import certificate_list
from desktop.actions.claim import fill_usual, set_plan
from desktop.actions.proof import qr_text
from desktop.model import proof as code
from desktop.model.claim import ClaimPlan, Usual
from desktop.store import certificate
from desktop.store.store import Store

_HANDED = 38


def issued(store: Store, by: str, event_id: str, now: datetime) -> None:
    """Everybody who passed has a certificate; the first ones have been on the stage."""
    held = certificate_list(store, event_id, now.date())
    assert held is not None
    waiting = [line.key for line in held.lines if line.waits]
    made = issue(
        store, by, event_id, issue_date=now.date(), enrolment_ids=waiting, kind=held.kind
    ).value
    ids = [one.id for one in sorted(made, key=lambda one: int(one.number))]
    record_print(store, by, ids, plates=dict.fromkeys(ids, ""))
    hand_over(store, by, ids[:_HANDED])
    void(store, by, ids[11], "ชื่อหน่วยงานผู้ออกไม่ถูกต้อง")
    again = replace_paper(store, by, ids[24], "กระดาษเปียกน้ำ").value.id
    record_print(store, by, [again], plates={again: ""})
    hand_over(store, by, [again])
    take_back(store, by, ids[-3:-2], "ลากลับก่อน ขอรับภายหลัง")


def claimed(store: Store, by: str, event_id: str) -> None:
    """What is paid to whoever came, on some days or all."""
    usual = {"meal": Usual(12_000, daily=True), "lodging": Usual(80_000), "fare": Usual(36_000)}
    set_plan(store, by, ClaimPlan(event_id, usual, "นางสาวธิดา ใจดี", "นักพัฒนาสังคม"))  # type: ignore[arg-type]
    fill_usual(store, by, event_id)


def codes(store: Store, event_id: str) -> tuple[str, ...]:
    """What is scanned: a void one, one with another name, and a genuine one."""
    with store.read() as conn:
        rows = sorted(
            (row for row in certificate.register(conn, event_id=event_id) if row.proof),
            key=lambda row: (row.number, row.edition),
        )
    genuine, gone = rows[0], next(row for row in rows if row.status == "void")
    signed = code.from_digits(qr_text(rows[1].proof).rpartition("#")[2])
    payload, signature = code.split(signed)
    other = code.encode(replace(code.decode(payload), recipient="นายปลอม แปลงชื่อ"))
    return qr_text(gone.proof), code.to_digits(other + signature), qr_text(genuine.proof)
