# SPDX-License-Identifier: Apache-2.0
"""How a laptop first speaks to the centre: it has a code, an address and perhaps a pin."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from desktop.sync import pinned
from desktop.sync.carrier import Reach, Unanswered
from desktop.sync.http_line import (
    CONNECT,
    MOST_JSON,
    Reply,
    client,
    expect,
    is_page,
    milliseconds,
    unanswered,
    word_of,
)
from desktop.sync.https import Clock
from desktop.sync.keys import Keys
from desktop.sync.signing import sign_call


def authority_of(url: str, pin: str) -> str:
    """The authority (PEM) with this pin that the centre at ``url`` shows; for joining.

    Raises :class:`Unanswered`.
    """
    where = urlsplit(url)
    host, port = where.hostname or "", where.port or 443
    try:
        return pinned.authority_shown((host, port), host, pin, CONNECT)
    except pinned.NotPinned as wrong:
        raise Unanswered(Reach.STRANGER, "pin") from wrong
    except OSError as wrong:
        raise Unanswered(Reach.UNREACHABLE, type(wrong).__name__) from wrong


def enrol(url: str, pin: str, told: Mapping[str, Any], keys: Keys, clock: Clock) -> Reply:
    """Say ``told`` (a code, a device, its public keys …) to the centre at ``url``.

    With a pin only a centre of that authority hears it; without one the system must know its
    certificate. The reply is 200, or says in one word why not. Raises :class:`Unanswered`.
    """
    import httpx

    authority = authority_of(url, pin) if pin else ""
    body = json.dumps(dict(told), ensure_ascii=False).encode()
    path, device = "/v1/enrol", str(told["device"])
    headers = sign_call(keys.signing, device, "POST", path, created=milliseconds(clock()))
    headers["Content-Type"] = "application/json"
    # A code lives for a day and a pin came by hand: the dates of the certificate say no more.
    trusted = pinned.context(authority, (pin,) if pin else (), check_time=not authority)
    with client(trusted) as line:
        try:
            answer = line.post(url + path, content=body, headers=headers)
        except httpx.HTTPError as wrong:
            raise unanswered(wrong) from wrong
    reply = Reply(answer.status_code, answer.headers, answer.content[:MOST_JSON])
    if reply.status == 200 or word_of(reply):
        if is_page(reply):
            raise Unanswered(Reach.PORTAL, "page")
        return reply
    expect(reply, 200)
    return reply
