# SPDX-License-Identifier: Apache-2.0
"""A store with very many people for the benchmarks: one hall of 430, the rest elsewhere."""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from desktop.actions.entry import Entry
from desktop.actions.event import create_event
from desktop.actions.event_draft import EventDraft
from desktop.actions.office import found
from desktop.actions.roster import add_entries, lock_roster
from desktop.model.event import Event, PlannedSession
from desktop.model.facilitator import Facilitator, Office
from desktop.model.roster import RosterRow, badge_code
from desktop.settings import Settings
from desktop.store import roster, setting
from desktop.store.facilitator import put_facilitator, put_office
from desktop.store.keys import DataKey
from desktop.store.store import Store
from desktop.thai.names import split_name
from desktop.ui.desk import Desk
from desktop.ui.tasks import Tasks
from tests.printing.names import names

BY = "facilitator-1"
PASSPHRASE = "ฟ้าเขียวช้างบินข้ามเขา"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=timezone(timedelta(hours=7)))
_HALL = 430
_A_TIME = 10_000
_PROVINCES = ("10", "20", "34", "40", "50", "57", "63", "77", "84", "96")


@dataclass
class Clock:
    """What the store and the window go by."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Hall:
    """The store, the event people come to, and its roster."""

    store: Store
    event: Event
    rows: tuple[RosterRow, ...]
    clock: Clock

    def badge(self, place: int) -> str:
        """The digits on the badge of somebody of the roster."""
        return badge_code(self.event.code, self.rows[place].badge_no)


def build(
    folder: Path,
    people: int,
    *,
    hall: int = _HALL,
    passphrase: str = "",
    on: date | None = None,
) -> Hall:
    """Found a store with so many people, ``hall`` of whom are expected at the event of the day.

    With a passphrase the store has a key file and can be unlocked by the program itself. ``on``
    is the day of the event (that of ``NOW`` when none is given); it then lasts all day long.
    """
    began = time.perf_counter()
    clock = Clock() if on is None else Clock(datetime.now().astimezone())
    facilitator = Facilitator(BY, "ธิดา ใจดี")
    office = Office("office-1", "สำนักงานตัวอย่าง", "63")
    if passphrase:
        store, _code = found(folder, office, facilitator, passphrase, label="ธิดา", clock=clock)
    else:
        store = Store.create(folder, DataKey(bytes(range(32))), clock=clock)
        with store.write(BY) as write:
            put_office(write, office)
            put_facilitator(write, facilitator)
    chance = random.Random(5)
    left = [*names(people)]
    chance.shuffle(left)
    event = _event(store, "งานใหญ่", on)
    for start in range(0, min(hall, people), _A_TIME):
        _enrol(store, event.id, left[start : min(hall, start + _A_TIME)], chance)
    lock_roster(store, BY, event.id)
    for start in range(hall, people, _A_TIME):
        other = _event(store, f"งานก่อน {start}", date(2026, 1, 9))
        _enrol(store, other.id, left[start : start + _A_TIME], chance)
    with store.write(BY) as write:
        setting.keep(write, "event_in_hand", event.id)
    with store.read() as conn:
        rows = roster.roster(conn, event.id)
    print(f"{people:,} people on rosters: {time.perf_counter() - began:.1f} s", file=sys.stderr)
    return Hall(store, event, rows, clock)


def desk_over(hall: Hall, tasks: Tasks) -> Desk:
    """A desk over the hall with its event in hand."""
    desk = Desk(hall.store, tasks, BY, Settings(sound=False), hall.clock)

    def bug(error: object) -> None:
        raise SystemExit(repr(error))

    desk.bug.connect(bug)
    desk.take_event(hall.event.id)
    return desk


def _event(store: Store, name: str, on: date | None) -> Event:
    halves = ((540, 720), (780, 960)) if on is None else ((0, 720), (720, 1439))
    draft = EventDraft(
        name=name,
        date_from=on or NOW.date(),
        sessions=tuple(
            PlannedSession(1, start, end, "lecture", "บรรยาย", counts=True)
            for start, end in halves
        ),
    )
    event: Event = create_event(store, BY, draft).value
    return event


def _enrol(store: Store, event_id: str, people: list[str], chance: random.Random) -> None:
    entries = []
    for one in people:
        name = split_name(one)
        entries.append(
            Entry(
                first=name.first,
                title=name.title,
                middle=name.middle,
                last=name.last,
                title_code=name.title_code,
                phone=f"08{chance.randrange(10**8):08d}",
                organisation=f"หน่วยงานที่ {chance.randrange(200)}",
                area=chance.choice(_PROVINCES),
            )
        )
    add_entries(store, BY, event_id, entries)
