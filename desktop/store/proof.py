# SPDX-License-Identifier: Apache-2.0
"""Keys that sign certificates: this laptop's and those it knows; and how certificates stand.

Withdrawing a key is in ``proof_key.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, case, func, or_, select

from desktop.model.facilitator import Office
from desktop.model.proof import certificate_part
from desktop.model.proof_list import KnownKey, Revoked, Why
from desktop.store import setting
from desktop.store.certificate_step import STATUS
from desktop.store.facilitator import own_offices
from desktop.store.ids import natural_id
from desktop.store.tables.certificate import certificate, certificate_step
from desktop.store.tables.proof import issuer_key, proof_list
from desktop.store.write import Write

_KIND: Final = "certificate"
_ADDRESS: Final = "proof_address"
_REVOKED: Final[dict[str, Why]] = {"void": "void", "replaced": "replaced"}
_STANDS_NOT: Final = (*_REVOKED, "unused")


# ---- keys


def laptop_issuer(conn: Connection) -> bytes | None:
    """The private key this laptop signs certificates with; None before the first one."""
    row = conn.exec_driver_sql(
        "SELECT private FROM laptop_key WHERE kind = ?", (_KIND,)
    ).first()  # fmt: skip
    return None if row is None else bytes(row[0])


def keep_laptop_issuer(write: Write, private: bytes) -> None:
    """Keep the private key. ``ValueError`` when there is one: papers are signed with it."""
    if laptop_issuer(write.conn) is not None:
        raise ValueError("this laptop has a key for certificates already")
    write.conn.exec_driver_sql(
        "INSERT INTO laptop_key (kind, private, made_at) VALUES (?, ?, ?)",
        (_KIND, private, write.now().utc),
    )
    write.audit("create", "laptop_key")


def drop_laptop_issuer(write: Write) -> None:
    """Forget the private key, which the office withdrew; what it signed is checked without it."""
    write.conn.exec_driver_sql("DELETE FROM laptop_key WHERE kind = ?", (_KIND,))
    write.audit("delete", "laptop_key")


def tell_issuer(write: Write, office: Office, public: bytes, key_id: bytes) -> None:
    """Tell the whole office this laptop's public key, unless it was told.

    It is no step of the action that needed it: what that action did can be taken back, the key
    stays.
    """
    row_id = natural_id("issuer_key", office.id, public.hex())
    t = issuer_key.c
    if write.conn.scalar(select(t.id).where(t.id == row_id, t.deleted == 0)) is not None:
        return
    steps = len(write.undo.steps)
    write.put(
        "issuer_key", row_id, f"o:{office.id}", key_id=key_id.hex(), public=public.hex(),
        office_id=office.id, issuer=office.name, made_at=write.now().utc,
    )  # fmt: skip
    del write.undo.steps[steps:]


def issuer_keys(conn: Connection) -> tuple[KnownKey, ...]:
    """The keys of this office's laptops.

    Only rows of the office's own scope count: whoever shares an event can write rows there, and
    a key among those would make his certificates ours.
    """
    t = issuer_key.c
    ours = {f"o:{office_id}": office_id for office_id in own_offices(conn)}
    rows = conn.execute(
        select(
            t.public, t.scope, func.min(t.issuer).label("issuer"),
            func.min(t.made_at).label("made_at"),
            func.min(case((t.withdrawn_at != "", t.withdrawn_at))).label("withdrawn"),
        )
        .where(t.deleted == 0, t.scope.in_(list(ours)))
        .group_by(t.public, t.scope)
        .order_by("made_at", t.public)
    )  # fmt: skip
    return tuple(
        KnownKey(bytes.fromhex(row.public), ours[row.scope], row.issuer, row.withdrawn or "")
        for row in rows
        if len(row.public) == 64 and set(row.public) <= set("0123456789abcdef")
    )


# ---- the address before the digits


def address(conn: Connection) -> str:
    """What stands before the digits of a code, ``https://…/v#``; empty for digits alone."""
    return str(setting.value(conn, _ADDRESS, ""))


def keep_address(write: Write, text: str) -> None:
    """Keep it for the certificates that are issued from now on."""
    setting.keep(write, _ADDRESS, text)


# ---- how a certificate stands


@dataclass(frozen=True, slots=True)
class Registers:
    """Whose registers are here, and of what."""

    offices: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A certificate of the registers that are here."""

    scope: str
    revoked: Revoked | None
    returned: str = ""
    """ISO date on which the paper came back, when it was not handed over again."""
    proof: str = ""
    """What the register holds as its proof now."""
    number_text: str = ""
    beside: bool = False
    """Another certificate that stands replaces the same one."""


def registers(conn: Connection) -> Registers:
    """Offices and kinds of the registers that are here, to be asked once for many codes."""
    c = certificate.c
    offices = tuple(conn.scalars(select(c.office_id).distinct()))
    return Registers(offices, tuple(conn.scalars(select(c.kind).distinct())))


def standing(
    conn: Connection, kept: Registers, part: bytes, year: int, number: int
) -> Standing | None:
    """How the certificate stands; None when its row is not here.

    Number and year find the row, ``part`` says that it is this one.
    """
    c = certificate.c
    rows = conn.execute(
        select(
            c.id, c.scope, STATUS.label("status"), c.deleted, c.proof, c.number_text,
            c.office_id, c.kind, c.replaces,
        ).where(
            # All the columns of the index: a register may have 100,000 rows.
            c.office_id.in_(kept.offices), c.kind.in_(kept.kinds), c.year == year,
            c.number == number,
        )
    ).all()  # fmt: skip
    for row in rows:
        if certificate_part(row.id) == part:
            # An issue that was taken back leaves no certificate, whatever was printed of it.
            status = "void" if row.deleted else row.status
            came = _last_step(conn, row.id, "returned") if status == "returned" else ""
            register = [
                one for one in rows if (one.office_id, one.kind) == (row.office_id, row.kind)
            ]
            return Standing(
                row.scope, _revoked(conn, row.id, status), came, row.proof, row.number_text,
                row.id in _beside(register),
            )  # fmt: skip
    return None


def beside(conn: Connection, office_ids: Sequence[str]) -> frozenset[bytes]:
    """``certificate_part`` of every certificate in the registers of these offices that stands
    beside another which replaces the same one."""
    c = certificate.c
    rows = conn.execute(
        select(c.id, STATUS.label("status"), c.deleted, c.replaces, c.office_id, c.kind, c.year,
               c.number)
        .where(c.office_id.in_(office_ids), c.replaces != "")
    )  # fmt: skip
    registers: dict[tuple[str, str, int, int], list[Row[Any]]] = {}
    for row in rows:
        registers.setdefault((row.office_id, row.kind, row.year, row.number), []).append(row)
    return frozenset(certificate_part(one) for same in registers.values() for one in _beside(same))


def _beside(register: Sequence[Row[Any]]) -> frozenset[str]:
    """Of the certificates under one number the replacements that stand, if they are several:
    each was made on its own laptop, of the same paper."""
    found = frozenset(
        one.id for one in register
        if one.replaces and not one.deleted and one.status not in _STANDS_NOT
    )  # fmt: skip
    return found if len(found) > 1 else frozenset()


def revoked(conn: Connection, office_ids: Sequence[str]) -> tuple[Revoked, ...]:
    """Every certificate in the registers of these offices that no longer stands."""
    c = certificate.c
    rows = conn.execute(
        select(c.id, STATUS.label("status"), c.deleted)
        .where(c.office_id.in_(office_ids), c.proof != "")
        .where(or_(c.deleted == 1, STATUS.in_(list(_REVOKED))))
        .order_by(c.id)
    ).all()
    found = (_revoked(conn, row.id, "void" if row.deleted else row.status) for row in rows)
    return tuple(one for one in found if one is not None)


def _revoked(conn: Connection, certificate_id: str, status: str) -> Revoked | None:
    why = _REVOKED.get(status)
    if why is None:
        return None
    c = certificate.c
    by = conn.scalar(
        select(c.number_text)
        .where(c.replaces == certificate_id, c.deleted == 0, c.status != "unused")
        .order_by(c.edition.desc())
        .limit(1)
    )
    day = _last_step(conn, certificate_id, why)
    return Revoked(certificate_part(certificate_id), why, day, str(by or ""))


def _last_step(conn: Connection, certificate_id: str, step: str) -> str:
    """The day (ISO date) of the last step of this kind; empty when none was noted."""
    s = certificate_step.c
    found = conn.scalar(
        select(func.max(s.happened_on)).where(
            s.certificate_id == certificate_id, s.step == step, s.deleted == 0
        )
    )
    return str(found or "")


def matched_at(conn: Connection, scope: str) -> str:
    """When the centre last confirmed that this laptop holds everything of a scope; empty for
    never."""
    row = conn.exec_driver_sql(
        "SELECT matched_at FROM scope_state WHERE scope = ?", (scope,)
    ).first()  # fmt: skip
    return "" if row is None else str(row[0])


def registers_matched_at(conn: Connection, office_ids: Sequence[str]) -> tuple[str, ...]:
    """:func:`matched_at` of every scope that has certificates of these offices."""
    c = certificate.c
    scopes = conn.scalars(
        select(c.scope).where(c.office_id.in_(office_ids), c.deleted == 0).distinct()
    ).all()
    return tuple(matched_at(conn, scope) for scope in scopes)


# ---- lists


def keep_list(write: Write, source: str, body: str, as_of: str) -> None:
    """Keep a list in place of the one of the same source."""
    t = proof_list
    write.conn.execute(t.delete().where(t.c.source == source))
    write.conn.execute(
        t.insert().values(source=source, body=body, as_of=as_of, kept_at=write.now().utc)
    )
    write.changed.add("proof_list")
    write.audit("import", "proof_list")


def lists(conn: Connection) -> tuple[str, ...]:
    """The bodies of all lists, as they came."""
    t = proof_list.c
    return tuple(conn.scalars(select(t.body).order_by(t.source)))


def list_as_of(conn: Connection, source: str) -> str:
    """Of which moment the list of this source is; empty when there is none."""
    t = proof_list.c
    return str(conn.scalar(select(t.as_of).where(t.source == source)) or "")


def count(conn: Connection) -> int:
    """How many lists are kept here."""
    return int(conn.scalar(select(func.count()).select_from(proof_list)) or 0)
