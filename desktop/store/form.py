# SPDX-License-Identifier: Apache-2.0
"""The versions of forms this laptop knows: every one that came, for the records made with it."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from desktop.i18n import language
from desktop.store.write import Write

_VERSION: Final = "SELECT form_id, version, title_th, title_en, sha256, added_at FROM form_version"


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

    @property
    def title(self) -> str:
        """Its title in the language of the moment."""
        return self.title_en if language() == "en" and self.title_en else self.title_th


def forms(conn: Connection) -> tuple[FormVersion, ...]:
    """The newest version of each form, by id."""
    rows = conn.exec_driver_sql(f"{_VERSION} ORDER BY form_id, version")
    return tuple({row[0]: FormVersion(*row) for row in rows}.values())


def versions(conn: Connection) -> frozenset[tuple[str, str]]:
    """Form and version of everything that is kept."""
    rows = conn.exec_driver_sql("SELECT form_id, version FROM form_version")
    return frozenset((row[0], row[1]) for row in rows)


def latest(conn: Connection, form_id: str) -> FormVersion:
    """The newest version of a form. ``LookupError`` for a form that is not known.

    Versions are the centre's ``yyyymmddnn`` and are compared as text.
    """
    row = conn.exec_driver_sql(
        f"{_VERSION} WHERE form_id = ? ORDER BY version DESC LIMIT 1", (form_id,)
    ).first()
    if row is None:
        raise LookupError("no form with this id")
    return FormVersion(*row)


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
