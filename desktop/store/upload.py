# SPDX-License-Identifier: Apache-2.0
"""Which files of records the centre has, how far the others have come, and which are not here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from desktop.store.write import Write

_WAITING: Final = (
    "FROM attachment_file f JOIN (SELECT sha256, min(mime) AS mime, min(kind) AS kind "
    "FROM attachment WHERE deleted = 0 GROUP BY sha256) a ON a.sha256 = f.sha256 "
    "LEFT JOIN upload u ON u.sha256 = f.sha256 WHERE coalesce(u.sent_at, '') = ''"
)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file to send or to fetch."""

    sha256: str
    size: int
    """Bytes."""
    mime: str
    offset: int = 0
    """Bytes the centre had when it was last asked."""


def waiting(conn: Connection, limit: int = 100) -> tuple[Upload, ...]:
    """Files of finished records that the centre does not have yet, the smallest first: a
    thumbnail is there before its picture."""
    rows = conn.exec_driver_sql(
        'SELECT f.sha256, f.size, a.mime, coalesce(u."offset", 0) '
        f"{_WAITING} ORDER BY f.size, f.sha256 LIMIT ?",
        (limit,),
    )
    return tuple(Upload(*row) for row in rows)


def photos_waiting(conn: Connection) -> tuple[int, int]:
    """How many files wait, thumbnails not counted, and the bytes of all."""
    row = conn.exec_driver_sql(
        "SELECT coalesce(sum(a.kind <> 'thumb'), 0), coalesce(sum(f.size), 0) " + _WAITING
    ).one()
    return int(row[0]), int(row[1])


def keep_offset(write: Write, sha256: str, offset: int) -> None:
    """Note how many bytes of a file the centre has."""
    _keep(write, sha256, offset, "")


def keep_sent(write: Write, sha256: str) -> None:
    """Note that the centre has the whole file and found its hash right."""
    _keep(write, sha256, 0, write.now().utc)


def _keep(write: Write, sha256: str, offset: int, sent_at: str) -> None:
    write.conn.exec_driver_sql(
        'INSERT INTO upload (sha256, "offset", sent_at) VALUES (?, ?, ?) ON CONFLICT (sha256) '
        'DO UPDATE SET "offset" = excluded."offset", sent_at = excluded.sent_at',
        (sha256, offset, sent_at),
    )
    write.changed.add("sync")


def forget_sent(write: Write) -> None:
    """Ask about every file again: the centre was restored and may have lost some."""
    write.conn.exec_driver_sql("DELETE FROM upload")
    write.changed.add("sync")


def missing(conn: Connection, limit: int = 100) -> tuple[Upload, ...]:
    """Files that records here name and that are not on this laptop: thumbnails first, then the
    newest."""
    rows = conn.exec_driver_sql(
        "SELECT a.sha256, max(a.size), min(a.mime) FROM attachment a WHERE a.deleted = 0 "
        "AND NOT EXISTS (SELECT 1 FROM attachment_file f WHERE f.sha256 = a.sha256) "
        "GROUP BY a.sha256 ORDER BY min(a.kind) <> 'thumb', max(a.id) DESC LIMIT ?",
        (limit,),
    )
    return tuple(Upload(*row) for row in rows)
