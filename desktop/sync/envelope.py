# SPDX-License-Identifier: Apache-2.0
"""The one message of every carrier: who says it, when, in answer to what, and signed.

    magic     4   ``SMT1``
    kind      1   :class:`Kind`
    coding    1   how the payload is packed (:mod:`desktop.sync.compression`)
    device   16   UUID of whoever signs: a laptop, or the centre
    created   8   its clock, milliseconds since 1970, big endian
    nonce    16   drawn for a request; an answer carries that of the request
    length    4   of the payload, big endian
    payload       canonical JSON, packed
    signature 64  Ed25519 over context, one zero byte, and everything before

A carrier may keep, lose, repeat or reorder envelopes, but it can change nothing in one, cannot
pass one kind for another, and cannot give the answer to one question as that to another.
"""

from __future__ import annotations

import json
import math
import secrets
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, NoReturn
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from desktop.model.chain import canonical
from desktop.sync.compression import KNOWN, Coding, pack, unpack
from desktop.sync.folding import fold, foldable, unfold
from desktop.sync.protocol import CONTEXT, MOST_BYTES, BadMessage
from desktop.sync.row import WireText

MAGIC: Final = b"SMT1"
_HEAD: Final = struct.Struct(">4sBB16sQ16sI")
HEAD_BYTES: Final = _HEAD.size
SIGNATURE_BYTES: Final = 64
NONCE_BYTES: Final = 16
MOST_ENVELOPE: Final = HEAD_BYTES + MOST_BYTES + SIGNATURE_BYTES
"""No envelope is longer; whoever receives one need read no further."""
MEDIA_TYPE: Final = "application/octet-stream"


class Kind(IntEnum):
    """What an envelope is. The numbers are for ever."""

    REQUEST = 1
    ANSWER = 2
    HALL_REQUEST = 3
    HALL_ANSWER = 4
    BLOB = 5
    CARD = 6
    """What one end says of itself: keys, clock; its payload says of which kind."""


_HALVES: Final = b"\\ud", b"\\uD"
"""How half a character has to be spelt out."""
_CAREFUL: Final = frozenset({Kind.REQUEST, Kind.HALL_REQUEST})


class BadEnvelope(BadMessage):
    """No whole envelope, or not one of the kind or to the question that was expected."""


class Forged(BadEnvelope):
    """Not signed by the key it should be signed with, or changed since."""


@dataclass(frozen=True, slots=True)
class Head:
    """What an envelope says of itself; nothing of it is believed until it was opened."""

    kind: int
    coding: int
    device: str
    created: int
    """Milliseconds since 1970 by the clock of ``device``."""
    nonce: bytes
    length: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope whose signature was found right."""

    kind: Kind
    device: str
    created: int
    nonce: bytes
    payload: Any


def new_nonce() -> bytes:
    """A nonce for a request."""
    return secrets.token_bytes(NONCE_BYTES)


def seal(
    kind: Kind,
    device: str,
    payload: Any,
    key: bytes,
    *,
    created: int,
    nonce: bytes,
    known: frozenset[Coding] = KNOWN,
    thrifty: bool | None = None,
) -> bytes:
    """``payload`` (plain JSON values, or :class:`WireText`) as an envelope.

    ``device`` is a UUID as text, ``key`` the 32 bytes of the Ed25519 private key, ``created``
    milliseconds since 1970. ``thrifty`` packs small, which takes time; requests always are.
    Raises :class:`BadMessage` for a payload over :data:`~desktop.sync.protocol.MOST_BYTES`.
    """
    if thrifty is None:
        thrifty = kind in _CAREFUL
    text = payload.text if isinstance(payload, WireText) else canonical(payload)
    plain = text.encode()
    if len(plain) > MOST_BYTES:
        raise BadMessage("size")
    coding, packed = Coding.PLAIN, b""
    if thrifty and Coding.FOLDED_1 in known and foldable(payload):
        # What is shorter in columns is shorter packed: to pack both is twice the time.
        folded = canonical(fold(payload)).encode()
        if len(folded) < len(plain):
            coding, packed = pack(folded, known)
    if coding == Coding.DICTIONARY_1:
        coding = Coding.FOLDED_1
    else:
        coding, packed = pack(plain, known, quick=not thrifty)
    head = _HEAD.pack(MAGIC, kind, coding, UUID(device).bytes, max(0, created), nonce, len(packed))
    signature = Ed25519PrivateKey.from_private_bytes(key).sign(_signed(head + packed))
    return head + packed + signature


def read_head(data: bytes) -> Head:
    """What an envelope says of itself, so that the key of its device can be looked up.

    Raises :class:`BadEnvelope` for anything but one whole envelope.
    """
    if not HEAD_BYTES + SIGNATURE_BYTES <= len(data) <= MOST_ENVELOPE:
        raise BadEnvelope("length")
    magic, kind, coding, device, created, nonce, length = _HEAD.unpack_from(data)
    if magic != MAGIC:
        raise BadEnvelope("magic")
    if len(data) != HEAD_BYTES + length + SIGNATURE_BYTES:
        raise BadEnvelope("length")
    return Head(kind, coding, str(UUID(bytes=device)), created, nonce, length)


def open_envelope(
    data: bytes,
    key: bytes,
    *,
    kind: Kind,
    device: str | None = None,
    nonce: bytes | None = None,
) -> Envelope:
    """The envelope in ``data``, believed.

    ``key`` is the 32 bytes of the Ed25519 public key it must be signed with. ``device`` and
    ``nonce``, where given, are whose it must be and which question it must answer. The signature
    is checked before anything is unpacked. Raises :class:`Forged`, :class:`BadEnvelope`, or
    :class:`BadMessage` for a payload that cannot be read.
    """
    head = read_head(data)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(
            data[-SIGNATURE_BYTES:], _signed(data[:-SIGNATURE_BYTES])
        )
    except (InvalidSignature, ValueError) as wrong:
        raise Forged("signature") from wrong
    if head.kind != kind:
        raise BadEnvelope("kind")
    if device is not None and head.device != device:
        raise BadEnvelope("device")
    if nonce is not None and not secrets.compare_digest(head.nonce, nonce):
        raise BadEnvelope("nonce")
    plain = unpack(head.coding, data[HEAD_BYTES:-SIGNATURE_BYTES])
    payload = read_json(plain)
    if head.coding == Coding.FOLDED_1:
        payload = unfold(payload)
    return Envelope(kind, head.device, head.created, head.nonce, payload)


def _signed(said: bytes) -> bytes:
    return CONTEXT.encode() + b"\0" + said


def read_json(plain: bytes) -> Any:
    """The JSON of a stranger: UTF-8, finite numbers, whole characters, no bottomless nesting.

    Raises :class:`BadMessage`.
    """
    try:
        value = json.loads(plain.decode(), parse_constant=_refuse, parse_float=_finite)
        if any(half in plain for half in _HALVES):  # nothing can write one
            canonical(value).encode()
    except (ValueError, RecursionError) as wrong:
        raise BadMessage("payload") from wrong
    return value


def _refuse(_name: str) -> NoReturn:
    raise ValueError("not finite")


def _finite(text: str) -> float:
    """Asked of every number with a fraction, which costs less than looking for one like 1e400
    in all the text."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not finite")
    return number
