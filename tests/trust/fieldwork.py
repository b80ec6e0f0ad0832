# SPDX-License-Identifier: Apache-2.0
"""A home visit at work, and the inspection after an accident.

Six actions make a visit: the form is begun, two answers, a photo sealed beside the store, its
answer, and the finish, which freezes the record and writes household, person, member, consent,
case, follow-up, visit and attachment in one transaction. The form itself is not opened: what it
would give is given here, so that thousands of disks can be looked at.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from unittest import mock

from sqlcipher3 import dbapi2 as sqlite

from desktop.actions import draft, record
from desktop.errors import Problem
from desktop.model.attachment import Attachment
from desktop.model.draft import Draft, Subject
from desktop.store import check, engine, sealed, store
from desktop.store import draft as drafts
from desktop.store.store import Store
from desktop.xforms.finish import Finished
from desktop.xforms.journal import Step
from tests.field import BANGKOK, BY, KEY, TAMBON, open_field
from tests.trust import laptop
from tests.trust.laptop import Verdict, checkpoints_after

EACH: Final = 6
BEGIN, FIRST, SECOND, PHOTO, ANSWER, FINISH = range(1, EACH + 1)
_STEPS: Final = 3
_WHOLE: Final = {
    "record": 1, "visit": 1, "visit_person": 1, "household": 1, "member": 2, "consent": 1,
    "attachment": 1, "case_file": 1, "follow_up": 1,
}  # fmt: skip
"""Rows that one finished visit has in each table."""


def prepare(folder: Path) -> None:
    """The store of a laptop that has its forms."""
    field = open_field(folder)
    draft.discard(field.store, BY, field.begin().id)
    field.store.close()


def resume(acknowledged: set[int]) -> int:
    """The number to go on with after an accident: the first of the next visit."""
    return -(-max(acknowledged, default=0) // EACH) * EACH + 1


def _visit_of(number: int) -> tuple[str, int]:
    """The event that marks the visit of an action, and which of its actions this is."""
    return f"visit-{(number - 1) // EACH}", (number - 1) % EACH + 1


def picture(event: str) -> bytes:
    """A photo of two sealed pieces, never the same."""
    return b"\xff\xd8\xff\xe0" + random.Random(event).randbytes(70_000)


def do(opened: Store, number: int) -> bool:
    """Action ``number``; False when an earlier one of its visit is missing that it needs."""
    event, part = _visit_of(number)
    if part == BEGIN:
        draft.begin(opened, BY, "home_visit", Subject(event_id=event))
        return True
    with opened.read() as conn:
        mine = [one for one in drafts.drafts(conn, BY) if one.subject.event_id == event]
        files = drafts.files(conn, mine[0].id) if mine else ()
    if not mine or (part == FINISH and (mine[0].steps < _STEPS or not files)):
        return False
    if part == PHOTO:
        draft.keep_photo(opened, BY, mine[0].id, "/data/p", picture(event))
    elif part == FINISH:
        record.finish(opened, BY, mine[0].id, finished(mine[0], event, files))
    else:
        step = Step(
            "answer", f"/data/q{part}", f"{number}", datetime(2026, 11, 20, tzinfo=BANGKOK)
        )
        draft.note(opened, BY, mine[0].id, step)
    return True


def finished(one: Draft, event: str, files: tuple[Attachment, ...]) -> Finished:
    """What the form would give: everything a visit can say, in short."""
    names = " ".join(file.name for file in files)
    xml = f"<data id='home_visit'>{event} {names} {'ใจดี' * 300}</data>".encode()
    return Finished(
        xml=xml,
        answers="{}",
        sha256=hashlib.sha256(xml).hexdigest(),
        instance_id=f"uuid:{one.id}",
        name=event,
        core={
            "visit.at": "2026-11-20T08:30:00.000+07:00",
            "visit.purpose": "assess",
            "visit.met": "met",
            "visit.team": "สมศรี",
            "household.area_code": TAMBON,
            "household.house_no": event,
            "person.first_name": f"มะลิ{event}",
            "person.last_name": "ใจดี",
            "person.sex": "f",
            "consent.basis": "consent",
            "consent.photo": "yes",
            "member.name": (f"คำ {event}",),
            "member.relation": ("spouse",),
            "case.targets": "elder",
            "case.problems": "s_chronic",
            "case.urgency": "urgent",
            "followup.due": "2026-11-27",
            "visit.outcomes": "encouraged",
        },
        indexed=(),
    )


def work(
    folder: Path,
    numbers: Iterator[int],
    acknowledge: Callable[[int], object],
    *,
    keep: int | None = None,
) -> None:
    """Open the store and do the actions; ``acknowledge`` what was saved."""
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


def inspect(folder: Path, acknowledged: set[int], *, extra: int = 1, use: bool = True) -> Verdict:
    """Look at the store after an accident.

    Every acknowledged action must be there, at most ``extra`` others, no visit half, every
    photo that a row names readable, and (``use``) the next visit can be made.
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
            _look(raw, folder, verdict)
    except sqlite.Error as error:
        verdict.faults.append(f"cannot be read: {error}")
    finally:
        raw.close()
    for number in sorted(acknowledged - verdict.present):
        verdict.faults.append(f"action {number} was acknowledged and is gone")
    if len(verdict.present - acknowledged) > extra:
        verdict.faults.append(f"{sorted(verdict.present - acknowledged)} were never acknowledged")
    if use and not verdict.faults:
        _use(folder, verdict)
    return verdict


def _look(raw: Any, folder: Path, verdict: Verdict) -> None:
    files = [
        sealed.Sealed(*row)
        for row in raw.execute("SELECT sha256, file, key, size FROM attachment_file")
    ]
    verdict.faults += sealed.findings(folder, files)
    kept = {file.sha256 for file in files}
    for draft_id, event in raw.execute(
        "SELECT id, event_id FROM draft WHERE discarded_at = ''"
    ).fetchall():
        base = int(event.partition("-")[2]) * EACH
        verdict.present.add(base + BEGIN)
        steps = raw.execute("SELECT value FROM draft_step WHERE draft_id = ?", (draft_id,))
        verdict.present.update(int(row[0]) for row in steps)
        for row in raw.execute("SELECT sha256 FROM draft_file WHERE draft_id = ?", (draft_id,)):
            verdict.present.add(base + PHOTO)
            if row[0] not in kept:
                verdict.faults.append(f"the photo of {event} has no file")
    rows = raw.execute("SELECT event_id, id, person_id FROM record").fetchall()
    for event, record_id, person_id in rows:
        base = int(event.partition("-")[2]) * EACH
        verdict.present.update(range(base + 1, base + EACH + 1))
        _whole(raw, event, record_id, person_id, verdict)
    counted = {
        table: raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _WHOLE
    }
    if counted != {table: count * len(rows) for table, count in _WHOLE.items()}:
        verdict.faults.append(f"a visit is half there: {counted} of {len(rows)} records")
    steps = raw.execute(
        "SELECT count(*) FROM draft_step WHERE draft_id NOT IN (SELECT id FROM draft)"
    )
    if steps.fetchone()[0]:
        verdict.faults.append("a journal outlived its draft")


def _whole(raw: Any, event: str, record_id: str, person_id: str, verdict: Verdict) -> None:
    sought = raw.execute(
        "SELECT 1 FROM household_word w JOIN visit v ON v.household_id = w.household_id "
        "WHERE v.id = ? AND w.word = ?",
        (record_id, event),
    ).fetchone()
    person = raw.execute(
        "SELECT 1 FROM person_search WHERE person_id = ?", (person_id,)
    ).fetchone()
    photo = raw.execute(
        "SELECT 1 FROM attachment a JOIN attachment_file f ON f.sha256 = a.sha256 "
        "WHERE a.record_id = ? AND a.sha256 = ?",
        (record_id, hashlib.sha256(picture(event)).hexdigest()),
    ).fetchone()
    draft_left = raw.execute("SELECT 1 FROM draft WHERE id = ?", (record_id,)).fetchone()
    if not (sought and person and photo) or draft_left:
        verdict.faults.append(f"{event} is half there")


def _use(folder: Path, verdict: Verdict) -> None:
    """One more visit is made, and the store is sound with all its files."""
    first = resume(verdict.present) + 600
    try:
        opened = Store.open(folder, KEY)
    except Problem as problem:
        verdict.faults.append(f"does not open again: {type(problem).__name__}")
        return
    try:
        for number in range(first, first + EACH):
            do(opened, number)
        report = opened.check()
        verdict.faults += report.attachments
        if any(path.suffix == ".part" for path in sealed.present(folder)):
            verdict.faults.append("half a file was not swept")
    except Problem as problem:
        verdict.faults.append(f"cannot be used on: {type(problem).__name__}")
    finally:
        opened.close()


# ---- mutants


@contextmanager
def unflushed_file() -> Iterator[None]:
    """The sealed file is written under its name and never flushed."""

    def plainly(path: Path, content: bytes) -> None:
        path.write_bytes(content)

    with mock.patch.object(sealed, "write_whole", plainly):
        yield


@contextmanager
def row_before_file() -> Iterator[None]:
    """The row of a photo is committed before its file is written."""
    real_write, real_keep = sealed.write, draft.keep_photo
    waiting: list[tuple[Path, bytes]] = []

    def later(folder: Path, content: bytes) -> sealed.Sealed:
        file = real_write(folder, content)
        path = sealed.place(folder, file.file)
        waiting.append((path, path.read_bytes()))
        path.unlink()
        return file

    def keep(*arguments: Any, **named: Any) -> Any:
        with mock.patch.object(sealed, "write", later):
            done = real_keep(*arguments, **named)
        for path, content in waiting:
            path.write_bytes(content)
        waiting.clear()
        return done

    with mock.patch.object(draft, "keep_photo", keep):
        yield


laptop.MUTANTS.update(unflushed_file=unflushed_file, row_before_file=row_before_file)
