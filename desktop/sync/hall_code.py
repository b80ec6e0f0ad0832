# SPDX-License-Identifier: Apache-2.0
"""The code by which a laptop joins a hall: eight digits that a person reads off the hub's screen.

What the code must do. The venue's wifi belongs to nobody we know. Whoever controls it can stand
between a desk and the hub: show the desk a certificate of his own, and speak to the hub as if he
were the desk. The code is the only thing the two laptops share that he does not have, and it has
only 10,000,000 values.

Why a MAC is not enough. If either side sends ``MAC(code, certificates)``, the man in the middle
receives it for a certificate he knows, tries all ten million codes on his own computer in a
second, has the code, and plays both sides. Limiting tries at the hub does not help: he tries at
home. Stretching the code by a slow hash only names his price.

What is done instead: a password-authenticated key exchange, CPace over X25519 with SHA-512
(draft-irtf-cfrg-cpace, the balanced exchange chosen by the CFRG). Both sides turn the code into a
point of the curve and do a Diffie-Hellman exchange on it. What travels says nothing about the
code: whoever takes part with a wrong code can test that one code and no other, and only by
carrying the exchange to its end, where it is seen to fail. So tries can be counted, by the hub
(:data:`TRIES` per code; then joining rests until its person shows a new one) and by the desk
(one try each time a person types). The odds of a stranger are 5 in 10,000,000 for each code a
person showed, and then a person still has to let him in by name.

What is bound. The fingerprint of the hub's certificate, as each side sees it, goes into the point
(CPace's channel identifier). With a man in the middle the two fingerprints differ, so the two
points differ, and no code helps him. What each side says of itself (device, name, signing key)
goes into the key as associated data. Each side then proves that it has the key, the desk first:
a hub that proved first would give a stranger one test for every connection he drops. After that
the desk accepts this one certificate and this one hub key, and the hub this one desk key.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from desktop.model.roster import check_digits

DIGITS: Final = 8
"""Seven that are drawn and one that checks them."""
TRIES: Final = 5
"""Wrong codes after which a hub lets nobody join until its person shows a new code."""

# ---- the digits


def _check(digits: str) -> str:
    """The check digit of ISO 7064 MOD 11,10: sees every wrong digit and nearly every swap."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def new_code() -> str:
    """A code nobody can guess: seven random digits and their check digit."""
    drawn = f"{secrets.randbelow(10 ** (DIGITS - 1)):0{DIGITS - 1}d}"
    return drawn + _check(drawn)


def is_code(digits: str) -> bool:
    """Whether these may be a hub's code: a slip of the finger costs no try."""
    plain = digits.isascii() and digits.isdecimal() and len(digits) == DIGITS
    return plain and _check(digits[:-1]) == digits[-1]


def grouped(code: str) -> str:
    """A code as it is shown and read aloud: ``1234 5678``."""
    return f"{code[:4]} {code[4:]}"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the hub's picture says: where it is, and the code."""

    host: str
    port: int
    code: str


def ticket_digits(ticket: Ticket) -> str:
    """25 digits for a QR: digits alone, so that the scanner of a check-in desk, which types what
    it reads, reads it right under any keyboard layout. ``ValueError`` for a host that is not
    IPv4."""
    address = int(ipaddress.IPv4Address(ticket.host))
    body = f"{ticket.code}{address:010d}{ticket.port:05d}"
    return body + check_digits(body)


def read_ticket(digits: str) -> Ticket | None:
    """What :func:`ticket_digits` wrote, or None for any other text."""
    if len(digits) != DIGITS + 17 or not (digits.isascii() and digits.isdecimal()):
        return None
    body, code = digits[:-2], digits[:DIGITS]
    address, port = int(body[DIGITS : DIGITS + 10]), int(body[DIGITS + 10 :])
    if check_digits(body) != digits[-2:] or not is_code(code):
        return None
    if not (address < 2**32 and 0 < port < 2**16):
        return None
    return Ticket(str(ipaddress.IPv4Address(address)), port, code)


# ---- the exchange (CPace-X25519-SHA512)

_PRIME: Final = 2**255 - 19
_A: Final = 486662
_NON_SQUARE: Final = 2
_DSI: Final = b"CPace255"
_BLOCK: Final = 128
"""Bytes SHA-512 takes in at once: the code fills a block of its own."""


class WrongShare(ValueError):
    """The other side sent a point on which no secret can be agreed; it is no honest laptop."""


def _lv(*parts: bytes) -> bytes:
    """The parts, each behind its length (LEB128), so that none can be read as another."""
    out = bytearray()
    for part in parts:
        length = len(part)
        while length > 0x7F:
            out.append(length & 0x7F | 0x80)
            length >>= 7
        out.append(length)
        out += part
    return bytes(out)


def generator(secret: bytes, channel: bytes, session: bytes) -> bytes:
    """The point that the secret, the channel and the session name; 32 bytes."""
    pad = bytes(max(0, _BLOCK - 1 - len(_lv(secret)) - len(_lv(_DSI))))
    hashed = hashlib.sha512(_lv(_DSI, secret, pad, channel, session)).digest()[:32]
    return _elligator(int.from_bytes(hashed, "little") & (2**255 - 1))


def _elligator(r: int) -> bytes:
    """Elligator 2 (RFC 9380, 6.7.1): a number as the abscissa of a point of Curve25519."""
    v = -_A * pow(1 + _NON_SQUARE * r * r, -1, _PRIME) % _PRIME
    square = (v * v * v + _A * v * v + v) % _PRIME
    on_curve = pow(square, (_PRIME - 1) // 2, _PRIME) in (0, 1)
    return (v if on_curve else (-v - _A) % _PRIME).to_bytes(32, "little")


class Exchange:
    """One side of one run. ``share`` goes to the other side."""

    def __init__(
        self, code: str, fingerprint: bytes, session: bytes, scalar: bytes | None = None
    ) -> None:
        """``fingerprint``: SHA-256 of the hub's certificate as this side sees it."""
        self._session = session
        self._scalar = X25519PrivateKey.from_private_bytes(scalar or secrets.token_bytes(32))
        self.share = self._times(generator(code.encode(), b"hall\0" + fingerprint, session))

    def _times(self, point: bytes) -> bytes:
        try:
            return self._scalar.exchange(X25519PublicKey.from_public_bytes(point))
        except ValueError as wrong:
            raise WrongShare("no secret can be agreed on this share") from wrong

    def desk(self, said: bytes, share: bytes, hub_said: bytes) -> Proofs:
        """The desk's side: what it said of itself, and what the hub answered."""
        return self._proofs(self._times(share), _lv(self.share, said) + _lv(share, hub_said))

    def hub(self, said: bytes, share: bytes, desk_said: bytes) -> Proofs:
        """The hub's side: what it says of itself, and what the desk began with."""
        return self._proofs(self._times(share), _lv(share, desk_said) + _lv(self.share, said))

    def _proofs(self, secret: bytes, transcript: bytes) -> Proofs:
        key = _session_key(self._session, secret, transcript)
        return Proofs(*(hmac.digest(key, who, "sha256") for who in (b"desk", b"hub")))


def _session_key(session: bytes, secret: bytes, transcript: bytes) -> bytes:
    return hashlib.sha512(_lv(_DSI + b"_ISK", session, secret) + transcript).digest()


@dataclass(frozen=True, slots=True)
class Proofs:
    """What each side shows the other to prove that it came to the same key."""

    desk: bytes
    hub: bytes


def same(one: bytes, other: bytes) -> bool:
    """Whether two proofs are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)
