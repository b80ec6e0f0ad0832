# SPDX-License-Identifier: Apache-2.0
"""This laptop joins the office's centre: with a one-time code, and never because it must.

The laptop makes its keys, tells the centre the public ones together with the code, and keeps
what the centre says back (who it is, which areas are this laptop's). The private keys stay in the
encrypted store. Nothing that was written before is changed by it; it begins to be sent.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from desktop.actions.casework import narrow
from desktop.actions.done import Done
from desktop.actions.office import people_here
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.facilitator import Office
from desktop.store import centre, facilitator
from desktop.store.clock import system_clock
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.sync.carrier import Reach, Unanswered
from desktop.sync.envelope import read_json
from desktop.sync.invitation import Invitation, read_invitation
from desktop.sync.keys import Keys
from desktop.sync.protocol import BadMessage
from desktop.thai.digits import to_arabic
from desktop.thai.keyboard import to_us

_THAI: Final = re.compile("[ก-ฮะ-ฺเ-๎]")
_PLACE: Final = re.compile(
    r"(?:https://)?(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::(?P<port>[0-9]{1,5}))?"
)
_CODE: Final = re.compile(r"[0-9A-Z]{4,40}")


class JoiningProblem(Problem):
    """The centre could not be joined; says what to do."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What the centre said of this laptop."""

    centre: str
    """Its name, otherwise its address."""
    office: str
    people: tuple[str, ...]
    """Names of the facilitators of this laptop whom the centre knows."""
    areas: tuple[str, ...]
    """Area codes; an empty text among them means the whole country."""


def read_typed(typed: str, address: str = "") -> Invitation:
    """The invitation in what was scanned, pasted or typed: a link, or a code and an address.

    The keyboard may have been left on its Thai layout. Raises :class:`JoiningProblem`.
    """
    text = _latin(typed)
    if "://" in text:
        try:
            return read_invitation(text)
        except ValueError as error:
            raise JoiningProblem(
                _("This is not a code of a centre. Ask the centre's staff for a new one.")
            ) from error
    code = re.sub(r"[\s-]", "", text).upper()
    if not _CODE.fullmatch(code):
        raise JoiningProblem(_("Type the code as the centre wrote it, for example ABCDE-FGHIJ."))
    return Invitation(_address(address), code)


def _address(typed: str) -> str:
    text = _latin(typed).rstrip("/")
    if not text:
        raise JoiningProblem(_("Type the address of the centre, or scan its QR code."))
    where = _PLACE.fullmatch(text)
    if where is None or int(where["port"] or 443) > 65_535:
        raise JoiningProblem(
            _("This is not an address of a centre. It looks like sync.example.go.th.")
        )
    return "https://" + where["host"].lower() + (f":{where['port']}" if where["port"] else "")


def _latin(typed: str) -> str:
    text = typed.strip()
    return (to_us(text) if _THAI.search(text) else to_arabic(text)).strip()


def read_picture(path: Path) -> str:
    """The text of the QR code in a picture file. Raises :class:`JoiningProblem`."""
    # Loaded here: a picture is read once in the life of a laptop.
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            picture.thumbnail((3000, 3000))
            found = zxingcpp.read_barcodes(picture.convert("L"))
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise JoiningProblem(_("This picture cannot be read. Choose a PNG or JPEG.")) from error
    texts = [one.text for one in found if one.text]
    if not texts:
        raise JoiningProblem(
            _("There is no QR code in this picture. Take it again, straight and near.")
        )
    return next((text for text in texts if "://" in text), texts[0])


def join(
    store: Store,
    by: str,
    invitation: Invitation,
    *,
    clock: Callable[[], datetime] = system_clock,
) -> Done:
    """Join the centre of ``invitation``; ``value`` is :class:`Joined`. Slow, for a thread.

    A code that was used and whose answer was lost may be used again by this laptop. Raises
    :class:`JoiningProblem`; nothing is changed then.
    """
    own_keys = _own_keys(store, by)
    # It gets what they may receive: nobody is told who only came with the rows of the office.
    people = people_here(store)
    with store.read() as conn:
        own = facilitator.office_or_none(conn)
    told = {
        "code": invitation.code,
        "device": store.device,
        "name": platform.node()[:60] or "samut",
        **own_keys.public.to_json(),
        "facilitators": [{"id": one.id, "name": one.name} for one in people],
        # What was written so far stands in the records of this office.
        "office": {"id": own.id, "name": own.name} if own is not None else None,
        "now": clock().isoformat(),
    }
    answer = _ask(invitation, told, own_keys, clock)
    with store.write(by) as write:
        # The name the centre knows this laptop by; a copy of the store goes on under another.
        centre.join(write, {**answer, "device": told["device"]}, invitation.address)
        _belong(write, answer.get("office"))
        # Before anything is sent: an older version kept restricted cases with their tambon.
        narrow(write)
    return Done(frozenset({"sync", "office"}), joined_of(answer, invitation.address))


def _belong(write: Write, told: object) -> None:
    """One office has one register and one list of people, whatever each laptop founded."""
    if isinstance(told, Mapping) and told.get("id") and told.get("name"):
        named = Office(str(told["id"]), str(told["name"]), str(told.get("area") or ""))
        facilitator.belong_to(write, named)


def _own_keys(store: Store, by: str) -> Keys:
    """The keys of this laptop, made the first time."""
    with store.read() as conn:
        held = centre.device_keys(conn)
    if held is not None:
        return Keys(*held)
    keys = Keys.make()
    with store.write(by) as write:
        if (held := centre.device_keys(write.conn)) is not None:
            return Keys(*held)
        centre.keep_device_keys(write, keys.signing, keys.sealing)
    return keys


def _ask(
    invitation: Invitation,
    told: Mapping[str, Any],
    keys: Keys,
    clock: Callable[[], datetime],
) -> dict[str, Any]:
    # Loaded here: it brings the network libraries, which take a quarter of a second.
    from desktop.sync.enrol import enrol

    try:
        reply = enrol(invitation.address, invitation.pin, told, keys, clock)
        answer = read_json(reply.body)
    except Unanswered as silence:
        raise JoiningProblem(_silence(silence.reach)) from silence
    except BadMessage as wrong:
        raise JoiningProblem(_silence(Reach.STRANGER)) from wrong
    if not isinstance(answer, dict):
        raise JoiningProblem(_silence(Reach.STRANGER))
    if reply.status != 200:
        raise JoiningProblem(_refusal(str(answer.get("error", ""))))
    return answer


def _silence(reach: Reach) -> str:
    if reach is Reach.PORTAL:
        return _("This Wi-Fi wants you to log in first. Open a web page, log in, try again.")
    if reach is Reach.STRANGER:
        return _(
            "What answers at this address is not the centre. Check the address, or scan the "
            "centre's QR code again."
        )
    if reach is Reach.CLOCK:
        return _("This computer's clock is wrong. Set the date and the hour, then try again.")
    if reach is Reach.REFUSED:
        return _("The centre does not take this code. Ask its staff for a new one.")
    return _(
        "The centre cannot be reached now. Check the address and the connection, and try again "
        "later. The code stays good until it is used or out of date."
    )


def _refusal(word: str) -> str:
    again = _("Ask the centre's staff; they see this computer on their page.")
    told = {
        "code": _("The centre does not know this code. Type it as it stands on the paper."),
        "expired": _("This code is out of date. Ask the centre's staff for a new one."),
        "used": _("This code was used on another computer. Ask for a new one."),
        "often": _("Too many codes were tried. Wait a quarter of an hour, then try again."),
        "busy": _("The centre is busy. Try again in a minute."),
        "device": _("The centre knows this computer by another key.") + " " + again,
        "facilitator": _(
            "A facilitator of this computer belongs to another office at the centre, or has "
            "areas this code does not give."
        )
        + " "
        + again,
        "office": _("The records of this computer belong to another office.") + " " + again,
    }
    return told.get(word, _silence(Reach.REFUSED))


def joined_of(told: Mapping[str, Any], address: str) -> Joined:
    """What a centre's answer says, as far as a person needs it."""
    people = [one for one in told.get("accounts", ()) if isinstance(one, Mapping)]
    areas = {str(code) for one in people for code in one.get("areas", ())}
    return Joined(
        _named(told.get("centre")) or address.removeprefix("https://"),
        _named(told.get("office")),
        tuple(name for one in people if (name := _named(one))),
        tuple(sorted(areas)),
    )


def _named(told: object) -> str:
    return str(told.get("name", "")) if isinstance(told, Mapping) else ""
