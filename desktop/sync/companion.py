# SPDX-License-Identifier: Apache-2.0
"""What an event's rows name in other scopes, told from laptop to laptop in a hall.

The roster of a workshop is in the workshop's scope and travels as ops. The people, agencies and
the programme it names live in the scope of an office, which does not travel: they go along as
rows, of this workshop alone and no more of them than the doors need
(``store/companion.py``). They are shown and never sent on: the laptop where somebody was entered
or mended has the ops and sends those to the centre.

Both ends compare one number over all they show. When it differs the desk sends its list of marks
of rows, and each gives what the other lacks. Of two versions of a row the one with the later op
stands (ids of ops are in the order of time), then the one the centre said later.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.model.chain import canonical
from desktop.store.companion import CARRIED, companions, named_others, named_people
from desktop.store.guest import Guest
from desktop.store.store import Store
from desktop.store.sync import StoreNotebook
from desktop.sync.protocol import BadMessage
from desktop.sync.row import Key, Row

PAGE: Final = 50
"""Rows in one message: their transaction is shorter than the blink of a door."""
REST: Final = 30.0
"""Seconds before the same difference is looked into again."""

_Held = dict[Key, tuple[str, bool, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Index:
    """What is shown here of an event's companions, by the marks of the rows."""

    held: _Held
    marks: dict[Key, str]
    sum: str


class Companions:
    """The companions of one event in one store, as one end of a hall tells and keeps them.

    Called in one thread at a time; ``stale`` may be called from any.
    """

    def __init__(
        self, notebook: StoreNotebook, event_id: str, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._notebook = notebook
        self._store: Store = notebook.store
        self._event_id = event_id
        self._hall = f"w:{event_id}"
        self._now = now
        self._stale = True
        self._known: _Index | None = None
        self._theirs = ""
        self._wanted: list[Key] = []
        self._looked: tuple[str, str] = ("", "")
        self._rests_until = 0.0

    def stale(self, *, named: bool) -> None:
        """Something of the event changed here: count again at the next question. ``named``: who
        is on its roster, so that what was of no use before may be now."""
        self._stale = True
        if named:
            self._looked = ("", "")

    # ---- the desk

    def ask(self) -> dict[str, Any]:
        """What the desk says to the hub."""
        mine = self._index()
        said: dict[str, Any] = {"sum": mine.sum}
        if self._wanted:
            wanted, self._wanted = self._wanted[:PAGE], self._wanted[PAGE:]
            said["rows"] = self._told(wanted)
        elif self._differs(mine):
            self._looked = (mine.sum, self._theirs)
            # Should that change nothing, each holds to its own or waits for the roster.
            self._rests_until = self._now() + REST
            marks: dict[str, dict[str, str]] = {}
            for (kind, record_id), mark in mine.marks.items():
                marks.setdefault(kind, {})[record_id] = mark
            said["marks"] = marks
        return said

    def take(self, told: Any) -> bool:
        """Take in what the hub said; whether there is more to say at once."""
        if not isinstance(told, dict) or not isinstance(told.get("sum"), str):
            raise BadMessage("companions")
        self._theirs = told["sum"]
        kept = self._keep(told.get("rows", []))
        self._wanted += _keys(told.get("want", []))
        mine = self._index()
        if mine.sum == self._theirs:
            self._wanted = []
            return False
        return bool(kept or self._wanted) or self._differs(mine)

    def _differs(self, mine: _Index) -> bool:
        if not self._theirs or self._theirs == mine.sum:
            return False
        return self._looked != (mine.sum, self._theirs) or self._now() >= self._rests_until

    # ---- the hub

    def answer(self, asked: Any) -> dict[str, Any]:
        """What the hub says to a desk that said ``asked``."""
        if not isinstance(asked, dict):
            raise BadMessage("companions")
        self._keep(asked.get("rows", []))
        mine = self._index()
        said: dict[str, Any] = {"sum": mine.sum}
        marks = asked.get("marks")
        if marks is not None:
            theirs = _marks(marks)
            differing = [key for key, mark in mine.marks.items() if theirs.get(key) != mark]
            said["rows"] = self._told(differing[:PAGE])
            named = self._named()
            said["want"] = [
                list(key)
                for key, mark in theirs.items()
                if mine.marks.get(key) != mark and (key in mine.marks or key in named)
            ]
        return said

    def _named(self) -> frozenset[Key]:
        with self._store.read() as conn:
            people = named_people(conn, self._event_id)
            others = named_others(conn, self._event_id)
        return others | {("person", one) for one in people}

    # ---- both

    def _index(self) -> _Index:
        known = self._known
        if known is not None and not self._stale:
            return known
        self._stale = False
        with self._store.read() as conn:
            held = companions(conn, self._event_id)
        marks = {key: _mark(deleted, fields) for key, (_scope, deleted, fields) in held.items()}
        whole = canonical(sorted([*key, mark] for key, mark in marks.items()))
        made = _Index(held, marks, _digest(whole))
        self._known = made
        return made

    def _told(self, keys: Iterable[Key]) -> list[dict[str, Any]]:
        """These rows as they travel."""
        held = self._index().held
        here = [key for key in keys if key in held]
        return [_row(held[key], version) for key, version in self._versions(here).items()]

    def _versions(self, keys: Iterable[Key]) -> dict[Key, Guest]:
        """What the version of each of these rows rests on; the fields are not filled in."""
        held = self._index().held
        by_scope: dict[str, list[Key]] = {}
        for key in keys:
            by_scope.setdefault(held[key][0], []).append(key)
        found: dict[Key, Guest] = {}
        with self._notebook.transaction() as change:
            guests = {one.row.key: one for one in change.guests(self._hall)} if by_scope else {}
            for scope, some in by_scope.items():
                rows, ops = change.received(scope, some), change.uncovered(scope, some)
                for key in some:
                    guest, row = guests.get(key), rows.get(key)
                    seq, epoch = (row.seq, change.epoch) if row is not None else (0, change.epoch)
                    saw = {one.op.body["oid"] for one in ops.get(key, ())}
                    if guest is not None and (guest.epoch, guest.row.seq) >= (epoch, seq):
                        seq, epoch, saw = guest.row.seq, guest.epoch, saw | guest.saw
                    found[key] = Guest(scope, Row(*key, seq), epoch, frozenset(saw))
        return found

    def _keep(self, told: Any) -> int:
        """Keep and show what is newer than what stands here; how many rows that was."""
        if not isinstance(told, list) or len(told) > PAGE:
            raise BadMessage("companions.rows")
        if not told:
            return 0
        coming = {one.row.key: one for one in map(_guest, told)}
        coming = self._of_this_event(coming)
        held = self._index().held
        here = self._versions([key for key in coming if key in held])
        newer = {
            key: one
            for key, one in coming.items()
            if key not in here
            or (
                held[key][0] == one.scope
                and _order(one, one.row.fields) > _order(here[key], held[key][2])
            )
        }
        if not newer:
            return 0
        with self._notebook.transaction() as change:
            change.keep_guests(self._hall, tuple(newer.values()))
            by_scope: dict[str, dict[Key, Row]] = {}
            for key, one in newer.items():
                by_scope.setdefault(one.scope, {})[key] = one.row.copy()
            for scope, rows in by_scope.items():
                # What was written here and not seen there stays on the screen here.
                for key, ops in change.uncovered(scope, rows).items():
                    seen = newer[key].saw
                    for logged in ops:
                        if logged.op.body["oid"] in seen:
                            continue
                        rows[key].fields.update(logged.op.body.get("set", {}))
                        rows[key].deleted = bool(logged.op.body.get("del"))
                change.show(scope, tuple(rows.values()))
        self._stale = True
        return len(newer)

    def _of_this_event(self, coming: Mapping[Key, Guest]) -> dict[Key, Guest]:
        """Only what the rows of the event name here: nobody is told of anybody else."""
        named = self._named()
        return {
            key: one
            for key, one in coming.items()
            if key in named
            or (
                one.row.kind == "person_identifier"
                and ("person", one.row.fields.get("person_id")) in named
            )
        }


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _mark(deleted: bool, fields: Mapping[str, Any]) -> str:
    return _digest(canonical([deleted, {n: v for n, v in fields.items() if v not in (None, "")}]))


def _order(guest: Guest, fields: Mapping[str, Any]) -> tuple[str, int, int, str]:
    said = {name: value for name, value in fields.items() if value not in (None, "")}
    return max(guest.saw, default=""), guest.epoch, guest.row.seq, canonical(said)


def _row(held: tuple[str, bool, dict[str, Any]], version: Guest) -> dict[str, Any]:
    scope, deleted, fields = held
    told: dict[str, Any] = {
        "k": version.row.kind, "i": version.row.id, "s": scope, "b": version.row.seq,
        "e": version.epoch, "f": {n: v for n, v in fields.items() if v not in (None, "")},
    }  # fmt: skip
    if version.saw:
        told["o"] = sorted(version.saw)
    if deleted:
        told["d"] = 1
    return told


def _guest(told: Any) -> Guest:
    """What :func:`_row` wrote. :class:`BadMessage` for anything else."""
    try:
        kind, record_id, scope = told["k"], told["i"], told["s"]
        seq, epoch, fields, saw = told["b"], told["e"], told["f"], told.get("o", [])
        carried = CARRIED[kind]
        sound = (
            all(isinstance(text, str) and 0 < len(text) <= 200 for text in (record_id, scope))
            and scope.startswith("o:")
            and type(seq) is int
            and type(epoch) is int
            and min(seq, epoch) >= 0
            and max(seq, epoch) < 2**62
            and all(
                name in carried and (value is None or isinstance(value, str | int))
                for name, value in fields.items()
            )
            and all(isinstance(oid, str) for oid in saw)
        )
    except (KeyError, TypeError, AttributeError) as wrong:
        raise BadMessage("companion") from wrong
    if not sound:
        raise BadMessage("companion")
    row = Row(kind, record_id, seq, bool(told.get("d")), dict(fields))
    return Guest(scope, row, epoch, frozenset(saw))


def _keys(told: Any) -> list[Key]:
    if not isinstance(told, list):
        raise BadMessage("companions.want")
    keys = []
    for one in told:
        if not isinstance(one, list) or len(one) != 2 or not all(isinstance(p, str) for p in one):
            raise BadMessage("companions.want")
        keys.append((one[0], one[1]))
    return keys


def _marks(told: Any) -> dict[Key, str]:
    if not isinstance(told, dict):
        raise BadMessage("companions.marks")
    marks: dict[Key, str] = {}
    for kind, some in told.items():
        if kind not in CARRIED or not isinstance(some, dict):
            raise BadMessage("companions.marks")
        marks |= {(kind, str(record_id)): str(mark) for record_id, mark in some.items()}
    return marks
