# SPDX-License-Identifier: Apache-2.0
"""Open a hall or join one, and what is known of its doors.

A :class:`Hub` or :class:`Desk` lives in threads of its own from ``open_hall``, ``join_hall`` or
``resume`` on until it is closed. Everything it hears is in the store like anything else; what a
laptop keeps of the hall itself (certificate, doors, who was let in) lies in the encrypted file,
so that after a restart it goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from desktop.actions.hall_paper import papers_of
from desktop.actions.hall_view import DoorView, Ears, HallView
from desktop.i18n import _
from desktop.model.hall import SeatLane, Sighting, seen_twice, sightings
from desktop.store import attendance, centre, roster, setting
from desktop.store import event as events
from desktop.store import hall as kept_hall
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.sync import discovery, hall_desk, hall_hub
from desktop.sync.discovery import Calling, Nearby, Watch, own_addresses, typed_address
from desktop.sync.hall import (
    MOST_NAME,
    HallProblem,
    JoinedHall,
    OpenHall,
    Standing,
)
from desktop.sync.hall_code import Ticket, grouped, is_code, read_ticket, ticket_digits
from desktop.sync.hall_desk import Seen, Talk
from desktop.sync.hall_tls import make_certificate
from desktop.sync.keys import Keys
from desktop.thai.digits import to_arabic
from desktop.thai.normalise import normalise

_DOORS: Final = "hall_doors"
_DOOR: Final = "hall_door"
_FINDING: Final = 3.0

# ---- keys and what is kept


def device_keys(store: Store, by: str) -> Keys:
    """The keys of this laptop, made now if it has none yet: a hall needs no centre."""
    with store.read() as conn:
        kept = centre.device_keys(conn)
    if kept is None:
        made = Keys.make()
        with store.write(by) as write:
            kept = centre.device_keys(write.conn)
            if kept is None:
                centre.keep_device_keys(write, made.signing, made.sealing)
                return made
    return Keys(*kept)


def _keep(store: Store, by: str, key: str, value: Any) -> None:
    with store.write(by) as write:
        setting.keep(write, key, value)


def _keep_hall(store: Store, by: str, told: dict[str, Any] | None) -> None:
    with store.write(by) as write:
        kept_hall.keep_hall(write, told)


def doors(store: Store) -> dict[str, str]:
    """The names of the doors by laptop, of the latest halls this one was in."""
    with store.read() as conn:
        kept = setting.value(conn, _DOORS)
    return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}


def last_door(store: Store) -> str:
    """What this laptop's door was called last, or empty."""
    with store.read() as conn:
        return str(setting.value(conn, _DOOR, ""))


def _note_doors(store: Store, by: str, told: Mapping[str, str]) -> None:
    known = doors(store)
    if told and not told.items() <= known.items():
        _keep(store, by, _DOORS, {**known, **told})


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).astimezone()


def door_called(text: str) -> str:
    """The name of a door as it is kept. Raises :class:`HallProblem` for none."""
    said = normalise(text)[:MOST_NAME]
    if not said:
        raise HallProblem(_("Say what this door is called, for example “Door A”."))
    return said


# ---- the hub


class Hub:
    """An open hall on this laptop."""

    def __init__(self, store: Store, by: str, hall: OpenHall, ears: Ears, host: str = "") -> None:
        from desktop.sync.hall_talk import HubEnd

        self._store, self._by, self._ears = store, by, ears
        self._end = HubEnd(
            store, by, hall.event_id, ears.changed, lambda: papers_of(store, hall.event_id)
        )
        self._hub = hall_hub.Hub(
            hall,
            store.device,
            device_keys(store, by),
            self._answer,
            told=ears.told,
            keep=self._keep,
        )
        self._host = host
        self._hub.start(*([host] if host else []))
        self._calling: Calling | None = None
        self._call()

    def _answer(self, device: str, asked: Any) -> Any:
        answer = self._end.answer(device, asked)
        # This store may have turned out to be a copy, and go on under another name.
        self._hub.know_as(self._store.device, self._hub.device)
        return answer

    def _hosts(self) -> tuple[str, ...]:
        return (self._host,) if self._host else own_addresses()

    def _call(self) -> None:
        """Call out where the hall is; without a network the address is said by people."""
        hall, hosts = self._hub.hall, self._hosts()
        if hosts and not self._host:
            try:
                self._calling = Calling(
                    Nearby(hall.id, hall.door, hall.event_code, hosts, hall.port)
                )
            except OSError:
                self._calling = None

    def _hush(self) -> None:
        if self._calling is not None:
            self._calling.close()
            self._calling = None

    def _keep(self, hall: OpenHall) -> None:
        _keep_hall(self._store, self._by, {"hub": hall.to_json()})
        _note_doors(self._store, self._by, hall.doors(self._hub.device))

    def noticed(self, nouns: frozenset[str]) -> None:
        """Rows of these kinds changed here; the desks ask for them within a second."""
        self._end.noticed(nouns)

    def say_of(self, device: str, standing: Standing) -> None:
        """``in``: let this desk in; ``out``: do not, or put it out."""
        self._hub.say_of(device, standing)

    def show_new_code(self) -> None:
        """Another code; the old one is worth nothing from now on."""
        self._hub.show_new_code()

    def name_door(self, door: str) -> None:
        """Call the hub's own door so."""
        self._hub.name_door(door_called(door))

    def view(self) -> HallView:
        hub, hall = self._hub, self._hub.hall
        addresses = self._hosts()
        ticket = ""
        if addresses and hub.code:
            ticket = ticket_digits(Ticket(addresses[0], hub.port, hub.code))
        return HallView(
            "hub", hall.event_id, hall.event_name, hall.door, hub.device,
            grouped(hub.code) if hub.code else "", ticket, addresses, hub.port,
            tuple(
                DoorView(one.device, one.door, one.standing, _moment(hub.heard(one.device)))
                for one in hall.members
            ),
            doors=hall.doors(hub.device),
        )  # fmt: skip

    def stop(self) -> None:
        """Stop for now (the program ends); ``resume`` goes on with the same hall."""
        self._hush()
        self._hub.close()

    def close(self) -> None:
        """The hall is over."""
        self.stop()
        _keep_hall(self._store, self._by, None)


# ---- a desk


class Desk:
    """This laptop in a hall that another one opened."""

    def __init__(self, store: Store, by: str, hall: JoinedHall, ears: Ears) -> None:
        from desktop.sync.hall_talk import DeskEnd

        self._store, self._by, self._ears = store, by, ears
        self._seats: SeatLane | None = None
        self._end = DeskEnd(
            store, by, hall.event_id, ears.changed, lambda: papers_of(store, hall.event_id)
        )
        self._desk = hall_desk.Desk(
            hall,
            store.device,
            device_keys(store, by),
            Talk(
                self._end.ask,
                self._end.take,
                self._saw,
                _found,
                self._keep,
                ears.broke,
                lambda: store.device,
            ),
        )
        self._desk.start()

    def _saw(self, seen: Seen) -> None:
        _note_doors(self._store, self._by, seen.doors)
        if seen.seats != self._seats and seen.seats is not None:
            self._seats = seen.seats
            with self._store.write(self._by) as write:
                kept_hall.keep_seat_lane(write, self._desk.hall.event_id, seen.seats)
        self._ears.told()

    def _keep(self, hall: JoinedHall) -> None:
        _keep_hall(self._store, self._by, {"desk": hall.to_json()})

    def noticed(self, nouns: frozenset[str]) -> None:
        """Rows of these kinds changed here: say it to the hub now."""
        self._end.noticed(nouns)
        self._desk.poke()

    def view(self) -> HallView:
        hall, seen = self._desk.hall, self._desk.seen
        return HallView(
            "desk", hall.event_id, hall.event_name, hall.door, self._desk.device,
            addresses=hall.hosts, port=hall.port, phase=seen.phase,
            hub_door=seen.doors.get(hall.hub, hall.hub_door),
            exchanged=_moment(seen.exchanged), doors=seen.doors,
        )  # fmt: skip

    def stop(self) -> None:
        """Stop for now (the program ends); ``resume`` goes on in the same hall."""
        self._desk.close()

    def close(self) -> None:
        """Leave the hall. What was noted here stays, and what came too."""
        self.stop()
        _keep_hall(self._store, self._by, None)


Side = Hub | Desk


def _found(hall: str) -> tuple[str, int] | None:
    """Where the hub of a hall calls from now."""
    nearby = discovery.find(hall, _FINDING)
    return None if nearby is None or not nearby.hosts else (nearby.hosts[0], nearby.port)


# ---- beginning


def open_hall(
    store: Store, by: str, event_id: str, door: str, ears: Ears | None = None, host: str = ""
) -> Hub:
    """Open a hall for an event on this laptop.

    ``host``: the one address to answer at; it is then not called out on the network.
    """
    door = door_called(door)
    with store.read() as conn:
        event = events.event(conn, event_id)
        seat = roster.last_seat(conn, event_id) + 1
    hall = OpenHall(
        new_id(), event_id, event.name, event.code, door, make_certificate(), first_seat=seat
    )
    with store.write(by) as write:
        setting.keep(write, _DOOR, door)
        kept_hall.keep_seat_lane(write, event_id, SeatLane(seat, 0))
    return Hub(store, by, hall, ears or Ears(), host)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A hall that somebody wants to join."""

    host: str
    port: int
    code: str


def read_wanted(code: str, address: str = "", port: int = 0) -> Wanted:
    """What a person typed or scanned: a hub's picture alone, or its code and where it is.

    Digits of either script. Raises :class:`HallProblem` with what is missing.
    """
    digits = "".join(one for one in to_arabic(code) if not one.isspace() and one != "-")
    ticket = read_ticket(digits)
    if ticket is not None:
        return Wanted(ticket.host, ticket.port, ticket.code)
    if not is_code(digits):
        raise HallProblem(_("A code has eight digits, and these cannot be it. Read it again."))
    place = typed_address(to_arabic(address), port)
    if place is None:
        raise HallProblem(
            _("Choose the hall from the list, or type the address that the hub shows.")
        )
    return Wanted(*place, digits)


def join_hall(store: Store, by: str, wanted: Wanted, door: str, ears: Ears | None = None) -> Desk:
    """Ask to be let in to a hall; the desk then waits for the word of the hub's person.

    Raises the problems of ``hall_desk.join``.
    """
    door = door_called(door)
    joined = hall_desk.join(
        wanted.host, wanted.port, wanted.code,
        device=store.device, door=door, keys=device_keys(store, by),
    )  # fmt: skip
    _keep(store, by, _DOOR, door)
    _keep_hall(store, by, {"desk": joined.to_json()})
    return Desk(store, by, joined, ears or Ears())


def resume(store: Store, by: str, ears: Ears | None = None, host: str = "") -> Side | None:
    """Go on with the hall this laptop was in when the program ended, if there was one."""
    with store.read() as conn:
        kept = kept_hall.kept_hall(conn)
    if kept is None:
        return None
    if "hub" in kept:
        return Hub(store, by, OpenHall.from_json(kept["hub"]), ears or Ears(), host)
    return Desk(store, by, JoinedHall.from_json(kept["desk"]), ears or Ears())


def listen() -> Watch:
    """Hear which halls call on this network, until it is closed."""
    return Watch()


# ---- seen twice


def twice(store: Store, event_id: str, session_id: str) -> dict[str, tuple[Sighting, ...]]:
    """Whom more than one door noted as coming in to a session, by enrolment id."""
    with store.read() as conn:
        sessions = events.sessions(conn, event_id)
        session = next((one for one in sessions if one.id == session_id), None)
        if session is None:
            return {}
        return seen_twice(attendance.marks(conn, event_id), session, sessions)


def noted(store: Store, event_id: str, session_id: str) -> dict[str, int]:
    """How many people each laptop noted as coming in to a session; who was seen at two doors
    counts at both."""
    with store.read() as conn:
        sessions = events.sessions(conn, event_id)
        session = next((one for one in sessions if one.id == session_id), None)
        marks = attendance.marks(conn, event_id)
    counts: Counter[str] = Counter()
    for theirs in marks.values():
        if session is not None:
            counts.update(one.device for one in sightings(theirs, session, sessions))
    return dict(counts)


__all__ = [
    "Desk", "DoorView", "Ears", "HallProblem", "HallView", "Hub",
    "Nearby", "Side", "Standing", "Wanted", "Watch", "device_keys", "door_called", "doors",
    "join_hall", "last_door", "listen", "noted", "open_hall", "read_wanted", "resume", "twice",
]  # fmt: skip
