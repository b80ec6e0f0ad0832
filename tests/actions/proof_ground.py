# SPDX-License-Identifier: Apache-2.0
"""Certificates with their proofs in a hall's store, and short ways to sign, forge and tell."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from desktop.actions.proof import own_key, prover
from desktop.model import proof as code
from desktop.model.certificate import Certificate, Signer, Wording
from desktop.model.facilitator import Office
from desktop.printing.document import MM, Document
from desktop.printing.qr import draw_qr
from desktop.store import centre, certificate, facilitator
from desktop.store.certificate_step import Taken, put_steps
from desktop.store.ids import new_id
from desktop.store.keys import DataKey
from desktop.store.store import Store
from desktop.sync import issuer
from desktop.sync.keys import Keys
from tests.hall import BY, Clock, Hall

THERE = "2019-03-01T01:00:00.000Z"
"""When other offices told what they know: an hour before the hall's clock."""

WORDS = Wording(
    "นางสาวน้ำทิพย์ ณ นคร", "ประกาศนียบัตร", "ให้ไว้เพื่อแสดงว่า", "ได้ผ่านการอบรม",
    "โครงการอบรมเชิงปฏิบัติการเพื่อพัฒนาศักยภาพอาสาสมัคร", "เมื่อวันที่ ๑ มีนาคม ๒๕๖๒",
    "ให้ไว้ ณ วันที่ ๑ มีนาคม พ.ศ. ๒๕๖๒", ("กองทดสอบ", "กระทรวง"), (Signer("นางนภา", "อธิบดี"),),
)  # fmt: skip


class Laptop(Protocol):
    """A hall, an office's ground, a desk: whatever has a store."""

    @property
    def store(self) -> Store: ...


def issue(at: Laptop, number: int = 12, year: int = 2562, **fields: Any) -> Certificate:
    """A certificate with its proof, kept as issuing keeps it."""
    one = Certificate(
        new_id(), "event-1", "completion", year, number, f"{number}/{year}", number, "issued",
        "2019-03-03", WORDS,
    )  # fmt: skip
    one = replace(one, **fields)
    with at.store.write(BY) as write:
        one = replace(one, proof=prover(write).proof_for(one))
        certificate.put_certificate(write, one)
    return one


def forge(one: Certificate, by: bytes | None = None, **changed: Any) -> str:
    """The code of ``one`` with other content, signed anew or under the old signature."""
    payload, signature = code.split(base64.b64decode(one.proof))
    made = code.encode(replace(code.decode(payload), **changed))
    return code.to_digits(made + (issuer.Signer(by).sign(made) if by else signature))


def step(at: Laptop, one: Certificate, status: str, day: str) -> None:
    """``one`` becomes void, replaced or returned on ``day``."""
    with at.store.write(BY) as write:
        certificate.put_certificate(write, replace(one, status=status))  # type: ignore[arg-type]
        put_steps(
            write,
            [Taken(one.id, "event-1", status, day)],  # type: ignore[arg-type]
        )


def key_of(at: Laptop) -> bytes:
    """The private key with which this laptop signs."""
    with at.store.write(BY) as write:
        return own_key(write)


def join_a_centre(at: Laptop) -> Keys:
    """Joined to a centre; returns the centre's keys."""
    keys = Keys.make()
    with at.store.write(BY) as write:
        told = {"centre": {"id": "centre-1", "name": "ศูนย์", **keys.public.to_json()}}
        centre.join(write, told, "https://centre.example")
    return keys


def matched(at: Laptop, scope: str, when: str) -> None:
    """What is in ``scope`` was confirmed by the centre at ``when``."""
    with at.store.write(BY) as write:
        write.conn.exec_driver_sql(
            "INSERT INTO scope_state (scope, cursor, head, durable, matched_at, granted, forks) "
            "VALUES (?, 0, 0, 0, ?, 1, '[]')",
            (scope, when),
        )


def other_office(folder: Path) -> Hall:
    """A laptop of another office, with no event in its store."""
    clock = Clock()
    made = Hall(Store.create(folder, DataKey(bytes(32)), clock=clock), clock)
    with made.store.write(BY) as write:
        facilitator.put_office(write, Office("office-9", "สำนักงานอื่น", "50"))
    return made


def pdf_of(*pages: list[str]) -> bytes:
    """Pages of A4 with codes of 24 mm under each other."""
    document = Document((210, 297), title="certificates")
    for number, texts in enumerate(pages):
        if number:
            document.canvas.showPage()
        for row, text in enumerate(texts):
            draw_qr(document.canvas, text, 20 * MM, (250 - 40 * row) * MM, 24)
    return document.save()
