# SPDX-License-Identifier: Apache-2.0
"""Is the file what was written? Seals of the pages, structure, and the chains of the logs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from desktop.model.chain import START, audit_body, link
from desktop.store import sealed
from desktop.store.engine import connect
from desktop.store.errors import Damaged, spoken, translate
from desktop.store.keys import DataKey


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. The texts name pages, tables and numbers, never a value."""

    pages: tuple[str, ...] = ()
    """Pages whose seal does not hold."""
    structure: tuple[str, ...] = ()
    """What SQLite's own check says, and references that lead nowhere."""
    logs: tuple[str, ...] = ()
    """Where the op log or the audit log is not the one that was written."""
    attachments: tuple[str, ...] = ()
    """Files beside the store that are gone or damaged; the store itself can be sound."""

    @property
    def sound(self) -> bool:
        """Nothing was found in the store itself."""
        return not (self.pages or self.structure or self.logs)


def check(
    path: Path,
    key: DataKey,
    writers: AbstractContextManager[object],
    *,
    thorough: bool = True,
) -> Report:
    """Check the store at ``path``; ``writers`` keeps the writer out while the look begins.

    ``thorough`` reads every attachment too, not only its place and size.
    """
    with spoken():
        connection = connect(path, key, write=True)
        try:
            found = look(connection, writers)
            return replace(found, attachments=_asked(_files(path.parent, thorough), connection))
        finally:
            connection.close()


def look(connection: Any, writers: AbstractContextManager[object] | None = None) -> Report:
    """Check the store behind an open driver connection."""
    with writers or nullcontext():
        try:
            settled = settle(connection)
        except sqlite.OperationalError:
            settled = False  # no room for it; `_structure` still meets the seals of pages in use
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return Report(
        seals(connection) if settled else (),
        _asked(_structure, connection),
        _asked(_logs, connection),
    )


def settle(connection: Any) -> bool:
    """Bring the WAL into the file; whether all of it could be brought in.

    SQLCipher reads the seals from the file itself, past the WAL, so a checkpoint under way would
    look like damage. A reader that begins when nothing is left in the WAL keeps the file still.
    """
    # PASSIVE waits for nobody: a check must not hold up somebody who is checking people in.
    _busy, frames, done = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return bool(frames == done)


def seals(connection: Any) -> tuple[str, ...]:
    """The pages of a settled file whose seal does not hold."""
    rows = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return tuple(str(row[0]) for row in rows)


def _asked(question: Any, connection: Any) -> tuple[str, ...]:
    """The findings of ``question``; a page that cannot be read is a finding too."""
    try:
        return tuple(question(connection))
    except sqlite.DatabaseError as error:
        if not isinstance(translate(error), Damaged):
            raise
        return (str(error),)


def _files(folder: Path, thorough: bool) -> Callable[[Any], list[str]]:
    """Looks at every sealed file of the store in ``folder``."""

    def read(connection: Any) -> list[str]:
        rows = connection.execute("SELECT sha256, file, key, size FROM attachment_file")
        files = [sealed.Sealed(*row) for row in rows.fetchall()]
        return sealed.findings(folder, files, thorough=thorough)[:20]

    return read


def _structure(connection: Any) -> list[str]:
    found = [row[0] for row in connection.execute("PRAGMA quick_check(20)") if row[0] != "ok"]
    lost = connection.execute("PRAGMA foreign_key_check").fetchmany(20)
    return found + [f"{row[0]} row {row[1]} refers to nothing in {row[2]}" for row in lost]


def _logs(connection: Any) -> list[str]:
    found = []
    heads: dict[tuple[str, str], tuple[int, bytes]] = {}
    for scope, device, n, body, chain in connection.execute(
        "SELECT scope, device, n, body, chain FROM op ORDER BY scope, device, n"
    ):
        last, before = heads.get((scope, device), (0, START))
        if n != last + 1:
            found.append(f"op {last + 1} of {scope} is missing")
        elif link(before, body) != chain:
            found.append(f"op {n} of {scope} is not the one that was written")
        heads[scope, device] = (n, chain)
    for scope, device, last_n, chain in connection.execute(
        "SELECT scope, device, last_n, chain FROM stream"
    ):
        if heads.pop((scope, device), (0, START)) != (last_n, chain):
            found.append(f"the stream of {scope} does not end where it says")
    found += [f"the stream of {scope} has no head" for scope, _device in heads]
    before = START
    for seq, chain, *values in connection.execute(
        'SELECT seq, chain, at, "by", device, action, noun, record_id, detail '
        "FROM audit ORDER BY seq"
    ):
        if link(before, audit_body(values)) != chain:
            found.append(f"audit row {seq} is not the one that was written")
        before = chain
    return found[:20]
