# SPDX-License-Identifier: Apache-2.0
"""Calls that are no envelope: a piece of a photo, a form. Signed in three headers.

The signature is over who calls, the method, the path, where in the file the call begins, how
long the file is and when. The bytes of a file are not in it: the path names their SHA-256, by
which the whole is judged at the end, so a piece that was cut on the way is kept up to the cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from desktop.model.chain import canonical
from desktop.sync.envelope import Forged
from desktop.sync.protocol import CONTEXT

DEVICE: Final = "Samut-Device"
CREATED: Final = "Samut-Created"
SIGNATURE: Final = "Samut-Signature"

OFFSET: Final = "Upload-Offset"
LENGTH: Final = "Upload-Length"
"""Names of the draft of resumable uploads for HTTP, so that a proxy may know them."""


def sign_call(
    key: bytes, device: str, method: str, path: str, *, created: int, offset: int = 0,
    length: int = 0,
) -> dict[str, str]:  # fmt: skip
    """The headers of a call.

    ``key`` is the 32 bytes of the Ed25519 private key, ``path`` begins with a slash and has no
    query, ``created`` is milliseconds since 1970, ``offset`` and ``length`` are those of the
    headers of the same meaning, 0 without.
    """
    said = _said(device, method, path, created, offset, length)
    return {
        DEVICE: device,
        CREATED: str(created),
        SIGNATURE: Ed25519PrivateKey.from_private_bytes(key).sign(said).hex(),
    }


def check_call(
    headers: Mapping[str, str], key: bytes, method: str, path: str, *, offset: int = 0,
    length: int = 0,
) -> int:  # fmt: skip
    """When a call was made, by the clock of its device; raises :class:`Forged`.

    ``headers`` must find a name in any writing (Starlette's do); ``key`` is the public key of
    the device that ``headers`` name.
    """
    try:
        created = int(headers.get(CREATED, ""))
        signature = bytes.fromhex(headers.get(SIGNATURE, ""))
        said = _said(headers.get(DEVICE, ""), method, path, created, offset, length)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, said)
    except (InvalidSignature, ValueError) as wrong:
        raise Forged("signature") from wrong
    return created


def _said(device: str, method: str, path: str, created: int, offset: int, length: int) -> bytes:
    said = canonical([device, method.upper(), path, created, offset, length])
    return f"{CONTEXT}-call\0{said}".encode()
