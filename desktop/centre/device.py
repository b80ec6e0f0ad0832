# SPDX-License-Identifier: Apache-2.0
"""Laptops that have joined: their keys, who works on them, when they were last heard of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, delete, insert, select, update

from desktop.centre.database import Database, stamp
from desktop.centre.schema import device as device_table
from desktop.centre.schema import device_account, incarnation
from desktop.centre.statements import Call, native, statements
from desktop.errors import Problem
from desktop.i18n import _

GRACE: Final = timedelta(days=30)
"""How long a revoked device may still bring the work it has."""

Standing = Literal["open", "grace", "closed"]


class KnownDevice(Problem):
    """A device or a key has joined already under another name."""


@dataclass(frozen=True, slots=True)
class Device:
    """A laptop as the centre knows it."""

    id: str
    office: str
    name: str
    ed25519: bytes
    x25519: bytes
    made_at: str = ""
    revoked_at: str = ""
    grace_until: str = ""
    last_contact: str = ""
    clock_offset: int = 0
    """Milliseconds its clock is ahead of the centre's; negative when it is behind."""
    waiting: int = 0
    """Ops it still had to send after it was last heard of."""
    photos: int = 0
    app: str = ""
    schema_version: int = 0
    epoch: int = 0

    def standing(self, now: str) -> Standing:
        """``open``; ``grace``: revoked, and may only bring what it has; ``closed``."""
        if not self.revoked_at:
            return "open"
        return "grace" if now < self.grace_until else "closed"


_COLUMNS: Final = tuple(device_table.c[name] for name in Device.__dataclass_fields__)


def keep_device(
    conn: Connection, database: Database, device: Device, accounts: Iterable[str]
) -> Device:
    """Let a device join. The same device with the same keys may join again (other accounts,
    another office) and is open again. Raises :class:`KnownDevice` if its id or its key belongs
    to another."""
    t = device_table.c
    known = conn.execute(
        select(t.id, t.ed25519).where((t.id == device.id) | (t.ed25519 == device.ed25519))
    ).all()
    if any(row.id != device.id or bytes(row.ed25519) != device.ed25519 for row in known):
        raise KnownDevice(
            _(
                "This computer has joined before with another key. "
                "Ask the centre to close the old one."
            )
        )
    values: dict[str, Any] = {
        "office": device.office, "name": device.name, "x25519": device.x25519,
        "revoked_at": "", "grace_until": "",
    }  # fmt: skip
    if known:
        conn.execute(update(device_table).where(t.id == device.id).values(values))
    else:
        conn.execute(insert(device_table).values(
            id=device.id, ed25519=device.ed25519, made_at=database.stamp(), **values
        ))  # fmt: skip
    work_on(conn, device.id, accounts)
    kept = device_of(conn, device.id)
    if kept is None:
        raise LookupError("the device just kept")
    return kept


def work_on(conn: Connection, device_id: str, accounts: Iterable[str]) -> None:
    """These and no others work on this device from now on."""
    t = device_account.c
    conn.execute(delete(device_account).where(t.device == device_id))
    lines = [{"device": device_id, "account": one} for one in sorted(set(accounts))]
    if lines:
        conn.execute(insert(device_account), lines)


def device_of(conn: Connection, device_id: str) -> Device | None:
    """One device, or None."""
    row = conn.execute(select(*_COLUMNS).where(device_table.c.id == device_id)).first()
    return _device(row) if row else None


def devices(conn: Connection, *, office: str = "") -> tuple[Device, ...]:
    """Devices by name, all or those of one office."""
    query = select(*_COLUMNS).order_by(device_table.c.name, device_table.c.id)
    if office:
        query = query.where(device_table.c.office == office)
    return tuple(_device(row) for row in conn.execute(query))


def revoke(conn: Connection, database: Database, device_id: str, grace: timedelta = GRACE) -> bool:
    """Close a device. Until the grace ends it may still push, and pulls nothing; after that its
    pushes are kept in quarantine. False if it was closed already or is not known."""
    now = database.now()
    t = device_table.c
    done = conn.execute(
        update(device_table)
        .where(t.id == device_id, t.revoked_at == "")
        .values(revoked_at=stamp(now), grace_until=stamp(now + grace))
    )
    return bool(done.rowcount)


def reopen(conn: Connection, device_id: str) -> bool:
    """Take a revocation back; False if there was none."""
    t = device_table.c
    done = conn.execute(
        update(device_table)
        .where(t.id == device_id, t.revoked_at != "")
        .values(revoked_at="", grace_until="")
    )
    return bool(done.rowcount)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a device says of itself with every message."""

    now: str = ""
    """Its own clock (RFC 9557); a text that is no instant changes nothing about the clock."""
    waiting: int = 0
    photos: int = 0
    app: str = ""
    schema_version: int = 0
    epoch: int = 0


def heard(conn: Connection, database: Database, device_id: str, told: Heard) -> None:
    """Note that a device was heard of."""
    statements(database.is_postgresql).batch(conn, [hearing(database, device_id, told)])


def hearing(database: Database, device_id: str, told: Heard) -> Call:
    """The statement of :func:`heard`, to be said together with others."""
    here = database.now()
    values: dict[str, Any] = {
        "last_contact": stamp(here),
        "waiting": told.waiting,
        "photos": told.photos,
        "app": told.app[:100],
        "schema_version": min(told.schema_version, 2**31 - 1),
        "epoch": told.epoch,
    }  # fmt: skip
    offset = clock_offset(told.now, here)
    if offset is not None:
        values["clock_offset"] = offset
    named = ", ".join(f"{name} = ?" for name in values)
    said = native(database.is_postgresql, f"UPDATE device SET {named} WHERE id = ?")  # noqa: S608
    return said, (*values.values(), device_id)


def clock_offset(told: str, here: datetime) -> int | None:
    """Milliseconds that a clock which says ``told`` is ahead of ``here``; None if unreadable.

    A year Python cannot count in seconds (2569) is still a date, and the difference is exact.
    """
    try:
        there = datetime.fromisoformat(told.partition("[")[0])
    except ValueError:
        return None
    if there.utcoffset() is None:
        return None
    return round((there - here) / timedelta(milliseconds=1))


def keep_incarnation(conn: Connection, database: Database, name: str, device_id: str) -> bool:
    """Note under which name a device numbers its ops; False if another device has that name."""
    t = incarnation.c
    found = conn.execute(select(t.device).where(t.id == name)).scalar()
    if found is None:
        conn.execute(
            insert(incarnation).values(id=name, device=device_id, seen_at=database.stamp())
        )
        return True
    return bool(found == device_id)


def device_of_incarnation(conn: Connection, name: str) -> str:
    """The device that numbers its ops under this name; empty if none is known to."""
    t = incarnation.c
    found = conn.execute(select(t.device).where(t.id == name)).scalar()
    if found is not None:
        return str(found)
    known = conn.execute(select(device_table.c.id).where(device_table.c.id == name)).scalar()
    return str(known or "")


def _device(row: Any) -> Device:
    device = Device(*row)
    return replace(device, ed25519=bytes(device.ed25519), x25519=bytes(device.x25519))
