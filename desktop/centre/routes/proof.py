# SPDX-License-Identifier: Apache-2.0
"""``GET /v1/proofs``: the list of issuers and revoked certificates, signed, for laptops;
``GET /v``: the page on which anybody checks a certificate, with the list in it; of one without
a code it leads to the staff's page that looks a number up.

The codes of certificates may begin with the address of that page; what follows the ``#`` stays
in the browser, so that nobody at the centre learns which certificate is looked at.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from desktop.centre.door import OPEN, Call, Policy, Reply, Rule, Who
from desktop.centre.proof import Known
from desktop.model.proof_list import TrustList
from desktop.sync.issuer import write_list
from desktop.sync.verify_page import verify_page

if TYPE_CHECKING:
    from desktop.centre.centre import Centre
    from desktop.centre.database import Database

_FRESH: Final = 60.0
"""Seconds a list serves everybody who asks."""
_HEADERS: Final = {
    # The page brings its own policy, which lets its script run and nothing be fetched.
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}


@dataclass(slots=True)
class _Held:
    """What this process knows of one centre, its last list, and when that was made."""

    database: Database | None = None
    known: Known = field(default_factory=Known)
    at: float = 0.0
    told: TrustList | None = None


_held: Final = _Held()
_one: Final = threading.Lock()


def _told(centre: Centre) -> TrustList:
    """The list, made at most once a minute however many ask, out of what came since."""
    now = centre.now()
    with _one:
        if _held.database is not centre.database:
            _held.database, _held.known, _held.told = centre.database, Known(), None
        if _held.told is None or not 0 <= now.timestamp() - _held.at < _FRESH:
            with centre.database.read(snapshot=True) as conn:
                made = _held.known.told(conn, centre.identity.id, centre.config.centre.name, now)
            _held.at, _held.told = now.timestamp(), made
        return _held.told


def _list(centre: Centre, _call: Call) -> Reply:
    return Reply(
        write_list(_told(centre), centre.identity.keys.signing), media_type="application/json"
    )


def _page(centre: Centre, _call: Call) -> Reply:
    return Reply(
        verify_page([_told(centre)], "/verify/"),
        media_type="text/html; charset=utf-8",
        headers=_HEADERS,
    )


def _first(_centre: Centre, _call: Call) -> Reply:
    """Whoever types the name of the centre alone has a certificate in hand."""
    return Reply(status=303, media_type="text/plain", headers={"Location": "/verify/"})


RULES = (
    Rule(
        "GET", "/v1/proofs", Policy(Who.SIGNED, OPEN, scope="keys and numbers, no person"), _list
    ),
    Rule("GET", "/v", Policy(Who.ANYONE), _page),
    Rule("GET", "/", Policy(Who.ANYONE), _first),
)
