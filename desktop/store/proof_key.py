# SPDX-License-Identifier: Apache-2.0
"""Keys of this office's laptops: what each signed, withdrawing one, and what stands all the same.

The keys themselves and how certificates stand are in ``proof.py``.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypedDict

from sqlalchemy import Connection, Select, func, select

from desktop.model.proof import KEY_ID_BYTES, VERSION, paper_digest, split
from desktop.model.proof_list import KnownKey, read_papers, write_papers
from desktop.store import setting
from desktop.store.facilitator import own_offices
from desktop.store.ids import new_id
from desktop.store.proof import issuer_keys
from desktop.store.tables.certificate import certificate
from desktop.store.tables.proof import issuer_key
from desktop.store.write import Write

_PAPERS: Final = "proof_papers"
_HEAD: Final = 8


def withdraw(write: Write, public: bytes, key_id: bytes) -> bool:
    """Tell the whole office that it does not stand by this key any more; False when it is no key
    of this office, or was withdrawn before."""
    known = False
    for one in issuer_keys(write.conn):
        if one.public != public or one.withdrawn:
            continue
        known = True
        # A row of its own each time: it can be taken back and said again.
        write.put(
            "issuer_key", new_id(), f"o:{one.office_id}", key_id=key_id.hex(),
            public=public.hex(), office_id=one.office_id, issuer=one.issuer,
            made_at=write.now().utc, withdrawn_at=write.now().utc,
        )  # fmt: skip
    keep_papers(write)
    return known


def restore(write: Write, public: bytes) -> bool:
    """Take every withdrawal of this key back; False when there is none."""
    rows = write.conn.scalars(_said_withdrawn(write.conn, public)).all()
    for row_id in rows:
        write.delete("issuer_key", row_id)
    keep_papers(write)
    return bool(rows)


# ---- what was signed with a key


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A key of this office, and by what a person knows which laptop's it is."""

    key: KnownKey
    made_at: str
    """UTC, RFC 3339."""
    count: int = 0
    """Certificates in the registers here that are signed with it."""
    last: str = ""
    """Number of the last of them, as printed in Arabic digits."""
    last_on: str = ""
    """Its date of issue, ISO."""


def key_uses(conn: Connection) -> tuple[KeyUse, ...]:
    """The office's keys and what was signed with each, the oldest first."""
    t, c = issuer_key.c, certificate.c
    body = func.substr(c.proof, func.instr(c.proof, "#") + 1, _HEAD).label("head")
    # The number is that of the row with the latest date: so SQLite says it.
    signed = conn.execute(
        select(body, func.count(), c.number_text, func.max(c.issue_date))
        .where(c.deleted == 0, c.proof != "")
        .group_by("head")
    )
    uses = {head: (count, number, day) for head, count, number, day in signed}
    made = dict(
        conn.execute(
            select(t.public, func.min(t.made_at)).where(t.deleted == 0).group_by(t.public)
        ).all()
    )  # fmt: skip
    return tuple(
        KeyUse(key, made[key.public.hex()], *uses.get(_signed_with(key.public), ()))
        for key in issuer_keys(conn)
    )


def _signed_with(public: bytes) -> str:
    """How the proof of a certificate begins that this key signed: version and most of its id."""
    head = bytes([VERSION]) + hashlib.sha256(public).digest()[:KEY_ID_BYTES]
    return base64.b64encode(head[: _HEAD * 3 // 4]).decode()


# ---- papers of withdrawn keys


class _Kept(TypedDict):
    """What is kept of one withdrawn key: the rows that said so, and its papers at that time."""

    said: list[str]
    papers: str


def keep_papers(write: Write) -> None:
    """Keep which papers of a withdrawn key are in the register, at the moment at which this
    laptop hears of the withdrawal: in the transaction that says it, or in which it comes.

    Only what is there by then counts. Whoever has a stolen laptop may write into the register as
    long as nobody shuts it out, with any date; what comes afterwards is his as well as anybody's.
    Scopes are asked for by their names in their order (``o:`` before ``w:``), so that in one
    exchange the withdrawal is heard first. It is never synced: each laptop goes by what it saw
    itself, and by what the centre saw, whose list says so.
    """
    before: dict[str, _Kept] = setting.value(write.conn, _PAPERS, {})
    kept: dict[str, _Kept] = {}
    for public, rows in _withdrawals(write.conn).items():
        held = before.get(public.hex())
        # All that said it was taken back since, and it was said anew: that is another moment.
        if held is None or not set(held["said"]) & set(rows):
            papers = write_papers(_papers_of(write.conn, public))
        else:
            papers = held["papers"]
        kept[public.hex()] = {"said": rows, "papers": papers}
    if kept != before:
        setting.keep(write, _PAPERS, kept)


def kept_papers(conn: Connection) -> Mapping[bytes, frozenset[bytes]]:
    """What :func:`keep_papers` kept, by key."""
    kept: dict[str, _Kept] = setting.value(conn, _PAPERS, {})
    return {bytes.fromhex(public): read_papers(one["papers"]) for public, one in kept.items()}


def _withdrawals(conn: Connection) -> dict[bytes, list[str]]:
    """The rows that say that a key of this office is withdrawn, by key."""
    t = issuer_key.c
    found: dict[bytes, list[str]] = {}
    for one in issuer_keys(conn):
        if one.withdrawn:
            rows = conn.scalars(_said_withdrawn(conn, one.public).order_by(t.id))
            found[one.public] = list(rows)
    return found


def _said_withdrawn(conn: Connection, public: bytes) -> Select[str]:
    t = issuer_key.c
    return select(t.id).where(
        t.public == public.hex(), t.deleted == 0, t.withdrawn_at != "",
        t.scope.in_([f"o:{office_id}" for office_id in own_offices(conn)]),
    )  # fmt: skip


def _papers_of(conn: Connection, public: bytes) -> Iterable[bytes]:
    """Digests of the papers in the office's registers that are signed with this key, those too
    that are void."""
    c = certificate.c
    proofs = conn.scalars(
        select(c.proof).where(
            func.substr(c.proof, func.instr(c.proof, "#") + 1, _HEAD) == _signed_with(public),
            c.office_id.in_(own_offices(conn)),
        )
    )
    for proof in proofs:
        try:
            payload, _signature = split(base64.b64decode(proof.rpartition("#")[2]))
        except ValueError:
            continue  # the row was written by a program that is none of ours
        yield paper_digest(payload)
