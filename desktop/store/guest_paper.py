# SPDX-License-Identifier: Apache-2.0
"""What an event's certificates are drawn with, on a laptop of another office than its own.

The laptops of the office that holds an event tell it in a hall (``sync/hall_paper.py``). What is
told lies apart from this office's templates and files and is never a row of theirs: nobody here
can change it, take it for the office's own or send it on, and when the hall is over the event's
certificates are still printed as they are. A page is named by its digest and a file by its
content, so that what a certificate names is that or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import Connection

from desktop.model.chain import canonical
from desktop.store import attachment
from desktop.store.facilitator import own_offices
from desktop.store.sealed import Sealed
from desktop.store.write import Write

MOST_PAGES: Final = 60
MOST_FILES: Final = 120
LARGEST_PAGE: Final = 512 * 1024
"""Bytes of one page."""
LARGEST_FILE: Final = 20 * 1024 * 1024
MOST_AT: Final = 30
"""Letters of an instant."""
MOST_BYTES: Final = 64 * 1024 * 1024
"""Bytes of all files of an event together."""

_PAPERS: Final = "event_papers"
_PAGE: Final = "event_page"
_FILE: Final = "event_file"
_KEEP: Final = (
    "INSERT OR REPLACE INTO guest_row (kind, id, hall, scope, seq, epoch, deleted, fields, saw) "
    "VALUES (?, ?, '', ?, 0, 0, 0, ?, '[]')"
)
"""Under no hall: what a hall tells of people is read by its event, and this is not among it."""
_READ: Final = "SELECT fields FROM guest_row WHERE kind = ? AND id = ?"


PAPER: Final = "paper:"


def paper_ref(kind: str) -> str:
    """How the template of a paper is called among those that were told."""
    return PAPER + kind


@dataclass(frozen=True, slots=True)
class GuestTemplate:
    """A template that a plan of the event names, or that the office draws a paper by, as it is
    now."""

    id: str
    """Of the plan's template; of a paper's :func:`paper_ref`."""
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class GuestFile:
    """A picture or typeface. ``kind`` and ``label`` are as in ``store/asset.py``; both empty for
    one that only certificates which were issued bear."""

    sha256: str
    kind: str
    label: str
    mime: str
    size: int
    """Bytes."""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class GuestPapers:
    """Everything the certificates of one event are drawn with."""

    office_id: str
    office: str
    """Name of the office that holds the event."""
    at: str
    """UTC instant at which it was so; the later one counts."""
    templates: tuple[GuestTemplate, ...] = ()
    pages: tuple[str, ...] = ()
    """Digests of their pages, and of those that certificates were issued with."""
    files: tuple[GuestFile, ...] = ()
    """Emblems in the order in which they stand in slots."""

    def to_json(self) -> dict[str, Any]:
        """As it is told and kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Any) -> GuestPapers:
        """What :meth:`to_json` wrote. ``ValueError`` for anything else."""
        try:
            templates = tuple(GuestTemplate(**one) for one in told["templates"])
            files = tuple(GuestFile(**one) for one in told["files"])
            pages = tuple(told["pages"])
            made = cls(told["office_id"], told["office"], told["at"], templates, pages, files)
        except (TypeError, KeyError) as wrong:
            raise ValueError("no papers of an event") from wrong
        if not made._sound():
            raise ValueError("no papers of an event")
        return made

    def _sound(self) -> bool:
        texts = [self.office_id, self.office, self.at]
        texts += [text for one in self.templates for text in (one.id, one.name, one.digest)]
        texts += [text for one in self.files for text in (one.kind, one.label, one.mime)]
        sizes = [one.size for one in self.files]
        hashes = [*self.pages, *(one.sha256 for one in self.files)]
        counts = [one for file in self.files for one in (file.width, file.height)]
        return (
            len(self.templates) <= MOST_PAGES
            and len(self.pages) <= MOST_PAGES
            and len(self.files) <= MOST_FILES
            and all(_is_text(one, 400) for one in texts)
            and _is_text(self.at, MOST_AT)
            and all(_is_hash(one) for one in hashes)
            and all(_is_count(one, LARGEST_FILE) and one for one in sizes)
            and all(_is_count(one, 2**31) for one in counts)
            and sum(sizes) <= MOST_BYTES
        )


def _is_text(one: Any, most: int) -> bool:
    return isinstance(one, str) and len(one) <= most


def _is_hash(one: Any) -> bool:
    return isinstance(one, str) and len(one) == 64 and set(one) <= set("0123456789abcdef")


def _is_count(one: Any, most: int) -> bool:
    return type(one) is int and 0 <= one <= most


def _read(conn: Connection, kind: str, record_id: str) -> Any:
    row = conn.exec_driver_sql(_READ, (kind, record_id)).first()
    return None if row is None else json.loads(row[0])


def _keep(write: Write, kind: str, record_id: str, scope: str, fields: Mapping[str, Any]) -> None:
    write.conn.exec_driver_sql(_KEEP, (kind, record_id, scope, canonical(fields)))


# ---- what was told


def told_papers(conn: Connection, event_id: str) -> GuestPapers | None:
    """What was told of an event, by whichever office; None when nothing was."""
    found = _read(conn, _PAPERS, event_id)
    return None if found is None else GuestPapers.from_json(found)


def guest_papers(conn: Connection, event_id: str) -> GuestPapers | None:
    """What the certificates of an event are drawn with that another office holds; None for an
    event of this office, and for one of which nothing was told."""
    found = told_papers(conn, event_id)
    return None if found is None or found.office_id in own_offices(conn) else found


def keep_papers(write: Write, event_id: str, papers: GuestPapers) -> None:
    """Keep what was told of an event, in the place of what was told before."""
    _keep(write, _PAPERS, event_id, f"o:{papers.office_id}", papers.to_json())


def guest_page(conn: Connection, digest: str) -> str:
    """The page with this digest that was told, as it was written; empty for none."""
    found = _read(conn, _PAGE, digest)
    return "" if found is None else str(found["body"])


def keep_page(write: Write, digest: str, body: str) -> None:
    """Keep a page that was told and that has this digest."""
    _keep(write, _PAGE, digest, "", {"body": body})


def keep_file(write: Write, file: Sealed) -> None:
    """Keep a file that was told and sealed, and remember that it is no rubbish."""
    if attachment.kept(write.conn, file.sha256) is None:
        attachment.keep_row(write, file)
    _keep(write, _FILE, file.sha256, "", {})


def may_be_told(conn: Connection, sha256: str) -> bool:
    """Whether a file is an office's: never the photo of a visit or of a case, whoever names it."""
    found = conn.exec_driver_sql(
        "SELECT 1 FROM attachment WHERE sha256 = ? AND noun = 'office' UNION ALL "
        "SELECT 1 FROM guest_row WHERE kind = ? AND id = ? LIMIT 1",
        (sha256, _FILE, sha256),
    )
    return found.first() is not None


def files_lacking(conn: Connection, papers: GuestPapers) -> tuple[GuestFile, ...]:
    """The files of these papers that are not on this laptop, small ones first."""
    lacking = [one for one in papers.files if attachment.kept(conn, one.sha256) is None]
    return tuple(sorted(lacking, key=lambda one: (one.size, one.sha256)))


# ---- whose event it is

_MADE: Final = (
    "SELECT device IN (SELECT id FROM device) FROM op WHERE record_id = ? AND kind = 'event' "
    "AND scope = ? AND json_extract(body, '$.set.code') IS NOT NULL"
)
"""The words an event began with, and whether they were said here: only those name its code. Of
one that came from a centre there are none."""

_OURS: Final = (
    "SELECT 1 FROM certificate_plan p JOIN template t ON t.id = p.template "
    "WHERE p.event_id = ?1 AND p.deleted = 0 UNION ALL SELECT 1 FROM certificate c "
    "WHERE c.event_id = ?1 AND c.office_id IN (SELECT value FROM json_each(?2)) LIMIT 1"
)


def holds_event(conn: Connection, event_id: str) -> bool:
    """Whether it is this laptop's office that holds an event: it was made here; or it came from
    the centre, and its plan names a template of the office or its numbers are the office's."""
    made = _made(conn, event_id)
    if made:
        return any(made)
    found = conn.exec_driver_sql(_OURS, (event_id, json.dumps(own_offices(conn))))
    return found.first() is not None


def heard_in_hall(conn: Connection, event_id: str) -> bool:
    """Whether this laptop knows an event from the laptops of a hall that made it."""
    made = _made(conn, event_id)
    return bool(made) and not any(made)


def _made(conn: Connection, event_id: str) -> list[bool]:
    found = conn.exec_driver_sql(_MADE, (event_id, f"w:{event_id}"))
    return [bool(one) for one in found.scalars()]
