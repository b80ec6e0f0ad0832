# SPDX-License-Identifier: Apache-2.0
"""The centre this laptop joined, and the keys it speaks to it with.

Everything stands inside the encrypted file, and none of it is ever synced.
"""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import Connection

from desktop.model.chain import canonical
from desktop.store.write import Write

_EPOCH: Final = "epoch"
_JOINED: Final = "joined"
_CONTACT: Final = "last_contact"
_OFFSET: Final = "offset"
_KEYS: Final = ("ed25519", "x25519")


def value(conn: Connection, key: str, otherwise: Any = None) -> Any:
    """The value kept under ``key``, or ``otherwise``."""
    row = conn.exec_driver_sql("SELECT value FROM centre WHERE key = ?", (key,)).first()
    return otherwise if row is None else json.loads(row[0])


def keep(write: Write, key: str, value: Any) -> None:
    """Keep ``value`` (anything JSON can hold) under ``key``; None takes it away."""
    if value is None:
        write.conn.exec_driver_sql("DELETE FROM centre WHERE key = ?", (key,))
    else:
        write.conn.exec_driver_sql(
            "INSERT INTO centre (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, canonical(value)),
        )
    write.changed.add("sync")


# ---- joining


def join(write: Write, told: dict[str, Any], address: str) -> None:
    """Keep what the centre said when this laptop joined it, whole, and where it is reached."""
    keep(write, _JOINED, {**told, "address": address, "joined_at": write.now().utc})
    write.audit("join", "sync")


def joined(conn: Connection) -> dict[str, Any] | None:
    """What ``join`` kept, with ``address`` and ``joined_at``; None before a centre was joined."""
    found: dict[str, Any] | None = value(conn, _JOINED)
    return found


def leave(write: Write) -> None:
    """Forget the centre. What was written, sent and received stays as it is."""
    keep(write, _JOINED, None)
    write.audit("leave", "sync")


def epoch(conn: Connection) -> int:
    """The history of the centre this laptop follows; 0 before the first contact."""
    return int(value(conn, _EPOCH, 0))


# ---- contact


def contact(write: Write, at: str, offset: float | None) -> None:
    """Note that the centre answered at ``at`` (UTC, RFC 3339), and by how many seconds this
    laptop's clock is ahead of the centre's."""
    keep(write, _CONTACT, at)
    keep(write, _OFFSET, offset)


def last_contact(conn: Connection) -> str:
    """When the centre last answered; UTC, RFC 3339; empty for never."""
    return str(value(conn, _CONTACT, ""))


def offset(conn: Connection) -> float | None:
    """Seconds this laptop's clock was ahead of the centre's at the last contact."""
    found = value(conn, _OFFSET)
    return None if found is None else float(found)


# ---- the laptop's own keys


def keep_device_keys(write: Write, ed25519: bytes, x25519: bytes) -> None:
    """Keep the private keys of this laptop. ``ValueError`` when it has some: the centre knows
    those, and what was sealed to them could not be opened any more."""
    if device_keys(write.conn) is not None:
        raise ValueError("this laptop has keys already")
    for kind, private in zip(_KEYS, (ed25519, x25519), strict=True):
        write.conn.exec_driver_sql(
            "INSERT INTO laptop_key (kind, private, made_at) VALUES (?, ?, ?)",
            (kind, private, write.now().utc),
        )
    write.audit("create", "laptop_key")


def device_keys(conn: Connection) -> tuple[bytes, bytes] | None:
    """The private Ed25519 and X25519 keys of this laptop, or None before they were made."""
    rows = conn.exec_driver_sql(
        "SELECT kind, private FROM laptop_key WHERE kind IN (?, ?)", _KEYS
    ).fetchall()  # others have a room of their own: ``store/proof.py``
    found = {str(row[0]): bytes(row[1]) for row in rows}
    return (found["ed25519"], found["x25519"]) if len(found) == len(_KEYS) else None
