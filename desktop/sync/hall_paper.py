# SPDX-License-Identifier: Apache-2.0
"""The papers of an event, told from laptop to laptop in a hall beside its ops.

A laptop of another office has the event's people and its plan, but none of the templates,
emblems, hands and typefaces that the plan names: those are the office's. The laptop that holds the
event tells which they are (``GuestPapers``), every other one keeps that and passes it on, and asks
for the pages and files it lacks, piece by piece, no faster than the hall is asked anyway: the
processor is the door's. What came is what was named, by its hash, or is thrown away.

An end that knows nothing of this (an earlier version) says nothing of it and is told nothing.
"""

from __future__ import annotations

import hashlib
import time
from base64 import b64decode, b64encode
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from desktop.model.template_form import BadTemplate, read_template, template_digest
from desktop.store import attachment, sealed
from desktop.store import template as templates
from desktop.store.clock import following
from desktop.store.guest_paper import (
    LARGEST_FILE,
    LARGEST_PAGE,
    MOST_AT,
    GuestPapers,
    files_lacking,
    keep_file,
    keep_page,
    keep_papers,
    may_be_told,
    told_papers,
)
from desktop.store.sealed import FileLost
from desktop.store.store import Store
from desktop.sync.protocol import BadMessage

PIECE: Final = 256 * 1024
"""Bytes of a file in one message."""
LOOK: Final = 2.0
"""Seconds before the event's papers are gathered anew, however much changes."""
_HELD: Final = 3
"""Contents that are kept in memory while desks ask for their pieces."""
MEANT: Final = frozenset({
    "certificate", "certificate_plan", "ceremony_role", "template", "template_revision",
    "attachment", "certificates", "templates", "events", "event", "awards", "office",
})  # fmt: skip
"""Kinds of rows, and what pages call them, that the papers follow from."""

Gather = Callable[[], GuestPapers | None]
"""The papers of the event without their moment, where this laptop's office holds it."""


@dataclass(frozen=True, slots=True)
class _Mine:
    papers: GuestPapers | None
    holds: bool
    lacking: tuple[str, ...]
    """Pages and files that are named and not here, by their hashes."""

    def size(self, name: str) -> int:
        """How many bytes a file is said to have; 0 for a page, which says so itself."""
        files = () if self.papers is None else self.papers.files
        return next((one.size for one in files if one.sha256 == name), 0)

    @property
    def at(self) -> str:
        return "" if self.papers is None else self.papers.at


class Papers:
    """The papers of one event in one store, as one end of a hall tells and keeps them.

    Called in one thread at a time; ``stale`` may be called from any.
    """

    def __init__(
        self,
        store: Store,
        by: str,
        event_id: str,
        gather: Gather,
        changed: Callable[[frozenset[str]], object] = lambda _nouns: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._by, self._event_id = store, by, event_id
        self._gather, self._changed, self._now = gather, changed, now
        self._stale = True
        self._known: _Mine | None = None
        self._gathered = -LOOK
        self._parts: dict[str, bytearray] = {}
        self._refused: set[str] = set()
        """What came and was not what it was called: it is not asked for again."""
        self._contents: OrderedDict[str, bytes] = OrderedDict()
        self._asked: list[Any] | None = None
        self._asked_papers = False

    def stale(self) -> None:
        """Something changed that the papers may follow from."""
        self._stale = True

    # ---- the desk

    def ask(self) -> dict[str, Any]:
        """What the desk says to the hub."""
        mine = self._mine()
        said = self._state(mine)
        if self._asked_papers and mine.papers is not None:
            said["papers"] = mine.papers.to_json()
        if self._asked is not None:
            said |= self._piece(self._asked)
        self._asked, self._asked_papers = None, False
        return said

    def take(self, told: Any) -> None:
        """Take in what the hub said; nothing from one that knows nothing of papers."""
        if told is None:
            return
        _state_of(told)
        self._hear(told)
        self._asked = _place(told["want"]) if "want" in told else None
        self._asked_papers = bool(told.get("send"))

    # ---- the hub

    def answer(self, asked: Any) -> dict[str, Any] | None:
        """What the hub says to a desk that said ``asked``; None to one that said nothing."""
        if asked is None:
            return None
        at, holds = _state_of(asked)
        self._hear(asked)
        mine = self._mine()
        said = self._state(mine)
        # Two laptops of the office that holds the event may differ until their centre makes them
        # one: neither tells the other.
        if mine.papers is not None and mine.at > at and not holds:
            said["papers"] = mine.papers.to_json()
        elif at > mine.at and not mine.holds:
            said["send"] = 1
        if "want" in asked:
            said |= self._piece(_place(asked["want"]))
        return said

    # ---- both

    def _state(self, mine: _Mine) -> dict[str, Any]:
        said: dict[str, Any] = {"at": mine.at}
        if mine.holds:
            said["holds"] = 1
        wanted = next((one for one in mine.lacking if one not in self._refused), None)
        if wanted is not None:
            said["want"] = [wanted, len(self._parts.get(wanted, b""))]
        return said

    def _mine(self) -> _Mine:
        known = self._known
        if known is not None and not self._stale:
            return known
        if known is not None and known.holds and self._now() < self._gathered + LOOK:
            return known
        self._stale = False
        self._gathered = self._now()
        papers = self._gather()
        with self._store.read() as conn:
            told = told_papers(conn, self._event_id)
        holds = papers is not None
        if papers is None or (told is not None and replace(told, at="") == papers):
            papers = told
        else:
            now = self._store.now().utc
            at = now if told is None else following(told.at, now, strictly=True)
            papers = replace(papers, at=at)
            with self._store.write(self._by) as write:
                keep_papers(write, self._event_id, papers)
        made = _Mine(papers, holds, self._lacking(papers))
        self._parts = {name: part for name, part in self._parts.items() if name in made.lacking}
        self._known = made
        return made

    def _lacking(self, papers: GuestPapers | None) -> tuple[str, ...]:
        if papers is None:
            return ()
        with self._store.read() as conn:
            pages = [one for one in papers.pages if not templates.body_of(conn, one)]
            return (*pages, *(one.sha256 for one in files_lacking(conn, papers)))

    # ---- what is heard

    def _hear(self, said: dict[str, Any]) -> None:
        if "papers" in said:
            self._take_papers(said["papers"])
        if "piece" in said:
            self._take_piece(said["piece"])

    def _take_papers(self, told: Any) -> None:
        try:
            papers = GuestPapers.from_json(told)
        except ValueError as wrong:
            raise BadMessage("papers") from wrong
        mine = self._mine()
        if mine.holds or papers.at <= mine.at:
            return
        with self._store.write(self._by) as write:
            keep_papers(write, self._event_id, papers)
        self._known = None
        self._changed(frozenset({"certificate_plan"}))

    def _take_piece(self, told: Any) -> None:
        name, at, told_content = _piece_of(told)
        mine = self._mine()
        if name not in mine.lacking or at != len(self._parts.get(name, b"")):
            return  # somebody else brought it meanwhile
        content, whole = told_content
        if whole != (mine.size(name) or min(whole, LARGEST_PAGE)) or at + len(content) > whole:
            self._refused.add(name)
            return
        part = self._parts.setdefault(name, bytearray())
        part += content
        if len(part) == whole:
            self._whole(name, bytes(self._parts.pop(name)), mine)

    def _whole(self, name: str, content: bytes, mine: _Mine) -> None:
        page = mine.papers is not None and name in mine.papers.pages
        if not (_is_page(name, content) if page else _is_file(name, content)):
            self._refused.add(name)
            return
        # The file is flushed before the transaction that notes it.
        file = None if page else sealed.write(self._store.folder, content)
        with self._store.write(self._by) as write:
            if file is None:
                keep_page(write, name, content.decode())
            else:
                keep_file(write, file)
        self._known = None
        self._changed(frozenset({"certificate_plan"}))

    # ---- what is told

    def _piece(self, asked: list[Any]) -> dict[str, Any]:
        name, at = asked
        mine = self._mine()
        if mine.papers is None or name in mine.lacking:
            return {}
        content = self._content(name, mine.papers)
        if content is None or at > len(content):
            return {}
        part = b64encode(content[at : at + PIECE]).decode()
        return {"piece": [name, at, len(content), part]}

    def _content(self, name: str, papers: GuestPapers) -> bytes | None:
        if name not in self._contents:
            found = self._read(name, papers)
            if found is None:
                return None
            self._contents[name] = found
        self._contents.move_to_end(name)
        while len(self._contents) > _HELD:
            self._contents.popitem(last=False)
        return self._contents[name]

    def _read(self, name: str, papers: GuestPapers) -> bytes | None:
        """A page or file of these papers, and nothing else of this laptop."""
        if name in papers.pages:
            with self._store.read() as conn:
                body = templates.body_of(conn, name)
            return body.encode() or None
        if name not in {one.sha256 for one in papers.files}:
            return None
        with self._store.read() as conn:
            if not may_be_told(conn, name):
                return None
        try:
            return attachment.content(self._store, name)
        except FileLost:
            return None


def _is_page(name: str, content: bytes) -> bool:
    try:
        return template_digest(read_template(content)) == name
    except BadTemplate:
        return False


def _is_file(name: str, content: bytes) -> bool:
    return hashlib.sha256(content).hexdigest() == name


def _state_of(told: Any) -> tuple[str, bool]:
    """Of when its papers are, and whether its office holds the event."""
    if not isinstance(told, dict):
        raise BadMessage("papers")
    at = told.get("at")
    if not isinstance(at, str) or len(at) > MOST_AT:
        raise BadMessage("papers")
    return at, bool(told.get("holds"))


def _place(told: Any) -> list[Any]:
    if (
        not isinstance(told, list)
        or len(told) != 2
        or not isinstance(told[0], str)
        or type(told[1]) is not int
        or told[1] < 0
    ):
        raise BadMessage("papers.want")
    return told


def _piece_of(told: Any) -> tuple[str, int, tuple[bytes, int]]:
    """Name, place, and the bytes with how many the whole has."""
    if not isinstance(told, list) or len(told) != 4 or not isinstance(told[3], str):
        raise BadMessage("papers.piece")
    name, at = _place(told[:2])
    whole = told[2]
    if type(whole) is not int or not 0 < whole <= max(LARGEST_FILE, LARGEST_PAGE):
        raise BadMessage("papers.piece")
    try:
        content = b64decode(told[3], validate=True)
    except ValueError as wrong:
        raise BadMessage("papers.piece") from wrong
    if not content or len(content) > PIECE:
        raise BadMessage("papers.piece")
    return name, at, (content, whole)
