# SPDX-License-Identifier: Apache-2.0
"""The files of records: what is known of each, and the way to its sealed bytes."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection

from desktop.i18n import _
from desktop.model.attachment import THUMB, Attachment, answer_name
from desktop.store import sealed
from desktop.store.ids import natural_id
from desktop.store.sealed import FileLost, Sealed
from desktop.store.store import Store
from desktop.store.write import Write

__all__ = [
    "FileLost", "attachments", "content", "keep_row", "kept", "put_attachment", "thumbnail",
]  # fmt: skip

_SEALED: Final = "SELECT sha256, file, key, size FROM attachment_file"
_OF: Final = (
    "SELECT sha256, mime, size, kind, place, width, height, taken_at, id, record_id "
    "FROM attachment WHERE deleted = 0"
)


def _attachment(row: Any) -> Attachment:
    return Attachment(row[0], answer_name(row[0], row[1]), *row[1:])


def kept(conn: Connection, sha256: str) -> Sealed | None:
    """Where this laptop keeps the file of this content; None when it does not."""
    row = conn.exec_driver_sql(f"{_SEALED} WHERE sha256 = ?", (sha256,)).first()
    return None if row is None else Sealed(*row)


def keep_row(write: Write, file: Sealed) -> None:
    """Note a sealed file that was written and flushed before."""
    write.conn.exec_driver_sql(
        "INSERT INTO attachment_file (sha256, file, key, size, kept_at) VALUES (?, ?, ?, ?, ?)",
        (file.sha256, file.file, file.key, file.size, write.now().utc),
    )


def content(store: Store, name: str) -> bytes:
    """The bytes of a file, by its hash or by its name in an answer; verified. For a thread.

    Raises :class:`FileLost` when it is not on this computer or was damaged.
    """
    with store.read() as conn:
        found = kept(conn, name.partition(".")[0])
    if found is None:
        raise FileLost(
            _("This file is not on this computer. Look for it in a backup or at the centre.")
        )
    return sealed.read(store.folder, found)


# ---- of records


def attachments(conn: Connection, record_id: str) -> tuple[Attachment, ...]:
    """The files that a record names, in the order of the form; without their thumbnails."""
    rows = conn.exec_driver_sql(
        f"{_OF} AND record_id = ? AND kind <> ? ORDER BY rowid", (record_id, THUMB)
    )
    return tuple(_attachment(row) for row in rows)


def thumbnail(conn: Connection, sha256: str) -> str:
    """The SHA-256 of the small picture that stands for a photo; empty when there is none."""
    found = conn.exec_driver_sql(
        "SELECT sha256 FROM attachment WHERE deleted = 0 AND kind = ? AND place = ? LIMIT 1",
        (THUMB, sha256),
    ).scalar()
    return found or ""


def put_attachment(
    write: Write, scope: str, record_id: str, about: tuple[str, str], one: Attachment
) -> None:
    """Note a file of a record; ``about`` is the noun and the id the record is of."""
    write.put(
        "attachment",
        natural_id("attachment", record_id, one.sha256),
        scope,
        record_id=record_id,
        noun=about[0],
        noun_id=about[1],
        sha256=one.sha256,
        mime=one.mime,
        size=one.size,
        kind=one.kind,
        place=one.place,
        width=one.width,
        height=one.height,
        taken_at=one.taken_at,
    )
