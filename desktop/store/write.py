# SPDX-License-Identifier: Apache-2.0
"""One transaction of one person: rows, their ops and their audit rows, or none of them.

An op is ``{oid, kind, id, base, ep, hlc, set, add, rm, resolve, saw, unseen, del, salvage}``,
numbered 1, 2, 3 for each (scope, device) and chained (``model/chain.py``). ``body`` is canonical
JSON and is kept as it was hashed. ``base``, ``ep``, ``saw`` and ``unseen`` say which state the
writer had on the screen (``seen.py``); what was not there before has none.

Ops and audit rows are gathered while the action runs and written just before the commit, inside
the same transaction; so are the keys and indexes that follow from the rows (``search.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from desktop.model.seen import Changing
from desktop.store import household_search, moving, search
from desktop.store.clock import Clock, HybridClock, Instant, instant
from desktop.store.oplog import OpLog
from desktop.store.seen import (
    NOTHING,
    Seen,
    drop_own_variants,
    keep_what_came,
    seen,
    shown_variants,
)
from desktop.store.shape import NUL, Fields, Shape, quoted, shape_of
from desktop.store.step import Step, Undo


class _Over:
    """Stands in the place of a connection whose transaction has ended."""

    def execute(self, *_statement: object) -> Any:
        raise RuntimeError("this transaction is over")

    executemany = execute


class Write:
    """The writing side of one transaction; made by ``Store.write`` and dead after it."""

    def __init__(
        self, conn: Connection, by: str, device: str, clock: Clock, stamps: HybridClock
    ) -> None:
        self.conn = conn
        """For the action's own reads; every change goes through ``put`` and ``delete``."""
        self.by = by
        self.device = device
        self.changed: set[str] = set()
        self.undo = Undo([])
        self._now = instant(clock())
        self._raw: Any = conn.connection.driver_connection
        self.log = OpLog(self._raw, str(self._now), stamps)
        self._touched: dict[str, set[str]] = {}

    def now(self) -> Instant:
        """The moment of this action; the same for everything it writes."""
        return self._now

    def put(self, noun: str, record_id: str, scope: str, /, **fields: Any) -> bool:
        """Insert the record, or change the fields that differ; False if nothing differed.

        A record under a tombstone comes back with these fields. Fields that are not given stay
        as they are. Raises ``ValueError`` for another scope than the record has: moving is a
        tombstone in the old scope and a row in the new one.
        """
        return self._apply(noun, record_id, scope, fields, deleted=False)

    def put_many(self, noun: str, records: Sequence[tuple[str, str, Fields]], /) -> None:
        """Put many records ``(id, scope, fields)`` that are mostly new, in a few statements.

        Every record has an op and an undo step of its own, as with ``put``; the new ones share
        one audit row that counts them. All must have the same fields.
        """
        if not records:
            return
        shape = shape_of(noun)
        there = {
            row[0]
            for row in self._raw.execute(
                f'SELECT id FROM "{noun}" WHERE id IN (SELECT value FROM json_each(?))',  # noqa: S608
                (json.dumps([record[0] for record in records]),),
            )
        }
        names = list(records[0][2])
        lines = []
        for record_id, scope, fields in records:
            if record_id in there:
                self._apply(noun, record_id, scope, fields, deleted=False)
                continue
            there.add(record_id)
            # Most values are text in a text column, which is kept as it is.
            raw = [
                value
                if type(value) is str and name in shape.texts and NUL not in value
                else shape.encode(name, value)
                for name, value in ((name, fields[name]) for name in names)
            ]
            lines.append((record_id, scope, self._now.utc, *raw))
            body: Fields = {"set": shape.said(fields)}
            if shape.sets and (added := {n: sorted(set(fields[n] or ())) for n in shape.sets}):
                body["add"] = added
            self._log(noun, record_id, scope, body, fresh=True)
            self.undo.steps.append(Step(noun, record_id, None, fields))
        if lines:
            columns = ["id", "scope", "changed_at", *names]
            self._raw.executemany(
                f'INSERT INTO "{noun}" ({", ".join(quoted(columns))}) '  # noqa: S608
                f"VALUES ({', '.join('?' * len(columns))})",
                lines,
            )
            self.audit("create", noun, detail=str(len(lines)))

    def delete(self, noun: str, record_id: str, /) -> bool:
        """Set the tombstone; False if it was set already. ``KeyError`` if there is no record."""
        return self._apply(noun, record_id, None, {}, deleted=True)

    def resolve(
        self, noun: str, record_id: str, scope: str, oids: Sequence[str], /, **fields: Any
    ) -> None:
        """A person looked at the texts that differ, and ``fields`` is what she chose or wrote.

        ``oids`` name the texts she saw beside the one that is shown; they wait no more, here and
        everywhere. There is an op also when the shown text stays, because she decided so.
        """
        shape = shape_of(noun)
        found = self._raw.execute(shape.select, (record_id,)).fetchone()
        if found is None:
            raise KeyError(f"no {noun} with this id")
        if scope != found[0]:
            raise ValueError(f"a {noun} does not change its scope")
        held = dict(zip(shape.columns, found[2:], strict=True))
        raw = {name: shape.encode(name, value) for name, value in fields.items()}
        before = {name: shape.decode(name, held[name]) for name in raw}
        context = self.seen(shape, record_id, scope, Changing(before))
        differing = {name: value for name, value in raw.items() if held[name] != value}
        if differing:
            keep_what_came(self._raw, shape, record_id, scope, held)
            self._update(noun, record_id, differing)
        chosen = shown_variants(self._raw, noun, record_id, oids)
        after = {name: shape.decode(name, value) for name, value in raw.items()}
        body: Fields = {"set": after, "resolve": sorted(set(oids))}
        self._log(noun, record_id, scope, body, context)
        self.audit("resolve", noun, record_id, ",".join(sorted(fields)))
        waited = tuple((str(field), str(value)) for field, value in chosen)
        self.undo.steps.append(Step(noun, record_id, before, after, waited))

    def move(self, noun: str, record_id: str, scope: str, /) -> bool:
        """Move the record into another scope; False if it lies there. Its id stays.

        In the old scope it is a tombstone that says where the record is, in the new one it is
        said again whole. ``KeyError`` if there is no record.
        """
        return moving.move(self, noun, record_id, scope)

    def audit(self, action: str, noun: str, record_id: str = "", detail: str = "") -> None:
        """Note something seen, printed or exported. ``detail`` is a code or a count, no value."""
        self.log.audit(action, noun, record_id, detail)

    def end(self) -> None:
        """The transaction is over: nothing may slip onto the connection after it."""
        self._raw = _Over()

    # ---- one record

    def _apply(
        self, noun: str, record_id: str, scope: str | None, fields: Fields, *, deleted: bool
    ) -> bool:
        shape = shape_of(noun)
        raw = {name: shape.encode(name, value) for name, value in fields.items()}
        found = self._raw.execute(shape.select, (record_id,)).fetchone()
        if found is None:
            if scope is None:
                raise KeyError(f"no {noun} with this id")
            self._insert(noun, shape, record_id, scope, raw)
            return True
        if scope is not None and scope != found[0]:
            raise ValueError(f"a {noun} does not change its scope")
        held = dict(zip(shape.columns, found[2:], strict=True))
        differing = {name: value for name, value in raw.items() if held[name] != value}
        turned = bool(found[1]) is not deleted
        if not differing and not turned:
            return False
        self._change(
            noun, shape, record_id, found[0], held, differing, deleted if turned else None
        )
        return True

    def _insert(self, noun: str, shape: Shape, record_id: str, scope: str, raw: Fields) -> None:
        given = {name: value for name, value in raw.items() if value is not None}
        names = ["id", "scope", "changed_at", *given]
        self._raw.execute(
            f'INSERT INTO "{noun}" ({", ".join(quoted(names))}) '  # noqa: S608
            f"VALUES ({', '.join('?' * len(names))})",
            (record_id, scope, self._now.utc, *given.values()),
        )
        plain = {name: shape.decode(name, value) for name, value in given.items()}
        body: Fields = {"set": {n: v for n, v in plain.items() if n not in shape.sets}}
        if sets := {n: v for n, v in plain.items() if n in shape.sets and v}:
            body["add"] = sets
        self._log(noun, record_id, scope, body, fresh=True)
        self.audit("create", noun, record_id)
        after = {name: shape.decode(name, value) for name, value in raw.items()}
        self.undo.steps.append(Step(noun, record_id, None, after))

    def _change(
        self,
        noun: str,
        shape: Shape,
        record_id: str,
        scope: str,
        held: Fields,
        differing: Fields,
        tombstone: bool | None,
    ) -> None:
        """Change fields, or set (True) or lift (False) the tombstone with them."""
        columns = {**differing, "changed_at": self._now.utc}
        if tombstone is not None:
            columns["deleted"] = int(tombstone)
        before = {name: shape.decode(name, held[name]) for name in differing}
        after = {name: shape.decode(name, value) for name, value in differing.items()}
        if tombstone:
            body: Fields = {"del": True}
        elif tombstone is False:
            # A record comes back by being said again, whole: edits beat deletes in the merge.
            said = {n: shape.decode(n, v) for n, v in {**held, **differing}.items()}
            body = shape.difference(dict.fromkeys(said), said)
            body["set"] = {n: v for n, v in body["set"].items() if v is not None}
        else:
            body = shape.difference(before, after)
        changing = Changing(
            {n: shape.decode(n, held[n]) for n in body.get("set", ())}, shape.elements(body)
        )
        context = self.seen(shape, record_id, scope, None if tombstone else changing)
        keep_what_came(self._raw, shape, record_id, scope, held)
        if texts := shape.merged_texts & changing.shown.keys():
            drop_own_variants(self._raw, noun, record_id, self.device, texts)
        self._update(noun, record_id, columns)
        self._log(noun, record_id, scope, body, context)
        if tombstone is not None:
            before["deleted"], after["deleted"] = int(not tombstone), int(tombstone)
        action = {None: "change", True: "delete", False: "restore"}[tombstone]
        self.audit(action, noun, record_id, ",".join(sorted(differing)))
        self.undo.steps.append(Step(noun, record_id, before, after))

    def _update(self, noun: str, record_id: str, columns: Fields) -> None:
        changed = {"changed_at": self._now.utc, **columns}
        self._raw.execute(
            f'UPDATE "{noun}" SET {", ".join(f"{name} = ?" for name in quoted(changed))} '  # noqa: S608
            "WHERE id = ?",
            (*changed.values(), record_id),
        )

    def seen(self, shape: Shape, record_id: str, scope: str, changing: Changing | None) -> Seen:
        """What the author of a change of this record has on the screen; None: of a deletion."""
        pending = self.log.pending(shape.noun, record_id)
        return seen(self._raw, shape, (record_id, scope), changing, pending)

    def _log(
        self,
        noun: str,
        record_id: str,
        scope: str,
        body: Fields,
        context: Seen = NOTHING,
        *,
        fresh: bool = False,
    ) -> None:
        self.touch(noun, (record_id,))
        self.log.note(noun, record_id, scope, self.by, body, context, fresh=fresh)

    # ---- for sync, which writes rows that were said elsewhere

    def touch(self, noun: str, ids: Iterable[str]) -> None:
        """These records change in this transaction: renew what follows from them."""
        self.changed.add(noun)
        self._touched.setdefault(noun, set()).update(ids)

    def rescue(
        self,
        noun: str,
        record_id: str,
        scope: str,
        fields: Fields,
        *,
        by: str = "",
        deleted: bool = False,
    ) -> str:
        """Say words again that would be lost; they replace nothing. The id of the op."""
        body = {"set": dict(fields), "salvage": 1} | ({"del": True} if deleted else {})
        return self.log.note(noun, record_id, scope, by, body)

    def observe(self, stamp: str) -> None:
        """Stamp later than this stamp of another laptop from now on, if its clock can be right."""
        self.log.stamps.observe_other(stamp)

    # ---- taking back

    def revert(self, step: Step) -> bool:
        """Take one step back; False if the record no longer holds what the step wrote."""
        if step.moved is not None:
            return moving.move_back(self, step.noun, step.id, *step.moved)
        shape = shape_of(step.noun)
        found = self._raw.execute(shape.select, (step.id,)).fetchone()
        if found is None:
            return False
        held = {"deleted": found[1], **dict(zip(shape.columns, found[2:], strict=True))}
        wrote = {"deleted": 0, **step.after}
        for name, value in wrote.items():
            if held[name] != (value if name == "deleted" else shape.encode(name, value)):
                return False
        if step.before is None:
            self._apply(step.noun, step.id, None, {}, deleted=True)
            return True
        if step.waits:
            self.resolve(step.noun, step.id, found[0], step.waits, **step.before)
            return True
        done = len(self.undo.steps)
        fields = {name: value for name, value in step.before.items() if name != "deleted"}
        if fields or step.before.get("deleted") == 0:
            self._apply(step.noun, step.id, found[0], fields, deleted=False)
        if step.before.get("deleted") == 1:
            self._apply(step.noun, step.id, None, {}, deleted=True)
        if step.resolved:
            waits = tuple(
                self.wait_again(step.noun, step.id, found[0], name, text)
                for name, text in step.resolved
            )
            # What takes this back is the same choice, not only the same words.
            del self.undo.steps[done:]
            again = Step(step.noun, step.id, step.after, step.before, waits=waits)
            self.undo.steps.append(again)
        return True

    def wait_again(
        self, noun: str, record_id: str, scope: str, field: str, text: str, by: str = ""
    ) -> str:
        """Let a text wait to be chosen, as it did before somebody chose; ``by``: whose it is,
        if not who writes. It is no laptop's own: only a choice takes it away. The id of the op."""
        author = by or self.by
        oid = self.rescue(noun, record_id, scope, {field: text}, by=author)
        self.changed.add(noun)
        self._raw.execute(
            'INSERT INTO variant (kind, id, oid, field, scope, value, seq, device, "by", at) '
            "VALUES (?, ?, ?, ?, ?, ?, 0, '', ?, ?)",
            (noun, record_id, oid, field, scope, text, author, str(self._now)),
        )
        return oid

    # ---- the logs

    def flush(self) -> None:
        """Write what follows from the changes so far: ops, audit rows, derived tables.

        ``Store.write`` calls it last; an action that searches what it has just put may before.
        """
        if self._touched:
            search.refresh(self.conn, self._touched)
            household_search.refresh(self.conn, self._touched)
            self._touched = {}
        self.flush_ops()
        self.log.flush_audits(self.by, self.device)

    def flush_ops(self) -> None:
        """Write the ops of the changes so far."""
        self.log.flush_ops(self.device)
