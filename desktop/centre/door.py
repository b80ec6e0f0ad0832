# SPDX-License-Identifier: Apache-2.0
"""The one door of the service: who may come in, how often, and what is told about it afterwards.

A route is a :class:`Rule`: its path, its policy and its work, together or not at all. The work
is a plain function that runs in a thread with what came in already believed; it knows nothing of
HTTP but a status and a few headers. Whatever it raises that is no :class:`Refusal` is a bug: the
caller hears 500 and one word, the log the class and the place.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from anyio import CancelScope, CapacityLimiter, to_thread
from starlette.concurrency import iterate_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from desktop.centre import log as lines
from desktop.centre.database import Busy
from desktop.centre.device import Device, Standing
from desktop.centre.limits import TooOften
from desktop.centre.rights import Rights, rights_of
from desktop.sync.envelope import MOST_ENVELOPE, Envelope, Forged, Kind, open_envelope, read_head
from desktop.sync.protocol import BadMessage
from desktop.sync.signing import DEVICE, LENGTH, OFFSET, check_call

if TYPE_CHECKING:
    from desktop.centre.centre import Centre

_log = logging.getLogger("desktop.centre.door")
_JSON: Final = "application/json"
_SMALL: Final = 64 * 1024
_PART: Final = 256 * 1024
"""A streamed body is handed to its work in parts of this many bytes."""
_MOST_NUMBER: Final = 2**53


class Who(StrEnum):
    """How a caller shows who he is."""

    ANYONE = "anyone"
    """Not at all: nothing personal is told, and nothing is changed."""
    CODE = "code"
    """By a joining code in the body, which the work itself judges."""
    SEALED = "sealed"
    """A device, by the signature of the envelope in the body."""
    SIGNED = "signed"
    """A device, by the signature in the headers."""
    LOCAL = "local"
    """From the centre's own machine, past no proxy."""


OPEN: Final[frozenset[Standing]] = frozenset({"open"})
GRACE: Final[frozenset[Standing]] = frozenset({"open", "grace"})
"""A revoked device may hand over what it has not sent."""
KNOWN: Final[frozenset[Standing]] = frozenset({"open", "grace", "closed"})
"""And it is told that it is closed, by an answer it can believe."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may call a route."""

    who: Who
    standings: frozenset[Standing] = frozenset()
    """How a device may stand."""
    scope: str = ""
    """What is checked of the device's scopes, by whom: for people who read the table."""
    most_bytes: int = _SMALL


class Refusal(Exception):
    """What a caller asked for is not done. ``word`` is for a program and tells of nobody."""

    def __init__(self, status: int, word: str, **headers: str) -> None:
        super().__init__(word)
        self.status, self.word = status, word
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(frozen=True, slots=True)
class Call:
    """One request, as a route's work sees it."""

    path: str
    parts: Mapping[str, str]
    """What stood in the path's braces."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    address: str
    body: bytes = b""
    rights: Rights | None = None
    """What the believed device may do, where the policy asks for one."""
    envelope: Envelope | None = None
    """What the body said, where the policy is ``SEALED``."""

    @property
    def device(self) -> Device:
        """The believed device."""
        if self.rights is None or self.rights.device is None:
            raise LookupError("this route's policy asks for no device")
        return self.rights.device

    def number(self, header: str, otherwise: int | None = None) -> int:
        """A header that is a plain number; :class:`Refusal` (400) for anything else."""
        text = self.headers.get(header, "")
        if not text and otherwise is not None:
            return otherwise
        if not (text.isascii() and text.isdecimal()) or int(text[:20]) > _MOST_NUMBER:
            raise Refusal(400, "malformed")
        return int(text)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a route's work answers."""

    body: bytes = b""
    status: int = 200
    media_type: str = "application/octet-stream"
    headers: Mapping[str, str] = field(default_factory=dict)
    chunks: Iterator[bytes] | None = None
    """Instead of ``body``, for what is too large to be held."""
    told: Mapping[str, Any] = field(default_factory=dict)
    """For the log; fields of :data:`desktop.centre.log.FIELDS`."""


def told(value: Any, status: int = 200, **headers: str) -> Reply:
    """A reply in JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    named = {name.replace("_", "-"): one for name, one in headers.items()}
    return Reply(text.encode(), status, _JSON, named)


class Sink(Protocol):
    """Where a streamed body goes, part by part."""

    def write(self, part: bytes) -> None: ...

    def end(self) -> Reply:
        """Called once, also when the body was cut: what came is kept."""

    def close(self) -> None:
        """Give back what is held; called always and last."""


Work = Callable[["Centre", Call], Reply]
Opening = Callable[["Centre", Call], Sink]


@dataclass(frozen=True, slots=True)
class Rule:
    """A route and its policy."""

    method: str
    path: str
    policy: Policy
    work: Work | None = None
    opening: Opening | None = None
    """Instead of ``work``: takes the body part by part."""


def route(centre: Centre, rule: Rule, threads: CapacityLimiter) -> Route:
    """The rule as a route of Starlette. The endpoint carries its rule: ``endpoint.rule``."""

    async def endpoint(request: Request) -> Response:
        began = time.perf_counter()
        heard = 0
        try:
            reply, heard = await _answered(centre, rule, request, threads)
        except Refusal as no:
            reply = told({"error": no.word}, no.status)
            reply = Reply(reply.body, no.status, _JSON, no.headers, told={"reason": no.word})
            centre.metrics.add("samut_refused_total", route=rule.path, reason=no.word)
        except ClientDisconnect:
            reply = Reply(status=400, told={"reason": "cut"})
        except Busy:
            # The database could not do it now; nothing was done, and the caller asks again.
            reply = told({"error": "busy"}, 503, Retry_After="5")
        except Exception:  # noqa: BLE001 - the boundary of a request: the next must not hear of it
            _log.exception("fault", extra={"route": rule.path, "method": rule.method})
            reply = told({"error": "fault"}, 500)
        seconds = time.perf_counter() - began
        _note(centre, rule, reply, seconds, heard)
        return _response(reply, without_body=request.method == "HEAD")

    endpoint.rule = rule  # type: ignore[attr-defined]
    made = Route(rule.path, endpoint, methods=[rule.method], name=f"{rule.method} {rule.path}")
    if rule.method != "HEAD":
        # Starlette adds HEAD to GET by itself; here a method is only what has a policy.
        made.methods = {rule.method}
    return made


async def _answered(
    centre: Centre, rule: Rule, request: Request, threads: CapacityLimiter
) -> tuple[Reply, int]:
    policy = rule.policy
    address = request.client.host if request.client else ""
    often(centre.limits.ask("address", address))
    call = Call(
        request.scope.get("root_path", "") + request.scope["path"], request.path_params,
        request.query_params, request.headers, address,
    )  # fmt: skip
    if policy.who is Who.LOCAL and not _is_local(request):
        raise Refusal(403, "local")
    if _stated_length(request) > policy.most_bytes:
        raise Refusal(413, "large")
    if rule.opening is not None:
        return await _poured(centre, rule, call, request, threads)
    body = await _whole(request, policy.most_bytes)
    work = partial(_worked, centre, rule, replace(call, body=body))
    return await to_thread.run_sync(work, limiter=threads), len(body)


def _worked(centre: Centre, rule: Rule, call: Call) -> Reply:
    """In a thread: believe the caller, then do the work."""
    if rule.work is None:
        raise TypeError("a rule has work or an opening")
    return rule.work(centre, _believed(centre, rule, call))


async def _poured(
    centre: Centre, rule: Rule, call: Call, request: Request, threads: CapacityLimiter
) -> tuple[Reply, int]:
    opening = rule.opening
    if opening is None:
        raise TypeError("a rule has work or an opening")

    def begin() -> Sink:
        return opening(centre, _believed(centre, rule, call))

    sink = await to_thread.run_sync(begin, limiter=threads)
    try:
        heard = await _pour(sink, request, rule.policy.most_bytes, threads)
        return await to_thread.run_sync(sink.end, limiter=threads), heard
    finally:
        with CancelScope(shield=True):
            await to_thread.run_sync(sink.close, limiter=threads)


async def _pour(sink: Sink, request: Request, most: int, threads: CapacityLimiter) -> int:
    held, heard = bytearray(), 0
    try:
        async for chunk in request.stream():
            held += chunk
            heard += len(chunk)
            if heard > most:
                raise Refusal(413, "large")
            if len(held) >= _PART:
                await to_thread.run_sync(sink.write, bytes(held), limiter=threads)
                held.clear()
    except ClientDisconnect:
        # Nobody hears the answer, but what came is kept: the next call goes on from there. (What
        # the server had taken off the line and not handed on yet is lost: 64 KiB at most.)
        pass
    if held:
        await to_thread.run_sync(sink.write, bytes(held), limiter=threads)
    return heard


def _believed(centre: Centre, rule: Rule, call: Call) -> Call:
    """The call with its device, when the policy asks for one; :class:`Refusal` otherwise."""
    if rule.policy.who not in (Who.SEALED, Who.SIGNED):
        return call
    call = believed(centre, rule, call)
    often(centre.limits.ask("device", call.device.id))
    for account in call.rights.people if call.rights is not None else ():
        often(centre.limits.ask("account", account))
    return call


def believed(centre: Centre, rule: Rule, call: Call) -> Call:
    """The call of a device with that device, whatever carried it, however often it asks.

    Raises :class:`Refusal` for one that is unknown, forged, malformed or not let in.
    """
    policy = rule.policy
    envelope = None
    try:
        if policy.who is Who.SEALED:
            rights, device = _known(centre, read_head(call.body).device)
            envelope = open_envelope(call.body, device.ed25519, kind=Kind.REQUEST)
        else:
            rights, device = _known(centre, call.headers.get(DEVICE, ""))
            check_call(
                call.headers, device.ed25519, rule.method, call.path,
                offset=call.number(OFFSET, 0), length=call.number(LENGTH, 0),
            )  # fmt: skip
    except Forged as wrong:
        raise Refusal(401, "forged") from wrong
    except BadMessage as wrong:
        raise Refusal(400, "malformed") from wrong
    if rights.standing not in policy.standings:
        raise Refusal(403, "closed")
    return replace(call, rights=rights, envelope=envelope)


def _known(centre: Centre, name: str) -> tuple[Rights, Device]:
    rights = rights_of(centre.database, name)
    if rights.device is None:
        raise Refusal(401, "unknown")
    return rights, rights.device


def often(full: TooOften | None) -> None:
    """Refuse with 429 when a window is full."""
    if full is not None:
        raise Refusal(429, "often", Retry_After=str(full.seconds))


def _stated_length(request: Request) -> int:
    stated = request.headers.get("content-length", "0")
    if not (stated.isascii() and stated.isdecimal()):
        raise Refusal(400, "malformed")
    return int(stated[:20])


async def _whole(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Refusal(413, "large")
    return bytes(body)


def _is_local(request: Request) -> bool:
    host = request.client.host if request.client else ""
    passed = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "via"))
    return host in ("127.0.0.1", "::1") and not passed


def _note(centre: Centre, rule: Rule, reply: Reply, seconds: float, heard: int) -> None:
    route_, status = rule.path, str(reply.status)
    centre.metrics.add("samut_requests_total", route=route_, status=status, method=rule.method)
    centre.metrics.took(route_, seconds)
    centre.metrics.add("samut_received_bytes_total", heard, route=route_)
    centre.metrics.add("samut_sent_bytes_total", len(reply.body), route=route_)
    if rule.policy.who is Who.LOCAL or rule.path == "/healthz":
        return  # asked every few seconds
    extra = {
        "route": route_, "method": rule.method, "status": reply.status,
        "ms": round(seconds * 1000, 1), "received": heard, "sent": len(reply.body), **reply.told,
    }  # fmt: skip
    if "device" in extra:
        extra["device"] = lines.short(str(extra["device"]))
    _log.info("answered", extra=extra)


def _response(reply: Reply, *, without_body: bool) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        **reply.headers,
    }
    if reply.chunks is not None and not without_body:
        chunks: AsyncIterator[bytes] = iterate_in_threadpool(reply.chunks)
        return StreamingResponse(chunks, reply.status, headers, reply.media_type)
    body = b"" if without_body else reply.body
    return Response(body, reply.status, headers, reply.media_type if body else None)


SYNC_BYTES: Final = MOST_ENVELOPE
