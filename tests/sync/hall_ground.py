# SPDX-License-Identifier: Apache-2.0
"""Laptops with real encrypted stores in a hall on loopback."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.actions import attendance
from desktop.actions import hall as halls
from desktop.actions.entry import Entry
from desktop.actions.hall import Desk, Ears, Hub, Wanted
from desktop.actions.roster import walk_in
from desktop.model.facilitator import Office
from desktop.store import attendance as marks
from desktop.store import facilitator, roster
from desktop.store.companion import companions
from desktop.store.ids import new_id
from desktop.store.keys import DataKey
from desktop.store.schema import COMMON, nouns
from desktop.store.store import Store
from tests.hall import BY, MORNING, Clock, open_hall

LOCAL = "127.0.0.1"
EVENT = "event-1"


def until(holds: Callable[[], object], seconds: float = 20) -> None:
    """Wait until it is so; it is a fault when it never comes to that."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to this"
        time.sleep(0.02)


class Laptop:
    """One laptop: its store, its door, and what it heard."""

    def __init__(self, store: Store, door: str, clock: Clock) -> None:
        self.store, self.door, self.clock = store, door, clock
        self.side: Hub | Desk | None = None
        self.heard: list[frozenset[str]] = []
        self.faults: list[Exception] = []
        self.ears = Ears(changed=self.heard.append, broke=self.faults.append)

    # ---- the hall

    def open(self, event_id: str = EVENT) -> Hub:
        self.side = halls.open_hall(self.store, BY, event_id, self.door, self.ears, LOCAL)
        return self.side

    def join(self, hub: Laptop, *, let_in: bool = True) -> Desk:
        view = hub.hub.view()
        wanted = Wanted(LOCAL, view.port, view.code.replace(" ", ""))
        self.side = halls.join_hall(self.store, BY, wanted, self.door, self.ears)
        if let_in:
            hub.hub.say_of(self.store.device, "in")
        return self.side

    @property
    def hub(self) -> Hub:
        assert isinstance(self.side, Hub)
        return self.side

    @property
    def desk(self) -> Desk:
        assert isinstance(self.side, Desk)
        return self.side

    def stop(self) -> None:
        side, self.side = self.side, None
        if side is not None:
            side.stop()

    def resume(self) -> None:
        self.side = halls.resume(self.store, BY, self.ears, LOCAL)
        assert self.side is not None

    def say(self, *nouns: str) -> None:
        """What the window does after each commit."""
        if self.side is not None:
            self.side.noticed(frozenset(nouns))

    # ---- the door

    def arrive(self, enrolment_id: str, minute: int, session: str = MORNING) -> object:
        self.clock.to(minute // 60, minute % 60)
        done = attendance.arrive(self.store, BY, enrolment_id, session, minute, "qr")
        self.say("attendance")
        return done.value

    def walk_in(self, name: str, minute: int, **said: Any) -> str:
        self.clock.to(minute // 60, minute % 60)
        entry = Entry(first=name, last="มาเพิ่ม", **said)
        done = walk_in(self.store, BY, EVENT, entry, MORNING, minute)
        self.say("attendance", "roster", "people")
        return str(done.value.enrolment_id)

    # ---- what is on its screen

    def names(self, event_id: str = EVENT) -> dict[str, str]:
        with self.store.read() as conn:
            return {row.enrolment_id: row.name for row in roster.roster(conn, event_id)}

    def marks(self, event_id: str = EVENT) -> set[tuple[str, str, int, str]]:
        with self.store.read() as conn:
            found = marks.marks(conn, event_id)
        return {(m.enrolment_id, m.kind, m.minute, m.device) for ms in found.values() for m in ms}

    def came(self, session: str = MORNING) -> int:
        with self.store.read() as conn:
            return marks.board(conn, EVENT, session).came

    def everything(self, event_id: str = EVENT) -> Any:
        """All rows of the workshop and what they name, as every laptop should show them."""
        shown: dict[str, Any] = {}
        with self.store.read() as conn:
            for noun, table in nouns.items():
                columns = [c.name for c in table.columns if c.name not in COMMON]
                listed = ", ".join(f'"{name}"' for name in ("id", "deleted", *columns))
                rows = conn.exec_driver_sql(
                    f'SELECT {listed} FROM "{noun}" WHERE scope = ? ORDER BY id',
                    (f"w:{event_id}",),
                )
                if found := [tuple(row) for row in rows]:
                    shown[noun] = found
            shown["companions"] = {
                key: (deleted, {n: v for n, v in fields.items() if v not in (None, "")})
                for key, (_scope, deleted, fields) in companions(conn, event_id).items()
            }
        return shown


class HallGround:
    """Laptops around one event of the hub's; ``close`` ends every thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.laptops: list[Laptop] = []
        made = open_hall(folder / "hub", mark_scope="session")
        self.people = [made.enrol(name, seat) for seat, name in enumerate(("มานี", "ชูใจ", "ปิติ"), 1)]
        self.hall = made
        self.hub = Laptop(made.store, "ประตู A", made.clock)
        self.laptops.append(self.hub)

    def laptop(self, door: str, office: str = "office-1") -> Laptop:
        """Another laptop that has never heard of the event."""
        clock = Clock(self.hall.clock.now)
        store = Store.create(
            self._folder / f"laptop-{len(self.laptops)}",
            DataKey(bytes(range(32))),
            new_id(),
            clock=lambda: clock(),
        )
        with store.write(BY) as write:
            facilitator.put_office(write, Office(office, "กองทดสอบ", "10", "กระทรวง"))
        made = Laptop(store, door, clock)
        self.laptops.append(made)
        return made

    def equal(self, *laptops: Laptop) -> bool:
        some = laptops or tuple(self.laptops)
        first = some[0].everything()
        return all(one.everything() == first for one in some[1:])

    def now(self, hour: int, minute: int) -> datetime:
        for one in self.laptops:
            one.clock.to(hour, minute)
        return self.hall.clock()

    def close(self) -> None:
        for one in reversed(self.laptops):
            one.stop()
        for one in self.laptops:
            one.store.close()
            assert not one.faults, one.faults
