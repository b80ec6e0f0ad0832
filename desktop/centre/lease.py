# SPDX-License-Identifier: Apache-2.0
"""Blocks of certificate numbers: each is given to one device, and never twice.

A register is one office's, one kind's and one year's. Which block comes next is decided by
``desktop.sync.lease``; here stands what is known: the last number given, the highest
certificate that has arrived, and what the newest verified backup knew as given. Its row is the
lock under which blocks of one register are given one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from desktop.centre import setting
from desktop.centre.account import opened_to
from desktop.centre.database import Database
from desktop.centre.device import device_of, device_of_incarnation
from desktop.centre.schema import account, backup, certificate, register
from desktop.centre.schema import lease as lease_table
from desktop.sync.lease import next_block
from desktop.sync.protocol import Lease, LeaseWanted

UNKNOWN_FROM: Final = "lease_unknown_from"
UNKNOWN_YEAR: Final = "lease_unknown_year"
"""Settings of a restored centre: registers it does not know, of this year and earlier, may have
been given from all the same; they go on after this number."""


HIGHEST: Final = 10_000_000
"""No register comes near it; a certificate or a laptop that says so is not believed."""


def give_lease(database: Database, device: str, wanted: LeaseWanted) -> Lease | None:
    """A block for ``device`` (its id, or the name under which it numbers its ops), for ever.

    A laptop that founded its office before it joined may still ask by the id it had then; the
    register is the one of its office all the same. None for a device that is closed or of
    another office, for a year that cannot be (registers
    are kept in years พ.ศ., none after next year), and when ``next_block`` gives none.
    """
    if wanted.above >= HIGHEST or not 2400 <= wanted.year <= database.now().year + 544:
        return None
    with database.write() as conn:
        known = device_of(conn, device_of_incarnation(conn, device))
        if known is None or known.revoked_at:
            return None
        names = (known.office, *founded(conn, known.office))
        if wanted.office not in names:
            return None
        block = _give(conn, database, known.id, replace(wanted, office=known.office), names)
        return replace(block, office=wanted.office) if block is not None else None


def leases(conn: Connection, office: str = "", device: str = "") -> tuple[Lease, ...]:
    """Blocks that were given away, of an office or a device, in the order of numbers."""
    t = lease_table.c
    query = select(t.office, t.kind, t.year, t.first, t.last)
    if office:
        query = query.where(t.office == office)
    if device:
        query = query.where(t.device == device)
    found = conn.execute(query.order_by(t.office, t.kind, t.year, t.first))
    return tuple(Lease(*row) for row in found)


def marks(conn: Connection) -> list[list[str | int]]:
    """``[office, kind, year, last]`` of every register: what a backup knows as given."""
    t = register.c
    query = select(t.office, t.kind, t.year, t.last).order_by(t.office, t.kind, t.year)
    return [list(row) for row in conn.execute(query)]


def _give(
    conn: Connection, database: Database, device: str, wanted: LeaseWanted, names: Sequence[str]
) -> Lease | None:
    t = register.c
    key = {"office": wanted.office, "kind": wanted.kind, "year": wanted.year}
    here = (t.office == wanted.office, t.kind == wanted.kind, t.year == wanted.year)
    insert_here = postgresql_insert if database.is_postgresql else sqlite_insert
    conn.execute(
        insert_here(register).values(**key, last=_unknown(conn, wanted)).on_conflict_do_nothing()
    )
    kept = conn.execute(select(t.last, t.safe).where(*here).with_for_update()).one()
    copied = conn.execute(select(backup.c.name).where(backup.c.verified_at != "").limit(1)).first()
    given = max(kept.last, _highest(conn, wanted, names))
    block = next_block(wanted, given, None if copied is None else kept.safe)
    if block is None:
        return None
    conn.execute(update(register).where(*here).values(last=block.last))
    conn.execute(
        insert(lease_table).values(
            **key, first=block.first, last=block.last, device=device, at=database.stamp()
        )
    )
    return block


def founded(conn: Connection, office: str) -> tuple[str, ...]:
    """The ids that laptops of this office had founded theirs under before they joined.

    All of them are one register from then on: what was printed under them counts.
    """
    opened = [
        scope.removeprefix("o:") for scope in opened_to(conn, f"o:{office}")
        if scope.startswith("o:")
    ]  # fmt: skip
    if not opened:
        return ()
    # An office that people work in has a register of its own, though it was opened to another.
    own = set(conn.execute(select(account.c.office).where(account.c.office.in_(opened))).scalars())
    return tuple(one for one in opened if one not in own)


def _unknown(conn: Connection, wanted: LeaseWanted) -> int:
    """Where a register begins that has no row yet."""
    year = setting.get(conn, UNKNOWN_YEAR)
    return int(setting.get(conn, UNKNOWN_FROM)) if year and wanted.year <= int(year) else 0


def _highest(conn: Connection, wanted: LeaseWanted, names: Sequence[str]) -> int:
    """The highest number of a certificate that has arrived."""
    t = certificate.c
    query = select(func.max(t.number)).where(
        t.office.in_(names), t.kind == wanted.kind, t.year == wanted.year,
        t.number < HIGHEST,
    )  # fmt: skip
    return int(conn.execute(query).scalar() or 0)
