# SPDX-License-Identifier: Apache-2.0
"""The hub's end of a hall: a small service in a thread of the laptop that opened it.

It knows who may speak and passes on what is said; what is said is the matter of whoever made it
(``answer``). Three calls: ``begin`` and ``prove`` join (``hall_code.py``), ``say`` carries an
envelope each way.
"""

from __future__ import annotations

import json
import logging
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from desktop.errors import Problem
from desktop.sync.envelope import (
    MOST_ENVELOPE,
    BadEnvelope,
    Forged,
    Kind,
    open_envelope,
    read_head,
    read_json,
    seal,
)
from desktop.sync.hall import MOST_NAME, MOST_SAID, PATH, Member, OpenHall, Standing
from desktop.sync.hall_code import TRIES, Exchange, Proofs, WrongShare, new_code, same
from desktop.sync.hall_tls import fingerprint, hub_context
from desktop.sync.keys import Keys
from desktop.sync.protocol import BadMessage

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

log = logging.getLogger(__name__)

_PENDING: Final = 16
"""Laptops that may be in the middle of joining at once."""
_PATIENCE: Final = 60.0
"""Seconds between the two calls of a join."""
_STARTING: Final = 10.0
_HERE: Final = 3.0
"""Seconds since its last word within which a laptop is certainly still here."""

Answer = Callable[[str, Any], Any]
"""``(device, what it asks) -> what it gets``; called in a thread, for desks that were let in."""


@dataclass(frozen=True, slots=True)
class _Joining:
    member: Member
    proofs: Proofs
    until: float


class Hub:
    """An open hall. ``start`` it, ``close`` it; everything may be called from any thread."""

    def __init__(
        self,
        hall: OpenHall,
        device: str,
        keys: Keys,
        answer: Answer,
        *,
        told: Callable[[], object] = lambda: None,
        keep: Callable[[OpenHall], object] = lambda _hall: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """``told`` is called after anything that a person should see; ``keep`` after a change of
        what is to be kept. ``now``: seconds since 1970, for the envelopes."""
        self._hall = hall
        self.device = device
        self._keys = keys
        self._answer = answer
        self._told, self._keep, self._now = told, keep, now
        self._session = secrets.token_hex(16)
        self._lock = threading.Lock()
        self._code = new_code()
        self._tries = TRIES
        self._joining: dict[bytes, _Joining] = {}
        self._numbers: dict[str, int] = {}
        self._heard: dict[str, float] = {}
        self._spoke: dict[str, float] = {}
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    # ---- what the hub's person sees and does

    @property
    def hall(self) -> OpenHall:
        return self._hall

    @property
    def code(self) -> str:
        """The code to show, or empty while joining rests."""
        return self._code if self._tries > 0 else ""

    @property
    def port(self) -> int:
        return self._hall.port

    def heard(self, device: str) -> float | None:
        """When a desk was last heard, in seconds since 1970; None for never."""
        return self._heard.get(device)

    def show_new_code(self) -> None:
        """Forget the old code; joining goes on when it rested."""
        with self._lock:
            self._code, self._tries = new_code(), TRIES
            self._joining.clear()
        self._told()

    def say_of(self, device: str, standing: Standing) -> None:
        """Let a desk in, or do not, or put it out. ``KeyError`` for one that never asked."""
        with self._lock:
            member = self._hall.member(device)
            if member is None:
                raise KeyError("no such desk")
            self._hall = self._hall.with_member(replace(member, standing=standing))
        self._keep(self._hall)
        self._told()

    def name_door(self, door: str) -> None:
        """Call the hub's own door so."""
        with self._lock:
            self._hall = replace(self._hall, door=door[:MOST_NAME])
        self._keep(self._hall)
        self._told()

    # ---- the service

    def start(self, host: str = "0.0.0.0") -> None:  # noqa: S104 - a hall is for its neighbours
        """Open the door: answer at ``port`` from now on, or at another if that is taken."""
        import uvicorn

        line = _bound(host, self._hall.port)
        config = uvicorn.Config(
            self._service(), log_config=None, access_log=False, lifespan="off", ws="none",
            server_header=False, limit_concurrency=64, timeout_graceful_shutdown=1, loop="asyncio",
            http="h11", timeout_keep_alive=30,
        )  # fmt: skip
        config.load()
        config.ssl = hub_context(self._hall.certificate)
        self._server = uvicorn.Server(config)
        with self._lock:
            self._hall = replace(self._hall, port=line.getsockname()[1])
        self._thread = threading.Thread(
            target=self._server.run, args=([line],), name="hall", daemon=True
        )
        self._thread.start()
        until = time.monotonic() + _STARTING
        while not self._server.started and self._thread.is_alive() and time.monotonic() < until:
            time.sleep(0.01)
        self._keep(self._hall)

    def close(self) -> None:
        """Stop answering. What was begun is finished; the desks go on by themselves."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(5)
            self._server = self._thread = None

    def _service(self) -> Starlette:
        from starlette.applications import Starlette
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import Response
        from starlette.routing import Route

        def route(name: str, work: Callable[[bytes], tuple[int, bytes]], most: int) -> Route:
            async def called(request: Request) -> Response:
                body = await _body(request, most)
                if body is None:
                    return Response(status_code=413)
                status, said = await run_in_threadpool(work, body)
                return Response(said, status, media_type="application/octet-stream")

            return Route(f"{PATH}/{name}", called, methods=["POST"])

        return Starlette(
            routes=[
                route("begin", self.begin, 2 * MOST_SAID),
                route("prove", self.prove, MOST_SAID),
                route("say", self.say, MOST_ENVELOPE),
            ]
        )

    # ---- joining

    def begin(self, body: bytes) -> tuple[int, bytes]:
        """The first call of a join: a share and what the desk says of itself."""
        try:
            told = read_json(body)
            session, share = bytes.fromhex(told["session"]), bytes.fromhex(told["share"])
            said: str = told["said"]
            member = _introduced(said)
            return self._begun(session, share, said, member)
        except (BadMessage, WrongShare, ValueError, KeyError, TypeError, AttributeError):
            return 400, b""

    def _begun(self, session: bytes, share: bytes, said: str, member: Member) -> tuple[int, bytes]:
        if len(session) != 16 or len(share) != 32:
            return 400, b""
        spoke = self._spoke.get(member.device)
        if member.device == self.device or (
            spoke is not None and time.monotonic() - spoke < _HERE
        ):
            # The same device is here already: this is a copy of its store, keys and all.
            return _refusal("copy")
        with self._lock:
            at = time.monotonic()
            self._joining = {known: one for known, one in self._joining.items() if one.until > at}
            if self._tries <= 0:
                return _refusal("tries")
            if session in self._joining or len(self._joining) >= _PENDING:
                return _refusal("busy")
            mine = Exchange(self._code, fingerprint(self._hall.certificate.der), session)
            about = json.dumps(
                {
                    "device": self.device, "door": self._hall.door, "hall": self._hall.id,
                    "event": self._hall.event_id, "name": self._hall.event_name,
                    "ed25519": self._keys.public.signing.hex(),
                },
                ensure_ascii=False,
            )  # fmt: skip
            proofs = mine.hub(about.encode(), share, said.encode())
            self._joining[session] = _Joining(member, proofs, at + _PATIENCE)
        return 200, json.dumps({"share": mine.share.hex(), "said": about}).encode()

    def prove(self, body: bytes) -> tuple[int, bytes]:
        """The second call: the desk proves that it knows the code, then so does the hub."""
        try:
            told = read_json(body)
            session, proof = bytes.fromhex(told["session"]), bytes.fromhex(told["proof"])
        except (BadMessage, ValueError, KeyError, TypeError):
            return 400, b""
        with self._lock:
            joining = self._joining.pop(session, None)
            if joining is None:
                return _refusal("code")
            if self._tries <= 0:
                return _refusal("tries")
            if not same(proof, joining.proofs.desk):
                self._tries -= 1
                if self._tries <= 0:
                    self._joining.clear()
                refused = _refusal("code")
            else:
                refused = None
                self._hall = self._hall.with_member(joining.member)
                self._numbers.pop(joining.member.device, None)
        if refused is not None:
            self._told()
            return refused
        self._keep(self._hall)
        self._told()
        return 200, json.dumps({"proof": joining.proofs.hub.hex()}).encode()

    # ---- every message after that

    def say(self, body: bytes) -> tuple[int, bytes]:
        """An envelope from a desk; the answer is one too."""
        try:
            head = read_head(body)
        except BadEnvelope:
            return 400, b""
        member = self._hall.member(head.device)
        if member is None:
            return 401, b""
        try:
            asked = open_envelope(body, member.key, kind=Kind.HALL_REQUEST, device=member.device)
        except Forged:
            return 401, b""
        except BadMessage:
            return 400, b""
        told = asked.payload
        if not isinstance(told, dict) or told.get("hall") != self._hall.id:
            return 400, b""
        said = self._said(member, told)
        return 200, seal(
            Kind.HALL_ANSWER, self.device, said, self._keys.signing,
            created=int(self._now() * 1000), nonce=asked.nonce,
        )  # fmt: skip

    def _said(self, member: Member, told: dict[str, Any]) -> dict[str, Any]:
        said: dict[str, Any] = {
            "hall": self._hall.id, "session": self._session, "standing": member.standing,
        }  # fmt: skip
        number = told.get("n")
        with self._lock:
            last = self._numbers.get(member.device, 0)
            fresh = told.get("session") == self._session
            if fresh and isinstance(number, int) and number > last:
                self._numbers[member.device] = number
            else:
                fresh = False
        if not fresh:
            # The hub was started again, or this was said before: nothing of it is done.
            return said | {"standing": "again", "n": self._numbers.get(member.device, 0)}
        first = member.device not in self._heard
        self._heard[member.device] = self._now()
        self._spoke[member.device] = time.monotonic()
        if first:
            self._told()
        if member.standing != "in":
            return said
        self.know_as(told.get("as"), member.device)
        said |= {"doors": self._hall.doors(self.device)}
        if (lane := self._hall.lane(member.device)) is not None:
            said["seats"] = [lane.first, lane.lane]
        if "ask" in told:
            try:
                said["give"] = self._answer(member.device, told["ask"])
            except BadMessage:
                log.warning("a desk of the hall said something that cannot be read")
                said["standing"] = "unread"
            except Problem as problem:
                log.warning("the hub could not answer", extra={"kind": type(problem).__name__})
                said["standing"] = "later"
        return said

    def know_as(self, name: Any, device: str) -> None:
        """The store of a laptop signs its marks by this name now."""
        if not isinstance(name, str) or not 0 < len(name) <= 40:
            return
        with self._lock:
            before, self._hall = self._hall, self._hall.known_as(name, device)
        if before is not self._hall:
            self._keep(self._hall)


def _introduced(said: str) -> Member:
    """The desk that says this of itself. ``ValueError`` and the like for anything else."""
    if len(said.encode()) > MOST_SAID:
        raise ValueError("too much")
    told = read_json(said.encode())
    key = bytes.fromhex(told["ed25519"])
    door = told["door"]
    if len(key) != 32 or not isinstance(door, str) or not 0 < len(door) <= MOST_NAME:
        raise ValueError("not a desk")
    return Member(str(UUID(told["device"])), door, key)


def _refusal(why: str) -> tuple[int, bytes]:
    return 403, json.dumps({"refused": why}).encode()


async def _body(request: Request, most: int) -> bytes | None:
    """The body, or None for one that is longer than anybody means."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            return None
    return bytes(body)


def _bound(host: str, port: int) -> socket.socket:
    """A listening place at ``port``, or at any other when that one is taken."""
    for wanted in (port, 0):
        line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if hasattr(socket, "SO_REUSEADDR") and not hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((host, wanted))
        except OSError:
            line.close()
            if not wanted:
                raise
            continue
        return line
    raise AssertionError("unreachable")
