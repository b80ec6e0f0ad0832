# SPDX-License-Identifier: Apache-2.0
"""Copies of the centre in another place, sealed to a recovery key, and believed when read back.

One copy is one file of all tables from one moment, and every attachment that is not there yet
as a file of its own. Each is read back from the other place, opened and compared; only then do
the ``durable`` numbers move, by which laptops know that they may forget. The other place must
be off this machine: a mounted folder, or an S3-compatible store elsewhere; and all copies go to
one place, because a restore asks it how far certificate numbers were given away.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, insert, select, update

from desktop.centre import audit, lease, schema, setting
from desktop.centre.attachment import place
from desktop.centre.database import Database, new_id
from desktop.centre.dump import Count, Reading, write_dump
from desktop.centre.migrations import version
from desktop.centre.sealing import Witness, check_recipient, seal, unseal
from desktop.centre.shelf import Shelf, flush, pieces
from desktop.errors import Problem
from desktop.i18n import _

MARKS: Final = "marks.json"
"""Beside the copies, open to read: the id of the place, and how far each register of
certificate numbers was given away, by the newest copy of all."""
PLACE: Final = "backup_place"
"""Setting: the id of the place the last copy went to."""
_BATCH: Final = 500


class NotTheSame(Problem):
    """What was read back is not what was written; nothing moved."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made and read back."""

    name: str
    epoch: int
    made_at: str
    verified_at: str
    size: int
    sha256: str
    """Of the sealed file."""
    ops: int
    missing: int = 0
    """Attachments that are damaged here and could not be copied; the audit log names them."""


@dataclass(slots=True)
class _Moment:
    """What the tables held at the moment of the copy."""

    epoch: int
    made_at: str
    heads: dict[str, int]
    marks: list[list[Any]]
    blobs: list[str]
    """Those that have to be copied."""
    count: Count


def make_backup(
    database: Database, attachments: Shelf, destination: Shelf, recipient: str, *,
    work: Path | None = None, name: str = "",
) -> Backup:  # fmt: skip
    """Copy everything to ``destination``, read it back and move ``durable``.

    ``recipient`` is the public recovery key (``age1…``); ``work`` a folder for the sealed file
    on its way (none of it is ever plain). Raises ``NotAKey``, ``ShelfAway``,
    :class:`NotTheSame`, ``Busy``; then nothing moved, and it can be tried again.
    """
    recipient = check_recipient(recipient)
    witness = Witness()
    known = read_marks(destination)
    with tempfile.TemporaryDirectory(prefix="samut-", dir=work) as folder:
        sealed = Path(folder) / "sealed"
        everything = known.get("place") != _place(database)
        moment = _write(database, sealed, recipient, witness, everything)
        made = name or f"centre-{moment.made_at.translate(_PLAIN)}-{moment.epoch}.age"
        size, sha256 = sealed.stat().st_size, _sha256(sealed)
        work_blob = Path(folder) / "blob"
        missing = [
            one for one in moment.blobs
            if not copy_blob(attachments, destination, one, recipient, witness, work_blob)
        ]  # fmt: skip
        destination.put(made, sealed)
    _read_back(destination, made, witness, moment.count)
    place_id = str(known.get("place") or new_id())
    # Before anything is believed: a centre restored later must know what was given by then.
    _write_marks(destination, place_id, known, moment.marks, work)
    copied = sorted(set(moment.blobs) - set(missing))
    counted = Backup(
        made, moment.epoch, moment.made_at, database.stamp(), size, sha256,
        moment.count.rows.get("op", 0), len(missing),
    )  # fmt: skip
    return _believe(database, counted, moment, copied, missing, place_id)


def backups(conn: Connection) -> tuple[Backup, ...]:
    """Copies that were read back, newest first."""
    t = schema.backup.c
    query = select(*(t[name] for name in Backup.__dataclass_fields__)).order_by(t.made_at.desc())
    return tuple(Backup(*row) for row in conn.execute(query))


def read_marks(destination: Shelf) -> dict[str, Any]:
    """What ``marks.json`` says; empty for a place without copies."""
    try:
        told = json.loads(b"".join(destination.open(MARKS)))
    except KeyError:
        return {}
    if not isinstance(told, dict):
        raise _not_the_same()
    return told


def merged_marks(*all_of: list[list[Any]]) -> list[list[Any]]:
    """The greatest mark of every register."""
    greatest: dict[tuple[str, str, int], int] = {}
    for marks in all_of:
        for office, kind, year, last in marks:
            key = (office, kind, year)
            greatest[key] = max(last, greatest.get(key, 0))
    return [[*key, last] for key, last in sorted(greatest.items())]


def copy_blob(
    source: Shelf, destination: Shelf, sha256: str, recipient: str, witness: Witness, work: Path
) -> bool:
    """Seal one attachment into ``destination`` and read it back.

    False if it is not here, or not what its name says. Raises :class:`NotTheSame`.
    """
    name = sealed_name(sha256)
    seen = hashlib.sha256()

    def read() -> Iterator[bytes]:
        for piece in source.open(place(sha256)):
            seen.update(piece)
            yield piece

    with work.open("wb") as file:
        try:
            seal(read(), file, recipient, witness)
        except KeyError:
            return False
        flush(file)
    if seen.hexdigest() != sha256:
        return False
    destination.put(name, work)
    seen = hashlib.sha256()
    unseal(destination.open(name), seen.update, witness.identity)
    if seen.hexdigest() != sha256:
        raise _not_the_same()
    return True


def sealed_name(sha256: str) -> str:
    """The name of an attachment's sealed copy."""
    return f"blobs/{place(sha256)}.age"


_PLAIN: Final = str.maketrans({":": "", "-": "", ".": ""})


def _write(
    database: Database, sealed: Path, recipient: str, witness: Witness, everything: bool
) -> _Moment:
    count = Count()
    blobs = select(schema.blob.c.sha256)
    if not everything:
        blobs = blobs.where(schema.blob.c.durable_at == "")
    with database.read(snapshot=True) as conn, sealed.open("wb") as file:
        if database.is_postgresql:
            # The whole of a country takes longer than a statement of the service may.
            conn.exec_driver_sql("SET LOCAL statement_timeout = 0")
            conn.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        epoch = conn.execute(select(func.max(schema.history.c.epoch))).scalar_one()
        t = schema.scope.c
        moment = _Moment(
            epoch,
            database.stamp(),
            {row[0]: row[1] for row in conn.execute(select(t.scope, t.head))},
            lease.marks(conn),
            list(conn.execute(blobs).scalars()),
            count,
        )
        head = {"version": version(conn), "epoch": epoch, "made_at": moment.made_at}
        seal(write_dump(conn, head, count), file, recipient, witness)
        flush(file)
    return moment


def _read_back(destination: Shelf, name: str, witness: Witness, wanted: Count) -> None:
    reading = Reading(lambda _head: None, lambda _table, _names, _rows: None)
    unseal(destination.open(name), reading.take, witness.identity)
    reading.end()
    if reading.count.last_line() != wanted.last_line():
        raise _not_the_same()


def _write_marks(
    destination: Shelf, place_id: str, known: dict[str, Any], marks: list[list[Any]],
    work: Path | None,
) -> None:  # fmt: skip
    told = {"place": place_id, "marks": merged_marks(known.get("marks", []), marks)}
    with tempfile.TemporaryDirectory(prefix="samut-", dir=work) as folder:
        path = Path(folder) / "marks"
        path.write_text(json.dumps(told), "utf-8")
        destination.put(MARKS, path)
    if read_marks(destination) != told:
        raise _not_the_same()


def _believe(
    database: Database, made: Backup, moment: _Moment, copied: list[str], missing: list[str],
    place_id: str,
) -> Backup:  # fmt: skip
    """The copy is there: move the numbers, in short transactions."""
    t, b, r = schema.scope.c, schema.blob.c, schema.register.c
    moved = (
        update(schema.scope)
        .where(t.scope == bindparam("which"), t.durable < bindparam("to"))
        .values(durable=bindparam("to"))
    )
    _in_batches(
        database, moved,
        [{"which": one, "to": head} for one, head in sorted(moment.heads.items())],
    )  # fmt: skip
    there = (
        update(schema.blob)
        .where(b.sha256 == bindparam("which"))
        .values(durable_at=made.verified_at)
    )
    _in_batches(database, there, [{"which": one} for one in copied])
    safe = (
        update(schema.register)
        .where(
            r.office == bindparam("o"), r.kind == bindparam("k"), r.year == bindparam("y"),
            r.safe < bindparam("to"),
        )
        .values(safe=bindparam("to"))
    )  # fmt: skip
    marks = [dict(zip(("o", "k", "y", "to"), mark, strict=True)) for mark in moment.marks]
    _in_batches(database, safe, marks)
    notes = [audit.Note("backup", "centre", made.name, str(made.ops))]
    notes += [audit.Note("damaged", "attachment", one) for one in missing]
    with database.write() as conn:
        values = {field: getattr(made, field) for field in Backup.__dataclass_fields__}
        conn.execute(insert(schema.backup).values(values))
        setting.put(conn, PLACE, place_id)
        audit.note(conn, database, notes, by="")
    return made


def _in_batches(database: Database, statement: Any, lines: list[dict[str, Any]]) -> None:
    for start in range(0, len(lines), _BATCH):
        with database.write() as conn:
            conn.execute(statement, lines[start : start + _BATCH])


def _place(database: Database) -> str:
    with database.read() as conn:
        return setting.get(conn, PLACE)


def _sha256(path: Path) -> str:
    seen = hashlib.sha256()
    for piece in pieces(path.open("rb")):
        seen.update(piece)
    return seen.hexdigest()


def _not_the_same() -> NotTheSame:
    return NotTheSame(
        _("The copy is not what was written. Look after the place it went to and try again.")
    )
