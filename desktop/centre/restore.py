# SPDX-License-Identifier: Apache-2.0
"""The centre back from a copy: into an empty database, and as a new history.

Laptops see from the new epoch that the centre went back, and from the fork heads how far; they
say again what it has lost. Certificate numbers go on beyond all that may have been given away
since, once the next copy was made; attachments are fetched that are not on the shelf any more.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, literal, select, update

from desktop.centre import audit, schema, setting
from desktop.centre.attachment import place
from desktop.centre.backup import merged_marks, read_marks, sealed_name
from desktop.centre.database import Clock, Database, open_database, system_clock
from desktop.centre.dump import Reading, dumped_tables, load
from desktop.centre.lease import UNKNOWN_FROM, UNKNOWN_YEAR, marks
from desktop.centre.migrations import NewerDatabase, newest
from desktop.centre.sealing import Unopened, read_identity, unseal
from desktop.centre.shelf import Shelf, flush
from desktop.errors import Problem
from desktop.i18n import _
from desktop.sync.lease import after_restore


class NotEmpty(Problem):
    """There is something in the database already."""


class NoSuchBackup(Problem):
    """The place of the copies has none of this name."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    epoch: int
    scopes: int
    rows: dict[str, int]
    """By table."""
    attachments: int
    """Fetched from the copies; the others were still on the shelf."""
    missing: tuple[str, ...]
    """SHA-256 of attachments that are nowhere; laptops that have them send them again."""


def restore_backup(
    url: str, destination: Shelf, name: str, identity: str, attachments: Shelf, *,
    clock: Clock = system_clock, work: Path | None = None,
) -> Restored:  # fmt: skip
    """Restore the copy ``name`` from ``destination`` into the empty database at ``url``.

    ``identity`` is the text of the secret recovery key. Everything is there afterwards in a new
    history, or the database is empty as before. Raises :class:`NotEmpty`,
    :class:`NoSuchBackup`, ``Unopened``, ``NotAKey``, ``NewerDatabase``, ``ShelfAway``, ``Busy``.
    """
    key = read_identity(identity)
    if destination.size(name) is None:
        raise NoSuchBackup(_("There is no backup of this name in that place."))
    database = open_database(url, clock=clock, pool=2)
    try:
        _demand_empty(database)
        known = read_marks(destination).get("marks", [])
        with database.write() as conn:
            if database.is_postgresql:
                conn.exec_driver_sql("SET LOCAL statement_timeout = 0")
            rows = _load(conn, destination, name, key)
            epoch = _begin_history(conn, database, name)
            _skip_numbers(conn, database, merged_marks(known, marks(conn)))
            scopes = conn.execute(select(func.count()).select_from(schema.scope)).scalar_one()
            note = audit.Note("restore", "centre", name, str(epoch))
            audit.note(conn, database, [note], by="")
        fetched, missing = _fetch(database, destination, attachments, key, work)
    finally:
        database.close()
    return Restored(epoch, scopes, rows, fetched, missing)


def empty(engine: Engine) -> bool:
    """Whether a migrated database holds nothing yet but its first history."""
    with engine.connect() as conn:
        return not any(
            conn.execute(select(literal(1)).select_from(table).limit(1)).first()
            for table in dumped_tables()
            if table.name != "history"
        )


def _demand_empty(database: Database) -> None:
    if not empty(database.engine):
        raise NotEmpty(
            _("This database is in use. Restore into an empty one and change the settings then.")
        )


def _load(conn: Connection, destination: Shelf, name: str, key: Any) -> dict[str, int]:
    def begin(head: dict[str, Any]) -> None:
        if head["version"] > newest():
            raise NewerDatabase(
                _(
                    "This database was written by a newer version of the program. "
                    "Install that version here."
                )
            )
        conn.execute(delete(schema.history))

    def rows(table: str, names: list[str], lines: Sequence[list[Any]]) -> None:
        load(conn, table, names, lines)

    reading = Reading(begin, rows)
    unseal(destination.open(name), reading.take, key)
    reading.end()
    return reading.count.rows


def _begin_history(conn: Connection, database: Database, name: str) -> int:
    """A new epoch, and in every scope the head after which it begins."""
    old = conn.execute(select(func.max(schema.history.c.epoch))).scalar_one()
    epoch = max(int(old) + 1, int(database.now().timestamp()))
    conn.execute(
        insert(schema.history).values(epoch=epoch, began_at=database.stamp(), backup=name)
    )
    t = schema.scope.c
    conn.execute(
        insert(schema.fork).from_select(
            ["scope", "epoch", "head"], select(t.scope, literal(epoch), t.head)
        )
    )
    at, b = database.stamp(), schema.backup.c
    if conn.execute(select(b.name).where(b.name == name)).first() is None:
        conn.execute(
            insert(schema.backup).values(name=name, epoch=old, made_at=at, verified_at=at)
        )
    # What came from a copy away from here is in a copy away from here.
    conn.execute(update(schema.scope).values(durable=t.head))
    return epoch


def _skip_numbers(conn: Connection, database: Database, known: list[list[Any]]) -> None:
    """Go on above every number that may have been given away since any copy."""
    conn.execute(delete(schema.register))
    lines = [
        {"office": office, "kind": kind, "year": year, "last": after_restore(last), "safe": last}
        for office, kind, year, last in known
    ]
    if lines:
        conn.execute(insert(schema.register), lines)
    setting.put(conn, UNKNOWN_FROM, str(after_restore(0)))
    setting.put(conn, UNKNOWN_YEAR, str(database.now().year + 544))


def _fetch(
    database: Database, destination: Shelf, attachments: Shelf, key: Any, work: Path | None
) -> tuple[int, tuple[str, ...]]:
    """Bring back attachments that the tables name and the shelf has not."""
    with database.read() as conn:
        named = conn.execute(select(schema.blob.c.sha256, schema.blob.c.size)).all()
    fetched, missing = 0, []
    with tempfile.TemporaryDirectory(prefix="samut-", dir=work) as folder:
        for sha256, size in named:
            if attachments.size(place(sha256)) == size:
                continue
            if _fetch_one(destination, attachments, sha256, key, Path(folder) / "blob"):
                fetched += 1
            else:
                missing.append(sha256)
    if missing:
        # A laptop that asks hears that they are not here, and sends them again.
        with database.write() as conn:
            for start in range(0, len(missing), 500):
                part = missing[start : start + 500]
                conn.execute(delete(schema.blob).where(schema.blob.c.sha256.in_(part)))
    return fetched, tuple(sorted(missing))


def _fetch_one(destination: Shelf, attachments: Shelf, sha256: str, key: Any, path: Path) -> bool:
    seen = hashlib.sha256()
    with path.open("wb") as file:

        def take(piece: bytes) -> None:
            seen.update(piece)
            file.write(piece)

        try:
            unseal(destination.open(sealed_name(sha256)), take, key)
        except (KeyError, Unopened):
            return False
        flush(file)
    if seen.hexdigest() != sha256:
        return False
    attachments.put(place(sha256), path)
    return True
