# SPDX-License-Identifier: Apache-2.0
"""Signing in, and being kept from guessing.

A try is written down before the password is looked at, so that a hundred tries at once count as
a hundred. Five for one name from one address in 15 minutes and the door stays shut for that
pair; wider limits hold for one address (many names) and for one name (many addresses). Every
refusal is the same sentence, and costs the same time, whether the name exists or not.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from desktop.centre.database import Database
from desktop.centre.staff import password as passwords
from desktop.centre.staff import session
from desktop.centre.staff.moment import stamp
from desktop.centre.staff.tables import staff_account, staff_try
from desktop.errors import Problem
from desktop.i18n import _

WINDOW: Final = timedelta(minutes=15)
TRIES: Final = 5
TRIES_OF_ADDRESS: Final = 30
TRIES_OF_LOGIN: Final = 60


class NotSignedIn(Problem):
    """Name and password do not belong together."""


class ShutOut(Problem):
    """Too many tries; the sentence says for how long."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that has just begun."""

    token: str
    account_id: str
    must_change: bool
    language: str


def login_name(typed: str) -> str:
    """A login name as it is kept: NFC, lower case, no blanks around it."""
    return unicodedata.normalize("NFC", typed).strip().lower()[:100]


def sign_in(database: Database, typed: str, password: str, address: str, now: datetime) -> Opened:
    """Open a session for a name and a password. Raises NotSignedIn or ShutOut."""
    login = login_name(typed)
    mark = secrets.token_hex(16)
    with database.write() as conn:
        conn.execute(
            insert(staff_try).values(
                id=mark, login_hash=_hash(login), address=address, at=stamp(now)
            )
        )
    # A second transaction: by now every try that began before this one can be counted.
    with database.write() as conn:
        shut = _shut(conn, login, address, now)
        if shut:
            conn.execute(delete(staff_try).where(staff_try.c.id == mark))
        account = conn.execute(select(staff_account).where(staff_account.c.login == login)).first()
    if shut:
        raise ShutOut(
            _("Too many tries. Wait {count} minutes, then try again.").format(
                count=int(WINDOW.total_seconds() // 60)
            )
        )
    known = account is not None and account.active
    kept = account.password if account is not None and known else _nobody()
    if not passwords.fits(password, kept) or account is None or not known:
        raise NotSignedIn(_("The user name or the password is not right."))
    with database.write() as conn:
        conn.execute(
            delete(staff_try).where(
                staff_try.c.login_hash == _hash(login), staff_try.c.address == address
            )
        )
        conn.execute(delete(staff_try).where(staff_try.c.at < stamp(now - 4 * WINDOW)))
        token = session.begin(conn, account.id, address, now)
    return Opened(token, account.id, account.must_change, account.language)


def _shut(conn: Connection, login: str, address: str, now: datetime) -> bool:
    """Whether one of the limits is passed, this try counted."""
    table = staff_try
    of_login = table.c.login_hash == _hash(login)
    of_address = table.c.address == address

    def tries(*which: ColumnElement[bool]) -> int:
        return int(
            conn.execute(
                select(func.count()).select_from(table)
                .where(table.c.at > stamp(now - WINDOW), *which)
            ).scalar_one()
        )  # fmt: skip

    return (
        tries(of_login, of_address) > TRIES
        or tries(of_address) > TRIES_OF_ADDRESS
        or tries(of_login) > TRIES_OF_LOGIN
    )


def _hash(login: str) -> str:
    return hashlib.sha256(b"samut login\0" + login.encode()).hexdigest()


@cache
def _nobody() -> str:
    return passwords.nobody()
