# SPDX-License-Identifier: Apache-2.0
"""A laptop at work, and the inspection after an accident.

Two kinds of action in turn, each one transaction. An odd one registers somebody who walked in:
a person, her enrolment and a mark, a correction of her name, and a tombstone; every kind of
write there is. The even one after it is the check-in of the desk itself
(``actions.attendance.arrive``) for the same person. Each is there whole or not at all.
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

from desktop.actions.attendance import arrive
from desktop.errors import Problem
from desktop.store import check, engine, store
from desktop.store.keys import DataKey
from desktop.store.store import Store
from desktop.store.write import Write
from tests.hall import BY, CLOSING, MORNING, open_hall
from tests.trust import keyring

KEY: Final = DataKey(bytes(range(32)))
SCOPE: Final = "w:workshop"
EVENT: Final = "event-1"
OPS_OF_ACTION: Final = 6
NOUNS: Final = ("person", "enrolment", "mark")


def names(number: int) -> tuple[str, str]:
    """First and last name of the person of an action; the length differs, to cross pages."""
    rnd = random.Random(number)
    return f"สมหญิง{number}", "ใจดี" * rnd.choice((1, 3, 60, 400))


def prepare(folder: Path) -> None:
    """Make the store of a laptop with an event, its day and its sessions."""
    open_hall(folder).store.close()


def resume(acknowledged: set[int]) -> int:
    """The number to go on with after an accident: an odd one that was not done."""
    first = max(acknowledged, default=0) // 2 * 2 + 1
    return first + 2 * (first in acknowledged)


def do(opened: Store, number: int) -> bool:
    """Action ``number``; False for the check-in of somebody who was never registered."""
    if number % 2:
        with opened.write(BY) as write:
            register(write, number)
        return True
    with opened.read() as conn:
        there = conn.exec_driver_sql("SELECT 1 FROM enrolment WHERE id = ?", (_enrolment(number),))
        if there.first() is None:
            return False
    arrive(opened, BY, _enrolment(number), MORNING, 540, "qr", reason="ทดสอบ")
    return True


def _enrolment(number: int) -> str:
    """Whom the even action checks in: the person of the odd one before it."""
    return f"enrolment-{number - 1}"


def register(write: Write, number: int) -> None:
    """The odd action ``number``."""
    first, last = names(number)
    person, enrolment, mark = (f"{noun}-{number}" for noun in NOUNS)
    write.put("person", person, SCOPE, first="ผิด", last=last, phone="0812345678")
    write.put(
        "enrolment",
        enrolment,
        SCOPE,
        event_id=EVENT,
        person_id=person,
        badge_no=number,
        source="walk_in",
        status="enrolled",
    )
    write.put(
        "mark",
        mark,
        SCOPE,
        event_id=EVENT,
        enrolment_id=enrolment,
        session_id=CLOSING,
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
                done = do(opened, number)
            except Problem:
                continue
            if done:
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
    enrolments = {row[0] for row in raw.execute("SELECT id FROM enrolment")}
    marks = dict(raw.execute("SELECT id, enrolment_id FROM mark").fetchall())
    sought = {row[0] for row in raw.execute("SELECT person_id FROM person_search")}
    ops, audits = _counts(raw, marks)
    for number in sorted({*ops, *audits, *(_number(one, marks) for one in (*people, *marks))}):
        if number % 2:
            first, last = names(number)
            whole = (
                people.get(f"person-{number}") == (first, last, 0)
                and people.get(f"double-{number}") == (first, last, 1)
                and {f"person-{number}"} <= sought
                and {f"enrolment-{number}"} <= enrolments
                and marks.get(f"mark-{number}") == f"enrolment-{number}"
                and (ops.get(number), audits.get(number)) == (OPS_OF_ACTION, OPS_OF_ACTION + 1)
            )
        else:
            checked_in = [one for one in marks if _number(one, marks) == number]
            whole = (len(checked_in), ops.get(number), audits.get(number)) == (1, 1, 1)
        if whole:
            verdict.present.add(number)
        else:
            verdict.faults.append(f"action {number} is half there")
    for number in sorted(acknowledged - verdict.present):
        verdict.faults.append(f"action {number} was acknowledged and is gone")
    if len(verdict.present - acknowledged) > extra:
        verdict.faults.append(f"{sorted(verdict.present - acknowledged)} were never acknowledged")


def _number(record: str, marks: dict[str, str]) -> int:
    """The action that wrote a record; the desk's marks have ids of their own."""
    if record in marks and not record.startswith("mark-"):
        return int(marks[record].rpartition("-")[2]) + 1
    number = record.rpartition("-")[2]
    return int(number) if number.isdigit() else -1


def _counts(raw: Any, marks: dict[str, str]) -> tuple[dict[int, int], dict[int, int]]:
    """How many ops and audit rows each action has; those of no action count as action -1."""
    made: tuple[dict[int, int], dict[int, int]] = ({}, {})
    prepared = "('event', 'day', 'session', 'office')"
    ops = raw.execute(f"SELECT record_id FROM op WHERE kind NOT IN {prepared}")
    for (record,) in ops:
        number = _number(record, marks)
        made[0][number] = made[0].get(number, 0) + 1
    audits = raw.execute(
        f"SELECT record_id, detail, action FROM audit WHERE noun NOT IN {prepared}"
    )
    for record, detail, action in audits:
        number = int(detail) if action == "print" else _number(record, marks)
        made[1][number] = made[1].get(number, 0) + 1
    return made


def _use(folder: Path, verdict: Verdict) -> None:
    """The store takes two more actions, which then are there."""
    number = max(verdict.present, default=0) // 2 * 2 + 1_001
    try:
        opened = Store.open(folder, KEY)
    except Problem as problem:
        verdict.faults.append(f"does not open again: {type(problem).__name__}")
        return
    try:
        do(opened, number)
        with opened.read() as conn:
            prepared = conn.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
        if prepared:
            do(opened, number + 1)
        with opened.read() as conn:
            found = conn.exec_driver_sql("SELECT count(*) FROM mark").scalar_one()
        if found != len(verdict.present) + 1 + prepared:
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
            second.log._ops, second.log._audits = first.log._ops, first.log._audits
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
    "one_copy_in_place": keyring.one_copy_in_place,
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
