# SPDX-License-Identifier: Apache-2.0
"""The centre over the internet: one HTTP/1.1 connection that is kept, TLS 1.3, no redirects.

Made, used and closed in the one thread that syncs. Every request may be said twice, because all
of them mean the same the second time; so a kept connection that died in the meantime costs one
more try and nothing else.

When this computer's clock makes the centre's certificate look out of date, the centre is asked
for its time (signed, bound to the question, its authority and pin checked as ever), and the
certificate is judged by that. So a clock of 2019, or of the year 2569, stops nobody, and a
certificate that has really run out is still refused.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from desktop.sync import pinned
from desktop.sync.blob import Pace
from desktop.sync.carrier import BlobMissing, BlobRefused, Reach, Unanswered
from desktop.sync.envelope import (
    MEDIA_TYPE,
    MOST_ENVELOPE,
    Kind,
    new_nonce,
    open_envelope,
    seal,
)
from desktop.sync.http_line import MOST_JSON, Reply, client, expect, milliseconds, unanswered
from desktop.sync.keys import Keys, PublicKeys
from desktop.sync.load import Load
from desktop.sync.protocol import Answer, BadMessage, Request
from desktop.sync.signing import LENGTH, OFFSET, sign_call

if TYPE_CHECKING:
    import ssl

    import httpx

_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
"""The time now, with a zone."""
_PIECE: Final = 64 * 1024
_RECORD: Final = 2048
"""A record of TLS is opened whole or not at all: of a large one that was cut nothing arrives."""
_HASH_MISMATCH: Final = 460
_FAST: Final = 256 * 1024
"""Bytes a second from which on a quarter fewer of them are not worth the time to pack them."""


@dataclass(frozen=True, slots=True)
class CentreAddress:
    """Where the centre is and by what it is known."""

    url: str
    """``https://host[:port]``, no slash at its end."""
    id: str
    """The UUID it answers under."""
    keys: PublicKeys
    authority: str = ""
    """PEM of its own authority; empty when the system knows its certificate."""
    pins: tuple[str, ...] = ()
    """Of the key in use and of the next: of the authority, or without one of the server."""


class Https:
    """A :class:`~desktop.sync.carrier.Carrier` and a ``FileCarrier``."""

    def __init__(self, centre: CentreAddress, device: str, keys: Keys, clock: Clock) -> None:
        """``device`` is the UUID under which the centre knows these keys."""
        self._centre, self._device, self._keys, self._clock = centre, device, keys, clock
        self._client: httpx.Client | None = None
        self._trusted: ssl.SSLContext | None = None
        self._ahead: timedelta | None = None
        """Set once the clock here was found wrong: how far it is ahead of the centre's."""
        self._offset: float | None = None
        self._fast = False
        """By the last answer; a line of which nothing is known is taken for a slow one."""
        self.load = Load()
        self.pace = Pace()
        self.put_off: dict[str, float] = {}
        self.sent = 0
        self.received = 0
        """Bytes of bodies, both ways, since this was made."""

    @property
    def offset(self) -> float | None:
        return self._offset

    # ── messages ─────────────────────────────────────────────────────────────────────────────

    def ask(self, request: Request) -> Answer:
        nonce = new_nonce()
        fast, self._fast = self._fast, False
        asked = seal(
            Kind.REQUEST, self._device, request.to_json(), self._keys.signing,
            created=milliseconds(self._clock()), nonce=nonce, thrifty=not fast,
        )  # fmt: skip
        began = time.monotonic()
        reply = self._call(
            "POST", "/v1/sync", asked, {"Content-Type": MEDIA_TYPE}, most=MOST_ENVELOPE
        )
        took = time.monotonic() - began
        expect(reply, 200)
        self._fast = len(asked) + len(reply.body) > took * _FAST
        try:
            opened = open_envelope(
                reply.body, self._centre.keys.signing, kind=Kind.ANSWER, device=self._centre.id,
                nonce=nonce,
            )  # fmt: skip
            answer = Answer.from_json(opened.payload)
        except BadMessage as wrong:
            raise Unanswered(Reach.STRANGER, str(wrong)) from wrong
        self._offset = (milliseconds(self._clock()) - opened.created) / 1000 - took / 2
        return answer

    def get(self, path: str, most: int) -> bytes | None:
        """What the centre keeps under a path; None when it keeps nothing there.

        Raises :class:`Unanswered`.
        """
        reply = self._call("GET", path, headers=self._signed("GET", path), most=most)
        if reply.status == 404:
            return None
        expect(reply, 200)
        return reply.body

    # ── files ────────────────────────────────────────────────────────────────────────────────

    def blob_offset(self, sha256: str, size: int) -> int:
        path = f"/v1/blob/{sha256}"
        reply = self._call("HEAD", path, headers=self._signed("HEAD", path))
        if reply.status == 404:
            return 0
        expect(reply, 200, 204)
        return _offset(reply, size)

    def put_blob(self, sha256: str, offset: int, size: int, piece: bytes) -> int:
        path = f"/v1/blob/{sha256}"
        headers = self._signed("PATCH", path, offset, size) | {
            OFFSET: str(offset), LENGTH: str(size), "Content-Type": MEDIA_TYPE,
        }  # fmt: skip
        reply = self._call("PATCH", path, piece, headers)
        if reply.status in (_HASH_MISMATCH, 413, 422):
            raise BlobRefused(str(reply.status))
        expect(reply, 200, 201, 202, 204, 409)
        return size if reply.status in (200, 201) else _offset(reply, size)

    def get_blob(self, sha256: str, offset: int) -> Iterator[bytes]:
        path = f"/v1/blob/{sha256}"
        headers = self._signed("GET", path) | {"Range": f"bytes={offset}-"}
        with self._stream("GET", path, b"", headers) as response:
            if response.status_code == 404:
                raise BlobMissing("404")
            if response.status_code == 416:
                return
            whole = response.status_code == 200
            if not whole:
                expect(Reply(response.status_code, response.headers, b""), 206)
            passed = 0
            for part in response.iter_raw():  # as it comes: what came before a cut is kept
                self.received += len(part)
                fresh = part[max(0, offset - passed) :] if whole else part
                passed += len(part)
                if fresh:
                    yield fresh

    def _signed(self, method: str, path: str, offset: int = 0, length: int = 0) -> dict[str, str]:
        created = milliseconds(self._clock())
        return sign_call(
            self._keys.signing, self._device, method, path, created=created, offset=offset,
            length=length,
        )  # fmt: skip

    # ── the line ─────────────────────────────────────────────────────────────────────────────

    def close(self) -> None:
        """Hang up. The next call opens a new connection."""
        line, self._client = self._client, None
        if line is not None:
            line.close()

    def __enter__(self) -> Https:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _call(
        self, method: str, path: str, content: bytes = b"",
        headers: Mapping[str, str] | None = None, most: int = MOST_JSON,
    ) -> Reply:  # fmt: skip
        with self._stream(method, path, content, headers or {}) as response:
            body = bytearray()
            for part in response.iter_raw(_PIECE):
                self.received += len(part)
                body += part
                if len(body) > most:
                    raise Unanswered(Reach.STRANGER, "too long")
            return Reply(response.status_code, response.headers, bytes(body))

    @contextmanager
    def _stream(
        self, method: str, path: str, content: bytes, headers: Mapping[str, str]
    ) -> Iterator[httpx.Response]:
        """One call; every fault of the line is an :class:`Unanswered`."""
        import httpx

        try:
            response = self._sent(method, path, content, headers)
            try:
                yield response
            finally:
                response.close()
        except httpx.HTTPError as wrong:
            self.close()
            raise unanswered(wrong) from wrong

    def _sent(
        self, method: str, path: str, content: bytes, headers: Mapping[str, str]
    ) -> httpx.Response:
        import httpx

        kept = self._client is not None
        try:
            return self._send(method, path, content, headers)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            # The other end hung up while nothing was said, as it may after some idle minutes.
            if not kept:
                raise
            self.close()
        except httpx.ConnectError as wrong:
            refused = pinned.why(wrong)
            if refused is None or not pinned.about_dates(refused) or self._ahead is not None:
                raise
            self.close()
            self._ahead, self._trusted = self._clock_ahead(), None
        return self._send(method, path, content, headers)

    def _send(
        self, method: str, path: str, content: bytes, headers: Mapping[str, str]
    ) -> httpx.Response:
        if self._client is None:
            self._trusted = self._trusted or self._context()
            self._client = client(self._trusted)
        self.sent += len(content)
        told = dict(headers)
        if content:
            told["Content-Length"] = str(len(content))
        asked = self._client.build_request(
            method,
            self._centre.url + path,
            content=_records(content) if content else None,
            headers=told,
        )
        return self._client.send(asked, stream=True)

    def _context(self) -> ssl.SSLContext:
        ahead = self._ahead
        centre = self._centre
        try:
            if ahead is None:
                return pinned.context(centre.authority, centre.pins)
            judge = pinned.dates_judged_at(lambda: self._clock() - ahead)
            return pinned.context(centre.authority, centre.pins, judge, check_time=False)
        except pinned.NotPinned as wrong:
            raise Unanswered(Reach.STRANGER, "pin") from wrong

    def _clock_ahead(self) -> timedelta:
        """How far this computer's clock is ahead of the centre's, on its signed word."""
        import httpx

        nonce = new_nonce()
        try:
            trusted = pinned.context(self._centre.authority, self._centre.pins, check_time=False)
        except pinned.NotPinned as wrong:
            raise Unanswered(Reach.CLOCK, "pin") from wrong
        with client(trusted) as line:
            try:
                reply = line.get(f"{self._centre.url}/v1/time", params={"nonce": nonce.hex()})
            except httpx.HTTPError as wrong:
                raise unanswered(wrong) from wrong
        try:
            card = open_envelope(
                reply.content, self._centre.keys.signing, kind=Kind.CARD, device=self._centre.id,
                nonce=nonce,
            )  # fmt: skip
        except BadMessage as wrong:
            raise Unanswered(Reach.CLOCK, str(wrong)) from wrong
        if not isinstance(card.payload, dict) or card.payload.get("card") != "time":
            raise Unanswered(Reach.CLOCK, "card")
        ahead = timedelta(milliseconds=milliseconds(self._clock()) - card.created)
        _log.info("the clock is wrong", extra={"seconds": round(ahead.total_seconds())})
        return ahead


def _records(content: bytes) -> Iterator[bytes]:
    for at in range(0, len(content), _RECORD):
        yield content[at : at + _RECORD]


def _offset(reply: Reply, size: int) -> int:
    """Where the centre says the file goes on."""
    text = reply.headers.get(OFFSET, "")
    if not text.isdecimal() or not text.isascii() or int(text) > size:
        raise Unanswered(Reach.STRANGER, "offset")
    return int(text)
