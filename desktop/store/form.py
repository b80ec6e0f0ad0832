# SPDX-License-Identifier: Apache-2.0
"""The versions of forms this laptop knows: every one that came, for the records made with it."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from desktop.i18n import language
from desktop.store.write import Write
from desktop.xforms.version import newness

_VERSION: Final = (
    "SELECT v.form_id, v.version, v.title_th, v.title_en, v.sha256, v.added_at, "
    "coalesce(r.retired_at, '') FROM form_version v "
    "LEFT JOIN form_retired r ON r.form_id = v.form_id"
)


@dataclass(frozen=True, slots=True)
class FormVersion:
    """One version of a form, without its text."""

    form_id: str
    version: str
    title_th: str
    title_en: str
    sha256: str
    added_at: str
    """UTC instant."""
    retired_at: str = ""
    """UTC instant since which the form is not begun any more, or empty."""

    @property
    def title(self) -> str:
        """Its title in the language of the moment."""
        return self.title_en if language() == "en" and self.title_en else self.title_th


def forms(conn: Connection) -> tuple[FormVersion, ...]:
    """The newest version of each form, by id; retired ones too."""
    return tuple(
        sorted(
            {one.form_id: one for one in _by_newness(conn)}.values(), key=lambda one: one.form_id
        )
    )


def _by_newness(conn: Connection, form_id: str | None = None) -> list[FormVersion]:
    """Every version, or those of one form, the newest last."""
    rows = (
        conn.exec_driver_sql(_VERSION)
        if form_id is None
        else conn.exec_driver_sql(f"{_VERSION} WHERE v.form_id = ?", (form_id,))
    )
    return sorted((FormVersion(*row) for row in rows), key=lambda one: newness(one.version))


def versions(conn: Connection) -> frozenset[tuple[str, str]]:
    """Form and version of everything that is kept."""
    rows = conn.exec_driver_sql("SELECT form_id, version FROM form_version")
    return frozenset((row[0], row[1]) for row in rows)


def latest(conn: Connection, form_id: str) -> FormVersion:
    """The newest version of a form (``xforms.version``). ``LookupError`` for one not known."""
    found = _by_newness(conn, form_id)
    if not found:
        raise LookupError("no form with this id")
    return found[-1]


def find_version(conn: Connection, form_id: str, version: str) -> FormVersion | None:
    """This version of a form, if it is kept."""
    return next((one for one in _by_newness(conn, form_id) if one.version == version), None)


def form(conn: Connection, form_id: str, version: str | None = None) -> bytes:
    """The XForm of a version, the newest for None. ``LookupError`` for one not known."""
    wanted = latest(conn, form_id).version if version is None else version
    row = conn.exec_driver_sql(
        "SELECT xml FROM form_version WHERE form_id = ? AND version = ?", (form_id, wanted)
    ).first()
    if row is None:
        raise LookupError("no such version of this form")
    return zlib.decompress(row[0])


def put_form(
    write: Write, form_id: str, version: str, titles: tuple[str, str], data: bytes
) -> bool:
    """Keep a version, with its titles in Thai and English; False when it was there already.

    A version never changes: other bytes under the same name raise ``ValueError``.
    """
    digest = hashlib.sha256(data).hexdigest()
    held = write.conn.exec_driver_sql(
        "SELECT sha256 FROM form_version WHERE form_id = ? AND version = ?", (form_id, version)
    ).scalar()
    if held is not None:
        if held != digest:
            raise ValueError("a version of a form does not change")
        return False
    write.conn.exec_driver_sql(
        "INSERT INTO form_version (form_id, version, sha256, title_th, title_en, added_at, xml) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (form_id, version, digest, *titles, write.now().utc, zlib.compress(data, 9)),
    )
    return True


# ---- what came beside a form


def files(conn: Connection, form_id: str, version: str) -> dict[str, bytes]:
    """The lists that came beside a version, by file name."""
    rows = conn.exec_driver_sql(
        "SELECT name, content FROM form_file WHERE form_id = ? AND version = ? ORDER BY name",
        (form_id, version),
    )
    return {row[0]: zlib.decompress(row[1]) for row in rows}


def file_hashes(conn: Connection, form_id: str, version: str) -> dict[str, str]:
    """The hash of each list that came beside a version, by file name."""
    rows = conn.exec_driver_sql(
        "SELECT name, sha256 FROM form_file WHERE form_id = ? AND version = ?", (form_id, version)
    )
    return {row[0]: row[1] for row in rows}


def put_files(write: Write, form_id: str, version: str, files: Mapping[str, bytes]) -> None:
    """Keep the lists of a version that was just put."""
    for name, data in files.items():
        write.conn.exec_driver_sql(
            "INSERT INTO form_file (form_id, version, name, sha256, content) "
            "VALUES (?, ?, ?, ?, ?)",
            (form_id, version, name, hashlib.sha256(data).hexdigest(), zlib.compress(data, 9)),
        )


# ---- taking off, retiring


def is_used(conn: Connection, form_id: str, version: str) -> bool:
    """Whether a draft, thrown away or not, or a record was made with this version."""
    return bool(
        conn.exec_driver_sql(
            "SELECT EXISTS (SELECT 1 FROM draft WHERE form_id = ?1 AND form_version = ?2) "
            "OR EXISTS (SELECT 1 FROM record WHERE form_id = ?1 AND form_version = ?2)",
            (form_id, version),
        ).scalar()
    )


def drop_version(write: Write, form_id: str, version: str) -> None:
    """Take a version off again, with its lists."""
    for table in ("form_file", "form_version"):
        write.conn.exec_driver_sql(
            f"DELETE FROM {table} WHERE form_id = ? AND version = ?",  # noqa: S608 - ours
            (form_id, version),
        )


def set_retired(write: Write, form_id: str, at: str) -> bool:
    """Retire a form from the instant ``at`` on, or take it into use for ""; False if it was so."""
    held = write.conn.exec_driver_sql(
        "SELECT retired_at FROM form_retired WHERE form_id = ?", (form_id,)
    ).scalar()
    if bool(held) == bool(at):
        return False
    if at:
        write.conn.exec_driver_sql(
            "INSERT INTO form_retired (form_id, retired_at) VALUES (?, ?)", (form_id, at)
        )
    else:
        write.conn.exec_driver_sql("DELETE FROM form_retired WHERE form_id = ?", (form_id,))
    return True


def open_drafts(conn: Connection) -> dict[str, int]:
    """How many drafts that were not thrown away there are of each form."""
    rows = conn.exec_driver_sql(
        "SELECT form_id, count(*) FROM draft WHERE discarded_at = '' GROUP BY form_id"
    )
    return {row[0]: row[1] for row in rows}
