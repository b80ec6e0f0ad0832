# SPDX-License-Identifier: Apache-2.0
"""Signatures on certificates, and signed lists of whose signatures are known.

A laptop has one key for the certificates it issues; it never leaves the encrypted file. A list
is what one office (or the centre) tells others: the public keys that may issue, and which
certificates no longer stand. It names no person. Both are Ed25519, each with a context of its
own in front, so that a signature for one thing never serves for another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, get_args

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from desktop.model.chain import canonical
from desktop.model.proof import CONTEXT, KEY_ID_BYTES, PART_BYTES
from desktop.model.proof_list import (
    KnownKey,
    Revoked,
    TrustList,
    Why,
    read_papers,
    write_papers,
)

KEY_BYTES: Final = 32
LIST_FORMAT: Final = "samut-proof-list/1"
LIST_CONTEXT: Final = b"samut-proof-list-1\0"
_FIELD: Final = 2**255 - 19
_WEAK: Final = frozenset(
    {number.to_bytes(32, "little") for number in (0, 1, _FIELD - 1, _FIELD, _FIELD + 1)}
    | {
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    }
)
"""Keys of small order, without their sign: one signature of theirs fits many payloads."""
MOST_LIST_BYTES: Final = 32 * 1024 * 1024


def make_key() -> bytes:
    """A new private key, 32 bytes, from the system's randomness."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public half of a private key, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def key_id(public: bytes) -> bytes:
    """Six bytes that name a public key: the beginning of its SHA-256.

    They only say which key to try; another key with the same id proves nothing.
    """
    return hashlib.sha256(public).digest()[:KEY_ID_BYTES]


class Signer:
    """A private key made ready once for many certificates."""

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.public = self._key.public_key().public_bytes_raw()
        self.key_id = key_id(self.public)

    def sign(self, payload: bytes) -> bytes:
        """The signature of a certificate's payload, 64 bytes."""
        return self._key.sign(CONTEXT + payload)

    def __repr__(self) -> str:
        return "Signer(…)"


def genuine(public: bytes, payload: bytes, signature: bytes) -> bool:
    """Whether the key signed exactly this payload as a certificate's."""
    return _signed(public, CONTEXT + payload, signature)


def _signed(public: bytes, said: bytes, signature: bytes) -> bool:
    if len(public) != KEY_BYTES or public[:31] + bytes([public[31] & 0x7F]) in _WEAK:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True


# ---- lists


class NoList(ValueError):
    """The bytes are no list, or their signature is not that of the key they name."""


def write_list(told: TrustList, private: bytes) -> bytes:
    """A list as a file: JSON with its body as text, and the signature over that text."""
    said: dict[str, Any] = {
        "format": LIST_FORMAT,
        "source": told.source,
        "name": told.name,
        "as_of": told.as_of,
        "keys": [_said_key(one) for one in told.keys],
        "revoked": [[one.part.hex(), one.why, one.on, one.by] for one in told.revoked],
    }
    if told.beside:
        said["beside"] = sorted(one.hex() for one in told.beside)
    body = canonical(said)
    key = Ed25519PrivateKey.from_private_bytes(private)
    signature = key.sign(LIST_CONTEXT + body.encode())
    signer = key.public_key().public_bytes_raw()
    file = {"body": body, "signature": signature.hex(), "signer": signer.hex()}
    return canonical(file).encode()


def _said_key(one: KnownKey) -> dict[str, str]:
    said = {"public": one.public.hex(), "office_id": one.office_id, "issuer": one.issuer}
    if one.withdrawn:
        said["withdrawn"] = one.withdrawn
        # Readers of before, which do not know it, ask the office of every paper of the key.
        if one.papers:
            said["papers"] = write_papers(one.papers)
    return said


def read_list(data: bytes) -> TrustList:
    """The list in a file, when the key it names signed it. Raises :class:`NoList`.

    That does not say the key is anybody's: see ``actions.proof.import_list``.
    """
    if len(data) > MOST_LIST_BYTES:
        raise NoList("too long")
    try:
        outer = json.loads(data)
        said, signer = outer["body"], bytes.fromhex(outer["signer"])
        if not _signed(signer, LIST_CONTEXT + said.encode(), bytes.fromhex(outer["signature"])):
            raise NoList("not signed by the key it names")
        body = json.loads(said)
        if body["format"] != LIST_FORMAT:
            raise NoList("another format")
        return TrustList(
            _text(body["source"]), _text(body["name"]), _text(body["as_of"]),
            tuple(map(_key, body["keys"])), tuple(map(_revoked, body["revoked"])), signer,
            frozenset(map(_part, body.get("beside", ()))),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise NoList("no list") from wrong


def _key(told: Mapping[str, Any]) -> KnownKey:
    public = bytes.fromhex(told["public"])
    if len(public) != KEY_BYTES:
        raise ValueError("no key")
    return KnownKey(
        public, _text(told["office_id"]), _text(told["issuer"]), _text(told.get("withdrawn", "")),
        read_papers(_text(told.get("papers", ""))),
    )  # fmt: skip


def _revoked(told: Any) -> Revoked:
    part, why, on, by = told
    if why not in get_args(Why):
        raise ValueError("no reason")
    return Revoked(_part(part), why, _text(on), _text(by))


def _part(told: Any) -> bytes:
    part = bytes.fromhex(told)
    if len(part) != PART_BYTES:
        raise ValueError("no certificate")
    return part


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
