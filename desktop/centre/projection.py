# SPDX-License-Identifier: Apache-2.0
"""Small tables that follow the rows: numbers of certificates, readers of restricted cases,
and which scopes name a file.

They are written in the transaction that keeps the rows and hold nothing that the rows do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert

from desktop.centre.schema import attachment, case_reader, certificate
from desktop.sync.row import Row


def follow(conn: Connection, scope: str, rows: Sequence[Row]) -> None:
    """Bring the small tables along with ``rows``, which have just changed."""
    numbered = [row for row in rows if row.kind == "certificate"]
    if numbered:
        _certificates(conn, scope, numbered)
    files = [row for row in rows if row.kind == "attachment"]
    if files:
        _files(conn, scope, files)
    if scope.startswith("c:"):
        for row in rows:
            if row.kind == "case_file" and row.id == scope[2:]:
                _readers(conn, scope, row)


def _certificates(conn: Connection, scope: str, rows: Iterable[Row]) -> None:
    lines = []
    for row in rows:
        fields = row.fields
        office, kind = fields.get("office_id"), fields.get("kind")
        year, number = fields.get("year"), fields.get("number")
        if not (isinstance(office, str) and isinstance(kind, str)):
            continue
        if not (_counts(year) and _counts(number)):
            continue
        status = str(fields.get("status", ""))
        lines.append(
            {"scope": scope, "id": row.id, "office": office, "kind": kind, "year": year,
             "number": number, "status": status}
        )  # fmt: skip
    if not lines:
        return
    t = certificate.c
    ids = [line["id"] for line in lines]
    conn.execute(delete(certificate).where(t.scope == scope, t.id.in_(ids)))
    conn.execute(insert(certificate), lines)


def _files(conn: Connection, scope: str, rows: Sequence[Row]) -> None:
    lines = []
    for row in rows:
        sha256 = row.fields.get("sha256")
        if isinstance(sha256, str) and len(sha256) == 64:
            lines.append({"scope": scope, "id": row.id, "sha256": sha256.lower()})
    t = attachment.c
    ids = [row.id for row in rows]
    conn.execute(delete(attachment).where(t.scope == scope, t.id.in_(ids)))
    if lines:
        conn.execute(insert(attachment), lines)


def _counts(value: Any) -> bool:
    return type(value) is int and 0 <= value < 2**62


def _readers(conn: Connection, scope: str, row: Row) -> None:
    fields = row.fields
    if not fields:
        # It moved to where everybody of the area may read it. Those who could here still hear
        # what was written here without knowing, and nobody else may open this scope.
        return
    listed = fields.get("readers") or []
    known = {fields.get("owner_id"), fields.get("opened_by"), *listed}
    readers = {one for one in known if isinstance(one, str) and one}
    conn.execute(delete(case_reader).where(case_reader.c.scope == scope))
    if readers:
        conn.execute(
            insert(case_reader), [{"scope": scope, "account": one} for one in sorted(readers)]
        )
