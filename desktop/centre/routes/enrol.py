# SPDX-License-Identifier: Apache-2.0
"""``POST /v1/enrol``: a laptop joins with a one-time code and is known by its key from then on.

The headers are signed with the key in the body, so that nobody joins with another's key. The
code bounds what is given: a facilitator who is new gets the role and areas it was made with, and
one who is known keeps hers only where the code reaches as far.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import Connection

from desktop.centre import audit
from desktop.centre.account import (
    Account,
    Office,
    OtherOffice,
    account_of,
    invitations,
    invite,
    keep_account,
    keep_office,
    office,
)
from desktop.centre.device import Device, KnownDevice, clock_offset, keep_device
from desktop.centre.door import Call, Policy, Refusal, Reply, Rule, Who, often, told
from desktop.centre.joining_code import CodeRefused, JoiningCode, use_code
from desktop.centre.ledger import CentreLedger
from desktop.sync.device_certificate import DAYS, DeviceCertificate, Holder, issue
from desktop.sync.envelope import Forged, read_json
from desktop.sync.keys import PublicKeys
from desktop.sync.protocol import BadMessage
from desktop.sync.signing import DEVICE, check_call

if TYPE_CHECKING:
    from desktop.centre.centre import Centre

PATH: Final = "/v1/enrol"
_MOST_PEOPLE: Final = 50


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a laptop says of itself."""

    code: str
    device: str
    name: str
    keys: PublicKeys
    people: tuple[tuple[str, str], ...]
    """Id and name of each facilitator on it."""
    office: tuple[str, str]
    """Id and name of the office its own records stand in; empty when it has none yet."""
    now: str


def _join(centre: Centre, call: Call) -> Reply:
    asked = _asked(call.body)
    often(centre.limits.may_guess(call.address))
    if call.headers.get(DEVICE, "") != asked.device:
        raise Refusal(401, "forged")
    try:
        check_call(call.headers, asked.keys.signing, "POST", PATH)
    except Forged as wrong:
        raise Refusal(401, "forged") from wrong
    try:
        code = use_code(centre.database, asked.code, asked.device)
    except CodeRefused as refused:
        if refused.reason == "wrong":
            centre.limits.guessed_wrong(call.address)
            raise Refusal(403, "code") from refused
        raise Refusal(410, refused.reason) from refused
    try:
        with centre.database.write() as conn:
            home = _home(conn, centre, code, asked)
            people = _people(conn, centre, code, asked)
            device = keep_device(
                conn, centre.database,
                Device(
                    asked.device, home.id, code.name or asked.name, asked.keys.signing,
                    asked.keys.sealing,
                ),
                [one.id for one in people],
            )  # fmt: skip
            note = audit.Note("join", "device", device.id, str(len(people)))
            audit.note(conn, centre.database, [note], by=code.made_by, device=device.id)
    except KnownDevice as refused:
        raise Refusal(409, "device") from refused
    except OtherOffice as refused:
        raise Refusal(409, "facilitator") from refused
    centre.metrics.add("samut_joined_total")
    return _welcome(centre, asked, device, home, people)


def _people(
    conn: Connection, centre: Centre, code: JoiningCode, asked: _Asked
) -> tuple[Account, ...]:
    people = []
    for person_id, name in asked.people:
        known = account_of(conn, person_id)
        if known is None:
            known = Account(person_id, code.office, name, code.role, code.areas)
            keep_account(conn, centre.database, known)
        elif known.office != code.office or not known.active or not _reaches(code, known):
            raise Refusal(409, "facilitator")
        people.append(known)
    return tuple(people)


def _reaches(code: JoiningCode, account: Account) -> bool:
    """Whether the code gives all that the account has: otherwise a code for one is a way to
    another's areas."""
    return (account.role == "facilitator" or code.role == "supervisor") and all(
        area.startswith(code.areas) for area in account.areas
    )


def _home(conn: Connection, centre: Centre, code: JoiningCode, asked: _Asked) -> Office:
    """The code's office. What the laptop wrote before it joined stands under the id its own
    office had; that scope is opened to the whole office, unless it is somebody else's."""
    home = office(conn, code.office)
    if home is None:
        raise Refusal(410, "expired")
    own, _name = asked.office
    if own and own != home.id:
        scope = f"o:{own}"
        guests = invitations(conn, scope)
        if office(conn, own) is None and guests in ((), (f"o:{home.id}",)):
            keep = asked.office[1] or home.name
            keep_office(conn, centre.database, Office(own, keep, home.area))
            invite(conn, centre.database, scope, f"o:{home.id}", code.made_by)
        elif f"o:{home.id}" not in guests:
            raise Refusal(409, "office")
    return home


def _welcome(
    centre: Centre, asked: _Asked, device: Device, home: Office, people: tuple[Account, ...]
) -> Reply:
    now = centre.now().replace(microsecond=0)
    epoch = CentreLedger(centre.database).epoch()
    who, keys = centre.identity.id, centre.identity.keys
    certificate = DeviceCertificate(
        who, device.id, device.name, asked.keys, home.id,
        tuple(Holder(one.id, one.role, one.areas) for one in people),
        epoch, now, now + timedelta(days=DAYS),
    )  # fmt: skip
    skew = clock_offset(asked.now, now)
    reply = told(
        {
            "certificate": issue(certificate, keys.signing),
            "centre": {
                "id": who, "name": centre.config.centre.name, **keys.public.to_json(),
                "ca": centre.authority, "pin": centre.pin,
            },
            "office": {"id": home.id, "name": home.name, "area": home.area},
            "accounts": [
                {"id": one.id, "name": one.name, "role": one.role, "areas": list(one.areas)}
                for one in people
            ],
            "epoch": epoch,
            "now": now.isoformat(),
        }
    )  # fmt: skip
    return Reply(
        reply.body, reply.status, reply.media_type,
        told={"device": device.id, "skew": 0 if skew is None else skew // 1000},
    )  # fmt: skip


def _asked(body: bytes) -> _Asked:
    try:
        said = read_json(body)
        people = tuple((_id(one["id"]), _text(one["name"])) for one in said["facilitators"])
        own = said.get("office") or {"id": "", "name": ""}
        asked = _Asked(
            _text(said["code"], 64), str(UUID(_text(said["device"], 36))), _text(said["name"]),
            PublicKeys.from_json(said), people,
            (_id(own["id"]) if own["id"] else "", _text(own.get("name", ""))),
            _text(said["now"], 64),
        )  # fmt: skip
    except (BadMessage, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Refusal(400, "malformed") from wrong
    if len(people) > _MOST_PEOPLE or len({one for one, _name in people}) != len(people):
        raise Refusal(400, "malformed")
    return asked


def _text(value: Any, longest: int = 200) -> str:
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        raise ValueError("text")
    return value


def _id(value: Any) -> str:
    text = _text(value, 100)
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("id")
    return text


RULES = (Rule("POST", PATH, Policy(Who.CODE, scope="of the code"), _join),)
