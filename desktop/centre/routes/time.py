# SPDX-License-Identifier: Apache-2.0
"""``GET /v1/time``: the centre's clock, signed, for a laptop whose own is wrong.

The question's nonce comes back in the answer, so an old answer cannot be played again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.centre.door import Call, Policy, Refusal, Reply, Rule, Who
from desktop.sync.envelope import MEDIA_TYPE, NONCE_BYTES, Kind, seal

if TYPE_CHECKING:
    from desktop.centre.centre import Centre


def _tell(centre: Centre, call: Call) -> Reply:
    try:
        nonce = bytes.fromhex(call.query.get("nonce", ""))
    except ValueError as wrong:
        raise Refusal(400, "malformed") from wrong
    if len(nonce) != NONCE_BYTES:
        raise Refusal(400, "malformed")
    now = centre.now()
    milliseconds = int(now.timestamp() * 1000)
    said = {"card": "time", "now": now.isoformat(timespec="milliseconds"), "ms": milliseconds}
    who = centre.identity
    card = seal(
        Kind.CARD, who.id, said, who.keys.signing, created=milliseconds, nonce=nonce
    )  # fmt: skip
    return Reply(card, media_type=MEDIA_TYPE)


RULES = (Rule("GET", "/v1/time", Policy(Who.ANYONE), _tell),)
