# SPDX-License-Identifier: Apache-2.0
"""An office with a real encrypted store and one event, for tests of what is done in it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from desktop.actions.done import Done
from desktop.actions.event import EventDraft, create_event
from desktop.actions.roster import Entry, add_entries
from desktop.model.event import Event, PlannedSession
from desktop.model.facilitator import Facilitator, Office
from desktop.store import event as events
from desktop.store import roster
from desktop.store.facilitator import put_facilitator, put_office
from desktop.store.keys import DataKey
from desktop.store.store import Store
from desktop.thai.identifiers import check_digit

BY = "facilitator-1"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=timezone(timedelta(hours=7)))
FIRST = date(2026, 11, 20)

MORNING = PlannedSession(1, 540, 720, "lecture", "บรรยาย", counts=True)
AFTERNOON = PlannedSession(1, 780, 960, "group", "กลุ่ม", counts=True)
DRAFT = EventDraft(
    name="อบรม อพม.น้อย",
    date_from=FIRST,
    date_to=date(2026, 11, 21),
    areas=("63", "50"),
    quota=2,
    sessions=(MORNING, AFTERNOON, PlannedSession(2, 540, 720, "practice", "ฝึก", counts=True)),
)


def cid(number: int) -> str:
    """An identity number of the test registrar."""
    body = f"199{number:09d}"[:2] + f"99{number:08d}"
    return body + str(check_digit(body))


class Ground:
    """The store with its event, and short ways to look into it."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.create(folder, DataKey(bytes(range(32))), clock=lambda: NOW)
        with self.store.write(BY) as write:
            put_office(write, Office("office-1", "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก", "63"))
            put_facilitator(write, Facilitator(BY, "ธิดา ใจดี"))
        self.event: Event = create_event(self.store, BY, DRAFT).value

    def add(self, *names: str, **said: Any) -> tuple[str, ...]:
        """Enrol people by "first last"; returns the ids of their enrolments."""
        entries = [
            Entry(first=first, last=last, **said)
            for first, _space, last in (name.partition(" ") for name in names)
        ]
        ids: tuple[str, ...] = add_entries(
            self.store, BY, self.event.id, entries
        ).value.enrolment_ids
        return ids

    def sessions(self) -> tuple[Any, ...]:
        with self.store.read() as conn:
            return events.sessions(conn, self.event.id)

    def roster(self) -> tuple[Any, ...]:
        with self.store.read() as conn:
            return roster.roster(conn, self.event.id)

    def line(self, enrolment_id: str) -> Any:
        with self.store.read() as conn:
            return roster.row(conn, enrolment_id)

    def seats(self) -> dict[str, int | None]:
        return {line.first: line.seat for line in self.roster()}

    def ops_after(self, seq: int) -> list[tuple[str, dict[str, Any]]]:
        """(noun, body) of every op after ``seq``."""
        with self.store.read() as conn:
            rows = conn.exec_driver_sql("SELECT kind, body FROM op WHERE seq > ?", (seq,))
            return [(kind, json.loads(body)) for kind, body in rows]

    def last_op(self) -> int:
        with self.store.read() as conn:
            return int(conn.exec_driver_sql("SELECT max(seq) FROM op").scalar_one())

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row that is not a tombstone, and all that is derived, without change times."""
        from desktop.store.schema import nouns

        with self.store.read() as conn:
            kept = {
                noun: conn.exec_driver_sql(
                    f"SELECT {', '.join(f'{chr(34)}{c.name}{chr(34)}' for c in table.columns if c.name != 'changed_at')} "  # noqa: E501
                    f'FROM "{noun}" WHERE deleted = 0 ORDER BY id'
                ).fetchall()
                for noun, table in nouns.items()
            }
            for derived, columns in (
                ("person_search", "person_id, sort_key, search_key, text"),
                ("person_word", "word, sort_key, person_id"),
                ("roster_seek", "event_id, sort_key, enrolment_id, text"),
                ("identifier_hash", "identifier_id, person_id, hash"),
            ):
                kept[derived] = conn.exec_driver_sql(
                    f"SELECT {columns} FROM {derived} ORDER BY {columns}"
                ).fetchall()
        return {noun: [tuple(row) for row in rows] for noun, rows in kept.items()}


def told_by_ops(ground: Ground) -> dict[tuple[str, str], dict[str, Any]]:
    """Every record that stands, made from nothing but the op log."""
    told: dict[tuple[str, str], dict[str, Any]] = {}
    with ground.store.read() as conn:
        rows = conn.exec_driver_sql("SELECT body FROM op ORDER BY seq").fetchall()
    for (text,) in rows:
        body = json.loads(text)
        place = (body["kind"], body["id"])
        if body.get("del"):
            told.pop(place)
            continue
        fields = told.setdefault(place, {})
        fields.update(body.get("set", {}))
        for name, values in body.get("add", {}).items():
            fields[name] = sorted({*fields.get(name, ()), *values})
        for name, values in body.get("rm", {}).items():
            fields[name] = sorted(set(fields.get(name, ())) - set(values))
    return told


def held_in_rows(ground: Ground) -> dict[tuple[str, str], dict[str, Any]]:
    """Every record that stands, from the tables; fields that hold nothing are left out."""
    from desktop.store.schema import COMMON, nouns

    held: dict[tuple[str, str], dict[str, Any]] = {}
    with ground.store.read() as conn:
        for noun, table in nouns.items():
            for row in conn.execute(table.select().where(table.c.deleted == 0)).mappings():
                fields = {c.name: row[c.name] for c in table.columns if c.name not in COMMON}
                held[noun, row["id"]] = fields
    return held


def assert_ops_tell_the_rows(ground: Ground) -> None:
    """The centre, which sees only ops, would hold what this laptop holds.

    Fails when any road writes a row without its op, or an op that says something else.
    """
    told, held = told_by_ops(ground), held_in_rows(ground)
    assert told.keys() == held.keys()
    for place, fields in held.items():
        said = {name: told[place].get(name) for name in fields}
        empty = (None, "", 0, [])
        assert all(said[n] == v or (said[n] in empty and v in empty) for n, v in fields.items())


def assert_undone_and_redone(ground: Ground, before: dict[str, Any], done: Done) -> None:
    """Taking back leaves what was before, doing again what was after; every step has its ops."""
    after = ground.everything()
    assert after != before
    assert done.undo is not None
    assert_ops_tell_the_rows(ground)
    mark = ground.last_op()
    back = done.undo(ground.store)
    assert ground.everything() == before
    assert ground.ops_after(mark)
    assert_ops_tell_the_rows(ground)
    assert back.undo is not None
    assert back.changed == done.changed
    mark = ground.last_op()
    back.undo(ground.store)
    assert ground.everything() == after
    assert ground.ops_after(mark)
    assert_ops_tell_the_rows(ground)
    assert ground.store.check().sound
