# SPDX-License-Identifier: Apache-2.0
"""What must be true, known from what was on people's screens and from nothing the protocol says.

Every text and scalar a person writes in a simulation is a word of its own, so that wherever it
turns up it is known who wrote it, and what stood on her screen when she did (``eyes``). Words
that were destroyed everywhere, with the disks that held them, are excused; no others.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Any

from desktop.sync.row import Key, Row
from tests.sync.memory import MemoryNotebook
from tests.sync.memory_ledger import Book, MemoryLedger

TEXTS = {"household": ("village", "needs"), "member": ("name",), "mark": ()}


@dataclass(slots=True)
class Said:
    """One thing a person wrote."""

    word: str
    scope: str
    key: Key
    field: str
    oid: str


@dataclass(slots=True)
class Oracle:
    """The ground truth of one run."""

    eyes: dict[str, frozenset[str]] = field(default_factory=dict)
    """By word: the words that were on its author's screen, of the same record."""
    said: dict[str, Said] = field(default_factory=dict)
    """Words of texts and facts that somebody still holds."""
    ops: dict[str, str] = field(default_factory=dict)
    """Ops that somebody still holds, with their scope."""
    deletions: dict[tuple[str, Key], list[tuple[str, frozenset[str]]]] = field(
        default_factory=dict
    )
    replaced: dict[str, set[str]] = field(default_factory=dict)
    """By scalar word: ops that wrote over it while it was on the screen."""
    over: dict[str, set[str]] = field(default_factory=dict)
    """By op: the texts it was written over, or in the choice between which it was written."""
    own: dict[str, set[str]] = field(default_factory=dict)
    """By op: its author's own texts that waited on her screen when she wrote there again."""
    ops_of: dict[str, list[str]] = field(default_factory=dict)
    """By word: the ops that said it."""
    authors: dict[str, set[str]] = field(default_factory=dict)
    """By word: who wrote it, or chose it."""
    times: dict[str, int] = field(default_factory=dict)
    """How often a word was written."""
    seen_elements: dict[str, frozenset[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    restored: bool = False

    def wrote(self, scope: str, op: Any, screen: Row) -> None:
        """A person did ``op`` with ``screen`` before her."""
        body = op.body
        key = body["kind"], body["id"]
        oid = body["oid"]
        eyes = words_of(screen)
        self.ops[oid] = scope
        if body.get("del"):
            self.deletions.setdefault((scope, key), []).append((oid, frozenset(eyes)))
        chosen = {(v.field, v.value) for v in screen.variants if v.oid in body.get("resolve", ())}
        for name, word in body.get("set", {}).items():
            self.times[word] = self.times.get(word, 0) + 1
            self.ops_of.setdefault(word, []).append(oid)
            self.authors.setdefault(word, set()).add(op.by)
            if name in TEXTS[key[0]]:
                before = {text for field, text in chosen if field == name}
                before.add(screen.fields.get(name))
                self.over.setdefault(oid, set()).update(before - {None, word})
                waiting = {v.value for v in screen.variants if v.field == name} - {word}
                mine = {one for one in waiting if op.by in self.authors.get(one, ())}
                self.own.setdefault(oid, set()).update(mine)
            self.eyes[word] = self.eyes.get(word, frozenset()) | (eyes - {word})
            if name in TEXTS[key[0]] or key[0] == "mark":
                self.said[word] = Said(word, scope, key, name, oid)
            elif isinstance(shown := screen.fields.get(name), str):
                self.replaced.setdefault(shown, set()).add(oid)

    def wrote_over(self, word: str, other: str, *, at: Container[str] | None = None) -> bool:
        """Whether ``word`` replaced ``other``, or one that did, …. ``at``: only by these ops;
        otherwise also where the author of ``other`` had it waiting and wrote there again."""
        todo, done = [word], {word}
        while todo:
            for oid in self.ops_of.get(todo.pop(), ()):
                if at is not None and oid not in at:
                    continue
                over = self.over.get(oid, set())
                if at is None:
                    over = over | self.own.get(oid, set())
                if other in over:
                    return True
                todo += over - done
                done |= over
        return False

    def saw(self, word: str, other: str) -> bool:
        """Whether the author of ``word``, or one whose words she saw, … had ``other`` before
        her."""
        todo, done = [word], {word}
        while todo:
            for one in self.eyes.get(todo.pop(), ()):
                if one == other:
                    return True
                if one not in done:
                    done.add(one)
                    todo.append(one)
        return False

    def destroyed(self, notebooks: Iterable[MemoryNotebook], centre: MemoryLedger) -> None:
        """A disk is gone: what only it held is excused."""
        words: set[str] = set()
        oids: set[str] = set()
        for notebook in notebooks:
            for area in notebook.disk.areas.values():
                for stream in area.streams.values():
                    for op in stream.ops:
                        oids.add(op.body["oid"])
                        words.update(map(str, op.body.get("set", {}).values()))
                for row in area.received.values():
                    words |= words_of(row)
                for change in area.salvage:
                    words.update(map(str, change.fields.values()))
        for book in centre.books.values():
            for kept in book.log:
                oids.add(kept.op.body["oid"])
                words.update(map(str, kept.op.body.get("set", {}).values()))
        self.said = {word: one for word, one in self.said.items() if word in words}
        self.ops = {oid: scope for oid, scope in self.ops.items() if oid in oids}

    # ---- at rest

    def judge(self, centre: MemoryLedger, notebooks: Iterable[tuple[MemoryNotebook, set[str]]],
              now: int) -> list[str]:  # fmt: skip
        """Everything that is wrong when all has come to rest."""
        faults = self.faults
        for scope, book in centre.books.items():
            self._book(scope, book, now)
        for oid, scope in self.ops.items():
            if scope not in centre.books or oid not in centre.books[scope].oids:
                faults.append(f"op never arrived: {oid} {scope}")
        for one in self.said.values():
            self._word(one, centre.books.get(one.scope) or Book())
        for notebook, granted in notebooks:
            self._laptop(notebook, granted, centre)
        return faults

    def _book(self, scope: str, book: Book, now: int) -> None:
        oids = [kept.op.body["oid"] for kept in book.log]
        if len(set(oids)) != len(oids):
            self.faults.append(f"op taken twice in {scope}")
        seqs = sorted(kept.seq for kept in book.log)
        if len(set(seqs)) != len(seqs) or (seqs and seqs[-1] > book.head):
            self.faults.append(f"number given twice in {scope}")
        merged = {kept.op.body["oid"]: kept for kept in book.log if not kept.quarantined}
        for row in book.rows.values():
            for writer in row.writers.values():
                if writer.hlc and int(writer.hlc[:12], 16) > now + 2:
                    self.faults.append(f"a clock from the future rules {scope}")
            if row.deleted:
                self._deleted(scope, row, merged)
            if not self.restored:
                self._scalars(scope, row, merged)
                if len(merged) == len(book.log):
                    self._conflicts(row, merged)
            self._sets(scope, row, merged)

    def _conflicts(self, row: Row, merged: dict[str, Any]) -> None:
        for variant in row.variants:
            heads = {v.value for v in row.variants if v.field == variant.field}
            heads.add(row.fields[variant.field])
            if self.times.get(variant.value) == 1 and any(
                self.wrote_over(one, variant.value, at=merged) for one in heads - {variant.value}
            ):
                self.faults.append(f"a conflict that nobody has: {variant.value}")

    def _deleted(self, scope: str, row: Row, merged: dict[str, Any]) -> None:
        dels = [eyes for oid, eyes in self.deletions.get((scope, row.key), ()) if oid in merged]
        texts = TEXTS[row.kind]
        words = {row.fields[name] for name in texts if name in row.fields}
        for word in words | {variant.value for variant in row.variants}:
            if not any(
                word in eyes or any(self.saw(one, word) for one in eyes) for eyes in dels
            ) and not self._salvaged_deleted(row, word, merged):
                self.faults.append(f"deleted unseen: {word}")

    def _salvaged_deleted(self, row: Row, word: str, merged: dict[str, Any]) -> bool:
        return any(
            kept.op.body.get("salvage") and kept.op.body.get("del")
            and word in kept.op.body["set"].values()
            for kept in merged.values()
        )  # fmt: skip

    def _scalars(self, scope: str, row: Row, merged: dict[str, Any]) -> None:
        for name, word in row.fields.items():
            if isinstance(word, str) and name not in TEXTS[row.kind]:
                later = [
                    merged[oid].op.body.get("set", {}).get(name)
                    for oid in self.replaced.get(word, set())
                    if oid in merged
                ]
                if any(one not in (None, word) for one in later):
                    self.faults.append(f"an edit lost to what it replaced: {word}")

    def _sets(self, scope: str, row: Row, merged: dict[str, Any]) -> None:
        for name, members in row.fields.items():
            if not isinstance(members, list):
                continue
            ops = [
                kept.op.body for kept in merged.values()
                if (kept.op.body["kind"], kept.op.body["id"]) == row.key
            ]  # fmt: skip
            for member in "ABC":
                adds = [b["oid"] for b in ops if member in b.get("add", {}).get(name, ())]
                adds += [b["oid"] for b in ops if member in (b.get("set", {}).get(name) or ())]
                rms = [b["oid"] for b in ops if member in b.get("rm", {}).get(name, ())]
                if member in members and not adds:
                    self.faults.append(f"an element nobody added: {name} {member}")
                if member not in members and adds and not rms:
                    self.faults.append(f"an element was lost: {name} {member}")
                if (
                    member in members and not self.restored and rms
                    and any(set(adds) <= self.seen_elements.get(oid, frozenset()) for oid in rms)
                ):  # fmt: skip
                    self.faults.append(f"an element came back: {name} {member}")

    def _word(self, one: Said, book: Book) -> None:
        said = [
            kept for kept in book.log
            if (kept.op.body["kind"], kept.op.body["id"]) == one.key
            and kept.op.body.get("set", {}).get(one.field) == one.word
        ]  # fmt: skip
        if not said:
            # Its last copies may have been rows in which somebody then replaced it, knowing it;
            # that one was rescued.
            if not (self.restored and self._replaced(one, book)):
                self.faults.append(f"LOST: {one.word}")
            return
        if all(kept.quarantined for kept in said):
            return
        row = book.rows.get(one.key)
        if row is None:
            self.faults.append(f"no row for {one.word}")
            return
        if row.fields.get(one.field) == one.word or any(
            variant.value == one.word and variant.field == one.field for variant in row.variants
        ):
            return
        if not self._replaced(one, book):
            self.faults.append(f"SILENTLY OVERWRITTEN: {one.word}")

    def _replaced(self, one: Said, book: Book) -> bool:
        """Whether somebody wrote another word over this one, or chose another, or over one that
        did, …. Having had it waiting beside another is not enough: nobody chose."""
        for kept in book.log:
            body = kept.op.body
            if kept.quarantined or (body["kind"], body["id"]) != one.key or not body.get("set"):
                continue
            other = body["set"].get(one.field)
            if other not in (None, one.word) and self.wrote_over(other, one.word):
                return True
        return False

    def _laptop(self, notebook: MemoryNotebook, granted: set[str], centre: MemoryLedger) -> None:
        disk = notebook.disk
        for scope, area in disk.areas.items():
            name = f"{disk.device} {scope}"
            if area.salvage:
                self.faults.append(f"rescued words were not said: {name}")
            for device, stream in area.streams.items():
                if not stream.closed and stream.acked != len(stream.ops):
                    self.faults.append(f"still waiting: {name} {device}")
            if scope not in granted:
                if area.received:
                    self.faults.append(f"not served, and not forgotten: {name}")
                continue
            book = centre.books.get(scope) or Book()
            if rows_of(area.received) != rows_of(book.rows):
                self.faults.append(f"rows differ from the centre: {name}")
            held = {(kept.op.body["kind"], kept.op.body["id"]) for kept in book.held.values()}
            want = rows_of({k: r for k, r in book.rows.items() if k not in held}, seq=False)
            screen = {
                key: row
                for key, row in area.shown.items()
                if key not in held and (row.fields or key in book.rows)
            }
            seen = rows_of(screen, seq=False)
            if want != seen:
                self.faults.append(f"the screen differs from the centre: {name}")

    # ---- while it runs

    def own_words(self, notebook: MemoryNotebook, mine: dict[tuple[str, Key, str], str]) -> None:
        """What she saved is on her screen until she sees what replaced it."""
        for (scope, key, name), word in mine.items():
            area = notebook.disk.areas.get(scope)
            row = area.shown.get(key) if area is not None else None
            if row is None:
                continue
            shown = {row.fields.get(name)} | {v.value for v in row.variants if v.field == name}
            if word not in shown and not any(self.saw(str(one), word) for one in shown):
                self.faults.append(f"vanished from its author's screen: {word}")


def words_of(row: Row) -> set[str]:
    """Every word of a row."""
    words = {value for value in row.fields.values() if isinstance(value, str)}
    return words | {variant.value for variant in row.variants}


def rows_of(rows: dict[Key, Row], *, seq: bool = True) -> dict[Key, Any]:
    """Rows as they can be compared."""
    return {
        key: (
            row.seq if seq else 0, row.deleted, sorted(row.fields.items(), key=str),
            sorted((v.field, v.value, v.oid) for v in row.variants),
        )
        for key, row in rows.items()
    }  # fmt: skip
