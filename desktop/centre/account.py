# SPDX-License-Identifier: Apache-2.0
"""Offices, and the facilitators who may sync: their role and the areas they serve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, delete, insert, or_, select, update

from desktop.centre.database import Database
from desktop.centre.record import parsed
from desktop.centre.schema import account as account_table
from desktop.centre.schema import device_account, invitation
from desktop.centre.schema import office as office_table
from desktop.errors import Problem
from desktop.i18n import _

Role = Literal["facilitator", "supervisor"]
ROLES: Final[tuple[Role, ...]] = ("facilitator", "supervisor")
EVERYWHERE: Final = ("",)
"""The areas of somebody who serves the whole country."""


class NotAnArea(Problem):
    """Areas are the first two, four or all six digits of a tambon's code."""


class OtherOffice(Problem):
    """A facilitator is known in another office already."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office as the centre knows it."""

    id: str
    name: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A facilitator as the centre knows her; ``id`` is the one on her laptop."""

    id: str
    office: str
    name: str
    role: Role
    areas: tuple[str, ...]
    """Beginnings of area codes: ``63`` a province, ``6301`` a district, ``630101`` a tambon,
    ``""`` the whole country."""
    active: bool = True


def check_areas(areas: Iterable[str]) -> tuple[str, ...]:
    """``areas`` without those that another contains, sorted. Raises :class:`NotAnArea`."""
    given = sorted(set(areas))
    for area in given:
        if area and (len(area) not in (2, 4, 6) or not area.isascii() or not area.isdigit()):
            raise NotAnArea(
                _("An area is the first 2, 4 or all 6 digits of a tambon's code: {area}").format(
                    area=area
                )
            )
    kept: list[str] = []
    for area in given:
        if not any(area.startswith(wider) for wider in kept):
            kept.append(area)
    return tuple(kept)


# ---- offices


def keep_office(conn: Connection, database: Database, office: Office) -> None:
    """Add an office, or change its name and area."""
    values = {"name": office.name, "area": office.area}
    changed = conn.execute(
        update(office_table).where(office_table.c.id == office.id).values(values)
    )
    if not changed.rowcount:
        conn.execute(insert(office_table).values(
            id=office.id, made_at=database.stamp(), **values
        ))  # fmt: skip


def offices(conn: Connection) -> tuple[Office, ...]:
    """Every office, by name."""
    t = office_table.c
    found = conn.execute(select(t.id, t.name, t.area).order_by(t.name, t.id))
    return tuple(Office(*row) for row in found)


def office(conn: Connection, office_id: str) -> Office | None:
    """One office, or None."""
    t = office_table.c
    row = conn.execute(select(t.id, t.name, t.area).where(t.id == office_id)).first()
    return Office(*row) if row else None


# ---- accounts


def keep_account(conn: Connection, database: Database, account: Account) -> None:
    """Add a facilitator, or change her name, role, areas or whether she is active.

    Raises :class:`OtherOffice` rather than moving somebody, :class:`NotAnArea`.
    """
    if account.role not in ROLES:
        raise ValueError("no such role")
    known = account_of(conn, account.id)
    if known is not None and known.office != account.office:
        raise OtherOffice(
            _("{name} is known at another office. Close that account first.").format(
                name=account.name
            )
        )
    values: dict[str, Any] = {
        "name": account.name, "role": account.role, "areas": list(check_areas(account.areas)),
        "active": account.active, "changed_at": database.stamp(),
    }  # fmt: skip
    if known is None:
        conn.execute(insert(account_table).values(
            id=account.id, office=account.office, made_at=database.stamp(), **values
        ))  # fmt: skip
    else:
        conn.execute(update(account_table).where(account_table.c.id == account.id).values(values))


def account_of(conn: Connection, account_id: str) -> Account | None:
    """One account, or None."""
    row = conn.execute(_accounts().where(account_table.c.id == account_id)).first()
    return _account(row) if row else None


def accounts(
    conn: Connection, *, office_id: str = "", device: str = "", search: str = ""
) -> tuple[Account, ...]:
    """Accounts by name: all, those of an office, those on a device, those with a name like it."""
    query = _accounts().order_by(account_table.c.name, account_table.c.id)
    if office_id:
        query = query.where(account_table.c.office == office_id)
    if device:
        query = query.join(device_account, device_account.c.account == account_table.c.id).where(
            device_account.c.device == device
        )
    if search:
        query = query.where(or_(
            account_table.c.name.contains(search, autoescape=True),
            account_table.c.id == search,
        ))  # fmt: skip
    return tuple(_account(row) for row in conn.execute(query))


def set_active(conn: Connection, database: Database, account_id: str, active: bool) -> bool:
    """Let somebody sync again, or no more; False if there is no such account."""
    done = conn.execute(
        update(account_table)
        .where(account_table.c.id == account_id)
        .values(active=active, changed_at=database.stamp())
    )
    return bool(done.rowcount)


# ---- scopes opened to others


def invite(conn: Connection, database: Database, scope: str, guest: str, by: str) -> None:
    """Open a scope to an account, or to a whole office as ``o:<office>``."""
    t = invitation.c
    there = conn.execute(select(t.guest).where(t.scope == scope, t.guest == guest)).first()
    if there is None:
        conn.execute(
            insert(invitation).values(scope=scope, guest=guest, by=by, at=database.stamp())
        )


def uninvite(conn: Connection, scope: str, guest: str) -> bool:
    """Close it again; False if it was not open."""
    t = invitation.c
    return bool(
        conn.execute(delete(invitation).where(t.scope == scope, t.guest == guest)).rowcount
    )


def invitations(conn: Connection, scope: str) -> tuple[str, ...]:
    """To whom a scope was opened."""
    t = invitation.c
    found = conn.execute(select(t.guest).where(t.scope == scope).order_by(t.guest))
    return tuple(found.scalars())


def opened_to(conn: Connection, guest: str) -> tuple[str, ...]:
    """Which scopes were opened to an account, or to an office as ``o:<office>``."""
    t = invitation.c
    found = conn.execute(select(t.scope).where(t.guest == guest).order_by(t.scope))
    return tuple(found.scalars())


def _accounts() -> Any:
    t = account_table.c
    return select(t.id, t.office, t.name, t.role, t.areas, t.active)


def _account(row: Any) -> Account:
    return Account(
        row.id, row.office, row.name, row.role, tuple(parsed(row.areas)), bool(row.active)
    )
