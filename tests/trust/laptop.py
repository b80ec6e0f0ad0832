# SPDX-License-Identifier: Apache-2.0
"""A laptop at work, and the inspection after an accident.

Action ``k`` of the script writes a person, her enrolment and a mark, corrects her name, and
tombstones a record: every kind of write there is, in one transaction. It is independent of all
other actions, so that any set of them may be there, each whole or not at all.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2 as sqlite

import desktop.store.tables  # noqa: F401 - declares the nouns
from desktop.errors import Problem
from desktop.store import check, engine, store
from desktop.store.keys import DataKey
from desktop.store.store import Store
from desktop.store.write import Write

KEY: Final = DataKey(bytes(range(32)))
BY: Final = "facilitator-1"
SCOPE: Final = "w:workshop"
OPS_OF_ACTION: Final = 6
NOUNS: Final = ("person", "enrolment", "mark")


def names(number: int) -> tuple[str, str]:
    """First and last name of the person of an action; the length differs, to cross pages."""
    rnd = random.Random(number)
    return f"สมหญิง{number}", "ใจดี" * rnd.choice((1, 3, 60, 400))


def act(write: Write, number: int) -> None:
    """Action ``number`` of the script."""
    first, last = names(number)
    person, enrolment, mark = (f"{noun}-{number}" for noun in NOUNS)
    write.put("person", person, SCOPE, first="ผิด", last=last, phone="0812345678")
    write.put(
        "enrolment",
        enrolment,
        SCOPE,
        event_id="event",
        person_id=person,
        badge_no=number,
        source="walk_in",
        status="enrolled",
    )
    write.put(
        "mark",
        mark,
        SCOPE,
        event_id="event",
        enrolment_id=enrolment,
        session_id="session",
        mark_scope="session",
        kind="in",
        minute=number,
        noted_at=write.now().utc,
        noted_by=BY,
        device=write.device,
        method="search",
    )
    write.put("person", person, SCOPE, first=first)
    write.put("person", f"double-{number}", SCOPE, first=first, last=last)
    write.delete("person", f"double-{number}")
    write.audit("print", "sheet", detail=str(number))


def work(
    folder: Path,
    numbers: Iterator[int],
    acknowledge: Callable[[int], object],
    *,
    keep: int | None = None,
) -> None:
    """Open the store of ``folder`` and do the actions; ``acknowledge`` what was saved.

    An action that meets a :class:`Problem` is given up and the next one is tried, as a person
    would. ``keep`` makes checkpoints frequent: after so many pages.
    """
    with checkpoints_after(keep):
        opened = Store.open(folder, KEY)
        for number in numbers:
            try:
                with opened.write(BY) as write:
                    act(write, number)
            except Problem:
                continue
            acknowledge(number)
        opened.close()


@contextmanager
def checkpoints_after(pages: int | None) -> Iterator[None]:
    """Open connections with another checkpoint size than SQLite's 1,000 pages."""
    before = engine.PRAGMAS
    if pages is not None:
        engine.PRAGMAS = (*before, f"wal_autocheckpoint = {pages}")  # type: ignore[misc,assignment]
    try:
        yield
    finally:
        engine.PRAGMAS = before  # type: ignore[misc]


@dataclass(slots=True)
class Verdict:
    """What the inspection found; ``faults`` must stay empty."""

    present: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def inspect(folder: Path, acknowledged: set[int], *, extra: int = 1, use: bool = True) -> Verdict:
    """Look at the store after an accident.

    Every acknowledged action must be there, at most ``extra`` others, none of them half, the
    seals, structure and chains right, and (``use``) the store must take one more action.
    """
    verdict = Verdict()
    try:
        raw = engine.connect(folder / store.FILE, KEY, write=True)
    except sqlite.Error as error:
        verdict.faults.append(f"cannot be opened: {error}")
        return verdict
    try:
        found = check.look(raw)
        verdict.faults += [*found.pages, *found.structure, *found.logs]
        if not verdict.faults:
            _look(raw, acknowledged, extra, verdict)
    except sqlite.Error as error:
        verdict.faults.append(f"cannot be read: {error}")
    finally:
        raw.close()
    if use and not verdict.faults:
        _use(folder, verdict)
    return verdict


def _look(raw: Any, acknowledged: set[int], extra: int, verdict: Verdict) -> None:
    rows = raw.execute("SELECT id, first, last, deleted FROM person").fetchall()
    people = {row[0]: row[1:] for row in rows}
    others = {
        noun: {row[0] for row in raw.execute(f"SELECT id FROM {noun}")} for noun in NOUNS[1:]
    }
    ops: dict[str, int] = {}
    for (record,) in raw.execute("SELECT record_id FROM op"):
        number = record.rpartition("-")[2]
        ops[number] = ops.get(number, 0) + 1
    audits: dict[str, int] = {}
    for record, detail, action in raw.execute("SELECT record_id, detail, action FROM audit"):
        number = detail if action == "print" else record.rpartition("-")[2]
        audits[number] = audits.get(number, 0) + 1
    sought = {row[0] for row in raw.execute("SELECT person_id FROM person_search")}
    numbers = {int(record.rpartition("-")[2]) for record in people} | {int(n) for n in ops}
    for number in sorted(numbers | {int(n) for n in audits}):
        first, last = names(number)
        whole = (
            people.get(f"person-{number}") == (first, last, 0)
            and people.get(f"double-{number}") == (first, last, 1)
            and all(f"{noun}-{number}" in held for noun, held in others.items())
            and f"person-{number}" in sought
            and ops.get(str(number)) == OPS_OF_ACTION
            and audits.get(str(number)) == OPS_OF_ACTION + 1
        )
        if whole:
            verdict.present.add(number)
        else:
            verdict.faults.append(f"action {number} is half there")
    for number in sorted(acknowledged - verdict.present):
        verdict.faults.append(f"action {number} was acknowledged and is gone")
    if len(verdict.present - acknowledged) > extra:
        verdict.faults.append(f"{sorted(verdict.present - acknowledged)} were never acknowledged")


def _use(folder: Path, verdict: Verdict) -> None:
    """The store takes one more action, which then is there."""
    number = max(verdict.present, default=0) + 1_000
    try:
        opened = Store.open(folder, KEY)
    except Problem as problem:
        verdict.faults.append(f"does not open again: {type(problem).__name__}")
        return
    try:
        with opened.write(BY) as write:
            act(write, number)
        with opened.read() as conn:
            found = conn.exec_driver_sql("SELECT count(*) FROM mark").scalar_one()
        if found != len(verdict.present) + 1:
            verdict.faults.append("does not hold what was done after the accident")
    except Problem as problem:
        verdict.faults.append(f"cannot be used on: {type(problem).__name__}")
    finally:
        opened.close()


# ---- mutants: each breaks one promise, and its harness must notice


@contextmanager
def _pragma(old: str, new: str) -> Iterator[None]:
    before = engine.PRAGMAS
    engine.PRAGMAS = tuple(p.replace(old, new) for p in before)  # type: ignore[misc,assignment]
    assert before != engine.PRAGMAS
    try:
        yield
    finally:
        engine.PRAGMAS = before  # type: ignore[misc]


@contextmanager
def _ops_outside() -> Iterator[None]:
    """Rows are committed first, their ops and audit rows in a second transaction."""
    real, flush = Store.write, Write.flush

    @contextmanager
    def write(self: Store, by: str) -> Iterator[Write]:
        with real(self, by) as first:
            Write.flush = lambda self: None  # type: ignore[method-assign]
            yield first
        Write.flush = flush  # type: ignore[method-assign]
        with real(self, by) as second:
            second._ops, second._audits = first._ops, first._audits
            second._touched = first._touched

    Store.write = write  # type: ignore[method-assign]
    try:
        yield
    finally:
        Store.write, Write.flush = real, flush  # type: ignore[method-assign]


MUTANTS: Final[dict[str, Callable[[], Any]]] = {
    "normal": lambda: _pragma("synchronous = FULL", "synchronous = NORMAL"),
    "off": lambda: _pragma("synchronous = FULL", "synchronous = OFF"),
    "ops_outside": _ops_outside,
}


@contextmanager
def mutant(name: str | None) -> Iterator[None]:
    """Break one promise while the block runs; None breaks nothing."""
    if name is None:
        yield
    else:
        with MUTANTS[name]():
            yield


def report(tally: dict[str, Any]) -> int:
    """Print a tally as one line of JSON; 1 if it holds faults."""
    print(json.dumps(tally, ensure_ascii=False))
    return 1 if tally["faults"] else 0
