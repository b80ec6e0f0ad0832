# SPDX-License-Identifier: Apache-2.0
"""Halls as they stand at one moment, for pictures: no network, and a clock that stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from desktop.actions import checkin
from desktop.actions.hall import DoorView, HallView
from desktop.model.attendance import Mark
from desktop.store import attendance, event, roster, setting
from desktop.store.ids import new_id
from desktop.store.store import Store

_DOORS: Final = ("ประตูหน้า", "ประตูข้าง", "ประตูหลัง", "โต๊ะวิทยากร")
_DEVICES: Final = ("", *(f"{n}0000000-0000-4000-8000-000000000000" for n in (2, 3, 4)))
HALLS: Final = ("hall", "hall_asking", "hall_closed", "door_in", "door_asking", "door_alone",
                "door_out")  # fmt: skip


class StillSide:
    """The side of a hall in which nothing happens any more."""

    def __init__(self, view: HallView) -> None:
        self._view = view

    def view(self) -> HallView:
        return self._view

    def noticed(self, _nouns: frozenset[str]) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


def hall_view(name: str, store: Store, event_id: str, now: datetime) -> HallView:
    """How the hall called ``name`` (one of :data:`HALLS`) stands."""
    with store.read() as conn:
        called = event.event(conn, event_id).name
    devices = (store.device, *_DEVICES[1:])
    doors = dict(zip(devices, _DOORS, strict=True))
    if name.startswith("door"):
        phase = name.partition("_")[2]
        return HallView(
            "desk", event_id if phase != "asking" else "", called if phase != "asking" else "",
            _DOORS[1], devices[1], phase=phase, hub_door=_DOORS[0],  # type: ignore[arg-type]
            exchanged=None if phase == "asking" else now - timedelta(seconds=2),
            doors={} if phase == "asking" else {devices[1]: _DOORS[1], **doors},
        )  # fmt: skip
    heard = now - timedelta(seconds=1)
    desks = [
        DoorView(devices[1], _DOORS[1], "in", heard),
        DoorView(devices[2], _DOORS[2], "in", heard - timedelta(minutes=4)),
    ]
    if name == "hall_asking":
        desks.append(DoorView(devices[3], _DOORS[3], "asking", heard))
    if name == "hall_closed":
        desks.append(DoorView(devices[3], _DOORS[3], "out", heard))
    return HallView(
        "hub", event_id, called, _DOORS[0], store.device,
        "" if name == "hall_closed" else "4821 0937",
        "" if name == "hall_closed" else "1921681002084434821093755",
        ("192.168.100.20",), 8443, tuple(desks), doors=doors,
    )  # fmt: skip


def seen_twice(store: Store, by: str, event_id: str, now: datetime) -> str:
    """Everybody comes in by one of three doors, three by a second one as well; returns a name."""
    with store.read() as conn:
        session = checkin.nearest_session(event.days(conn, event_id), now)
        assert session is not None
        people = [one.enrolment_id for one in roster.roster(conn, event_id)]
        rows = roster.rows(conn, people[:1])
    doors = (store.device, *_DEVICES[1:3])
    seen = [(who, doors[place % 7 % 3], place) for place, who in enumerate(people)]
    seen += [(people[place], doors[2], place + 12) for place in (0, 8, 16)]
    with store.write(by) as write:
        setting.keep(write, "hall_doors", dict(zip(doors, _DOORS, strict=False)))
        attendance.put_marks(
            write,
            [
                Mark(
                    new_id(), who, session.id, "session", "in", session.start - 31 + place // 5,
                    now.isoformat(), by, device, "qr",
                )
                for who, device, place in seen
            ],
            event_id,
        )  # fmt: skip
    return str(rows[people[0]].name)
