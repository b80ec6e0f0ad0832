# SPDX-License-Identifier: Apache-2.0
"""Organisations and the projects of theirs that an event honours."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from desktop.model.organisation import Award, Organisation
from desktop.store.event import event_scope
from desktop.store.facilitator import home_scope
from desktop.store.tables.organisation import award as award_table
from desktop.store.tables.organisation import organisation as organisation_table
from desktop.store.write import Write
from desktop.thai.normalise import normalise_name
from desktop.thai.search_key import search_key
from desktop.thai.sort_key import sort_key


def _organisations() -> Select[Any]:
    t = organisation_table.c
    return select(t.id, t.name, t.kind, t.area, t.short).where(t.deleted == 0)


def organisation(conn: Connection, organisation_id: str) -> Organisation:
    """One organisation. ``LookupError`` if there is none with this id."""
    row = conn.execute(_organisations().where(organisation_table.c.id == organisation_id)).first()
    if row is None:
        raise LookupError("no organisation with this id")
    return Organisation(*row)


def organisations_unsorted(conn: Connection) -> tuple[Organisation, ...]:
    """Every organisation, in no order."""
    return tuple(Organisation(*row) for row in conn.execute(_organisations()))


def organisations(conn: Connection) -> tuple[Organisation, ...]:
    """Every organisation, in the order of a Thai dictionary."""
    return tuple(sorted(organisations_unsorted(conn), key=lambda one: sort_key(one.name)))


def find_by_name(conn: Connection, name: str, area: str = "") -> Organisation | None:
    """The organisation that is written so, in ``area`` when that is given.

    The name must be the same once normalised. Without an area, or where the known organisation
    has none, the name alone decides, but only if one organisation bears it.
    """
    t = organisation_table.c
    rows = conn.execute(_organisations().where(t.name == normalise_name(name)).order_by(t.id))
    bearers = [Organisation(*row) for row in rows]
    return choose(bearers, area)


def choose(bearers: list[Organisation], area: str) -> Organisation | None:
    """Of the organisations that bear one name, the one meant by ``area``; None when unsure."""
    if area:
        for one in bearers:
            if one.area == area:
                return one
        bearers = [one for one in bearers if not one.area or one.area[:2] == area[:2]]
    return bearers[0] if len(bearers) == 1 else None


def search(conn: Connection, text: str, limit: int = 20) -> tuple[Organisation, ...]:
    """Organisations of whose name or short name ``text`` is loosely a part.

    Those that begin with it come first, then dictionary order. Reads them all: an office knows
    some thousands of organisations at most.
    """
    wanted = search_key(text)
    if not wanted:
        return ()
    found: list[tuple[bool, str, Organisation]] = []
    for row in conn.execute(_organisations()):
        one = Organisation(*row)
        key = search_key(f"{one.name} {one.short}")
        if wanted in key:
            found.append((not key.startswith(wanted), sort_key(one.name), one))
    found.sort(key=lambda hit: hit[:2])
    return tuple(hit[2] for hit in found[:limit])


def organisation_fields(organisation: Organisation) -> dict[str, Any]:
    """The row of an organisation, as ``Write`` wants it."""
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "area": organisation.area,
        "short": organisation.short,
    }


def put_organisation(write: Write, organisation: Organisation) -> None:
    """Keep an organisation."""
    write.put(
        "organisation",
        organisation.id,
        home_scope(write.conn, "organisation", organisation.id),
        **organisation_fields(organisation),
    )


# ---- awards


def _awards() -> Select[Any]:
    t, o = award_table.c, organisation_table.c
    return (
        select(t.id, t.event_id, t.organisation_id, o.name, t.title, t.fund, t.order_no)
        .select_from(award_table.join(organisation_table, o.id == t.organisation_id))
        .where(t.deleted == 0)
        .order_by(t.order_no, t.id)
    )


def awards(conn: Connection, event_id: str) -> tuple[Award, ...]:
    """The projects honoured at an event, in the order of the award list."""
    rows = conn.execute(_awards().where(award_table.c.event_id == event_id))
    return tuple(Award(*row) for row in rows)


def award(conn: Connection, award_id: str) -> Award:
    """One honoured project. ``LookupError`` if there is none with this id."""
    row = conn.execute(_awards().where(award_table.c.id == award_id)).first()
    if row is None:
        raise LookupError("no award with this id")
    return Award(*row)


def put_award(write: Write, award: Award) -> None:
    """Keep an honoured project; the organisation's name stays with the organisation."""
    write.put(
        "award",
        award.id,
        event_scope(award.event_id),
        event_id=award.event_id,
        organisation_id=award.organisation_id,
        title=award.title,
        fund=award.fund,
        order_no=award.order_no,
    )


def delete_award(write: Write, award_id: str) -> None:
    """Take a project off the award list."""
    write.delete("award", award_id)
