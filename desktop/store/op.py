# SPDX-License-Identifier: Apache-2.0
"""The op log, read. It is written by ``write.py`` alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from desktop.store.schema import device, op


def last_noted(conn: Connection) -> datetime | None:
    """The instant (UTC) that the newest change carries; None in a store without changes.

    The offset of the place where it was noted stands behind it in brackets.
    """
    here = op.c.device.in_(select(device.c.id))  # those of other laptops tell of other clocks
    at = conn.execute(select(op.c.at).where(here).order_by(op.c.seq.desc()).limit(1)).scalar()
    return datetime.fromisoformat(at.partition("[")[0]) if at else None


def last_number(conn: Connection) -> int:
    """The number of the newest op on this laptop; it grows with everything that is to be sent."""
    return int(conn.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM op").scalar_one())
