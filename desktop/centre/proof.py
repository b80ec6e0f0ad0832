# SPDX-License-Identifier: Apache-2.0
"""The centre's list of whose signatures stand on certificates, and which stand no more.

A key counts as that of the office in whose own scope it was told: nobody else can write there.
The list names no person.

What was read once is kept (:class:`Known`), scope by scope with the number up to which it was
read: numbers of a scope become visible in the order in which they were given, so that only
scopes that went on are read again. Each process keeps its own and asks the tables each time, and
begins anew when they are of another history: nothing in it can be older than the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, and_, func, or_, select

from desktop.centre.proof_paper import known_papers, withdrawn_at
from desktop.centre.reports import fact
from desktop.centre.schema import account, certificate, history, invitation, office, rec, scope
from desktop.model.proof import certificate_part
from desktop.model.proof_list import KnownKey, Revoked, TrustList, Why

_PUBLIC: Final = re.compile("[0-9a-f]{64}")
_REVOKED: Final[tuple[Why, ...]] = ("void", "replaced")
_OFFICE, _EVENT = "o:", "w:"
_SPEAKING: Final = ("issuer_key", "certificate", "certificate_step")
"""Kinds of records the list is made of."""
_TAKEN_BACK: Final = "taken back"
_MANY: Final = 1000


def trust_list(conn: Connection, source: str, name: str, now: datetime) -> TrustList:
    """All issuers and all revoked certificates as the centre knows them at this moment."""
    return Known().told(conn, source, name, now)


@dataclass(frozen=True, slots=True)
class _KeyRow:
    """What one row in an office's own scope says of a key."""

    id: str
    public: str
    office_id: str
    issuer: str
    withdrawn: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What the list says of the certificates of one scope."""

    revoked: tuple[Revoked, ...]
    beside: tuple[bytes, ...]


@dataclass(slots=True)
class Known:
    """What the list is made of, as far as the tables were read. Not safe between threads."""

    _epoch: int = 0
    _heads: dict[str, int] = field(default_factory=dict)
    """By scope the number up to which it was read."""
    _keys: dict[str, tuple[_KeyRow, ...]] = field(default_factory=dict)
    _certificates: dict[str, _Said] = field(default_factory=dict)
    _papers: dict[tuple[str, str, frozenset[tuple[str, str]]], frozenset[bytes]] = field(
        default_factory=dict
    )
    """By office, key and the rows that withdrew it."""

    def told(self, conn: Connection, source: str, name: str, now: datetime) -> TrustList:
        """The list of this moment. ``conn`` is to show all tables at one moment."""
        self._catch_up(conn)
        as_of = now.isoformat(timespec="seconds").replace("+00:00", "Z")
        said = self._certificates.values()
        return TrustList(
            source, name, as_of, self._told_keys(conn),
            tuple(sorted((one for found in said for one in found.revoked), key=_part)),
            beside=frozenset(part for found in said for part in found.beside),
        )  # fmt: skip

    def _catch_up(self, conn: Connection) -> None:
        """Read what came since the last time."""
        t = scope.c
        epoch = int(conn.execute(select(func.max(history.c.epoch))).scalar_one())
        speaking = or_(*(t.scope.startswith(one, autoescape=True) for one in (_OFFICE, _EVENT)))
        heads = {row[0]: row[1] for row in conn.execute(select(t.scope, t.head).where(speaking))}
        went_back = any(heads.get(name, 0) < head for name, head in self._heads.items())
        if epoch != self._epoch or went_back:
            self._heads, self._keys, self._certificates, self._papers = {}, {}, {}, {}
            self._certificates.update(_all_certificates(conn))
            self._keys.update(_all_keys(conn))
        else:
            for name, head in heads.items():
                if head != self._heads.get(name, 0):
                    self._read(conn, name)
        self._epoch, self._heads = epoch, heads

    def _read(self, conn: Connection, name: str) -> None:
        """Read a scope again that went on, if what went on matters."""
        new = conn.execute(
            select(rec.c.kind).distinct().where(
                rec.c.scope == name, rec.c.seq > self._heads.get(name, 0),
                rec.c.kind.in_(_SPEAKING),
            )
        ).scalars().all()  # fmt: skip
        if "issuer_key" in new:
            self._keys[name] = dict(_all_keys(conn, name)).get(name, ())
        if set(new) & {"certificate", "certificate_step"}:
            self._certificates.pop(name, None)
            self._certificates.update(_all_certificates(conn, name))

    def _told_keys(self, conn: Connection) -> tuple[KnownKey, ...]:
        """Each key once an office. Who withdraws it does so for his own office alone, under all
        the ids its laptops had founded it under."""
        names = {row[0]: row[1] for row in conn.execute(select(office.c.id, office.c.name))}
        now_in = _founded(conn)
        found: dict[tuple[str, str], KnownKey] = {}
        gone: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
        for name in sorted(self._keys):
            there = name.removeprefix(_OFFICE)
            for row in self._keys[name]:
                found.setdefault(
                    (there, row.public),
                    KnownKey(
                        bytes.fromhex(row.public), there, names.get(row.office_id) or row.issuer
                    ),
                )
                if row.withdrawn:
                    key = (now_in.get(there, there), row.public)
                    gone.setdefault(key, {})[name, row.id] = row.withdrawn
        papers = {key: self._papers_of(conn, *key, said, now_in) for key, said in gone.items()}
        self._papers = {(*key, frozenset(gone[key])): papers[key] for key in gone}
        return tuple(
            replace(one, withdrawn=min(gone[key].values()), papers=papers[key])
            if (key := (now_in.get(there, there), public)) in gone else one
            for (there, public), one in found.items()
        )  # fmt: skip

    def _papers_of(
        self, conn: Connection, there: str, public: str, said: Iterable[tuple[str, str]],
        now_in: dict[str, str],
    ) -> frozenset[bytes]:  # fmt: skip
        """The papers of a withdrawn key that stand; the log says the same of them for ever."""
        rows = frozenset(said)
        held = self._papers.get((there, public, rows))
        if held is not None:
            return held
        offices = (there, *(old for old, new in now_in.items() if new == there))
        return known_papers(conn, bytes.fromhex(public), offices, withdrawn_at(conn, rows))


def _part(one: Revoked) -> bytes:
    return one.part


# ---- keys


def _all_keys(
    conn: Connection, only: str = ""
) -> Iterator[tuple[str, tuple[_KeyRow, ...]]]:  # fmt: skip
    """By scope what its rows say of keys; of one scope or of all offices' own."""
    rows = conn.execute(
        select(rec.c.scope, rec.c.id, fact("public").label("public"),
               fact("office_id").label("office_id"), fact("issuer").label("issuer"),
               fact("withdrawn_at").label("withdrawn"))
        .where(rec.c.kind == "issuer_key", rec.c.deleted.is_(False))
        .where(rec.c.scope == only if only else rec.c.scope.startswith(_OFFICE, autoescape=True))
        .order_by(rec.c.scope, rec.c.id)
    )  # fmt: skip
    for name, group in groupby(rows, lambda row: row.scope):
        if not name.startswith(_OFFICE):
            continue
        yield (
            name,
            tuple(
                _KeyRow(
                    row.id, row.public, row.office_id or "", row.issuer or "", row.withdrawn or ""
                )
                for row in group
                if isinstance(row.public, str) and _PUBLIC.fullmatch(row.public)
            ),
        )


def _founded(conn: Connection) -> dict[str, str]:
    """The ids under which laptops founded their office before they joined, and the office it is
    now; all at once what ``lease.founded`` says of one."""
    t = invitation.c
    rows = conn.execute(
        select(t.scope, t.guest).where(
            t.scope.startswith(_OFFICE, autoescape=True),
            t.guest.startswith(_OFFICE, autoescape=True),
        )
    )  # fmt: skip
    opened = {row.scope[2:]: row.guest[2:] for row in rows}
    own = set(conn.execute(select(account.c.office).distinct()).scalars())
    return {old: new for old, new in opened.items() if old not in own}


# ---- certificates that stand no more


@dataclass(frozen=True, slots=True)
class _Paper:
    """A certificate as far as the list goes by it. ``under`` is office, kind, year and number."""

    id: str
    under: tuple[str, str, int, int]
    status: str
    taken_back: bool
    replaces: str
    number_text: str


def _all_certificates(conn: Connection, only: str = "") -> Iterator[tuple[str, _Said]]:
    """By scope what is to be said of its certificates; of one scope or of all."""
    steps = _steps(conn, only)
    for name, rows in groupby(_papers(conn, only), lambda row: row.scope):
        papers = {row.id: _paper(row) for row in rows}
        gone = _revoked(papers, steps.get(name, {}))
        if gone:
            # Without one that is gone nothing was replaced either.
            yield name, _Said(_told(papers, gone), tuple(_beside(papers, gone)))


def _newer(papers: dict[str, _Paper]) -> dict[str, list[_Paper]]:
    """By certificate those that replace it."""
    newer: dict[str, list[_Paper]] = {}
    for one in papers.values():
        if one.replaces and not one.taken_back:
            newer.setdefault(one.replaces, []).append(one)
    return newer


def _revoked(papers: dict[str, _Paper], steps: dict[str, set[str]]) -> dict[str, Why]:
    """As ``store.certificate_step.STATUS`` says it on a laptop: void and replaced are for ever,
    whatever the row says since. A replacement that was taken back is none, though the row of
    another laptop may still say so."""
    newer = _newer(papers)
    gone: dict[str, Why] = {}
    for one in papers.values():
        same = [other for other in newer.get(one.id, ()) if other.under == one.under]
        said = "void" if one.taken_back else one.status
        if said == "replaced" and one.id in steps.get(_TAKEN_BACK, ()):
            said = "printed"
        if one.id in steps.get("void", ()) or said == "void":
            gone[one.id] = "void"
        elif one.id in steps.get("replaced", ()) or said == "replaced" or same:
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
    return gone


def _told(papers: dict[str, _Paper], gone: dict[str, Why]) -> tuple[Revoked, ...]:
    by = {old: max(one.number_text for one in new) for old, new in _newer(papers).items()}
    return tuple(
        Revoked(certificate_part(one), why, "", by.get(one, ""))
        for one, why in sorted(gone.items())
    )


def _beside(papers: dict[str, _Paper], gone: dict[str, Why]) -> Iterator[bytes]:
    """Of replacements under one number those that stand, if they are several: two laptops made
    them, neither knowing of the other's."""
    stand: dict[tuple[str, str, int, int], list[str]] = {}
    for one in papers.values():
        if one.replaces and one.id not in gone:
            stand.setdefault(one.under, []).append(one.id)
    return (certificate_part(one) for same in stand.values() if len(same) > 1 for one in same)


def _papers(conn: Connection, only: str) -> Iterable[Any]:
    """The certificates of a scope, or of all scopes, one scope after the other."""
    t = certificate.c
    query = (
        select(
            t.scope, t.id, t.office, t.kind, t.year, t.number, t.status, rec.c.deleted,
            fact("replaces").label("replaces"), fact("number_text").label("number_text"),
        )
        .join(rec, and_(rec.c.scope == t.scope, rec.c.id == t.id, rec.c.kind == "certificate"))
        .where(t.status != "unused")
        .order_by(t.scope)
        .execution_options(yield_per=_MANY)
    )  # fmt: skip
    return conn.execute(query.where(t.scope == only) if only else query)


def _paper(row: Any) -> _Paper:
    return _Paper(
        row.id, (row.office, row.kind, row.year, row.number), row.status, row.deleted,
        row.replaces or "", row.number_text or "",
    )  # fmt: skip


def _steps(conn: Connection, only: str) -> dict[str, dict[str, set[str]]]:
    """By scope and step the certificates that took a step after which there is no other, and
    those of which being replaced was taken back."""
    query = (
        select(
            rec.c.scope, rec.c.deleted, fact("step").label("step"),
            fact("certificate_id").label("paper"),
        )
        .where(rec.c.kind == "certificate_step", fact("step").in_(list(_REVOKED)))
        .where(or_(rec.c.deleted.is_(False), fact("step") == "replaced"))
    )  # fmt: skip
    found: dict[str, dict[str, set[str]]] = {}
    for row in conn.execute(query.where(rec.c.scope == only) if only else query):
        step = _TAKEN_BACK if row.deleted else row.step
        found.setdefault(row.scope, {}).setdefault(step, set()).add(row.paper)
    return found
