# SPDX-License-Identifier: Apache-2.0
"""An envelope is opened when it is exactly what was signed, and never otherwise."""

from __future__ import annotations

import struct
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.sync import envelope, protocol
from desktop.sync.compression import Coding
from desktop.sync.envelope import BadEnvelope, Forged, Kind, open_envelope, read_head, seal
from desktop.sync.keys import Keys, PublicKeys
from desktop.sync.protocol import BadMessage, Op, Push, Request

DEVICE, CENTRE = str(UUID(int=7)), str(UUID(int=9))
KEYS, OTHER = Keys(bytes(range(32)), bytes(32)), Keys(bytes(range(1, 33)), bytes(32))
NONCE = bytes(range(16))
PAYLOAD = {"says": "บ้านรั่ว", "n": [1, 2.5, None, True]}


def a_request() -> bytes:
    return seal(Kind.REQUEST, DEVICE, PAYLOAD, KEYS.signing, created=1_700_000, nonce=NONCE)


def test_what_was_sealed_is_opened_again() -> None:
    opened = open_envelope(a_request(), KEYS.public.signing, kind=Kind.REQUEST, device=DEVICE)
    assert opened == envelope.Envelope(Kind.REQUEST, DEVICE, 1_700_000, NONCE, PAYLOAD)


def test_a_request_goes_and_comes_back_as_it_was() -> None:
    body = {"oid": "o", "kind": "visit", "id": "r", "base": 0, "ep": 0, "hlc": "h",
            "set": {"opinion": "ดี"}}  # fmt: skip
    said = Request(DEVICE, 1, "2026", (Push("t:630609", DEVICE, 1, "", (Op("a", "b", body),)),))
    data = seal(Kind.REQUEST, DEVICE, said.to_json(), KEYS.signing, created=0, nonce=NONCE)
    opened = open_envelope(data, KEYS.public.signing, kind=Kind.REQUEST)
    assert Request.from_json(opened.payload) == said


@pytest.mark.parametrize("coding", [Coding.PLAIN, Coding.ZSTD, Coding.DICTIONARY_1])
def test_no_byte_can_be_changed(coding: Coding) -> None:
    """Mutants: a signature over the payload alone; over anything but all that stands before."""
    known = frozenset({coding})
    data = seal(
        Kind.REQUEST, DEVICE, {"says": "บ้าน" * 9}, KEYS.signing, created=1, nonce=NONCE,
        known=known,
    )  # fmt: skip
    assert read_head(data).coding == coding
    for at in range(len(data)):
        for bit in (1, 128):
            changed = bytearray(data)
            changed[at] ^= bit
            with pytest.raises(BadEnvelope):
                open_envelope(bytes(changed), KEYS.public.signing, kind=Kind.REQUEST)


def test_no_part_of_an_envelope_is_one() -> None:
    """Mutant: a length that is believed without being compared with what is there."""
    data = a_request()
    for upto in range(len(data)):
        with pytest.raises(BadEnvelope):
            open_envelope(data[:upto], KEYS.public.signing, kind=Kind.REQUEST)
    for more in (b"\0", data):
        with pytest.raises(BadEnvelope):
            open_envelope(data + more, KEYS.public.signing, kind=Kind.REQUEST)


def test_the_key_of_another_does_not_open_it() -> None:
    for key in (OTHER.public.signing, bytes(32), b"", bytes(31)):
        with pytest.raises(Forged):
            open_envelope(a_request(), key, kind=Kind.REQUEST)


def test_one_kind_cannot_pass_for_another() -> None:
    """Mutant: ``kind`` not compared. An answer would be taken for a request."""
    for kind in Kind:
        if kind != Kind.REQUEST:
            with pytest.raises(BadEnvelope):
                open_envelope(a_request(), KEYS.public.signing, kind=kind)


def test_an_answer_answers_one_question_of_one_centre() -> None:
    """Mutant: nonce or sender not compared. An old answer would move a watermark again."""
    answer = seal(Kind.ANSWER, CENTRE, PAYLOAD, KEYS.signing, created=1, nonce=NONCE)
    key = KEYS.public.signing
    assert open_envelope(answer, key, kind=Kind.ANSWER, device=CENTRE, nonce=NONCE)
    with pytest.raises(BadEnvelope):
        open_envelope(answer, key, kind=Kind.ANSWER, nonce=envelope.new_nonce())
    with pytest.raises(BadEnvelope):
        open_envelope(answer, key, kind=Kind.ANSWER, device=DEVICE, nonce=NONCE)


@pytest.mark.parametrize(
    "context", [b"", b"dsdw-sync-v1", b"dsdw-sync-v2\0", b"dsdw-sync-v1-call\0"]
)
def test_a_signature_made_for_something_else_means_nothing_here(context: bytes) -> None:
    """Mutant: no context before what is signed."""
    said = a_request()[: -envelope.SIGNATURE_BYTES]
    forged = said + Ed25519PrivateKey.from_private_bytes(KEYS.signing).sign(context + said)
    with pytest.raises(Forged):
        open_envelope(forged, KEYS.public.signing, kind=Kind.REQUEST)


def signed(payload: bytes, coding: int = 0, length: int | None = None) -> bytes:
    """An envelope of a device that is known and means no good."""
    length = len(payload) if length is None else length
    head = struct.pack(
        ">4sBB16sQ16sI", b"SMT1", Kind.REQUEST, coding, UUID(DEVICE).bytes, 0, NONCE, length
    )
    said = head + payload
    return said + Ed25519PrivateKey.from_private_bytes(KEYS.signing).sign(
        protocol.CONTEXT.encode() + b"\0" + said
    )


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"{", b"{}{}", b"NaN", b"[-1e400]", b'{"a":1E0400}', b"1" * 400 + b".0",
        b'{"a":Infinity}', b"\xff\xfe", b'"\\ud800"', b'{"\\udfff":1}',
        b"[" * 100_000, b"1" * 5_000,
    ],
)  # fmt: skip
def test_a_payload_that_is_no_json_is_refused_as_one(payload: bytes) -> None:
    """Mutant: ``json.loads`` alone. Half a character would end the merge, much later."""
    with pytest.raises(BadMessage):
        open_envelope(signed(payload), KEYS.public.signing, kind=Kind.REQUEST)


def test_a_length_that_lies_is_refused_whoever_signed_it() -> None:
    """Mutant: the length not compared; two ends would see two payloads."""
    for length in (0, 1, 3, 2**32 - 1):
        with pytest.raises(BadEnvelope, match="length"):
            open_envelope(signed(b"{}", 0, length), KEYS.public.signing, kind=Kind.REQUEST)


def test_a_coding_of_tomorrow_is_told_as_such() -> None:
    with pytest.raises(BadMessage, match="coding"):
        open_envelope(signed(b"{}", 77), KEYS.public.signing, kind=Kind.REQUEST)


def test_nothing_larger_than_a_message_may_be_is_sealed_or_looked_at() -> None:
    with pytest.raises(BadMessage):
        seal(Kind.REQUEST, DEVICE, "x" * protocol.MOST_BYTES, KEYS.signing, created=0, nonce=NONCE)
    with pytest.raises(BadEnvelope):
        read_head(bytes(envelope.MOST_ENVELOPE + 1))


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_noise_is_never_an_envelope(noise: bytes) -> None:
    for data in (noise, envelope.MAGIC + noise):
        with pytest.raises(BadEnvelope):
            open_envelope(data, KEYS.public.signing, kind=Kind.REQUEST)


def test_a_clock_before_1970_does_not_stop_anybody() -> None:
    data = seal(Kind.REQUEST, DEVICE, {}, KEYS.signing, created=-5, nonce=NONCE)
    assert open_envelope(data, KEYS.public.signing, kind=Kind.REQUEST).created == 0


def test_keys_are_kept_and_come_back() -> None:
    made = Keys.make()
    assert Keys.from_private(made.private()).public == made.public
    assert PublicKeys.from_json(made.public.to_json()) == made.public
    assert made.signing.hex() not in repr(made)
    for wrong in (b"", bytes(63)):
        with pytest.raises(ValueError, match="keys"):
            Keys.from_private(wrong)
    for told in (None, {}, {"ed25519": "00", "x25519": "00"}, {"ed25519": 1, "x25519": 2}):
        with pytest.raises(ValueError, match=r"keys|hex"):
            PublicKeys.from_json(told)
