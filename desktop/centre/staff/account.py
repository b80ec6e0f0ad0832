# SPDX-License-Identifier: Apache-2.0
"""Accounts of the pages' own staff. Facilitators' accounts are another thing (``centre``)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from desktop.centre.staff import password as passwords
from desktop.centre.staff import session
from desktop.centre.staff.login import login_name
from desktop.centre.staff.moment import stamp
from desktop.centre.staff.policy import ROLES
from desktop.centre.staff.tables import staff_account
from desktop.errors import Problem
from desktop.i18n import LANGUAGES, _


class AccountProblem(Problem):
    """An account cannot be made or changed as asked."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of the centre's staff."""

    id: str
    login: str
    name: str
    role: str
    language: str
    active: bool
    must_change: bool
    created_at: str
    changed_at: str


def _member(row: Row[tuple[object, ...]]) -> Member:
    return Member(
        row.id, row.login, row.name, row.role, row.language, row.active, row.must_change,
        row.created_at, row.changed_at,
    )  # fmt: skip


def members(conn: Connection) -> tuple[Member, ...]:
    """Everybody, the open accounts first, by name."""
    table = staff_account
    return tuple(
        _member(row)
        for row in conn.execute(select(table).order_by(table.c.active.desc(), table.c.name))
    )


def member(conn: Connection, account_id: str) -> Member | None:
    """One account, or None."""
    row = conn.execute(select(staff_account).where(staff_account.c.id == account_id)).first()
    return None if row is None else _member(row)


def add(
    conn: Connection, typed: str, name: str, role: str, password: str, *, by: str, now: datetime,
    must_change: bool = True,
) -> str:  # fmt: skip
    """Make an account and return its id. Raises AccountProblem or WeakPassword."""
    login, name = login_name(typed), name.strip()[:200]
    if not login or any(c.isspace() for c in login):
        raise AccountProblem(_("Type a user name without blanks."))
    if not name:
        raise AccountProblem(_("Type the person's name."))
    _check_role(role)
    passwords.check(password, login)
    table = staff_account
    if conn.execute(select(table.c.id).where(table.c.login == login)).first() is not None:
        raise AccountProblem(_("This user name is taken. Choose another one."))
    account_id = str(uuid.uuid4())
    conn.execute(
        insert(table).values(
            id=account_id,
            login=login,
            name=name,
            password=passwords.hashed(password),
            role=role,
            active=True,
            must_change=must_change,
            created_at=stamp(now),
            created_by=by,
            changed_at=stamp(now),
        )
    )
    return account_id


def change_password(
    conn: Connection, account_id: str, password: str, now: datetime, *,
    must_change: bool = False, keep: str = "",
) -> None:  # fmt: skip
    """Set another password; every session but ``keep`` (its token's hash) ends."""
    found = member(conn, account_id)
    if found is None:
        raise AccountProblem(_("There is no such account."))
    passwords.check(password, found.login)
    conn.execute(
        update(staff_account)
        .where(staff_account.c.id == account_id)
        .values(
            password=passwords.hashed(password), must_change=must_change, changed_at=stamp(now)
        )
    )
    session.end_all(conn, account_id, but=keep)


def password_fits(conn: Connection, account_id: str, password: str) -> bool:
    """Whether it is this account's password."""
    kept = conn.execute(
        select(staff_account.c.password).where(staff_account.c.id == account_id)
    ).scalar()
    return kept is not None and passwords.fits(password, kept)


def change(conn: Connection, account_id: str, *, role: str, active: bool, now: datetime) -> None:
    """Give another role, open or close the account; its sessions end. The last open admin
    stays one: otherwise nobody could let anybody in again."""
    _check_role(role)
    found = member(conn, account_id)
    if found is None:
        raise AccountProblem(_("There is no such account."))
    table = staff_account
    if found.role == "admin" and found.active and not (role == "admin" and active):
        # Locked until the end: two administrators who close each other at once do not both.
        admins = conn.execute(
            select(table.c.id).where(table.c.role == "admin", table.c.active).with_for_update()
        ).all()
        if len(admins) < 2:
            raise AccountProblem(_("This is the last administrator. Make another one first."))
    conn.execute(
        update(table)
        .where(table.c.id == account_id)
        .values(role=role, active=active, changed_at=stamp(now))
    )
    session.end_all(conn, account_id)


def change_language(conn: Connection, account_id: str, language: str, now: datetime) -> None:
    """Speak another language to this account."""
    if language not in LANGUAGES:
        raise AccountProblem(_("There is no such language."))
    conn.execute(
        update(staff_account)
        .where(staff_account.c.id == account_id)
        .values(language=language, changed_at=stamp(now))
    )


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise AccountProblem(_("Choose a role."))
