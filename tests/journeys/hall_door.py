# SPDX-License-Identifier: Apache-2.0
"""One laptop at a door, in a process and a network of its own: ``python -m … FOLDER DOOR``.

It reads orders from standard input, a line of JSON each, and answers each with a line. The clock
of the story is told to it; the network and the disk are real.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from desktop.actions import checkin, hall
from desktop.actions.attendance import AlreadyHere
from desktop.actions.demo import put_story
from desktop.actions.fixture import read_fixture
from desktop.actions.hall import Hub, Wanted
from desktop.model.chain import canonical
from desktop.model.facilitator import Facilitator, Office
from desktop.model.roster import badge_code
from desktop.paths import shipped
from desktop.store import event as events
from desktop.store import facilitator, roster
from desktop.store.ids import new_id
from desktop.store.keys import DataKey
from desktop.store.store import Store
from tests.hall import BY, Clock
from tests.sync.hall_ground import Laptop

STORY: Final = "seed3_83_orgs"


class Door:
    """What one order after another does."""

    def __init__(self, folder: Path, door: str) -> None:
        self.clock = Clock(datetime.fromisoformat("2022-09-30T08:00:00+07:00"))
        clock = self.clock
        self.store = Store.create(
            folder, DataKey(bytes(range(32))), new_id(), clock=lambda: clock()
        )
        with self.store.write(BY) as write:
            facilitator.put_office(write, Office("office-1", "สำนักงานส่งเสริมสวัสดิการ", "10"))
            facilitator.put_facilitator(write, Facilitator(BY, "ธิดาพร เสาวนะ"))
        self.laptop = Laptop(self.store, door, clock)
        self.event_id = ""

    def story(self) -> dict[str, Any]:
        """Enter A3 with its 430 guests; their badges by seat."""
        fixture = read_fixture(shipped("resources", "demo", f"{STORY}.json"))
        self.event_id = put_story(self.store, BY, fixture).id
        with self.store.read() as conn:
            event = events.event(conn, self.event_id)
            lines = roster.roster(conn, self.event_id)
        return {
            "event": self.event_id,
            "badges": [badge_code(event.code, line.badge_no) for line in lines],
        }

    def open(self, host: str) -> dict[str, Any]:
        hub = hall.open_hall(
            self.store, BY, self.event_id, self.laptop.door, self.laptop.ears, host
        )
        self.laptop.side = hub
        view = hub.view()
        return {"port": view.port, "code": view.code.replace(" ", "")}

    def join(self, host: str, port: int, code: str) -> dict[str, Any]:
        self.laptop.side = hall.join_hall(
            self.store, BY, Wanted(host, port, code), self.laptop.door, self.laptop.ears
        )
        self.event_id = self.laptop.side.view().event_id
        return {}

    def let_in(self) -> dict[str, Any]:
        """Let in everybody who asks; how many that are."""
        hub = self.laptop.side
        assert isinstance(hub, Hub)
        asking = [one for one in hub.view().desks if one.standing == "asking"]
        for one in asking:
            hub.say_of(one.device, "in")
        return {"count": len(asking)}

    def scan(self, badges: list[str], at: str, pace: float) -> dict[str, Any]:
        """Check in one badge after another; milliseconds from scan to commit of each."""
        self.clock.now = datetime.fromisoformat(at)
        with self.store.read() as conn:
            days = events.days(conn, self.event_id)
        session = checkin.nearest_session(days, self.clock.now)
        assert session is not None
        minute = self.clock.now.hour * 60 + self.clock.now.minute
        took, already = [], 0
        for badge in badges:
            begun = time.perf_counter()
            done = checkin.scan(self.store, BY, self.event_id, session.id, badge, minute)
            took.append((time.perf_counter() - begun) * 1000)
            already += isinstance(done.value.outcome, AlreadyHere)
            self.laptop.say("attendance")
            time.sleep(pace)
        return {"ms": took, "already": already, "session": session.id}

    def count(self) -> dict[str, Any]:
        """How many lines and marks there are, asked cheaply."""
        with self.store.read() as conn:
            asked = (f"w:{self.event_id}",)
            lines, marks = (
                conn.exec_driver_sql(f"SELECT count(*) {rows}", asked).scalar_one()
                for rows in (
                    "FROM enrolment n JOIN person p ON p.id = n.person_id WHERE n.scope = ?",
                    "FROM mark WHERE scope = ?",
                )
            )
        return {"lines": lines, "marks": marks}

    def state(self) -> dict[str, Any]:
        """What is on the screen: people, marks, who is there, seen twice, and a digest of all."""
        with self.store.read() as conn:
            known = [row.event.id for row in events.events(conn)]
            lines = len(roster.roster(conn, self.event_id)) if self.event_id else 0
        if self.event_id not in known:
            return {"lines": 0, "marks": 0, "digest": ""}
        everything = self.laptop.everything(self.event_id)
        # Sets of the rows, since a row's place is nobody's matter.
        text = canonical([[noun, str(rows)] for noun, rows in sorted(everything.items())])
        return {
            "lines": lines,
            "marks": len(self.laptop.marks(self.event_id)),
            "digest": hashlib.sha256(text.encode()).hexdigest()[:16],
        }

    def twice(self, session: str) -> dict[str, Any]:
        doors = hall.doors(self.store)
        seen = hall.twice(self.store, self.event_id, session)
        return {
            "doors": sorted(
                sorted(doors.get(one.device, "?") for one in some) for some in seen.values()
            )
        }

    def phase(self) -> dict[str, Any]:
        side = self.laptop.side
        return {"phase": side.view().phase if side is not None else ""}

    def stop(self) -> dict[str, Any]:
        self.laptop.stop()
        faults = [repr(one) for one in self.laptop.faults]
        sound = self.store.check().sound
        self.store.close()
        return {"faults": faults, "sound": sound}


def main(folder: Path, name: str) -> None:
    """Do what is ordered until there are no more orders."""
    sys.setswitchinterval(0.001)  # as the window does
    door = Door(folder, name)
    for line in sys.stdin:
        order = json.loads(line)
        answer = getattr(door, order.pop("do"))(**order)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
