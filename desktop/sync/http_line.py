# SPDX-License-Identifier: Apache-2.0
"""One HTTP/1.1 line, and what its silences and its statuses mean for sync."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from desktop.sync import pinned
from desktop.sync.carrier import Reach, Unanswered
from desktop.sync.envelope import read_json
from desktop.sync.protocol import BadMessage

if TYPE_CHECKING:
    import ssl

    import httpx

MOST_JSON: Final = 256 * 1024
CONNECT: Final = 30.0
_SEND: Final = 60.0
_HEAR: Final = 120.0
"""Seconds of silence: at the edge of a cell a packet may come after half a minute."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back over HTTP."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def client(context: ssl.SSLContext) -> httpx.Client:
    """A client of one connection that is kept, for one thread."""
    import httpx

    return httpx.Client(
        verify=context,
        http1=True,
        http2=False,
        follow_redirects=False,
        trust_env=True,  # the proxy of the system
        timeout=httpx.Timeout(_HEAR, connect=CONNECT, write=_SEND, pool=CONNECT),
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=90),
        headers={"User-Agent": "samut", "Accept": "*/*", "Accept-Encoding": "identity"},
    )


def milliseconds(at: datetime) -> int:
    """Since 1970."""
    return int(at.timestamp() * 1000)


def expect(reply: Reply, *statuses: int) -> None:
    """Raises :class:`Unanswered` unless the centre said one of these."""
    status = reply.status
    if status == 511 or 300 <= status < 400 or is_page(reply):
        raise Unanswered(Reach.PORTAL, str(status))
    if status in statuses:
        return
    if status in (408, 425, 429) or status >= 500:
        wait = reply.headers.get("Retry-After", "")
        seconds = float(wait) if wait.isdecimal() and wait.isascii() else 0.0
        raise Unanswered(Reach.UNREACHABLE, str(status), min(seconds, 86_400.0))
    if status in (404, 405, 421):
        raise Unanswered(Reach.STRANGER, str(status))
    raise Unanswered(Reach.REFUSED, word_of(reply) or str(status))


def is_page(reply: Reply) -> bool:
    """Whether a page for a person came where the centre would have sent bytes."""
    page = reply.headers.get("Content-Type", "").startswith("text/html")
    return page and reply.status < 400


def word_of(reply: Reply) -> str:
    """The one word by which the centre says why not."""
    try:
        told = read_json(reply.body[:MOST_JSON])
    except BadMessage:
        return ""
    word = told.get("error", "") if isinstance(told, dict) else ""
    return word if isinstance(word, str) and word.isascii() and len(word) <= 40 else ""


def unanswered(wrong: httpx.HTTPError) -> Unanswered:
    """What an error of the line says about who is there."""
    import httpx

    refused = pinned.why(wrong)
    name = type(refused or wrong).__name__
    if refused is None or isinstance(wrong, httpx.TimeoutException | httpx.ProxyError):
        nowhere = httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError
        return Unanswered(Reach.UNREACHABLE, name, cut=not isinstance(wrong, nowhere))
    if isinstance(refused, pinned.NotPinned | pinned.OutOfDate):
        return Unanswered(Reach.STRANGER, name)
    if pinned.about_dates(refused):
        return Unanswered(Reach.CLOCK, name)
    if _is_verdict(refused):
        return Unanswered(Reach.PORTAL, name)
    # An end in the middle of the handshake is a bad line; a refusal to speak TLS 1.3 is a box
    # that stands between.
    word = getattr(refused, "reason", None) or name
    cut = "EOF" in word or "UNEXPECTED" in word or name in ("SSLEOFError", "SSLZeroReturnError")
    return Unanswered(Reach.UNREACHABLE if cut else Reach.PORTAL, word[:60])


def _is_verdict(refused: ssl.SSLError) -> bool:
    import ssl

    return isinstance(refused, ssl.SSLCertVerificationError)
