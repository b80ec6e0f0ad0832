# SPDX-License-Identifier: Apache-2.0
"""Who may hold a scope and write to it: what an account, a device and the rows together say.

A device may hold what any facilitator on it may: her office (``o:``), the tambons of her areas
(``t:``), workshops of her office or opened to her (``w:``), restricted cases she reads (``c:``)
and ``forms``. A workshop belongs to the office that first wrote to it. A restricted case that
nobody has yet may be opened by any facilitator; afterwards its ``case_file`` row says who reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from sqlalchemy import CompoundSelect, Connection, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from desktop.centre.account import Account, account_of, accounts
from desktop.centre.database import Database
from desktop.centre.device import Device, Standing, device_of, device_of_incarnation
from desktop.centre.schema import case_reader, invitation
from desktop.centre.schema import scope as scope_table

Reason = Literal["", "closed", "author", "forbidden"]
"""Why an op is not merged: empty when it is."""

FORMS: Final = "forms"


def scope_kind(scope: str) -> str:
    """``o``, ``t``, ``w``, ``c`` or ``forms``; empty for a name that can be no scope."""
    if scope == FORMS:
        return FORMS
    kind, colon, rest = scope.partition(":")
    if not colon or not rest or kind not in ("o", "t", "w", "c"):
        return ""
    if kind == "t" and not (len(rest) == 6 and rest.isascii() and rest.isdigit()):
        return ""
    return kind


@dataclass(slots=True)
class Rights:
    """What one device may do. Made for each request, so that a change counts at the next.

    Answers are remembered for the time of the request.
    """

    database: Database
    device: Device | None
    standing: Standing
    people: dict[str, Account]
    """Active accounts on this device."""
    _answers: dict[tuple[str, str, bool], Reason] = field(default_factory=dict)

    def scopes(self) -> tuple[str, ...]:
        """Every scope the device may hold now, sorted; none for one that was revoked.

        Tambons are listed once something was written there; a device may write to the others
        of its areas all the same.
        """
        if self.standing != "open" or not self.people:
            return ()
        with self.database.read() as conn:
            found = set(conn.execute(_listed(self.people)).scalars())
        found |= {f"o:{one.office}" for one in self.people.values()} | {FORMS}
        # A name that can be no scope has a row too, once somebody said something under it.
        return tuple(sorted(one for one in found if scope_kind(one)))

    def may_hold(self, scope: str) -> bool:
        """Whether the device may receive this scope."""
        if self.standing != "open" or not self.people:
            return False
        with self.database.read() as conn:
            return any(_holds(conn, one, scope) for one in self.people.values())

    def may_write(self, scope: str, by: str, *, others: bool = False) -> Reason:
        """Whether an op by account ``by`` in this scope is merged, or why not.

        ``others``: the op is of another laptop, which the device met in a hall; its author is
        then any active facilitator who may write there, and the device must be open itself.
        A workshop that nobody has yet is given to the office of its first author.
        """
        asked = (scope, by, others)
        if asked not in self._answers:
            self._answers[asked] = self._judge(scope, by, others)
        return self._answers[asked]

    def _judge(self, scope: str, by: str, others: bool) -> Reason:
        if self.standing == "closed" or (others and self.standing != "open"):
            return "closed"
        author = self.people.get(by)
        with self.database.read() as conn:
            if author is None and others:
                found = account_of(conn, by)
                author = found if found is not None and found.active else None
            if author is None:
                return "author"
            if _holds(conn, author, scope) or _opens(conn, scope):
                free = scope.startswith("w:") and not _owner(conn, scope)
            else:
                return "forbidden"
        if free and not self._claim(scope, author):
            return "forbidden"
        return ""

    def _claim(self, scope: str, author: Account) -> bool:
        """Give a workshop to the author's office; False if another was quicker."""
        insert = postgresql_insert if self.database.is_postgresql else sqlite_insert
        with self.database.write() as conn:
            conn.execute(insert(scope_table).values(scope=scope).on_conflict_do_nothing())
            conn.execute(
                update(scope_table)
                .where(scope_table.c.scope == scope, scope_table.c.owner == "")
                .values(owner=author.office)
            )
            return _holds(conn, author, scope)


def rights_of(database: Database, device_id: str) -> Rights:
    """What the device with this id (or numbering its ops under this name) may do now.

    One that is not known is closed.
    """
    with database.read() as conn:
        known = device_of(conn, device_id)
        if known is None and (elder := device_of_incarnation(conn, device_id)):
            known = device_of(conn, elder)
        people = accounts(conn, device=known.id) if known is not None else ()
    return Rights(
        database,
        known,
        known.standing(database.stamp()) if known is not None else "closed",
        {one.id: one for one in people if one.active},
    )


def may_read(database: Database, account_id: str, scope: str) -> bool:
    """Whether a facilitator may hold this scope, on whichever device."""
    with database.read() as conn:
        account = account_of(conn, account_id)
        return account is not None and account.active and _holds(conn, account, scope)


# ---- the rules


def _holds(conn: Connection, account: Account, scope: str) -> bool:
    kind = scope_kind(scope)
    if kind == FORMS:
        return True
    if kind == "t":
        within = scope[2:].startswith(account.areas) if account.areas else False
    elif kind == "o":
        within = scope[2:] == account.office
    elif kind == "w":
        within = _owner(conn, scope) == account.office
    elif kind == "c":
        t = case_reader.c
        query = select(t.scope).where(t.scope == scope, t.account == account.id)
        within = conn.execute(query).first() is not None
    else:
        return False
    return within or _invited(conn, account, scope)


def _opens(conn: Connection, scope: str) -> bool:
    """Whether nobody has this workshop or restricted case yet."""
    kind = scope_kind(scope)
    if kind == "w":
        return not _owner(conn, scope)
    if kind == "c":
        t = case_reader.c
        return conn.execute(select(t.account).where(t.scope == scope).limit(1)).first() is None
    return False


def _owner(conn: Connection, scope: str) -> str:
    t = scope_table.c
    return str(conn.execute(select(t.owner).where(t.scope == scope)).scalar() or "")


def _invited(conn: Connection, account: Account, scope: str) -> bool:
    t = invitation.c
    guests = (account.id, f"o:{account.office}")
    query = select(t.guest).where(t.scope == scope, t.guest.in_(guests)).limit(1)
    return conn.execute(query).first() is not None


def _listed(people: dict[str, Account]) -> CompoundSelect[str]:
    """A query for the scopes in the tables that these people may hold."""
    t = scope_table.c
    offices = sorted({one.office for one in people.values()})
    areas = sorted({area for one in people.values() for area in one.areas})
    within = [t.scope.startswith(f"t:{area}", autoescape=True) for area in areas]
    owned = t.scope.startswith("w:", autoescape=True) & t.owner.in_(offices)
    guests = [*people, *(f"o:{one}" for one in offices)]
    return (
        select(t.scope).where(or_(owned, *within, literal(False)))
        .union(
            select(case_reader.c.scope).where(case_reader.c.account.in_(list(people))),
            select(invitation.c.scope).where(invitation.c.guest.in_(guests)),
        )
    )  # fmt: skip
