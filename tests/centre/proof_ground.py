# SPDX-License-Identifier: Apache-2.0
"""Certificates with their proofs in the register of an office, and its key that is withdrawn."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any

from desktop.centre.database import Database
from desktop.centre.ledger import CentreLedger
from desktop.centre.proof import trust_list
from desktop.model.proof import Claim, certificate_part, encode, paper_digest
from desktop.model.proof_list import KnownKey
from desktop.sync.issuer import Signer, make_key
from tests.centre.town import Watch, op, push

OFFICE, EVENT = "office-tak", "w:event"
STOLEN, STANDING = Signer(make_key()), Signer(make_key())


def payload(record: str, name: str, by: Signer = STOLEN) -> bytes:
    """What the code of a certificate says."""
    return encode(
        Claim(by.key_id, certificate_part(record), 1, 2562, 12, "12/2562", date(2019, 3, 3), name,
              "โครงการอบรม")
    )  # fmt: skip


def paper(
    n: int, record: str, name: str = "นายสมชาย ใจดี", by: Signer = STOLEN, **other: Any
) -> Any:
    """An op that puts a certificate with its proof into the register."""
    said = payload(record, name, by)
    proof = base64.b64encode(said + other.pop("signature", by.sign(said))).decode()
    fields = {"office_id": OFFICE, "kind": "completion", "year": 2562, "number": 12,
              "number_text": "12/2562", "status": "issued", **other}  # fmt: skip
    return op(n, noun="certificate", id=record, proof=proof, **fields)


def key(n: int, record: str, withdrawn: str = "", by: Signer = STOLEN) -> Any:
    """An op that tells of a key, or that it is withdrawn."""
    more = {"withdrawn_at": withdrawn} if withdrawn else {}
    return op(
        n, noun="issuer_key", id=record, key_id=by.key_id.hex(), public=by.public.hex(),
        office_id=OFFICE, issuer="ก", made_at="2019", **more,
    )  # fmt: skip


def listed(database: Database, by: Signer = STOLEN) -> KnownKey:
    """What the list says of a key."""
    with database.read(snapshot=True) as conn:
        told = trust_list(conn, "centre", "ศูนย์", database.now())
    (found,) = (one for one in told.keys if one.public == by.public)
    return found


def named(*papers: bytes) -> frozenset[bytes]:
    """The digests of these papers."""
    return frozenset(map(paper_digest, papers))


def withdraw(ledger: CentreLedger, watch: Watch, n: int = 2) -> None:
    """The office withdraws the key, a minute after what was before and one before what follows."""
    watch.forward(minutes=1)
    push(ledger, f"o:{OFFICE}", key(n, f"k{n}", "2019-03-04T01:00:00.000Z"))
    watch.forward(minutes=1)


def take_back(ledger: CentreLedger, record: str) -> None:
    """A withdrawal is taken back."""
    with ledger.transaction(f"o:{OFFICE}") as change:
        (row,) = change.rows([("issuer_key", record)]).values()
        row.deleted, row.seq = True, change.take(1)
        last, chain = change.stream("one")
        change.keep("one", last, chain, [], [row], {})
