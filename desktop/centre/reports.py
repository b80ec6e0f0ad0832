# SPDX-License-Identifier: Apache-2.0
"""What the staff's pages ask of the database, and nobody else has: laptops and how they stand,
what scopes are called, ops that were set aside, backups.

Every function takes a connection inside a transaction and returns frozen values. Who asks, and
that it is written in the audit log, is the business of the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Text,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.sql import ColumnElement

from desktop.centre.areas import area_name
from desktop.centre.database import stamp
from desktop.centre.schema import (
    account,
    backup,
    blob,
    device,
    device_account,
    history,
    office,
    op,
    rec,
    scope,
)
from desktop.i18n import _

STALE: Final = timedelta(days=14)
"""A laptop not heard of for longer is shown as one to call about."""
CLOCK_OFF: Final = 120_000
"""Milliseconds a laptop's clock may be wrong before the page says so."""


def fact(name: str) -> ColumnElement[str]:
    """A field of a record as text, in both databases."""
    text: ColumnElement[str] = rec.c.fields[name].as_string()
    return text


# ---- laptops


@dataclass(frozen=True, slots=True)
class Laptop:
    """A laptop as the overview shows it."""

    id: str
    name: str
    office_id: str
    office: str
    joined_at: str
    last_contact: str
    clock_offset: int
    """Milliseconds its clock is ahead of the centre's (before it: negative)."""
    waiting: int
    photos: int
    app: str
    revoked_at: str
    grace_until: str
    people: tuple[tuple[str, str], ...] = ()
    """Id and name of the facilitators on it."""

    def stale(self, now: str) -> bool:
        """Whether it has been silent since before ``now`` minus :data:`STALE` (both as kept)."""
        return not self.revoked_at and (self.last_contact or self.joined_at) < now

    @property
    def clock_off(self) -> bool:
        """Whether its clock is so wrong that somebody should put it right."""
        return abs(self.clock_offset) > CLOCK_OFF


def _laptops(*which: ColumnElement[bool]) -> Any:
    return (
        select(device, office.c.name.label("office_name"))
        .outerjoin(office, office.c.id == device.c.office)
        .where(*which)
    )


def laptops(
    conn: Connection, *, state: str = "", stale_before: str = "", find: str = "",
    offset: int = 0, limit: int = 50,
) -> tuple[tuple[Laptop, ...], int]:  # fmt: skip
    """A page of laptops and how many there are; the longest silent first.

    ``state``: ``""`` all in use, ``stale``, ``waiting`` (something is still to be sent),
    ``clock`` or ``revoked``. ``find`` is part of the name of a laptop, office or facilitator.
    """
    which = _state(state, stale_before)
    if find:
        on_it = select(device_account.c.device).join(
            account, account.c.id == device_account.c.account
        ).where(account.c.name.icontains(find, autoescape=True))  # fmt: skip
        which.append(or_(
            device.c.name.icontains(find, autoescape=True),
            device.c.office.in_(
                select(office.c.id).where(office.c.name.icontains(find, autoescape=True))
            ),
            device.c.id.in_(on_it),
        ))  # fmt: skip
    total = conn.execute(select(func.count()).select_from(device).where(*which)).scalar_one()
    rows = conn.execute(
        _laptops(*which).order_by(device.c.last_contact, device.c.id).offset(offset).limit(limit)
    ).all()
    people = people_on(conn, [row.id for row in rows])
    return tuple(_laptop(row, people.get(row.id, ())) for row in rows), int(total)


def _state(state: str, stale_before: str) -> list[ColumnElement[bool]]:
    silent = func.coalesce(func.nullif(device.c.last_contact, ""), device.c.made_at)
    in_use = device.c.revoked_at == ""
    return {
        "stale": [in_use, silent < stale_before],
        "waiting": [in_use, or_(device.c.waiting > 0, device.c.photos > 0)],
        "clock": [in_use, func.abs(device.c.clock_offset) > CLOCK_OFF],
        "revoked": [device.c.revoked_at != ""],
    }.get(state, [in_use])


def laptop(conn: Connection, device_id: str) -> Laptop | None:
    """One laptop, or None."""
    row = conn.execute(_laptops(device.c.id == device_id)).first()
    return None if row is None else _laptop(row, people_on(conn, [row.id]).get(row.id, ()))


def people_on(
    conn: Connection, devices: Iterable[str]
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """By laptop, the ids and names of the facilitators on it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in conn.execute(
        select(device_account.c.device, account.c.id, account.c.name)
        .join(account, account.c.id == device_account.c.account)
        .where(device_account.c.device.in_(list(devices)))
        .order_by(account.c.name)
    ):
        found.setdefault(row.device, []).append((row.id, row.name))
    return {key: tuple(people) for key, people in found.items()}


def _laptop(row: Any, people: tuple[tuple[str, str], ...]) -> Laptop:
    return Laptop(
        row.id, row.name, row.office, row.office_name or "", row.made_at, row.last_contact,
        row.clock_offset, row.waiting, row.photos, row.app, row.revoked_at, row.grace_until,
        people,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures at the top of the overview."""

    laptops: int
    today: int
    """Laptops heard of in the last 24 hours."""
    stale: int
    waiting: int
    """Changes that laptops say they still have to send."""
    photos: int
    clock: int
    """Laptops whose clock is wrong."""
    conflicts: int
    quarantined: int


def standing(conn: Connection, *, day_ago: str, stale_before: str) -> Standing:
    """How the centre stands as a whole."""
    in_use = device.c.revoked_at == ""

    def count(*which: ColumnElement[bool]) -> int:
        asked = select(func.count()).select_from(device).where(*which)
        return int(conn.execute(asked).scalar_one())

    sums = conn.execute(
        select(func.sum(device.c.waiting), func.sum(device.c.photos)).where(in_use)
    ).one()
    return Standing(
        count(in_use), count(in_use, device.c.last_contact >= day_ago),
        count(*_state("stale", stale_before)), int(sums[0] or 0), int(sums[1] or 0),
        count(*_state("clock", "")),
        int(conn.execute(
            select(func.count()).select_from(rec).where(has_variants())
        ).scalar_one()),
        quarantined_count(conn),
    )  # fmt: skip


def has_variants() -> ColumnElement[bool]:
    """Records with texts that nobody has chosen from."""
    # The whole expression stands in an index of PostgreSQL's.
    return cast(rec.c.variants, Text) != literal_column("'[]'")


# ---- scopes as people say them


def scope_names(conn: Connection, scopes: Iterable[str]) -> dict[str, str]:
    """What each scope is, in words: the office, the area, the event; never a case's person."""
    asked = set(scopes)
    offices = {name[2:] for name in asked if name.startswith("o:")}
    names = {
        f"o:{row.id}": row.name
        for row in conn.execute(select(office.c.id, office.c.name).where(office.c.id.in_(offices)))
    }
    events = [name for name in asked if name.startswith("w:")]
    for row in conn.execute(
        select(rec.c.scope, fact("name").label("name")).where(
            rec.c.scope.in_(events), rec.c.kind == "event",
            rec.c.id == func.substr(rec.c.scope, 3),
        )
    ):  # fmt: skip
        names[row.scope] = row.name or ""
    return names | {name: _plain_scope(name) for name in asked - names.keys()}


def _plain_scope(name: str) -> str:
    kind, _colon, rest = name.partition(":")
    if kind == "t":
        return area_name(rest)
    if kind == "c":
        return _("A restricted case")
    if kind == "w":
        return _("An event whose name has not come yet")
    if kind == "o":
        return _("An office the centre does not know")
    return _("Forms") if name == "forms" else name


# ---- ops that were set aside


@dataclass(frozen=True, slots=True)
class SetAside:
    """An op that was not merged, without what it says."""

    scope: str
    seq: int
    kind: str
    id: str
    by: str
    device: str
    device_name: str
    at: str
    received_at: str
    reason: str


_ASIDE: Final = and_(op.c.quarantined != "", op.c.released == 0)


def quarantined_count(conn: Connection) -> int:
    """How many ops are set aside."""
    return int(conn.execute(select(func.count()).select_from(op).where(_ASIDE)).scalar_one())


def quarantined(
    conn: Connection, *, reason: str = "", offset: int = 0, limit: int = 50
) -> tuple[tuple[SetAside, ...], int]:
    """A page of what is set aside, the newest first, and how many there are."""
    which = [_ASIDE] + ([op.c.quarantined == reason] if reason else [])
    total = conn.execute(select(func.count()).select_from(op).where(*which)).scalar_one()
    rows = conn.execute(
        select(op, account.c.name.label("author"), device.c.name.label("device_name"))
        .outerjoin(account, account.c.id == op.c.by)
        .outerjoin(device, device.c.id == op.c.device)
        .where(*which)
        .order_by(op.c.received_at.desc(), op.c.scope, op.c.seq)
        .offset(offset).limit(limit)
    )  # fmt: skip
    return tuple(
        SetAside(
            row.scope, row.seq, row.kind, row.id, row.author or row.by, row.device,
            row.device_name or "", row.at, row.received_at, row.quarantined,
        )
        for row in rows
    ), int(total)  # fmt: skip


def since(now: datetime) -> str:
    """The moment before which a laptop counts as silent, as the tables keep moments."""
    return stamp(now - STALE)


def set_aside(conn: Connection, where: str, seq: int) -> Any:
    """One op of scope ``where`` that is set aside (a row of ``op``), or None."""
    return conn.execute(select(op).where(_ASIDE, op.c.scope == where, op.c.seq == seq)).first()


def account_names(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The names of facilitators by id; those the centre does not know are left out."""
    asked = select(account.c.id, account.c.name).where(account.c.id.in_(set(ids)))
    return {row.id: row.name for row in conn.execute(asked)}


def device_names(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The names of laptops by id; those the centre does not know are left out."""
    asked = select(device.c.id, device.c.name).where(device.c.id.in_(set(ids)))
    return {row.id: row.name for row in conn.execute(asked)}


# ---- backups


def backups(conn: Connection, limit: int = 20) -> tuple[Any, ...]:
    """The last backups (rows of ``backup``), the newest first."""
    return tuple(conn.execute(select(backup).order_by(backup.c.made_at.desc()).limit(limit)))


def histories(conn: Connection) -> tuple[Any, ...]:
    """The histories of this centre (rows of ``history``): each restored backup began one."""
    return tuple(conn.execute(select(history).order_by(history.c.epoch.desc())))


@dataclass(frozen=True, slots=True)
class Durable:
    """How much of what was received is in a verified backup."""

    changes: int
    waiting: int
    scopes: int
    """Areas with changes in no backup yet."""
    photos: int
    photos_waiting: int


def durable(conn: Connection) -> Durable:
    """What the loss of this machine would take away, in numbers."""
    changes, waiting, scopes = conn.execute(
        select(
            func.sum(scope.c.head),
            func.sum(scope.c.head - scope.c.durable),
            func.sum(case((scope.c.head > scope.c.durable, 1), else_=0)),
        )
    ).one()
    photos = conn.execute(select(func.count()).select_from(blob)).scalar_one()
    kept = conn.execute(
        select(func.count()).select_from(blob).where(blob.c.durable_at != "")
    ).scalar_one()
    return Durable(int(changes or 0), int(waiting or 0), int(scopes or 0), photos, photos - kept)
