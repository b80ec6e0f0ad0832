# SPDX-License-Identifier: Apache-2.0
"""``POST /v1/sync``: what a laptop has, and what it does not have yet, in one round trip.

The envelope was opened and its device is believed before this is called. What was read and
written is in the audit log before the answer leaves.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from desktop.centre import audit, setting
from desktop.centre.database import stamp
from desktop.centre.device import Device, Heard, device_of_incarnation, hearing, keep_incarnation
from desktop.centre.door import KNOWN, Call, Policy, Refusal, Reply, Rule, Who, believed
from desktop.centre.ledger import CentreLedger
from desktop.centre.rights import Rights
from desktop.sync.envelope import MEDIA_TYPE, MOST_ENVELOPE, Kind, seal
from desktop.sync.ledger import answer
from desktop.sync.protocol import Answer, BadMessage, Lease, Request

if TYPE_CHECKING:
    from desktop.centre.centre import Centre

_LENT: Final = "lent:"
_HEARD_LATELY: Final = timedelta(seconds=20)
"""A laptop that asks again so soon with nothing new is not written down again."""

THRIFTY: Final = 1024 * 1024
"""Bytes: who asks for no more rows than this has a line on which each byte is felt, or does not
know yet what it has."""


def _sync(centre: Centre, call: Call) -> Reply:
    envelope, rights = call.envelope, call.rights
    if envelope is None or rights is None:
        raise TypeError("the policy of this route gives both")
    try:
        request = Request.from_json(envelope.payload)
    except BadMessage as wrong:
        raise Refusal(400, "malformed") from wrong
    _claim(centre, request.device, call.device.id)
    now = centre.now()
    milliseconds = int(now.timestamp() * 1000)
    lent = lent_before(centre, call.device.id, request, envelope.nonce)
    made = answered(centre, request if lent is None else replace(request, leases=()), rights)
    if lent is not None:
        made = replace(made, leases=lent)
    elif made.leases:
        keep_lent(centre, call.device.id, made.leases, envelope.nonce)
    thrifty = request.budget <= THRIFTY
    reply = seal(
        Kind.ANSWER, centre.identity.id, made.to_json() if thrifty else made.to_text(),
        centre.identity.keys.signing, created=milliseconds, nonce=envelope.nonce, thrifty=thrifty,
    )  # fmt: skip
    ops = sum(len(push.ops) for push in request.push)
    rows = sum(len(page.rows) for page in made.pull)
    _count(centre, made, ops, rows)
    return Reply(
        reply,
        media_type=MEDIA_TYPE,
        told={
            "device": call.device.id, "ops": ops, "rows": rows, "scopes": len(request.pull),
            "epoch": request.epoch, "waiting": request.waiting, "photos": request.photos,
            "skew": (envelope.created - milliseconds) // 1000, "reason": made.refused,
        },
    )  # fmt: skip


def lent_before(
    centre: Centre, device: str, request: Request, nonce: bytes
) -> tuple[Lease, ...] | None:
    """The certificate numbers that were lent in answer to this very message, if it was the last
    of its laptop that asked for some: a stick may be read again and again."""
    if not request.leases:
        return None
    with centre.database.read() as conn:
        kept = setting.get(conn, _LENT + device)
    said = json.loads(kept) if kept else ["", []]
    return tuple(Lease(*one) for one in said[1]) if said[0] == nonce.hex() else None


def keep_lent(centre: Centre, device: str, lent: tuple[Lease, ...], nonce: bytes) -> None:
    """Note which numbers were lent in answer to which message."""
    said = [nonce.hex(), [[one.office, one.kind, one.year, one.first, one.last] for one in lent]]
    with centre.database.write() as conn:
        setting.put(conn, _LENT + device, json.dumps(said))


def answered(centre: Centre, request: Request, rights: Rights) -> Answer:
    """The answer to a believed request, with its audit; whatever carried it.

    ``rights`` are those of the device that signed it.
    """
    device = rights.device
    if device is None:
        raise ValueError("no device")
    now = centre.now()
    made = answer(
        CentreLedger(centre.database), request, rights,
        now=now.isoformat(timespec="milliseconds"), stamp=_stamp(int(now.timestamp() * 1000)),
    )  # fmt: skip
    pulled = [audit.Note("pull", "scope", page.scope, str(len(page.rows))) for page in made.pull]
    pushed = [audit.Note("push", "scope", one.scope, str(len(one.ops))) for one in request.push]
    told = Heard(
        now=request.now, waiting=request.waiting, photos=request.photos, app=request.app,
        schema_version=request.schema, epoch=request.epoch,
    )  # fmt: skip
    # A page without rows told nothing of anybody.
    notes = [one for one in (*pushed, *pulled) if one.detail != "0"]
    if notes or _is_news(device, told, stamp(now - _HEARD_LATELY)):
        with centre.database.write() as conn:
            hears = hearing(centre.database, device.id, told)
            audit.note(conn, centre.database, notes, by="", device=device.id, also=[hears])
    return made


def answered_envelope(centre: Centre, body: bytes) -> bytes:
    """The sealed answer to a sealed request that came by another way than HTTP.

    Raises :class:`Refusal` where HTTP would refuse.
    """
    call = Call("/v1/sync", {}, {}, {}, "", body)
    return _sync(centre, believed(centre, RULES[0], call)).body


def _is_news(device: Device, told: Heard, lately: str) -> bool:
    """Whether what a device says of itself is worth writing down: it asks again and again."""
    held = (device.waiting, device.photos, device.app, device.epoch)
    return device.last_contact < lately or held != (
        told.waiting, told.photos, told.app, told.epoch,
    )  # fmt: skip


def _claim(centre: Centre, name: str, device: str) -> None:
    """The name under which a device numbers its ops is its own for good."""
    with centre.database.read() as conn:
        owner = device_of_incarnation(conn, name)
    if not owner:
        with centre.database.write() as conn:
            keep_incarnation(conn, centre.database, name, device)
            owner = device_of_incarnation(conn, name)
    if owner != device:
        raise Refusal(409, "device")


def _stamp(milliseconds: int) -> str:
    """The centre's moment as a stamp of the laptops' clocks, later than all of that moment."""
    return f"{milliseconds:012x}-ffff-ffffffff"


def _count(centre: Centre, made: Answer, ops: int, rows: int) -> None:
    noted = {"conflict": 0, "superseded": 0, "quarantined": 0}
    for pushed in made.push:
        for _n, code, _detail in pushed.notes:
            if code in noted:
                noted[code] += 1
        if pushed.trouble:
            centre.metrics.add("samut_refused_total", route="/v1/sync", reason=pushed.trouble)
    if made.refused:
        centre.metrics.add("samut_refused_total", route="/v1/sync", reason=made.refused)
    centre.metrics.add("samut_ops_total", ops, outcome="received")
    for outcome, count in noted.items():
        centre.metrics.add("samut_ops_total", count, outcome=outcome)
    centre.metrics.add("samut_rows_total", rows)


RULES = (
    Rule(
        "POST",
        "/v1/sync",
        Policy(Who.SEALED, KNOWN, scope="each op and each page", most_bytes=MOST_ENVELOPE),
        _sync,
    ),
)
