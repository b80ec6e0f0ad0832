# SPDX-License-Identifier: Apache-2.0
"""The centre's list of whose signatures stand on certificates, and which stand no more.

A key counts as that of the office in whose own scope it was told: nobody else can write there.
The list names no person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, select

from desktop.centre.lease import founded
from desktop.centre.reports import fact
from desktop.centre.schema import certificate, office, rec
from desktop.model.proof import certificate_part
from desktop.model.proof_list import KnownKey, Revoked, TrustList, Why

_PUBLIC: Final = re.compile("[0-9a-f]{64}")
_REVOKED: Final[tuple[Why, ...]] = ("void", "replaced")


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


@dataclass(frozen=True, slots=True)
class _Paper:
    """A certificate as far as the list goes by it. ``under`` is office, kind, year and number."""

    id: str
    under: tuple[str, str, int, int]
    status: str
    taken_back: bool
    replaces: str
    number_text: str


def _revoked(conn: Connection) -> tuple[Revoked, ...]:
    """As ``store.certificate_step.STATUS`` says it on a laptop: void and replaced are for ever,
    whatever the row says since."""
    papers = {one.id: one for one in _papers(conn)}
    newer: dict[str, list[_Paper]] = {}
    for one in papers.values():
        if one.replaces and not one.taken_back:
            newer.setdefault(one.replaces, []).append(one)
    steps = _steps(conn)
    gone: dict[str, Why] = {}
    for one in papers.values():
        same = [other for other in newer.get(one.id, ()) if other.under == one.under]
        said = "void" if one.taken_back else one.status
        if one.id in steps["void"] or said == "void":
            gone[one.id] = "void"
        elif one.id in steps["replaced"] or said == "replaced" or same:
            gone[one.id] = "replaced"
    # What replaced a void one without knowing is void with it.
    left = [one for one in papers.values() if gone.get(one.id) == "void" and not one.taken_back]
    seen = {one.id for one in left}
    while left:
        before = left.pop()
        for one in newer.get(before.id, ()):
            if one.under == before.under and one.id not in seen:
                seen.add(one.id)
                gone[one.id] = "void"
                left.append(one)
    by = {old: max(one.number_text for one in given) for old, given in newer.items()}
    return tuple(
        Revoked(certificate_part(one), why, "", by.get(one, ""))
        for one, why in sorted(gone.items())
    )


def _papers(conn: Connection) -> list[_Paper]:
    t = certificate.c
    rows = conn.execute(
        select(
            t.id, t.office, t.kind, t.year, t.number, t.status, rec.c.deleted,
            fact("replaces").label("replaces"), fact("number_text").label("number_text"),
        )
        .join(rec, and_(rec.c.scope == t.scope, rec.c.id == t.id, rec.c.kind == "certificate"))
        .where(t.status != "unused")
    )  # fmt: skip
    return [
        _Paper(
            row.id, (row.office, row.kind, row.year, row.number), row.status, row.deleted,
            row.replaces or "", row.number_text or "",
        )
        for row in rows
    ]  # fmt: skip


def _steps(conn: Connection) -> dict[str, set[str]]:
    """The certificates that took a step after which there is no other, by step."""
    rows = conn.execute(
        select(fact("step").label("step"), fact("certificate_id").label("certificate"))
        .where(rec.c.kind == "certificate_step", rec.c.deleted.is_(False))
        .where(fact("step").in_(list(_REVOKED)))
    )
    found: dict[str, set[str]] = {step: set() for step in _REVOKED}
    for row in rows:
        found[row.step].add(row.certificate)
    return found
