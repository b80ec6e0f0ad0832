# SPDX-License-Identifier: Apache-2.0
"""Who is signed in. A session is a row; the browser holds 256 random bits that name it.

It ends 30 minutes after the last page, 12 hours after it began, when she signs out anywhere she
chose to, when the password or the role changes, and when the account is closed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, or_, select, update

from desktop.centre.staff.moment import stamp
from desktop.centre.staff.tables import staff_account, staff_session

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
_TOUCH: Final = timedelta(minutes=1)
"""A page within a minute of the last one writes nothing."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One account with an open session."""

    account_id: str
    login: str
    name: str
    role: str
    language: str
    must_change: bool
    token_hash: str
    seen_at: str = ""


def token_hash(token: str) -> str:
    """How a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def proof(secret: str) -> str:
    """What every form must carry: only a page that was made for this cookie can know it."""
    return hmac.new(secret.encode(), b"samut staff form", hashlib.sha256).hexdigest()


def fresh_token() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def begin(conn: Connection, account_id: str, address: str, now: datetime) -> str:
    """Open a session and return its token; sessions that are over are cleared away."""
    token = fresh_token()
    over = stamp(now - LONGEST)
    conn.execute(delete(staff_session).where(or_(
        staff_session.c.ends_at < stamp(now), staff_session.c.opened_at < over,
    )))  # fmt: skip
    conn.execute(
        insert(staff_session).values(
            token=token_hash(token),
            account_id=account_id,
            opened_at=stamp(now),
            seen_at=stamp(now),
            ends_at=stamp(now + IDLE),
            address=address,
        )
    )
    return token


def of(conn: Connection, token: str, now: datetime) -> SignedIn | None:
    """Who holds this token, if the session and the account are open."""
    if not token:
        return None
    table, account = staff_session, staff_account
    row = conn.execute(
        select(table, account)
        .join(account, account.c.id == table.c.account_id)
        .where(table.c.token == token_hash(token), account.c.active)
        .where(table.c.ends_at > stamp(now), table.c.opened_at > stamp(now - LONGEST))
    ).first()
    if row is None:
        return None
    return SignedIn(
        row.account_id, row.login, row.name, row.role, row.language, row.must_change, row.token,
        row.seen_at,
    )  # fmt: skip


def due(signed_in: SignedIn, now: datetime) -> bool:
    """Whether the session is to be kept open longer; once a minute is enough."""
    return signed_in.seen_at < stamp(now - _TOUCH)


def touch(conn: Connection, signed_in: SignedIn, now: datetime) -> None:
    """Keep a session open for another :data:`IDLE`."""
    conn.execute(
        update(staff_session)
        .where(staff_session.c.token == signed_in.token_hash)
        .values(seen_at=stamp(now), ends_at=stamp(now + IDLE))
    )


def end(conn: Connection, signed_in: SignedIn) -> None:
    """Close this session."""
    conn.execute(delete(staff_session).where(staff_session.c.token == signed_in.token_hash))


def end_all(conn: Connection, account_id: str, *, but: str = "") -> int:
    """Close every session of an account, ``but`` one (its token's hash); returns how many."""
    table = staff_session
    return conn.execute(
        delete(table).where(table.c.account_id == account_id, table.c.token != but)
    ).rowcount


def count(conn: Connection, account_id: str, now: datetime) -> int:
    """How many sessions of an account are open."""
    table = staff_session
    return len(conn.execute(
        select(table.c.token)
        .where(table.c.account_id == account_id, table.c.ends_at > stamp(now))
        .where(table.c.opened_at > stamp(now - LONGEST))
    ).all())  # fmt: skip
