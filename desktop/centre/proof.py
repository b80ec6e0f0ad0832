# SPDX-License-Identifier: Apache-2.0
"""The centre's list of whose signatures stand on certificates, and which stand no more.

A key counts as that of the office in whose own scope it was told: nobody else can write there.
The list names no person.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, select

from desktop.centre.lease import founded
from desktop.centre.reports import fact
from desktop.centre.schema import certificate, office, rec
from desktop.model.proof import certificate_part
from desktop.model.proof_list import KnownKey, Revoked, TrustList, Why

_PUBLIC: Final = re.compile("[0-9a-f]{64}")
_REVOKED: Final[dict[str, Why]] = {"void": "void", "replaced": "replaced"}


def trust_list(conn: Connection, source: str, name: str, now: datetime) -> TrustList:
    """All issuers and all revoked certificates as the centre knows them at this moment."""
    as_of = now.isoformat(timespec="seconds").replace("+00:00", "Z")
    return TrustList(source, name, as_of, _keys(conn), _revoked(conn))


def _keys(conn: Connection) -> tuple[KnownKey, ...]:
    """Each key once an office. Who withdraws it does so for his own office alone, under all the
    ids its laptops had founded it under."""
    rows = conn.execute(
        select(rec.c.scope, fact("public").label("public"), fact("issuer").label("issuer"),
               fact("withdrawn_at").label("withdrawn"), office.c.name)
        .join(office, office.c.id == fact("office_id"), isouter=True)
        .where(rec.c.kind == "issuer_key", rec.c.deleted.is_(False), rec.c.scope.like("o:%"))
        .order_by(rec.c.scope, rec.c.id)
    )  # fmt: skip
    told = [row for row in rows if isinstance(row.public, str) and _PUBLIC.fullmatch(row.public)]
    now_in = {old: new for new in {row.scope[2:] for row in told} for old in founded(conn, new)}
    found: dict[tuple[str, str], KnownKey] = {}
    gone: dict[tuple[str, str], str] = {}
    for row in told:
        there = row.scope[2:]
        found.setdefault(
            (there, row.public),
            KnownKey(bytes.fromhex(row.public), there, row.name or row.issuer or ""),
        )
        if row.withdrawn:
            key = (now_in.get(there, there), row.public)
            gone[key] = min(gone.get(key, row.withdrawn), row.withdrawn)
    return tuple(
        replace(one, withdrawn=gone.get((now_in.get(there, there), public), ""))
        for (there, public), one in found.items()
    )


def _revoked(conn: Connection) -> tuple[Revoked, ...]:
    t = certificate.c
    gone = conn.execute(
        select(t.id, t.status)
        .join(rec, and_(rec.c.scope == t.scope, rec.c.id == t.id, rec.c.kind == "certificate"))
        .where(t.status.in_(list(_REVOKED)), rec.c.deleted.is_(False))
        .order_by(t.id)
    ).all()
    replaced = {row.id for row in gone if row.status == "replaced"}
    by = {}
    if replaced:
        newer = conn.execute(
            select(fact("replaces").label("old"), fact("number_text").label("number"))
            .where(rec.c.kind == "certificate", rec.c.deleted.is_(False))
            .where(fact("replaces") != "")
        )
        by = {row.old: str(row.number or "") for row in newer if row.old in replaced}
    return tuple(
        Revoked(certificate_part(row.id), _REVOKED[row.status], "", by.get(row.id, ""))
        for row in gone
    )
