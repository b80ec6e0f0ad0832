# SPDX-License-Identifier: Apache-2.0
"""What the centre says of a laptop, signed, so that another laptop believes it with no network.

Canonical JSON and an Ed25519 signature of the centre over it. It holds no person's name. For one
year, and only for the history of the centre it was issued in or a later one: whoever holds a
certificate of a history the centre has left still shows the same keys, so ``epoch`` is told and
not judged here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from desktop.model.chain import canonical
from desktop.sync.envelope import Forged, read_json
from desktop.sync.keys import PublicKeys
from desktop.sync.protocol import CONTEXT, BadMessage

DAYS: Final = 365
_SEPARATOR: Final = "."
_LONGEST: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Holder:
    """A facilitator who works on the laptop."""

    account: str
    role: str
    """``facilitator`` or ``supervisor``."""
    areas: tuple[str, ...]
    """Beginnings of area codes; ``""`` is the whole country."""


@dataclass(frozen=True, slots=True)
class DeviceCertificate:
    """One laptop as the centre knows it."""

    centre: str
    """The centre's UUID."""
    device: str
    label: str
    """What people call this laptop."""
    keys: PublicKeys
    office: str
    holders: tuple[Holder, ...]
    epoch: int
    issued: datetime
    not_after: datetime

    def expired(self, now: datetime) -> bool:
        """Whether its year is over."""
        return now > self.not_after


def issue(certificate: DeviceCertificate, key: bytes) -> str:
    """The certificate as text, signed with the centre's Ed25519 private key."""
    said = canonical(_to_json(certificate))
    signature = Ed25519PrivateKey.from_private_bytes(key).sign(_signed(said))
    return f"{signature.hex()}{_SEPARATOR}{said}"


def read_certificate(text: str, key: bytes) -> DeviceCertificate:
    """The certificate in ``text``, believed: ``key`` is the centre's Ed25519 public key.

    Raises :class:`Forged`, or :class:`BadMessage` for what cannot be read.
    """
    signature, separator, said = text.partition(_SEPARATOR)
    if not separator or len(text) > _LONGEST:
        raise BadMessage("certificate")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(signature), _signed(said))
    except (InvalidSignature, ValueError) as wrong:
        raise Forged("certificate") from wrong
    try:
        return _from_json(read_json(said.encode()))
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadMessage("certificate") from wrong


def _signed(said: str) -> bytes:
    return f"{CONTEXT}-device\0{said}".encode()


def _to_json(certificate: DeviceCertificate) -> dict[str, Any]:
    return {
        "centre": certificate.centre,
        "device": certificate.device,
        "label": certificate.label,
        "office": certificate.office,
        "holders": [[one.account, one.role, list(one.areas)] for one in certificate.holders],
        "epoch": certificate.epoch,
        "issued": certificate.issued.astimezone(UTC).isoformat(timespec="seconds"),
        "not_after": certificate.not_after.astimezone(UTC).isoformat(timespec="seconds"),
        **certificate.keys.to_json(),
    }


def _from_json(told: Any) -> DeviceCertificate:
    names = ("centre", "device", "label", "office")
    centre, device, label, office = (str(told[name]) for name in names)
    issued, not_after = (datetime.fromisoformat(told[name]) for name in ("issued", "not_after"))
    if issued.tzinfo is None or not_after.tzinfo is None or type(told["epoch"]) is not int:
        raise ValueError("certificate")
    holders = tuple(
        Holder(str(account), str(role), tuple(str(area) for area in areas))
        for account, role, areas in told["holders"]
    )
    return DeviceCertificate(
        centre, device, label, PublicKeys.from_json(told), office, holders, told["epoch"],
        issued, not_after,
    )  # fmt: skip
