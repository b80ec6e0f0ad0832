# SPDX-License-Identifier: Apache-2.0
"""A desk's end of a hall: join once, then ask the hub again and again, in a thread of its own.

When the hub cannot be reached nothing is wrong: the desk goes on alone, looks for the hub every
:data:`AGAIN` seconds, and says everything when it is there again.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from desktop.i18n import _
from desktop.model.hall import SeatLane
from desktop.sync.envelope import Kind, new_nonce, open_envelope, read_json, seal
from desktop.sync.hall import (
    PATH,
    PERIOD,
    HallProblem,
    JoinedHall,
    joining_rests,
    not_the_hub,
    unreachable,
    wrong_code,
)
from desktop.sync.hall_code import Exchange, WrongShare, is_code, same
from desktop.sync.hall_tls import desk_context, fingerprint, shown_certificate
from desktop.sync.keys import Keys
from desktop.sync.protocol import BadMessage

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

BREATH: Final = 0.2
"""Seconds between two questions, however much there is to say: the processor is the door's."""
AGAIN: Final = 0.5
"""Seconds until a hub that did not answer is tried again."""
_CONNECT: Final = 1.0
_READ: Final = 5.0
"""Neighbours answer at once. A wire that was cut is given up soon, because what waits on it would
wait on after the wire is whole again."""

Phase = Literal["alone", "asking", "in", "out"]
"""How a desk stands: the hub does not answer; its person has not decided; let in; not (any
more)."""


# ---- joining


def join(host: str, port: int, code: str, *, device: str, door: str, keys: Keys) -> JoinedHall:
    """Ask at the hub that stands there to be let in.

    Raises :class:`HubUnreachable`, :class:`WrongCode`, :class:`JoiningRests`,
    :class:`NotTheHub`, or :class:`HallProblem` with what the hub said.
    """
    if not is_code(code):
        raise HallProblem(_("A code has eight digits, and these cannot be it. Read it again."))
    try:
        certificate = shown_certificate(host, port, _CONNECT)
    except OSError as gone:
        raise unreachable() from gone
    session = secrets.token_bytes(16)
    said = json.dumps(
        {"device": device, "door": door, "ed25519": keys.public.signing.hex()},
        ensure_ascii=False,
    )
    mine = Exchange(code, fingerprint(certificate), session)
    with _line(host, port, certificate) as line:
        begun = _called(
            line, "begin", {"session": session.hex(), "share": mine.share.hex(), "said": said}
        )
        try:
            hub_said: str = begun["said"]
            proofs = mine.desk(said.encode(), bytes.fromhex(begun["share"]), hub_said.encode())
            about = read_json(hub_said.encode())
        except (WrongShare, BadMessage, ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise not_the_hub() from wrong
        proved = _called(line, "prove", {"session": session.hex(), "proof": proofs.desk.hex()})
        try:
            if not same(bytes.fromhex(proved["proof"]), proofs.hub):
                raise not_the_hub()
            return JoinedHall(
                about["hall"], about["event"], about["name"], about["device"], about["door"],
                bytes.fromhex(about["ed25519"]), certificate, (host,), port, door,
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as wrong:
            raise not_the_hub() from wrong


def _line(host: str, port: int, certificate: bytes) -> httpx.Client:
    import httpx

    return httpx.Client(
        base_url=f"https://{host}:{port}{PATH}/",
        verify=desk_context(certificate),
        timeout=httpx.Timeout(_READ, connect=_CONNECT),
        trust_env=False,  # a hall is never behind a proxy
        follow_redirects=False,
    )


def _called(line: httpx.Client, name: str, said: dict[str, str]) -> dict[str, Any]:
    import httpx

    try:
        answer = line.post(name, content=json.dumps(said).encode())
    except httpx.TransportError as gone:
        raise unreachable() from gone
    try:
        told = read_json(answer.content)
    except BadMessage as wrong:
        raise not_the_hub() from wrong
    if not isinstance(told, dict):
        raise not_the_hub()
    if answer.status_code == 200:
        return told
    if told.get("refused") == "tries":
        raise joining_rests()
    if told.get("refused") == "copy":
        raise HallProblem(
            _(
                "A laptop with a copy of this very notebook is in the hall. Two copies cannot "
                "share one; if it was this laptop itself, try again in a moment."
            )
        )
    if told.get("refused") == "busy":
        raise HallProblem(_("Many laptops are joining at once. Try again in a minute."))
    raise wrong_code()


# ---- afterwards


@dataclass(frozen=True, slots=True)
class Seen:
    """How the desk stands with its hub."""

    phase: Phase
    exchanged: float | None = None
    """When both last had the same, in seconds since 1970."""
    doors: Mapping[str, str] = field(default_factory=dict)
    """The names of the doors, by laptop."""
    seats: SeatLane | None = None
    """The seats this desk may give."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What a desk says and does with what it hears; called in the desk's thread."""

    ask: Callable[[], Any]
    """The next question to the hub."""
    take: Callable[[Any], bool]
    """Take in the answer; whether there is more to be said or heard at once."""
    told: Callable[[Seen], object] = lambda _seen: None
    """Hears every change of :class:`Seen`."""
    find: Callable[[str], tuple[str, int] | None] = lambda _hall: None
    """Looks where the hub of a hall is now."""
    keep: Callable[[JoinedHall], object] = lambda _hall: None
    """Keeps where it was found."""
    broke: Callable[[Exception], object] = lambda _error: None
    """Hears of a fault of the program."""
    name: Callable[[], str] = lambda: ""
    """Under which name the store signs its marks now, where that is another than its device's."""


class Desk:
    """The thread of a desk. ``poke`` it when there is something to say; ``close`` it."""

    def __init__(
        self,
        hall: JoinedHall,
        device: str,
        keys: Keys,
        talk: Talk,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.hall = hall
        self.device = device
        self._keys, self._talk = keys, talk
        self._now = now
        self.seen = Seen("alone")
        self._session, self._number = "", 0
        self._poked = threading.Event()
        self._end = threading.Event()
        self._http: httpx.Client | None = None
        self._looking: threading.Thread | None = None
        self._elsewhere: tuple[str, int] | None = None
        self._thread = threading.Thread(target=self._run, name="hall desk", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def poke(self) -> None:
        """Something was noted here: say it now."""
        self._poked.set()

    def close(self) -> None:
        """End the thread; what it is saying is said to the end or broken off."""
        self._end.set()
        self._poked.set()
        for thread in (self._thread, self._looking):
            if thread is not None and thread.is_alive():
                thread.join(_READ + _CONNECT)

    def _run(self) -> None:
        failures = 0
        try:
            while not self._end.is_set():
                self._poked.clear()
                try:
                    rest = self._round()
                    failures = 0
                except (HallProblem, BadMessage):
                    self._hang_up()
                    self._see(replace(self.seen, phase="alone"))
                    failures += 1
                    if failures % 4 == 3:
                        self._look_for_it()
                    rest = AGAIN
                if rest and not self._end.is_set():
                    # However fast the badges come, what they say goes a few times a second.
                    self._end.wait(min(rest, BREATH))
                    self._poked.wait(max(0.0, rest - BREATH))
        except Exception as error:  # noqa: BLE001 - a thread has nobody above it to tell
            self._see(replace(self.seen, phase="alone"))
            self._talk.broke(error)
        finally:
            self._hang_up()

    def _round(self) -> float:
        """One question and its answer; how long to rest after it."""
        told = self._say({"ask": self._talk.ask()} if self.seen.phase == "in" else {})
        standing = told.get("standing")
        if standing == "again":
            return 0.0
        if standing in ("asking", "out"):
            self._see(replace(self.seen, phase=standing))
            return PERIOD if standing == "asking" else 5 * PERIOD
        if standing != "in":
            return PERIOD
        first = self.seen.phase != "in"
        doors, seats = _doors(told.get("doors")), _seats(told.get("seats"))
        if "give" not in told:
            self._see(replace(self.seen, phase="in", doors=doors, seats=seats))
            return 0.0 if first else PERIOD
        more = self._talk.take(told["give"])
        moment = self.seen.exchanged if more else self._now()
        self._see(Seen("in", moment, doors, seats))
        return 0.0 if more else PERIOD

    def _say(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Say this in an envelope. :class:`HubUnreachable`, :class:`BadMessage`."""
        import httpx

        if self._http is None:
            hosts = self.hall.hosts
            self._http = _line(hosts[0], self.hall.port, self.hall.certificate)
        self._number += 1
        nonce = new_nonce()
        said = {"hall": self.hall.id, "session": self._session, "n": self._number, **payload}
        if (name := self._talk.name()) not in ("", self.device):
            said["as"] = name
        body = seal(
            Kind.HALL_REQUEST, self.device, said, self._keys.signing,
            created=int(self._now() * 1000), nonce=nonce,
        )  # fmt: skip
        try:
            answer = self._http.post("say", content=body)
        except httpx.TransportError as gone:
            raise unreachable() from gone
        if answer.status_code == 401:
            # The hub does not know this laptop (any more).
            return {"standing": "out"}
        heard = open_envelope(
            answer.content, self.hall.key, kind=Kind.HALL_ANSWER, device=self.hall.hub, nonce=nonce
        ).payload
        if not isinstance(heard, dict) or heard.get("hall") != self.hall.id:
            raise BadMessage("hall")
        if heard.get("standing") == "again":
            self._session = str(heard.get("session"))
            number = heard.get("n")
            self._number = number if type(number) is int else 0
        return heard

    def _look_for_it(self) -> None:
        """Perhaps the hub has another address now: look beside the next tries, and go there."""
        found, self._elsewhere = self._elsewhere, None
        if found is None and self.hall.hosts[1:] and self._looking is not None:
            found = self.hall.hosts[1], self.hall.port
        if found is not None and found != (self.hall.hosts[0], self.hall.port):
            self.hall = self.hall.at(*found)
            self._talk.keep(self.hall)
        if self._looking is None or not self._looking.is_alive():
            self._looking = threading.Thread(target=self._look, name="hall search", daemon=True)
            self._looking.start()

    def _look(self) -> None:
        self._elsewhere = self._talk.find(self.hall.id)

    def _hang_up(self) -> None:
        if self._http is not None:
            self._http.close()
            self._http = None

    def _see(self, seen: Seen) -> None:
        if seen != self.seen:
            self.seen = seen
            self._talk.told(seen)


def _doors(told: Any) -> dict[str, str]:
    if not isinstance(told, dict):
        return {}
    return {str(device): str(door) for device, door in told.items()}


def _seats(told: Any) -> SeatLane | None:
    if not isinstance(told, list) or len(told) != 2 or any(type(one) is not int for one in told):
        return None
    return SeatLane(*told) if told[0] > 0 and told[1] >= 0 else None
