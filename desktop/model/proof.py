# SPDX-License-Identifier: Apache-2.0
"""What the QR code of a certificate says: a few bytes, and these as digits.

One certificate is one :class:`Claim`; :func:`encode` gives its bytes, which are signed elsewhere
(``sync/issuer.py``), and :func:`to_digits` the digits of bytes and signature. Reading is strict:
one claim has one row of bytes and one row of digits, and anything else is refused. The format is
for ever: paper that was handed over must be read in thirty years.

    version 1 · key id 6 · certificate 8 · kind 1 · year 2 · number 3 · days since 1970 2 ·
    edition 1 · then number as printed, recipient, title, issuer: each a length 1 and its bytes
    · signature 64 · check 2 (only in the digits)

All numbers are big-endian.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from desktop.model.proof_text import cut_to, read_text, write_text

VERSION: Final = 1
CONTEXT: Final = b"samut-certificate-1\0"
"""Stands before the payload when it is signed, so that no other signature can serve for it."""
KEY_ID_BYTES: Final = 6
PART_BYTES: Final = 8
PAPER_BYTES: Final = 12
PAPER_CONTEXT: Final = b"samut-paper-1\0"
SIGNATURE_BYTES: Final = 64
_CHECK_BYTES: Final = 2
_FIXED: Final = 24
_TEXTS: Final = 4
_MOST_BYTES: Final = _FIXED + _TEXTS + _TEXTS * 255 + SIGNATURE_BYTES + _CHECK_BYTES
_LEAST_BYTES: Final = _FIXED + _TEXTS + SIGNATURE_BYTES + _CHECK_BYTES
_LONGER_THAN_ANY_OTHER: Final = 40
"""Digits; badges and sheets have fewer, so that what has more is a certificate's, cut short."""
_BYTES_A_DIGIT: Final = 0.4152410118609203
"""log 10 ÷ log 256."""
_DIGITS: Final = re.compile("[0-9]+")
_FIRST_DAY: Final = date(1970, 1, 1)
_NAME_BYTES: Final = 110
"""A name of more bytes is not one; everything that was met fits in 70."""
_NUMBER_BYTES: Final = 32
_ELLIPSIS_BYTES: Final = 1
"""What is left of a title that has no room."""

KINDS: Final = {
    1: "completion", 2: "participation", 3: "project", 4: "appreciation", 5: "honour",
    6: "facilitator", 7: "volunteer",
}  # fmt: skip
"""Codes of kinds of certificates. Numbers are only ever added; 0 is any other kind."""
_KIND_CODES: Final = {kind: code for code, kind in KINDS.items()}

_V10_M_DATA_BITS: Final = 213 * 8 + 20
_V11_M_DATA_BITS: Final = 251 * 8 + 20
_BYTE_HEAD: Final = 4 + 16
_DIGIT_HEAD: Final = 4 + 12
LONGEST_ADDRESS: Final = 48
"""Letters of an address before the digits; more would leave no room for names."""


class NotOurs(ValueError):
    """The text is no code of a certificate at all."""


class Damaged(ValueError):
    """A code of a certificate that is cut, mistyped, or not as we write them."""


class Newer(ValueError):
    """A code of a later version of the program."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed of one certificate."""

    key: bytes
    """Id of the key it is signed with, 6 bytes."""
    part: bytes
    """The certificate among all, 8 bytes (:func:`certificate_part`); lists of revoked ones
    name it."""
    kind: int
    """See ``KINDS``."""
    year: int
    """พ.ศ. of the register."""
    number: int
    number_text: str
    """As it is printed, in Arabic digits."""
    issued: date
    recipient: str
    title: str
    """The course or project; ends with an ellipsis where it was cut."""
    issuer: str = ""
    """Who issues it in short, where there is room."""
    edition: int = 1


def certificate_part(certificate_id: str) -> bytes:
    """Eight bytes that stand for a certificate's id.

    A hash, because ids of one run of the program end alike and begin with the time.
    """
    return hashlib.sha256(certificate_id.encode()).digest()[:PART_BYTES]


def paper_digest(payload: bytes) -> bytes:
    """Twelve bytes that stand for one paper: everything its code says, and nothing else.

    By them a list names the papers of a withdrawn key. Whoever has that key may sign any words,
    but to be named he needs words whose digest is one of those in the list of this very key, a
    few thousand at most: 2^96 ÷ 2^12 tries. Two papers of one digest (2^48 tries) serve nobody:
    both would have to be made before the first came into the register, where the second could
    have been put as well. With 8 bytes the first would take an afternoon; 12 are 16 letters.
    """
    return hashlib.sha256(PAPER_CONTEXT + payload).digest()[:PAPER_BYTES]


def kind_code(kind: str) -> int:
    """The code of a kind of certificate, 0 for one without a code of its own."""
    return _KIND_CODES.get(kind, 0)


# ---- bytes


def encode(claim: Claim) -> bytes:
    """The payload of a claim, unsigned. Raises ``ValueError`` for what cannot be said."""
    days = (claim.issued - _FIRST_DAY).days
    if len(claim.key) != KEY_ID_BYTES or len(claim.part) != PART_BYTES:
        raise ValueError("a key id has 6 bytes and a certificate 8")
    if not (0 <= days < 1 << 16 and 0 < claim.edition < 1 << 8):
        raise ValueError("a date before 1970 or after 2149, or an edition below 1 or above 255")
    if not (0 < claim.number < 1 << 24 and 0 < claim.year < 1 << 16 and 0 <= claim.kind < 1 << 8):
        raise ValueError("a number, a year or a kind that does not fit")
    said = bytearray([VERSION]) + claim.key + claim.part
    said.append(claim.kind)
    said += claim.year.to_bytes(2, "big") + claim.number.to_bytes(3, "big")
    said += days.to_bytes(2, "big")
    said.append(claim.edition)
    usual = _usual_number(claim.number, claim.year)
    number_text = "" if claim.number_text == usual else claim.number_text
    for text in (number_text, claim.recipient, claim.title, claim.issuer):
        written = write_text(text)
        if len(written) > 255:
            raise ValueError("a text that is too long")
        said.append(len(written))
        said += written
    return bytes(said)


def decode(payload: bytes) -> Claim:
    """The claim of a payload. Raises :class:`Newer` or :class:`Damaged`.

    Only what :func:`encode` wrote is taken: the same claim has no second payload.
    """
    if not payload:
        raise Damaged("empty")
    if payload[0] != VERSION:
        raise Newer("another version") if payload[0] > VERSION else Damaged("no version")
    texts = _texts_of(payload)
    year, number = int.from_bytes(payload[16:18], "big"), int.from_bytes(payload[18:21], "big")
    issued = _FIRST_DAY + timedelta(days=int.from_bytes(payload[21:23], "big"))
    claim = Claim(
        payload[1:7], payload[7:15], payload[15], year, number,
        texts[0] or _usual_number(number, year), issued, texts[1], texts[2], texts[3], payload[23],
    )  # fmt: skip
    try:
        again = encode(claim)
    except ValueError as wrong:
        raise Damaged("a value that cannot be") from wrong
    if again != payload:
        raise Damaged("not as it is written")
    return claim


def _texts_of(payload: bytes) -> list[str]:
    texts, at = [], _FIXED
    for _text in range(_TEXTS):
        if at >= len(payload):
            raise Damaged("too short")
        end = at + 1 + payload[at]
        if end > len(payload):
            raise Damaged("too short")
        try:
            texts.append(read_text(payload[at + 1 : end]))
        except ValueError as wrong:
            raise Damaged("a text that cannot be read") from wrong
        at = end
    if at != len(payload):
        raise Damaged("more than a claim")
    return texts


def split(signed: bytes) -> tuple[bytes, bytes]:
    """Payload and signature. Raises :class:`Damaged` when there is no room for both."""
    if len(signed) < _LEAST_BYTES - _CHECK_BYTES:
        raise Damaged("too short")
    return signed[:-SIGNATURE_BYTES], signed[-SIGNATURE_BYTES:]


def _usual_number(number: int, year: int) -> str:
    return f"{number}/{year}"


# ---- digits


def to_digits(signed: bytes) -> str:
    """Payload and signature as digits: the bytes and a CRC-16 of them as one decimal number.

    As many digits as the greatest number of so many bytes has, so that zeros in front stay and
    the length tells how many bytes there were.
    """
    body = signed + binascii.crc_hqx(signed, 0xFFFF).to_bytes(_CHECK_BYTES, "big")
    return str(int.from_bytes(body, "big")).zfill(_digits_of(len(body)))


def from_digits(digits: str) -> bytes:
    """What :func:`to_digits` wrote. Raises :class:`NotOurs` or :class:`Damaged`."""
    if not _DIGITS.fullmatch(digits):
        raise NotOurs("no digits")
    if len(digits) < _LONGER_THAN_ANY_OTHER:
        raise NotOurs("too few digits")
    length = min(int(len(digits) * _BYTES_A_DIGIT), _MOST_BYTES)
    if length < _LEAST_BYTES or _digits_of(length) != len(digits):
        raise Damaged("a number of digits that no code has")
    value = int(digits)
    if value >> 8 * length:
        raise Damaged("greater than its bytes")
    body = value.to_bytes(length, "big")
    signed, check = body[:-_CHECK_BYTES], body[-_CHECK_BYTES:]
    if binascii.crc_hqx(signed, 0xFFFF).to_bytes(_CHECK_BYTES, "big") != check:
        raise Damaged("the check does not agree")
    return signed


@lru_cache(maxsize=256)
def _digits_of(length: int) -> int:
    return len(str(256**length - 1))


# ---- what stands in the QR code


def qr_parts(text: str) -> tuple[str, ...]:
    """The text of a QR code in the parts it is to be written in: address and digits.

    Digits in a part of their own take three and a third bits each; ``segno.make`` takes a list.
    """
    address, mark, digits = text.rpartition("#")
    return (address + mark, digits) if mark and _DIGITS.fullmatch(digits) else (text,)


def room(address: str = "") -> int:
    """Bytes a payload may have so that its QR code (error correction M) stays readable.

    At most version 10 without an address, 11 with one.
    """
    bits = _V10_M_DATA_BITS if not address else _V11_M_DATA_BITS
    if address:
        bits -= _BYTE_HEAD + 8 * len(address.encode())
    digits = (bits - _DIGIT_HEAD) * 3 // 10
    length = int(digits * _BYTES_A_DIGIT)
    return length - SIGNATURE_BYTES - _CHECK_BYTES


def fitted(claim: Claim, most: int) -> Claim:
    """The claim with its texts cut so that its payload has at most ``most`` bytes.

    The issuer goes first and whole, then the title is cut between clusters, with an ellipsis.
    The name stays whole unless no name could be that long; a number with many words around it is
    told without them. Raises ``ValueError`` when
    nothing can be left.
    """
    number_text = claim.number_text
    if len(write_text(number_text)) > _NUMBER_BYTES:
        # Cut, it would lose what tells it from the others: the number comes late in it.
        number_text = _usual_number(claim.number, claim.year)
    bare = replace(claim, number_text=number_text, recipient="", title="", issuer="")
    left = most - len(encode(bare)) - _ELLIPSIS_BYTES
    claim = replace(
        claim,
        number_text=number_text,
        recipient=cut_to(claim.recipient, max(0, min(_NAME_BYTES, left))),
        title=cut_to(claim.title, 255),
        issuer=cut_to(claim.issuer, 255),
    )
    if len(encode(claim)) <= most:
        return claim
    without = len(encode(replace(claim, issuer="", title="")))
    if without > most:
        raise ValueError("no room for the name")
    return replace(claim, issuer="", title=cut_to(claim.title, most - without))
