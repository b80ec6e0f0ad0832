# SPDX-License-Identifier: Apache-2.0
"""A hall: several laptops at the doors of one workshop, with or without a centre.

One laptop, the hub, opens the hall; the others, the desks, join it by a code and a person's
word. From then on every desk asks the hub twice a second, and at once when it has something to
say, for what it does not have (``hall_exchange.py``). All are ordinary laptops with ordinary
stores; nobody waits for the hall: what is noted at a door is committed there, and travels when
it can.

- ``hall_code.py``: the code and the exchange that it authenticates, with the reasons.
- ``hall_tls.py``: the hall's certificate; a desk speaks to the holder of its key and nobody else.
- ``hall_hub.py`` and ``hall_desk.py``: the two ends. Every message is an envelope signed by the
  laptop that says it. A desk numbers its messages within the hub's session and the hub takes
  each number once, so that nothing that was recorded can be said again.

This file holds what both ends know, and the sentences for when it does not work.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.hall import LANES, SeatLane
from desktop.sync.hall_tls import Certificate

PATH: Final = "/hall/1"
PERIOD: Final = 0.5
"""Seconds between two questions of a desk when nothing happens at it."""
MOST_SAID: Final = 2048
"""Bytes a laptop may say of itself while joining."""
MOST_NAME: Final = 80
"""Characters of a door's name."""

Standing = Literal["asking", "in", "out"]
"""What the hub's person said of a desk: nothing yet, let in, or not (any more)."""


class HallProblem(Problem):
    """Something about the hall did not work."""


class HubUnreachable(HallProblem):
    """Nobody answers at that address."""


class WrongCode(HallProblem):
    """The code did not open the hall."""


class JoiningRests(HallProblem):
    """Too many wrong codes: the hub's person must show a new one."""


class NotTheHub(HallProblem):
    """Whoever answered could not prove to be the laptop that shows the code."""


def unreachable() -> HubUnreachable:
    return HubUnreachable(
        _(
            "No hub answers at this address. Check that both laptops are on the same wifi, or "
            "let the hub make a hotspot of its own."
        )
    )


def wrong_code() -> WrongCode:
    return WrongCode(
        _(
            "The hub did not accept this code. Read it again from its screen. If the digits are "
            "right, somebody stands between the laptops on this wifi: use a hotspot of your own."
        )
    )


def not_the_hub() -> NotTheHub:
    return NotTheHub(
        _(
            "Something on this wifi answers in the hub's place. Do not go on with it: use a "
            "hotspot of your own, or a cable."
        )
    )


def joining_rests() -> JoiningRests:
    return JoiningRests(_("The code was typed wrongly too often. Ask at the hub for a new code."))


@dataclass(frozen=True, slots=True)
class Member:
    """One desk, as the hub knows it."""

    device: str
    door: str
    key: bytes
    """Ed25519, 32 bytes: what it signs with."""
    standing: Standing = "asking"

    def to_json(self) -> dict[str, Any]:
        return {
            "device": self.device, "door": self.door, "key": self.key.hex(),
            "standing": self.standing,
        }  # fmt: skip

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Member:
        return cls(told["device"], told["door"], bytes.fromhex(told["key"]), told["standing"])


@dataclass(frozen=True, slots=True)
class OpenHall:
    """What a hub keeps of its hall, so that after a restart it goes on as the same hall."""

    id: str
    event_id: str
    event_name: str
    event_code: str
    door: str
    """The hub's own."""
    certificate: Certificate
    port: int = 0
    members: tuple[Member, ...] = ()
    first_seat: int = 0
    """The first seat behind the roster when the hall was opened."""
    also: tuple[tuple[str, str], ...] = ()
    """Incarnation and device of stores that go on under another name (``ports.rename``)."""

    def lane(self, device: str) -> SeatLane | None:
        """The seats a desk may give."""
        for number, one in enumerate(self.members, 1):
            if one.device == device and number < LANES and self.first_seat:
                return SeatLane(self.first_seat, number)
        return None

    def member(self, device: str) -> Member | None:
        return next((one for one in self.members if one.device == device), None)

    def with_member(self, member: Member) -> OpenHall:
        """The hall with this desk, in the place it had."""
        if self.member(member.device) is None:
            return replace(self, members=(*self.members, member))
        return replace(
            self,
            members=tuple(member if one.device == member.device else one for one in self.members),
        )

    def doors(self, hub_device: str) -> dict[str, str]:
        """The name of each door by its laptop, those put out too: their marks stay."""
        told = {one.device: one.door for one in self.members if one.standing != "asking"}
        told[hub_device] = self.door
        return told | {name: told[device] for name, device in self.also if device in told}

    def known_as(self, name: str, device: str) -> OpenHall:
        """The hall in which the store of ``device`` also signs its marks by another name."""
        if name == device or (name, device) in self.also:
            return self
        return replace(self, also=(*self.also[-64:], (name, device)))

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id, "event": self.event_id, "name": self.event_name,
            "code": self.event_code, "door": self.door, "port": self.port,
            "certificate": self.certificate.pem, "key": self.certificate.key,
            "members": [one.to_json() for one in self.members], "seat": self.first_seat,
            "also": [list(one) for one in self.also],
        }  # fmt: skip

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> OpenHall:
        return cls(
            told["id"], told["event"], told["name"], told["code"], told["door"],
            Certificate(told["certificate"], told["key"]), told["port"],
            tuple(Member.from_json(one) for one in told["members"]), told.get("seat", 0),
            tuple((name, device) for name, device in told.get("also", ())),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class JoinedHall:
    """What a desk keeps of the hall it joined: enough to find it again and to know it."""

    id: str
    event_id: str
    event_name: str
    hub: str
    """The hub's device."""
    hub_door: str
    key: bytes
    """Ed25519, 32 bytes: what the hub signs with."""
    certificate: bytes
    """DER. No other is spoken to."""
    hosts: tuple[str, ...]
    """Where the hub was, the latest first."""
    port: int
    door: str
    """This laptop's own."""

    def at(self, host: str, port: int) -> JoinedHall:
        """The hall once the hub was found there."""
        hosts = (host, *(one for one in self.hosts if one != host))[:4]
        return replace(self, hosts=hosts, port=port)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id, "event": self.event_id, "name": self.event_name, "hub": self.hub,
            "hub_door": self.hub_door, "key": self.key.hex(),
            "certificate": self.certificate.hex(), "hosts": list(self.hosts),
            "port": self.port, "door": self.door,
        }  # fmt: skip

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> JoinedHall:
        return cls(
            told["id"], told["event"], told["name"], told["hub"], told["hub_door"],
            bytes.fromhex(told["key"]), bytes.fromhex(told["certificate"]),
            tuple(told["hosts"]), told["port"], told["door"],
        )  # fmt: skip
