# SPDX-License-Identifier: Apache-2.0
"""The office's own pictures and typefaces: files like those of records, of the noun "office".

``place`` is the label people gave it. A file is named by its content; whoever puts the same in
twice under one label has it once. Files of another office never come here (a hall passes on
people and agencies, and nothing else of an office).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from desktop.store import attachment
from desktop.store.facilitator import office
from desktop.store.guest_paper import guest_papers
from desktop.store.ids import natural_id
from desktop.store.write import Write

NOUN: Final = "office"
_OF: Final = (
    "SELECT a.id, a.sha256, a.kind, a.place AS label, a.mime, a.size, a.width, a.height, "
    "EXISTS (SELECT 1 FROM attachment_file f WHERE f.sha256 = a.sha256) AS here, "
    "a.changed_at AS added_at "
    "FROM attachment a WHERE a.deleted = 0 AND a.noun = 'office' "
)


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture or typeface of the office."""

    id: str
    sha256: str
    kind: str
    """``emblem``, ``signature``, ``background``, ``picture`` or ``font``."""
    label: str
    """What people call it; of a signature whose it is, of a font its family."""
    mime: str
    size: int
    """Bytes."""
    width: int
    """Pixels; 0 where that says nothing."""
    height: int
    here: bool
    """Whether its bytes are on this laptop."""
    added_at: str
    """UTC instant at which it came to this laptop."""


def assets(conn: Connection, kind: str = "") -> tuple[Asset, ...]:
    """The office's files of a kind, or all, by label."""
    asked = (kind,) if kind else ()
    only = "AND a.kind = ? " if kind else ""
    found = conn.exec_driver_sql(f"{_OF}{only}ORDER BY a.kind, a.place, a.id", asked)
    return tuple(Asset(**{**row._mapping, "here": bool(row.here)}) for row in found)


def assets_at(conn: Connection, event_id: str, kind: str) -> tuple[Asset, ...]:
    """The files of a kind that the papers of an event are drawn with: this office's, or of an
    event that another office holds those that one told, in its order."""
    told = guest_papers(conn, event_id) if event_id else None
    if told is None:
        return assets(conn, kind)
    return tuple(
        Asset(
            "", one.sha256, one.kind, one.label, one.mime, one.size, one.width, one.height,
            here=attachment.kept(conn, one.sha256) is not None, added_at="",
        )
        for one in told.files
        if one.kind == kind
    )  # fmt: skip


def put_asset(write: Write, one: Asset) -> str:
    """Note a file of the office; its id. One that was taken away comes back."""
    owner = office(write.conn).id
    record_id = natural_id("attachment", owner, one.kind, one.label, one.sha256)
    write.put(
        "attachment",
        record_id,
        f"o:{owner}",
        record_id=owner,
        noun=NOUN,
        noun_id=owner,
        sha256=one.sha256,
        mime=one.mime,
        size=one.size,
        kind=one.kind,
        place=one.label,
        width=one.width,
        height=one.height,
        taken_at="",
    )
    return record_id


def used_by_certificates(conn: Connection, sha256: str) -> int:
    """How many certificates were issued with a picture of this content."""
    found = conn.exec_driver_sql(
        "SELECT count(*) FROM certificate WHERE deleted = 0 AND wording LIKE ?", (f"%{sha256}%",)
    )
    return int(found.scalar_one())


def digests_issued(conn: Connection) -> Sequence[str]:
    """Digests of every page that something was issued with."""
    rows = conn.exec_driver_sql(
        "SELECT DISTINCT layout FROM certificate WHERE layout <> '' AND deleted = 0"
    )
    return [row[0] for row in rows]
