# SPDX-License-Identifier: Apache-2.0
"""The office this store belongs to and the people who work in it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from desktop.model.facilitator import Facilitator, Office
from desktop.store import setting
from desktop.store.schema import nouns
from desktop.store.tables.facilitator import facilitator as facilitator_table
from desktop.store.tables.facilitator import office as office_table
from desktop.store.write import Write

_THIS_OFFICE = "office_id"
_EARLIER = "earlier_office_ids"


def office(conn: Connection) -> Office:
    """The office that owns this store. ``LookupError`` while the store is being founded."""
    found = office_or_none(conn)
    if found is None:
        raise LookupError("this store has no office yet")
    return found


def office_or_none(conn: Connection) -> Office | None:
    """The office that owns this store, if it has been founded."""
    t = office_table.c
    query = select(t.id, t.name, t.area, t.ministry).where(t.deleted == 0)
    chosen = setting.value(conn, _THIS_OFFICE)
    query = query.order_by(t.id) if chosen is None else query.where(t.id == chosen)
    row = conn.execute(query.limit(1)).first()
    return None if row is None else Office(*row)


def office_scope(conn: Connection) -> str:
    """The scope of everything that belongs to the office and to no single event."""
    return f"o:{office(conn).id}"


def home_scope(conn: Connection, noun: str, record_id: str) -> str:
    """The scope in which a record of an office is: where it lies, or this office's own.

    In a hall people of another office are shown and mended here too; they stay theirs.
    """
    table = nouns[noun]
    found = conn.scalar(select(table.c.scope).where(table.c.id == record_id))
    return office_scope(conn) if found is None else str(found)


def put_office(write: Write, office: Office) -> None:
    """Keep the office, and remember that it is the one this store belongs to."""
    write.put(
        "office",
        office.id,
        f"o:{office.id}",
        name=office.name,
        area=office.area,
        ministry=office.ministry,
    )
    if setting.value(write.conn, _THIS_OFFICE) is None:
        setting.keep(write, _THIS_OFFICE, office.id)


def belong_to(write: Write, told: Office) -> None:
    """This store belongs to the office that the centre gave it, from now on.

    What was written before stays where it lies, in the scope of the office that was founded
    here, which the centre opens to the whole office; new records go into the office's own.
    """
    before = office_or_none(write.conn)
    if before is not None and before.id == told.id:
        return
    t = office_table.c
    known = select(t.id).where(t.id == told.id, t.deleted == 0)
    if write.conn.execute(known).first() is None:
        write.put(
            "office",
            told.id,
            f"o:{told.id}",
            name=told.name,
            area=told.area or (before.area if before is not None else ""),
            ministry=told.ministry or (before.ministry if before is not None else ""),
        )
    if before is not None:
        earlier = setting.value(write.conn, _EARLIER, [])
        setting.keep(write, _EARLIER, [one for one in earlier if one != before.id] + [before.id])
    setting.keep(write, _THIS_OFFICE, told.id)


def own_offices(conn: Connection) -> tuple[str, ...]:
    """The id of the office this store belongs to, and those it had before it joined a centre."""
    current = office_or_none(conn)
    if current is None:
        return ()
    earlier = setting.value(conn, _EARLIER, [])
    return (current.id, *(one for one in earlier if one != current.id))


def facilitators(conn: Connection) -> tuple[Facilitator, ...]:
    """Everyone who has a passphrase here, in the order they came."""
    t = facilitator_table.c
    rows = conn.execute(select(t.id, t.name, t.position).where(t.deleted == 0).order_by(t.id))
    return tuple(Facilitator(*row) for row in rows)


def entered_here(conn: Connection) -> frozenset[str]:
    """Ids of the people who were entered on this laptop; the others came from elsewhere."""
    rows = conn.exec_driver_sql(
        "SELECT DISTINCT o.record_id FROM op o JOIN device d ON d.id = o.device AND d.is_this = 1 "
        "WHERE o.kind = 'facilitator'"
    )
    return frozenset(row[0] for row in rows)


def facilitator(conn: Connection, facilitator_id: str) -> Facilitator | None:
    """One facilitator, also one who has left (her marks still name her)."""
    t = facilitator_table.c
    query = select(t.id, t.name, t.position).where(t.id == facilitator_id)
    row = conn.execute(query).first()
    return None if row is None else Facilitator(*row)


def put_facilitator(write: Write, facilitator: Facilitator) -> None:
    """Keep a facilitator of this office."""
    owner = office(write.conn)
    write.put(
        "facilitator",
        facilitator.id,
        home_scope(write.conn, "facilitator", facilitator.id),
        office_id=owner.id,
        name=facilitator.name,
        position=facilitator.position,
    )


def delete_facilitator(write: Write, facilitator_id: str) -> None:
    """Take a facilitator off the list; her marks still name her."""
    write.delete("facilitator", facilitator_id)
