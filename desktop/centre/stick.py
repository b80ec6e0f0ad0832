# SPDX-License-Identifier: Apache-2.0
"""Sealed files that somebody carried to the centre, answered as if they had come over the line.

Each message in a file is believed, judged and written down exactly as one over HTTPS; only the
limits of how often a laptop may ask do not count here, because a person brought it. A file that
is read again changes nothing and gives a receipt that says the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.centre.attachment import TooLarge, WrongHash
from desktop.centre.device import device_of
from desktop.centre.door import GRACE, Refusal
from desktop.centre.routes.sync import answered_envelope
from desktop.errors import Problem
from desktop.i18n import _
from desktop.sync import courier
from desktop.sync.courier import Answered, Cut, NotOurs
from desktop.sync.envelope import Kind, seal
from desktop.sync.protocol import BadMessage
from desktop.sync.sealed_file import SUFFIX

if TYPE_CHECKING:
    from desktop.centre.centre import Centre

_RECEIPT: Final = courier.RECEIPT + SUFFIX


class StickProblem(Problem):
    """A sealed file was not taken; nothing of it was."""


def sealed_files(place: Path) -> tuple[Path, ...]:
    """``place`` itself, or the sealed files of laptops in a folder in the order of their names.

    Receipts are left out.
    """
    if not place.is_dir():
        return (place,)
    found = sorted(place.glob(f"*{SUFFIX}"))
    return tuple(one for one in found if not one.name.endswith(_RECEIPT))


def answer_stick(centre: Centre, file: Path, receipt: Path) -> Answered:
    """Take the sealed file of a laptop and write its receipt, whole or not at all.

    Raises :class:`StickProblem`, ``Busy`` (then take it again; what came twice counts once), and
    ``OSError`` of the stick.
    """
    who = centre.identity

    def put_blob(device: str, sha256: str, content: bytes) -> bool:
        return _keep(centre, device, sha256, content)

    def told(_device: str, nonce: bytes, said: dict[str, object]) -> bytes:
        created = int(centre.now().timestamp() * 1000)
        return seal(Kind.CARD, who.id, said, who.keys.signing, created=created, nonce=nonce)

    def key_of(device: str) -> bytes:
        with centre.database.read() as conn:
            found = device_of(conn, device)
        if found is None:
            raise Refusal(401, "unknown")
        return found.x25519

    try:
        with file.open("rb") as source:
            return courier.answer_file(
                source, receipt, key=who.keys.sealing, put_blob=put_blob, key_of=key_of, told=told,
                answer_one=lambda body: answered_envelope(centre, body),
            )  # fmt: skip
    except Refusal as no:
        raise StickProblem(_refusal(no.word)) from no
    except NotOurs as wrong:
        raise StickProblem(
            _("It was not sealed for this centre, or is no sealed file.")
        ) from wrong
    except Cut as wrong:
        raise StickProblem(
            _("It is damaged or was cut. The laptop can write it again.")
        ) from wrong
    except BadMessage as wrong:
        raise StickProblem(_("It holds no message of one laptop.")) from wrong


def _refusal(word: str) -> str:
    if word == "unknown":
        return _("This laptop never joined this centre. Make a joining code for it.")
    if word == "forged":
        return _("Its signature is not that laptop's. Nothing of it was believed.")
    if word == "device":
        return _("It is of a laptop that was copied from another. Let it join again.")
    return _("This program cannot read its messages. Install the newest one.")


def _keep(centre: Centre, device: str, sha256: str, content: bytes) -> bool:
    """Keep a photo whose bytes are what its name says; False when this device may not bring it.

    What came of it over the line before is gone on with.
    """
    with centre.database.read() as conn:
        known = device_of(conn, device)
    if known is None or known.standing(centre.database.stamp()) not in GRACE:
        return False
    if not content:
        return False
    for _attempt in range(2):
        here = centre.attachments.progress(sha256, device)
        if here.whole:
            return True
        try:
            with centre.attachments.part(sha256, device, here.offset, len(content)) as part:
                part.write(content[here.offset :])
                part.finish()
        except TooLarge:
            return False
        except WrongHash:
            continue  # the pieces that were here are thrown away now
        return True
    return False
